import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanPlan

/// Aggregates over a join that can be worked out without making its rows: all that is read of a right row is the same
/// for every left row that meets it.
struct JoinAggregation: Sendable {
  let plan: PhysicalAggregation
  let probe: JoinProbe
  let leftKinds: [ColumnKind]
  let keys: [Key]
  /// The aggregates of left columns, or of none, and those of right columns, as places in `plan`.
  let left: [Int]
  let right: [Int]
  /// Which left columns the aggregates read, where rows without a match must not be seen by them.
  let readsMatchedOnly: [Bool]?

  var isInner: Bool { probe.node.kind == .inner }
  /// The slot of left rows that meet none; those before are the right rows.
  var unmatchedSlot: Int { probe.table.right.count }

  /// A key of the groups, which is the same for all left rows that meet a right one.
  enum Key: Sendable {
    /// Of right columns.
    case right(PhysicalExpression)
    /// What an inner join has found equal on both sides.
    case joined(Int)

    fileprivate init?(_ key: PhysicalExpression, _ probe: JoinProbe, leftCount: Int, columnCount: Int) {
      if probe.node.kind == .inner, case .column(let index) = key.kind, index < leftCount {
        guard let place = probe.node.keyColumns.firstIndex(of: index) else { return nil }
        self = .joined(place)
        return
      }
      var columns = [Bool](repeating: false, count: columnCount)
      key.markColumns(&columns)
      guard !columns[..<leftCount].contains(true) else { return nil }
      self = .right(key)
    }
  }

  /// - Parameters:
  ///   - chunks: the left rows, before filters.
  /// - Returns: nil where the rows of the join are needed, or where there are too few of them to save something.
  init?(
    _ plan: PhysicalAggregation, _ probe: JoinProbe, over chunks: [Chunk], schema: Schema,
    _ evaluator: ExpressionEvaluator
  ) throws(QueryError) {
    let rowCount = chunks.reduce(0) { $0 + $1.count }
    let leftCount = schema.count
    guard probe.node.kind == .inner || probe.node.kind == .left, probe.table.findsOne, rowCount > 0,
      probe.table.right.count <= min(1 << 16, rowCount / 8), chunks.allSatisfy({ $0.columns.count == leftCount })
    else { return nil }
    self.plan = plan
    self.probe = probe
    leftKinds = schema.fields.map(\.type.columnKind)
    let columnCount = leftCount + probe.node.rightOutputs.count
    var keys: [Key] = []
    for (expression, _) in plan.keys {
      guard let key = Key(expression, probe, leftCount: leftCount, columnCount: columnCount) else { return nil }
      keys.append(key)
    }
    self.keys = keys
    var (left, right): ([Int], [Int]) = ([], [])
    var isRead = [Bool](repeating: false, count: leftCount)
    var isPlain = true
    for (place, aggregate) in plan.aggregates.enumerated() {
      guard aggregate.nested == nil, aggregate.filter == nil, !aggregate.countsKey else { return nil }
      var own = [Bool](repeating: false, count: columnCount)
      for argument in aggregate.arguments { argument.markColumns(&own) }
      if own[leftCount...].contains(true) {
        guard Self.canWeigh(aggregate, probe, leftCount: leftCount, rowCount: rowCount) else { return nil }
        right.append(place)
      } else {
        guard try Self.canGather(aggregate, over: chunks, rowCount: rowCount, evaluator) else { return nil }
        left.append(place)
        isPlain = isPlain && aggregate.arguments.allSatisfy(\.isColumn)
        for column in 0..<leftCount where own[column] { isRead[column] = true }
      }
    }
    self.left = left
    self.right = right
    // What is missing in a row that is left out is not counted as missing, and what fails there does not fail.
    let hasGaps = chunks.contains { chunk in isRead.indices.contains { isRead[$0] && chunk.columns[$0].validity != nil } }
    readsMatchedOnly = probe.node.kind == .inner && (hasGaps || !isPlain) ? isRead : nil
  }

  /// Whether an aggregate of left columns gives the same whatever the order and the grouping of its rows.
  private static func canGather(
    _ aggregate: PhysicalAggregate, over chunks: [Chunk], rowCount: Int, _ evaluator: ExpressionEvaluator
  ) throws(QueryError) -> Bool {
    switch aggregate.name {
    case "count", "min", "max": return aggregate.arguments.allSatisfy(\.isColumn)
    case "sum", "mean":
      guard let argument = aggregate.arguments.first, argument.isArithmetic else { return false }
      if argument.type == .integer { return true }
      // How many digits there are is known of a column as a whole, so that one row of a chunk tells.
      var digits: Int?
      for chunk in chunks where chunk.count > 0 {
        var tally = Tally(counts: [], offenders: [], matched: [])
        let input = try AggregateInput(aggregate, chunk.slice(0..<1), evaluator, &tally)
        guard case .column(.real(let column))? = input.operands.first, isExact(column, rowCount: rowCount),
          let own = column.decimals?.digits, own == digits ?? own
        else { return false }
        digits = own
      }
      return true
    default: return false
    }
  }

  /// Whether an aggregate of right columns can be told how often a row counts.
  private static func canWeigh(
    _ aggregate: PhysicalAggregate, _ probe: JoinProbe, leftCount: Int, rowCount: Int
  ) -> Bool {
    guard ["sum", "mean", "count"].contains(aggregate.name), aggregate.arguments.count == 1,
      case .column(let index) = aggregate.arguments[0].kind
    else { return false }
    if aggregate.name == "count" { return true }
    switch probe.table.right.columns[probe.node.rightOutputs[index - leftCount].column] {
    case .integer(let column):
      let range = column.range
      let greatest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
      return greatest <= UInt64(1 << 62) / UInt64(rowCount)
    case .real(let column): return isExact(column, rowCount: rowCount)
    case .text, .boolean, .ratio: return false
    }
  }

