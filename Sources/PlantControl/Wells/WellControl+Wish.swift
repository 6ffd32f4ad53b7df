import PlantModel
import Quantities

extension WellControl {
  /// What a scan asks of a well and what stands around it.
  struct Wish {
    var isWanted: Bool
    var reason: Reason
    /// Part of the range between minimum flow and full speed.
    var share: Fraction
    /// Nothing may start yet, until then.
    var startsHeldUntil: Instant
    /// Off at once, whatever else.
    var mustStop: Reason?
    /// Its circuit is seen to lose water.
    var circuitLoses: Bool
    /// Its circuit is seen to gain water that nobody filled.
    var circuitGains: Bool
  }
}
