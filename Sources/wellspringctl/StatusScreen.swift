import ControlProtocol
import PlantModel
import Quantities

/// The screen that an operator wants first: 80 columns, what runs, why not, what to do.
struct StatusScreen {
  let status: JSON

  private var now: Instant {
    status["time_milliseconds"]?.instant ?? Instant(milliseconds: 0)
  }
  private var offset: TimeSpan { .minutes(status["utc_offset_minutes"]?.number ?? 0) }

  func text(colour: Bool) -> String {
    let paint = Paint(isOn: colour)
    var lines = [head(paint)] + lost(paint) + [""]
    lines += list("blocks").flatMap { block($0, paint) }
    lines += ["", circuitHead] + list("circuits").map(circuit)
    lines += [""] + list("pump_groups").map(group)
    if !list("distributions").isEmpty {
      lines += [""] + list("distributions").map(distribution)
    }
    if !list("units").isEmpty { lines += [""] + list("units").map { unit($0, paint) } }
    if !list("tanks").isEmpty { lines += [""] + list("tanks").map(tank) }
    if !list("wells").isEmpty { lines += [""] + list("wells").map { well($0, paint) } }
    lines += [""] + alarms(paint)
    return lines.joined(separator: "\n")
  }

  private func list(_ key: String) -> [JSON] { status[key]?.list ?? [] }

  private func head(_ paint: Paint) -> String {
    let plant = status["plant"]?.text ?? ""
    let outdoor = number(status["outdoor_celsius"], "°C")
    let taken = status["has_taken_over"]?.bool == true ? "" : "  reading the plant, moving nothing"
    return paint.bold(plant) + "  " + Times.local(now, offset: offset) + " "
      + Times.offset(offset) + "  outdoors \(outdoor)"
      + taken
  }

  /// What is lost or refuses: what follows from it fills the rest of the screen.
  private func lost(_ paint: Paint) -> [String] {
    lost([.busLost, .deviceLost], "no answer from ", paint)
      + lost([.registersRefused], "registers refused by ", paint)
  }

  private func lost(_ kinds: [AlarmKind], _ words: String, _ paint: Paint) -> [String] {
    let names = list("alarms").filter {
      let state = $0["state"]?.text
      return kinds.map(\.rawValue).contains($0["kind"]?.text)
        && (state == "unacknowledged" || state == "acknowledged")
    }.compactMap { $0["subject"]?.text }
    return names.isEmpty ? [] : [paint.red(words + names.joined(separator: ", "))]
  }

  private func block(_ block: JSON, _ paint: Paint) -> [String] {
    let name = block["name"]?.text ?? ""
    let how = block["automatic"]?.bool == true ? "automatic" : "by hand"
    let mode = block["mode"]?.text ?? ""
    var line = pad(name, 10) + paint.bold(mode) + " (\(how))"
    let phase = ChangeOverWord.text(block["phase"]?.text ?? "")
    if let row = block["position"]?.text { line += ", row \(row)" }
    if let target = block["target"]?.text { line += " → \(target)" }
    line += ": \(phase)"
    var lines = [line]
    if block["phase"]?.text != "held", let reason = ReasonMessage(block["reason"]) {
      lines.append("          " + paint.yellow(reason.text(at: now, of: name)))
    }
    if let proposed = block["proposed"]?.text, proposed != mode {
      lines.append(
        "          the weather proposes \(proposed): wellspringctl mode \(name) \(proposed)")
    }
    return lines
  }

  private var circuitHead: String { "circuit   returns   leaves     flow     pressure  difference" }

  private func circuit(_ circuit: JSON) -> String {
    pad(circuit["name"]?.text ?? "", 9)
      + right(number(circuit["return_celsius"], "°C"), 9)
      + right(number(circuit["supply_celsius"], "°C"), 9)
      + right(number(circuit["flow_cubic_meters_per_hour"], "m³/h"), 12)
      + right(number(circuit["pressure_kilopascals"], "kPa", 0), 10)
      + right(number(circuit["differential_pressure_kilopascals"], "kPa", 0), 10)
  }

  private func group(_ group: JSON) -> String {
    let running = group["running"]?.number ?? 0
    let pumps = group["pumps"]?.number ?? 0
    let name = group["name"]?.text ?? ""
    let tail: String
    if running > 0 {
      tail = "\(number(group["speed_hertz"], "Hz")), \(number(group["power_kilowatts"], "kW"))"
    } else {
      tail = ReasonMessage(group["reason"])?.text(at: now, of: name) ?? ""
    }
    return pad("pumps \(name)", 16) + "\(fixed(running, 0)) of \(fixed(pumps, 0))  " + tail
  }

