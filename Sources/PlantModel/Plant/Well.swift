public import Quantities

/// A single well: its pump lifts ground water from below the packer, an exchanger takes heat from it
/// or gives heat to it, and all of it goes back above the packer through a back-pressure valve.
///
/// Its water never leaves the well's own loop; only heat passes to `circuit`.
public struct Well: Sendable, Equatable {
  public var name: String
  /// The closed water on the other side of its exchanger.
  public var circuit: CircuitID
  public var pump: Pump
  /// How far the back-pressure valve is to open, 0 shut … 1 open.
  public var valveCommand: Actuator<Fraction>
  public var valvePosition: Sensor<Fraction>
  /// Below the packer at the pump's intake; nil where it is not fitted.
  public var intakePressure: Sensor<Kilopascals>?
  /// At the highest point of the loop, where the pressure is lowest.
  public var highestPressure: Sensor<Kilopascals>
  /// In the return zone, behind the back-pressure valve.
  public var returnPressure: Sensor<Kilopascals>
  /// The water as it comes from the ground.
  public var outletTemperature: Sensor<Celsius>
  /// The water as it goes back.
  public var returnTemperature: Sensor<Celsius>
  public var extractedFlow: Sensor<CubicMetersPerHour>
  public var returnedFlow: Sensor<CubicMetersPerHour>
  /// The two meters' counters; nil where they have none.
  public var extractedVolume: Sensor<CubicMeters>?
  public var returnedVolume: Sensor<CubicMeters>?
  /// Its way to waste; nil where there is none, and then it cannot be flushed.
  public var drain: WellDrain?
  /// How it is step-tested; nil where nothing was designed for it.
  public var stepPlan: WellStepPlan?
  /// What each of the two flow meters may be wrong by, as part of its reading (1σ is half of it).
  public var meterUncertainty: Fraction
  public var designFlow: CubicMetersPerHour
  /// The slowest at which water comes, and the fastest.
  public var minimumFlowFrequency: Hertz
  public var maximumFrequency: Hertz
  /// The most that the speed changes in a second, so that no sand moves.
  public var slope: Hertz
  /// What the sound pump draws at some speeds, slowest first: the commissioning baseline.
  public var baseline: [PumpPower]
  /// Below this pressure at the intake the pump stops.
  public var minimumIntake: Kilopascals
  /// What packer and ground take.
  public var maximumReturn: Kilopascals
  /// The maker's limit.
  public var maximumStartsPerHour: Int

  public init(
    name: String, circuit: CircuitID, pump: Pump, valveCommand: Actuator<Fraction>,
    valvePosition: Sensor<Fraction>, intakePressure: Sensor<Kilopascals>?,
    highestPressure: Sensor<Kilopascals>, returnPressure: Sensor<Kilopascals>,
    outletTemperature: Sensor<Celsius>, returnTemperature: Sensor<Celsius>,
    extractedFlow: Sensor<CubicMetersPerHour>, returnedFlow: Sensor<CubicMetersPerHour>,
    extractedVolume: Sensor<CubicMeters>? = nil, returnedVolume: Sensor<CubicMeters>? = nil,
    drain: WellDrain? = nil, stepPlan: WellStepPlan? = nil,
    meterUncertainty: Fraction, designFlow: CubicMetersPerHour,
    minimumFlowFrequency: Hertz, maximumFrequency: Hertz, slope: Hertz, baseline: [PumpPower],
    minimumIntake: Kilopascals, maximumReturn: Kilopascals, maximumStartsPerHour: Int
  ) {
    self.name = name
    self.circuit = circuit
    self.pump = pump
    self.valveCommand = valveCommand
    self.valvePosition = valvePosition
    self.intakePressure = intakePressure
    self.highestPressure = highestPressure
    self.returnPressure = returnPressure
    self.outletTemperature = outletTemperature
    self.returnTemperature = returnTemperature
    self.extractedFlow = extractedFlow
    self.returnedFlow = returnedFlow
    self.extractedVolume = extractedVolume
    self.returnedVolume = returnedVolume
    self.drain = drain
    self.stepPlan = stepPlan
    self.meterUncertainty = meterUncertainty
    self.designFlow = designFlow
    self.minimumFlowFrequency = minimumFlowFrequency
    self.maximumFrequency = maximumFrequency
    self.slope = slope
    self.baseline = baseline
    self.minimumIntake = minimumIntake
    self.maximumReturn = maximumReturn
    self.maximumStartsPerHour = maximumStartsPerHour
  }

  /// What the sound pump draws at a speed: between two points of the baseline straight, beyond them by
  /// the cube of the speed (affinity law).
  public func soundPower(at speed: Hertz) -> Kilowatts {
    guard let first = baseline.first, let last = baseline.last else { return .zero }
    if speed <= first.speed { return Well.scaled(first, to: speed) }
    if speed >= last.speed { return Well.scaled(last, to: speed) }
    var low = first
    for high in baseline {
      if speed <= high.speed {
        let part = (speed - low.speed) / (high.speed - low.speed)
        return low.power + (high.power - low.power) * part
      }
      low = high
    }
    return last.power
  }

  private static func scaled(_ point: PumpPower, to speed: Hertz) -> Kilowatts {
    let ratio = speed / point.speed
    return point.power * (ratio * ratio * ratio)
  }
}

/// A well's valve to waste at the surface, behind the exchanger, which a flushing opens.
public struct WellDrain: Sendable, Equatable {
  public var command: Actuator<Bool>
  /// The counter of what goes to waste; nil where it has none.
  public var volume: Sensor<CubicMeters>?
  /// The most that one flushing may take from the aquifer.
  public var most: CubicMeters

  public init(command: Actuator<Bool>, volume: Sensor<CubicMeters>?, most: CubicMeters) {
    self.command = command
    self.volume = volume
    self.most = most
  }
}

/// What a pump draws at a speed.
public struct PumpPower: Sendable, Equatable {
  public var speed: Hertz
  public var power: Kilowatts

  public init(speed: Hertz, power: Kilowatts) {
    self.speed = speed
    self.power = power
  }
}
