import Quantities
import Testing

@testable import FieldGPIO

/// Counting pulses, and knowing when some were lost on the way.
@Suite struct PulseTests {
  private let now = Instant(milliseconds: 1_700_000_000_000)

  /// Edges to active 5 ms apart, numbered from `first` or not at all.
  private func pulses(_ count: Int, from first: UInt32? = nil) -> [GPIOEdge] {
    (0..<count).map { index in
      GPIOEdge(
        time: UInt64(index) * 5_000_000, number: first.map { $0 &+ UInt32(index) }, isActive: true)
    }
  }

  @Test(arguments: [nil, 1] as [UInt32?])
  func everyPulseCountsOnce(_ first: UInt32?) {
    var counter = PulseCounter(span: 0, state: false)
    let all = pulses(2000, from: first)
    for start in stride(from: 0, to: all.count, by: 7) {
      let batch = EdgeBatch(edges: Array(all[start..<min(start + 7, all.count)]))
      #expect(counter.take(batch, at: now) == nil)
    }
    #expect(counter.count == 2000 && !counter.isDoubtful(at: now))
  }

  /// Every run of pulses that a full buffer may swallow is counted by the number of the next.
  @Test(arguments: 1..<12, 0..<12)
  func numberedPulsesThatAreLostAreCounted(_ lost: Int, _ place: Int) {
    var counter = PulseCounter(span: 0, state: false)
    var all = pulses(40, from: 1)
    all.removeSubrange(place..<(place + lost))
    #expect(counter.take(EdgeBatch(edges: all), at: now) == .counted(UInt32(lost)))
    #expect(counter.count == 40)
    #expect(counter.isDoubtful(at: now) && !counter.isDoubtful(at: now + PulseCounter.doubt))
  }

  @Test func aFullBufferOfUnnumberedPulsesIsInDoubt() {
    var counter = PulseCounter(span: 0, state: false)
    #expect(counter.take(EdgeBatch(edges: pulses(16), isFull: true), at: now) == .unknown)
    #expect(counter.count == 16 && counter.isDoubtful(at: now))
    var numbered = PulseCounter(span: 0, state: false)
    #expect(numbered.take(EdgeBatch(edges: pulses(16, from: 1), isFull: true), at: now) == nil)
  }

  /// The numbers go on from their end as the count does.
  @Test func aNumberMayRunOver() {
    var counter = PulseCounter(span: 0, state: false)
    #expect(
      counter.take(EdgeBatch(edges: pulses(1, from: .max)), at: now) == .counted(.max - 1))
    #expect(counter.take(EdgeBatch(edges: pulses(3, from: 0)), at: now) == nil)
    #expect(counter.count == 2)
  }

  /// Edges that are missing between bounces tell nothing of pulses.
  @Test func aGapAmongBouncesIsInDoubt() {
    var counter = PulseCounter(span: 1_000_000, state: false)
    #expect(counter.take(EdgeBatch(edges: pulses(1, from: 3)), at: now) == .unknown)
  }

  @Test func aPulseShorterThanItsSpanIsABounce() {
    var counter = PulseCounter(span: 1_000_000, state: false)
    let times: [(UInt64, Bool)] = [
      (0, true), (200_000, false), (400_000, true), (2_000_000, false), (2_100_000, true),
      (2_200_000, false), (9_000_000, true), (9_500_000, false),
    ]
    let batch = EdgeBatch(edges: times.map { GPIOEdge(time: $0.0, isActive: $0.1) })
    #expect(counter.take(batch, at: now) == nil)
    #expect(counter.count == 1 && counter.deadline == nil)
  }

  /// Its numbers begin anew; what came while it was away nobody knows.
  @Test func aLineThatWasAwayIsInDoubtForAWhile() {
    var counter = PulseCounter(span: 0, state: false)
    _ = counter.take(EdgeBatch(edges: pulses(10, from: 1)), at: now)
    counter.retaken(state: false, at: now)
    #expect(counter.isDoubtful(at: now))
    #expect(counter.take(EdgeBatch(edges: pulses(10, from: 1)), at: now) == nil)
    #expect(counter.count == 20)
  }
}
