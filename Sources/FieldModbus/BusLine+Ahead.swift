import Field
import PlantModel
import Quantities

/// Answers that came along with another request's, until it is their turn.
struct Ahead {
  /// When they were asked for.
  private var asked = Instant.distantPast
  private var replies: [(request: ReadRequest, reply: Reply)] = []

  init() {}

  init(_ requests: [ReadRequest], _ replies: [Reply], asked: Instant) {
    self.asked = asked
    self.replies = zip(requests, replies).map { ($0, $1) }
  }

  func holds(_ request: ReadRequest) -> Bool { replies.contains { $0.request.isSame(as: request) } }

  /// What came for a request, once.
  mutating func take(_ request: ReadRequest) -> (reply: Reply, asked: Instant)? {
    guard let place = replies.firstIndex(where: { $0.request.isSame(as: request) }) else {
      return nil
    }
    return (replies.remove(at: place).reply, asked)
  }
}

/// How long requests go one at a time again after several that were not all answered: 2 s, 4 s, … up to a minute.
///
/// So a silent device behind a gateway costs the others one time-out more, and a gateway that takes one request after all
/// costs one a minute.
struct AskingAlone {
  private var until = Instant.distantPast
  private var wait = TimeSpan.zero
  /// The round after one that was cut short goes alone however long ago that was, so that something is read.
  private var isNextRound = false
  private var isThisRound = false

  static let firstWait = TimeSpan.seconds(2)
  static let longestWait = TimeSpan.seconds(60)

  func isDue(at now: Instant) -> Bool { isThisRound || now < until }

  mutating func roundBegins() {
    isThisRound = isNextRound
    isNextRound = false
  }

  /// Several were asked.
  mutating func asked(isComplete: Bool, at now: Instant) {
    isNextRound = !isComplete
    wait = isComplete ? .zero : min(max(wait * 2, AskingAlone.firstWait), AskingAlone.longestWait)
    until = now + wait
  }
}

extension ReadRequest {
  /// Whether it asks the same device for the same registers.
  fileprivate func isSame(as other: ReadRequest) -> Bool {
    device == other.device && table == other.table && addresses == other.addresses
  }
}

/// Asking for what comes next together with what is asked for now, on a bus that bears several requests at once.
///
/// Who judges devices sees one answer after the other as ever, and a command waits for no more than what is on its way.
extension BusLine {
  /// Sends a read along with those that follow it, unless its answer is there already; false when they were not all
  /// answered and the round is over: what the device still has to say to them must not meet the next ones.
  func askAhead(_ index: Int, _ place: Int) -> Bool {
    guard plant[id].requestsInFlight > 1, isForSeveral(index),
      !ahead.holds(devices[index].reads.all[place].request), !alone.isDue(at: clock())
    else { return true }
    let requests = upcoming(index, place)
    guard requests.count > 1 else { return true }
    guard let line = try? line() as? TCPConnection else { return true }
    let asked = clock()
    let replies = line.exchange(
      requests.map {
        Frame(reading: $0, unit: plant[$0.device].unit, transaction: line.nextTransaction())
      })
    ahead = replies.map { Ahead(requests, $0, asked: asked) } ?? Ahead()
    alone.asked(isComplete: replies != nil, at: clock())
    return replies != nil
  }

  private func isForSeveral(_ index: Int) -> Bool {
    pause == 0 && devices[index].recovery.isSound && devices[index].pause == 0
  }

  /// What this round asks for from here on, as many as may be on their way at once.
  private func upcoming(_ index: Int, _ place: Int) -> [ReadRequest] {
    var requests: [ReadRequest] = []
    for other in devices.indices[index...] where isForSeveral(other) {
      let reads = devices[other].reads.all
      let first = other == index ? place : min(devices[other].resumesAt, reads.count)
      for next in first..<reads.count where !reads[next].isLeftOut && isDue(other, next) {
        requests.append(reads[next].request)
        if requests.count == plant[id].requestsInFlight { return requests }
      }
    }
    return requests
  }
}
