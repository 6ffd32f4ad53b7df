import ControlProtocol
import Foundation
import PlantModel
import Quantities
import Testing

@testable import Ledger

/// How records are written and chained, against `sha256sum` as another's SHA-256.
struct ChainTests {
  private func sha256sum(_ bytes: [UInt8]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(bytes))
    try input.fileHandleForWriting.close()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: said.prefix(64), as: UTF8.self)
  }

  @Test(arguments: [0, 1, 55, 56, 63, 64, 65, 1000])
  func theHashIsThatOfSha256sum(_ length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    #expect(Digest.hexadecimal(of: bytes) == (try sha256sum(bytes)))
  }

  @Test func theHashIsThatOfTheStandardsExample() {
    #expect(
      Digest.hexadecimal(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func aRecordIsOneReadableLine() throws {
    let lines = Samples.lines(Samples.entries(hours: 1))
    #expect(lines[0].hasPrefix("0 2026-01-05T01:00:00Z head Two wells "))
    #expect(
      lines[1].hasPrefix(
        "1 2026-01-05T01:00:00Z hour back-1 returned class=2 good from=2026-01-05T00:00:00Z first=1000 last=17000 litres=16000 "
      ))
    #expect(lines[0].hasSuffix(try sha256sum(Array(lines[0].dropLast(65).utf8))))
    let before = String(lines[0].suffix(64))
    #expect(lines[1].hasSuffix(try sha256sum(Array((before + lines[1].dropLast(65)).utf8))))
  }

  @Test func everyRecordIsReadBackAsItWasWritten() throws {
    for kind in LedgerEntry.Kind.allCases {
      for state in LedgerEntry.State.allCases {
        let entry = LedgerEntry(
          kind, state, at: Samples.start, since: Samples.start - .hours(1), WaterMeterID(1),
          first: 7, last: -3, litres: 12)
        let record = LedgerRecord(entry, number: 9, of: Samples.plant)
        #expect(LedgerRecord(body: record.body) == record)
      }
    }
    #expect(LedgerRecord(body: "0 2026-01-05T01:00:00Z head Two wells") == nil)
    #expect(LedgerRecord(body: "") == nil)
  }

  @Test func aLedgerGoesOnBehindItsLastLine() {
    let entries = Samples.entries(hours: 4)
    let once = Samples.lines(entries)
    let first = Samples.lines(Array(entries.prefix(3)))
    var chain = LedgerChain(after: first.last!, number: 3)
    let rest = chain.lines(of: Array(entries.dropFirst(3)), Samples.plant)
    #expect(first + rest.map(\.line) == once)
    #expect(rest.map(\.number) == [4, 5, 6, 7, 8])
    #expect(rest.map(\.timeMilliseconds) == entries.dropFirst(3).map(\.time.milliseconds))
  }

  @Test func behindALineThatWasSpoiltItGoesOnAndACheckShowsThatLine() {
    let entries = Samples.entries(hours: 4)
    var lines = Samples.lines(Array(entries.prefix(3)))
    lines[3] = "spoilt"
    var chain = LedgerChain(after: lines[3], number: 3)
    lines += chain.lines(of: Array(entries.dropFirst(3)), Samples.plant).map(\.line)
    let found = LedgerVerification(Samples.export(lines))
    #expect(found.faults.first?.description == "line 4: changed: it is no line of a ledger")
    #expect(lines.count == 9)
  }

  @Test func aNameOfAPlantKeepsToItsLine() {
    var plant = Samples.plant
    plant.name = "two\nwells\u{7}"
    var chain = LedgerChain()
    let head = chain.lines(of: Samples.entries(hours: 1), plant)[0].line
    #expect(head.contains(" head two wells  "))
  }
}

/// Entries that wait for the disk.
struct BacklogTests {
  @Test func theyWaitInTheirOrder() {
    let entries = Samples.entries(hours: 3)
    var backlog = LedgerBacklog(maximum: 6)
    backlog.add(Array(entries.prefix(4)))
    backlog.add(Array(entries.dropFirst(4)))
    #expect(backlog.entries == entries)
    backlog.clear()
    #expect(backlog.entries.isEmpty)
  }

  @Test func beyondTheirBoundTheLossIsAnEntryAndNoLitreIsLost() {
    let entries = Samples.entries(hours: 100)
    var backlog = LedgerBacklog(maximum: 6)
    for entry in entries { backlog.add([entry]) }
    let left = backlog.entries
    #expect(left.count == 8)
    #expect(left.prefix(2).map(\.kind) == [.lost, .lost])
    #expect(left.prefix(2).map(\.state) == [.unsaved, .unsaved])
    for meter in 0..<2 {
      let own = left.filter { $0.meter.index == meter }
      #expect(own.reduce(0) { $0 + $1.litres } == 1_600_000)
      #expect(own[0].since == Samples.start)
      #expect(own[0].time == Samples.start + .hours(97))
      #expect(own[0].first == 1000 && own[0].last == own[1].first)
    }
    #expect(left.map(\.time) == left.map(\.time).sorted())
  }
}
