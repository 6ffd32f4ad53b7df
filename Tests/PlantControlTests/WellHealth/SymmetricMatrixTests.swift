import Testing

@testable import PlantControl

/// The small matrices against what is known of them.
@Suite struct SymmetricMatrixTests {
  private func matrix() -> SymmetricMatrix {
    var result = SymmetricMatrix(order: 3)
    let rows = [[4.0, 2, -1], [2, 5, 0.5], [-1, 0.5, 3]]
    for row in 0..<3 { for column in 0..<3 { result[row, column] = rows[row][column] } }
    return result
  }

  @Test func inverseTimesTheMatrixIsOne() throws {
    let inverse = try #require(matrix().inverse())
    for place in 0..<3 {
      var unit = [0.0, 0, 0]
      unit[place] = 1
      let product = matrix().times(inverse.times(unit))
      for row in 0..<3 { #expect(abs(product[row] - unit[row]) < 1e-12) }
    }
  }

  @Test func whatIsNotDefiniteHasNoInverse() {
    #expect(SymmetricMatrix(diagonal: [1, 0, 1]).inverse() == nil)
    #expect(SymmetricMatrix(diagonal: [1, -2]).inverse() == nil)
    #expect(SymmetricMatrix(diagonal: [1, .nan]).inverse() == nil)
  }

  @Test func eigenvectorsAreOnlyStretched() {
    let pairs = matrix().eigen()
    #expect(abs(pairs.map(\.value).reduce(0, +) - 12) < 1e-12)
    for (value, vector) in pairs {
      let turned = matrix().times(vector)
      for row in 0..<3 { #expect(abs(turned[row] - value * vector[row]) < 1e-9) }
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
    }
  }

  @Test func productsOfColumnsAreTheirNormalMatrix() {
    var result = SymmetricMatrix(order: 2)
    result.addProducts(of: [[1, 2, 3], [4, 5, 6]])
    #expect(result[0, 0] == 14)
    #expect(result[0, 1] == 32)
    #expect(result[1, 0] == 32)
    #expect(result[1, 1] == 77)
  }

  @Test func lineThroughPointsOfALineIsExact() {
    let days = [-30.0, -17, -9, 0]
    let values = days.map { 3 - 0.2 * $0 }
    let line = StraightLine(days: days)
    #expect(abs(zip(line.atEnd, values).map(*).reduce(0, +) - 3) < 1e-12)
    #expect(abs(zip(line.slope, values).map(*).reduce(0, +) + 0.2) < 1e-12)
    #expect(StraightLine(days: [0]).atEnd == [1])
  }
}
