import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// When one tank wants heat and may have it.
struct TankTests {
  /// What a tank shows in one scan, and what follows.
  struct Cycle: Sendable {
    var top: Double
    var middle: Double
    var charges: Bool
  }

  @Test("TANK-01, TANK-02: charged from a band below the set-point until both sensors are warm")
  func tankIsChargedThroughItsBand() {
    let cycles = [
      Cycle(top: 47, middle: 46, charges: false), Cycle(top: 43.1, middle: 42, charges: false),
      Cycle(top: 42.9, middle: 42, charges: true), Cycle(top: 45, middle: 40, charges: true),
      Cycle(top: 47.5, middle: 42.9, charges: true), Cycle(top: 47.5, middle: 43, charges: false),
      Cycle(top: 44, middle: 43, charges: false),
    ]
    var rig = TankRig()
    for cycle in cycles {
      rig.setHotWater(top: cycle.top, middle: cycle.middle)
      rig.scan()
      #expect(rig.isCharging(TankRig.hotWater) == cycle.charges, "at \(cycle.top) °C")
    }
  }

  @Test("TANK-04: a pool is heated only while its filter's flow is proven")
  func poolNeedsItsFilter() {
    var rig = TankRig()
    rig.setPool(27)
    rig.setFilter(false)
    rig.scan()
    #expect(!rig.isCharging(TankRig.pool))
    #expect(rig.rule(TankRig.pool) == .poolFilterFlow)
    #expect(rig.bench.hasAlarm(.poolFilterFlow, .tank(TankID(1))))
    rig.setFilter(true)
    rig.scan()
    #expect(rig.isCharging(TankRig.pool))
    rig.bench.lose(rig.tanks[1].filterFlow!.point)
    rig.scan()
    #expect(!rig.isCharging(TankRig.pool))
  }

  @Test("TANK-04: a filter that stands while the pool is warm is no alarm")
  func standingFilterOfAWarmPoolIsNoAlarm() {
    var rig = TankRig()
    rig.setFilter(false)
    rig.scan()
    #expect(!rig.bench.hasAlarm(.poolFilterFlow, .tank(TankID(1))))
    #expect(rig.rule(TankRig.pool) == .tankSatisfied)
  }

  @Test("TANK-05: water above the limit behind the exchanger ends charging until it has cooled")
  func hotExchangerEndsCharging() {
    var rig = TankRig()
    rig.setPool(27)
    rig.scan()
    #expect(rig.isCharging(TankRig.pool))
    rig.setOutlet(40.1)
    rig.scan()
    #expect(!rig.isCharging(TankRig.pool))
    #expect(rig.rule(TankRig.pool) == .poolExchangerLimit)
    #expect(rig.bench.hasAlarm(.poolExchangerHot, .tank(TankID(1))))
    rig.setOutlet(38)
    rig.scan()
    #expect(!rig.isCharging(TankRig.pool))
    rig.setOutlet(36.9)
    rig.scan()
    #expect(rig.isCharging(TankRig.pool))
  }

  @Test("TANK-05: a pool above its limit is not heated whatever its set-point")
  func poolAboveItsLimitIsNotHeated() {
    var rig = TankRig()
    rig.bench.plant.tanks[1].setpoint = Celsius(35)
    rig.setPool(29.1)
    rig.scan()
    #expect(!rig.isCharging(TankRig.pool))
    #expect(rig.rule(TankRig.pool) == .poolExchangerLimit)
    rig.setPool(28.8)
    rig.scan()
    #expect(!rig.isCharging(TankRig.pool))
    rig.setPool(28.6)
    rig.scan()
    #expect(rig.isCharging(TankRig.pool))
  }

  @Test("TANK-07: a tank without its sensor goes on for a while, then is not charged")
  func lostSensorEndsCharging() {
    var rig = TankRig()
    rig.setHotWater(top: 40, middle: 40)
    rig.scan()
    rig.bench.lose(rig.tanks[0].temperature.point)
    rig.run(.seconds(299))
    #expect(rig.isCharging(TankRig.hotWater))
    rig.run(.seconds(3))
    #expect(!rig.isCharging(TankRig.hotWater))
    #expect(rig.rule(TankRig.hotWater) == .tankSensorLost)
    #expect(rig.bench.hasAlarm(.sensorLost, .tank(TankID(0))))
    rig.setHotWater(top: 40, middle: 40)
    rig.scan()
    #expect(rig.isCharging(TankRig.hotWater))
    #expect(!rig.bench.hasAlarm(.sensorLost, .tank(TankID(0))))
  }

  @Test("TANK-07: a pool whose exchanger cannot be watched is not heated for long")
  func poolWithoutItsOutletSensorIsNotHeated() {
    var rig = TankRig()
    rig.setPool(27)
    rig.scan()
    rig.bench.lose(rig.tanks[1].exchangerOutlet!.point)
    rig.run(.seconds(299))
    #expect(rig.isCharging(TankRig.pool))
    rig.run(.seconds(3))
    #expect(!rig.isCharging(TankRig.pool))
  }

  @Test("A tank below its minimum is an alarm once it lasts")
  func coldTankIsAnAlarmOnceItLasts() {
    var rig = TankRig()
    rig.setHotWater(top: 39.9, middle: 35)
    rig.run(.minutes(29), every: .seconds(10))
    #expect(!rig.bench.hasAlarm(.tankCold, .tank(TankID(0))))
    #expect(rig.control.isShort(rig.bench.plant, rig.bench.image))
    rig.run(.minutes(2), every: .seconds(10))
    #expect(rig.bench.hasAlarm(.tankCold, .tank(TankID(0))))
  }

  @Test("RECOVERY-01: in the evening the tank is topped up and the pool goes higher")
  func eveningStoresHeat() {
    var rig = TankRig()
    rig.setHotWater(top: 44.9, middle: 44)
    rig.setPool(27.6)
    rig.scan()
    #expect(!rig.control.isWanted)
    rig.evening = true
    rig.scan()
    #expect(rig.isCharging(TankRig.hotWater))
    #expect(rig.isCharging(TankRig.pool))
    rig.setHotWater(top: 47, middle: 46)
    rig.setPool(28)
    rig.scan()
    #expect(!rig.control.isWanted)
  }

  @Test("RECOVERY-05: only a tank that is warm and half charged lets recovery coast")
  func onlyAChargedTankLetsRecoveryCoast() {
    var rig = TankRig()
    let may = { (rig: TankRig) in rig.control.mayCoast(rig.bench.plant, rig.bench.image) }
    #expect(may(rig))
    rig.setHotWater(top: 44.9, middle: 46)
    #expect(!may(rig))
    rig.setHotWater(top: 46, middle: 39.9)
    #expect(!may(rig))
    rig.setHotWater(top: 46, middle: 44)
    rig.bench.lose(rig.tanks[0].middleTemperature!.point)
    #expect(!may(rig))
  }
}
