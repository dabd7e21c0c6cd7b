/// Tables with ruled lines, as Markdown and database shells print them:
///
///     | région | n |         région | n         +--------+---+
///     |--------|---|        --------+---        | région | n |
///     | Fès    | 3 |         Fès    | 3         +--------+---+
///
/// Lines of rules become empty, and bars at the ends of lines blanks, so that every line keeps its number.
enum RuledTable {
  struct Found {
    var bytes: [UInt8]
    /// Where the line of names begins.
    var start: Int
    /// Whether something else than rules stands above it.
    var hasTitles: Bool
  }

  /// The same text with bars between its cells alone; nil where the first line with a bar has no rule below it.
  static func unwrapped(_ bytes: [UInt8], from start: Int) -> Found? {
    // A rule has several dashes, and stands at the beginning of the file.
    var lines = lines(bytes, from: start, limit: lineLimit)[...]
    while let line = lines.first, !isRow(bytes, line) || isWholeRule(bytes, line) { lines.removeFirst() }
    guard let names = lines.first, let second = lines.dropFirst().first,
      case let cells = bars(bytes, inside: names) + 1,
      rule(bytes, second) == cells || cells > 1 && isWholeRule(bytes, second)
    else { return nil }
    var found = Found(bytes: Array(bytes[..<start]), start: start, hasTitles: false)
    // Bars stand at the ends of all lines or of none, where the first cell of one may be empty.
    let isFramed = bytes[trimmed(bytes, names).from] == bar
    var index = start
    for line in Self.lines(bytes, from: start, limit: .max) {
      found.bytes += bytes[index..<line.lowerBound]
      index = line.upperBound
      if line == names { found.start = found.bytes.count }
      if self.rule(bytes, line) != nil || isWholeRule(bytes, line) || isCount(bytes, line) { continue }
      if line.lowerBound < names.lowerBound { found.hasTitles = true }
      let (from, to) = trimmed(bytes, line)
      guard isFramed, line.lowerBound >= names.lowerBound, from < to else {
        found.bytes += bytes[line]
        continue
      }
      found.bytes +=
        bytes[(bytes[from] == bar ? from + 1 : from)..<(bytes[to - 1] == bar && to - 1 > from ? to - 1 : to)]
    }
    found.bytes += bytes[index...]
    return found
  }

  private static let bar = UInt8(ascii: "|")
  /// One or two dashes mean that a value is missing.
  private static let fewestDashes = 3
  /// Lines looked at for the names.
  private static let lineLimit = 50

  private static func lines(_ bytes: [UInt8], from start: Int, limit: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = start
    while index < bytes.count, found.count < limit {
      var end = index
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      if end > index { found.append(index..<end) }
      index = end + 1
    }
    return found
  }

  private static func trimmed(_ bytes: [UInt8], _ line: Range<Int>) -> (from: Int, to: Int) {
    var (from, to) = (line.lowerBound, line.upperBound)
    while from < to, bytes[from] <= 0x20 { from += 1 }
    while to > from, bytes[to - 1] <= 0x20 { to -= 1 }
    return (from, to)
  }

  private static func isRow(_ bytes: [UInt8], _ line: Range<Int>) -> Bool { bytes[line].contains(bar) }

  /// The bars of a line that do not stand at its ends.
  private static func bars(_ bytes: [UInt8], inside line: Range<Int>) -> Int {
    var (from, to) = trimmed(bytes, line)
    if from < to, bytes[from] == bar { from += 1 }
    if from < to, bytes[to - 1] == bar { to -= 1 }
    return (from..<to).count { bytes[$0] == bar }
  }

  /// How many cells a line of rules has, `|---|:--:|` or `----+----`; nil for other lines.
  private static func rule(_ bytes: [UInt8], _ line: Range<Int>) -> Int? {
    var (from, to) = trimmed(bytes, line)
    guard to - from >= 3 else { return nil }
    if bytes[from] == bar || bytes[from] == UInt8(ascii: "+") { from += 1 }
    if bytes[to - 1] == bar || bytes[to - 1] == UInt8(ascii: "+") { to -= 1 }
    var (cells, dashes) = (1, 0)
    for place in from..<to {
      switch bytes[place] {
      case UInt8(ascii: "-"): dashes += 1
      case UInt8(ascii: ":"), 0x20: continue
      case bar, UInt8(ascii: "+"):
        guard dashes >= fewestDashes else { return nil }
        (cells, dashes) = (cells + 1, 0)
      default: return nil
      }
    }
    return dashes >= fewestDashes && cells > 1 ? cells : nil
  }

  /// Whether a line is of dashes alone, with bars at its ends or without, as SAP prints them around its lists.
  private static func isWholeRule(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    var (from, to) = trimmed(bytes, line)
    if to - from > 2, bytes[from] == bar, bytes[to - 1] == bar { (from, to) = (from + 1, to - 1) }
    return to - from >= 10 && (from..<to).allSatisfy { bytes[$0] == UInt8(ascii: "-") }
  }

  /// What a database shell says below a table: `(2 rows)`.
  private static func isCount(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    let (from, to) = trimmed(bytes, line)
    guard to - from >= 7, bytes[from] == UInt8(ascii: "("), bytes[to - 1] == UInt8(ascii: ")") else { return false }
    let words = bytes[from + 1..<to - 1].split(separator: 0x20)
    return words.count == 2 && words[0].allSatisfy { $0 &- 0x30 < 10 }
      && ["row", "rows", "ligne", "lignes"].contains(String(decoding: words[1], as: UTF8.self))
  }
}
