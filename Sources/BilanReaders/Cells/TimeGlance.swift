/// A first look at texts, before they are compared with all that days and periods are written with.
enum TimeGlance {
  /// False for most texts that are no day and no period: those that begin with a letter and have no digit, or end in five
  /// digits and more, as identifiers do.
  static func mayBeTime(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard bytes[from] >= 0x41, bytes[from] < 0x80, bytes[to - 1] < 0x80 else { return true }
    var index = to
    while index > from, bytes[index - 1] &- 0x30 < 10 { index -= 1 }
    if index < to { return to - index < 5 }
    // A year stands shortly before a mark; behind a date there may be the name of a time zone.
    let first = max(from, to - (bytes[to - 1] == UInt8(ascii: ")") ? 64 : 20))
    while index > first {
      index -= 1
      if bytes[index] &- 0x30 < 10 || bytes[index] >= 0xD8 { return true }
    }
    return false
  }
}
