public import PlantModel
public import Quantities

/// What the operator of a plant in northern China asks for through the year: heating by custom from
/// mid-November to mid-March, cooling from mid-May to mid-September, recovery by its own rules.
public struct OperatorCalendar: Sendable {
  /// A first of January, of 2026: the day 0 of its year.
  public static let newYear = LocalDay(20_454)

  private let plant: Plant
  private var asked: BlockMode.Service?

  public init(plant: Plant) { self.plant = plant }

  /// - Parameter day: of the year, from 0.
  public mutating func act(day: Int, on session: inout Session) {
    let service = OperatorCalendar.service(day: day)
    guard service != asked else { return }
    let isFirst = asked == nil
    asked = service
    for (index, block) in plant.blocks.enumerated() {
      guard block.modes.contains(where: { $0.service == .cooling }) else {
        // It makes hot water all year, by its own rules.
        if isFirst { session.ask(.setAutomatic(BlockID(index))) }
        continue
      }
      if let mode = block.modes.firstIndex(where: { $0.service == service }) {
        session.ask(.setMode(BlockID(index), ModeID(mode)))
      }
    }
  }

  /// What the building is to get on a day of the year.
  public static func service(day: Int) -> BlockMode.Service {
    switch day {
    case ..<74, 318...: .heating
    case ..<105, 288...: .transition
    case ..<135, 258...: .off
    default: .cooling
    }
  }
}
