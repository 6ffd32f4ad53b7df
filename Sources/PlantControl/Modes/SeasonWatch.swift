public import PlantModel
public import Quantities

/// The mean outdoor temperature of the last three days, which proposes the season. (`MODE-04`)
///
/// Whole local days; a day with less than half of its values counts for nothing. Without an outdoor
/// sensor there is no proposal.
public struct SeasonWatch: Sendable, Hashable {
  private var day: Int64 = .min
  private var sum = 0.0
  private var seconds = 0.0
  private var means: (Double?, Double?, Double?) = (nil, nil, nil)
  private var lastStep: Instant

  init(now: Instant) { lastStep = now }

  /// The mean of the three last whole days; nil until there are three.
  public var mean: Celsius? {
    guard let first = means.0, let second = means.1, let third = means.2 else { return nil }
    return Celsius((first + second + third) / 3)
  }

  mutating func step(_ plant: Plant, _ image: InputImage) {
    let dt = max(image.now - lastStep, .zero).seconds
    lastStep = image.now
    let local = image.now + plant.site.utcOffset
    let dayLength: Int64 = 86_400_000
    var today = local.milliseconds / dayLength
    if local.milliseconds < 0 { today -= 1 }
    if today != day {
      if day != .min {
        let mean = seconds > 43_200 ? sum / seconds : nil
        means = (means.1, means.2, mean)
      }
      day = today
      sum = 0
      seconds = 0
    }
    if let outdoor = image.reading(plant.site.outdoorTemperature) {
      sum += outdoor.value * dt
      seconds += dt
    }
  }

  /// The service that the weather asks for, given the one in use.
  func proposal(_ current: BlockMode.Service, _ parameters: Parameters) -> BlockMode.Service? {
    guard let mean else { return nil }
    if mean < parameters.heatingBelow { return .heating }
    if mean > parameters.coolingAbove { return .cooling }
    return current == .heating ? .transition : nil
  }

  public static func == (left: SeasonWatch, right: SeasonWatch) -> Bool {
    left.day == right.day && left.sum == right.sum && left.means == right.means
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(day)
    hasher.combine(sum)
  }
}

extension SeasonWatch: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("day", &day)
    archive.field("sum_celsius_seconds", &sum)
    archive.field("seconds", &seconds)
    keep("mean_1_celsius", &means.0, in: &archive)
    keep("mean_2_celsius", &means.1, in: &archive)
    keep("mean_3_celsius", &means.2, in: &archive)
  }

  private func keep(_ name: String, _ value: inout Double?, in archive: inout some Archive) {
    var text = value.map { "\($0)" } ?? "none"
    archive.field(name, &text)
    value = Double(text).flatMap { $0.isFinite ? $0 : nil }
  }
}
