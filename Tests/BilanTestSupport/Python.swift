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

  /// The lines that a script prints.
  package static func lines(_ interpreter: String, _ script: String, _ arguments: [String]) throws -> [String] {
    try run(interpreter, script, arguments).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map(String.init)
  }

  /// A script that prints the lists of an Arrow table but for its first column, as our text has them: what is missing in
  /// them left out.
  ///
  /// - Parameter table: an expression of pyarrow's.
  package static func printingLists(of table: String) -> String {
    """
    import sys, json, datetime, pyarrow as pa, pyarrow.parquet as pq
    t = \(table); t.validate(full=True)
    def plain(v):
      if isinstance(v, list): return [plain(x) for x in v]
      if isinstance(v, dict): return {k: plain(x) for k, x in v.items() if x is not None}
      if isinstance(v, datetime.date): return v.isoformat()
      return int(v) if isinstance(v, float) and v == int(v) else v
    for c in t.columns[1:]:
      print(" ".join("." if v is None else json.dumps(plain(v), ensure_ascii=False, separators=(",", ":")).replace("\\\\n", "\\\\u000a").encode().hex() for v in c.to_pylist()))
    """
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
