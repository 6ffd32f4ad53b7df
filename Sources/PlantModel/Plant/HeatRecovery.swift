public import Quantities

/// A part of a unit that gives heat of its compressor to a hot-water circuit, through pipes of its own: no
/// valve turns its water, so none can meet another.
public struct HeatRecovery: Sendable, Equatable {
  /// How the heat gets into the part.
  public enum Kind: Sendable, Equatable {
    /// Takes this part of the condenser's heat whenever the compressor runs and water moves through it.
    case desuperheater(share: Fraction)
    /// Takes all of the condenser's heat while the unit is told to turn to it. Where the unit says which of
    /// the two it works on, `confirmed` is true for this one.
    case secondCondenser(command: Actuator<Bool>, confirmed: Sensor<Bool>?)
  }

  public var kind: Kind
  /// The hot-water circuit that it warms.
  public var circuit: CircuitID
  /// The unit's own flow switch on that side.
  public var flowProof: Sensor<Bool>
  public var leaving: Sensor<Celsius>
  public var designFlow: CubicMetersPerHour

  public init(
    kind: Kind, circuit: CircuitID, flowProof: Sensor<Bool>, leaving: Sensor<Celsius>,
    designFlow: CubicMetersPerHour
  ) {
    self.kind = kind
    self.circuit = circuit
    self.flowProof = flowProof
    self.leaving = leaving
    self.designFlow = designFlow
  }

  /// What turns the unit to its second condenser; nil for a desuperheater.
  public var command: Actuator<Bool>? {
    switch kind {
    case .desuperheater: nil
    case .secondCondenser(let command, _): command
    }
  }

  /// Which condenser the unit says that it works on, true for the second; what it was told where it cannot
  /// say, nil while that is lost.
  public func isTurned(told: Bool, _ image: InputImage) -> Bool? {
    guard case .secondCondenser(_, let confirmed?) = kind else { return told }
    return image.state(confirmed)
  }
}

extension HeatPumpUnit {
  /// Whether the outputs turn the unit to its second condenser.
  public func isTurned(by outputs: OutputImage) -> Bool {
    recovery?.command.map { outputs.isOn($0) } ?? false
  }

  /// Whether water is proven to take the unit's heat wherever that may go: to its condenser or its second
  /// one, to both while the unit does not say that it is where it was told. (`UNIT-01`)
  public func condenserFlowIsProven(turned: Bool, _ image: InputImage, within age: TimeSpan)
    -> Bool
  {
    let own = image.isProven(condenser.flowProof, within: age)
    guard let recovery, recovery.command != nil else { return own }
    let hot = image.isProven(recovery.flowProof, within: age)
    guard recovery.isTurned(told: turned, image) == turned else { return own && hot }
    return turned ? hot : own
  }

  /// Whether the outputs enable the unit, or turn it to its second condenser, without the flow that this
  /// needs. (`UNIT-01`, `RECOVERY-16`)
  public func lacksFlow(_ outputs: OutputImage, _ image: InputImage, within age: TimeSpan) -> Bool {
    let turned = isTurned(by: outputs)
    if turned, let recovery, !image.isProven(recovery.flowProof, within: age) { return true }
    guard outputs.isOn(enableCommand) else { return false }
    return !image.isProven(evaporator.flowProof, within: age)
      || !condenserFlowIsProven(turned: turned, image, within: age)
  }
}
