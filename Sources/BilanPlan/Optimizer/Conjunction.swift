import BilanColumnar
import BilanFunctions

extension Expression {
  /// `self and other`; a part that is missing counts as false.
  func and(_ other: Expression) -> Expression {
    Expression(
      .call(ScalarCall(name: "and", overload: Self.conjunction, arguments: [self, other])), type: .boolean,
      span: span.flatMap { first in other.span.map { first.union($0) } ?? first } ?? other.span)
  }

  /// Made here and not looked up: rules join conditions of plans that no resolver may have seen.
  private static let conjunction = ScalarOverload(
    [Parameter("a", .exactly(.boolean)), Parameter("b", .exactly(.boolean))], .exactly(.boolean)
  ) { arguments, types, context in
    let sides = arguments.map { truth($0.column(count: context.rowCount, type: .boolean)) }
    return .boolean(BooleanColumn(sides[0].and(sides[1])))
  }

  private static func truth(_ column: Column) -> Bitmap {
    guard case .boolean(let column) = column else { preconditionFailure("a condition is a boolean column") }
    return column.validity.map { column.values.and($0) } ?? column.values
  }
}
