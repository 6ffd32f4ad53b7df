import PlantModel
import PlantSimulation
import Quantities

#if canImport(Glibc)
  import Glibc
#endif

/// What following the demand saves: the electricity of a winter's circulation and well pumps as the
/// controller runs them, at constant differential pressure, and at fixed speed, on the same twin.
struct PumpBench {
  /// The ways to run pumps.
  enum Way: String, CaseIterable {
    case following = "following the demand"
    case constantPressure = "constant pressure"
    case fixedSpeed = "fixed speed"
  }

  /// The most that following may need, as part of fixed speed, and kelvin-hours that rooms may be short.
  private enum Limit {
    static let circulation = 0.5
    static let wells = 0.7
    static let shortage = 5.0
  }

  struct Row {
    let way: Way
    var circulation = 0.0
    var wells = 0.0
    /// Kelvin-hours that rooms were more than 1 K short, on average over all.
    var shortage = 0.0

    var text: String {
      """
      \(way.rawValue): circulation \(rounded(circulation)) kWh, wells \(rounded(wells)) kWh, \
      rooms short by \(rounded(shortage)) K·h
      """
    }
  }

  /// Midnight of a 15th of November at UTC+8.
  private static let start = Instant(milliseconds: 1_763_136_000_000)

  /// Prints a row for each way and the ratios; returns what is wrong with them.
  static func report(_ plant: Plant, _ twin: TwinDescription, days: Int) -> [String] {
    var rows: [Way: Row] = [:]
    var faults: [String] = []
    for way in Way.allCases {
      let row = run(way, plant, twin, days)
      print(row.text)
      fflush(nil)
      rows[way] = row
      if row.shortage > Limit.shortage { faults.append("\(way.rawValue): rooms were cold") }
    }
    guard let own = rows[.following], let fixed = rows[.fixedSpeed],
      let constant = rows[.constantPressure], fixed.circulation > 0, constant.circulation > 0
    else { return ["no pump ran"] }
    let ratio = own.circulation / fixed.circulation
    print(
      "circulation: \(rounded(ratio)) of fixed speed,",
      "\(rounded(own.circulation / constant.circulation)) of constant pressure")
    if ratio > Limit.circulation {
      faults.append("circulation needs \(rounded(ratio)) of fixed speed")
    }
    if fixed.wells > 0 {
      let ratio = own.wells / fixed.wells
      print("wells: \(rounded(ratio)) of fixed speed")
      if ratio > Limit.wells { faults.append("wells need \(rounded(ratio)) of fixed speed") }
    }
    return faults
  }

  /// The plant as it would be without the means of following.
  private static func changed(_ plant: Plant, _ way: Way) -> Plant {
    var plant = plant
    guard way != .following else { return plant }
    var distributions = plant.distributions
    for index in distributions.indices { distributions[index].farEndPressure = nil }
    plant.distributions = distributions
    guard way == .fixedSpeed else { return plant }
    var groups = plant.pumpGroups
    for index in groups.indices {
      groups[index].speed = groups[index].speed.upperBound...groups[index].speed.upperBound
    }
    plant.pumpGroups = groups
    var wells = plant.wells
    for index in wells.indices { wells[index].minimumFlowFrequency = wells[index].maximumFrequency }
    plant.wells = wells
    return plant
  }

  private static func run(_ way: Way, _ plant: Plant, _ twin: TwinDescription, _ days: Int) -> Row {
    let plant = changed(plant, way)
    var row = Row(way: way)
    var session = Session(plant: plant, description: twin, start: start, isWinter: true)
    session.choose(.heating, plant)
    let hoursAStep = session.scan.hours
    for hour in 0..<(days * 24) {
      let end = session.twin.now + .hours(1)
      while session.twin.now < end {
        session.step()
        for pump in plant.pumps { row.circulation += power(pump, session) * hoursAStep }
        for well in plant.wells { row.wells += power(well.pump, session) * hoursAStep }
      }
      // The first day warms what stood.
      if hour >= 24 { row.shortage += session.twin.shortage(twin, cools: false) }
    }
    return row
  }

  private static func power(_ pump: Pump, _ session: Session) -> Double {
    session.image.reading(pump.power)?.value ?? 0
  }
}
