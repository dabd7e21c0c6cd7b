import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

extension Resolver {
  /// A call: of a definition, of a word the resolver itself knows, or of an entry of the function table.
  func call(_ call: CallSyntax, at span: Span, in scope: Scope) throws(QueryError) -> Resolved {
    if !call.name.isQuoted, let definition = scope.bindings.definition(named: call.name.text),
      definition.parameters != nil
    {
      return try expand(definition, call, at: span, in: scope)
    }
    switch call.name.text {
    case "has": return try has(call, at: span, in: scope)
    case "setting": return try setting(call, at: span, in: scope)
    case "ci_low", "ci_high": return try confidenceLimit(call, at: span, in: scope)
    default: break
    }
    guard let entry = FunctionTable.entry(named: call.name.text), !isOperator(entry) else {
      throw unknownFunction(call.name, in: scope)
    }
    switch entry.kind {
    case .scalar:
      try refuseFilter(of: call)
      var arguments: [Resolved] = []
      for argument in call.arguments { arguments.append(try expression(argument.value, in: scope)) }
      return try scalar(
        entry.name, arguments, labels: call.arguments.map { $0.label?.text }, at: span,
        spans: call.arguments.map(\.value.span))
    case .aggregate(let overloads, let rowForm):
      return try aggregate(entry.name, overloads, rowForm, call, at: span, in: scope)
    case .window(let function):
      try refuseFilter(of: call)
      return try window(function, call, at: span, in: scope)
    case .special: throw unknownFunction(call.name, in: scope)
    }
  }

  private func isOperator(_ entry: FunctionEntry) -> Bool {
    entry.group == .operators && !["in_period", "missing_if"].contains(entry.name)
  }

  private func refuseFilter(of call: CallSyntax) throws(QueryError) {
    guard let place = call.filter?.span ?? call.per.first?.span else { return }
    throw failure(
      .typeMismatch,
      Localized(
        "`\(call.name.text)` is not an aggregate", fr: "`\(call.name.text)` n’est pas un agrégat"), at: place,
      label: Localized("only aggregates take `where` and `per`", fr: "seuls les agrégats prennent `where` et `per`"))
  }

  private func expand(
    _ definition: Definition, _ call: CallSyntax, at span: Span, in scope: Scope
  ) throws(QueryError) -> Resolved {
    let parameters = definition.parameters ?? []
    guard case .expression(let body) = definition.body else {
      throw failure(
        .tableWhereValueExpected,
        Localized("`\(call.name.text)` is a table", fr: "`\(call.name.text)` est une table"), at: call.name.span)
    }
    try refuseFilter(of: call)
    var arguments: [String: BoundArgument] = [:]
    var position = 0
    for argument in call.arguments {
      let parameter: Name?
      if let label = argument.label {
        parameter = parameters.first { $0.text == label.text }
      } else {
        parameter = position < parameters.count ? parameters[position] : nil
        position += 1
      }
      guard let parameter, arguments[parameter.text] == nil else {
        throw wrongCount(definition, parameters, at: span)
      }
      arguments[parameter.text] = BoundArgument(argument.value, in: scope)
    }
    guard arguments.count == parameters.count else { throw wrongCount(definition, parameters, at: span) }
    return try expand(definition, body: body, arguments: arguments, at: span, in: scope)
  }

  private func wrongCount(_ definition: Definition, _ parameters: [Name], at span: Span) -> QueryError {
    let usage = "\(definition.name.text)(\(parameters.map(\.text).joined(separator: ", ")))"
    return failure(
      .wrongArgumentCount,
      Localized(
        "wrong number of arguments for `\(definition.name.text)`",
        fr: "nombre d’arguments incorrect pour `\(definition.name.text)`"), at: span,
      help: Localized("it is defined as `\(usage)`", fr: "elle est définie ainsi : `\(usage)`"))
  }

