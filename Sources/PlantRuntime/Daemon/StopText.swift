import ControlProtocol
import PlantControl
import PlantModel
import PlantOperation
import Quantities

/// The journal's lines at an ordered stop.
enum StopText {
  /// What an ordered stop will wait for.
  static func beginning(_ controller: Controller, limit: TimeSpan) -> String {
    if controller.plant.site.stopState == .handOver {
      return "stopping in order: the plant is left as it runs"
    }
    let names = names(controller)
    if names.isEmpty { return "stopping in order: nothing runs" }
    return
      "stopping in order: waiting for \(names) to run down, \(Times.span(limit)) at the longest"
  }

  /// How it ended, and after how long.
  static func ending(_ controller: Controller, after span: TimeSpan, isLate: Bool) -> String {
    isLate
      ? "ending after \(Times.span(span)) though \(names(controller)) did not come to rest"
      : "stopped in order after \(Times.span(span))"
  }

  private static func names(_ controller: Controller) -> String {
    controller.notAtRest.map { controller.plant.name(of: $0) }.joined(separator: ", ")
  }
}
