import Foundation
import Testing

@testable import Bilan

#if Databases
  import CSQLite
#endif

/// A folder of files that a test writes, gone when the test is.
final class FileFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "bilan-files-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = URL(fileURLWithPath: path).appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  #if Databases
    /// A database that a script makes.
    func makeDatabase(_ name: String, _ script: String) throws {
      var database: OpaquePointer?
      try #require(unsafe sqlite3_open(path + "/" + name, &database) == SQLITE_OK)
      let status = unsafe sqlite3_exec(database, script, nil, nil, nil)
      unsafe sqlite3_close(database)
      #expect(status == SQLITE_OK)
    }
  #endif

  /// The result of a query on files of this folder.
  func run(_ query: String, workers: Int = 1) throws -> QueryResult {
    let session = Session(catalog: try Catalog([]), options: SessionOptions(workers: workers))
    return try session.run(query, sourceName: path + "/query.bilan")[0]
  }

  /// The cells of a result as texts, column by column.
  func cells(_ query: String) throws -> [[String?]] { try run(query).columns.map { $0.descriptions } }
}

/// Bytes written as hexadecimal digits.
func hexBytes(_ digits: String) -> [UInt8] {
  let digits = Array(digits.filter { !$0.isWhitespace })
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0..<$0 + 2]), radix: 16)! }
}
