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
}

/// One row a group: rows are numbered by their keys, and accumulators keep one slot a number.
///
/// The naive way sorts all rows by their keys and works through the runs: it touches every row many times and needs
/// them all at hand. Here a row is touched once: its group index comes from a direct table or a hash table (`Grouper`),
/// each aggregate adds a whole chunk to its slots in one loop, and only the groups, far fewer, are sorted at the end.
///
/// Totals are further groupings over the same rows, so a total of ratios is the ratio of the rows. Arguments are worked
/// out once a chunk for all groupings.
final class HashAggregate: Sink {
  private final class Grouping {
    let kept: [Int]
    var grouper: Grouper
    let state: AggregateState

    init(_ plan: PhysicalAggregation, _ kept: [Int]) {
      self.kept = kept
      grouper = Grouper(kept.map { plan.keys[$0].field.type.columnKind })
      state = AggregateState(plan.aggregates)
    }
  }

  private let plan: PhysicalAggregation
  private let evaluator: ExpressionEvaluator
  private let groupings: [Grouping]

  init(_ plan: PhysicalAggregation, _ evaluator: ExpressionEvaluator) {
    self.plan = plan
    self.evaluator = evaluator
    groupings = plan.groupings.map { Grouping(plan, $0) }
  }

  func consume(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) {
    var keys: [Column] = []
    for key in plan.keys { keys.append(try evaluator.column(key.expression, as: key.field.type, chunk, &tally)) }
    let inputs = try AggregateState.inputs(plan.aggregates, chunk, evaluator, &tally)
    for (number, grouping) in groupings.enumerated() {
      let groups = grouping.grouper.assign(grouping.kept.map { keys[$0] }, rowCount: chunk.count)
      // What nested aggregates tally is tallied for the first grouping only.
      var own = tally
      try grouping.state.update(
        chunk, inputs: inputs, groups: groups, groupCount: grouping.grouper.count, evaluator, &own)
      if number == 0 { tally = own }
    }
  }

  func merge(_ later: HashAggregate, _ tally: inout Tally) throws(QueryError) {
    for (grouping, laterGrouping) in zip(groupings, later.groupings) {
      let mapping = grouping.grouper.merge(laterGrouping.grouper)
      try grouping.state.merge(laterGrouping.state, mapping: mapping, groupCount: grouping.grouper.count)
    }
  }

  /// The groups in ascending order of their keys, missing last; then those of each total, alike.
  func finish(_ tally: inout Tally) throws(QueryError) -> [Chunk] {
    var chunks: [Chunk] = []
    for (number, grouping) in groupings.enumerated() {
      var count = grouping.grouper.count
      // Over no rows too there is a total: nothing counts zero.
      if count == 0, grouping.kept.isEmpty { count = 1 }
      var own = tally
      let values = try grouping.state.finish(groupCount: count, evaluator, &own)
      if number == 0 { tally = own }
      let found = grouping.grouper.keyColumns()
      let order = RowOrder(found.map { ($0, false) }, count: count).rows()
      var columns = plan.keys.indices.map { key in
        grouping.kept.firstIndex(of: key).map { found[$0].gather(order) }
          ?? .missing(plan.keys[key].field.type.columnKind, count: count)
      }
      columns += values.map { $0.gather(order) }
      if plan.hasTotals {
        columns += plan.keys.indices.map { key in
          .boolean(BooleanColumn(Bitmap(repeating: !grouping.kept.contains(key), count: count)))
        }
      }
      chunks.append(Chunk(columns: columns, count: count))
    }
    return chunks
  }

  /// What the aggregates left out, counted over the rows once.
  var notes: [Diagnostic] { groupings[0].state.notes }
}
