/// A temperature on the Celsius scale.
public struct Celsius: Quantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

/// A difference of two temperatures, in kelvins.
public struct TemperatureDifference: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

/// By how much and how long a temperature was off, in kelvin-hours.
public struct KelvinHours: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

extension TemperatureDifference {
  /// What this difference makes over `span`.
  @inlinable
  public static func * (difference: TemperatureDifference, span: TimeSpan) -> KelvinHours {
    KelvinHours(difference.value * span.hours)
  }
}

extension Celsius {
  @inlinable
  public static func - (left: Celsius, right: Celsius) -> TemperatureDifference {
    TemperatureDifference(left.value - right.value)
  }
  @inlinable
  public static func + (left: Celsius, right: TemperatureDifference) -> Celsius {
    Celsius(left.value + right.value)
  }
  @inlinable
  public static func - (left: Celsius, right: TemperatureDifference) -> Celsius {
    Celsius(left.value - right.value)
  }
}
