import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanPlan

@testable import BilanEngine

// MARK: Tables

/// A table by rows of boxed values, cut into chunks that have dictionaries of their own.
func makeTable(_ fields: [(String, DataType)], _ rows: [[Value]], chunkSize: Int = 2) -> Table {
  let chunks = stride(from: 0, to: rows.count, by: chunkSize).map { start in
    let part = rows[start..<min(start + chunkSize, rows.count)]
    let columns = fields.indices.map { index in
      var builder = ColumnBuilder(fields[index].1)
      for row in part { builder.append(row[index]) }
      return builder.finish()
    }
    return Chunk(columns: columns, count: part.count)
  }
  return Table(schema: Schema(fields.map { Field($0.0, $0.1) }), chunks: chunks)
}

func scan(_ table: Table, name: String = "table") -> LogicalPlan {
  .scan(ScanNode(source: MemoryTable(name: name, table: table), columns: Array(0..<table.schema.count)))
}

extension Table {
  /// Every row, boxed.
  var rows: [[Value]] {
    chunks.flatMap { chunk in
      (0..<chunk.count).map { row in
        schema.fields.indices.map { chunk.columns[$0].value(row, as: schema[$0].type) }
      }
    }
  }
}

// MARK: Running

func run(_ plan: LogicalPlan, chunkSize: Int = 3, workers: Int = 1) throws(QueryError) -> ExecutionResult {
  try Engine.run(
    plan, options: ExecutionOptions(today: CalendarDate(days: 0), chunkSize: chunkSize, workers: workers))
}

func rows(_ plan: LogicalPlan) throws(QueryError) -> [[Value]] { try run(plan).table.rows }

/// All that a result says, to compare results.
struct Outcome: Equatable, CustomStringConvertible {
  var schema: Schema
  var rows: [[Value]]
  var notes: [String]
  var checks: [String]

  init(_ result: ExecutionResult) {
    schema = result.table.schema
    rows = result.table.rows
    notes = result.notes.map { "\($0.code.rawValue) \($0.message.english) \($0.count ?? -1)" }
    checks = result.failedChecks.map { "\($0.text) \($0.count) \($0.rows.rows)" }
  }

  var description: String {
    ([schema.fields.map(\.label).joined(separator: " ")] + rows.map { "\($0)" } + notes + checks)
      .joined(separator: "\n")
  }
}

// MARK: Functions

/// A scalar worked out row by row on boxed values: slow, and plainly right.
func call(
  _ name: String, _ arguments: [Expression], _ type: DataType,
  _ body: @escaping @Sendable ([Value]) throws(KernelError) -> Value
) -> Expression {
  let overload = ScalarOverload([], .exactly(type)) { (operands, types, context) throws(KernelError) in
    let columns = zip(operands, types).map { $0.column(count: context.rowCount, type: $1) }
    var builder = ColumnBuilder(type)
    for row in 0..<context.rowCount {
      builder.append(try body(zip(columns, types).map { $0.value(row, as: $1) }))
    }
    return builder.finish()
  }
  return Expression(.call(ScalarCall(name: name, overload: overload, arguments: arguments)), type: type)
}

extension Value {
  var integer: Int64? { if case .integer(let raw) = self { raw } else { nil } }
  var text: String? { if case .text(let raw) = self { raw } else { nil } }
}

func greater(_ lhs: Expression, _ rhs: Int64) -> Expression {
  call(">", [lhs, .constant(.integer(rhs))], .boolean) { (values) throws(KernelError) in
    guard let left = values[0].integer, let right = values[1].integer else { return .missing }
    return .boolean(left > right)
  }
}

func equal(_ lhs: Expression, _ text: String) -> Expression {
  call("=", [lhs, .constant(.text(text))], .boolean) { (values) throws(KernelError) in .boolean(values[0] == values[1])
  }
}

