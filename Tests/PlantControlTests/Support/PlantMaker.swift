import PlantModel
import Quantities

/// Makes a small plant in code: points are added as equipment asks for them.
struct PlantMaker {
  var plant: Plant

  /// A plant with one device, one bus and every parameter at its default.
  init() {
    let nowhere = PointID(0)
    plant = Plant(
      name: "small",
      site: Site(
        utcOffset: .hours(1), outdoorTemperature: Sensor(nowhere),
        frostTemperature: Sensor(nowhere),
        emergencyStop: Sensor(nowhere), stopState: .stop, seasonChange: .propose),
      scanPeriod: .seconds(1), parameters: Parameters(),
      buses: [
        Bus(
          name: "bus", link: .tcp(host: "127.0.0.1", port: 1502), responseTimeout: .seconds(1),
          guardTime: .zero
        )
      ],
      devices: [Device(name: "io", bus: BusID(0), unit: 1, type: "io", maximumRead: 100)],
      points: [], circuits: [], valves: [], pumps: [], pumpGroups: [], units: [], blocks: [],
      tanks: [], makeUps: [], meters: [])
    plant.parameters.poolLimit = Celsius(29)
    plant.site.outdoorTemperature = sensor("outdoor", .celsius, -40...60)
    plant.site.frostTemperature = sensor("frost", .celsius, -40...60)
    plant.site.emergencyStop = digital("emergency-stop")
  }

  private mutating func point(
    _ name: String, _ direction: Point.Direction, _ unit: MeasurementUnit,
    _ range: ClosedRange<Double>
  ) -> PointID {
    plant.points.append(
      Point(
        name: name, device: DeviceID(0), direction: direction, unit: unit,
        register: Register(table: .holding, address: plant.points.count, format: .u16),
        range: range, maximumAge: .seconds(10)))
    return PointID(plant.points.count - 1)
  }

  mutating func sensor<Value>(
    _ name: String, _ unit: MeasurementUnit, _ range: ClosedRange<Double> = -1000...100_000
  ) -> Sensor<Value> {
    Sensor(point(name, .input, unit, range))
  }

  mutating func digital(_ name: String) -> Sensor<Bool> {
    Sensor(point(name, .input, .digital, 0...1))
  }

  mutating func actuator<Value>(_ name: String, _ unit: MeasurementUnit) -> Actuator<Value> {
    Actuator(point(name, .output, unit, 0...100))
  }

  mutating func circuit(
    _ name: String, _ kind: Circuit.Kind, volume: CubicMeters = CubicMeters(20)
  ) -> CircuitID {
    plant.circuits.append(
      Circuit(
        name: name, kind: kind, volume: volume,
        returnTemperature: sensor(name + "-return", .celsius),
        supplyTemperature: sensor(name + "-supply", .celsius),
        pressure: sensor(name + "-pressure", .kilopascals),
        differentialPressure: sensor(name + "-difference", .kilopascals),
        flow: sensor(name + "-flow", .cubicMetersPerHour)))
    return CircuitID(plant.circuits.count - 1)
  }

  mutating func valve(_ name: String) -> ValveID {
    plant.valves.append(
      Valve(
        name: name, openCommand: actuator(name + "-open", .digital),
        closeCommand: actuator(name + "-close", .digital),
        openedSwitch: digital(name + "-is-open"), closedSwitch: digital(name + "-is-closed"),
        strokeTime: .seconds(45)))
    return ValveID(plant.valves.count - 1)
  }

  /// Pumps in parallel, each made for 100 m³/h, held at 200 kPa, 20…50 Hz.
  mutating func pumpGroup(_ name: String, on circuit: CircuitID, count: Int, duty: Int)
    -> PumpGroupID
  {
    var ids: [PumpID] = []
    for number in 1...count {
      let pump = "\(name)-\(number)"
      plant.pumps.append(
        Pump(
          name: pump, device: DeviceID(0), runCommand: actuator(pump + "-run", .digital),
          speedCommand: actuator(pump + "-speed", .hertz), running: digital(pump + "-running"),
          tripped: digital(pump + "-tripped"), remote: digital(pump + "-remote"),
          frequency: sensor(pump + "-frequency", .hertz),
          power: sensor(pump + "-power", .kilowatts)))
      ids.append(PumpID(plant.pumps.count - 1))
    }
    plant.pumpGroups.append(
      PumpGroup(
        name: name, circuit: circuit, pumps: ids, duty: duty, designFlow: CubicMetersPerHour(100),
        setpoints: [], setpoint: Kilopascals(200), speed: Hertz(20)...Hertz(50)))
    return PumpGroupID(plant.pumpGroups.count - 1)
  }

