import ControlProtocol
import PlantModel
import Quantities

extension LedgerStatement {
  /// For people: totals by use and meter, the balance, gaps and events. Times are UTC.
  public var text: String {
    let columns = Columns(first: 24, rest: 14)
    var rows = [
      "\(plant)  reinjection ledger  \(Times.iso(begin)) to \(Times.iso(end))", "",
      columns.row("m³", "class", "by hours", "over gaps", "total", "±"),
    ]
    for use in WaterMeter.Use.allCases {
      let own = lines.filter { $0.use == use }
      guard !own.isEmpty else { continue }
      rows.append(
        columns.row(
          use.rawValue, "", figure(own.reduce(0) { $0 + $1.counted }),
          figure(own.reduce(0) { $0 + $1.stepped }), figure(litres(use)),
          figure(uncertainty([use]))))
      rows += own.map { line in
        columns.row(
          "  " + line.meter, JSON.number(line.classPercent).line + " %", figure(line.counted),
          figure(line.stepped), figure(line.litres), figure(line.uncertainty))
      }
    }
    rows += ["", balanceText, "", "hours of \(hours)  whole, in part, not seen"]
    rows += lines.map {
      "  " + pad($0.meter, 26) + "\($0.hours.good), \($0.hours.partly), \($0.hours.absent)"
    }
    rows += ["", events.isEmpty ? "no gaps, no events" : "gaps and events"]
    rows += events.map { event in
      "  \(Times.iso(event.time))  \(event.kind.rawValue) of \(event.meter), \(event.state.rawValue) from \(Times.iso(event.since)): \(figure(event.first)) to \(figure(event.last)), \(figure(event.litres)) m³ counted"
    }
    return rows.joined(separator: "\n")
  }

  private var balanceText: String {
    guard lines.contains(where: { $0.use == .extracted || $0.use == .returned }) else {
      return "no meter of extracted or returned water"
    }
    let verdict =
      abs(Double(balance)) <= balanceUncertainty
      ? "inside the meters' uncertainty"
      : balance > 0
        ? "a loss beyond the meters' uncertainty"
        : "more returned than extracted, beyond the meters' uncertainty"
    return
      "extracted − returned  \(figure(balance)) m³ ± \(figure(balanceUncertainty)) m³: \(verdict)"
  }

  /// For programs: one row a meter, a use, the balance, a gap or event. Volumes are litres.
  public var csv: String {
    var rows = [
      "row,use,meter,class_percent,state,from,to,hours_good,hours_partly,hours_absent,counter_first_litres,counter_last_litres,hours_litres,gaps_litres,total_litres,uncertainty_litres"
    ]
    let span = "\(Times.iso(begin)),\(Times.iso(end))"
    for line in lines {
      rows.append(
        "meter,\(line.use.rawValue),\(line.meter),\(JSON.number(line.classPercent).line),,\(span),\(line.hours.good),\(line.hours.partly),\(line.hours.absent),,,\(line.counted),\(line.stepped),\(line.litres),\(whole(line.uncertainty))"
      )
    }
    for use in WaterMeter.Use.allCases where lines.contains(where: { $0.use == use }) {
      let own = lines.filter { $0.use == use }
      rows.append(
        "use,\(use.rawValue),,,,\(span),,,,,,\(own.reduce(0) { $0 + $1.counted }),\(own.reduce(0) { $0 + $1.stepped }),\(litres(use)),\(whole(uncertainty([use])))"
      )
    }
    rows.append("balance,,,,,\(span),,,,,,,,\(balance),\(whole(balanceUncertainty))")
    rows += events.map {
      "\($0.kind.rawValue),\($0.use.rawValue),\($0.meter),\(JSON.number($0.classPercent).line),\($0.state.rawValue),\(Times.iso($0.since)),\(Times.iso($0.time)),,,,\($0.first),\($0.last),,\($0.litres),\($0.litres),"
    }
    return rows.joined(separator: "\n")
  }

  private func whole(_ litres: Double) -> String { "\(Int64(litres.rounded()))" }

  private func figure(_ litres: Double) -> String { figure(Int64(litres.rounded())) }

  private func figure(_ litres: Int64) -> String { Thousandths.text(litres) }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 1))
  }
}
