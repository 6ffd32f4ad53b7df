import PlantModel
import Quantities

/// What staging or recovery wants of one unit.
struct UnitWish: Sendable, Hashable {
  var isWanted = false
  var load: Fraction = .zero
  var reason: Reason

  init(reason: Reason) { self.reason = reason }
}
