import BilanColumnar
import BilanDiagnostics

/// Reads the lists of a column: their elements, below one another, are records of a table, whose columns are typed as
/// those of any other table; from it the lists are written anew, each value as its type is.
///
///     [{"n": 1, "on": "3/4/2019"}]  [{"n": 2}]      tags.n  tags.on            [{"n":1,"on":"2019-04-03"}]
///                                              →      1     2019-04-03    →    [{"n":2}]
///                                                     2
struct JSONLists {
  /// Lists nested in more lists than this are kept as they are written.
  static let depthLimit = 8

  let bytes: [UInt8]
  let options: ReadOptions
  /// How many cells there may be.
  let mostCells: Int

  /// A table with lists in the place of columns that hold none yet.
  ///
  /// - Parameter depth: how many lists the table's rows are in.
  func table(
    _ table: FileTable, with lists: [(place: Int, cells: [Range<Int>?])], depth: Int
  ) throws(QueryError) -> FileTable {
    guard !lists.isEmpty else { return table }
    var columns: [Int: ListedFile.Column] = [:]
    var notes: [Diagnostic] = []
    for (place, cells) in lists {
      let label = table.schema[place].label
      let (column, found) = try self.column(label, cells, depth: depth)
      columns[place] = column
      notes += found
    }
    let listed = FileTable(name: table.name, ListedFile(table, columns))
    let said = notes
    if !said.isEmpty { listed.amend { $0.notes += said } }
    return listed
  }

  private func column(
    _ label: String, _ cells: [Range<Int>?], depth: Int
  ) throws(QueryError) -> (ListedFile.Column, [Diagnostic]) {
    let (elements, counts) = try elements(of: cells)
    var columns = JSONColumns()
    try forEach(elements) { cursor in columns.walk(&cursor) }
    columns.settle()
    // Points beside lines are lists of other depths: brackets would have to be made up.
    if columns.mixesListsWithValues { return (kept(cells), []) }
    if !columns.columns.isEmpty, !columns.narrow(to: mostCells / max(1, elements.count)) {
      return (kept(cells), [])
    }
    var list = ListType(of: .missing)
    var values = [Column.missing(.integer, count: elements.count)]
    var notes: [Diagnostic] = []
    if !columns.columns.isEmpty {
      var writer = JSONCellWriter(columns, of: bytes, depth: depth + 1, in: label, options: options)
      columns.restart()
      try forEach(elements) { cursor in
        let start = cursor.place
        columns.walk(&cursor)
        writer.write(columns, recordAt: start)
      }
      let table = try table(
        try writer.text.open(
          name: label, format: JSONFormat.name, byteCount: bytes.count, hasHeader: true, isBare: true,
          options: options, resource: nil), with: writer.listCells, depth: depth + 1)
      values = try Self.columns(of: table, options)
      list = ListType(
        table.schema.fields.map { field in
          let isNested = field.label.hasPrefix(label + ".")
          return ListType.Part(
            isNested ? String(field.label.dropFirst(label.count + 1)) : "", field.type, unit: field.unit)
        })
      // Two names that differ in nothing that a query sees would have become one part.
      guard Set(list.parts.map(\.name)).count == list.parts.count else { return (kept(cells), []) }
      notes = table.report.notes
    }
    return (
      ListedFile.Column(type: .list(list), values: .lists(list, values, rows: Self.rows(counts)).prepared()), notes
    )
  }

  /// Where the elements stand, and how many each list has; nil for none. A value that is no array is a list of itself.
  private func elements(of cells: [Range<Int>?]) throws(QueryError) -> (places: [Int], counts: [Int?]) {
    var places: [Int] = []
    var counts: [Int?] = []
    for (row, cell) in cells.enumerated() {
      if row & 0xFFF == 0, options.isCancelled() { throw .cancelled }
      guard let cell else {
        counts.append(nil)
        continue
      }
      let before = places.count
      if bytes[cell.lowerBound] == UInt8(ascii: "[") {
        var cursor = JSONCursor(bytes, at: cell.lowerBound)
        cursor.elements { cursor in
          places.append(cursor.place)
          cursor.skipValue()
        }
      } else {
        places.append(cell.lowerBound)
      }
      counts.append(places.count - before)
    }
    return (places, counts)
  }

  private func forEach(_ elements: [Int], _ body: (inout JSONCursor) -> Void) throws(QueryError) {
    for (number, place) in elements.enumerated() {
      if number & 0x3FF == 0, options.isCancelled() { throw .cancelled }
      var cursor = JSONCursor(bytes, at: place)
      body(&cursor)
    }
  }

  private static func columns(of table: FileTable, _ options: ReadOptions) throws(QueryError) -> [Column] {
    do {
      let chunks = try table.read(columns: Array(0..<table.schema.count), isCancelled: options.isCancelled)
      return Chunk.concatenate(chunks, schema: table.schema).columns
    } catch {
      throw error as? QueryError ?? .cancelled
    }
  }

  /// Which elements are in each list.
  private static func rows(_ counts: [Int?]) -> [Range<Int>?] {
    var next = 0
    return counts.map { count in
      guard let count else { return nil }
      next += count
      return next - count..<next
    }
  }

  /// The lists as they are written, as texts.
  private func kept(_ cells: [Range<Int>?]) -> ListedFile.Column {
    var texts = TextInterner()
    let codes: [UInt32] = cells.map { cell in
      guard let cell else { return 0 }
      let text = JSONCursor(bytes, at: cell.lowerBound).compact(cell)
      return texts.code(text.span, 0, text.count)
    }
    return ListedFile.Column(type: .text, values: Self.column(codes, texts.finish(), cells.map { $0 != nil }))
  }

  private static func column(_ codes: [UInt32], _ texts: TextDictionary, _ valid: [Bool]) -> Column {
    let validity = valid.allSatisfy { $0 } ? nil : Bitmap(count: valid.count) { valid[$0] }
    return Column.text(TextColumn(Buffer(codes), texts, validity: validity)).prepared()
  }
}
