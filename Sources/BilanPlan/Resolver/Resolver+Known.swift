import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// Where a condition is known, which `share` and `all` ask of it: everywhere else conditions are true or false.
///
///     a > b, a in […]        where no side is missing; everywhere if a side is the word `missing`
///     a is missing           everywhere
///     not a                  where a is known
///     a and b                where both are known, and where one is known to be false
///     a or b                 where both are known, and where one is known to be true
///     if c then a else b     where c is known, and what it chooses
///     anything else          where it has a value
extension Resolver {
  /// The condition, missing where it is unknown.
  func knownOrMissing(_ condition: Expression) throws(QueryError) -> Expression {
    guard condition.type == .boolean, let known = try known(condition) else { return condition }
    let span = place(condition)
    let missing = Resolved(.constant(.missing, type: .boolean, span: span))
    return try scalar("select", [known, Resolved(condition), missing], at: span).expression
  }

  /// The rows where a condition is known; nil for all.
  private func known(_ condition: Expression) throws(QueryError) -> Resolved? {
    switch condition.kind {
    case .constant: return nil
    case .column, .subquery: return try there(condition)
    case .inSubquery(let operand, _): return try there(operand)
    case .call(let call):
      let span = place(condition)
      switch call.name {
      case "is_missing": return nil
      case "not": return try known(call.arguments[0])
      case "and", "or": return try known(call.arguments[0], call.name, call.arguments[1], at: span)
      case "select": return try knownChoice(call.arguments, at: span)
      case "=", "!=", "<", "<=", ">", ">=", "~", "in", "in_period":
        if call.arguments.contains(where: { $0.constantValue == .missing }) { return nil }
        var result: Resolved?
        for operand in call.arguments {
          result = try both(result, operand.type == .boolean ? known(operand) : there(operand), at: span)
        }
        return result
      default: return try there(condition)
      }
    }
  }

  private func known(
    _ left: Expression, _ name: String, _ right: Expression, at span: Span
  ) throws(QueryError) -> Resolved? {
    let (first, second) = (try known(left), try known(right))
    if first?.expression.fingerprint == second?.expression.fingerprint { return first }
    /// The rows where a side settles the whole by itself.
    func settling(_ side: Expression) throws(QueryError) -> Resolved {
      name == "or" ? Resolved(side) : try scalar("not", [Resolved(side)], at: span)
    }
    guard let first else {
      return try second.map { known throws(QueryError) in try either(known, settling(left), at: span) }
    }
    guard let second else { return try either(first, settling(right), at: span) }
    let byLeft = try scalar("and", [first, either(second, settling(left), at: span)], at: span)
    let byRight = try scalar("and", [second, settling(right)], at: span)
    return try either(byLeft, byRight, at: span)
  }

  /// - Parameter parts: the condition and what it chooses between.
  private func knownChoice(_ parts: [Expression], at span: Span) throws(QueryError) -> Resolved? {
    let branches = (try known(parts[1]), try known(parts[2]))
    var chosen: Resolved?
    if branches.0 != nil || branches.1 != nil {
      let everywhere = Resolved(.constant(.boolean(true), span: span))
      chosen = try scalar(
        "select", [Resolved(parts[0]), branches.0 ?? everywhere, branches.1 ?? everywhere], at: span)
    }
    return try both(known(parts[0]), chosen, at: span)
  }

  /// The rows where an expression has a value; nil for all.
  private func there(_ expression: Expression) throws(QueryError) -> Resolved? {
    if expression.isTwoValued || expression.constantValue != nil { return nil }
    let span = place(expression)
    let isMissing = try scalar("is_missing", [Resolved(try quiet(expression))], at: span)
    return try scalar("not", [isMissing], at: span)
  }

  /// The same without its notes, which the condition itself leaves.
  private func quiet(_ expression: Expression) throws(QueryError) -> Expression {
    guard expression.leavesNotes, case .call(var call) = expression.kind else { return expression }
    for index in call.arguments.indices { call.arguments[index] = try quiet(call.arguments[index]) }
    if call.name == Expression.missingIf {
      let span = place(expression)
      let missing = Resolved(.constant(.missing, type: expression.type, span: span))
      return try scalar(
        "select", [Resolved(call.arguments[1]), missing, Resolved(call.arguments[0])], at: span
      ).expression
    }
    return Expression(.call(call), type: expression.type, span: expression.span)
  }

  func both(_ first: Resolved?, _ second: Resolved?, at span: Span) throws(QueryError) -> Resolved? {
    guard let first, let second else { return first ?? second }
    if first.expression.fingerprint == second.expression.fingerprint { return first }
    return try scalar("and", [first, second], at: span)
  }

  private func either(_ first: Resolved, _ second: Resolved, at span: Span) throws(QueryError) -> Resolved {
    try scalar("or", [first, second], at: span)
  }

  private func place(_ expression: Expression) -> Span { expression.span ?? Span(Prelude.source, 0..<0) }
}
