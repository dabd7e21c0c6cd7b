/// Finds line numbers of a file, for messages only: counting is linear, so nothing keeps them.
enum SourceLines {
  /// The line (1-based) that holds `offset`; CR, LF and CRLF end lines, inside quotes too, as an editor counts.
  static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    lines(of: [offset], in: bytes)[0]
  }

  /// The same for several offsets, ascending, in one pass.
  static func lines(of offsets: [Int], in bytes: [UInt8]) -> [Int] {
    var result: [Int] = []
    let span = bytes.span
    var line = 1
    var index = 0
    for offset in offsets {
      while index < min(offset, span.count) {
        let byte = span[index]
        if byte == 0x0A || (byte == 0x0D && !(index + 1 < span.count && span[index + 1] == 0x0A)) { line += 1 }
        index += 1
      }
      result.append(line)
    }
    return result
  }

  /// Where a line begins, counted from 1 as editors count; nil behind the last.
  static func offset(ofLine line: Int, _ bytes: [UInt8], from start: Int) -> Int? {
    let span = bytes.span
    var index = start
    var number = 1
    while number < line, index < span.count {
      let byte = span[index]
      index += 1
      if byte == 0x0D, index < span.count, span[index] == 0x0A { index += 1 }
      if byte == 0x0A || byte == 0x0D { number += 1 }
    }
    return number == line && index < span.count ? index : nil
  }
}
