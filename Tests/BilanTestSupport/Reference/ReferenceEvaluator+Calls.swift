import BilanSyntax

extension ReferenceEvaluator {
  func call(_ call: CallSyntax, _ scope: Scope) throws(ReferenceError) -> Cell {
    let name = call.name.text
    if let (body, inner) = expansion(call, scope) { return try evaluate(body, inner) }
    if name == "setting" { return try evaluate(call.arguments[1].value, scope) }
    if name == "has" { return .boolean(Self.has(call, scope)) }
    if ReferenceAggregates.names.contains(name) { return try aggregate(name, call, scope) }
    if case .window(let rows, let index, _, let order) = scope.rows {
      switch name {
      case "previous", "next":
        var distance = 1
        if call.arguments.count > 1, case .integer(let count) = try evaluate(call.arguments[1].value, scope) {
          distance = Int(count)
        }
        let other = name == "previous" ? index - distance : index + distance
        return rows.indices.contains(other) ? try evaluate(call.arguments[0].value, scope.on(rows[other])) : .missing
      case "running":
        return try evaluate(call.arguments[0].value, scope.with(.group(Array(rows[...index]), keys: [])))
      case "row": return .integer(Int64(index + 1))
      case "rank":
        let first = order.firstIndex { Self.areSame($0, order[index]) } ?? index
        return .integer(Int64(first + 1))
      default: break
      }
    }
    let cells = try cells(call.arguments.map(\.value), scope)
    if name == "least" || name == "greatest" {
      let common = kind(call, scope)
      return try ReferenceScalars.value(name, cells.map { $0.converted(to: common) })
    }
    return try ReferenceScalars.value(name, cells)
  }

  /// The body of the function that is called and what it sees; nil where it is none of the text's own.
  func expansion(_ call: CallSyntax, _ scope: Scope) -> (ExpressionSyntax, Scope)? {
    guard let (definition, before) = scope.definition(call.name.text), let parameters = definition.parameters,
      case .expression(let body) = definition.body
    else { return nil }
    var arguments: [String: Argument] = [:]
    for (parameter, argument) in zip(parameters, call.arguments) {
      arguments[argument.label?.text ?? parameter.text] = Argument(argument.value, scope)
    }
    return (body, scope.entering(before, arguments))
  }

  static func has(_ call: CallSyntax, _ scope: Scope) -> Bool {
    guard case .name(let name)? = call.arguments.first?.value.kind else { return false }
    return scope.column(name.text) != nil
  }

  // MARK: Aggregates

  /// Over the group; where one row is at hand, that row is a group of one.
  func aggregate(_ name: String, _ call: CallSyntax, _ scope: Scope) throws(ReferenceError) -> Cell {
    var rows: [[Cell]]
    switch scope.rows {
    case .group(let group, _): rows = group
    case .window(let all, let index, let hasPer, _): rows = hasPer ? all : [all[index]]
    case .row(let row): rows = [row]
    }
    if let filter = call.filter {
      var kept: [[Cell]] = []
      for row in rows where try evaluate(filter, scope.on(row)).isTrue { kept.append(row) }
      rows = kept
    }
    let kinds = call.arguments.map {
      kind($0.value, call.per.isEmpty ? scope.on([]) : scope.with(.group([], keys: [])))
    }
    var columns: [[Cell]] = []
    let inner = call.per.isEmpty ? nil : try groups(rows, call.per, scope)
    for argument in call.arguments {
      var values: [Cell] = []
      if let inner {
        for group in inner { values.append(try evaluate(argument.value, scope.with(.group(group, keys: [])))) }
      } else {
        for row in rows { values.append(try condition(name, argument.value, scope.on(row))) }
      }
      columns.append(values)
    }
    if name == "quantile", columns[1].isEmpty { columns[1] = [try evaluate(call.arguments[1].value, scope.on([]))] }
    return try ReferenceAggregates.value(name, columns, kinds, rowCount: rows.count)
  }

  private func groups(_ rows: [[Cell]], _ keys: [ExpressionSyntax], _ scope: Scope) throws(ReferenceError) -> [[[Cell]]]
  {
    var groups: [(key: [Cell], rows: [[Cell]])] = []
    for row in rows {
      let key = try cells(keys, scope.on(row))
      if let index = groups.firstIndex(where: { Self.areSame($0.key, key) }) {
        groups[index].rows.append(row)
      } else {
        groups.append((key, [row]))
      }
    }
    return groups.map(\.rows)
  }

  /// The argument of an aggregate; for `share` and `all` missing where the condition is unknown.
  private func condition(_ name: String, _ expression: ExpressionSyntax, _ scope: Scope) throws(ReferenceError) -> Cell
  {
    if name == "share" || name == "all", try isUnknown(expression, scope) { return .missing }
    return try evaluate(expression, scope)
  }
}
