import PlantModel
import Testing

@Suite struct RegisterTests {
  private func register(
    _ format: Register.Format, _ order: Register.WordOrder = .abcd, scale: Double = 1,
    offset: Double = 0, sentinels: [UInt64] = []
  ) -> Register {
    Register(
      table: .holding, address: 7, format: format, wordOrder: order, scale: scale, offset: offset,
      sentinels: sentinels)
  }

  private static let ends: [(Register.Format, ClosedRange<Double>)] = [
    (.u16, 0...65_535), (.i16, -32_768...32_767), (.u32, 0...4_294_967_295),
    (.i32, -2_147_483_648...2_147_483_647),
  ]

  @Test(arguments: Register.WordOrder.allCases)
  func wholeNumbersOfEveryFormatReadBack(_ order: Register.WordOrder) throws {
    for (format, range) in RegisterTests.ends {
      let register = register(format, order)
      let span = range.upperBound - range.lowerBound
      for part in 0...1000 {
        let value = (range.lowerBound + span * Double(part) / 1000).rounded()
        let words = try #require(register.encode(value))
        #expect(words.count == format.width)
        #expect(register.decode(words) == value, "\(format) \(order)")
      }
    }
  }

  @Test func whatDoesNotFitIsNotSaid() {
    for (format, range) in RegisterTests.ends {
      let register = register(format)
      #expect(register.encode(range.upperBound) != nil && register.encode(range.lowerBound) != nil)
      #expect(register.encode(range.upperBound + 1) == nil, "\(format)")
      #expect(register.encode(range.lowerBound - 1) == nil, "\(format)")
    }
    for format in Register.Format.allCases {
      for value in [Double.nan, .infinity, -.infinity] {
        #expect(register(format).encode(value) == nil, "\(format)")
      }
    }
    #expect(register(.f32).encode(1e39) == nil)
    #expect(register(.u16, scale: 0).encode(1) == nil)
  }

  @Test func wordsStandInTheOrderOfTheDevice() throws {
    #expect(register(.u32, .abcd).encode(0x1234_5678) == [0x1234, 0x5678])
    #expect(register(.u32, .cdab).encode(0x1234_5678) == [0x5678, 0x1234])
    #expect(register(.f32, .abcd).decode([0x4148, 0x0000] as [UInt16]) == 12.5)
    #expect(register(.f32, .cdab).decode([0x0000, 0x4148] as [UInt16]) == 12.5)
    #expect(register(.i32, .cdab).decode([0xFFFE, 0xFFFF] as [UInt16]) == -2)
  }

  @Test func scaleAndOffsetGiveTheEngineeringValue() throws {
    let register = register(.i16, scale: 0.01, offset: -40)
    #expect(register.decode([6200] as [UInt16]) == 22)
    #expect(register.encode(22) == [6200])
    #expect(register.encode(22.004) == [6200], "rounded to the register's resolution")
    #expect(register.encode(-367.68) == [UInt16(bitPattern: -32_768)])
    #expect(register.encode(-367.7) == nil)
  }

  @Test func aSentinelIsNoValueInEveryFormat() {
    #expect(register(.i16, sentinels: [32_767]).decode([32_767] as [UInt16]) == nil)
    #expect(register(.i16, sentinels: [0x8000]).decode([0x8000] as [UInt16]) == nil)
    let wide = register(.u32, .cdab, sentinels: [0xFFFF_FFFF])
    #expect(wide.decode([0xFFFF, 0xFFFF] as [UInt16]) == nil)
    #expect(wide.decode([0xFFFE, 0xFFFF] as [UInt16]) != nil)
  }

  @Test func aFloatThatIsNoNumberIsNoValue() {
    #expect(register(.f32).decode([0x7FC0, 0] as [UInt16]) == nil)
    #expect(register(.f32).decode([0x7F80, 0] as [UInt16]) == nil)
    #expect(register(.f32).decode([0xFF80, 0] as [UInt16]) == nil)
    #expect(register(.f32, scale: 1e300).decode([0x7F00, 0] as [UInt16]) == nil)
  }

