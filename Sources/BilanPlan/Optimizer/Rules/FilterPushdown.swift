import BilanDiagnostics

/// Lets conditions sink towards the data, so that rows that do not count are dropped before work is done on them.
///
///     where region = "Oriental"            project region, rate = actual / target
///       project region, rate = …      →      sort region
///         sort region                          where region = "Oriental"
///           scan results                         scan results
///
/// A condition passes a node if it is true of the node's output rows exactly where it is true of the input rows they
/// come from, and the rows that stay are not changed by those that go:
///
/// - a project: by putting the expressions in place of the columns they make;
/// - a sort without a limit, both sides of an append;
/// - an aggregate: on its keys only, as then whole groups go (not where there are totals: they are of all rows);
/// - a window: on the keys of its partitions only, for the same reason;
/// - a join: on columns of the left only, below its left side (not `full`, whose unmatched right rows would multiply).
///   Below the right side nothing goes: the join would say of left rows that they have no match;
/// - an unpivot, an unnest: on the columns it keeps.
///
/// Nothing passes a limit, a top, a distinct, a complete or a check: they are about the rows before the condition.
///
/// A condition that can fail is not tried on rows that did not reach it before: it passes neither an earlier condition
/// that stays behind nor a join that drops rows. One that leaves notes stays where it is.
package enum FilterPushdown: OptimizerRule {
  package static let name = "filter_pushdown"
  package static let summary = Localized(
    "filters rows before working on them", fr: "filtre les lignes avant de travailler dessus")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan { push([], into: plan) }

  /// Conditions grow where expressions take the place of columns; beyond so many parts one stays above.
  private static let largestCondition = 200

  /// `plan` with `conditions` above it, in the order they are tested, each as low as it may go.
  private static func push(_ conditions: [Expression], into plan: LogicalPlan) -> LogicalPlan {
    if case .filter(let node) = plan {
      let own = node.condition.mapSubplans { push([], into: $0) }
      return push([own] + conditions, into: node.input)
    }
    var staying: [Expression] = []
    /// The conditions that pass, as `lowered` puts them, in order; the others are left in `staying`.
    func passing(_ lowered: (Expression) -> Expression?) -> [Expression] {
      var passing: [Expression] = []
      for condition in conditions {
        let isHeld =
          condition.leavesNotes || staying.contains(where: \.leavesNotes) || (condition.canFail && !staying.isEmpty)
        if !isHeld, let below = lowered(condition) {
          passing.append(below)
        } else {
          staying.append(condition)
        }
      }
      return passing
    }
    let plan = plan.mapSubplans { push([], into: $0) }
    let result: LogicalPlan
    switch plan {
    case .project(var node):
      let expressions = node.outputs.map(\.expression)
      node.input = push(passing { substitute(expressions, in: $0) }, into: node.input)
      result = .project(node)
    case .sort(var node) where node.limit == nil:
      node.input = push(passing { $0 }, into: node.input)
      result = .sort(node)
    case .append(var node):
      // A pipeline in a condition would be run for each side.
      let below = passing { $0.subplans.isEmpty ? $0 : nil }
      node.first = push(below, into: node.first)
      node.second = push(below, into: node.second)
      result = .append(node)
    case .aggregate(var node) where node.totals.isEmpty && !node.keys.isEmpty:
      let keys = node.keys.map(\.expression)
      let below = passing { $0.columns.allSatisfy { $0 < keys.count } ? substitute(keys, in: $0) : nil }
      node.input = push(below, into: node.input)
      result = .aggregate(node)
    case .window(var node):
      var keys: Set<Int> = []
      for key in node.partition { if case .column(let column) = key.kind { keys.insert(column) } }
      node.input = push(passing { $0.columns.isSubset(of: keys) ? $0 : nil }, into: node.input)
      result = .window(node)
    case .join(var node) where node.kind != .full && node.left.hasKnownColumns:
      let leftCount = node.left.schema.count
      let dropsRows = node.kind != .left
      let below = passing { condition in
        if dropsRows && condition.canFail { return nil }
        return condition.columns.allSatisfy { $0 < leftCount } ? condition : nil
      }
      node.left = push(below, into: node.left)
      node.right = push([], into: node.right)
      result = .join(node)
    case .unpivot(var node):
      let below = passing { condition in
        guard condition.columns.allSatisfy({ $0 < node.kept.count }) else { return nil }
        return condition.remapped { node.kept[$0] }
      }
      node.input = push(below, into: node.input)
      result = .unpivot(node)
    case .unnest(var node):
      let below = passing { condition in
        guard condition.columns.allSatisfy({ $0 < node.kept.count }) else { return nil }
        return condition.remapped { node.kept[$0] }
      }
      node.input = push(below, into: node.input)
      result = .unnest(node)
    default:
      staying = conditions
      result = plan.mapInputs { push([], into: $0) }
    }
    return staying.reduce(result) { .filter(FilterNode(input: $0, condition: $1)) }
  }

  /// The condition over what the columns are made from; nil where that would copy a pipeline, a note, or too much.
  private static func substitute(_ expressions: [Expression], in condition: Expression) -> Expression? {
    for column in condition.columns {
      if expressions[column].leavesNotes || !expressions[column].subplans.isEmpty { return nil }
    }
    guard condition.size(substituting: expressions.map(\.size)) <= largestCondition else { return nil }
    return condition.substituting(expressions)
  }
}
