import BilanColumnar
import BilanDiagnostics
import BilanPlan
import BilanReaders

extension QueryError {
  /// Whether the types of columns made the query wrong.
  var isAboutTypes: Bool { kind == .query && diagnostics.contains(where: \.isAboutTypes) }

  /// The same with what files say about the columns that it is about: why one is text of which most is numbers.
  func citing(_ files: [FileTable]) -> QueryError {
    guard isAboutTypes else { return self }
    var copy = self
    for index in diagnostics.indices where diagnostics[index].isAboutTypes {
      for file in files {
        for place in diagnostics[index].columns(in: file.schema) {
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
  fileprivate var isAboutTypes: Bool { code.rawValue.hasPrefix("B03") }

  /// The columns that it points at; where these are none, those on the same lines that are text.
  fileprivate func columns(in schema: Schema) -> [Int] {
    func place(_ name: some StringProtocol) -> Int? {
      if case .found(let place) = NameLookup.column(String(name), in: schema) { place } else { nil }
    }
    let spans = ([primary].compactMap(\.self) + secondary).map(\.span)
    var found = spans.compactMap { place($0.text.filter { $0 != "`" }) }
    if found.isEmpty {
      let lines = spans.map { span in
        span.source.text(in: span.source.byteRange(ofLine: span.source.line(at: span.start)))
      }
      let words = lines.flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "_" } }
      found = words.compactMap(place).filter { schema[$0].type == .text }
    }
    var seen: Set<Int> = []
    return found.filter { seen.insert($0).inserted }
  }
}
