import BilanDiagnostics

/// An encoding of one byte a character, whose lower half is ASCII.
struct ByteTable {
  /// The characters of 0x80...0xFF.
  private let upper: [UInt16]

  /// Nil for encodings that are not of this kind.
  init?(_ encoding: TextEncoding) {
    switch encoding {
    case .windows1252: upper = Self.upperOf1252 + (0xA0...0xFF)
    case .latin9: upper = Self.upperOfLatin9
    case .macRoman: upper = Self.upperOfMacRoman
    default: return nil
    }
  }

  /// Latin-1 is the same but for 0x80...0x9F, which text in Latin-1 does not use.
  static var windows1252: ByteTable { ByteTable(.windows1252)! }

  func decode(_ raw: [UInt8], from start: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(raw.count + raw.count / 8)
    let span = raw.span
    for index in start..<span.count { append(span[index], to: &result) }
    return result
  }

  /// Keeps what is UTF-8 and decodes every other byte.
  func decodeForeignBytes(_ raw: [UInt8]) -> [UInt8] {
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
  private func append(_ byte: UInt8, to result: inout [UInt8]) {
    if byte < 0x80 {
      result.append(byte)
      return
    }
    let scalar = upper[Int(byte) - 0x80]
    if scalar < 0x800 {
      result.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
    } else {
      result.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      result.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
    }
    result.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
  }

  /// 0x80...0x9F; the five that are not assigned stay control characters. Source: WHATWG Encoding, index-windows-1252.
  private static let upperOf1252: [UInt16] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
    0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0x009D, 0x017E, 0x0178,
  ]

  /// Latin-1 but for eight characters. Source: ISO/IEC 8859-15.
  private static let upperOfLatin9: [UInt16] = {
    var upper = [UInt16](0x80...0xFF)
    for (byte, scalar): (Int, UInt16) in [
      (0xA4, 0x20AC), (0xA6, 0x0160), (0xA8, 0x0161), (0xB4, 0x017D), (0xB8, 0x017E), (0xBC, 0x0152), (0xBD, 0x0153),
      (0xBE, 0x0178),
    ] {
      upper[byte - 0x80] = scalar
    }
    return upper
  }()

  /// Source: Unicode, VENDORS/APPLE/ROMAN.TXT.
  private static let upperOfMacRoman: [UInt16] = [
    0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3, 0x00E5, 0x00E7,
    0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3, 0x00F2, 0x00F4, 0x00F6, 0x00F5,
    0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3, 0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9,
    0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8, 0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202, 0x2211,
    0x220F, 0x03C0, 0x222B, 0x00AA, 0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248,
    0x2206, 0x00AB, 0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D,
    0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02, 0x2021, 0x00B7,
    0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE, 0x00CF, 0x00CC, 0x00D3, 0x00D4,
    0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC, 0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD,
    0x02DB, 0x02C7,
  ]
}
