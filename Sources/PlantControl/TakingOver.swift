import PlantModel

extension InputImage {
  /// Whether a machine that runs may have been told to: its command's register says so, or cannot be read back. Then
  /// what it does is the only witness, and a restart of the daemon must not stop it.
  func mayBeCommanded(_ command: Actuator<Bool>, in plant: Plant) -> Bool {
    guard plant[command.point].writing.isReadBack else { return true }
    let seen = sample(command.point)
    return seen.isUsable && seen.value >= 0.5
  }
}
