public import Quantities

/// One read of neighbouring addresses of a device.
public struct ReadRequest: Sendable, Equatable {
  public var device: DeviceID
  public var table: Register.Table
  public var addresses: Range<Int>
  /// The points that it brings, by address.
  public var points: [PointID]
  /// It is made no more often; zero for every round.
  public var every: TimeSpan

  public init(
    device: DeviceID, table: Register.Table, addresses: Range<Int>, points: [PointID],
    every: TimeSpan = .zero
  ) {
    self.device = device
    self.table = table
    self.addresses = addresses
    self.points = points
    self.every = every
  }

  /// The two halves of a request that a device refuses, to find the register that is at fault; nil
  /// when there is only one left.
  public func halves(in plant: Plant) -> (ReadRequest, ReadRequest)? {
    guard points.count > 1 else { return nil }
    let middle = points.count / 2
    return (part(points[..<middle], of: plant), part(points[middle...], of: plant))
  }

  /// The request for some of its points, from the first address of theirs to the last.
  public func part(_ points: ArraySlice<PointID>, of plant: Plant) -> ReadRequest {
    var low = Int.max
    var high = 0
    for point in points {
      let range = plant[point].register.addresses
      low = min(low, range.lowerBound)
      high = max(high, range.upperBound)
    }
    return ReadRequest(
      device: device, table: table, addresses: low..<high, points: Array(points), every: every)
  }
}

/// Merges the points of each device into few reads.
///
/// A hole is read along while it is no longer than the device's `mergeGap`: one more request costs
/// more than a few unwanted registers. Never more than the device's limit, never across the beginning of another
/// block of its, never half of a wide value. Outputs are read back with the rest unless the device refuses that.
/// Points that are wanted seldom have requests of their own, except where a more frequent one brings them along.
/// GPIO lines are not asked for by requests.
public enum ReadPlan {
  public static func requests(for plant: Plant) -> [ReadRequest] {
    plant.devices.indices.flatMap { requests(of: DeviceID($0), in: plant) }
  }

  public static func requests(of device: DeviceID, in plant: Plant) -> [ReadRequest] {
    Register.Table.allCases.filter { !$0.isLine }.flatMap { table in
      let points = plant.points.indices.map { PointID($0) }
        .filter {
          plant[$0].device == device && plant[$0].register.table == table
            && plant[$0].writing.isReadBack
        }
        .sorted { (address($0, plant), $0.index) < (address($1, plant), $1.index) }
      return requests(of: points, device, table, plant)
    }
  }

  private static func requests(
    of points: [PointID], _ device: DeviceID, _ table: Register.Table, _ plant: Plant
  ) -> [ReadRequest] {
    var periods: [TimeSpan] = []
    for point in points where !periods.contains(plant[point].every) {
      periods.append(plant[point].every)
    }
    periods.sort()
    var requests: [ReadRequest] = []
    for every in periods {
      var own: [PointID] = []
      for point in points where plant[point].every == every {
        let range = plant[point].register.addresses
        let along = requests.firstIndex {
          $0.addresses.lowerBound <= range.lowerBound && range.upperBound <= $0.addresses.upperBound
        }
        if let along { requests[along].points.append(point) } else { own.append(point) }
      }
      requests += merge(own, device, table, every, plant)
    }
    for index in requests.indices {
      requests[index].points.sort {
        (address($0, plant), $0.index) < (address($1, plant), $1.index)
      }
    }
    return requests.sorted {
      ($0.addresses.lowerBound, $0.every) < ($1.addresses.lowerBound, $1.every)
    }
  }

  private static func address(_ point: PointID, _ plant: Plant) -> Int {
    plant[point].register.address
  }

  private static func merge(
    _ points: [PointID], _ device: DeviceID, _ table: Register.Table, _ every: TimeSpan,
    _ plant: Plant
  ) -> [ReadRequest] {
    let limit = table.isBit ? plant[device].maximumBits : plant[device].maximumRead
    // A bit costs a sixteenth of a register.
    let gap = plant[device].mergeGap * (table.isBit ? 16 : 1)
    var requests: [ReadRequest] = []
    for point in points {
      let range = plant[point].register.addresses
      if let last = requests.indices.last {
        let start = requests[last].addresses.lowerBound
        let end = max(requests[last].addresses.upperBound, range.upperBound)
        let crosses = plant[device].blockStarts.contains { start < $0 && $0 < end }
        if !crosses, range.lowerBound - requests[last].addresses.upperBound <= gap,
          end - start <= limit
        {
          requests[last].addresses = start..<end
          requests[last].points.append(point)
          continue
        }
      }
      requests.append(
        ReadRequest(
          device: device, table: table, addresses: range, points: [point], every: every))
    }
    return requests
  }
}
