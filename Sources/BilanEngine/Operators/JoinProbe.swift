import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Finds for each left row the right rows with equal keys.
///
/// The naive join compares every left row with every right row. Here the right side is put into a table once
/// (`JoinTable`), and left rows stream by: their keys become words, a lookup gives the group, the group its rows. Left
/// and right rows of the answer are lists of row numbers, and columns are gathered by them; where each left row stays
/// once and in place, which is the common `left` join, the left columns are shared and not copied.
///
/// Where rows of many left keys meet many right ones the answer is far larger than both sides: it is counted before any
/// of it is made, and comes in parts that may begin and end between the matches of one row.
struct JoinProbe: StreamingOperator {
  struct Counters: Sendable {
    /// Left rows seen.
    var rows: Int
    /// Left rows without a match.
    var unmatched: Int
    /// For `full`, the flags of right rows that were met.
    var matched: Int?
  }

  let node: JoinNode
  let table: JoinTable
  let keys: [PhysicalExpression]
  let counters: Counters
  /// Which columns of the answer are read; nil for all.
  let reads: [Bool]?
  let evaluator: ExpressionEvaluator
  /// What may be dropped before it is looked up.
  private(set) var reduction: KeyReduction?

  func reduced(by reduction: KeyReduction) -> JoinProbe {
    var probe = self
    probe.reduction = reduction
    return probe
  }

  var looksUpAhead: Bool { table.matchesDictionaries }

