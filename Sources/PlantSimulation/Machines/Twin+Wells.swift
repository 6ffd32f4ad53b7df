public import PlantModel
import Quantities

/// A well of the twin: its physics and the drive in front of its pump.
struct WellState: Sendable {
  var physics: SingleWell
  var run = false
  var command = Hertz.zero
  var valve = Fraction.zero
  var isDraining = false
  /// What its meters have counted, m³.
  var extracted = 0.0
  var returned = 0.0
  var drained = 0.0
  var tripped = false
  /// Seconds that the pump has turned.
  var turning = 0.0
  /// Seconds that it has turned against a closed valve.
  var still = 0.0

  /// A stop shuts the valve against the pump for some seconds, so that no vacuum is drawn.
  static let stillAllowed = 15.0

  init(_ description: WellDescription, at now: Instant) {
    physics = SingleWell(description, at: now)
  }

  var isTurning: Bool { physics.readings.frequency.value > 1 }
}

extension Twin {
  /// Every well's own loop, each with an equal part of its circuit's flow through its exchanger.
  mutating func runWells(_ dt: TimeSpan) {
    for index in wells.indices {
      let circuit = wiring.wells[index].circuit
      let share = circuits[circuit].flow / wiring.wells[index].siblings
      let told = wells[index].run && !wells[index].tripped
      let input = WellInput(
        frequency: told ? wells[index].command : .zero, valvePosition: wells[index].valve,
        isPowered: !isPowerCut, isDraining: wells[index].isDraining,
        load: .exchanger(
          secondary: CubicMetersPerHour(max(share, 0)), entering: Celsius(water[.out, circuit])),
        secondaryPressure: Kilopascals(circuits[circuit].pressure))
      wells[index].physics.step(input, over: dt)
      watchWell(index, dt.seconds)
    }
  }

  private mutating func watchWell(_ index: Int, _ dt: Double) {
    let found = wells[index].physics.readings
    let hours = dt / 3600
    truth.wellExtracted += found.extracted * .seconds(dt)
    truth.wellReturned += found.returned * .seconds(dt)
    wells[index].extracted += max(found.extracted.value, 0) * hours
    wells[index].returned += max(found.returned.value, 0) * hours
    wells[index].drained += max(found.drained.value, 0) * hours
    truth.pumpElectricity += KilowattHours(found.motorPower.value * hours)
    circuits[wiring.wells[index].circuit].surplus += found.exchangerFlow.value * hours
    guard wells[index].isTurning else {
      wells[index].turning = 0
      wells[index].still = 0
      return
    }
    if wells[index].turning == 0 { truth.wellStarts += 1 }
    wells[index].turning += dt
    guard wells[index].turning > 60 else { return }
    let isDriven = wells[index].run && !wells[index].tripped
    if isDriven, found.highestPointPressure < .zero { truth.wellVacuumMinutes += dt / 60 }
    let moves = found.extracted >= plant.wells[index].designFlow * 0.05
    wells[index].still = moves ? 0 : wells[index].still + dt
    if wells[index].still > WellState.stillAllowed { truth.deadHeadMinutes += dt / 60 }
  }

  /// Heat that the wells of a circuit give it, kW; negative while they take heat.
  func wellHeat(_ circuit: Int) -> Double {
    var sum = 0.0
    for index in wells.indices where wiring.wells[index].circuit == circuit {
      sum += wells[index].physics.readings.heat.value
    }
    return sum
  }

  /// How a well really stands.
  public func readings(of well: WellID) -> WellReadings { wells[well.index].physics.readings }

  /// Makes a part of a well worse, or sound again with nought.
  mutating func damage(_ well: WellID, _ part: WellDamage, _ figure: Double) {
    let flow = CubicMetersPerHour(figure)
    switch part {
    case .screenClogging: wells[well.index].physics.faults.screenClogging = figure
    case .returnClogging: wells[well.index].physics.faults.returnClogging = figure
    case .pumpWear: wells[well.index].physics.faults.pumpWear = figure
    case .exchangerFouling:
      wells[well.index].physics.faults.exchangerFouling = figure
      wells[well.index].physics.faults.foulingKelvinPerKilowatt =
        figure / wells[well.index].physics.description.exchanger.conductance.value
    case .packerLeak: wells[well.index].physics.faults.packerLeak = flow
    case .columnLeak: wells[well.index].physics.faults.columnLeak = flow
    case .checkValveLeak: wells[well.index].physics.faults.checkValveLeak = flow
    case .surfaceLeak: wells[well.index].physics.faults.surfaceLeak = flow
    case .exchangerLeak: wells[well.index].physics.faults.exchangerLeak = flow
    }
  }
}
