/// A name with `*` for any run of characters; several stars in a row mean the same as one.
public struct Pattern: Sendable {
  /// In bytes; no name of a plant is as long.
  public static let maximumLength = 200

  private static let star = UInt8(ascii: "*")
  private var bytes: [UInt8] = []

  public init(_ text: String) {
    for byte in text.utf8 where byte != Pattern.star || bytes.last != Pattern.star {
      bytes.append(byte)
    }
  }

  /// What follows a star is tried further on where it does not fit; earlier stars are never gone
  /// back to, since the last one can take whatever they could.
  public func matches(_ name: String) -> Bool {
    let name = Array(name.utf8)
    var place = 0
    var at = 0
    var last: (star: Int, tried: Int)?
    while at < name.count {
      if place < bytes.count, bytes[place] == Pattern.star {
        last = (place, at)
        place += 1
      } else if place < bytes.count, bytes[place] == name[at] {
        place += 1
        at += 1
      } else if let (star, tried) = last {
        last = (star, tried + 1)
        place = star + 1
        at = tried + 1
      } else {
        return false
      }
    }
    return bytes[place...].allSatisfy { $0 == Pattern.star }
  }
}
