import PlantModel
import Quantities

/// What is read from one device: its blocks, how each fares, and the points left out of them. Pure.
///
/// A block that is refused twice running is halved down to the register at fault, which is left out.
/// It is asked again after a minute, then after two, four … up to ten; the first that answers brings
/// those that were refused with it back into their block.
struct DeviceReads {
  /// One read, and how it fared.
  struct Read {
    var request: ReadRequest
    /// The block that it is a part of.
    let block: Int
    /// How often in a row it was not answered while the device was present.
    var silences = 0
    /// How often in a row it was refused while the device answered others.
    var refusals = 0
    /// It is a part of a block in which the fault is being looked for.
    var isHalf = false
    /// A point that is left out: not asked before this.
    var restsUntil: Instant?
    /// It was left out for its silence, each of which costs the bus a time-out.
    var isMute = false
    /// It is not asked before this.
    var nextDue = Instant.distantPast

    var isLeftOut: Bool { restsUntil != nil }
    var isFaulty: Bool { !isLeftOut && refusals >= (isHalf ? 1 : DeviceReads.refusalLimit) }
  }

  /// A read that goes unanswered so often, by a device that answers others, is halved …
  static let silenceLimit = 3
  /// … and one that is refused so often: one moment's refusal costs nothing.
  static let refusalLimit = 2
  static let shortestRest = TimeSpan.minutes(1)
  static let longestRest = TimeSpan.minutes(10)

  private let blocks: [ReadRequest]
  private(set) var all: [Read]
  /// How long each point that cannot be had was left alone last.
  private var rests: [PointID: TimeSpan] = [:]
  /// Blocks in which a point was left out that may be read in fewer requests now.
  private var searched: Set<Int> = []
  /// Blocks that were halved: when they are read as a whole again, and how long they were not.
  private var halved: [Int: (until: Instant, rest: TimeSpan)] = [:]
  private var witnesses = 0

  init(_ blocks: [ReadRequest]) {
    self.blocks = blocks
    all = blocks.enumerated().map { Read(request: $0.element, block: $0.offset) }
  }

  var firstFaulty: Int? { all.firstIndex { $0.isFaulty } }
  /// Whether something was refused that is not left out, so that it may be known soon.
  var isInDoubt: Bool { all.contains { !$0.isLeftOut && $0.refusals > 0 } }
  var isAllLeftOut: Bool { all.allSatisfy(\.isLeftOut) }

  /// The point that has been due for the longest of those that are left out.
  func due(at now: Instant) -> Int? {
    all.indices.filter { all[$0].restsUntil.map { $0 <= now } ?? false }
      .min { (all[$0].restsUntil ?? now) < (all[$1].restsUntil ?? now) }
  }

  /// One point that was not refused by itself, another one each time: if that is answered it is a register that is at
  /// fault, and not the device's state. Nil when there is none.
  mutating func witness(in plant: Plant) -> ReadRequest? {
    let points = all.filter { !$0.isLeftOut && ($0.request.points.count > 1 || $0.refusals == 0) }
      .flatMap { read in read.request.points.map { (read.request, $0) } }
    guard !points.isEmpty else { return nil }
    let (request, point) = points[witnesses % points.count]
    witnesses = (witnesses + 1) % points.count
    return request.part([point], of: plant)
  }

  /// A read was answered; true when it is a point that was left out.
  mutating func answered(_ place: Int, _ plant: Plant, at now: Instant) -> Bool {
    all[place].nextDue = now + all[place].request.every
    if !rests.isEmpty { for point in all[place].request.points { rests[point] = nil } }
    all[place].silences = 0
    all[place].refusals = 0
    guard all[place].isLeftOut else { return false }
    all[place].restsUntil = nil
    let block = all[place].block
    for index in all.indices where all[index].block == block && !all[index].isMute {
      all[index].restsUntil = nil
    }
    all[place].isMute = false
    regroup(block, plant)
    return true
  }

  /// A read was refused; what it means is seen at the end of the pass.
  mutating func refused(_ place: Int) { all[place].refusals += 1 }

  /// It is the device that does not answer or refuses, and no register.
  mutating func forgive() {
    for index in all.indices {
      all[index].silences = 0
      all[index].refusals = 0
    }
  }

  /// A read was not answered; true when it is to be halved, or left out.
  mutating func fellSilent(_ place: Int) -> Bool {
    all[place].silences += 1
    return all[place].silences >= DeviceReads.silenceLimit
  }

  /// Halves a read that is not to be had as a whole; false when it is one point.
  mutating func halve(_ place: Int, _ plant: Plant, at now: Instant) -> Bool {
    guard let halves = all[place].request.halves(in: plant) else { return false }
    let block = all[place].block
    if halved[block].map({ $0.until <= now }) ?? true {
      let rest = min(
        max((halved[block]?.rest ?? .zero) * 2, DeviceReads.shortestRest), DeviceReads.longestRest)
      halved[block] = (now + rest, rest)
    }
    all.replaceSubrange(
      place...place,
      with: [halves.0, halves.1].map { Read(request: $0, block: block, isHalf: true) })
    return true
  }

  /// Leaves one point alone for a while, twice as long as the last time; true when that is news.
  mutating func leaveOut(_ place: Int, isMute: Bool, at now: Instant) -> Bool {
    let point = all[place].request.points[0]
    let last = rests[point]
    let rest = min(
      max((last ?? .zero) * 2, DeviceReads.shortestRest), DeviceReads.longestRest)
    rests[point] = rest
    if !all[place].isLeftOut { searched.insert(all[place].block) }
    all[place].restsUntil = now + rest
    all[place].isMute = isMute
    return last == nil
  }

  /// The device is back: what was left out is asked at once, and patiently again.
  mutating func deviceBack() {
    for index in all.indices {
      all[index].nextDue = .distantPast
      if all[index].isLeftOut { all[index].restsUntil = .distantPast }
    }
    for point in rests.keys { rests[point] = .zero }
  }

  /// Nothing is left out any more.
  mutating func restore() { all = DeviceReads(blocks).all }

  /// Reads the blocks in which all that is at fault was found in as few requests as can be; and after a while those in
  /// which nothing was: noise on a line halves a block too.
  mutating func tidy(_ plant: Plant, at now: Instant) {
    let doubtful = all.filter { !$0.isLeftOut && $0.refusals + $0.silences > 0 }.map(\.block)
    for block in searched.subtracting(doubtful) {
      regroup(block, plant)
      searched.remove(block)
    }
    let halves = Set(all.filter { $0.isHalf && !$0.isLeftOut }.map(\.block))
    for block in halves.subtracting(doubtful) where halved[block].map({ $0.until <= now }) ?? false
    {
      regroup(block, plant)
    }
  }

  /// One read for each run of points between those that are left out.
  private mutating func regroup(_ block: Int, _ plant: Plant) {
    let out = all.filter { $0.block == block && $0.isLeftOut }
    let points = Set(out.map { $0.request.points[0] })
    let runs = blocks[block].points.split { points.contains($0) }
      .map { Read(request: blocks[block].part($0, of: plant), block: block) }
    let parts = (out + runs).sorted {
      $0.request.addresses.lowerBound < $1.request.addresses.lowerBound
    }
    all = all.filter { $0.block < block } + parts + all.filter { $0.block > block }
  }
}
