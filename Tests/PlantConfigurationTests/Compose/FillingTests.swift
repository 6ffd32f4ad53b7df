import Testing

@testable import PlantConfiguration

/// What `${…}` stands for.
@Suite struct FillingTests {
  private let names = ["n": "7", "side": "ground", "minus": "-7", "most": "\(Int.max)"]

  @Test(arguments: [
    ("plain", "plain"), ("${n}", "7"), ("pump-${n}-${side}", "pump-7-ground"),
    ("${15000 + n}", "15007"), ("${10 * n + 3}", "73"), ("${10 * (n + 3)}", "100"),
    ("${n / 2}", "3"), ("${minus / 2}", "-4"), ("${n % 4}", "3"), ("${minus % 4}", "1"),
    ("${-n - -1}", "-6"), ("${n-1-1}", "5"), ("${ n }", "7"), ("$${n}", "${n}"), ("$n $", "$n $"),
    ("5 $ ${n}", "5 $ 7"), ("${0 - n * n}", "-49"), ("${most}", "\(Int.max)"),
  ])
  func aFormulaIsFilledIn(_ text: String, _ filled: String) throws {
    #expect(try fill(text) == filled)
    #expect(try fill(Filling.escaped(text)) == text)
  }

  @Test(arguments: [
    ("${n", "'${' without its '}'"), ("${}", "'${}' cannot be understood"),
    ("${n +}", "'${n +}' cannot be understood"), ("${(n}", "'${(n}' cannot be understood"),
    ("${n m}", "'${n m}' cannot be understood"), ("${1x}", "'${1x}' cannot be understood"),
    ("${99999999999999999999}", "'${99999999999999999999}' cannot be understood"),
    ("${side + 1}", "'side' is 'ground', no whole number"), ("${n / 0}", "a division by 0"),
    ("${n % (7 - n)}", "a division by 0"), ("${most + 1}", "a number out of all range"),
    ("${most * most}", "a number out of all range"),
    ("${(-most - 1) / -1}", "a number out of all range"),
    ("${(-most - 1) % -1}", "a number out of all range"),
    ("${-(-most - 1)}", "a number out of all range"), ("${m}", "m?"),
    ("${" + String(repeating: "(", count: 300) + "}", "a formula of more than 256 characters"),
    (String(repeating: "${n}", count: 1025), "a text of more than 1024 characters, filled in"),
  ])
  func aFormulaThatCannotBeFilledInIsToldWhy(_ text: String, _ why: String) {
    do {
      let filled = try fill(text)
      Issue.record("'\(text)' was '\(filled)'")
    } catch {
      guard case Formula.Fault.because(let what, let advice) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(what == why)
      #expect(!advice.isEmpty)
    }
  }

  private func fill(_ text: String) throws(Formula.Fault) -> String {
    try Filling.text(text) { (name) throws(Formula.Fault) in
      guard let value = names[name] else { throw .because(what: "\(name)?", advice: "none") }
      return value
    }.text
  }
}
