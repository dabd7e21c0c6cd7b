import BilanColumnar
import BilanFunctions

/// Writes expressions the way a query does, with no more parentheses than it needs.
struct ExpressionPrinter {
  private let column: (Int) -> String
  private let subquery: (LogicalPlan) -> String

  init(_ schema: Schema, subquery: @escaping (LogicalPlan) -> String) {
    let labels = schema.fields.map { Self.quoted($0.label) }
    column = { labels.indices.contains($0) ? labels[$0] : "column \($0 + 1)" }
    self.subquery = subquery
  }

  private init(columns: [String], subquery: @escaping (LogicalPlan) -> String) {
    column = { columns.indices.contains($0) ? columns[$0] : "column \($0 + 1)" }
    self.subquery = subquery
  }

  func name(_ index: Int) -> String { column(index) }

  func print(_ expression: Expression) -> String { text(expression).text }

  func print(_ call: AggregateCall) -> String {
    var inner = self
    var per = ""
    if let nested = call.nested {
      inner = ExpressionPrinter(columns: nested.aggregates.map(print), subquery: subquery)
      per = " per " + nested.keys.map(print).joined(separator: ", ")
    }
    let arguments = call.arguments.map(inner.print) + call.constants.map { Self.literal($0) }
    let filter = call.filter.map { (arguments.isEmpty ? "where " : " where ") + inner.print($0) } ?? ""
    let content = arguments.joined(separator: ", ") + filter + per
    return content.isEmpty && call.name == "count" ? "count" : "\(call.name)(\(content))"
  }

  func print(_ call: WindowNode.Call) -> String {
    switch call {
    case .aggregate(let aggregate): print(aggregate)
    case .running(let aggregate): "running(\(print(aggregate)))"
    case .shifted(let expression, let distance):
      (distance < 0 ? "next" : "previous") + "(\(print(expression))"
        + (abs(distance) == 1 ? ")" : ", \(abs(distance)))")
    case .rank: "rank()"
    case .row: "row()"
    }
  }

  /// How tightly the outermost operator of a text binds, loosest first.
  private enum Binding: Int, Comparable {
    case conditional, or, and, not, comparison, coalesce, sum, product, negation, atom

    static func < (lhs: Binding, rhs: Binding) -> Bool { lhs.rawValue < rhs.rawValue }

    var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .atom }
  }

  private static let infixes: [String: Binding] = [
    "or": .or, "and": .and, "=": .comparison, "!=": .comparison, "<": .comparison, "<=": .comparison,
    ">": .comparison, ">=": .comparison, "~": .comparison, "??": .coalesce, "+": .sum, "-": .sum, "*": .product,
    "/": .product,
  ]

  /// Conversions that the resolver puts in and no query writes.
  private static let silent: Set<String> = ["to_real", "date_to_day", "day_to_date", "year_to_period"]

  private static let ratioParts: Set<String> = ["numerator", "denominator", "reported", "expected"]

  private func text(_ expression: Expression) -> (text: String, binding: Binding) {
    switch expression.kind {
    case .column(let index): return (column(index), .atom)
    case .constant(let value):
      let text = Self.literal(value)
      return (text, text.hasPrefix("-") ? .negation : text.contains(" / ") ? .product : .atom)
    case .call(let call): return text(call)
    case .subquery(let plan): return (subquery(plan), .atom)
    case .inSubquery(let operand, let plan):
      return ("\(text(operand, atLeast: .coalesce)) in \(subquery(plan))", .comparison)
    }
  }

  /// In parentheses where it binds looser than its place asks.
  private func text(_ expression: Expression, atLeast binding: Binding) -> String {
    let (text, own) = text(expression)
    return own < binding ? "(\(text))" : text
  }

  private func text(_ call: ScalarCall) -> (text: String, binding: Binding) {
    let arguments = call.arguments
    if arguments.count == 2, let binding = Self.infixes[call.name] {
      // `and`, `or`, `+` and the like group to the left; a comparison does not group.
      let left = text(arguments[0], atLeast: binding == .comparison ? .coalesce : binding)
      return ("\(left) \(call.name) \(text(arguments[1], atLeast: binding.tighter))", binding)
    }
    switch (call.name, arguments.count) {
    case ("-", 1), ("negate", 1): return ("-" + text(arguments[0], atLeast: .negation), .negation)
    case ("is_missing", 1): return (text(arguments[0], atLeast: .coalesce) + " is missing", .comparison)
    case ("not", 1):
      if case .call(let inner) = arguments[0].kind, inner.name == "is_missing", inner.arguments.count == 1 {
        return (text(inner.arguments[0], atLeast: .coalesce) + " is not missing", .comparison)
      }
      return ("not " + text(arguments[0], atLeast: .not), .not)
    case ("select", 3):
      let (condition, value) = (print(arguments[0]), text(arguments[1], atLeast: .or))
      return ("if \(condition) then \(value) else \(print(arguments[2]))", .conditional)
    case ("in", 2...):
      let values = arguments.dropFirst().map(print).joined(separator: ", ")
      return (text(arguments[0], atLeast: .coalesce) + " in [\(values)]", .comparison)
    case ("in_period", 2):
      return (text(arguments[0], atLeast: .coalesce) + " in " + text(arguments[1], atLeast: .coalesce), .comparison)
    // The texts of its note are long, and say nothing of what is computed.
    case (Expression.missingIf, 4): return ("\(call.name)(\(print(arguments[0])), \(print(arguments[1])))", .atom)
    case (let name, 1) where Self.silent.contains(name): return text(arguments[0])
    case (let name, 1) where Self.ratioParts.contains(name):
      return (text(arguments[0], atLeast: .atom) + ".\(name)", .atom)
    default: return ("\(call.name)(\(arguments.map(print).joined(separator: ", ")))", .atom)
    }
  }

  static func literal(_ value: Value) -> String {
    guard case .text(let text) = value else { return value.description }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// The label as a query writes it: in backticks unless it is a plain name.
  static func quoted(_ label: String) -> String {
    let scalars = label.unicodeScalars
    let isName =
      scalars.first.map { $0 == "_" || $0.properties.isAlphabetic } ?? false
      && scalars.allSatisfy { scalar in
        scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || scalar.properties.generalCategory == .nonspacingMark
      }
    return isName ? label : "`\(label)`"
  }
}
