import Foundation

/// A file of the repository.
func repositoryPath(_ name: String) -> String {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent(name).path
}

/// A file of the shipped configurations.
func configPath(_ name: String) -> String { repositoryPath("config/\(name)") }

func text(of path: String) throws -> String {
  try String(contentsOfFile: path, encoding: .utf8)
}
