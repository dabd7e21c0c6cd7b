import BilanColumnar

/// Values as formats for machines write them, one at a time: for formats that are not written by the million.
enum CellWords {
  /// Numbers in full with a point, dates and periods as a query has them; empty for missing.
  static func text(_ value: Value) -> String {
    switch value {
    case .missing: return ""
    case .integer(let number): return String(number)
    case .real(let number): return real(number)
    case .ratio(let ratio): return ratio.value.map(real) ?? ""
    case .text(let text): return text
    case .boolean(let flag): return flag ? "true" : "false"
    case .date(let date): return date.description
    case .period(let period): return period.description
    case .duration(let count, let unit): return DurationText.machine(count, unit)
    }
  }

  private static func real(_ number: Double) -> String {
    guard number.isFinite else { return "" }
    var digits: [UInt8] = []
    NumberBytes.append(number, to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }
}
