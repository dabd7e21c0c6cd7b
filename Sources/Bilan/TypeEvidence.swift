import BilanColumnar
import BilanDiagnostics
import BilanReaders

extension QueryError {
  /// Whether the types of columns made the query wrong.
  var isAboutTypes: Bool { kind == .query && diagnostics.contains { $0.code.rawValue.hasPrefix("B03") } }

  /// The same with what files say about the columns that it is about: why one is text of which most is numbers.
  func citing(_ files: [FileTable]) -> QueryError {
    guard isAboutTypes else { return self }
    var copy = self
    for index in copy.diagnostics.indices where copy.diagnostics[index].code.rawValue.hasPrefix("B03") {
      for file in files {
        let fields = file.schema.fields
        for place in copy.diagnostics[index].columns(among: fields) {
          for note in file.notes(onColumn: place) where !copy.diagnostics[index].notes.contains(note.message) {
            copy.diagnostics[index].notes.append(note.message)
          }
        }
      }
    }
    return copy
  }
}

extension Diagnostic {
  /// The columns that it points at; where these are none, those on the same lines that are text.
  fileprivate func columns(among fields: [Field]) -> [Int] {
    let spans = ([primary].compactMap(\.self) + secondary).map(\.span)
    var found = spans.compactMap { span in fields.firstIndex { $0.answers(to: span.text) } }
    if found.isEmpty {
      let lines = spans.map { span in
        span.source.text(in: span.source.byteRange(ofLine: span.source.line(at: span.start)))
      }
      let words = lines.flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "_" } }.map(String.init)
      found = words.compactMap { word in fields.firstIndex { $0.type == .text && $0.answers(to: word) } }
    }
    var seen: Set<Int> = []
    return found.filter { seen.insert($0).inserted }
  }
}

extension Field {
  /// Whether a name in a query, in backticks or not, is the column's.
  fileprivate func answers(to name: String) -> Bool {
    let name = name.hasPrefix("`") && name.hasSuffix("`") ? String(name.dropFirst().dropLast()) : name
    return label == name || handle == name || handle == TextFolding.handle(of: name)
  }
}
