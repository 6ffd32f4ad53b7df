import Dispatch
import PlantConfiguration
import PlantControl
import PlantModel
import PlantOperation
import Quantities
import Systemd

extension Daemon {
  /// SIGHUP: check the configuration anew and take over what may change while running.
  func reload() {
    guard stopDeadline == nil else { return }
    ServiceManager.reloading()
    loading.async { [self] in
      let (loaded, diagnostics) = PlantLoader.load(path: settings.configuration)
      queue.async { [self] in
        take(loaded, diagnostics)
        ServiceManager.ready()
      }
    }
  }

  private func take(_ loaded: LoadedPlant?, _ diagnostics: [Diagnostic]) {
    guard let loaded else {
      for diagnostic in diagnostics { Journal.write(.error, diagnostic.description) }
      Journal.write(.error, "the new configuration is refused; running on with the old one")
      return
    }
    guard !isGrowing, !operation.controller.isGuiding else {
      Journal.write(
        .error,
        "the new configuration waits: \(isGrowing ? "another is being taken over" : "a well is being flushed or tested"); reload again when that is over"
      )
      return
    }
    let refused = operation.reload(loaded.plant)
    if refused.isEmpty {
      entries = loaded.entries
      Journal.write(.notice, "the new parameters are in use")
    } else if let consumers = entries.consumersAdded(by: loaded.entries) {
      grow(loaded, consumers)
    } else {
      Journal.write(
        .error,
        "the new configuration changes \(refused.joined(separator: ", ")), which needs a restart; running on with the old one"
      )
    }
  }

  /// The plant with more consumers: gone on with as after a restart, but at once, and with every machine left
  /// as it runs.
  private func grow(_ loaded: LoadedPlant, _ consumers: [String]) {
    isGrowing = true
    replaceField { [self] in
      entries = loaded.entries
      hasGrown = true
      store.adopt(loaded.plant)
      for path in operation.grow(to: loaded.plant, now: clock.now) {
        Journal.write(.warning, "'\(path)' could not be taken over and begins anew")
      }
      isGrowing = false
    }
    let names =
      consumers.count > 5 ? "\(consumers.count) consumers" : consumers.joined(separator: ", ")
    Journal.write(.notice, "added while running: \(names)")
  }
}
