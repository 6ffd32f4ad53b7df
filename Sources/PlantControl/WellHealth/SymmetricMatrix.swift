/// A small dense symmetric matrix, row by row.
struct SymmetricMatrix: Hashable, Sendable {
  let order: Int
  private var elements: [Double]

  init(order: Int) {
    self.order = order
    elements = [Double](repeating: 0, count: order * order)
  }

  init(diagonal: [Double]) {
    self.init(order: diagonal.count)
    for index in diagonal.indices { self[index, index] = diagonal[index] }
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * order + column] }
    set { elements[row * order + column] = newValue }
  }

  /// Adds the products of all pairs of `columns`: AᵀA.
  mutating func addProducts(of columns: [[Double]]) {
    for row in 0..<order {
      for place in 0...row {
        let product = SymmetricMatrix.product(columns[row], columns[place])
        self[row, place] += product
        if row != place { self[place, row] += product }
      }
    }
  }

  static func product(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }

  static func + (left: SymmetricMatrix, right: SymmetricMatrix) -> SymmetricMatrix {
    var result = left
    for index in result.elements.indices { result.elements[index] += right.elements[index] }
    return result
  }

  static func * (matrix: SymmetricMatrix, factor: Double) -> SymmetricMatrix {
    var result = matrix
    for index in result.elements.indices { result.elements[index] *= factor }
    return result
  }

  /// vᵀ·M·w.
  func form(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<order where left[row] != 0 {
      for column in 0..<order { sum += left[row] * self[row, column] * right[column] }
    }
    return sum
  }

  /// The rows and columns of `places` alone.
  func part(_ places: [Int]) -> SymmetricMatrix {
    var result = SymmetricMatrix(order: places.count)
    for (row, from) in places.enumerated() {
      for (column, to) in places.enumerated() { result[row, column] = self[from, to] }
    }
    return result
  }

  func times(_ vector: [Double]) -> [Double] {
    (0..<order).map { row in
      var sum = 0.0
      for column in 0..<order { sum += self[row, column] * vector[column] }
      return sum
    }
  }

  /// The inverse by sweeping each place in turn over the lower half; nil where the matrix is not
  /// positive definite, as readings beyond all sense make it.
  func inverse() -> SymmetricMatrix? {
    var swept = self
    var column = [Double](repeating: 0, count: order)
    for pivot in 0..<order {
      let scale = swept[pivot, pivot]
      guard scale > 0, scale.isFinite else { return nil }
      for place in 0..<order {
        column[place] = place <= pivot ? swept[pivot, place] : swept[place, pivot]
      }
      for row in 0..<order where row != pivot && column[row] != 0 {
        swept.reduce(row, by: column[row] / scale, of: column)
      }
      for place in 0..<order { swept[max(place, pivot), min(place, pivot)] = column[place] / scale }
      swept[pivot, pivot] = -1 / scale
    }
    for row in 0..<order {
      for place in 0...row {
        let value = -swept[row, place]
        swept[row, place] = value
        swept[place, row] = value
      }
    }
    return swept
  }

  private mutating func reduce(_ row: Int, by factor: Double, of column: [Double]) {
    let start = row * order
    for place in 0...row { elements[start + place] -= factor * column[place] }
  }

  /// Eigenvalues with their unit vectors, by Jacobi's rotations.
  func eigen() -> [(value: Double, vector: [Double])] {
    var matrix = self
    var vectors = SymmetricMatrix(diagonal: [Double](repeating: 1, count: order))
    for _ in 0..<30 {
      for row in 0..<order {
        for column in (row + 1)..<max(order, row + 1) where matrix[row, column] != 0 {
          matrix.rotate(row, column, &vectors)
        }
      }
    }
    return (0..<order).map { column in
      (matrix[column, column], (0..<order).map { vectors[$0, column] })
    }
  }

  private mutating func rotate(_ row: Int, _ column: Int, _ vectors: inout SymmetricMatrix) {
    let theta = (self[column, column] - self[row, row]) / (2 * self[row, column])
    let tangent = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for place in 0..<order {
      let first = self[place, row]
      let second = self[place, column]
      self[place, row] = cosine * first - sine * second
      self[place, column] = sine * first + cosine * second
    }
    for place in 0..<order {
      let first = self[row, place]
      let second = self[column, place]
      self[row, place] = cosine * first - sine * second
      self[column, place] = sine * first + cosine * second
      let left = vectors[place, row]
      let right = vectors[place, column]
      vectors[place, row] = cosine * left - sine * right
      vectors[place, column] = sine * left + cosine * right
    }
  }
}
