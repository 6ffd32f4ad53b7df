import Field
import PlantModel
import Quantities

/// One input line of a device: what it is for, and the line while it is held.
struct InputLine {
  /// What is made of its edges.
  enum Use {
    case state(Debounce)
    case pulses(PulseCounter)
  }

  let point: PointID
  let device: Int
  var line: (any GPIOLine)?
  /// It failed and was let go: it is taken again at the next look, whatever else of its device cannot be had.
  var isLetGo = false
  /// Nil before the line was taken for the first time.
  var use: Use?

  var deadline: UInt64? {
    switch use {
    case nil: nil
    case .state(let debounce): debounce.deadline
    case .pulses(let counter): counter.deadline
    }
  }
}

/// One output line of a device, and the line while it is held.
struct OutputLine {
  let point: PointID
  let device: Int
  var line: (any GPIOLine)?
  /// See `InputLine`.
  var isLetGo = false
  /// What it was told last.
  var told = false
  /// It was told that the line does not keep what it is told.
  var isContrary = false
}

/// What the lines of a device have in common.
struct LineDevice {
  let id: DeviceID
  var recovery: DeviceRecovery
  var statistics: DeviceStatistics

  init(_ id: DeviceID, plant: Plant) {
    self.id = id
    let proves = plant.points.contains { $0.device == id && $0.carriesProof }
    recovery = DeviceRecovery(carriesProof: proves)
    statistics = DeviceStatistics(device: plant[id].name)
  }
}
