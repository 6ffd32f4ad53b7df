import PlantModel
public import Quantities

/// By how much heat, cold, electricity and their coefficient may be wrong: with 95 % they are within
/// (two standard deviations).
///
/// Each meter may be wrong by its permissible error in all that it counted, since that error is the same
/// in every kilowatt-hour, and by all that it may have missed. Meters err independently: their figures add
/// as the root of the sum of squares, and so do the relative uncertainties of numerator and denominator.
/// What the figures have and no meter gave, from a meter that is there no more or a state that did not
/// keep it, counts as one meter's of the usual class.
public struct EnergyUncertainty: Sendable, Hashable {
  public let heat: KilowattHours
  public let cold: KilowattHours
  public let electricity: KilowattHours
  /// Nil where there is no coefficient.
  public let coefficient: Double?

  /// - Parameters:
  ///   - shares: of each meter in the figures.
  ///   - limits: what each may be wrong by, as part of its figure.
  init(
    of figures: EnergyFigures, shares: some Collection<MeterShare>, limits: [Fraction]
  ) {
    var rest = MeterShare()
    rest.heat.counted = figures.heat
    rest.cold.counted = figures.cold
    rest.electricity.counted = figures.units + figures.pumps
    var sums = Sums()
    for (share, limit) in zip(shares, limits) {
      sums.add(share, limit, limit)
      rest.heat.counted -= share.heat.counted
      rest.cold.counted -= share.cold.counted
      rest.electricity.counted -= share.electricity.counted
    }
    rest.heat.counted = max(rest.heat.counted, .zero)
    rest.cold.counted = max(rest.cold.counted, .zero)
    rest.electricity.counted = max(rest.electricity.counted, .zero)
    sums.add(rest, EnergyMeter.heatError, EnergyMeter.electricityError)
    heat = KilowattHours(sums.heat.squareRoot())
    cold = KilowattHours(sums.cold.squareRoot())
    electricity = KilowattHours(sums.electricity.squareRoot())
    let used = (figures.units + figures.pumps).value
    // √(u_b² + (c · u_e)²) / N is the coefficient c times the root of both relative squares, and is
    // right without heat and cold too.
    coefficient = figures.coefficient.map {
      (sums.benefit + $0 * $0 * sums.electricity).squareRoot() / used
    }
  }

  /// Squares of kilowatt-hours.
  private struct Sums {
    var heat = 0.0
    var cold = 0.0
    var electricity = 0.0
    /// Of heat and cold together: what a meter counts as the one and the other errs alike.
    var benefit = 0.0

    mutating func add(_ share: MeterShare, _ thermal: Fraction, _ electric: Fraction) {
      let warm = width(share.heat, thermal)
      let chilled = width(share.cold, thermal)
      let used = width(share.electricity, electric)
      heat += warm * warm
      cold += chilled * chilled
      benefit += (warm + chilled) * (warm + chilled)
      electricity += used * used
    }

    private func width(_ part: MeterShare.Part, _ limit: Fraction) -> Double {
      part.counted.value * limit.value + max(part.missed.value, 0)
    }
  }
}
