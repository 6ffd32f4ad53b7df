import ControlProtocol
import Dispatch
import Field
import Historian
import PlantControl
import PlantModel
import PlantOperation
import Quantities

extension Daemon {
  /// Every method with the least role that may call it.
  static let needed: [String: Role] = [
    "status": .viewer, "version": .viewer, "points": .viewer, "why": .viewer, "alarms": .viewer,
    "alarms.cost": .viewer, "energy": .viewer, "wells": .viewer, "well.flush": .technician,
    "health": .viewer, "well.test": .technician, "devices": .viewer,
    "watch": .viewer, "events": .viewer,
    "ledger.records": .viewer, "allotment.before": .viewer, "allotment.day": .viewer,
    "ledger.replace": .technician, "mode.set": .operator,
    "acknowledge": .operator, "reset": .technician,
  ]

  /// What each method takes; the others take nothing.
  static let parameters: [String: [String]] = [
    "points": ["name"], "why": ["name"], "events": ["limit"], "mode.set": ["block", "mode"],
    "allotment.before": ["distribution", "day"], "allotment.day": ["distribution", "day"],
    "well.flush": ["well", "begins"], "well.test": ["well", "wish"],
    "ledger.records": ["number", "after_milliseconds", "limit"],
    "ledger.replace": ["meter", "reading_cubic_meters", "old_reading_cubic_meters"],
    "acknowledge": ["kind", "subject"], "reset": ["kind", "subject"],
  ]

  /// Takes one line of a client; on the control queue.
  func called(_ client: LineServer.Client, _ peer: Peer, _ line: [UInt8]) {
    let call: Call
    do throws(BadCall) {
      call = try Call.parse(line)
    } catch {
      finish(client, error.id, .failure(error.failure))
      return
    }
    do throws(Failure) {
      try admit(call.method, peer)
      try call.takes(Daemon.parameters[call.method] ?? [])
    } catch {
      finish(client, call.id, .failure(error))
      return
    }
    queue.async { [self] in
      do throws(Failure) {
        try carryOut(call, client, peer)
      } catch {
        finish(client, call.id, .failure(error))
      }
    }
  }

  /// Ends a call; a notification, which has no identifier, gets no reply.
  func finish(_ client: LineServer.Client, _ id: JSON?, _ outcome: Result<JSON, Failure>) {
    server?.answer(client, id.map { Reply.outcome(outcome, id: $0) })
  }

  private func admit(_ method: String, _ peer: Peer) throws(Failure) {
    guard let needed = Daemon.needed[method] else {
      throw Failure(
        .unknownMethod, "no method '\(method)'",
        data: ["methods": .list(Daemon.needed.keys.sorted().map { .text($0) })])
    }
    guard Role.of(peer) >= needed else {
      throw Failure(
        .forbidden,
        "'\(method)' needs the role \(needed); ask to be put into the group wellspring-\(needed)")
    }
  }

  /// Begins what a call asks for; on the scan queue, where only acts are dealt with.
  private func carryOut(_ call: Call, _ client: LineServer.Client, _ peer: Peer) throws(Failure) {
    switch call.method {
    case "mode.set": try ask(try modeRequest(call), call, client, peer)
    case "acknowledge": try ask(.acknowledge(try alarm(call)), call, client, peer)
    case "reset": try ask(.reset(try alarm(call)), call, client, peer)
    case "well.flush": try ask(try flushRequest(call), call, client, peer)
    case "well.test": try ask(try stepTestRequest(call), call, client, peer)
    case "events": try events(call, client)
    case "ledger.records": try ledgerRecords(call, client)
    case "allotment.before", "allotment.day": try allotment(call, client)
    case "ledger.replace": try ask(try replaceRequest(call), call, client, peer)
    default:
      if call.method == "watch" { watchers.insert(client) }
      let statistics = call.method == "devices" ? fieldStatistics : []
      server?.answer(client) { [self, operation] in
        let reporter = PlantReporter(operation: operation)
        let outcome: Result<JSON, Failure>
        do throws(Failure) {
          outcome = .success(try report(call, reporter, statistics))
        } catch {
          outcome = .failure(error)
        }
        return call.id.map { Reply.outcome(outcome, id: $0) }
      }
    }
  }

  /// What a call that changes nothing is answered with.
  private func report(
    _ call: Call, _ reporter: PlantReporter, _ statistics: [DeviceStatistics]
  ) throws(Failure) -> JSON {
    switch call.method {
    case "version": return ["version": .text(Version.text), "protocol": 1]
    case "points":
      let pattern = try call.text("name", orElse: "*", atMost: Pattern.maximumLength)
      return reporter.points(matching: Pattern(pattern))
    case "why": return try why(call, reporter)
    case "alarms": return reporter.alarms
    case "alarms.cost": return reporter.alarmCosts
    case "energy": return reporter.energy
    case "wells": return reporter.wells
    case "health": return reporter.health
    case "devices": return devices(statistics)
    default: return reporter.status
    }
  }

