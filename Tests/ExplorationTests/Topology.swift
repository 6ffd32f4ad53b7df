import PlantConfiguration
import PlantModel

/// The valves as the drawing of the sports centre has them, read off by hand: a wrong port in the
/// configuration would deceive controller, twin and exploration alike.
let drawing: Set<String> = [
  "main: V1 at the inlet of an evaporator to ground",
  "main: V2 at the inlet of an evaporator to building",
  "main: V3 at the outlet of an evaporator to ground",
  "main: V4 at the outlet of an evaporator to building",
  "main: V5 at the inlet of a condenser to building",
  "main: V6 at the inlet of a condenser to ground",
  "main: V7 at the outlet of a condenser to building",
  "main: V8 at the outlet of a condenser to ground",
  "recovery: V9 at the inlet of an evaporator to ground",
  "recovery: V10 at the outlet of an evaporator to ground",
  "recovery: V11 at the inlet of an evaporator to building",
  "recovery: V12 at the outlet of an evaporator to building",
  "main winter: V1 V3 V5 V7",
  "main summer: V2 V4 V6 V8",
  "recovery ground: V10 V9",
  "recovery cooling: V11 V12",
  "recovery cooling needs main summer",
]

/// The same of a plant as it was understood.
func topology(of plant: Plant) -> Set<String> {
  var lines: Set<String> = []
  for block in plant.blocks {
    for vessel in block.vessels {
      for port in vessel.ports {
        let article = vessel.side == .evaporator ? "an" : "a"
        lines.insert(
          "\(block.name): \(plant[port.valve].name) at the \(port.end) of \(article) "
            + "\(vessel.side) to \(plant[port.circuit].name)")
      }
    }
    for row in block.positions {
      let open = row.open.map { plant[$0].name }.sorted().joined(separator: " ")
      lines.insert("\(block.name) \(row.name): \(open)")
    }
    for dependence in block.dependences {
      let other = plant[dependence.requiredBlock]
      lines.insert(
        "\(block.name) \(block.positions[dependence.position.index].name) needs "
          + "\(other.name) \(other.positions[dependence.requiredPosition.index].name)")
    }
  }
  return lines
}

/// The shipped sports centre.
func sportsCentre() throws -> Plant {
  let path = #filePath.components(before: "/Tests/") + "/config/sports-centre.yaml"
  let (loaded, diagnostics) = PlantLoader.load(path: path)
  guard let plant = loaded?.plant else { throw Unreadable(diagnostics: "\(diagnostics)") }
  return plant
}

private struct Unreadable: Error { let diagnostics: String }

extension String {
  fileprivate func components(before mark: String) -> String {
    var parts = split(separator: "/", omittingEmptySubsequences: false)
    while let last = parts.popLast(), "/\(last)/" != mark {}
    return parts.joined(separator: "/")
  }
}
