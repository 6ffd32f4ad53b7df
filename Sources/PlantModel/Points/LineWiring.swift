public import Quantities

/// How a GPIO line is wired.
public struct LineWiring: Hashable, Sendable {
  /// What an input reads that nobody drives.
  public enum Bias: String, CaseIterable, Sendable {
    case none
    case pullUp = "pull-up"
    case pullDown = "pull-down"
  }

  /// Whether the line is 1 at the low level.
  public var isActiveLow: Bool
  /// The resistor in the chip; nil leaves it as the board has it.
  public var bias: Bias?
  /// A state that does not last so long is a bounce of the contact.
  public var debounce: TimeSpan

  public init(isActiveLow: Bool = false, bias: Bias? = nil, debounce: TimeSpan = .zero) {
    self.isActiveLow = isActiveLow
    self.bias = bias
    self.debounce = debounce
  }

  /// What contacts commonly need: relays and limit switches bounce for one to five milliseconds.
  public static let commonDebounce = TimeSpan(milliseconds: 5)
}
