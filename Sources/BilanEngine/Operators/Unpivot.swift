import BilanColumnar
import BilanDiagnostics

/// Columns to rows: each input row becomes one row a value column.
///
/// The value columns are put end to end and read crosswise: the value `j` of row `i` is at `j * rows + i`. The labels
/// are a dictionary made once, so the name column is codes only.
struct Unpivot: ChunkOperator {
  let kept: [Int]
  let values: [PhysicalExpression]
  let valueType: DataType
  let labels: TextDictionary
  let labelCodes: [UInt32]
  let evaluator: ExpressionEvaluator

  func process(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk {
    let width = values.count
    let count = chunk.count * width
    var parts: [Column] = []
    for value in values { parts.append(try evaluator.column(value, as: valueType, chunk, &tally)) }
    let rows = (0..<count).map { Int32($0 / width) }
    let crosswise = (0..<count).map { Int32($0 % width * chunk.count + $0 / width) }
    let names = TextColumn(Buffer((0..<count).map { labelCodes[$0 % width] }), labels)
    let value = Column.concatenate(parts, kind: valueType.columnKind).gather(crosswise)
    return Chunk(columns: kept.map { chunk.columns[$0].gather(rows) } + [.text(names), value], count: count)
  }
}
