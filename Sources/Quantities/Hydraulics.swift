/// A gauge pressure or a pressure difference, in kilopascals.
public struct Kilopascals: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

/// A volume flow, in cubic metres an hour.
public struct CubicMetersPerHour: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

/// A volume, in cubic metres.
public struct CubicMeters: AdditiveQuantity {
  public var value: Double
  @inlinable public init(_ value: Double) { self.value = value }
}

extension CubicMetersPerHour {
  /// The volume that passes in `span` at this flow.
  @inlinable
  public static func * (flow: CubicMetersPerHour, span: TimeSpan) -> CubicMeters {
    CubicMeters(flow.value * span.hours)
  }
}
