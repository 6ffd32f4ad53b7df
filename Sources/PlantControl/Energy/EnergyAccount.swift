public import PlantModel
public import Quantities

/// Energy by the definitions of the coefficients, per operation: today, yesterday, in all, and over
/// the last minutes.
///
/// Powers are integrated over the real time between two scans. A meter that is away adds nothing and
/// its time is counted as a gap; once it is back, the difference of its own counter is added to the
/// operation in which it went. So is what was used while the controller did not run. What that leaves
/// uncertain is in `MeterShares`.
public struct EnergyAccount: Sendable {
  /// How long the rolling window is, and its parts.
  public static let windowMinutes = 10
  /// Less heat or cold than this is not made but shown.
  static let least = Kilowatts(5)

  public private(set) var totals: [EnergyFigures]
  public private(set) var today: [EnergyFigures]
  public private(set) var yesterday: [EnergyFigures]
  /// Time in which a meter was away, or the controller did not run.
  public private(set) var gap: TimeSpan = .zero
  public private(set) var operation: EnergyOperation = .idle
  /// What was counted in the last scan, what counters told of absences with it.
  public private(set) var last = EnergyFigures()
  private var meters: [MeterWatch]
  private var shares: MeterShares
  private var scan: [MeterScan]
  private var minutes: [EnergyFigures]
  private var minute: Int64 = 0
  private var day: Int64 = .min
  private var lastStep: Instant
  /// The last scan before a restart; the distant past when there was none.
  private var stoppedAt: Instant = .distantPast

  /// What a meter did in this scan, until it is known to which operation the scan belongs.
  private struct MeterScan: Sendable {
    var kind: MeterShare.Kind?
    /// Nil while it is away.
    var counted: KilowattHours?
  }

  init(plant: Plant, now: Instant) {
    let none = Array(repeating: EnergyFigures(), count: EnergyOperation.allCases.count)
    totals = none
    today = none
    yesterday = none
    minutes = Array(repeating: EnergyFigures(), count: EnergyAccount.windowMinutes)
    meters = plant.meters.map { MeterWatch($0.name) }
    shares = MeterShares(plant: plant)
    scan = plant.meters.map { _ in MeterScan() }
    lastStep = now
  }

  public func total(of operation: EnergyOperation) -> EnergyFigures { totals[operation.place] }
  public func today(of operation: EnergyOperation) -> EnergyFigures { today[operation.place] }
  public func yesterday(of operation: EnergyOperation) -> EnergyFigures {
    yesterday[operation.place]
  }

  /// The last ten minutes, whatever the operation.
  public var window: EnergyFigures {
    var sum = EnergyFigures()
    for figures in minutes { sum += figures }
    return sum
  }

  /// By how much the figures of an operation in all may be wrong.
  public func totalUncertainty(of operation: EnergyOperation) -> EnergyUncertainty {
    uncertainty(total(of: operation), shares.shares(operation, of: \.total))
  }
  /// The same of today.
  public func todayUncertainty(of operation: EnergyOperation) -> EnergyUncertainty {
    uncertainty(today(of: operation), shares.shares(operation, of: \.today))
  }
  /// The same of yesterday.
  public func yesterdayUncertainty(of operation: EnergyOperation) -> EnergyUncertainty {
    uncertainty(yesterday(of: operation), shares.shares(operation, of: \.yesterday))
  }
  /// The same of the last ten minutes.
  public var windowUncertainty: EnergyUncertainty { uncertainty(window, shares.window) }

  private func uncertainty(
    _ figures: EnergyFigures, _ shares: some Collection<MeterShare>
  ) -> EnergyUncertainty {
    EnergyUncertainty(of: figures, shares: shares, limits: self.shares.limits)
  }

  /// Cold that nobody wanted, in the last scan.
  public var lastSurplus: KilowattHours { last.surplusCold }

  /// How far the integrated power of a meter is from its own counter, as part of the latter; nil
  /// until the counter has moved enough to tell.
  public func deviation(of meter: MeterID) -> Fraction? { meters[meter.index].deviation }

  /// - Parameters:
  ///   - isColdWanted: the building wants the cold that recovery makes.
  ///   - services: what each block's units do in this scan, so that a meter's figure has a sign.
  mutating func step(
    isColdWanted: Bool, services: (Int) -> BlockMode.Service, plant: Plant, image: InputImage
  ) {
    let now = image.now
    let dt = max(now - lastStep, .zero)
    lastStep = now
    roll(plant, now)
    let stopped = stoppedAt > .distantPast ? max(now - stoppedAt - dt, .zero) : .zero
    let isOtherDay =
      stopped > .zero && LocalDay(of: stoppedAt, offset: plant.site.utcOffset).number != day
    gap += stopped
    stoppedAt = .distantPast
    var slice = EnergyFigures()
    var late = EnergyFigures()
    slice.time = dt
    var isWhole = true
    for index in meters.indices {
      let meter = plant.meters[index]
      let most = Kilowatts(plant[meter.power.point].range.upperBound)
      let taken = image.sample(meter.energy.point).taken
      let kind = kind(of: meter.use, isColdWanted, services)
      let counted = meters[index].step(
        power: image.reading(meter.power),
        counter: image.reading(meter.energy).map { ($0, taken) }, most: most, dt, now)
      if stopped > .zero {
        shares.miss(
          (meters[index].greatest ?? most) * stopped, kind, index, operation, minute: nil,
          isMixed: isOtherDay)
      }
      scan[index] = MeterScan(kind: kind, counted: counted?.now)
      guard let counted else {
        isWhole = false
        continue
      }
      if counted.absence != .open {
        shares.settle(
          counted.late, isTold: counted.absence == .told, kind, index, operation)
      }
      add(counted.now, meter.use, isColdWanted, services, &slice)
      add(counted.late, meter.use, isColdWanted, services, &late)
    }
    if !isWhole { gap += dt }
    totals[operation.place] += late
    today[operation.place] += late
    operation = next(after: slice)
    totals[operation.place] += slice
    today[operation.place] += slice
    let place = Int(minute % Int64(EnergyAccount.windowMinutes))
    minutes[place] += slice
    share(plant, dt, minute: place)
    last = slice
    last += late
  }

