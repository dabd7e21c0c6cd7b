import Testing

@testable import Bilan

/// A query that the type of a column makes wrong is told why the column is of that type.
@Suite struct TypeEvidenceTests {
  private static func error(_ text: String, _ query: String) throws -> [String] {
    let folder = try FileFolder()
    let path = try folder.write("visits.csv", text)
    do {
      _ = try Session(catalog: try Catalog([])).run("from \"\(path)\" | \(query)")
      return []
    } catch {
      return error.queryError.diagnostics.flatMap { $0.notes.map(\.english) }
    }
  }

  private static let visits =
    "id;Montant versé;rank;note\n" + (1...9).map { "\($0);\($0),5;\($0);a\n" }.joined() + "10;néant;10;b\n"

  @Test(arguments: [
    "summarize s = sum(`Montant versé`)", "where montant_verse > 3", "add x = montant_verse + 1",
    "add y = rank * 2 | where montant_verse < rank",
  ])
  func saysWhyAColumnIsText(_ query: String) throws {
    #expect(
      try Self.error(Self.visits, query) == [
        "column `Montant versé` is text because 1 of its 10 values is no number: `néant` (line 11)"
      ])
  }

  @Test func saysNothingOfOtherColumns() throws {
    #expect(try Self.error(Self.visits, "summarize s = sum(note)") == [])
    #expect(try Self.error(Self.visits, "where rank = \"a\"") == [])
  }

  /// A large file, of which only the end says so.
  @Test func saysItOfLargeFiles() throws {
    var text = "id;v\n"
    for row in 0..<600_000 { text += "\(row);\(row % 9)\n" }
    for row in 0..<30_000 { text += "\(row);many\n" }
    let notes = try Self.error(text, "where v = \"many\" | summarize n = count")
    #expect(notes.count == 1 && notes[0].hasPrefix("30000 values of column `v` are no number"), "\(notes)")
  }
}
