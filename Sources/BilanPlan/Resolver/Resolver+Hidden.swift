import BilanColumnar
import BilanFunctions
import BilanSyntax

/// Columns that a step leaves out and that still tell what the others are.
///
///     from results | keep region, target, actual | summarize achievement by region
///                    └ indicator, unit, direction and baseline are carried along, hidden
///
/// Without them persons and enterprises would add up, and what should fall would count as what should rise, as soon as a
/// query keeps only the columns that it shows.
extension Resolver {
  /// What the measures of the prelude look at beside targets and actuals.
  private static let measured = ["indicator", "unit", "direction", "baseline"]

  /// The columns of `schema` that are neither kept nor to be lost.
  func hidden(beside kept: [Field], of schema: Schema) -> [OutputExpression] {
    let kinds = Set(kept.compactMap { $0.rowUnit?.followed })
    var carried = schema.fields.indices.filter { index in
      guard case .says(let kind)? = schema[index].rowUnit, schema[index].type == .text else { return false }
      return kinds.contains(kind) && !kept.contains { $0.rowUnit == .says(kind) }
    }
    let keptSchema = Schema(kept)
    func isKept(_ name: String) -> Bool {
      if case .found = NameLookup.column(name, in: keptSchema) { true } else { false }
    }
    if isKept("target") || isKept("actual") {
      for name in Self.measured where !isKept(name) {
        for case .found(let index) in [NameLookup.column(name, in: schema), NameLookup.hiddenColumn(name, in: schema)]
        where !carried.contains(index) {
          carried.append(index)
          break
        }
      }
    }
    return carried.sorted().map { index in
      var field = schema[index]
      field.isHidden = true
      return OutputExpression(.column(index, field.type), field: field)
    }
  }

  /// A plan that gives only the columns that a query can name.
  func withoutHidden(_ plan: LogicalPlan) -> LogicalPlan {
    let schema = plan.schema
    guard plan.hasKnownColumns, schema.fields.contains(where: \.isHidden) else { return plan }
    let visible = schema.fields.indices.filter { !schema[$0].isHidden }
    return .project(
      ProjectNode(
        input: plan, outputs: visible.map { OutputExpression(.column($0, schema[$0].type), field: schema[$0]) }))
  }
}