  /// 47 °C less a band of 4 K, minimum 40 °C, 400 kW.
  mutating func hotWaterTank(_ name: String, on circuit: CircuitID) -> TankID {
    plant.tanks.append(
      Tank(
        name: name, use: .domesticHotWater, circuit: circuit, volume: CubicMeters(10),
        chargeValve: valve(name + "-valve"), temperature: sensor(name + "-top", .celsius),
        middleTemperature: sensor(name + "-middle", .celsius), exchangerOutlet: nil,
        filterFlow: nil, setpoint: Celsius(47), band: TemperatureDifference(4),
        minimum: Celsius(40), designHeat: Kilowatts(400)))
    return TankID(plant.tanks.count - 1)
  }

  /// 27.5 °C less a band of 0.3 K, minimum 26.5 °C, 700 kW.
  mutating func pool(_ name: String, on circuit: CircuitID) -> TankID {
    plant.tanks.append(
      Tank(
        name: name, use: .pool, circuit: circuit, volume: CubicMeters(2500),
        chargeValve: valve(name + "-valve"), temperature: sensor(name, .celsius),
        middleTemperature: nil, exchangerOutlet: sensor(name + "-outlet", .celsius),
        filterFlow: digital(name + "-filter"), setpoint: Celsius(27.5),
        band: TemperatureDifference(0.3), minimum: Celsius(26.5), designHeat: Kilowatts(700)))
    return TankID(plant.tanks.count - 1)
  }

  /// 648.2 kW of heat, 487.9 kW of cold, a quarter of it at least.
  mutating func unit(_ name: String, evaporator: CircuitID, condenser: CircuitID) -> UnitID {
    let side = { (maker: inout PlantMaker, name: String, circuit: CircuitID) in
      HeatPumpUnit.Side(
        water: .circuit(circuit), isolation: nil, flowProof: maker.digital(name + "-flow"),
        entering: maker.sensor(name + "-entering", .celsius),
        leaving: maker.sensor(name + "-leaving", .celsius), designFlow: CubicMetersPerHour(90))
    }
    plant.units.append(
      HeatPumpUnit(
        name: name, device: DeviceID(0), block: BlockID(0),
        evaporator: side(&self, name + "-evaporator", evaporator),
        condenser: side(&self, name + "-condenser", condenser),
        enableCommand: actuator(name + "-enable", .digital),
        loadCommand: actuator(name + "-load", .fraction), running: digital(name + "-running"),
        tripped: digital(name + "-tripped"), remote: digital(name + "-remote"),
        load: sensor(name + "-load-shown", .fraction), power: sensor(name + "-power", .kilowatts),
        ratedHeating: Kilowatts(648.2), ratedCooling: Kilowatts(487.9),
        minimumLoad: Fraction(0.25), maximumStartsPerHour: 3))
    return UnitID(plant.units.count - 1)
  }

  mutating func meter(_ name: String, _ use: EnergyMeter.Use, most: Double = 4000) {
    plant.meters.append(
      EnergyMeter(
        name: name, device: DeviceID(0), use: use,
        power: sensor(name + "-power", .kilowatts, -100...most),
        energy: sensor(name + "-energy", .kilowattHours, 0...1e9)))
  }

  /// Filled below 230 kPa up to 260 kPa, alarm below 150 kPa, pumps off below 100 kPa.
  mutating func makeUp(for circuit: CircuitID) {
    plant.makeUps.append(
      MakeUp(
        circuit: circuit, fillCommand: actuator("fill", .digital), tankLevel: digital("level"),
        volume: sensor("made-up", .cubicMeters), band: Kilopascals(230)...Kilopascals(260),
        alarmPressure: Kilopascals(150), cutOffPressure: Kilopascals(100)))
  }
}
