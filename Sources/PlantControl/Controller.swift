public import PlantModel
public import Quantities

/// The whole controller of a plant: a pure machine that turns an input image into an output image.
///
/// No clock, no I/O, no randomness: the same inputs give the same bytes. The daemon, the twin, the
/// exploration and the replay of a recorded day all run this code. The order of a scan is the order
/// of priority: emergency stop, change-over, units, pumps; the safety monitor speaks last.
public struct Controller: Sendable {
  public private(set) var plant: Plant
  public internal(set) var board: Board
  /// When the controller began.
  public private(set) var began: Instant
  /// Whether it has taken over what it found running; until then its outputs are not to be written.
  public internal(set) var hasTakenOver = false

  var interlock: ChangeOverInterlock
  var valves: ValveView
  var commands: [ValveCommand]
  var changeOvers: [ChangeOver]
  var changeGuards: [GuardList]
  var forecasts: [WaterForecast]
  var modes: [ModeControl]
  var season: SeasonWatch
  var units: [UnitControl]
  var unitWishes: [UnitWish]
  var stagings: [Staging]
  var recoveries: [RecoveryControl]
  /// Of the units that have a desuperheater or a second condenser.
  var heatRecoveries: [HeatRecoveryControl]
  /// Its place there for each unit; nil for one without.
  let heatRecoveryPlaces: [Int?]
  /// What hot water asks of each unit.
  var claims: [UnitClaim]
  var groups: [PumpGroupControl]
  var serviceValves: [ServiceValve]
  var branches: [Branch]
  /// The branch that each service valve shuts off; nil for a tank's.
  let isolated: [Int?]
  var hotWaters: [HotWaterControl]
  var makeUps: [MakeUpControl]
  var wells: [WellControl]
  var wellFields: [WellFieldControl]
  var distributions: [DistributionControl]
  var frost: FrostControl
  var account: EnergyAccount
  var costs: AlarmCosts
  var water: WaterAccount
  var dayReadings: DayReadings
  /// Consumers whose heat pumps are looked at.
  let watchedConsumers: [ConsumerID]
  var watch: ValueWatch
  var inputs: InputHistory
  /// Asked to bring the plant to its stop state.
  var isStopping = false
  /// Nothing may start before; after a power cut everything waits for the plant to settle.
  var startsHeldUntil: Instant
  /// The row that each block holds, as of the last survey.
  var rows: [PositionID?]
  /// No device answers.
  var isPowerLost = false
  /// What the fail-safe relay was told last.
  var isRelayOn = false
  /// Circuits that are seen open into the same vessel as another.
  var joined: [Bool]
  /// Whether every pump of a circuit was seen standing, and is not told to run, when the scan began.
  var isPumpless: [Bool]
  var lastUnitStart: Instant = .distantPast

