public import PlantModel
import Quantities

extension Controller {
  /// Loops whose consumers switch as they like.
  mutating func stepDistributions(_ image: InputImage) {
    for index in distributions.indices {
      let distribution = plant.distributions[index]
      let isRunning = groups.contains {
        plant[$0.id].circuit == distribution.circuit && $0.isRunning
      }
      distributions[index].step(
        service(of: distribution), isRunning: isRunning, plant: plant, image: image, board: &board)
    }
    watchConsumers(image)
  }

  /// Consumers' units run by themselves; one that tells of a trip is an alarm. (`DIST-06`)
  private mutating func watchConsumers(_ image: InputImage) {
    for id in watchedConsumers {
      guard let unit = plant[id].unit, image.state(unit.tripped) == true else { continue }
      let subject = Subject.consumer(id)
      board.see(
        .consumerUnitTripped, subject, Reason(.consumerUnitTripped, subject, since: image.now),
        by: [unit.tripped.point])
    }
  }

  /// What its block lets it do; nil while that is off.
  private func service(of distribution: Distribution) -> BlockMode.Service? {
    let service = modes[distribution.block.index].service(plant)
    return service == .off || isStopping ? nil : service
  }

  /// What the distributions of a circuit ask of its pumps.
  func addDistributions(to demand: inout FlowDemand, of circuit: CircuitID, _ image: InputImage) {
    for (index, distribution) in plant.distributions.enumerated()
    where distribution.circuit == circuit {
      let control = distributions[index]
      // Bypass and consumers are always a way.
      demand.pathProven = true
      demand.setpoint = control.setpoint
      let wants = control.isOn && !control.isTooCold || frost.isWanted
      demand.isWanted = demand.isWanted || wants
      if wants {
        demand.flow += distribution.minimumFlow
        demand.reason = control.reason
      }
    }
  }

  /// What the distributions of a circuit ask of its wells: as much as their pumps move.
  func addDistributions(
    to demand: inout WellFieldControl.Demand, of circuit: CircuitID, _ image: InputImage
  ) {
    for (index, distribution) in plant.distributions.enumerated()
    where distribution.circuit == circuit && distributions[index].isOn {
      let design = plant.wells.reduce(CubicMetersPerHour.zero) {
        $1.circuit == circuit ? $0 + $1.designFlow : $0
      }
      // Unseen, all wells are asked: heat before economy.
      demand.flow += max(image.reading(plant[circuit].flow) ?? design, distribution.minimumFlow)
      demand.isCooling =
        demand.isCooling || modes[distribution.block.index].service(plant) == .cooling
    }
  }

  /// What a distribution does now.
  public func status(of id: DistributionID) -> DistributionStatus {
    let control = distributions[id.index]
    return DistributionStatus(
      isOn: control.isOn && !control.isTooCold, setpoint: control.setpoint,
      bypass: control.opening, reason: control.reason)
  }
}
