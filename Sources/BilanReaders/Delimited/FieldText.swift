import BilanColumnar

/// Reads the text of a field from its bytes in the file.
enum FieldText {
  /// Where the content of a field is, without blanks around and without quotes: for numbers, dates and codes.
  ///
  /// Doubled quotes inside stay doubled, which no number, date or code has.
  @inline(__always)
  static func trimmed(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, quote: UInt8) -> (start: Int, end: Int) {
    var (start, end) = withoutBlanks(bytes, from, to)
    if start < end, bytes[start] == quote, quote != 0 {
      start &+= 1
      if start < end, bytes[end &- 1] == quote { end &-= 1 }
      (start, end) = withoutBlanks(bytes, start, end)
    }
    return (start, end)
  }

  /// A range without the blanks at its ends, no-break spaces among them.
  @inline(__always)
  static func withoutBlanks(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (start: Int, end: Int) {
    var (start, end) = (from, to)
    while start < end, bytes[start] <= 0x20 { start &+= 1 }
    while start < end, bytes[end &- 1] <= 0x20 { end &-= 1 }
    if start < end, mayHaveWideBlank(first: bytes[start], last: bytes[end &- 1]) {
      return withoutWideBlanks(bytes, start, end)
    }
    return (start, end)
  }

  /// The place behind the blanks at a place, no-break ones among them.
  static func skippingBlanks(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var place = from
    while place < to, case let size = bytes[place] == 0x20 ? 1 : WideBlank.size(at: place, bytes, to: to), size > 0 {
      place += size
    }
    return place
  }

  /// The place where the blanks before a place begin.
  static func skippingBlanks(before to: Int, _ bytes: Span<UInt8>, _ from: Int) -> Int {
    var place = to
    while place > from,
      case let size = bytes[place - 1] == 0x20 ? 1 : WideBlank.size(before: place, bytes, from: from), size > 0
    {
      place -= size
    }
    return place
  }

  /// Whether the bytes from a place on, which there are, are those of a word.
  @inline(__always)
  static func holds(_ word: [UInt8], at place: Int, _ bytes: Span<UInt8>) -> Bool {
    word.indices.allSatisfy { bytes[place + $0] == word[$0] }
  }

  /// The same of a word in small letters, whatever the case of the ASCII ones.
  static func holds(_ word: [UInt8], inAnyCaseAt place: Int, _ bytes: Span<UInt8>) -> Bool {
    word.indices.allSatisfy { offset in
      let byte = bytes[place + offset]
      return byte == word[offset] || byte < 0x80 && byte >= 0x41 && byte | 0x20 == word[offset]
    }
  }

  /// Whether a byte is an ASCII letter, or one of a character that is not ASCII.
  static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20) }

  /// False where neither the first byte of a text begins a no-break space nor the last ends one.
  @inline(__always)
  static func mayHaveWideBlank(first: UInt8, last: UInt8) -> Bool {
    (first | last) >= 0x80 && (first == 0xC2 || first == 0xE2 || last == 0xA0 || last == 0xAF)
  }

  /// Takes U+00A0 and U+202F off both ends, with the blanks behind them.
  @inline(never)
  private static func withoutWideBlanks(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (start: Int, end: Int) {
    var (start, end) = (from, to)
    while start < end {
      let size = bytes[start] <= 0x20 ? 1 : WideBlank.size(at: start, bytes, to: end)
      if size == 0 { break }
      start += size
    }
    while start < end {
      let size = bytes[end - 1] <= 0x20 ? 1 : WideBlank.size(before: end, bytes, from: start)
      if size == 0 { break }
      end -= size
    }
    return (start, end)
  }

  /// Where the text of a field is, if it stands in the file as it is meant; else nil, and it is made in `scratch`.
  ///
  /// Blanks around an unquoted text are not part of it; inside quotes everything is.
  @inline(__always)
  static func content(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int, quote: UInt8, scratch: inout [UInt8]
  ) -> (start: Int, end: Int)? {
    if from < to, bytes[from] == quote, quote != 0 { return unquoted(bytes, from, to, quote, &scratch) }
    let (start, end) = withoutBlanks(bytes, from, to)
    return (start, max(start, end))
  }

  private static func unquoted(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ quote: UInt8, _ scratch: inout [UInt8]
  ) -> (start: Int, end: Int)? {
    var index = from + 1
    while index < to, bytes[index] != quote { index &+= 1 }
    if index >= to - 1 { return (from + 1, max(from + 1, index)) }
    // A doubled quote, or text after the closing quote.
    scratch.removeAll(keepingCapacity: true)
    index = from + 1
    var isOpen = true
    while index < to {
      let byte = bytes[index]
      index += 1
      if isOpen, byte == quote {
        if index < to, bytes[index] == quote {
          scratch.append(quote)
          index += 1
        } else {
          isOpen = false
        }
      } else {
        scratch.append(byte)
      }
    }
    // Blanks between a closing quote and the delimiter.
    if !isOpen, bytes[to - 1] != quote {
      while let last = scratch.last, last == 0x20 || last == 0x09 { scratch.removeLast() }
    }
    return nil
  }

  /// A text without blanks around.
  static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let (start, end) = trimmed(bytes.span, 0, bytes.count, quote: 0)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The text of a field as a `String`: for names and messages.
  static func string(_ bytes: [UInt8], _ range: Range<Int>, quote: UInt8) -> String {
    var scratch: [UInt8] = []
    if let (start, end) = content(bytes.span, range.lowerBound, range.upperBound, quote: quote, scratch: &scratch) {
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
    return String(decoding: scratch, as: UTF8.self)
  }
}
