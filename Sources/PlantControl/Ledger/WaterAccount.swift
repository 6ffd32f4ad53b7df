public import PlantModel
public import Quantities

/// What passed each water meter, hour by hour of UTC, for the reinjection ledger.
///
/// It runs in every scan, whatever the plant does. An hour that ends is one entry for each meter;
/// what is no plain counting is an entry of its own (`WaterMeterWatch`). Every litre is in exactly
/// one entry, and state and entries are saved together, so that no end of the program loses or
/// doubles one.
public struct WaterAccount: Sendable, Hashable {
  /// A scan that comes later than this after the last one found the daemon standing.
  public static let longestPause = TimeSpan.minutes(5)
  static let hour = TimeSpan.hours(1)

  /// The entries of the last scan, in the order of their times.
  public private(set) var entries: [LedgerEntry] = []
  var watches: [WaterMeterWatch]
  private var lastStep: Instant = .distantPast
  /// No step was made since the start of the program.
  private var isFresh = true

  init(plant: Plant) {
    watches = plant.waterMeters.indices.map { WaterMeterWatch(WaterMeterID($0)) }
  }

  /// Begins a scan: the entries of the last one are over.
  mutating func begin() { entries.removeAll(keepingCapacity: true) }

  /// Whether a meter's counter has made no sense lately and nobody has said why.
  public func isDoubtful(_ meter: WaterMeterID, at now: Instant) -> Bool {
    watches[meter.index].isDoubtful(at: now)
  }

  mutating func step(plant: Plant, image: InputImage, board: inout Board) {
    guard !watches.isEmpty else { return }
    let now = image.now
    if lastStep > .distantPast, isFresh || now - lastStep > WaterAccount.longestPause {
      for index in watches.indices { watches[index].interrupt() }
    }
    closeHour(before: now)
    for index in watches.indices {
      let meter = plant.waterMeters[index]
      let reading = image.reading(meter.volume).map(WaterAccount.litres)
      if let entry = watches[index].step(reading, meter, now) { entries.append(entry) }
      if watches[index].isDoubtful(at: now) {
        let subject = Subject.waterMeter(WaterMeterID(index))
        board.see(
          .waterMeterDoubtful, subject, Reason(.counterBroken, subject, since: now),
          by: [meter.volume.point])
      }
    }
    lastStep = now
    isFresh = false
  }

  private static func litres(_ volume: CubicMeters) -> Int64 {
    Int64((volume.value * 1000).rounded())
  }

  /// The hour of the last step, once another has begun. Hours in which no step was made have no
  /// entry: the gap of each meter spans them.
  private mutating func closeHour(before now: Instant) {
    let length = WaterAccount.hour.milliseconds
    let last = lastStep.milliseconds / length
    guard lastStep > .distantPast, now.milliseconds / length > last else { return }
    let end = Instant(milliseconds: (last + 1) * length)
    for index in watches.indices { entries.append(watches[index].closeHour(at: end)) }
  }

  /// A person says that another meter was put in; false when that contradicts what was read.
  ///
  /// - Parameters:
  ///   - reading: the new meter's counter when it went in.
  ///   - old: the old one's when it was taken out; nil when nobody looked.
  mutating func replace(
    _ meter: WaterMeterID, reading: CubicMeters, old: CubicMeters?, _ plant: Plant, _ now: Instant
  ) -> Bool {
    let entry = watches[meter.index].replace(
      reading: WaterAccount.litres(reading), old: old.map(WaterAccount.litres), plant[meter],
      now)
    guard let entry else { return false }
    entries.append(entry)
    return true
  }
}

extension WaterAccount {
  mutating func persist(in archive: inout some Archive, plant: Plant) {
    archive.open("water")
    archive.field("last_step", &lastStep)
    archive.groups("meter", plant.waterMeters.map(\.name), &watches)
    archive.close()
  }
}
