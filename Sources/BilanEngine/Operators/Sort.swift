import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Puts all rows in the order of some keys (`RowOrder`); with a limit only the first are sorted and gathered.
enum Sort {
  static func sort(
    _ chunk: Chunk, by keys: [(expression: PhysicalExpression, isDescending: Bool)], limit: Int?,
    _ evaluator: ExpressionEvaluator, _ tally: inout Tally
  ) throws(QueryError) -> Chunk {
    chunk.gather(try order(of: chunk, by: keys, evaluator, &tally).rows(limit: limit))
  }

  static func order(
    of chunk: Chunk, by keys: [(expression: PhysicalExpression, isDescending: Bool)],
    _ evaluator: ExpressionEvaluator, _ tally: inout Tally
  ) throws(QueryError) -> RowOrder {
    var columns: [(Column, Bool)] = []
    for key in keys {
      columns.append(
        (try evaluator.column(key.expression, as: key.expression.type, chunk, &tally), key.isDescending))
    }
    return RowOrder(columns, count: chunk.count)
  }
}