func plus(_ lhs: Expression, _ rhs: Expression) -> Expression {
  call("+", [lhs, rhs], .integer) { (values) throws(KernelError) in
    guard let left = values[0].integer, let right = values[1].integer else { return .missing }
    let (sum, overflows) = left.addingReportingOverflow(right)
    if overflows { throw .overflow(row: 0) }
    return .integer(sum)
  }
}

/// Keeps every row of a group, boxed, and works the value out at the end: slow, and plainly right.
final class BoxedAccumulator: Accumulator {
  let types: [DataType]
  let result: DataType
  let body: ([[Value]]) -> Value
  var groups: [[[Value]]] = []
  var skippedCount = 0

  init(_ types: [DataType], _ result: DataType, _ body: @escaping ([[Value]]) -> Value) {
    self.types = types
    self.result = result
    self.body = body
  }

  func grow(to count: Int) { while groups.count < count { groups.append([]) } }

  func update(_ arguments: [Operand], groups indices: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    precondition(indices.count == rowCount)
    let columns = zip(arguments, types).map { $0.column(count: rowCount, type: $1) }
    for row in 0..<rowCount {
      let values = zip(columns, types).map { $0.value(row, as: $1) }
      if values.contains(.missing) { skippedCount += 1 }
      groups[Int(indices[row])].append(values)
    }
  }

  func merge(_ other: any Accumulator, groups indices: [UInt32]) throws(KernelError) {
    guard let other = other as? BoxedAccumulator else { preconditionFailure("of the same kind") }
    for (group, rows) in other.groups.enumerated() { groups[Int(indices[group])] += rows }
    skippedCount += other.skippedCount
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    var builder = ColumnBuilder(result)
    for group in groups { builder.append(body(group)) }
    return builder.finish()
  }
}

func aggregate(
  _ name: String, _ arguments: [Expression], _ type: DataType, filter: Expression? = nil,
  nested: NestedAggregation? = nil, _ body: @escaping @Sendable ([[Value]]) -> Value
) -> AggregateCall {
  let overload = AggregateOverload([], .exactly(type)) { types, _ in BoxedAccumulator(types, type, body) }
  return AggregateCall(
    name: name, overload: overload, arguments: arguments, constants: [], filter: filter, nested: nested, type: type,
    span: nil)
}

func count(filter: Expression? = nil) -> AggregateCall {
  aggregate("count", [], .integer, filter: filter) { .integer(Int64($0.count)) }
}

func sum(_ argument: Expression, filter: Expression? = nil, nested: NestedAggregation? = nil) -> AggregateCall {
  aggregate("sum", [argument], .integer, filter: filter, nested: nested) { rows in
    let values = rows.compactMap { $0[0].integer }
    return values.isEmpty ? .missing : .integer(values.reduce(0, +))
  }
}

/// The values in the order of rows: tells any change of order.
func list(_ argument: Expression) -> AggregateCall {
  aggregate("list", [argument], .text) { rows in
    .text(rows.map { ValueText.text(of: $0[0]) }.joined(separator: ","))
  }
}

func ratio(_ numerator: Expression, _ denominator: Expression) -> AggregateCall {
  aggregate("ratio", [numerator, denominator], .ratio) { rows in
    let pairs = rows.compactMap { row in
      row[0].integer.flatMap { top in row[1].integer.map { (Double(top), Double($0)) } }
    }
    return .ratio(
      RatioValue(
        numerator: pairs.reduce(0) { $0 + $1.0 }, denominator: pairs.reduce(0) { $0 + $1.1 }, reported: pairs.count,
        expected: rows.count))
  }
}

func summarize(
  _ input: LogicalPlan, by keys: [Int] = [], _ calls: [AggregateCall], totals: [[Int]] = []
) -> LogicalPlan {
  .aggregate(
    AggregateNode(
      input: input, keys: keys.map { OutputExpression(.column($0, input.schema[$0].type), field: input.schema[$0]) },
      aggregates: calls.map { ($0, Field($0.name, $0.type)) }, totals: totals))
}

func column(_ plan: LogicalPlan, _ index: Int) -> Expression { .column(index, plan.schema[index].type) }
