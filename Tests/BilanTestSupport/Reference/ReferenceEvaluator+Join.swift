import BilanSyntax

extension ReferenceEvaluator {
  /// For each row on the left, the rows on the right with the same keys; a missing key matches nothing.
  func join(_ join: JoinSyntax, _ left: Named, _ scope: Scope) throws(ReferenceError) -> ReferenceTable {
    let right = try read(join.source, scope.definitions)
    let rightScope = Scope(columns: right.table.columns, definitions: scope.definitions)
    let leftKeys = join.keys.map { Self.withoutSide($0.left) }
    let rightKeys = join.keys.map { Self.withoutSide($0.right ?? $0.left) }
    let kinds = zip(leftKeys, rightKeys).map { kind($0, scope).common(kind($1, rightScope)) }

    func keys(_ keys: [ExpressionSyntax], _ scope: Scope) throws(ReferenceError) -> [Cell] {
      zip(try cells(keys, scope), kinds).map { $0.converted(to: $1) }
    }
    var leftCells: [[Cell]] = []
    for row in left.table.rows { leftCells.append(try keys(leftKeys, scope.on(row))) }
    var rightCells: [[Cell]] = []
    for row in right.table.rows { rightCells.append(try keys(rightKeys, rightScope.on(row))) }
    func match(_ first: [Cell], _ second: [Cell]) -> Bool {
      Self.areSame(first, second) && !first.contains(where: \.isMissing)
    }

    if join.kind == .semi || join.kind == .anti {
      var result = left.table
      result.rows = left.table.rows.indices.filter { index in
        rightCells.contains { match(leftCells[index], $0) } == (join.kind == .semi)
      }.map { left.table.rows[$0] }
      return result
    }

    let (shown, columns) = rightColumns(left.table, right, zip(leftKeys, rightKeys).map { ($0, $1) })
    var rows: [[Cell]] = []
    var matched: Set<Int> = []
    for (index, row) in left.table.rows.enumerated() {
      let matches = rightCells.indices.filter { match(leftCells[index], rightCells[$0]) }
      if matches.count > 1, !join.allowsMany { throw .joinMultiplies }
      matched.formUnion(matches)
      rows += matches.map { number in row + shown.map { right.table.rows[number][$0] } }
      if matches.isEmpty, join.kind != .inner { rows.append(row + shown.map { _ in .missing }) }
    }
    if join.kind == .full {
      for number in right.table.rows.indices where !matched.contains(number) {
        var row = left.table.columns.map { _ in Cell.missing }
        for (key, cell) in zip(leftKeys, rightCells[number]) {
          if case .name(let name) = key.kind, let column = scope.column(name.text) { row[column] = cell }
        }
        rows.append(row + shown.map { right.table.rows[number][$0] })
      }
    }
    return ReferenceTable(columns: left.table.columns + columns, rows: rows)
  }

  /// `left.code` and `regions.id` are columns of their sides.
  private static func withoutSide(_ key: ExpressionSyntax) -> ExpressionSyntax {
    if case .field(_, let name) = key.kind { return ExpressionSyntax(.name(name), span: key.span) }
    return key
  }

  /// The right columns that are no key, under names that the left side has not.
  private func rightColumns(
    _ left: ReferenceTable, _ right: Named, _ keys: [(ExpressionSyntax, ExpressionSyntax)]
  ) -> (shown: [Int], columns: [ReferenceColumn]) {
    var repeated: Set<Int> = []
    for (leftKey, rightKey) in keys {
      if case .name = leftKey.kind, case .name(let name) = rightKey.kind,
        let index = position(name.text, in: right.table)
      {
        repeated.insert(index)
      }
    }
    var shown: [Int] = []
    var columns: [ReferenceColumn] = []
    for (index, column) in right.table.columns.enumerated() where !repeated.contains(index) {
      let isTaken = { (name: String) in
        position(name, in: left) != nil || columns.contains { $0.name == name }
      }
      var name = column.name
      var number = 1
      while isTaken(name) {
        name = "\(right.name) \(column.name)" + (number > 1 ? " \(number)" : "")
        number += 1
      }
      shown.append(index)
      columns.append(ReferenceColumn(name, column.kind))
    }
    return (shown, columns)
  }
}
