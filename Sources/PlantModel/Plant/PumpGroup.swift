public import Quantities

/// Circulation pumps in parallel that move one circuit's water.
public struct PumpGroup: Sendable, Equatable {
  public var name: String
  public var circuit: CircuitID
  /// In the plant's order; all running ones turn at the same speed.
  public var pumps: [PumpID]
  /// How many may run at once; the rest stand by.
  public var duty: Int
  /// The flow one pump is made for.
  public var designFlow: CubicMetersPerHour
  /// The differential pressure to hold, for each position of the block that decides it.
  public var setpoints: [PressureSetpoint]
  /// The set-point where no block decides.
  public var setpoint: Kilopascals
  public var speed: ClosedRange<Hertz>

  public init(
    name: String, circuit: CircuitID, pumps: [PumpID], duty: Int,
    designFlow: CubicMetersPerHour, setpoints: [PressureSetpoint], setpoint: Kilopascals,
    speed: ClosedRange<Hertz>
  ) {
    self.name = name
    self.circuit = circuit
    self.pumps = pumps
    self.duty = duty
    self.designFlow = designFlow
    self.setpoints = setpoints
    self.setpoint = setpoint
    self.speed = speed
  }
}

extension Plant {
  /// What a circuit's pumps are made to move together.
  public func designFlow(of circuit: CircuitID) -> CubicMetersPerHour {
    pumpGroups.reduce(.zero) {
      $1.circuit == circuit ? $0 + $1.designFlow * Double($1.duty) : $0
    }
  }
}

/// A differential-pressure set-point that holds while a block is in a position.
public struct PressureSetpoint: Sendable, Equatable {
  public var block: BlockID
  public var position: PositionID
  public var pressure: Kilopascals

  public init(block: BlockID, position: PositionID, pressure: Kilopascals) {
    self.block = block
    self.position = position
    self.pressure = pressure
  }
}

/// One pump and its drive.
public struct Pump: Sendable, Equatable {
  public var name: String
  public var device: DeviceID
  public var runCommand: Actuator<Bool>
  public var speedCommand: Actuator<Hertz>
  public var running: Sensor<Bool>
  public var tripped: Sensor<Bool>
  /// Whether the drive takes its commands from us; 0 when it was switched to local.
  public var remote: Sensor<Bool>
  public var frequency: Sensor<Hertz>
  public var power: Sensor<Kilowatts>

  public init(
    name: String, device: DeviceID, runCommand: Actuator<Bool>, speedCommand: Actuator<Hertz>,
    running: Sensor<Bool>, tripped: Sensor<Bool>, remote: Sensor<Bool>,
    frequency: Sensor<Hertz>, power: Sensor<Kilowatts>
  ) {
    self.name = name
    self.device = device
    self.runCommand = runCommand
    self.speedCommand = speedCommand
    self.running = running
    self.tripped = tripped
    self.remote = remote
    self.frequency = frequency
    self.power = power
  }
}
