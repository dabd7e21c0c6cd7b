/// Shows diagnostics to people: the message first, then where it is, then what to do.
///
///     error[B0203]: unknown column `actaul`
///      --> report.bilan:2:7
///       |
///     2 | where actaul > 100
///       |       ^^^^^^ not a column of `results`
///       |
///       = help: the columns are `target`, `actual`
///       = fix: replace `actaul` by `actual`
///
/// The source of the layout is rustc's; the gutter is drawn with box lines where `unicode` is true.
package struct DiagnosticRenderer: Sendable {
  /// How many errors are shown before the rest is only counted.
  package static let errorLimit = 5

  package var language: Language
  package var color: Bool
  /// The columns to stay within; a message is wrapped, a longer source line is cut around what is marked.
  package var width: Int
  package var unicode: Bool

  package init(language: Language = .english, color: Bool = false, width: Int = 80, unicode: Bool = false) {
    self.language = language
    self.color = color
    self.width = max(40, width)
    self.unicode = unicode
  }

  /// The diagnostics in order, an empty line between them, at most five errors; ends with a line feed unless empty.
  package func render(_ diagnostics: [Diagnostic]) -> String {
    var errorCount = 0
    var blocks: [String] = []
    for diagnostic in diagnostics {
      if diagnostic.severity == .error {
        errorCount += 1
        if errorCount > Self.errorLimit { continue }
      }
      blocks.append(render(diagnostic))
    }
    let hidden = errorCount - Self.errorLimit
    if hidden > 0 { blocks.append(Self.moreErrors(hidden)[language] + "\n") }
    return blocks.joined(separator: "\n")
  }

  static func moreErrors(_ count: Int) -> Localized {
    count == 1
      ? Localized("1 more error is not shown", fr: "1 autre erreur n’est pas affichée")
      : Localized("\(count) more errors are not shown", fr: "\(count) autres erreurs ne sont pas affichées")
  }

  package func render(_ diagnostic: Diagnostic) -> String {
    var output = heading(diagnostic)
    let excerpts = Self.excerpts(of: diagnostic)
    let lastLine = excerpts.map(\.lastLineNumber).max() ?? 0
    let gutter = DiagnosticGutter(
      digits: lastLine > 0 ? String(lastLine).count : 1, color: color, unicode: unicode)
    for (index, excerpt) in excerpts.enumerated() {
      output += excerpt.render(
        gutter: gutter, isFirst: index == 0, markStyle: style(of: diagnostic.severity), width: width,
        language: language)
    }
    let entries = footer(diagnostic)
    if !excerpts.isEmpty, !entries.isEmpty { output += gutter.blank + "\n" }
    for (label, style, text) in entries { output += entry(label, style, text, gutter: gutter) }
    return output
  }

  /// `error[B0203]: message`, wrapped.
  private func heading(_ diagnostic: Diagnostic) -> String {
    let label = "\(diagnostic.severity.label[language])[\(diagnostic.code.rawValue)]"
    let colon = Self.colon(language)
    let lines = wrap(diagnostic.message[language], first: width - DisplayWidth.of(label + colon), then: width - 4)
    var output = style(of: diagnostic.severity)(label, color: color) + TerminalStyle.bold(colon, color: color)
    for (index, line) in lines.enumerated() {
      output += (index == 0 ? "" : "    ") + TerminalStyle.bold(line, color: color) + "\n"
    }
    return output
  }

  private func footer(_ diagnostic: Diagnostic) -> [(Localized, TerminalStyle, String)] {
    var entries: [(Localized, TerminalStyle, String)] = []
    for note in diagnostic.notes { entries.append((Severity.note.label, .bold, note[language])) }
    for help in diagnostic.help { entries.append((Localized("help", fr: "aide"), .bold, help[language])) }
    if let fix = diagnostic.fix {
      entries.append((Localized("fix", fr: "correction"), .green, FixDescription.of(fix)[language]))
    }
    return entries
  }

  /// `  = help: text`, the following lines under the text.
  private func entry(
    _ label: Localized, _ style: TerminalStyle, _ text: String, gutter: DiagnosticGutter
  ) -> String {
    let title = label[language] + Self.colon(language)
    let indent = gutter.width + DisplayWidth.of(title)
    var output = gutter.equals + style(title, color: color)
    var isFirst = true
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      for line in DisplayWidth.wrap(String(paragraph), to: max(20, width - indent)) {
        output += (isFirst ? "" : String(repeating: " ", count: indent)) + line + "\n"
        isFirst = false
      }
    }
    return output
  }

  /// French sets a colon off by a no-break space.
  static func colon(_ language: Language) -> String {
    switch language {
    case .english: ": "
    case .french: "\u{A0}: "
    }
  }

  private func style(of severity: Severity) -> TerminalStyle {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  }

  private func wrap(_ text: String, first: Int, then rest: Int) -> [String] {
    let lines = DisplayWidth.wrap(text, to: max(20, first))
    guard lines.count > 1 else { return lines }
    let head = lines[0]
    return [head] + DisplayWidth.wrap(lines.dropFirst().joined(separator: " "), to: max(20, rest))
  }

  /// One excerpt a source, the primary label's first.
  private static func excerpts(of diagnostic: Diagnostic) -> [DiagnosticExcerpt] {
    var excerpts: [DiagnosticExcerpt] = []
    func add(_ label: Diagnostic.Label, isPrimary: Bool) {
      let mark = DiagnosticExcerpt.Mark(span: label.span, text: label.text, isPrimary: isPrimary)
      if let index = excerpts.firstIndex(where: { $0.source === label.span.source }) {
        excerpts[index].marks.append(mark)
      } else {
        excerpts.append(DiagnosticExcerpt(source: label.span.source, marks: [mark]))
      }
    }
    if let primary = diagnostic.primary { add(primary, isPrimary: true) }
    for label in diagnostic.secondary { add(label, isPrimary: false) }
    return excerpts
  }
}

