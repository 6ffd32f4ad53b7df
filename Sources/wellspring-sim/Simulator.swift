import ControlProtocol
@preconcurrency import Dispatch
import FieldModbus
import Glibc
import PlantModel
import PlantRuntime
import PlantSimulation
import Quantities

/// Steps the twin with the clock, shows its instruments over Modbus and takes commands from there.
///
/// `@unchecked Sendable`: everything mutable is touched on `queue` alone.
final class Simulator: @unchecked Sendable {
  /// The twin's own step, in plant time.
  private static let step = TimeSpan.seconds(1)
  /// How often, in real time, it catches up with the clock.
  private static let tick = 0.005

  private let queue = DispatchQueue(label: "wellspring.twin")
  private let clock: PlantTime
  private let image: RegisterImage
  private let servers: [any FieldServer]
  private var twin: Twin
  private var commands: [Double]
  private var control: LineServer?
  private var timer: (any DispatchSourceTimer)?
  private var signals: [any DispatchSourceSignal] = []

  init(_ twin: Twin, clock: PlantTime, control: String?) throws(ServerFailure) {
    self.twin = twin
    self.clock = clock
    let plant = twin.plant
    commands = plant.points.map(\.safeValue)
    guard let image = RegisterImage(plant: plant) else {
      throw ServerFailure(description: "out of memory for the devices' registers")
    }
    self.image = image
    var servers: [any FieldServer] = []
    for bus in plant.buses.indices.map({ BusID($0) }) {
      switch plant[bus].link {
      case .tcp: servers.append(try ModbusServer(image, bus: bus, plant: plant))
      case .serial:
        servers.append(try SerialServer(image, bus: bus, plant: plant, timeScale: clock.scale))
      case .gpio:
        throw ServerFailure(
          description: "bus '\(plant[bus].name)' is a GPIO chip: the twin has no lines")
      }
    }
    self.servers = servers
    image.show(twin.values)
    guard let control else { return }
    do throws(SocketFailure) {
      self.control = try LineServer(
        path: control, mode: 0o600, queue: DispatchQueue(label: "wellspring.sim.control"),
        onLine: { [weak self] client, _, line in self?.called(client, line) }, onGone: { _ in })
    } catch {
      throw ServerFailure(description: error.description)
    }
  }

  func run() -> Never {
    for server in servers { server.start() }
    control?.start()
    timer = ScanTimer.start(every: Simulator.tick, queue) { [self] _ in catchUp() }
    signals = [SIGTERM, SIGINT].map { signal in Signals.source(signal, queue) { exit(0) } }
    dispatchMain()
  }

  /// As many steps as the clock is ahead; at most a minute's worth at once, so that commands of a
  /// slow client still reach the plant in time.
  private func catchUp() {
    let now = clock.now
    var steps = 0
    image.commands(into: &commands)
    while twin.now + Simulator.step <= now, steps < 60 {
      twin.step(commands: commands, by: Simulator.step)
      steps += 1
    }
    if steps > 0 { image.show(twin.values) }
  }

  private func called(_ client: LineServer.Client, _ line: [UInt8]) {
    queue.async { [self] in
      let call: Call
      do throws(BadCall) {
        call = try Call.parse(line)
      } catch {
        control?.answer(client, Reply.failure(error.failure, id: error.id))
        return
      }
      let words = call.parameters["words"]?.list?.compactMap(\.text) ?? []
      let outcome: Result<JSON, Failure>
      do throws(Failure) {
        outcome = .success(try perform(call.method, words))
      } catch {
        outcome = .failure(error)
      }
      control?.answer(client, call.id.map { Reply.outcome(outcome, id: $0) })
    }
  }

  private func perform(_ method: String, _ words: [String]) throws(Failure) -> JSON {
    if ["status", "quit"].contains(method), !words.isEmpty {
      throw Failure(.parameters, "'\(method)' takes no words")
    }
    switch method {
    case "status": return status
    case "fault":
      twin.inject(try FaultWords(words: words, plant: twin.plant, begins: true).fault())
      return true
    case "clear":
      twin.clear(try FaultWords(words: words, plant: twin.plant, begins: false).fault())
      return true
    case "hold":
      twin.hold(try boundary(words))
      return true
    case "quit":
      queue.asyncAfter(deadline: .now() + 0.1) { exit(0) }
      return true
    default:
      throw Failure(.unknownMethod, "no command '\(method)'; see wellspring-sim --help")
    }
  }

  private func boundary(_ words: [String]) throws(Failure) -> Boundary? {
    if words.isEmpty { return nil }
    var boundary = Boundary()
    for word in words {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let degrees = Double(parts[1]), (-50...100).contains(degrees) else {
        throw Failure(
          .parameters, "'\(word)' is no condition: write building=12, from -50 to 100 °C")
      }
      let value = Celsius(degrees)
      switch parts[0] {
      case "ground": boundary.ground = value
      case "building": boundary.building = value
      case "hot": boundary.hot = value
      case "outdoor": boundary.outdoor = value
      case "tanks": boundary.tanks = value
      default:
        throw Failure(
          .parameters, "'\(parts[0])' cannot be held: ground, building, hot, outdoor, tanks")
      }
    }
    return boundary
  }

  /// What happened on each simulated serial line.
  private var lines: JSON {
    let own = zip(twin.plant.buses, servers).compactMap { bus, server in
      (server as? SerialServer).map { (bus.name, $0.figures) }
    }
    return .list(
      own.map { name, figures in
        [
          "name": .text(name), "requests": .number(Double(figures.requests)),
          "early": .number(Double(figures.early)),
        ]
      })
  }

  private var status: JSON {
    let truth = twin.truth
    return [
      "time": .text(Times.iso(twin.now)), "mixed_litres": .rounded(truth.mixedLitres, 3),
      "carried_litres": .rounded(truth.carriedLitres, 1),
      "seeped_litres": .rounded(truth.seepedLitres, 3),
      "dead_head_minutes": .rounded(truth.deadHeadMinutes, 2),
      "dry_unit_minutes": .rounded(truth.dryUnitMinutes, 2),
      "change_overs": .number(Double(truth.changeOvers)),
      "unit_hours": .rounded(truth.unitHours, 2), "unit_starts": .number(Double(truth.unitStarts)),
      "heat_kilowatt_hours": .rounded(truth.heat.value, 1),
      "cold_kilowatt_hours": .rounded(truth.cold.value, 1),
      "unit_kilowatt_hours": .rounded(truth.unitElectricity.value, 1),
      "pump_kilowatt_hours": .rounded(truth.pumpElectricity.value, 1),
      "made_up_litres": .rounded(truth.madeUp.value * 1000, 1),
      "room_celsius": .rounded(twin.roomTemperature.value, 2),
      "outdoor_celsius": .rounded(twin.outdoorTemperature.value, 2),
      "is_finite": .bool(twin.isFinite), "serial_lines": lines,
    ]
  }
}
