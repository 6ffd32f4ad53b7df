/// Whole shares that add up to the whole, by the method of the largest remainder (Hamilton's): each gets
/// the whole part of what is due to it, and the units left over go to those with the largest
/// remainders; of equal remainders, to the one that stands first.
enum Shares {
  /// - Parameters:
  ///   - total: what is shared; not below nothing.
  ///   - weights: what each share is in proportion to; none below nothing, not all nothing.
  static func largestRemainder(of total: Int64, by weights: [Int64]) -> [Int64] {
    let sum = weights.reduce(0, +)
    precondition(total >= 0 && sum > 0, "there is something to share and somebody to take it")
    var shares: [Int64] = []
    var remainders: [Int64] = []
    for weight in weights {
      // In 128 bits: the product of a village's electricity and its heat has more than 64.
      let product = total.multipliedFullWidth(by: weight)
      let (share, remainder) = sum.dividingFullWidth(product)
      shares.append(share)
      remainders.append(remainder)
    }
    let left = Int(total - shares.reduce(0, +))
    let order = weights.indices.sorted { (remainders[$0], $1) > (remainders[$1], $0) }
    for index in order.prefix(left) { shares[index] += 1 }
    return shares
  }
}
