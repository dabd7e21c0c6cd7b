/// Counts what of some bytes is UTF-8.
struct UTF8Survey {
  /// Well-formed sequences of more than one byte.
  private(set) var sequenceCount = 0
  /// Those of western letters and marks, which no text in windows-1252 has: `Ã©`, `Â«`, `â€™`.
  private(set) var westernCount = 0
  /// Those that are an apostrophe and a letter in Mac OS Roman, after a letter: `l’été`.
  private(set) var macCount = 0
  /// Bytes that belong to no well-formed sequence.
  private(set) var invalidCount = 0
  private(set) var firstInvalid = 0
  /// True where some byte is zero, which text has not.
  private(set) var hasZeroByte = false

  var isASCII: Bool { sequenceCount == 0 && invalidCount == 0 }

  init(_ bytes: [UInt8]) {
    let span = bytes.span
    // A loop without branches, which the compiler turns into vector code; most files end here.
    var union: UInt8 = 0
    var zeros: UInt8 = 0
    for index in span.indices {
      union |= span[index]
      zeros |= span[index] == 0 ? 1 : 0
    }
    hasZeroByte = zeros != 0
    if union < 0x80 { return }
    var index = 0
    while index < span.count {
      if span[index] < 0x80 {
        index += 1
      } else if let size = Self.sequenceSize(span, index) {
        sequenceCount += 1
        if Self.isWestern(span, index) { westernCount += 1 }
        if span[index] == 0xD5, index > 0, Self.isMacLetter(span[index + 1]),
          (0x61...0x7A).contains(span[index - 1] | 0x20)
        {
          macCount += 1
        }
        index += size
      } else {
        if invalidCount == 0 { firstInvalid = index }
        invalidCount += 1
        index += 1
      }
    }
  }

  /// Whether every sequence is one by chance, of two characters of Mac OS Roman.
  var isOfMacLetters: Bool { macCount > 0 && macCount == sequenceCount }

  /// à â é è ê in Mac OS Roman.
  private static func isMacLetter(_ byte: UInt8) -> Bool { (0x88...0x90).contains(byte) }

  /// Whether a sequence is a letter of Latin-1, `œ`, a French quote, a no-break space, a dash, an apostrophe or the euro.
  private static func isWestern(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    switch (bytes[index], bytes[index + 1]) {
    case (0xC3, _), (0xC2, 0xA0...0xBF), (0xC5, 0x92...0x93), (0xE2, 0x80), (0xE2, 0x82): true
    default: false
    }
  }

  /// The size of the well-formed sequence at `index`, whose first byte is not ASCII; nil where there is none.
  ///
  /// Source: The Unicode Standard, table 3-7.
  static func sequenceSize(_ bytes: Span<UInt8>, _ index: Int) -> Int? {
    let first = bytes[index]
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < bytes.count && range.contains(bytes[index + offset])
    }
    switch first {
    case 0xC2...0xDF: return continues(1) ? 2 : nil
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : nil
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : nil
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : nil
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : nil
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : nil
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : nil
    default: return nil
    }
  }
}
