/// Least squares with a prior for each parameter: Gauss and Newton, to the most probable values and
/// their covariance.
struct WellEstimate {
  /// The places that were free, and their covariance in that order.
  var places: [Int]
  var covariance: SymmetricMatrix
  /// All parameters, the fixed ones as they were given.
  var values: [Double]

  private static let rounds = 6
  private static let settled = 1e-5

  /// `information` is the prior's inverse covariance in the order of `places`, around `start`; nil where
  /// the readings are beyond all sense.
  static func fit(
    _ model: WellModel, start: [Double], places: [Int], information: SymmetricMatrix
  ) -> WellEstimate? {
    var values = start
    var covariance = SymmetricMatrix(order: places.count)
    for _ in 0..<rounds {
      let residuals = model.residuals(values)
      let columns = places.map { place -> [Double] in
        let step = 1e-4 * max(abs(values[place]), 1)
        var moved = values
        moved[place] += step
        let there = model.residuals(moved)
        return residuals.indices.map { (residuals[$0] - there[$0]) / step }
      }
      var normal = information
      let distance = places.map { start[$0] - values[$0] }
      var right = information.times(distance)
      normal.addProducts(of: columns)
      for place in right.indices {
        right[place] += SymmetricMatrix.product(columns[place], residuals)
      }
      guard let inverse = normal.inverse() else { return nil }
      covariance = inverse
      var largest = 0.0
      for (place, change) in zip(places, covariance.times(right)) {
        values[place] += change
        largest = max(largest, abs(change))
      }
      guard largest > settled else { break }
    }
    return WellEstimate(places: places, covariance: covariance, values: values)
  }
}
