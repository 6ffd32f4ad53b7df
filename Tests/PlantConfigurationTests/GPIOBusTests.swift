import Foundation
import PlantConfiguration
import PlantModel
import Quantities
import Testing

/// GPIO chips in the configuration: what lines may say, and what the loader says of those that cannot be.
@Suite struct GPIOBusTests {
  private static let bus = "gpio: pinctrl-bcm2711"
  private static let device = "contacts: { type: contacts, bus: pins }"
  private static let signals = """
          stop: { direction: input, unit: digital, table: line, address: 17, active_low: true, bias: pull-up }
          water: { direction: input, unit: cubic_meters, table: pulses, address: 27, scale: 0.01 }
          alive: { direction: output, unit: digital, table: line, address: 22 }
    """
  private static let relay = """
      fail_safe_relay: contacts.alive
      fail_safe_relay_fall: The boiler's own thermostat takes the building over.
    """

  /// The office with a chip, three lines on it, and what the test replaces in them.
  private func load(_ old: String = "", by new: String = "") throws -> (Plant?, [String]) {
    let parts = [
      ("buses:\n", "buses:\n  pins: { \(GPIOBusTests.bus) }\n"),
      (
        "device_types:\n",
        "device_types:\n  contacts:\n    signals:\n\(GPIOBusTests.signals)\n"
      ),
      ("\ndevices:\n", "\ndevices:\n  \(GPIOBusTests.device)\n"),
      ("  stop_state: stop\n", "  stop_state: stop\n\(GPIOBusTests.relay)\n"),
      ("emergency_stop: sensors-1.emergency-stop", "emergency_stop: contacts.stop"),
    ]
    var file = try text(of: configPath("office.yaml"))
    for (place, whole) in parts {
      let range = try #require(file.range(of: place), "\(place)")
      file.replaceSubrange(range, with: whole)
    }
    if !old.isEmpty {
      let range = try #require(file.range(of: old), "\(old)")
      file.replaceSubrange(range, with: new)
    }
    let (loaded, diagnostics) = PlantLoader.load(bytes: Array(file.utf8), file: "plant.yaml")
    return (loaded?.plant, diagnostics.map(\.description))
  }

  @Test func linesAreAsTheFileHasThem() throws {
    let (loaded, told) = try load()
    let plant = try #require(loaded, "\(told)")
    #expect(!told.contains { $0.contains("contacts") }, "\(told)")
    #expect(plant.buses.first { $0.name == "pins" }?.link == .gpio(chip: "pinctrl-bcm2711"))
    let point = { (name: String) in plant.points.first { $0.name == "contacts." + name } }
    let stop = try #require(point("stop")).register
    #expect(
      stop.wiring
        == LineWiring(isActiveLow: true, bias: .pullUp, debounce: LineWiring.commonDebounce))
    #expect(stop.addresses == 17..<18 && stop.format == .bit)
    let water = try #require(point("water")).register
    #expect(water.format == .u32 && water.addresses == 27..<28 && water.wiring.debounce == .zero)
    #expect(water.decode([0, 250]) == 2.5)
    #expect(
      plant.site.failSafeRelay?.fall == "The boiler's own thermostat takes the building over.")
    #expect(ReadPlan.requests(for: plant).allSatisfy { !$0.table.isLine })
  }

  @Test func theCheckTellsOfLinesAndOfTheRelay() throws {
    let report = PlantReport.text(for: try #require(try load().0))
    for line in [
      "  fail-safe relay contacts.alive, toggled by every scan; when it falls: The boiler's own thermostat takes the building over.",
      "  bus pins is the GPIO chip pinctrl-bcm2711: 1 devices, 3 lines",
      "    contacts: contacts, 3 lines",
    ] {
      #expect(report.contains(line + "\n"), "\(line)")
    }
  }

  @Test(arguments: [
    (bus, "gpio: chips/a", "'chips/a' is no GPIO chip — write its label"),
    (bus, "gpio: a, baud: 9600", "the bus 'pins' has 'baud' and 'gpio' — a GPIO chip has nothing"),
    (bus, "host: h", "'pins' speaks Modbus, and 'contacts.stop' stands in the table line"),
    (device, "contacts: { type: drive, bus: pins }", "'pins' is a GPIO chip, and 'contacts."),
    ("table: pulses, address: 27", "table: pulses, address: 22", "line 22 of 'pins' is"),
    (
      "table: pulses, address: 27", "table: pulses, format: u16, address: 27",
      "the format u16 does not fit the table pulses"
    ),
    (
      "direction: input, unit: cubic_meters", "direction: output, unit: cubic_meters",
      "an output in the table pulses — outputs are coils, holding registers or lines"
    ),
    (
      "table: line, address: 22", "table: line, address: 22, safe: 1",
      "the line 'alive' is energised in its safe position — a line that loses its power"
    ),
    ("table: line, address: 22", "table: line, address: 22, bias: none", "'bias' of an output"),
    (
      "run-command: { direction: output,", "run-command: { active_low: true, direction: output,",
      "'active_low' in the table coil"
    ),
    ("    maximum_read_registers: 32\n", "", "'drive' lacks 'maximum_read_registers' — state it"),
    ("  fail_safe_relay: contacts.alive\n", "", "'fail_safe_relay_fall' without a relay"),
    (
      "  fail_safe_relay_fall: The boiler's own thermostat takes the building over.\n", "",
      "a fail-safe relay, and nobody knows what its fall does — state fail_safe_relay_fall"
    ),
    (
      "fail_safe_relay: contacts.alive", "fail_safe_relay: contacts.stop",
      "'contacts.stop' is an input, 'fail_safe_relay' needs an output"
    ),
  ])
  func whatALineCannotBeIsToldWhereItStands(_ old: String, _ new: String, _ told: String) throws {
    let (plant, diagnostics) = try load(old, by: new)
    #expect(plant == nil)
    #expect(
      diagnostics.contains { $0.hasPrefix("plant.yaml:") && $0.contains("error: " + told) },
      "\(diagnostics)")
  }

  /// With the line at rest at the high level, 1 is the line without voltage.
  @Test func anActiveLowOutputMayBeSafeAtOne() throws {
    let (plant, told) = try load(
      "table: line, address: 22", by: "table: line, address: 22, safe: 1, active_low: true")
    #expect(plant?.points.first { $0.name == "contacts.alive" }?.safeValue == 1, "\(told)")
  }

  @Test func aModbusDeviceNeedsAUnit() throws {
    let (other, lacking) = try load(
      "sensors-1: { type: sensors, bus: field, unit: 5 }",
      by: "sensors-1: { type: sensors, bus: field }")
    #expect(other == nil && lacking.contains { $0.contains("'sensors-1' lacks 'unit' — state it") })
  }
}
