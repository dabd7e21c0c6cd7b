import BilanDiagnostics

/// Drops a project that gives its input's columns as they are, under the names and with the facts they have.
///
///     project region, actual               scan results: region, actual
///       scan results: region, actual  →
package enum IdentityProjects: OptimizerRule {
  package static let name = "identity_projects"
  package static let summary = Localized(
    "drops steps that change no column", fr: "supprime les étapes qui ne changent aucune colonne")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .project(let project) = node, project.input.hasKnownColumns else { return node }
      let fields = project.input.schema.fields
      guard project.outputs.map(\.field) == fields else { return node }
      for (position, output) in project.outputs.enumerated() {
        guard case .column(position) = output.expression.kind else { return node }
      }
      return project.input
    }
  }
}
