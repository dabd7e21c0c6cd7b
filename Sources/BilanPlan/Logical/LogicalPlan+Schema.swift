import BilanColumnar

extension LogicalPlan {
  /// The columns it gives. Of a pivot only the row keys are known before it has run.
  package var schema: Schema {
    switch self {
    case .scan(let node): Schema(node.columns.map { node.schema[$0] })
    case .unit: Schema([])
    case .filter(let node): node.input.schema
    case .project(let node): Schema(node.outputs.map(\.field))
    case .aggregate(let node): node.schema
    case .pivot(let node): Schema(Array(node.input.schema.fields.prefix(node.keyCount)))
    case .window(let node): Schema(node.input.schema.fields + node.calls.map(\.field))
    case .sort(let node): node.input.schema
    case .limit(let node): node.input.schema
    case .top(let node): node.input.schema
    case .distinct(let node): node.input.schema
    case .join(let node): Schema(node.left.schema.fields + node.rightOutputs.map(\.field))
    case .append(let node): node.first.schema
    case .unpivot(let node): node.schema
    case .unnest(let node): node.schema
    case .complete(let node): node.input.schema
    case .check(let node): Schema(Array(node.input.schema.fields.prefix(node.visibleColumns)))
    }
  }

  /// False for a crosstab and what follows it: its columns are known once it has run.
  package var hasKnownColumns: Bool {
    switch self {
    case .pivot: false
    case .scan, .unit: true
    default: inputs.allSatisfy(\.hasKnownColumns)
    }
  }

  /// The nodes it reads from.
  package var inputs: [LogicalPlan] {
    switch self {
    case .scan, .unit: []
    case .filter(let node): [node.input]
    case .project(let node): [node.input]
    case .aggregate(let node): [node.input]
    case .pivot(let node): [node.input]
    case .window(let node): [node.input]
    case .sort(let node): [node.input]
    case .limit(let node): [node.input]
    case .top(let node): [node.input]
    case .distinct(let node): [node.input]
    case .join(let node): [node.left, node.right]
    case .append(let node): [node.first, node.second]
    case .unpivot(let node): [node.input]
    case .unnest(let node): [node.input]
    case .complete(let node): [node.input]
    case .check(let node): [node.input]
    }
  }
}

extension AggregateNode {
  package var schema: Schema {
    let marks = totals.isEmpty ? [] : keys.map { Field("total of \($0.field.label)", .boolean) }
    return Schema(keys.map(\.field) + aggregates.map(\.field) + marks)
  }
}

extension UnnestNode {
  package var schema: Schema {
    let input = input.schema
    return Schema(kept.map { input[$0] } + parts.map(\.field) + (positionField.map { [$0] } ?? []))
  }
}

extension UnpivotNode {
  package var schema: Schema {
    let input = input.schema
    return Schema(kept.map { input[$0] } + [nameField, valueField])
  }
}
