import BilanColumnar
import BilanDiagnostics

/// Drops the columns that nobody reads, from the top down to the scans.
///
///     project region                       project region
///       sort actual                          sort actual
///         project region, actual, note   →     project region, actual
///           scan results: region, actual,        scan results: region, actual
///                         target, note
///
/// Each node is asked for some of its columns, adds those it reads itself and asks its inputs in turn. Unread outputs
/// of projects, aggregates, windows and joins are not computed; a scan reads less of a file. Notes about values that
/// nobody sees go with them.
///
/// Some need columns that nobody asks for: a distinct compares all, a crosstab spreads all, a check shows every
/// column of the rows that fail it, and a value whose pipeline has a check of its own is worked out for the check. Above a crosstab columns are not known yet, so nothing is narrowed there.
package enum DeadColumns: OptimizerRule {
  package static let name = "dead_columns"
  package static let summary = Localized(
    "leaves out columns that nothing reads", fr: "laisse de côté les colonnes que rien ne lit")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan { whole(plan) }

  /// A plan that gives at least the columns asked for, and where they now are.
  struct Narrowed {
    var plan: LogicalPlan
    /// By old position; nil = where they were. Further columns may stand between them and after them.
    var positions: [Int: Int]?

    func position(of column: Int) -> Int { positions.map { $0[column]! } ?? column }

    func remap(_ expression: Expression) -> Expression { expression.remapped(position(of:)) }
  }

  /// The plan with all of its columns, narrowed inside.
  static func whole(_ plan: LogicalPlan) -> LogicalPlan { exactly(Array(0..<plan.schema.count), of: plan) }

  /// The plan with these columns, ascending, and no others; where columns are not known, with all.
  static func exactly(_ columns: [Int], of plan: LogicalPlan) -> LogicalPlan {
    let narrowed = narrow(plan, to: Set(columns))
    guard narrowed.plan.hasKnownColumns else { return narrowed.plan }
    let positions = columns.map(narrowed.position(of:))
    let schema = plan.schema
    if positions == Array(0..<narrowed.plan.schema.count) { return narrowed.plan }
    return .project(
      ProjectNode(
        input: narrowed.plan,
        outputs: zip(columns, positions).map { column, position in
          OutputExpression(.column(position, schema[column].type), field: schema[column])
        }))
  }

  static func narrow(_ plan: LogicalPlan, to needed: Set<Int>) -> Narrowed {
    let plan = plan.mapSubplans(whole)
    guard plan.hasKnownColumns else { return Narrowed(plan: plan.mapInputs(whole), positions: nil) }
    switch plan {
    case .scan(let node): return narrow(node, to: needed)
    case .unit: return Narrowed(plan: plan, positions: nil)
    case .filter(var node):
      let input = narrow(node.input, to: needed.union(node.condition.columns))
      node.input = input.plan
      node.condition = input.remap(node.condition)
      return Narrowed(plan: .filter(node), positions: input.positions)
    case .project(let node): return narrow(node, to: needed)
    case .aggregate(let node): return narrow(node, to: needed)
    case .pivot: return Narrowed(plan: plan.mapInputs(whole), positions: nil)
    case .window(let node): return narrow(node, to: needed)
    case .sort(var node):
      let input = narrow(node.input, to: needed.union(columns(of: node.keys.map(\.expression))))
      node.input = input.plan
      node.keys = node.keys.map { SortKey(input.remap($0.expression), isDescending: $0.isDescending) }
      return Narrowed(plan: .sort(node), positions: input.positions)
    case .limit(var node):
      let input = narrow(node.input, to: needed)
      node.input = input.plan
      return Narrowed(plan: .limit(node), positions: input.positions)
    case .top(var node):
      let input = narrow(node.input, to: needed.union(columns(of: node.per + [node.by])))
      node.input = input.plan
      node.by = input.remap(node.by)
      node.per = node.per.map(input.remap)
      return Narrowed(plan: .top(node), positions: input.positions)
    case .distinct: return Narrowed(plan: plan.mapInputs(whole), positions: nil)
    case .join(let node): return narrow(node, to: needed)
    case .append(let node):
      // A row needs some column to be a row of both sides alike.
      let count = node.first.schema.count
      let kept = needed.isEmpty && count > 0 ? [0] : needed.sorted()
      let both = AppendNode(first: exactly(kept, of: node.first), second: exactly(kept, of: node.second))
      return Narrowed(plan: .append(both), positions: places(of: kept))
    case .unpivot(let node): return narrow(node, to: needed)
    case .unnest(let node): return narrow(node, to: needed)
    case .complete(var node):
      let input = narrow(node.input, to: needed.union(node.columns))
      node.input = input.plan
      node.columns = node.columns.map(input.position(of:))
      return Narrowed(plan: .complete(node), positions: input.positions)
    case .check(var node):
      let visible = Array(0..<node.visibleColumns)
      let kept = Set(visible).union(node.condition.columns).sorted()
      node.input = exactly(kept, of: node.input)
      let places = places(of: kept)
      node.condition = node.condition.remapped { places[$0]! }
      return Narrowed(plan: .check(node), positions: nil)
    }
  }

  static func columns(of expressions: [Expression]) -> Set<Int> {
    var result: Set<Int> = []
    for expression in expressions { expression.collectColumns(into: &result) }
    return result
  }

  /// Where each stands in the list.
  static func places(of columns: [Int]) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
  }
}
