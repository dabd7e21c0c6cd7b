import BilanPlan

/// Cuts a logical plan into pipelines.
enum PhysicalPlanner {
  static func pipeline(for plan: LogicalPlan) -> Pipeline {
    switch plan {
    case .scan(let node):
      let steps = node.predicate.map { [Pipeline.Step.filter($0, skipping: node.skipping)] } ?? []
      return Pipeline(source: .scan(node), steps: steps)
    case .unit: return Pipeline(source: .unit)
    case .filter(let node): return filter(open(node.input), node.condition)
    case .project(let node): return stream(node.input, .project(node.outputs))
    case .unpivot(let node): return stream(node.input, .unpivot(node))
    case .unnest(let node): return stream(node.input, .unnest(node))
    case .check(let node): return stream(node.input, .check(node))
    case .join(let node):
      let joined = stream(node.left, .probe(node, build: pipeline(for: node.right), kept: nil))
      return node.kind == .full ? ending(joined, .fullJoin) : joined
    case .append(let node):
      return Pipeline(source: .sequence(pipeline(for: node.first), pipeline(for: node.second)))
    case .aggregate(let node): return ending(open(node.input), .aggregate(node))
    case .sort(let node): return ending(open(node.input), .sort(node))
    case .limit(let node): return ending(open(node.input), .limit(node.range))
    case .top(let node): return ending(open(node.input), .top(node))
    case .distinct(let node): return ending(open(node.input), .distinct)
    case .window(let node): return ending(open(node.input), .window(node))
    case .complete(let node): return ending(open(node.input), .complete(node))
    case .pivot(let node): return ending(open(node.input), .pivot(node))
    }
  }

  /// Conditions on the right columns of a join are tried once on each right row, not on each row of the answer.
  private static func filter(_ pipeline: Pipeline, _ condition: Expression) -> Pipeline {
    var pipeline = pipeline
    guard case .probe(let node, let build, nil)? = pipeline.steps.last, node.kind == .inner,
      node.left.hasKnownColumns, !condition.leavesNotes
    else {
      pipeline.steps.append(.filter(condition))
      return pipeline
    }
    let leftCount = node.left.schema.count
    var (kept, others): ([Expression], [Expression]) = ([], [])
    for part in condition.conjuncts {
      let isOfRight =
        !part.columns.isEmpty && part.columns.allSatisfy { $0 >= leftCount } && !part.canFail && part.subplans.isEmpty
      if isOfRight { kept.append(part.remapped { $0 - leftCount }) } else { others.append(part) }
    }
    if let condition = Expression.all(kept) {
      pipeline.steps[pipeline.steps.count - 1] = .probe(node, build: build, kept: condition)
    }
    if let condition = Expression.all(others) { pipeline.steps.append(.filter(condition)) }
    return pipeline
  }

  /// A pipeline over `plan` that can take further steps.
  private static func open(_ plan: LogicalPlan) -> Pipeline {
    let pipeline = pipeline(for: plan)
    if case .collect = pipeline.sink { return pipeline }
    return Pipeline(source: .result(pipeline))
  }

  private static func stream(_ input: LogicalPlan, _ step: Pipeline.Step) -> Pipeline {
    var pipeline = open(input)
    pipeline.steps.append(step)
    return pipeline
  }

  private static func ending(_ pipeline: Pipeline, _ sink: Pipeline.Sink) -> Pipeline {
    var pipeline = pipeline
    pipeline.sink = sink
    return pipeline
  }
}
