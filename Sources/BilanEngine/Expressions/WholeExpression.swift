import BilanColumnar
import BilanDiagnostics
import BilanFunctions

extension ExpressionEvaluator {
  /// The value of sums, differences and products of decimals on every row, for adding up: in whole numbers, where columns
  /// are kept as such. Nil for all else.
  func wholes(
    _ expression: PhysicalExpression, _ chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> RealColumn? {
    guard case .call = expression.kind, expression.isArithmetic, expression.readsWholes(chunk) else { return nil }
    return try term(expression, chunk, &tally)?.column
  }

  /// The terms of a sum of decimals that can be added up one after the other, those with most digits first; nil for all
  /// else. No term lacks a value, which would be missing from the sum of all.
  func wholeTerms(
    _ expression: PhysicalExpression, _ chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> [RealColumn]? {
    guard expression.type == .real, expression.isArithmetic, case let parts = expression.terms, parts.count > 1,
      expression.readsWholes(chunk)
    else { return nil }
    var terms: [RealColumn] = []
    var total: Decimals?
    for part in parts {
      guard let column = try term(part, chunk, &tally)?.column, column.validity == nil, let decimals = column.decimals
      else { return nil }
      total = terms.isEmpty ? decimals : Decimals.sum(total, decimals)
      terms.append(column)
    }
    // What the sum of a row could not be is not added up in parts either.
    guard let total, total.greatest <= WholeTerm.limit else { return nil }
    return terms.sorted { $0.decimals!.digits > $1.decimals!.digits }
  }

  private func term(
    _ expression: PhysicalExpression, _ chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> WholeTerm? {
    switch expression.kind {
    case .column(let index): return WholeTerm(chunk.columns[index])
    case .constant(let value): return value.number.flatMap { WholeTerm($0) }
    case .call(let call) where expression.type == .real && call.name != PhysicalExpression.conversion:
      guard let operation = IntegerKernels.NarrowOperation(symbol: call.name),
        let left = try term(call.arguments[0], chunk, &tally), let right = try term(call.arguments[1], chunk, &tally)
      else { return nil }
      return WholeTerm.combine(left, operation, right)
    default:
      // Whole numbers have their own arithmetic, which may fail.
      guard case .column(let column) = try evaluate(expression, chunk, &tally) else { return nil }
      return WholeTerm(column)
    }
  }
}

extension PhysicalExpression {
  /// What makes whole numbers reals.
  fileprivate static let conversion = "to_real"

  /// Whether it is made of `+`, `-` and `*` over numbers alone: it may then be worked out twice.
  var isArithmetic: Bool {
    switch kind {
    case .column, .constant: type.isNumber
    case .call(let call):
      type.isNumber && call.conditionCounter == nil && call.arguments.allSatisfy(\.isArithmetic)
        && (call.name == Self.conversion || IntegerKernels.NarrowOperation(symbol: call.name) != nil)
        && call.arguments.count == (call.name == Self.conversion ? 1 : 2)
    case .dictionary, .membership: false
    }
  }

  /// What a sum adds; itself for all else.
  fileprivate var terms: [PhysicalExpression] {
    guard case .call(let call) = kind, call.name == "+", type == .real else { return [self] }
    return call.arguments.flatMap(\.terms)
  }

  /// Whether every column of reals that it reads is kept as whole numbers.
  fileprivate func readsWholes(_ chunk: Chunk) -> Bool {
    switch kind {
    case .column(let index):
      guard case .real(let column) = chunk.columns[index] else { return true }
      return column.wholes != nil
    case .call(let call): return call.arguments.allSatisfy { $0.readsWholes(chunk) }
    case .constant, .dictionary, .membership: return true
    }
  }
}

extension IntegerKernels.NarrowOperation {
  fileprivate init?(symbol: String) {
    switch symbol {
    case "+": self = .add
    case "-": self = .subtract
    case "*": self = .multiply
    default: return nil
    }
  }
}
