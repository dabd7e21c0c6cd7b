import BilanSyntax

extension ReferenceEvaluator {
  /// Whether what a condition compares is missing, so that nothing is known of it.
  func isUnknown(_ condition: ExpressionSyntax, _ scope: Scope) throws(ReferenceError) -> Bool {
    switch condition.kind {
    case .name(let name):
      if let argument = scope.arguments[name.text] {
        return try isUnknown(argument.syntax, scope.leaving(to: argument))
      }
      if let row = scope.row, let column = scope.column(name.text) { return row[column].isMissing }
      guard let (definition, before) = scope.definition(name.text), case .expression(let body) = definition.body else {
        return false
      }
      return try isUnknown(body, scope.entering(before, [:]))
    case .call(let call):
      if call.name.text == "has" { return false }
      if let (body, inner) = expansion(call, scope) { return try isUnknown(body, inner) }
      return try evaluate(condition, scope).isMissing
    case .parenthesized(let inner), .unary(.not, let inner): return try isUnknown(inner, scope)
    case .binary(.and, let left, let right): return try isUndecided([left, right], by: false, scope)
    case .binary(.or, let left, let right): return try isUndecided([left, right], by: true, scope)
    case .comparison(let first, let links):
      var left = first
      var isUnknown = false
      for link in links {
        if try isAnyMissing([left, link.right], scope) {
          isUnknown = true
        } else if !(try compare(left, link.comparison, link.right, scope)) {
          return false
        }
        left = link.right
      }
      return isUnknown
    case .membership(let operand, let list, _): return try isUnknownMember(operand, of: list, scope)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        if try isUnknown(branch.condition, scope) { return true }
        if try evaluate(branch.condition, scope).isTrue { return try isUnknown(branch.value, scope) }
      }
      return try isUnknown(otherwise, scope)
    case .isMissing, .boolean, .missing: return false
    default: return try evaluate(condition, scope).isMissing
    }
  }

  /// Whether neither side is known to be `deciding`, and not both are known.
  private func isUndecided(
    _ sides: [ExpressionSyntax], by deciding: Bool, _ scope: Scope
  ) throws(ReferenceError) -> Bool {
    var isUndecided = false
    for side in sides {
      if try isUnknown(side, scope) {
        isUndecided = true
      } else if try evaluate(side, scope).isTrue == deciding {
        return false
      }
    }
    return isUndecided
  }

  private func isUnknownMember(
    _ operand: ExpressionSyntax, of list: ExpressionSyntax, _ scope: Scope
  ) throws(ReferenceError) -> Bool {
    switch list.kind {
    case .parenthesized(let inner): return try isUnknownMember(operand, of: inner, scope)
    case .list(let items):
      var isUnknown = false
      for item in items {
        let isItem = ExpressionSyntax(.membership(operand, in: item, negated: false), span: list.span)
        if try isAnyMissing([operand, item], scope) {
          isUnknown = true
        } else if try evaluate(isItem, scope).isTrue {
          return false
        }
      }
      return isUnknown
    // The ends of ranges are constants in what tests write.
    case .range(let low, let high): return try isAnyMissing([operand, low, high], scope)
    case .pipeline: return try isAnyMissing([operand], scope)
    default: return try isAnyMissing([operand, list], scope)
    }
  }

  /// Whether a comparison of them has a side without a value; where that is known without any row it is meant so.
  private func isAnyMissing(_ operands: [ExpressionSyntax], _ scope: Scope) throws(ReferenceError) -> Bool {
    var isAnyMissing = false
    for operand in operands {
      let isMissing =
        try kind(operand, scope) == .boolean ? isUnknown(operand, scope) : evaluate(operand, scope).isMissing
      if isMissing, isConstant(operand, scope) { return false }
      if isMissing { isAnyMissing = true }
    }
    return isAnyMissing
  }

  /// Whether no row has a say in a value.
  private func isConstant(_ expression: ExpressionSyntax, _ scope: Scope) -> Bool {
    func areConstant(_ expressions: [ExpressionSyntax]) -> Bool { expressions.allSatisfy { isConstant($0, scope) } }
    func isTrue(_ condition: ExpressionSyntax) -> Bool { (try? evaluate(condition, scope).isTrue) ?? false }
    switch expression.kind {
    case .integer, .real, .percent, .text, .boolean, .missing, .period, .duration: return true
    case .name(let name):
      if let argument = scope.arguments[name.text] {
        return isConstant(argument.syntax, scope.leaving(to: argument))
      }
      guard scope.column(name.text) == nil, let (definition, before) = scope.definition(name.text),
        case .expression(let body) = definition.body
      else { return false }
      return isConstant(body, scope.entering(before, [:]))
    case .call(let call):
      if let (body, inner) = expansion(call, scope) { return isConstant(body, inner) }
      return !ReferenceAggregates.names.contains(call.name.text) && areConstant(call.arguments.map(\.value))
    case .parenthesized(let inner), .unary(_, let inner), .isMissing(let inner, _): return isConstant(inner, scope)
    case .binary(let symbol, let left, let right):
      guard isConstant(left, scope) else { return false }
      let isDecided = symbol == .and && !isTrue(left) || symbol == .or && isTrue(left)
      return isDecided || isConstant(right, scope)
    case .comparison(let first, let links): return areConstant([first] + links.map(\.right))
    case .conditional(let branches, let otherwise):
      for branch in branches {
        guard isConstant(branch.condition, scope) else { return false }
        if isTrue(branch.condition) { return isConstant(branch.value, scope) }
      }
      return isConstant(otherwise, scope)
    default: return false
    }
  }
}
