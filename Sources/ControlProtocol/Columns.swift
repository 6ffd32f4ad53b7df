/// Cells in columns: the first from the left, the others to the right.
public struct Columns: Sendable {
  private let first: Int
  private let rest: Int

  /// - Parameters:
  ///   - first: the width of the first column.
  ///   - rest: that of each other one.
  public init(first: Int, rest: Int) {
    self.first = first
    self.rest = rest
  }

  /// One row; a cell that is too wide keeps one space before the next.
  public func row(_ head: String, _ cells: String...) -> String {
    cells.reduce(head + String(repeating: " ", count: max(first - head.count, 1))) { row, cell in
      row + String(repeating: " ", count: max(rest - cell.count, 1)) + cell
    }
  }
}
