import Foundation
import PlantConfiguration
import PlantModel
import Quantities

@testable import PlantControl

/// The shipped plant's main block on the bench: V1–V8, winter and summer, scan by scan.
struct ChangeOverRig {
  static let winter = PositionID(0)
  static let summer = PositionID(1)
  static let times = ChangeOverTimes(stroke: .seconds(90), stuck: .minutes(30))
  static let block = BlockID(0)
  static let start = Bench.start

  var plant: Plant
  var state: ChangeOver
  var valves: ValveView
  var inputs = ChangeOver.Inputs()
  var around = Surroundings()
  var now = ChangeOverRig.start
  private(set) var commands: [ValveCommand]

  /// The sequencer holds winter, and nothing is ready or wanted; no other block stands against it.
  init() throws {
    let loaded = PlantLoader.load(path: repositoryFile("config/sports-centre.yaml")).plant
    plant = try require(loaded).plant
    valves = ValveView(count: plant.valves.count)
    commands = Array(repeating: .stay, count: plant.valves.count)
    state = ChangeOver(now: now)
    for row in [ChangeOverRig.winter, ChangeOverRig.summer] {
      around.mayEnter.insert(row)
      around.mayLeave.insert(row)
      around.mayOpen.insert(row)
    }
    setState(.held, position: ChangeOverRig.winter)
    setRow(ChangeOverRig.winter)
  }

  /// Puts the sequencer into a phase that has just begun.
  mutating func setState(
    _ phase: ChangeOverPhase, position: PositionID?, target: PositionID? = nil,
    troubled: TimeSpan? = nil
  ) {
    state = ChangeOver(
      phase: phase, since: now, position: position, target: target, turned: now,
      troubledSince: troubled.map { [now] in now - $0 } ?? .distantFuture)
  }

  mutating func setRow(_ row: PositionID) {
    let block = plant[ChangeOverRig.block]
    for valve in block.valves { valves[valve] = block.isOpen(valve, in: row) ? .open : .closed }
  }

  mutating func setAll(_ position: ValvePosition) {
    for valve in plant[ChangeOverRig.block].valves { valves[valve] = position }
  }

  mutating func set(_ name: String, _ position: ValvePosition) {
    valves[ValveID(plant.valves.firstIndex { $0.name == name }!)] = position
  }

  /// Units, water, flow and pressure all let a change go on.
  mutating func setReady() {
    inputs.unitsStopped = true
    inputs.unitsRested = true
    inputs.flowStopped = true
    inputs.waterReady = true
    inputs.pressureReady = true
  }

  @discardableResult
  mutating func scan(after span: TimeSpan = .seconds(1)) -> ChangeOverTransition? {
    now = now + span
    return state.step(
      inputs, block: ChangeOverRig.block, valves: valves, surroundings: around,
      interlock: ChangeOverInterlock(plant: plant), times: ChangeOverRig.times, now: now,
      commands: &commands)
  }

  /// The valves follow what they were told, to the end of their stroke.
  mutating func stroke() {
    for valve in plant[ChangeOverRig.block].valves {
      switch commands[valve.index] {
      case .open: valves[valve] = .open
      case .close: valves[valve] = .closed
      case .stay: break
      }
    }
  }

  /// The names of the valves that the last scan told so, in order.
  func told(_ command: ValveCommand) -> String {
    plant[ChangeOverRig.block].valves.filter { commands[$0.index] == command }
      .map { plant[$0].name }.joined(separator: " ")
  }
}

/// A file of the repository.
func repositoryFile(_ name: String) -> String {
  var folder = URL(fileURLWithPath: #filePath)
  for _ in 0..<4 { folder.deleteLastPathComponent() }
  return folder.appendingPathComponent(name).path
}

private struct Missing: Error {}

private func require<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Missing() }
  return value
}
