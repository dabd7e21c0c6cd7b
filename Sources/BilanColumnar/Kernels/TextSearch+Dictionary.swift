extension TextSearch {
  /// The rows whose text is a hit; false where there is none.
  package func rows(of column: TextColumn) -> Bitmap {
    let dictionary = column.dictionary
    // Where as many rows ask as there are texts, one pass over all of them is the least work.
    guard isAnywhere, column.count >= dictionary.count, dictionary.count > 0 else {
      return TextKernels.matching(column) { matches(dictionary, $0) }
    }
    let hits = hits(in: dictionary)
    let codes = column.codes.span
    // An invalid slot holds 0.
    let bits = Bitmap(count: codes.count) { hits[Int(codes[$0])] }
    return column.validity.map { bits.and($0) } ?? bits
  }

  /// Which texts of a dictionary are hits.
  ///
  /// The naive way looks at text after text. Here their bytes, which stand end to end, are run through eight at a time for
  /// the first and the last byte of what is looked for, and what has both at their distance is looked at.
  ///
  ///     … almond antique g r e e n … forest green …
  ///                      g·······n          first and last byte of `green`
  private func hits(in dictionary: TextDictionary) -> Bitmap {
    var cursor = HitCursor(dictionary)
    if needle.isEmpty { return Bitmap(repeating: true, count: dictionary.count) }
    let text = dictionary.bytes
    let bytes = unsafe text.span.bytes
    let (start, end) = (Int(dictionary.offsets[0]), Int(dictionary.offsets[dictionary.count]))
    // Upper case is looked for as lower case; what else that finds is looked at and left.
    let caseBit: UInt64 = isFolded ? Self.each(0x20) : 0
    let first = Self.each(needle[0]) | caseBit
    let last = Self.each(needle[needle.count - 1]) | caseBit
    let reach = needle.count - 1
    var place = start
    while place + reach + 8 <= end {
      // SAFETY: both words end within the bytes.
      let (head, tail) = unsafe (
        bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self),
        bytes.unsafeLoadUnaligned(fromByteOffset: place + reach, as: UInt64.self)
      )
      var found =
        Self.zeroBytes((UInt64(littleEndian: head) | caseBit) ^ first)
        & Self.zeroBytes((UInt64(littleEndian: tail) | caseBit) ^ last)
      while found != 0 {
        check(place + found.trailingZeroBitCount >> 3, &cursor)
        found &= found - 1
      }
      if isFolded {
        var foreign = UInt64(littleEndian: head) & Self.each(0x80)
        while foreign != 0 {
          cursor.markForeign(place + foreign.trailingZeroBitCount >> 3)
          foreign &= foreign - 1
        }
      }
      place += 8
    }
    let span = text.span
    for place in place..<max(place, end) {
      if place + reach < end { check(place, &cursor) }
      if isFolded, span[place] >= 0x80 { cursor.markForeign(place) }
    }
    // What folding does to other letters than those of ASCII is known text by text.
    for code in cursor.foreign { cursor.hits[code] = matches(dictionary, code) }
    return cursor.hits
  }

  /// Notes the text in which what is looked for begins at a place.
  private func check(_ place: Int, _ cursor: inout HitCursor) {
    let code = cursor.text(at: place)
    guard place + needle.count <= cursor.end(of: code) else { return }
    let bytes = cursor.dictionary.bytes
    let span = bytes.span
    for (index, byte) in needle.enumerated() {
      let own = span[place + index]
      if own != byte, !isFolded || own < 0x41 || own > 0x5A || own | 0x20 != byte { return }
    }
    cursor.hits[code] = true
  }

  private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The highest bit of each byte that is 0, and perhaps of some above one that is.
  ///
  /// Source: S. E. Anderson, "Bit Twiddling Hacks".
  private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- each(0x01)) & ~word & each(0x80) }
}

/// Goes through the texts of a dictionary as places in its bytes ascend, and keeps what was found.
private struct HitCursor {
  let dictionary: TextDictionary
  var hits: Bitmap
  /// Texts with other letters than those of ASCII.
  private(set) var foreign: [Int] = []
  private var code = 0

  init(_ dictionary: TextDictionary) {
    self.dictionary = dictionary
    hits = Bitmap(repeating: false, count: dictionary.count)
  }

  func end(of code: Int) -> Int { Int(dictionary.offsets[code + 1]) }

  /// - Precondition: no place is asked after a later one, but within eight bytes of it.
  mutating func text(at place: Int) -> Int {
    while code > 0, place < Int(dictionary.offsets[code]) { code -= 1 }
    while end(of: code) <= place { code += 1 }
    return code
  }

  mutating func markForeign(_ place: Int) {
    let code = text(at: place)
    if foreign.last != code { foreign.append(code) }
  }
}
