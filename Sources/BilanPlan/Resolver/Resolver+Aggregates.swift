import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

extension Resolver {
  /// An aggregate, by what the place lets it range over: a group, the rows that share `per`, or the one row at hand.
  func aggregate(
    _ name: String, _ overloads: [AggregateOverload], _ rowForm: RowForm, _ call: CallSyntax, at span: Span,
    in scope: Scope
  ) throws(QueryError) -> Resolved {
    switch scope.mode {
    case .group(let collector):
      let (aggregate, arguments, filter, meaning) = try aggregateCall(name, overloads, call, at: span, in: scope)
      var value = meaning
      value.expression = collector.column(for: aggregate, meaning: meaning)
      let tests = try unitTests(
        aggregate, of: arguments, filter: filter, keys: collector.keys.map(\.expression),
        hasTotals: collector.hasTotals, in: scope)
      for test in tests {
        let count = collector.column(for: test.count, meaning: Resolved(.constant(.missing, type: test.count.type)))
        value = try refusing(value, count, test.notes, at: span)
      }
      return value
    case .window(let collector) where collector.hasPartition:
      let (aggregate, arguments, filter, meaning) = try aggregateCall(name, overloads, call, at: span, in: scope)
      let label = span.text.collapsingWhiteSpace
      var value = meaning
      value.expression = collector.column(
        for: .aggregate(aggregate), type: aggregate.type, display: meaning.display, unit: meaning.unit, label: label,
        span: span)
      for test in try unitTests(aggregate, of: arguments, filter: filter, keys: [], hasTotals: false, in: scope) {
        let count = collector.column(
          for: .aggregate(test.count), type: .integer, label: "units of \(label)", span: span)
        value = try refusing(value, count, test.notes, at: span)
      }
      return value
    case .row, .window:
      guard scope.isInDefinition else { throw aggregateInRow(call, at: span) }
      return try onOneRow(name, rowForm, call, at: span, in: scope)
    case .constant:
      throw failure(
        .aggregateInRow,
        Localized("`\(call.name.text)` needs rows", fr: "`\(call.name.text)` demande des lignes"), at: span,
        help: Localized(
          "start with a dataset: `from results | summarize \(span.text.collapsingWhiteSpace)`",
          fr: "commencer par un jeu de données : `from results | summarize \(span.text.collapsingWhiteSpace)`"))
    }
  }

  private func aggregateInRow(_ call: CallSyntax, at span: Span) -> QueryError {
    let text = span.text.collapsingWhiteSpace
    return failure(
      .aggregateInRow,
      Localized(
        "`\(call.name.text)()` needs `summarize`, or `add … per`",
        fr: "`\(call.name.text)()` demande `summarize`, ou `add … per`"), at: span,
      label: Localized("an aggregate, where there is one row", fr: "un agrégat, là où il y a une seule ligne"),
      help: Localized(
        "write `summarize \(text) by …`, or `add x = \(text) per …`",
        fr: "écrire `summarize \(text) by …`, ou `add x = \(text) per …`"))
  }

  // MARK: Over a group