  func ask(
    _ request: Act.Request, _ call: Call, _ client: LineServer.Client, _ peer: Peer
  ) throws(Failure) {
    guard let number = operation.ask(request, user: peer.user) else {
      throw Failure(.busy, "too many requests at once: try again in a moment")
    }
    waiting[number] = (client, call.id)
  }

  private func why(_ call: Call, _ reporter: PlantReporter) throws(Failure) -> JSON {
    let name = try call.text("name")
    if let found = reporter.why(name) { return found }
    throw unknown(name, "nothing", reporter.names)
  }

  func unknown(_ name: String, _ what: String, _ names: [String]) -> Failure {
    Failure(
      .parameters, "there is \(what) called '\(name)'",
      data: ["names": .list(names.map { .text($0) })])
  }

  private func modeRequest(_ call: Call) throws(Failure) -> Act.Request {
    let plant = operation.controller.plant
    let (name, word) = (try call.text("block"), try call.text("mode"))
    guard let index = plant.blocks.firstIndex(where: { $0.name == name }) else {
      throw unknown(name, "no block", plant.blocks.map(\.name))
    }
    if word == "automatic" { return .setAutomatic(BlockID(index)) }
    let modes = plant.blocks[index].modes
    guard let mode = modes.firstIndex(where: { $0.name == word }) else {
      throw unknown(word, "no mode", modes.map(\.name) + ["automatic"])
    }
    return .setMode(BlockID(index), ModeID(mode))
  }

  private func well(_ call: Call) throws(Failure) -> WellID {
    let wells = operation.controller.plant.wells
    let name = try call.text("well")
    guard let index = wells.firstIndex(where: { $0.name == name }) else {
      throw unknown(name, "no well", wells.map(\.name))
    }
    return WellID(index)
  }

  private func stepTestRequest(_ call: Call) throws(Failure) -> Act.Request {
    let word = try call.text("wish")
    guard let wish = StepTestWish(rawValue: word) else {
      throw unknown(word, "no wish", StepTestWish.allCases.map(\.rawValue))
    }
    return .stepTest(try well(call), wish)
  }

  private func flushRequest(_ call: Call) throws(Failure) -> Act.Request {
    guard let begins = call.parameters["begins"]?.bool else {
      throw Failure(.parameters, "'begins' is true to flush, false to end it")
    }
    return .flush(try well(call), begins: begins)
  }

  private func alarm(_ call: Call) throws(Failure) -> AlarmKey {
    let (word, name) = (try call.text("kind"), try call.text("subject"))
    guard let kind = AlarmKind(rawValue: word) else {
      throw unknown(word, "no alarm kind", AlarmKind.allCases.map(\.rawValue))
    }
    let plant = operation.controller.plant
    for alarm in operation.controller.alarms
    where alarm.key.kind == kind && plant.name(of: alarm.key.subject) == name {
      return alarm.key
    }
    throw Failure(.parameters, "no alarm '\(word)' of '\(name)' stands")
  }

  private func devices(_ statistics: [DeviceStatistics]) -> JSON {
    .list(
      statistics.map { device in
        [
          "name": .text(device.device), "requests": .number(Double(device.requests)),
          "writes": .number(Double(device.writes)), "failures": .number(Double(device.failures)),
          "exceptions": .number(Double(device.exceptions.reduce(0, +))),
          "median_microseconds": .rounded(device.medianMicros, 0),
          "slow_microseconds": .rounded(device.slowMicros, 0),
          "last_answer_milliseconds": device.lastSuccess.map { .number(Double($0.milliseconds)) }
            ?? .null,
        ]
      })
  }

  private func events(_ call: Call, _ client: LineServer.Client) throws(Failure) {
    let limit = try call.whole("limit", in: Call.eventLimits, orElse: 50)
    store.read {
      $0.events(limit: limit)
    } _: { [weak self] rows in
      let list = JSON.list(
        rows.map { row in
          [
            "time_milliseconds": .number(Double(row.timeMilliseconds)), "kind": .text(row.kind),
            "subject": .text(row.subject), "rule": .text(row.rule), "detail": .text(row.detail),
          ]
        })
      self?.finish(client, call.id, .success(list))
    }
  }
}

/// The program's version, as `--version` prints it.
public enum Version {
  public static let text = "0.1.0"
}
