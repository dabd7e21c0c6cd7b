/// Reads lines without editing them: for a terminal that can only print, and for input that is no terminal.
package struct PlainEditor: LineEditor {
  private let readLine: () -> String?
  /// Where prompts go; nil where there is nobody to prompt.
  private let prompts: (any TextOutput)?

  package init(prompts: (any TextOutput)?, readLine: @escaping () -> String? = { Swift.readLine() }) {
    self.prompts = prompts
    self.readLine = readLine
  }

  package mutating func readLine(_ context: EditingContext) -> LineEvent {
    prompts?.write(context.prompt)
    guard var text = readLine() else { return .endOfFile }
    while !context.isComplete(text) {
      prompts?.write(context.continuationPrompt)
      // An empty line says that the text is as it should be; the parser will tell what is missing.
      guard let next = readLine(), !next.isEmpty else { break }
      text += "\n" + next
    }
    return .line(text)
  }
}

/// Gives a whole text in pieces: each dot command on its line, and between them everything as one text, so that a
/// pipeline may be written over several lines.
package struct BatchEditor: LineEditor {
  private var pieces: [String]

  package init(_ text: String) {
    var pieces: [String] = []
    var current: [Substring] = []
    func flush() {
      let text = current.joined(separator: "\n")
      if text.contains(where: { !$0.isWhitespace }) { pieces.append(text) }
      current = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if DotCommand.isCommand(String(line)) {
        flush()
        pieces.append(String(line))
      } else {
        current.append(line)
      }
    }
    flush()
    self.pieces = pieces.reversed()
  }

  package mutating func readLine(_ context: EditingContext) -> LineEvent {
    pieces.popLast().map(LineEvent.line) ?? .endOfFile
  }
}
