import BilanColumnar
import BilanDiagnostics

/// The parts of a `WindowNode`, ready to run.
struct PhysicalWindow: Sendable {
  enum Call: Sendable {
    case aggregate(PhysicalAggregate)
    case running(PhysicalAggregate)
    case shifted(PhysicalExpression, distance: Int)
    case rank
    case row
  }

  var partition: [PhysicalExpression]
  var order: [(expression: PhysicalExpression, isDescending: Bool)]
  var calls: [(call: Call, field: Field)]
}

/// Columns worked out over the rows that share a partition; rows stay where they are.
///
/// The naive way looks for the other rows of each row's partition: quadratic. Here rows are numbered by partition, put
/// in order once, and set side by side by partition. Everything is then a walk over `arranged`:
///
///     offsets    0           3        5
///     arranged   2   0   4   1   3            row numbers, partition by partition, each in its order
///     position   0   1   2   0   1            `row()`; `previous(x)` is x of the row to the left
final class Window {
  private let plan: PhysicalWindow
  private let chunk: Chunk
  private let evaluator: ExpressionEvaluator
  private let workers: Workers
  private let groupCount: Int
  private let order: WindowOrder
  private let offsets: [Int32]
  private let arranged: [Int32]
  private(set) var notes: [Diagnostic] = []

  init(
    _ plan: PhysicalWindow, _ chunk: Chunk, _ evaluator: ExpressionEvaluator, _ workers: Workers,
    _ tally: inout Tally
  ) throws(QueryError) {
    self.workers = workers
    self.plan = plan
    self.chunk = chunk
    self.evaluator = evaluator
    var partition: [Column] = []
    for key in plan.partition where chunk.count > 0 {
      partition.append(try evaluator.column(key, as: key.type, chunk, &tally))
    }
    let keys = chunk.count > 0 ? try Sort.keys(plan.order, of: chunk, evaluator, &tally) : []
    order = WindowOrder(partition, plan.partition.map(\.type.columnKind), keys, count: chunk.count, workers)
    offsets = order.offsets
    arranged = order.arranged
    groupCount = offsets.count - 1
  }

  /// One column a call, in the order of the input's rows.
  func columns(_ tally: inout Tally) throws(QueryError) -> [Column] {
    var columns: [Column] = []
    for (call, field) in plan.calls {
      if chunk.count == 0 {
        columns.append(.missing(field.type.columnKind, count: 0))
        continue
      }
      switch call {
      case .aggregate(let aggregate): columns.append(try broadcast(aggregate, &tally))
      case .running(let aggregate): columns.append(try running(aggregate, &tally))
      case .shifted(let expression, let distance):
        let column = try evaluator.column(expression, as: field.type, chunk, &tally)
        columns.append(column.gatherOrMissing(shiftedRows(distance)))
      case .rank: columns.append(ranks())
      case .row: columns.append(numbers { $0 })
      }
    }
    return columns
  }

  private func broadcast(_ aggregate: PhysicalAggregate, _ tally: inout Tally) throws(QueryError) -> Column {
    let state = AggregateState([aggregate])
    // Aggregates that follow rows, `first` and `last`, follow the order that is asked for.
    let ordered = plan.order.isEmpty ? chunk : chunk.gather(arranged)
    let groups = order.groups(count: chunk.count)
    let orderedGroups = Buffer(plan.order.isEmpty ? groups : arranged.map { groups[Int($0)] })
    let inputs = try AggregateState.inputs([aggregate], ordered, evaluator, &tally)
    try state.update(ordered, inputs: inputs, groups: orderedGroups, groupCount: groupCount, evaluator, &tally)
    let values = try state.finish(groupCount: groupCount, evaluator, workers, &tally)
    notes += state.notes
    return values[0].gather(groups.map { Int32(bitPattern: $0) })
  }

  private func running(_ aggregate: PhysicalAggregate, _ tally: inout Tally) throws(QueryError) -> Column {
    let ordered = chunk.gather(arranged)
    let (values, skippedCount) = try Running.values(aggregate, ordered, offsets: offsets, evaluator, &tally)
    notes += AggregateNotes.skipped(aggregate, count: skippedCount).map { [$0] } ?? []
    return values.gather(places())
  }

  /// For each row its place in `arranged`.
  private func places() -> [Int32] {
    var places = [Int32](repeating: 0, count: chunk.count)
    for (place, row) in arranged.enumerated() { places[Int(row)] = Int32(place) }
    return places
  }

  /// For each row the row `distance` before it in its partition; -1 past the edge.
  private func shiftedRows(_ distance: Int) -> [Int32] {
    var rows = [Int32](repeating: -1, count: chunk.count)
    for group in 0..<groupCount {
      let range = Int(offsets[group])..<Int(offsets[group + 1])
      for place in range {
        let (source, overflows) = place.subtractingReportingOverflow(distance)
        if !overflows, range.contains(source) { rows[Int(arranged[place])] = arranged[source] }
      }
    }
    return rows
  }

  /// Ties share the place of the first of them; without an order each row has its own.
  private func ranks() -> Column {
    guard !plan.order.isEmpty else { return numbers { $0 } }
    var rank = 0
    return numbers { [order] position, place in
      if position == 1 || !order.areTied(place - 1, place) { rank = position }
      return rank
    }
  }

  private func numbers(_ number: (Int) -> Int) -> Column { numbers { position, _ in number(position) } }

  /// A number for each row, from its position in its partition (from 1) and its place in `arranged`; asked in order.
  private func numbers(_ number: (_ position: Int, _ place: Int) -> Int) -> Column {
    var values = [Int64](repeating: 0, count: chunk.count)
    for group in 0..<groupCount {
      let start = Int(offsets[group])
      for place in start..<Int(offsets[group + 1]) {
        values[Int(arranged[place])] = Int64(number(place - start + 1, place))
      }
    }
    return .integer(IntegerColumn(values))
  }
}
