import PlantModel
import Quantities

@testable import PlantControl

private let winter = ChangeOverRig.winter
private let summer = ChangeOverRig.summer

extension TransitionRow {
  /// The rows up to the first valve that moves.
  static let waits: [TransitionRow] = [
    TransitionRow(
      transition: .rowFound, setUp: { rig, phase in rig.setState(phase, position: nil) },
      guards: [.init("a row is proven (VALVE-02)") { $0.set("V1", .between) }]),
    TransitionRow(
      transition: .recoverUnknown,
      setUp: { rig, phase in
        rig.setState(phase, position: nil)
        rig.setAll(.closed)
        rig.inputs.wanted = summer
      },
      guards: [
        .init("no row is proven") { $0.setRow(winter) },
        .init("a row is wanted, was the goal, or was held and is contradicted (VALVE-14)") {
          $0.inputs.wanted = nil
        },
      ]),
    TransitionRow(
      transition: .changeBegun, setUp: { rig, _ in rig.inputs.wanted = summer },
      guards: [
        .init("another row is wanted") { $0.inputs.wanted = winter },
        .init("the held row is not contradicted") { $0.set("V2", .between) },
        .init("other blocks do their part (VALVE-11)") { $0.around.mayEnter = RowSet() },
        .init("no block relies on the old row (VALVE-12)") { $0.around.mayLeave = RowSet() },
      ]),
    TransitionRow(
      transition: .rowLost,
      setUp: { rig, phase in
        rig.setState(phase, position: winter, target: phase == .held ? nil : summer)
        rig.set("V2", .between)
      },
      guards: [
        .init("a valve is seen where the row does not have it") { $0.set("V2", .closed) },
        .init(
          "on the way to another row", in: [.stoppingUnits, .waitingForWater, .stoppingFlow]
        ) { rig in rig.setState(rig.state.phase, position: winter, target: winter) },
        .init(
          "all was well until now", in: [.stoppingUnits, .waitingForWater, .stoppingFlow]
        ) { rig in
          rig.setState(rig.state.phase, position: winter, target: summer, troubled: .zero)
        },
      ], closes: "V2"),
    TransitionRow(
      transition: .changeCancelled,
      setUp: { rig, phase in
        rig.setState(phase, position: winter, target: summer)
        rig.inputs.wanted = winter
      },
      guards: [
        .init("the old row is proven") { $0.set("V1", .unknown) },
        .init("it is wanted, or is the goal") { $0.inputs.wanted = summer },
      ]),
    TransitionRow(
      transition: .begunAnew,
      setUp: { rig, phase in
        rig.setState(phase, position: nil, target: winter)
        rig.setAll(.closed)
        rig.inputs.wanted = summer
      },
      guards: [
        .init("another row than the goal is wanted") { $0.inputs.wanted = winter },
        .init(
          "before any valve moves: the goal is not the row proven last",
          in: [.stoppingUnits, .waitingForWater, .stoppingFlow]
        ) { rig in rig.setState(rig.state.phase, position: winter, target: winter) },
      ]),
    TransitionRow(
      transition: .unitsStopped,
      setUp: { rig, phase in
        rig.setState(phase, position: winter, target: summer)
        rig.setReady()
      },
      guards: [
        .init("units proven stopped (VALVE-03)") { $0.inputs.unitsStopped = false },
        .init("they stood their time (VALVE-03)") { $0.inputs.unitsRested = false },
      ]),
    TransitionRow(
      transition: .waterReady,
      setUp: { rig, phase in
        rig.setState(phase, position: winter, target: summer)
        rig.setReady()
      },
      guards: [
        .init("water in its window (VALVE-05)") { $0.inputs.waterReady = false },
        .init("other blocks do their part (VALVE-11)") { $0.around.mayEnter = RowSet() },
        .init("no block relies on the old row (VALVE-12)") { $0.around.mayLeave = RowSet() },
      ]),
    TransitionRow(
      transition: .flowStopped,
      setUp: { rig, phase in
        rig.setState(phase, position: winter, target: summer)
        rig.setReady()
      },
      guards: [.init("no water moves (VALVE-04)") { $0.inputs.flowStopped = false }],
      closes: "V1 V3 V5 V7"),
  ]

