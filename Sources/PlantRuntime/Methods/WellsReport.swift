import ControlProtocol
import PlantControl
import PlantModel
import PlantOperation
import Quantities

extension PlantReporter {
  /// What every well took and gave, what its meters say of its water, and its last flushing.
  var wells: JSON {
    .list(
      plant.wells.indices.map { index in
        let status = controller.status(of: WellID(index))
        return [
          "name": .text(plant.wells[index].name),
          "circuit": .text(plant[plant.wells[index].circuit].name),
          "finding": .text(status.finding.rawValue),
          "amount": .rounded(status.amount, 4),
          "bias_fraction": .rounded(status.bias.value, 4),
          "leak": status.leak.map { .text($0.rawValue) } ?? .null,
          "year": .number(Double(status.books.year)),
          "this_year": year(status.books.current), "last_year": year(status.books.before),
          "flush_stage": status.flushStage.map { .text($0) } ?? .null,
          "flush": flush(status.flush),
        ]
      })
  }

  private func year(_ year: WellYear) -> JSON {
    [
      "heat_taken_kilowatt_hours": .rounded(year.heatTaken.value, 0),
      "heat_given_kilowatt_hours": .rounded(year.heatGiven.value, 0),
      "extracted_cubic_meters": .rounded(year.extracted.value, 1),
      "returned_cubic_meters": .rounded(year.returned.value, 1),
      "purged_cubic_meters": .rounded(year.purged.value, 2),
      "flushed_cubic_meters": .rounded(year.flushed.value, 2),
      "unseen_hours": .rounded(year.unseen.hours, 1),
    ]
  }

  private func flush(_ record: FlushRecord) -> JSON {
    guard record.began > .distantPast else { return .null }
    return [
      "began_milliseconds": PlantReporter.time(record.began),
      "ended_milliseconds": PlantReporter.time(record.ended),
      "outcome": .text(record.outcome.rawValue),
      "drained_cubic_meters": .rounded(record.drained.value, 2),
      "before": flush(record.before), "after": flush(record.after),
    ]
  }

  private func flush(_ reading: FlushReading) -> JSON {
    [
      "flow_cubic_meters_per_hour": .rounded(reading.flow?.value, 2),
      "intake_kilopascals": .rounded(reading.intakePressure?.value, 1),
      "return_zone_kilopascals": .rounded(reading.returnPressure?.value, 1),
      "power_kilowatts": .rounded(reading.power?.value, 2),
    ]
  }
}
