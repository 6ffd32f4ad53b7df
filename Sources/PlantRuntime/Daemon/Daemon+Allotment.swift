import ControlProtocol
import Historian
import PlantControl
import PlantModel
import PlantOperation
import Quantities

extension Daemon {
  /// The kept counters of a day or before it: a client asks for one day after the other.
  func allotment(_ call: Call, _ client: LineServer.Client) throws(Failure) {
    let plant = operation.controller.plant
    let name = try allotted(call, plant)
    let day = Int64(try call.whole("day", in: 0...1_000_000, orElse: 0))
    let isBefore = call.method == "allotment.before"
    let today = LocalDay(of: operation.image.now, offset: plant.site.utcOffset)
    let known = allottedNames(plant)
    store.readMeters {
      isBefore ? $0.metersBefore(day, of: name) : $0.meters(of: name, from: day)
    } _: { [weak self] rows in
      guard let self else { return }
      guard let rows else {
        let failure = Failure(.busy, "the meters cannot be read: see what is wrong with the disk")
        finish(client, call.id, .failure(failure))
        return
      }
      if rows.isEmpty, !known.contains(name) {
        let failure = unknown(name, "no distribution that shares electricity", known)
        finish(client, call.id, .failure(failure))
        return
      }
      finish(
        client, call.id,
        .success([
          "plant": .text(plant.name), "distribution": .text(name),
          "today": .number(Double(today.number)),
          "meters": .list(rows.map(Daemon.json)),
        ]))
    }
  }

  private static func json(_ row: StateStore.MeterRow) -> JSON {
    [
      "day": .number(Double(row.day)), "kind": .text(row.kind), "name": .text(row.name),
      "basis": .text(row.basis), "area_square_meters": .number(row.area),
      "most_a_day": .number(Double(row.mostADay)),
      "reading": row.reading.map { .number(Double($0)) } ?? .null,
    ]
  }

  private func allottedNames(_ plant: Plant) -> [String] {
    plant.distributions.filter { $0.allotment != nil }.map(\.name)
  }

  /// The distribution that a call names, be it one that was kept and is no more, or the only one there is.
  private func allotted(_ call: Call, _ plant: Plant) throws(Failure) -> String {
    if call.parameters["distribution"] != nil { return try call.text("distribution") }
    let names = allottedNames(plant)
    guard !names.isEmpty else {
      throw Failure(.parameters, "no distribution shares electricity: state allot_by in one")
    }
    guard names.count == 1 else {
      throw Failure(
        .parameters, "name one of the distributions that share electricity",
        data: ["names": .list(names.map { .text($0) })])
    }
    return names[0]
  }
}
