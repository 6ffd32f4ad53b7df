import PlantModel
import Quantities

/// Scales by plausibility: what nature fixes, what the range allows, and what signals say of each other.
extension Examination {
  /// Powers of ten by which scales are commonly wrong, the nearest first.
  private static var factors: [Double] { [0.1, 10, 0.01, 100, 0.001, 1000] }

  /// The value with another scale.
  private func scaled(_ signal: Signal, by factor: Double) -> Double? {
    var other = signal
    other.register.scale *= factor
    return other.value
  }

  private func change(_ places: [Int], by factor: Double) -> [Change] {
    var scales: [Double] = []
    for place in places where !scales.contains(signals[place].register.scale) {
      scales.append(signals[place].register.scale)
    }
    return scales.map { scale in
      let own = places.filter { signals[$0].register.scale == scale }
      return Change(
        "scale", from: Figure.text(scale), to: Figure.text(scale * factor),
        signals: own.map { signals[$0].name })
    }
  }

  private func shown(_ place: Int) -> String {
    let signal = signals[place]
    let symbol = signal.point.unit.symbol
    return "\(signal.name) \(Figure.text(signal.value ?? 0))\(symbol.isEmpty ? "" : " " + symbol)"
  }

  /// Signals that show nearly the same everywhere.
  mutating func judgeBands(_ open: inout [Int]) {
    var bands: [Band] = []
    for place in open {
      if let band = Band.of(signals[place]), !bands.contains(band) { bands.append(band) }
    }
    for band in bands {
      let own = open.filter {
        Band.of(signals[$0]) == band && abs(signals[$0].value ?? 0) > 1e-6
      }
      guard !own.isEmpty else { continue }
      if own.contains(where: { band.range.contains(signals[$0].value ?? 0) }) {
        open.removeAll { own.contains($0) && signals[$0].verdict != .impossible }
        sound(.scale, "\(shown(own[0])) fits \(band.name)")
        continue
      }
      let sizes = own.map { abs(signals[$0].value ?? 0) }
      let low = sizes.min() ?? 0
      let high = sizes.max() ?? 0
      // Unconnected phases show odd little voltages, each its own.
      guard high <= 1.5 * low, !band.mayBeLess || low > band.range.upperBound else { continue }
      let factor = Self.factors.first { factor in
        own.allSatisfy { scaled(signals[$0], by: factor).map(band.range.contains) ?? false }
      }
      guard let factor else { continue }
      found(
        .scale, band.isConstant || own.count > 1 ? .certain : .likely,
        "\(shown(own[0])) is no value of \(band.name); with \(Figure.text(factor)) times the scale it would be \(Figure.text(scaled(signals[own[0]], by: factor) ?? 0))",
        change(own, by: factor))
      open.removeAll { own.contains($0) }
    }
  }

  /// Values out of their range, by groups that would have been scaled wrong together.
  mutating func judgeRanges(_ open: inout [Int]) {
    var left = open.filter { signals[$0].verdict == .impossible }
    while let first = left.first {
      let spec = signals[first]
      let family = open.filter {
        signals[$0].point.unit == spec.point.unit
          && signals[$0].register.scale == spec.register.scale && signals[$0].raw != 0
      }
      let out = family.filter { left.contains($0) }
      left.removeAll { out.contains($0) }
      open.removeAll { out.contains($0) }
      let factor = Self.factors.first { factor in
        family.allSatisfy { place in
          scaled(signals[place], by: factor).map(signals[place].point.range.contains) ?? false
        }
      }
      if let factor {
        found(
          .scale, out.count > 1 ? .likely : .perhaps,
          "\(out.map(shown).prefix(3).joined(separator: ", ")): out of range; \(Figure.text(factor)) times the scale would bring \(out.count > 1 ? "all \(out.count)" : "it") into it"
            + (family.count > out.count
              ? "; \(family.count - out.count) more have this scale: compare them with the display"
              : ""),
          change(out, by: factor))
      } else {
        for place in out {
          let range = signals[place].point.range
          found(
            .values, .likely,
            "\(shown(place)) is outside \(Figure.text(range.lowerBound)) to \(Figure.text(range.upperBound)): format, address or sensor; compare with the display"
          )
        }
      }
    }
  }

  private func number(_ name: String) -> Double? {
    signals.first { $0.name == name && $0.isNumber }.flatMap { signal in
      signal.words == nil || signal.saysNoValue || signal.verdict == .impossible
        ? nil : signal.value
    }
  }

  /// Signals that physics ties to each other.
  mutating func judgeRatios(_ open: inout [Int]) {
    judge("power", against: { $0.apparent }, &open)
    judge("power", against: { $0.heat("power", "flow", "inlet", "outlet") }, &open)
    judge(
      "heat-power",
      against: {
        $0.heat("heat-power", "heating-flow", "condenser-leaving", "condenser-entering")
      }, &open)
    judgeShown(&open)
  }

  /// What a power must fit.
  private struct Measure {
    var name: String
    var kilowatts: Double
    /// The parts of it that are sound.
    var sound: ClosedRange<Double>
    /// The parts that it must be brought to by another scale.
    var wanted: ClosedRange<Double>
    var certainty: Check.Certainty
    /// The signals that it was made of.
    var others: [String]
    /// Whether less of it is sound too, as of a power factor.
    var isLimit: Bool
  }

