import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanPlan

// Makes the parts of a pipeline ready to run: subqueries become values, right sides of joins tables.

extension Executor {
  // MARK: Expressions

  func prepare(
    _ expression: Expression, _ layout: inout TallyLayout
  ) throws(QueryError) -> PhysicalExpression {
    let kind: PhysicalExpression.Kind
    switch expression.kind {
    case .column(let index): kind = .column(index)
    case .constant(let value): kind = .constant(value)
    case .call(let call):
      var arguments: [PhysicalExpression] = []
      for argument in call.arguments { arguments.append(try prepare(argument, &layout)) }
      let physical = PhysicalCall(
        name: call.name, kernel: call.overload.kernel, arguments: arguments, types: call.arguments.map(\.type),
        conditionCounter: conditionCounter(call, &layout))
      kind = DictionaryCall(physical, type: expression.type).map { .dictionary($0) } ?? .call(physical)
    case .subquery(let plan): kind = .constant(try singleValue(of: plan, at: expression.span))
    case .inSubquery(let element, let plan):
      let element = try prepare(element, &layout)
      let rows = try run(PhysicalPlanner.pipeline(for: plan))
      guard rows.schema.count == 1 else { throw notSingle(rows, at: expression.span, isList: true) }
      let column = Chunk.concatenate(rows.chunks, schema: rows.schema).columns[0]
      kind = .membership(element, MembershipSet(column, lookingUp: element.type.columnKind))
    }
    return PhysicalExpression(kind, type: expression.type, span: expression.span)
  }

  func prepare(
    _ expressions: [Expression], _ layout: inout TallyLayout
  ) throws(QueryError) -> [PhysicalExpression] {
    var prepared: [PhysicalExpression] = []
    for expression in expressions { prepared.append(try prepare(expression, &layout)) }
    return prepared
  }

  /// `missing_if(x, condition, note_en, note_fr)` says in a note how often its condition was true.
  private func conditionCounter(_ call: ScalarCall, _ layout: inout TallyLayout) -> Int? {
    guard call.name == "missing_if", call.arguments.count == 4,
      case .text(let english)? = call.arguments[2].constantValue,
      case .text(let french)? = call.arguments[3].constantValue
    else { return nil }
    let counter = layout.addCounter()
    layout.addNote { tally in
      let count = tally.counts[counter]
      return count > 0 ? .note(.mixedIndicators, Localized(english, fr: french), count: count) : nil
    }
    return counter
  }

  private func singleValue(of plan: LogicalPlan, at span: Span?) throws(QueryError) -> Value {
    let rows = try run(PhysicalPlanner.pipeline(for: plan))
    let chunks = rows.chunks.filter { $0.count > 0 }
    guard rows.schema.count == 1, chunks.reduce(0, { $0 + $1.count }) <= 1 else {
      throw notSingle(rows, at: span, isList: false)
    }
    return chunks.first?.columns[0].value(0, as: rows.schema[0].type) ?? .missing
  }

  private func notSingle(_ rows: Rows, at span: Span?, isList: Bool) -> QueryError {
    let columns = rows.schema.count
    let count = rows.chunks.reduce(0) { $0 + $1.count }
    if isList || columns != 1 {
      return QueryError(
        .error(
          .subqueryNotSingle,
          Localized(
            "a pipeline used here must give one column, this one gives \(columns)",
            fr: "un pipeline employé ici doit donner une seule colonne, celui-ci en donne \(columns)"), at: span,
          help: Localized("keep one column with `keep`", fr: "gardez une seule colonne avec `keep`")))
    }
    return QueryError(
      .error(
        .subqueryNotSingle,
        Localized(
          "a pipeline used as a value must give one row, this one gives \(count)",
          fr: "un pipeline employé comme valeur doit donner une seule ligne, celui-ci en donne \(count)"), at: span,
        help: Localized(
          "end it with `summarize` or `take 1`", fr: "terminez-le par `summarize` ou `take 1`")))
  }

  // MARK: Aggregates

  func prepare(
    _ call: AggregateCall, _ layout: inout TallyLayout
  ) throws(QueryError) -> PhysicalAggregate {
    var nested: PhysicalNesting?
    if let nesting = call.nested {
      var keys: [(PhysicalExpression, ColumnKind)] = []
      for key in nesting.keys { keys.append((try prepare(key, &layout), key.type.columnKind)) }
      var aggregates: [PhysicalAggregate] = []
      for aggregate in nesting.aggregates { aggregates.append(try prepare(aggregate, &layout)) }
      nested = PhysicalNesting(keys: keys, aggregates: aggregates)
    }
    var filter: PhysicalExpression?
    if let condition = call.filter { filter = try prepare(condition, &layout) }
    return PhysicalAggregate(
      name: call.name, text: call.measure ?? call.span.map { CodeText.oneLine($0.text) } ?? call.name,
      overload: call.overload,
      arguments: try prepare(call.arguments, &layout), constants: call.constants, filter: filter, nested: nested,
      type: call.type, span: call.span, isTest: call.isTest)
  }

