/// A measured or commanded magnitude in one fixed unit.
///
/// Each unit is a type of its own, so that kilowatts never meet kilopascals. The stored number is
/// in the unit that the type's name says; conversion happens once, at the edge.
public protocol Quantity: Hashable, Comparable, Sendable {
  var value: Double { get }
  init(_ value: Double)
}

extension Quantity {
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.value < right.value }

  /// The quantity brought into `limits`.
  @inlinable
  public func clamped(to limits: ClosedRange<Self>) -> Self {
    min(max(self, limits.lowerBound), limits.upperBound)
  }

  @inlinable public var isFinite: Bool { value.isFinite }
}

/// A quantity whose values may be added and scaled; temperatures on a scale are not.
public protocol AdditiveQuantity: Quantity {}

extension AdditiveQuantity {
  @inlinable public static var zero: Self { Self(0) }
  @inlinable
  public static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
  @inlinable
  public static func - (left: Self, right: Self) -> Self { Self(left.value - right.value) }
  @inlinable
  public static func * (left: Self, right: Double) -> Self { Self(left.value * right) }
  @inlinable
  public static func * (left: Double, right: Self) -> Self { Self(left * right.value) }
  @inlinable
  public static func / (left: Self, right: Double) -> Self { Self(left.value / right) }
  @inlinable
  public static func / (left: Self, right: Self) -> Double { left.value / right.value }
  @inlinable
  public static func += (left: inout Self, right: Self) { left = left + right }
  @inlinable
  public static func -= (left: inout Self, right: Self) { left = left - right }
  @inlinable
  public static prefix func - (operand: Self) -> Self { Self(-operand.value) }
}
