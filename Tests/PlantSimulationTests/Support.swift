import Foundation
import PlantConfiguration
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// The shipped sports centre, and a hand on each of its outputs.
struct SportsCentre {
  let plant: Plant
  let description: TwinDescription
  var twin: Twin
  var commands: [Double]

  /// Local midnight of 15 January and of 15 July 2026.
  static let winter = Instant(milliseconds: 1_768_406_400_000)
  static let summer = Instant(milliseconds: 1_784_044_800_000)

  init(isWinter: Bool = true, trapped: Double? = nil) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("config/sports-centre.yaml").path
    let loaded = try #require(PlantLoader.load(path: path).plant)
    plant = loaded.plant
    var description = try #require(loaded.twin)
    if let trapped { description.trappedVolume = CubicMeters(trapped) }
    self.description = description
    let start = isWinter ? SportsCentre.winter : SportsCentre.summer
    twin = Twin(plant: plant, description: description, start: start, isWinter: isWinter)
    commands = plant.points.map(\.safeValue)
  }

  func valve(_ name: String) -> ValveID {
    ValveID(plant.valves.firstIndex { $0.name == name }!)
  }
  func unit(_ name: String) -> UnitID { UnitID(plant.units.firstIndex { $0.name == name }!) }
  func pump(_ name: String) -> PumpID { PumpID(plant.pumps.firstIndex { $0.name == name }!) }
  func circuit(_ name: String) -> CircuitID {
    CircuitID(plant.circuits.firstIndex { $0.name == name }!)
  }
  func point(_ name: String) -> PointID { PointID(plant.points.firstIndex { $0.name == name }!) }
  func value(_ name: String) -> Double { twin.values[point(name).index] }

  mutating func move(_ names: String..., to command: ValveCommand) {
    for name in names {
      let valve = plant[valve(name)]
      commands[valve.openCommand.point.index] = command == .open ? 1 : 0
      commands[valve.closeCommand.point.index] = command == .close ? 1 : 0
    }
  }

  mutating func run(_ pumps: [String], hertz: Double) {
    for name in pumps {
      commands[plant[pump(name)].runCommand.point.index] = hertz > 0 ? 1 : 0
      commands[plant[pump(name)].speedCommand.point.index] = hertz
    }
  }

  mutating func enable(_ name: String, load: Double) {
    commands[plant[unit(name)].enableCommand.point.index] = load > 0 ? 1 : 0
    commands[plant[unit(name)].loadCommand.point.index] = load
  }

  /// Opens both isolation valves of some main units.
  mutating func open(units: ClosedRange<Int>) {
    for number in units {
      move(
        "main-unit-\(number)-evaporator-valve", "main-unit-\(number)-condenser-valve", to: .open)
    }
  }

  mutating func pass(_ span: TimeSpan, by dt: TimeSpan = .seconds(1)) {
    let end = twin.now + span
    while twin.now < end { twin.step(commands: commands, by: dt) }
  }

  static func pumps(_ group: String, _ numbers: ClosedRange<Int>) -> [String] {
    numbers.map { "\(group)-pump-\($0)" }
  }
}
