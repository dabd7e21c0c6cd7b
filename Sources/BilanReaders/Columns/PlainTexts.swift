/// Texts that are nothing but texts, told at a glance: of large files nearly all that differ from one another are such, and
/// comparing each with all that values are written with would take a third of the time of reading them.
struct PlainTexts {
  private let codes: CodeList
  /// What stood before the digits of the last identifier, up to eight letters in one word and a mark behind them or zero,
  /// and whether such a text is plain.
  private var last: (letters: UInt64, mark: UInt8, isPlain: Bool)?

  init(codes: CodeList) { self.codes = codes }

  /// Whether a trimmed cell counts as a value and as nothing else; false where that is to be found out.
  @inline(__always)
  mutating func contains(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end &- start >= Self.leastSize, Self.isLetter(bytes[start]) else { return false }
    let final = bytes[end &- 1]
    if final &- 0x30 < 10 { return isNumbered(bytes, start, end) }
    return Self.isLetter(final) && end &- start > max(7, codes.longest) && Self.isWords(bytes, start, end)
  }

  private static let leastSize = 6

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Words without a digit are no number, day or period; a label of a total or an amount that is missing they may be.
  private static func isWords(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    !hasOthers(bytes, start, end) && !TotalLabel.mayBe(bytes, start, end)
      && AmountUnit.amount(bytes, start, end) == nil
  }

  /// Whether there are digits, or bytes that are not ASCII, in eight bytes or more.
  private static func hasOthers(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    precondition(start >= 0 && end - start >= 8 && end <= bytes.count)
    // SAFETY: eight bytes from `start` on lie before `end`, and so do those from each place up to `end - 8`.
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      var index = start
      while true {
        let word = unsafe FieldWords.load(bytes.baseAddress!, min(index, end &- 8))
        // The bytes of digits are then 0 to 9, which less 10 have the highest bit.
        let digits = word ^ (ones &* 0x30)
        if (word | (digits &- ones &* 10) & ~digits) & (ones &* 0x80) != 0 { return true }
        index &+= 8
        if index >= end { return false }
      }
    }
  }

  /// Letters, a mark or none, and five digits or more: `id1642073`, `Customer#000000001`. What such a text is depends on
  /// what is before its digits.
  private mutating func isNumbered(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var digits = end &- 1
    while bytes[digits &- 1] &- 0x30 < 10 { digits &-= 1 }
    var letters = digits
    var mark: UInt8 = 0
    switch bytes[digits &- 1] {
    case UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      letters &-= 1
      mark = bytes[letters]
    default: break
    }
    guard end &- digits >= 5, end &- start <= 24, letters &- start <= 8 else { return false }
    var word: UInt64 = 0
    var hasSmall = false
    for index in start..<letters {
      guard Self.isLetter(bytes[index]) else { return false }
      hasSmall = hasSmall || bytes[index] >= 0x61
      word = word &<< 8 | UInt64(bytes[index])
    }
    if let last, last.letters == word, last.mark == mark { return last.isPlain }
    // Codes of capitals and digits are counted.
    let isPlain =
      hasSmall && !codes.hasNumbered && !TotalLabel.mayBe(bytes, start, end)
      && AmountUnit.amount(bytes, start, end) == nil
    last = (word, mark, isPlain)
    return isPlain
  }
}
