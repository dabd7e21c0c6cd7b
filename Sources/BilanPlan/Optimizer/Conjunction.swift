import BilanFunctions

extension Expression {
  /// The condition that all of `conditions` are true; nil where there is none.
  package static func all(_ conditions: [Expression]) -> Expression? {
    conditions.first.map { conditions.dropFirst().reduce($0) { $0.and($1) } }
  }

  /// `self and other`; a part that is missing counts as false.
  func and(_ other: Expression) -> Expression {
    guard case .scalar(let overloads)? = FunctionTable.entry(named: "and")?.kind else {
      preconditionFailure("the function table has `and`")
    }
    let both = span.flatMap { first in other.span.map { first.union($0) } }
    let call = ScalarCall(name: "and", overload: overloads[0], arguments: [self, other])
    return Expression(.call(call), type: .boolean, span: both ?? span ?? other.span)
  }
}
