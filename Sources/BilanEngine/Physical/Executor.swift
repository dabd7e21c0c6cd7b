import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// What a pipeline gives.
struct Rows: Sendable {
  var schema: Schema
  var chunks: [Chunk]
  /// Parts of a file that were read or left out.
  var parts = PartCount()
  /// Where the rows come from if not from chunks, of which there then are none.
  var stream: (any RowStream)?

  /// Of a stream about as many.
  var rowCount: Int { stream?.rowCount ?? chunks.reduce(0) { $0 + $1.count } }
}

/// Runs pipelines one after the other, inputs before what reads them, and gathers notes in that order.
final class Executor {
  let options: ExecutionOptions
  let evaluator: ExpressionEvaluator
  let workers: Workers
  private let scheduler: Scheduler
  private(set) var notes: [Diagnostic] = []
  private(set) var failedChecks: [FailedCheck] = []
  /// Nil where nobody asked for it.
  var profile: ExecutionProfile?
  /// What the stages of the pipeline at hand cost so far.
  var costs: StageCosts?
  /// Chunks that the filter of the pipeline at hand saw or left out.
  var parts = PartCount()

  init(options: ExecutionOptions) {
    self.options = options
    evaluator = ExpressionEvaluator(today: options.today, fiscalYearStart: options.fiscalYearStart)
    workers = Workers(options.workers)
    scheduler = Scheduler(
      workers: workers, isCancelled: options.isCancelled, memory: options.memory, clock: options.clock)
    profile = options.clock == nil ? nil : ExecutionProfile()
  }

  func run(_ pipeline: Pipeline) throws(QueryError) -> Rows {
    if options.isCancelled() { throw .cancelled }
    if let clock = options.clock { return try runTimed(pipeline, clock) }
    if let rows = try runStreaming(pipeline) { return rows }
    return try finish(pipeline, try read(pipeline.source))
  }

  /// Runs a pipeline over a file that is not kept; nil where it has to be.
  private func runStreaming(_ pipeline: Pipeline) throws(QueryError) -> Rows? {
    guard options.allows(.streamFiles), pipeline.canStream, case .scan(let node) = pipeline.source,
      options.mayStream(node.source),
      // What is wrong with the file is said by who reads it whole.
      let stream = try? node.source.stream(columns: node.columns, isCancelled: options.isCancelled)
    else { return nil }
    let before = (notes, failedChecks, costs, parts)
    do throws(QueryError) {
      let schema = Schema(node.columns.map { node.source.schema[$0] })
      let rows = try finish(pipeline, Rows(schema: schema, chunks: [], stream: stream))
      if stream.finish() { return rows }
    } catch {
      // What else went wrong may have done so for values that are others in the end.
      if error.kind == .cancelled { throw error }
    }
    (notes, failedChecks, costs, parts) = before
    return nil
  }

  func finish(_ pipeline: Pipeline, _ read: Rows) throws(QueryError) -> Rows {
    var rows = read
    var layout = TallyLayout()
    var prepared: [PreparedStep] = []
    let reads = pipeline.readColumns(sourceCount: rows.schema.count)
    for (step, reads) in zip(pipeline.steps, reads) {
      prepared.append(try prepare(step, reads: reads, &rows.schema, &layout))
    }
    let operators = JoinReduction.operators(
      prepared, of: pipeline.steps, evaluator, workers, isReducing: options.allows(.reduceJoins))
    return try finish(pipeline.sink, rows, operators, &layout)
  }

  func add(_ found: [Diagnostic]) {
    // A measure that is used twice says the same thing twice.
    for note in found
    where !notes.contains(where: { $0.code == note.code && $0.message == note.message && $0.count == note.count }) {
      notes.append(note)
    }
  }

  // MARK: Sources

  func read(_ source: Pipeline.Source) throws(QueryError) -> Rows {
    switch source {
    case .unit: return Rows(schema: Schema([]), chunks: [Chunk(columns: [], count: 1)])
    case .result(let pipeline): return try run(pipeline)
    case .sequence(let first, let second):
      let rows = try run(first)
      return Rows(schema: rows.schema, chunks: rows.chunks + (try run(second).chunks))
    case .scan(let node):
      let schema = Schema(node.columns.map { node.source.schema[$0] })
      do {
        if node.skipping.isEmpty {
          return Rows(
            schema: schema, chunks: try node.source.read(columns: node.columns, isCancelled: options.isCancelled))
        }
        let (chunks, parts) = try node.source.read(
          columns: node.columns, where: node.skipping, isCancelled: options.isCancelled)
        return Rows(schema: schema, chunks: chunks, parts: parts)
      } catch let error as QueryError {
        throw error
      } catch {
        if options.isCancelled() { throw .cancelled }
        throw QueryError(
          .error(
            .unreadableFile,
            Localized(
              "cannot read `\(node.source.name)`: \(error)", fr: "impossible de lire `\(node.source.name)` : \(error)")
          ), kind: .data)
      }
    }
  }

