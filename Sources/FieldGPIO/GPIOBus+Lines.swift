import Field
import PlantModel
import Quantities

/// The lines of a chip one by one.
extension GPIOBus {
  /// Takes the edges of an input that wait.
  func follow(_ place: Int) throws(GPIOFailure) {
    guard let line = inputs[place].line, let use = inputs[place].use else { return }
    let batch = try line.edges()
    switch use {
    case .state(var debounce):
      for edge in batch.edges {
        if let state = debounce.edge(to: edge.isActive, at: edge.time) { publish(state, place) }
      }
      inputs[place].use = .state(debounce)
    case .pulses(var counter):
      let loss = counter.take(batch, at: clock())
      inputs[place].use = .pulses(counter)
      publish(counter, place)
      if let loss { tell(of: loss, place) }
    }
  }

  /// States and pulses that have lasted long enough by now.
  func settle(at now: UInt64) {
    for place in inputs.indices {
      switch inputs[place].use {
      case .state(var debounce):
        if let state = debounce.settle(at: now) { publish(state, place) }
        inputs[place].use = .state(debounce)
      case .pulses(var counter) where counter.deadline != nil:
        counter.settle(at: now)
        inputs[place].use = .pulses(counter)
        publish(counter, place)
      case .pulses, nil: break
      }
    }
  }

  /// Reads an input that is held, or takes it; what stands against that, if anything does.
  ///
  /// - Throws: only that the chip is gone.
  func look(atInput place: Int, mayTake: Bool) throws(GPIOFailure) -> String? {
    guard let line = inputs[place].line else {
      guard mayTake || inputs[place].isLetGo else { return nil }
      inputs[place].isLetGo = false
      return try take(place)
    }
    do throws(GPIOFailure) {
      try follow(place)
      let level = try line.read()
      switch inputs[place].use {
      case .state(var debounce):
        // An edge that was lost is made good by what the line shows.
        _ = debounce.edge(to: level, at: monotonic())
        inputs[place].use = .state(debounce)
        publish(debounce.state, place)
      case .pulses(let counter): publish(counter, place)
      case nil: break
      }
      return nil
    } catch {
      return try letGo(input: place, error)
    }
  }

  /// Lets go of an input that fails, and of it alone; what to say of it. It is taken again at the next look.
  ///
  /// - Throws: only that the chip is gone.
  func letGo(input place: Int, _ failure: GPIOFailure) throws(GPIOFailure) -> String {
    inputs[place].line = nil
    inputs[place].isLetGo = true
    return try trouble(failure, plant[inputs[place].point])
  }

  /// The same of an output: it falls to what its wiring makes of it, until it is taken as what is wanted then.
  private func letGo(output place: Int, _ failure: GPIOFailure) throws(GPIOFailure) -> String {
    outputs[place].line = nil
    outputs[place].isLetGo = true
    return try trouble(failure, plant[outputs[place].point])
  }

  private func take(_ place: Int) throws(GPIOFailure) -> String? {
    let spec = plant[inputs[place].point]
    do throws(GPIOFailure) {
      let span = UInt64(max(spec.register.wiring.debounce.milliseconds, 0)) * 1_000_000
      let isCounter = spec.register.table == .pulses
      let line = try open().input(
        spec.register.address, spec.register.wiring,
        risingOnly: isCounter && PulseCounter.wantsRisingOnly(span: span))
      let state = try line.read()
      inputs[place].line = line
      if isCounter {
        if case .pulses(var counter) = inputs[place].use {
          counter.retaken(state: state, at: clock())
          inputs[place].use = .pulses(counter)
          tell(of: nil, place)
        } else {
          inputs[place].use = .pulses(PulseCounter(span: span, state: state))
        }
      } else {
        inputs[place].use = .state(Debounce(span: span, state: state))
      }
    } catch {
      return try trouble(error, spec)
    }
    return try look(atInput: place, mayTake: false)
  }

