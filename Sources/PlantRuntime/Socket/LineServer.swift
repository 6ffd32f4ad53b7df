import CPosix
import ControlProtocol
public import Dispatch
import Glibc

/// A Unix socket that speaks lines: bounded clients, bounded lines, bounded output.
///
/// A line that is too long, or a client that does not read what it is told, costs that client its
/// connection and nobody else anything. When all places are taken, the process that holds the most
/// of them gives up the one it has used least lately, so that no one can shut the others out.
/// `waiting` only sleeps in `poll` until one of them has something; Dispatch's own sources are not
/// used for clients, since on Linux they end the process when a client hangs up at the wrong moment
/// (swift-corelibs-libdispatch 833 and 949).
/// `@unchecked Sendable`: everything lives on `queue`.
public final class LineServer: @unchecked Sendable {
  public static let maximumClients = 64
  /// In bytes, without its end.
  public static let maximumLine = 65_536
  /// Who has this much unread, in bytes, when there is more to tell unasked is cut off.
  public static let maximumBacklog = 131_072

  public typealias Client = Int

  private let queue: DispatchQueue
  private let path: String
  private let waiting = DispatchQueue(label: "wellspring.socket")
  private let listener: Int32
  /// A byte written to it ends the sleep.
  private let wake: (read: Int32, write: Int32)
  private var isStopped = false
  /// False for one turn when there was no descriptor left for one more client.
  private var canAccept = true
  private var connections: [Client: Connection] = [:]
  private var nextClient = 1
  private var heard: UInt64 = 0
  private let onLine: @Sendable (Client, Peer, [UInt8]) -> Void
  private let onGone: @Sendable (Client) -> Void

