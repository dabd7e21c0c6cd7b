import BilanColumnar
import BilanDiagnostics
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

  /// Whether a slot is the place of a key in the join's table; else it is a right row.
  let usesPlaces: Bool
  /// The right row of each slot; -1 where there is none, -2 where it is dropped.
  let rowOfSlot: [Int32]

  var isInner: Bool { probe.node.kind == .inner }

  /// A key of the groups, which is the same for all left rows that meet a right one.
  enum Key: Sendable {
    /// Of right columns.
    case right(PhysicalExpression)
    /// What an inner join has found equal on both sides.
    case joined(Int)

    fileprivate init?(
      _ key: PhysicalExpression, _ field: Field, _ probe: JoinProbe, leftCount: Int, columnCount: Int
    ) {
      if probe.node.kind == .inner, case .column(let index) = key.kind, index < leftCount {
        // A key that was converted to be compared is another value.
        let place = probe.keys.firstIndex {
          if case .column(index) = $0.kind { $0.type == field.type } else { false }
        }
        guard let place else { return nil }
        self = .joined(place)
        return
      }
      guard !key.countsSomething else { return nil }
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
  ) {
    let rowCount = chunks.reduce(0) { $0 + $1.count }
    let leftCount = schema.count
    guard probe.node.kind == .inner || probe.node.kind == .left, probe.table.findsOne, rowCount > 0,
      probe.table.right.count > 0, probe.table.right.count <= min(Self.mostSlots, rowCount / 8),
      chunks.allSatisfy({ $0.columns.count == leftCount })
    else { return nil }
    self.plan = plan
    self.probe = probe
    leftKinds = schema.fields.map(\.type.columnKind)
    let columnCount = leftCount + probe.node.rightOutputs.count
    var keys: [Key] = []
    for (expression, field) in plan.keys {
      guard let key = Key(expression, field, probe, leftCount: leftCount, columnCount: columnCount) else { return nil }
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
        guard Self.canGather(aggregate, over: chunks, rowCount: rowCount, evaluator) else { return nil }
        left.append(place)
        isPlain = isPlain && aggregate.arguments.allSatisfy(\.isColumn)
        for column in 0..<leftCount where own[column] { isRead[column] = true }
      }
    }
    self.left = left
    self.right = right
    // What is missing in a row that is left out is not counted as missing, and what fails there, as sums of wide numbers
    // may, does not fail.
    let read = isRead.indices.filter { isRead[$0] }
    let mayTell = chunks.contains { chunk in
      read.contains { chunk.columns[$0].validity != nil || chunk.columns[$0].isOfWideNumbers }
    }
    readsMatchedOnly = probe.node.kind == .inner && (mayTell || !isPlain) ? isRead : nil
    if readsMatchedOnly == nil, let rows = probe.table.rowOfPlace, rows.count <= Self.mostSlots {
      usesPlaces = true
      rowOfSlot = rows.array + [-1]
    } else {
      usesPlaces = false
      rowOfSlot = Array(0..<Int32(probe.table.right.count)) + [-1, -2]
    }
  }

  private static let mostSlots = 1 << 16

  /// Whether an aggregate of left columns gives the same whatever the order and the grouping of its rows.
  private static func canGather(
    _ aggregate: PhysicalAggregate, over chunks: [Chunk], rowCount: Int, _ evaluator: ExpressionEvaluator
  ) -> Bool {
    switch aggregate.name {
    case "count": return aggregate.arguments.allSatisfy(\.isColumn)
    // Of texts that are equal but for their bytes the first one counts.
    case "min", "max": return aggregate.arguments.allSatisfy { $0.isColumn && $0.type != .text }
    case "sum", "mean":
      guard let argument = aggregate.arguments.first, argument.isArithmetic else { return false }
      if argument.type == .integer { return true }
      // How many digits there are is known of a column as a whole, so that one row of a chunk tells.
      var digits: Int?
      for chunk in chunks where chunk.count > 0 {
        var tally = Tally(counts: [], offenders: [], matched: [])
        // It may be a row that a filter leaves out, and fail.
        let input = try? AggregateInput(aggregate, chunk.slice(0..<1), evaluator, &tally)
        guard case .column(.real(let column))? = input?.operands.first, isExact(column, rowCount: rowCount),
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
    case .integer(let column): return column.greatestMagnitude <= UInt64(1 << 62) / UInt64(rowCount)
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

extension Column {
  /// Whether sums of its numbers may leave 64 bits.
  fileprivate var isOfWideNumbers: Bool {
    if case .integer(let column) = self, case .int64 = column.storage { true } else { false }
  }
}

extension PhysicalExpression {
  fileprivate var isColumn: Bool { if case .column = kind { true } else { false } }
}
