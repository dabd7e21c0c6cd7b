import BilanFunctions
import BilanSyntax

extension ExpressionSyntax {
  /// Whether an aggregate is in it, or in a definition that it names; pipelines in parentheses are tables of their own.
  func hasAggregate(_ bindings: Bindings) -> Bool {
    switch kind {
    case .name(let name): return Self.isAggregate(name, bindings)
    case .call(let call):
      if let definition = bindings.definition(named: call.name.text) {
        if definition.hasAggregate { return true }
      } else if case .aggregate? = FunctionTable.entry(named: call.name.text)?.kind {
        return true
      }
      return call.arguments.contains { $0.value.hasAggregate(bindings) }
    case .field(let base, _): return base.hasAggregate(bindings)
    case .unary(_, let operand): return operand.hasAggregate(bindings)
    case .binary(_, let left, let right), .range(let left, let right):
      return left.hasAggregate(bindings) || right.hasAggregate(bindings)
    case .comparison(let first, let links):
      return first.hasAggregate(bindings) || links.contains { $0.right.hasAggregate(bindings) }
    case .isMissing(let operand, _): return operand.hasAggregate(bindings)
    case .membership(let operand, let list, _): return operand.hasAggregate(bindings) || list.hasAggregate(bindings)
    case .list(let items): return items.contains { $0.hasAggregate(bindings) }
    case .conditional(let branches, let otherwise):
      return otherwise.hasAggregate(bindings)
        || branches.contains { $0.condition.hasAggregate(bindings) || $0.value.hasAggregate(bindings) }
    case .parenthesized(let inner): return inner.hasAggregate(bindings)
    case .integer, .real, .percent, .text, .boolean, .missing, .period, .duration, .parameter, .pipeline, .invalid:
      return false
    }
  }

  private static func isAggregate(_ name: Name, _ bindings: Bindings) -> Bool {
    if name.isQuoted { return false }
    return bindings.definition(named: name.text)?.hasAggregate ?? (name.text == "count")
  }
}

extension Definition {
  fileprivate var hasAggregate: Bool {
    switch body {
    case .expression(let body): body.hasAggregate(bindings)
    case .pipeline: false
    }
  }
}
