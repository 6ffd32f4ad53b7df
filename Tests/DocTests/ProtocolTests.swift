import ControlProtocol
import Foundation
import Testing

@testable import PlantRuntime

/// `docs/protocol.md` against the daemon that it describes.
@Suite struct ProtocolTests {
  private let sections: [ProtocolSection]

  init() throws { sections = try ProtocolSection.all() }

  @Test func everyMethodHasItsSectionAndItsRole() {
    let written = sections.filter { $0.role != nil }
    #expect(Set(written.map(\.name)) == Set(Daemon.needed.keys))
    for section in written {
      #expect(section.role == Daemon.needed[section.name].map { "\($0)" }, "\(section.name)")
    }
  }

  @Test func everyErrorCodeIsExplained() throws {
    let errors = try #require(sections.first { $0.name == "Errors" })
    #expect(Set(errors.rows.compactMap(Int.init)) == Set(Failure.Code.allCases.map(\.rawValue)))
  }

  @Test func theBoundsAreThoseOfTheServer() throws {
    let bounds = try #require(sections.first { $0.name == "Bounds" }).text
    #expect(bounds.contains("\(LineServer.maximumClients) clients"))
    #expect(LineServer.maximumLine == 65_536 && bounds.contains("65,536 bytes"))
    #expect(LineServer.maximumBacklog == 131_072 && bounds.contains("131,072 bytes"))
    #expect(bounds.contains("nested \(JSONParser.maximumDepth) deep"))
    #expect(bounds.contains("a pattern has at most \(Pattern.maximumLength) bytes"))
    let events = try #require(sections.first { $0.name == "events" }).text
    let limits = Call.eventLimits
    #expect(events.contains("how many, \(limits.lowerBound) to \(limits.upperBound),"))
    let ledger = try #require(sections.first { $0.name == "ledger.records" }).text
    let pages = Call.ledgerLimits
    #expect(ledger.contains("how many, \(pages.lowerBound) to \(pages.upperBound),"))
  }

  @Test func everyParameterIsNamedInItsSection() throws {
    for (method, names) in Daemon.parameters {
      let section = try #require(sections.first { $0.name == method })
      for name in names { #expect(section.text.contains("`\(name)`"), "\(method) \(name)") }
    }
    for section in sections where section.role != nil {
      let takesNone = Daemon.parameters[section.name] == nil
      #expect(section.text.contains("No parameters.") == takesNone, "\(section.name)")
    }
  }

  @Test func everyExampleIsWhatTheParserReads() throws {
    var calls = 0
    for example in sections.flatMap(\.examples) {
      let value = try JSONParser.parse(Array(example.utf8))
      #expect(value["jsonrpc"]?.text == "2.0", "\(example)")
      guard value["id"] != nil, value["method"] != nil else {
        #expect(
          value["result"] != nil || value["error"] != nil || value["params"] != nil, "\(example)")
        continue
      }
      let call = try Call.parse(Array(example.utf8))
      #expect(Daemon.needed[call.method] != nil, "\(example)")
      calls += 1
    }
    #expect(calls >= 10)
  }

