import Field
import Quantities
import Testing

@Suite struct RecoveryTests {
  private enum Happening { case fails, replies }

  private func after(_ happenings: [Happening], carriesProof: Bool = false) -> DeviceRecovery {
    var recovery = DeviceRecovery(carriesProof: carriesProof)
    for (second, happening) in happenings.enumerated() {
      switch happening {
      case .fails: _ = recovery.failed(at: Instant(milliseconds: Int64(second) * 1000))
      case .replies: _ = recovery.replied()
      }
    }
    return recovery
  }

  @Test func aDeviceIsGivenUpAfterTwoRetries() {
    #expect(!after([.fails, .fails]).isAway)
    #expect(after([.fails, .fails, .fails]).isAway)
    #expect(!after([.fails, .fails, .replies, .fails, .fails]).isAway)
  }

  @Test func onlyTheChangeIsTold() {
    var recovery = DeviceRecovery(carriesProof: false)
    let told = (0..<5).map { recovery.failed(at: Instant(milliseconds: $0 * 1000)) }
    #expect(told == [false, false, true, false, false])
    let back = (0..<2).map { _ in recovery.replied() }
    #expect(back == [true, false])
  }

  @Test(arguments: [
    (false, [2, 4, 6, 8, 10, 12], 60.0), (true, [2, 4, 5, 5, 5, 5], 5.0),
  ])
  func probesComeSeldomerUpToALimit(carriesProof: Bool, waits: [Double], longest: Double) {
    var recovery = after([.fails, .fails, .fails], carriesProof: carriesProof)
    var now = Instant(milliseconds: 2000)
    for number in 0..<200 {
      let wait = number < waits.count ? waits[number] : nil
      let due = recovery.state.due
      if let wait { #expect(due - now == .seconds(wait)) }
      #expect(due - now <= .seconds(longest))
      #expect(!recovery.mayAsk(at: due - TimeSpan(milliseconds: 1)))
      #expect(recovery.mayAsk(at: due))
      now = due
      #expect(recovery.failed(at: now) == false)
    }
    #expect(recovery.state.due - now == .seconds(longest))
  }

  @Test func itIsAskedAsEverOnceItIsBack() {
    let recovery = after([.fails, .fails, .fails, .fails, .replies])
    #expect(recovery.mayAsk(at: Instant(milliseconds: 0)))
    #expect(recovery.state == .present(failures: 0))
  }
}

extension DeviceRecovery.State {
  fileprivate var due: Instant {
    if case .away(_, let nextProbe) = self { nextProbe } else { .distantPast }
  }
}
