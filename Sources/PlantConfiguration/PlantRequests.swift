public import PlantModel
import Quantities

/// Every read that is planned, one a line: what `wellspringd --check --requests` prints.
public enum PlantRequests {
  public static func text(for plant: Plant) -> String {
    let rows = ReadPlan.requests(for: plant).map { request -> [String] in
      let device = plant[request.device]
      let seconds = max(request.every, plant.scanPeriod).seconds
      return [
        plant[device.bus].name, "\(device.unit)", device.name, request.table.rawValue,
        "\(request.addresses.lowerBound)", "\(request.addresses.count)", "\(plain(seconds)) s",
        "\(request.points.count)",
      ]
    }
    let all = [["bus", "unit", "device", "table", "first", "count", "every", "points"]] + rows
    let widths = all[0].indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").replacing(#/ +$/#, with: "")
    }.joined(separator: "\n")
  }
}
