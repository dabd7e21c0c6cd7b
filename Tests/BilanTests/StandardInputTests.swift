import BilanDiagnostics
import Foundation
import Testing

@testable import Bilan

/// Standard input as queries and commands name it.
@Suite struct StandardInputTests {
  private static let json = #"{"regions": [{"n": 1}], "cities": [{"m": 5}, {"m": 6}]}"#

  private func session(_ text: String, encoding: String.Encoding = .utf8) throws -> Session {
    let bytes = Array(try #require(text.data(using: encoding)))
    return Session(catalog: try Catalog([]), standardInput: StandardInput { () throws(QueryError) in bytes })
  }

  private func cells(_ query: String, _ text: String, encoding: String.Encoding = .utf8) throws -> [[String?]] {
    try session(text, encoding: encoding).run(query)[0].columns.map { $0.descriptions }
  }

  @Test(arguments: ["stdin", "\"-\"", "\"stdin\""]) func hasSeveralNames(source: String) throws {
    #expect(try cells("from \(source)", "a,b\n1,2\n") == [["1"], ["2"]])
  }

  @Test func aTableOfItIsNamed() throws {
    #expect(try cells("from stdin", Self.json) == [["5", "6"]])
    #expect(try cells("from \"-#regions\"", Self.json) == [["1"]])
    #expect(try cells("from \"stdin#regions\"", Self.json) == [["1"]])
    // It is read once, and may be asked for several tables.
    let both = try cells("from \"-#regions\" | append (from stdin | rename n = m)", Self.json)
    #expect(both == [["1", "5", "6"]])
    #expect(throws: BilanError.self) { try cells("from \"-#towns\"", Self.json) }
  }

  @Test(arguments: ["stdin", "\"-\""]) func optionsAreHeeded(source: String) throws {
    #expect(
      try cells("from \(source) with header = false, delimiter = \";\"", "a;b\nc;d\n") == [["a", "c"], ["b", "d"]])
  }

  @Test func commandsDescribeIt() throws {
    let description = try session(Self.json).describe("-#regions")
    #expect(description.columns.map(\.field.label) == ["n"])
    #expect(description.rowCount == 1)
    #expect(try session("a\n1\n").describe("stdin").rowCount == 1)
  }

  @Test func aFileOfTheNameIsTheFile() throws {
    let folder = try FileFolder()
    try folder.write("-#regions", "a,b\n7,8\n")
    #expect(try folder.cells("from \"./-#regions\"") == [["7"], ["8"]])
  }

  @Test func jsonInUTF16IsRecognized() throws {
    #expect(try cells("from stdin", #"[{"a": 1}, {"a": 2}]"#, encoding: .utf16) == [["1", "2"]])
  }

  /// What the shell makes of `<(…)`, and `/dev/stdin` at the end of a pipe.
  @Test func pipesWithAPathAreReadTheSame() throws {
    let folder = try FileFolder()
    let path = folder.path + "/pipe"
    try #require(unsafe mkfifo(path, 0o600) == 0)
    func cells(_ query: String, _ text: String) throws -> [[String?]] {
      let writer = Thread { try? text.write(toFile: path, atomically: false, encoding: .utf8) }
      writer.start()
      return try folder.cells(query)
    }
    #expect(try cells("from \"pipe\"", Self.json) == [["5", "6"]])
    // It is read once, whatever is asked of it.
    #expect(
      try cells("from \"pipe#regions\" | append (from \"pipe\" | rename n = m)", Self.json) == [["1", "5", "6"]])
    #expect(try cells("from \"pipe\" with delimiter = \";\"", "a;b\n1;2\n") == [["1"], ["2"]])
  }
}
