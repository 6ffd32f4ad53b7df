import PlantModel
import Quantities

/// Whether it answers, under which unit, how soon and how often.
extension Examination {
  private typealias Question = (table: Register.Table, addresses: Range<Int>)

  /// The shortest things that the profile would ask for: one signal of each table, at most three.
  private var questions: [Question] {
    var found: [Question] = []
    for place in readable where found.count < 3 {
      let register = signals[place].register
      if !found.contains(where: { $0.table == register.table }) {
        found.append((register.table, register.addresses))
      }
    }
    return found
  }

  /// Finds the device; false when nobody answers.
  mutating func meet() -> Bool {
    guard !questions.isEmpty else {
      unclear(.contact, "the profile has nothing that can be read")
      return true
    }
    let timeout = patience
    for (pause, patience) in [(pause, timeout), (0.3, timeout), (0.3, max(2, 4 * timeout))] {
      self.patience = patience
      switch attempt(pause) {
      case .unreachable(let why):
        found(.contact, .certain, why)
        return false
      case .nonsense(let what):
        return garbled(what)
      case let reply where reply.isAnswer:
        sound(.contact, "answers on \(bus.place), unit \(unit)")
        return true
      default: continue
      }
    }
    self.patience = timeout
    return search()
  }

  /// What comes back when it is asked for something; the first answer counts, else what is none, else silence.
  private mutating func attempt(_ pause: Double) -> Response {
    var odd: Response?
    for question in questions {
      let reply = once(question.table, question.addresses, pause: pause)
      if reply.isAnswer { return reply }
      if case .unreachable = reply { return reply }
      if case .nonsense = reply { odd = odd ?? reply }
    }
    return odd ?? .silent
  }

  private mutating func garbled(_ what: String) -> Bool {
    let own = device.profile?.line
    var changes: [Change] = []
    if case .serial(let line) = bus.link {
      // As it leaves the factory, unless that was tried.
      let baud = own?.baud.flatMap { $0 == line.baud ? nil : "\($0)" } ?? "the device's"
      let parity = own?.parity.flatMap { $0 == line.parity ? nil : $0.rawValue } ?? "the device's"
      changes = [
        Change("baud", from: "\(line.baud)", to: baud),
        Change("parity", from: line.parity.rawValue, to: parity),
      ]
    }
    found(
      .contact, .likely,
      "something comes back and is no answer (\(what)): speed or parity differ, two devices have one address, or the lines A and B are exchanged",
      changes)
    return false
  }

  /// Asks the other units, since nobody answers under this one.
  private mutating func search() -> Bool {
    let own = unit
    let factory = device.profile?.line.unit ?? 1
    // Those of the plant's other devices would answer for themselves.
    let taken = plant.devices.filter { $0.bus == device.bus }.map(\.unit)
    for other in [factory] + Array(1...32) where !taken.contains(other) {
      unit = other
      guard let question = questions.first,
        once(question.table, question.addresses, pause: pause).isAnswer
      else { continue }
      sound(.contact, "answers on \(bus.place)")
      found(
        .unit, .likely, "nobody answers as unit \(own); unit \(other) does",
        [Change("unit", from: "\(own)", to: "\(other)")])
      return true
    }
    unit = own
    found(
      .contact, .certain,
      "no answer on \(bus.place) as unit \(own), nor as any of 1 to 32: power, wiring (A and B, the terminators), speed and parity come first"
    )
    return false
  }

  private static var quickReads: Int { 8 }
  private static var pauses: [Double] { [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5] }

  /// How soon it answers, and whether it hears every request.
  mutating func time() {
    guard let question = questions.first else { return }
    let limit = bus.responseTimeout.seconds
    var times: [Double] = []
    var missed = quick(question, pause, &times)
    if missed == 1 { missed += quick(question, pause, &times) }
    times.sort()
    if let longest = times.last {
      let median = times[times.count / 2]
      let text =
        "median \(Figure.milliseconds(median)), longest \(Figure.milliseconds(longest)); the bus waits \(Figure.milliseconds(limit))"
      if median > limit / 2 {
        let wanted = (longest * 20).rounded(.up) / 10
        found(
          .answerTime, median > limit ? .certain : .likely, text,
          [
            Change(
              "response_timeout_seconds", from: Figure.text(limit), to: Figure.text(wanted))
          ])
      } else {
        sound(.answerTime, text)
      }
    }
    judgePause(question, missed)
  }

  /// Requests one upon another; how many were not heard.
  private mutating func quick(_ question: Question, _ pause: Double, _ times: inout [Double])
    -> Int
  {
    var missed = 0
    for _ in 0..<Self.quickReads {
      let answer = line.read(
        question.table, question.addresses, unit: unit, pause: pause, patience: patience)
      if answer.reply.isAnswer { times.append(answer.seconds) } else { missed += 1 }
    }
    return missed
  }

  private mutating func judgePause(_ question: Question, _ missed: Int) {
    let known = Figure.text(pause)
    guard missed > 0 else {
      return sound(
        .pause,
        pause > 0 ? "hears every request after \(known) s" : "hears requests one upon another")
    }
    guard missed > 1 else {
      return unclear(.pause, "one of \(2 * Self.quickReads) requests was not heard")
    }
    for longer in Self.pauses where longer > pause {
      var times: [Double] = []
      _ = once(question.table, question.addresses, pause: longer)
      guard quick(question, longer, &times) == 0 else { continue }
      found(
        .pause, .certain,
        "\(missed) of \(Self.quickReads) requests were not heard at \(known) s after the last answer, all at \(Figure.text(longer)) s",
        [Change("pause_seconds", from: known, to: Figure.text(longer))])
      pause = longer
      return
    }
    found(
      .pause, .perhaps,
      "\(missed) of \(Self.quickReads) requests were not heard, however long the pause: wiring, terminators, or another master on the line"
    )
  }
}
