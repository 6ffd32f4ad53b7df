import PlantModel

/// The GPIO chips of a machine, so that a test can put others in their place.
protocol GPIOChips {
  /// Opens a chip by its label, or by the path of its device file.
  func open(_ name: String) throws(GPIOFailure) -> any GPIOChip
}

/// An open chip; it is closed when nobody has it any more.
protocol GPIOChip: AnyObject {
  /// Takes a line as an input whose edges are told: both, or those to active alone.
  func input(_ offset: Int, _ wiring: LineWiring, risingOnly: Bool) throws(GPIOFailure)
    -> any GPIOLine
  /// Takes a line as an output that has `state` from its first moment on.
  func output(_ offset: Int, _ wiring: LineWiring, state: Bool) throws(GPIOFailure) -> any GPIOLine
}

/// A line that is held; it is let go when nobody has it any more.
protocol GPIOLine: AnyObject {
  /// Readable while there are edges of an input to be read.
  var descriptor: Int32 { get }
  func read() throws(GPIOFailure) -> Bool
  func write(_ state: Bool) throws(GPIOFailure)
  /// The edges that wait.
  func edges() throws(GPIOFailure) -> EdgeBatch
}

/// One edge as the kernel saw it.
struct GPIOEdge: Equatable {
  /// Of the monotonic clock, nanoseconds.
  var time: UInt64
  /// The number of the edge since the line was taken, from 1; nil where the kernel tells none.
  var number: UInt32?
  /// The state after it.
  var isActive: Bool
}

/// Edges that were read in one go.
struct EdgeBatch: Equatable {
  var edges: [GPIOEdge] = []
  /// The kernel had kept as many as it can: there may have been more.
  var isFull = false
}
