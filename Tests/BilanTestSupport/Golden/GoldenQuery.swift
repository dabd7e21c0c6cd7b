import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import BilanShell
import Foundation

/// What a section of a case wants to see of a query.
///
/// Its words, in any order: a format (`csv` unless said, `table`, `json` …), `fr` for French, `strict`, `NAME=VALUE` for
/// a parameter, `today=2021-01-22`, `diagnostics` for what is said and not the rows, `explain`, `format` for the query
/// in its canonical form.
package struct GoldenQuery {
  package enum Subject { case rows, diagnostics, explanation, canonicalForm }

  package var subject = Subject.rows
  package var format = OutputFormat.csv
  package var language = Language.english
  package var isStrict = false
  package var today = "2021-01-22"
  package var parameters: [String: String] = [:]

  package init(_ words: [String]) {
    for word in words {
      if let format = OutputFormat(rawValue: word) {
        self.format = format
      } else if word == "fr" {
        language = .french
      } else if word == "strict" {
        isStrict = true
      } else if word == "diagnostics" {
        subject = .diagnostics
      } else if word == "explain" {
        subject = .explanation
      } else if word == "format" {
        subject = .canonicalForm
      } else if let equals = word.firstIndex(of: "=") {
        let value = String(word[word.index(after: equals)...])
        if word[..<equals] == "today" { today = value } else { parameters[String(word[..<equals])] = value }
      } else {
        preconditionFailure("`\(word)` is no word of a golden section")
      }
    }
  }

  // MARK: Running

  /// Runs a query and shows what a person would see: results, the notes under them, checks that failed; or errors.
  package func output(of text: String, project: GoldenProject, options: SessionOptions = SessionOptions()) -> String {
    var output: String
    do {
      output = try shown(text, project, options)
    } catch {
      output = renderer.render(error.queryError.diagnostics)
    }
    if let folder = project.folder { output = output.replacingOccurrences(of: folder + "/", with: "") }
    return output
  }

  private func shown(
    _ text: String, _ project: GoldenProject, _ options: SessionOptions
  ) throws(BilanError) -> String {
    var options = options
    options.today = today
    options.isStrict = isStrict
    let session = Session(catalog: try project.catalog(), options: options)
    let name = project.sourceName
    switch subject {
    case .explanation: return try session.explain(text, sourceName: name, parameters: parameters)
    case .canonicalForm: return try session.format(text, sourceName: name)
    case .rows, .diagnostics: break
    }
    let warnings = session.check(text, sourceName: name, parameters: parameters).filter { $0.severity == .warning }
    var parts: [String] = []
    if !warnings.isEmpty { parts.append(renderer.render(warnings)) }
    for result in try session.run(text, sourceName: name, parameters: parameters) {
      parts.append(subject == .rows ? rows(of: result) : said(of: result))
    }
    return parts.joined(separator: parts.contains { !$0.isEmpty } ? "\n" : "")
  }

  private func rows(of result: QueryResult) -> String {
    let hasNotes = format == .table || format == .json || format == .markdown
    var output = table(result.table, notes: hasNotes ? result.noteDiagnostics : [], as: format)
    if !hasNotes { output += renderNotes(result.noteDiagnostics, language: language, color: false) }
    for check in result.failedChecks {
      output += renderer.render(ResultPresenter.diagnostic(of: check))
      if check.rows.rowCount > 0 { output += table(check.rows, notes: [], as: .table) }
    }
    return output
  }

  private func said(of result: QueryResult) -> String {
    renderer.render(result.noteDiagnostics + result.failedChecks.map { ResultPresenter.diagnostic(of: $0) })
  }

  private var renderer: DiagnosticRenderer { DiagnosticRenderer(language: language, width: 80) }

  private func table(_ table: Table, notes: [Diagnostic], as format: OutputFormat) -> String {
    var sink = BufferSink()
    render(table, notes: notes, as: format, options: RenderOptions(width: 160, language: language), into: &sink)
    return sink.text
  }
}

/// The folder that a case's query runs in: the files of the case and, unless it has a descriptor, the shipped datasets.
package final class GoldenProject: Sendable {
  /// The root of the package.
  package static let root: String = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.path
  }()

  /// The shipped datasets, read once for all cases.
  private static let shipped = Result { () throws(BilanError) in try Catalog([root + "/datasets"]) }

  /// Where the files of the case are; nil where it has none.
  package let folder: String?
  private let hasDescriptor: Bool

  package init(_ files: [GoldenCase.Section]) throws {
    guard !files.isEmpty else {
      folder = nil
      hasDescriptor = false
      return
    }
    let folder = NSTemporaryDirectory() + "bilan-golden-" + UUID().uuidString
    for file in files {
      let url = URL(fileURLWithPath: folder + "/" + file.words[0])
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Self.bytes(of: file).write(to: url)
    }
    self.folder = folder
    hasDescriptor = files.contains { $0.words[0] == "datapackage.json" }
  }

  deinit {
    if let folder { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// What the query's text is called in messages; relative paths start beside it.
  package var sourceName: String { folder.map { $0 + "/case.bilan" } ?? "case.bilan" }

  package func catalog() throws(BilanError) -> Catalog {
    guard let folder else { return try Self.shipped.get() }
    return try Catalog(hasDescriptor ? [folder] : [Self.root + "/datasets", folder])
  }

  /// The bytes of a file: UTF-8 unless its section says `windows-1252`, or `hex` for bytes written as digits.
  private static func bytes(of file: GoldenCase.Section) -> Data {
    switch file.words.dropFirst().first {
    case "windows-1252": return file.body.data(using: .windowsCP1252) ?? Data()
    case "hex":
      let digits = file.body.split(whereSeparator: \.isWhitespace).joined()
      return Data(
        stride(from: 0, to: digits.count - 1, by: 2).compactMap { offset in
          let start = digits.index(digits.startIndex, offsetBy: offset)
          return UInt8(digits[start...].prefix(2), radix: 16)
        })
    default: return Data(file.body.utf8)
    }
  }
}
