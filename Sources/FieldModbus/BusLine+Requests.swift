import Field
import PlantModel
import Quantities

/// Reading one device.
extension BusLine {
  enum Outcome {
    case answered
    /// This request cannot be had now; others may.
    case passed
    /// The unit is asked nothing yet.
    case waits
    /// The device says that it will never answer this request as a whole.
    case refused(ModbusFailure)
    /// It stays silent for this request while it answers others.
    case mute(ModbusFailure)
    /// The line is down: nothing more can be had in this round.
    case lineDown
  }

  /// Reads all that is wanted of a device; false when the line is down.
  func read(_ index: Int) -> Bool {
    // A pass that had to wait goes on where it stopped.
    var place = min(devices[index].resumesAt, devices[index].reads.all.count)
    var isComplete = place == 0
    devices[index].resumesAt = 0
    var hasAnswered = false
    var refusal: ModbusFailure?
    while place < devices[index].reads.all.count, !devices[index].recovery.isAway {
      if devices[index].reads.all[place].isLeftOut || !isDue(index, place) {
        place += 1
        continue
      }
      if !askAhead(index, place) { return false }
      switch ask(index, place) {
      case .answered: hasAnswered = true
      case .passed: isComplete = false
      case .waits:
        devices[index].resumesAt = place
        // The first that was lost is told again at once; then its reads have their turn.
        devices[index].holdsWrites = place == 0 && devices[index].lostWrites > 1
        return true
      case .refused(let failure): refusal = failure
      case .mute(let failure):
        if devices[index].reads.halve(place, plant, at: clock()) { continue }
        leaveOut(index, place, failure)
      case .lineDown: return false
      }
      place += 1
    }
    devices[index].holdsWrites = false
    devices[index].lostWrites = 0
    if devices[index].recovery.isAway { return true }
    if let refusal, !hasAnswered, !isARegister(index, refusal) { return true }
    return search(index) && askLeftOut(index, isComplete: isComplete)
  }

  /// Whether a read that is wanted seldom is wanted now.
  func isDue(_ index: Int, _ place: Int) -> Bool {
    devices[index].reads.all[place].request.every == .zero
      || clock() >= devices[index].reads.all[place].nextDue
  }

  /// Whether a device that refused everything answers for one point alone. If it does not, that is its
  /// state: it is left alone as one that is silent.
  func isARegister(_ index: Int, _ refusal: ModbusFailure) -> Bool {
    var failure = refusal
    if let request = devices[index].reads.witness(in: plant) {
      do throws(ModbusFailure) {
        try fetch(request, index)
        return true
      } catch { failure = error }
    }
    guard failure != .notYet else { return true }
    devices[index].reads.forgive()
    missed(failure, index)
    return false
  }

  /// Halves what is refused until the bad register is found; false when the line is down.
  private func search(_ index: Int) -> Bool {
    while let place = devices[index].reads.firstFaulty, !devices[index].recovery.isAway {
      if devices[index].reads.halve(place, plant, at: clock()) {
        for half in [place, place + 1] {
          if case .lineDown = ask(index, half) { return false }
        }
      } else {
        leaveOut(index, place, devices[index].refusal)
      }
    }
    devices[index].reads.tidy(plant, at: clock())
    return true
  }

  /// Asks one of the points that are left out, if it is due: they never cost a round more than that.
  private func askLeftOut(_ index: Int, isComplete: Bool) -> Bool {
    if devices[index].recovery.isAway { return true }
    if devices[index].reads.isAllLeftOut, !devices[index].reads.all.isEmpty {
      devices[index].reads.restore()
      missed(devices[index].refusal, index)
      return true
    }
    if isComplete, !devices[index].reads.isInDoubt { judge(devices[index].id) }
    guard let place = devices[index].reads.due(at: clock()) else { return true }
    let isMute = devices[index].reads.all[place].isMute
    switch ask(index, place) {
    case .answered: break
    case .refused(let failure), .mute(let failure): leaveOut(index, place, failure)
    case .waits: break
    case .passed: _ = devices[index].reads.leaveOut(place, isMute: isMute, at: clock())
    case .lineDown: return false
    }
    return true
  }