  /// The call, its arguments as they are written, its filter of rows, and what is known of its result besides its place.
  private func aggregateCall(
    _ name: String, _ overloads: [AggregateOverload], _ call: CallSyntax, at span: Span, in scope: Scope
  ) throws(QueryError) -> (call: AggregateCall, arguments: [Resolved], filter: Expression?, meaning: Resolved) {
    var rows = scope.with(mode: .row)
    // An aggregate written inside an aggregate is a mistake, even inside a definition.
    rows.isInDefinition = false
    rows.collectsErrors = false
    var nested: NestedAggregation?
    var arguments: [Resolved] = []
    var filter: Expression?
    if let condition = call.filter { filter = try self.condition(condition, in: rows).expression }
    let rowFilter = filter
    if !call.per.isEmpty {
      var keys: [Expression] = []
      for key in call.per { keys.append(keyValue(try expression(key, in: rows)).expression) }
      let inner = AggregateCollector(keys: [])
      for argument in call.arguments {
        arguments.append(try expression(argument.value, in: scope.with(mode: .group(inner))))
      }
      guard !inner.calls.isEmpty else {
        throw failure(
          .rowValueInAggregate,
          Localized(
            "`per` inside `\(call.name.text)` wants an aggregate to take for each group",
            fr: "`per` dans `\(call.name.text)` veut un agrégat à prendre pour chaque groupe"), at: span)
      }
      // Groups are those of the rows that the filter keeps.
      let isThere = try filter.map { filter throws(QueryError) in
        try hasRows(in: scope.with(mode: .group(inner)), at: filter.span ?? span)
      }
      var calls = inner.calls.map(\.call)
      if let condition = filter {
        for index in calls.indices { calls[index] = try narrowed(calls[index], by: condition) }
      }
      filter = isThere
      nested = NestedAggregation(keys: keys, aggregates: calls)
    } else {
      for argument in call.arguments {
        do {
          arguments.append(try expression(argument.value, in: rows))
        } catch {
          throw nesting(error, in: call)
        }
      }
      if name == "share" || name == "all", let only = arguments.first {
        arguments[0].expression = try knownOrMissing(only.expression)
      }
    }
    try refuseSensitive(arguments, in: call)

    let bound = zip(arguments, call.arguments).map { (label: $1.label?.text, expression: $0.expression) }
    switch matching.best(of: overloads, parameters: \.parameters, result: \.result, arguments: bound) {
    case .failure(let error):
      throw mismatch(
        error.mismatch, of: name, arguments: arguments, at: span, spans: call.arguments.map(\.value.span))
    case .success(let (overload, match)):
      var columns: [Expression] = []
      var constants: [Value] = []
      for (parameter, argument) in zip(match.parameters, match.arguments) {
        if parameter.mustBeConstant {
          let value = argument.constantValue ?? .missing
          try require(value, in: parameter.domain, at: argument.span ?? span)
          constants.append(value)
        } else {
          columns.append(argument)
        }
      }
      var aggregate = AggregateCall(
        name: name, overload: overload, arguments: columns, constants: constants, filter: filter, nested: nested,
        type: match.resultType, span: span)
      if span.source.name == Prelude.sourceName {
        aggregate.measure = scope.expanding.last
        aggregate.isTest = scope.expanding.contains { Prelude.tests.contains($0) }
      }
      let (display, unit) = meaning(of: name, arguments, match.resultType)
      let meaning = Resolved(
        .constant(.missing, type: match.resultType), display: display, unit: unit,
        rowUnit: rowUnit(of: name, over: arguments.first, match.resultType))
      return (aggregate, arguments, rowFilter, meaning)
    }
  }

  /// How the result reads: shares in percent, sums in the unit of what is summed.
  private func meaning(of name: String, _ arguments: [Resolved], _ type: DataType) -> (Field.Display, String?) {
    switch name {
    case "ratio": return (Resolver.ratioDisplay(arguments), Resolver.ratioUnit(arguments))
    case "share": return (.percent, nil)
    case "count", "count_distinct", "correlation", "variance", "list": return (.plain, nil)
    default:
      guard let first = arguments.first, type.isNumber || type == .ratio else {
        return (type == .ratio ? .percent : .plain, nil)
      }
      return (first.display, first.unit)
    }
  }

  /// Whether a group has a row.
  private func hasRows(in group: Scope, at span: Span) throws(QueryError) -> Expression {
    guard case .aggregate(let overloads, let rowForm)? = FunctionTable.entry(named: "count")?.kind else {
      preconditionFailure("the function table has no `count`")
    }
    let call = CallSyntax(name: Name("count", span: span), arguments: [], filter: nil, per: [])
    let count = try aggregate("count", overloads, rowForm, call, at: span, in: group)
    return try scalar(">", [count, Resolved(.constant(.integer(0), span: span))], at: span).expression
  }

  /// The same call on the rows for which `condition` holds too.
  private func narrowed(_ call: AggregateCall, by condition: Expression) throws(QueryError) -> AggregateCall {
    var copy = call
    if var inner = copy.nested {
      for index in inner.aggregates.indices {
        inner.aggregates[index] = try narrowed(inner.aggregates[index], by: condition)
      }
      copy.nested = inner
    } else if let filter = copy.filter {
      copy.filter = try scalar(
        "and", [Resolved(filter), Resolved(condition)], at: condition.span ?? copy.span ?? Span(Prelude.source, 0..<0)
      ).expression
    } else {
      copy.filter = condition
    }
    return copy
  }

