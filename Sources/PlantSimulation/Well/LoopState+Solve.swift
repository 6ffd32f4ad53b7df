extension LoopState {
  /// Flow through the vents at 1 kPa, m³/h: in below atmospheric pressure, out above it.
  private static let vent = 4.0

  /// Brings the loop to the end of a step.
  mutating func solve(_ with: LoopCoefficients, pump: SubmersiblePump) {
    let hours = with.seconds / 3600
    breathe(hours)
    let old = self
    let balance = { (pressure: Double) -> Double in
      old.mismatch(pressure, with, pump, hours)
    }
    pressure = LoopState.root(near: old.pressure, of: balance)
    cavity = LoopState.room(air: air, pressure: pressure)
    returned = old.returnFlow(pressure, with)
    exchanger = LoopState.leak(
      with.exchangerLeak, over: pressure + with.height - with.secondaryPressure)
    drained = old.outflow(with.drain, pressure, with)
    pumped = old.brought(pressure, with, hours)
    seep(with, pump)
  }

  /// Air through the vents: no more than would bring the cavity to the pressure outside.
  private mutating func breathe(_ hours: Double) {
    if pressure < 0 {
      let inward = LoopState.vent * (-pressure).squareRoot() * hours
      air = min(air + inward, max(air, cavity))
    } else {
      air -= min(air, LoopState.vent * 10 * pressure.squareRoot() * hours)
    }
  }

  /// The pump's flow that goes with a pressure at the highest point: what the return and the leaks
  /// take, and what fills the loop.
  private func brought(_ pressure: Double, _ with: LoopCoefficients, _ hours: Double) -> Double {
    let filled =
      with.compliance * (pressure - self.pressure)
      - (LoopState.room(air: air, pressure: pressure) - cavity)
    let leaked = LoopState.leak(
      with.exchangerLeak, over: pressure + with.height - with.secondaryPressure)
    let out = outflow(with.surfaceLeak + with.drain, pressure, with)
    return returnFlow(pressure, with) + leaked + out + column + filled / hours
  }

  /// What leaves the pipes at the wellhead's height: less once air stands in them, and nothing comes in that
  /// way.
  private func outflow(
    _ conductance: Double, _ pressure: Double, _ with: LoopCoefficients
  ) -> Double {
    guard conductance > 0 else { return 0 }
    let full = 1 - min(cavity / with.columnVolume, 1)
    return LoopState.leak(conductance, over: max(pressure + with.height * full, 0))
  }

  /// kPa by which the pump falls short of a pressure at the highest point; it rises with it.
  private func mismatch(
    _ pressure: Double, _ with: LoopCoefficients, _ pump: SubmersiblePump, _ hours: Double
  ) -> Double {
    let flow = brought(pressure, with, hours)
    let surface = flow - column
    let demand = pressure + with.height + with.surface * surface * abs(surface)
    if flow >= 0 {
      let head = with.speed > 0 ? pump.head(flow: flow, speed: with.speed, wear: with.wear) : 0
      let available =
        intake(flow, with) + head - with.riser * flow * flow
      // A standing pump lets nothing forward but against its own resistance.
      return demand - available + (with.speed > 0 ? 0 : 1e3 * flow)
    }
    // The check valve is shut: what falls back is its leak, and against that it resists.
    let resistance =
      with.checkLeak > 0
      ? flow * abs(flow) / (with.checkLeak * with.checkLeak)
      : 1e6 * flow
    let head = with.speed > 0 ? pump.head(flow: 0, speed: with.speed, wear: with.wear) : 0
    return demand + resistance - intake(flow, with) - head
  }

  /// Potential at the pump's intake.
  func intake(_ flow: Double, _ with: LoopCoefficients) -> Double {
    let drawn = flow - packer
    return with.extractionBase - with.extractionLinear * drawn
      - with.extractionQuadratic * drawn * abs(drawn)
  }

  /// Potential inside the return screen.
  func returnZone(_ flow: Double, _ with: LoopCoefficients) -> Double {
    let given = flow + column - packer
    return with.returnBase + with.returnLinear * given
      + with.returnQuadratic * given * abs(given)
  }

  /// Flow that a pressure at the highest point drives through valve, column and return screen.
  private func returnFlow(_ pressure: Double, _ with: LoopCoefficients) -> Double {
    guard with.valve.isFinite else { return 0 }
    let offset = column - packer
    let drained = min(cavity / with.columnVolume, 1)
    let top = with.height - drained * max(with.height - with.returnBase, 0)
    let drive =
      pressure + top - with.returnBase - with.returnLinear * offset
      - with.returnQuadratic * offset * abs(offset)
    let quadratic = with.valve + with.returnColumn + with.returnQuadratic
    let linear = max(with.returnLinear + 2 * with.returnQuadratic * offset, 1e-9)
    let root = (linear * linear + 4 * quadratic * abs(drive)).squareRoot()
    let flow = 2 * abs(drive) / (linear + root)
    return drive >= 0 ? flow : -flow
  }

  /// Leaks inside the borehole, each with the pressure that it leaves itself.
  private mutating func seep(_ with: LoopCoefficients, _ pump: SubmersiblePump) {
    let zone = returnZone(returned, with)
    let intake = intake(pumped, with)
    let given = abs(returned + column - packer)
    let drawn = abs(pumped - packer)
    let slope =
      with.extractionLinear + 2 * with.extractionQuadratic * drawn + with.returnLinear
      + 2 * with.returnQuadratic * given
    packer = LoopState.easedLeak(with.packerLeak, over: zone - intake, slope, last: packer)
    let head =
      with.speed > 0 ? pump.head(flow: max(pumped, 0), speed: with.speed, wear: with.wear) : 0
    let supply =
      with.speed > 0
      ? intake + head - with.riser * pumped * abs(pumped)
      : pressure + with.height
    column = LoopState.easedLeak(with.columnLeak, over: supply - zone, slope, last: column)
  }

  /// Flow of a leak towards the side with less pressure.
  private static func leak(_ conductance: Double, over difference: Double) -> Double {
    let flow = conductance * abs(difference).squareRoot()
    return difference >= 0 ? flow : -flow
  }

  /// Flow of a leak out of the higher side whose pressure difference falls by `slope` for each m³/h.
  private static func easedLeak(
    _ conductance: Double, over difference: Double, _ slope: Double, last: Double
  ) -> Double {
    let unleaked = difference + slope * last
    guard conductance > 0, unleaked > 0 else { return 0 }
    let square = conductance * conductance
    let half = square * slope
    return 2 * square * unleaked / (half + (half * half + 4 * square * unleaked).squareRoot())
  }

  /// The pressure at which a rising function is nought: brackets it, then the Illinois method.
  private static func root(near start: Double, of function: (Double) -> Double) -> Double {
    let least = vapour + 1e-6
    var low = max(start, least)
    var high = low
    var lowValue = function(low)
    var highValue = lowValue
    var width = 0.5
    while lowValue > 0, low > least {
      high = low
      highValue = lowValue
      low = max(low - width, least)
      lowValue = function(low)
      width *= 4
    }
    while highValue < 0, high < 1e5 {
      low = high
      lowValue = highValue
      high += width
      highValue = function(high)
      width *= 4
    }
    guard lowValue < 0, highValue > 0 else { return lowValue >= 0 ? low : high }
    var side = 0
    var rounds = 0
    while high - low > 1e-10, rounds < 80 {
      rounds += 1
      var middle = low + (high - low) * lowValue / (lowValue - highValue)
      if rounds % 8 == 0 { middle = (low + high) / 2 }
      let value = function(middle)
      guard abs(value) > 1e-11 else { return middle }
      if value < 0 {
        low = middle
        lowValue = value
        if side == -1 { highValue /= 2 }
        side = -1
      } else {
        high = middle
        highValue = value
        if side == 1 { lowValue /= 2 }
        side = 1
      }
    }
    return (low + high) / 2
  }
}
