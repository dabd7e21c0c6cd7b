import BilanDiagnostics

/// What the completer may ask; the shell answers from its session, tests from a list.
package protocol CompletionContext {
  var language: Language { get }
  /// What `from` may name besides files.
  var datasets: [Candidate] { get }
  /// Saved queries by name.
  var queries: [Candidate] { get }
  var functions: [Candidate] { get }
  var measures: [Candidate] { get }
  /// Declared parameters, without `$`.
  var parameters: [Candidate] { get }
  /// The columns that a step at `offset` (UTF-8 bytes) of `text` sees.
  func columns(at offset: Int, of text: String) -> [Candidate]
  /// The values of a column of a dataset, the most frequent first; of no dataset in particular where nil.
  func values(ofColumn column: String, dataset: String?) -> [String]
  /// The columns of a dataset, for `.describe`.
  func columns(ofDataset dataset: String) -> [Candidate]
  /// The files and folders whose path begins with a text, from where the shell was started.
  func files(_ beginning: String) -> [Candidate]
  /// The topics of `.help`.
  var topics: [Candidate] { get }
}
