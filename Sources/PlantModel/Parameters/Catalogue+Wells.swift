import Quantities

extension Parameters {
  /// Wells and distribution.
  static let wellCatalogue: [ParameterEntry] = [
    ParameterEntry(
      "well_difference_kelvins", \.wellDifference, .kelvins, standard: 4.5,
      range: 2...6, rule: .wellDifference,
      group: "Wells",
      summary:
        "Temperature difference over a well's exchanger that its speed holds.",
      source: "practice: 80 kW at 16 m³/h are 4.3 K"),
    ParameterEntry(
      "well_gain_fraction", \.wellGain, .fraction, standard: 0.5,
      range: 0.02...5, rule: .wellDifference,
      group: "Wells",
      summary:
        "Gain of that loop: part of the speed range for a difference that is off by its own size.",
      source: "practice"),
    ParameterEntry(
      "well_integral_seconds", \.wellIntegralTime, .seconds, standard: 180,
      range: 30...3600, rule: .wellDifference,
      group: "Wells",
      summary:
        "Integral time of that loop.",
      source: "practice"),
    ParameterEntry(
      "well_proof_of_flow_seconds", \.wellProofOfFlow, .seconds, standard: 60,
      range: 10...300, rule: .wellFlowNotProven,
      group: "Wells",
      summary:
        "How long a well may take to show flow once its pump runs.",
      source: "pump makers' practice"),
    ParameterEntry(
      "well_minimum_off_seconds", \.wellMinimumOff, .seconds, standard: 600,
      range: 60...3600, rule: .wellMinimumOff,
      group: "Wells",
      summary:
        "A submersible pump stands at least this long between two runs.",
      source: "submersible pump makers' manuals"),
    ParameterEntry(
      "well_add_fraction", \.wellAddRatio, .fraction, standard: 0.9,
      range: 0.5...1, rule: .wellAdded,
      group: "Wells",
      summary:
        "One more well when those that run move more than this part of their design flow.",
      source: "affinity laws: more wells slower are cheaper"),
    ParameterEntry(
      "well_drop_fraction", \.wellDropRatio, .fraction, standard: 0.7,
      range: 0.2...0.9, rule: .wellNotWanted,
      group: "Wells",
      summary:
        "One well fewer only when the rest would stay below this part of their design flow.",
      source: "affinity laws"),
    ParameterEntry(
      "well_stage_seconds", \.wellStageTime, .seconds, standard: 900,
      range: 60...7200, rule: .wellAdded,
      group: "Wells",
      summary:
        "How long either must last.",
      source: "practice"),
    ParameterEntry(
      "well_dry_run_fraction", \.wellDryRunRatio, .fraction, standard: 0.75,
      range: 0.3...0.95, rule: .wellDryRun,
      group: "Wells",
      summary:
        "Less power than this part of the baseline at the same speed is a pump that runs dry or unloaded.",
      source: "submersible pump makers' manuals"),
    ParameterEntry(
      "well_dry_run_seconds", \.wellDryRunTime, .seconds, standard: 10,
      range: 2...60, rule: .wellDryRun,
      group: "Wells",
      summary:
        "How long that must last.",
      source: "submersible pump makers' manuals"),
    ParameterEntry(
      "well_dry_run_mask_seconds", \.wellDryRunMask, .seconds, standard: 15,
      range: 5...120, rule: .wellDryRun,
      group: "Wells",
      summary:
        "Power is not judged for this long after a start.",
      source: "submersible pump makers' manuals"),
    ParameterEntry(
      "well_trip_retry_seconds", \.wellTripRetry, .seconds, standard: 600,
      range: 60...7200, rule: .wellLockedOut,
      group: "Wells",
      summary:
        "Wait after a first trip; twice as long after the second, six times after the third.",
      source: "submersible pump makers' manuals"),
    ParameterEntry(
      "well_lock_out_hours", \.wellLockOutWindow, .hours, standard: 4,
      range: 1...48, rule: .wellLockedOut,
      group: "Wells",
      summary:
        "Three trips within this time keep a well out until a person resets it.",
      source: "submersible pump makers' manuals"),
    ParameterEntry(
      "well_back_spin_kilopascals", \.wellBackSpinLoss, .kilopascals, standard: 20,
      range: 5...200, rule: .wellBackSpin,
      group: "Wells",
      summary:
        "A standing well that loses more pressure than this in a minute has a leaking check valve or column.",
      source: "practice"),
    ParameterEntry(
      "well_pressure_kilopascals", \.wellPressure, .kilopascals, standard: 50,
      range: 20...300, rule: .wellPressureLoop,
      group: "Wells",
      summary:
        "Pressure at the highest point of a well's loop that its back-pressure valve holds.",
      source: "practice: no air may enter"),
    ParameterEntry(
      "well_vacuum_alarm_kilopascals", \.wellVacuumAlarm, .kilopascals, standard: 20,
      range: 5...100, rule: .wellVacuum,
      group: "Wells",
      summary:
        "Alarm when the pressure there is lower while water moves.",
      source: "practice"),
    ParameterEntry(
      "well_vacuum_stop_kilopascals", \.wellVacuumStop, .kilopascals, standard: 5,
      range: 0...50, rule: .wellVacuum,
      group: "Wells",
      summary:
        "The well stops when it is lower still.",
      source: "practice"),
    ParameterEntry(
      "well_vacuum_seconds", \.wellVacuumTime, .seconds, standard: 10,
      range: 2...120, rule: .wellVacuum,
      group: "Wells",
      summary:
        "How long that must last.",
      source: "practice"),
    ParameterEntry(
      "well_purge_seconds", \.wellPurge, .seconds, standard: 180,
      range: 30...1800, rule: .wellPurge,
      group: "Wells",
      summary:
        "Minimum flow for this long drives air out.",
      source: "practice"),
    ParameterEntry(
      "well_purge_after_seconds", \.wellPurgeAfter, .seconds, standard: 600,
      range: 60...86400, rule: .wellPurge,
      group: "Wells",
      summary:
        "A well that nobody saw for longer is purged before it takes load.",
      source: "practice"),
    ParameterEntry(
      "well_coldest_celsius", \.wellColdest, .celsius, standard: 4,
      range: 1...10, rule: .wellSpeedLimited,
      group: "Wells",
      summary:
        "Water from the ground is not drawn any colder than this.",
      source: "practice: plain water in the exchanger"),
    ParameterEntry(
      "well_drift_kelvins", \.wellDrift, .kelvins, standard: 1.5,
      range: 0.3...10, rule: .wellDrifts,
      group: "Wells",
      summary:
        "A well whose water is further from the others' than this, to the worse side, is chosen last.",
      source: "practice"),
    ParameterEntry(
      "well_cycle_kelvins", \.wellCycleDifference, .kelvins, standard: 1,
      range: 0.2...3, rule: .wellCycles,
      group: "Wells",
      summary:
        "At minimum flow with less difference than this a well cycles.",
      source: "practice"),
    ParameterEntry(
      "well_cycle_after_seconds", \.wellCycleAfter, .seconds, standard: 600,
      range: 60...7200, rule: .wellCycles,
      group: "Wells",
      summary:
        "How long that must last.",
      source: "practice"),
    ParameterEntry(
      "well_cycle_cold_celsius", \.wellCycleCold, .celsius, standard: 8,
      range: 4...15, rule: .wellCycles,
      group: "Wells",
      summary:
        "A cycling well starts when the source water is colder, in heating.",
      source: "practice"),
    ParameterEntry(
      "well_cycle_warm_celsius", \.wellCycleWarm, .celsius, standard: 22,
      range: 15...35, rule: .wellCycles,
      group: "Wells",
      summary:
        "The same in cooling: when it is warmer.",
      source: "practice"),
    ParameterEntry(
      "well_cycle_margin_kelvins", \.wellCycleMargin, .kelvins, standard: 1.5,
      range: 0.5...5, rule: .wellCycles,
      group: "Wells",
      summary:
        "A cycling well stops when the source water is this near to its own.",
      source: "practice"),
    ParameterEntry(
      "well_cycle_on_seconds", \.wellCycleOn, .seconds, standard: 1200,
      range: 120...7200, rule: .wellCycles,
      group: "Wells",
      summary:
        "A cycling well runs at least this long.",
      source: "submersible pump makers' manuals"),
    ParameterEntry(
      "well_balance_fraction", \.wellBalanceLeast, .fraction, standard: 0.01,
      range: 0.002...0.1, rule: .wellBalance,
      group: "Wells",
      summary:
        "Extracted and returned water that differ less than this over an hour are equal, however good the meters.",
      source: "practice: class 2 meters"),
    ParameterEntry(
      "well_balance_blank_seconds", \.wellBalanceBlank, .seconds, standard: 60,
      range: 0...1800, rule: .wellBalance,
      group: "Wells",
      summary:
        "The balance waits this long after a start or a purge.",
      source: "practice"),
    ParameterEntry(
      "far_end_interval_seconds", \.farEndInterval, .seconds, standard: 300, range: 30...3600,
      rule: .farEndReset, group: "Distribution",
      summary: "How often the pumps' set-point follows the far end.",
      source: "ASHRAE Guideline 36: trim and respond"),
    ParameterEntry(
      "distribution_alarm_celsius", \.distributionColdAlarm, .celsius, standard: 4.5,
      range: 1...10, rule: .distributionTooCold, group: "Distribution",
      summary: "Alarm when water comes back colder than this from consumers who heat.",
      source: "practice: plain water"),
    ParameterEntry(
      "distribution_stop_celsius", \.distributionColdStop, .celsius, standard: 3.5,
      range: 0.5...10, rule: .distributionTooCold, group: "Distribution",
      summary: "Colder than this the pumps stop, and with them the consumers' units.",
      source: "practice: plain water"),
    ParameterEntry(
      "distribution_cold_seconds", \.distributionColdTime, .seconds, standard: 60,
      range: 5...600, rule: .distributionTooCold, group: "Distribution",
      summary: "How long that must last.", source: "practice"),
    ParameterEntry(
      "distribution_source_celsius", \.distributionColdEnd, .celsius, standard: 6, range: 2...15,
      rule: .distributionTooCold, group: "Distribution",
      summary: "They stop only when the source's water is colder than this too.", source: "practice"
    ),
    ParameterEntry(
      "distribution_wait_seconds", \.distributionColdWait, .seconds, standard: 1200,
      range: 60...7200, rule: .distributionTooCold, group: "Distribution",
      summary: "After this long the pumps try again.", source: "practice"),
  ]
}