  // MARK: Sinks

  private func finish(
    _ sink: Pipeline.Sink, _ rows: Rows, _ operators: [any StreamingOperator], _ layout: inout TallyLayout
  ) throws(QueryError) -> Rows {
    let schema = rows.schema
    switch sink {
    case .collect:
      if operators.isEmpty { return rows }
      return Rows(schema: schema, chunks: try collect(rows, operators, layout).chunks)
    case .limit(let range):
      let limit = try drain(rows, operators, layout) { Limit(range) }.sink
      return Rows(schema: schema, chunks: limit.finish())
    case .distinct:
      return Rows(schema: schema, chunks: try drain(rows, operators, layout) { Distinct(schema) }.sink.chunks)
    case .aggregate(let node):
      let plan = try prepare(node, &layout)
      let evaluator = evaluator
      let rowCount = rows.rowCount
      if rows.stream == nil, operators.isEmpty, options.allows(.aggregateInOrder) {
        var tally = layout.emptyTally
        if let (chunks, notes) = try SortedAggregate.groups(
          plan, rows.chunks, schema: rows.schema, evaluator, workers, options.memory, isCancelled: options.isCancelled,
          &tally)
        {
          report(tally, layout)
          add(notes)
          return Rows(schema: node.schema, chunks: chunks)
        }
      }
      if rows.stream == nil, let rows = try aggregateJoin(plan, node, rows, operators, layout) { return rows }
      let (aggregate, tally) = try schedule(rows, operators, layout) {
        HashAggregate(plan, rowCount: rowCount, evaluator)
      }
      var counted = tally
      let chunks = try aggregate.finish(workers, &counted)
      report(counted, layout)
      add(aggregate.notes)
      return Rows(schema: node.schema, chunks: chunks)
    default: return try finishWhole(sink, rows, operators, &layout)
    }
  }

  /// Aggregates what a join would give without making its rows, where that can be done.
  private func aggregateJoin(
    _ plan: PhysicalAggregation, _ node: AggregateNode, _ rows: Rows, _ operators: [any StreamingOperator],
    _ layout: TallyLayout
  ) throws(QueryError) -> Rows? {
    let before = Array(operators.dropLast())
    guard options.allows(.aggregateJoins), let probe = operators.last as? JoinProbe,
      before.allSatisfy({ $0 is Filter }),
      let join = JoinAggregation(plan, probe, over: rows.chunks, schema: probe.node.left.schema, evaluator)
    else { return nil }
    let evaluator = evaluator
    let (aggregate, tally) = try schedule(rows, before, layout) { JoinAggregate(join, evaluator) }
    // The work on the rows that came in is the join's.
    costs?.insert(rows: aggregate.rowCount, at: before.count + 1)
    var counted = tally
    let (chunks, notes) = try aggregate.finish(workers, &counted)
    report(counted, layout)
    add(notes)
    return Rows(schema: node.schema, chunks: chunks)
  }

  func collect(
    _ rows: Rows, _ operators: [any StreamingOperator], _ layout: TallyLayout
  ) throws(QueryError) -> Collect {
    try drain(rows, operators, layout) { Collect() }.sink
  }

  /// Runs the morsels and reports what was tallied.
  @discardableResult
  func drain<S: Sink>(
    _ rows: Rows, _ operators: [any StreamingOperator], _ layout: TallyLayout, into makeSink: @Sendable () -> S
  ) throws(QueryError) -> (sink: S, tally: Tally) {
    let outcome = try schedule(rows, operators, layout, into: makeSink)
    report(outcome.tally, layout)
    return outcome
  }

  private func schedule<S: Sink>(
    _ rows: Rows, _ operators: [any StreamingOperator], _ layout: TallyLayout, into makeSink: @Sendable () -> S
  ) throws(QueryError) -> (sink: S, tally: Tally) {
    let outcome = try scheduler.run(
      Morsels(rows, size: options.chunkSize), through: operators, tally: layout.emptyTally,
      // What a stream gives only holds once all of it was read.
      mayStopEarly: !layout.countsSomething && rows.stream == nil, into: makeSink)
    if let found = outcome.tally.costs { costs = found }
    parts = outcome.tally.parts
    return outcome
  }

  func report(_ tally: Tally, _ layout: TallyLayout) {
    add(layout.notes(tally))
    // A check about the table runs its input twice, and so the checks before it.
    for check in layout.failedChecks(tally)
    where !failedChecks.contains(where: {
      $0.text == check.text && $0.span?.range == check.span?.range && $0.count == check.count
    }) {
      failedChecks.append(check)
    }
  }
}
