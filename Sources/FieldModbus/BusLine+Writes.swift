import Field
import PlantModel
import Quantities

/// Telling one device what is wanted of it.
extension BusLine {
  /// Writes each output that the device must be told.
  func write(_ index: Int) {
    // A command that is not answered must not keep its unit from being read for ever.
    guard !devices[index].holdsWrites else { return }
    for point in devices[index].outputs {
      let spec = plant[point]
      let (wish, seen, status) = board.with {
        (
          $0.wanted[point.index], $0.samples[point.index],
          spec.writing.status.map { [samples = $0.samples] in samples[$0.index] }
        )
      }
      guard let wish else { continue }
      // A drive is led by what its status is, not by what it was.
      let now = clock()
      let young = spec.writing.status.flatMap { id in
        status?.aged(at: now, maximumAge: plant[id].maximumAge)
      }
      let words = devices[index].ledger.words(
        for: point, spec, wanted: wish, seen: seen, status: young, at: now)
      if let words, !tell(point, spec, wish, words, index) {
        devices[index].goesLast(point)
        return
      }
    }
  }

  /// One write; false when the device should be left alone for now.
  private func tell(
    _ point: PointID, _ spec: Point, _ wish: Double, _ words: [UInt16], _ index: Int
  )
    -> Bool
  {
    let now = clock()
    if devices[index].ledger.sent(point, spec, now) {
      report(
        .writeBudgetSpent, spec,
        "'\(spec.name)' is written as often as its memory bears in a day: until then only its safe value is"
      )
    }
    do throws(ModbusFailure) {
      try exchange(index) { (line: any Connection) throws(ModbusFailure) in
        try line.write(
          words, table: spec.register.table, address: spec.register.address,
          unit: plant[spec.device].unit, by: plant[spec.device].writeFunction)
      }
      note(index) { $0.wrote() }
      // Of a device that is never read a command that is taken is the only sign.
      if devices[index].reads.all.isEmpty { cameBack(index) }
      switch devices[index].ledger.wrote(point, spec, wish, words, now) {
      case .nothing: break
      case .changedByOthers:
        report(.changedByOthers, spec, "somebody else changed '\(spec.name)': told again")
      case .notKept: report(.writeNotKept, spec, "does not keep what '\(spec.name)' is told")
      }
      return true
    } catch {
      if error.isRefusal {
        if devices[index].ledger.refused(point, wish, words, now) {
          report(.writeRefused, spec, "refuses to take '\(spec.name)': \(error.text)")
        }
        return true
      }
      if devices[index].ledger.lost(point) {
        report(
          .writeRefused, spec,
          "does not acknowledge '\(spec.name)': \(error.text); it is told again with every scan")
      }
      devices[index].lostWrites += 1
      missed(error, index)
      return false
    }
  }

  func report(_ kind: FieldNotice.Kind, _ spec: Point, _ text: String) {
    log(FieldNotice(kind, device: plant[spec.device].name, text: text))
  }
}
