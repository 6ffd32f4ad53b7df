import Dispatch
import PlantConfiguration
import PlantModel
import PlantOperation
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
    let refused = operation.reload(loaded.plant)
    if refused.isEmpty {
      Journal.write(.notice, "the new parameters are in use")
    } else {
      Journal.write(
        .error,
        "the new configuration changes \(refused.joined(separator: ", ")), which needs a restart; running on with the old one"
      )
    }
  }
}