  /// What each meter did in this scan, to the operation that the scan belongs to.
  private mutating func share(_ plant: Plant, _ dt: TimeSpan, minute: Int) {
    for index in scan.indices {
      let kind = scan[index].kind
      if let counted = scan[index].counted {
        guard let kind, counted > .zero else { continue }
        shares.count(counted, kind, index, operation, minute: minute)
      } else {
        let most = Kilowatts(plant[plant.meters[index].power.point].range.upperBound)
        shares.miss(
          (meters[index].greatest ?? most) * dt, kind, index, operation, minute: minute)
      }
    }
  }

  /// What a meter's figure counts as in the coefficients; nil while it counts in none.
  private func kind(
    of use: EnergyMeter.Use, _ isColdWanted: Bool, _ services: (Int) -> BlockMode.Service
  ) -> MeterShare.Kind? {
    switch use {
    case .building(let block):
      switch services(block.index) {
      case .cooling: .cold
      case .heating, .transition: .heat
      case .off, .hotWaterFromGround, .recovery: nil
      }
    case .recoveredCold(let block):
      isColdWanted && services(block.index) == .recovery ? .cold : nil
    case .hotWater: .heat
    case .units, .pumps: .electricity
    }
  }

  private func add(
    _ energy: KilowattHours, _ use: EnergyMeter.Use, _ isColdWanted: Bool,
    _ services: (Int) -> BlockMode.Service, _ slice: inout EnergyFigures
  ) {
    switch use {
    case .building(let block):
      switch services(block.index) {
      case .cooling: slice.cold += energy
      case .heating, .transition: slice.heat += energy
      case .off, .hotWaterFromGround, .recovery: break
      }
    case .recoveredCold(let block):
      guard services(block.index) == .recovery else { return }
      if isColdWanted { slice.cold += energy } else { slice.surplusCold += energy }
    case .hotWater: slice.heat += energy
    case .units: slice.units += energy
    case .pumps: slice.pumps += energy
    }
  }

  /// Heat alone, cold alone or both. Electricity without either belongs to the operation that it
  /// follows: run-on and circulation are part of its cost. Without time, or a meter that is seen, nothing is
  /// known of it and it stays.
  private func next(after slice: EnergyFigures) -> EnergyOperation {
    let isBlind = !scan.isEmpty && scan.allSatisfy { $0.counted == nil }
    guard slice.time > .zero, !isBlind else { return operation }
    let least = EnergyAccount.least * slice.time
    switch (slice.heat > least, slice.cold > least) {
    case (true, true): return .simultaneous
    case (true, false): return .heatingOnly
    case (false, true): return .coolingOnly
    case (false, false): return slice.units + slice.pumps > least ? operation : .idle
    }
  }

  private mutating func roll(_ plant: Plant, _ now: Instant) {
    let thisMinute = now.milliseconds / 60_000
    if thisMinute != minute {
      let passed = min(max(thisMinute - minute, 1), Int64(EnergyAccount.windowMinutes))
      for step in 0..<passed {
        let place = Int((thisMinute - step) % Int64(EnergyAccount.windowMinutes))
        minutes[place] = EnergyFigures()
        shares.forget(minute: place)
      }
      minute = thisMinute
    }
    let thisDay = LocalDay(of: now, offset: plant.site.utcOffset).number
    if thisDay != day {
      if day != .min {
        for index in today.indices {
          yesterday[index] = thisDay == day + 1 ? today[index] : EnergyFigures()
          today[index] = EnergyFigures()
        }
        shares.turn(isNext: thisDay == day + 1)
      }
      day = thisDay
    }
  }
}

extension EnergyAccount: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    let names = EnergyOperation.allCases.map(\.rawValue)
    archive.groups("total", names, &totals)
    archive.groups("today", names, &today)
    archive.groups("yesterday", names, &yesterday)
    archive.groups("meter", meters.map(\.name), &meters)
    archive.group("shares", &shares)
    archive.field("gap_milliseconds", &gap)
    archive.field("day", &day)
    archive.field("operation", &operation)
    var moment = lastStep
    archive.field("last_step", &moment)
    if moment < lastStep { stoppedAt = moment }
  }
}
