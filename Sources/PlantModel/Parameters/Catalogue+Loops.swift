import Quantities

extension Parameters {
  /// Pumps, recovery, tanks, make-up, frost, restart and lost values.
  static let loopCatalogue: [ParameterEntry] = [
    ParameterEntry(
      "pump_gain_fraction", \.pumpGain, .fraction, standard: 1, range: 0.05...10,
      rule: .pressureLoop,
      group: "Pumps",
      summary: "Gain of the differential-pressure loops, both sides scaled to percent.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "pump_integral_seconds", \.pumpIntegralTime, .seconds, standard: 60, range: 5...600,
      rule: .pressureLoop,
      group: "Pumps", summary: "Integral time of the differential-pressure loops.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "pump_slope_fraction", \.pumpSlope, .fraction, standard: 0.25, range: 0.02...2,
      rule: .pressureLoop,
      group: "Pumps",
      summary: "The most that a loop moves the speed in a minute, as part of full speed.",
      source: "practice"),
    ParameterEntry(
      "pump_stage_seconds", \.pumpStageTime, .seconds, standard: 600, range: 60...3600,
      rule: .stagedPump,
      group: "Pumps", summary: "How long a reason to stage pumps must last.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "pump_stage_margin_fraction", \.pumpStageMargin, .fraction, standard: 0.03, range: 0...0.2,
      rule: .stagedPump,
      group: "Pumps", summary: "Pumps are staged at n/N less this part of the design flow.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "pump_failsafe_kilopascals", \.pumpFailsafePressure, .kilopascals, standard: 10,
      range: 2...100, rule: .stagedPump,
      group: "Pumps",
      summary: "One more pump at full speed with the pressure this far below its set-point.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "pump_failsafe_seconds", \.pumpFailsafeTime, .seconds, standard: 300, range: 30...1800,
      rule: .stagedPump,
      group: "Pumps", summary: "How long that must last.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "lead_off_delay_seconds", \.leadOffDelay, .seconds, standard: 180, range: 0...1800,
      rule: .runOn,
      group: "Pumps", summary: "The lead pump goes on this long after flow is no longer wanted.",
      source: "ASHRAE Guideline 36"),
    ParameterEntry(
      "uncommanded_limit_seconds", \.uncommandedLimit, .seconds, standard: 60, range: 10...600,
      rule: .pumpFailed,
      group: "Pumps", summary: "A pump that runs unasked for longer is an alarm.",
      source: "practice"),
    ParameterEntry(
      "swap_interval_hours", \.swapInterval, .hours, standard: 168, range: 24...2160,
      rule: .scheduledSwap,
      group: "Pumps", summary: "How often the lead changes.",
      source: "practice"),
    ParameterEntry(
      "pump_retry_seconds", \.pumpRetry, .seconds, standard: 1800, range: 60...86400,
      rule: .pumpFailed,
      group: "Pumps",
      summary:
        "A pump that did not prove itself, or any unit that failed, may be tried again after this.",
      source: "practice"),
    ParameterEntry(
      "pump_trip_retry_seconds", \.pumpTripRetry, .seconds, standard: 60, range: 5...3600,
      rule: .pumpFailed,
      group: "Pumps",
      summary: "A pump that tripped, was local or away is looked at again after this.",
      source: "practice"),
    ParameterEntry(
      "recovery_wanted_seconds", \.recoveryWanted, .seconds, standard: 900, range: 60...7200,
      rule: .recoveryEnter,
      group: "Recovery", summary: "Both sides must have wanted recovery for this long.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "recovery_loads_seconds", \.recoveryLoads, .seconds, standard: 600, range: 60...7200,
      rule: .recoveryEnter,
      group: "Recovery", summary: "Both loads must exceed the unit's least for this long.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "recovery_holds_kelvins", \.recoveryHolds, .kelvins, standard: 1, range: 0.2...5,
      rule: .recoveryFirst,
      group: "Recovery",
      summary:
        "No main unit runs while recovery alone holds the chilled water to this above its set-point.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "cold_limit_celsius", \.coldLimit, .celsius, standard: 6.5, range: 4.5...12,
      rule: .coldLimiter,
      group: "Recovery", summary: "The chilled water that the cold limiter holds.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "cold_unloaded_celsius", \.coldUnloaded, .celsius, standard: 6, range: 4.2...12,
      rule: .coldLimiter,
      group: "Recovery", summary: "The unit is fully unloaded here.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "drop_pool_celsius", \.dropPoolAt, .celsius, standard: 6, range: 4.2...12,
      rule: .recoveryDropPool,
      group: "Recovery", summary: "At least load and below this the pool is dropped.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "drop_pool_seconds", \.dropPoolAfter, .seconds, standard: 180, range: 30...1800,
      rule: .recoveryDropPool,
      group: "Recovery", summary: "How long that must last.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "drop_pool_at_once_celsius", \.dropPoolAtOnce, .celsius, standard: 5, range: 4.1...12,
      rule: .recoveryDropPool,
      group: "Recovery", summary: "The same, below this, sooner.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "drop_pool_at_once_seconds", \.dropPoolAtOnceAfter, .seconds, standard: 60, range: 10...600,
      rule: .recoveryDropPool,
      group: "Recovery", summary: "How long that must last.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "coast_above_celsius", \.coastAbove, .celsius, standard: 45, range: 35...55,
      rule: .recoveryCoast,
      group: "Recovery",
      summary: "With the tank above this, recovery may coast on the cooling row.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "coast_end_celsius", \.coastEnd, .celsius, standard: 11, range: 8...18, rule: .recoveryCoast,
      group: "Recovery", summary: "Coasting ends when the chilled loop has warmed to this.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "to_ground_after_hours", \.toGroundAfter, .hours, standard: 2, range: 0.25...24,
      rule: .recoveryToGround,
      group: "Recovery", summary: "Cooling off or too low for longer sends recovery to the ground.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "back_load_ratio_fraction", \.backLoadRatio, .fraction, standard: 1.3, range: 1...3,
      rule: .recoveryBack,
      group: "Recovery",
      summary: "Back to the cooling circuit when its load exceeds the unit's least by this factor.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "back_after_seconds", \.backAfter, .seconds, standard: 900, range: 60...7200,
      rule: .recoveryBack,
      group: "Recovery", summary: "How long that must last.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "evening_charge_hours", \.eveningCharge, .hours, standard: 18, range: 0...24,
      rule: .recoveryEnter,
      group: "Recovery",
      summary: "From this hour, while cooling is still wanted, tanks are charged to their maximum.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "evening_extra_kelvins", \.eveningExtra, .kelvins, standard: 0.5, range: 0...2,
      rule: .recoveryEnter,
      group: "Recovery", summary: "How far above its set-point the pool is charged then.",
      source: "heat-recovery chiller practice"),
    ParameterEntry(
      "load_slope_fraction", \.loadSlope, .fraction, standard: 0.25, range: 0.02...2,
      rule: .loadFollowsDemand,
      group: "Recovery",
      summary: "The most that the load rises in a minute; the cold limiter lowers it at once.",
      source: "heat-pump makers' practice"),
    ParameterEntry(
      "second_condenser_dwell_seconds", \.secondCondenserDwell, .seconds, standard: 600,
      range: 600...7200, rule: .secondCondenserDwell,
      group: "Recovery", summary: "The least time between two turns of a running unit.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "second_condenser_limit_celsius", \.secondCondenserLimit, .celsius, standard: 57,
      range: 45...65, rule: .secondCondenserHot,
      group: "Recovery", summary: "A unit is turned back above this at its second condenser.",
      source: "heat-pump makers' manuals"),
    ParameterEntry(
      "exchanger_limit_celsius", \.exchangerLimit, .celsius, standard: 40, range: 30...50,
      rule: .poolExchangerLimit,
      group: "Tanks", summary: "The hottest pool water behind its exchanger.",
      source: "pool practice"),
    ParameterEntry(
      "exchanger_band_kelvins", \.exchangerBand, .kelvins, standard: 3, range: 0.5...15,
      rule: .poolExchangerLimit,
      group: "Tanks",
      summary: "Charging goes on once the exchanger has cooled this far below its limit.",
      source: "practice"),
    ParameterEntry(
      "pool_limit_celsius", \.poolLimit, .celsius, standard: nil, range: 20...40,
      rule: .poolExchangerLimit,
      group: "Tanks", summary: "The hottest pool water.",
      source: "site"),
    ParameterEntry(
      "tank_cold_seconds", \.tankColdAfter, .seconds, standard: 1800, range: 60...86400,
      rule: .tankCharging,
      group: "Tanks", summary: "A tank below its minimum for longer is an alarm.",
      source: "practice"),
    ParameterEntry(
      "fill_limit_seconds", \.fillLimit, .seconds, standard: 120, range: 10...1800,
      rule: .fillTooLong,
      group: "Make-up", summary: "A fill that lasts longer is a leak.",
      source: "practice"),
    ParameterEntry(
      "leak_a_day_fraction", \.leakADay, .fraction, standard: 0.005, range: 0.0005...0.1,
      rule: .fillTooLong,
      group: "Make-up", summary: "A loss of more than this part of the volume a day is a leak.",
      source: "practice"),
    ParameterEntry(
      "frost_on_celsius", \.frostOn, .celsius, standard: 4, range: 1...10, rule: .frostCirculation,
      group: "Frost", summary: "Circulation starts below this.",
      source: "practice"),
    ParameterEntry(
      "frost_off_celsius", \.frostOff, .celsius, standard: 6, range: 2...15,
      rule: .frostCirculation,
      group: "Frost", summary: "And stops above this.",
      source: "practice"),
    ParameterEntry(
      "settle_seconds", \.settleTime, .seconds, standard: 120, range: 0...600,
      rule: .restartSettling,
      group: "Restart", summary: "After a start nothing moves for this long.",
      source: "practice"),
    ParameterEntry(
      "stagger_pumps_seconds", \.staggerPumps, .seconds, standard: 15, range: 0...300,
      rule: .powerReturnStagger,
      group: "Restart", summary: "Circulation pumps start this far apart.",
      source: "practice"),
    ParameterEntry(
      "stagger_units_seconds", \.staggerUnits, .seconds, standard: 60, range: 0...600,
      rule: .powerReturnStagger,
      group: "Restart", summary: "Units start this far apart.",
      source: "practice"),
    ParameterEntry(
      "sensor_hold_seconds", \.sensorHold, .seconds, standard: 300, range: 10...3600,
      rule: .sensorLost,
      group: "Lost values", summary: "A loop holds its output for this long without its sensor.",
      source: "practice"),
    ParameterEntry(
      "safe_speed_fraction", \.safeSpeed, .fraction, standard: 0.7, range: 0.3...1,
      rule: .holdSpeed,
      group: "Lost values", summary: "And then runs its pumps at this part of full speed.",
      source: "practice"),
  ]
}
