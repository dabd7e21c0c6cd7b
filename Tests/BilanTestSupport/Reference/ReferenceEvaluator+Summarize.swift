import BilanSyntax

extension ReferenceEvaluator {
  func summarize(_ summarize: SummarizeSyntax, _ table: ReferenceTable, _ scope: Scope) throws(ReferenceError)
    -> ReferenceTable
  {
    let expressions = summarize.keys + (summarize.across.map { [$0] } ?? [])
    let keys = expressions.map { key in
      var column: Int?
      var name = key.name?.text ?? Self.defaultName(key.value)
      if case .name(let written) = key.value.kind, let index = scope.column(written.text) {
        column = index
        if key.name == nil { name = table.columns[index].name }
      }
      return Scope.Key(name: name, column: column, kind: kind(key.value, scope).ofKey, cell: .missing)
    }
    var keyed: [(row: [Cell], key: [Cell])] = []
    for row in table.rows {
      let cells = try cells(expressions.map(\.value), scope.on(row))
      keyed.append((row, zip(cells, keys).map { $0.converted(to: $1.kind) }))
    }

    /// The values of `aggregates` over some rows, whose keys are `cells`.
    func values(_ rows: [[Cell]], _ cells: [Cell]) throws(ReferenceError) -> [Cell] {
      let known = zip(keys, cells).map { Scope.Key(name: $0.name, column: $0.column, kind: $0.kind, cell: $1) }
      return try self.cells(summarize.aggregates.map(\.value), scope.with(.group(rows, keys: known)))
    }
    let empty = scope.with(.group([], keys: keys))
    let results = summarize.aggregates.map { aggregate in
      ReferenceColumn(aggregate.name?.text ?? Self.defaultName(aggregate.value), kind(aggregate.value, empty))
    }
    if summarize.across != nil {
      let ofNoRow = summarize.aggregates.map { Self.isCount($0.value) ? Cell.integer(0) : .missing }
      return try crosstab(keyed, keys, results, hasTotals: summarize.hasTotals, ofNoRow: ofNoRow, values: values)
    }

    var rows: [[Cell]] = []
    for key in Self.sortedKeys(keys.isEmpty ? [[]] : keyed.map(\.key)) {
      rows.append(key + (try values(keyed.filter { Self.areSame($0.key, key) }.map(\.row), key)))
    }
    var columns = keys.map { ReferenceColumn($0.name, $0.kind) } + results
    if summarize.hasTotals, !keys.isEmpty {
      let missing = keys.map { _ in Cell.missing }
      rows.append(missing + (try values(table.rows, missing)))
      // The first key is text then, and says `total`.
      columns[0].kind = .text
      for index in rows.indices { rows[index][0] = rows[index][0].asText.map { .text($0) } ?? .missing }
      rows[rows.count - 1][0] = .text("total")
    }
    return ReferenceTable(columns: columns, rows: rows)
  }

  private static func isCount(_ syntax: ExpressionSyntax) -> Bool {
    switch syntax.kind {
    case .name(let name): name.text == "count"
    case .call(let call): ["count", "count_distinct"].contains(call.name.text)
    case .parenthesized(let inner): isCount(inner)
    default: false
    }
  }

  /// The different keys in order, missing last.
  private static func sortedKeys(_ keys: [[Cell]]) -> [[Cell]] {
    var different: [[Cell]] = []
    for key in keys where !different.contains(where: { areSame($0, key) }) { different.append(key) }
    return insertionSorted(different) { firstIsEarlier($0, $1, isDescending: $0.map { _ in false }) ?? false }
  }

  /// The last key's values side by side; margins from the rows of each line, each column and all.
  ///
  /// - Parameter ofNoRow: what stands where no row has both keys.
  private func crosstab(
    _ keyed: [(row: [Cell], key: [Cell])], _ keys: [Scope.Key], _ results: [ReferenceColumn], hasTotals: Bool,
    ofNoRow: [Cell], values: ([[Cell]], [Cell]) throws(ReferenceError) -> [Cell]
  ) throws(ReferenceError) -> ReferenceTable {
    let width = keys.count - 1
    var lines: [[Cell]?] = Self.sortedKeys(keyed.map { Array($0.key[..<width]) })
    var spread: [[Cell]?] = Self.sortedKeys(keyed.map { Array($0.key[width...]) })
    if hasTotals {
      // Without a key of its own the crosstab has one line, which is its total.
      if width > 0 { lines.append(nil) } else { lines = [[]] }
      spread.append(nil)
    }
    var columns = keys[..<width].map { ReferenceColumn($0.name, $0.kind) }
    if hasTotals, width > 0 { columns[0].kind = .text }
    for value in spread {
      let name = value.map { $0[0].asText ?? "missing" } ?? "total"
      columns += results.map { result in
        // The name of another column is not taken.
        func label(_ name: String) -> String { results.count > 1 ? "\(result.name): \(name)" : name }
        var label = label(value != nil && hasTotals && name == "total" ? "\(keys[width].name): total" : name)
        if columns.contains(where: { $0.name == label }) { label = "\(keys[width].name): \(label)" }
        return ReferenceColumn(label, result.kind)
      }
    }
    var rows: [[Cell]] = []
    for line in lines {
      var row = line ?? keys[..<width].map { _ in Cell.missing }
      if hasTotals, width > 0 {
        row[0] = line == nil ? .text("total") : row[0].asText.map { .text($0) } ?? .missing
      }
      for value in spread {
        let rows = keyed.filter { item in
          (line.map { Self.areSame($0, Array(item.key[..<width])) } ?? true)
            && (value.map { Self.areSame($0, Array(item.key[width...])) } ?? true)
        }
        let isMargin = line == nil || value == nil
        if rows.isEmpty && !isMargin {
          row += ofNoRow
        } else {
          row += try values(rows.map(\.row), (line ?? keys[..<width].map { _ in .missing }) + (value ?? [.missing]))
        }
      }
      rows.append(row)
    }
    return ReferenceTable(columns: columns, rows: rows)
  }
}
