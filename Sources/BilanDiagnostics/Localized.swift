/// A language the interface speaks.
package enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case french = "fr"
}

/// One sentence in every language of the interface.
///
/// Both texts are written side by side where the sentence is made, so that none can be missing, and the choice of
/// language is left to whoever shows it. In French, quotes are « » with no-break spaces and code stays in backticks.
package struct Localized: Sendable, Hashable {
  package var english: String
  package var french: String

  package init(_ english: String, fr french: String) {
    self.english = english
    self.french = french
  }

  /// A text that is the same in every language: a name, a number.
  package init(verbatim text: String) {
    english = text
    french = text
  }

  /// The text in `language`.
  package subscript(language: Language) -> String {
    switch language {
    case .english: english
    case .french: french
    }
  }

  package func map(_ transform: (String) -> String) -> Localized {
    Localized(transform(english), fr: transform(french))
  }
}
