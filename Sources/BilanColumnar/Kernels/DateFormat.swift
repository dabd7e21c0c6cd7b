/// How a date is written: `yyyy-mm-dd`, `dd/mm/yyyy`, `d.m.yy`.
///
/// `yyyy` takes four digits, `yy`, `mm` and `dd` two, `m` and `d` one or two; every other character stands for
/// itself. Two-digit years are 1969 to 2068, as POSIX has them.
package struct DateFormat: Sendable {
  private enum Part: Sendable {
    case year4, year2
    case month(isPadded: Bool), day(isPadded: Bool)
    case literal(UInt8)
  }

  private let parts: [Part]

  /// Nil unless the format has one year, one month and one day.
  package init?(_ format: String) {
    var parts: [Part] = []
    let bytes = Array(format.utf8)
    var index = 0
    var letters = ""
    while index < bytes.count {
      let byte = bytes[index]
      let isLetter = (0x41...0x5A).contains(byte & ~0x20)
      guard isLetter else {
        parts.append(.literal(byte))
        index += 1
        continue
      }
      var length = 1
      while index + length < bytes.count, bytes[index + length] == byte { length += 1 }
      switch (byte | 0x20, length) {
      case (UInt8(ascii: "y"), 4): parts.append(.year4)
      case (UInt8(ascii: "y"), 2): parts.append(.year2)
      case (UInt8(ascii: "m"), 1...2): parts.append(.month(isPadded: length == 2))
      case (UInt8(ascii: "d"), 1...2): parts.append(.day(isPadded: length == 2))
      default: return nil
      }
      letters.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
      index += length
    }
    guard letters.count == 3, Set(letters).count == 3 else { return nil }
    self.parts = parts
  }

  /// The date that a text holds, white space around it apart; nil where it holds none.
  package func parse(_ text: String) -> CalendarDate? {
    var bytes = Array(text.utf8)[...]
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    var (year, month, day) = (0, 0, 0)
    for part in parts {
      switch part {
      case .literal(let byte):
        guard bytes.first == byte else { return nil }
        bytes.removeFirst()
      case .year4:
        guard let value = Self.number(&bytes, digits: 4...4) else { return nil }
        year = value
      case .year2:
        guard let value = Self.number(&bytes, digits: 2...2) else { return nil }
        year = value < 69 ? 2000 + value : 1900 + value
      case .month(let isPadded):
        guard let value = Self.number(&bytes, digits: isPadded ? 2...2 : 1...2) else { return nil }
        month = value
      case .day(let isPadded):
        guard let value = Self.number(&bytes, digits: isPadded ? 2...2 : 1...2) else { return nil }
        day = value
      }
    }
    return bytes.isEmpty && year > 0 ? CalendarDate(year: year, month: month, day: day) : nil
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>, digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while count < digits.upperBound, let byte = bytes.first, byte >= 0x30, byte <= 0x39 {
      value = value * 10 + Int(byte - 0x30)
      count += 1
      bytes.removeFirst()
    }
    return digits.contains(count) ? value : nil
  }
}
