public import PlantControl
public import PlantModel
public import Quantities

/// A controller and a twin together in virtual time, coupled as the daemon couples them to a plant.
public struct Session: Sendable {
  public private(set) var controller: Controller
  public var twin: Twin
  public private(set) var image: InputImage
  private var commands: [Double]
  private let deadBands: [Double]
  private let safeValues: [Double]
  private var acts = 0
  /// The scan period.
  public let scan: TimeSpan
  /// Called events: the last ones, oldest first.
  public private(set) var events: [Event] = []
  private let keepsEvents: Bool

  public init(
    plant: Plant, description: TwinDescription, start: Instant, scan: TimeSpan = .seconds(1),
    isWinter: Bool = true, keepsEvents: Bool = false
  ) {
    self.scan = scan
    self.keepsEvents = keepsEvents
    twin = Twin(plant: plant, description: description, start: start, isWinter: isWinter)
    controller = Controller(plant: plant, now: start)
    image = InputImage(plant: plant, now: start)
    safeValues = plant.points.map(\.safeValue)
    deadBands = plant.points.map(\.deadBand)
    commands = safeValues
  }

  /// Asks for something, to be seen in the next scan.
  public mutating func ask(_ request: Act.Request) {
    acts += 1
    image.acts.append(Act(number: UInt64(acts), user: 0, time: twin.now, request: request))
  }

  /// One step of the twin and one scan of the controller.
  public mutating func step() {
    stepTwin()
    stepController()
  }

  /// The plant's half of a step: physics for one scan period, then every instrument read.
  public mutating func stepTwin() {
    twin.step(commands: commands, by: scan)
    Twin.fill(&image, with: twin.values, at: twin.now, by: twin.wiring.limits)
  }

  /// The controller's half of a step: one scan of what the instruments showed.
  public mutating func stepController() {
    controller.step(image)
    if !image.acts.isEmpty { image.acts.removeAll(keepingCapacity: true) }
    guard controller.hasTakenOver else { return }
    for index in twin.wiring.outputs {
      write(controller.board.outputs[PointID(index)].value, to: index)
    }
    if keepsEvents { events += controller.board.events }
  }

  /// A device is written to when its command leaves the dead band, or goes back to its safe value.
  private mutating func write(_ value: Double, to index: Int) {
    let before = commands[index]
    guard value != before else { return }
    let isSafe = value == safeValues[index]
    if isSafe || abs(value - before) > deadBands[index] { commands[index] = value }
  }

  /// The controller is killed. The plant goes on with its last commands for `span`; then a new
  /// controller begins, from rows that the old one had archived.
  public mutating func restart(from rows: [(path: String, text: String)], after span: TimeSpan) {
    let end = twin.now + span
    while twin.now < end { stepTwin() }
    var next = Controller(plant: controller.plant, now: twin.now)
    var reader = ArchiveReader(rows: rows)
    next.persist(in: &reader)
    controller = next
  }

  /// Runs for a span of plant time.
  public mutating func run(for span: TimeSpan) {
    let end = twin.now + span
    while twin.now < end { step() }
  }
}
