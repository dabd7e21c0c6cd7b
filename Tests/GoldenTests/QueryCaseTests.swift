import Bilan
import BilanTestSupport
import Testing

/// Queries and what they give: `Cases/query`.
@Suite struct QueryCaseTests {
  static let cases = GoldenCase.all(in: GoldenProject.root + "/Tests/GoldenTests/Cases/query")

  @Test(arguments: cases)
  func query(_ given: GoldenCase) throws {
    let project = try GoldenProject(given.files)
    let mismatches = Golden.check(given) { given, words in GoldenQuery(words).output(of: given.input, project: project) }
    for mismatch in mismatches { Issue.record("\(mismatch)") }
  }

  /// Results depend neither on how rows are cut nor on how many threads work.
  @Test(arguments: cases)
  func anyCut(_ given: GoldenCase) throws {
    let project = try GoldenProject(given.files)
    for section in given.sections where !section.isFile {
      let query = GoldenQuery(section.words)
      let cut = SessionOptions(workers: 3, chunkSize: 7)
      #expect(
        query.output(of: given.input, project: project, options: cut)
          == query.output(of: given.input, project: project))
    }
  }

  @Test func thereAreCases() { #expect(Self.cases.count > 60) }

  @Test(.enabled(if: Golden.isRecording)) func aRecordingNeverPasses() {
    Issue.record("expectations were written: read the difference, then run the tests without BILAN_RECORD")
  }
}