  func ask(_ index: Int, _ place: Int) -> Outcome {
    let request = devices[index].reads.all[place].request
    do throws(ModbusFailure) {
      try fetch(request, index)
      if devices[index].reads.answered(place, plant, at: clock()) {
        name(request, .registerBack, "answers again for")
      }
      return .answered
    } catch {
      return failed(error, index, place)
    }
  }

  private func fetch(_ request: ReadRequest, _ index: Int) throws(ModbusFailure) {
    let (words, asked) = try answer(to: request, index)
    publish(request, words, asked)
    cameBack(index)
  }

  /// The words of an answer, and when they were asked for: what comes back may be as old as the question.
  private func answer(to request: ReadRequest, _ index: Int) throws(ModbusFailure)
    -> (words: [UInt16], asked: Instant)
  {
    if let (reply, asked) = ahead.take(request) {
      note(index, reply.result, seconds: reply.seconds)
      return (try reply.result.get(), asked)
    }
    let unit = plant[request.device].unit
    let asked = clock()
    let words = try exchange(index) { (line: any Connection) throws(ModbusFailure) in
      try line.read(request, unit: unit)
    }
    return (words, asked)
  }

  private func failed(_ failure: ModbusFailure, _ index: Int, _ place: Int) -> Outcome {
    if failure.isRefusal {
      devices[index].reads.refused(place)
      devices[index].refusal = failure
      return .refused(failure)
    }
    switch failure {
    case .notYet: return .waits
    case .noConnection:
      missed(failure, index)
      return .lineDown
    case .exception, .noAnswer, .nonsense:
      missed(failure, index)
      if devices[index].recovery.isAway {
        devices[index].reads.forgive()
        return .passed
      }
      return devices[index].reads.fellSilent(place) ? .mute(failure) : .passed
    }
  }

  /// What was written to a device before it was away may be forgotten there.
  func cameBack(_ index: Int) {
    guard devices[index].recovery.replied() else { return }
    devices[index].ledger.forgetAll()
    devices[index].reads.deviceBack()
    refuses(false, index)
    log(FieldNotice(.deviceBack, device: plant[devices[index].id].name, text: "answers again"))
  }

  /// Leaves a single point alone for a while.
  private func leaveOut(_ index: Int, _ place: Int, _ failure: ModbusFailure) {
    let request = devices[index].reads.all[place].request
    board.with {
      $0.samples[request.points[0].index] = Sample(
        value: 0, quality: .bad, doubt: failure.isRefusal ? .refused : .noReply,
        taken: .distantPast)
    }
    if devices[index].reads.leaveOut(place, isMute: !failure.isRefusal, at: clock()) {
      let again = "asked again after a minute, later every ten"
      name(request, .registerRefused, "cannot be asked for", ": \(failure.text); \(again)")
    }
  }

  /// Names the register of a request for one point.
  private func name(
    _ request: ReadRequest, _ kind: FieldNotice.Kind, _ text: String, _ more: String = ""
  ) {
    let point = plant[request.points[0]]
    let place = "\(request.table.rawValue) \(request.addresses.lowerBound) ('\(point.name)')"
    report(kind, point, "\(text) \(place)\(more)")
  }

  private func publish(_ request: ReadRequest, _ words: [UInt16], _ asked: Instant) {
    let first = request.addresses.lowerBound
    board.with { [plainWords, points = plant.points] content in
      // The buffer spares a look at who else holds the samples for each of them.
      content.samples.withUnsafeMutableBufferPointer { samples in
        for id in request.points {
          let place = id.index
          if let plain = plainWords[place] {
            let value = plain.value(of: words[plain.address - first])
            samples[place] = .judged(value, in: plain.range, at: asked)
            continue
          }
          let start = points[place].register.address - first
          let own = words[start..<(start + points[place].register.format.width)]
          samples[place] =
            points[place].register.decode(own)
            .map { .judged($0, in: points[place].range, at: asked) }
            ?? Sample(value: 0, quality: .bad, doubt: .noValue, taken: asked)
        }
      }
    }
  }
}
