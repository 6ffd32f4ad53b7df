public import PlantModel
public import Quantities

/// Reads a device profile alone, for a device that is in no plant yet.
public enum ProfileLoader {
  /// Where the device is. What is left out is as the profile says that it leaves the factory, else the bus's
  /// own default.
  public enum Place: Sendable {
    case tcp(host: String, port: Int)
    case serial(
      path: String, baud: Int? = nil, parity: SerialLine.Parity? = nil, stopBits: Int? = nil)
  }

  /// A plant of one bus and one device, named as its type; nil with what is wrong.
  ///
  /// - Parameters:
  ///   - path: a file with one device type in it, or in what it includes.
  ///   - unit: nil for the one that the device leaves the factory with, or 1.
  ///   - responseTimeout: nil for the bus's default.
  public static func load(
    path: String, at place: Place, unit: Int? = nil, responseTimeout: TimeSpan? = nil
  ) -> (plant: Plant?, diagnostics: [Diagnostic]) {
    let diagnostics = Diagnostics(file: path)
    guard let document = document(path, diagnostics) else {
      return (nil, diagnostics.all.sorted())
    }
    // Without a plant there are no keys that it would need.
    let alone = Section(document, .root, name: "file", diagnostics, isPart: true)
    let types = alone.named("device_types")
    guard let type = types.first, types.count == 1 else {
      diagnostics.error(
        alone.mark, types.isEmpty ? "no device type" : "\(types.count) device types",
        "name a file with one, as config/devices/eastron-sdm630.yaml")
      return (nil, diagnostics.all.sorted())
    }
    let line = type.section("line")
    let factory = line?.integer("unit").flatMap { (1...247).contains($0) ? $0 : nil }
    let devices = Node.sections([
      ("type", type.name), ("bus", "bus"), ("unit", "\(unit ?? factory ?? 1)"),
    ])
    var bus = address(of: place, line)
    if let responseTimeout {
      bus.append(("response_timeout_seconds", "\(responseTimeout.seconds)"))
    }
    let whole = document.adding([
      ("buses", .named("bus", Node.sections(bus))), ("devices", .named(type.name, devices)),
    ])
    let builder = Builder(
      Section(whole, .root, name: "file", diagnostics, isPart: true), diagnostics)
    builder.readField()
    guard !diagnostics.hasErrors else { return (nil, diagnostics.all.sorted()) }
    return (builder.fieldAlone, diagnostics.all.sorted())
  }

  private static func document(_ path: String, _ diagnostics: Diagnostics) -> Node? {
    switch SourceFile.read(path) {
    case .success(let source): return Composer(diagnostics).compose(source)?.document
    case .failure(let problem):
      diagnostics.error(
        Mark(line: 1, column: 1), problem.what, "name a profile that this user may read")
      return nil
    }
  }

  private static func address(of place: Place, _ line: Section?) -> [(String, String)] {
    switch place {
    case .tcp(let host, let port): return [("host", host), ("port", "\(port)")]
    case .serial(let path, let baud, let parity, let stopBits):
      let own = parity ?? line?.choice("parity", SerialLine.Parity.self)
      return [("serial", path)]
        + [
          ("baud", (baud ?? line?.integer("baud")).map { "\($0)" }), ("parity", own?.rawValue),
          ("stop_bits", (stopBits ?? line?.integer("stop_bits")).map { "\($0)" }),
        ].compactMap { key, value in value.map { (key, $0) } }
    }
  }
}

extension Builder {
  /// What was read of the field, as a plant of nothing else.
  fileprivate var fieldAlone: Plant {
    let nowhere = PointID(0)
    return Plant(
      name: devices.first?.name ?? "",
      site: Site(
        utcOffset: .zero, outdoorTemperature: Sensor(nowhere), frostTemperature: Sensor(nowhere),
        emergencyStop: Sensor(nowhere), stopState: .stop, seasonChange: .propose),
      scanPeriod: .seconds(1), parameters: parameters, buses: buses, devices: devices,
      points: points, circuits: [], valves: [], pumps: [], pumpGroups: [], units: [], blocks: [],
      tanks: [], makeUps: [], meters: [])
  }
}

extension Node {
  private static func entry(_ text: String) -> Node {
    Node(content: .scalar(text, isPlain: true), mark: Mark(line: 1, column: 1))
  }

  /// A section of keys with plain values.
  fileprivate static func sections(_ pairs: [(String, String)]) -> Node {
    Node(
      content: .map(pairs.map { (entry($0.0), entry($0.1)) }), mark: Mark(line: 1, column: 1))
  }

  /// A section with one named section in it.
  fileprivate static func named(_ name: String, _ section: Node) -> Node {
    Node(content: .map([(entry(name), section)]), mark: section.mark)
  }

  /// The same section with more keys.
  fileprivate func adding(_ pairs: [(String, Node)]) -> Node {
    guard case .map(let own) = content else { return self }
    var more = self
    more.content = .map(own + pairs.map { (Node.entry($0.0), $0.1) })
    return more
  }
}