  public init(plant: Plant, now: Instant) {
    self.plant = plant
    began = now
    board = Board(plant: plant, now: now)
    interlock = ChangeOverInterlock(plant: plant)
    valves = ValveView(count: plant.valves.count)
    commands = Array(repeating: .stay, count: plant.valves.count)
    rows = plant.blocks.map { _ in nil }
    joined = Array(repeating: false, count: plant.circuits.count)
    isPumpless = Array(repeating: true, count: plant.circuits.count)
    changeOvers = plant.blocks.map { _ in ChangeOver(now: now) }
    changeGuards = plant.blocks.map { _ in GuardList() }
    forecasts = plant.blocks.map { _ in WaterForecast() }
    modes = plant.blocks.indices.map { ModeControl(BlockID($0), plant: plant, now: now) }
    season = SeasonWatch(now: now)
    units = plant.units.indices.map { UnitControl(UnitID($0), now: now) }
    unitWishes = plant.units.indices.map {
      UnitWish(reason: .init(.modeOff, .unit(UnitID($0)), since: now))
    }
    stagings = plant.blocks.indices.map { Staging(BlockID($0), now: now) }
    recoveries = plant.blocks.indices.map { RecoveryControl(BlockID($0), now: now) }
    let parts = plant.units.indices.compactMap {
      HeatRecoveryControl(UnitID($0), plant: plant, now: now)
    }
    heatRecoveries = parts
    heatRecoveryPlaces = plant.units.indices.map { unit in
      parts.firstIndex { $0.unit.index == unit }
    }
    claims = plant.units.map { _ in .none }
    groups = plant.pumpGroups.indices.map {
      PumpGroupControl(PumpGroupID($0), plant: plant, now: now)
    }
    let inBlocks = plant.blocks.flatMap(\.valves)
    serviceValves = plant.valves.indices.map { ValveID($0) }.filter { !inBlocks.contains($0) }
      .map { ServiceValve($0, now: now) }
    let shutters = serviceValves
    branches = plant.units.indices.flatMap { unit in
      [Vessel.Side.evaporator, .condenser].map {
        Branch(UnitID(unit), $0, plant: plant, serviceValves: shutters)
      }
    }
    let sides = branches
    isolated = shutters.indices.map { valve in sides.firstIndex { $0.isolation == valve } }
    hotWaters = plant.circuits.indices.map { CircuitID($0) }
      .filter { circuit in plant.tanks.contains { $0.circuit == circuit } }
      .map { HotWaterControl($0, plant: plant, now: now) }
    makeUps = plant.makeUps.indices.map { MakeUpControl($0, plant: plant, now: now) }
    wells = plant.wells.indices.map { WellControl(WellID($0), plant: plant, now: now) }
    wellFields = plant.circuits.indices.map { CircuitID($0) }
      .filter { circuit in plant.wells.contains { $0.circuit == circuit } }
      .map { WellFieldControl($0, plant: plant, now: now) }
    distributions = plant.distributions.indices.map {
      DistributionControl(DistributionID($0), plant: plant, now: now)
    }
    frost = FrostControl(now: now)
    account = EnergyAccount(plant: plant, now: now)
    costs = AlarmCosts(now: now)
    water = WaterAccount(plant: plant)
    dayReadings = DayReadings(plant: plant)
    watchedConsumers = plant.consumers.indices.map { ConsumerID($0) }
      .filter { plant[$0].unit != nil }
    watch = ValueWatch(plant: plant, now: now)
    inputs = InputHistory(plant: plant, now: now)
    startsHeldUntil = now + plant.parameters.settleTime
  }

  public var outputs: OutputImage { board.outputs }
  public var events: [Event] { board.events }
  public var alarms: [Alarm] { board.alarms.alarms }
  public var energy: EnergyAccount { account }
  /// What the scan adds to the reinjection ledger.
  public var ledgerEntries: [LedgerEntry] { water.entries }
  /// The meters of the day that ended with the scan; none in most.
  public var dayMeters: [DayReading] { dayReadings.readings }

  /// One scan.
  public mutating func step(_ image: InputImage) {
    board.begin()
    water.begin()
    dayReadings.begin()
    valves.read(plant, image)
    watch.step(plant: plant, image: image, board: &board)
    inputs.step(image: image)
    if image.settled, !hasTakenOver { takeOver(image) }
    surveyPumps(image)
    let isStopped = watchEmergencyStop(image)
    for act in image.acts { perform(act, image) }
    watchPower(image)
    watchJoinedCircuits(image)
    if !image.isStateSaved {
      board.alarms.see(
        .stateNotSaved, .plant, Reason(.stateNotSaved, .plant, since: image.now))
    }
    if hasTakenOver { control(image, isStopped: isStopped) }
    water.step(plant: plant, image: image, board: &board)
    dayReadings.step(plant: plant, image: image)
    guardSafety(image)
    toggleRelay(image)
    board.finish(at: image.now)
    if hasTakenOver { countAlarmCosts(image) }
  }

  private mutating func control(_ image: InputImage, isStopped: Bool) {
    season.step(plant, image)
    frost.step(plant: plant, image: image, board: &board)
    stepHotWater(image)
    stepModes(image)
    surveyBranches(image)
    stepChangeOvers(image, isFrozen: isStopped)
    if surveyRows() { surveyBranches(image) }
    claimUnits(image)
    wishUnits(image)
    stepHeatRecoveries(image, isStopped: isStopped)
    stepUnits(image, isStopped: isStopped)
    wantBranches(image)
    stepServiceValves(image)
    for index in makeUps.indices {
      makeUps[index].step(plant: plant, image: image, board: &board)
    }
    stepDistributions(image)
    stepPumps(image, isStopped: isStopped)
    stepWells(image, isStopped: isStopped)
    countEnergy(image)
  }

  /// Takes new parameters over while running; the plant's structure stays.
  public mutating func adopt(_ parameters: Parameters) {
    plant.parameters = parameters
    interlock = ChangeOverInterlock(plant: plant)
  }

  /// The units and pump groups that an ordered stop still waits for.
  public var notAtRest: [Subject] {
    units.indices.filter { units[$0].wantsFlow }.map { .unit(UnitID($0)) }
      + groups.filter { $0.commanded > 0 }.map { .pumpGroup($0.id) }
      + wells.filter { $0.isOn || $0.phase == .holdingColumn }.map { .well($0.id) }
  }

