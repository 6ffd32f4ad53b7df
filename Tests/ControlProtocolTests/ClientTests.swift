import ControlProtocol
import Glibc
import Testing

/// The client of a socket whose other side does not do its part.
@Suite struct ClientTests {
  @Test func whoSaysNothingIsGivenUp() throws {
    let folder = try Folder()
    let listener = try folder.listen()
    defer { close(listener) }
    let client = try LineClient(path: folder.socket, patience: 0.05)
    let failure = #expect(throws: ClientFailure.self) { try client.ask(Call(method: "status")) }
    #expect(failure?.kind == .silent)
    #expect(failure?.description.contains("does not answer within 0.05 s") == true)
  }

  @Test func aQueueOfCallersThatIsFullIsNoAnswerEither() throws {
    let folder = try Folder()
    let listener = try folder.listen()
    defer { close(listener) }
    var waiting: [LineClient] = []
    let failure = #expect(throws: ClientFailure.self) {
      while true { waiting.append(try LineClient(path: folder.socket, patience: 0.05)) }
    }
    #expect(failure?.kind == .silent)
  }

  @Test func nobodyThereIsToldApart() throws {
    let folder = try Folder()
    let failure = #expect(throws: ClientFailure.self) { try LineClient(path: folder.socket) }
    #expect(failure?.kind == .unreachable)
  }
}

/// A folder with a socket in it that somebody listens at and never takes a call.
private final class Folder {
  private let path: String
  var socket: String { path + "/s" }

  init() throws {
    var template = Array("/tmp/wellspring-client-XXXXXX".utf8CString)
    path = String(cString: try #require(mkdtemp(&template)))
  }

  deinit {
    unlink(socket)
    rmdir(path)
  }

  func listen() throws -> Int32 {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0 && Glibc.listen(descriptor, 2) == 0)
    return descriptor
  }
}
