import Quantities

/// The pulses of a line since the daemon started, and how far the count is to be trusted. Pure.
///
/// Without a least length every edge to active is a pulse, and no other edge is asked for: of both the kernel tells
/// the direction of a short pulse wrongly. With one, both edges are, and what bounces is no pulse.
struct PulseCounter {
  /// Counts on past its end, as meters do.
  private(set) var count: UInt32 = 0
  private var sequence = EdgeSequence()
  private var debounce: Debounce
  private var doubtfulUntil: Instant = .distantPast

  /// So long after pulses may have been lost, the count is uncertain.
  static let doubt = TimeSpan.minutes(1)

  /// What may be missing in the count.
  enum Loss: Equatable {
    /// So many pulses did not reach us; they are in the count by their numbers.
    case counted(UInt32)
    /// Nobody knows how many.
    case unknown
  }

  /// - Parameters:
  ///   - span: how long a pulse must last, in nanoseconds; 0 for any.
  ///   - state: of the line when it was taken.
  init(span: UInt64, state: Bool) { debounce = Debounce(span: span, state: state) }

  var deadline: UInt64? { debounce.deadline }
  func isDoubtful(at now: Instant) -> Bool { now < doubtfulUntil }

  /// Whether edges to active alone are wanted.
  static func wantsRisingOnly(span: UInt64) -> Bool { span == 0 }

  /// Counts a batch; what was lost before or in it, if anything was.
  mutating func take(_ batch: EdgeBatch, at now: Instant) -> Loss? {
    var missing: UInt32 = 0
    for edge in batch.edges {
      missing &+= sequence.missing(before: edge)
      if PulseCounter.wantsRisingOnly(span: debounce.span) {
        count &+= 1
      } else if debounce.edge(to: edge.isActive, at: edge.time) == true {
        count &+= 1
      }
    }
    let loss = loss(of: batch, missing)
    if loss != nil { doubtfulUntil = now + PulseCounter.doubt }
    return loss
  }

  private mutating func loss(of batch: EdgeBatch, _ missing: UInt32) -> Loss? {
    if missing > 0 {
      guard PulseCounter.wantsRisingOnly(span: debounce.span) else { return .unknown }
      count &+= missing
      return .counted(missing)
    }
    let isNumbered = batch.edges.last?.number != nil
    return batch.isFull && !isNumbered ? .unknown : nil
  }

  /// A pulse that waits to have lasted.
  mutating func settle(at time: UInt64) { if debounce.settle(at: time) == true { count &+= 1 } }

  /// The line was away and is taken again; what came meanwhile nobody knows.
  mutating func retaken(state: Bool, at now: Instant) {
    sequence = EdgeSequence()
    debounce = Debounce(span: debounce.span, state: state)
    doubtfulUntil = now + PulseCounter.doubt
  }
}
