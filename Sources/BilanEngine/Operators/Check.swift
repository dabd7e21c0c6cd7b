import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Lets rows through and remembers those that do not satisfy the condition.
struct Check: ChunkOperator {
  /// How many offending rows are shown.
  static let shownCount = 20

  let condition: PhysicalExpression
  let visibleColumns: Int
  let counter: Int
  let check: Int
  let evaluator: ExpressionEvaluator

  func process(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk {
    let failing = try evaluator.condition(condition, chunk, &tally).inverted
    let visible = Chunk(columns: Array(chunk.columns.prefix(visibleColumns)), count: chunk.count)
    let count = failing.onesCount
    if count > 0 {
      let shown = tally.offenders[check].reduce(0) { $0 + $1.count }
      if shown < Self.shownCount {
        tally.offenders[check].append(visible.gather(Array(failing.selection.prefix(Self.shownCount - shown))))
      }
      tally.counts[counter] += count
    }
    return visible
  }
}

/// What to say of a check that has failed.
struct CheckReport: Sendable {
  let text: String
  let message: String?
  let isAboutTable: Bool
  let schema: Schema
  let span: Span?
  /// Counts the rows that failed.
  let counter: Int
  /// True where the condition is known not to hold whatever the rows: a check about the table may have none to look at.
  let failsAnyway: Bool

  func failure(count: Int, offenders: [Chunk]) -> FailedCheck? {
    guard count > 0 || failsAnyway else { return nil }
    var rows = Table(schema: schema, chunks: [])
    if !isAboutTable {
      var wanted = Check.shownCount
      // What may be counted and not listed is not shown here either.
      let shown = schema.fields.indices.filter { !schema[$0].isSensitive && !schema[$0].isHidden }
      rows = Table(schema: Schema(shown.map { schema[$0] }), chunks: [])
      for chunk in offenders where wanted > 0 {
        let part = chunk.slice(0..<min(wanted, chunk.count))
        rows.chunks.append(Chunk(columns: shown.map { part.columns[$0] }, count: part.count))
        wanted -= part.count
      }
    }
    return FailedCheck(
      text: text, message: message, count: isAboutTable ? 1 : count, rows: rows, span: span)
  }
}