extension Severity {
  /// What a diagnostic of this severity begins with.
  package var label: Localized {
    switch self {
    case .error: Localized("error", fr: "erreur")
    case .warning: Localized("warning", fr: "avertissement")
    case .note: Localized("note", fr: "note")
    }
  }
}

/// Says a fix as the change it makes.
enum FixDescription {
  /// The description, the change, or both: whatever is needed to know what will be replaced by what.
  static func of(_ fix: Diagnostic.Fix) -> Localized {
    let description = fix.description
    let replacements = fix.edits.map { $0.replacement.filter { $0 != " " } }.filter { !$0.isEmpty }
    let isSaid =
      !replacements.isEmpty
      && replacements.allSatisfy { replacement in
        [description.english, description.french].allSatisfy { $0.filter { $0 != " " }.contains(replacement) }
      }
    if isSaid { return description }
    guard let change = change(fix.edits) else { return description }
    if description.english.isEmpty || description == change { return change }
    return Localized(
      "\(description.english): \(change.english)", fr: "\(description.french)\u{A0}: \(change.french)")
  }

  /// All the edits in words; nil where one of them is too long to be read in a line.
  private static func change(_ edits: [(span: Span, replacement: String)]) -> Localized? {
    var parts: [Localized] = []
    for edit in edits {
      let old = edit.span.text
      let new = edit.replacement
      guard old.count <= 60, new.count <= 60, !old.contains("\n"), !new.contains("\n") else { return nil }
      let quotedOld = quoted(old)
      let quotedNew = quoted(new)
      switch (old.isEmpty, new.isEmpty) {
      case (true, true): continue
      case (true, false): parts.append(Localized("insert \(quotedNew)", fr: "insérer \(quotedNew)"))
      case (false, true): parts.append(Localized("remove \(quotedOld)", fr: "retirer \(quotedOld)"))
      case (false, false):
        parts.append(
          Localized("replace \(quotedOld) by \(quotedNew)", fr: "remplacer \(quotedOld) par \(quotedNew)"))
      }
    }
    guard !parts.isEmpty else { return nil }
    return Localized(
      parts.map(\.english).joined(separator: ", "), fr: parts.map(\.french).joined(separator: ", "))
  }

  /// Code between backticks; between two where it has one itself.
  private static func quoted(_ code: String) -> String {
    code.contains("`") ? "`` \(code) ``" : "`\(code)`"
  }
}
