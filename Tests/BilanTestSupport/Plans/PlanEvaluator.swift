import BilanColumnar
import BilanFunctions
import BilanPlan

/// Runs plans row by row, straight from what the nodes say: too simple to be fast, or wrong.
///
/// Crosstabs are left out. Errors of kernels are thrown.
package struct PlanEvaluator {
  package init() {}

  /// The rows that failed a check, with all their visible columns.
  package private(set) var failed: [[Value]] = []

  package mutating func run(_ plan: LogicalPlan) throws -> [[Value]] {
    // Pipelines in parentheses run first, whether or not a row asks for them.
    for expression in plan.expressions { for subplan in expression.subplans { _ = try run(subplan) } }
    switch plan {
    case .unit: return [[]]
    case .scan(let node):
      let chunks = try node.source.read(columns: node.columns) { false }
      let types = node.columns.map { node.source.schema[$0].type }
      let rows = chunks.flatMap { chunk in
        (0..<chunk.count).map { row in zip(chunk.columns, types).map { $0.value(row, as: $1) } }
      }
      return try rows.filter { try node.predicate == nil || holds(node.predicate!, $0) }
    case .filter(let node): return try run(node.input).filter { try holds(node.condition, $0) }
    case .project(let node):
      return try run(node.input).map { row in try node.outputs.map { try value($0.expression, row) } }
    case .aggregate(let node):
      let rows = try run(node.input)
      var output: [[Value]] = []
      let full = Array(node.keys.indices)
      for kept in [full] + node.totals {
        let keys = try rows.map { row in
          try full.map { kept.contains($0) ? try value(node.keys[$0].expression, row) : .missing }
        }
        let groups = group(rows, keys, orElse: kept.isEmpty ? full.map { _ in .missing } : nil)
        let marks = node.totals.isEmpty ? [] : full.map { Value.boolean(!kept.contains($0)) }
        for (key, members) in groups {
          output.append(try key + node.aggregates.map { try aggregate($0.call, members) } + marks)
        }
      }
      return output
    case .pivot: preconditionFailure("crosstabs are not evaluated")
    case .window(let node): return try window(node, run(node.input))
    case .sort(let node):
      let rows = try sorted(run(node.input), node.keys)
      return Array(rows.prefix(node.limit ?? rows.count))
    case .limit(let node):
      let rows = try run(node.input)
      return Array(rows[node.range.clamped(to: 0..<rows.count)])
    case .top(let node):
      let rows = try run(node.input)
      let keys = try rows.map { row in try node.per.map { try value($0, row) } }
      return try group(rows, keys, orElse: nil).flatMap { _, members in
        let known = try members.filter { try !value(node.by, $0).isMissing }
        let ordered = try sorted(known, [SortKey(node.by, isDescending: !node.isBottom)])
        guard node.count > 0, ordered.count > node.count else { return node.count > 0 ? ordered : [] }
        let edge = try value(node.by, ordered[node.count - 1])
        let rest = try ordered[node.count...].prefix { try value(node.by, $0) == edge }
        return Array(ordered[..<node.count] + rest)
      }
    case .distinct(let node):
      var seen: Set<[Value]> = []
      return try run(node.input).filter { seen.insert($0).inserted }
    case .join(let node): return try join(node, run(node.left), run(node.right))
    case .append(let node): return try run(node.first) + run(node.second)
    case .unpivot(let node):
      return try run(node.input).flatMap { row in
        try node.values.map { source in
          node.kept.map { row[$0] } + [.text(source.label), try value(source.expression, row)]
        }
      }
    case .unnest(let node):
      return try run(node.input).flatMap { row in
        let elements = ReferenceList.elements(of: try value(node.list, row), separator: node.separator, node.parts)
        return elements.enumerated().map { number, values in
          node.kept.map { row[$0] } + (values ?? node.parts.map { _ in .missing })
            + (node.positionField == nil ? [] : [values == nil ? .missing : .integer(Int64(number + 1))])
        }
      }
    case .complete(let node): return try complete(node, run(node.input))
    case .check(let node):
      let rows = try run(node.input)
      for row in rows where try !holds(node.condition, row) { failed.append(Array(row.prefix(node.visibleColumns))) }
      return rows.map { Array($0.prefix(node.visibleColumns)) }
    }
  }

  private mutating func holds(_ condition: Expression, _ row: [Value]) throws -> Bool {
    try value(condition, row) == .boolean(true)
  }

  private mutating func value(_ expression: Expression, _ row: [Value]) throws -> Value {
    switch expression.kind {
    case .column(let index): return row[index]
    case .constant(let value): return value
    case .call(let call):
      let operands = try call.arguments.map { Operand.constant(try value($0, row)) }
      let context = KernelContext(rowCount: 1, today: CalendarDate(days: 0), fiscalYearStart: 1)
      return try call.overload.kernel(operands, call.arguments.map(\.type), context).value(0, as: expression.type)
    case .subquery(let plan):
      var evaluator = PlanEvaluator()
      return try evaluator.run(plan).first?.first ?? .missing
    case .inSubquery(let operand, let plan):
      let operand = try value(operand, row)
      var evaluator = PlanEvaluator()
      return .boolean(try evaluator.run(plan).contains([operand]))
    }
  }

  private mutating func aggregate(_ call: AggregateCall, _ rows: [[Value]]) throws -> Value {
    var rows = rows
    if let nested = call.nested {
      let keys = try rows.map { row in try nested.keys.map { try value($0, row) } }
      rows = try group(rows, keys, orElse: nil).map { _, members in
        try nested.aggregates.map { try aggregate($0, members) }
      }
    }
    if let filter = call.filter { rows = try rows.filter { try holds(filter, $0) } }
    let values =
      try call.arguments.isEmpty ? [] : rows.map { try value(call.arguments[0], $0) }.filter { !$0.isMissing }
    switch call.name {
    case "count": return .integer(Int64(call.arguments.isEmpty ? rows.count : values.count))
    case "min": return values.min(by: precedes) ?? .missing
    default:
      if values.isEmpty { return .missing }
      return values.dropFirst().reduce(values[0]) { sum, next in
        switch (sum, next) {
        case (.integer(let a), .integer(let b)): .integer(a &+ b)
        case (.real(let a), .real(let b)): .real(a + b)
        default: .missing
        }
      }
    }
  }

  private func group(_ rows: [[Value]], _ keys: [[Value]], orElse key: [Value]?) -> [(key: [Value], rows: [[Value]])] {
    var groups: [[Value]: [[Value]]] = [:]
    for (key, row) in zip(keys, rows) { groups[key, default: []].append(row) }
    if let key, groups.isEmpty { groups[key] = [] }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key, by: precedes) }.map { ($0.key, $0.value) }
  }

  private mutating func sorted(_ rows: [[Value]], _ keys: [SortKey]) throws -> [[Value]] {
    let order = try rows.enumerated().map { position, row in
      (position, row, try keys.map { try value($0.expression, row) })
    }
    return order.sorted { one, other in
      for (position, key) in keys.enumerated() {
        let (a, b) = (one.2[position], other.2[position])
        if a.isMissing != b.isMissing { return b.isMissing }
        if precedes(a, b) { return !key.isDescending }
        if precedes(b, a) { return key.isDescending }
      }
      return one.0 < other.0
    }.map(\.1)
  }

  private mutating func window(_ node: WindowNode, _ rows: [[Value]]) throws -> [[Value]] {
    var output = rows
    // A last column numbers the rows, so that they find back to their places.
    let numbered = rows.enumerated().map { $1 + [.integer(Int64($0))] }
    let keys = try rows.map { row in try node.partition.map { try value($0, row) } }
    for (_, members) in group(numbered, keys, orElse: nil) {
      let ordered = try sorted(members, node.order)
      let orders = try ordered.map { row in try node.order.map { try value($0.expression, row) } }
      for (place, row) in ordered.enumerated() {
        guard case .integer(let position)? = row.last else { continue }
        for (call, _) in node.calls {
          let result: Value
          switch call {
          case .aggregate(let call): result = try aggregate(call, members)
          case .running(let call): result = try aggregate(call, Array(ordered[...place]))
          case .shifted(let expression, let distance):
            let source = place - distance
            result = ordered.indices.contains(source) ? try value(expression, ordered[source]) : .missing
          case .rank: result = .integer(Int64(orders.firstIndex(of: orders[place])! + 1))
          case .row: result = .integer(Int64(place + 1))
          }
          output[Int(position)].append(result)
        }
      }
    }
    return output
  }

  private mutating func join(_ node: JoinNode, _ left: [[Value]], _ right: [[Value]]) throws -> [[Value]] {
    let rightKeys = try right.map { row in try node.rightKeys.map { try value($0, row) } }
    var used: Set<Int> = []
    var output: [[Value]] = []
    for row in left {
      let key = try node.leftKeys.map { try value($0, row) }
      let matches = key.contains(.missing) ? [] : right.indices.filter { rightKeys[$0] == key }
      used.formUnion(matches)
      switch node.kind {
      case .semi: if !matches.isEmpty { output.append(row) }
      case .anti: if matches.isEmpty { output.append(row) }
      case .left, .inner, .full:
        for match in matches { output.append(row + node.rightOutputs.map { right[match][$0.column] }) }
        if matches.isEmpty, node.kind != .inner { output.append(row + node.rightOutputs.map { _ in .missing }) }
      }
    }
    guard node.kind == .full else { return output }
    for (position, row) in right.enumerated() where !used.contains(position) {
      var made = [Value](repeating: .missing, count: node.left.schema.count)
      for (key, column) in node.keyColumns.enumerated() { if let column { made[column] = rightKeys[position][key] } }
      output.append(made + node.rightOutputs.map { row[$0.column] })
    }
    return output
  }

  private func complete(_ node: CompleteNode, _ rows: [[Value]]) -> [[Value]] {
    var combinations: [[Value]] = [[]]
    for column in node.columns {
      let values = Set(rows.map { $0[column] }).sorted(by: precedes)
      combinations = combinations.flatMap { head in values.map { head + [$0] } }
    }
    let present = Set(rows.map { row in node.columns.map { row[$0] } })
    let added = combinations.filter { !present.contains($0) }.map { combination in
      var row = [Value](repeating: .missing, count: node.input.schema.count)
      for (column, value) in zip(node.columns, combination) { row[column] = value }
      return row
    }
    return rows + added
  }
}
