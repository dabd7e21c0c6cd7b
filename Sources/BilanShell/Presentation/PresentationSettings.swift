import BilanDiagnostics
import BilanRenderers

/// When to colour.
package enum ColorChoice: String, Sendable, CaseIterable { case auto, always, never }

/// The form of errors and notes on standard error.
package enum ErrorFormat: String, Sendable, CaseIterable { case human, json }

/// How results and findings are shown.
package struct PresentationSettings: Sendable, Equatable {
  package var language: Language
  /// A table on a terminal, else CSV, where nil.
  package var format: OutputFormat?
  package var color: ColorChoice
  /// How many rows a table shows: 0 for all; nil for as many as suits where it is shown.
  package var maxRows: Int?
  package var errors: ErrorFormat
  /// Notes on what could not be written are errors.
  package var isStrict = false
  /// How many threads format results; what they write does not depend on it.
  package var workers: Int

  package init(
    language: Language = .english, format: OutputFormat? = nil, color: ColorChoice = .auto, maxRows: Int? = nil,
    errors: ErrorFormat = .human, workers: Int = 1
  ) {
    self.language = language
    self.format = format
    self.color = color
    self.maxRows = maxRows
    self.errors = errors
    self.workers = workers
  }

  /// The rows that a table shows unless told otherwise on a terminal of this height: as many as fit under the query.
  static func rows(onTerminalOf height: Int) -> Int { min(40, max(10, height - 10)) }
}