  /// Whether as many values of a column as there are rows can be added up as whole numbers.
  private static func isExact(_ column: RealColumn, rowCount: Int) -> Bool {
    guard let decimals = column.decimals else { return false }
    return decimals.greatest <= Int64(1 << 62) / Int64(rowCount)
  }
}

/// One row a group of what a join would give, without its rows: left rows are grouped by the right row that they meet,
/// and what is read of right rows is read once a right row.
///
///     left row ──▶ right row, a slot ──▶ rows, sums of left columns ─┐
///     right row ─▶ keys, right columns ── as often as it was met ────┴▶ groups
///
/// The naive way makes the rows of the join, to group them and to add up what was copied a moment before. Here a left row
/// is looked up and added up at once. Only aggregates that give the same bytes either way are worked out so.
final class JoinAggregate: Sink {
  private let join: JoinAggregation
  private let evaluator: ExpressionEvaluator
  private let state: AggregateState
  private let aggregates: [PhysicalAggregate]

  init(_ join: JoinAggregation, _ evaluator: ExpressionEvaluator) {
    self.join = join
    self.evaluator = evaluator
    aggregates = join.left.map { join.plan.aggregates[$0] }
    state = AggregateState(aggregates)
  }

  private var slotCount: Int { join.unmatchedSlot + 1 }

  func consume(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) {
    var rows = chunk
    var found = try join.probe.lookUp(chunk, &tally)
    if let reads = join.readsMatchedOnly {
      let (positions, right, _) = Matches.pairs(found)
      if positions.count < chunk.count {
        rows = chunk.gather(positions, reads)
        found = Buffer(right)
      }
    }
    let inputs = try AggregateState.inputs(aggregates, rows, evaluator, &tally)
    try state.update(
      rows, inputs: inputs, groups: found.slots(unmatched: join.unmatchedSlot), groupCount: slotCount, evaluator, &tally)
  }

  func merge(_ later: JoinAggregate, _ tally: inout Tally) throws(QueryError) {
    try state.merge(later.state, mapping: (0..<slotCount).map { UInt32($0) }, groupCount: slotCount)
  }

  /// How many rows the join has.
  var rowCount: Int {
    let counts = state.rowCounts.prefix(join.isInner ? join.unmatchedSlot : slotCount)
    return Int(counts.reduce(0, +))
  }

  /// The groups and what the aggregates left out, as `HashAggregate` gives them.
  func finish(_ workers: Workers, _ tally: inout Tally) throws(QueryError) -> (chunks: [Chunk], notes: [Diagnostic]) {
    let counts = state.rowCounts
    let met = counts.indices.filter { counts[$0] > 0 && (!join.isInner || $0 != join.unmatchedSlot) }
    let rightRows = met.map { $0 == join.unmatchedSlot ? -1 : Int32($0) }
    let weights = Buffer(met.map { counts[$0] })
    // A row for each right row that was met, with right columns alone.
    let right = join.probe.table.right
    let rows = Chunk(
      columns: join.leftKinds.map { Column.missing($0, count: met.count) }
        + join.probe.node.rightOutputs.map { right.columns[$0.column].gatherOrMissing(rightRows) },
      count: met.count)
    var keys: [Column] = []
    for (key, field) in zip(join.keys, join.plan.keys.map(\.field)) {
      switch key {
      case .right(let expression): keys.append(try evaluator.column(expression, as: field.type, rows, &tally))
      case .joined(let place): keys.append(join.probe.table.keys[place].gather(rightRows))
      }
    }
    var inputs: [(aggregate: Int, column: Column)] = []
    for place in join.right {
      let argument = join.plan.aggregates[place].arguments[0]
      inputs.append((place, try evaluator.column(argument, as: argument.type, rows, &tally)))
    }

    var chunks: [Chunk] = []
    var notes: [Diagnostic] = []
    for (number, kept) in join.plan.groupings.enumerated() {
      var numbering = GroupNumbering(
        kept.map { join.plan.keys[$0].field.type.columnKind }, slotLimit: max(1 << 10, met.count * 2))
      var groups = Buffer<UInt32>([])
      if !met.isEmpty { groups = numbering.assign(kept.map { keys[$0] }, rowCount: met.count) }
      let groupCount = max(numbering.slotCount, kept.isEmpty ? 1 : 0)
      // Rows that the join leaves out go to a group behind all others.
      var mapping = [UInt32](repeating: UInt32(groupCount), count: slotCount)
      for (slot, group) in zip(met, groups.array) { mapping[slot] = group }
      let total = AggregateState(join.plan.aggregates)
      try total.take(state, as: join.left, mapping: mapping, groupCount: groupCount + 1)
      for (place, column) in inputs {
        try total.feed(place, column, weights: weights, groups: groups, groupCount: groupCount + 1)
      }
      let values = try total.finish(groupCount: groupCount + 1, evaluator, workers, &tally)
      let (found, slots) = numbering.sortedKeys(rowCounts: Array(total.rowCounts.prefix(numbering.slotCount)))
      chunks.append(
        join.plan.chunk(
          kept, keys: found, values: values.map { $0.gather(kept.isEmpty ? [0] : slots) },
          count: kept.isEmpty ? 1 : slots.count))
      if number == 0 { notes = total.notes }
    }
    return (chunks, notes)
  }
}

extension PhysicalExpression {
  fileprivate var isColumn: Bool { if case .column = kind { true } else { false } }
}
