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
        units[index].recovered = 0
        units[index].cold = 0
        units[index].power = 0
        continue
      }
      let output = maps[index].output(
        load: Fraction(units[index].load), evaporatorLeaving: Celsius(water.sides[2 * index]),
        condenserLeaving: Celsius(water.sides[heatSide(index)]))
      units[index].heat = output.heat.value
      units[index].cold = output.cold.value
      units[index].power = output.power.value
      units[index].recovered = recovered(index)
      truth.unitElectricity += KilowattHours(output.power.value * hours)
      truth.unitHours += hours
    }
    for pump in pumps { truth.pumpElectricity += KilowattHours(pump.power * hours) }
  }

  /// The side that takes the unit's heat: its condenser or its second one.
  func heatSide(_ unit: Int) -> Int {
    units[unit].isTurned ? layout.recoveries[unit] : 2 * unit + 1
  }

  /// All of the heat at a second condenser; a desuperheater's share while water moves through it and the
  /// gas is hotter than the water.
  private func recovered(_ index: Int) -> Double {
    let state = units[index]
    if state.isTurned { return state.heat }
    guard state.recoverySwitch, water.sides[layout.recoveries[index]] < UnitState.hotCutOut else {
      return 0
    }
    return wiring.units[index].share * state.heat
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
    guard layout.recoveries[index] >= 0 else { return }
    let recovery = flowShare(layout.recoveries[index])
    units[index].recoverySwitch =
      recovery > (units[index].recoverySwitch ? UnitState.switchBreaks : UnitState.switchMakes)
  }

  private mutating func control(_ index: Int, _ dt: Double) {
    let wires = wiring.units[index]
    var state = units[index]
    let step = dt / UnitState.turnTime
    state.turn = min(max(state.turn + (state.turnCommand ? step : -step), 0), 1)
    if state.isOn {
      let tooCold = water.sides[2 * index] < UnitState.coldCutOut
      let heatSide = state.isTurned ? layout.recoveries[index] : 2 * index + 1
      let tooHot = water.sides[heatSide] > UnitState.hotCutOut
      if tooCold || tooHot { state.protected = true }
    }
    state.standsFor = state.enabled ? 0 : state.standsFor + dt
    if state.protected, state.standsFor > UnitState.resetTime { state.protected = false }
    let flows =
      state.evaporatorSwitch && (state.isTurned ? state.recoverySwitch : state.condenserSwitch)
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
