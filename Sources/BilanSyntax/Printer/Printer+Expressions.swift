extension Printer {
  /// Lays out an expression, in parentheses where it binds more loosely than `minimum`.
  func layout(_ expression: ExpressionSyntax, _ minimum: Int = 0) -> Layout {
    let layout = bare(expression)
    return precedence(expression) < minimum ? .sequence([.text("("), layout, .text(")")]) : layout
  }

  private func precedence(_ expression: ExpressionSyntax) -> Int {
    switch expression.kind {
    case .conditional: return 0
    case .binary(let operation, _, _): return precedence(operation)
    case .unary(.not, _): return Precedence.not
    case .unary(.negate, _): return Precedence.unary
    case .comparison, .isMissing, .membership: return Precedence.comparison
    case .range: return Precedence.range
    case .integer(let value): return value < 0 ? Precedence.unary : Precedence.primary
    case .real(let value), .percent(let value): return value < 0 ? Precedence.unary : Precedence.primary
    case .duration(let count, _): return count < 0 ? Precedence.unary : Precedence.primary
    default: return Precedence.primary
    }
  }

  private func precedence(_ operation: BinaryOperator) -> Int {
    switch operation {
    case .or: Precedence.or
    case .and: Precedence.and
    case .coalesce: Precedence.coalesce
    case .add, .subtract: Precedence.additive
    case .multiply, .divide: Precedence.multiplicative
    }
  }

  private func bare(_ expression: ExpressionSyntax) -> Layout {
    switch expression.kind {
    case .integer(let value): return .text(keepsLiterals ? expression.span.text : String(value))
    case .real(let value): return .text(keepsLiterals ? expression.span.text : "\(value)")
    case .percent(let value): return .text(keepsLiterals ? expression.span.text : Self.percent(value))
    case .text(let value): return .text(TextLiteral.encode(value))
    case .boolean(let value): return .text(value ? "true" : "false")
    case .missing: return .text("missing")
    case .period(let period): return .text(period.description)
    case .duration(let count, let unit): return .text("\(count) \(unit.rawValue)\(count == 1 ? "" : "s")")
    case .name(let value): return .text(name(value))
    case .parameter(let value): return .text("$\(value.text)")
    case .field(let base, let field):
      return .sequence([layout(base, Precedence.primary), .text(".\(name(field))")])
    case .call(let value): return call(value)
    case .unary(.negate, let operand): return .sequence([.text("-"), layout(operand, Precedence.unary)])
    case .unary(.not, let operand): return .sequence([.text("not "), layout(operand, Precedence.not)])
    case .binary(let operation, let left, let right): return chain(operation, left, right)
    case .comparison(let first, let links):
      var parts = [layout(first, Precedence.range)]
      for link in links {
        parts += [.space, .text("\(link.comparison.rawValue) "), layout(link.right, Precedence.range)]
      }
      return .group(.indent(2, .sequence(parts)))
    case .isMissing(let value, let negated):
      return .sequence([layout(value, Precedence.range), .text(negated ? " is not missing" : " is missing")])
    case .membership(let value, let set, let negated):
      return .sequence([
        layout(value, Precedence.range), .text(negated ? " not in " : " in "), layout(set, Precedence.range),
      ])
    case .range(let low, let high):
      return .sequence([layout(low, Precedence.coalesce), .text(".."), layout(high, Precedence.coalesce)])
    case .list(let elements): return list(elements)
    case .conditional(let branches, let otherwise): return conditional(branches, otherwise)
    case .pipeline(let pipeline): return bracketed("(", flat(pipeline), ")")
    case .parenthesized(let inner): return bracketed("(", layout(inner), ")")
    case .invalid: return .text("missing")
    }
  }

  /// Lays out the operands of one precedence side by side, a line each where they do not fit.
  private func chain(_ operation: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax) -> Layout {
    let level = precedence(operation)
    var first = left
    var tail = [(operation, right)]
    while case .binary(let operation, let left, let right) = first.kind, precedence(operation) == level {
      tail.append((operation, right))
      first = left
    }
    var parts: [Layout] = []
    for (operation, operand) in tail.reversed() {
      parts += [.space, .text("\(operation.rawValue) "), layout(operand, level + 1)]
    }
    return .group(.sequence([layout(first, level), .indent(2, .sequence(parts))]))
  }

  private func call(_ call: CallSyntax) -> Layout {
    let arguments = call.arguments.map { argument -> Layout in
      let value = layout(argument.value)
      return argument.label.map { .sequence([.text("\(name($0)): "), value]) } ?? value
    }
    var parts: [Layout] = arguments.isEmpty ? [] : [.items(arguments)]
    func clause(_ word: String, _ layout: Layout) {
      if !parts.isEmpty { parts.append(.space) }
      parts += [.text(word + " "), layout]
    }
    if let filter = call.filter { clause("where", layout(filter)) }
    if !call.per.isEmpty { clause("per", .items(call.per.map { layout($0) })) }
    if parts.isEmpty { return .text("\(name(call.name))()") }
    return bracketed("\(name(call.name))(", .sequence(parts), ")")
  }

  func list(_ elements: [ExpressionSyntax]) -> Layout {
    elements.isEmpty ? .text("[]") : bracketed("[", .fill(elements.map { layout($0) }), "]")
  }

  private func bracketed(_ opening: String, _ inner: Layout, _ closing: String) -> Layout {
    .group(.sequence([.text(opening), .indent(2, .sequence([.soft, inner])), .soft, .text(closing)]))
  }

  private func conditional(_ branches: [ConditionalBranch], _ otherwise: ExpressionSyntax) -> Layout {
    var parts: [Layout] = []
    for branch in branches {
      parts += [
        .text("if "), layout(branch.condition), .text(" then "), .indent(2, layout(branch.value)), .space,
        .text("else "),
      ]
    }
    // `else if` goes on with the same conditional, so one that stands in the last branch has parentheses.
    parts.append(.indent(2, layout(otherwise, 1)))
    if precedence(otherwise) != 0 { parts[parts.count - 1] = .indent(2, layout(otherwise)) }
    return .group(.sequence(parts))
  }

  /// `110%` for 1.1, exactly: the decimal point of the shortest digits moves by two.
  static func percent(_ value: Double) -> String {
    let written = "\(value)"
    guard !written.contains("e"), let point = written.firstIndex(of: ".") else { return "\(value * 100)%" }
    let sign = written.hasPrefix("-") ? "-" : ""
    let whole = written[..<point].drop { $0 == "-" }
    var fraction = String(written[written.index(after: point)...])
    while fraction.count < 2 { fraction += "0" }
    let cut = fraction.index(fraction.startIndex, offsetBy: 2)
    let digits = (whole + fraction[..<cut]).drop { $0 == "0" }
    let rest = fraction[cut...]
    return sign + (digits.isEmpty ? "0" : digits) + (rest.isEmpty || rest.allSatisfy { $0 == "0" } ? "" : ".\(rest)")
      + "%"
  }
}
