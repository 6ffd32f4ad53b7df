public import PlantModel
import Quantities

/// The last sound counter of every local day, of each meter that an allotment needs.
///
/// Looked at every minute. A counter is sound when it went on from the look before, and no further than
/// a day's most: a single false value is never kept, a new counter is from its second look on. Nothing
/// of this must survive a restart: what a day has not kept, the next one's counter still holds.
public struct DayReadings: Sendable, Hashable {
  /// How often the meters are looked at.
  static let every = TimeSpan.minutes(1)

  /// Those of the day that ended with this scan; none in most.
  public private(set) var readings: [DayReading] = []
  private let meters: [AllotmentMeter]
  private var day: LocalDay?
  private var lastLook: Instant = .distantPast
  /// The look before, and the last one that was sound.
  private var before: [Int64?]
  private var sound: [Int64?]

  init(plant: Plant) {
    meters = plant.allotmentMeters
    before = meters.map { _ in nil }
    sound = before
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
    }
    day = today
    for index in meters.indices { look(index, image) }
  }

  private mutating func look(_ index: Int, _ image: InputImage) {
    let sample = image.sample(meters[index].point)
    guard sample.isUsable else { return }
    // Meters count in kWh or m³.
    let counter = Int64((sample.value * 1000).rounded())
    if let earlier = before[index], counter >= earlier,
      counter - earlier <= meters[index].mostADay
    {
      sound[index] = counter
    }
    before[index] = counter
  }
}
