/// Turns windows-1252 into UTF-8. Latin-1 is the same but for 0x80...0x9F, which text in Latin-1 does not use.
enum Windows1252 {
  static func decode(_ raw: [UInt8], from start: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(raw.count + raw.count / 8)
    let span = raw.span
    for index in start..<span.count { append(span[index], to: &result) }
    return result
  }

  /// Keeps what is UTF-8 and reads every other byte as windows-1252.
  static func decodeForeignBytes(_ raw: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(raw.count + 64)
    let span = raw.span
    var index = 0
    while index < span.count {
      if span[index] >= 0x80, let size = UTF8Survey.sequenceSize(span, index) {
        for offset in 0..<size { result.append(span[index + offset]) }
        index += size
      } else {
        append(span[index], to: &result)
        index += 1
      }
    }
    return result
  }

  @inline(__always)
  private static func append(_ byte: UInt8, to result: inout [UInt8]) {
    if byte < 0x80 {
      result.append(byte)
      return
    }
    let scalar = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt16(byte)
    if scalar < 0x800 {
      result.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
    } else {
      result.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      result.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
    }
    result.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
  }

  /// 0x80...0x9F; the five that are not assigned stay control characters. Source: WHATWG Encoding, index-windows-1252.
  private static let upper: [UInt16] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
    0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0x009D, 0x017E, 0x0178,
  ]
}
