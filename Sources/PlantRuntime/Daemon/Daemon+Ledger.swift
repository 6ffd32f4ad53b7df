import ControlProtocol
import Historian
import Ledger
import PlantControl
import PlantModel
import PlantOperation
import Quantities

extension Daemon {
  /// A page of the ledger: a client asks for one after the other, so that none of them holds much.
  func ledgerRecords(_ call: Call, _ client: LineServer.Client) throws(Failure) {
    let most = Int(JSON.exactWhole) - 1
    let number = try call.whole("number", in: 0...most, orElse: 0)
    let after = try call.whole("after_milliseconds", in: -most...most, orElse: -most)
    let limit = try call.whole("limit", in: Call.ledgerLimits, orElse: 200)
    let plant = operation.controller.plant.name
    let time = after > -most ? Int64(after) : nil
    store.read {
      $0.ledger(from: Int64(number), after: time, limit: limit)
    } _: { [weak self] page in
      guard let self else { return }
      guard let page else {
        let failure = Failure(.busy, "the ledger cannot be read: see what is wrong with the disk")
        finish(client, call.id, .failure(failure))
        return
      }
      let rows = page.rows.map { row -> JSON in
        [
          "number": .number(Double(row.number)),
          "time_milliseconds": .number(Double(row.timeMilliseconds)), "line": .text(row.line),
        ]
      }
      let before = page.before.flatMap { LedgerLine($0) }?.hash
      finish(
        client, call.id,
        .success([
          "plant": .text(plant),
          "hash_before": before.map { .text($0) } ?? .null, "records": .list(rows),
        ]))
    }
  }

  /// Another water meter, or another counter in it.
  func replaceRequest(_ call: Call) throws(Failure) -> Act.Request {
    let plant = operation.controller.plant
    let name = try call.text("meter")
    guard let index = plant.waterMeters.firstIndex(where: { $0.name == name }) else {
      throw unknown(name, "no water meter", plant.waterMeters.map(\.name))
    }
    let range = plant[plant.waterMeters[index].volume.point].range
    let readable = max(range.lowerBound, 0)...max(range.upperBound, 0)
    let old = "old_reading_cubic_meters"
    return .replaceMeter(
      WaterMeterID(index),
      reading: CubicMeters(try call.number("reading_cubic_meters", in: readable)),
      old: call.parameters[old] == nil ? nil : CubicMeters(try call.number(old, in: readable)))
  }
}
