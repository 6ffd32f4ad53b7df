public import PlantModel

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
  private var baseline: WellBaseline?
  private var trend = WellTrend()
  /// What the tests say together; nil before the first one after the commissioning.
  public private(set) var report: WellReport?
  /// Tests that cannot be held against the commissioning: made with other positions or speeds.
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
    guard tests.count > WellHealth.commissioning, baseline != nil else {
      rebuild()
      return
    }
    judge(test)
    report = trend.report()
  }

  private mutating func judge(_ test: StepTest) {
    if let condition = baseline?.condition(test) { trend.add(condition) } else { unfit += 1 }
  }

  /// Judges every test anew, as after a restart.
  private mutating func rebuild() {
    trend = WellTrend()
    unfit = 0
    baseline = nil
    report = nil
    guard let plan, tests.count >= WellHealth.commissioning else { return }
    baseline = WellBaseline(
      design: plan.design, instruments: plan.instruments,
      tests: Array(tests.prefix(WellHealth.commissioning)))
    for test in tests.dropFirst(WellHealth.commissioning) { judge(test) }
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
