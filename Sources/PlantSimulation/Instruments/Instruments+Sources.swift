import PlantModel

extension Instruments {
  /// Walks the plant's equipment: every point that it is bound to gets its meaning.
  static func sources(of plant: Plant) -> [Source] {
    var sources = Array(repeating: Source.none, count: plant.points.count)
    let bind = { (point: PointID, source: Source, sources: inout [Source]) in
      sources[point.index] = source
    }
    bind(plant.site.outdoorTemperature.point, .outdoor, &sources)
    bind(plant.site.frostTemperature.point, .frost, &sources)
    bind(plant.site.emergencyStop.point, .zero, &sources)
    for (index, circuit) in plant.circuits.enumerated() {
      bind(circuit.returnTemperature.point, .back(index), &sources)
      bind(circuit.supplyTemperature.point, .supply(index), &sources)
      bind(circuit.pressure.point, .pressure(index), &sources)
      bind(circuit.differentialPressure.point, .difference(index), &sources)
      bind(circuit.flow.point, .flow(index), &sources)
    }
    for makeUp in plant.makeUps {
      bind(makeUp.volume.point, .madeUp(makeUp.circuit.index), &sources)
      bind(makeUp.tankLevel.point, .one, &sources)
    }
    for (index, valve) in plant.valves.enumerated() {
      if let opened = valve.openedSwitch { bind(opened.point, .valveOpen(index), &sources) }
      if let closed = valve.closedSwitch { bind(closed.point, .valveClosed(index), &sources) }
    }
    for (index, pump) in plant.pumps.enumerated() {
      bind(pump.running.point, .pumpRunning(index), &sources)
      bind(pump.tripped.point, .pumpTripped(index), &sources)
      bind(pump.remote.point, .one, &sources)
      bind(pump.frequency.point, .pumpFrequency(index), &sources)
      bind(pump.power.point, .pumpPower(index), &sources)
    }
    for (index, unit) in plant.units.enumerated() {
      bind(unit.running.point, .unitRunning(index), &sources)
      bind(unit.tripped.point, .unitTripped(index), &sources)
      bind(unit.remote.point, .one, &sources)
      bind(unit.load.point, .unitLoad(index), &sources)
      bind(unit.power.point, .unitPower(index), &sources)
      bind(unit.evaporator.flowProof.point, .evaporatorFlow(index), &sources)
      bind(unit.condenser.flowProof.point, .condenserFlow(index), &sources)
      bind(unit.evaporator.entering.point, .evaporatorEntering(index), &sources)
      bind(unit.evaporator.leaving.point, .evaporatorLeaving(index), &sources)
      bind(unit.condenser.entering.point, .condenserEntering(index), &sources)
      bind(unit.condenser.leaving.point, .condenserLeaving(index), &sources)
      if let recovery = unit.recovery {
        bind(recovery.flowProof.point, .recoveryFlow(index), &sources)
        bind(recovery.leaving.point, .recoveryLeaving(index), &sources)
        if case .secondCondenser(_, let confirmed?) = recovery.kind {
          bind(confirmed.point, .recoveryTurned(index), &sources)
        }
      }
    }
    for (index, tank) in plant.tanks.enumerated() {
      bind(tank.temperature.point, .tankTop(index), &sources)
      if let middle = tank.middleTemperature { bind(middle.point, .tankMiddle(index), &sources) }
      if let outlet = tank.exchangerOutlet { bind(outlet.point, .tankOutlet(index), &sources) }
      if let filter = tank.filterFlow { bind(filter.point, .one, &sources) }
    }
    for (index, distribution) in plant.distributions.enumerated() {
      if let far = distribution.farEndPressure { bind(far.point, .farEnd(index), &sources) }
    }
    for (index, consumer) in plant.consumers.enumerated() {
      bind(consumer.energy.point, .consumerEnergy(index), &sources)
      bind(consumer.flow.point, .consumerFlow(index), &sources)
      if let volume = consumer.volume { bind(volume.point, .consumerVolume(index), &sources) }
      if let unit = consumer.unit {
        bind(unit.running.point, .consumerRunning(index), &sources)
        bind(unit.tripped.point, .consumerTripped(index), &sources)
      }
    }
    for (index, well) in plant.wells.enumerated() {
      bind(well.pump.running.point, .well(index, .running), &sources)
      bind(well.pump.tripped.point, .well(index, .tripped), &sources)
      bind(well.pump.remote.point, .one, &sources)
      bind(well.pump.frequency.point, .well(index, .frequency), &sources)
      bind(well.pump.power.point, .well(index, .power), &sources)
      bind(well.valvePosition.point, .well(index, .valve), &sources)
      if let intake = well.intakePressure { bind(intake.point, .well(index, .intake), &sources) }
      bind(well.highestPressure.point, .well(index, .highest), &sources)
      bind(well.returnPressure.point, .well(index, .back), &sources)
      bind(well.outletTemperature.point, .well(index, .outlet), &sources)
      bind(well.returnTemperature.point, .well(index, .returned), &sources)
      bind(well.extractedFlow.point, .well(index, .extracted), &sources)
      bind(well.returnedFlow.point, .well(index, .given), &sources)
      for (volume, source) in [
        (well.extractedVolume, Instruments.WellSource.extractedVolume),
        (well.returnedVolume, .returnedVolume), (well.drain?.volume, .drainedVolume),
      ] {
        if let volume { bind(volume.point, .well(index, source), &sources) }
      }
      guard let plan = well.stepPlan else { continue }
      let fitted: [(PointID?, Instruments.WellSource)] = [
        (plan.supplyPressure?.point, .supply),
        (plan.exchangerPressureLoss?.point, .exchangerLoss),
        (plan.secondaryEntering?.point, .secondaryEntering),
        (plan.secondaryLeaving?.point, .secondaryLeaving),
        (plan.secondaryFlow?.point, .secondaryFlow),
      ]
      for (point, source) in fitted {
        if let point { bind(point, .well(index, source), &sources) }
      }
    }
    for (index, meter) in plant.meters.enumerated() {
      bind(meter.power.point, .meterPower(index), &sources)
      bind(meter.energy.point, .meterEnergy(index), &sources)
      for (place, point) in plant.points.enumerated()
      where point.device == meter.device && point.direction == .input
        && point.unit == .cubicMetersPerHour
      {
        sources[place] = .meterFlow(index)
      }
    }
    return sources
  }
}
