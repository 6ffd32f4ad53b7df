public import PlantModel
import Quantities

extension Twin {
  /// Reads every instrument.
  mutating func measure(_ dt: Double, isFirst: Bool = false) {
    readMeters(dt)
    // Written beside those of the step before, which the instruments' lags begin from.
    var next: [Double] = []
    swap(&next, &spare)
    findTruths(&next)
    var shown = next.mutableSpan
    let isAnyAway = isPowerCut || silent.contains(true)
    for index in instruments.acting {
      if isAnyAway, isPowerCut || silent[wiring.devices[index]] { continue }
      let before = isFirst ? .nan : values[index]
      shown[index] = instruments.show(index, shown[index], before: before, dt: dt, now: now)
    }
    for index in wiring.outputs {
      shown[index] = values[index].isNaN ? plant.points[index].safeValue : values[index]
    }
    if isAnyAway {
      for index in shown.indices where isPowerCut || silent[wiring.devices[index]] {
        shown[index] = .nan
      }
    }
    swap(&next, &values)
    swap(&next, &spare)
  }

  /// What every instrument should show.
  private func findTruths(_ truths: inout [Double]) {
    var truths = truths.mutableSpan
    for index in wiring.inputs {
      truths[index] = truth(of: instruments.instruments[index].source)
    }
  }

  @inline(__always)
  private func truth(of source: Instruments.Source) -> Double {
    switch source {
    case .none, .zero: 0
    case .one: 1
    case .back(let circuit): water[.back, circuit]
    case .supply(let circuit): water[.out, circuit]
    case .pressure(let circuit): circuits[circuit].pressure
    case .difference(let circuit):
      network.pressures[layout.supply(circuit)] - network.pressures[layout.back(circuit)]
    case .flow(let circuit): circuits[circuit].flow
    case .madeUp(let circuit): circuits[circuit].madeUp
    case .outdoor: weather.outdoor.value
    case .frost: 12 + 0.15 * weather.outdoor.value
    case .valveOpen(let valve): valves[valve].isSeenOpen ? 1 : 0
    case .valveClosed(let valve): valves[valve].isSeenClosed ? 1 : 0
    case .pumpRunning(let pump): pumps[pump].isRunning ? 1 : 0
    case .pumpTripped(let pump): pumps[pump].tripped ? 1 : 0
    case .pumpFrequency(let pump): pumps[pump].speed * 50
    case .pumpPower(let pump): pumps[pump].power
    case .unitRunning(let unit): units[unit].isOn ? 1 : 0
    case .unitTripped(let unit): units[unit].isTripped ? 1 : 0
    case .unitLoad(let unit): units[unit].load
    case .unitPower(let unit): units[unit].power
    case .evaporatorFlow(let unit): units[unit].evaporatorSwitch ? 1 : 0
    case .condenserFlow(let unit): units[unit].condenserSwitch ? 1 : 0
    case .evaporatorEntering(let unit): entering(2 * unit)
    case .evaporatorLeaving(let unit): water.sides[2 * unit]
    case .condenserEntering(let unit): entering(2 * unit + 1)
    case .condenserLeaving(let unit): water.sides[2 * unit + 1]
    case .recoveryFlow(let unit): units[unit].recoverySwitch ? 1 : 0
    case .recoveryLeaving(let unit): water.sides[layout.recoveries[unit]]
    case .recoveryTurned(let unit): units[unit].isTurned ? 1 : 0
    case .tankTop(let tank): tanks[tank].top
    case .tankMiddle(let tank): (tanks[tank].top + tanks[tank].bottom) / 2
    case .tankOutlet(let tank): tanks[tank].outlet
    case .meterPower(let meter): meters[meter].power
    case .meterEnergy(let meter): meters[meter].energy
    case .meterFlow(let meter): meters[meter].flow
    case .farEnd(let index):
      (network.pressures[layout.supply(populations[index].circuit)]
        - network.pressures[layout.back(populations[index].circuit)])
        * populations[index].farEndShare
    case .consumerEnergy(let index): energy(of: ConsumerID(index)).value
    case .consumerFlow(let index):
      populations[homePlaces[index].population].flow(
        of: homePlaces[index].home, whole: consumerFlow(homePlaces[index].population))
    case .consumerVolume(let index): volume(of: ConsumerID(index)).value
    case .consumerRunning(let index): home(of: index).isOn ? 1 : 0
    case .consumerTripped(let index): home(of: index).isTripped ? 1 : 0
    case .well(let well, let source): truth(of: source, well)
    }
  }

  func home(of consumer: Int) -> Population.Home {
    let place = homePlaces[consumer]
    return populations[place.population].homes[place.home]
  }

  private func truth(of source: Instruments.WellSource, _ index: Int) -> Double {
    let well = wells[index]
    let found = well.physics.readings
    return switch source {
    case .running: well.isTurning ? 1 : 0
    case .tripped: well.tripped ? 1 : 0
    case .frequency: found.frequency.value
    case .power: found.motorPower.value
    case .valve: found.valvePosition.value
    case .intake: found.intakePressure.value
    case .highest: found.highestPointPressure.value
    case .back: found.returnPressure.value
    case .outlet: found.outletTemperature.value
    case .returned: found.returnTemperature.value
    case .extracted: found.extracted.value
    case .given: found.returned.value
    case .extractedVolume: well.extracted
    case .returnedVolume: well.returned
    case .drainedVolume: well.drained
    case .supply: found.supplyPressure.value
    case .exchangerLoss: found.exchangerPressureLoss.value
    case .secondaryEntering: water[.out, wiring.wells[index].circuit]
    case .secondaryLeaving: found.secondaryLeaving.value
    case .secondaryFlow:
      circuits[wiring.wells[index].circuit].flow / wiring.wells[index].siblings
    }
  }

  /// Puts the measurements into an input image, as samples of this moment; what a silent device last
  /// said grows old.
  public func fill(_ image: inout InputImage) {
    Twin.fill(&image, with: values, at: now, by: wiring.limits)
  }

  /// The same from the measurements alone.
  static func fill(
    _ image: inout InputImage, with values: [Double], at now: Instant, by limits: [Wiring.Limits]
  ) {
    image.now = now
    var samples = image.samples.mutableSpan
    for index in values.indices {
      let value = values[index]
      if limits[index].range.contains(value) {
        samples[index] = Sample(value: value, quality: .good, doubt: .none, taken: now)
      } else if value.isNaN {
        samples[index] = samples[index].aged(at: now, maximumAge: limits[index].maximumAge)
      } else {
        samples[index] = .judged(value, in: limits[index].range, at: now)
      }
    }
    image.settled = true
  }
}
