import BilanColumnar
import BilanDiagnostics

/// A `check` that some rows did not satisfy.
package struct FailedCheck: Sendable {
  /// The condition as it is written.
  package var text: String
  /// What the query says about it.
  package var message: String?
  /// How many rows fail; 1 for a check about the whole table.
  package var count: Int
  /// The first offending rows, at most 20.
  package var rows: Table
  package var span: Span?

  package init(text: String, message: String?, count: Int, rows: Table, span: Span?) {
    self.text = text
    self.message = message
    self.count = count
    self.rows = rows
    self.span = span
  }
}
