import PlantModel
import Quantities

extension Twin {
  /// The units' own controllers, protections and performance.
  mutating func runUnits(_ dt: Double) {
    let hours = dt / 3600
    for index in units.indices {
      readSwitches(index)
      control(index, dt)
      guard units[index].isOn else {
        units[index].heat = 0
        units[index].cold = 0
        units[index].power = 0
        continue
      }
      let output = maps[index].output(
        load: Fraction(units[index].load), evaporatorLeaving: Celsius(water.sides[2 * index]),
        condenserLeaving: Celsius(water.sides[2 * index + 1]))
      units[index].heat = output.heat.value
      units[index].cold = output.cold.value
      units[index].power = output.power.value
      truth.unitElectricity += KilowattHours(output.power.value * hours)
      truth.unitHours += hours
    }
    for pump in pumps { truth.pumpElectricity += KilowattHours(pump.power * hours) }
  }

  /// What a side gets in its own direction, as part of its design flow.
  func flowShare(_ side: Int) -> Double {
    network.pipes[layout.sides[side].pipe].flow / layout.sides[side].designFlow
  }

  private mutating func readSwitches(_ index: Int) {
    let evaporator = flowShare(2 * index)
    let condenser = flowShare(2 * index + 1)
    units[index].evaporatorSwitch =
      evaporator
      > (units[index].evaporatorSwitch ? UnitState.switchBreaks : UnitState.switchMakes)
    units[index].condenserSwitch =
      condenser > (units[index].condenserSwitch ? UnitState.switchBreaks : UnitState.switchMakes)
  }

  private mutating func control(_ index: Int, _ dt: Double) {
    let wires = wiring.units[index]
    var state = units[index]
    if state.isOn {
      let tooCold = water.sides[2 * index] < UnitState.coldCutOut
      let tooHot = water.sides[2 * index + 1] > UnitState.hotCutOut
      if tooCold || tooHot { state.protected = true }
    }
    state.standsFor = state.enabled ? 0 : state.standsFor + dt
    if state.protected, state.standsFor > UnitState.resetTime { state.protected = false }
    let flows = state.evaporatorSwitch && state.condenserSwitch
    let mayRun = state.enabled && flows && !state.isTripped && !isPowerCut
    state.enabledFor = mayRun ? state.enabledFor + dt : min(state.enabledFor, 0)
    let wasOn = state.isOn
    state.isOn = state.enabledFor > UnitState.startDelay
    if wasOn, !state.isOn { state.enabledFor = -UnitState.leastStandstill }
    if !mayRun, !wasOn { state.enabledFor = min(state.enabledFor + dt, 0) }
    if state.isOn {
      if !wasOn {
        truth.unitStarts += 1
        state.load = wires.minimumLoad
      }
      let wanted = min(max(state.command, wires.minimumLoad), 1)
      let most = UnitState.loadRamp * dt
      state.load += min(max(wanted - state.load, -most), most)
    } else {
      state.load = 0
    }
    units[index] = state
  }
}
