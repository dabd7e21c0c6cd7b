import BilanColumnar
import BilanDiagnostics
import BilanPlan

// Sinks that need every row at once: they collect, put the chunks end to end, and work on the one chunk.

extension Executor {
  func finishWhole(
    _ sink: Pipeline.Sink, _ rows: Rows, _ operators: [any StreamingOperator], _ layout: inout TallyLayout
  ) throws(QueryError) -> Rows {
    let schema = rows.schema
    if let leading = try finishLeading(sink, rows, operators, &layout) { return leading }
    var chunks = rows.chunks.filter { $0.count > 0 }
    // Without steps the source's own chunks do: cutting them into morsels would only be undone.
    if !operators.isEmpty {
      let (collected, tally) = try drain(rows, operators, layout) { Collect() }
      if case .fullJoin = sink { return fullJoin(schema, collected.chunks, operators, tally) }
      chunks = collected.chunks
    }
    // Put end to end once, sorted or windowed into as much again.
    try options.memory?.demand(2 * chunks.reduce(0) { $0 + $1.byteCount })
    let whole = Chunk.concatenate(chunks, schema: schema)
    // The sink's own expressions tally apart, after what came before it.
    var own = TallyLayout()
    switch sink {
    case .sort(let node):
      let keys = try prepare(node.keys, &own)
      var tally = own.emptyTally
      let sorted = try Sort.sort(whole, by: keys, limit: node.limit, evaluator, workers, &tally)
      report(tally, own)
      return Rows(schema: schema, chunks: sorted)
    case .top(let node):
      let by = try prepare(node.by, &own)
      let per = try prepare(node.per, &own)
      var tally = own.emptyTally
      if whole.count == 0 { return Rows(schema: schema, chunks: []) }
      let column = try evaluator.column(by, as: by.type, whole, &tally)
      var groups: [Column] = []
      for group in per { groups.append(try evaluator.column(group, as: group.type, whole, &tally)) }
      report(tally, own)
      let (top, tieCount) = Top.top(whole, count: node.count, by: column, isBottom: node.isBottom, per: groups)
      let missingCount = column.validity.map { $0.count - $0.onesCount } ?? 0
      add([Top.missingNote(node, missingCount), Top.tieNote(node, tieCount: tieCount)].compactMap(\.self))
      return Rows(schema: schema, chunks: [top])
    case .window(let node):
      let plan = try prepare(node, &own)
      var tally = own.emptyTally
      let window = try Window(plan, whole, evaluator, workers, &tally)
      let columns = try window.columns(&tally)
      report(tally, own)
      add(window.notes)
      return Rows(
        schema: Schema(schema.fields + node.calls.map(\.field)),
        chunks: [Chunk(columns: whole.columns + columns, count: whole.count)])
    case .complete(let node):
      let added = try Complete.added(to: whole, schema: schema, columns: node.columns)
      return Rows(schema: schema, chunks: [whole] + (added.map { [$0] } ?? []))
    case .pivot(let node): return try Pivot.pivot(whole, schema: schema, node)
    case .collect, .limit, .aggregate, .distinct, .fullJoin: preconditionFailure("not a sink of whole tables")
    }
  }

  /// The first rows by a value, chosen while rows stream by; nil where few places or a value with words are lacking.
  private func finishLeading(
    _ sink: Pipeline.Sink, _ rows: Rows, _ operators: [any StreamingOperator], _ layout: inout TallyLayout
  ) throws(QueryError) -> Rows? {
    guard sink.isLeading else { return nil }
    let rowCount = rows.rowCount
    let evaluator = evaluator
    switch sink {
    case .top(let node):
      let plan = LeadingRows.Plan(
        by: try prepare(node.by, &layout), isDescending: !node.isBottom, groups: try prepare(node.per, &layout),
        count: node.count, keepsMissing: false)
      let leading = try drain(rows, operators, layout) { LeadingRows(plan, rowCount: rowCount, evaluator) }.sink
      if leading.chunks.isEmpty {
        add([Top.missingNote(node, leading.missingCount)].compactMap(\.self))
        return Rows(schema: rows.schema, chunks: [])
      }
      let (top, tieCount) = leading.finish(rows.schema, workers)
      add([Top.missingNote(node, leading.missingCount), Top.tieNote(node, tieCount: tieCount)].compactMap(\.self))
      return Rows(schema: rows.schema, chunks: [top])
    case .sort(let node):
      guard let limit = node.limit else { return nil }
      let keys = try prepare(node.keys, &layout)
      let plan = LeadingRows.Plan(
        by: keys[0].expression, isDescending: keys[0].isDescending, groups: [], count: limit, keepsMissing: true)
      let leading = try drain(rows, operators, layout) { LeadingRows(plan, rowCount: rowCount, evaluator) }.sink
      var tally = layout.emptyTally
      let sorted = try Sort.sort(
        leading.candidates(rows.schema), by: keys, limit: limit, evaluator, workers, &tally)
      return Rows(schema: rows.schema, chunks: sorted)
    default: return nil
    }
  }

  func prepare(
    _ keys: [SortKey], _ layout: inout TallyLayout
  ) throws(QueryError) -> [(expression: PhysicalExpression, isDescending: Bool)] {
    var prepared: [(PhysicalExpression, Bool)] = []
    for key in keys { prepared.append((try prepare(key.expression, &layout), key.isDescending)) }
    return prepared
  }

  private func fullJoin(
    _ schema: Schema, _ chunks: [Chunk], _ operators: [any StreamingOperator], _ tally: Tally
  ) -> Rows {
    guard let probe = operators.last as? JoinProbe, let matched = probe.counters.matched else {
      preconditionFailure("a full join ends with its probe")
    }
    let leftCount = schema.count - probe.node.rightOutputs.count
    let added = probe.unmatchedRight(tally.matched[matched], leftSchema: Array(schema.fields.prefix(leftCount)))
    return Rows(schema: schema, chunks: chunks + (added.map { [$0] } ?? []))
  }

  private func prepare(
    _ node: WindowNode, _ layout: inout TallyLayout
  ) throws(QueryError) -> PhysicalWindow {
    var calls: [(PhysicalWindow.Call, Field)] = []
    for (call, field) in node.calls {
      switch call {
      case .aggregate(let aggregate): calls.append((.aggregate(try prepare(aggregate, &layout)), field))
      case .running(let aggregate): calls.append((.running(try prepare(aggregate, &layout)), field))
      case .shifted(let expression, let distance):
        calls.append((.shifted(try prepare(expression, &layout), distance: distance), field))
      case .rank: calls.append((.rank, field))
      case .row: calls.append((.row, field))
      }
    }
    return PhysicalWindow(
      partition: try prepare(node.partition, &layout), order: try prepare(node.order, &layout), calls: calls)
  }
}
