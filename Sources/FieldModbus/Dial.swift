import Glibc

/// Why no connection came about.
struct DialFailure: Error {
  let text: String
}

/// Makes TCP connections with a deadline.
enum Dial {
  /// A connected, non-blocking socket; the addresses of a name are tried in turn.
  static func connect(host: String, port: Int, within seconds: Double) throws(DialFailure) -> Int32
  {
    let deadline = Monotonic.seconds + seconds
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, "\(port)", &hints, &list)
    guard code == 0 else { throw DialFailure(text: String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(list) }
    var last = DialFailure(text: "no address")
    var entry = list
    while let address = entry?.pointee {
      // One that leads nowhere leaves half of what is left to those after it.
      let left = deadline - Monotonic.seconds
      let part = address.ai_next == nil ? left : left / 2
      do throws(DialFailure) {
        return try connect(address, Monotonic.seconds + part)
      } catch {
        last = error
      }
      entry = address.ai_next
    }
    throw last
  }

  private static func connect(_ address: addrinfo, _ deadline: Double) throws(DialFailure) -> Int32
  {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.ai_family, kind, address.ai_protocol)
    guard descriptor >= 0 else { throw failure(errno) }
    do throws(DialFailure) {
      var one: Int32 = 1
      let size = socklen_t(MemoryLayout<Int32>.size)
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, size)
      if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) != 0 {
        guard errno == EINPROGRESS else { throw failure(errno) }
        try wait(descriptor, deadline)
      }
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func wait(_ descriptor: Int32, _ deadline: Double) throws(DialFailure) {
    var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    var ready: Int32
    repeat {
      ready = poll(&polled, 1, Int32(max((deadline - Monotonic.seconds) * 1000, 1).rounded(.up)))
    } while ready < 0 && errno == EINTR
    guard ready > 0 else { throw DialFailure(text: "no answer") }
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    guard code == 0 else { throw failure(code) }
  }

  private static func failure(_ code: Int32) -> DialFailure {
    DialFailure(text: String(cString: strerror(code)))
  }
}
