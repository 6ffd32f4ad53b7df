import PlantModel
import Testing

@Suite struct ReadPlanTests {
  private func ranges(_ signals: [PointPlant.Signal], maximum: Int = 100, gap: Int = 8) -> [Range<
    Int
  >] {
    let plant = PointPlant.make(port: 1, maximumRead: maximum, mergeGap: gap, signals)
    return ReadPlan.requests(for: plant).map(\.addresses)
  }

  @Test func neighboursAndSmallHolesMakeOneRead() {
    #expect(ranges(PointPlant.inputs([3, 4, 13])) == [3..<14])
    #expect(ranges(PointPlant.inputs([3, 4, 14])) == [3..<5, 14..<15])
  }

  @Test func noReadIsLongerThanTheDeviceAllows() {
    #expect(ranges(PointPlant.inputs(0..<40), maximum: 16) == [0..<16, 16..<32, 32..<40])
  }

  @Test func aWideValueIsNeverCutInTwo() {
    let wide = stride(from: 1, to: 13, by: 2).map {
      PointPlant.Signal(
        name: "f\($0)", register: Register(table: .input, address: $0, format: .f32))
    }
    #expect(ranges(wide, maximum: 5) == [1..<5, 5..<9, 9..<13])
  }

  @Test func tablesAndDevicesAreNeverMixed() {
    let plant = PointPlant.make(
      port: 1, units: [1, 2],
      PointPlant.inputs([0, 1]) + PointPlant.inputs([2], device: 1) + PointPlant.outputs([3]))
    let requests = ReadPlan.requests(for: plant)
    #expect(requests.map(\.table) == [.input, .holding, .input])
    #expect(requests.map(\.device.index) == [0, 0, 1])
    #expect(requests.flatMap(\.points).count == plant.points.count)
  }

  @Test func halvesHoldEveryPointOnce() {
    let plant = PointPlant.make(port: 1, PointPlant.inputs([0, 1, 5, 9]))
    var open = ReadPlan.requests(for: plant)
    var single: [Range<Int>] = []
    while let request = open.popLast() {
      if let (first, second) = request.halves(in: plant) {
        #expect(first.points + second.points == request.points)
        open += [second, first]
      } else {
        single.append(request.addresses)
      }
    }
    #expect(single == [0..<1, 1..<2, 5..<6, 9..<10])
  }
}
