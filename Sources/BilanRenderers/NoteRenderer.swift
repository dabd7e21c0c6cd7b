import BilanDiagnostics

/// The notes of a result as lines `note: …`, for under a table or on standard error beside a format without notes.
///
/// Dim where `color` is on. With a width, longer notes go on under their own text.
package func renderNotes(
  _ notes: [Diagnostic], language: Language, color: Bool, width: Int? = nil
) -> String {
  var output = ""
  for note in notes {
    let label = note.severity.label[language] + (language == .french ? "\u{A0}: " : ": ")
    let indent = DisplayWidth.of(label)
    var lines = [note.message[language]]
    if let width { lines = DisplayWidth.wrap(lines[0], to: max(8, width - indent)) }
    for (index, line) in lines.enumerated() {
      let start = index == 0 ? label : String(repeating: " ", count: indent)
      output += TerminalStyle.dim(start + line, color: color) + "\n"
    }
  }
  return output
}
