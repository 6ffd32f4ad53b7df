import PlantModel
import Quantities

/// What a circuit has lost since the day of its watch began: water made up, less what its cooling
/// took, plus what its warming gave. (`MAKEUP-03`)
///
/// A day begins with the pressure in its band, so that a first fill is no loss. Above the pressure of
/// that moment what was filled is still there, in the expansion tank, and nothing is judged; nor is it
/// without the meter, the pressure or a temperature.
struct LeakWatch: Sendable, Hashable {
  private(set) var began: Instant = .distantPast
  /// The loss of this day.
  private(set) var loss: CubicMeters = .zero
  /// This day has taken all that a sound circuit may lose.
  private(set) var isUsedUp = false
  /// Water came in that nobody filled and no warming explains: the pressure stands well above the day's first.
  var isGaining: Bool { gainingFor >= LeakWatch.lasting }
  private var gainingFor: TimeSpan = .zero
  private var lastStep: Instant = .distantPast
  /// This day or the last one has taken more than that.
  private(set) var isSuspected = false
  private var isWatching = false
  private var lastUsedUp: Instant = .distantPast
  private var filledAtStart: CubicMeters = .zero
  private var expansionAtStart = 0.0
  private var pressureAtStart: Kilopascals = .zero

  mutating func step(_ makeUp: MakeUp, plant: Plant, image: InputImage) {
    let circuit = plant[makeUp.circuit]
    let now = image.now
    let dt = min(max(now - lastStep, .zero), LeakWatch.lasting)
    lastStep = now
    let gained = gainingFor
    gainingFor = .zero
    guard let filled = image.reading(makeUp.volume),
      let pressure = image.reading(circuit.pressure),
      let supply = image.reading(circuit.supplyTemperature),
      let back = image.reading(circuit.returnTemperature)
    else { return }
    let expansion = LeakWatch.expansion(at: Celsius((supply.value + back.value) / 2))
    let isOver = isWatching && now - began >= .days(1)
    if isOver { isSuspected = isUsedUp }
    if !isWatching || isOver || filled < filledAtStart {
      isWatching = pressure >= makeUp.band.lowerBound
      began = now
      filledAtStart = filled
      expansionAtStart = expansion
      pressureAtStart = pressure
      loss = .zero
      isUsedUp = false
      // Nothing has been judged for so long that the suspicion is of another day.
      if now - lastUsedUp > .days(2) { isSuspected = false }
      return
    }
    loss = filled - filledAtStart + circuit.volume * (expansion - expansionAtStart)
    let isFilled = filled > filledAtStart + LeakWatch.litre
    if pressure > pressureAtStart + LeakWatch.rise, !isFilled, expansion <= expansionAtStart {
      gainingFor = gained + dt
    }
    guard pressure <= pressureAtStart else { return }
    isUsedUp = loss > circuit.volume * plant.parameters.leakADay.value
    if isUsedUp {
      isSuspected = true
      lastUsedUp = now
    }
  }

  private static let lasting = TimeSpan.hours(1)
  private static let rise = Kilopascals(20)
  private static let litre = CubicMeters(0.001)

  /// By how much a volume of water at 4 °C is larger at `temperature`; within 3 % of the tables from
  /// 10 to 60 °C.
  static func expansion(at temperature: Celsius) -> Double {
    let over = temperature.value - 4
    return over * over * (7.674e-6 - 4.26e-8 * over)
  }
}

extension LeakWatch: Persistent {
  mutating func persist(in archive: inout some Archive) {
    archive.field("began", &began)
    archive.field("is_watching", &isWatching)
    archive.field("is_suspected", &isSuspected)
    archive.field("is_used_up", &isUsedUp)
    archive.field("last_used_up", &lastUsedUp)
    archive.field("filled_at_start_cubic_meters", &filledAtStart)
    archive.field("expansion_at_start", &expansionAtStart)
    archive.field("pressure_at_start_kilopascals", &pressureAtStart)
  }
}
