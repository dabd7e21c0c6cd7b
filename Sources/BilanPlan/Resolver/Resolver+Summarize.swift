import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

extension Resolver {
  /// `summarize AGGS [by KEYS] [across KEY] [with totals]`: an aggregation, then the expressions over its results, then
  /// for `across` a crosstab.
  func summarize(_ syntax: SummarizeSyntax, step: StepSyntax, state: inout PipelineState) throws(QueryError) {
    let scope = state.scope
    var keys: [(expression: Expression, field: Field)] = []
    var names: Set<String> = []
    for key in syntax.keys + (syntax.across.map { [$0] } ?? []) {
      keys.append(try self.key(key, in: scope))
      if let label = keys.last?.field.label, !names.insert(label).inserted {
        throw duplicate(label, at: key.name?.span ?? key.value.span)
      }
    }
    if let across = syntax.across { try refuseListing(keys.map(\.field), by: across) }
    let collector = AggregateCollector(keys: keys, hasTotals: syntax.hasTotals)
    let group = scope.with(mode: .group(collector))
    var values: [OutputExpression] = []
    for aggregate in syntax.aggregates {
      let label = aggregate.name?.text ?? defaultName(aggregate.value)
      if !names.insert(label).inserted {
        throw duplicate(label, at: aggregate.name?.span ?? aggregate.value.span)
      }
      let resolved =
        attempt { () throws(QueryError) in try self.expression(aggregate.value, in: group) }
        ?? Resolved(.constant(.missing, span: aggregate.value.span))
      values.append(OutputExpression(resolved.expression, field: resolved.field(label)))
    }
    if values.isEmpty {
      throw failure(
        .nothingToSummarize,
        Localized("`summarize` needs something to work out", fr: "`summarize` demande quelque chose à calculer"),
        at: step.verbSpan, help: Localized("write `summarize count by …`", fr: "écrire `summarize count by …`"))
    }

    let keyOutputs = keys.map { OutputExpression($0.expression, field: $0.field) }
    let node = AggregateNode(
      input: state.plan, keys: keyOutputs, aggregates: collector.calls,
      totals: totals(syntax, keyCount: keys.count))
    let aggregated = LogicalPlan.aggregate(node)
    let marks = keys.count + collector.calls.count
    var outputs = keys.indices.map { index in
      OutputExpression(.column(index, keys[index].field.type), field: keys[index].field)
    }
    outputs += values
    if !node.totals.isEmpty, let first = keys.first, syntax.across == nil || keys.count > 1 {
      outputs[0] = try totalLabel(first, mark: marks, at: step.span)
    }
    if syntax.across != nil {
      if !node.totals.isEmpty {
        outputs += keys.indices.map { index in
          OutputExpression(.column(marks + index, .boolean), field: Field("total \(index)", .boolean))
        }
      }
      state.plan = .pivot(
        PivotNode(
          input: .project(ProjectNode(input: aggregated, outputs: outputs)), keyCount: keys.count - 1,
          valueCount: values.count, hasTotals: !node.totals.isEmpty,
          counts: Set(values.indices.filter { isCount(values[$0].expression, keys.count, collector.calls) })))
    } else {
      state.plan = .project(ProjectNode(input: aggregated, outputs: outputs))
    }
    state.table = nil
    state.name = "summarize"
    state.hasTotalRow = !node.totals.isEmpty
  }

  private func isCount(_ value: Expression, _ keyCount: Int, _ calls: [(call: AggregateCall, field: Field)]) -> Bool {
    guard case .column(let index) = value.kind, calls.indices.contains(index - keyCount) else { return false }
    return ["count", "count_distinct"].contains(calls[index - keyCount].call.name)
  }

  /// A crosstab shows its keys, whose columns nobody could leave out.
  private func refuseListing(_ keys: [Field], by across: NamedExpressionSyntax) throws(QueryError) {
    guard let key = keys.first(where: \.isSensitive) else { return }
    throw failure(
      .sensitiveColumn,
      Localized(
        "`\(key.label)` holds personal data: it may be counted, not shown",
        fr: "`\(key.label)` contient des données personnelles : elle peut être comptée, pas montrée"),
      at: across.value.span,
      label: Localized("a crosstab shows its keys", fr: "un tableau croisé montre ses clés"),
      help: Localized("use other keys", fr: "utiliser d’autres clés"))
  }

  private func key(
    _ syntax: NamedExpressionSyntax, in scope: Scope
  ) throws(QueryError) -> (expression: Expression, field: Field) {
    let resolved =
      attempt { () throws(QueryError) in try self.expression(syntax.value, in: scope) }
      ?? Resolved(.constant(.missing, span: syntax.value.span))
    let value = keyValue(resolved)
    if case .column(let index) = resolved.expression.kind, index < scope.schema.count {
      var field = scope.schema[index]
      field.type = value.type
      if let name = syntax.name {
        field.label = name.text
        field.handle = TextFolding.handle(of: name.text)
        field.aliases = []
      }
      return (value.expression, field)
    }
    let label = syntax.name?.text ?? defaultName(syntax.value, in: scope.schema)
    return (value.expression, value.field(label))
  }

  /// What rows are told apart by: a ratio is its value, since equal rates are one group whatever rows they rest on.
  func keyValue(_ key: Resolved) -> Resolved {
    guard key.type == .ratio, let value = matching.convert(key.expression, to: .real) else { return key }
    var result = key
    result.expression = value.expression
    return result
  }

  /// Which groupings the margins are: the grand total; with `across` also each row's and each column's.
  private func totals(_ syntax: SummarizeSyntax, keyCount: Int) -> [[Int]] {
    guard syntax.hasTotals, keyCount > 0 else { return [] }
    guard syntax.across != nil else { return [[]] }
    let rows = Array(0..<keyCount - 1)
    return rows.isEmpty ? [[]] : [rows, [keyCount - 1], []]
  }

  /// The first key as text, `total` on the row of the total.
  private func totalLabel(
    _ key: (expression: Expression, field: Field), mark: Int, at span: Span
  ) throws(QueryError) -> OutputExpression {
    var value = Resolved(.column(0, key.field.type))
    if key.field.type != .text { value = try scalar("text", [value], at: span) }
    let label = Resolved(.constant(.text("total"), span: span))
    let isTotal = Resolved(.column(mark, .boolean))
    let expression = try scalar("select", [isTotal, label, value], at: span).expression
    var field = key.field
    field.type = .text
    field.display = .plain
    return OutputExpression(expression, field: field)
  }
}
