import PlantModel
import Quantities
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

  private func plan(_ change: (inout Plant) -> Void, _ signals: [PointPlant.Signal]) -> [String] {
    var plant = PointPlant.make(port: 1, signals)
    change(&plant)
    return ReadPlan.requests(for: plant).map {
      "\($0.addresses) \($0.points.map { plant[$0].name }) \($0.every.seconds)"
    }
  }

  @Test func noReadGoesAcrossTheBeginningOfABlock() {
    let requests = plan({ $0.devices[0].blockStarts = [12] }, PointPlant.inputs([10, 11, 12, 13]))
    #expect(requests == [#"10..<12 ["r10", "r11"] 0.0"#, #"12..<14 ["r12", "r13"] 0.0"#])
  }

  @Test func whatIsWantedSeldomIsAskedSeldomUnlessItComesAlong() {
    let requests = plan(
      { plant in
        for index in plant.points.indices
        where ["r11", "r50", "r51"].contains(plant.points[index].name) {
          plant.points[index].every = .seconds(60)
        }
      }, PointPlant.inputs([10, 11, 12, 50, 51]))
    #expect(requests == [#"10..<13 ["r10", "r11", "r12"] 0.0"#, #"50..<52 ["r50", "r51"] 60.0"#])
  }

  @Test func whatCannotBeReadBackIsNotAskedFor() {
    let requests = plan(
      { $0.points[0].writing.isReadBack = false }, PointPlant.outputs([3, 4]))
    #expect(requests == [#"4..<5 ["w4"] 0.0"#])
  }
}
