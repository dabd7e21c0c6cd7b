import BilanColumnar
import BilanFunctions
import Testing

/// An argument in a test: a column of these cells, or a constant.
enum TestArgument {
  case cells([Value], DataType)
  case value(Value)

  var type: DataType {
    switch self {
    case .cells(_, let type): type
    case .value(let value): value.type
    }
  }
}

extension TestArgument: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral
{
  init(integerLiteral value: Int64) { self = .value(.integer(value)) }
  init(floatLiteral value: Double) { self = .value(.real(value)) }
  init(stringLiteral value: String) { self = .value(.text(value)) }
  init(booleanLiteral value: Bool) { self = .value(.boolean(value)) }

  static func integers(_ values: Int64?...) -> TestArgument {
    .cells(values.map { $0.map(Value.integer) ?? .missing }, .integer)
  }
  static func reals(_ values: Double?...) -> TestArgument {
    .cells(values.map { $0.map(Value.real) ?? .missing }, .real)
  }
  static func texts(_ values: String?...) -> TestArgument {
    .cells(values.map { $0.map(Value.text) ?? .missing }, .text)
  }
  static func booleans(_ values: Bool?...) -> TestArgument {
    .cells(values.map { $0.map(Value.boolean) ?? .missing }, .boolean)
  }
  static func dates(_ values: String?...) -> TestArgument {
    .cells(values.map { $0.map { .date(day($0)) } ?? .missing }, .date)
  }
  static func periods(_ values: String?...) -> TestArgument {
    .cells(values.map { $0.map { .period(span($0)) } ?? .missing }, .period)
  }
  static func ratios(_ values: RatioValue...) -> TestArgument { .cells(values.map(Value.ratio), .ratio) }
  static func date(_ text: String) -> TestArgument { .value(.date(day(text))) }
  static func period(_ text: String) -> TestArgument { .value(.period(span(text))) }
  static func days(_ count: Int64) -> TestArgument { .value(.duration(count, .days)) }
  static func months(_ count: Int64) -> TestArgument { .value(.duration(count, .months)) }
  static var missing: TestArgument { .value(.missing) }
}

func day(_ text: String) -> CalendarDate { DateFormat("yyyy-mm-dd")!.parse(text)! }
func span(_ text: String) -> Period { Period(parsing: text)! }

func column(_ cells: [Value], _ type: DataType) -> Column {
  var builder = ColumnBuilder(type)
  for cell in cells { builder.append(cell) }
  return builder.finish()
}

/// Calls a scalar function as the resolver would: the first overload whose parameters take the arguments, which are
/// converted with the functions of the table.
///
/// - Returns: the cells of the result, one for each row of the longest argument.
func call(
  _ name: String, _ arguments: TestArgument..., fiscalYearStart: Int = 1
) throws -> [Value] {
  let entry = try #require(FunctionTable.entry(named: name), "no function \(name)")
  guard case .scalar(let overloads) = entry.kind else { throw TestFailure("\(name) is not scalar") }
  let rowCounts = arguments.compactMap { if case .cells(let cells, _) = $0 { cells.count } else { nil } }
  let context = KernelContext(
    rowCount: rowCounts.first ?? 1, today: day("2024-02-29"), fiscalYearStart: fiscalYearStart)
  for overload in overloads {
    guard let types = matchedTypes(overload.parameters, arguments.map(\.type)) else { continue }
    var operands: [Operand] = []
    for (argument, type) in zip(arguments, types) {
      let operand: Operand =
        switch argument {
        case .cells(let cells, let own): .column(column(cells, own))
        case .value(let value): .constant(value)
        }
      operands.append(try converted(operand, argument.type, type, context))
    }
    let result: DataType =
      switch overload.result {
      case .exactly(let type): type
      case .argument(let index): types[index]
      case .same:
        types[overload.parameters.firstIndex { $0.pattern == .same || $0.pattern == .sameOrdered }!]
      }
    let output = try overload.kernel(operands, types, context)
    try #require(output.count == context.rowCount)
    return (0..<output.count).map { output.value($0, as: result) }
  }
  throw TestFailure("\(name) does not take \(arguments.map(\.type))")
}

