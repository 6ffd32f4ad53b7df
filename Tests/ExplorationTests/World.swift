import PlantModel
import Quantities

@testable import PlantControl

/// One state of valves, a fault and all sequencers: what the exploration visits, in one word.
///
/// Three bits a valve (at most twelve), nine a block (at most two), one for the fault. No times are
/// in it: any scan may find that a limit has passed, or that it has not.
struct World: Hashable {
  private(set) var bits: UInt64 = 0

  static let valves = 12
  static let blocks = 2
  private static let blockShift = UInt64(3 * valves)
  private static let faultBit = UInt64(1) << (blockShift + UInt64(blocks) * PackedBlock.width)

  init(bits: UInt64) { self.bits = bits }
  init() {}

  subscript(valve: Int) -> Stem {
    get { Stem(code: UInt8(truncatingIfNeeded: bits >> UInt64(3 * valve)) & 7) }
    set {
      let shift = UInt64(3 * valve)
      bits = bits & ~(7 << shift) | UInt64(newValue.code) << shift
    }
  }

  /// The bits of all sequencers.
  var sequencers: UInt64 {
    get { (bits >> World.blockShift) & World.sequencerMask }
    set { bits = bits & ~(World.sequencerMask << World.blockShift) | newValue << World.blockShift }
  }
  private static let sequencerMask = UInt64(1) << (UInt64(blocks) * PackedBlock.width) - 1

  var isFaulty: Bool {
    get { bits & World.faultBit != 0 }
    set { bits = newValue ? bits | World.faultBit : bits & ~World.faultBit }
  }

  func block(_ index: Int) -> PackedBlock {
    PackedBlock(bits: (sequencers >> (PackedBlock.width * UInt64(index))) & PackedBlock.mask)
  }

  mutating func setBlock(_ index: Int, _ block: PackedBlock) {
    let shift = PackedBlock.width * UInt64(index)
    sequencers = sequencers & ~(PackedBlock.mask << shift) | block.bits << shift
  }
}

/// Where a valve is and what drives it still: a command lasts until the next scan takes it back.
///
/// A drive against the end that the valve is at already is no drive.
struct Stem: Hashable {
  enum Place: Int { case closed, between, open }
  var place: Place
  var drive: ValveCommand

  private static let all: [Stem] = [
    Stem(place: .closed, drive: .stay), Stem(place: .closed, drive: .open),
    Stem(place: .between, drive: .stay), Stem(place: .between, drive: .open),
    Stem(place: .between, drive: .close), Stem(place: .open, drive: .stay),
    Stem(place: .open, drive: .close),
  ]

  init(place: Place, drive: ValveCommand = .stay) {
    self.place = place
    self.drive = drive
  }

  init(code: UInt8) { self = Stem.all[Int(code)] }

  var code: UInt8 {
    switch (place, drive) {
    case (.closed, .open): 1
    case (.closed, _): 0
    case (.between, .stay): 2
    case (.between, .open): 3
    case (.between, .close): 4
    case (.open, .close): 6
    case (.open, _): 5
    }
  }

  /// One step of a stroke.
  func moved(open: Bool) -> Stem? {
    Place(rawValue: place.rawValue + (open ? 1 : -1)).map { Stem(place: $0, drive: drive) }
  }
}
