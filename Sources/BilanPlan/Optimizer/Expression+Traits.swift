import BilanColumnar
import BilanFunctions

/// What rules must know of an expression before they move, copy or drop it.
extension Expression {
  /// Whether working it out for some row may end the query with an error.
  ///
  /// An expression that can fail must not be evaluated for rows that the plan, as written, keeps from it:
  /// `where n < 1000 | where n * n * n > 50` may not compute the cube of every row. What is not known to be harmless is
  /// taken to fail.
  package var canFail: Bool {
    switch kind {
    case .column, .constant, .subquery: return false
    case .inSubquery(let operand, _): return operand.canFail
    case .call(let call):
      let isHarmless =
        Self.harmless.contains(call.name) || (Self.harmlessBesideIntegers.contains(call.name) && !type.isWhole)
      return !isHarmless || call.arguments.contains(where: \.canFail)
    }
  }

  /// Whether it leaves a note about the rows it is evaluated for, so that it must be evaluated once, for those rows.
  package var leavesNotes: Bool {
    if case .call(let call) = kind, call.name == Self.missingIf { return true }
    return children.contains(where: \.leavesNotes)
  }

  /// Whether a pipeline in it has a check, which must run even where nobody reads the value.
  var hasCheck: Bool { subplans.contains(where: \.hasCheck) }

  /// Whether a copy of it costs next to nothing.
  var isTrivial: Bool {
    switch kind {
    case .column, .constant: true
    case .call, .subquery, .inSubquery: false
    }
  }

  /// Whether it is true or false on every row, never missing.
  var isTwoValued: Bool {
    switch kind {
    case .constant(.boolean), .inSubquery: true
    case .constant, .column, .subquery: false
    case .call(let call): Self.twoValued.contains(call.name)
    }
  }

  /// How many parts it has.
  var size: Int { children.reduce(1) { $0 + $1.size } }

  /// How many parts `substituting(expressions)` will have, without making it.
  func size(substituting sizes: [Int]) -> Int {
    if case .column(let index) = kind { return sizes[index] }
    return children.reduce(1) { $0 + $1.size(substituting: sizes) }
  }

  /// Adds how often it reads each column.
  func countColumns(into counts: inout [Int: Int]) {
    if case .column(let index) = kind { counts[index, default: 0] += 1 }
    for child in children { child.countColumns(into: &counts) }
  }

  /// The condition taken apart at its `and`s, from left to right.
  package var conjuncts: [Expression] {
    guard case .call(let call) = kind, call.name == "and" else { return [self] }
    return call.arguments.flatMap(\.conjuncts)
  }

  /// The function that gives missing and says why in a note.
  static let missingIf = "missing_if"

  private static let twoValued: Set<String> = [
    "=", "!=", "<", "<=", ">", ">=", "~", "and", "or", "not", "in", "in_period", "is_missing",
  ]

  private static let harmless: Set<String> = twoValued.union([
    "select", "??", "/", "to_real", "date_to_day", "day_to_date", "year_to_period", "numerator", "denominator",
    "reported", "expected", "lower", "upper",
    "trim", "fold", "starts_with", "ends_with", "contains", "year", "semester", "quarter", "month", "week", "weekday",
    "least", "greatest", "sqrt", "ln", "log10", "exp",
  ])

  /// Overflow is a matter of whole numbers, durations and dates; text is joined and reals become missing.
  private static let harmlessBesideIntegers: Set<String> = ["+", "-", "*", "negate", "abs"]
}

extension LogicalPlan {
  var hasCheck: Bool {
    if case .check = self { return true }
    return inputs.contains(where: \.hasCheck) || expressions.contains(where: \.hasCheck)
  }
}

extension AggregateCall {
  var hasCheck: Bool {
    var found = false
    _ = mapExpressions { expression, _ in
      found = found || expression.hasCheck
      return expression
    }
    return found
  }
}

extension WindowNode.Call {
  var hasCheck: Bool {
    switch self {
    case .aggregate(let call), .running(let call): call.hasCheck
    case .shifted(let value, _): value.hasCheck
    case .rank, .row: false
    }
  }
}

extension DataType {
  /// Whether it is stored as 64-bit integers, whose arithmetic may overflow.
  fileprivate var isWhole: Bool {
    switch self {
    case .integer, .date, .period, .duration, .missing: true
    case .real, .text, .boolean, .ratio, .list: false
    }
  }
}
