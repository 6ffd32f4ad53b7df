import Dispatch
import Glibc
import Synchronization
import Testing

@testable import PlantRuntime

/// The server of lines, with its queue in the test's hands.
@Suite struct LineServerTests {
  private final class Answers: Sendable {
    let made = Mutex<[LineServer.Client]>([])
    let asked = Mutex<[LineServer.Client]>([])
  }

  /// While the queue is held up, one of two clients goes: only the other's answer is made.
  @Test func noAnswerIsMadeForWhoIsGone() throws {
    let path = "/tmp/wellspring-lines-\(getpid())-\(UInt32.random(in: 0...99999))"
    let queue = DispatchQueue(label: "test")
    let answers = Answers()
    let arrived = DispatchSemaphore(value: 0)
    let done = DispatchSemaphore(value: 0)
    let server = try LineServer(
      path: path, mode: 0o600, queue: queue,
      onLine: { client, _, _ in
        answers.asked.withLock { $0.append(client) }
        arrived.signal()
      }, onGone: { _ in })
    server.start()
    defer { server.stop() }
    let going = try connectAndAsk(path)
    arrived.wait()
    let staying = try connectAndAsk(path)
    defer { close(staying) }
    arrived.wait()
    let clients = answers.asked.withLock { $0 }
    try #require(clients.count == 2)
    queue.sync {
      for client in clients {
        server.answer(client) {
          answers.made.withLock { $0.append(client) }
          return "answer"
        }
      }
      // A child of another test that is just being made may hold the descriptor for a moment more.
      shutdown(going, Int32(SHUT_RDWR))
      close(going)
      queue.async { done.signal() }
    }
    done.wait()
    #expect(answers.made.withLock { $0 } == [clients[1]])
  }

  private func connectAndAsk(_ path: String) throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(code == 0 && write(descriptor, "a\n", 2) == 2)
    return descriptor
  }
}
