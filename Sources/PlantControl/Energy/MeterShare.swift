import PlantModel
import Quantities

/// What one meter gave to the figures of a span, and the most that it can have missed there.
struct MeterShare: Sendable, Hashable {
  /// What a meter's figure can be.
  enum Kind: Sendable, Hashable { case heat, cold, electricity }

  /// One kind of energy.
  struct Part: Sendable, Hashable {
    var counted: KilowattHours = .zero
    var missed: KilowattHours = .zero

    static func += (left: inout Part, right: Part) {
      left.counted += right.counted
      left.missed += right.missed
    }
  }

  var heat = Part()
  var cold = Part()
  var electricity = Part()

  mutating func add(_ part: Part, _ kind: Kind) {
    switch kind {
    case .heat: heat += part
    case .cold: cold += part
    case .electricity: electricity += part
    }
  }

  static func += (left: inout MeterShare, right: MeterShare) {
    left.heat += right.heat
    left.cold += right.cold
    left.electricity += right.electricity
  }

  /// Keeps what a meter of this use can count.
  mutating func persist(in archive: inout some Archive, use: EnergyMeter.Use) {
    switch use {
    case .building:
      heat.persist("heat", in: &archive)
      cold.persist("cold", in: &archive)
    case .recoveredCold: cold.persist("cold", in: &archive)
    case .hotWater: heat.persist("heat", in: &archive)
    case .units, .pumps: electricity.persist("electricity", in: &archive)
    }
  }
}

extension MeterShare.Part {
  fileprivate mutating func persist(_ name: String, in archive: inout some Archive) {
    archive.field(name + "_kilowatt_hours", &counted)
    archive.field(name + "_missed_kilowatt_hours", &missed)
  }
}
