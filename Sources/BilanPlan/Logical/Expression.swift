import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// A resolved expression over the rows of one input: names are column positions, every part has a type.
package struct Expression: Sendable {
  package indirect enum Kind: Sendable {
    /// The input's column at this position.
    case column(Int)
    case constant(Value)
    /// A scalar function or an operator with arguments of exactly the types its overload takes.
    case call(ScalarCall)
    /// The one value of a pipeline in parentheses; the engine runs it first.
    case subquery(LogicalPlan)
    /// `x in (from …)`: true where the pipeline's column has the value.
    case inSubquery(Expression, LogicalPlan)
  }

  package var kind: Kind
  package var type: DataType
  /// Where it stands in the query, for errors while running.
  package var span: Span?

  package init(_ kind: Kind, type: DataType, span: Span? = nil) {
    self.kind = kind
    self.type = type
    self.span = span
  }

  package static func column(_ index: Int, _ type: DataType, span: Span? = nil) -> Expression {
    Expression(.column(index), type: type, span: span)
  }

  package static func constant(_ value: Value, type: DataType? = nil, span: Span? = nil) -> Expression {
    Expression(.constant(value), type: type ?? value.type, span: span)
  }

  package var constantValue: Value? {
    if case .constant(let value) = kind { value } else { nil }
  }
}

package struct ScalarCall: Sendable {
  /// The entry's name, for `.explain` and the optimizer.
  package var name: String
  package var overload: ScalarOverload
  package var arguments: [Expression]

  package init(name: String, overload: ScalarOverload, arguments: [Expression]) {
    self.name = name
    self.overload = overload
    self.arguments = arguments
  }
}

/// An aggregate over the rows of a group, with its own filter.
package struct AggregateCall: Sendable {
  package var name: String
  package var overload: AggregateOverload
  /// The column arguments, over the aggregate's input.
  package var arguments: [Expression]
  /// The constant arguments.
  package var constants: [Value]
  /// Rows for which it is not true do not take part.
  package var filter: Expression?
  /// Set for `mean(achievement per indicator)`: the arguments then range over `nested`'s output.
  package var nested: NestedAggregation?
  package var type: DataType
  package var span: Span?
  /// The measure of the prelude that it is a part of: what messages call it, since nobody wrote its own text.
  package var measure: String?
  /// Whether it only decides if a measure has a value: what it leaves out is then nobody's concern.
  package var isTest = false

  package init(
    name: String, overload: AggregateOverload, arguments: [Expression], constants: [Value], filter: Expression?,
    nested: NestedAggregation?, type: DataType, span: Span?
  ) {
    self.name = name
    self.overload = overload
    self.arguments = arguments
    self.constants = constants
    self.filter = filter
    self.nested = nested
    self.type = type
    self.span = span
  }
}

/// Within each group, one row for each combination of further keys, with aggregates of its own.
///
/// Its output has `aggregates.count` columns, in order; the outer aggregate's arguments and filter refer to them.
package struct NestedAggregation: Sendable {
  package var keys: [Expression]
  package var aggregates: [AggregateCall]

  package init(keys: [Expression], aggregates: [AggregateCall]) {
    self.keys = keys
    self.aggregates = aggregates
  }
}

/// An expression and the column it makes.
package struct OutputExpression: Sendable {
  package var expression: Expression
  package var field: Field

  package init(_ expression: Expression, field: Field) {
    self.expression = expression
    self.field = field
  }
}
