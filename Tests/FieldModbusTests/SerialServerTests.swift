import Field
import FieldModbus
import Glibc
import PlantModel
import Quantities
import Testing

/// The simulated serial line against mbpoll, an independent master, and against our client.
@Suite(.serialized) struct SerialServerTests {
  private let path = "/tmp/wellspring-line-\(getpid())-\(Int.random(in: 0..<1_000_000))"

  private func plant(baud: Int = 19_200, _ signals: [PointPlant.Signal]) -> Plant {
    PointPlant.make(
      serial: SerialLine(path: path, baud: baud, parity: .even, stopBits: 1), units: [1, 2],
      timeout: .seconds(0.3), signals)
  }

  private func served(_ plant: Plant, _ values: [Double]) throws -> (SerialServer, RegisterImage) {
    let image = try #require(RegisterImage(plant: plant))
    image.show(values)
    let server = try SerialServer(image, bus: BusID(0), plant: plant, timeScale: 1)
    server.start()
    return (server, image)
  }

  @Test func mbpollReadsAndCommandsOverTheLine() throws {
    let plant = plant(PointPlant.inputs([0, 1, 2]) + PointPlant.outputs([5]))
    let (server, image) = try served(plant, [21, 22, 23, 0])
    defer { server.stop() }
    let line = ["-m", "rtu", "-b", "19200", "-P", "even", "-a", "1", "-0", "-1"]
    let read = Command.run("mbpoll", line + ["-t", "3", "-r", "0", "-c", "3", path])
    #expect(read.code == 0, "\(read.output)")
    let lines = read.output.split(separator: "\n").filter { $0.hasPrefix("[") }
    #expect(lines.map { $0.filter { $0 != "\t" && $0 != " " } } == ["[0]:21", "[1]:22", "[2]:23"])
    let written = Command.run(
      "mbpoll",
      [
        "-m", "rtu", "-b", "19200", "-P", "even", "-a", "1", "-0", "-t", "4", "-r", "5", path,
        "321",
      ])
    #expect(written.code == 0, "\(written.output)")
    var commands = plant.points.map { _ in -1.0 }
    image.commands(into: &commands)
    #expect(commands.last == 321)
    let absent = Command.run(
      "mbpoll",
      [
        "-m", "rtu", "-b", "19200", "-P", "even", "-a", "9", "-0", "-1", "-o", "0.2", "-t", "3",
        "-r", "0", path,
      ])
    #expect(absent.output.contains("timed out"), "\(absent.output)")
  }

  @Test func ourClientIsNeverTooEarlyAndLosesNothing() throws {
    let plant = plant(PointPlant.inputs([0, 1, 2]) + PointPlant.inputs([7], device: 1))
    let (server, _) = try served(plant, [21, 22, 23, 24])
    defer { server.stop() }
    let rig = FieldRig(plant)
    for _ in 0..<30 { rig.scan() }
    #expect(rig.field.statistics.allSatisfy { $0.failures == 0 && $0.requests == 30 })
    #expect(server.figures.requests == 60 && server.figures.early == 0)
  }

  @Test func aRequestIntoTheSilenceIsNotHeard() throws {
    let plant = plant(baud: 1200, PointPlant.inputs([0]))
    let (server, _) = try served(plant, [21])
    defer { server.stop() }
    let terminal = open(path, O_RDWR | O_NOCTTY)
    defer { close(terminal) }
    // Unit 1, function 4, register 0, with the check sum by pymodbus; twice without a silence between them.
    let request: [UInt8] = [1, 4, 0, 0, 0, 1, 0x31, 0xCA]
    for _ in 0..<2 {
      #expect(write(terminal, request, request.count) == request.count)
      usleep(20_000)
    }
    // An answer of 7 characters at 1200 baud takes 64 ms after the request's 73.
    usleep(500_000)
    var answer = [UInt8](repeating: 0, count: 64)
    let count = read(terminal, &answer, answer.count)
    #expect(Array(answer.prefix(max(count, 0)).prefix(5)) == [1, 4, 2, 0, 21] && count == 7)
    #expect(server.figures.requests == 2 && server.figures.early == 1)
  }

  @Test func whatStandsAtThePathIsNotTakenAway() throws {
    let file = open(path, O_CREAT | O_WRONLY, 0o600)
    close(file)
    defer { unlink(path) }
    let plant = plant(PointPlant.inputs([0]))
    let image = try #require(RegisterImage(plant: plant))
    #expect(throws: ServerFailure.self) {
      try SerialServer(image, bus: BusID(0), plant: plant, timeScale: 1)
    }
    #expect(access(path, F_OK) == 0)
  }
}
