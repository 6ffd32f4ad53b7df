public import PlantModel
import Quantities

/// The step tests of a well since it was new, and what they say of it now. (`WELL-27`)
///
/// The first three make the commissioning; every later one is held against them.
public struct WellHealth: Sendable {
  /// So many tests make the commissioning.
  public static let commissioning = 3
  /// Later tests that are kept.
  static let kept = 64

  private let plan: WellStepPlan?
  /// Oldest first, each as it is saved.
  private var lines: [String] = []
  public private(set) var tests: [StepTest] = []
  /// What the tests say together; nil before the first one after the commissioning.
  public private(set) var report: WellReport?
  /// Tests that count for nothing: made with other positions or speeds than the plan's, or without a sensor that
  /// the commissioning had.
  public private(set) var unfit = 0

  init(_ plan: WellStepPlan?) { self.plan = plan }

  /// Whether the commissioning is complete and something has worsened since.
  var isWorn: Bool { !(report?.suspects.isEmpty ?? true) }

  mutating func add(_ test: StepTest) {
    if test.opensBaseline {
      tests = []
      lines = []
    }
    tests.append(test)
    lines.append(test.line)
    if tests.count > WellHealth.commissioning + WellHealth.kept {
      tests.remove(at: WellHealth.commissioning)
      lines.remove(at: WellHealth.commissioning)
    }
    rebuild()
  }

  /// Judges every test anew, as after a restart: the first three that follow the plan make the commissioning, with
  /// the sensors that all of them had.
  private mutating func rebuild() {
    unfit = 0
    report = nil
    guard let plan else { return }
    let fitting = tests.filter { plan.fits($0) }
    unfit = tests.count - fitting.count
    let first = fitting.prefix(WellHealth.commissioning)
    guard first.count == WellHealth.commissioning else { return }
    var instruments = plan.instruments
    let missing = WellSensor.allCases.filter { sensor in
      first.contains { !$0.sensors.contains(sensor) }
    }
    for sensor in missing { instruments = instruments.without(sensor) }
    var trend = WellTrend()
    let baseline = WellBaseline(
      design: plan.design, instruments: instruments, tests: Array(first))
    for test in fitting.dropFirst(WellHealth.commissioning) {
      let hasAll = WellSensor.allCases.allSatisfy {
        !instruments.has($0) || test.sensors.contains($0)
      }
      if hasAll, let condition = baseline?.condition(test) {
        trend.add(condition)
      } else {
        unfit += 1
      }
    }
    report = trend.report()
  }
}

extension WellHealth: Persistent {
  public mutating func persist(in archive: inout some Archive) {
    guard plan != nil else { return }
    var count = lines.count
    archive.field("count", &count)
    let before = lines
    if count != lines.count {
      let most = WellHealth.commissioning + WellHealth.kept
      lines = Array(repeating: "", count: min(max(count, 0), most))
    }
    for index in lines.indices { archive.field("test-\(index)", &lines[index]) }
    guard lines != before else { return }
    tests = lines.compactMap { StepTest(line: $0) }
    if tests.count != lines.count { archive.reject("count") }
    lines = tests.map(\.line)
    rebuild()
  }
}

extension WellStepPlan {
  /// Whether a test was made by this plan.
  fileprivate func fits(_ test: StepTest) -> Bool {
    test.isComplete && test.positions == positions && test.readings.count == holds
      && zip(test.readings, 0..<holds).allSatisfy {
        abs($0.frequency.value - speed(of: $1).value) < 1
      }
  }
}
