import BilanColumnar
import BilanDiagnostics

/// One import of a table from a JSON text: the records found, their columns, their cells, and what there is to say.
struct JSONImport {
  private let document: JSONDocument
  private let tables: JSONTables
  /// The array that is read; nil for the whole text.
  private let chosen: JSONTables.Table?
  private let options: ReadOptions
  private var columns = JSONColumns()
  /// What the text says that numbers are measured in, by the names of their columns.
  var units: [String: String] = [:]

  /// Rows with fewer elements than there are columns: how many, and where the first stand.
  private var shortRows: (count: Int, lines: [Int]) = (0, [])

  /// Whether the table was chosen here, and not by whoever opens the file.
  private let isGuess: Bool

  init(
    _ document: JSONDocument, _ tables: JSONTables, table: JSONTables.Table?, isGuess: Bool = false,
    options: ReadOptions
  ) {
    self.isGuess = isGuess
    self.document = document
    self.tables = tables
    chosen = table
    self.options = options
  }

  private var bytes: [UInt8] { document.bytes }

  /// Cells that a table whose columns are far fewer than its rows may have however small its file is: they take a
  /// quarter of a gigabyte.
  private static let sparseCells = 1 << 25

  /// The arrays whose elements are the records; none where the text's values are: JSON Lines may have records, or
  /// arrays of objects one below another.
  private var arrays: [Int] {
    if let chosen { return [chosen.place] }
    if !tables.pages.isEmpty { return tables.pages }
    let values = document.values
    guard values.count == 1 || values.allSatisfy({ JSONCell.isOfObjects(bytes, at: $0) }) else { return [] }
    return bytes[values[0]] == UInt8(ascii: "[") ? values : []
  }

  /// - Parameter limit: cells that there may be for each byte.
  /// - Throws: `emptyFile` where there is no record; `unsupportedFormat` where no table can be made of them.
  mutating func table(
    named name: String, byteCount: Int, limit: Int, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    let (count, width) = surveyRows()
    // Cells may be many where bytes are few, as in any small table.
    let mostCells = max(limit * byteCount, 1 << 20)
    var text = CellText()
    let isOfRows = width != nil
    var lists: [(place: Int, cells: [Range<Int>?])] = []
    var given: JSONRowNames?
    if let width {
      guard width > 0 else { throw Self.empty(name) }
      guard width <= mostCells / count else { throw tooWide(name, width, count, most: mostCells) }
      given = chosen.flatMap {
        JSONRowNames(bytes, root: document.values[0], table: $0, width: width, count: count)
      }
      try writeRows(&text, width: width, given)
    } else {
      try forEachRecord { columns, cursor in columns.walk(&cursor) }
      columns.settle()
      guard !columns.columns.isEmpty else { throw Self.empty(name) }
      // Of forms, records have the few answers that were given: names recur, and most cells are empty.
      let mostSparse = max(mostCells, Self.sparseCells)
      if !columns.narrow(to: mostCells / count) {
        let width = columns.columns.count
        guard width <= count / 4, width <= mostSparse / count else {
          throw tooWide(name, width, count, most: mostSparse)
        }
      }
      lists = try writeRecords(&text)
      for (place, node) in columns.columns.enumerated() { text.units[place] = units[columns.label(node)] }
    }
    text.mayHaveTotals = true
    let table = try text.open(
      name: name, format: document.values.count > 1 ? "ndjson" : "json", byteCount: byteCount,
      hasHeader: isOfRows && given == nil ? nil : true, isBare: true,
      decisions: decisions(isOfRows: isOfRows) + names(given),
      notes: otherNotes(name, given) + pageNotes(name) + plainNotes(name) + shortNotes(name) + duplicateNotes(name),
      options: options,
      resource: resource)
    return try JSONLists(bytes: bytes, options: options, mostCells: mostCells).table(table, with: lists, depth: 0)
  }

