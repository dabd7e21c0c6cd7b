import Foundation
import BilanSyntax

extension ReferenceEvaluator {
  // MARK: add, keep

  /// Columns one after the other: each sees those before it.
  func add(
    _ add: AddSyntax, to table: ReferenceTable, _ definitions: [DefinitionSyntax]
  ) throws(ReferenceError) -> ReferenceTable {
    var table = table
    for column in add.columns {
      let scope = Scope(columns: table.columns, definitions: definitions)
      // A group may be a column of this step, which is not there before it is made.
      let per = (add.per ?? []).filter { Self.isThere($0, scope) }
      let sort = add.sort.filter { Self.isThere($0.value, scope) }
      // The rows by partition, then in order; each knows its number in the table.
      var partitions: [(key: [Cell], rows: [Int])] = []
      for (number, row) in table.rows.enumerated() {
        let key = try cells(per, scope.on(row))
        if let index = partitions.firstIndex(where: { Self.areSame($0.key, key) }) {
          partitions[index].rows.append(number)
        } else {
          partitions.append((key, [number]))
        }
      }
      var values = [Cell](repeating: .missing, count: table.rows.count)
      var orders: [[Cell]] = []
      for row in table.rows { orders.append(try cells(sort.map(\.value), scope.on(row))) }
      for partition in partitions {
        let arranged = insertionSorted(partition.rows) {
          firstIsEarlier(orders[$0], orders[$1], isDescending: sort.map(\.isDescending)) ?? false
        }
        let rows = arranged.map { table.rows[$0] }
        for (index, number) in arranged.enumerated() {
          values[number] = try evaluate(
            column.value,
            scope.with(.window(rows, index: index, hasPer: add.per != nil, order: arranged.map { orders[$0] })))
        }
      }
      let kind = kind(column.value, scope.with(.window([], index: 0, hasPer: add.per != nil, order: [])))
      let name = column.name?.text ?? Self.defaultName(column.value)
      if let index = scope.column(name), column.name != nil {
        table.columns[index].kind = kind
        for number in values.indices { table.rows[number][index] = values[number] }
      } else {
        table.columns.append(ReferenceColumn(name, kind))
        for number in values.indices { table.rows[number].append(values[number]) }
      }
    }
    return table
  }

  private static func isThere(_ key: ExpressionSyntax, _ scope: Scope) -> Bool {
    guard case .name(let name) = key.kind else { return true }
    return scope.column(name.text) != nil || scope.definition(name.text) != nil
  }

  /// What a column without a name is called: a plain name is its own, else the text of the expression.
  static func defaultName(_ expression: ExpressionSyntax) -> String {
    if case .name(let name) = expression.kind { return name.text }
    return ReferenceText.singleSpaced(expression.span.text)
  }

  func keep(_ selections: [SelectionSyntax], of table: ReferenceTable, _ scope: Scope) throws(ReferenceError)
    -> ReferenceTable
  {
    var result = ReferenceTable(columns: [], rows: table.rows.map { _ in [] })
    for selection in selections {
      switch selection {
      case .pattern:
        for index in positions([selection], in: table) where !result.columns.contains(table.columns[index]) {
          result.columns.append(table.columns[index])
          for row in table.rows.indices { result.rows[row].append(table.rows[row][index]) }
        }
      case .expression(let named):
        var name = named.name?.text ?? Self.defaultName(named.value)
        if named.name == nil, case .name(let written) = named.value.kind, let index = scope.column(written.text) {
          name = table.columns[index].name
        }
        result.columns.append(ReferenceColumn(name, kind(named.value, scope)))
        for row in table.rows.indices {
          result.rows[row].append(try evaluate(named.value, scope.on(table.rows[row])))
        }
      }
    }
    return result
  }

  // MARK: sort, top

  func sorted(_ rows: [[Cell]], by keys: [SortKeySyntax], _ scope: Scope) throws(ReferenceError) -> [[Cell]] {
    var keyed: [(row: [Cell], key: [Cell])] = []
    for row in rows { keyed.append((row, try cells(keys.map(\.value), scope.on(row)))) }
    return insertionSorted(keyed) {
      firstIsEarlier($0.key, $1.key, isDescending: keys.map(\.isDescending)) ?? false
    }.map(\.row)
  }

