import PlantModel
import Quantities

/// What each meter gave to the figures of each span and operation, so that their uncertainty can be told.
///
/// A meter that is away misses, in each scan, what it would count at the greatest power that it has
/// shown. Once its counter has told the energy of the absence, nothing is missed any more; but where the
/// operation, the day or the sign of its figure changed meanwhile, nobody knows what belongs where, and it
/// stays. So does what no counter told.
struct MeterShares: Sendable {
  private(set) var total: [MeterShare]
  private(set) var today: [MeterShare]
  private(set) var yesterday: [MeterShare]
  private var minutes: [MeterShare]
  /// Of each meter: what it may be wrong by, as part of its figure.
  let limits: [Fraction]
  private let names: [String]
  private let uses: [EnergyMeter.Use]
  private var absences: [Absence?]

  /// What was booked as missed since a meter went away.
  private struct Absence: Sendable {
    var missed: KilowattHours
    let kind: MeterShare.Kind
    let operation: EnergyOperation
    /// The operation, the day or the kind changed while it was away.
    var isMixed = false
  }

  init(plant: Plant) {
    let count = plant.meters.count
    let none = Array(repeating: MeterShare(), count: count * EnergyOperation.allCases.count)
    total = none
    today = none
    yesterday = none
    minutes = Array(repeating: MeterShare(), count: count * EnergyAccount.windowMinutes)
    limits = plant.meters.map(\.permissibleError)
    names = plant.meters.map(\.name)
    uses = plant.meters.map(\.use)
    absences = Array(repeating: nil, count: count)
  }

  /// Each meter's share in the last minutes.
  var window: [MeterShare] {
    var sums = Array(repeating: MeterShare(), count: limits.count)
    for place in minutes.indices { sums[place % limits.count] += minutes[place] }
    return sums
  }

  /// Each meter's share in the figures of one operation.
  func shares(
    _ operation: EnergyOperation, of span: KeyPath<MeterShares, [MeterShare]>
  ) -> ArraySlice<MeterShare> {
    let begin = operation.place * limits.count
    return self[keyPath: span][begin..<begin + limits.count]
  }

  /// Adds what a meter counted in this scan.
  mutating func count(
    _ energy: KilowattHours, _ kind: MeterShare.Kind, _ meter: Int, _ operation: EnergyOperation,
    minute: Int
  ) {
    let part = MeterShare.Part(counted: energy)
    book(part, kind, meter, operation)
    minutes[minute * limits.count + meter].add(part, kind)
  }

  /// Adds what a meter may have missed in this scan, or while the controller did not run.
  ///
  /// - Parameters:
  ///   - kind: what its figure would have been; nil when it counts nothing now.
  ///   - minute: the place in the window; nil for what came before it.
  mutating func miss(
    _ energy: KilowattHours, _ kind: MeterShare.Kind?, _ meter: Int, _ operation: EnergyOperation,
    minute: Int?, isMixed: Bool = false
  ) {
    guard let kind else {
      absences[meter]?.isMixed = true
      return
    }
    let part = MeterShare.Part(missed: energy)
    book(part, kind, meter, operation)
    if let minute { minutes[minute * limits.count + meter].add(part, kind) }
    guard var absence = absences[meter] else {
      absences[meter] = Absence(
        missed: energy, kind: kind, operation: operation, isMixed: isMixed)
      return
    }
    absence.missed += energy
    if absence.kind != kind || absence.operation != operation || isMixed { absence.isMixed = true }
    absences[meter] = absence
  }

  /// A meter is back: what its counter went on is counted, and no longer missed where it is known
  /// where it belongs.
  mutating func settle(
    _ late: KilowattHours, isTold: Bool, _ kind: MeterShare.Kind?, _ meter: Int,
    _ operation: EnergyOperation
  ) {
    if let kind, late > .zero { book(MeterShare.Part(counted: late), kind, meter, operation) }
    if isTold, let absence = absences[meter], !absence.isMixed, absence.kind == kind,
      absence.operation == operation
    {
      book(MeterShare.Part(missed: -absence.missed), absence.kind, meter, operation)
    }
    absences[meter] = nil
  }

  mutating func forget(minute: Int) {
    for meter in limits.indices { minutes[minute * limits.count + meter] = MeterShare() }
  }

  /// Another day begins.
  ///
  /// - Parameter isNext: it is the day after the one before.
  mutating func turn(isNext: Bool) {
    for place in today.indices {
      yesterday[place] = isNext ? today[place] : MeterShare()
      today[place] = MeterShare()
    }
    for meter in absences.indices { absences[meter]?.isMixed = true }
  }

  private mutating func book(
    _ part: MeterShare.Part, _ kind: MeterShare.Kind, _ meter: Int, _ operation: EnergyOperation
  ) {
    let place = operation.place * limits.count + meter
    total[place].add(part, kind)
    today[place].add(part, kind)
  }
}

extension MeterShares: Persistent {
  mutating func persist(in archive: inout some Archive) {
    persist("total", \.total, in: &archive)
    persist("today", \.today, in: &archive)
    persist("yesterday", \.yesterday, in: &archive)
  }

  private mutating func persist(
    _ name: String, _ span: WritableKeyPath<MeterShares, [MeterShare]>,
    in archive: inout some Archive
  ) {
    archive.open(name)
    for operation in EnergyOperation.allCases {
      archive.open(operation.rawValue)
      for meter in names.indices {
        archive.open(names[meter])
        let place = operation.place * names.count + meter
        self[keyPath: span][place].persist(in: &archive, use: uses[meter])
        archive.close()
      }
      archive.close()
    }
    archive.close()
  }
}
