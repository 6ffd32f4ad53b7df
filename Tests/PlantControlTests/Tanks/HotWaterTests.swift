import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// Who comes first, and which valves stand open.
struct HotWaterTests {
  @Test("TANK-03: the pool waits while the hot water is far below its set-point")
  func poolWaitsForTheHotWater() {
    var rig = TankRig()
    rig.setPool(27)
    rig.setHotWater(top: 42, middle: 42)
    rig.scan()
    #expect(rig.control.opens == [true, false])
    #expect(rig.rule(TankRig.pool) == .hotWaterFirst)
    rig.setHotWater(top: 44.9, middle: 44)
    rig.scan()
    #expect(rig.control.opens == [true, false])
    rig.setHotWater(top: 45, middle: 44)
    rig.scan()
    #expect(rig.control.opens == [true, true])
    rig.setHotWater(top: 44.5, middle: 44)
    rig.scan()
    #expect(rig.control.opens == [true, true])
  }

  @Test("TANK-03: the pool has what the hot water cannot take, not while that is low")
  func poolHasWhatTheHotWaterLeaves() {
    var rig = TankRig()
    rig.setPool(27)
    rig.setHotWater(top: 42, middle: 42)
    rig.setSupply(45)
    rig.run(.minutes(30))
    #expect(rig.control.opens == [true, false])
    rig.setSupply(48.1)
    rig.run(.minutes(4))
    #expect(rig.control.opens == [true, false])
    rig.run(.minutes(2))
    #expect(rig.control.opens == [true, true])
    rig.setSupply(44)
    rig.run(.minutes(30))
    #expect(rig.control.opens == [true, true])
    rig.setHotWater(top: 41.4, middle: 41)
    rig.setSupply(50)
    rig.run(.minutes(30))
    #expect(rig.control.opens == [true, false])
  }

  @Test("RECOVERY-04: a dropped pool takes no heat and is no reason to make any")
  func droppedPoolTakesNoHeat() {
    var rig = TankRig()
    rig.setPool(27)
    rig.scan()
    #expect(rig.control.isWanted)
    #expect(rig.control.demand(rig.bench.plant) == Kilowatts(700))
    rig.dropsPool = true
    rig.scan()
    #expect(!rig.control.isWanted)
    #expect(rig.control.demand(rig.bench.plant) == .zero)
    #expect(rig.control.opens == [false, false])
    #expect(rig.rule(TankRig.pool) == .recoveryDropPool)
  }

  @Test("TANK-08: a way stays open as long as pumps run, and none without them")
  func lastWayStaysOpen() {
    var rig = TankRig()
    rig.setHotWater(top: 42, middle: 42)
    rig.keepsPath = true
    rig.open = [0]
    rig.scan()
    rig.setHotWater(top: 48, middle: 47)
    rig.run(.minutes(5))
    #expect(!rig.control.isWanted)
    #expect(rig.control.opens == [true, false])
    rig.keepsPath = false
    rig.scan()
    #expect(rig.control.opens == [false, false])
  }

  @Test("TANK-08: from tank to pool the old valve waits until the new one is proven open")
  func oldValveWaitsForTheNew() {
    var rig = TankRig()
    rig.keepsPath = true
    rig.setHotWater(top: 42, middle: 42)
    rig.open = [0]
    rig.scan()
    rig.setHotWater(top: 48, middle: 47)
    rig.setPool(27)
    rig.run(.seconds(40))
    #expect(rig.control.opens == [true, true])
    rig.open = [0, 1]
    rig.scan()
    #expect(rig.control.opens == [false, true])
  }

  @Test("TANK-08: a pool that may not be heated hands the run-on over to the tank")
  func hotPoolHandsTheRunOnOver() {
    var rig = TankRig()
    rig.keepsPath = true
    rig.setPool(27)
    rig.open = [1]
    rig.scan()
    #expect(rig.control.opens == [false, true])
    rig.setOutlet(41)
    rig.scan()
    #expect(rig.control.opens == [true, true])
    rig.open = [0, 1]
    rig.scan()
    #expect(rig.control.opens == [true, false])
  }

  @Test("What a tank wants survives a restart")
  func wantsSurviveARestart() {
    var rig = TankRig()
    rig.setHotWater(top: 42, middle: 42)
    rig.scan()
    var writer = ArchiveWriter()
    rig.control.persist(in: &writer, plant: rig.bench.plant)
    var reader = ArchiveReader(rows: writer.rows)
    var next = TankRig()
    next.setHotWater(top: 45, middle: 44)
    next.control.persist(in: &reader, plant: next.bench.plant)
    next.scan()
    #expect(next.isCharging(TankRig.hotWater))
  }
}
