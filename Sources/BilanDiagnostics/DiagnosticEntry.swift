/// What a diagnostic code means, for people who meet it.
package struct DiagnosticEntry: Sendable {
  /// What the examples are.
  package enum ExampleKind: Sendable {
    /// The text of a query.
    case query
    /// The content of a data file or a descriptor.
    case file
    /// A line for the shell of the system, or a dot command.
    case command
  }

  package let code: DiagnosticCode
  /// What it is, in a line.
  package let summary: Localized
  /// What it means, why Bilan insists, what to do: a paragraph.
  package let explanation: Localized
  /// The least that makes the diagnostic appear.
  package let trigger: String
  /// The same thought put right; absent where there is nothing to put right.
  package let remedy: String?
  package let exampleKind: ExampleKind

  /// Paragraphs are written in lines and joined here, French with plain spaces that become no-break ones.
  init(
    _ code: DiagnosticCode, _ summary: String, fr frenchSummary: String, explanation: String, fr french: String,
    triggers trigger: String, avoids remedy: String? = nil, as exampleKind: ExampleKind
  ) {
    self.code = code
    self.summary = Localized(summary, fr: FrenchTypography.spaced(frenchSummary))
    self.explanation = Localized(Self.joined(explanation), fr: FrenchTypography.spaced(Self.joined(french)))
    self.trigger = trigger
    self.remedy = remedy
    self.exampleKind = exampleKind
  }

  private static func joined(_ lines: String) -> String {
    String(lines.map { $0 == "\n" ? " " : $0 })
  }
}

/// The no-break spaces of French: before `: ; ? !` and `»`, after `«`.
enum FrenchTypography {
  /// Plain spaces at those places become no-break; code in backticks is left alone.
  static func spaced(_ text: String) -> String {
    var result = ""
    var isCode = false
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      if character == "`" { isCode.toggle() }
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      let isNoBreak = character == " " && !isCode && (":;?!»".contains(next) || result.last == "«")
      result.append(isNoBreak ? "\u{A0}" : character)
    }
    return result
  }
}
