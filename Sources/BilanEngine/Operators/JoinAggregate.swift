import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// One row a group of what a join would give, without its rows: left rows are grouped by the right row that they meet,
/// and what is read of right rows is read once a right row.
///
///     left row ──▶ right row, a slot ──▶ rows, sums of left columns ─┐
///     right row ─▶ keys, right columns ── as often as it was met ────┴▶ groups
///
/// Where the join finds right rows by a small number, that number is the slot, and left rows are not even looked up.
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

  private var slotCount: Int { join.rowOfSlot.count }
  var looksUpAhead: Bool { join.probe.looksUpAhead }

  func consume(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) {
    let table = join.probe.table
    let keys = try join.probe.keyColumns(chunk, &tally)
    tally.counts[join.probe.counters.rows] += chunk.count
    var rows = chunk
    let slots: Buffer<UInt32>
    if join.usesPlaces {
      guard let places = table.places(keys[0]) else { preconditionFailure("the table is of whole numbers") }
      slots = places
    } else {
      guard var found = table.findOne(keys) else { preconditionFailure("each key has one row") }
      if let reads = join.readsMatchedOnly {
        let (positions, right, unmatched) = Matches.pairs(found)
        if positions.count < chunk.count {
          tally.counts[join.probe.counters.unmatched] += unmatched
          rows = chunk.gather(positions, reads)
          found = Buffer(right)
        }
      }
      slots = found.slots(table.right.count)
    }
    if rows.count == 0 { return }
    let inputs = try AggregateState.inputs(aggregates, rows, evaluator, &tally)
    try state.update(rows, inputs: inputs, groups: slots, groupCount: slotCount, evaluator, &tally)
  }

  func merge(_ later: JoinAggregate, _ tally: inout Tally) throws(QueryError) {
    try state.merge(later.state, mapping: (0..<slotCount).map { UInt32($0) }, groupCount: slotCount)
  }

  /// The slots of left rows that are rows of the join.
  private func met(_ counts: [Int64]) -> [Int] {
    counts.indices.filter { counts[$0] > 0 && (join.rowOfSlot[$0] >= 0 || !join.isInner) }
  }

  /// How many rows the join has.
  var rowCount: Int {
    let counts = state.rowCounts
    return met(counts).reduce(0) { $0 + Int(counts[$1]) }
  }

  /// The groups and what the aggregates left out, as `HashAggregate` gives them; left rows without a match are counted.
  func finish(_ workers: Workers, _ tally: inout Tally) throws(QueryError) -> (chunks: [Chunk], notes: [Diagnostic]) {
    let counts = state.rowCounts
    for slot in counts.indices where join.rowOfSlot[slot] == -1 {
      tally.counts[join.probe.counters.unmatched] += Int(counts[slot])
    }
    let met = met(counts)
    let rightRows = met.map { join.rowOfSlot[$0] }
    let weights = Buffer(met.map { counts[$0] })
    // A row for each slot, with right columns alone.
    let right = join.probe.table.right
    let rows = Chunk(
      columns: join.leftKinds.map { Column.missing($0, count: met.count) }
        + join.probe.node.rightOutputs.map { right.columns[$0.column].gatherOrMissing(rightRows) },
      count: met.count)
    var keys: [Column] = []
    for (key, field) in zip(join.keys, join.plan.keys.map(\.field)) {
      switch key {
      case _ where met.isEmpty: keys.append(.missing(field.type.columnKind, count: 0))
      case .right(let expression): keys.append(try evaluator.column(expression, as: field.type, rows, &tally))
      case .joined(let place): keys.append(join.probe.table.keys[place].gather(rightRows))
      }
    }
    var inputs: [(aggregate: Int, column: Column)] = []
    for place in join.right {
      let argument = join.plan.aggregates[place].arguments[0]
      if !met.isEmpty { inputs.append((place, try evaluator.column(argument, as: argument.type, rows, &tally))) }
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
