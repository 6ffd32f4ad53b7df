import PlantModel

/// The JSON Schema of configurations, made from the table of keys that the loader reads by.
///
/// A file that stands alone must have every key. One that includes, uses templates or has variables may
/// leave keys to other files and write `${…}` wherever a value stands; so may a file that is only
/// included, by the schema's `#/$defs/part`.
public enum ConfigurationSchema {
  /// The schema (draft 2020-12), indented.
  public static func json() -> String {
    var text = "{\n"
    text += "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
    text += "  \"title\": \"A plant run by Wellspring\",\n"
    let keys = Composer.keys.map { "{\"required\": [\(quoted($0))]}" }
    text += "  \"if\": {\"anyOf\": [\(keys.joined(separator: ", "))]},\n"
    text += "  \"then\": {\"$ref\": \"#/$defs/part\"},\n"
    text += "  \"else\": {\"$ref\": \"#/$defs/root\"},\n  \"$defs\": {\n"
    let whole = SectionKind.allCases.map { "    \(quoted($0.rawValue)): \(section($0, .whole))" }
    let parts = SectionKind.allCases.map {
      "    \(quoted(Form.part.name(of: $0))): \(section($0, .part))"
    }
    text += (whole + parts + compose()).joined(separator: ",\n")
    return text + "\n  }\n}"
  }

  /// Whether a file says everything itself.
  enum Form {
    case whole, part

    func name(of kind: SectionKind) -> String {
      switch (self, kind) {
      case (.whole, _): kind.rawValue
      case (.part, .root): "part"
      case (.part, _): "part-" + kind.rawValue
      }
    }
  }

  /// What a value with `${…}` in it is instead of a number or one of a few words.
  private static let filled = "\"pattern\": \"\\\\$\\\\{\""

  private static func section(_ kind: SectionKind, _ form: Form) -> String {
    let properties =
      self.properties(kind, form) + (form == .part && kind == .root ? composeKeys : [])
    let required =
      form == .part
      ? "[]" : "[\(kind.keys.filter(\.isRequired).map { quoted($0.name) }.joined(separator: ", "))]"
    return """
      {"type": "object", "additionalProperties": false, "required": \(required), \
      "properties": {\(properties.joined(separator: ", "))}}
      """
  }

  static func properties(_ kind: SectionKind, _ form: Form) -> [String] {
    kind.keys.map { "\(quoted($0.name)): \(value($0.value, form, $0.summary))" }
  }

  private static func value(_ value: Key.Value, _ form: Form, _ summary: String = "") -> String {
    let note = summary.isEmpty ? "" : ", \"description\": \(quoted(summary))"
    switch value {
    case .text, .reference: return "{\"type\": \"string\"\(note)}"
    case .flag: return "{\(type("boolean", form))\(note)}"
    case .choice(let words):
      let choice = "\"enum\": [\(words.map(quoted).joined(separator: ", "))]"
      return form == .whole
        ? "{\(choice)\(note)}"
        : "{\"anyOf\": [{\(choice)}, {\"type\": \"string\", \(filled)}]\(note)}"
    case .number(_, let range):
      return
        "{\(type("number", form)), \"minimum\": \(range.lowerBound), \"maximum\": \(range.upperBound)\(note)}"
    case .integer(let range):
      return
        "{\(type("integer", form)), \"minimum\": \(range.lowerBound), \"maximum\": \(range.upperBound)\(note)}"
    case .list(let item):
      return "{\"type\": \"array\", \"items\": \(self.value(item, form))\(note)}"
    case .section(let kind):
      return "{\"$ref\": \(quoted("#/$defs/" + form.name(of: kind)))\(note)}"
    case .named(let kind):
      return
        "{\"type\": \"object\", \"additionalProperties\": {\"$ref\": \(quoted("#/$defs/" + form.name(of: kind)))}\(note)}"
    case .references:
      return "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}\(note)}"
    }
  }

  private static func type(_ type: String, _ form: Form) -> String {
    form == .whole ? "\"type\": \"\(type)\"" : "\"type\": [\"\(type)\", \"string\"], \(filled)"
  }

  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
