import Foundation
import Quantities
import Testing

@testable import PlantRuntime

/// How long an ordered stop may take: one figure in the daemon, the service and the manual.
@Suite struct StopLimitTests {
  @Test func theServiceGivesAStopMoreTimeThanItsOwnLimit() throws {
    let unit = try Documents.text("systemd/wellspringd.service")
    let found = try #require(unit.firstMatch(of: /(?m)^TimeoutStopSec=(\d+)min$/))
    let granted = TimeSpan.minutes(try #require(Double(found.1)))
    // What is saved last, and the field's closing, come after the limit.
    #expect(granted >= Daemon.stopLimit + .seconds(30))
    #expect(unit.contains("the daemon itself ends it after \(limit)"))
  }

  @Test func theManualNamesTheLimit() throws {
    #expect(try Documents.text("docs/man/wellspringd.8").contains("after \(limit) it ends"))
  }

  private var limit: String { "\(Int(Daemon.stopLimit.seconds / 60)) minutes" }
}
