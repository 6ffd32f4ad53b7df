import ControlProtocol
import PlantModel
import Quantities
import Testing

@Suite struct TextTests {
  @Test func everyRuleHasATextOfItsOwn() {
    var texts: [String] = []
    for rule in Rule.allCases {
      #expect(!rule.text.isEmpty, "\(rule)")
      #expect(!rule.text.hasSuffix("."), "\(rule): the sentence goes on")
      texts.append(rule.text)
    }
    // Two rules speak of a drive or unit that did not prove itself, in the same words.
    #expect(Set(texts).count >= texts.count - 1)
    #expect(texts.count > 90)
  }

  /// The conditions of a unit's start and of a block's change-over.
  static let conditions: [Rule] = [
    .unitAway, .freezeLatched, .blockNotInPosition, .minimumOffTime, .startsPerHour,
    .crankcaseHeating, .restartSettling, .unitNotProven, .positionHeld, .otherBlockRequired,
    .otherBlockDepends, .unitsStoppedBeforeChange, .waterTemperatureWindow,
    .pumpsStoppedBeforeChange, .pressureAcrossValve,
  ]

  @Test(arguments: conditions)
  func aConditionThatIsMetSaysWhatHolds(_ rule: Rule) throws {
    #expect(rule.metText != rule.text)
    let reason = try #require(ReasonMessage(["rule": .text(rule.rawValue), "subject": "ground"]))
    #expect(reason.metText() == "\(rule.metText) (ground) [\(rule.rawValue)]")
    #expect(reason.metText(of: "ground") == "\(rule.metText) [\(rule.rawValue)]")
  }

  @Test func aWishThatIsMetSaysItInItsOwnText() {
    for rule in Rule.allCases where !TextTests.conditions.contains(rule) {
      #expect(rule.metText == rule.text)
    }
  }

  @Test(arguments: AlarmKind.allCases)
  func everyAlarmSaysWhatItIsWhatFollowsAndWhatToDo(_ kind: AlarmKind) {
    let texts = [kind.cause, kind.consequence, kind.action]
    #expect(texts.allSatisfy { $0.count > 5 && !$0.hasSuffix(".") }, "\(texts)")
    #expect(Set(texts).count == 3)
  }

  @Test func aReasonNamesItsSubjectItsWaitAndItsRule() throws {
    let json: JSON = [
      "rule": "VALVE-03", "subject": "main", "since_milliseconds": 0,
      "until_milliseconds": 432_000, "limit": .null,
    ]
    let reason = try #require(ReasonMessage(json))
    #expect(
      reason.text(at: Instant(milliseconds: 0))
        == "units must stand before water is changed over (main), 7 min 12 s more [VALVE-03]")
    #expect(
      reason.text(at: Instant(milliseconds: 432_000), of: "main")
        == "units must stand before water is changed over [VALVE-03]")
  }

  @Test func aRuleOfALaterDaemonIsStillTold() throws {
    let reason = try #require(ReasonMessage(["rule": "WELL-99", "subject": ""]))
    #expect(reason.rule == nil)
    #expect(reason.text(at: .distantPast).contains("WELL-99"))
    #expect(ReasonMessage(.null) == nil)
    #expect(ReasonMessage(["subject": "main"]) == nil)
  }
}
