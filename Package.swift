// swift-tools-version: 6.2
import PackageDescription

/// Targets in the order of their dependencies: each may import what stands above it, never below.
/// `ARCHITECTURE.md` tells what each is for; `Tests/TidyTests` holds the sources to it.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// The pure targets: no clock, no files, no C; the compiler refuses unsafe memory there.
let pure: [SwiftSetting] = strict + [.strictMemorySafety()]

let shim: [CSetting] = [
  .treatAllWarnings(as: .error),
  .define("_GNU_SOURCE"),
  .unsafeFlags(["-ffp-contract=off"]),
]

func core(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, swiftSettings: pure,
    linkerSettings: [.linkedLibrary("m")])
}

func shell(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: strict)
}

let package = Package(
  name: "wellspring",
  products: [
    .executable(name: "wellspringd", targets: ["wellspringd"]),
    .executable(name: "wellspringctl", targets: ["wellspringctl"]),
    .executable(name: "wellspring-sim", targets: ["wellspring-sim"]),
    .executable(name: "wellspring-bench", targets: ["wellspring-bench"]),
  ],
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CModbus", pkgConfig: "libmodbus", providers: [.apt(["libmodbus-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(
      name: "CGcrypt", pkgConfig: "libgcrypt", providers: [.apt(["libgcrypt20-dev"])]),
    .target(
      name: "CGpiod", cSettings: shim, linkerSettings: [.linkedLibrary("gpiod")]),
    .target(name: "CPosix", cSettings: shim),
    .target(name: "CAllocProbe", cSettings: shim),

    core("Quantities"),
    core("PlantModel", ["Quantities"]),
    core("PlantControl", ["PlantModel", "Quantities"]),
    core("PlantSimulation", ["PlantModel", "PlantControl", "Quantities"]),
    core("DeviceActing", ["PlantModel", "Quantities"]),
    core("DeviceDoctor", ["PlantModel", "Quantities"]),
    shell("PlantConfiguration", ["PlantModel", "Quantities", "CYAML"]),
    shell("ControlProtocol", ["PlantModel", "Quantities"]),
    shell("Ledger", ["ControlProtocol", "PlantModel", "Quantities", "CGcrypt"]),
    shell("Allotment", ["ControlProtocol", "PlantModel", "Quantities"]),
    shell("Field", ["PlantModel", "Quantities"]),
    shell("FieldModbus", ["Field", "PlantModel", "Quantities", "CModbus"]),
    shell("FieldGPIO", ["Field", "PlantModel", "Quantities", "CGpiod"]),
    shell("Historian", ["CSQLite"]),
    shell("Systemd", ["CSystemd"]),
    core("PlantOperation", ["PlantModel", "PlantControl", "Quantities"]),
    shell(
      "PlantRuntime",
      [
        "PlantModel", "PlantControl", "PlantConfiguration", "ControlProtocol", "Field",
        "FieldGPIO", "FieldModbus", "Historian", "Ledger", "Systemd", "PlantOperation",
        "Quantities", "CPosix",
      ]),

    program(
      "wellspringd",
      ["PlantRuntime", "PlantConfiguration", "ControlProtocol", "PlantModel", "Quantities"]),
    program(
      "wellspringctl",
      [
        "Allotment", "ControlProtocol", "DeviceDoctor", "FieldModbus", "Ledger",
        "PlantConfiguration", "PlantModel", "Quantities",
      ]),
    program(
      "wellspring-sim",
      [
        "PlantRuntime", "PlantConfiguration", "PlantSimulation", "DeviceActing", "FieldModbus",
        "ControlProtocol", "Historian", "PlantControl", "PlantModel", "PlantOperation",
        "Quantities",
      ]),
    program(
      "wellspring-bench",
      [
        "PlantSimulation", "PlantControl", "PlantConfiguration", "Field", "FieldModbus",
        "PlantModel", "Quantities", "CAllocProbe", "CModbus",
      ]),

    tests("QuantitiesTests", ["Quantities"]),
    tests("PlantModelTests", ["PlantModel", "Quantities"]),
    tests("PlantControlTests", ["PlantControl", "PlantModel", "Quantities", "PlantConfiguration"]),
    tests(
      "ExplorationTests", ["PlantControl", "PlantModel", "Quantities", "PlantConfiguration"]),
    tests(
      "PlantSimulationTests",
      ["PlantSimulation", "PlantControl", "PlantModel", "Quantities", "PlantConfiguration"]),
    tests(
      "PlantConfigurationTests", ["PlantConfiguration", "PlantModel", "Quantities"],
      exclude: ["Goldens"]),
    tests("PlantRuntimeTests", ["PlantRuntime"]),
    tests("ControlProtocolTests", ["ControlProtocol", "PlantModel", "Quantities"]),
    tests("FieldTests", ["Field", "PlantModel", "Quantities"]),
    tests(
      "FieldModbusTests",
      ["Field", "FieldModbus", "PlantConfiguration", "PlantModel", "Quantities"],
      exclude: ["peers"]),
    tests(
      "FieldGPIOTests", ["Field", "FieldGPIO", "PlantModel", "Quantities"], exclude: ["generations"]
    ),
    tests(
      "DeviceDoctorTests",
      ["DeviceDoctor", "DeviceActing", "PlantConfiguration", "PlantModel", "Quantities"]),
    tests(
      "AllotmentTests", ["Allotment", "ControlProtocol", "PlantModel", "Quantities"]),
    tests("LedgerTests", ["Ledger", "ControlProtocol", "PlantModel", "Quantities"]),
    tests("HistorianTests", ["Historian", "PlantModel", "Quantities"]),
    tests(
      "PlantOperationTests",
      ["PlantOperation", "PlantControl", "PlantModel", "Quantities", "PlantConfiguration"]),
    tests(
      "SystemTests",
      [
        "ControlProtocol", "Quantities", "wellspringd", "wellspringctl", "wellspring-sim",
        "wellspring-bench",
      ],
      exclude: ["peers", "plants"]),
    tests(
      "DocTests",
      [
        "PlantRuntime", "PlantConfiguration", "ControlProtocol", "PlantModel", "Quantities",
        "wellspringd", "wellspringctl", "wellspring-sim",
      ]),
    tests("TidyTests", ["PlantModel"]),
  ]
)
