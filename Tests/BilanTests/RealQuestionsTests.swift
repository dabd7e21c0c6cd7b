import Bilan
import BilanDiagnostics
import BilanRenderers
import BilanTestSupport
import Foundation
import Testing

/// Questions about files as people publish them, where the files are at hand; the answers were computed by other tools.
///
/// The directory is `BILAN_REAL_DATA`, else `shared/data/real` beside the package. Numbers are those of its list.
@Suite(.enabled(if: RealData.isPresent, "no real data beside the package"))
struct RealQuestionsTests {
  struct Question: Sendable, CustomTestStringConvertible {
    var numbers: String
    var query: String
    /// The results as CSV, an empty line between them.
    var answer: String

    init(_ numbers: String, _ query: String, _ answer: String) {
      self.numbers = numbers
      self.query = query
      self.answer = answer
    }

    var testDescription: String { numbers }
  }

  static let questions = administration + research + spreadsheets + exchange

  @Test(arguments: questions)
  func answer(_ question: Question) throws {
    let session = Session(catalog: try Catalog([]), options: SessionOptions(today: "2021-01-22"))
    let results = try session.run(question.query, sourceName: RealData.directory + "/question.bilan")
    let output = results.map { result in
      var sink = BufferSink()
      render(result.table, notes: [], as: .csv, options: RenderOptions(), into: &sink)
      return sink.text
    }
    #expect(output.joined(separator: "\n") == question.answer + "\n")
  }
}