  func expand(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Expansion {
    var chunk = chunk
    if let reduction {
      let survivors = reduction.survivors(chunk)
      reduction.count(dropped: chunk.count - survivors.onesCount, &tally)
      chunk = chunk.filter(survivors, leftReads)
    }
    let columns = try keyColumns(chunk, &tally)
    if let found = table.findOne(columns) { return .whole(join(chunk, found, &tally)) }
    let groups = table.find(columns, rowCount: chunk.count)
    let unmatched = groups.reduce(0) { $0 + ($1 < 0 ? 1 : 0) }
    tally.counts[counters.rows] += chunk.count
    tally.counts[counters.unmatched] += unmatched
    switch node.kind {
    case .semi: return .whole(chunk.filter(Bitmap(count: chunk.count) { groups[$0] >= 0 }))
    case .anti: return .whole(chunk.filter(Bitmap(count: chunk.count) { groups[$0] < 0 }))
    case .left, .inner, .full: break
    }
    if !node.allowsMany, let row = groups.firstIndex(where: { $0 >= 0 && table.range(of: $0).count > 1 }) {
      throw multiplies(columns, row: row, count: table.range(of: groups[row]).count)
    }

    let matches = GroupMatches(table, groups, keepsUnmatched: node.kind != .inner)
    let mostRows = Expansion.mostRows
    guard matches.count > mostRows else { return .whole(join(chunk, matches, 0..<matches.count, &tally)) }
    return .parts((matches.count + mostRows - 1) / mostRows) { (part, tally) throws(QueryError) in
      let start = part * mostRows
      return join(chunk, matches, start..<min(start + mostRows, matches.count), &tally)
    }
  }

  /// Which left columns are read, by this join or later; nil for all.
  private var leftReads: [Bool]? {
    guard let reads else { return nil }
    var leftReads = Array(reads.dropLast(node.rightOutputs.count))
    for key in keys { key.markColumns(&leftReads) }
    return leftReads
  }

  func keyColumns(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> [Column] {
    var columns: [Column] = []
    for key in keys { columns.append(try evaluator.column(key, as: key.type, chunk, &tally)) }
    return columns
  }

  /// Joins some of the matches of a chunk's rows.
  private func join(_ chunk: Chunk, _ matches: GroupMatches, _ range: Range<Int>, _ tally: inout Tally) -> Chunk {
    let (left, right) = matches.pairs(range)
    if let matched = counters.matched {
      for row in right where row >= 0 { tally.matched[matched][Int(row)] = true }
    }
    let isInPlace =
      left.count == chunk.count && left.enumerated().allSatisfy { $0.offset == Int($0.element) }
    let leftColumns = isInPlace ? chunk.columns : chunk.gather(left, reads).columns
    return Chunk(
      columns: leftColumns + rightColumns(from: chunk.columns.count) { $0.gatherOrMissing(right) }, count: left.count)
  }

  /// Joins rows that have at most one match each.
  private func join(_ chunk: Chunk, _ found: Buffer<Int32>, _ tally: inout Tally) -> Chunk {
    tally.counts[counters.rows] += chunk.count
    if node.kind == .inner || node.kind == .semi {
      let (left, right, unmatched) = Matches.pairs(found)
      tally.counts[counters.unmatched] += unmatched
      let isWhole = left.count == chunk.count
      let kept = isWhole ? chunk.columns : chunk.gather(left, reads).columns
      return Chunk(
        columns: node.kind == .semi ? kept : kept + rightColumns(from: kept.count) { $0.gather(right) },
        count: left.count)
    }
    let unmatched = Matches.unmatchedCount(found)
    tally.counts[counters.unmatched] += unmatched
    if let matched = counters.matched {
      for row in found.array where row >= 0 { tally.matched[matched][Int(row)] = true }
    }
    if node.kind == .anti { return chunk.filter(Bitmap(count: chunk.count) { found[$0] < 0 }) }
    let rows = found.array
    let right = rightColumns(from: chunk.columns.count) {
      unmatched == 0 ? $0.gather(rows) : $0.gatherOrMissing(rows)
    }
    return Chunk(columns: chunk.columns + right, count: chunk.count)
  }

  /// - Parameter first: where the right columns begin in the answer.
  private func rightColumns(from first: Int, _ gather: (Column) -> Column) -> [Column] {
    node.rightOutputs.enumerated().map { place, output in
      let column = table.right.columns[output.column]
      return reads?[first + place] ?? true ? gather(column) : .missing(column.kind, count: 0)
    }
  }

  /// The right rows that no left row has met, as rows of the answer of a full join.
  ///
  /// - Parameter leftSchema: the columns of the left side.
  func unmatchedRight(_ matched: [Bool], leftSchema: [Field]) -> Chunk? {
    let rows = matched.indices.filter { !matched[$0] }.map { Int32($0) }
    guard !rows.isEmpty else { return nil }
    var columns = leftSchema.map { Column.missing($0.type.columnKind, count: rows.count) }
    for (key, column) in node.keyColumns.enumerated() {
      if let column { columns[column] = table.keys[key].gather(rows) }
    }
    columns += node.rightOutputs.map { table.right.columns[$0.column].gather(rows) }
    return Chunk(columns: columns, count: rows.count)
  }

  private func multiplies(_ columns: [Column], row: Int, count: Int) -> QueryError {
    let values = zip(columns, node.leftKeys).map { column, key in
      ValueText.text(of: column.value(row, as: key.type))
    }
    let key = node.hidesKeys ? "…" : values.joined(separator: ", ")
    return QueryError(
      .error(
        .joinMultiplies,
        Localized(
          "`\(key)` has \(count) rows in `\(node.rightName)`: the join would multiply rows",
          fr: "`\(key)` a \(count) lignes dans `\(node.rightName)` : la jointure multiplierait les lignes"),
        at: node.span,
        help: Localized(
          "write `join many` if that is meant, or make the keys of `\(node.rightName)` unique with `summarize` or "
            + "`distinct`",
          fr: "écrivez `join many` si c’est voulu, ou rendez uniques les clés de `\(node.rightName)` avec `summarize` "
            + "ou `distinct`")))
  }
}

/// What is said under a result about its joins.
enum JoinNotes {
  static func unmatched(_ node: JoinNode, _ counters: JoinProbe.Counters, _ tally: Tally) -> Diagnostic? {
    let count = tally.counts[counters.unmatched]
    let total = tally.counts[counters.rows]
    guard count > 0 else { return nil }
    let name = node.rightName
    let rows = count == 1 ? "1 row" : "\(count) rows"
    let found = Localized(
      "\(rows) of \(total) found no match in `\(name)`",
      fr: count == 1
        ? "1 ligne sur \(total) n’a pas de correspondance dans `\(name)`"
        : "\(count) lignes sur \(total) n’ont pas de correspondance dans `\(name)`")
    switch node.kind {
    case .semi, .anti: return nil
    case .left, .full: return .note(.unmatchedRows, found, count: count)
    case .inner:
      return .note(
        .unmatchedRows,
        count == 1
          ? Localized(found.english + " and was left out", fr: found.french + " et a été laissée de côté")
          : Localized(found.english + " and were left out", fr: found.french + " et ont été laissées de côté"),
        count: count)
    }
  }
}
