import Foundation

/// The files of the repository that tests read, by path from its root.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path(percentEncoded: false)

  /// True where outputs are rewritten instead of compared.
  static var isRecording: Bool { ProcessInfo.processInfo.environment["BILAN_RECORD"] == "1" }

  static func path(_ relative: String) -> String { root + (root.hasSuffix("/") ? "" : "/") + relative }

  static func text(_ relative: String) throws -> String {
    try String(contentsOfFile: path(relative), encoding: .utf8)
  }

  static func write(_ text: String, to relative: String) throws {
    try text.write(toFile: path(relative), atomically: true, encoding: .utf8)
  }

  /// The Swift files under a folder, by path from the root, sorted.
  static func swiftFiles(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path(folder)).filter { $0.hasSuffix(".swift") }.sorted()
      .map { "\(folder)/\($0)" }
  }
}
