import BilanColumnar
import BilanFunctions

extension Expression {
  /// The direct parts, in order.
  package var children: [Expression] {
    switch kind {
    case .column, .constant, .subquery: []
    case .call(let call): call.arguments
    case .inSubquery(let operand, _): [operand]
    }
  }

  /// The same with each direct part replaced.
  package func mapChildren(_ transform: (Expression) -> Expression) -> Expression {
    var copy = self
    switch kind {
    case .column, .constant, .subquery: break
    case .call(var call):
      call.arguments = call.arguments.map(transform)
      copy.kind = .call(call)
    case .inSubquery(let operand, let plan): copy.kind = .inSubquery(transform(operand), plan)
    }
    return copy
  }

  /// Adds the positions of the columns it reads.
  package func collectColumns(into columns: inout Set<Int>) {
    if case .column(let index) = kind { columns.insert(index) }
    for child in children { child.collectColumns(into: &columns) }
  }

  package var columns: Set<Int> {
    var result: Set<Int> = []
    collectColumns(into: &result)
    return result
  }

  /// The same over an input whose columns stand elsewhere.
  package func remapped(_ position: (Int) -> Int) -> Expression {
    if case .column(let index) = kind { return Expression(.column(position(index)), type: type, span: span) }
    return mapChildren { $0.remapped(position) }
  }

  /// The same with each column replaced by what made it.
  package func substituting(_ expressions: [Expression]) -> Expression {
    if case .column(let index) = kind { return expressions[index] }
    return mapChildren { $0.substituting(expressions) }
  }
}

extension AggregateCall {
  /// The same with its expressions over the group's rows changed; those over a nested output are left.
  package func mapInput(_ transform: (Expression) -> Expression) -> AggregateCall {
    var copy = self
    if var nested {
      nested.keys = nested.keys.map(transform)
      nested.aggregates = nested.aggregates.map { $0.mapInput(transform) }
      copy.nested = nested
    } else {
      copy.arguments = arguments.map(transform)
      copy.filter = filter.map(transform)
    }
    return copy
  }

  /// The columns of the aggregate's input that it reads.
  package var columns: Set<Int> {
    var result: Set<Int> = []
    if let nested {
      for key in nested.keys { key.collectColumns(into: &result) }
      for call in nested.aggregates { result.formUnion(call.columns) }
    } else {
      for argument in arguments { argument.collectColumns(into: &result) }
      filter?.collectColumns(into: &result)
    }
    return result
  }
}
