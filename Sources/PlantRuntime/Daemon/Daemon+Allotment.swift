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
    store.read {
      isBefore ? $0.metersBefore(day, of: name) : $0.meters(of: name, from: day)
    } _: { [weak self] rows in
      guard let self else { return }
      guard let rows else {
        let failure = Failure(.busy, "the meters cannot be read: see what is wrong with the disk")
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

  /// The distribution that a call names, or the only one there is.
  private func allotted(_ call: Call, _ plant: Plant) throws(Failure) -> String {
    let names = plant.distributions.filter { $0.allotment != nil }.map(\.name)
    guard !names.isEmpty else {
      throw Failure(.parameters, "no distribution shares electricity: state allot_by in one")
    }
    guard call.parameters["distribution"] != nil else {
      guard names.count == 1 else {
        throw Failure(
          .parameters, "name one of the distributions that share electricity",
          data: ["names": .list(names.map { .text($0) })])
      }
      return names[0]
    }
    let name = try call.text("distribution")
    guard names.contains(name) else {
      throw unknown(name, "no distribution that shares electricity", names)
    }
    return name
  }
}
