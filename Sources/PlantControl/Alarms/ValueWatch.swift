import PlantModel
import Quantities

/// Sees devices that do not answer or refuse, and sensors without a good value, and says so.
/// (`LOSS-01`, `LOSS-02`, `LOSS-04`)
///
/// One cause is one alarm: a bus of which nothing answers is lost, not each of its devices; from the
/// moment that a device is silent until it has answered for a while, its values raise none of their
/// own, nor does what they should have proven. So with what it refuses.
///
/// A device with which nothing is wrong, nor was in the scan before, is glanced at only.
struct ValueWatch: Sendable {
  /// How long a value may be missing, or a device silent, before it is an alarm.
  private static let patience = TimeSpan.seconds(10)
  /// How long a device must answer to be silent no more: one that comes and goes is lost.
  private static let trial = TimeSpan.seconds(30)
  /// How long the devices of a bus that is back may take: those away are asked each minute.
  private static let returning = TimeSpan.seconds(90)
  /// Since when each point has had no usable value; the distant future while it has one.
  private var missingSince: [Instant]
  /// Since when each device has been silent; the distant future once it has answered for a while.
  private var silentSince: [Instant]
  /// When each device was silent last.
  private var silentLast: [Instant]
  /// When each bus was lost last, with all that is on it.
  private var busLostLast: [Instant]
  /// Since when each device has refused something that is missing for it; the distant future while
  /// it refuses nothing.
  private var refusedSince: [Instant]
  /// Whether each point is missing since its device refuses it.
  private var isRefused: [Bool]
  /// When it looked last.
  private var looked: Instant
  /// Whether nothing was wrong with a device when it was looked at last, nor is remembered of it.
  private var isQuiet: [Bool]
  /// The inputs of all devices, device by device, and the place of each device's among them.
  private let inputs: [PointID]
  private let places: [Range<Int>]
  /// The age of each device's shortest-lived value, and whether one of its values carries a proof.
  private let lives: [(shortest: TimeSpan, hasProof: Bool)]
  /// The devices of each bus that something is read from.
  private let onBus: [[DeviceID]]

  init(plant: Plant, now: Instant) {
    missingSince = Array(repeating: .distantFuture, count: plant.points.count)
    silentSince = Array(repeating: .distantFuture, count: plant.devices.count)
    refusedSince = Array(repeating: .distantFuture, count: plant.devices.count)
    isRefused = Array(repeating: false, count: plant.points.count)
    looked = now
    silentLast = Array(repeating: .distantPast, count: plant.devices.count)
    busLostLast = Array(repeating: .distantPast, count: plant.buses.count)
    isQuiet = Array(repeating: false, count: plant.devices.count)
    var inputs: [PointID] = []
    places = plant.devices.indices.map { device in
      let begin = inputs.count
      inputs += plant.points.indices.map { PointID($0) }.filter {
        plant[$0].device.index == device && plant[$0].direction == .input
      }
      return begin..<inputs.count
    }
    self.inputs = inputs
    lives = places.map { place in
      (
        inputs[place].map { plant[$0].maximumAge }.min() ?? .zero,
        inputs[place].contains { plant[$0].carriesProof }
      )
    }
    let places = places
    onBus = plant.buses.indices.map { bus in
      plant.devices.indices.map { DeviceID($0) }.filter {
        plant[$0].bus.index == bus && !places[$0.index].isEmpty
      }
    }
  }

  mutating func step(plant: Plant, image: InputImage, board: inout Board) {
    let now = image.now
    guard image.settled else { return }
    looked = now
    let proofAge = plant.parameters.proofMaximumAge
    for device in places.indices where !places[device].isEmpty {
      let (shortest, hasProof) = lives[device]
      let life = hasProof ? min(shortest, proofAge) : shortest
      let (speaks, hasAll) = glance(device, life, image)
      if !speaks {
        silentSince[device] = min(silentSince[device], now)
        silentLast[device] = now
      } else if now - silentLast[device] >= ValueWatch.trial {
        silentSince[device] = .distantFuture
      }
      let isWell = hasAll && silentSince[device] == .distantFuture
      if isWell, isQuiet[device] { continue }
      isQuiet[device] = false
      noteRefusals(device, image)
    }
    for bus in plant.buses.indices { watch(BusID(bus), now, &board) }
    for device in places.indices where !places[device].isEmpty && !isQuiet[device] {
      raise(DeviceID(device), plant, now, &board)
      let isSilent = silentSince[device] <= now
      isQuiet[device] = !isSilent
      for place in places[device] {
        let point = inputs[place]
        board.silent[point.index] = isSilent || isRefused[point.index]
        watch(point, waits: board.silent[point.index], image, &board)
        if missingSince[point.index] <= now || isRefused[point.index] { isQuiet[device] = false }
      }
    }
  }

