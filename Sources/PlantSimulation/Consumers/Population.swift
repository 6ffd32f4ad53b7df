import PlantModel
import Quantities

/// The consumers of one distribution as a population: each with its house, its habits, its unit and its
/// meter, drawn from the twin's seed. Who is at home, and when, nobody outside knows.
struct Population: Sendable {
  /// One consumer: rooms as one mass, units as one.
  struct Home: Sendable {
    var room: Double
    /// What its people set, °C, in heating.
    let setting: Double
    /// Against the typical house.
    let size: Double
    let isHomeAllDay: Bool
    /// Hours by which its day begins later than others'.
    let late: Double
    var wants = false
    var isOn = false
    /// Hours that its people have wanted it.
    var wantedFor = 0.0
    /// What its unit takes from the loop now, kW; negative while it cools.
    var taken = 0.0
    /// Taken from and given to the loop, kWh.
    var energy = 0.0
    /// Water that went through, m³.
    var volume = 0.0
    /// Its unit stands for cold water although it is wanted.
    var isTripped = false
  }

  let description: PopulationDescription
  let circuit: Int
  /// From the supply header to the back header.
  let pipe: Int
  private let map: HeatPumpMap
  private(set) var homes: [Home]
  /// Consumers whose valve is open.
  private(set) var open = 0
  /// Heat taken from the loop, heat given to rooms, cold given to rooms, and electricity, kW.
  private(set) var taken = 0.0
  private(set) var heat = 0.0
  private(set) var cold = 0.0
  private(set) var power = 0.0
  private(set) var running = 0
  /// How far the bypass really stands open.
  var bypass = 1.0
  var bypassCommand = 1.0

  /// A room that is cooled is kept here, °C.
  static let coolingSetting = 26.0
  /// Water that comes colder trips a consumer's unit; so does less than half of its flow.
  static let coldest = 4.0
  static let coldestLeaving = 2.0
  /// Full stroke of the bypass, seconds.
  static let bypassStroke = 60.0
  static let condenserLeaving = Celsius(45)
  static let coolingCondenserAbove = 8.0

  init(
    _ description: PopulationDescription, count: Int, circuit: Int, pipe: Int, seed: UInt64
  ) {
    self.description = description
    self.circuit = circuit
    self.pipe = pipe
    map = HeatPumpMap(ratedHeating: description.unitHeat)
    var generator = SeededGenerator(seed: seed ^ 0x5151)
    homes = (0..<count).map { _ in
      let setting = 20 + 1.5 * generator.signed()
      return Home(
        room: setting, setting: setting, size: 1 + 0.2 * generator.signed(),
        isHomeAllDay: (generator.signed() + 1) / 2 < description.homeShare.value,
        late: 1.5 * generator.signed())
    }
  }

  /// m³/h at 1 kPa: open consumers in parallel, behind the mains.
  var conductance: Double {
    let consumers = consumerConductance
    guard consumers > 0 else { return 0 }
    let main = mainConductance
    return consumers * main / (consumers * consumers + main * main).squareRoot()
  }

  private var consumerConductance: Double {
    Double(open) * description.flow.value / description.unitLoss.value.squareRoot()
  }

  private var mainConductance: Double {
    Double(homes.count) * description.flow.value / description.mainLoss.value.squareRoot()
  }

  /// Of the difference at the headers, what is left at the far end.
  var farEndShare: Double {
    let consumers = consumerConductance
    guard consumers > 0 else { return 1 }
    let share = conductance / consumers
    return share * share
  }

  /// People come and go; rooms cool; units run on the water that they get.
  ///
  /// - Parameters:
  ///   - flow: through all consumers together, m³/h.
  ///   - water: °C as it comes to them.
  mutating func step(
    _ seconds: Double, hour: Double, outdoor: Double, sun: Double, flow: Double, water: Double
  ) {
    let hours = seconds / 3600
    let each = open > 0 ? flow / Double(open) : 0
    let hasFlow = each > 0.5 * description.flow.value
    let heating = map.output(
      load: .one, evaporatorLeaving: Celsius(water - 4),
      condenserLeaving: Population.condenserLeaving)
    let cooling = map.output(
      load: .one, evaporatorLeaving: Celsius(10),
      condenserLeaving: Celsius(water + Population.coolingCondenserAbove))
    open = 0
    taken = 0
    heat = 0
    cold = 0
    power = 0
    running = 0
    for index in homes.indices {
      var home = homes[index]
      if home.wants { home.volume += each * hours }
      let isThere = home.isHomeAllDay || Population.isHome(hour - home.late)
      home.wantedFor = isThere ? home.wantedFor + hours : 0
      let isHeating = outdoor < 18
      let off = isHeating ? home.setting - home.room : home.room - Population.coolingSetting
      home.wants = isThere && (home.wants ? off > -0.4 : off > 0.4)
      let leaving = water - heating.cold.value * home.size / max(each * Twin.carry, 0.01)
      let isWarm = water > Population.coldest && leaving > Population.coldestLeaving
      let mayRun = hasFlow && (!isHeating || isWarm)
      home.isOn = home.wants && mayRun
      home.isTripped = home.wants && hasFlow && !mayRun
      var given = 0.0
      home.taken = 0
      if home.isOn {
        running += 1
        let output = isHeating ? heating : cooling
        power += output.power.value * home.size
        given = (isHeating ? output.heat.value : -output.cold.value) * home.size
        home.taken = (isHeating ? output.cold.value : -output.heat.value) * home.size
        if given > 0 { heat += given } else { cold -= given }
      }
      if home.wants { open += 1 }
      taken += home.taken
      home.energy += abs(home.taken) * hours
      let gain =
        description.gain.value * (isThere ? 1 : 1 / 3.0) + description.sun.value * sun
      let lost = description.loss.value * (home.room - outdoor)
      home.room +=
        (given + (gain - lost) * home.size) * hours / (description.capacity.value * home.size)
      homes[index] = home
    }
    let most = seconds / Population.bypassStroke
    bypass += min(max(bypassCommand - bypass, -most), most)
  }

  private static func isHome(_ hour: Double) -> Bool {
    let hour = hour < 0 ? hour + 24 : hour
    return hour >= 5.5 && hour < 8 || hour >= 17 && hour < 22.5
  }

  /// Mean kelvins by which rooms that people have wanted warm for three hours are more than 1 K short.
  var shortage: Double {
    var sum = 0.0
    var count = 0.0
    for home in homes where home.wantedFor > 3 {
      sum += max(home.setting - 1 - home.room, 0)
      count += 1
    }
    return count > 0 ? sum / count : 0
  }

  /// The same of rooms that are to be cooled, and are more than 1 K too warm.
  var excess: Double {
    var sum = 0.0
    var count = 0.0
    for home in homes where home.wantedFor > 3 {
      sum += max(home.room - Population.coolingSetting - 1, 0)
      count += 1
    }
    return count > 0 ? sum / count : 0
  }

  /// The flow of one consumer, m³/h.
  func flow(of home: Int, whole: Double) -> Double {
    homes[home].wants && open > 0 ? whole / Double(open) : 0
  }
}
