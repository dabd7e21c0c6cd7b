/// Tables of Eurostat, whose first column holds several, separated by commas:
///
///     freq,sex,geo\TIME_PERIOD ⇥ 2019 ⇥ 2020       freq ⇥ sex ⇥ geo ⇥ 2019 ⇥ 2020
///     A,F,BE                   ⇥ 12.3 ⇥ :          A    ⇥ F   ⇥ BE  ⇥ 12.3 ⇥ :
///
/// What stands behind the backslash is the name of the columns across, and becomes blanks.
enum JoinedKeys {
  /// The same text with tabs in the place of those commas; nil where the first line is another, or some line has other
  /// keys.
  static func parted(_ bytes: [UInt8], from start: Int) -> [UInt8]? {
    let comma = UInt8(ascii: ",")
    guard let header = firstField(bytes, from: start), let end = bytes[header].firstIndex(of: UInt8(ascii: "\\")),
      isName(bytes[end + 1..<header.upperBound]), case let keyCount = bytes[header].count(where: { $0 == comma }) + 1,
      keyCount > 1,
      bytes[header.lowerBound..<end].split(separator: comma, omittingEmptySubsequences: false).allSatisfy(isName)
    else { return nil }
    var parted = bytes
    for place in end..<header.upperBound { parted[place] = 0x20 }
    var index = start
    while index < bytes.count {
      if bytes[index] != 0x0A, bytes[index] != 0x0D {
        guard let field = firstField(bytes, from: index) else { return nil }
        var found = 1
        for place in field where bytes[place] == comma {
          parted[place] = tab
          found += 1
        }
        guard found == keyCount else { return nil }
        index = field.upperBound
      }
      index = bytes[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    }
    return parted
  }

  private static let tab: UInt8 = 0x09

  /// What stands before the first tab of a line; nil where it has none.
  private static func firstField(_ bytes: [UInt8], from start: Int) -> Range<Int>? {
    var end = start
    while end < bytes.count, bytes[end] != tab {
      if bytes[end] == 0x0A { return nil }
      end += 1
    }
    return end < bytes.count ? start..<end : nil
  }

  private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty
      && bytes.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "_") || $0 == 0x20 }
  }
}