  @Test func oneBitOfARegisterIsASignal() {
    for bit in 0..<16 {
      let register = Register(table: .input, address: 0, format: .u16, part: .bit(bit))
      #expect(register.decode([UInt16(1) << UInt16(bit)]) == 1)
      #expect(register.decode([~(UInt16(1) << UInt16(bit))]) == 0)
    }
    let coil = Register(table: .coil, address: 3, format: .bit)
    #expect(coil.decode([0] as [UInt16]) == 0 && coil.decode([1] as [UInt16]) == 1)
    #expect(coil.encode(0.4) == [0] && coil.encode(0.5) == [1])
  }

  @Test func aRegisterTakesAsManyAddressesAsItsFormat() {
    #expect(register(.u16).addresses == 7..<8)
    #expect(register(.f32).addresses == 7..<9)
    #expect(Register.Table.allCases.filter(\.isBit) == [.coil, .discrete, .line])
    #expect(Register.Table.allCases.filter(\.isWritable) == [.coil, .holding, .line])
  }

  @Test(
    arguments: [
      (Register.WordOrder.abcd, [0x1122, 0x3344, 0x5566, 0x7788]),
      (.cdab, [0x7788, 0x5566, 0x3344, 0x1122]), (.badc, [0x2211, 0x4433, 0x6655, 0x8877]),
      (.dcba, [0x8877, 0x6655, 0x4433, 0x2211]),
    ] as [(Register.WordOrder, [UInt16])])
  func fourWordsComeInEveryOrder(_ order: Register.WordOrder, _ words: [UInt16]) {
    #expect(register(.u64, order).raw(words[...]) == 0x1122_3344_5566_7788)
    let pair: [UInt16] =
      switch order {
      case .abcd: [0x3F80, 0]
      case .cdab: [0, 0x3F80]
      case .badc: [0x803F, 0]
      case .dcba: [0, 0x803F]
      }
    #expect(register(.f32, order).decode(pair) == 1)
    #expect(register(.f32, order).encode(1) == pair)
    let signed = register(.i64, order)
    #expect(signed.encode(-3).flatMap { signed.decode($0) } == -3)
    let long = register(.f64, order)
    #expect(long.encode(0.1).flatMap { long.decode($0) } == 0.1)
  }

  @Test func decimalDigitsAreFourBitsEach() {
    #expect(register(.bcd16, scale: 0.1).decode([0x1234] as [UInt16]) == 123.4)
    #expect(register(.bcd16).decode([0x12A4] as [UInt16]) == nil)
    #expect(register(.bcd32, .cdab).decode([0x5678, 0x1234] as [UInt16]) == 12_345_678)
    #expect(register(.bcd32).encode(12_345_678) == [0x1234, 0x5678])
    #expect(register(.bcd16).encode(10_000) == nil)
  }

  @Test func aStateIsOneOfSeveralFigures() {
    let state = Register(table: .input, address: 0, format: .u16, oneOf: [1, 2])
    #expect([0, 1, 2, 3].map { state.decode([$0] as [UInt16]) } == [0, 1, 1, 0])
    let fault = Register(table: .input, address: 0, format: .u16, noneOf: [0])
    #expect([0, 1, 255].map { fault.decode([$0] as [UInt16]) } == [0, 1, 1])
    let field = Register(
      table: .input, address: 0, format: .u16, part: .field(mask: 0x0030), oneOf: [3])
    #expect(field.decode([0xFFFF] as [UInt16]) == 1 && field.decode([0xFFEF] as [UInt16]) == 0)
  }

  @Test func aCommandIsOneOfTwoWords() {
    let command = Register(table: .holding, address: 0, format: .u16, words: [1084, 1148])
    #expect(command.encode(0) == [1084] && command.encode(1) == [1148])
    #expect(command.decode([1084] as [UInt16]) == 0 && command.decode([1148] as [UInt16]) == 1)
    #expect(command.decode([1] as [UInt16]) == nil)
  }
}