  /// The table that is written a column at a time.
  func table(
    of map: JSONColumnMap, named name: String, byteCount: Int, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    var text = CellText()
    text.mayHaveTotals = true
    let hasNames = !map.areRowsCounted && !map.names.contains(Array("index".utf8))
    if hasNames { text.append("index") }
    for name in map.names { text.append(name) }
    text.endRow()
    for row in map.rows.indices {
      if row & 0x3FF == 0, options.isCancelled() { throw .cancelled }
      if hasNames { text.append(map.rows[row]) }
      for column in map.cells { JSONCell.append(column[row], of: bytes, to: &text) }
      text.endRow()
    }
    return try text.open(
      name: name, format: "json", byteCount: byteCount, hasHeader: true, isBare: true,
      decisions: [map.decision], notes: map.notes(name), options: options, resource: resource)
  }

  /// How many records there are; where all are arrays, the most elements that one has.
  private func surveyRows() -> (count: Int, width: Int?) {
    var count = 0
    var width: Int? = 0
    func note(_ cursor: inout JSONCursor) {
      count += 1
      guard let widest = width, cursor.byte == UInt8(ascii: "[") else {
        width = nil
        cursor.skipValue()
        return
      }
      var elements = 0
      cursor.elements { cursor in
        cursor.skipValue()
        elements += 1
      }
      width = max(widest, elements)
    }
    let arrays = self.arrays
    for array in arrays {
      var cursor = JSONCursor(bytes, at: array)
      cursor.elements(note)
    }
    for value in document.values where arrays.isEmpty {
      var cursor = JSONCursor(bytes, at: value)
      note(&cursor)
    }
    return (count, count > 0 ? width : nil)
  }

  /// Calls `body` at every record; it goes past the record.
  private mutating func forEachRecord(
    _ body: (inout JSONColumns, inout JSONCursor) -> Void
  ) throws(QueryError) {
    var isCancelled = false
    var count = 0
    func visit(_ columns: inout JSONColumns, _ cursor: inout JSONCursor) {
      count += 1
      if count & 0x3FF == 0, !isCancelled { isCancelled = options.isCancelled() }
      if isCancelled { cursor.skipValue() } else { body(&columns, &cursor) }
    }
    let arrays = self.arrays
    for array in arrays where !isCancelled {
      var cursor = JSONCursor(bytes, at: array)
      cursor.elements { cursor in visit(&columns, &cursor) }
    }
    for value in document.values where arrays.isEmpty && !isCancelled {
      var cursor = JSONCursor(bytes, at: value)
      visit(&columns, &cursor)
    }
    if isCancelled { throw .cancelled }
  }

  /// Writes records that are objects, and says where their lists are.
  private mutating func writeRecords(
    _ text: inout CellText
  ) throws(QueryError) -> [(place: Int, cells: [Range<Int>?])] {
    var writer = JSONCellWriter(columns, of: bytes, depth: 0, options: options)
    columns.restart()
    try forEachRecord { columns, cursor in
      let start = cursor.place
      columns.walk(&cursor)
      writer.write(columns, recordAt: start)
    }
    text = writer.text
    return writer.listCells
  }

  /// Writes records that are arrays, under the names that are given; the shorter ones are filled up.
  private mutating func writeRows(
    _ text: inout CellText, width: Int, _ given: JSONRowNames?
  ) throws(QueryError) {
    let bytes = self.bytes
    var lines = LineCounter()
    var written = CellText()
    var row = 0
    var short: (count: Int, lines: [Int]) = (0, [])
    let width = max(width, given?.names.count ?? 0)
    if let given {
      if given.rows != nil { written.append("index") }
      for name in given.names { written.append(name) }
      for _ in given.names.count..<width { written.append("") }
      written.endRow(line: 1)
    }
    try forEachRecord { _, cursor in
      let line = lines.line(of: cursor.place, in: bytes)
      var cells = 0
      if let rows = given?.rows { JSONCell.append(rows[row], of: bytes, to: &written) }
      row += 1
      cursor.elements { cursor in
        JSONCell.append(cursor.skipValue(), of: bytes, to: &written)
        cells += 1
      }
      // Where the first names the columns, the others have none.
      if cells < width, given != nil || row > 1 {
        short.count += 1
        if short.lines.count < 5, short.lines.last != line { short.lines.append(line) }
      }
      for _ in cells..<width { written.append("") }
      written.endRow(line: line)
    }
    text = written
    shortRows = short
  }