  /// Group by group, the best first; a row ties with the last place where nothing separates their values.
  func top(_ top: TopSyntax, _ table: ReferenceTable, _ scope: Scope) throws(ReferenceError) -> [[Cell]] {
    guard case .integer(let count) = try evaluate(top.count, scope) else { throw .unsupported("count of top") }
    var candidates: [(row: [Cell], value: Cell, group: [Cell])] = []
    for row in table.rows {
      let value = try evaluate(top.by, scope.on(row))
      if !value.isMissing { candidates.append((row, value, try cells(top.per, scope.on(row)))) }
    }
    let directions = top.per.map { _ in false } + [!top.isBottom]
    let ordered = insertionSorted(candidates) {
      firstIsEarlier($0.group + [$0.value], $1.group + [$1.value], isDescending: directions) ?? false
    }
    return ordered.filter { candidate in
      let better = ordered.count {
        Self.areSame($0.group, candidate.group)
          && (top.isBottom ? $0.value.precedes(candidate.value) : candidate.value.precedes($0.value))
      }
      return better < count
    }.map(\.row)
  }

  // MARK: append, unpivot, complete

  func append(_ first: ReferenceTable, _ second: ReferenceTable) -> ReferenceTable {
    let matches = first.columns.map { position($0.name, in: second) }
    var columns = first.columns
    for (index, match) in matches.enumerated() {
      if let match { columns[index].kind = columns[index].kind.common(second.columns[match].kind) }
    }
    let further = second.columns.indices.filter { !matches.contains($0) }
    columns += further.map { second.columns[$0] }
    let above = first.rows.map { $0 + further.map { _ in Cell.missing } }
    let below = second.rows.map { row in
      matches.map { match in match.map { row[$0] } ?? .missing } + further.map { row[$0] }
    }
    return ReferenceTable(
      columns: columns,
      rows: (above + below).map { row in zip(row, columns).map { $0.converted(to: $1.kind) } })
  }

  func unpivot(_ chosen: [Int], _ name: String, _ value: String, _ table: ReferenceTable) -> ReferenceTable {
    let kept = table.columns.indices.filter { !chosen.contains($0) }
    let kind = chosen.reduce(Kind.missing) { $0.common(table.columns[$1].kind) }
    var rows: [[Cell]] = []
    for row in table.rows {
      for index in chosen {
        rows.append(
          kept.map { row[$0] } + [.text(table.columns[index].name), row[index].converted(to: kind)])
      }
    }
    return ReferenceTable(
      columns: kept.map { table.columns[$0] } + [ReferenceColumn(name, .text), ReferenceColumn(value, kind)],
      rows: rows)
  }

  /// Of texts, by a separator; what is blank is no element, and a row without any stays.
  func unnest(_ syntax: UnnestSyntax, _ table: ReferenceTable) throws(ReferenceError) -> ReferenceTable {
    guard case .name(let name) = syntax.column.value.kind, let place = position(name.text, in: table),
      case .text(let separator)? = syntax.separator?.kind
    else { throw .unsupported("unnest") }
    var rows: [[Cell]] = []
    for row in table.rows {
      var elements: [String] = []
      if case .text(let text) = row[place] {
        elements = text.components(separatedBy: separator).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
          .filter { !$0.isEmpty }
      }
      for number in 0..<max(1, elements.count) {
        var copy = row
        copy[place] = elements.isEmpty ? .missing : .text(elements[number])
        if syntax.hasPosition { copy.insert(elements.isEmpty ? .missing : .integer(Int64(number) + 1), at: place) }
        rows.append(copy)
      }
    }
    var columns = table.columns
    columns[place] = ReferenceColumn(syntax.column.name?.text ?? columns[place].name, .text)
    if syntax.hasPosition { columns.insert(ReferenceColumn("position", .integer), at: place) }
    return ReferenceTable(columns: columns, rows: rows)
  }

  /// Missing is no value that could be combined.
  func complete(_ columns: [ExpressionSyntax], _ table: ReferenceTable) throws(ReferenceError) -> ReferenceTable {
    var chosen: [Int] = []
    for column in columns {
      guard case .name(let name) = column.kind, let index = position(name.text, in: table) else {
        throw .unsupported("complete")
      }
      if !chosen.contains(index) { chosen.append(index) }
    }
    var combinations: [[Cell]] = [[]]
    for index in chosen {
      let values = insertionSorted(ReferenceAggregates.distinct(table.rows.map { $0[index] }.filter { !$0.isMissing }))
      {
        $0.precedes($1)
      }
      combinations = combinations.flatMap { start in values.map { start + [$0] } }
    }
    var result = table
    for index in chosen {
      let kind = result.columns[index].kind.ofKey
      result.columns[index].kind = kind
      for row in result.rows.indices { result.rows[row][index] = result.rows[row][index].converted(to: kind) }
    }
    for combination in combinations
    where !table.rows.contains(where: { row in Self.areSame(chosen.map { row[$0] }, combination) }) {
      var row = table.columns.map { _ in Cell.missing }
      for (index, cell) in zip(chosen, combination) { row[index] = cell.converted(to: result.columns[index].kind) }
      result.rows.append(row)
    }
    return result
  }
}