  func prepare(
    _ node: AggregateNode, _ layout: inout TallyLayout
  ) throws(QueryError) -> PhysicalAggregation {
    var keys: [(PhysicalExpression, Field)] = []
    for key in node.keys { keys.append((try prepare(key.expression, &layout), key.field)) }
    var aggregates: [PhysicalAggregate] = []
    // Totals leave keys out, and then count them like anything else.
    let keyTexts = node.totals.isEmpty ? Set(node.keys.map(\.expression.fingerprint)) : []
    for (call, _) in node.aggregates {
      var aggregate = try prepare(call, &layout)
      if call.name == "count_distinct", call.filter == nil, call.nested == nil, call.arguments.count == 1 {
        aggregate.countsKey = keyTexts.contains(call.arguments[0].fingerprint)
      }
      aggregates.append(aggregate)
    }
    return PhysicalAggregation(
      keys: keys, aggregates: aggregates,
      groupings: [Array(node.keys.indices)] + node.totals, hasTotals: !node.totals.isEmpty)
  }

  // MARK: Steps

  /// - Parameters:
  ///   - reads: which columns of what comes out are read; nil for all.
  ///   - schema: what goes in; becomes what comes out.
  func prepare(
    _ step: Pipeline.Step, reads: [Bool]?, _ schema: inout Schema, _ layout: inout TallyLayout
  ) throws(QueryError) -> PreparedStep {
    switch step {
    case .filter(let condition, let skipping):
      return .ready(
        Filter(
          condition: try prepare(condition, &layout), skipping: skipping, columnCount: schema.count, reads: reads,
          evaluator: evaluator))
    case .project(let outputs):
      var prepared: [(PhysicalExpression, DataType)] = []
      for output in outputs { prepared.append((try prepare(output.expression, &layout), output.field.type)) }
      schema = Schema(outputs.map(\.field))
      return .ready(Project(outputs: prepared, evaluator: evaluator))
    case .unpivot(let node):
      var labels = TextDictionaryBuilder()
      let codes = node.values.map { labels.code(for: $0.label) }
      let values = try prepare(node.values.map(\.expression), &layout)
      schema = Schema(node.kept.map { [schema] in schema[$0] } + [node.nameField, node.valueField])
      return .ready(
        Unpivot(
          kept: node.kept, values: values, valueType: node.valueField.type, labels: labels.finish(), labelCodes: codes,
          evaluator: evaluator))
    case .unnest(let node):
      schema = Schema(
        node.kept.map { [schema] in schema[$0] } + node.parts.map(\.field) + (node.positionField.map { [$0] } ?? []))
      return .ready(Unnest(node, list: try prepare(node.list, &layout), evaluator: evaluator))
    case .check(let node):
      let condition = try prepare(node.condition, &layout)
      schema = Schema(Array(schema.fields.prefix(node.visibleColumns)))
      let counter = layout.addCounter()
      var failsAnyway = false
      if node.isAboutTable, case .constant(let value) = condition.kind { failsAnyway = value != .boolean(true) }
      let check = layout.addCheck(
        CheckReport(
          text: node.text, message: node.message, isAboutTable: node.isAboutTable, schema: schema, span: node.span,
          counter: counter, failsAnyway: failsAnyway))
      return .ready(
        Check(
          condition: condition, visibleColumns: node.visibleColumns, counter: counter, check: check,
          evaluator: evaluator))
    case .probe(let node, let build, let kept):
      let draft = try prepare(node, build, kept: kept, reads: reads, leftCount: schema.count, &layout)
      if node.kind != .semi, node.kind != .anti { schema.fields += node.rightOutputs.map(\.field) }
      return .join(draft)
    }
  }

  private func prepare(
    _ node: JoinNode, _ build: Pipeline, kept: Expression?, reads: [Bool]?, leftCount: Int,
    _ layout: inout TallyLayout
  ) throws(QueryError) -> JoinDraft {
    let rows = try run(build)
    // The rows end to end, and a table of their keys.
    try options.memory?.demand(rows.chunks.reduce(0) { $0 + $1.byteCount + 16 * $1.count })
    var buildLayout = TallyLayout()
    let keys = try prepare(node.rightKeys, &buildLayout)
    var condition: PhysicalExpression?
    if let kept { condition = try prepare(kept.remapped { node.rightOutputs[$0].column }, &buildLayout) }
    var tally = buildLayout.emptyTally
    let side = try JoinSide(
      Chunk.concatenate(rows.chunks, schema: rows.schema), keys: keys, kept: condition, evaluator: evaluator, &tally)
    add(buildLayout.notes(tally))
    let counters = JoinProbe.Counters(
      rows: layout.addCounter(), unmatched: layout.addCounter(),
      matched: node.kind == .full ? layout.addMatched(rowCount: side.right.count) : nil)
    layout.addNote { JoinNotes.unmatched(node, counters, $0) }
    return JoinDraft(
      node: node, side: side, keys: try prepare(node.leftKeys, &layout), counters: counters, reads: reads,
      leftCount: leftCount)
  }
}
