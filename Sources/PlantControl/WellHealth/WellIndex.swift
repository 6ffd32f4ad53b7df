public import Quantities

/// A part of a well whose condition a step test judges.
public enum WellPart: Int, CaseIterable, Hashable, Sendable, Comparable {
  case screen
  case returnZone
  case pump
  case exchanger

  /// As people read it.
  public var name: String {
    switch self {
    case .screen: "screen"
    case .returnZone: "return zone"
    case .pump: "pump"
    case .exchanger: "exchanger"
    }
  }

  public static func < (left: WellPart, right: WellPart) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A figure of a well's condition, against its commissioning: 0 is as then, −0.1 is 10 % worse. All
/// hold at the nominal flow, the rated frequency and 10 °C.
public enum WellIndex: Int, CaseIterable, Hashable, Sendable {
  /// Flow per kPa of draw-down.
  case specificCapacity
  /// Flow per kPa of build-up, without the return column.
  case specificInjectivity
  /// Head.
  case pumpHead
  /// Hydraulic over electrical power.
  case pumpEfficiency
  /// Flow per root of the exchanger's pressure loss.
  case exchangerPassage
  /// Heat of the exchanger per kelvin of mean difference.
  case exchangerHeat

  /// As people read it.
  public var name: String {
    switch self {
    case .specificCapacity: "specific capacity"
    case .specificInjectivity: "specific injectivity"
    case .pumpHead: "pump head"
    case .pumpEfficiency: "pump efficiency"
    case .exchangerPassage: "exchanger passage"
    case .exchangerHeat: "exchanger heat"
    }
  }

  public var part: WellPart {
    switch self {
    case .specificCapacity: .screen
    case .specificInjectivity: .returnZone
    case .pumpHead, .pumpEfficiency: .pump
    case .exchangerPassage, .exchangerHeat: .exchanger
    }
  }
}

/// The condition of a well as one step test shows it.
public struct WellCondition: Hashable, Sendable {
  public var at: Instant
  /// In the order of `WellIndex`.
  var values: [Double]
  var covariance: SymmetricMatrix
  /// The part of the covariance that all tests share, as it comes from the commissioning.
  var lasting: SymmetricMatrix

  /// Relative change of a figure against the commissioning.
  public func value(_ index: WellIndex) -> Fraction { Fraction(values[index.rawValue]) }

  /// Its standard deviation.
  public func deviation(_ index: WellIndex) -> Fraction {
    Fraction(covariance[index.rawValue, index.rawValue].squareRoot())
  }
}
