import Foundation

/// Another program's opinion on a file, where it is there: Python with a module.
package enum Python {
  /// The interpreter that has a module: `BILAN_PYTHON`, else `python3` of the path; nil where none has.
  package static func interpreter(with module: String) -> String? {
    let candidates = [ProcessInfo.processInfo.environment["BILAN_PYTHON"], "python3"].compactMap { $0 }
    return candidates.first { (try? run($0, "import \(module)")) != nil }
  }

  /// One that has pyarrow.
  package static let withArrow = interpreter(with: "pyarrow")
  package static let withSQLite = interpreter(with: "sqlite3")

  struct Failure: Error {
    var output: String
  }

  /// What a script prints.
  package static func run(_ interpreter: String, _ script: String, _ arguments: [String] = []) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [interpreter, "-c", script] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: output, as: UTF8.self)
    guard process.terminationStatus == 0 else { throw Failure(output: text) }
    return text
  }
}