struct TestFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

private func matchedTypes(_ parameters: [Parameter], _ types: [DataType]) -> [DataType]? {
  let isRepeated = parameters.last?.isRepeated ?? false
  guard isRepeated ? types.count >= parameters.count : types.count <= parameters.count,
    parameters.dropFirst(types.count).allSatisfy({ $0.defaultValue != nil })
  else { return nil }
  let patterns = types.indices.map { parameters[min($0, parameters.count - 1)].pattern }
  let isMarked = { (pattern: TypePattern) in pattern == .same || pattern == .sameOrdered }
  var common: DataType = .missing
  for (type, pattern) in zip(types, patterns) where isMarked(pattern) {
    if pattern == .sameOrdered, type == .ratio || type == .boolean { return nil }
    if fits(common, type) { common = type } else if !fits(type, common) { return nil }
  }
  var result: [DataType] = []
  for (type, pattern) in zip(types, patterns) {
    switch pattern {
    case .exactly(let wanted):
      guard fits(type, wanted) else { return nil }
      result.append(wanted)
    case .anyDuration:
      guard case .duration = type else { return nil }
      result.append(type)
    case .anyList:
      guard type.list != nil else { return nil }
      result.append(type)
    case .element:
      guard let element = result.first?.list?.parts.first(where: \.name.isEmpty), fits(type, element.type) else {
        return nil
      }
      result.append(element.type)
    case .same, .sameOrdered: result.append(common)
    case .any: result.append(type)
    }
  }
  return result
}

private func fits(_ type: DataType, _ wanted: DataType) -> Bool {
  switch (type, wanted) {
  case (.missing, _), (.integer, .real), (.ratio, .real), (.integer, .period): true
  default: type == wanted
  }
}

private func converted(
  _ operand: Operand, _ type: DataType, _ wanted: DataType, _ context: KernelContext
) throws -> Operand {
  let conversion: String
  switch (type, wanted) {
  case (.integer, .real), (.ratio, .real): conversion = "to_real"
  case (.integer, .period): conversion = "year_to_period"
  default: return operand
  }
  guard case .scalar(let overloads) = FunctionTable.entry(named: conversion)?.kind else { return operand }
  let overload = overloads.first { $0.parameters[0].pattern == .exactly(type) }!
  let result = try overload.kernel([operand], [type], context)
  if case .constant = operand { return .constant(result.value(0, as: wanted)) }
  return .column(result)
}

/// Runs an aggregate over one group.
func aggregate(_ name: String, _ arguments: TestArgument..., constants: [Value] = []) throws -> Value {
  let rowCount = arguments.compactMap { if case .cells(let cells, _) = $0 { cells.count } else { nil } }.first ?? 0
  let (accumulator, result) = try makeAccumulator(name, arguments.map(\.type), constants)
  accumulator.grow(to: 1)
  let operands = arguments.map { argument -> Operand in
    switch argument {
    case .cells(let cells, let type): .column(column(cells, type))
    case .value(let value): .constant(value)
    }
  }
  try accumulator.update(operands, groups: Buffer(repeating: 0, count: rowCount), rowCount: rowCount)
  return try accumulator.finish(rowCounts: [Int64(rowCount)], workers: .one).value(0, as: result)
}

/// A fresh accumulator for columns of these types, and the type of its result.
func makeAccumulator(
  _ name: String, _ types: [DataType], _ constants: [Value] = []
) throws -> (any Accumulator, DataType) {
  let entry = try #require(FunctionTable.entry(named: name), "no function \(name)")
  guard case .aggregate(let overloads, _) = entry.kind else { throw TestFailure("\(name) is no aggregate") }
  for overload in overloads {
    let columns = overload.parameters.filter { !$0.mustBeConstant }
    guard columns.count == types.count, let matched = matchedTypes(columns, types) else { continue }
    let result: DataType =
      switch overload.result {
      case .exactly(let type): type
      case .argument(let index): matched[index]
      case .same: matched[0]
      }
    return (overload.makeAccumulator(matched, constants), result)
  }
  throw TestFailure("\(name) does not take \(types)")
}
