import BilanColumnar

/// Finds where a table begins under titles, remarks and comments.
struct TitleLines {
  /// Where the table begins, and how many records stand above it.
  struct Found {
    var offset: Int
    var count: Int
  }

  /// Records of titles looked through, and where those are all titles.
  private static let limits = [20, 1000]

  private struct Line {
    var offset: Int
    var fields: Int
    var cells: [String]
    /// A blank line, or a record of empty cells, stands above.
    var isAfterBlank: Bool
    /// A blank follows every delimiter, as in a sentence.
    var isProse: Bool

    var filled: [String] { cells.filter { !$0.isEmpty } }
  }

  private let lines: [Line]
  /// Fields of most records of the file.
  private let width: Int
  private let start: Int
  private let limit: Int

  /// The first record of the table in some bytes; what precedes are texts.
  static func tableStart(_ bytes: [UInt8], from start: Int, dialect: Dialect, width: Int) -> Found {
    for limit in limits {
      let lines = TitleLines(bytes, from: start, dialect: dialect, width: width, limit: limit)
      if let found = lines.tableStart() { return found }
    }
    return Found(offset: start, count: 0)
  }

  private init(_ bytes: [UInt8], from start: Int, dialect: Dialect, width: Int, limit: Int) {
    self.start = start
    self.width = width
    self.limit = limit
    var lines: [Line] = []
    let span = bytes.span
    var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: start)
    var starts: [UInt32] = []
    var isAfterBlank = false
    while width >= 2, lines.count <= limit, scanner.position < span.count {
      let offset = scanner.position
      starts.removeAll(keepingCapacity: true)
      let fields = scanner.next(span, into: &starts)
      var cells = (0..<fields).map {
        FieldText.string(bytes, Int(starts[$0])..<max(Int(starts[$0]), Int(starts[$0 + 1]) - 1), quote: dialect.quote)
      }
      if lines.isEmpty, Self.isTitleOfPandas(cells) { for place in 1..<fields { cells[place] = "" } }
      let isProse =
        fields > 1 && (1..<fields).allSatisfy { Int(starts[$0]) < span.count && span[Int(starts[$0])] == 0x20 }
      lines.append(
        Line(offset: offset, fields: fields, cells: cells, isAfterBlank: isAfterBlank, isProse: isProse))
      isAfterBlank = cells.allSatisfy(\.isEmpty)
    }
    self.lines = lines
  }

  /// `Tableau 1,Unnamed: 1,Unnamed: 2`: a title that pandas took for the first name.
  private static func isTitleOfPandas(_ cells: [String]) -> Bool {
    cells.count >= 2 && !cells[0].isEmpty && !cells[0].hasPrefix("Unnamed: ")
      && cells.indices.dropFirst().allSatisfy { cells[$0] == "Unnamed: \($0)" }
  }

  /// The first record of the table; nil where every line looked at is a title.
  private func tableStart() -> Found? {
    var titles = 0
    for place in lines.indices.prefix(limit) {
      if isTitle(place, isFirst: titles == 0) {
        titles += 1
        continue
      }
      let first = place + max(blockAbove(place), parametersAbove(place))
      // Blank lines alone are none of the table either way.
      guard lines[..<first].contains(where: { $0.fields > 1 || !$0.filled.isEmpty }) else {
        return Found(offset: start, count: 0)
      }
      return Found(offset: lines[first].offset, count: first)
    }
    return lines.count > limit ? nil : Found(offset: start, count: 0)
  }

  private func isTitle(_ place: Int, isFirst: Bool) -> Bool {
    let line = lines[place]
    let filled = line.filled
    if filled.isEmpty { return true }
    if isYearOverNames(place) { return true }
    // Where a table has two columns, a name over one of them is a header.
    if line.fields == 1 || (width >= 3 && filled.count == 1) {
      return filled.allSatisfy { Self.isText($0, mayBeDate: line.fields == 1 || !isFirst) }
    }
    if width == 2, filled.count == 1 { return isTitleOfTwoColumns(place, isFirst: isFirst) }
    if isComment(line) || isOfPivot(place) || isWide(place) || areKeysAndValues(place) { return true }
    // `Année :;2019`
    if width >= 3, filled.count == 2, filled[0].hasSuffix(":") { return true }
    if isOfMarkedKeys(place) || arePairs(place) { return true }
    if isSentenceOrLetterhead(place) { return true }
    // A title with commas over the names of a comma file: `Ministère de l’emploi, Rabat`.
    return line.fields + 2 <= width && filled.allSatisfy { Self.isText($0, mayBeDate: true) }
      && place + 1 < lines.count && namesColumns(lines[place + 1])
  }

  /// Whether a year alone stands over the names of all columns, some of which are of values: `2019` over `Région;Cible`.
  private func isYearOverNames(_ place: Int) -> Bool {
    let line = lines[place]
    guard line.filled.count == 1, line.filled == [line.cells[0]],
      Int(line.cells[0]).map({ 1900...2100 ~= $0 }) ?? false,
      let next = lines[(place + 1)...].firstIndex(where: { !$0.filled.isEmpty }), lines[next].fields == width,
      lines[next].filled.count == width, !lines[next].filled.contains(where: HeaderGuess.isTyped)
    else { return false }
    return namesValues(next)
  }

  /// Whether a line as wide as the table is a title all the same: one text all over it, or a phrase cut into cells,
  /// `Population;par région;2019`, above names that stand over two columns of values at least. A year or a gap tells the
  /// phrase from names of several words, `Country;gross domestic product;total population`.
  private func isWide(_ place: Int) -> Bool {
    let line = lines[place]
    guard width >= 3, line.fields == width, place + 1 < lines.count, case let names = lines[place + 1],
      namesColumns(names), names.filled.count == width, Set(names.filled).count == width,
      !names.filled.contains(where: { HeaderGuess.isTyped($0) || CodeList.missing.contains($0) }),
      line.filled.allSatisfy({ Self.isText($0, mayBeDate: true) || HeaderGuess.areNames([$0]) })
    else { return false }
    if line.filled.count == width, Set(line.filled).count == 1 { return true }
    func goesOn(_ cell: String) -> Bool { cell.first?.isLowercase == true && cell.contains(" ") }
    guard line.cells.dropFirst().contains(where: goesOn), !goesOn(line.cells[0]), !names.cells.contains(where: goesOn),
      line.filled.count < width || line.filled.contains(where: HeaderGuess.isTyped)
    else {
      return false
    }
    let columns = (0..<width).count { column in
      let cells = values(column, below: place + 1)
      return cells.count >= 2 && cells.allSatisfy(HeaderGuess.isTyped)
    }
    return columns >= 2
  }

  /// Whether a line as wide as the table says what the table is of, a name and its value after the other, above names of
  /// which some are years that follow one another, over values: `Programme;Aji;Trimestre;T1 2019` over
  /// `Région;Province;2018;2019`. Names over years that are values are all words, or all times.
  private func areKeysAndValues(_ place: Int) -> Bool {
    let line = lines[place]
    guard width >= 4, line.filled.count == width, place + 1 < lines.count, case let names = lines[place + 1],
      names.filled.count == width, HeaderGuess.areNames(names.cells)
    else { return false }
    let times = names.cells.indices.filter { HeaderGuess.isTyped(names.cells[$0]) }
    let valueCount = times.count { HeaderGuess.isTyped(line.cells[$0]) }
    guard times.count >= 2, TimeNames.followOneAnother(times.map { names.cells[$0] }), 1..<times.count ~= valueCount
    else { return false }
    return times.allSatisfy { column in
      let cells = values(column, below: place + 1)
      return !cells.isEmpty && cells.allSatisfy { HeaderGuess.isTyped($0) && !HeaderGuess.areNames([$0]) }
    }
  }

  /// Whether a line is names and values after one another, one of these a day, a year or a number, above a row of words over
  /// values: `Province;Oujda;Année;2019` above `Commune;F;H;Total`.
  private func arePairs(_ place: Int) -> Bool {
    let line = lines[place]
    guard width >= 4, line.fields == width, place + 1 < lines.count, case let names = lines[place + 1],
      names.fields == width, names.filled.count == width, !names.cells.contains(where: HeaderGuess.isTyped),
      Set(names.cells).count == width
    else { return false }
    let filled = line.cells.prefix { !$0.isEmpty }
    guard filled.count == line.filled.count, filled.count >= 4, filled.count % 2 == 0 else { return false }
    let keys = stride(from: 0, to: filled.count, by: 2).map { filled[$0] }
    let values = stride(from: 1, to: filled.count, by: 2).map { filled[$0] }
    return !keys.contains(where: HeaderGuess.isTyped) && values.contains(where: HeaderGuess.isTyped)
      && namesValues(place + 1)
  }

  /// Whether a line says what the list below is of, each cell by a name and a colon, or after one: `Thème : Gestion;;Date :;
  /// 04/03/2019` above `N°;Nom;Sexe;Émargement`.
  private func isOfMarkedKeys(_ place: Int) -> Bool {
    let line = lines[place]
    guard width >= 3, line.filled.count < width else { return false }
    var isValue = false
    for cell in line.filled {
      if isValue {
        isValue = false
        continue
      }
      guard let colon = cell.firstIndex(of: ":"), cell[..<colon].contains(where: \.isLetter), colon > cell.startIndex
      else { return false }
      // `T1:2019` and `http://…` are no names with their values.
      let rest = cell[colon...].dropFirst()
      guard rest.isEmpty || rest.first == " " || rest.first == "\u{A0}" else { return false }
      isValue = rest.isEmpty
    }
    return lines[(place + 1)...].prefix(Self.limits[0]).indices.contains { names in
      lines[names].fields == width && lines[names].filled.count == width && HeaderGuess.areNames(lines[names].cells)
        && namesValues(names)
    }
  }

  /// Whether a line only says what is in the columns of a pivot table of Excel or of Google, whose names stand below it:
  ///
  ///     Somme de Montant;Étiquettes de colonnes;;          SUM of montant,année,,
  ///     Étiquettes de lignes;2018;2019;Total général       région,2018,2019,Grand Total
  private func isOfPivot(_ place: Int) -> Bool {
    if lines[place].filled.count == 2, lines[place].cells.prefix(2) == lines[place].filled[...],
      Self.isOfGoogle(lines[place].cells[0]), place + 1 < lines.count, lines[place + 1].filled.count == width
    {
      return true
    }
    func isCalled(_ cell: String, _ names: [String]) -> Bool { names.contains(TextFolding.fold(cell)) }
    return lines[place].filled.count <= 2
      && lines[place].filled.contains { isCalled($0, ["etiquettes de colonnes", "column labels"]) }
      && lines[(place + 1)...].prefix(3).contains {
        $0.fields == width && isCalled($0.cells[0], ["etiquettes de lignes", "row labels"])
      }
  }

  /// `SUM of montant`, `AVERAGE de âge`: the function, in capitals, and what it is of.
  private static func isOfGoogle(_ cell: String) -> Bool {
    let words = cell.split(separator: " ", maxSplits: 2)
    return words.count == 3 && ["of", "de"].contains(words[1])
      && [
        "SUM", "COUNT", "COUNTA", "COUNTUNIQUE", "AVERAGE", "MAX", "MIN", "MEDIAN", "PRODUCT", "STDEV", "STDEVP", "VAR",
        "VARP", "SOMME", "NB", "NBVAL", "MOYENNE",
      ].contains(words[0])
  }

  /// Whether a line with delimiters stands over names that are full and stand over values: a sentence,
  /// `Emploi, chômage et activité, par région`, or few cells far apart, `MTIP;;;Rabat, le 12/03/2019` and `Année;2019;;`.
  private func isSentenceOrLetterhead(_ place: Int) -> Bool {
    let line = lines[place]
    guard let next = lines[(place + 1)...].firstIndex(where: { !$0.filled.isEmpty }), lines[next].fields == width,
      lines[next].filled.count == width, !lines[next].isProse, HeaderGuess.areNames(lines[next].cells)
    else { return false }
    if line.isProse {
      // Words between the delimiters, or years below: names may have blanks before them too.
      let isSentence =
        line.fields != width || line.cells.contains { $0.contains(" ") }
        || lines[next].cells.contains(where: HeaderGuess.isTyped)
      return isSentence && namesValues(next) && !lines[next].cells.contains { CodeList.missing.contains($0) }
    }
    guard width >= 3, line.filled.count < width, line.filled.count <= max(2, width / 3), !line.cells[0].isEmpty,
      !lines[next].cells.contains(where: HeaderGuess.isTyped), !mayBeGroups(line)
    else { return false }
    return namesValues(next)
  }

  /// Whether most filled cells have a gap behind them, as the names of groups do.
  private func mayBeGroups(_ line: Line) -> Bool {
    let groups = line.cells.indices.filter { !line.cells[$0].isEmpty }
    let spans = groups.count { $0 + 1 < line.cells.count && line.cells[$0 + 1].isEmpty }
    return spans * 2 > groups.count
  }

  /// What a column has below a record, down to a blank line, without what is missing.
  private func values(_ column: Int, below place: Int) -> [String] {
    lines[(place + 1)...].prefix { !$0.filled.isEmpty }
      .compactMap { $0.cells.indices.contains(column) ? $0.cells[column] : nil }
      .filter { !$0.isEmpty && !CodeList.missing.contains($0) }
  }

  /// Whether some column below a record is of values, all of them: then what the record has there is a name. Years over
  /// years are none.
  private func namesValues(_ place: Int) -> Bool {
    return (0..<width).contains { column in
      let cells = values(column, below: place)
      guard !cells.isEmpty, cells.allSatisfy(HeaderGuess.isTyped) else { return false }
      return !HeaderGuess.isTyped(lines[place].cells[column]) || !HeaderGuess.areNames(cells)
    }
  }

  /// Whether a line that a spreadsheet filled up to two cells is a title: the next one with both cells holds names, over
  /// values of another kind or, under a title of several words, over texts that do not repeat them.
  private func isTitleOfTwoColumns(_ place: Int, isFirst: Bool) -> Bool {
    let line = lines[place]
    guard !line.cells[0].isEmpty, Self.isText(line.cells[0], mayBeDate: !isFirst),
      let names = lines.indices.first(where: { $0 > place && lines[$0].filled.count == 2 }), namesColumns(lines[names])
    else { return false }
    let rows = lines[(names + 1)...].filter { $0.filled.count == 2 }
    if rows.contains(where: { $0.cells.contains(where: HeaderGuess.isTyped) }) {
      return !lines[names].cells.contains(where: HeaderGuess.isTyped)
    }
    let isRepeated = rows.contains { row in (0..<2).contains { row.cells[$0] == lines[names].cells[$0] } }
    return !rows.isEmpty && line.cells[0].contains(" ") && !isRepeated
  }

  /// `# exported in 2020, provisional`, and not the name of a column of numbers, `#`.
  private func isComment(_ line: Line) -> Bool {
    line.cells[0].hasPrefix("#") && line.cells[0].utf8.count > 2 && line.fields != width
  }

  /// How many records from `place` on are a block of words and values that blank lines keep apart from names above the
  /// table, as data services write them: `Data Source,World Development Indicators`.
  private func blockAbove(_ place: Int) -> Int {
    guard width >= 3 else { return 0 }
    var count = 0
    for next in place..<lines.count {
      if next > place, lines[next].isAfterBlank, namesColumns(lines[next]) { count = next - place }
      guard lines[next].filled.count <= max(2, width / 3), lines[next].filled.count < width - 1 else { break }
    }
    return count
  }

  /// Lines of parameters that there may be above a table.
  private static let parameterLimit = 8

  /// How many records from `place` on are parameters in as many cells as a narrow table has columns, `Programme;Min Ajliki`,
  /// which a blank line keeps apart from the names of a table of more rows, a column of which is of values.
  private func parametersAbove(_ place: Int) -> Int {
    let block = lines[place...].prefix { !$0.filled.isEmpty }
    guard block.count <= Self.parameterLimit,
      block.allSatisfy({ 2...3 ~= $0.filled.count && !$0.cells[0].isEmpty && !HeaderGuess.isTyped($0.cells[0]) }),
      let next = lines[block.endIndex...].firstIndex(where: { !$0.filled.isEmpty }), next > block.endIndex
    else { return 0 }
    let names = lines[next]
    guard namesColumns(names), Set(names.filled).count == names.filled.count,
      !names.filled.contains(where: { HeaderGuess.isTyped($0) || CodeList.missing.contains($0) })
    else { return 0 }
    let rows = lines[(next + 1)...].prefix { !$0.filled.isEmpty }
    guard rows.count >= max(2, block.count), rows.allSatisfy({ $0.fields == width }) else { return 0 }
    return namesValues(next) ? next - place : 0
  }

  /// A record as wide as the table whose cells are names: texts, years or periods.
  private func namesColumns(_ line: Line) -> Bool {
    line.fields == width && line.filled.count >= max(2, width - 1) && HeaderGuess.areNames(line.filled)
  }

  /// Texts stand in titles, and dates and periods on a line of their own: `1er trimestre 2019`.
  private static func isText(_ cell: String, mayBeDate: Bool) -> Bool {
    if !HeaderGuess.isTyped(cell) { return true }
    let bytes = Array(cell.utf8)
    return mayBeDate && NumberShape.scan(bytes.span, 0, bytes.count) == nil && !CodeList.booleans.contains(cell)
  }
}
