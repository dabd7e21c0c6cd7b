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
      .real(
        RealColumn(
          wholes: .int8(Buffer(integers)), validity: validity, decimals: Decimals(digits: 2, greatest: 100))),
    ]
    for column in columns {
      let ranking = RankWords(of: column, isDescending: isDescending)
      let words = ranking.words(column)
      for row in 0..<column.count where words[row] != .max && column.isValid(row) {
        let rows = ranking.rows(of: column, upTo: words[row])
        #expect(rows == Bitmap(count: column.count) { column.isValid($0) && words[$0] <= words[row] })
      }
    }
  }

  /// A chunk of decimals with other digits, or of doubles, goes with words of values.
  @Test(arguments: [false, true])
  func chunksOfOtherDigits(_ isDescending: Bool) {
    let validity = Bitmap(count: 5) { $0 != 3 }
    let tenths: [Int8] = [-25, 0, 7, 0, 100]
    let column = Column.real(
      RealColumn(wholes: .int8(Buffer(tenths)), validity: validity, decimals: Decimals(digits: 1, greatest: 100)))
    let others: [Column] = [
      .real(RealColumn(wholes: .int8(Buffer([1])), decimals: Decimals(digits: 2, greatest: 1))),
      .real(PrimitiveColumn(Buffer([0.1]))),
    ]
    let ranking = RankWords(of: column, isDescending: isDescending)
    #expect(ranking.accepts(column))
    for other in others { #expect(!ranking.accepts(other)) }
    let values = ranking.ofValues
    for other in others { #expect(values.accepts(other)) }
    let doubles = Column.real(PrimitiveColumn(Buffer(tenths.map { Double($0) / 10 }), validity: validity))
    #expect(ranking.valueWords(of: ranking.words(column).array) == values.words(doubles).array)
    #expect(values.words(column).array == values.words(doubles).array)
  }
}
