/// Words whose unsigned order is the order of values, in every chunk alike; all ones where a value is missing, and for the
/// last of all values.
///
/// Decimals that are kept as whole numbers are ranked by these, as long as all chunks have the same digits; a chunk that
/// does not makes the words so far those of doubles (`words(_:)`).
package struct RankWords: Sendable {
  private let flip: UInt64
  /// Of the decimals whose whole numbers are ranked; nil where values are.
  package private(set) var digits: Int?

  private var isDescending: Bool { flip != 0 }

  private let isOfIntegers: Bool

  /// Whether whole numbers are ranked, by themselves or as those of decimals.
  package var isOfWholes: Bool { isOfIntegers || digits != nil }

  /// For columns like one of them.
  package init(of column: Column, isDescending: Bool) {
    flip = isDescending ? ~0 : 0
    if case .integer = column { isOfIntegers = true } else { isOfIntegers = false }
    if case .real(let column) = column, let decimals = column.decimals, column.wholes != nil {
      digits = decimals.digits
    }
  }

  /// Whether the words of a column mean the same as those before.
  package func accepts(_ column: Column) -> Bool { digits == nil || wholes(of: column) != nil }

  private func wholes(of column: Column) -> IntegerColumn? {
    guard let digits, case .real(let column) = column, let decimals = column.decimals,
      decimals.digits == digits
    else { return nil }
    return column.wholes
  }

  /// The same ranking by values.
  package var ofValues: RankWords {
    var result = self
    result.digits = nil
    return result
  }

  /// Words of whole numbers made words of the values.
  package func valueWords(of words: [UInt64]) -> [UInt64] {
    guard let digits else { return words }
    let scale = Decimals(digits: digits, greatest: 0).scale
    return words.map { word in
      word == ~0 ? word : SortWords.word(of: Double(whole(of: word)) / scale, isDescending)
    }
  }

  /// - Precondition: the column holds no texts, whose ranks are those of their chunk, and is accepted.
  package func words(_ column: Column) -> Buffer<UInt64> {
    let words = valueWords(column)
    guard let validity = column.validity else { return words }
    let values = words.span
    return Buffer(count: values.count) { validity[$0] ? values[$0] : ~0 }
  }

  /// The rows whose words are at most `word`, which is no missing value's; nil for columns whose values have to be turned
  /// into words first.
  ///
  /// - Precondition: the column is accepted.
  package func rows(of column: Column, upTo word: UInt64) -> Bitmap? {
    switch column {
    case .integer(let column): return rows(of: column, upTo: word)
    case .real(let real):
      if digits != nil { return wholes(of: column).flatMap { rows(of: $0, upTo: word) } }
      let bound = SortWords.real(of: word, isDescending)
      return ComparisonKernels.isWithin(real, isDescending ? bound...(.infinity) : (-.infinity)...bound)
    case .text, .boolean, .ratio: return nil
    }
  }

  private func rows(of column: IntegerColumn, upTo word: UInt64) -> Bitmap? {
    let bound = whole(of: word)
    return ComparisonKernels.isWithin(column, isDescending ? bound...(.max) : (.min)...bound)
  }

  private func whole(of word: UInt64) -> Int64 { Int64(bitPattern: word ^ flip ^ 1 << 63) }

  private func valueWords(_ column: Column) -> Buffer<UInt64> {
    switch column {
    case .integer(let column): return words(of: column.storage)
    case .real(let real):
      if let wholes = wholes(of: column) { return words(of: wholes.storage) }
      precondition(digits == nil, "the column must be accepted")
      let doubles = real.doubles
      let values = doubles.span
      let isDescending = isDescending
      return Buffer(count: values.count) { SortWords.word(of: values[$0], isDescending) }
    case .boolean(let column):
      let values = column.values
      let flip = flip
      return Buffer(count: values.count) { (values[$0] ? 1 : 0) ^ flip }
    case .ratio(let column):
      let isDescending = isDescending
      return Buffer(count: column.numerators.count) { row in
        column[row].value.map { SortWords.word(of: $0, isDescending) } ?? ~0
      }
    case .text: preconditionFailure("texts have no words that all chunks share")
    }
  }

  private func words(of integers: IntegerColumn.Storage) -> Buffer<UInt64> {
    switch integers {
    case .int8(let values): words(of: values)
    case .int16(let values): words(of: values)
    case .int32(let values): words(of: values)
    case .int64(let values): words(of: values)
    }
  }

  private func words<T: FixedWidthInteger>(of integers: Buffer<T>) -> Buffer<UInt64> {
    let values = integers.span
    let turn = flip ^ 1 << 63
    return Buffer(count: values.count) { UInt64(truncatingIfNeeded: values[$0]) ^ turn }
  }
}
