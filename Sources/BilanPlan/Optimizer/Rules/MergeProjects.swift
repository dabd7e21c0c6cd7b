import BilanDiagnostics

/// Makes one project of two that follow each other.
///
///     project region, rate = a / total              project region, rate = a / (m + f)
///       project region, a, total = m + f       →
///
/// An expression that is read more than once stays below, computed once. So nothing is ever computed twice, and a
/// chain of `add x = x + x` does not double with every link.
package enum MergeProjects: OptimizerRule {
  package static let name = "merge_projects"
  package static let summary = Localized(
    "computes columns in one step instead of two", fr: "calcule les colonnes en une étape au lieu de deux")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .project(let outer) = node, case .project(let inner) = outer.input else { return node }
      var uses: [Int: Int] = [:]
      for output in outer.outputs { output.expression.countColumns(into: &uses) }
      for (column, count) in uses where count > 1 && !inner.outputs[column].expression.isTrivial { return node }
      let expressions = inner.outputs.map(\.expression)
      let outputs = outer.outputs.map { OutputExpression($0.expression.substituting(expressions), field: $0.field) }
      return .project(ProjectNode(input: inner.input, outputs: outputs))
    }
  }
}
