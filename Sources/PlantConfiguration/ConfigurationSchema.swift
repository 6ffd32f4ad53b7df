import PlantModel

/// The JSON Schema of configurations, made from the table of keys that the loader reads by.
public enum ConfigurationSchema {
  /// The schema (draft 2020-12), indented.
  public static func json() -> String {
    var text = "{\n"
    text += "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
    text += "  \"title\": \"A plant run by Wellspring\",\n"
    text += "  \"$ref\": \"#/$defs/root\",\n  \"$defs\": {\n"
    text += SectionKind.allCases.map { "    \(quoted($0.rawValue)): \(section($0))" }
      .joined(separator: ",\n")
    return text + "\n  }\n}"
  }

  private static func section(_ kind: SectionKind) -> String {
    let properties = kind.keys.map { "\(quoted($0.name)): \(value($0.value, $0.summary))" }
    let required = kind.keys.filter(\.isRequired).map { quoted($0.name) }
    return """
      {"type": "object", "additionalProperties": false, "required": [\(required.joined(separator: ", "))], \
      "properties": {\(properties.joined(separator: ", "))}}
      """
  }

  private static func value(_ value: Key.Value, _ summary: String = "") -> String {
    let note = summary.isEmpty ? "" : ", \"description\": \(quoted(summary))"
    switch value {
    case .text, .reference: return "{\"type\": \"string\"\(note)}"
    case .flag: return "{\"type\": \"boolean\"\(note)}"
    case .choice(let words):
      return "{\"enum\": [\(words.map(quoted).joined(separator: ", "))]\(note)}"
    case .number(_, let range):
      return
        "{\"type\": \"number\", \"minimum\": \(range.lowerBound), \"maximum\": \(range.upperBound)\(note)}"
    case .integer(let range):
      return
        "{\"type\": \"integer\", \"minimum\": \(range.lowerBound), \"maximum\": \(range.upperBound)\(note)}"
    case .list(let item):
      return "{\"type\": \"array\", \"items\": \(self.value(item))\(note)}"
    case .section(let kind):
      return "{\"$ref\": \(quoted("#/$defs/" + kind.rawValue))\(note)}"
    case .named(let kind):
      return
        "{\"type\": \"object\", \"additionalProperties\": {\"$ref\": \(quoted("#/$defs/" + kind.rawValue))}\(note)}"
    case .references:
      return "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}\(note)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