  static func empty(_ name: String) -> QueryError {
    QueryError(
      .error(
        .emptyFile,
        Localized("`\(name)` holds no record", fr: "`\(name)` ne contient aucun enregistrement")), kind: .data)
  }

  private func tooWide(_ name: String, _ width: Int, _ count: Int, most: Int) -> QueryError {
    let isSparse = width <= count / 4
    return QueryError(
      .error(
        .unsupportedFormat,
        isSparse
          ? Localized(
            "the records of `\(name)` make a table of \(width) columns and \(count) rows, nearly all of it empty: more than "
              + "\(most) cells are too many for a file of its size",
            fr:
              "les enregistrements de `\(name)` font un tableau de \(width) colonnes et \(count) lignes, presque vide : "
              + "plus de \(most) cellules sont trop pour un fichier de sa taille")
          : Localized(
            "the records of `\(name)` make no table: nearly every one has names of its own",
            fr:
              "les enregistrements de `\(name)` ne font pas un tableau : presque chacun a des noms qui lui sont propres"
          ),
        help: isSparse
          ? Localized(
            "write them as rows of a name and a value each, or split the file",
            fr: "écrivez-les en lignes d’un nom et d’une valeur, ou partagez le fichier") : nil), kind: .data)
  }

  // MARK: What there is to say

  private func decisions(isOfRows: Bool) -> [Fact] {
    var decisions: [Fact] = []
    if let chosen {
      decisions.append(
        .init(
          Localized("table", fr: "table"), Localized(verbatim: "`\(chosen.name)`"),
          Localized("an array of \(chosen.count)", fr: "un tableau de \(chosen.count)")))
      let others = tables.names.filter { $0 != chosen.name }
      decisions.append(
        .init(
          Localized("other tables", fr: "autres tables"), Self.list(others),
          Localized("after `#` in the path", fr: "après `#` dans le chemin")))
      if !tables.membersBeside.isEmpty, tables.arrays.count == 1 {
        decisions.append(
          .init(Localized("beside the table", fr: "à côté de la table"), Self.list(tables.membersBeside)))
      }
    }
    if chosen == nil, !tables.pages.isEmpty {
      decisions.append(
        .init(
          Localized("pages", fr: "pages"),
          Localized(
            "\(tables.pages.count) arrays, one after another", fr: "\(tables.pages.count) tableaux, l’un après l’autre")
        ))
    }
    guard !isOfRows else { return decisions }
    if columns.nestedCount > 0 {
      decisions.append(
        .init(
          Localized("nested objects", fr: "objets imbriqués"),
          Localized("\(columns.nestedCount) dotted columns", fr: "\(columns.nestedCount) colonnes à points")))
    }
    if !columns.listColumns.isEmpty {
      decisions.append(
        .init(
          Localized("lists", fr: "listes"), Localized("opened by `unnest`", fr: "ouvertes par `unnest`"),
          Self.list(columns.listColumns)))
    }
    if !columns.jsonColumns.isEmpty {
      decisions.append(
        .init(
          Localized("deeply nested objects", fr: "objets imbriqués"),
          Localized("kept as JSON", fr: "gardés en JSON"), Self.list(columns.jsonColumns)))
    }
    return decisions
  }

  /// What named the columns of rows.
  private func names(_ given: JSONRowNames?) -> [Fact] {
    guard let given else { return [] }
    return [
      Fact(
        Localized("names of the columns", fr: "noms des colonnes"), Localized(verbatim: "`\(given.source)`"),
        Localized("an array of texts", fr: "un tableau de textes"))
    ]
  }

  private static func list(_ names: [String]) -> Localized {
    let shown = names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return Localized(verbatim: names.count > 8 ? shown + ", …" : shown)
  }

