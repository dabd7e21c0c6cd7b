import BilanColumnar

/// Quarters and semesters in Arabic: `الربع الأول 2019`, `الثلاثي الثاني من سنة 2019`, `النصف الأول من 2019`.
enum ArabicPeriod {
  /// The period that the trimmed cell `from..<to` writes; nil where it writes none.
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    guard to - from >= 20, to - from <= 64, bytes[from] == 0xD8, let year = PeriodCell.digits(bytes, to - 4, to),
      bytes[to - 5] &- 0x30 > 9
    else { return nil }
    return scan(bytes, from, to - 4, year: year)
  }

  /// What stands beside a year, `الربع الأول`.
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, year: Int) -> Period? {
    var index = from
    guard let letter = take(units, bytes, &index, to), let number = take(ordinals, bytes, &index, to) else {
      return nil
    }
    for word in links where take([(word: word, value: true)], bytes, &index, to) != nil {}
    return index == to ? PeriodCell.part(letter, number, of: year) : nil
  }

  /// The value of the word at a place, which is passed with the blanks behind it.
  private static func take<Value>(
    _ words: [(word: [UInt8], value: Value)], _ bytes: Span<UInt8>, _ index: inout Int, _ to: Int
  ) -> Value? {
    for (word, value) in words where word.count <= to - index && FieldText.holds(word, at: index, bytes) {
      let end = index + word.count
      let next = FieldText.skippingBlanks(bytes, end, to)
      guard next > end || end == to else { continue }
      index = next
      return value
    }
    return nil
  }

  private static let units: [(word: [UInt8], value: UInt8)] = [
    ("الربع", UInt8(ascii: "Q")), ("الثلاثي", UInt8(ascii: "Q")), ("النصف", UInt8(ascii: "S")),
    ("السداسي", UInt8(ascii: "S")), ("الأسدس", UInt8(ascii: "S")), ("الاسدس", UInt8(ascii: "S")),
  ].map { (Array($0.0.utf8), $0.1) }

  private static let ordinals: [(word: [UInt8], value: Int)] = [
    ("الأول", 1), ("الاول", 1), ("الثاني", 2), ("الثالث", 3), ("الرابع", 4),
  ].map { (Array($0.0.utf8), $0.1) }

  /// `من`, `لسنة` and their like, in the order in which they stand one behind the other.
  private static let links = ["من", "لسنة", "لعام", "سنة", "عام"].map { Array($0.utf8) }
}
