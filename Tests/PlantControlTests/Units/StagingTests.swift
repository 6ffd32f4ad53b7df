import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// How many units run, and when the plant runs at all.
struct StagingTests {
  static let services: [BlockMode.Service] = [.heating, .transition, .cooling]

  @Test(
    "STAGE-06: the first unit starts once the supply is off by the demand band", arguments: services
  )
  func starts(_ service: BlockMode.Service) {
    var rig = StagingRig(service, outdoor: service == .cooling ? 30 : 0)
    rig.off(by: 1.9)
    rig.run(.hours(2))
    #expect(rig.stage == 0)
    #expect(rig.rule == .plantDisabled)
    rig.off(by: 2.1)
    rig.scan()
    #expect(rig.stage == 1)
  }

  @Test("STAGE-01: one more unit when the load has filled those that run for long")
  func stagesUp() {
    var rig = StagingRig()
    rig.settle(2)
    #expect(rig.stage == 2)
    rig.situation.load = Kilowatts(890)
    rig.run(.hours(1))
    #expect(rig.stage == 2)
    rig.situation.load = Kilowatts(960)
    rig.run(.minutes(14))
    #expect(rig.stage == 2)
    rig.run(.minutes(15))
    #expect(rig.stage == 3)
    #expect(rig.rule == .stageUp)
  }

  @Test("STAGE-02: one fewer when the rest can carry the load for long")
  func stagesDown() {
    var rig = StagingRig()
    rig.settle(3)
    rig.situation.load = Kilowatts(920)
    rig.run(.hours(1))
    #expect(rig.stage == 3)
    rig.situation.load = Kilowatts(800)
    rig.run(.minutes(14))
    #expect(rig.stage == 3)
    rig.run(.minutes(15))
    #expect(rig.stage == 2)
    #expect(rig.rule == .stageDown)
  }

  @Test(
    "STAGE-03: one more when the supply is far off whatever the load says",
    arguments: [(BlockMode.Service.heating, 2.5), (.cooling, 1.0)])
  func failsafe(service: BlockMode.Service, limit: Double) {
    var rig = StagingRig(service)
    rig.settle(2)
    rig.off(by: limit - 0.1)
    rig.run(.hours(1))
    #expect(rig.stage == 2)
    rig.off(by: limit + 0.1)
    rig.run(.minutes(14))
    #expect(rig.stage == 2)
    rig.run(.minutes(2))
    #expect(rig.stage == 3)
    #expect(rig.rule == .stageFailsafe)
  }

  @Test("STAGE-04: a stage lasts its least time, and waits until its units run")
  func stageHolds() {
    var rig = StagingRig()
    rig.settle(1)
    rig.situation.load = Kilowatts(3000)
    rig.running = 1
    rig.run(.minutes(40))
    #expect(rig.stage == 2)
    rig.running = nil
    var changes: [Instant] = []
    var stage = rig.stage
    while rig.stage < 6, rig.bench.now < Bench.start + .hours(8) {
      rig.scan()
      if rig.stage != stage { changes.append(rig.bench.now) }
      stage = rig.stage
    }
    #expect(changes.count == 4)
    for (next, last) in zip(changes.dropFirst(), changes) { #expect(next - last >= .minutes(15)) }
  }

  @Test("STAGE-05: what is not available is not waited for")
  func unavailable() {
    var rig = StagingRig()
    rig.settle(2)
    rig.situation.available = 2
    rig.situation.load = Kilowatts(1000)
    rig.run(.hours(1))
    #expect(rig.stage == 2)
    rig.situation.available = 6
    rig.situation.running = 2
    rig.run(.minutes(16))
    #expect(rig.stage == 3)
  }

  @Test("STAGE-06: the plant stops when its least load overshoots, and stands its least time")
  func stops() {
    var rig = StagingRig()
    rig.settle(1)
    rig.off(by: -3)
    rig.run(.minutes(10))
    #expect(rig.stage == 0)
    let stopped = rig.staging.enabledSince
    rig.off(by: 3)
    while rig.stage == 0, rig.bench.now < stopped + .hours(1) { rig.scan() }
    #expect(rig.bench.now - stopped >= rig.bench.plant.parameters.plantMinimumOff)
    #expect(rig.bench.now - stopped < .minutes(16))
    // And runs its least time.
    let started = rig.bench.now
    rig.off(by: -3)
    while rig.stage > 0, rig.bench.now < started + .hours(1) { rig.scan() }
    #expect(rig.bench.now - started >= rig.bench.plant.parameters.plantMinimumOn)
    #expect(rig.bench.now - started < .minutes(20))
  }

  @Test(
    "STAGE-07: outdoor lock-outs have a band",
    arguments: [
      (BlockMode.Service.heating, 18.4, 18.6, 17.6, 17.4),
      (.transition, 18.4, 18.6, 17.6, 17.4), (.cooling, 14.6, 14.4, 15.4, 15.6),
    ])
  func lockOut(
    service: BlockMode.Service, holds: Double, locks: Double, stays: Double, frees: Double
  ) {
    var rig = StagingRig(service)
    rig.settle(2)
    for (outdoor, runs) in [(holds, true), (locks, false), (stays, false), (frees, true)] {
      rig.bench.show(rig.bench.plant.site.outdoorTemperature, Celsius(outdoor))
      rig.off(by: 3)
      rig.run(.minutes(20))
      #expect((rig.stage > 0) == runs, "\(outdoor) °C")
      if !runs { #expect(rig.rule == .outdoorLockOut) }
    }
    rig.bench.lose(rig.bench.plant.site.outdoorTemperature.point)
    rig.run(.hours(1))
    #expect(rig.stage > 0)
  }

  @Test("Nothing runs without a row, or in a mode that is off")
  func noRow() {
    var rig = StagingRig()
    rig.settle(3)
    rig.situation.blockHeld = false
    rig.scan()
    #expect(rig.stage == 0)
    #expect(rig.rule == .blockNotInPosition)
    var other = StagingRig()
    other.settle(3)
    other.situation.service = .off
    other.scan()
    #expect(other.stage == 0)
    #expect(other.rule == .modeOff)
    // Off serves no row: the mode is what an operator must hear of.
    other.situation.blockHeld = false
    other.scan()
    #expect(other.rule == .modeOff)
  }

  @Test(
    "RECOVERY-02: beside recovery the first main unit waits until recovery cannot hold the water")
  func recoveryFirst() {
    var rig = StagingRig(.cooling)
    rig.situation.recoveryHelps = true
    rig.off(by: 0.9)
    rig.run(.hours(1))
    #expect(rig.stage == 0)
    rig.off(by: 1.1)
    rig.run(.minutes(14))
    #expect(rig.stage == 0)
    rig.run(.minutes(2))
    #expect(rig.stage == 1)
  }

  @Test("STAGE-09: the load follows the supply within its range, and keeps its sum when staged")
  func supplyLoop() {
    var rig = StagingRig()
    rig.settle(2)
    rig.off(by: 5)
    rig.run(.minutes(10))
    #expect(rig.staging.load == .one)
    rig.off(by: -1.5)
    rig.run(.minutes(14))
    #expect(rig.staging.load.value < 0.6)
    #expect(rig.staging.load.value >= 0.25)
    let held = rig.staging.load
    rig.situation.supply = nil
    rig.run(.minutes(5))
    #expect(rig.staging.load == held)
  }

  @Test("Without the heat meter the load commands stand for the load")
  func lostMeter() {
    var rig = StagingRig()
    rig.settle(2)
    rig.situation.load = nil
    rig.off(by: 1)
    rig.run(.hours(3))
    #expect(rig.stage > 2)
  }
}
