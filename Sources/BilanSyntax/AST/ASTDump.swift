/// Writes an AST as nested parentheses, one item or step a line: what golden tests compare.
///
/// Spans are left out, so two texts that mean the same have the same dump.
package enum ASTDump {
  /// `ignoringParentheses` drops the nodes of parentheses that only group.
  package static func describe(_ program: ProgramSyntax, ignoringParentheses: Bool = false) -> String {
    let dump = Dump(ignoresParentheses: ignoringParentheses)
    var lines: [String] = []
    if let documentation = program.documentation { lines.append("documentation \(quoted(documentation))") }
    for item in program.items {
      if let documentation = item.documentation { lines.append("## \(quoted(documentation))") }
      lines.append(dump.item(item.kind))
    }
    return lines.joined(separator: "\n")
  }

  package static func describe(_ expression: ExpressionSyntax, ignoringParentheses: Bool = false) -> String {
    Dump(ignoresParentheses: ignoringParentheses).expression(expression)
  }

  package static func describe(_ pipeline: PipelineSyntax) -> String {
    Dump(ignoresParentheses: false).pipeline(pipeline, separator: "\n  ")
  }

  fileprivate static func quoted(_ text: String) -> String { TextLiteral.encode(text) }
}

private struct Dump {
  var ignoresParentheses: Bool

  func item(_ kind: ItemSyntax.Kind) -> String {
    switch kind {
    case .use(let path): return "(use \(ASTDump.quoted(path)))"
    case .parameter(let parameter):
      let value = parameter.defaultValue.map { " " + expression($0) } ?? ""
      return "(param \(name(parameter.name)) \(type(parameter.type))\(value))"
    case .definition(let definition):
      let parameters = definition.parameters.map { "(" + $0.map(name).joined(separator: " ") + ")" } ?? ""
      switch definition.body {
      case .expression(let value): return "(let \(name(definition.name))\(parameters) \(expression(value)))"
      case .pipeline(let value):
        return "(let \(name(definition.name))\(parameters)\n  \(pipeline(value, separator: "\n  ")))"
      }
    case .query(let value): return "(query\n  \(pipeline(value, separator: "\n  ")))"
    case .expression(let value): return "(expression \(expression(value)))"
    }
  }

  private func type(_ type: ParameterSyntax.TypeSyntax) -> String {
    switch type {
    case .number: "number"
    case .percent: "percent"
    case .text: "text"
    case .boolean: "bool"
    case .date: "date"
    case .period: "period"
    case .list(let element): "(list \(self.type(element)))"
    case .choice(let choices): "(one \(list(choices)))"
    }
  }

  func name(_ name: Name) -> String { name.isQuoted ? "`\(name.text)`" : name.text }

  private func list(_ expressions: [ExpressionSyntax]) -> String {
    "[" + expressions.map(expression).joined(separator: " ") + "]"
  }

  private func named(_ item: NamedExpressionSyntax) -> String {
    item.name.map { "(= \(name($0)) \(expression(item.value)))" } ?? expression(item.value)
  }

  private func list(_ items: [NamedExpressionSyntax]) -> String { "[" + items.map(named).joined(separator: " ") + "]" }

  private func list(_ items: [SelectionSyntax]) -> String {
    let parts = items.map { item in
      switch item {
      case .expression(let value): named(value)
      case .pattern(let pattern, _): "(pattern \(pattern))"
      }
    }
    return "[" + parts.joined(separator: " ") + "]"
  }

  private func keys(_ keys: [SortKeySyntax]) -> String {
    "[" + keys.map { $0.isDescending ? "(desc \(expression($0.value)))" : expression($0.value) }.joined(separator: " ")
      + "]"
  }

  // MARK: Pipelines

  func pipeline(_ pipeline: PipelineSyntax, separator: String) -> String {
    let head = pipeline.source.map { "(from \(source($0)))" } ?? "(continue)"
    return ([head] + pipeline.steps.map { step($0.kind) }).joined(separator: separator)
  }

  private func source(_ source: SourceSyntax) -> String {
    switch source.kind {
    case .name(let value): name(value)
    case .qualified(let connection, let table): "\(name(connection)).\(name(table))"
    case .file(let path, let options): ASTDump.quoted(path) + (options.isEmpty ? "" : " with \(list(options))")
    case .standardInput: "stdin"
    case .pipeline(let value): "(pipeline \(pipeline(value, separator: " ")))"
    case .invalid: "invalid"
    }
  }

