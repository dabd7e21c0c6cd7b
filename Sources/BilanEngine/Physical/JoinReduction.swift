import BilanColumnar
import BilanPlan

/// A step of a pipeline, ready to run but for joins, whose tables are made last.
enum PreparedStep: Sendable {
  case ready(any StreamingOperator)
  case join(JoinDraft)
}

/// A join whose right side is known, and not yet looked into.
struct JoinDraft: Sendable {
  let node: JoinNode
  var side: JoinSide
  let keys: [PhysicalExpression]
  let counters: JoinProbe.Counters
  /// Which columns of the answer are read; nil for all.
  let reads: [Bool]?
  /// How many columns come in.
  let leftCount: Int

  /// The column that comes in and is the only key, as it is.
  fileprivate var keyColumn: Int? {
    if keys.count == 1, case .column(let index) = keys[0].kind { index } else { nil }
  }
}

/// Drops rows before the join that would drop them.
///
///     lineitem ─▶ join orders ─▶ join customer | where segment = "BUILDING"
///        ▲            ▲               │
///        │            └─ orders of other customers are dropped
///        └─ lines of dropped orders are dropped, by a look at one bit each
///
/// The naive way joins all of them, and drops what it has joined. What a join counts, matches and rows without one,
/// stays what it is: a row is dropped early only where no join in between could have counted it.
enum JoinReduction {
  static func operators(
    _ prepared: [PreparedStep], of steps: [Pipeline.Step], _ evaluator: ExpressionEvaluator, _ workers: Workers,
    isReducing: Bool
  ) -> [any StreamingOperator] {
    var prepared = prepared
    // From the last join to the first, so that what one drops can drop rows of another.
    for place in prepared.indices.reversed() {
      guard case .join(let draft) = prepared[place] else { continue }
      let table = JoinTable(draft.side, workers: workers)
      if isReducing { drop(unmatchedIn: table, draft, at: place, &prepared, steps) }
      prepared[place] = .ready(
        JoinProbe(
          node: draft.node, table: table, keys: draft.keys, counters: draft.counters, reads: draft.reads,
          evaluator: evaluator))
    }
    var operators: [any StreamingOperator] = []
    for case .ready(let step) in prepared {
      guard isReducing, let probe = step as? JoinProbe, let reduction = KeyReduction(probe) else {
        operators.append(step)
        continue
      }
      if let filter = operators.last as? Filter {
        operators[operators.count - 1] = filter.reduced(by: reduction)
        operators.append(probe)
      } else {
        operators.append(probe.reduced(by: reduction))
      }
    }
    return operators
  }

  /// Drops rows of the right side of an earlier join, where the join of `table` comes next and would drop what they are
  /// joined to.
  private static func drop(
    unmatchedIn table: JoinTable, _ draft: JoinDraft, at place: Int, _ prepared: inout [PreparedStep],
    _ steps: [Pipeline.Step]
  ) {
    guard draft.node.kind == .inner, table.side.kept != nil, let column = draft.keyColumn else { return }
    for earlier in (0..<place).reversed() {
      switch steps[earlier] {
      case .filter(let condition, _) where !condition.canFail && !condition.leavesNotes: continue
      case .probe where prepared[earlier].takesReduction:
        guard case .join(var other) = prepared[earlier], column >= other.leftCount else { return }
        let key = other.side.right.columns[other.node.rightOutputs[column - other.leftCount].column]
        // A row without a match is counted by the join itself, among all that come to it.
        guard key.count > 0, let kept = table.kept(key) else { return }
        other.side.kept = other.side.kept?.and(kept) ?? kept
        prepared[earlier] = .join(other)
        return
      default: return
      }
    }
  }
}

extension PreparedStep {
  fileprivate var takesReduction: Bool {
    if case .join(let draft) = self { draft.node.kind == .inner } else { false }
  }
}

/// Which rows an inner join will drop, told by one key.
struct KeyReduction: Sendable {
  let column: Int
  private let table: JoinTable
  private let counters: JoinProbe.Counters

  /// - Returns: nil where too few rows would be dropped for a look at all.
  init?(_ probe: JoinProbe) {
    guard probe.node.kind == .inner, probe.keys.count == 1, case .column(let column) = probe.keys[0].kind,
      let kept = probe.table.side.kept, kept.onesCount * 2 <= kept.count, probe.table.tellsSurvivors
    else { return nil }
    self.column = column
    table = probe.table
    counters = probe.counters
  }

  /// The rows that the join will not drop.
  func survivors(_ chunk: Chunk) -> Bitmap {
    // Of a column of another kind, which the join reads as one of its own, nothing is known so soon.
    table.survivors(chunk.columns[column]) ?? Bitmap(repeating: true, count: chunk.count)
  }

  /// Counts rows that are dropped as ones that came to the join.
  func count(dropped: Int, _ tally: inout Tally) { tally.counts[counters.rows] += dropped }
}
