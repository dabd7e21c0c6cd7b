import BilanColumnar
import BilanDiagnostics

/// Keeps the rows for which a condition is true.
///
/// A condition becomes a bitmap, the bitmap a selection vector, and each column is gathered by it; where all rows stay,
/// nothing is copied. Of conditions joined by `and` the cheapest comes first, and once few rows are left the others look
/// at those alone.
struct Filter: StreamingOperator {
  private let conditions: [Condition]
  private let evaluator: ExpressionEvaluator

  private struct Condition: Sendable {
    var expression: PhysicalExpression
    var isRead: [Bool]
  }

  init(condition: PhysicalExpression, columnCount: Int, evaluator: ExpressionEvaluator) {
    let parts = condition.conjuncts
    // What cannot fail and leaves no note may be tried in any order.
    let ordered = parts.allSatisfy { $0.comparisonCost != nil } ? parts.sorted(by: Self.isCheaper) : parts
    conditions = ordered.map { part in
      var isRead = [Bool](repeating: false, count: columnCount)
      part.markColumns(&isRead)
      return Condition(expression: part, isRead: isRead)
    }
    self.evaluator = evaluator
  }

  private static func isCheaper(_ lhs: PhysicalExpression, _ rhs: PhysicalExpression) -> Bool {
    (lhs.comparisonCost ?? 0) < (rhs.comparisonCost ?? 0)
  }

  func process(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk {
    guard let first = conditions.first else { return chunk }
    var passing = try evaluator.condition(first.expression, chunk, &tally)
    var selection: [Int32]?
    for condition in conditions.dropFirst() {
      if selection == nil, passing.onesCount * 8 <= chunk.count { selection = passing.selection }
      guard let rows = selection else {
        passing = passing.and(try evaluator.condition(condition.expression, chunk, &tally))
        continue
      }
      if rows.isEmpty { break }
      var columns = chunk.columns
      for index in columns.indices where condition.isRead[index] { columns[index] = columns[index].gather(rows) }
      let found = try evaluator.condition(
        condition.expression, Chunk(columns: columns, count: rows.count), &tally)
      selection = found.allOnes ? rows : found.selection.map { rows[Int($0)] }
    }
    return selection.map { chunk.gather($0) } ?? chunk.filter(passing)
  }
}

extension PhysicalExpression {
  /// The conditions that it joins by `and`, in order.
  fileprivate var conjuncts: [PhysicalExpression] {
    guard case .call(let call) = kind, call.name == "and", call.arguments.count == 2 else { return [self] }
    return call.arguments[0].conjuncts + call.arguments[1].conjuncts
  }

  /// Bytes or so that a comparison of a column with a constant looks at in a row; nil for any other condition.
  fileprivate var comparisonCost: Int? {
    guard case .call(let call) = kind, ["=", "!=", "<", "<=", ">", ">="].contains(call.name), call.arguments.count == 2
    else { return nil }
    var cost = 0
    for argument in call.arguments {
      switch argument.kind {
      case .constant: continue
      case .column: cost += argument.type.columnKind == .real ? 8 : argument.type.columnKind == .text ? 4 : 2
      case .call, .membership, .dictionary: return nil
      }
    }
    return cost
  }
}
