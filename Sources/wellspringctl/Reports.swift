import ControlProtocol
import PlantModel
import Quantities

/// The daemon's answers as text.
enum Reports {
  static func why(_ result: JSON, _ offset: TimeSpan) -> String {
    let now = result["now_milliseconds"]?.instant ?? Instant(milliseconds: 0)
    let name = result["name"]?.text ?? ""
    let reason = ReasonMessage(result["reason"])?.text(at: now, of: name)
    let facts = [standing(result, offset), reason].compactMap { $0 }
    var lines = [
      "\(name): " + (facts.isEmpty ? "no rule decides over it" : facts.joined(separator: ": "))
    ]
    let guards = result["guards"]?.list ?? []
    // A block that holds its row as it should waits for nothing.
    let isHeld =
      guards.first?["holds"]?.bool == false
      && ReasonMessage(guards.first?["reason"])?.rule == .positionHeld
    if !guards.isEmpty {
      lines.append(
        isHeld ? "no other row is wanted; a change would need:" : "what its next step waits for:")
    }
    for entry in guards.dropFirst(isHeld ? 1 : 0) {
      let holds = entry["holds"]?.bool == true
      let reason = ReasonMessage(entry["reason"])
      let text = holds ? reason?.metText(of: name) : reason?.text(at: now, of: name)
      lines.append((holds ? "  ok      " : "  waits   ") + (text ?? ""))
    }
    return lines.joined(separator: "\n")
  }

  /// What an input shows, or whether a device answers, and since when; nil for anything else.
  private static func standing(_ result: JSON, _ offset: TimeSpan) -> String? {
    let (input, device) = (result["input"], result["device"])
    let since = (input ?? device)?["since_milliseconds"]?.instant
    let time = since.map {
      " since " + Times.local($0, offset: offset) + " " + Times.offset(offset)
    }
    if let input {
      let unit = MeasurementUnit(rawValue: input["unit"]?.text ?? "")
      let value = [figure(input, unit), unit?.symbol ?? ""].filter { !$0.isEmpty }
      return value.joined(separator: " ") + ", " + quality(input) + (time ?? "")
    }
    return device.map { device in
      (device["answers"]?.bool == true ? "it answers" : "it has not answered") + (time ?? "")
    }
  }

  private static func figure(_ point: JSON, _ unit: MeasurementUnit?) -> String {
    let value = point["value"]?.number
    let shown = value.map { unit == .fraction ? $0 * 100 : $0 }
    return shown.map { JSON.number($0).line } ?? "–"
  }

  private static func quality(_ point: JSON) -> String {
    let quality = point["quality"]?.text ?? ""
    // `tooOld` is "too old".
    let doubt = (point["doubt"]?.text ?? "").reduce(into: "") { text, letter in
      text += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
    return quality == "good" ? quality : "\(quality) (\(doubt))"
  }

  static func points(_ result: JSON) -> String {
    (result.list ?? []).map { point in
      let unit = MeasurementUnit(rawValue: point["unit"]?.text ?? "")
      let quality = quality(point)
      var line = pad(point["name"]?.text ?? "", 40) + right(figure(point, unit), 10) + " "
      line += pad(unit?.symbol ?? "", 5) + (quality == "good" ? "" : quality)
      if let commanded = point["commanded"]?.number {
        line += "  commanded \(commanded) [\(point["reason"]?["rule"]?.text ?? "")]"
      }
      return line
    }.joined(separator: "\n")
  }

  static func alarms(_ result: JSON, _ offset: TimeSpan) -> String {
    let alarms = result.list ?? []
    if alarms.isEmpty { return "no alarms" }
    let head = "alarms, with local times (\(Times.offset(offset)))"
    let texts = alarms.map { alarm in
      let word = alarm["kind"]?.text ?? ""
      let kind = AlarmKind(rawValue: word)
      let raised = alarm["raised_milliseconds"]?.instant.map {
        Times.local($0, offset: offset)
      }
      return """
        \(alarm["priority"]?.text ?? "") \(word) \(alarm["subject"]?.text ?? "") — \(kind?.cause ?? ""), \(alarm["state"]?.text ?? ""), since \(raised ?? "?")
            so: \(kind?.consequence ?? "see the documentation")
            do: \(kind?.action ?? "see the documentation") (\(kind?.timeToRespond.rawValue ?? ""))
        """
    }
    return ([head] + texts).joined(separator: "\n")
  }

  static func devices(_ result: JSON) -> String {
    let head = pad("device", 26) + "  requests  failures  exceptions    writes   median      99 %"
    let micros = { (value: JSON?) in value?.number.map { "\(Int($0)) µs" } ?? "–" }
    return
      ([head]
      + (result.list ?? []).map { device in
        pad(device["name"]?.text ?? "", 26)
          + right("\((device["requests"] ?? 0).line)", 10)
          + right("\((device["failures"] ?? 0).line)", 10)
          + right("\((device["exceptions"] ?? 0).line)", 12)
          + right("\((device["writes"] ?? 0).line)", 10)
          + right(micros(device["median_microseconds"]), 10)
          + right(micros(device["slow_microseconds"]), 10)
          + (device["last_answer_milliseconds"]?.number == nil ? "  never answered" : "")
      }).joined(separator: "\n")
  }

  static func events(_ result: JSON, _ offset: TimeSpan) -> String {
    let head =
      pad("time (\(Times.offset(offset)))", 21) + pad("of what", 22) + pad("what", 19)
      + pad("which", 12) + "by rule"
    let lines = (result.list ?? []).map { event in
      let time = event["time_milliseconds"]?.instant ?? Instant(milliseconds: 0)
      let detail = event["detail"]?.text ?? ""
      return pad(Times.local(time, offset: offset), 21) + pad(event["subject"]?.text ?? "", 22)
        + pad(event["kind"]?.text ?? "", 19) + pad(detail, 12) + "[\(event["rule"]?.text ?? "")]"
    }
    return ([head] + lines).joined(separator: "\n")
  }
}
