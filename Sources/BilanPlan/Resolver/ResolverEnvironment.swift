import BilanColumnar
import BilanDiagnostics

/// What the resolver may ask of the world; it reads no row itself.
package protocol ResolverEnvironment: Sendable {
  /// The names of the datasets, for suggestions.
  var datasetNames: [String] { get }
  /// The dataset of exactly this name; nil where there is none.
  func dataset(_ name: String) throws(QueryError) -> (any TableSource)?
  /// A data file; a relative path is taken from the folder of `source`.
  func file(_ path: String, options: [String: Value], in source: Source, at span: Span) throws(QueryError)
    -> any TableSource
  /// What comes in on standard input, as a table.
  func standardInput(at span: Span) throws(QueryError) -> any TableSource
  /// The text of a file of definitions that `use` names.
  func definitions(_ path: String, in source: Source, at span: Span) throws(QueryError) -> Source
  /// A column of the table that holds `text` as a value, for "is this a value of …?".
  func columnHolding(_ text: String, in table: any TableSource) -> (column: String, value: String)?
  /// What `today()` is.
  var today: CalendarDate { get }
  /// The first month of a fiscal year, 1 to 12.
  var fiscalYearStart: Int { get }
  /// A project's setting, such as the threshold `on_track`.
  func setting(_ name: String) -> Double?
}
