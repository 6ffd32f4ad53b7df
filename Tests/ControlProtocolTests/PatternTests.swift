import ControlProtocol
import Testing

@Suite struct PatternTests {
  @Test(arguments: [
    ("*", "V1"), ("", ""), ("*", ""), ("V1", "V1"), ("sensors-1.*", "sensors-1.outdoor"),
    ("*.flow", "heat-meter-hot.flow"), ("*-1.*-command", "ground-pump-1.run-command"),
    ("**a***b**", "xaxbx"), ("*ab", "aab"), ("*aab*", "aaab"), ("a*a", "aa"),
  ])
  func aStarStandsForAnyRunOfCharacters(_ pattern: String, _ name: String) {
    #expect(Pattern(pattern).matches(name))
  }

  @Test(arguments: [
    ("", "V1"), ("V1", "V12"), ("V12", "V1"), ("*.flow", "heat-meter-hot.flows"), ("a*a", "a"),
    ("*ab*ab", "ab"), ("V*1*", "V2"), ("v1", "V1"),
  ])
  func anythingElseMustStandThere(_ pattern: String, _ name: String) {
    #expect(!Pattern(pattern).matches(name))
  }

  /// Every pattern of three signs against every name of two, by the definition of a star.
  @Test func itAgreesWithTheDefinition() {
    func words(_ signs: String, _ most: Int) -> [String] {
      (0..<most).reduce([""]) { found, _ in
        found + found.flatMap { word in signs.map { word + String($0) } }
      }
    }
    func fits(_ pattern: Substring, _ name: Substring) -> Bool {
      guard let sign = pattern.first else { return name.isEmpty }
      if sign == "*" {
        return fits(pattern.dropFirst(), name)
          || (!name.isEmpty && fits(pattern, name.dropFirst()))
      }
      return name.first == sign && fits(pattern.dropFirst(), name.dropFirst())
    }
    let names = Set(words("ab", 4))
    for pattern in Set(words("ab*", 4)) {
      for name in names {
        #expect(
          Pattern(pattern).matches(name) == fits(pattern[...], name[...]), "\(pattern) \(name)")
      }
    }
  }
}
