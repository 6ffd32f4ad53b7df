/// One read of neighbouring addresses of a device.
public struct ReadRequest: Sendable, Equatable {
  public var device: DeviceID
  public var table: Register.Table
  public var addresses: Range<Int>
  /// The points that it brings, by address.
  public var points: [PointID]

  public init(
    device: DeviceID, table: Register.Table, addresses: Range<Int>, points: [PointID]
  ) {
    self.device = device
    self.table = table
    self.addresses = addresses
    self.points = points
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
    return ReadRequest(device: device, table: table, addresses: low..<high, points: Array(points))
  }
}

/// Merges the points of each device into few reads.
///
/// A hole is read along while it is no longer than the device's `mergeGap`: one more request costs
/// more than a few unwanted registers. Never more than the device's limit, never half of a 32-bit
/// value. Outputs are read back with the rest.
public enum ReadPlan {
  public static func requests(for plant: Plant) -> [ReadRequest] {
    plant.devices.indices.flatMap { requests(of: DeviceID($0), in: plant) }
  }

  public static func requests(of device: DeviceID, in plant: Plant) -> [ReadRequest] {
    Register.Table.allCases.flatMap { table in
      let points = plant.points.indices.map { PointID($0) }
        .filter { plant[$0].device == device && plant[$0].register.table == table }
        .sorted { (address($0, plant), $0.index) < (address($1, plant), $1.index) }
      return merge(points, device, table, plant)
    }
  }

  private static func address(_ point: PointID, _ plant: Plant) -> Int {
    plant[point].register.address
  }

  private static func merge(
    _ points: [PointID], _ device: DeviceID, _ table: Register.Table, _ plant: Plant
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
        if range.lowerBound - requests[last].addresses.upperBound <= gap, end - start <= limit {
          requests[last].addresses = start..<end
          requests[last].points.append(point)
          continue
        }
      }
      requests.append(
        ReadRequest(device: device, table: table, addresses: range, points: [point]))
    }
    return requests
  }
}
