import Testing

@testable import FieldGPIO

@Suite struct DebounceTests {
  @Test func aStateCountsOnceItHasLasted() {
    var contact = Debounce(span: 5, state: false)
    #expect(contact.edge(to: true, at: 100) == nil && !contact.state)
    #expect(contact.deadline == 105)
    #expect(contact.settle(at: 104) == nil)
    #expect(contact.settle(at: 105) == true && contact.state && contact.deadline == nil)
  }

  @Test func aContactThatBouncesCountsOnce() {
    var contact = Debounce(span: 5, state: false)
    var told: [Bool] = []
    for (level, time) in [(true, 0), (false, 1), (true, 2), (false, 3), (true, 4)] {
      if let state = contact.edge(to: level, at: UInt64(time)) { told.append(state) }
    }
    #expect(told.isEmpty && contact.deadline == 9)
    #expect(contact.settle(at: 9) == true)
  }

  /// Edges that are read late count by their own stamps.
  @Test func whatHadLastedBeforeTheNextEdgeCounts() {
    var contact = Debounce(span: 5, state: false)
    #expect(contact.edge(to: true, at: 0) == nil)
    #expect(contact.edge(to: false, at: 8) == true)
    #expect(contact.settle(at: 13) == false)
  }

  @Test func withoutASpanEveryEdgeCounts() {
    var contact = Debounce(span: 0, state: false)
    #expect(contact.edge(to: true, at: 0) == true)
    #expect(contact.edge(to: false, at: 0) == false)
    #expect(contact.deadline == nil)
  }
}
