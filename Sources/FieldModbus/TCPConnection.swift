import Glibc
import PlantModel

/// What a device said to one of several requests, words or an exception.
struct Reply {
  let result: Result<[UInt16], ModbusFailure>
  /// How long after the request it came.
  let seconds: Double
}

/// One TCP connection to a device or a gateway. (Modbus Messaging on TCP/IP 1.0b)
///
/// Each answer carries the number of its request, so several may be on their way at once, and they may come in any
/// order. libmodbus knows one at a time, and reads it in six system calls: here the frames are cut out of what has come.
final class TCPConnection: Connection {
  private let host: String
  private let port: Int
  private let timeout: Double
  /// Negative while there is no connection.
  private var descriptor: Int32 = -1
  private var transaction: UInt16 = 0
  /// Odd, so that every number has its turn; and sixteen in a row lie 1000 and more apart and differ in both bytes, so
  /// that an answer whose number is one off, or damaged, is an answer to none of the requests that are on their way.
  private static let transactionStep: UInt16 = 0x9E37
  /// What has come, and which part of it is no answer yet.
  private var buffer = [UInt8](repeating: 0, count: 4 * Frame.longest)
  private var waiting = 0..<0

  /// - Parameter timeout: seconds that an answer, or a connection, may take.
  init(host: String, port: Int, timeout: Double) {
    self.host = host
    self.port = port
    self.timeout = max(timeout, 0.001)
  }

  deinit { close() }

  /// Opens the connection unless it is open and in step.
  ///
  /// What waits to be read before a request was sent belongs to no request; and a device may have
  /// closed a connection that was idle. Either way a new one is made.
  func open() throws(ModbusFailure) {
    if descriptor >= 0 {
      var byte: UInt8 = 0
      let flags = Int32(MSG_PEEK | MSG_DONTWAIT)
      if waiting.isEmpty, recv(descriptor, &byte, 1, flags) < 0, errno == EAGAIN { return }
      close()
    }
    do throws(DialFailure) {
      descriptor = try Dial.connect(host: host, port: port, within: timeout)
      waiting = 0..<0
    } catch {
      throw .noConnection("cannot connect to \(host):\(port): \(error.text)")
    }
  }

  func nextTransaction() -> UInt16 {
    transaction &+= TCPConnection.transactionStep
    return transaction
  }

  func exchange(_ frame: Frame) throws(ModbusFailure) -> [UInt16] {
    try open()
    do throws(ModbusFailure) {
      try send(frame.bytes)
      return try frame.words(of: try receive())
    } catch {
      // A late answer must not be taken for the next one. A refusal is an answer.
      if case .exception = error {} else { close() }
      throw error
    }
  }

  /// Sends several requests at once and gives what came back for each, in their order.
  ///
  /// Each answer may take its time after the one before it. All of them count or none: where one lacks some bytes, the
  /// next one's are taken for its own, which shows only in the end. The connection is closed then, and nobody is blamed.
  func exchange(_ frames: [Frame]) -> [Reply]? {
    var replies = [Reply?](repeating: nil, count: frames.count)
    do throws(ModbusFailure) {
      try open()
      let begun = Monotonic.seconds
      try send(frames.flatMap(\.bytes))
      for _ in frames {
        let answer = try receive()
        let place = frames.indices.first {
          replies[$0] == nil && frames[$0].bytes[..<2] == answer[..<2]
        }
        guard let place else { throw .nonsense("an answer to no request") }
        replies[place] = Reply(
          result: try result(frames[place], answer), seconds: Monotonic.seconds - begun)
      }
      guard waiting.isEmpty else { throw .nonsense("more than the answers") }
      return replies.compactMap(\.self)
    } catch {
      close()
      return nil
    }
  }

  private func result(_ frame: Frame, _ answer: [UInt8]) throws(ModbusFailure) -> Result<
    [UInt16], ModbusFailure
  > {
    do throws(ModbusFailure) {
      return .success(try frame.words(of: answer))
    } catch {
      guard case .exception = error else { throw error }
      return .failure(error)
    }
  }

  private func close() {
    guard descriptor >= 0 else { return }
    _ = Glibc.close(descriptor)
    descriptor = -1
  }

  private func send(_ bytes: [UInt8]) throws(ModbusFailure) {
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw .noAnswer("the connection broke: \(reason(errno))")
    }
  }

  /// The next frame, as its header says how long it is.
  private func receive() throws(ModbusFailure) -> [UInt8] {
    let deadline = Monotonic.seconds + timeout
    while true {
      if let length = try Frame.length(of: buffer[waiting]), waiting.count >= length {
        defer { waiting.removeFirst(length) }
        return Array(buffer[waiting.lowerBound..<(waiting.lowerBound + length)])
      }
      try take(until: deadline)
    }
  }

  /// Waits for more, and takes it.
  private func take(until deadline: Double) throws(ModbusFailure) {
    makeRoom()
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let left = max(deadline - Monotonic.seconds, 0)
    let ready = poll(&polled, 1, Int32((left * 1000).rounded(.up)))
    if ready == 0 { throw .noAnswer("no answer in time") }
    if ready < 0, errno == EINTR { return }
    let place = waiting.upperBound
    let count = buffer.withUnsafeMutableBytes {
      recv(descriptor, $0.baseAddress! + place, $0.count - place, 0)
    }
    switch count {
    case 1...: waiting = waiting.lowerBound..<(place + count)
    case 0: throw .noAnswer(reason(ECONNRESET))
    default:
      let code = errno
      guard code == EAGAIN || code == EINTR else { throw .noAnswer(reason(code)) }
    }
  }

  /// Moves what waits to the front, where the longest frame fits behind it.
  private func makeRoom() {
    guard waiting.lowerBound > 0 else { return }
    if !waiting.isEmpty { buffer.replaceSubrange(0..<waiting.count, with: buffer[waiting]) }
    waiting = 0..<waiting.count
  }

  private func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
