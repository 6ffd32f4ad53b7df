/// The hydraulics of a well's loop at one moment: potentials in kPa against the wellhead's height,
/// flows in m³/h.
///
/// One node, the highest point, stands between what the pump brings (with aquifer, screen, riser and
/// exchanger) and what the return takes. `pressure` is its gauge pressure; the equations are solved
/// for it, implicit in time, so that steps of a second and of an hour are alike stable.
struct LoopState: Hashable, Sendable {
  /// Gauge pressure at the highest point.
  var pressure: Double
  /// Air that came in through the vents, m³ at atmospheric pressure.
  var air = 0.0
  /// Room that air and vapour take, m³.
  var cavity: Double

  var pumped = 0.0
  var returned = 0.0
  var packer = 0.0
  var column = 0.0
  var exchanger = 0.0
  /// Through the drain, outward.
  var drained = 0.0

  /// Gas that always comes out of the water, m³ at atmospheric pressure; no pressure is less than
  /// `vapour`.
  static let dissolved = 1e-5
  static let atmosphere = 100.0
  static let vapour = -98.0

  init(pressure: Double) {
    self.pressure = pressure
    cavity = LoopState.room(air: 0, pressure: pressure)
  }

  /// The room that gas takes at a pressure, by Boyle's law.
  static func room(air: Double, pressure: Double) -> Double {
    (air + dissolved) * atmosphere / (pressure - vapour)
  }

  var isDrawingAir: Bool { pressure < 0 }
}

/// Everything that stays constant while the loop is solved for one step.
struct LoopCoefficients: Hashable, Sendable {
  var seconds: Double
  /// Part of the rated frequency.
  var speed: Double
  var wear: Double
  /// Static level with what other flows do to it, at the extraction and the return screen.
  var extractionBase = 0.0
  var returnBase = 0.0
  /// kPa per m³/h and per its square.
  var extractionLinear = 0.0
  var extractionQuadratic = 0.0
  var returnLinear = 0.0
  var returnQuadratic = 0.0
  var riser: Double
  /// Surface pipes and exchanger.
  var surface: Double
  /// Return column, without screen and valve.
  var returnColumn: Double
  /// Back-pressure valve; infinite when shut.
  var valve: Double
  /// Weight of the water from the wellhead to the highest point.
  var height: Double
  /// m³ per kPa.
  var compliance: Double
  /// m³ of the return column above the static level.
  var columnVolume: Double
  /// Flows at 1 kPa.
  var checkLeak: Double
  var packerLeak: Double
  var columnLeak: Double
  var exchangerLeak: Double
  /// Leaks at the surface, and the drain where it is open, to the pressure outside.
  var surfaceLeak: Double
  var drain: Double
  var secondaryPressure: Double
}