  private func nesting(_ error: QueryError, in call: CallSyntax) -> QueryError {
    var error = error
    for index in error.diagnostics.indices where error.diagnostics[index].code == .aggregateInRow {
      let span = error.diagnostics[index].primary?.span
      error.diagnostics[index] = .error(
        .nestedAggregate,
        Localized(
          "an aggregate inside `\(call.name.text)` needs a group of its own",
          fr: "un agrégat dans `\(call.name.text)` demande un groupe à lui"), at: span,
        help: Localized(
          "say which: `\(call.name.text)(… per indicator)`, or summarize in a step before",
          fr: "dire lequel : `\(call.name.text)(… per indicator)`, ou résumer dans une étape précédente"))
    }
    return error
  }

  private func refuseSensitive(_ arguments: [Resolved], in call: CallSyntax) throws(QueryError) {
    guard !["count", "count_distinct"].contains(call.name.text), let argument = arguments.first(where: \.isSensitive)
    else { return }
    throw failure(
      .sensitiveColumn,
      Localized(
        "this column holds personal data: it may be counted, not shown",
        fr: "cette colonne contient des données personnelles : elle peut être comptée, pas montrée"),
      at: argument.expression.span,
      help: Localized("use `count` or `count_distinct`", fr: "utiliser `count` ou `count_distinct`"))
  }

  // MARK: On one row

  /// An aggregate of a measure where a row is at hand: the row is a group of one.
  private func onOneRow(
    _ name: String, _ rowForm: RowForm, _ call: CallSyntax, at span: Span, in scope: Scope
  ) throws(QueryError) -> Resolved {
    var arguments: [Resolved] = []
    for argument in call.arguments { arguments.append(try expression(argument.value, in: scope)) }
    if name == "quantile", arguments.count == 2, let place = arguments[1].expression.constantValue {
      try require(place, in: .share, at: call.arguments[1].value.span)
    }
    let applies = try call.filter.map { syntax throws(QueryError) in try condition(syntax, in: scope) }
    var value: Resolved
    var otherwise = Value.missing
    // `count` and `count(x)` are one entry with two forms.
    let form: RowForm
    if name == "count" { form = arguments.isEmpty ? .one : .presence } else { form = rowForm }
    switch form {
    case .one:
      value = Resolved(.constant(.integer(1), span: span))
      otherwise = .integer(0)
    case .presence:
      let isMissing = try scalar("is_missing", [Resolved(arguments[0].expression)], at: span)
      value = try scalar(
        "select",
        [isMissing, Resolved(.constant(.integer(0), span: span)), Resolved(.constant(.integer(1), span: span))],
        at: span)
      otherwise = .integer(0)
    case .argument:
      guard let first = arguments.first else { throw mismatch(.count, of: name, arguments: [], at: span, spans: []) }
      value = first
      if name == "all" { value.expression = try knownOrMissing(first.expression) }
      if ["mean", "median", "quantile", "weighted_mean"].contains(name), value.type == .integer,
        let real = matching.convert(value.expression, to: .real)
      {
        value.expression = real.expression
      }
      if let counts = try counts(name, arguments, at: span) {
        value = try scalar("select", [counts, value, Resolved(.constant(.missing, type: .real, span: span))], at: span)
      }
    case .scalar(let function):
      if name == "share" { arguments[0].expression = try knownOrMissing(arguments[0].expression) }
      value = try scalar(function, arguments, at: span, spans: call.arguments.map(\.value.span))
      if function == "row_ratio" {
        value.display = Resolver.ratioDisplay(arguments)
        value.unit = Resolver.ratioUnit(arguments)
      }
    case .missing: value = Resolved(.constant(.missing, type: .real, span: span))
    }
    if let applies {
      let display = value.display
      value = try scalar(
        "select", [applies, value, Resolved(.constant(otherwise, type: value.type, span: span))], at: span)
      value.display = display
    }
    value.expression.span = span
    return value
  }

  /// Whether one row has a result at all: not where its weight is missing or zero, nor for a quantile that is none.
  private func counts(_ name: String, _ arguments: [Resolved], at span: Span) throws(QueryError) -> Resolved? {
    guard arguments.count == 2 else { return nil }
    let zero = Resolved(.constant(.real(0), span: span))
    switch name {
    case "weighted_mean": return try scalar(">", [try scalar("abs", [arguments[1]], at: span), zero], at: span)
    case "quantile":
      let one = Resolved(.constant(.real(1), span: span))
      let isAbove = try scalar(">=", [arguments[1], zero], at: span)
      return try scalar("and", [isAbove, try scalar("<=", [arguments[1], one], at: span)], at: span)
    default: return nil
    }
  }
}