  private func unknownFunction(_ name: Name, in scope: Scope) -> QueryError {
    if scope.expanding.contains(name.text) { return selfReference(name) }
    let functions = FunctionTable.entries.filter { !$0.isHidden && $0.group != .operators }.map(\.name)
    let defined = scope.bindings.definitions.filter { $0.parameters != nil }.map(\.name.text)
    let near = Suggestions.near(name.text, among: functions + defined, fold: TextFolding.handle(of:), limit: 2)
    var diagnostic = Diagnostic.error(
      .unknownFunction,
      Localized("no function is called `\(name.text)`", fr: "aucune fonction ne s’appelle `\(name.text)`"),
      at: name.span)
    if let foreign = ForeignFunctions.here(name.text) {
      diagnostic = diagnostic.adding(help: foreign.help)
      if let replacement = foreign.name {
        diagnostic = diagnostic.fixing(
          Localized("use `\(replacement)`", fr: "utiliser `\(replacement)`"), replace: name.span, with: replacement)
      }
    } else if let best = near.first {
      diagnostic = diagnostic.adding(help: Resolver.didYouMean(near)).fixing(
        Localized("replace `\(name.text)` by `\(best)`", fr: "remplacer `\(name.text)` par `\(best)`"),
        replace: name.span, with: best)
    } else if scope.bindings.definition(named: name.text) != nil {
      diagnostic = diagnostic.adding(
        help: Localized(
          "`\(name.text)` is a measure: write it without parentheses",
          fr: "`\(name.text)` est une mesure : l’écrire sans parenthèses"))
    } else {
      diagnostic = diagnostic.adding(
        help: Localized("`.help functions` lists them all", fr: "`.help functions` les liste toutes"))
    }
    return QueryError(diagnostic)
  }

  // MARK: Words of the resolver

  /// `has(column)`: known as soon as the columns are.
  private func has(_ call: CallSyntax, at span: Span, in scope: Scope) throws(QueryError) -> Resolved {
    guard call.arguments.count == 1, case .name(let name) = call.arguments[0].value.kind else {
      throw failure(
        .wrongArgumentCount, Localized("`has` takes the name of a column", fr: "`has` prend le nom d’une colonne"),
        at: span)
    }
    var isThere = false
    if case .none = NameLookup.column(name, in: scope.schema) {} else { isThere = true }
    return Resolved(.constant(.boolean(isThere), span: span))
  }

  /// `setting("on_track", 90%)`: what the project says, else the second argument.
  private func setting(_ call: CallSyntax, at span: Span, in scope: Scope) throws(QueryError) -> Resolved {
    guard call.arguments.count == 2, case .text(let name) = call.arguments[0].value.kind else {
      throw failure(
        .wrongArgumentCount,
        Localized(
          "`setting` takes a name in quotes and a default",
          fr: "`setting` prend un nom entre guillemets et une valeur par défaut"),
        at: span)
    }
    var value = try expression(call.arguments[1].value, in: scope)
    if let given = environment.setting(name) { value.expression = .constant(.real(given), span: span) }
    return value
  }

  /// `ci_low(mean(x))` is Student's, on a share Wilson's.
  private func confidenceLimit(_ call: CallSyntax, at span: Span, in scope: Scope) throws(QueryError) -> Resolved {
    try refuseFilter(of: call)
    guard let first = call.arguments.first else {
      throw mismatch(.count, of: call.name.text, arguments: [], at: span, spans: [])
    }
    if case .call(var inner) = first.value.kind, inner.name.text == "mean",
      scope.bindings.definition(named: "mean") == nil
    {
      let name = call.name.text == "ci_low" ? "mean_ci_low" : "mean_ci_high"
      guard case .aggregate(let overloads, let rowForm)? = FunctionTable.entry(named: name)?.kind else {
        preconditionFailure("the function table has no `\(name)`")
      }
      inner.arguments += call.arguments.dropFirst()
      return try aggregate(name, overloads, rowForm, inner, at: span, in: scope)
    }
    var arguments: [Resolved] = []
    for argument in call.arguments { arguments.append(try expression(argument.value, in: scope)) }
    if arguments[0].type.isNumber {
      throw failure(
        .typeMismatch,
        Localized(
          "`\(call.name.text)` wants a ratio or `mean(…)`", fr: "`\(call.name.text)` veut un ratio ou `mean(…)`"),
        at: first.value.span,
        help: Localized(
          "write the aggregate inside: `\(call.name.text)(mean(x))`, `\(call.name.text)(share(c))`",
          fr: "écrire l’agrégat à l’intérieur : `\(call.name.text)(mean(x))`, `\(call.name.text)(share(c))`"))
    }
    return try scalar(
      "ratio_" + call.name.text, arguments, labels: call.arguments.map { $0.label?.text }, at: span,
      spans: call.arguments.map(\.value.span))
  }

  // MARK: Windows

