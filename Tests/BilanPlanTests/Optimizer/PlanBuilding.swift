import BilanColumnar
import BilanDiagnostics
import BilanFunctions

@testable import BilanPlan

/// Plans written by hand: columns by label, functions of the tests' own.
struct PlanBuilder {
  var plan: LogicalPlan

  init(_ plan: LogicalPlan) { self.plan = plan }

  static func scan(_ table: MemoryTable) -> PlanBuilder {
    PlanBuilder(.scan(ScanNode(source: table, columns: Array(0..<table.schema.count))))
  }

  var fields: [Field] { plan.schema.fields }

  subscript(label: String) -> Expression {
    let position = fields.firstIndex { $0.label == label }!
    return .column(position, fields[position].type)
  }

  func filter(_ condition: (PlanBuilder) -> Expression) -> PlanBuilder {
    PlanBuilder(.filter(FilterNode(input: plan, condition: condition(self))))
  }

  func project(_ outputs: (PlanBuilder) -> [(String, Expression)]) -> PlanBuilder {
    PlanBuilder(.project(ProjectNode(input: plan, outputs: outputs(self).map(Self.output))))
  }

  /// All columns and further ones.
  func add(_ outputs: (PlanBuilder) -> [(String, Expression)]) -> PlanBuilder {
    let own = fields.enumerated().map { OutputExpression(.column($0, $1.type), field: $1) }
    return PlanBuilder(.project(ProjectNode(input: plan, outputs: own + outputs(self).map(Self.output))))
  }

  func keep(_ labels: String...) -> PlanBuilder { project { input in labels.map { ($0, input[$0]) } } }

  func aggregate(
    by keys: (PlanBuilder) -> [(String, Expression)] = { _ in [] }, totals: [[Int]] = [],
    _ aggregates: (PlanBuilder) -> [(String, AggregateCall)]
  ) -> PlanBuilder {
    PlanBuilder(
      .aggregate(
        AggregateNode(
          input: plan, keys: keys(self).map(Self.output),
          aggregates: aggregates(self).map { ($0.1, Field($0.0, $0.1.type)) }, totals: totals)))
  }

  func window(
    per partition: (PlanBuilder) -> [Expression], sort order: (PlanBuilder) -> [SortKey] = { _ in [] },
    _ calls: (PlanBuilder) -> [(String, WindowNode.Call, DataType)]
  ) -> PlanBuilder {
    PlanBuilder(
      .window(
        WindowNode(
          input: plan, partition: partition(self), order: order(self),
          calls: calls(self).map { ($0.1, Field($0.0, $0.2)) })))
  }

  func sort(_ label: String, descending: Bool = false) -> PlanBuilder {
    PlanBuilder(.sort(SortNode(input: plan, keys: [SortKey(self[label], isDescending: descending)])))
  }

  func take(_ range: Range<Int>) -> PlanBuilder { PlanBuilder(.limit(LimitNode(input: plan, range: range))) }

  func top(_ count: Int, by label: String, per: [String] = [], isBottom: Bool = false) -> PlanBuilder {
    PlanBuilder(
      .top(TopNode(input: plan, count: count, by: self[label], isBottom: isBottom, per: per.map { self[$0] })))
  }

  func distinct() -> PlanBuilder { PlanBuilder(.distinct(DistinctNode(input: plan))) }

  func join(
    _ kind: JoinNode.Kind, _ right: PlanBuilder, on key: String, _ rightKey: String, taking: [String] = []
  ) -> PlanBuilder {
    let left = fields.firstIndex { $0.label == key }
    let outputs = taking.map { label in
      let column = right.fields.firstIndex { $0.label == label }!
      return (column: column, field: right.fields[column])
    }
    return PlanBuilder(
      .join(
        JoinNode(
          kind: kind, allowsMany: true, left: plan, right: right.plan, leftKeys: [self[key]],
          rightKeys: [right[rightKey]], rightOutputs: outputs, keyColumns: [left], rightName: "right", span: nil)))
  }

  func append(_ second: PlanBuilder) -> PlanBuilder {
    PlanBuilder(.append(AppendNode(first: plan, second: second.plan)))
  }

  func unpivot(_ labels: [String], keeping kept: [String]) -> PlanBuilder {
    PlanBuilder(
      .unpivot(
        UnpivotNode(
          input: plan, kept: kept.map { label in fields.firstIndex { $0.label == label }! },
          values: labels.map { (self[$0], $0) }, nameField: Field("kind", .text),
          valueField: Field("value", self[labels[0]].type))))
  }

  func complete(_ labels: String...) -> PlanBuilder {
    PlanBuilder(
      .complete(CompleteNode(input: plan, columns: labels.map { label in fields.firstIndex { $0.label == label }! })))
  }

  func check(visible: Int? = nil, _ condition: (PlanBuilder) -> Expression) -> PlanBuilder {
    PlanBuilder(
      .check(
        CheckNode(
          input: plan, condition: condition(self), text: "", message: nil, isAboutTable: false,
          visibleColumns: visible ?? fields.count, span: nil)))
  }

  static func output(_ label: String, _ expression: Expression) -> OutputExpression {
    OutputExpression(expression, field: Field(label, expression.type))
  }
}

/// A call of a function of the tests.
func call(_ name: String, _ arguments: Expression...) -> Expression { call(name, arguments) }

