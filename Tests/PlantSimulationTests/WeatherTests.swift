import PlantModel
import PlantSimulation
import Quantities
import Testing

@Suite struct WeatherTests {
  /// Ten years of Beijing: cold nights about −12 °C, hot days to about 37 °C, a mean of 12 to 13 °C.
  @Test func theYearIsLikeBeijings() {
    var weather = Weather(seed: 20)
    let start = Instant(milliseconds: 1_767_225_600_000)
    var januarys = Statistics()
    var julys = Statistics()
    var all = Statistics()
    var coldest: [Double] = []
    var hottest: [Double] = []
    for year in 0..<10 {
      var low = 99.0
      var high = -99.0
      for hour in 0..<(365 * 24) {
        weather.step(start + .days(Double(year) * 365.2425) + .hours(Double(hour)))
        let outdoor = weather.outdoor.value
        all.add(outdoor)
        if hour < 31 * 24 { januarys.add(outdoor) }
        if (181 * 24)..<(212 * 24) ~= hour { julys.add(outdoor) }
        low = min(low, outdoor)
        high = max(high, outdoor)
        #expect((0...1.2).contains(weather.sun.value))
      }
      coldest.append(low)
      hottest.append(high)
    }
    #expect((11.5...13.5).contains(all.mean))
    #expect((-5 ... -1.5).contains(januarys.mean))
    #expect((25.5...29).contains(julys.mean))
    #expect((-17 ... -8).contains(coldest.sorted()[5]))
    #expect((33...40).contains(hottest.sorted()[5]))
  }

  /// Tomorrow is like today: a warm day is followed by a warm one more often than not.
  @Test func daysHangTogether() {
    var weather = Weather(seed: 7)
    let start = Instant(milliseconds: 1_767_225_600_000)
    var before: Double?
    var together = 0.0
    var alone = 0.0
    for day in 0..<2000 {
      weather.step(start + .days(Double(day)) + .hours(12))
      let season = Double(day).truncatingRemainder(dividingBy: 365.2425)
      guard season < 20 else {
        before = nil
        continue
      }
      let above = weather.outdoor.value
      if let before { together += (above - 0) * (before - 0) }
      alone += above * above
      before = above
    }
    #expect(alone > 0)
    #expect(together / alone > 0.3)
  }

  private struct Statistics {
    var sum = 0.0
    var count = 0.0
    mutating func add(_ value: Double) {
      sum += value
      count += 1
    }
    var mean: Double { sum / count }
  }
}
