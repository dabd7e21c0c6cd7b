import BilanColumnar
import BilanDiagnostics

/// Computes once, below an aggregate, what its arguments compute several times.
///
///     aggregate sum(price * (1 - discount)),            aggregate sum(shared), sum(shared * (1 + tax))
///       sum(price * (1 - discount) * (1 + tax))    →      project …, shared = price * (1 - discount)
///
/// What a filter may keep from being computed stays where it is if it can fail. So does what sums add up of sums,
/// differences and products of reals: these are worked out in whole numbers there, which takes no longer than reading them
/// from a column in double precision.
package enum SharedExpressions: OptimizerRule {
  package static let name = "shared_expressions"
  package static let summary = Localized(
    "computes once what several aggregates read", fr: "calcule une fois ce que lisent plusieurs agrégats")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .aggregate(var aggregate) = node else { return node }
      var uses: [String: Int] = [:]
      for key in aggregate.keys { count(key.expression, into: &uses) }
      for (call, _) in aggregate.aggregates where call.nested == nil {
        for argument in call.arguments where !(call.isPlainSum && argument.isRealArithmetic) {
          count(argument, into: &uses, isFiltered: call.filter != nil)
        }
        if let filter = call.filter { count(filter, into: &uses) }
      }
      let schema = aggregate.input.schema
      var shared = Shared(uses: uses, firstPlace: schema.count)
      for index in aggregate.keys.indices {
        aggregate.keys[index].expression = shared.replacing(aggregate.keys[index].expression)
      }
      for index in aggregate.aggregates.indices where aggregate.aggregates[index].call.nested == nil {
        aggregate.aggregates[index].call = aggregate.aggregates[index].call.mapInput { shared.replacing($0) }
      }
      if shared.found.isEmpty { return node }
      var outputs = schema.fields.enumerated().map { index, field in
        OutputExpression(.column(index, field.type), field: field)
      }
      for (number, expression) in shared.found.enumerated() {
        outputs.append(OutputExpression(expression, field: Field("shared_\(number + 1)", expression.type)))
      }
      aggregate.input = .project(ProjectNode(input: aggregate.input, outputs: outputs))
      return .aggregate(aggregate)
    }
  }

  /// Counts the parts worth keeping, by their text.
  private static func count(_ expression: Expression, into uses: inout [String: Int], isFiltered: Bool = false) {
    if isShareable(expression), !isFiltered || !expression.canFail { uses[expression.fingerprint, default: 0] += 1 }
    for child in expression.children { count(child, into: &uses, isFiltered: isFiltered) }
  }

  private static func isShareable(_ expression: Expression) -> Bool {
    guard case .call = expression.kind else { return false }
    return !expression.leavesNotes && expression.subplans.isEmpty && !expression.columns.isEmpty
  }

  /// The expressions that become columns, the largest first met.
  private struct Shared {
    let uses: [String: Int]
    let firstPlace: Int
    var found: [Expression] = []
    var places: [String: Int] = [:]

    init(uses: [String: Int], firstPlace: Int) {
      self.uses = uses.filter { $0.value > 1 }
      self.firstPlace = firstPlace
    }

    mutating func replacing(_ expression: Expression) -> Expression {
      if uses.isEmpty { return expression }
      if isShareable(expression), uses[expression.fingerprint] != nil {
        let text = expression.fingerprint
        let place = places[text] ?? found.count
        if place == found.count {
          places[text] = place
          found.append(expression)
        }
        return .column(firstPlace + place, expression.type, span: expression.span)
      }
      return expression.mapChildren { replacing($0) }
    }
  }
}

extension AggregateCall {
  fileprivate var isPlainSum: Bool { (name == "sum" || name == "mean") && arguments.count == 1 }
}

extension Expression {
  /// Whether it is made of reals by `+`, `-` and `*` alone.
  fileprivate var isRealArithmetic: Bool {
    switch kind {
    case .column, .constant: type == .real
    case .call(let call):
      type == .real
        && (call.name == "to_real" && call.arguments.allSatisfy { if case .column = $0.kind { true } else { false } }
          || ["+", "-", "*"].contains(call.name) && call.arguments.allSatisfy(\.isRealArithmetic))
    case .subquery, .inSubquery: false
    }
  }
}
