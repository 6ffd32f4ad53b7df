import Field
import PlantModel
import Quantities

/// A device as its line knows it: whether it answers, what is read from it, what it was told.
struct LineDevice {
  let id: DeviceID
  /// In the order in which they are told: one whose write failed goes last, so that it keeps no other from being told.
  private(set) var outputs: [PointID]
  var recovery: DeviceRecovery
  var ledger = OutputLedger()
  var reads: DeviceReads
  /// What it refused with last.
  var refusal = ModbusFailure.exception(2)
  /// It is away, but for its refusing everything: what it is to be told it may take all the same.
  var isRefusing = false
  /// Where the next pass of reads begins: the first that the last one had to leave.
  var resumesAt = 0
  /// Commands that were not answered since its reads had a whole pass.
  var lostWrites = 0
  /// When it was spoken to last.
  var lastExchange = 0.0
  /// The silence that it needs before it is spoken to again, seconds.
  let pause: Double
  /// Nothing is written until its reads have had a pass.
  var holdsWrites = false

  init(_ id: DeviceID, plant: Plant) {
    self.id = id
    pause = plant[id].pause.seconds
    let own = plant.points.indices.map { PointID($0) }.filter { plant[$0].device == id }
    recovery = DeviceRecovery(carriesProof: own.contains { plant[$0].carriesProof })
    reads = DeviceReads(ReadPlan.requests(of: id, in: plant))
    outputs = own.filter { plant[$0].direction == .output }
  }

  /// A write failed, in a way that may pass.
  mutating func goesLast(_ output: PointID) {
    outputs.removeAll { $0 == output }
    outputs.append(output)
  }

  /// The read that shows whether the device is back: another one each time, as one may be the one
  /// that it never answers.
  var probe: Int? { reads.all.isEmpty ? nil : recovery.probes % reads.all.count }

  /// Nothing is read from it: a command shows whether it is back.
  func isProbedByWrites(at now: Instant) -> Bool {
    reads.all.isEmpty && recovery.mayAsk(at: now)
  }

  /// Whether there is anything to say to it now.
  func mayBeSpokenTo(at now: Instant) -> Bool { isRefusing || recovery.mayAsk(at: now) }
}
