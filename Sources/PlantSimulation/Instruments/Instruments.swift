import PlantModel
import Quantities

/// What each point of the plant measures, with the noise, lag and faults of its instrument.
struct Instruments: Sendable {
  /// The physical meaning of a point.
  enum Source: Sendable, Hashable {
    case none
    case back(Int)
    case supply(Int)
    case pressure(Int)
    case difference(Int)
    case flow(Int)
    case madeUp(Int)
    case outdoor, frost, zero, one
    case valveOpen(Int)
    case valveClosed(Int)
    case pumpRunning(Int)
    case pumpTripped(Int)
    case pumpFrequency(Int)
    case pumpPower(Int)
    case unitRunning(Int)
    case unitTripped(Int)
    case unitLoad(Int)
    case unitPower(Int)
    case evaporatorFlow(Int)
    case condenserFlow(Int)
    case evaporatorEntering(Int)
    case evaporatorLeaving(Int)
    case condenserEntering(Int)
    case condenserLeaving(Int)
    case recoveryFlow(Int)
    case recoveryLeaving(Int)
    case recoveryTurned(Int)
    case tankTop(Int)
    case tankMiddle(Int)
    case tankOutlet(Int)
    case meterPower(Int)
    case meterEnergy(Int)
    case meterFlow(Int)
    case well(Int, WellSource)
    case farEnd(Int)
    case consumerEnergy(Int)
    case consumerFlow(Int)
    case consumerVolume(Int)
    case consumerRunning(Int)
    case consumerTripped(Int)
  }

  /// What an instrument at a well head shows.
  enum WellSource: Sendable, Hashable {
    case running, tripped, frequency, power, valve, intake, highest, back, outlet, returned
    case extracted, given, extractedVolume, returnedVolume, drainedVolume
    case supply, exchangerLoss, secondaryEntering, secondaryLeaving, secondaryFlow
  }

  /// What one instrument adds to the truth.
  struct Instrument: Sendable {
    var source = Source.none
    /// One standard deviation of its noise, and the seconds of its lag.
    var noise = 0.0
    var lag = 0.0
    var isFaulty = false
    var offset = 0.0
    var scale = 1.0
    var drift = 0.0
    var driftFrom = Instant.distantFuture
    var frozen: Double?
  }

  private(set) var instruments: [Instrument]
  /// The points whose instruments add something to the truth: lag, noise or a fault.
  private(set) var acting: [Int]
  private var generator: SeededGenerator

  init(_ plant: Plant, seed: UInt64) {
    let sources = Instruments.sources(of: plant)
    generator = SeededGenerator(seed: seed ^ 0xA5A5)
    let made = plant.points.enumerated().map { index, point in
      Instrument(
        source: sources[index], noise: Instruments.noise(point.unit, of: sources[index], plant),
        lag: Instruments.lag(point.unit))
    }
    instruments = made
    acting = plant.places(of: .input).filter { made[$0].lag > 0 }
  }

  /// From now on a fault of its own has a say in what the instrument shows.
  private mutating func note(faultOf point: PointID) {
    instruments[point.index].isFaulty = true
    guard !acting.contains(point.index) else { return }
    acting.append(point.index)
    acting.sort()
  }

  private static func noise(_ unit: MeasurementUnit, of source: Source, _ plant: Plant) -> Double {
    // The meters at a well head are made for its flow.
    if unit == .cubicMetersPerHour, case .well(let well, _) = source {
      return 0.003 * plant.wells[well].designFlow.value
    }
    // So is a circuit's, for its pumps; a large one's is no better than a middling one's.
    if case .flow(let circuit) = source {
      return min(0.3, 0.01 * plant.designFlow(of: CircuitID(circuit)).value)
    }
    // A heat meter of a consumer counts pulses.
    if case .consumerFlow = source { return 0 }
    return switch unit {
    case .celsius, .kelvins: 0.02
    case .cubicMetersPerHour: 0.3
    case .kilopascals: 0.1
    case .cubicMeters, .kilowatts, .kilowattHours, .hertz, .fraction, .seconds, .minutes, .hours,
      .kilowattsPerKelvin, .meters, .count, .digital:
      0
    }
  }

  private static func lag(_ unit: MeasurementUnit) -> Double {
    switch unit {
    case .celsius, .kelvins: 8
    case .kilopascals, .cubicMetersPerHour, .kilowatts: 2
    case .cubicMeters, .kilowattHours, .hertz, .fraction, .seconds, .minutes, .hours, .count,
      .kilowattsPerKelvin, .meters, .digital:
      0
    }
  }

  mutating func drift(_ point: PointID, _ perHour: Double, from now: Instant) {
    if instruments[point.index].drift == 0 { instruments[point.index].driftFrom = now }
    instruments[point.index].drift = perHour
    note(faultOf: point)
  }

  mutating func freeze(_ point: PointID, at value: Double) {
    guard instruments[point.index].frozen == nil, value.isFinite else { return }
    instruments[point.index].frozen = value
    note(faultOf: point)
  }

  mutating func jump(_ point: PointID, _ by: Double) {
    instruments[point.index].offset = by
    note(faultOf: point)
  }

  mutating func scale(_ point: PointID, _ by: Double) {
    instruments[point.index].scale = by
    note(faultOf: point)
  }

  mutating func mend(_ point: PointID) {
    instruments[point.index].scale = 1
    instruments[point.index].drift = 0
    instruments[point.index].offset = 0
    instruments[point.index].frozen = nil
    instruments[point.index].isFaulty = false
  }

  /// What the instrument shows of `truth`, given what it showed before.
  mutating func show(_ point: Int, _ truth: Double, before: Double, dt: Double, now: Instant)
    -> Double
  {
    let instrument = instruments[point]
    var wanted = truth
    if instrument.isFaulty {
      if let stuck = instrument.frozen { return stuck }
      wanted = wanted * instrument.scale + instrument.offset
      if instrument.drift != 0 { wanted += instrument.drift * (now - instrument.driftFrom).hours }
    }
    guard instrument.lag > 0 else { return wanted }
    let part = before.isFinite ? min(dt / instrument.lag, 1) : 1
    let from = before.isFinite ? before : wanted
    return from + (wanted + generator.bell() * instrument.noise - from) * part
  }
}
