/// Bytes as they come, taken out again line by line; the work is in proportion to the bytes.
struct LineBuffer {
  enum Next: Equatable {
    case line([UInt8])
    /// There is no whole line yet.
    case unfinished
    /// The line is longer than `LineServer.maximumLine`, whether it has ended or not.
    case tooLong
  }

  private var bytes: [UInt8] = []
  /// Where the next line begins.
  private var start = 0
  /// No line ends between `start` and here.
  private var searched = 0

  /// Whether nothing is left, not even a piece of a line.
  var isEmpty: Bool { start == bytes.count }

  mutating func append(_ chunk: ArraySlice<UInt8>) {
    bytes.removeFirst(start)
    searched -= start
    start = 0
    bytes += chunk
  }

  mutating func next() -> Next {
    guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = bytes.count
      return searched - start > LineServer.maximumLine ? .tooLong : .unfinished
    }
    defer {
      start = end + 1
      searched = start
    }
    return end - start > LineServer.maximumLine ? .tooLong : .line(Array(bytes[start..<end]))
  }
}
