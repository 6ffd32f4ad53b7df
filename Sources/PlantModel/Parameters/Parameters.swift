public import Quantities

/// Every number that a rule uses: data from the configuration, never typed into code.
///
/// `catalogue` gives each its key, unit, default, range, rule and source.
public struct Parameters: Sendable, Equatable {
  // Proofs.
  public var proofOfRunning = TimeSpan.zero
  public var proofOfFlow = TimeSpan.zero
  public var proofMaximumAge = TimeSpan.zero
  public var runOn = TimeSpan.zero
  // Change-over.
  public var strokeLimit = TimeSpan.zero
  public var stuckLimit = TimeSpan.zero
  public var evaporatorWindowLow = Celsius(0)
  public var evaporatorWindowHigh = Celsius(0)
  public var condenserWindowLow = Celsius(0)
  public var condenserWindowHigh = Celsius(0)
  public var valvePressureLimit = Kilopascals.zero
  public var condenserWarmEnough = Celsius(0)
  public var condenserWarmLeaving = Celsius(0)
  public var condenserWarmLimit = TimeSpan.zero
  public var windowMargin = TemperatureDifference.zero
  // Seasons.
  public var seasonDwell = TimeSpan.zero
  public var heatingBelow = Celsius(0)
  public var coolingAbove = Celsius(0)
  public var heatingLockOut = Celsius(0)
  public var coolingLockOut = Celsius(0)
  public var lockOutHysteresis = TemperatureDifference.zero
  // Staging.
  public var loadMeanTime = TimeSpan.zero
  public var stageUpRatio = Fraction.zero
  public var stageDelay = TimeSpan.zero
  public var failsafeHeating = TemperatureDifference.zero
  public var failsafeCooling = TemperatureDifference.zero
  public var unitStartLimit = TimeSpan.zero
  public var demandBand = TemperatureDifference.zero
  public var unitMinimumOn = TimeSpan.zero
  public var unitMinimumOff = TimeSpan.zero
  public var plantMinimumOff = TimeSpan.zero
  public var plantMinimumOn = TimeSpan.zero
  public var demandGone = TimeSpan.zero
  public var crankcasePowerOff = TimeSpan.zero
  public var crankcasePreheat = TimeSpan.zero
  // Supply.
  public var heatingSupply = Celsius(0)
  public var transitionSupply = Celsius(0)
  public var coolingSupply = Celsius(0)
  public var hotSupply = Celsius(0)
  public var supplyIntegralTime = TimeSpan.zero
  public var supplyGain = Fraction.zero
  // Freeze.
  public var freezeUnloadAt = Celsius(0)
  public var freezeAlarmAt = Celsius(0)
  public var freezeStopAt = Celsius(0)
  // Pumps.
  public var pumpGain = Fraction.zero
  public var pumpIntegralTime = TimeSpan.zero
  public var pumpSlope = Fraction.zero
  public var pumpStageTime = TimeSpan.zero
  public var pumpStageMargin = Fraction.zero
  public var pumpFailsafePressure = Kilopascals.zero
  public var pumpFailsafeTime = TimeSpan.zero
  public var leadOffDelay = TimeSpan.zero
  public var uncommandedLimit = TimeSpan.zero
  public var swapInterval = TimeSpan.zero
  public var pumpRetry = TimeSpan.zero
  public var pumpTripRetry = TimeSpan.zero
  // Recovery.
  public var recoveryWanted = TimeSpan.zero
  public var recoveryLoads = TimeSpan.zero
  public var recoveryHolds = TemperatureDifference.zero
  public var coldLimit = Celsius(0)
  public var coldUnloaded = Celsius(0)
  public var dropPoolAt = Celsius(0)
  public var dropPoolAtOnce = Celsius(0)
  public var dropPoolAfter = TimeSpan.zero
  public var dropPoolAtOnceAfter = TimeSpan.zero
  public var coastAbove = Celsius(0)
  public var coastEnd = Celsius(0)
  public var toGroundAfter = TimeSpan.zero
  public var backLoadRatio = Fraction.zero
  public var backAfter = TimeSpan.zero
  public var eveningCharge = TimeSpan.zero
  public var eveningExtra = TemperatureDifference.zero
  public var loadSlope = Fraction.zero
  public var secondCondenserDwell = TimeSpan.zero
  public var secondCondenserLimit = Celsius(0)
  // Tanks.
  public var exchangerLimit = Celsius(0)
  public var exchangerBand = TemperatureDifference.zero
  public var tankColdAfter = TimeSpan.zero
  public var poolLimit = Celsius(0)
  // Make-up.
  public var fillLimit = TimeSpan.zero
  public var leakADay = Fraction.zero
  // Frost.
  public var frostOn = Celsius(0)
  public var frostOff = Celsius(0)
  // Wells.
  public var wellDifference = TemperatureDifference.zero
  public var wellGain = Fraction.zero
  public var wellIntegralTime = TimeSpan.zero
  public var wellProofOfFlow = TimeSpan.zero
  public var wellMinimumOff = TimeSpan.zero
  public var wellAddRatio = Fraction.zero
  public var wellDropRatio = Fraction.zero
  public var wellStageTime = TimeSpan.zero
  public var wellDryRunRatio = Fraction.zero
  public var wellDryRunTime = TimeSpan.zero
  public var wellDryRunMask = TimeSpan.zero
  public var wellTripRetry = TimeSpan.zero
  public var wellLockOutWindow = TimeSpan.zero
  public var wellBackSpinLoss = Kilopascals.zero
  public var wellPressure = Kilopascals.zero
  public var wellVacuumAlarm = Kilopascals.zero
  public var wellVacuumStop = Kilopascals.zero
  public var wellVacuumTime = TimeSpan.zero
  public var wellPurge = TimeSpan.zero
  public var wellPurgeAfter = TimeSpan.zero
  public var wellColdest = Celsius(0)
  public var wellDrift = TemperatureDifference.zero
  public var wellCycleDifference = TemperatureDifference.zero
  public var wellCycleAfter = TimeSpan.zero
  public var wellCycleCold = Celsius(0)
  public var wellCycleWarm = Celsius(0)
  public var wellCycleMargin = TemperatureDifference.zero
  public var wellCycleOn = TimeSpan.zero
  public var wellBalanceLeast = Fraction.zero
  public var wellBalanceBlank = TimeSpan.zero
  // Distribution.
  public var farEndInterval = TimeSpan.zero
  public var distributionColdAlarm = Celsius(0)
  public var distributionColdStop = Celsius(0)
  public var distributionColdTime = TimeSpan.zero
  public var distributionColdEnd = Celsius(0)
  public var distributionColdWait = TimeSpan.zero
  // Restart.
  public var settleTime = TimeSpan.zero
  public var staggerPumps = TimeSpan.zero
  public var staggerUnits = TimeSpan.zero
  // Lost values.
  public var sensorHold = TimeSpan.zero
  public var safeSpeed = Fraction.zero

  /// Every parameter at its default; those that only the site knows are zero until it says.
  public init() {
    for entry in Parameters.catalogue {
      if let value = entry.standard { entry.set(&self, value) }
    }
  }
}
