import PlantModel
import Quantities
import Testing

@Suite struct ArchiveTests {
  enum Season: String { case winter, summer }

  struct Part: Persistent, Equatable {
    var hours = TimeSpan.zero
    var starts = 0
    mutating func persist(in archive: inout some Archive) {
      archive.field("hours", &hours)
      archive.field("starts", &starts)
    }
  }

  struct State: Persistent, Equatable {
    var number = 0.0
    var whole: Int64 = 0
    var flag = false
    var text = ""
    var season = Season.winter
    var since = Instant(milliseconds: 0)
    var energy = KilowattHours.zero
    var row: PositionID?
    var parts = [Part(), Part()]
    var names = ["a", "b"]
    var rows = ["winter", "summer"]

    mutating func persist(in archive: inout some Archive) {
      archive.field("number", &number)
      archive.field("whole", &whole)
      archive.field("flag", &flag)
      archive.field("text", &text)
      archive.field("season", &season)
      archive.field("since", &since)
      archive.field("energy", &energy)
      archive.field("row", &row, among: rows)
      archive.groups("part", names, &parts)
    }
  }

  private var full: State {
    State(
      number: 0.1 + 0.2, whole: -(1 << 40), flag: true, text: "°C / \n 'x'", season: .summer,
      since: .distantPast, energy: KilowattHours(1e-9), row: PositionID(1),
      parts: [Part(hours: .hours(3), starts: 7), Part(hours: .days(9), starts: 1)])
  }

  private func read(_ rows: [(path: String, text: String)], into state: State = State())
    -> (state: State, unreadable: [String])
  {
    var reader = ArchiveReader(rows: rows)
    var state = state
    state.persist(in: &reader)
    return (state, reader.unreadable)
  }

  @Test func whatIsWrittenIsReadBackTheSame() {
    let (state, unreadable) = read(ArchiveWriter.rows(of: full))
    #expect(state == full)
    #expect(unreadable == [])
  }

  @Test func theOrderOfRowsDoesNotMatter() {
    #expect(read(ArchiveWriter.rows(of: full).reversed()).state == full)
  }

  @Test func everyPathIsItsOwn() {
    let paths = ArchiveWriter.rows(of: full).map(\.path)
    #expect(Set(paths).count == paths.count)
    #expect(paths.contains("part/a/hours") && paths.contains("part/b/starts"))
  }

  @Test func aMissingFieldKeepsItsValueAndAnUnknownOneIsLeftAlone() {
    let rows = ArchiveWriter.rows(of: full).filter { $0.path != "number" && $0.path != "row" }
    let before = State(number: 5, row: PositionID(0))
    let (state, unreadable) = read(rows + [("of-a-later-version", "7")], into: before)
    #expect(state.number == 5 && state.row == PositionID(0))
    #expect(state.text == full.text)
    #expect(unreadable == [])
  }

  @Test func thingsAreFoundByNameAndNotByPlace() {
    var turned = State()
    turned.names = ["b", "a"]
    turned.rows = ["shut", "summer", "winter"]
    let state = read(ArchiveWriter.rows(of: full), into: turned).state
    #expect(state.parts == [full.parts[1], full.parts[0]])
    #expect(state.row == PositionID(1))
    turned.rows = ["other"]
    turned.row = PositionID(0)
    let unknown = read(ArchiveWriter.rows(of: full), into: turned)
    #expect(unknown.state.row == PositionID(0), "a row that is gone leaves the value alone")
    #expect(unknown.unreadable == ["row"])
  }

  @Test func noneIsRememberedToo() {
    var none = full
    none.row = nil
    #expect(read(ArchiveWriter.rows(of: none), into: full).state.row == nil)
  }

  @Test func textsThatMakeNoSenseAreToldAndLeftOut() {
    let (state, unreadable) = read([
      ("number", "nan"), ("whole", "1.5"), ("flag", "yes"), ("since", "tomorrow"),
      ("season", "spring"), ("part/a/starts", ""),
    ])
    #expect(state == State())
    #expect(unreadable == ["number", "whole", "flag", "season", "since", "part/a/starts"])
  }
}
