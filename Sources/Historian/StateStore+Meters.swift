extension StateStore {
  /// What a meter showed last on a local day, as a row of the table `meter_days`.
  public struct MeterRow: Sendable, Hashable {
    public var distribution: String
    /// Days since 1970-01-01, local time.
    public var day: Int64
    public var kind: String
    public var name: String
    /// What shares followed on that day.
    public var basis: String
    /// m²; 0 for electricity.
    public var area: Double
    public var mostADay: Int64
    /// Wh or litres; nil where it was not read on that day.
    public var reading: Int64?

    public init(
      distribution: String, day: Int64, kind: String, name: String, basis: String, area: Double,
      mostADay: Int64, reading: Int64?
    ) {
      self.distribution = distribution
      self.day = day
      self.kind = kind
      self.name = name
      self.basis = basis
      self.area = area
      self.mostADay = mostADay
      self.reading = reading
    }
  }

  static func prepareMeters(_ database: Database) throws(StoreFailure) {
    try database.run(
      """
      CREATE TABLE IF NOT EXISTS meter_days (
        distribution TEXT NOT NULL, day INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
        basis TEXT NOT NULL, area_square_meters REAL NOT NULL, most_a_day INTEGER NOT NULL,
        reading INTEGER, PRIMARY KEY (distribution, day, kind, name)) WITHOUT ROWID
      """)
  }

  /// A day is kept as it was written first.
  func add(_ meters: [MeterRow]) throws(StoreFailure) {
    for row in meters {
      try database.run(
        "INSERT OR IGNORE INTO meter_days VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
          .text(row.distribution), .integer(row.day), .text(row.kind), .text(row.name),
          .text(row.basis), .real(row.area), .integer(row.mostADay),
          row.reading.map { .integer($0) } ?? .null,
        ])
    }
  }

  private static let columns = "kind, name, basis, area_square_meters, most_a_day, reading"

  /// The meters of the first day from one on that was kept; none when there is no such day.
  public func meters(of distribution: String, from day: Int64) throws(StoreFailure) -> [MeterRow] {
    try database.query(
      """
      SELECT day, \(StateStore.columns) FROM meter_days WHERE distribution = ?1 AND day =
        (SELECT min(day) FROM meter_days WHERE distribution = ?1 AND day >= ?2) ORDER BY kind, name
      """, [.text(distribution), .integer(day)]
    ).map { StateStore.row($0, distribution) }
  }

  /// How far back a reading before a period is looked for.
  static let reach: Int64 = 400

  /// The last reading of each meter on a day before `day`, at most 400 days back.
  public func metersBefore(_ day: Int64, of distribution: String) throws(StoreFailure) -> [MeterRow]
  {
    // SQLite takes the other columns from the row that has the maximum.
    try database.query(
      """
      SELECT max(day), \(StateStore.columns) FROM meter_days WHERE distribution = ? AND day >= ?
        AND day < ? AND reading IS NOT NULL GROUP BY kind, name ORDER BY kind, name
      """, [.text(distribution), .integer(day - StateStore.reach), .integer(day)]
    ).map { StateStore.row($0, distribution) }
  }

  private static func row(_ columns: [String], _ distribution: String) -> MeterRow {
    MeterRow(
      distribution: distribution, day: Int64(columns[0]) ?? 0, kind: columns[1], name: columns[2],
      basis: columns[3], area: Double(columns[4]) ?? 0, mostADay: Int64(columns[5]) ?? 0,
      reading: Int64(columns[6]))
  }
}
