import Glibc

/// Ports of this machine that nobody uses now.
enum FreePorts {
  static func take(_ count: Int) -> [Int] {
    let sockets = (0..<count).map { _ in TCPListener() }
    return sockets.map(\.port)
  }
}

/// A TCP socket that listens on this machine and counts who comes.
final class TCPListener {
  private let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  let port: Int

  init() {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { [descriptor] in
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) | listen(descriptor, 16) | getsockname(descriptor, $0, &size)
      }
    }
    precondition(code == 0, "no free port")
    port = Int(UInt16(bigEndian: address.sin_port))
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  deinit { close(descriptor) }

  /// How many have connected since the last time.
  func visitors() -> Int {
    var count = 0
    while true {
      let visitor = accept(descriptor, nil, nil)
      guard visitor >= 0 else { return count }
      close(visitor)
      count += 1
    }
  }
}

/// A Unix socket of streams or datagrams, with nothing of our own on top.
final class RawSocket {
  private let descriptor: Int32
  private var received: [UInt8] = []
  /// Whether the other side has closed the connection.
  private(set) var isClosed = false

  /// Connects to a stream.
  init(connectingTo path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let code = RawSocket.with(path) { [descriptor] in connect(descriptor, $0, $1) }
    guard code == 0 else {
      throw TimedOut(description: "cannot connect: \(String(cString: strerror(errno)))")
    }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  /// Listens for datagrams.
  init(datagramsAt path: String) {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let code = RawSocket.with(path) { [descriptor] in bind(descriptor, $0, $1) }
    precondition(code == 0, "cannot listen at \(path)")
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  deinit { close(descriptor) }

  private static func with(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  /// Sends what there is room for now; how many bytes that was.
  @discardableResult
  func send(_ bytes: some Collection<UInt8>) -> Int {
    let bytes = Array(bytes)
    let count = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    if count < 0, errno != EAGAIN { isClosed = true }
    return max(count, 0)
  }

  @discardableResult
  func send(_ text: String) -> Int { send(text.utf8) }

  /// Sends all of it, waiting for room; false when the other side closes before.
  func sendAll(_ bytes: [UInt8]) throws -> Bool {
    var sent = 0
    try eventually("room to send", within: 60, pause: 200) {
      sent += send(bytes[sent...])
      return sent == bytes.count || isClosed
    }
    return sent == bytes.count
  }

  /// The next datagram; nil when there is none.
  func datagram() -> String? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  /// Takes what has come in; true when there was something.
  private func receive() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { received += buffer[..<count] }
    if count == 0 || (count < 0 && errno != EAGAIN) { isClosed = true }
    return count > 0
  }

  /// The next line, waited for; nil when the connection is closed before.
  func line(within seconds: Double = 30) throws -> String? {
    var end = received.firstIndex(of: 10)
    try eventually("a line", within: seconds, pause: 500) {
      while end == nil, receive() { end = received.firstIndex(of: 10) }
      return end != nil || isClosed
    }
    guard let end else { return nil }
    defer { received.removeSubrange(...end) }
    return String(decoding: received[..<end], as: UTF8.self)
  }

  /// Whether the other side has closed it, once everything is read.
  func hasClosed() -> Bool {
    while receive() {}
    return isClosed
  }
}
