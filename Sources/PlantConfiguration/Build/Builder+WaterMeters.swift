import PlantModel
import Quantities

extension Builder {
  func readWaterMeters() {
    for section in sections["water_meters"]! {
      checkName(of: section)
      guard let volume: Sensor<CubicMeters> = sensor(section, "volume", .cubicMeters),
        let use = section.choice("use", WaterMeter.Use.self),
        let classPercent = section.number("class_percent"),
        let flow = section.number("maximum_flow_cubic_meters_per_hour")
      else { continue }
      let earlier = waterMeters.first { $0.volume == volume }
      if let earlier {
        diagnostics.error(
          section.mark(of: "volume"),
          "'\(points[volume.point.index].name)' is counted by '\(earlier.name)' already",
          "give '\(section.name)' a counter of its own: no water counts twice")
      }
      let meter = WaterMeter(
        name: section.name, volume: volume, use: use, well: section.text("well"),
        classPercent: classPercent, maximumFlow: CubicMetersPerHour(flow),
        rollOver: section.number("roll_over_cubic_meters").map { CubicMeters($0) },
        litresPerPulse: section.number("pulse_litres"))
      checkRollOver(meter, section)
      waterMeters.append(meter)
    }
  }

  /// A name stands for one meter, whatever it measures: people ask and read by it.
  private func checkName(of section: Section) {
    guard sections["meters"]!.contains(where: { $0.name == section.name }) else { return }
    diagnostics.error(
      section.mark, "'\(section.name)' is the name of a meter under 'meters' too",
      "give one of them another name")
  }

  /// A counter that begins anew must be seen to: before its end is lost to the register, and less
  /// often than every hour.
  private func checkRollOver(_ meter: WaterMeter, _ section: Section) {
    guard let rollOver = meter.rollOver else { return }
    let mark = section.mark(of: "roll_over_cubic_meters")
    let point = points[meter.volume.point.index]
    let top = min(
      point.range.upperBound, point.register.reach?.upperBound ?? .greatestFiniteMagnitude)
    if rollOver.value > top + 1 {
      diagnostics.error(
        mark,
        "'\(meter.name)' rolls over at \(plain(rollOver.value)) m³, but reads up to \(plain(top)) m³",
        "mend it, or the max of its signal")
    }
    if rollOver < meter.maximumFlow * .hours(1) {
      diagnostics.error(
        mark, "'\(meter.name)' could roll over more than once an hour",
        "mend it, or maximum_flow_cubic_meters_per_hour")
    }
  }
}
