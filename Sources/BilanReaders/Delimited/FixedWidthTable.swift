/// Tables whose columns are kept apart by blanks alone, as statistical packages, spreadsheets (`.prn`) and database shells
/// print them:
///
///     Région        Année   Femmes        id  nom            montant
///     Oriental       2019      120        --- -------------- -------
///     Fès-Meknès     2019       80        001 Fatima Zahra    120,00
///
/// What stands blank in every line from the names on is between two columns, where most lines have more than one blank
/// there: one alone stands between words (`Projet 1`, `Projet 2`). Below the names a line of dashes says where columns are.
struct FixedWidthTable {
  /// The same text with a tab between cells, which have no blanks at their ends; every line keeps its number.
  var bytes: [UInt8]
  var columnCount: Int

  /// What a descriptor says of such a table.
  static let delimiter = UInt8(ascii: " ")
  /// What stands between the cells in `bytes`.
  static let inserted = UInt8(ascii: "\t")

  /// Nil where the lines have delimiters, or no blanks that keep columns apart.
  init?(_ source: [UInt8], from start: Int) {
    guard Self.looksAligned(source, from: start) else { return nil }
    let lines = Self.lines(source, from: start, limit: .max)
    guard let table = Self.table(source, lines) else { return nil }
    columnCount = table.gutters.count + 1
    bytes = Array(source[..<start])
    bytes.reserveCapacity(source.count)
    var index = start
    for (number, line) in lines.enumerated() {
      bytes += source[index..<line.lowerBound]
      index = line.upperBound
      if number == table.rule { continue }
      if number >= table.names, Self.fits(source, line, table.gutters) {
        Self.append(source, line, table.gutters, to: &bytes)
      } else {
        bytes += source[line]
      }
    }
    bytes += source[index...]
  }

  /// Lines looked at for the names, and those that tell at a glance whether a file can be such a table.
  private static let (namesLimit, glance) = (12, 50)
  private static let fewestLines = 3
  private static let blank = UInt8(ascii: " ")

  /// Whether the first lines have no delimiters, and half of them several blanks inside.
  private static func looksAligned(_ bytes: [UInt8], from start: Int) -> Bool {
    let first = lines(bytes, from: start, limit: glance)
    let delimiters = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")]
    guard first.count >= fewestLines, !first.contains(where: { bytes[$0].contains(where: delimiters.contains) })
    else { return false }
    return first.count(where: { isParted(bytes, $0) }) * 2 >= first.count
  }

  /// Whether more than one blank stands between characters of a line.
  private static func isParted(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    var run = 0
    for place in line.drop(while: { bytes[$0] == blank }) {
      if bytes[place] == blank {
        run += 1
      } else {
        if run > 1 { return true }
        run = 0
      }
    }
    return false
  }

