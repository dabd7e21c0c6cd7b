import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import Bilan

/// What `describe` counts, against counting plainly.
@Suite struct ColumnSurveyTests {
  private static func columns(_ chunks: [[String?]], isPrepared: Bool) -> [Column] {
    chunks.map { texts in
      var builder = ColumnBuilder(.text)
      for text in texts { builder.append(text.map { .text($0) } ?? .missing) }
      return isPrepared ? builder.finish().prepared() : builder.finish()
    }
  }

  @Test(arguments: 0..<60) func theMostFrequentTextsComeFirst(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let words = ["Fès", "fes", "Oriental", "é", "E", "", "zone 10", "zone 9"]
    let chunks = (0..<random.number(1...3)).map { _ in
      (0..<random.number(0...40)).map { _ -> String? in
        random.chance(10) ? nil : random.chance(50) ? random.pick(words) : "n\(random.number(0...20))"
      }
    }
    var counts: [String: Int] = [:]
    for text in chunks.joined() { if let text { counts[text, default: 0] += 1 } }
    let expected = counts.keys.sorted { one, other in
      counts[one]! != counts[other]! ? counts[one]! > counts[other]! : CollationKey(one) < CollationKey(other)
    }
    for limit in [nil, 0, 1, 4, 1000] as [Int?] {
      let survey = try ColumnSurvey(
        Self.columns(chunks, isPrepared: seed % 2 == 0), field: Field("t", .text), mostTexts: limit)
      #expect(survey.frequentTexts == Array(expected.prefix(limit ?? .max)), "seed \(seed)")
      #expect(survey.distinctCount == counts.count)
      #expect(survey.missingCount == chunks.joined().filter { $0 == nil }.count)
    }
  }

  @Test func rangesSpanAllParts() throws {
    let parts: [Column] = [
      .integer(IntegerColumn([5, 0, 7], validity: Bitmap(count: 3) { $0 != 1 })), .integer(IntegerColumn([-3, 9])),
      .integer(IntegerColumn([])),
    ]
    #expect(try ColumnSurvey(parts, field: Field("n", .integer)).examples == ["-3 … 9"])
    #expect(try ColumnSurvey([parts[2]], field: Field("n", .integer)).examples == [])
    let reals = Column.real(PrimitiveColumn(Buffer([2.5, 2.5])))
    #expect(try ColumnSurvey([reals], field: Field("n", .real)).examples == ["2.5"])
  }

  @Test func itIsCancelled() {
    let column = Self.columns([["a"]], isPrepared: false)
    #expect(throws: QueryError.self) { try ColumnSurvey(column, field: Field("t", .text), isCancelled: { true }) }
  }
}
