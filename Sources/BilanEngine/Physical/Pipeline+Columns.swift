import BilanPlan

extension Pipeline {
  /// For each step which columns of what it gives are read behind it, by later steps or by the sink; nil where all are.
  /// Steps that pick rows need not pick those of other columns.
  ///
  /// - Parameter sourceCount: the columns that come in.
  func readColumns(sourceCount: Int) -> [[Bool]?] {
    guard case .aggregate(let node) = sink else { return steps.map { _ in nil } }
    var reads: Set<Int> = []
    for key in node.keys { key.expression.collectColumns(into: &reads) }
    for aggregate in node.aggregates { reads.formUnion(aggregate.call.columns) }

    var counts: [Int] = []
    var count = sourceCount
    for step in steps {
      count = step.columnCount(after: count)
      counts.append(count)
    }
    var result: [[Bool]?] = []
    for (step, count) in zip(steps, counts).reversed() {
      result.append((0..<count).map(reads.contains))
      reads = step.columns(reading: reads, of: count)
    }
    return result.reversed()
  }
}

extension Pipeline.Step {
  fileprivate func columnCount(after count: Int) -> Int {
    switch self {
    case .filter: count
    case .project(let outputs): outputs.count
    case .probe(let node, _, _): node.kind == .semi || node.kind == .anti ? count : count + node.rightOutputs.count
    case .unpivot(let node): node.kept.count + 2
    case .unnest(let node): node.kept.count + node.parts.count + (node.positionField == nil ? 0 : 1)
    case .check(let node): node.visibleColumns
    }
  }

  /// What the step reads of its input where the columns `reads` of its output, which has `count`, are read.
  fileprivate func columns(reading reads: Set<Int>, of count: Int) -> Set<Int> {
    switch self {
    case .filter(let condition, _): return reads.union(condition.columns)
    case .project(let outputs):
      return outputs.reduce(into: []) { $1.expression.collectColumns(into: &$0) }
    case .probe(let node, _, _):
      let hasRight = node.kind != .semi && node.kind != .anti
      var columns = hasRight ? reads.filter { $0 < count - node.rightOutputs.count } : reads
      for key in node.leftKeys { key.collectColumns(into: &columns) }
      return columns
    case .unpivot(let node):
      return node.values.reduce(into: Set(node.kept)) { $1.expression.collectColumns(into: &$0) }
    case .unnest(let node): return Set(node.kept).union(node.list.columns)
    case .check(let node): return Set(0..<node.visibleColumns).union(node.condition.columns)
    }
  }
}
