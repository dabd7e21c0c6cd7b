/// Shows diagnostics to programs: an array with one object each, keys always in the same order.
///
/// Offsets are UTF-8 bytes and half open; lines and columns count from 1, columns in characters.
package enum DiagnosticJSON {
  package static func render(_ diagnostics: [Diagnostic], language: Language = .english) -> String {
    if diagnostics.isEmpty { return "[]\n" }
    return "[\n" + diagnostics.map { "  " + object($0, language) }.joined(separator: ",\n") + "\n]\n"
  }

  private static func object(_ diagnostic: Diagnostic, _ language: Language) -> String {
    var members = [
      ("code", JSONText.quoted(diagnostic.code.rawValue)),
      ("severity", JSONText.quoted(diagnostic.severity.rawValue)),
      ("message", JSONText.quoted(diagnostic.message[language])),
    ]
    if let primary = diagnostic.primary { members += place(primary.span) }
    members.append(("labels", array(labels(of: diagnostic).map { label($0, isPrimary: $1, language) })))
    members.append(("notes", array(diagnostic.notes.map { JSONText.quoted($0[language]) })))
    members.append(("help", array(diagnostic.help.map { JSONText.quoted($0[language]) })))
    members.append(("fixes", array([diagnostic.fix].compactMap(\.self).map { fix($0, language) })))
    if let count = diagnostic.count { members.append(("count", String(count))) }
    return object(members)
  }

  private static func labels(of diagnostic: Diagnostic) -> [(Diagnostic.Label, Bool)] {
    [diagnostic.primary].compactMap(\.self).map { ($0, true) } + diagnostic.secondary.map { ($0, false) }
  }

  private static func place(_ span: Span) -> [(String, String)] {
    let start = span.source.position(at: span.start)
    let end = span.source.position(at: span.end)
    return [
      ("file", JSONText.quoted(span.source.name)),
      ("span", self.span(span)),
      (
        "position",
        object([
          ("line", String(start.line)), ("column", String(start.column)), ("end_line", String(end.line)),
          ("end_column", String(end.column)),
        ])
      ),
    ]
  }

  private static func span(_ span: Span) -> String {
    object([("start", String(span.start)), ("end", String(span.end))])
  }

  private static func label(_ label: Diagnostic.Label, isPrimary: Bool, _ language: Language) -> String {
    var members = place(label.span)
    members.append(("text", label.text.map { JSONText.quoted($0[language]) } ?? "null"))
    members.append(("primary", isPrimary ? "true" : "false"))
    return object(members)
  }

  private static func fix(_ fix: Diagnostic.Fix, _ language: Language) -> String {
    let edits = fix.edits.map { edit in
      object([
        ("file", JSONText.quoted(edit.span.source.name)), ("start", String(edit.span.start)),
        ("end", String(edit.span.end)), ("replacement", JSONText.quoted(edit.replacement)),
      ])
    }
    return object([
      ("description", JSONText.quoted(FixDescription.of(fix)[language])), ("edits", array(edits)),
    ])
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { JSONText.quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }

  private static func array(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }
}
