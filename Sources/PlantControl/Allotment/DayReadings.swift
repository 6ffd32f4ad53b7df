public import PlantModel
import Quantities

/// The last sound counter of every local day, of each meter that an allotment needs.
///
/// Looked at every minute. A counter is sound once the next look found it going on, by no more than it can
/// in an hour: a single false value is never kept, a new counter only once it has gone on for an hour. Every hour what the
/// day has so far is put by for a restart, after which a day that is over by then is closed with it.
public struct DayReadings: Sendable, Hashable {
  /// How often the meters are looked at.
  static let every = TimeSpan.minutes(1)

  /// So long a counter must go on below what it was, to be believed.
  private static let anew = TimeSpan.hours(1)
  /// Counters may go on in steps of this, 1 kWh or 1 m³, however little their meter can measure.
  private static let smallestStep: Int64 = 1000

  /// Those of the day that ended with this scan; none in most.
  public private(set) var readings: [DayReading] = []
  private let meters: [AllotmentMeter]
  private var day: LocalDay?
  private var lastLook: Instant = .distantPast
  /// The look before, and the last one that was sound.
  private var before: [Int64?]
  private var sound: [Int64?]
  /// The last sound counter of any day, and since when the meter shows less than that.
  private var known: [Int64?]
  private var fell: [Instant]
  /// What a restart finds of `sound`: as it was when the hour began.
  private var putBy: [Counter]
  private var hour: Int64 = .min

  fileprivate struct Counter: Sendable, Hashable {
    var value: Int64?
  }

  init(plant: Plant) {
    meters = plant.allotmentMeters
    before = meters.map { _ in nil }
    sound = before
    known = before
    fell = meters.map { _ in .distantPast }
    putBy = meters.map { _ in Counter() }
  }

  /// Begins a scan: the readings of the last one are over.
  mutating func begin() {
    if !readings.isEmpty { readings.removeAll() }
  }

  mutating func step(plant: Plant, image: InputImage) {
    guard !meters.isEmpty else { return }
    let today = LocalDay(of: image.now, offset: plant.site.utcOffset)
    guard today != day || image.now - lastLook >= DayReadings.every else { return }
    lastLook = image.now
    if let day, today > day {
      readings = meters.indices.map { DayReading(day: day, meter: $0, counter: sound[$0]) }
      for index in meters.indices { sound[index] = nil }
      hour = .min
    }
    day = today
    for index in meters.indices { look(index, image) }
    let thisHour = image.now.milliseconds / TimeSpan.hours(1).milliseconds
    guard thisHour != hour else { return }
    hour = thisHour
    for index in meters.indices { putBy[index].value = sound[index] }
  }

  private mutating func look(_ index: Int, _ image: InputImage) {
    let sample = image.sample(meters[index].point)
    guard sample.isUsable else { return }
    // Meters count in kWh or m³.
    let counter = Int64((sample.value * 1000).rounded())
    if let earlier = before[index], counter >= earlier,
      counter - earlier <= max(meters[index].mostADay / 24, DayReadings.smallestStep)
    {
      // A gateway that has just started may show noughts; a meter that began anew goes on.
      let isAnew = known[index].map { earlier < $0 } ?? false
      if !isAnew || image.now - fell[index] >= DayReadings.anew {
        sound[index] = earlier
        known[index] = earlier
      }
    } else {
      fell[index] = image.now
    }
    before[index] = counter
  }
}

extension DayReadings {
  mutating func persist(in archive: inout some Archive, plant: Plant) {
    guard !meters.isEmpty else { return }
    archive.open("day_meters")
    var number = day?.number ?? -1
    archive.field("day", &number)
    day = number >= 0 ? LocalDay(number) : nil
    let names = meters.map { "\(plant[$0.distribution].name)/\($0.kind.rawValue)/\($0.name)" }
    archive.groups("counter", names, &putBy)
    for index in meters.indices where sound[index] == nil {
      sound[index] = putBy[index].value
      known[index] = putBy[index].value
    }
    archive.close()
  }
}

extension DayReadings.Counter: Persistent {
  mutating func persist(in archive: inout some Archive) {
    var number = value ?? -1
    archive.field("last", &number)
    value = number >= 0 ? number : nil
  }
}