  /// Reads an output back, or takes its line as what is wanted now; what stands against that, if anything does.
  ///
  /// - Throws: only that the chip is gone.
  func look(atOutput place: Int, mayTake: Bool) throws(GPIOFailure) -> String? {
    guard let wish = wish(outputs[place]) else { return nil }
    let spec = plant[outputs[place].point]
    guard let line = outputs[place].line else {
      guard mayTake || outputs[place].isLetGo else { return nil }
      outputs[place].isLetGo = false
      do throws(GPIOFailure) {
        outputs[place].line = try open().output(
          spec.register.address, spec.register.wiring, state: wish)
      } catch {
        return try trouble(error, spec)
      }
      outputs[place].told = wish
      wrote(outputs[place].device)
      // It is had once it is read back.
      return try look(atOutput: place, mayTake: false)
    }
    do throws(GPIOFailure) {
      let state = try line.read()
      show(state, outputs[place].point)
      if state != outputs[place].told, !outputs[place].isContrary {
        outputs[place].isContrary = true
        notice(
          .writeNotKept, outputs[place].device, "does not keep what '\(spec.name)' is told")
      } else if state == outputs[place].told {
        outputs[place].isContrary = false
      }
      try tell(place, wish, again: state != wish)
      return nil
    } catch {
      return try letGo(output: place, error)
    }
  }

  /// Tells every output that is held what is wanted now.
  ///
  /// - Throws: only that the chip is gone.
  func tellAll() throws(GPIOFailure) {
    for place in outputs.indices where outputs[place].line != nil {
      guard let wish = wish(outputs[place]) else { continue }
      do throws(GPIOFailure) {
        try tell(place, wish, again: false)
      } catch {
        missed(outputs[place].device, try letGo(output: place, error))
      }
    }
  }

  private func tell(_ place: Int, _ wish: Bool, again: Bool) throws(GPIOFailure) {
    guard let line = outputs[place].line, again || outputs[place].told != wish else { return }
    try line.write(wish)
    outputs[place].told = wish
    wrote(outputs[place].device)
    show(wish, outputs[place].point)
  }

  /// What to say of a line that cannot be had.
  ///
  /// - Throws: that the chip is gone.
  private func trouble(_ failure: GPIOFailure, _ spec: Point) throws(GPIOFailure) -> String {
    if failure.isChipGone { throw failure }
    return hasChip
      ? failure.text(line: spec.register.address, of: spec.name, chip: name)
      : failure.text(chip: name)
  }

  private func publish(_ state: Bool, _ place: Int) {
    let point = inputs[place].point
    let sample = sample(of: state, point)
    board.with { $0.publish(state: sample, point) }
  }

  /// What an output is at.
  private func show(_ state: Bool, _ point: PointID) {
    let sample = sample(of: state, point)
    board.with { $0.samples[point.index] = sample }
  }

  private func sample(of state: Bool, _ point: PointID) -> Sample {
    let value = plant[point].register.decode([state ? 1 : 0])
    return value.map { .judged($0, in: plant[point].range, at: clock()) }
      ?? Sample(value: 0, quality: .bad, doubt: .noValue, taken: clock())
  }

  private func publish(_ counter: PulseCounter, _ place: Int) {
    let point = inputs[place].point
    let spec = plant[point]
    let now = clock()
    let words = [UInt16(counter.count >> 16), UInt16(truncatingIfNeeded: counter.count)]
    var sample =
      spec.register.decode(words).map { Sample.judged($0, in: spec.range, at: now) }
      ?? Sample(value: 0, quality: .bad, doubt: .noValue, taken: now)
    if sample.quality == .good, counter.isDoubtful(at: now) {
      sample.quality = .uncertain
      sample.doubt = .edgesLost
    }
    board.with { [sample] in $0.samples[point.index] = sample }
  }

  /// - Parameter loss: nil when the line was away.
  private func tell(of loss: PulseCounter.Loss?, _ place: Int) {
    let name = plant[inputs[place].point].name
    let text =
      switch loss {
      case nil: "pulses of '\(name)' may be missing: its line was away"
      case .counted(let count): "\(count) pulses of '\(name)' came unseen, and are counted"
      case .unknown: "pulses of '\(name)' may be missing: they came faster than they were read"
      }
    notice(.edgesLost, inputs[place].device, text)
  }
}
