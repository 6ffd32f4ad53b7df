import ControlProtocol
import PlantControl
import PlantModel
import Quantities

extension PlantReporter {
  /// How often and how long each alarm stood, and what the plant was short of meanwhile.
  var alarmCosts: JSON {
    let costs = controller.alarmCosts
    let day = LocalDay(costs.referenceDay).start(offset: plant.site.utcOffset)
    return [
      "time_milliseconds": PlantReporter.time(image.now), "is_complete": .bool(costs.isComplete),
      "reference_coefficient": .rounded(costs.reference, 3),
      "reference_day_milliseconds": costs.reference == nil ? .null : PlantReporter.time(day),
      "costs": .list(
        costs.entries.map { entry in
          [
            "kind": .text(entry.key.kind.rawValue),
            "subject": .text(plant.name(of: entry.key.subject)), "stands": .bool(entry.isOpen),
            "today": cost(entry.spans.today), "this_month": cost(entry.spans.month),
            "this_year": cost(entry.spans.year),
          ]
        }),
    ]
  }

  private func cost(_ cost: AlarmCost) -> JSON {
    [
      "times": .number(Double(cost.times)), "stood_hours": .rounded(cost.stood.hours, 3),
      "hot_water_kelvin_hours": .rounded(cost.hotWater.value, 2),
      "pool_kelvin_hours": .rounded(cost.pool.value, 2),
      "building_kelvin_hours": .rounded(cost.building.value, 2),
      "loops_kelvin_hours": .rounded(cost.loops.value, 2),
      "electricity_kilowatt_hours": .rounded(cost.electricity.value, 1),
      "heat_and_cold_kilowatt_hours": .rounded(cost.benefit.value, 1),
      "beyond_kilowatt_hours": .rounded(cost.beyond?.value, 1),
    ]
  }
}