  private func step(_ kind: StepSyntax.Kind) -> String {
    switch kind {
    case .filter(let condition): return "(where \(expression(condition)))"
    case .add(let add):
      let per = add.per.map { " per \(list($0))" } ?? ""
      return "(add \(list(add.columns))\(per)\(add.sort.isEmpty ? "" : " sort \(keys(add.sort))"))"
    case .keep(let columns): return "(keep \(list(columns)))"
    case .drop(let columns): return "(drop \(list(columns)))"
    case .rename(let pairs):
      return "(rename " + pairs.map { "(= \(name($0.new)) \(name($0.old)))" }.joined(separator: " ") + ")"
    case .summarize(let summarize):
      let by = summarize.keys.isEmpty ? "" : " by \(list(summarize.keys))"
      let across = summarize.across.map { " across \(named($0))" } ?? ""
      return "(summarize \(list(summarize.aggregates))\(by)\(across)\(summarize.hasTotals ? " totals" : ""))"
    case .count(let by): return by.isEmpty ? "(count)" : "(count by \(list(by)))"
    case .sort(let sort): return "(sort \(keys(sort)))"
    case .take(let first, let last):
      return first.map { "(take \(expression($0)) \(expression(last)))" } ?? "(take \(expression(last)))"
    case .top(let top):
      let per = top.per.isEmpty ? "" : " per \(list(top.per))"
      return "(\(top.isBottom ? "bottom" : "top") \(expression(top.count)) by \(expression(top.by))\(per))"
    case .distinct(let columns): return columns.isEmpty ? "(distinct)" : "(distinct \(list(columns)))"
    case .join(let join):
      let pairs = join.keys.map { key in
        key.right.map { "(= \(expression(key.left)) \(expression($0)))" } ?? expression(key.left)
      }
      let many = join.allowsMany ? " many" : ""
      return "(join \(join.kind.rawValue)\(many) \(source(join.source)) on [\(pairs.joined(separator: " "))])"
    case .append(let value): return "(append \(source(value)))"
    case .unpivot(let columns, let label, let value):
      return "(unpivot \(list(columns)) into \(name(label)) \(name(value)))"
    case .unnest(let unnest):
      let separator = unnest.separator.map { " by \(expression($0))" } ?? ""
      return "(unnest \(named(unnest.column))\(separator)\(unnest.hasPosition ? " position" : ""))"
    case .complete(let columns): return "(complete \(list(columns)))"
    case .check(let condition, let text):
      return "(check \(expression(condition))\(text.map { " " + expression($0) } ?? ""))"
    case .unavailable(let verb): return "(unavailable \(verb))"
    case .invalid: return "(invalid)"
    }
  }

  // MARK: Expressions

  func expression(_ syntax: ExpressionSyntax) -> String {
    switch syntax.kind {
    case .integer(let value): return String(value)
    case .real(let value): return "\(value)"
    case .percent(let value): return "(percent \(value))"
    case .text(let value): return ASTDump.quoted(value)
    case .boolean(let value): return value ? "true" : "false"
    case .missing: return "missing"
    case .period(let period): return "(period \(period.description))"
    case .duration(let count, let unit): return "(duration \(count) \(unit.rawValue))"
    case .name(let value): return name(value)
    case .parameter(let value): return "$\(name(value))"
    case .field(let base, let field): return "(. \(expression(base)) \(name(field)))"
    case .call(let call):
      let arguments = call.arguments.map { argument in
        (argument.label.map { " \(name($0)):" } ?? "") + " " + expression(argument.value)
      }.joined()
      let filter = call.filter.map { " where \(expression($0))" } ?? ""
      return "(call \(name(call.name))\(arguments)\(filter)\(call.per.isEmpty ? "" : " per \(list(call.per))"))"
    case .unary(let operation, let operand): return "(\(operation.rawValue) \(expression(operand)))"
    case .binary(let operation, let left, let right):
      return "(\(operation.rawValue) \(expression(left)) \(expression(right)))"
    case .comparison(let first, let links):
      return "(compare \(expression(first))"
        + links.map { " \($0.comparison.rawValue) \(expression($0.right))" }.joined() + ")"
    case .isMissing(let value, let negated):
      return "(\(negated ? "is-not-missing" : "is-missing") \(expression(value)))"
    case .membership(let value, let set, let negated):
      return "(\(negated ? "not-in" : "in") \(expression(value)) \(expression(set)))"
    case .range(let low, let high): return "(.. \(expression(low)) \(expression(high)))"
    case .list(let elements): return "(list \(list(elements)))"
    case .conditional(let branches, let otherwise):
      return "(if "
        + branches.map { "\(expression($0.condition)) then \(expression($0.value))" }.joined(separator: " else if ")
        + " else \(expression(otherwise)))"
    case .pipeline(let value): return "(pipeline \(pipeline(value, separator: " ")))"
    case .parenthesized(let inner): return ignoresParentheses ? expression(inner) : "(paren \(expression(inner)))"
    case .invalid: return "invalid"
    }
  }
}

extension PeriodSyntax: CustomStringConvertible {
  /// As it is written in a query: `2019-Q3`.
  package var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return switch self {
    case .fiscalYear(let year): "FY\(padded(year, 4))"
    case .semester(let year, let number): "\(padded(year, 4))-S\(number)"
    case .quarter(let year, let number): "\(padded(year, 4))-Q\(number)"
    case .month(let year, let month): "\(padded(year, 4))-\(padded(month, 2))"
    case .day(let year, let month, let day): "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
  }
}
