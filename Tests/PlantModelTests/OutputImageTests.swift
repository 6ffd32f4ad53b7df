import PlantModel
import Quantities
import Testing

@Suite struct OutputImageTests {
  private let begin = Instant(milliseconds: 0)

  private func reason(_ rule: Rule, at seconds: Double = 0) -> Reason {
    Reason(rule, .plant, since: begin + .seconds(seconds))
  }

  @Test func theFirstWriterOfAScanOwnsAnOutput() {
    var outputs = OutputImage(plant: SmallPlant.points(1, safe: 3), now: begin)
    outputs.begin()
    let first = outputs.decide(PointID(0), 10, reason(.pressureLoop))
    let second = outputs.decide(PointID(0), 20, reason(.stagedPump))
    #expect(first && !second)
    #expect(outputs[PointID(0)] == Decision(10, reason(.pressureLoop)))
    outputs.begin()
    let next = outputs.decide(PointID(0), 20, reason(.stagedPump))
    #expect(next)
  }

  @Test func whatNobodyDecidesGoesToItsSafeValue() {
    var outputs = OutputImage(plant: SmallPlant.points(2, safe: 3), now: begin)
    #expect(outputs[PointID(0)].value == 3)
    outputs.begin()
    outputs.decide(PointID(0), 10, reason(.pressureLoop))
    outputs.finish(at: begin)
    #expect(outputs[PointID(0)].value == 10)
    #expect(outputs[PointID(1)].value == 3)
    #expect(outputs[PointID(1)].reason.rule == .safeDefault)
    outputs.begin()
    outputs.finish(at: begin)
    #expect(outputs[PointID(0)].value == 3, "a decision does not outlive its scan")
  }

  @Test func aValueThatIsNoNumberIsTheSafeOne() {
    var outputs = OutputImage(plant: SmallPlant.points(1, safe: 3), now: begin)
    outputs.begin()
    outputs.decide(PointID(0), .nan, reason(.pressureLoop))
    #expect(outputs[PointID(0)].value == 3)
  }

  @Test func anInterlockHasTheLastWord() {
    var outputs = OutputImage(plant: SmallPlant.points(1), now: begin)
    outputs.begin()
    outputs.decide(PointID(0), 1, reason(.unitRunning))
    outputs.override(PointID(0), 0, reason(.safetyMonitor))
    outputs.finish(at: begin)
    #expect(outputs[PointID(0)] == Decision(0, reason(.safetyMonitor)))
  }

  @Test func aReasonThatGoesOnKeepsItsBeginning() {
    var outputs = OutputImage(plant: SmallPlant.points(1), now: begin)
    for second in 0...5 {
      outputs.begin()
      outputs.decide(PointID(0), 1, reason(.runOn, at: Double(second)))
      outputs.finish(at: begin + .seconds(Double(second)))
    }
    #expect(outputs[PointID(0)].reason.since == begin)
    outputs.begin()
    outputs.decide(PointID(0), 0, reason(.runOn, at: 6))
    #expect(outputs[PointID(0)].reason.since == begin + .seconds(6))
  }

  @Test func aValveIsToldOneThingAtOnce() {
    var outputs = OutputImage(plant: SmallPlant.points(2), now: begin)
    let valve = Valve(
      name: "V", openCommand: Actuator(PointID(0)), closeCommand: Actuator(PointID(1)),
      openedSwitch: nil, closedSwitch: nil, strokeTime: .seconds(60))
    for command in ValveCommand.allCases {
      outputs.begin()
      outputs.decide(valve, command, reason(.valveFollowsPath))
      #expect(outputs.command(of: valve) == command)
    }
    outputs.begin()
    outputs.decide(PointID(0), 1, reason(.valveFollowsPath))
    outputs.decide(PointID(1), 1, reason(.valveFollowsPath))
    #expect(outputs.command(of: valve) == .stay, "a contradiction moves nothing")
  }
}
