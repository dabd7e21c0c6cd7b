import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanSyntax

/// Answers the completer from a session and what the shell remembers.
struct SessionCompletionContext: CompletionContext {
  let session: Session
  let buffer: QueryBuffer
  let folder: QueryFolder
  let language: Language
  /// The folder that paths are seen from.
  var directory = "."

  var datasets: [Candidate] {
    let defined = buffer.definitions.filter { $0.text.contains("from") }.map {
      Candidate($0.name, detail: Localized("defined here", fr: "définie ici")[language])
    }
    return defined
      + session.catalog.datasets.map { dataset in
        Candidate(dataset.name, insertion: Self.quoted(dataset.name), detail: dataset.title ?? dataset.summary ?? "")
      }
  }

  var queries: [Candidate] { folder.queries.map { Candidate($0.name, detail: $0.title ?? "") } }

  var functions: [Candidate] {
    HelpIndex.functionEntries.filter { $0.group != .operators }.map {
      Candidate($0.name, insertion: $0.name + "(", detail: "\($0.usage)  \($0.summary[language])")
    }
  }

  var measures: [Candidate] {
    MeasureTopic.all.map { Candidate($0.name, detail: $0.summary[language]) }
      + buffer.definitions.filter { !$0.text.contains("from") }.map {
        Candidate($0.name, detail: Localized("defined here", fr: "définie ici")[language])
      }
  }

  var parameters: [Candidate] { buffer.definitions.map { Candidate($0.name) } }

  func columns(at offset: Int, of text: String) -> [Candidate] {
    var prefix = buffer.definitions.map(\.text).joined(separator: "\n")
    if !prefix.isEmpty { prefix += "\n" }
    if text.drop(while: \.isWhitespace).first == "|", let current = buffer.current {
      prefix += current.wholeText + "\n"
    }
    return session.columnsInScope(at: offset + prefix.utf8.count, of: prefix + text).map(candidate)
  }

  func columns(ofDataset dataset: String) -> [Candidate] {
    let query = "from \(Self.quoted(dataset)) | where "
    return session.columnsInScope(at: query.utf8.count, of: query).map(candidate)
  }

  private func candidate(_ field: Field) -> Candidate {
    let type = field.unit.map { "\(field.type.name), \($0)" } ?? field.type.name
    let label = field.label == field.handle ? "" : "  \(field.label)"
    return Candidate(
      field.handle, detail: type + label + (field.summary.map { "  \($0)" } ?? ""),
      otherNames: [field.label] + field.aliases)
  }

  func values(ofColumn column: String, dataset: String?) -> [String] {
    let dataset = dataset ?? buffer.current.flatMap { sourceName(of: $0.text) }
    guard let dataset else { return [] }
    return session.values(ofColumn: column, inDataset: dataset, limit: 200)
  }

  private func sourceName(of text: String) -> String? {
    let tokens = CompletionScanner(text).tokens
    guard let from = tokens.firstIndex(where: { $0.isWord("from") }), from + 1 < tokens.count else { return nil }
    return tokens[from + 1].text
  }

  func files(_ beginning: String) -> [Candidate] {
    let head = beginning.lastIndex(of: "/").map { String(beginning[...$0]) } ?? ""
    let stem = beginning.dropFirst(head.count)
    let folder = FileSystem.resolve(head.isEmpty ? "." : head, in: directory)
    return FileSystem.names(in: folder).filter { $0.hasPrefix(stem) && (stem.first == "." || $0.first != ".") }.map {
      name in
      let path = head + name + (FileSystem.isDirectory(FileSystem.resolve(name, in: folder)) ? "/" : "")
      return Candidate(path, insertion: path.contains { $0.isWhitespace } ? "\"\(path)\"" : path)
    }
  }

  var topics: [Candidate] { HelpIndex.names.map { Candidate($0) } }

  /// A name as a query writes it: in backticks unless it is plain.
  static func quoted(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isLetter || $0 == "_" } == true && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isPlain ? name : "`\(name)`"
  }
}