  private func unit(_ unit: JSON, _ paint: Paint) -> String {
    let phase = unit["phase"]?.text ?? ""
    let name = unit["name"]?.text ?? ""
    let head = pad(name, 16) + pad(phase, 17)
    if phase == "running" {
      let load = fixed((unit["load_fraction"]?.number ?? 0) * 100, 0)
      return paint.green(head) + "load \(load) %, \(number(unit["power_kilowatts"], "kW"))"
    }
    let reason = ReasonMessage(unit["reason"])?.text(at: now, of: name) ?? ""
    return (phase == "failed" ? paint.red(head) : head) + reason
  }

  private func distribution(_ distribution: JSON) -> String {
    let name = distribution["name"]?.text ?? ""
    let head = pad(name, 16) + "\(fixed(distribution["consumers"]?.number ?? 0, 0)) consumers  "
    guard distribution["on"]?.bool == true else {
      return head + (ReasonMessage(distribution["reason"])?.text(at: now, of: name) ?? "")
    }
    let bypass = fixed((distribution["bypass_fraction"]?.number ?? 0) * 100, 0)
    return head + "set-point \(number(distribution["setpoint_kilopascals"], "kPa", 0)), "
      + "far end \(number(distribution["far_end_kilopascals"], "kPa", 0)), bypass \(bypass) %"
  }

  private func well(_ well: JSON, _ paint: Paint) -> String {
    let phase = well["phase"]?.text ?? ""
    let name = well["name"]?.text ?? ""
    let head = pad(name, 16) + pad(phase, 17)
    guard phase == "running" else {
      let reason = ReasonMessage(well["reason"])?.text(at: now, of: name) ?? ""
      return (phase == "failed" ? paint.red(head) : head) + reason
    }
    let water =
      "\(number(well["speed_hertz"], "Hz")), \(number(well["flow_cubic_meters_per_hour"], "m³/h")), "
      + "\(number(well["outlet_celsius"], "°C")) → \(number(well["return_celsius"], "°C"))"
    return paint.green(head) + water
  }

  private func tank(_ tank: JSON) -> String {
    let name = tank["name"]?.text ?? ""
    let reason = ReasonMessage(tank["reason"])
    let state: String
    if tank["charging"]?.bool == true {
      state = "charging"
    } else if let reason, reason.rule != .tankSatisfied {
      state = reason.text(at: now, of: name)
    } else {
      state = "satisfied"
    }
    return pad(name, 16) + number(tank["temperature_celsius"], "°C")
      + " of " + number(tank["setpoint_celsius"], "°C") + ", " + state
  }

  private func alarms(_ paint: Paint) -> [String] {
    let alarms = list("alarms")
    if alarms.isEmpty { return ["no alarms"] }
    return ["alarms (wellspringctl alarms says what to do)"]
      + alarms.prefix(8).map { alarm in
        let kind = AlarmKind(rawValue: alarm["kind"]?.text ?? "")
        let line =
          "  " + pad(alarm["subject"]?.text ?? "", 24)
          + (kind?.cause ?? alarm["kind"]?.text ?? "") + ", " + (alarm["state"]?.text ?? "")
        return alarm["priority"]?.text == "high" ? paint.red(line) : line
      } + (alarms.count > 8 ? ["  and \(alarms.count - 8) more"] : [])
  }
}

/// A phase of the change-over in an operator's words.
enum ChangeOverWord {
  static func text(_ phase: String) -> String {
    switch phase {
    case "held": "proven"
    case "stopping-units": "stopping units"
    case "waiting-for-water": "waiting for water temperature"
    case "stopping-flow": "stopping flow"
    case "closing-old": "closing the old row"
    case "opening-new": "opening the new row"
    case "stuck": "STUCK"
    case "going-back": "going back to the old circuit"
    case "unknown": "position unknown"
    default: phase
    }
  }
}

/// Colour, on a terminal only.
struct Paint {
  let isOn: Bool
  func bold(_ text: String) -> String { code("1", text) }
  func red(_ text: String) -> String { code("31", text) }
  func green(_ text: String) -> String { code("32", text) }
  func yellow(_ text: String) -> String { code("33", text) }
  private func code(_ code: String, _ text: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

func pad(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(width - text.count, 1))
}

func right(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(width - text.count, 1)) + text
}

/// A figure with its unit, or a dash where there is none.
func number(_ json: JSON?, _ unit: String, _ digits: Int = 1) -> String {
  guard let number = json?.number else { return "– \(unit)" }
  return "\(fixed(number, digits)) \(unit)"
}

/// A figure with so many digits behind the point, so that columns can be read down.
func fixed(_ number: Double, _ digits: Int) -> String {
  guard abs(number) < 1e12 else { return JSON.number(number).line }
  var scale = 1
  for _ in 0..<digits { scale *= 10 }
  let scaled = Int((abs(number) * Double(scale)).rounded())
  let sign = number < 0 && scaled > 0 ? "-" : ""
  guard digits > 0 else { return sign + "\(scaled)" }
  let part = "\(scaled % scale)"
  return sign + "\(scaled / scale)." + String(repeating: "0", count: digits - part.count) + part
}
