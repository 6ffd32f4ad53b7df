import Glibc

/// Why a socket could not be spoken to.
public struct ClientFailure: Error, CustomStringConvertible, Sendable {
  /// What went wrong.
  public enum Kind: Sendable {
    /// Nobody is there, or no more.
    case unreachable
    /// Someone is there and says nothing.
    case silent
    /// What came is no JSON.
    case senseless
  }
  public let kind: Kind
  public let description: String
}

/// A client of a line socket: blocking, one call after the other.
public final class LineClient {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// How long it waits for anything to come, in seconds; for ever without.
  public var patience: Double? { didSet { limit(SO_RCVTIMEO) } }

  public init(path: String, patience: Double? = 10) throws(ClientFailure) {
    self.path = path
    self.patience = patience
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw ClientFailure(kind: .unreachable, description: "the path is too long: '\(path)'")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    // The second one holds for connecting too, where too many wait already.
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] { limit(option) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    // After a throw `deinit` closes it: closed twice, it might by then be another's.
    guard connected == 0 else {
      let code = errno
      if code == EAGAIN { throw silent }
      throw ClientFailure(
        kind: .unreachable,
        description: "nobody answers at '\(path)': \(String(cString: strerror(code)))")
    }
  }

  private func limit(_ option: Int32) {
    let microseconds = Int((patience ?? 0) * 1_000_000)
    var limit = timeval(tv_sec: microseconds / 1_000_000, tv_usec: microseconds % 1_000_000)
    setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// Sends a call and waits for its answer: the whole reply, result or error.
  public func ask(_ call: Call) throws(ClientFailure) -> JSON {
    try send(call)
    while true {
      let message = try next()
      if message["id"] != nil { return message }
    }
  }

  public func send(_ call: Call) throws(ClientFailure) {
    let line = Array((call.line + "\n").utf8)
    var sent = 0
    while sent < line.count {
      let count = Glibc.send(
        descriptor, Array(line[sent...]), line.count - sent, Int32(MSG_NOSIGNAL))
      guard count > 0 else { throw errno == EAGAIN ? silent : lost }
      sent += count
    }
  }

  /// The next message, whatever it is.
  public func next() throws(ClientFailure) -> JSON {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[..<end])
        buffer.removeSubrange(...end)
        do throws(JSONError) {
          return try JSONParser.parse(line)
        } catch {
          throw ClientFailure(kind: .senseless, description: "a reply makes no sense: \(error)")
        }
      }
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { throw count < 0 && errno == EAGAIN ? silent : lost }
      buffer += chunk[..<count]
    }
  }

  private var lost: ClientFailure {
    ClientFailure(kind: .unreachable, description: "the connection broke off")
  }

  private var silent: ClientFailure {
    let seconds = JSON.number(patience ?? 0).line
    return ClientFailure(
      kind: .silent,
      description: "'\(path)' does not answer within \(seconds) s; what was asked may yet be done")
  }
}
