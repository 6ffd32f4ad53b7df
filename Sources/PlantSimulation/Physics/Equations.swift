/// The linear equations of one of Newton's steps: what each free node's flows leave, and how that
/// changes with the pressures.
///
/// The matrix is symmetric and diagonally dominant, so that elimination needs no pivot.
struct Equations: Sendable {
  /// How many nodes.
  let count: Int
  /// Row by row, each with what its node's flows leave as its last entry; there the solution comes to
  /// stand.
  private var rows: [Double]
  private var width: Int { count + 1 }

  init(count: Int) {
    self.count = count
    rows = Array(repeating: 0, count: count * (count + 1))
  }

  /// What a node's flows leave, or its part of the solution.
  subscript(node: Int) -> Double { rows[node * width + count] }

  /// The largest of what is left, without its sign.
  var worst: Double {
    var worst = 0.0
    for node in 0..<count { worst = max(worst, abs(self[node])) }
    return worst
  }

  /// No flows at all. A little on the diagonal keeps a node that nothing reaches from being free.
  mutating func clear() {
    let (count, width) = (count, width)
    var rows = rows.mutableSpan
    for index in rows.indices { rows[index] = 0 }
    for node in 0..<count { rows[node * width + node] = 1e-6 }
  }

  /// Adds a flow from one node to another and its slope; a node of given pressure is below zero.
  mutating func add(_ from: Int, _ to: Int, _ flow: Double, _ slope: Double) {
    let (count, width) = (count, width)
    var rows = rows.mutableSpan
    if from >= 0 {
      rows[from * width + count] -= flow
      rows[from * width + from] += slope
      if to >= 0 { rows[from * width + to] -= slope }
    }
    if to >= 0 {
      rows[to * width + count] += flow
      rows[to * width + to] += slope
      if from >= 0 { rows[to * width + from] -= slope }
    }
  }

  /// Gaussian elimination in place.
  mutating func solve() {
    let (count, width) = (count, width)
    var rows = rows.mutableSpan
    for pivot in 0..<count {
      let above = pivot * width
      let inverse = 1 / rows[above + pivot]
      for row in pivot + 1..<max(count, pivot + 1) {
        let begin = row * width
        let factor = rows[begin + pivot] * inverse
        if factor == 0 { continue }
        for column in pivot + 1...count { rows[begin + column] -= factor * rows[above + column] }
      }
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      let begin = row * width
      var sum = rows[begin + count]
      for column in row + 1..<max(count, row + 1) {
        sum -= rows[begin + column] * rows[column * width + count]
      }
      rows[begin + count] = sum / rows[begin + row]
    }
  }
}
