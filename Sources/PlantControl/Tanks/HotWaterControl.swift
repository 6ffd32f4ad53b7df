import PlantModel
import Quantities

/// All tanks of a hot-water circuit: domestic hot water first, the pool with what is left.
///
/// While water moves, one way stays open: a valve closes only once another that is to be open is
/// proven so (`TANK-08`).
struct HotWaterControl: Sendable, Hashable {
  let circuit: CircuitID
  var tanks: [TankControl]
  /// Which charge valves are to be open, at the place of their tank.
  private(set) var opens: [Bool]
  /// Which are to be open in the end, once the others need not hold a way open.
  private var goals: [Bool]
  /// The hot-water tank is so far below its set-point that the pool waits. (`TANK-03`)
  private var isHotWaterFirst = false
  /// The pool has what the hot water leaves.
  private var shares = false
  private var leftSince: Instant = .distantFuture

  init(_ circuit: CircuitID, plant: Plant, now: Instant) {
    self.circuit = circuit
    tanks = plant.tanks.indices.filter { plant.tanks[$0].circuit == circuit }
      .map { TankControl(TankID($0), now: now) }
    opens = Array(repeating: false, count: tanks.count)
    goals = opens
  }

  var isWanted: Bool { tanks.contains(where: \.isCharging) }

  /// What the tanks that are being charged can take.
  func demand(_ plant: Plant) -> Kilowatts {
    tanks.reduce(.zero) { $1.isCharging ? $0 + plant[$1.id].designHeat : $0 }
  }

  func isShort(_ plant: Plant, _ image: InputImage) -> Bool {
    tanks.contains { $0.isShort(plant, image) }
  }

  /// The hot water can do without heat for a while. (`RECOVERY-05`)
  func mayCoast(_ plant: Plant, _ image: InputImage) -> Bool {
    tanks.contains { plant[$0.id].use == .domesticHotWater && $0.mayCoast(plant, image) }
  }

  /// - Parameters:
  ///   - evening: cold is still wanted and night is near: store heat. (`RECOVERY-01`)
  ///   - dropsPool: the evaporator's water is too cold for more than the hot water. (`RECOVERY-04`)
  ///   - keepsPath: pumps run or are about to, so one way stays open. (`TANK-08`)
  ///   - isOpen: whether a valve is open as far as can be known.
  mutating func step(
    evening: Bool, dropsPool: Bool, keepsPath: Bool, isOpen: (ValveID) -> Bool, plant: Plant,
    image: InputImage, board: inout Board
  ) {
    for index in tanks.indices {
      tanks[index].step(evening: evening, plant: plant, image: image, board: &board)
    }
    rank(plant, image)
    for index in tanks.indices {
      let isPool = plant[tanks[index].id].use == .pool
      let wait: Rule? =
        !isPool ? nil : dropsPool ? .recoveryDropPool : isHotWaterFirst ? .hotWaterFirst : nil
      tanks[index].settle(wait: wait, plant: plant, now: image.now)
      goals[index] = tanks[index].isCharging
    }
    if keepsPath, !isWanted, let keeper = keeper(plant) { goals[keeper] = true }
    for index in tanks.indices {
      let isNeeded = keepsPath && opens[index] && !hasOtherWay(than: index, plant, isOpen)
      opens[index] = goals[index] || isNeeded
    }
  }

  private func hasOtherWay(than own: Int, _ plant: Plant, _ isOpen: (ValveID) -> Bool) -> Bool {
    tanks.indices.contains {
      $0 != own && goals[$0] && isOpen(plant[tanks[$0].id].chargeValve)
    }
  }

  /// The pool waits from a band below the hot water's set-point until half of it is made up, or
  /// until the supply shows that the hot water cannot take all the heat there is; then they share,
  /// as long as the hot water is nearer to that band than to its minimum. (`TANK-03`)
  private mutating func rank(_ plant: Plant, _ image: InputImage) {
    var isFar = false
    var isNear = true
    var isLow = false
    for tank in tanks where plant[tank.id].use == .domesticHotWater {
      guard tank.wantsHeat, tank.obstacle == nil,
        let temperature = image.reading(plant[tank.id].temperature)
      else { continue }
      let equipment = plant[tank.id]
      let start = equipment.setpoint - equipment.band
      if temperature < start { isFar = true }
      if temperature < equipment.setpoint - equipment.band / 2 { isNear = false }
      if temperature < equipment.minimum + (start - equipment.minimum) / 2 { isLow = true }
    }
    let parameters = plant.parameters
    let isLeft = image.reading(plant[circuit].supplyTemperature)
      .map { $0 >= parameters.hotSupply - parameters.demandBand }
    leftSince = isLeft == true ? min(leftSince, image.now) : .distantFuture
    if isNear || isLow { shares = false }
    if isHotWaterFirst, !isLow, leftSince <= image.now,
      image.now - leftSince >= parameters.loadMeanTime
    {
      shares = true
    }
    isHotWaterFirst = (isFar || isHotWaterFirst && !isNear) && !shares
  }

  /// The tank that takes the heat of the run-on: one that is open and may be, else the hot-water
  /// tank.
  private func keeper(_ plant: Plant) -> Int? {
    tanks.indices.first { opens[$0] && tanks[$0].obstacle == nil }
      ?? tanks.firstIndex { plant[$0.id].use == .domesticHotWater } ?? tanks.indices.first
  }
}

extension HotWaterControl {
  /// Keeps what each tank wants, under its name.
  mutating func persist(in archive: inout some Archive, plant: Plant) {
    archive.groups("tank", tanks.map { plant[$0.id].name }, &tanks)
  }
}
