/// How reading a line ended.
package enum LineEvent: Equatable, Sendable {
  /// A complete input, perhaps of several lines, without a final line end.
  case line(String)
  /// Ctrl-C: the line is given up.
  case interrupted
  /// Ctrl-D on an empty line, or the end of the input.
  case endOfFile
}

/// What an editor needs to know while a line is edited; all of it pure, none of it of the terminal.
package struct EditingContext {
  package var prompt: String
  /// Before the second line and those after it.
  package var continuationPrompt: String
  package var usesColor: Bool
  /// Whether Enter runs a text or begins another line of it.
  package var isComplete: (String) -> Bool
  /// What may stand at a cursor, given as an offset in UTF-8 bytes.
  package var complete: (_ text: String, _ cursor: Int) -> Completion
  /// What was entered before, the oldest first.
  package var history: [String]
  /// The words an editor itself shows.
  package var words: EditorWords

  package init(
    prompt: String, continuationPrompt: String, usesColor: Bool = false,
    isComplete: @escaping (String) -> Bool = { _ in true },
    complete: @escaping (String, Int) -> Completion = { _, cursor in .none(at: cursor) },
    history: [String] = [], words: EditorWords = EditorWords()
  ) {
    self.prompt = prompt
    self.continuationPrompt = continuationPrompt
    self.usesColor = usesColor
    self.isComplete = isComplete
    self.complete = complete
    self.history = history
    self.words = words
  }
}

/// The few words of an editor, in the language of the session.
package struct EditorWords: Sendable {
  /// Before what is searched in the history.
  package var search = "search"
  package var nothingFound = "nothing found"
  /// After a list of candidates that is cut.
  package var more: @Sendable (Int) -> String = { "… \($0) more" }

  package init() {}
}

/// Reads what someone enters, a line or several at a time.
package protocol LineEditor {
  mutating func readLine(_ context: EditingContext) -> LineEvent
}
