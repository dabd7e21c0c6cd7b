import BilanColumnar
import BilanDiagnostics

/// How a session runs its queries.
public struct SessionOptions: Sendable {
  /// What `today()` is, as `2021-01-22`; the machine's date where nil.
  public var today: String?
  /// Whether notes are errors.
  public var isStrict: Bool
  /// How many threads work on a query.
  public var workers: Int
  /// Rows per unit of work; results do not depend on it.
  public var chunkSize: Int

  public init(today: String? = nil, isStrict: Bool = false, workers: Int = 1, chunkSize: Int = 65_536) {
    self.today = today
    self.isStrict = isStrict
    self.workers = workers
    self.chunkSize = chunkSize
  }
}

/// Runs queries over the datasets of a catalog.
public final class Session: Sendable {
  public let catalog: Catalog
  public let options: SessionOptions

  public init(catalog: Catalog, options: SessionOptions = SessionOptions()) {
    self.catalog = catalog
    self.options = options
  }

  /// Runs every query of a text, in order.
  ///
  /// - Parameters:
  ///   - text: declarations and queries.
  ///   - sourceName: what to call the text in messages; where it is a path, `use` is relative to it.
  ///   - parameters: values of `param`s by name, as they would be typed on the command line.
  ///   - isCancelled: asked between units of work; once true the run ends with an error of kind `cancelled`.
  /// - Returns: one result a query.
  public func run(
    _ text: String, sourceName: String = "<query>", parameters: [String: String] = [:],
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BilanError) -> [QueryResult] {
    []
  }

  /// What is wrong with a text, without running it.
  package func check(_ text: String, sourceName: String) -> [Diagnostic] { [] }

  /// The canonical form of a text.
  package func format(_ text: String, sourceName: String) throws(BilanError) -> String { text }

  /// The logical plan, the rules applied to it and the optimized plan of each query of a text.
  package func explain(_ text: String, sourceName: String, parameters: [String: String]) throws(BilanError) -> String {
    ""
  }

  /// The parameters that a text declares, in order.
  package func parameters(of text: String, sourceName: String) throws(BilanError) -> [QueryParameter] { [] }

  /// The columns that a step at `offset` of `text` would see; empty where the pipeline before it is not understood.
  package func columnsInScope(at offset: Int, of text: String) -> [Field] { [] }

  /// The distinct texts of a column, the most frequent first, for completion and `describe`; at most `limit`.
  package func values(ofColumn column: String, inDataset dataset: String, limit: Int) -> [String] { [] }

  /// What is known of a dataset or a file: fields, types, what was guessed on what evidence, examples of values.
  package func describe(_ name: String) throws(BilanError) -> DatasetDescription {
    DatasetDescription(name: name, title: nil, summary: nil, origin: nil, path: nil, rowCount: 0, columns: [], findings: [])
  }
}

/// A parameter that a saved query declares.
package struct QueryParameter: Sendable {
  package var name: String
  /// As the declaration writes it: `text`, `list of number`, `one of ["a", "b"]`.
  package var type: String
  package var documentation: String?
  /// As the declaration writes it; nil where a value must be given.
  package var defaultText: String?
  /// The texts of a `one of`, for help and completion.
  package var choices: [String]
}

/// What `describe` shows.
package struct DatasetDescription: Sendable {
  package struct Column: Sendable {
    package var field: Field
    package var missingCount: Int
    package var distinctCount: Int?
    /// The most frequent values, or the smallest and the largest of numbers and dates, as they are displayed.
    package var examples: [String]
    /// What was inferred, and why: `decimal comma, 310 of 310 values`.
    package var evidence: [Localized]
  }

  package var name: String
  package var title: String?
  package var summary: String?
  /// `synthetic`, `published`.
  package var origin: String?
  package var path: String?
  package var rowCount: Int
  package var columns: [Column]
  /// How the file was read: encoding, delimiter, what could not be read.
  package var findings: [Localized]
}
