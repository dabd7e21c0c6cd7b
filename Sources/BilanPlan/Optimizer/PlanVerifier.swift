import BilanColumnar
import BilanFunctions

/// Checks that a plan hangs together: for debug builds and tests, as what it finds is a bug.
package enum PlanVerifier {
  /// What is wrong with the plan, inputs first; nil where nothing is.
  package static func verify(_ plan: LogicalPlan) -> String? {
    for input in plan.inputs { if let fault = verify(input) { return fault } }
    for expression in plan.expressions {
      for subplan in expression.subplans { if let fault = verify(subplan) { return fault } }
    }
    do {
      try checkNode(plan)
      return nil
    } catch {
      return error.text
    }
  }

  private struct Fault: Error { var text: String }

  /// What an expression may refer to; nil columns of a crosstab are not known.
  private struct Input {
    var fields: [Field]
    var isKnown: Bool

    init(_ plan: LogicalPlan) {
      fields = plan.schema.fields
      isKnown = plan.hasKnownColumns
    }

    init(_ types: [DataType]) {
      fields = types.map { Field("", $0) }
      isKnown = true
    }
  }

  private static func require(_ holds: Bool, _ text: @autoclosure () -> String) throws(Fault) {
    if !holds { throw Fault(text: text()) }
  }

  private static func checkNode(_ plan: LogicalPlan) throws(Fault) {
    switch plan {
    case .unit: break
    case .scan(let node):
      for column in node.columns {
        try require(node.source.schema.fields.indices.contains(column), "scan: no column \(column) in the source")
      }
      if let predicate = node.predicate { try check(condition: predicate, Input(plan), "scan") }
      for condition in node.skipping {
        try require(node.predicate != nil, "scan: skips without a condition")
        try require(node.columns.indices.contains(condition.column), "scan: skips by column \(condition.column)")
      }
    case .filter(let node): try check(condition: node.condition, Input(node.input), "filter")
    case .project(let node): try check(node.outputs, Input(node.input), "project")
    case .aggregate(let node): try check(node)
    case .pivot(let node):
      let marks = node.hasTotals ? node.keyCount + 1 : 0
      try require(
        !node.input.hasKnownColumns || node.input.schema.count == node.keyCount + 1 + node.valueCount + marks,
        "pivot: \(node.input.schema.count) input columns")
    case .window(let node): try check(node)
    case .sort(let node):
      try require(!node.keys.isEmpty, "sort: no keys")
      try require((node.limit ?? 0) >= 0, "sort: negative limit")
      for key in node.keys { try check(key.expression, Input(node.input), "sort") }
    case .limit(let node): try require(node.range.lowerBound >= 0, "limit: negative position")
    case .top(let node):
      try require(node.count >= 0, "top: negative count")
      for expression in [node.by] + node.per { try check(expression, Input(node.input), "top") }
    case .distinct: break
    case .join(let node): try check(node)
    case .append(let node):
      if node.first.hasKnownColumns, node.second.hasKnownColumns {
        let first = node.first.schema.fields.map(\.type)
        let second = node.second.schema.fields.map(\.type)
        try require(
          first.count == second.count && zip(first, second).allSatisfy(fits), "append: \(first) beside \(second)")
      }
    case .unpivot(let node): try check(node)
    case .unnest(let node): try check(node)
    case .complete(let node):
      for column in node.columns { try check(column: column, Input(node.input), "complete") }
    case .check(let node):
      let input = Input(node.input)
      try require(!input.isKnown || node.visibleColumns <= input.fields.count, "check: too many visible columns")
      try check(condition: node.condition, input, "check")
    }
  }

  private static func check(_ node: AggregateNode) throws(Fault) {
    let input = Input(node.input)
    try check(node.keys, input, "aggregate")
    for aggregate in node.aggregates {
      try check(aggregate.call, input, "aggregate")
      try require(fits(aggregate.call.type, aggregate.field.type), "aggregate: type of `\(aggregate.field.label)`")
    }
    for kept in node.totals {
      try require(kept.allSatisfy(node.keys.indices.contains), "aggregate: totals over keys \(kept)")
    }
  }

  private static func check(_ node: WindowNode) throws(Fault) {
    let input = Input(node.input)
    for expression in node.partition + node.order.map(\.expression) { try check(expression, input, "window") }
    for (call, field) in node.calls {
      let type: DataType
      switch call {
      case .aggregate(let aggregate), .running(let aggregate):
        try check(aggregate, input, "window")
        type = aggregate.type
      case .shifted(let expression, _):
        try check(expression, input, "window")
        type = expression.type
      case .rank, .row: type = .integer
      }
      try require(fits(type, field.type), "window: type of `\(field.label)`")
    }
  }

  private static func check(_ node: JoinNode) throws(Fault) {
    let left = Input(node.left)
    let right = Input(node.right)
    try require(node.leftKeys.count == node.rightKeys.count, "join: keys that do not pair")
    try require(node.keyColumns.count == node.leftKeys.count, "join: key columns that do not pair with keys")
    for (leftKey, rightKey) in zip(node.leftKeys, node.rightKeys) {
      try check(leftKey, left, "join")
      try check(rightKey, right, "join")
      try require(fits(leftKey.type, rightKey.type), "join: keys of types \(leftKey.type) and \(rightKey.type)")
    }
    for (column, field) in node.rightOutputs {
      try check(column: column, right, "join")
      try require(!right.isKnown || fits(right.fields[column].type, field.type), "join: type of `\(field.label)`")
    }
    for case let column? in node.keyColumns { try check(column: column, left, "join") }
    let givesRight = node.kind != .semi && node.kind != .anti
    try require(givesRight || node.rightOutputs.isEmpty, "join: \(node.kind.rawValue) gives right columns")
  }

  private static func check(_ node: UnpivotNode) throws(Fault) {
    let input = Input(node.input)
    for column in node.kept { try check(column: column, input, "unpivot") }
    for value in node.values {
      try check(value.expression, input, "unpivot")
      try require(fits(value.expression.type, node.valueField.type), "unpivot: type of `\(value.label)`")
    }
    try require(node.nameField.type == .text, "unpivot: the name is not text")
  }

  private static func check(_ node: UnnestNode) throws(Fault) {
    let input = Input(node.input)
    for column in node.kept { try check(column: column, input, "unnest") }
    try check(node.list, input, "unnest")
    if let separator = node.separator {
      try require(!separator.isEmpty, "unnest: an empty separator")
      try require(fits(node.list.type, .text), "unnest: a separator of \(node.list.type)")
      try require(node.parts.allSatisfy { $0.name.isEmpty && $0.field.type == .text }, "unnest: parts of a text")
    } else {
      guard let list = node.list.type.list else { throw Fault(text: "unnest: \(node.list.type) is no list") }
      for part in node.parts {
        try require(
          list.parts.contains { $0.name == part.name && fits($0.type, part.field.type) },
          "unnest: no part `\(part.name)` of its type")
      }
    }
    try require((node.positionField?.type ?? .integer) == .integer, "unnest: a position that is no number")
  }

  private static func check(_ outputs: [OutputExpression], _ input: Input, _ place: String) throws(Fault) {
    for output in outputs {
      try check(output.expression, input, place)
      try require(
        fits(output.expression.type, output.field.type),
        "\(place): `\(output.field.label)` is \(output.field.type), its expression \(output.expression.type)")
    }
  }

  private static func check(_ call: AggregateCall, _ input: Input, _ place: String) throws(Fault) {
    var input = input
    if let nested = call.nested {
      for key in nested.keys { try check(key, input, place) }
      for inner in nested.aggregates { try check(inner, input, place) }
      input = Input(nested.aggregates.map(\.type))
    }
    for argument in call.arguments { try check(argument, input, place) }
    if let filter = call.filter { try check(condition: filter, input, place) }
  }

  private static func check(condition: Expression, _ input: Input, _ place: String) throws(Fault) {
    try check(condition, input, place)
    try require(condition.type == .boolean, "\(place): a condition of type \(condition.type)")
  }

  private static func check(column: Int, _ input: Input, _ place: String) throws(Fault) {
    try require(
      column >= 0 && (!input.isKnown || column < input.fields.count),
      "\(place): no column \(column) among \(input.fields.count)")
  }

  private static func check(_ expression: Expression, _ input: Input, _ place: String) throws(Fault) {
    switch expression.kind {
    case .column(let column):
      try check(column: column, input, place)
      guard input.fields.indices.contains(column) else { return }
      let field = input.fields[column]
      try require(
        fits(expression.type, field.type),
        "\(place): column \(column), `\(field.label)`, is \(field.type), not \(expression.type)")
    case .constant(let value):
      // An unconverted number or ratio stands for a real where one is wanted.
      let isReal = expression.type == .real && (value.type == .integer || value.type == .ratio)
      try require(isReal || fits(value.type, expression.type), "\(place): \(value) as \(expression.type)")
    case .call: break
    case .subquery(let plan):
      let fields = plan.schema.fields
      try require(fields.count == 1, "\(place): a subquery of \(fields.count) columns")
      try require(fits(fields[0].type, expression.type), "\(place): type of a subquery")
    case .inSubquery(let operand, let plan):
      let fields = plan.schema.fields
      try require(fields.count == 1, "\(place): a subquery of \(fields.count) columns")
      try require(fits(fields[0].type, operand.type), "\(place): `in` a subquery of another type")
      try require(expression.type == .boolean, "\(place): `in` of type \(expression.type)")
    }
    for child in expression.children { try check(child, input, place) }
  }

  /// Equal, or nothing is known of one.
  private static func fits(_ one: DataType, _ other: DataType) -> Bool {
    one == other || one == .missing || other == .missing || (one.list != nil && other.list != nil)
  }
}
