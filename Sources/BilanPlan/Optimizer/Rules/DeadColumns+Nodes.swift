import BilanColumnar

/// The nodes that make columns and need not make them all.
extension DeadColumns {
  static func narrow(_ node: ScanNode, to needed: Set<Int>) -> Narrowed {
    let kept = needed.union(node.predicate?.columns ?? []).sorted()
    let narrowed = Narrowed(plan: .unit, positions: places(of: kept))
    let scan = ScanNode(
      source: node.source, columns: kept.map { node.columns[$0] }, predicate: node.predicate.map(narrowed.remap))
    return Narrowed(plan: .scan(scan), positions: narrowed.positions)
  }

  static func narrow(_ node: ProjectNode, to needed: Set<Int>) -> Narrowed {
    let checking = node.outputs.indices.filter { node.outputs[$0].expression.hasCheck }
    let needed = needed.union(checking)
    // Where only the number of rows counts, the input has as many.
    if needed.isEmpty { return Narrowed(plan: narrow(node.input, to: []).plan, positions: [:]) }
    let kept = needed.sorted()
    let outputs = kept.map { node.outputs[$0] }
    let input = narrow(node.input, to: columns(of: outputs.map(\.expression)))
    let remapped = outputs.map { OutputExpression(input.remap($0.expression), field: $0.field) }
    return Narrowed(
      plan: .project(ProjectNode(input: input.plan, outputs: remapped)), positions: places(of: kept))
  }

  static func narrow(_ node: AggregateNode, to needed: Set<Int>) -> Narrowed {
    let keyCount = node.keys.count
    var kept = node.aggregates.indices.filter {
      needed.contains(keyCount + $0) || node.aggregates[$0].call.hasCheck
    }
    // Without keys its one row is made of aggregates: one of them stays.
    if kept.isEmpty, keyCount == 0, !node.aggregates.isEmpty { kept = [0] }
    let aggregates = kept.map { node.aggregates[$0] }
    var read = columns(of: node.keys.map(\.expression))
    for aggregate in aggregates { read.formUnion(aggregate.call.columns) }
    let input = narrow(node.input, to: read)
    let narrowed = AggregateNode(
      input: input.plan, keys: node.keys.map { OutputExpression(input.remap($0.expression), field: $0.field) },
      aggregates: aggregates.map { ($0.call.mapInput(input.remap), $0.field) }, totals: node.totals)
    let markCount = node.totals.isEmpty ? 0 : keyCount
    let marks = (0..<markCount).map { keyCount + node.aggregates.count + $0 }
    let order = Array(0..<keyCount) + kept.map { keyCount + $0 } + marks
    return Narrowed(plan: .aggregate(narrowed), positions: places(of: order))
  }

  static func narrow(_ node: WindowNode, to needed: Set<Int>) -> Narrowed {
    let inputCount = node.input.schema.count
    let kept = node.calls.indices.filter { needed.contains(inputCount + $0) || node.calls[$0].call.hasCheck }
    var read = needed.filter { $0 < inputCount }
    let orders = node.partition + node.order.map(\.expression)
    if kept.isEmpty, !orders.contains(where: \.hasCheck) { return narrow(node.input, to: read) }
    read.formUnion(columns(of: orders))
    for position in kept { read.formUnion(node.calls[position].call.columns) }
    let input = narrow(node.input, to: read)
    let window = WindowNode(
      input: input.plan, partition: node.partition.map(input.remap),
      order: node.order.map { SortKey(input.remap($0.expression), isDescending: $0.isDescending) },
      calls: kept.map { (node.calls[$0].call.mapInput(input.remap), node.calls[$0].field) })
    var positions = Dictionary(uniqueKeysWithValues: read.map { ($0, input.position(of: $0)) })
    let newCount = input.plan.schema.count
    for (place, position) in kept.enumerated() { positions[inputCount + position] = newCount + place }
    return Narrowed(plan: .window(window), positions: positions)
  }

  static func narrow(_ node: JoinNode, to needed: Set<Int>) -> Narrowed {
    let leftCount = node.left.schema.count
    let kept = node.rightOutputs.indices.filter { needed.contains(leftCount + $0) }
    let leftRead = needed.filter { $0 < leftCount }.union(columns(of: node.leftKeys)).union(
      node.keyColumns.compactMap { $0 })
    let rightRead = columns(of: node.rightKeys).union(kept.map { node.rightOutputs[$0].column })
    let left = narrow(node.left, to: leftRead)
    let right = narrow(node.right, to: rightRead)
    var join = node
    join.left = left.plan
    join.right = right.plan
    join.leftKeys = node.leftKeys.map(left.remap)
    join.rightKeys = node.rightKeys.map(right.remap)
    join.keyColumns = node.keyColumns.map { $0.map(left.position(of:)) }
    join.rightOutputs = kept.map {
      (right.position(of: node.rightOutputs[$0].column), node.rightOutputs[$0].field)
    }
    var positions = Dictionary(uniqueKeysWithValues: leftRead.map { ($0, left.position(of: $0)) })
    let newCount = left.plan.schema.count
    for (place, position) in kept.enumerated() { positions[leftCount + position] = newCount + place }
    return Narrowed(plan: .join(join), positions: positions)
  }

  /// The list is read even where no element is: it says how many rows there are.
  static func narrow(_ node: UnnestNode, to needed: Set<Int>) -> Narrowed {
    let kept = node.kept.indices.filter(needed.contains)
    let first = node.kept.count
    let parts = node.parts.indices.filter { needed.contains(first + $0) }
    let position = first + node.parts.count
    let input = narrow(node.input, to: node.list.columns.union(kept.map { node.kept[$0] }))
    var unnest = node
    unnest.input = input.plan
    unnest.kept = kept.map { input.position(of: node.kept[$0]) }
    unnest.list = input.remap(node.list)
    unnest.parts = parts.map { node.parts[$0] }
    if !needed.contains(position) { unnest.positionField = nil }
    let order = kept + parts.map { first + $0 } + (unnest.positionField == nil ? [] : [position])
    return Narrowed(plan: .unnest(unnest), positions: places(of: order))
  }

  static func narrow(_ node: UnpivotNode, to needed: Set<Int>) -> Narrowed {
    let kept = node.kept.indices.filter(needed.contains)
    let read = columns(of: node.values.map(\.expression)).union(kept.map { node.kept[$0] })
    let input = narrow(node.input, to: read)
    var unpivot = node
    unpivot.input = input.plan
    unpivot.kept = kept.map { input.position(of: node.kept[$0]) }
    unpivot.values = node.values.map { (input.remap($0.expression), $0.label) }
    let order = kept + [node.kept.count, node.kept.count + 1]
    return Narrowed(plan: .unpivot(unpivot), positions: places(of: order))
  }
}
