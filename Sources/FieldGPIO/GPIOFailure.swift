import Glibc

/// Why a chip or a line cannot be had.
struct GPIOFailure: Error, Equatable {
  /// The errno.
  let code: Int32

  /// Whether the chip itself is gone: pulled out, or its driver unloaded.
  var isChipGone: Bool { [ENODEV, ENXIO, EIO, EBADF].contains(code) }

  /// What it means for a chip that was to be opened, and what to do.
  func text(chip: String) -> String {
    switch code {
    case ENOENT: "there is no GPIO chip '\(chip)': gpiodetect lists those that are there"
    case EACCES, EPERM:
      "no permission for the GPIO chip '\(chip)': its group may use it: usermod -aG gpio wellspring, and restart the service"
    case EEXIST: "several GPIO chips are labelled '\(chip)': name one by its path"
    case _ where isChipGone: "the GPIO chip '\(chip)' is gone"
    default: "the GPIO chip '\(chip)' cannot be opened: \(reason)"
    }
  }

  /// What it means for a line of it.
  func text(line: Int, of point: String, chip: String) -> String {
    let place = "line \(line) ('\(point)')"
    return switch code {
    case EBUSY: "\(place) is held by another process: gpioinfo names it"
    case EINVAL: "the GPIO chip '\(chip)' cannot give \(place) as it is wanted: gpioinfo shows it"
    case _ where isChipGone: "the GPIO chip '\(chip)' is gone"
    default: "\(place) cannot be had: \(reason)"
    }
  }

  private var reason: String { String(cString: strerror(code)) }
}
