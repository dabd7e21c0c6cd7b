import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// The keys, aggregates and groupings of an `AggregateNode`, ready to run.
struct PhysicalAggregation: Sendable {
  var keys: [(expression: PhysicalExpression, field: Field)]
  var aggregates: [PhysicalAggregate]
  /// The positions of the keys of each grouping: all of them first, then those of the totals.
  var groupings: [[Int]]
  var hasTotals: Bool

  /// The rows of one grouping: its keys, others missing, the values, and which keys its totals leave out.
  func chunk(_ kept: [Int], keys found: [Column], values: [Column], count: Int) -> Chunk {
    var columns = keys.indices.map { key in
      kept.firstIndex(of: key).map { found[$0] } ?? .missing(keys[key].field.type.columnKind, count: count)
    }
    columns += values
    if hasTotals {
      columns += keys.indices.map { key in
        .boolean(BooleanColumn(Bitmap(repeating: !kept.contains(key), count: count)))
      }
    }
    return Chunk(columns: columns, count: count)
  }
}

/// One row a group: rows are numbered by their keys, and accumulators keep one slot a number.
///
/// The naive way sorts all rows by their keys and works through the runs: it touches every row many times and needs
/// them all at hand. Here a row is touched once: its group comes from its keys (`GroupNumbering`), each aggregate adds a
/// whole chunk to its slots in one loop, and only the groups, far fewer, are sorted at the end.
///
/// Totals are further groupings over the same rows, so a total of ratios is the ratio of the rows. Arguments are worked
/// out once a chunk for all groupings.
final class HashAggregate: Sink {
  private final class Grouping {
    let kept: [Int]
    var numbering: GroupNumbering
    var state: AggregateState

    init(_ plan: PhysicalAggregation, _ kept: [Int], slotLimit: Int) {
      self.kept = kept
      numbering = GroupNumbering(kept.map { plan.keys[$0].field.type.columnKind }, slotLimit: slotLimit)
      state = AggregateState(plan.aggregates)
    }
  }

  private let plan: PhysicalAggregation
  private let evaluator: ExpressionEvaluator
  private let groupings: [Grouping]

  /// - Parameter rowCount: how many rows may come; a direct table is not made much larger than that.
  init(_ plan: PhysicalAggregation, rowCount: Int, _ evaluator: ExpressionEvaluator) {
    self.plan = plan
    self.evaluator = evaluator
    let slotLimit = min(1 << 22, max(1 << 10, rowCount * 2))
    groupings = plan.groupings.map { Grouping(plan, $0, slotLimit: slotLimit) }
  }

  func consume(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) {
    var keys: [Column] = []
    for key in plan.keys { keys.append(try evaluator.column(key.expression, as: key.field.type, chunk, &tally)) }
    let inputs = try AggregateState.inputs(plan.aggregates, chunk, isUngrouped: plan.keys.isEmpty, evaluator, &tally)
    for (number, grouping) in groupings.enumerated() {
      let kept = grouping.kept.map { keys[$0] }
      if !grouping.numbering.accepts(kept) { try hash(grouping) }
      let groups = grouping.numbering.assign(kept, rowCount: chunk.count)
      // What nested aggregates tally is tallied for the first grouping only.
      var own = tally
      try grouping.state.update(
        chunk, inputs: inputs, groups: groups, groupCount: grouping.numbering.slotCount, evaluator, &own)
      if number == 0 { tally = own }
    }
  }

  /// Numbers the groups anew by a hash table, and takes what was gathered over.
  private func hash(_ grouping: Grouping) throws(QueryError) {
    if grouping.numbering.isHashed { return }
    let mapping = grouping.numbering.hash(rowCounts: grouping.state.rowCounts)
    let state = AggregateState(plan.aggregates)
    if grouping.numbering.slotCount > 0 {
      try state.merge(grouping.state, mapping: mapping, groupCount: grouping.numbering.slotCount)
    }
    grouping.state = state
  }

  func merge(_ later: HashAggregate, _ tally: inout Tally) throws(QueryError) {
    for (grouping, laterGrouping) in zip(groupings, later.groupings) {
      if laterGrouping.numbering.isEmpty { continue }
      if grouping.numbering.isEmpty {
        grouping.numbering = laterGrouping.numbering
        grouping.state = laterGrouping.state
        continue
      }
      var mapping = grouping.numbering.identity(with: laterGrouping.numbering)
      if mapping == nil {
        try hash(grouping)
        try hash(laterGrouping)
        mapping = grouping.numbering.merge(laterGrouping.numbering)
      }
      try grouping.state.merge(
        laterGrouping.state, mapping: mapping ?? [], groupCount: grouping.numbering.slotCount)
    }
  }

  /// The groups in ascending order of their keys, missing last; then those of each total, alike.
  func finish(_ workers: Workers, _ tally: inout Tally) throws(QueryError) -> [Chunk] {
    var chunks: [Chunk] = []
    for (number, grouping) in groupings.enumerated() {
      // Over no rows too there is a total: nothing counts zero.
      let slotCount = max(grouping.numbering.slotCount, grouping.kept.isEmpty ? 1 : 0)
      var own = tally
      let values = try grouping.state.finish(groupCount: slotCount, evaluator, workers, &own)
      if number == 0 { tally = own }
      let (found, slots) = grouping.numbering.sortedKeys(rowCounts: grouping.state.rowCounts)
      let count = grouping.kept.isEmpty ? 1 : slots.count
      chunks.append(
        plan.chunk(
          grouping.kept, keys: found, values: grouping.kept.isEmpty ? values : values.map { $0.gather(slots) },
          count: count))
    }
    return chunks
  }

  /// What the aggregates left out, counted over the rows once.
  var notes: [Diagnostic] { groupings[0].state.notes }
}
