import PlantModel
import Quantities

/// What a profile says of a make of device, and what its outputs ask for.
extension Builder {
  /// Maker, trust, line and the rest of a profile; nil for a type that a plant wrote for itself.
  func profile(of type: Section) -> DeviceProfile? {
    guard let trust = type.choice("trust", DeviceProfile.Trust.self) else {
      let own = ["maker", "models", "sources", "line", "identity", "on_bus_loss"]
      if let stray = own.first(where: { type.has($0) }) {
        diagnostics.error(
          type.mark(of: stray), "'\(stray)' without 'trust'",
          "a profile says how far its map may be trusted: "
            + DeviceProfile.Trust.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return nil
    }
    let line = type.section("line")
    let identity = type.section("identity").flatMap { section -> DeviceProfile.Identity? in
      guard let table = section.choice("table", Register.Table.self),
        let address = section.integer("address")
      else { return nil }
      return DeviceProfile.Identity(
        table: table, address: address, oneOf: section.integers("one_of").map { UInt16($0) })
    }
    return DeviceProfile(
      maker: type.text("maker") ?? "", models: type.texts("models"), trust: trust,
      sources: type.texts("sources"),
      line: DeviceProfile.Line(
        baud: line?.integer("baud"),
        parity: line?.choice("parity", SerialLine.Parity.self),
        stopBits: line?.integer("stop_bits"), unit: line?.integer("unit")),
      identity: identity, onBusLoss: type.texts("on_bus_loss"))
  }

  /// Finds what the signals of a device name of each other, once all points have their places.
  func connect(_ found: [(point: Point, signal: Section)]) {
    for (index, each) in found.enumerated() {
      let device = devices[each.point.device.index].name
      let find = { [self] (signal: Section, key: String) -> PointID? in
        guard let name = signal.text(key) else { return nil }
        if let place = pointNames.find("\(device).\(name)"), points[place.index].direction == .input
        {
          return place
        }
        diagnostics.error(
          signal.mark(of: key), "'\(signal.name)' names '\(name)', which is no input of its device",
          "write the name of an input of the same type")
        return nil
      }
      points[index].validWhen = find(each.signal, "valid_when")
      points[index].writing = writing(each.point, each.signal, find)
    }
  }

  private func isStatusWord(_ point: Point) -> Bool {
    let register = point.register
    return register.format == .u16 && register.part == .whole && register.scale == 1
      && register.offset == 0 && register.oneOf.isEmpty && register.noneOf.isEmpty
      && point.every == .zero
  }

  private func writing(
    _ point: Point, _ signal: Section, _ find: (Section, String) -> PointID?
  ) -> Writing {
    let own = [
      "words", "steps", "write_only", "shown_by", "refresh_seconds", "minimum_write_seconds",
      "writes_a_day",
    ]
    guard point.direction == .output else {
      if let stray = own.first(where: { signal.has($0) }) {
        diagnostics.error(
          signal.mark(of: stray), "'\(stray)' of an input", "it belongs to what is written")
      }
      return .plain
    }
    var writing = Writing(
      isReadBack: signal.flag("write_only") != true, shownBy: find(signal, "shown_by"),
      refresh: signal.number("refresh_seconds").map { .seconds($0) },
      minimumInterval: .seconds(signal.number("minimum_write_seconds") ?? 0),
      dailyBudget: signal.integer("writes_a_day"))
    if !writing.isReadBack, writing.refresh == nil {
      diagnostics.warning(
        signal.mark(of: "write_only"),
        "'\(signal.name)' is neither read back nor written again",
        "a device that restarts within seconds forgets it unseen: add refresh_seconds, if its memory bears it"
      )
    }
    if let refresh = signal.number("refresh_seconds") {
      let budget = signal.integer("writes_a_day")
      let isTooOften = budget.map { 86_400 / refresh > Double($0) } ?? false
      if isTooOften || signal.number("minimum_write_seconds") ?? 0 > refresh {
        diagnostics.error(
          signal.mark(of: "refresh_seconds"),
          "'\(signal.name)' is to be refreshed more often than it may be written",
          "mend refresh_seconds, or writes_a_day and minimum_write_seconds")
      }
    }
    let steps = signal.sections("steps")
    if !steps.isEmpty, !signal.has("words") {
      diagnostics.error(
        signal.mark(of: "steps"), "'steps' without 'words'",
        "they stand for the second of the two words on the way to it")
    }
    for step in steps {
      let status = find(step, "status")
      if let status, let other = writing.status, status != other {
        diagnostics.error(
          step.mark(of: "status"), "the steps of '\(signal.name)' go by two status words",
          "all go by one")
      }
      if let status, !isStatusWord(points[status.index]) {
        diagnostics.error(
          step.mark(of: "status"), "'\(points[status.index].name)' is no status word",
          "it is a whole register of the format u16, without scale and offset, read with every scan"
        )
      }
      writing.status = writing.status ?? status
      let mask = step.integer("mask") ?? 0
      let key = step.has("is_not") ? "is_not" : "is"
      if step.has("is") == step.has("is_not") {
        diagnostics.error(
          step.has("is") ? step.mark(of: "is_not") : step.mark,
          "a step of '\(signal.name)' needs one of 'is' and 'is_not'",
          "state what the bits are in this row, or what they are not")
      }
      let states = step.integers(key)
      if let stray = states.first(where: { $0 & ~mask != 0 }) {
        diagnostics.error(
          step.mark(of: key), "\(stray) has bits that the mask \(mask) leaves out",
          "it would never fit: mend one of them")
      }
      writing.steps.append(
        Writing.Step(
          mask: UInt16(mask), states: states.map { UInt16($0) }, isNegated: key == "is_not",
          word: UInt16(step.integer("write") ?? 0)))
    }
    return writing
  }
}
