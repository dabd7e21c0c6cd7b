import BilanDiagnostics

/// A name as it is written: `region`, or in backticks `` `Région d'intervention` ``.
package struct Name: Sendable {
  package var text: String
  /// In backticks: looked up as a label, never a keyword.
  package var isQuoted: Bool
  package var span: Span

  package init(_ text: String, isQuoted: Bool = false, span: Span) {
    self.text = text
    self.isQuoted = isQuoted
    self.span = span
  }
}
