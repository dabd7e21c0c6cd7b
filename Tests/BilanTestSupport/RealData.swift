import Foundation

/// Files as people publish them, where they are at hand; nothing of them is part of the package.
///
/// The folder is `BILAN_REAL_DATA`, else `shared/data/real` beside the package.
package enum RealData {
  package static let directory: String = {
    if let given = ProcessInfo.processInfo.environment["BILAN_REAL_DATA"] { return given }
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let parent = tests.deletingLastPathComponent().deletingLastPathComponent()
    return parent.appendingPathComponent("shared/data/real").path
  }()

  package static var isPresent: Bool { FileManager.default.fileExists(atPath: directory) }

  /// The files whose names end so, by their paths in the folder, sorted.
  package static func files(_ endings: String...) -> [String] {
    let all = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
    return all.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
  }
}
