import ControlProtocol
import PlantControl
import PlantModel
import PlantOperation
import Quantities

extension PlantReporter {
  /// What the step tests of every well say, and how the one under way goes.
  var health: JSON {
    .list(
      plant.wells.indices.map { index in
        let status = controller.health(of: WellID(index))
        let plan = plant.wells[index].stepPlan
        let missing = plan.map { plan in
          WellSensor.allCases.filter { !plan.instruments.has($0) }.map { JSON.text($0.name) }
        }
        return [
          "name": .text(plant.wells[index].name), "can_be_tested": .bool(plan != nil),
          "sensors_missing": .list(missing ?? []),
          "hold": status.hold.map { .number(Double($0)) } ?? .null,
          "holds": .number(Double(plan?.holds ?? 0)), "last_test": last(status.record),
          "tests": .number(Double(status.health.tests.count)),
          "commissioning_tests": .number(Double(WellHealth.commissioning)),
          "unfit_tests": .number(Double(status.health.unfit)),
          "is_founded": .bool(status.health.report?.isFounded ?? false),
          "figures": .list((status.health.report?.figures ?? []).map(figure)),
          "worsened": .list((status.health.report?.worsened ?? []).map { .text($0.name) }),
          "not_told_apart": .list((status.health.report?.groups ?? []).map(group)),
        ]
      })
  }

  private func last(_ record: StepTestRecord) -> JSON {
    guard record.began > .distantPast else { return .null }
    return [
      "began_milliseconds": PlantReporter.time(record.began),
      "ended_milliseconds": PlantReporter.time(record.ended),
      "outcome": .text(record.outcome.rawValue),
      "sensor": record.missing.map { .text($0.name) } ?? .null,
    ]
  }

  private func figure(_ figure: WellReport.Figure) -> JSON {
    [
      "name": .text(figure.index.name), "part": .text(figure.index.part.name),
      "change_fraction": .rounded(figure.value.value, 4),
      "deviation_fraction": .rounded(figure.deviation.value, 4),
      "is_told_apart": .bool(figure.isResolved),
      "reaches_limit_milliseconds": figure.reachesLimit.map(PlantReporter.time) ?? .null,
      "reaches_limit_deviation_days": figure.reachesLimit == nil
        ? .null : .rounded(figure.reachesLimitDeviation.hours / 24, 1),
    ]
  }

  private func group(_ group: WellReport.Group) -> JSON {
    [
      "parts": .list(group.parts.map { .text($0.name) }), "has_worsened": .bool(group.isWorse),
    ]
  }
}
