import BilanColumnar
import BilanDiagnostics

/// Makes all output columns from the input's; a column that is passed on is shared, not copied.
struct Project: ChunkOperator {
  let outputs: [(expression: PhysicalExpression, type: DataType)]
  let evaluator: ExpressionEvaluator

  func process(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk {
    var columns: [Column] = []
    columns.reserveCapacity(outputs.count)
    for output in outputs {
      columns.append(try evaluator.column(output.expression, as: output.type, chunk, &tally))
    }
    return Chunk(columns: columns, count: chunk.count)
  }
}
