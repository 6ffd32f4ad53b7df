import Dispatch
public import PlantModel

/// Why a server could not begin.
public struct ServerFailure: Error, CustomStringConvertible {
  public let description: String

  public init(description: String) { self.description = description }
}

/// What serves one bus of a register image.
public protocol FieldServer: Sendable {
  func start()
  func stop()
}

/// Serves one bus of a register image over Modbus TCP, to many clients at once.
public final class ModbusServer: FieldServer {
  private let image: RegisterImage
  private let bus: BusID
  private let queue: DispatchQueue
  private let clients: ClientLoop

  /// Listens on the bus's host and port.
  public init(_ image: RegisterImage, bus: BusID, plant: Plant) throws(ServerFailure) {
    self.image = image
    self.bus = bus
    let spec = plant[bus]
    queue = DispatchQueue(label: "wellspring.server.\(spec.name)")
    guard case .tcp(let host, let port) = spec.link else {
      throw ServerFailure(description: "the bus '\(spec.name)' is no network")
    }
    do throws(ServerFailure) {
      clients = try ClientLoop(host: host, port: port)
    } catch {
      throw ServerFailure(description: "bus '\(spec.name)': \(error)")
    }
  }

  public func start() {
    queue.async { [self] in
      clients.serve { query in
        image.answer(query.context, query.bytes, Int32(query.bytes.count), bus: bus)
      }
    }
  }

  public func stop() {
    clients.stop()
    queue.sync {}
  }
}
