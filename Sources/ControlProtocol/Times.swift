public import Quantities

/// Moments as they are written: ISO 8601 in UTC, whole seconds.
public enum Times {
  public static func iso(_ instant: Instant) -> String {
    let (year, month, day, seconds) = civil(instant)
    return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + "T" + clock(seconds) + "Z"
  }

  /// As an operator reads it: local date and time.
  public static func local(_ instant: Instant, offset: TimeSpan) -> String {
    let (year, month, day, seconds) = civil(instant + offset)
    return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2) + " " + clock(seconds)
  }

  /// Local time less UTC: "+08:00".
  public static func offset(_ offset: TimeSpan) -> String {
    let minutes = Int((offset.seconds / 60).rounded())
    let size = abs(minutes)
    return (minutes < 0 ? "-" : "+") + pad(size / 60, 2) + ":" + pad(size % 60, 2)
  }

  /// The moment that "2026-01-15" or "2026-01-15T08:00:00Z" means; nil when it means none.
  public static func parse(_ text: String) -> Instant? {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    guard let date = parts.first, parts.count <= 2 else { return nil }
    let numbers = date.split(separator: "-").map { Int($0) }
    guard numbers.count == 3, let year = numbers[0], let month = numbers[1], let day = numbers[2],
      (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    // No 30th of February.
    guard LocalDay(Int64(days(year, month, day))).date == (year, month, day) else { return nil }
    var seconds = 0
    if parts.count == 2 {
      let time = parts[1].hasSuffix("Z") ? parts[1].dropLast() : parts[1]
      let fields = time.split(separator: ":").map { Int($0) }
      guard (2...3).contains(fields.count), let hour = fields[0], let minute = fields[1],
        let second = fields.count == 3 ? fields[2] : 0, (0..<24).contains(hour),
        (0..<60).contains(minute), (0..<60).contains(second)
      else { return nil }
      seconds = hour * 3600 + minute * 60 + second
    }
    return Instant(milliseconds: Int64(days(year, month, day) * 86_400 + seconds) * 1000)
  }

  /// "7 min 12 s", "3 h 5 min", "2 d 4 h".
  public static func span(_ span: TimeSpan) -> String {
    let total = max(Int(span.seconds.rounded()), 0)
    if total < 60 { return "\(total) s" }
    if total < 3600 { return "\(total / 60) min \(total % 60) s" }
    if total < 86_400 { return "\(total / 3600) h \(total % 3600 / 60) min" }
    return "\(total / 86_400) d \(total % 86_400 / 3600) h"
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let text = "\(number)"
    return String(repeating: "0", count: max(width - text.count, 0)) + text
  }

  private static func clock(_ seconds: Int) -> String {
    pad(seconds / 3600, 2) + ":" + pad(seconds % 3600 / 60, 2) + ":" + pad(seconds % 60, 2)
  }

  /// Days since 1970-01-01 of a date of the Gregorian calendar.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ instant: Instant) -> (Int, Int, Int, Int) {
    let day = LocalDay(of: instant, offset: .zero)
    let seconds = (instant - day.start(offset: .zero)).milliseconds / 1000
    let date = day.date
    return (date.year, date.month, date.day, Int(seconds))
  }
}

extension JSON {
  /// The moment that a number of milliseconds since 1970 UTC means; nil for what is no number.
  public var instant: Instant? {
    number.map { Instant(milliseconds: 0) + .seconds($0 / 1000) }
  }
}
