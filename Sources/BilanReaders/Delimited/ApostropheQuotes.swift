/// Cells that stand in apostrophes, as some databases and scripts write them where others have quotes:
///
///     'nom';'montant'
///     'Amal';'1 200,5'
enum ApostropheQuotes {
  /// Lines that are looked at.
  private static let sampleLines = 50
  private static let apostrophe = UInt8(ascii: "'")
  private static let delimiters = [UInt8(ascii: ";"), UInt8(ascii: ","), 0x09, UInt8(ascii: "|")]

  /// Whether the first lines begin and end with apostrophes, and have as many of them around one delimiter, two lines at
  /// least.
  static func areThere(_ bytes: [UInt8], from start: Int) -> Bool {
    guard start < bytes.count, bytes[start] == apostrophe else { return false }
    return delimiters.contains { delimiter in
      var (lines, joints) = (0, 0)
      var index = start
      while index < bytes.count, lines < sampleLines {
        var end = index
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        var last = end
        if last > index, bytes[last - 1] == 0x0D { last -= 1 }
        if last > index {
          let count = self.joints(bytes[index..<last], delimiter)
          guard last - index > 1, bytes[index] == apostrophe, bytes[last - 1] == apostrophe, count > 0,
            lines == 0 || count == joints
          else { return false }
          (lines, joints) = (lines + 1, count)
        }
        index = end + 1
      }
      return lines > 1
    }
  }

  /// How often a delimiter stands between two apostrophes.
  private static func joints(_ line: ArraySlice<UInt8>, _ delimiter: UInt8) -> Int {
    line.indices.count { place in
      line[place] == delimiter && place > line.startIndex && place + 1 < line.endIndex && line[place - 1] == apostrophe
        && line[place + 1] == apostrophe
    }
  }
}
