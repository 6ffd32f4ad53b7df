import PlantModel
import Quantities

/// Which output reaches which machine: places of points and of their devices, found once.
struct Wiring: Sendable {
  /// By what a point's value is judged.
  struct Limits: Sendable {
    /// Finite at both ends, so that it holds nothing that is not.
    let range: ClosedRange<Double>
    let maximumAge: TimeSpan

    init(_ point: Point) {
      range = point.range.clamped(to: -.greatestFiniteMagnitude ... .greatestFiniteMagnitude)
      maximumAge = point.maximumAge
    }
  }

  struct ValveWires: Sendable { let open, close, device: Int }
  struct PumpWires: Sendable { let run, speed, device: Int }
  struct UnitWires: Sendable {
    let enable, load, device: Int
    let minimumLoad: Double
    /// To its second condenser; nil without one.
    let turn: Int?
    /// Of its heat to a desuperheater.
    let share: Double
  }
  struct FillWires: Sendable { let fill, device, circuit: Int }

  struct WellWires: Sendable {
    let run, speed, valve, drive, head, circuit: Int
    /// Nil without a drain.
    let drain: Int?
    /// How many wells share the circuit's flow.
    let siblings: Double
  }

  let valves: [ValveWires]
  let pumps: [PumpWires]
  let units: [UnitWires]
  let fills: [FillWires]
  let wells: [WellWires]
  /// By the plant's distributions; nil without a bypass.
  let bypasses: [(point: Int, device: Int)?]
  /// The device of each point.
  let devices: [Int]
  let limits: [Limits]
  /// The places of the inputs, and of the outputs, among the points.
  let inputs: [Int]
  let outputs: [Int]

  init(_ plant: Plant) {
    let device = { (point: PointID) in plant[point].device.index }
    valves = plant.valves.map {
      ValveWires(
        open: $0.openCommand.point.index, close: $0.closeCommand.point.index,
        device: device($0.openCommand.point))
    }
    pumps = plant.pumps.map {
      PumpWires(
        run: $0.runCommand.point.index, speed: $0.speedCommand.point.index,
        device: device($0.runCommand.point))
    }
    units = plant.units.map { unit in
      var share = 0.0
      if case .desuperheater(let part) = unit.recovery?.kind { share = part.value }
      return UnitWires(
        enable: unit.enableCommand.point.index, load: unit.loadCommand.point.index,
        device: device(unit.enableCommand.point), minimumLoad: unit.minimumLoad.value,
        turn: unit.recovery?.command?.point.index, share: share)
    }
    fills = plant.makeUps.map {
      FillWires(
        fill: $0.fillCommand.point.index, device: device($0.fillCommand.point),
        circuit: $0.circuit.index)
    }
    wells = plant.wells.map { well in
      WellWires(
        run: well.pump.runCommand.point.index, speed: well.pump.speedCommand.point.index,
        valve: well.valveCommand.point.index, drive: device(well.pump.runCommand.point),
        head: device(well.valveCommand.point), circuit: well.circuit.index,
        drain: well.drain?.command.point.index,
        siblings: Double(plant.wells.count { $0.circuit == well.circuit }))
    }
    bypasses = plant.distributions.map { distribution in
      distribution.bypassCommand.map { ($0.point.index, device($0.point)) }
    }
    devices = plant.points.map { $0.device.index }
    limits = plant.points.map(Limits.init)
    inputs = plant.places(of: .input)
    outputs = plant.places(of: .output)
  }
}
