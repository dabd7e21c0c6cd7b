import BilanColumnar
import BilanDiagnostics

extension Executor {
  /// Runs a pipeline, and keeps what its source, its steps and its sink cost.
  func runTimed(_ pipeline: Pipeline, _ clock: () -> UInt64) throws(QueryError) -> Rows {
    let start = clock()
    let rows = try read(pipeline.source)
    let rowCount = rows.chunks.reduce(0) { $0 + $1.count }
    var source = ExecutionProfile.Stage(
      name: pipeline.sourceName, rows: rowCount, nanoseconds: pipeline.readsFile ? clock() &- start : 0)
    // Of what was skipped no byte was read.
    if case .scan(let node) = pipeline.source, rows.parts.skipped == 0 { source.byteCount = node.source.byteCount ?? 0 }
    source.parts = rows.parts
    // The pipelines that are read have costs of their own.
    let outer = costs
    costs = nil
    parts = PartCount()
    let begun = clock()
    let result = try finish(pipeline, rows)
    var found = costs ?? StageCosts(stepCount: pipeline.steps.count)
    costs = outer
    // What the steps do not account for is the sink's: sorting, merging, putting together.
    let elapsed = clock() &- begun
    let counted = found.nanoseconds.reduce(0, &+) / UInt64(workers.count)
    if elapsed > counted { found.nanoseconds[pipeline.steps.count] += elapsed - counted }
    if pipeline.steps.isEmpty, found.rows[0] == 0 { found.rows[0] = rowCount }
    var filtered = PartCount()
    if case .filter(_, let skipping)? = pipeline.steps.first, !skipping.isEmpty { filtered = parts }
    let names = pipeline.steps.map(\.name) + [pipeline.sink.name]
    profile?.add(
      [source]
        + names.indices.map { number in
          ExecutionProfile.Stage(
            name: names[number], rows: found.rows[number], nanoseconds: found.nanoseconds[number],
            parts: number == 0 ? filtered : PartCount())
        })
    return result
  }
}
