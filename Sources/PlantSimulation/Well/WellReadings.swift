public import Quantities

/// What a well is told, and what stands on the other side of its exchanger.
public struct WellInput: Hashable, Sendable {
  /// The drive's set-point; nought stops the pump.
  public var frequency: Hertz
  /// The back-pressure valve's set-point, 0 shut to 1 open.
  public var valvePosition: Fraction
  /// The drain at the wellhead is open: water leaves behind the exchanger, to waste.
  public var isDraining: Bool
  /// False while power is cut: drive and exchanger's other side stand.
  public var isPowered: Bool
  public var load: WellLoad
  /// Pressure of the building's water at the exchanger, which a leak meets.
  public var secondaryPressure: Kilopascals

  public init(
    frequency: Hertz, valvePosition: Fraction, isPowered: Bool = true,
    isDraining: Bool = false, load: WellLoad,
    secondaryPressure: Kilopascals = Kilopascals(250)
  ) {
    self.frequency = frequency
    self.valvePosition = valvePosition
    self.isPowered = isPowered
    self.isDraining = isDraining
    self.load = load
    self.secondaryPressure = secondaryPressure
  }
}

/// What takes heat out of the well's water, or brings it in.
public enum WellLoad: Hashable, Sendable {
  /// A heat-pump unit on the well's own water: this heat is taken, negative when it is given.
  case heat(Kilowatts)
  /// The plate heat exchanger with this flow on its other side, entering at this temperature.
  case exchanger(secondary: CubicMetersPerHour, entering: Celsius)
}

/// Slow and sudden damage to a well; nought is a sound one.
public struct WellFaults: Hashable, Sendable {
  /// More loss in the extraction screen: the laminar part grows by this, the turbulent by its square.
  public var screenClogging = 0.0
  /// The same in the return screen and its ground.
  public var returnClogging = 0.0
  /// Slip inside the pump, as a part of its nominal flow.
  public var pumpWear = 0.0
  /// More loss in the exchanger's well side.
  public var exchangerFouling = 0.0
  /// Thermal resistance on the exchanger's plates, kelvin a kilowatt.
  public var foulingKelvinPerKilowatt = 0.0
  /// Flow past the packer at 100 kPa.
  public var packerLeak = CubicMetersPerHour.zero
  /// Flow from the riser into the return zone at 100 kPa.
  public var columnLeak = CubicMetersPerHour.zero
  /// Flow back through pump and check valve at 100 kPa, while it should hold.
  public var checkValveLeak = CubicMetersPerHour.zero
  /// Flow through the exchanger's plates at 100 kPa, to the side with less pressure.
  public var exchangerLeak = CubicMetersPerHour.zero
  /// Flow out of the pipes at the surface at 100 kPa.
  public var surfaceLeak = CubicMetersPerHour.zero

  public init() {}
}

/// How a well stands at the end of a step, without any sensor's error.
public struct WellReadings: Hashable, Sendable {
  public var frequency = Hertz.zero
  public var valvePosition = Fraction.zero
  /// At the wellhead; negative when water falls back through the pump.
  public var extracted = CubicMetersPerHour.zero
  /// At the back-pressure valve.
  public var returned = CubicMetersPerHour.zero
  /// Through the drain, to waste.
  public var drained = CubicMetersPerHour.zero
  /// Gauge, at the intake below the packer.
  public var intakePressure = Kilopascals.zero
  /// Gauge, at the wellhead.
  public var supplyPressure = Kilopascals.zero
  /// Gauge, at the highest point of the loop.
  public var highestPointPressure = Kilopascals.zero
  /// Gauge, at the wellhead behind the back-pressure valve: the return zone's, less its depth.
  public var returnPressure = Kilopascals.zero
  public var exchangerPressureLoss = Kilopascals.zero
  public var outletTemperature = Celsius(0)
  public var returnTemperature = Celsius(0)
  /// Of the water on the exchanger's other side; as the return where there is no exchanger.
  public var secondaryLeaving = Celsius(0)
  /// Taken out of the well's water.
  public var heat = Kilowatts.zero
  public var motorPower = Kilowatts.zero
  /// From the return zone past the packer into the extraction zone.
  public var packerFlow = CubicMetersPerHour.zero
  /// From the riser into the return zone.
  public var columnFlow = CubicMetersPerHour.zero
  /// Through the exchanger to the building; negative when building water enters.
  public var exchangerFlow = CubicMetersPerHour.zero
  /// Air and vapour in the loop.
  public var airVolume = CubicMeters.zero
  /// From the year's course: depth of the static level below the wellhead, in metres.
  public var staticLevelMeters = 0.0

  public init() {}
}
