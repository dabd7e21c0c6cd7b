import Bilan
import Foundation
import Testing

/// Queries on files large enough to be known by their beginning at first.
@Suite struct LargeFileTests {
  /// 640,000 rows of about ten bytes; in the last of them `amount` has a fraction and `place` is no number.
  private static let file: String = {
    var text = "id;amount;place\n"
    for row in 0..<600_000 { text += "\(row);\(row % 100);1\(row % 7)\n" }
    for row in 600_000..<640_000 { text += "\(row);0,5;Rabat\n" }
    text += "640000;n/d;11\n"
    let path = FileManager.default.temporaryDirectory.appending(path: "bilan-late-\(UUID().uuidString).csv").path
    try? text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }()

  private func session(_ workers: Int) throws -> Session {
    Session(catalog: try Catalog(["t=" + Self.file]), options: SessionOptions(workers: workers))
  }

  @Test(arguments: [1, 2]) func answersByTheTypesOfAllRows(_ workers: Int) throws {
    let session = try session(workers)
    let counted = try session.run("from t | summarize n = count, last = max(id)")[0]
    #expect(counted.columns.map { $0.descriptions } == [["640001"], ["640000"]])
    // Believed to be whole numbers, and found not to be.
    let summed = try session.run("from t | summarize total = sum(amount), n = count(amount)")[0]
    #expect(summed.column("total")?.numbers == [29_720_000])
    #expect(summed.column("n")?.numbers == [640_000])
    // A comparison with a number, which the column turns out not to hold.
    #expect(throws: BilanError.self) { try session.run("from t | where place = 11 | summarize n = count") }
    let places = try session.run("from t | where place = \"Rabat\" | summarize n = count")[0]
    #expect(places.column("n")?.numbers == [40_000])
  }

  /// The first to be asked may be the query that is wrong about the types.
  @Test func resolvesAgainWhatTheBeginningHadWrong() throws {
    let result = try session(2).run("from t | where place ~ \"Rab\" and id = 600000 | keep id, amount, place")
    #expect(result[0].columns.map { $0.descriptions } == [["600000"], ["0.5"], ["Rabat"]])
  }

  @Test func describesWhatAllRowsSay() throws {
    let description = try session(1).describe("t")
    #expect(description.columns.map { $0.field.type.name } == ["number", "number", "text"])
    #expect(description.rowCount == 640_001)
  }

  /// What only looks at a query says nothing wrong about it either.
  @Test func checksByTheTypesOfAllRows() throws {
    #expect(try session(1).check("from t | where place ~ \"Rab\"").isEmpty)
    #expect(try session(1).explain("from t | where place ~ \"Rab\"").contains("optimized plan"))
  }
}
