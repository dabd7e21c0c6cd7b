import BilanColumnar
import BilanDiagnostics
import BilanRenderers

/// A format that results are written in: those of `--format`. A build without its trait has no `xlsx`, so that this one is
/// asked for by name.
public struct ResultFormat: Sendable, Hashable, CaseIterable {
  let format: OutputFormat

  /// As `--format` names it: `csv`, `csv-fr`, `json`, `parquet`; nil where nothing is written so.
  public init?(named name: String) {
    guard let format = OutputFormat(rawValue: name) else { return nil }
    self.format = format
  }

  /// The one that the name of a file asks for by how it ends; nil where it ends like none.
  public init?(path: String) {
    guard let format = OutputFormat(path: path) else { return nil }
    self.format = format
  }

  private init(_ format: OutputFormat) { self.format = format }

  public var name: String { format.rawValue }

  public static var allCases: [ResultFormat] { OutputFormat.allCases.map(ResultFormat.init) }

  /// Boxes, as in a terminal.
  public static let table = ResultFormat(.table)
  /// RFC 4180 in UTF-8: commas, lines ended by a line feed.
  public static let csv = ResultFormat(.csv)
  /// CSV for spreadsheet programs in French: semicolons, decimal commas, windows-1252.
  public static let csvFrench = ResultFormat(.csvFrench)
  /// The same as `csv` with tabs.
  public static let tsv = ResultFormat(.tsv)
  /// One document: columns, rows, notes.
  public static let json = ResultFormat(.json)
  /// One JSON object a row.
  public static let ndjson = ResultFormat(.ndjson)
  public static let markdown = ResultFormat(.markdown)
  /// A page that stands by itself.
  public static let html = ResultFormat(.html)
  /// A `tabular` for a document.
  public static let latex = ResultFormat(.latex)
  /// An Arrow IPC file, Feather 2.
  public static let arrow = ResultFormat(.arrow)
  /// The same as a stream.
  public static let arrowStream = ResultFormat(.arrowStream)
  public static let parquet = ResultFormat(.parquet)
}

extension QueryResult {
  /// Writes the result as the command does, block by block; where the bytes go is the caller's matter.
  ///
  /// - Parameters:
  ///   - format: formats with a place for notes get them: ``notes`` has them for the others.
  ///   - inFrench: the words and numbers of formats that people read.
  ///   - workers: how many threads make the text; the bytes do not depend on it.
  ///   - take: gets some ten thousand bytes at a time, in order. Once it throws it gets no more.
  /// - Returns: what could not be written as it is, as characters that `csv-fr` cannot hold.
  /// - Throws: what `take` throws, and nothing else.
  public func write<Failure: Error>(
    as format: ResultFormat, inFrench: Bool = false, workers: Int = 1,
    to take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) -> [Finding] {
    var failure: Failure?
    let findings = withoutActuallyEscaping(take) { take in
      var sink = PassingSink { bytes in
        guard failure == nil else { return }
        do throws(Failure) { try take(bytes) } catch { failure = error }
      }
      return render(
        table, notes: format.format.holdsNotes ? noteDiagnostics : [], as: format.format,
        options: RenderOptions(language: inFrench ? .french : .english, workers: Workers(max(1, workers))), into: &sink)
    }
    if let failure { throw failure }
    return findings.map(Finding.init)
  }
}

private struct PassingSink: TextSink {
  let take: ([UInt8]) -> Void

  func write(_ bytes: [UInt8]) {
    if !bytes.isEmpty { take(bytes) }
  }
}
