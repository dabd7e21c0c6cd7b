import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Puts all rows in the order of some keys; with a limit only the first are sorted and gathered.
///
/// Keys that go into one word a row (`PackedKeys`) are sorted as words by all workers (`WordOrder`), others key by key
/// (`RowOrder`).
enum Sort {
  static func sort(
    _ chunk: Chunk, by keys: [(expression: PhysicalExpression, isDescending: Bool)], limit: Int?,
    _ evaluator: ExpressionEvaluator, _ workers: Workers, _ tally: inout Tally
  ) throws(QueryError) -> [Chunk] {
    let columns = try self.keys(keys, of: chunk, evaluator, &tally)
    if limit.map({ $0 >= chunk.count }) ?? true, let packed = PackedKeys(columns.map { ([$0.0], $0.1) }) {
      let words = packed.words(columns.map(\.0), rowCount: chunk.count)
      return gather(chunk, WordOrder(words, bitCount: packed.bitCount, workers: workers).rows, workers)
    }
    return [chunk.gather(RowOrder(columns, count: chunk.count).rows(limit: limit))]
  }

  static func keys(
    _ keys: [(expression: PhysicalExpression, isDescending: Bool)], of chunk: Chunk,
    _ evaluator: ExpressionEvaluator, _ tally: inout Tally
  ) throws(QueryError) -> [(Column, Bool)] {
    var columns: [(Column, Bool)] = []
    for key in keys {
      columns.append(
        (try evaluator.column(key.expression, as: key.expression.type, chunk, &tally), key.isDescending))
    }
    return columns
  }

  /// The rows of a chunk in another order, in pieces that workers make.
  static func gather(_ chunk: Chunk, _ rows: Buffer<Int32>, _ workers: Workers) -> [Chunk] {
    if rows.count < 1 << 15 { return [chunk.gather(rows.array)] }
    let pieces = workers.ranges(of: rows.count, least: 1 << 14)
    return workers.run(pieces.count) { piece in chunk.gather(rows.slice(pieces[piece]).array) }
  }
}