  /// Why an input had no value when it was looked at last: its device, or the input alone; nil when it
  /// had one.
  func loss(of point: PointID, _ plant: Plant) -> Reason? {
    let device = plant[point].device
    if isRefused[point.index] || !answersSomething(device), let lost = loss(of: device) {
      return lost
    }
    let since = missingSince[point.index]
    return since <= looked ? Reason(.sensorLost, .point(point), since: since) : nil
  }

  /// That a device did not answer, or refused something, when it was looked at last; nil when neither.
  func loss(of device: DeviceID) -> Reason? {
    if isSilent(device) {
      return Reason(.deviceLost, .device(device), since: silentSince[device.index])
    }
    let since = refusedSince[device.index]
    return since <= looked ? Reason(.registersRefused, .device(device), since: since) : nil
  }

  private func isSilent(_ device: DeviceID) -> Bool {
    !answersSomething(device) && !refusesAll(device)
  }

  private func answersSomething(_ device: DeviceID) -> Bool { silentLast[device.index] != looked }

  /// It speaks, if only to refuse. What was refused before a device fell silent is not all of it.
  private func refusesAll(_ device: DeviceID) -> Bool {
    inputs[places[device.index]].allSatisfy { isRefused[$0.index] }
  }

  private mutating func noteRefusals(_ device: Int, _ image: InputImage) {
    var refuses = false
    for point in inputs[places[device]] {
      let sample = image.sample(point)
      isRefused[point.index] = !sample.isUsable && sample.doubt == .refused
      refuses = refuses || isRefused[point.index]
    }
    refusedSince[device] = refuses ? min(refusedSince[device], image.now) : .distantFuture
  }

  /// Whether a device answered when it was looked at last, and since when, the distant past for
  /// always; nil for one that nothing is read from.
  func standing(of device: DeviceID) -> (answers: Bool, since: Instant)? {
    guard !places[device.index].isEmpty else { return nil }
    if isSilent(device) { return (false, silentSince[device.index]) }
    return (true, silentLast[device.index])
  }

  /// Whether a device said something of use in the last `life`, and whether all it says is of use. The
  /// first value that is missing for its silence finds it silent: its life is that of its
  /// shortest-lived value, and of a proof.
  private func glance(_ device: Int, _ life: TimeSpan, _ image: InputImage)
    -> (speaks: Bool, hasAll: Bool)
  {
    let oldest = image.now - life
    var speaks = false
    var hasAll = true
    for input in inputs[places[device]] {
      if image.samples[input.index].isUsable {
        speaks = speaks || image.samples[input.index].taken >= oldest
      } else {
        hasAll = false
      }
    }
    return (speaks, hasAll)
  }

  /// A bus is lost while all of its several devices are silent, and stays so while it comes and goes.
  private mutating func watch(_ bus: BusID, _ now: Instant, _ board: inout Board) {
    let devices = onBus[bus.index]
    var since = Instant.distantFuture
    for device in devices { since = min(since, silentSince[device.index]) }
    if devices.count > 1, isDue(since, now), devices.allSatisfy({ isSilent($0) }) {
      busLostLast[bus.index] = now
    }
    guard since <= now, now - busLostLast[bus.index] < ValueWatch.trial else { return }
    let subject = Subject.bus(bus)
    board.alarms.see(.busLost, subject, Reason(.deviceLost, subject, since: since))
  }

  /// It is lost while it is silent, and stays so while it comes and goes. One that refuses is not
  /// silent. On a bus that was lost it has some time to come back with the others.
  private func raise(_ device: DeviceID, _ plant: Plant, _ now: Instant, _ board: inout Board) {
    let subject = Subject.device(device)
    let since = silentSince[device.index]
    let refused = refusedSince[device.index]
    let speaks = answersSomething(device) || refusesAll(device)
    if isDue(refused, now), speaks || board.alarms.isActive(.registersRefused, subject) {
      board.alarms.see(
        .registersRefused, subject, Reason(.registersRefused, subject, since: refused))
    }
    let stands = board.alarms.isActive(.deviceLost, subject)
    guard isDue(since, now), !refusesAll(device), stands || !answersSomething(device) else {
      return
    }
    let busCameBack = busLostLast[plant[device].bus.index] + ValueWatch.returning
    guard stands || now >= busCameBack else { return }
    board.alarms.see(.deviceLost, subject, Reason(.deviceLost, subject, since: since))
  }

  private mutating func watch(
    _ point: PointID, waits isWaiting: Bool, _ image: InputImage, _ board: inout Board
  ) {
    let since = missingSince[point.index]
    // What was an alarm before its device fell silent or refused goes on to be one.
    let waits = isWaiting && !isDue(since, image.now)
    missingSince[point.index] =
      image.sample(point).isUsable || waits ? .distantFuture : min(since, image.now)
    guard isDue(missingSince[point.index], image.now) else { return }
    let reason = Reason(.sensorLost, .point(point), since: missingSince[point.index])
    board.alarms.see(.sensorLost, .point(point), reason)
  }

  private func isDue(_ since: Instant, _ now: Instant) -> Bool {
    since <= now && now - since >= ValueWatch.patience
  }
}