  /// Listens at `path`, which a socket left over from before may hold.
  ///
  /// - Parameters:
  ///   - mode: who may connect at all, as file permissions.
  ///   - onLine: called on `queue` with each line; the client's next one comes after `answer`.
  public init(
    path: String, mode: UInt32, queue: DispatchQueue,
    onLine: @escaping @Sendable (Client, Peer, [UInt8]) -> Void,
    onGone: @escaping @Sendable (Client) -> Void
  ) throws(SocketFailure) {
    self.path = path
    self.queue = queue
    self.onLine = onLine
    self.onGone = onGone
    listener = try Listener.open(path, mode)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      close(listener)
      throw SocketFailure(description: "no pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { LineServer.makeNonBlocking(end) }
    wake = (ends[0], ends[1])
  }

  deinit {
    close(wake.read)
    close(wake.write)
  }

  public func start() {
    waiting.async { [self] in
      while let (clients, interests) = queue.sync(execute: { interests() }) {
        var polled = interests
        // Without the listener only for a while: then there may be descriptors again.
        let milliseconds: Int32 = interests[1].fd < 0 ? 1000 : -1
        guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { continue }
        queue.sync { serve(clients, polled) }
      }
    }
  }

  /// Ends all connections; what was given to `send` or `answer` before is sent first.
  public func stop() {
    queue.sync {
      isStopped = true
      for client in Array(connections.keys) { drop(client) }
      close(listener)
      unlink(path)
    }
    awake()
    waiting.sync {}
  }

  /// Lets the sleep end, so that what changed on `queue` is waited for.
  private func awake() { _ = write(wake.write, "!", 1) }

  /// What to wait for: the wake, the listener, then each of the clients; nil when it is over.
  private func interests() -> (clients: [Client], interests: [pollfd])? {
    guard !isStopped else { return nil }
    let held = Array(connections)
    let own = [wake.read, canAccept ? listener : -1].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    canAccept = true
    return (held.map(\.key), own + held.map(\.value.interest))
  }

  private func serve(_ clients: [Client], _ polled: [pollfd]) {
    guard !isStopped else { return }
    if polled[0].revents != 0 {
      var bytes = [UInt8](repeating: 0, count: 256)
      _ = Glibc.read(wake.read, &bytes, bytes.count)
    }
    for (client, found) in zip(clients, polled[2...]) {
      let events = Int32(found.revents)
      if events & POLLIN != 0 {
        read(client)
      } else if events & (POLLHUP | POLLERR | POLLNVAL) != 0 {
        drop(client)
      } else if events & POLLOUT != 0 {
        flush(client)
      }
    }
    if polled[1].revents != 0 { acceptAll() }
  }

  private func acceptAll() {
    while true {
      let number = accept(listener, nil, nil)
      guard number >= 0 else {
        canAccept = errno != EMFILE && errno != ENFILE
        return
      }
      LineServer.makeNonBlocking(number)
      var found = wellspring_peer()
      guard wellspring_peer_of(number, &found) == 0 else {
        close(number)
        continue
      }
      let peer = Peer(user: found.uid, group: found.gid, process: found.pid)
      if connections.count >= LineServer.maximumClients { makeRoom(for: peer) }
      let client = nextClient
      nextClient += 1
      connections[client] = Connection(number, peer: peer, lastHeard: heard)
    }
  }

  private static func makeNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  private func makeRoom(for peer: Peer) {
    var held = [peer.process: 1]
    for connection in connections.values { held[connection.peer.process, default: 0] += 1 }
    let ranked = connections.max { one, other in
      let (few, many) = (held[one.value.peer.process] ?? 0, held[other.value.peer.process] ?? 0)
      if few != many { return few < many }
      if one.value.lastHeard != other.value.lastHeard {
        return one.value.lastHeard > other.value.lastHeard
      }
      return one.key > other.key
    }
    if let ranked { drop(ranked.key) }
  }

  private func read(_ client: Client) {
    guard let connection = connections[client] else { return }
    guard connection.receive() else {
      drop(client)
      return
    }
    proceed(client)
  }

  /// Takes the client's next line if it may have one answered now, and reads on if there is none.
  private func proceed(_ client: Client) {
    while let connection = connections[client], connection.isFree {
      switch connection.lines.next() {
      case .line(let line):
        if line.isEmpty { continue }
        heard += 1
        connection.lastHeard = heard
        connection.isAnswering = true
        onLine(client, connection.peer, line)
      case .tooLong:
        refuse(client, "the line is longer than \(LineServer.maximumLine) bytes")
      case .unfinished:
        guard connection.hasEnded else { return connection.setReading(true) }
        // It has said all it will and is told all it asked for.
        if connection.lines.isEmpty { return drop(client) }
        refuse(client, "the last line has no end: a line feed ends each")
      }
    }
    connections[client]?.setReading(false)
  }

  private func refuse(_ client: Client, _ text: String) {
    connections[client]?.queueLastLine(Reply.failure(Failure(.invalid, text), id: .null))
    flush(client)
  }

  /// Ends the answer to the client's last line, with a line or without; from any queue.
  public func answer(_ client: Client, _ line: String?) { answer(client) { line } }

  /// The same with a line that is made on the server's queue, unless the client is gone by then.
  public func answer(_ client: Client, making line: @escaping @Sendable () -> String?) {
    queue.async { [self] in
      guard let connection = connections[client] else { return }
      connection.isAnswering = false
      if connection.isThere, let line = line() { connection.queueLine(line) }
      flush(client)
      awake()
    }
  }

  /// Tells a client something it did not just ask for; from any queue.
  public func send(_ client: Client, _ line: String) {
    queue.async { [self] in
      guard let connection = connections[client] else { return }
      guard connection.backlog <= LineServer.maximumBacklog else {
        drop(client)
        return
      }
      connection.queueLine(line)
      flush(client)
      awake()
    }
  }

  private func flush(_ client: Client) {
    guard let connection = connections[client] else { return }
    let isThere = connection.flush()
    if !isThere || (connection.backlog == 0 && connection.closesWhenSent) {
      drop(client)
    } else {
      proceed(client)
    }
  }

  private func drop(_ client: Client) {
    guard let connection = connections.removeValue(forKey: client) else { return }
    connection.close()
    // Whoever sleeps on a descriptor keeps it open.
    awake()
    onGone(client)
  }
}
