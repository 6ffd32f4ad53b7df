import Testing

@testable import Ledger

/// What a check finds in an export, line by line.
struct VerificationTests {
  private let lines = Samples.lines(Samples.entries(hours: 5))

  private func faults(_ lines: [String]) -> [String] {
    LedgerVerification(Array((lines.joined(separator: "\n") + "\n").utf8)).faults.map(\.description)
  }

  private var whole: [String] {
    String(decoding: Samples.export(lines), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func aWholeExportPassesAndTellsWhoseItIs() {
    let found = LedgerVerification(Samples.export(lines))
    #expect(found.isSound)
    #expect(found.records.count == 11)
    #expect(found.plant == "Two wells")
    #expect(found.closing == LedgerLine(whole.last!)!.hash)
  }

  @Test func aPartIsCheckedFromTheHashItBeginsWith() {
    let beginning = LedgerExport.beginning(4, after: LedgerLine(lines[3])!.hash)
    let closing = LedgerExport.closing(records: 7, last: 10, after: LedgerLine(lines[10])!.hash)
    #expect(faults([beginning] + lines[4...] + [closing]) == [])
    let other = LedgerExport.beginning(4, after: LedgerLine(lines[2])!.hash)
    #expect(
      faults([other] + lines[4...] + [closing]) == [
        "line 2: changed: record 4 is not what its hash was made of"
      ])
    #expect(
      faults(Array(lines[4...]) + [closing]).first?.contains("missing: records 0 to 3") == true)
    #expect(faults([beginning, beginning] + lines[4...] + [closing]).count == 1)
  }

  @Test func aChangedFigureIsNamedByItsLine() {
    var changed = whole
    changed[5] = changed[5].replacing("litres=16000", with: "litres=15000")
    #expect(faults(changed) == ["line 6: changed: record 5 is not what its hash was made of"])
  }

  @Test func aRecordThatIsMissingIsNamed() {
    var cut = whole
    cut.remove(at: 5)
    #expect(
      faults(cut) == [
        "line 6: missing: record 5 is not there",
        "line 11: missing: the export had 11 records, 10 are there",
      ])
  }

  @Test func recordsInAnotherOrderAreNamed() {
    var swapped = whole
    swapped.swapAt(4, 5)
    #expect(
      faults(swapped) == [
        "line 5: reordered: record 5 stands where record 4 should",
        "line 6: reordered: record 4 stands behind record 5",
        "line 7: reordered: record 6 stands where record 5 should",
      ])
  }

  @Test func aRecordThatStandsTwiceIsNamed() {
    var twice = whole
    twice.insert(twice[5], at: 6)
    #expect(faults(twice).first == "line 7: duplicated: record 5 stands here again")
  }

  @Test func anExportThatEndsEarlyIsNamed() {
    #expect(
      faults(whole.dropLast()) == [
        "line 12: truncated: the closing line is missing, record 10 is the last"
      ])
    let bytes = Samples.export(lines)
    #expect(
      LedgerVerification(Array(bytes.dropLast())).faults.map(\.description)
        == ["line 12: cut off: the line has no end"])
    #expect(LedgerVerification([]).faults.count == 1)
  }

  @Test func nothingMayStandBehindTheClosingLine() {
    #expect(faults(whole + [whole[3]]) == ["line 13: a line stands behind the closing line"])
  }

  @Test func aFileThatIsNoLedgerIsNotListedWithoutEnd() {
    let noise = [UInt8](repeating: UInt8(ascii: "\n"), count: 10_000)
    #expect(LedgerVerification(noise).faults.count == LedgerVerification.maximumFaults)
    #expect(!LedgerVerification([0xFF, 0xFE, 10]).isSound)
  }
}

/// A thousand seeded manglings of an export: each is found.
struct ManglingTests {
  private static let whole = Samples.export(hours: 30)
  /// Another plant's ledger, sound by itself.
  private static let other = Samples.export(
    Samples.lines(Samples.entries(hours: 30, from: 5000, litres: 15_000)))

  /// An export that begins in the middle.
  private static let part: [UInt8] = {
    let lines = Samples.lines(Samples.entries(hours: 30))
    let rest = Samples.export(Array(lines[20...]))
    return Array((LedgerExport.beginning(20, after: LedgerLine(lines[19])!.hash) + "\n").utf8)
      + rest
  }()

  private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.split(separator: 10, omittingEmptySubsequences: false).map { Array($0) + [10] }.dropLast()
  }

  private static func mangle(_ bytes: [UInt8], _ random: inout Seeded) -> (String, [UInt8]) {
    var result = bytes
    var lines = lines(bytes)
    let line = random.next(below: lines.count)
    switch random.next(below: 8) {
    case 0:
      let place = random.next(below: bytes.count)
      result[place] ^= 1 << UInt8(random.next(below: 8))
      return ("bit of byte \(place)", result)
    case 1:
      lines.remove(at: line)
      return ("line \(line) deleted", lines.flatMap { $0 })
    case 2:
      lines.insert(lines[line], at: random.next(below: lines.count + 1))
      return ("line \(line) twice", lines.flatMap { $0 })
    case 3:
      let other = random.next(below: lines.count)
      lines.swapAt(line, other)
      return ("lines \(line) and \(other) swapped", lines.flatMap { $0 })
    case 4:
      result.removeLast(1 + random.next(below: bytes.count))
      return ("cut at \(result.count)", result)
    case 5:
      let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
      let place = digits[random.next(below: digits.count)]
      result[place] = 48 + (bytes[place] - 48 + 1 + UInt8(random.next(below: 9))) % 10
      return ("digit \(place)", result)
    case 6:
      let theirs = Self.lines(other)
      let count = 1 + random.next(below: theirs.count - 1)
      for place in 0..<min(count, theirs.count - line, lines.count - line) {
        lines[line + place] = theirs[line + place]
      }
      return ("\(count) lines of another from \(line)", lines.flatMap { $0 })
    default:
      let count = 1 + random.next(below: 20)
      lines.removeSubrange(line..<min(line + count, lines.count))
      return ("\(count) lines from \(line) deleted", lines.flatMap { $0 })
    }
  }

  @Test func eachOfAThousandIsFound() {
    #expect(LedgerVerification(ManglingTests.whole).isSound)
    #expect(LedgerVerification(ManglingTests.other).isSound)
    #expect(LedgerVerification(ManglingTests.part).isSound)
    var random = Seeded(state: 5)
    var found = 0
    while found < 1000 {
      let base = found % 3 == 0 ? ManglingTests.part : ManglingTests.whole
      let (what, bytes) = ManglingTests.mangle(base, &random)
      // Two lines that are the same one, or another's whole ledger: nothing was mangled.
      if bytes == base || bytes == ManglingTests.other { continue }
      let verification = LedgerVerification(bytes)
      #expect(!verification.isSound, "\(what)")
      #expect(verification.faults.allSatisfy { $0.line >= 1 && !$0.what.isEmpty }, "\(what)")
      found += 1
    }
  }
}
