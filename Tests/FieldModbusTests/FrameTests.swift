import PlantModel
import Testing

@testable import FieldModbus

@Suite struct FrameTests {
  private static let read = Frame(
    reading: ReadRequest(device: DeviceID(0), table: .input, addresses: 8..<10, points: []),
    unit: 17, transaction: 0x1234)
  private static let write = Frame(
    writing: [0x00AB], table: .holding, address: 3, unit: 17, transaction: 1)

  @Test func requestsAreThoseOfTheSpecification() {
    #expect(FrameTests.read.bytes == [0x12, 0x34, 0, 0, 0, 6, 17, 4, 0, 8, 0, 2])
    #expect(FrameTests.write.bytes == [0, 1, 0, 0, 0, 6, 17, 6, 0, 3, 0, 0xAB])
    let coil = Frame(writing: [1], table: .coil, address: 258, unit: 1, transaction: 2)
    #expect(coil.bytes == [0, 2, 0, 0, 0, 6, 1, 5, 1, 2, 0xFF, 0])
    let wide = Frame(writing: [1, 2], table: .holding, address: 3, unit: 1, transaction: 2)
    #expect(wide.bytes == [0, 2, 0, 0, 0, 11, 1, 16, 0, 3, 0, 2, 4, 0, 1, 0, 2])
  }

  private static let answer: [UInt8] = [0x12, 0x34, 0, 0, 0, 7, 17, 4, 4, 0x0A, 0x0B, 0xFF, 0x01]

  @Test func aTrueAnswerGivesItsWords() throws {
    #expect(try FrameTests.read.words(of: FrameTests.answer) == [0x0A0B, 0xFF01])
    #expect(try FrameTests.write.words(of: FrameTests.write.bytes) == [])
    let bits = Frame(
      reading: ReadRequest(device: DeviceID(0), table: .coil, addresses: 0..<10, points: []),
      unit: 1, transaction: 0)
    #expect(
      try bits.words(of: [0, 0, 0, 0, 0, 5, 1, 1, 2, 0b1000_0001, 0b10] as [UInt8])
        == [1, 0, 0, 0, 0, 0, 0, 1, 0, 1])
  }

  /// Every byte before the values belongs to the request: another one there is no answer to it.
  @Test(arguments: 0..<9, [UInt8(1), 0x40, 0xFF])
  func anAnswerThatDiffersBeforeItsValuesIsRefused(place: Int, flip: UInt8) {
    var answer = FrameTests.answer
    answer[place] ^= flip
    #expect(throws: ModbusFailure.self) { try FrameTests.read.words(of: answer) }
  }

  @Test(arguments: 0..<13)
  func aShortAnswerIsRefused(length: Int) {
    #expect(throws: ModbusFailure.self) {
      try FrameTests.read.words(of: FrameTests.answer.prefix(length))
    }
  }

  @Test(arguments: 0..<12)
  func aWriteThatIsEchoedOtherwiseIsRefused(place: Int) {
    var answer = FrameTests.write.bytes
    answer[place] ^= 1
    #expect(throws: ModbusFailure.self) { try FrameTests.write.words(of: answer) }
  }

  @Test func anExceptionIsToldWithItsCode() {
    #expect(throws: ModbusFailure.exception(2)) {
      try FrameTests.read.words(of: [0x12, 0x34, 0, 0, 0, 3, 17, 0x84, 2] as [UInt8])
    }
  }
}
