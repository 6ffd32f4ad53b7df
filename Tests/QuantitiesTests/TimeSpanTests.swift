import Quantities
import Testing

@Suite struct TimeSpanTests {
  @Test func spansAreWholeMilliseconds() {
    #expect(TimeSpan.seconds(0.0015).milliseconds == 2)
    #expect(TimeSpan.seconds(-0.0015).milliseconds == -2)
    #expect(TimeSpan.minutes(2) == .seconds(120))
    #expect(TimeSpan.hours(1.5) == .minutes(90))
    #expect(TimeSpan.days(1) == .hours(24))
    #expect(TimeSpan.seconds(90).hours == 0.025)
  }

  @Test func aMillionTenthsAreExactlyTheirSum() {
    var sum = TimeSpan.zero
    for _ in 0..<1_000_000 { sum += .seconds(0.1) }
    #expect(sum == .seconds(100_000))
  }

  @Test func whatIsNoNumberIsNoSpan() {
    #expect(TimeSpan.seconds(.nan) == .zero)
    #expect(TimeSpan.minutes(.signalingNaN) == .zero)
    #expect(TimeSpan.hours(1) * .nan == .zero)
  }

  @Test func hugeSpansAreClampedAndDoNotTrap() {
    #expect(TimeSpan.seconds(1e300).milliseconds == 9_000_000_000_000_000)
    #expect(TimeSpan.seconds(-.infinity).milliseconds == -9_000_000_000_000_000)
  }

  @Test func spansDivideAndScale() {
    #expect(TimeSpan.minutes(15) / TimeSpan.hours(1) == 0.25)
    #expect(TimeSpan.seconds(3) * 1.5 == .seconds(4.5))
    #expect(TimeSpan.seconds(5) - .seconds(7) < .zero)
  }

  @Test func instantsAndSpansGoTogether() {
    let noon = Instant(milliseconds: 43_200_000)
    #expect(noon + .hours(1) - noon == .hours(1))
    #expect(noon - .hours(12) == Instant(milliseconds: 0))
    #expect(noon < noon + .seconds(0.001))
  }

  /// "Never" and "no deadline" may be compared, subtracted and moved by any span of a plant.
  @Test func theEndsOfTimeDoNotOverflow() {
    let spans = [TimeSpan.days(36_500), .seconds(1e300), .seconds(-1e300)]
    for span in spans {
      #expect(Instant.distantFuture + span > Instant(milliseconds: 0))
      #expect(Instant.distantPast + span < Instant(milliseconds: 0))
    }
    #expect(Instant.distantFuture - Instant.distantPast > .days(36_500))
    #expect(Instant.distantPast - Instant.distantFuture < .zero)
  }
}
