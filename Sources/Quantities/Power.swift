/// A power, thermal or electrical, in kilowatts.
public struct Kilowatts: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

/// An energy, thermal or electrical, in kilowatt-hours.
public struct KilowattHours: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

/// A frequency of a drive's output, in hertz.
public struct Hertz: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

/// A part of a whole: 0 is none, 1 is all.
public struct Fraction: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

extension Kilowatts {
  /// The energy of this power over `span`.
  @inlinable
  public static func * (power: Kilowatts, span: TimeSpan) -> KilowattHours {
    KilowattHours(power.value * span.hours)
  }
}

extension Fraction {
  @inlinable public static var one: Fraction { Fraction(1) }
}

/// Heat that passes, or that a load takes, per kelvin of difference, in kilowatts a kelvin.
public struct KilowattsPerKelvin: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
  @inlinable
  public static func * (left: KilowattsPerKelvin, right: TemperatureDifference) -> Kilowatts {
    Kilowatts(left.value * right.value)
  }
}

/// Heat that a body stores per kelvin, in kilowatt-hours a kelvin.
public struct KilowattHoursPerKelvin: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}
