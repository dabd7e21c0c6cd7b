/// Numbers in the digits of Arabic and of Persian, `١٢٫٥` and `۱۲`, and marks of direction around values.
enum ArabicDigits {
  /// A value in the digits 0 to 9 and without marks of direction; nil where it has neither at its ends, or no digit.
  @inline(__always)
  static func plain(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8]? {
    bytes[from] >= 0x80 || bytes[to - 1] >= 0x80 ? inPlainDigits(bytes, from, to) : nil
  }

  private static func inPlainDigits(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> [UInt8]? {
    var isForeign = false
    var index = from
    var text: [UInt8] = []
    while index < to {
      let (sign, size) = sign(bytes, index, to)
      if size == 0 {
        if isForeign { text.append(bytes[index]) }
        index += 1
        continue
      }
      if !isForeign {
        isForeign = true
        for place in from..<index { text.append(bytes[place]) }
      }
      if let sign { text.append(sign) }
      index += size
    }
    guard isForeign, text.contains(where: { $0 &- 0x30 < 10 }) else { return nil }
    // In Arabic the sign stands before its number, `٪١٢`.
    if text[0] == UInt8(ascii: "%") { text.append(text.removeFirst()) }
    return text
  }

  /// What a foreign sign at a place is, nil for one that shows nothing, and its size; 0 where there is none.
  private static func sign(_ bytes: Span<UInt8>, _ index: Int, _ to: Int) -> (sign: UInt8?, size: Int) {
    guard index + 1 < to else { return (nil, 0) }
    let next = bytes[index + 1]
    switch bytes[index] {
    case 0xD9 where (0xA0...0xA9).contains(next): return (next - 0xA0 + 0x30, 2)
    // `٪`, `٫` and `٬`
    case 0xD9 where next == 0xAA: return (UInt8(ascii: "%"), 2)
    case 0xD9 where next == 0xAB: return (UInt8(ascii: ","), 2)
    case 0xD9 where next == 0xAC: return (UInt8(ascii: "'"), 2)
    case 0xDB where (0xB0...0xB9).contains(next): return (next - 0xB0 + 0x30, 2)
    // U+061C, U+200E, U+200F, U+202A…U+202E
    case 0xD8 where next == 0x9C: return (nil, 2)
    case 0xE2 where next == 0x80 && index + 2 < to:
      let last = bytes[index + 2]
      return last == 0x8E || last == 0x8F || (0xAA...0xAE).contains(last) ? (nil, 3) : (nil, 0)
    default: return (nil, 0)
    }
  }
}
