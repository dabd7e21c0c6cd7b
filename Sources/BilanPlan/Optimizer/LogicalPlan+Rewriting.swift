import BilanColumnar

extension LogicalPlan {
  /// The same with each input replaced.
  func mapInputs(_ transform: (LogicalPlan) -> LogicalPlan) -> LogicalPlan {
    switch self {
    case .scan, .unit: return self
    case .filter(var node):
      node.input = transform(node.input)
      return .filter(node)
    case .project(var node):
      node.input = transform(node.input)
      return .project(node)
    case .aggregate(var node):
      node.input = transform(node.input)
      return .aggregate(node)
    case .pivot(var node):
      node.input = transform(node.input)
      return .pivot(node)
    case .window(var node):
      node.input = transform(node.input)
      return .window(node)
    case .sort(var node):
      node.input = transform(node.input)
      return .sort(node)
    case .limit(var node):
      node.input = transform(node.input)
      return .limit(node)
    case .top(var node):
      node.input = transform(node.input)
      return .top(node)
    case .distinct(var node):
      node.input = transform(node.input)
      return .distinct(node)
    case .join(var node):
      node.left = transform(node.left)
      node.right = transform(node.right)
      return .join(node)
    case .append(var node):
      node.first = transform(node.first)
      node.second = transform(node.second)
      return .append(node)
    case .unpivot(var node):
      node.input = transform(node.input)
      return .unpivot(node)
    case .unnest(var node):
      node.input = transform(node.input)
      return .unnest(node)
    case .complete(var node):
      node.input = transform(node.input)
      return .complete(node)
    case .check(var node):
      node.input = transform(node.input)
      return .check(node)
    }
  }

  /// What an expression is for: of a condition only whether it is true counts, so that missing is as good as false.
  enum Role { case value, condition }

  /// The same with each expression of this node replaced, those over nested outputs included.
  func mapExpressions(_ transform: (Expression, Role) -> Expression) -> LogicalPlan {
    func value(_ expression: Expression) -> Expression { transform(expression, .value) }
    func output(_ output: OutputExpression) -> OutputExpression {
      OutputExpression(value(output.expression), field: output.field)
    }
    func key(_ key: SortKey) -> SortKey { SortKey(value(key.expression), isDescending: key.isDescending) }
    switch self {
    case .unit, .pivot, .limit, .distinct, .append, .complete: return self
    case .scan(var node):
      node.predicate = node.predicate.map { transform($0, .condition) }
      return .scan(node)
    case .filter(var node):
      node.condition = transform(node.condition, .condition)
      return .filter(node)
    case .project(var node):
      node.outputs = node.outputs.map(output)
      return .project(node)
    case .aggregate(var node):
      node.keys = node.keys.map(output)
      node.aggregates = node.aggregates.map { ($0.call.mapExpressions(transform), $0.field) }
      return .aggregate(node)
    case .window(var node):
      node.partition = node.partition.map(value)
      node.order = node.order.map(key)
      node.calls = node.calls.map { ($0.call.mapExpressions(transform), $0.field) }
      return .window(node)
    case .sort(var node):
      node.keys = node.keys.map(key)
      return .sort(node)
    case .top(var node):
      node.by = value(node.by)
      node.per = node.per.map(value)
      return .top(node)
    case .join(var node):
      node.leftKeys = node.leftKeys.map(value)
      node.rightKeys = node.rightKeys.map(value)
      return .join(node)
    case .unpivot(var node):
      node.values = node.values.map { (value($0.expression), $0.label) }
      return .unpivot(node)
    case .unnest(var node):
      node.list = value(node.list)
      return .unnest(node)
    case .check(var node):
      node.condition = transform(node.condition, .condition)
      return .check(node)
    }
  }

  /// The same with `transform` applied to every node, inputs before what reads them, and first to the pipelines inside
  /// the expressions.
  func rewritten(_ transform: (LogicalPlan) -> LogicalPlan) -> LogicalPlan {
    let ready = mapInputs { $0.rewritten(transform) }.mapSubplans { $0.rewritten(transform) }
    return transform(ready)
  }

  /// The same with the outermost pipelines inside this node's expressions replaced.
  func mapSubplans(_ transform: (LogicalPlan) -> LogicalPlan) -> LogicalPlan {
    mapExpressions { expression, _ in expression.mapSubplans(transform) }
  }

  /// The node's expressions, in order.
  package var expressions: [Expression] {
    var result: [Expression] = []
    _ = mapExpressions { expression, _ in
      result.append(expression)
      return expression
    }
    return result
  }

  /// The scans of the whole plan, those of pipelines inside expressions included, in the order of the query.
  package var scans: [ScanNode] {
    var result: [ScanNode] = []
    if case .scan(let node) = self { result.append(node) }
    for input in inputs { result += input.scans }
    for expression in expressions { result += expression.subplans.flatMap(\.scans) }
    return result
  }
}

extension AggregateCall {
  /// The same with each expression replaced: those over the group's rows and those over a nested output.
  func mapExpressions(_ transform: (Expression, LogicalPlan.Role) -> Expression) -> AggregateCall {
    var copy = self
    copy.arguments = arguments.map { transform($0, .value) }
    copy.filter = filter.map { transform($0, .condition) }
    if var nested {
      nested.keys = nested.keys.map { transform($0, .value) }
      nested.aggregates = nested.aggregates.map { $0.mapExpressions(transform) }
      copy.nested = nested
    }
    return copy
  }
}

extension WindowNode.Call {
  func mapExpressions(_ transform: (Expression, LogicalPlan.Role) -> Expression) -> WindowNode.Call {
    switch self {
    case .aggregate(let call): .aggregate(call.mapExpressions(transform))
    case .running(let call): .running(call.mapExpressions(transform))
    case .shifted(let value, let distance): .shifted(transform(value, .value), distance: distance)
    case .rank, .row: self
    }
  }

  /// The same with its expressions over the window's input replaced.
  func mapInput(_ transform: (Expression) -> Expression) -> WindowNode.Call {
    switch self {
    case .aggregate(let call): .aggregate(call.mapInput(transform))
    case .running(let call): .running(call.mapInput(transform))
    case .shifted(let value, let distance): .shifted(transform(value), distance: distance)
    case .rank, .row: self
    }
  }

  /// The columns of the window's input that it reads.
  var columns: Set<Int> {
    switch self {
    case .aggregate(let call), .running(let call): call.columns
    case .shifted(let value, _): value.columns
    case .rank, .row: []
    }
  }
}

extension Expression {
  /// The same with the pipelines in it replaced.
  func mapSubplans(_ transform: (LogicalPlan) -> LogicalPlan) -> Expression {
    var copy = mapChildren { $0.mapSubplans(transform) }
    switch copy.kind {
    case .subquery(let plan): copy.kind = .subquery(transform(plan))
    case .inSubquery(let operand, let plan): copy.kind = .inSubquery(operand, transform(plan))
    case .column, .constant, .call: break
    }
    return copy
  }

  /// The pipelines in it, outermost only, in order.
  package var subplans: [LogicalPlan] {
    switch kind {
    case .column, .constant: []
    case .call(let call): call.arguments.flatMap(\.subplans)
    case .subquery(let plan): [plan]
    case .inSubquery(let operand, let plan): operand.subplans + [plan]
    }
  }
}
