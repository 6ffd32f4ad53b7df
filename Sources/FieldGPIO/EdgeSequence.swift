/// Whether edges of a line were lost between the kernel and us. Pure.
///
/// libgpiod 2 numbers them, so that it is known how many were lost; libgpiod 1 does not.
struct EdgeSequence {
  /// The last edge; 0 before the first.
  private var number: UInt32 = 0

  /// Takes the next edge; how many are missing before it.
  mutating func missing(before edge: GPIOEdge) -> UInt32 {
    guard let number = edge.number else { return 0 }
    defer { self.number = number }
    return number &- self.number &- 1
  }
}
