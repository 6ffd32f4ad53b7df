import Quantities

/// How the electricity of a distribution's loops is shared by its consumers.
public struct Allotment: Sendable, Equatable {
  /// What the shares follow.
  public enum Basis: String, CaseIterable, Sendable {
    /// Heat and cold taken from the loop, by each consumer's heat meter.
    case heat
    /// Water through each consumer, by its volume counter.
    case flow
    /// Floor area, and the days that it was connected.
    case area
    /// The days that each consumer was connected.
    case equal
  }

  public var basis: Basis
  /// The electricity that is shared.
  public var meters: [MeterID]

  public init(basis: Basis, meters: [MeterID]) {
    self.basis = basis
    self.meters = meters
  }
}

/// A counter that an allotment needs, as it is kept day by day.
public struct AllotmentMeter: Hashable, Sendable {
  /// What the counter counts, in which whole unit.
  public enum Kind: String, CaseIterable, Sendable {
    /// Shared electricity, in Wh.
    case electricity
    /// A consumer's heat and cold, in Wh.
    case heat
    /// A consumer's water, in litres.
    case water
  }

  public var distribution: DistributionID
  public var kind: Kind
  public var name: String
  /// Floor of a consumer, m²; 0 for electricity.
  public var area: Double
  /// A counter that goes on faster than this in a day is wrong: Wh or litres.
  public var mostADay: Int64
  public var point: PointID
}

extension Plant {
  /// Mean heat over a day per floor area that no building takes, W/m²: three times what an old house
  /// without insulation needs at its design temperature.
  private static let mostHeat = 500.0

  /// The counters of every distribution whose electricity is shared: electricity first, consumers
  /// by name.
  public var allotmentMeters: [AllotmentMeter] {
    distributions.indices.flatMap { index -> [AllotmentMeter] in
      let distribution = DistributionID(index)
      guard let allotment = self[distribution].allotment else { return [] }
      let shared = allotment.meters.map { meter in
        AllotmentMeter(
          distribution: distribution, kind: .electricity, name: self[meter].name, area: 0,
          mostADay: Plant.aDay(self[self[meter].power.point].range.upperBound),
          point: self[meter].energy.point)
      }
      return shared
        + consumers.filter { $0.distribution == distribution }.map {
          counter(of: $0, allotment.basis)
        }
    }
  }

  private func counter(of consumer: Consumer, _ basis: Allotment.Basis) -> AllotmentMeter {
    let water = basis == .flow ? consumer.volume : nil
    let most =
      water == nil
      ? Plant.aDay(consumer.area * Plant.mostHeat / 1000)
      : Plant.aDay(self[consumer.flow.point].range.upperBound)
    return AllotmentMeter(
      distribution: consumer.distribution, kind: water == nil ? .heat : .water,
      name: consumer.name, area: consumer.area, mostADay: most,
      point: water?.point ?? consumer.energy.point)
  }

  /// Wh of so many kW, or litres of so many m³/h, in a day.
  private static func aDay(_ rate: Double) -> Int64 {
    Int64(min(max(rate, 0), 1e9) * 1000 * LocalDay.length.hours)
  }
}
