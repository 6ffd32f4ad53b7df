import PlantModel
import Quantities
import Testing

@testable import PlantControl

/// How many pumps run and how fast.
struct PumpSpeedTests {
  @Test("PUMP-04: one more pump once the flow has been past its threshold for the stage time")
  func stagesUpOnFlow() {
    var rig = PumpRig()
    rig.bench.show(rig.circuit.flow, CubicMetersPerHour(96))
    rig.run(.minutes(9))
    #expect(rig.count == 1)
    rig.run(.minutes(1.2))
    #expect(rig.count == 2)
  }

  @Test("PUMP-04: a dip below the threshold starts the stage time anew")
  func dipStartsTheStageTimeAnew() {
    var rig = PumpRig()
    rig.bench.show(rig.circuit.flow, CubicMetersPerHour(96))
    rig.run(.minutes(9))
    rig.bench.show(rig.circuit.flow, CubicMetersPerHour(93))
    rig.scan()
    rig.bench.show(rig.circuit.flow, CubicMetersPerHour(96))
    rig.run(.minutes(9))
    #expect(rig.count == 1)
  }

  @Test("PUMP-04: down again when fewer pumps would do, not when the open branches need them")
  func stagesDownOnFlow() {
    var rig = PumpRig()
    rig.demand.flow = CubicMetersPerHour(200)
    rig.run(.minutes(1))
    rig.bench.show(rig.circuit.flow, CubicMetersPerHour(80))
    rig.run(.minutes(30))
    #expect(rig.count == 2)
    rig.demand.flow = CubicMetersPerHour(90)
    rig.run(.minutes(9))
    #expect(rig.count == 2)
    rig.run(.minutes(2))
    #expect(rig.count == 1)
  }

  @Test("PUMP-04: full speed that does not reach the set-point brings one more pump")
  func failsafeStagesUp() {
    var rig = PumpRig()
    rig.bench.show(rig.circuit.flow, CubicMetersPerHour(80))
    rig.bench.show(rig.circuit.differentialPressure, Kilopascals(180))
    rig.run(.minutes(4))
    #expect(rig.count == 1)
    rig.run(.minutes(8))
    #expect(rig.control.speed > Fraction(0.99))
    #expect(rig.count == 2)
  }

  @Test("PUMP-04: without the flow sensor the open branches decide")
  func stagesByDesignFlowWithoutASensor() {
    var rig = PumpRig()
    rig.bench.lose(rig.circuit.flow.point)
    rig.demand.flow = CubicMetersPerHour(200)
    rig.run(.minutes(1))
    #expect(rig.count == 2)
    rig.demand.flow = CubicMetersPerHour(90)
    rig.run(.minutes(11))
    #expect(rig.count == 1)
  }

  @Test("PUMP-09: too little pressure raises the speed, never faster than its slope")
  func speedFollowsPressureByItsSlope() {
    var rig = PumpRig()
    rig.run(.seconds(5))
    rig.bench.show(rig.circuit.differentialPressure, Kilopascals(100))
    var last = rig.control.speed
    for _ in 0..<60 {
      rig.scan()
      #expect(rig.control.speed.value - last.value <= 0.25 / 60 + 1e-9)
      last = rig.control.speed
    }
    #expect(rig.control.speed > Fraction(0.9))
    #expect(
      rig.bench.board.outputs.value(rig.pump(0).speedCommand) == rig.control.speed.value * Hertz(50)
    )
  }

  @Test("PUMP-09: nothing winds up: at the set-point the speed leaves its end at once")
  func nothingWindsUp() {
    var rig = PumpRig()
    rig.bench.show(rig.circuit.differentialPressure, Kilopascals(150))
    rig.run(.hours(1))
    #expect(rig.control.speed > Fraction(0.999))
    rig.bench.show(rig.circuit.differentialPressure, Kilopascals(220))
    rig.run(.seconds(30))
    #expect(rig.control.speed < Fraction(0.95))
  }

  @Test("PUMP-09: pumps of a group turn at one speed, and never below their least")
  func allTurnAtOneSpeed() {
    var rig = PumpRig()
    rig.demand.flow = CubicMetersPerHour(200)
    rig.bench.show(rig.circuit.differentialPressure, Kilopascals(400))
    rig.run(.minutes(10))
    let outputs = rig.bench.board.outputs
    #expect(rig.count == 2)
    #expect(outputs.value(rig.pump(0).speedCommand) == Hertz(20))
    #expect(outputs.value(rig.pump(1).speedCommand) == Hertz(20))
    #expect(outputs.value(rig.pump(2).speedCommand) == .zero)
  }

  @Test("PUMP-13: without its sensor the speed is held, then goes to the safe one by its slope")
  func speedIsHeldAndThenSafe() {
    var rig = PumpRig { $0.safeSpeed = Fraction(0.5) }
    rig.bench.show(rig.circuit.differentialPressure, Kilopascals(180))
    rig.run(.minutes(2))
    let held = rig.control.speed
    #expect(held > Fraction(0.6))
    rig.bench.lose(rig.circuit.differentialPressure.point)
    rig.run(.seconds(299))
    #expect(rig.control.speed == held)
    let command = rig.bench.board.outputs[rig.pump(0).speedCommand.point]
    #expect(command.reason.rule == .holdSpeed)
    rig.run(.seconds(5))
    #expect(rig.control.speed < held)
    #expect(rig.control.speed.value > held.value - 0.03)
    rig.run(.minutes(3))
    #expect(rig.control.speed == Fraction(0.5))
  }

  @Test("PUMP-09: the sensor comes back without a bump")
  func sensorComesBackWithoutABump() {
    var rig = PumpRig()
    rig.run(.minutes(1))
    rig.bench.lose(rig.circuit.differentialPressure.point)
    rig.run(.minutes(10))
    let before = rig.control.speed
    rig.bench.show(rig.circuit.differentialPressure, Kilopascals(200))
    rig.scan()
    #expect(abs(rig.control.speed.value - before.value) < 0.005)
  }
}
