import BilanColumnar
import BilanDiagnostics

/// Keeps the rows for which a condition is true.
///
/// The condition becomes a bitmap, the bitmap a selection vector, and each column is gathered by it; where all rows
/// stay, nothing is copied.
struct Filter: StreamingOperator {
  let condition: PhysicalExpression
  let evaluator: ExpressionEvaluator

  func process(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk {
    chunk.filter(try evaluator.condition(condition, chunk, &tally))
  }
}