  /// Lines that are not blank.
  private static func lines(_ bytes: [UInt8], from start: Int, limit: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = start
    while index < bytes.count, found.count < limit {
      var (end, hasText) = (index, false)
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
        if bytes[end] != blank { hasText = true }
        end += 1
      }
      if hasText { found.append(index..<end) }
      index = end + 1
    }
    return found
  }

  /// Which places of characters are not blank in some of the lines.
  private static func taken(_ bytes: [UInt8], _ lines: some Sequence<Range<Int>>) -> [Bool] {
    var taken: [Bool] = []
    for line in lines {
      var place = 0
      for index in line where !isContinuation(bytes[index]) {
        if taken.count == place { taken.append(false) }
        if bytes[index] != blank { taken[place] = true }
        place += 1
      }
    }
    return taken
  }

  /// The runs of places that are blank in all lines, between others, where most lines with a cell on both sides have more
  /// than one blank between them.
  private static func gutters(_ bytes: [UInt8], _ lines: [Range<Int>]) -> [Range<Int>] {
    var gutters = gaps(taken(bytes, lines))
    while true {
      var between = [Int](repeating: 0, count: gutters.count)
      var narrow = between
      for line in lines {
        let cells = cells(bytes, line, gutters)
        for place in gutters.indices where !cells[place].isEmpty && !cells[place + 1].isEmpty {
          between[place] += 1
          if cells[place + 1].lowerBound - cells[place].upperBound == 1 { narrow[place] += 1 }
        }
      }
      let wide = gutters.indices.filter { narrow[$0] * 5 < between[$0] * 2 }
      if wide.count == gutters.count { return gutters }
      gutters = wide.map { gutters[$0] }
    }
  }

  /// The runs of places between others that are not taken.
  private static func gaps(_ taken: [Bool]) -> [Range<Int>] {
    guard let first = taken.firstIndex(of: true), let last = taken.lastIndex(of: true) else { return [] }
    var found: [Range<Int>] = []
    for place in first..<last where !taken[place] {
      if found.last?.upperBound == place {
        found[found.count - 1] = found.last!.lowerBound..<place + 1
      } else {
        found.append(place..<place + 1)
      }
    }
    return found
  }

  private struct Table {
    /// The number of the line of names.
    var names: Int
    /// That of the dashes below them.
    var rule: Int?
    /// Places of characters.
    var gutters: [Range<Int>]
  }

  /// Titles and remarks have one blank between their words: they say nothing of the columns.
  private static func table(_ bytes: [UInt8], _ lines: [Range<Int>]) -> Table? {
    let parted = lines.indices.filter { isParted(bytes, lines[$0]) }
    var table: Table
    if let ruled = ruled(bytes, lines) {
      table = ruled
    } else {
      guard let names = parted.first, names < namesLimit, parted.count >= fewestLines else { return nil }
      table = Table(names: names, rule: nil, gutters: gutters(bytes, parted.map { lines[$0] }))
    }
    guard !table.gutters.isEmpty, !bytes[lines[table.names]].contains(UInt8(ascii: ",")) else { return nil }
    let rows = lines[table.names...]
    let filled = rows.count { line in
      fits(bytes, line, table.gutters) && cells(bytes, line, table.gutters).count { !$0.isEmpty } > 1
    }
    return filled * 2 > rows.count ? table : nil
  }

  /// The table that a line of dashes in several runs makes, where most lines below are blank where it is, or nearly.
  private static func ruled(_ bytes: [UInt8], _ lines: [Range<Int>]) -> Table? {
    guard let names = lines.indices.dropLast(2).prefix(namesLimit).first(where: { dashes(bytes, lines[$0 + 1]) != nil })
    else { return nil }
    let rule = gaps(dashes(bytes, lines[names + 1])!)
    let rows = lines[(names + 2)...]
    if rows.count(where: { fits(bytes, $0, rule) }) * 5 >= rows.count * 4, fits(bytes, lines[names], rule) {
      return Table(names: names, rule: names + 1, gutters: rule)
    }
    // Dashes under the letters of the names alone.
    let parted = lines[names...].filter { isParted(bytes, $0) }
    return Table(names: names, rule: names + 1, gutters: gaps(taken(bytes, parted)))
  }

  /// Where the dashes of a line of nothing else and blanks stand; nil for other lines, and those of one run.
  private static func dashes(_ bytes: [UInt8], _ line: Range<Int>) -> [Bool]? {
    let found = line.map { bytes[$0] == UInt8(ascii: "-") || bytes[$0] == UInt8(ascii: "=") }
    guard zip(line, found).allSatisfy({ $1 || bytes[$0] == blank }) else { return nil }
    return found.split(separator: false).count > 1 ? found : nil
  }

  /// Whether a line is blank in all gutters.
  private static func fits(_ bytes: [UInt8], _ line: Range<Int>, _ gutters: [Range<Int>]) -> Bool {
    var place = 0
    var gutters = gutters[...]
    for index in line where !isContinuation(bytes[index]) {
      while let first = gutters.first, first.upperBound <= place { gutters.removeFirst() }
      guard let gutter = gutters.first else { return true }
      if bytes[index] != blank, gutter.contains(place) { return false }
      place += 1
    }
    return true
  }

  private static func append(
    _ source: [UInt8], _ line: Range<Int>, _ gutters: [Range<Int>], to bytes: inout [UInt8]
  ) {
    for (number, cell) in cells(source, line, gutters).enumerated() {
      if number > 0 { bytes.append(inserted) }
      bytes += source[cell]
    }
  }

  /// The cells of a line without the blanks around them.
  private static func cells(_ bytes: [UInt8], _ line: Range<Int>, _ gutters: [Range<Int>]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var (place, index) = (0, line.lowerBound)
    for end in gutters.map(\.lowerBound) + [.max] {
      var (from, to): (Int?, Int) = (nil, index)
      while index < line.upperBound, place < end {
        let first = index
        repeat { index += 1 } while index < line.upperBound && isContinuation(bytes[index])
        place += 1
        guard bytes[first] != blank else { continue }
        (from, to) = (from ?? first, index)
      }
      found.append((from ?? to)..<to)
    }
    return found
  }

  /// Whether a byte of UTF-8 goes on with a character.
  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