  /// Which other arrays of data there are, where nobody has said which is meant.
  private func otherNotes(_ name: String, _ given: JSONRowNames?) -> [Diagnostic] {
    guard isGuess, let chosen else { return [] }
    let labels = columns.columns.map(columns.label)
    let others = tables.arrays.filter {
      $0.name != chosen.name && !JSONRowNames.describes($0, in: bytes, given, labels: labels)
    }.map(\.name)
    guard !others.isEmpty else { return [] }
    let list = Self.list(others).english
    return [
      .note(
        .sheetsNotRead,
        Localized(
          others.count == 1
            ? "the array `\(chosen.name)` of `\(name)` is read; there is another: \(list)"
            : "the array `\(chosen.name)` of `\(name)` is read; there are \(others.count) others: \(list)",
          fr: others.count == 1
            ? "le tableau `\(chosen.name)` de `\(name)` est lu ; il y en a un autre : \(list)"
            : "le tableau `\(chosen.name)` de `\(name)` est lu ; il y en a \(others.count) autres : \(list)"),
        count: others.count)
    ]
  }

  /// That the records go on in another document, where this one says so.
  private func pageNotes(_ name: String) -> [Diagnostic] {
    guard let chosen,
      let next = JSONNextPage(
        bytes, at: document.values[0], table: chosen, isMain: tables.main?.place == chosen.place)
    else { return [] }
    return [
      .note(
        .sheetsNotRead,
        Localized(
          "`\(name)` is one page of several, as its `\(next.name)` says: the records of the others are not in it",
          fr:
            "`\(name)` est une page parmi d’autres, comme le dit son `\(next.name)` : les enregistrements des autres n’y sont pas"
        ))
    ]
  }

  /// How many rows were filled up.
  private func shortNotes(_ name: String) -> [Diagnostic] {
    let (count, lines) = shortRows
    guard count > 0 else { return [] }
    let places = lines.map { "\($0)" }.joined(separator: ", ")
    let (english, french) = lines.count == 1 ? ("line", "ligne") : ("lines", "lignes")
    return [
      .note(
        .raggedRow,
        Localized(
          "\(count) \(count == 1 ? "row" : "rows") of `\(name)` with fewer elements than there are columns (\(english) \(places)), "
            + "filled with missing values",
          fr: "\(count) \(count == 1 ? "ligne" : "lignes") de `\(name)` avec moins d’éléments que de colonnes "
            + "(\(french) \(places)), \(count == 1 ? "complétée" : "complétées") par des valeurs manquantes"),
        count: count)
    ]
  }

  /// How many records are no objects.
  private func plainNotes(_ name: String) -> [Diagnostic] {
    let count = columns.plainCount
    guard count > 0, columns.columns.count > 1 else { return [] }
    return [
      .note(
        .raggedRow,
        Localized(
          count == 1
            ? "1 record of `\(name)` is a plain value among objects: it is in column `value`"
            : "\(count) records of `\(name)` are plain values among objects: they are in column `value`",
          fr: count == 1
            ? "1 enregistrement de `\(name)` est une simple valeur parmi des objets : elle est dans la colonne `value`"
            : "\(count) enregistrements de `\(name)` sont de simples valeurs parmi des objets : elles sont dans la "
              + "colonne `value`"), count: count)
    ]
  }

  private func duplicateNotes(_ name: String) -> [Diagnostic] {
    let (inRecords, key) = (columns.duplicates, String(decoding: columns.duplicates.name, as: UTF8.self))
    let count = inRecords.count + tables.repeated.count
    guard count > 0 else { return [] }
    let places = (inRecords.places + tables.repeated.map(\.place)).sorted().prefix(5)
    let lines = SourceLines.lines(of: Array(places), in: bytes).map { "\($0)" }
    let (shown, label) = (lines.joined(separator: ", "), tables.repeated.first?.name ?? key)
    return [
      .note(
        .duplicateColumn,
        Localized(
          "objects of `\(name)` give a name more than once, of which the last counts: \(count), the first "
            + "`\(label)` (\(lines.count == 1 ? "line" : "lines") \(shown))",
          fr: "des objets de `\(name)` donnent un nom plusieurs fois, dont le dernier compte : \(count), d’abord "
            + "`\(label)` (\(lines.count == 1 ? "ligne" : "lignes") \(shown))"), count: count)
    ]
  }
}
