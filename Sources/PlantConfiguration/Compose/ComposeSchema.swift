/// The keys by which a plant is put together, in the schema.
extension ConfigurationSchema {
  /// Beside the sections of a part.
  static var composeKeys: [String] {
    [
      #"""
      "include": {"type": "array", "items": {"type": "string"}, "description": "Files whose sections are part of this plant, found from this file's folder; this file wins over them."}
      """#,
      #"""
      "variables": {"type": "object", "propertyNames": {"$ref": "#/$defs/name"}, "additionalProperties": {"$ref": "#/$defs/value"}, "description": "Values by name, for ${name}; a file that includes this one may give others."}
      """#,
      #"""
      "templates": {"type": "object", "additionalProperties": {"$ref": "#/$defs/template"}, "description": "Sections that are written once and made for each use."}
      """#,
      #"""
      "use": {"$ref": "#/$defs/uses"}
      """#,
    ]
  }

  /// The definitions that these keys need.
  static func compose() -> [String] {
    let sections = properties(.root, .part).joined(separator: ", ")
    return [
      #"    "name": {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,63}$"}"#,
      #"    "value": {"type": ["string", "number", "boolean"]}"#,
      #"""
          "template": {"type": "object", "additionalProperties": false, "required": ["sections"], "properties": {"parameters": {"type": "array", "items": {"$ref": "#/$defs/name"}, "description": "What each use gives a value, for ${name}."}, "sections": {"type": "object", "additionalProperties": false, "description": "What a use makes.", "properties": {\#(sections), "use": {"$ref": "#/$defs/uses"}}}}}
      """#,
      #"""
          "uses": {"type": "array", "description": "Templates that are made here.", "items": {"type": "object", "additionalProperties": false, "required": ["template"], "properties": {"template": {"type": "string", "description": "Its name."}, "for": {"type": "object", "propertyNames": {"$ref": "#/$defs/name"}, "additionalProperties": {"oneOf": [{"type": "string", "pattern": "\\.\\."}, {"type": "array", "items": {"$ref": "#/$defs/value"}}]}, "description": "Loops: 1..100, or a list of values; several are combined."}, "with": {"type": "object", "propertyNames": {"$ref": "#/$defs/name"}, "additionalProperties": {"$ref": "#/$defs/value"}, "description": "Values of its parameters."}}}}
      """#,
    ]
  }
}
