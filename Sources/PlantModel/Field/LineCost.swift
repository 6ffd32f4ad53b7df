public import Quantities

/// What a request costs on its bus, by the time that it keeps the line.
///
/// On a serial line `T = (13 + 2N)·Tc + 2·t3.5 + Ts` for N registers: 8 characters of the request, 5 of the answer's
/// frame and two for each register, the silences that part the frames, and the device's turnaround. On a network
/// the round trip takes the place of the characters.
extension Bus {
  /// What a device on a serial line commonly takes before it answers.
  static let turnaround = 0.005
  /// A round trip on a local network.
  static let roundTrip = 0.002
  private static let frameCharacters = 13.0

  /// How long a read keeps the line.
  ///
  /// - Parameter silence: what its device needs before it.
  public func cost(of request: ReadRequest, silence: TimeSpan = .zero) -> TimeSpan {
    let count = Double(request.addresses.count)
    let bytes = request.table.isBit ? (count / 8).rounded(.up) : 2 * count
    switch link {
    case .tcp:
      return .seconds(Bus.roundTrip / Double(requestsInFlight)) + max(guardTime, silence)
    case .gpio: return .zero
    case .serial(let line):
      let characters = (Bus.frameCharacters + bytes) * line.characterSeconds
      return .seconds(characters + line.silenceSeconds + Bus.turnaround) + max(pause, silence)
    }
  }

  /// Unwanted registers that cost no more than a request of their own: holes up to this are read along.
  public var mergeGap: Int {
    switch link {
    case .tcp, .gpio: return 8
    case .serial(let line):
      let character = line.characterSeconds
      let request =
        Bus.frameCharacters * character + line.silenceSeconds + pause.seconds + Bus.turnaround
      return Int(request / (2 * character))
    }
  }
}

extension Plant {
  /// How long the longest round of a bus takes when every device answers.
  public func round(of bus: BusID, _ requests: [ReadRequest]) -> TimeSpan {
    requests.filter { self[$0.device].bus == bus }
      .reduce(.zero) { $0 + cost(of: $1) }
  }

  /// The part of a bus's time that its reads take, when each is made as often as it is wanted; above 1 it cannot be.
  public func load(of bus: BusID, _ requests: [ReadRequest]) -> Double {
    requests.filter { self[$0.device].bus == bus }
      .reduce(0) { $0 + cost(of: $1) / max($1.every, scanPeriod) }
  }

  private func cost(of request: ReadRequest) -> TimeSpan {
    let device = self[request.device]
    return self[device.bus].cost(of: request, silence: device.pause)
  }
}
