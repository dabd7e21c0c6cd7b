import BilanSyntax

extension ReferenceEvaluator {
  /// The type of an expression, which settles what numbers and times become where two types meet.
  func kind(_ expression: ExpressionSyntax, _ scope: Scope) -> Kind {
    switch expression.kind {
    case .integer: return .integer
    case .real, .percent: return .real
    case .text: return .text
    case .boolean, .comparison, .isMissing, .membership, .unary(.not, _), .binary(.and, _, _), .binary(.or, _, _):
      return .boolean
    case .missing, .invalid, .list, .range, .parameter: return .missing
    case .period(.day): return .date
    case .period: return .period
    case .duration(_, let word): return word == .day || word == .week ? .days : .months
    case .name(let name): return kind(name, scope)
    case .field(_, let field): return field.text == "numerator" || field.text == "denominator" ? .real : .integer
    case .call(let call): return kind(call, scope)
    case .unary(.negate, let operand):
      let operandKind = kind(operand, scope)
      return operandKind == .ratio ? .real : operandKind
    case .binary(.coalesce, let left, let right): return kind(left, scope).common(kind(right, scope))
    case .binary(let symbol, let left, let right): return kind(kind(left, scope), symbol, kind(right, scope))
    case .conditional(let branches, let otherwise):
      return (branches.map(\.value) + [otherwise]).reduce(.missing) { $0.common(kind($1, scope)) }
    case .parenthesized(let inner): return kind(inner, scope)
    case .pipeline(let pipeline): return (try? run(pipeline, scope.definitions))?.table.columns.first?.kind ?? .missing
    }
  }

  private func kind(_ left: Kind, _ symbol: BinaryOperator, _ right: Kind) -> Kind {
    if symbol == .divide { return .real }
    switch (left, right) {
    case (.date, .date): return .days
    case (.date, _), (_, .date): return .date
    case (.period, _), (_, .period): return .period
    case (.days, _), (_, .days): return .days
    case (.months, _), (_, .months): return .months
    case (.text, _), (_, .text): return .text
    case (.integer, .integer): return .integer
    case (.missing, let other), (let other, .missing): return other == .ratio ? .real : other
    default: return .real
    }
  }

  private func kind(_ name: Name, _ scope: Scope) -> Kind {
    if let argument = scope.arguments[name.text] { return kind(argument.syntax, scope.leaving(to: argument)) }
    if case .group = scope.rows {
      if let key = scope.key(name.text) { return key.kind }
    } else if let column = scope.column(name.text) {
      return scope.columns[column].kind
    }
    if let (definition, before) = scope.definition(name.text), case .expression(let body) = definition.body {
      return kind(body, scope.entering(before, [:]))
    }
    return .integer
  }

  func kind(_ call: CallSyntax, _ scope: Scope) -> Kind {
    if let (body, inner) = expansion(call, scope) { return kind(body, inner) }
    let argument = call.arguments.first?.value
    switch call.name.text {
    case "setting": return kind(call.arguments[1].value, scope)
    case "has", "any", "all", "starts_with", "ends_with", "contains": return .boolean
    case "count", "count_distinct", "rank", "row", "div", "mod", "length", "year", "weekday", "days_between",
      "months_between", "floor", "ceil":
      return .integer
    case "mean", "median", "quantile", "stddev", "variance", "correlation", "weighted_mean", "sqrt": return .real
    case "ratio", "share", "pool": return .ratio
    case "list", "lower", "upper", "fold", "text": return .text
    case "semester", "quarter", "month": return .period
    case "start", "end": return .date
    case "running": return argument.map { kind($0, scope.with(.group([], keys: []))) } ?? .missing
    case "least", "greatest", "clamp":
      let common = call.arguments.reduce(Kind.missing) { $0.common(kind($1.value, scope)) }
      return common == .ratio ? .real : common
    default: break
    }
    let inner = ReferenceAggregates.names.contains(call.name.text) || ["previous", "next"].contains(call.name.text)
    let place = !inner ? scope : call.per.isEmpty ? scope.on([]) : scope.with(.group([], keys: []))
    let result = argument.map { kind($0, place) } ?? .missing
    let keepsRatio = ["first", "last", "only", "previous", "next", "missing_if"].contains(call.name.text)
    return result == .ratio && !keepsRatio ? .real : result
  }
}