  private mutating func judge(
    _ name: String, against measure: (Self) -> Measure?, _ open: inout [Int]
  ) {
    guard let place = open.first(where: { signals[$0].name == name }) else { return }
    guard let found = ratio(name, measure(self)) else { return }
    if found.measure.sound.contains(found.share) {
      sound(.scale, "\(shown(place)) fits \(found.measure.name)")
      open.removeAll { $0 == place }
      return
    }
    guard let factor = factor(found) else { return }
    // The signals were not read at one moment: once more, and only what stays so counts.
    for other in [name] + found.measure.others {
      if let index = signals.firstIndex(where: { $0.name == other }) {
        signals[index].state = fetch(signals[index], by: shift)
      }
    }
    guard let again = ratio(name, measure(self)), self.factor(again) == factor else { return }
    self.found(
      .scale, found.measure.certainty,
      "\(shown(place)) does not fit \(again.measure.name): its scale, that of \(again.measure.others.joined(separator: ", ")), or a ratio that is set for one of them alone",
      change([place], by: factor))
    open.removeAll { $0 == place }
  }

  private func ratio(_ name: String, _ measure: Measure?) -> (measure: Measure, share: Double)? {
    guard let measure, let power = number(name).map(abs), power > 0 else { return nil }
    return (measure, power / measure.kilowatts)
  }

  private func factor(_ ratio: (measure: Measure, share: Double)) -> Double? {
    Self.factors.first {
      ratio.measure.wanted.contains(ratio.share * $0) && ($0 < 1 || !ratio.measure.isLimit)
    }
  }

  /// Of a meter's phases, or of a drive's DC link and motor current; nil where something is missing.
  private var apparent: Measure? {
    let make = { (power: Double, others: [String]) -> Measure? in
      guard power > 0.2 else { return nil }
      return Measure(
        name: "voltage and current, which allow \(Figure.text((power * 100).rounded() / 100)) kVA",
        kilowatts: power, sound: 0.1...1.3, wanted: 0.1...1.3, certainty: .likely, others: others,
        isLimit: true)
    }
    let phases = ["-1", "-2", "-3"].compactMap { phase in
      number("voltage" + phase).flatMap { volts in
        number("current" + phase).map { abs(volts * $0) / 1000 }
      }
    }
    if phases.count == 3 {
      return make(phases.reduce(0, +), ["current-1", "current-2", "current-3"])
    }
    guard let current = number("current").map(abs), isCount("current") else { return nil }
    if let volts = number("voltage") { return make(volts * current / 1000, ["current"]) }
    // The mains' voltage from the DC link's: 1.35 of it.
    guard let link = number("bus-voltage"), (220...1000).contains(link) else { return nil }
    return make(1.732 * link / 1.35 * current / 1000, ["current"])
  }

  private func isCount(_ name: String) -> Bool {
    signals.contains { $0.name == name && $0.point.unit == .count }
  }

  /// Of flow and temperatures: 1.163 kW for a cubic metre an hour and kelvin of water.
  private func heat(_ shown: String, _ flow: String, _ warm: String, _ cool: String) -> Measure? {
    guard let water = number(flow), let from = number(warm), let to = number(cool),
      abs(from - to) >= 2
    else { return nil }
    let power = 1.163 * abs(water * (from - to))
    // So little heat is what sensors err by, unless the device itself shows more.
    guard power > 0, max(power, abs(number(shown) ?? 0)) > 0.5 else { return nil }
    return Measure(
      name: "flow and temperatures, which give \(Figure.text((power * 100).rounded() / 100)) kW",
      kilowatts: power, sound: 0.5...2, wanted: 0.7...1.4, certainty: .likely, others: [flow],
      isLimit: false)
  }

  /// What is commanded against what shows it, once that stands still.
  private mutating func judgeShown(_ open: inout [Int]) {
    // One that stands, or listens to its own panel, follows nothing.
    let isDeaf = signals.contains {
      ($0.name == "running" || $0.name == "remote") && $0.value == 0
    }
    guard !isDeaf else { return }
    for place in readable {
      guard let effect = signals[place].point.writing.shownBy,
        let other = points.firstIndex(of: effect), open.contains(other),
        signals[place].isNumber, let wish = signals[place].value, wish > 0,
        let before = signals[other].value, before > 0
      else { continue }
      _ = once(
        signals[other].register.table,
        signals[other].register.address + shift..<signals[other].register.addresses.upperBound
          + shift, pause: 1)
      signals[other].state = fetch(signals[other], by: shift)
      guard let after = signals[other].value, abs(after - before) <= 0.02 * before else { continue }
      if (0.95...1.05).contains(after / wish) {
        sound(.scale, "\(shown(other)) fits its command of \(Figure.text(wish))")
        open.removeAll { $0 == other || $0 == place }
      } else if let factor = Self.factors.first(where: {
        (0.9...1.1).contains(after * $0 / wish)
      }) {
        found(
          .scale, .likely,
          "\(shown(other)) stands still beside a command of \(Figure.text(wish)): its scale, or that of '\(signals[place].name)'",
          change([other], by: factor))
        open.removeAll { $0 == other || $0 == place }
      } else {
        found(
          .scale, .perhaps,
          "\(shown(other)) stands still beside a command of \(Figure.text(wish)): what the drive takes for 100 %, its limits, or the scale of '\(signals[place].name)'"
        )
        open.removeAll { $0 == other || $0 == place }
      }
    }
  }

  /// What no rule can judge.
  mutating func tellOpen(_ numbers: [Int], _ open: [Int]) {
    let scales = checks.contains { $0.subject == .scale }
    guard !open.isEmpty else {
      if !scales { unclear(.scale, "it has no numbers") }
      return
    }
    unclear(
      .scale,
      "\(open.count) of \(numbers.count) numbers are in range, which tells nothing of their scale: compare with the display: \(Figure.names(open.map { signals[$0].name }))"
    )
  }
}
