public import PlantModel
public import Quantities

/// What a well took from the ground and gave to it in a calendar year of local time.
public struct WellYear: Sendable, Hashable {
  public var heatTaken: KilowattHours = .zero
  public var heatGiven: KilowattHours = .zero
  public var extracted: CubicMeters = .zero
  public var returned: CubicMeters = .zero
  /// Extracted and not returned while air was driven out.
  public var purged: CubicMeters = .zero
  /// Extracted and not returned while the well was flushed.
  public var flushed: CubicMeters = .zero
  /// Time that its pump ran without a good reading of flow or temperatures.
  public var unseen: TimeSpan = .zero

  public init() {}
}

/// A well's years: this one and the one before. (`WELL-21`)
public struct WellBooks: Sendable, Hashable {
  public private(set) var current = WellYear()
  public private(set) var before = WellYear()
  /// Of `current`; 0 until the first scan.
  public private(set) var year = 0
  private var day: LocalDay?

  /// What the water that is extracted and not returned counts as.
  enum Phase { case standing, purging, flushing, running }

  mutating func step(
    _ well: Well, _ phase: Phase, _ dt: TimeSpan, offset: TimeSpan, _ image: InputImage
  ) {
    roll(LocalDay(of: image.now, offset: offset))
    guard let out = image.reading(well.extractedFlow), let back = image.reading(well.returnedFlow)
    else {
      if phase != .standing { current.unseen += dt }
      return
    }
    current.extracted += max(out, .zero) * dt
    current.returned += max(back, .zero) * dt
    switch phase {
    case .purging: current.purged += (out - back) * dt
    case .flushing: current.flushed += (out - back) * dt
    case .standing, .running: break
    }
    guard phase != .standing else { return }
    guard let warm = image.reading(well.outletTemperature),
      let cold = image.reading(well.returnTemperature)
    else {
      current.unseen += dt
      return
    }
    let power = Water.heat(of: max(out, .zero), over: warm - cold)
    if power > .zero { current.heatTaken += power * dt } else { current.heatGiven += -power * dt }
  }

  private mutating func roll(_ today: LocalDay) {
    guard today != day else { return }
    day = today
    let now = today.date.year
    guard now != year else { return }
    if year != 0 {
      before = now == year + 1 ? current : WellYear()
      current = WellYear()
    }
    year = now
  }
}

extension WellYear: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("heat_taken_kilowatt_hours", &heatTaken)
    archive.field("heat_given_kilowatt_hours", &heatGiven)
    archive.field("extracted_cubic_meters", &extracted)
    archive.field("returned_cubic_meters", &returned)
    archive.field("purged_cubic_meters", &purged)
    archive.field("flushed_cubic_meters", &flushed)
    archive.field("unseen_milliseconds", &unseen)
  }
}

extension WellBooks: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    archive.field("year", &year)
    archive.group("current", &current)
    archive.group("before", &before)
  }
}