func call(_ name: String, _ arguments: [Expression]) -> Expression {
  let function = TestFunction.named(name)
  let type = function.result ?? arguments.last!.type
  let overload = ScalarOverload([], .exactly(type)) { operands, types, context throws(KernelError) in
    var builder = ColumnBuilder(type)
    let columns = zip(operands, types).map { $0.column(count: context.rowCount, type: $1) }
    for row in 0..<context.rowCount {
      let values = zip(columns, types).map { $0.value(row, as: $1) }
      builder.append(try function.body(values))
    }
    return builder.finish()
  }
  return Expression(.call(ScalarCall(name: name, overload: overload, arguments: arguments)), type: type)
}

func text(_ value: String) -> Expression { .constant(.text(value)) }
func number(_ value: Int64) -> Expression { .constant(.integer(value)) }
func real(_ value: Double) -> Expression { .constant(.real(value)) }
func truth(_ value: Bool) -> Expression { .constant(.boolean(value)) }

/// Aggregates that only the tests' evaluator runs: `count`, `sum`, `min`.
func aggregate(
  _ name: String, _ arguments: Expression..., filter: Expression? = nil, nested: NestedAggregation? = nil
) -> AggregateCall {
  let type = name == "count" ? .integer : arguments[0].type
  let overload = AggregateOverload([], .exactly(type)) { _, _ in preconditionFailure("run by the evaluator") }
  return AggregateCall(
    name: name, overload: overload, arguments: arguments, constants: [], filter: filter, nested: nested, type: type,
    span: nil)
}

/// A scalar function on one row.
struct TestFunction: Sendable {
  /// Nil: the type of the last argument.
  var result: DataType?
  var body: @Sendable ([Value]) throws(KernelError) -> Value

  static func named(_ name: String) -> TestFunction {
    switch name {
    case "and": TestFunction(result: .boolean) { .boolean($0.allSatisfy { $0 == .boolean(true) }) }
    case "or": TestFunction(result: .boolean) { .boolean($0.contains(.boolean(true))) }
    case "not": TestFunction(result: .boolean) { .boolean($0[0] != .boolean(true)) }
    case "=": TestFunction(result: .boolean) { .boolean($0[0] == $0[1]) }
    case "is_missing": TestFunction(result: .boolean) { .boolean($0[0].isMissing) }
    case "<", ">":
      TestFunction(result: .boolean) { values in
        let (first, second) = name == "<" ? (values[0], values[1]) : (values[1], values[0])
        return .boolean(!first.isMissing && !second.isMissing && precedes(first, second))
      }
    case "??": TestFunction(result: nil) { $0[0].isMissing ? $0[1] : $0[0] }
    case "+", "*", "-":
      TestFunction(result: nil) { (values: [Value]) throws(KernelError) in
        switch (values[0], values[1]) {
        case (.integer(let one), .integer(let two)):
          let (result, overflow) =
            name == "+"
            ? one.addingReportingOverflow(two)
            : name == "-" ? one.subtractingReportingOverflow(two) : one.multipliedReportingOverflow(by: two)
          if overflow { throw .overflow(row: 0) }
          return .integer(result)
        case (.real(let one), .real(let two)):
          return .real(name == "+" ? one + two : name == "-" ? one - two : one * two)
        case (.text(let one), .text(let two)): return .text(one + two)
        default: return .missing
        }
      }
    case "select": TestFunction(result: nil) { $0[0] == .boolean(true) ? $0[1] : $0[2] }
    case "missing_if": TestFunction(result: nil) { $0[0] == .boolean(true) ? .missing : $0[1] }
    // Fails for numbers above 2020; where a rule lets it see a row that it should not, a test sees the error.
    case "fragile":
      TestFunction(result: .boolean) { (values: [Value]) throws(KernelError) in
        guard case .integer(let year) = values[0] else { return .boolean(true) }
        if year > 2020 { throw .invalidArgument("\(year)") }
        return .boolean(year != 2019)
      }
    case "today":
      TestFunction(result: .integer) { _ in .integer(7) }
    default: preconditionFailure("no test function \(name)")
    }
  }
}

/// The order of the evaluator: missing last, numbers by value, texts by scalars.
func precedes(_ one: Value, _ other: Value) -> Bool {
  switch (one, other) {
  case (.missing, _): false
  case (_, .missing): true
  case (.integer(let a), .integer(let b)): a < b
  case (.real(let a), .real(let b)): a < b
  case (.text(let a), .text(let b)): a < b
  case (.boolean(let a), .boolean(let b)): !a && b
  default: false
  }
}

/// A table in memory from rows of values.
func table(_ name: String, _ fields: [Field], _ rows: [[Value]]) -> MemoryTable {
  let columns = fields.indices.map { column in
    var builder = ColumnBuilder(fields[column].type)
    for row in rows { builder.append(row[column]) }
    return builder.finish()
  }
  return MemoryTable(
    name: name, table: Table(schema: Schema(fields), chunks: [Chunk(columns: columns, count: rows.count)]))
}

let resultFields = [
  Field("region", .text), Field("sex", .text), Field("year", .integer), Field("target", .real),
  Field("actual", .real), Field("known", .boolean),
]
let regionFields = [Field("id", .text), Field("zone", .text), Field("rank", .integer)]

let results = PlanBuilder.scan(table("results", resultFields, []))
let regions = PlanBuilder.scan(table("regions", regionFields, []))
