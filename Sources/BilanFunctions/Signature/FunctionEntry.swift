import BilanColumnar
import BilanDiagnostics

/// A function, an aggregate or an operator: everything that the checker, completion, help and the reference say of it.
package struct FunctionEntry: Sendable {
  package enum Kind: Sendable {
    case scalar([ScalarOverload])
    case aggregate([AggregateOverload], rowForm: RowForm)
    /// Follows the order of `add … sort`: `previous`, `next`, `running`, `rank`, `row`; worked out by the engine.
    case window(WindowFunction)
    /// Known to the resolver by name: `has`, `ci_low`, `ci_high`, `setting`.
    case special
  }

  package enum Group: String, Sendable, CaseIterable {
    case aggregates, numbers, text, dates, conversion, windows, results, operators
  }

  /// How it is called; an operator's is its symbol.
  package var name: String
  package var group: Group
  package var kind: Kind
  /// As help shows it: `quantile(x, q)`.
  package var usage: String
  /// One line.
  package var summary: Localized
  /// A query that shows it; the reference prints it with what it gives, and a test runs it. An expression such as
  /// `round(2.567, 1)`, or a pipeline over a shipped dataset.
  package var example: String
  /// Not listed in help and completion: the row forms of aggregates and other servants of the resolver.
  package var isHidden: Bool

  package init(
    _ name: String, group: Group, usage: String, summary: Localized, example: String, kind: Kind,
    isHidden: Bool = false
  ) {
    self.name = name
    self.group = group
    self.kind = kind
    self.usage = usage
    self.summary = summary
    self.example = example
    self.isHidden = isHidden
  }
}

package enum WindowFunction: String, Sendable {
  /// The value on the row before (`n` before), missing at the edge.
  case previous
  case next
  /// An aggregate over the rows so far, ties of the order not joined: row by row.
  case running
  /// The place in the order, ties alike, from 1.
  case rank
  /// The number of the row in the order, from 1.
  case row
}
