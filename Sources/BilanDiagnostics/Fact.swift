/// Something known of what a result or a report is about, such as the encoding of a file.
package struct Fact: Sendable {
  package var subject: Localized
  package var value: Localized
  /// What it rests on; empty where there is nothing to say.
  package var evidence: Localized

  package init(_ subject: Localized, _ value: Localized, _ evidence: Localized = Localized(verbatim: "")) {
    self.subject = subject
    self.value = value
    self.evidence = evidence
  }

  /// `separator: semicolon (in 310 of 310 lines)`.
  package var text: Localized {
    func inParentheses(_ evidence: String) -> String { evidence.isEmpty ? "" : " (\(evidence))" }
    return Localized(
      "\(subject.english): \(value.english)\(inParentheses(evidence.english))",
      fr: "\(subject.french)\u{A0}: \(value.french)\(inParentheses(evidence.french))")
  }
}