  /// The fields of every answer are those of the tables, no more and no fewer.
  @Test func everyFieldOfTheDaemonsAnswersIsDocumented() throws {
    let plant = try LivePlant()
    defer { #expect(plant.stop() == 0) }
    let client = try LineClient(path: plant.shell.folder + "/plant.sock")
    _ = try plant.shell.run(
      "wellspring-sim tell --control sim.sock fault device-silent electricity-units")
    #expect(try eventually { try ask("alarms", client).list?.isEmpty == false })
    let parameters: [String: [JSON]] = [
      "why": [["name": "main-unit-2"], ["name": "sensors-1.outdoor"], ["name": "sensors-1"]],
      "mode.set": [["block": "main", "mode": "winter"]],
    ]
    let others = try fieldsOfOtherPlants()
    for section in sections where section.role != nil && !section.fields.isEmpty {
      // Only a village has it.
      if section.name == "allotment.day" {
        #expect(others.allotment == section.fields)
        continue
      }
      if section.name == "health" {
        let first = FieldPaths.keys(of: others.health.list?.first ?? .null)
        #expect(Set(first.map { "[].\($0)" }) == section.fields)
        continue
      }
      if section.name == "wells" {
        #expect(FieldPaths.all(of: others.wells) == section.fields)
        continue
      }
      var found = try (parameters[section.name] ?? [[:]]).reduce(into: Set<String>()) {
        $0.formUnion(FieldPaths.all(of: try ask(section.name, client, $1)))
      }
      if section.name == "status" { found.formUnion(others.status) }
      #expect(found == section.fields, "\(section.name)")
    }
    let reason = try ask("why", client, ["name": "main"])["reason"] ?? .null
    #expect(FieldPaths.keys(of: reason) == sections.first { $0.name == "Reasons" }?.fields)
    let figures = try ask("energy", client)["last_ten_minutes"] ?? .null
    #expect(FieldPaths.keys(of: figures) == sections.first { $0.name == "Figures" }?.fields)
    let costs = try ask("alarms.cost", client)["costs"]?.list?.first?["today"] ?? .null
    #expect(FieldPaths.keys(of: costs) == sections.first { $0.name == "Costs" }?.fields)
    let year = others.wells.list?.first?["this_year"] ?? .null
    #expect(FieldPaths.keys(of: year) == sections.first { $0.name == "Years" }?.fields)
    try notificationsGetNoAnswer(client)
  }

  /// The fields that only a plant with wells and consumers has.
  private func fieldsOfOtherPlants() throws -> (
    status: Set<String>, allotment: Set<String>, wells: JSON, health: JSON
  ) {
    let village = try LivePlant("village-500")
    defer { #expect(village.stop() == 0) }
    let client = try LineClient(path: village.shell.folder + "/plant.sock")
    let status = try FieldPaths.all(of: ask("status", client))
      .filter { $0.hasPrefix("wells") || $0.hasPrefix("distributions") }
    // The daemon writes to its store as well: wait for it.
    let kept = try village.shell.run(
      "sqlite3 -cmd '.timeout 60000' state/state.sqlite \"INSERT INTO meter_days VALUES ('households', 20453, 'heat', 'household-1', 'heat', 80, 960000, 5)\""
    )
    #expect(kept.code == 0, "\(kept.output)")
    let day = try ask("allotment.day", client)
    #expect(day["meters"]?.list?.first?["reading"]?.number == 5)
    #expect(try ask("allotment.before", client, ["day": 20_454]) == day)
    return (status, FieldPaths.all(of: day), try ask("wells", client), try ask("health", client))
  }

  private func notificationsGetNoAnswer(_ client: LineClient) throws {
    try client.send(Call(method: "status", id: nil))
    try client.send(Call(method: "no-such-method", id: nil))
    #expect(try client.ask(Call(method: "version", id: 77))["id"]?.number == 77)
  }

  private func ask(_ method: String, _ client: LineClient, _ parameters: JSON = [:]) throws -> JSON
  {
    let reply = try client.ask(Call(method: method, parameters: parameters))
    return try #require(reply["result"], "\(method): \(reply.line)")
  }
}

/// One section of the document.
struct ProtocolSection {
  let name: String
  var text = ""
  var role: String?
  /// The first cells of its tables.
  var rows: [String] = []
  var examples: [String] = []

  /// Documented fields, without what stands between backticks otherwise.
  var fields: Set<String> {
    Set(rows.filter { $0.hasPrefix("`") }.map { $0.replacingOccurrences(of: "`", with: "") })
  }

  static func all() throws -> [ProtocolSection] {
    var sections: [ProtocolSection] = []
    for line in try DocumentLine.all(of: "docs/protocol.md") {
      if line.text.hasPrefix("## ") {
        sections.append(ProtocolSection(name: String(line.text.dropFirst(3))))
      }
      if line.text.hasPrefix("*Figures* are") { sections.append(ProtocolSection(name: "Figures")) }
      guard let last = sections.indices.last else { continue }
      sections[last].text += line.text + "\n"
      if line.text.hasPrefix("Role ") {
        sections[last].role = line.text.dropFirst(5).split(separator: ".").first.map(String.init)
      }
      if line.place == .block("json") { sections[last].examples.append(line.text) }
      if let cell = line.cells.first { sections[last].rows.append(cell) }
    }
    return sections
  }
}

/// The fields of an answer as the document writes them.
enum FieldPaths {
  static func all(of answer: JSON, _ prefix: String = "") -> Set<String> {
    if let list = answer.list {
      if prefix == "alarms" { return [prefix] }
      return list.reduce(into: []) { $0.formUnion(all(of: $1, prefix + "[]")) }
    }
    guard let members = answer.members, answer["rule"] == nil || answer["detail"] != nil,
      answer["coefficient"] == nil, answer["unseen_hours"] == nil, answer["stood_hours"] == nil
    else { return [prefix] }
    return members.reduce(into: []) {
      let isOperation = ["today", "yesterday", "total"].contains(prefix)
      let path = prefix.isEmpty ? "" : prefix + "."
      $0.formUnion(all(of: $1.value, path + (isOperation ? "*" : $1.key)))
    }
  }

  static func keys(of object: JSON) -> Set<String> { Set((object.members ?? []).map(\.key)) }
}
