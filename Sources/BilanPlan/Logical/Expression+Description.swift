import BilanColumnar
import BilanFunctions

extension Expression {
  /// Its text as `.explain` shows it, columns named by `name`; equal texts over one input mean equal expressions.
  package func description(_ name: (Int) -> String) -> String {
    switch kind {
    case .column(let index): return name(index)
    case .constant(let value): return value.description
    case .call(let call):
      let arguments = call.arguments.map { $0.description(name) }
      let isSymbol = call.name.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic && $0 != "_" }
      if arguments.count == 2, isSymbol || call.name == "and" || call.name == "or" {
        return "(\(arguments[0]) \(call.name) \(arguments[1]))"
      }
      return "\(call.name)(\(arguments.joined(separator: ", ")))"
    case .subquery(let plan): return "(\(plan.fingerprint))"
    case .inSubquery(let operand, let plan): return "\(operand.description(name)) in (\(plan.fingerprint))"
    }
  }

  /// Its text with columns by position.
  package var fingerprint: String { description { "#\($0)" } + ":" + type.fingerprint }
}

extension AggregateCall {
  package func description(_ name: (Int) -> String) -> String {
    var parts = ""
    var filterName = name
    if let nested {
      let inner = nested.aggregates.map { $0.description(name) }
      parts = arguments.map { $0.description { inner[$0] } }.joined(separator: ", ")
      filterName = { inner[$0] }
      parts += " per " + nested.keys.map { $0.description(name) }.joined(separator: ", ")
    } else {
      parts = arguments.map { $0.description(name) }.joined(separator: ", ")
    }
    if !constants.isEmpty {
      parts += (parts.isEmpty ? "" : ", ") + constants.map(\.description).joined(separator: ", ")
    }
    if let filter {
      parts += (parts.isEmpty ? "" : " ") + "where " + filter.description(filterName)
    }
    return "\(self.name)(\(parts))"
  }

  package var fingerprint: String { description { "#\($0)" } + ":" + type.fingerprint }
}

extension DataType {
  /// A short text of its own, whole numbers and reals apart.
  fileprivate var fingerprint: String {
    switch self {
    case .integer: "i"
    case .real: "r"
    case .duration(.days): "d"
    case .duration(.months): "m"
    default: name
    }
  }
}

extension LogicalPlan {
  /// A text that tells plans apart: enough for equal subqueries to be recognised.
  package var fingerprint: String {
    switch self {
    case .scan(let node): return "scan \(node.source.name) \(node.columns) \(node.predicate?.fingerprint ?? "")"
    case .filter(let node): return "\(node.input.fingerprint) | where \(node.condition.fingerprint)"
    case .project(let node):
      return "\(node.input.fingerprint) | project \(node.outputs.map(\.expression.fingerprint))"
    case .aggregate(let node):
      return "\(node.input.fingerprint) | aggregate \(node.keys.map(\.expression.fingerprint)) "
        + "\(node.aggregates.map(\.call.fingerprint)) \(node.totals)"
    default:
      return inputs.map(\.fingerprint).joined(separator: "; ") + " | \(self)"
    }
  }
}

extension Value: CustomStringConvertible {
  /// As a query writes it.
  package var description: String {
    switch self {
    case .missing: "missing"
    case .integer(let value): String(value)
    case .real(let value): String(value)
    case .text(let value): "\"" + value + "\""
    case .boolean(let value): value ? "true" : "false"
    case .date(let value): value.description
    case .period(let value): value.description
    case .duration(let value, let unit): "\(value) \(unit.rawValue)"
    case .ratio(let value): "\(value.numerator) / \(value.denominator)"
    }
  }
}