  /// A drain is open, a tested well is not back at its own pressure, or one that was resting for a test is not back
  /// in service: the daemon may not end before, as long as its limit lasts.
  public var holdsStop: Bool {
    wells.contains { $0.flushing.isDraining || $0.testing.isOn || $0.owesStart }
  }
  /// A well is being flushed or step-tested.
  public var isGuiding: Bool { wells.contains(where: \.isGuided) }

  /// Whether everything stands, so that the daemon may end.
  public var isAtRest: Bool { notAtRest.isEmpty }

  /// A daemon that starts on a running plant goes on with it; a plant that stands may settle first.
  private mutating func takeOver(_ image: InputImage) {
    hasTakenOver = true
    for index in groups.indices { groups[index].takeOver(plant: plant, image: image) }
    for index in units.indices {
      units[index].takeOver(plant: plant, image: image)
      unitWishes[index].isWanted = units[index].isOn
    }
    for index in heatRecoveries.indices {
      heatRecoveries[index].takeOver(plant: plant, image: image)
    }
    for index in wells.indices { wells[index].takeOver(plant: plant, image: image) }
    for index in wellFields.indices { wellFields[index].takeOver(wells, plant, image) }
    for index in serviceValves.indices { serviceValves[index].takeOver(valves, now: image.now) }
    surveyPumps(image)
    // Rows that are proven are held before the first scan asks which units may go on.
    stepChangeOvers(image, isFrozen: false)
    let isRunning =
      units.contains(where: \.isOn) || groups.contains { $0.commanded > 0 }
      || wells.contains(where: \.isOn)
    startsHeldUntil = image.now + (isRunning ? .zero : plant.parameters.settleTime)
  }

  /// A plant of which nothing answers has no power: once it is back it settles as after a start.
  private mutating func watchPower(_ image: InputImage) {
    let answers = plant.points.indices.contains {
      plant.points[$0].direction == .input && image.samples[$0].isUsable
    }
    if isPowerLost, answers { startsHeldUntil = image.now + plant.parameters.settleTime }
    isPowerLost = hasTakenOver && !answers
  }

  /// Wired at the plant; followed here in the same scan. A lost signal stops nothing by itself: the
  /// wire does.
  private mutating func watchEmergencyStop(_ image: InputImage) -> Bool {
    let subject = Subject.plant
    let reason = Reason(.emergencyStop, subject, since: image.now)
    if image.state(plant.site.emergencyStop) == true {
      board.alarms.see(.emergencyStop, subject, reason)
    }
    guard
      board.alarms.holds(.emergencyStop, subject)
        || image.state(plant.site.emergencyStop) == true
    else { return false }
    for unit in plant.units { board.outputs.decide(unit.enableCommand, false, reason) }
    for pump in plant.pumps { board.outputs.decide(pump.runCommand, false, reason) }
    for well in plant.wells { board.outputs.decide(well.pump.runCommand, false, reason) }
    return true
  }

  /// Each scan that comes to its end toggles the relay, and nothing else does. (`SAFE-06`)
  private mutating func toggleRelay(_ image: InputImage) {
    guard let relay = plant.site.failSafeRelay else { return }
    isRelayOn.toggle()
    board.outputs.decide(relay.output, isRelayOn, Reason(.failSafeRelay, .plant, since: image.now))
  }

  /// The last word: a property that does not hold takes the outputs back to their safe side.
  private mutating func guardSafety(_ image: InputImage) {
    for property in SafetyProperty.allCases {
      guard
        let subject = property.violation(plant: plant, image: image, outputs: board.outputs)
      else { continue }
      let reason = Reason(.safetyMonitor, subject, since: image.now)
      board.alarms.see(.safetyProperty, subject, reason)
      switch property {
      case .oneCircuitPerVessel, .blockDependence, .noContradiction:
        for valve in plant.valves { board.outputs.override(valve, .stay, reason) }
      case .noUnitWithoutFlow:
        let age = plant.parameters.proofMaximumAge
        for unit in plant.units where unit.lacksFlow(board.outputs, image, within: age) {
          if let recovery = unit.recovery, let command = recovery.command,
            !image.isProven(recovery.flowProof, within: age)
          {
            board.outputs.override(command.point, 0, reason)
          }
          if unit.lacksFlow(board.outputs, image, within: age) {
            board.outputs.override(unit.enableCommand.point, 0, reason)
          }
        }
      }
    }
  }
}
