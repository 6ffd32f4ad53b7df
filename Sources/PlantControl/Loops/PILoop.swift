import PlantModel
import Quantities

/// A proportional-integral loop: bumpless, never wound up, without a derivative.
struct PILoop: Sendable, Hashable, Persistent {
  private(set) var integral = 0.0

  /// The output for `error`, within `range`. The integral goes as far as the end of the range and no
  /// further.
  mutating func step(
    error: Double, gain: Fraction, integralTime: TimeSpan, dt: TimeSpan,
    range: ClosedRange<Double>
  ) -> Double {
    let proportional = error * gain.value
    let next = integral + proportional * (dt / integralTime)
    if next > integral {
      integral = max(integral, min(next, range.upperBound - proportional))
    } else {
      integral = min(integral, max(next, range.lowerBound - proportional))
    }
    return min(max(proportional + integral, range.lowerBound), range.upperBound)
  }

  /// Goes on from `output`, without a bump.
  mutating func preset(to output: Double, error: Double = 0, gain: Fraction = .zero) {
    integral = output - error * gain.value
  }

  mutating func persist(in archive: inout some Archive) {
    archive.field("integral", &integral)
  }
}
