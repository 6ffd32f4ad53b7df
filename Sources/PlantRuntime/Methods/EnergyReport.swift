import ControlProtocol
import PlantControl
import Quantities

/// Heat, cold and electricity with the coefficients, each with its uncertainty.
extension PlantReporter {
  var energy: JSON {
    let account = controller.energy
    let all = EnergyOperation.allCases
    return [
      "operation": .text(account.operation.rawValue),
      "gap_hours": .rounded(account.gap.hours, 2),
      "last_ten_minutes": figures(account.window, account.windowUncertainty),
      "today": .object(
        all.map {
          .init($0.rawValue, figures(account.today(of: $0), account.todayUncertainty(of: $0)))
        }),
      "yesterday": .object(
        all.map {
          .init(
            $0.rawValue, figures(account.yesterday(of: $0), account.yesterdayUncertainty(of: $0)))
        }),
      "total": .object(
        all.map {
          .init($0.rawValue, figures(account.total(of: $0), account.totalUncertainty(of: $0)))
        }),
    ]
  }

  private func figures(_ figures: EnergyFigures, _ uncertainty: EnergyUncertainty) -> JSON {
    [
      "heat_kilowatt_hours": .rounded(figures.heat.value, 1),
      "cold_kilowatt_hours": .rounded(figures.cold.value, 1),
      "surplus_cold_kilowatt_hours": .rounded(figures.surplusCold.value, 1),
      "units_kilowatt_hours": .rounded(figures.units.value, 1),
      "pumps_kilowatt_hours": .rounded(figures.pumps.value, 1),
      "time_hours": .rounded(figures.time.hours, 3),
      "coefficient": .rounded(figures.coefficient, 3),
      "heat_uncertainty_kilowatt_hours": .rounded(uncertainty.heat.value, 1),
      "cold_uncertainty_kilowatt_hours": .rounded(uncertainty.cold.value, 1),
      "electricity_uncertainty_kilowatt_hours": .rounded(uncertainty.electricity.value, 1),
      "coefficient_uncertainty": .rounded(uncertainty.coefficient, 3),
    ]
  }
}