  private func window(
    _ function: WindowFunction, _ call: CallSyntax, at span: Span, in scope: Scope
  ) throws(QueryError) -> Resolved {
    guard case .window(let collector) = scope.mode else {
      throw failure(
        .windowOutsideAdd,
        Localized("`\(call.name.text)` belongs in `add`", fr: "`\(call.name.text)` a sa place dans `add`"), at: span,
        help: Localized(
          "write `add x = \(span.text.collapsingWhiteSpace) per … sort …`",
          fr: "écrire `add x = \(span.text.collapsingWhiteSpace) per … sort …`"))
    }
    let label = span.text.collapsingWhiteSpace
    switch function {
    case .rank, .row:
      guard call.arguments.isEmpty else {
        throw mismatch(.count, of: call.name.text, arguments: [], at: span, spans: [])
      }
      if function == .rank, !collector.hasOrder {
        throw failure(
          .windowNeedsOrder, Localized("`rank()` needs an order", fr: "`rank()` demande un ordre"), at: span,
          help: Localized("add `sort` and a column at the end", fr: "ajouter `sort` et une colonne à la fin"))
      }
      return Resolved(
        collector.column(for: function == .rank ? .rank : .row, type: .integer, label: label, span: span))
    case .previous, .next:
      guard (1...2).contains(call.arguments.count) else {
        throw mismatch(.count, of: call.name.text, arguments: [], at: span, spans: [])
      }
      let value = try expression(call.arguments[0].value, in: scope)
      try requireInputOnly(value, collector, in: call, at: call.arguments[0].value.span)
      var distance = 1
      if call.arguments.count == 2 {
        let count = try expression(call.arguments[1].value, in: scope)
        guard case .integer(let number)? = count.expression.constantValue, (0...1_000_000).contains(number) else {
          throw failure(
            .constantExpected,
            Localized(
              "how many rows back must be a plain number", fr: "le nombre de lignes doit être un simple nombre"),
            at: call.arguments[1].value.span)
        }
        distance = Int(number)
      }
      let shifted = WindowNode.Call.shifted(value.expression, distance: function == .previous ? distance : -distance)
      var result = Resolved(
        collector.column(
          for: shifted, type: value.type, display: value.display, unit: value.unit, label: label, span: span),
        display: value.display, unit: value.unit, rowUnit: value.rowUnit)
      result.isSensitive = value.isSensitive
      return result
    case .running:
      guard call.arguments.count == 1, call.arguments[0].label == nil else {
        throw mismatch(.count, of: "running", arguments: [], at: span, spans: [])
      }
      return try running(call.arguments[0].value, collector, at: span, in: scope)
    }
  }

  /// `running(sum(x))`, `running(achievement)`: the aggregates inside range over the rows so far.
  private func running(
    _ syntax: ExpressionSyntax, _ collector: WindowCollector, at span: Span, in scope: Scope
  ) throws(QueryError) -> Resolved {
    let inner = AggregateCollector(keys: [])
    var value = try expression(syntax, in: scope.with(mode: .group(inner)))
    guard !inner.calls.isEmpty else {
      throw failure(
        .typeMismatch, Localized("`running` wants an aggregate", fr: "`running` veut un agrégat"), at: syntax.span,
        help: Localized(
          "write `running(sum(\(syntax.span.text.collapsingWhiteSpace)))`",
          fr: "écrire `running(sum(\(syntax.span.text.collapsingWhiteSpace)))`"))
    }
    let columns = inner.calls.map { call, field in
      collector.column(
        for: .running(call), type: call.type, display: field.display, unit: field.unit, label: field.label,
        span: span)
    }
    value.expression = value.expression.substituting(columns)
    return value
  }

  /// A window function inside another would need a second pass.
  private func requireInputOnly(
    _ value: Resolved, _ collector: WindowCollector, in call: CallSyntax, at span: Span
  ) throws(QueryError) {
    guard value.expression.columns.contains(where: { $0 >= collector.inputCount }) else { return }
    throw failure(
      .nestedAggregate,
      Localized(
        "`\(call.name.text)` cannot hold another function of the group",
        fr: "`\(call.name.text)` ne peut pas contenir une autre fonction du groupe"), at: span,
      help: Localized(
        "add the inner one as a column of its own in a step before",
        fr: "ajouter l’intérieure comme colonne à part dans une étape précédente"))
  }
}
