import PlantControl
import PlantModel
import PlantOperation
import Quantities
import Testing

/// The fail-safe relay is toggled by scans, and by nothing else. (`SAFE-06`)
struct RelayTests {
  @Test func everyScanTogglesTheRelay() {
    var plant = OperationRig.plant
    plant.points.append(
      Point(
        name: "z.alive", device: DeviceID(0), direction: .output, unit: .digital,
        register: Register(table: .coil, address: 99, format: .bit), range: 0...1,
        maximumAge: .seconds(10)))
    let output = Actuator<Bool>(PointID(plant.points.count - 1))
    plant.site.failSafeRelay = FailSafeRelay(output: output, fall: "Nothing.")
    var rig = OperationRig(plant)
    rig.field.isSettled = true
    var levels: [Bool] = []
    for _ in 0..<6 {
      rig.scan()
      levels.append(rig.operation.controller.outputs.isOn(output))
    }
    #expect(levels == [true, false, true, false, true, false])
    #expect(rig.operation.controller.outputs[output.point].reason.rule == .failSafeRelay)
  }
}
