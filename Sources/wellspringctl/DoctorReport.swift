import ControlProtocol
import DeviceDoctor
import PlantModel

/// What the examination found, for people and programs.
enum DoctorReport {
  static func text(_ diagnosis: Diagnosis, _ id: DeviceID, _ plant: Plant) -> String {
    let device = plant[id]
    let bus = plant[device.bus]
    let profile = device.profile.map {
      ": \($0.maker) \($0.models.joined(separator: ", ")), its map \(trust($0.trust))"
    }
    var lines = [
      "\(diagnosis.device), \(device.type)\(profile ?? "")",
      "  at \(bus.place), unit \(device.unit)",
    ]
    for check in diagnosis.checks {
      let name = padded(check.subject.rawValue, 12)
      lines.append("  \(padded(word(check.outcome), 11)) \(name) \(check.text)")
      lines += check.changes.map { String(repeating: " ", count: 27) + "→ \($0)" }
    }
    return lines.joined(separator: "\n")
  }

  static func summary(_ all: [Diagnosis]) -> String {
    let away = all.count { !$0.isReachable }
    let ill = all.count { $0.isReachable && !$0.findings.isEmpty }
    let sound = all.count - away - ill
    var parts: [String] = []
    if sound > 0 { parts.append("\(sound) sound") }
    if ill > 0 {
      let findings = all.filter(\.isReachable).reduce(0) { $0 + $1.findings.count }
      parts.append("\(ill) with \(findings) finding\(findings == 1 ? "" : "s")")
    }
    if away > 0 { parts.append("\(away) not reached") }
    return "\(all.count) device\(all.count == 1 ? "" : "s"): "
      + (parts.isEmpty ? "none examined" : parts.joined(separator: ", "))
  }

  static func json(_ all: [Diagnosis]) -> JSON {
    [
      "devices": .list(all.map(device)),
      "findings": .number(Double(all.reduce(0) { $0 + $1.findings.count })),
    ]
  }

  private static func device(_ diagnosis: Diagnosis) -> JSON {
    [
      "device": .text(diagnosis.device), "is_reachable": .bool(diagnosis.isReachable),
      "checks": .list(diagnosis.checks.map(check)),
      "values": .object(
        diagnosis.readings.map { .init($0.signal, JSON.optional($0.value)) }),
    ]
  }

  private static func check(_ check: Check) -> JSON {
    var members: [JSON.Member] = [
      .init("check", .text(check.subject.rawValue)),
      .init("result", .text(word(check.outcome, isPlain: true))),
    ]
    if case .finding(let certainty) = check.outcome {
      members.append(.init("certainty", .text(certainty.rawValue)))
    }
    members.append(.init("text", .text(check.text)))
    members.append(.init("changes", .list(check.changes.map(change))))
    return .object(members)
  }

  private static func change(_ change: Change) -> JSON {
    [
      "signals": .list(change.signals.map { .text($0) }), "key": .text(change.key),
      "from": change.from.map { .text($0) } ?? .null, "to": .text(change.to),
    ]
  }

  private static func word(_ outcome: Check.Outcome, isPlain: Bool = false) -> String {
    switch outcome {
    case .sound: "ok"
    case .finding(let certainty): isPlain ? "finding" : certainty.rawValue.uppercased()
    case .notJudged: "not judged"
    }
  }

  private static func trust(_ trust: DeviceProfile.Trust) -> String {
    switch trust {
    case .manual: "from the maker's manual"
    case .code: "from open code"
    case .library: "from a library"
    case .unconfirmed: "unconfirmed"
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
