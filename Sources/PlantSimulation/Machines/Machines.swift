import PlantModel
import Quantities

/// A motorised valve: where it stands, what it was last told, and what is wrong with it.
struct ValveState: Sendable {
  /// 0 closed, 1 open.
  var position = 0.0
  var command = ValveCommand.stay
  var sticks = false
  var leak = 0.0
  var showsClosed = false
  var showsOpen = false
  private(set) var runsOn = false
  private var runsOnDirection = 0.0

  /// Advances by `part` of a stroke, unless it stands at the end it is driven to.
  mutating func step(_ part: Double) {
    guard !sticks else { return }
    var direction = 0.0
    switch command {
    case .open: direction = 1
    case .close: direction = -1
    case .stay: break
    }
    if runsOn { direction = runsOnDirection }
    guard direction != 0 else { return }
    position = min(max(position + direction * part, 0), 1)
  }

  /// Leaves the end where it stands, whatever it is told.
  mutating func runOn() {
    guard !runsOn else { return }
    runsOn = true
    runsOnDirection = position > 0.5 ? -1 : 1
  }

  mutating func obeyAgain() { runsOn = false }

  var isSeenOpen: Bool { showsOpen || (!showsClosed && position > 0.98) }
  var isSeenClosed: Bool { showsClosed || (!showsOpen && position < 0.02) }
  /// Whether the seat is tight, so that what passes is leakage.
  var isSeated: Bool { position < 0.005 }
  /// The part of its full flow that it lets through.
  var opening: Double { max(isSeated ? 0 : position, leak) }
}

/// A pump with its drive.
struct PumpState: Sendable {
  var run = false
  var command = 0.0
  /// Part of 50 Hz.
  var speed = 0.0
  var tripped = false
  var power = 0.0
  /// Seconds that it has moved hardly any water.
  var still = 0.0

  /// Full speed in 8 s.
  static let ramp = 0.12

  mutating func step(_ dt: Double) {
    let wanted = run && !tripped ? command : 0
    let most = PumpState.ramp * dt
    speed += min(max(wanted - speed, -most), most)
  }

  var isRunning: Bool { speed > 0.05 }
}

/// A heat-pump unit with its own controller and wired protections.
struct UnitState: Sendable {
  var enabled = false
  var command = 0.0
  var load = 0.0
  var isOn = false
  /// Tripped by a fault, until it is mended.
  var broken = false
  /// Tripped by its own protection, until it has been told to stand for a minute.
  var protected = false
  var enabledFor = 0.0
  var standsFor = 1e6
  var evaporatorSwitch = false
  var condenserSwitch = false
  var heat = 0.0
  var cold = 0.0
  var power = 0.0
  /// Of the heat what goes to a desuperheater or a second condenser.
  var recovered = 0.0
  var turnCommand = false
  /// Where it stands between its condensers: 1 at the second.
  var turn = 0.0
  var recoverySwitch = false

  var isTurned: Bool { turn >= 0.5 }

  var isTripped: Bool { broken || protected }

  /// The unit's own start sequence and least standstill, in seconds, and its loading a second.
  static let startDelay = 20.0
  static let leastStandstill = 30.0
  static let resetTime = 60.0
  static let loadRamp = 0.01
  /// Its own protections, °C leaving.
  static let coldCutOut = 2.5
  static let hotCutOut = 62.0
  /// What its change between two condensers takes, in seconds.
  static let turnTime = 8.0
  /// The flow switch: makes above, breaks below these parts of the design flow.
  static let switchMakes = 0.6
  static let switchBreaks = 0.5
}

/// A tank in two layers, or a pool.
struct TankState: Sendable {
  var top: Double
  var bottom: Double
  /// The pool water behind its exchanger.
  var outlet: Double
}

/// What a circuit holds besides its heat.
struct CircuitState: Sendable {
  var flow = 0.0
  var isPumped = false
  /// Water more than at the start, m³ at the starting density.
  var surplus = 0.0
  var madeUp = 0.0
  var fills = false
  var leak = 0.0
  var pressure = 245.0
}