  /// The rows while valves move, and when they do not.
  static let strokes: [TransitionRow] = [
    TransitionRow(
      transition: .oldWanted,
      setUp: { rig, phase in
        rig.setState(phase, position: winter, target: summer)
        rig.setAll(.between)
        rig.inputs.wanted = winter
      },
      guards: [
        .init("the row proven last is wanted") { $0.inputs.wanted = nil },
        .init("the goal is another") { rig in
          rig.setState(rig.state.phase, position: winter, target: winter)
        },
      ], closes: "V2 V4 V6 V8"),
    TransitionRow(
      transition: .oldClosed, setUp: { rig, phase in allClosed(&rig, phase) },
      guards: Guarded.opening + [Guarded.pressure], opens: "V2 V4 V6 V8", closes: "V1 V3 V5 V7"),
    TransitionRow(
      transition: .closingTimedOut,
      setUp: { rig, phase in
        allClosed(&rig, phase)
        rig.set("V1", .between)
      },
      guards: [
        .init("the stroke limit has passed (VALVE-09)") { rig in
          rig.now = rig.now - .seconds(1)
        },
        .init("a valve of another row is not proven closed") { rig in
          rig.set("V1", .closed)
          rig.inputs.pressureReady = false
        },
      ], closes: "V1 V3 V5 V7", after: ChangeOverRig.times.stroke),
    TransitionRow(
      transition: .changeDone,
      setUp: { rig, phase in
        rig.setState(phase, position: winter, target: summer)
        rig.setRow(summer)
        rig.setReady()
      },
      guards: [.init("the new row is proven (VALVE-02)") { $0.set("V8", .between) }]),
    TransitionRow(
      transition: .openingBlocked,
      setUp: { rig, phase in
        allClosed(&rig, phase)
        rig.set("V1", .between)
      },
      guards: [
        .init("a guard of the opening is lost (VALVE-01, -04, -11, -12)") {
          $0.set("V1", .closed)
        }
      ], closes: "V1 V3 V5 V7"),
    TransitionRow(
      transition: .openingTimedOut,
      setUp: { rig, phase in
        allClosed(&rig, phase)
        rig.set("V2", .between)
      },
      guards: [
        .init("the stroke limit has passed (VALVE-09)") { rig in
          rig.now = rig.now - .seconds(1)
        },
        .init("the new row is not proven") { $0.setRow(summer) },
      ], closes: "V1 V3 V5 V7", after: ChangeOverRig.times.stroke),
    TransitionRow(
      transition: .closedAfterAll, setUp: { rig, phase in allClosed(&rig, phase) },
      guards: [
        .init("the stroke limit has passed (VALVE-09)") { rig in
          rig.now = rig.now - .seconds(1)
        }
      ] + Guarded.opening + [Guarded.pressure], opens: "V2 V4 V6 V8", closes: "V1 V3 V5 V7",
      after: ChangeOverRig.times.stroke),
    TransitionRow(
      transition: .rowCameBack,
      setUp: { rig, phase in rig.setState(phase, position: winter, target: winter) },
      guards: [.init("the row is proven (VALVE-02)") { $0.set("V1", .between) }]),
    TransitionRow(
      transition: .stuckTooLong,
      setUp: { rig, phase in
        rig.setState(
          phase, position: winter, target: summer, troubled: ChangeOverRig.times.stuck)
        rig.setAll(.closed)
      },
      guards: [
        .init("30 min of trouble have passed (VALVE-10)") { rig in
          rig.setState(rig.state.phase, position: winter, target: summer, troubled: .zero)
        },
        .init("a row proven last is known") { rig in
          rig.setState(
            rig.state.phase, position: nil, target: summer, troubled: ChangeOverRig.times.stuck)
        },
        .init("the vessels have no relief valves") {
          $0.plant.blocks[0].vesselsHaveRelief = true
        },
      ], opens: "V1 V5", closes: "V2 V4 V6 V8"),
    TransitionRow(
      transition: .turnedBack,
      setUp: { rig, phase in
        rig.setState(phase, position: summer, target: winter)
        rig.setAll(.closed)
        rig.setReady()
        rig.inputs.wanted = summer
      },
      guards: [
        .init("the row proven last is wanted") { $0.inputs.wanted = winter }
      ] + Guarded.opening, closes: "V1 V3 V5 V7"),
    TransitionRow(
      transition: .retried,
      setUp: { rig, phase in
        rig.setState(phase, position: winter, target: summer)
        rig.setAll(.closed)
        rig.inputs.wanted = summer
        rig.inputs.isRetry = true
      },
      guards: [
        .init("a person asks (again), or 30 min have passed and every valve is seen") {
          $0.inputs.isRetry = false
        },
        .init("a row is wanted") { $0.inputs.wanted = nil },
      ]),
  ]

  static let all = waits + strokes

  /// Summer's way is free: winter is closed and everything is ready.
  private static func allClosed(_ rig: inout ChangeOverRig, _ phase: ChangeOverPhase) {
    rig.setState(phase, position: winter, target: summer)
    rig.setAll(.closed)
    rig.setReady()
  }
}
