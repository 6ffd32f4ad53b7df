import Glibc

/// Who is at the other end, as the kernel says.
public struct Peer: Sendable, Hashable {
  public let user: UInt32
  public let group: UInt32
  public let process: Int32
}

/// One client of a `LineServer`; everything of it happens on the server's queue.
///
/// One line at a time: while a line is being answered, or an answer is not taken yet, nothing more
/// is read from this client. So its calls are carried out in turn, whatever it sends at once.
final class Connection {
  let peer: Peer
  /// The server's count of lines when this client was last heard.
  var lastHeard: UInt64
  var lines = LineBuffer()
  /// A line of it is being answered.
  var isAnswering = false
  /// It has sent all it will.
  private(set) var hasEnded = false
  private(set) var closesWhenSent = false

  private let descriptor: Int32
  private var isReading = true
  private var output: [UInt8] = []
  private var sent = 0

  /// Owns `descriptor` from here on.
  init(_ descriptor: Int32, peer: Peer, lastHeard: UInt64) {
    self.descriptor = descriptor
    self.peer = peer
    self.lastHeard = lastHeard
  }

  /// What it waits for: something to read, room to send, or only its end.
  var interest: pollfd {
    let events = (isReading ? POLLIN : 0) | (backlog > 0 ? POLLOUT : 0)
    return pollfd(fd: descriptor, events: Int16(events), revents: 0)
  }

  /// How much it was sent and has not taken yet, in bytes.
  var backlog: Int { output.count - sent }

  /// Whether someone is still at the other end; who only says no more is.
  var isThere: Bool {
    var asked = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&asked, 1, 0) == 0
  }

  /// Whether its next line may be taken.
  var isFree: Bool { !isAnswering && backlog == 0 && !closesWhenSent }

  /// Reads on, or lets the client wait.
  func setReading(_ wanted: Bool) { isReading = wanted && !hasEnded }

  /// Takes what has come in; false when the client is gone.
  func receive() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 16_384)
    let count = Glibc.read(descriptor, &chunk, chunk.count)
    if count < 0 { return errno == EAGAIN || errno == EINTR }
    if count == 0 {
      hasEnded = true
      setReading(false)
      return true
    }
    lines.append(chunk[..<count])
    return true
  }

  func queueLine(_ line: String) {
    output += line.utf8
    output.append(UInt8(ascii: "\n"))
  }

  /// Sends this line, reads nothing more, and is done.
  func queueLastLine(_ line: String) {
    queueLine(line)
    lines = LineBuffer()
    closesWhenSent = true
  }

  /// Sends what there is room for; false when the client is gone.
  func flush() -> Bool {
    while backlog > 0 {
      let count = output.withUnsafeBytes { [sent] bytes in
        Glibc.send(
          descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { break }
      guard count > 0 else { return false }
      sent += count
    }
    if backlog == 0 {
      output = []
      sent = 0
    }
    return true
  }

  func close() { Glibc.close(descriptor) }
}
