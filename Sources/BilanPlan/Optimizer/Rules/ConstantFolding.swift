import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// Works out beforehand what no row can change.
///
///     where cost > 2 * 500 and true        →   where cost > 1000
///     if 1 = 2 then "a" else region        →   region
///
/// A call whose arguments are all constants runs through its own kernel, on one row, so that folding cannot disagree
/// with the engine. A kernel that throws leaves the call as it is: the error belongs to the run, with the rows that
/// reach it. `missing_if` stays too, for its note. A filter that has become `true` goes.
///
/// `x and true` is `x` only where `x` is never missing, or where nothing but its truth counts (a filter): `and` makes
/// false of missing.
package enum ConstantFolding: OptimizerRule {
  package static let name = "constant_folding"
  package static let summary = Localized(
    "works out expressions of constants beforehand", fr: "calcule d’avance les expressions constantes")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      let folded = node.mapExpressions { expression, role in fold(expression, role, context) }
      switch folded {
      case .filter(let node) where node.condition.constantValue == .boolean(true): return node.input
      case .scan(var node) where node.predicate?.constantValue == .boolean(true):
        node.predicate = nil
        return .scan(node)
      default: return folded
      }
    }
  }

  static func fold(_ expression: Expression, _ role: LogicalPlan.Role, _ context: OptimizerContext) -> Expression {
    guard case .call(var call) = expression.kind else {
      let folded = expression.mapChildren { fold($0, .value, context) }
      let isMissingCondition = role == .condition && folded.constantValue == .missing
      return isMissingCondition ? .constant(.boolean(false), span: folded.span) : folded
    }
    let isLogical = call.name == "and" || call.name == "or"
    call.arguments = call.arguments.enumerated().map { position, argument in
      let isCondition = (isLogical && role == .condition) || (call.name == "select" && position == 0)
      return fold(argument, isCondition ? .condition : .value, context)
    }
    var folded = expression
    folded.kind = .call(call)
    guard call.name != Expression.missingIf else { return folded }
    if isLogical, call.arguments.count == 2, let simpler = simplify(call, role) { return simpler }
    if call.name == "select", call.arguments.count == 3, let branch = choose(call, type: expression.type) {
      return branch
    }
    return evaluate(call, of: folded, context) ?? folded
  }

  /// `and` and `or` with a side that decides, or that has no say.
  private static func simplify(_ call: ScalarCall, _ role: LogicalPlan.Role) -> Expression? {
    // What decides: one false side of `and`, one true side of `or`.
    let deciding = call.name == "or"
    for (position, side) in call.arguments.enumerated() {
      guard case .boolean(let value)? = side.constantValue else { continue }
      let other = call.arguments[1 - position]
      if value == deciding { return other.hasCheck ? nil : .constant(.boolean(deciding), span: side.span) }
      if role == .condition || other.isTwoValued { return other }
    }
    return nil
  }

  /// The branch of `if` that a constant condition takes.
  private static func choose(_ call: ScalarCall, type: DataType) -> Expression? {
    guard let condition = call.arguments[0].constantValue, !call.arguments.contains(where: \.hasCheck) else {
      return nil
    }
    var branch = call.arguments[condition == .boolean(true) ? 1 : 2]
    if branch.type == .missing, branch.constantValue == .missing { branch.type = type }
    return branch.type == type ? branch : nil
  }

  private static func evaluate(_ call: ScalarCall, of expression: Expression, _ context: OptimizerContext)
    -> Expression?
  {
    var operands: [Operand] = []
    for argument in call.arguments {
      guard let value = argument.constantValue else { return nil }
      operands.append(.constant(value))
    }
    let kernelContext = KernelContext(rowCount: 1, today: context.today, fiscalYearStart: context.fiscalYearStart)
    guard expression.type != .missing,
      let column = try? call.overload.kernel(operands, call.arguments.map(\.type), kernelContext), column.count == 1
    else { return nil }
    return .constant(column.value(0, as: expression.type), type: expression.type, span: expression.span)
  }
}
