import BilanTestSupport
import Testing

@testable import BilanColumnar

/// Rows whose value reaches a word, against their words.
@Suite struct RankWordsTests {
  @Test(arguments: [false, true])
  func rowsThatReachAWord(_ isDescending: Bool) {
    var random = SplitMix64(seed: 5)
    let count = 300
    let validity = Bitmap(count: count) { _ in Int.random(in: 0..<4, using: &random) > 0 }
    let reals: [Double] = (0..<count).map { row in
      switch row % 5 {
      case 0: -0.0
      case 1: 0.0
      case 2: [-.greatestFiniteMagnitude, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1e300][row / 5 % 4]
      default: Double(Int.random(in: -50...50, using: &random)) / 8
      }
    }
    let integers = (0..<count).map { _ in Int8.random(in: -100...100, using: &random) }
    let columns: [Column] = [
      .real(PrimitiveColumn(Buffer(reals))), .real(PrimitiveColumn(Buffer(reals), validity: validity)),
      .integer(IntegerColumn(.int8(Buffer(integers)), validity: validity)),
      .integer(IntegerColumn([Int64.min, .max, 0, -1, 1])),
    ]
    for column in columns {
      let words = RankWords.words(column, isDescending: isDescending)
      for row in 0..<column.count where words[row] != .max && column.isValid(row) {
        let rows = RankWords.rows(of: column, upTo: words[row], isDescending: isDescending)
        #expect(rows == Bitmap(count: column.count) { column.isValid($0) && words[$0] <= words[row] })
      }
    }
  }
}
