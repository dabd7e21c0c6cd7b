import Bilan
import Foundation
import Testing

/// docs/embedding.md shows code that compiles and does what it says.
@Suite struct EmbeddingGuideTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private let session: Session

  init() throws {
    session = Session(
      catalog: try Catalog([Self.root.appending(path: "datasets").path]), options: SessionOptions(today: "2021-01-22"))
  }

  // MARK: The page

  @Test func showsTheExamplesThatAreCompiled() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/embedding.md"), encoding: .utf8)
    let source = try String(
      contentsOf: Self.root.appending(path: "Tests/BilanTests/EmbeddingExamples.swift"), encoding: .utf8)
    let shown = Self.examples(page, from: "<!-- example: ", nameEnd: " -->", skipping: 1, to: "```")
    let compiled = Self.examples(source, from: "    // begin ", nameEnd: "", skipping: 0, to: "    // end")
      .mapValues { body in body.map { $0.hasPrefix("    ") ? String($0.dropFirst(4)) : $0 } }
    #expect(shown.count == 10)
    #expect(shown.keys.sorted() == compiled.keys.sorted())
    for (name, body) in shown { #expect(body == compiled[name], "the example \(name) differs") }
  }

  /// Every block of Swift but the line that imports the library is one of the examples.
  @Test func hasNoOtherCode() throws {
    let page = try String(contentsOf: Self.root.appending(path: "docs/embedding.md"), encoding: .utf8)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let blocks = lines.indices.filter { lines[$0] == "```swift" }
    let examples = blocks.filter { $0 > 0 && lines[$0 - 1].hasPrefix("<!-- example: ") }
    #expect(blocks.count == examples.count + 1)
  }

  private static func examples(
    _ text: String, from start: String, nameEnd: String, skipping count: Int, to end: String
  ) -> [String: [String]] {
    var found: [String: [String]] = [:]
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let line = lines.popFirst() {
      guard line.hasPrefix(start), line.hasSuffix(nameEnd) else { continue }
      let name = String(line.dropFirst(start.count).dropLast(nameEnd.count))
      lines = lines.dropFirst(count)
      found[name] = Array(lines.prefix { $0 != end })
    }
    return found
  }

  // MARK: What the examples do

  @Test func giveColumnsAndNotes() throws {
    let result = try session.run("from results | where indicator = \"jobs created\" | summarize achievement by region")[
      0]
    var lines: [String] = []
    let complete = EmbeddingExamples.columns(result, into: &lines)
    #expect(lines == ["region\tregion\ttext\t", "achievement\tachievement\tratio\t"])
    #expect(!complete.isEmpty && complete.count < result.rowCount)
    #expect(complete.allSatisfy { $0.value != nil })
    var notes: [[Any]] = []
    EmbeddingExamples.notes(result) { notes.append($0) }
    #expect(notes.contains { $0.first as? String == "B0802" })
    #expect(notes.allSatisfy { $0.count == 4 })
  }

  @Test func sayWhereChecksFail() throws {
    var printed: [[Any]] = []
    let result = try session.run("from regions | check number < 12 \"too many\"")[0]
    EmbeddingExamples.notes(result) { printed.append($0) }
    #expect(printed.last?.first as? String == "these figures are not fit for the meeting")
    #expect(result.rowCount == 12)
  }

  @Test func takeTablesOfTheProgram() throws {
    let result = try EmbeddingExamples.ownTable()
    #expect(result.column("region")?.texts == ["Fès-Meknès", "Oriental"])
    #expect(result.column("visits")?.integers == [0, 2])
    #expect(result.column("women")?.numbers == [nil, 21])
  }

  @Test func takeValuesOfParameters() throws {
    let result = try EmbeddingExamples.parameters(session)
    #expect(result.rowCount == 18)
    #expect(throws: BilanError.self) { try session.run("param a: number\nfrom results | where actual > $a") }
    let quoted = try session.run(
      "param a: text\nfrom regions | where region = $a", parameters: ["a": "x\" or true or \"\" = \""])
    #expect(quoted[0].rowCount == 0)
  }

  @Test func decodeRows() throws {
    let query = "from results | where indicator = \"jobs created\" | summarize achievement, status by region"
    let (all, behind) = try EmbeddingExamples.rows(try session.run(query)[0])
    #expect(all.contains("Fès-Meknès exceeded"))
    #expect(behind == ["Souss-Massa"])
  }

  @Test func writeAPage() throws {
    let result = try session.run("from results | summarize achievement by region")[0]
    let page = try EmbeddingExamples.writing(result)
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("lang=\"fr\"") && page.contains("Fès-Meknès"))
  }

  @Test func pointAtWhatIsWrong() {
    var printed: [[Any]] = []
    EmbeddingExamples.errors(session) { printed.append($0) }
    #expect(printed.first?.first as? String == "the query is wrong")
    #expect(printed.contains { $0.first as? String == "B0203" && $0[2] as? Int == 1 && $0[3] as? Int == 22 })
    #expect(printed.contains { $0.first as? String == "help:" })
  }

  @Test func stopWhenAsked() async throws {
    #expect(throws: BilanError.self) { try session.run("from results | count", isCancelled: { true }) }
    switch await EmbeddingExamples.cancellation(session) {
    case .failure(let error): #expect((error as? BilanError)?.kind == .cancelled)
    case .success(let results): #expect(results.count == 1, "it was done before it was asked")
    }
  }

  /// The paths of these examples are relative to the root of the package.
  @Test func findFilesFromWhereTheyRun() throws {
    _ = FileManager.default.changeCurrentDirectoryPath(Self.root.path)
    var printed: [String] = []
    try EmbeddingExamples.firstResult { first, _ in printed.append(first) }
    #expect(printed.contains("Fès-Meknès"))
    #expect(printed.contains("note:"))
    let error = #expect(throws: BilanError.self) { try EmbeddingExamples.options() }
    #expect(error?.description.contains("field/visits.csv") == true)
  }
}
