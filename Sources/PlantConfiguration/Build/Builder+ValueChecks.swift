import PlantModel
import Quantities

/// What is asked of measured values beyond their range.
extension Builder {
  func readValueChecks() {
    for section in root.sections("value_checks") {
      guard let point = input(section, "point") else { continue }
      let mark = section.mark(of: "point")
      if valueChecks.contains(where: { $0.point == point }) {
        diagnostics.error(
          mark, "'\(points[point.index].name)' is checked twice", "write it as one entry")
      }
      let asked = ["maximum_change_per_second", "frozen_after_seconds", "twin", "substitute"]
      if !asked.contains(where: { section.has($0) }) {
        diagnostics.error(
          mark, "a check of '\(points[point.index].name)' that asks for nothing",
          "state one of " + asked.joined(separator: ", "))
      }
      let stray = asked.prefix(2).first { section.has($0) }
      if let stray, points[point.index].unit == .digital {
        diagnostics.error(
          section.mark(of: stray), "'\(stray)' of a signal with two states",
          "it changes at once and may stay for long: leave it out")
      }
      let twin = input(section, "twin", like: point)
      if section.has("twin") != section.has("twin_within") {
        diagnostics.error(
          mark, "'twin' and 'twin_within' go together",
          "state the other sensor and how far they may be apart")
      }
      let register = points[point.index].register
      valueChecks.append(
        ValueCheck(
          point: point, maximumRate: section.number("maximum_change_per_second"),
          step: register.format.isFloat ? 0 : abs(register.scale),
          frozenAfter: section.number("frozen_after_seconds").map { .seconds($0) }, twin: twin,
          twinWithin: section.number("twin_within") ?? 0,
          substitute: input(section, "substitute", like: point)))
    }
  }

  /// An input by the name of its point; another one than `like`, in the same unit.
  private func input(_ section: Section, _ key: String, like other: PointID? = nil) -> PointID? {
    guard section.has(key), let point = pointNames.find(section, key) else { return nil }
    let spec = points[point.index]
    let isLike = other.map { $0 != point && points[$0.index].unit == spec.unit } ?? true
    if spec.direction == .input, isLike { return point }
    diagnostics.error(
      section.mark(of: key), "'\(spec.name)' cannot be the '\(key)'",
      "name another input in the same unit")
    return nil
  }
}
