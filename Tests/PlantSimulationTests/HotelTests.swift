import PlantControl
import PlantModel
import PlantSimulation
import Quantities
import Testing

/// The hotel: a desuperheater and a second condenser on one hot-water circuit.
@Suite struct HotelTests {
  static func unit(_ number: Int) -> UnitID { UnitID(number - 1) }

  /// Runs until `holds`, for `span` at most.
  private func run(
    _ plant: inout RunningPlant, _ span: TimeSpan, until holds: (RunningPlant) -> Bool
  ) -> Bool {
    let end = plant.session.twin.now + span
    while plant.session.twin.now < end {
      plant.session.step()
      if holds(plant) { return true }
    }
    return false
  }

  /// Condenser heat is evaporator heat and power, and all of it is found in water again.
  @Test(arguments: [true, false]) func heatIsSplitByTheEnergyBalance(_ isWinter: Bool) {
    var hotel = RunningPlant("hotel", isWinter: isWinter)
    hotel.choose("main", isWinter ? "winter" : "summer")
    hotel.hold(outdoor: isWinter ? 2 : 32)
    var sawDesuperheater = false
    var sawTurned = false
    for _ in 0..<(20 * 3600) {
      hotel.session.step()
      let twin = hotel.session.twin
      for number in 1...2 {
        let made = twin.output(of: HotelTests.unit(number))
        let error = made.heat.value - made.cold.value - made.power.value
        #expect(abs(error) <= 0.001 * made.heat.value)
      }
      let first = twin.output(of: HotelTests.unit(1))
      let share = twin.recovered(by: HotelTests.unit(1))
      if share > .zero {
        sawDesuperheater = true
        #expect(abs(share.value - 0.12 * first.heat.value) < 1e-9)
      }
      let second = twin.output(of: HotelTests.unit(2))
      let all = twin.recovered(by: HotelTests.unit(2))
      #expect(all == .zero || all == second.heat)
      if all > .zero { sawTurned = true }
    }
    #expect(sawDesuperheater && sawTurned)
    let twin = hotel.session.twin
    let moved = twin.truth.heat.value + twin.truth.cold.value
    #expect(abs(twin.balanceResidual.value) < 0.005 * moved)
    #expect(twin.truth.dryUnitMinutes == 0 && twin.truth.mixedLitres == 0)
  }

  /// Hot water is made in every season, and nobody is called for it.
  @Test(arguments: [true, false]) func aDayAndAHalfPassWithoutAnAlarm(_ isWinter: Bool) {
    var hotel = RunningPlant("hotel", isWinter: isWinter)
    hotel.choose("main", isWinter ? "winter" : "summer")
    hotel.hold(outdoor: isWinter ? -4 : 31)
    hotel.session.run(for: .hours(36))
    let raised = hotel.session.events.compactMap { event -> String? in
      guard case .alarmRaised(let kind) = event.kind else { return nil }
      let hours = (event.time - hotel.session.events[0].time).hours
      return "\(kind.rawValue) of \(hotel.plant.name(of: event.subject)) at \(hours) h"
    }
    #expect(raised == [])
    #expect(hotel.session.twin.truth.coldestTank >= Celsius(40))
    #expect(hotel.session.twin.truth.warmestTank <= Celsius(55))
    #expect(hotel.session.twin.truth.dryUnitMinutes == 0)
  }

  /// A pump of the hot circuit that fails while the unit is turned: it is turned back and stops in time.
  @Test func withoutFlowTheUnitIsTurnedBack() {
    var hotel = RunningPlant("hotel")
    hotel.choose("main", "winter")
    hotel.hold(outdoor: 2)
    let plant = hotel.plant
    let command = plant[HotelTests.unit(2)].recovery!.command!
    let isTurned = { (hotel: RunningPlant) in
      hotel.session.controller.outputs.isOn(command)
        && hotel.session.twin.recovered(by: HotelTests.unit(2)) > .zero
    }
    #expect(run(&hotel, .hours(20), until: isTurned))
    for (index, pump) in plant.pumps.enumerated() where pump.name.hasPrefix("hot-") {
      hotel.session.twin.inject(.driveTrips(PumpID(index)))
    }
    #expect(run(&hotel, .minutes(2)) { !$0.session.controller.outputs.isOn(command) })
    hotel.session.run(for: .minutes(1))
    #expect(hotel.session.twin.recovered(by: HotelTests.unit(2)) == .zero)
    #expect(hotel.session.controller.alarms.contains { $0.key.kind == .flowLost && $0.isActive })
  }

  /// While it is turned its own condenser gets no water of the building.
  @Test func aTurnedUnitLeavesTheBuildingAlone() {
    var hotel = RunningPlant("hotel")
    hotel.choose("main", "winter")
    hotel.hold(outdoor: 2)
    let second = HotelTests.unit(2)
    let isAlone = { (hotel: RunningPlant) in
      let twin = hotel.session.twin
      return twin.recovered(by: second) > .zero
        && abs(twin.flow(of: second, .condenser).value) < 0.1
        && hotel.session.controller.outputs[
          hotel.plant[second].enableCommand.point
        ].value >= 0.5
    }
    #expect(run(&hotel, .hours(20), until: isAlone))
  }
}
