import BilanColumnar
import BilanFunctions

/// A plan as `.explain` shows it: a node a line, what it reads indented below it, columns by label, expressions as a
/// query writes them.
///
///     sort achievement desc, first 10
///       where achievement > 1.1
///         aggregate achievement = ratio(actual, target) by indicator, region
///           scan results: indicator, region, target, actual where programme ~ "ajliki"
package enum PlanPrinter {
  package static func print(_ plan: LogicalPlan) -> String {
    var printer = Printer()
    printer.write(plan, depth: 0)
    return printer.lines.joined(separator: "\n")
  }

  private struct Printer {
    var lines: [String] = []
    /// Pipelines inside expressions are numbered; each is printed below the node that uses it.
    var subplanCount = 0

    mutating func write(_ plan: LogicalPlan, depth: Int) {
      let indent = String(repeating: "  ", count: depth)
      var pending: [(number: Int, plan: LogicalPlan)] = []
      var count = subplanCount
      let line = PlanPrinter.line(plan) { subplan in
        count += 1
        pending.append((count, subplan))
        return "(subquery \(count))"
      }
      subplanCount = count
      lines.append(indent + line)
      for (number, subplan) in pending {
        lines.append(indent + "  subquery \(number):")
        write(subplan, depth: depth + 2)
      }
      for input in plan.inputs { write(input, depth: depth + 1) }
    }
  }

  private static func line(_ plan: LogicalPlan, subquery: @escaping (LogicalPlan) -> String) -> String {
    func printer(_ input: LogicalPlan) -> ExpressionPrinter { ExpressionPrinter(input.schema, subquery: subquery) }
    func take(_ keys: [SortKey], _ names: ExpressionPrinter) -> String {
      list(keys.map { names.print($0.expression) + ($0.isDescending ? " desc" : "") })
    }
    switch plan {
    case .scan(let node):
      let columns = node.columns.map { " " + name(node.source.schema[$0]) }.joined(separator: ",")
      let predicate = node.predicate.map { " where \(printer(plan).print($0))" } ?? ""
      let skipped = Set(node.skipping.map(\.column)).sorted().map { name(node.source.schema[node.columns[$0]]) }
      return "scan \(node.source.name)" + (columns.isEmpty ? "" : ":\(columns)") + predicate
        + (skipped.isEmpty ? "" : ", skipping by \(list(skipped))")
    case .unit: return "one row"
    case .filter(let node): return "where \(printer(node.input).print(node.condition))"
    case .project(let node): return "project \(list(node.outputs.map { output($0, printer(node.input)) }))"
    case .aggregate(let node): return line(node, printer(node.input))
    case .pivot(let node):
      let schema = node.input.schema
      let keys = list((0..<node.keyCount).map { name(schema, $0) })
      let values = list((0..<node.valueCount).map { name(schema, node.keyCount + 1 + $0) })
      return "pivot \(values)" + (keys.isEmpty ? "" : " by \(keys)") + " across \(name(schema, node.keyCount))"
        + (node.hasTotals ? " with totals" : "")
    case .window(let node):
      let names = printer(node.input)
      let calls = node.calls.map { "\(name($0.field)) = \(names.print($0.call))" }
      let order = node.order.isEmpty ? "" : " sort \(take(node.order, names))"
      return "window \(list(calls)) per "
        + (node.partition.isEmpty ? "all" : list(node.partition.map { names.print($0) })) + order
    case .sort(let node):
      return "sort \(take(node.keys, printer(node.input)))" + (node.limit.map { ", first \($0)" } ?? "")
    case .limit(let node):
      let (start, end) = (node.range.lowerBound, node.range.upperBound)
      return start == 0 ? "take \(end)" : "take \(start + 1)..\(end)"
    case .top(let node):
      let names = printer(node.input)
      let per = node.per.isEmpty ? "" : " per \(list(node.per.map { names.print($0) }))"
      return "\(node.isBottom ? "bottom" : "top") \(node.count) by \(names.print(node.by))\(per)"
    case .distinct: return "distinct"
    case .join(let node): return line(node, printer(node.left), printer(node.right))
    case .append: return "append"
    case .unpivot(let node):
      let names = printer(node.input)
      let values = node.values.map { value in
        let text = names.print(value.expression)
        return text == name(value.label) ? text : "\(name(value.label)) = \(text)"
      }
      let kept = node.kept.isEmpty ? "" : " beside \(list(node.kept.map(names.name)))"
      return "unpivot \(list(values)) into \(name(node.nameField)), \(name(node.valueField))\(kept)"
    case .unnest(let node):
      let names = printer(node.input)
      let parts = node.parts.map { part in
        part.name.isEmpty ? name(part.field) : "\(name(part.field)) = \(name(part.name))"
      }
      let separator = node.separator.map { " by \(ExpressionPrinter.literal(.text($0)))" } ?? ""
      let position = node.positionField.map { " with \(name($0))" } ?? ""
      let kept = node.kept.isEmpty ? "" : " beside \(list(node.kept.map(names.name)))"
      return "unnest \(names.print(node.list))\(separator)"
        + (parts.isEmpty ? "" : " into \(list(parts))") + position + kept
    case .complete(let node): return "complete \(list(node.columns.map(printer(node.input).name)))"
    case .check(let node):
      return "check " + (node.isAboutTable ? "table " : "") + printer(node.input).print(node.condition)
    }
  }

  private static func line(_ node: AggregateNode, _ names: ExpressionPrinter) -> String {
    let aggregates = node.aggregates.map { aggregate in
      let text = names.print(aggregate.call)
      return text == name(aggregate.field) ? text : "\(name(aggregate.field)) = \(text)"
    }
    var line = "aggregate"
    if !aggregates.isEmpty { line += " \(list(aggregates))" }
    if !node.keys.isEmpty { line += " by \(list(node.keys.map { output($0, names) }))" }
    if !node.totals.isEmpty {
      let kept = node.totals.map { "(\(list($0.map { name(node.keys[$0].field) })))" }
      line += " with totals by \(list(kept))"
    }
    return line
  }

  private static func line(_ node: JoinNode, _ left: ExpressionPrinter, _ right: ExpressionPrinter) -> String {
    let keys = zip(node.leftKeys, node.rightKeys).map { "\(left.print($0)) = \(right.print($1))" }
    let taken = node.rightOutputs.map { taken in
      let source = right.name(taken.column)
      return source == name(taken.field) ? source : "\(name(taken.field)) = \(source)"
    }
    return "join \(node.kind.rawValue)\(node.allowsMany ? " many" : "") on \(list(keys))"
      + (taken.isEmpty ? "" : " taking \(list(taken))")
  }

  private static func output(_ output: OutputExpression, _ names: ExpressionPrinter) -> String {
    let text = names.print(output.expression)
    return text == name(output.field) ? text : "\(name(output.field)) = \(text)"
  }

  private static func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }

  private static func name(_ field: Field) -> String { ExpressionPrinter.quoted(field.label) }
  private static func name(_ label: String) -> String { ExpressionPrinter.quoted(label) }

  private static func name(_ schema: Schema, _ column: Int) -> String {
    column < schema.count ? name(schema[column]) : "column \(column + 1)"
  }
}
