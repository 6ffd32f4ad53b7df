/// The state of a contact without its bounces: one counts once it has lasted, by the kernel's own stamps. Pure.
///
/// libgpiod 1 cannot ask the kernel for this, so that it is done here with both generations alike.
struct Debounce {
  /// How long a state must last, in nanoseconds.
  let span: UInt64
  private(set) var state: Bool
  /// Another state, and since when.
  private var next: (state: Bool, since: UInt64)?

  init(span: UInt64, state: Bool) {
    self.span = span
    self.state = state
  }

  /// When a state that waits will have lasted; nil while none does.
  var deadline: UInt64? { next.map { $0.since + span } }

  /// An edge to `level`, or a level that was read to differ; the state that counts from now on, if it is
  /// another.
  mutating func edge(to level: Bool, at time: UInt64) -> Bool? {
    let settled = settle(at: time)
    if level == state {
      next = nil
    } else if span == 0 {
      state = level
      return level
    } else if next == nil {
      next = (level, time)
    }
    return settled
  }

  /// Time goes on; the state that counts from now on, if it is another.
  mutating func settle(at time: UInt64) -> Bool? {
    guard let next, time >= next.since, time - next.since >= span else { return nil }
    state = next.state
    self.next = nil
    return state
  }
}
