import Quantities

extension Parameters {
  /// The one table of all parameters: the configuration's keys, its schema and the reference are
  /// made from it. Its order is the reference's.
  public static let catalogue: [ParameterEntry] = sequenceCatalogue + loopCatalogue + wellCatalogue

  /// Proofs, change-over, seasons, staging, supply and freeze.
  private static let sequenceCatalogue: [ParameterEntry] = [
    ParameterEntry(
      "proof_of_running_seconds", \.proofOfRunning, .seconds, standard: 15, range: 2...120,
      rule: .proofOfRunning,
      group: "Proofs", summary: "How long a drive may take to prove that its pump runs.",
      source: "pump makers' practice"),
    ParameterEntry(
      "proof_of_flow_seconds", \.proofOfFlow, .seconds, standard: 15, range: 5...120,
      rule: .flowNotProven,
      group: "Proofs", summary: "How long flow may take to be proven once a pump runs.",
      source: "pump makers' practice"),
    ParameterEntry(
      "proof_maximum_age_seconds", \.proofMaximumAge, .seconds, standard: 10, range: 1...60,
      rule: .flowNotProven,
      group: "Proofs", summary: "A proof older than this is no proof.",
      source: "practice"),
    ParameterEntry(
      "run_on_seconds", \.runOn, .seconds, standard: 180, range: 30...1800, rule: .runOn,
      group: "Proofs", summary: "How long pumps go on after their last unit stopped.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "stroke_limit_seconds", \.strokeLimit, .seconds, standard: 90, range: 10...600,
      rule: .valveNotProven,
      group: "Change-over", summary: "A valve that is not proven after this is stuck.",
      source: "practice"),
    ParameterEntry(
      "stuck_limit_seconds", \.stuckLimit, .seconds, standard: 1800, range: 120...7200,
      rule: .wayBackToOldCircuit,
      group: "Change-over",
      summary: "A change-over stuck this long re-opens one port to the proven old circuit.",
      source: "practice: trapped water that warms over-pressures its shell"),
    ParameterEntry(
      "evaporator_window_min_celsius", \.evaporatorWindowLow, .celsius, standard: 8, range: 2...20,
      rule: .waterTemperatureWindow,
      group: "Change-over", summary: "Water any colder is not let into an evaporator.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "evaporator_window_max_celsius", \.evaporatorWindowHigh, .celsius, standard: 25,
      range: 15...40, rule: .waterTemperatureWindow,
      group: "Change-over", summary: "Water any warmer is not let into an evaporator.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "condenser_window_min_celsius", \.condenserWindowLow, .celsius, standard: 12, range: 5...25,
      rule: .waterTemperatureWindow,
      group: "Change-over", summary: "Water any colder is not let into a condenser.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "condenser_window_max_celsius", \.condenserWindowHigh, .celsius, standard: 50, range: 35...60,
      rule: .waterTemperatureWindow,
      group: "Change-over", summary: "Water any warmer is not let into a condenser.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "valve_pressure_max_kilopascals", \.valvePressureLimit, .kilopascals, standard: 100,
      range: 10...400, rule: .pressureAcrossValve,
      group: "Change-over",
      summary: "A new row opens only with less pressure difference between the circuits than this.",
      source: "valve makers' manuals"),
    ParameterEntry(
      "condenser_warm_celsius", \.condenserWarmEnough, .celsius, standard: 18, range: 12...25,
      rule: .coldCondenser,
      group: "Change-over", summary: "Colder condenser water means a gentle start.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "condenser_warm_leaving_celsius", \.condenserWarmLeaving, .celsius, standard: 20,
      range: 15...30, rule: .coldCondenser,
      group: "Change-over", summary: "The gentle start ends once the condenser leaves this.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "condenser_warm_limit_seconds", \.condenserWarmLimit, .seconds, standard: 600,
      range: 60...3600, rule: .coldCondenser,
      group: "Change-over", summary: "The gentle start ends after this at the latest.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "window_margin_kelvins", \.windowMargin, .kelvins, standard: 1, range: 0...5,
      rule: .waterTemperatureWindow,
      group: "Change-over",
      summary: "How far inside its window the water must be before flow is stopped for the change.",
      source: "practice: it drifts while it stands"),
    ParameterEntry(
      "season_dwell_hours", \.seasonDwell, .hours, standard: 24, range: 1...720, rule: .seasonDwell,
      group: "Seasons", summary: "The least time between two changes of season.",
      source: "practice"),
    ParameterEntry(
      "heating_below_celsius", \.heatingBelow, .celsius, standard: 12, range: 0...20,
      rule: .seasonProposed,
      group: "Seasons", summary: "A three-day mean outdoors below this proposes heating.",
      source: "practice"),
    ParameterEntry(
      "cooling_above_celsius", \.coolingAbove, .celsius, standard: 20, range: 12...30,
      rule: .seasonProposed,
      group: "Seasons", summary: "A three-day mean outdoors above this proposes cooling.",
      source: "practice"),
    ParameterEntry(
      "heating_lock_out_celsius", \.heatingLockOut, .celsius, standard: 18, range: 8...25,
      rule: .outdoorLockOut,
      group: "Seasons", summary: "No heating above this outdoor temperature.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "cooling_lock_out_celsius", \.coolingLockOut, .celsius, standard: 15, range: 5...25,
      rule: .outdoorLockOut,
      group: "Seasons", summary: "No cooling below this outdoor temperature.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "lock_out_hysteresis_kelvins", \.lockOutHysteresis, .kelvins, standard: 0.5, range: 0.1...3,
      rule: .outdoorLockOut,
      group: "Seasons", summary: "The band of both lock-outs.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "load_mean_seconds", \.loadMeanTime, .seconds, standard: 300, range: 30...1800,
      rule: .stageHold,
      group: "Staging", summary: "The time over which load is averaged.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "stage_up_ratio_fraction", \.stageUpRatio, .fraction, standard: 0.9, range: 0.5...1,
      rule: .stageUp,
      group: "Staging",
      summary:
        "One more unit above this operating part-load ratio; one fewer when the rest would stay below it.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "stage_delay_seconds", \.stageDelay, .seconds, standard: 900, range: 60...3600,
      rule: .stageHold,
      group: "Staging",
      summary: "How long a reason to stage must last, and the least time in a stage.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "failsafe_heating_kelvins", \.failsafeHeating, .kelvins, standard: 2.5, range: 0.5...10,
      rule: .stageFailsafe,
      group: "Staging", summary: "One more unit when the supply is this far below its set-point.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "failsafe_cooling_kelvins", \.failsafeCooling, .kelvins, standard: 1, range: 0.5...10,
      rule: .stageFailsafe,
      group: "Staging", summary: "One more unit when the supply is this far above its set-point.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "unit_start_limit_seconds", \.unitStartLimit, .seconds, standard: 300, range: 30...1800,
      rule: .unitNotProven,
      group: "Staging", summary: "How long an enabled unit may take to prove that it runs.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "demand_band_kelvins", \.demandBand, .kelvins, standard: 2, range: 0.5...10,
      rule: .plantDisabled,
      group: "Staging",
      summary:
        "The first unit starts, and the last one stops, when the supply is this far off its set-point.",
      source: "practice"),
    ParameterEntry(
      "unit_minimum_on_seconds", \.unitMinimumOn, .seconds, standard: 600, range: 60...3600,
      rule: .minimumOnTime,
      group: "Staging", summary: "The least time a unit runs.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "unit_minimum_off_seconds", \.unitMinimumOff, .seconds, standard: 600, range: 60...3600,
      rule: .minimumOffTime,
      group: "Staging", summary: "The least time a unit stands.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "plant_minimum_off_seconds", \.plantMinimumOff, .seconds, standard: 900, range: 0...3600,
      rule: .plantDisabled,
      group: "Staging", summary: "The least time the plant stands.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "plant_minimum_on_seconds", \.plantMinimumOn, .seconds, standard: 900, range: 0...3600,
      rule: .plantDisabled,
      group: "Staging", summary: "The least time the plant runs.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "demand_gone_seconds", \.demandGone, .seconds, standard: 180, range: 0...1800,
      rule: .plantDisabled,
      group: "Staging", summary: "Demand gone for this long stops the plant.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "crankcase_power_off_hours", \.crankcasePowerOff, .hours, standard: 8, range: 1...48,
      rule: .crankcaseHeating,
      group: "Staging", summary: "A unit without power for longer waits for its crankcase heater.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "crankcase_preheat_hours", \.crankcasePreheat, .hours, standard: nil, range: 0...24,
      rule: .crankcaseHeating,
      group: "Staging", summary: "How long the crankcase heater needs.",
      source: "site: the maker's manual"),
    ParameterEntry(
      "heating_supply_celsius", \.heatingSupply, .celsius, standard: 50, range: 30...60,
      rule: .supplyLoop,
      group: "Supply", summary: "The supply set-point in winter.",
      source: "the designers' table: 45 → 50 °C"),
    ParameterEntry(
      "transition_supply_celsius", \.transitionSupply, .celsius, standard: 42, range: 30...60,
      rule: .supplyLoop,
      group: "Supply", summary: "The supply set-point in spring and autumn.",
      source: "practice"),
    ParameterEntry(
      "cooling_supply_celsius", \.coolingSupply, .celsius, standard: 7, range: 5...18,
      rule: .supplyLoop,
      group: "Supply", summary: "The chilled-water set-point.",
      source: "the designers' table: 12 → 7 °C"),
    ParameterEntry(
      "hot_supply_celsius", \.hotSupply, .celsius, standard: 50, range: 40...60,
      rule: .loadFollowsDemand,
      group: "Supply", summary: "The set-point of the hot-water side.",
      source: "the designers' table: 45 → 50 °C"),
    ParameterEntry(
      "supply_integral_seconds", \.supplyIntegralTime, .seconds, standard: 300, range: 30...3600,
      rule: .supplyLoop,
      group: "Supply", summary: "Integral time of the supply loops.",
      source: "practice"),
    ParameterEntry(
      "supply_gain_fraction", \.supplyGain, .fraction, standard: 0.1, range: 0.005...1,
      rule: .supplyLoop,
      group: "Supply", summary: "Part of the load that one kelvin of deviation asks for.",
      source: "practice"),
    ParameterEntry(
      "freeze_unload_celsius", \.freezeUnloadAt, .celsius, standard: 5.5, range: -20...12,
      rule: .freezeUnload,
      group: "Freeze", summary: "An evaporator leaving below this unloads its unit.",
      source: "heat-pump makers' manuals; plain water"),
    ParameterEntry(
      "freeze_alarm_celsius", \.freezeAlarmAt, .celsius, standard: 5, range: -20...12,
      rule: .freezeUnload,
      group: "Freeze", summary: "An evaporator leaving below this is an alarm.",
      source: "heat-pump makers' manuals; plain water"),
    ParameterEntry(
      "freeze_stop_celsius", \.freezeStopAt, .celsius, standard: 4, range: -20...12,
      rule: .freezeStop,
      group: "Freeze",
      summary: "An evaporator leaving below this stops its unit; the pump goes on.",
      source: "heat-pump makers' manuals; plain water"),
  ]
}
