import Testing

/// A plant that is not among those shipped, from its configuration alone.
struct NewPlantTests {
  private let school = Files.root + "/Tests/SystemTests/plants/school.yaml"

  @Test func theSchoolIsUnderstoodWithItsWellsBuildingsAndPool() throws {
    let check = try Command.run(Files.program("wellspringd"), ["--check", school])
    #expect(check.code == 0, "\(check.output)\(check.complaint)")
    for name in [
      "building-1", "building-2", "building-3", "pool-unit", "well-head-1", "well-head-2",
    ] {
      #expect(check.output.contains(name), "\(name)")
    }
  }

  /// A winter week, both change-overs and a summer week, by the limits of every plant.
  @Test func theSchoolKeepsTheLimitsOfThePlantTable() throws {
    let table = try Command.run(
      Files.program("wellspring-bench"), ["plants", school], within: 600)
    #expect(table.code == 0, "\(table.output)")
    #expect(table.output.contains("\nschool "))
    #expect(!table.output.contains("FAILED"))
  }
}
