import PlantModel

/// One key of a section: what the loader reads, the schema states and the reference prints.
struct Key: Sendable {
  indirect enum Value: Sendable {
    case text
    case flag
    case choice([String])
    case number(MeasurementUnit, ClosedRange<Double>)
    case integer(ClosedRange<Int>)
    /// A name that must stand elsewhere in the file.
    case reference(Thing)
    case list(Value)
    case section(SectionKind)
    /// A section for each name.
    case named(SectionKind)
    /// A reference for each name: `V1: ground`.
    case references(to: Thing)
  }

  /// The things that names refer to.
  enum Thing: String, Sendable {
    case bus
    case deviceType = "device type"
    case pumpGroup = "pump group"
    case device, point, circuit, valve, block, vessel, position, well, distribution, meter
  }

  var name: String
  var value: Value
  var isRequired: Bool
  var summary: String

  init(_ name: String, _ value: Value, required: Bool = true, _ summary: String) {
    self.name = name
    self.value = value
    isRequired = required
    self.summary = summary
  }
}

/// The kinds of section, each with its keys.
enum SectionKind: String, CaseIterable {
  case root, plant, site, parameters, bus, deviceType, deviceLine, identity, signal, step,
    valueCheck,
    device,
    circuit, valve, block
  case vessel, position, mode, dependence, pumpGroup, setpoint, unit, side, tank, makeUp, meter
  case waterMeter, recovery
  case well, pumpPower, stepTest, distribution, consumer, twin, pumpCurve, circuitLoss, wellGround,
    population
}
