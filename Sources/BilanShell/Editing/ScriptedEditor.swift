/// An editor that gives events prepared in advance, then the end of the input: for tests.
package struct ScriptedEditor: LineEditor {
  private var events: [LineEvent]
  /// What is told of each event before it is given: the text that a terminal would show.
  private let echo: (String) -> Void

  package init(_ events: [LineEvent], echo: @escaping (String) -> Void = { _ in }) {
    self.events = events.reversed()
    self.echo = echo
  }

  package init(lines: [String], echo: @escaping (String) -> Void = { _ in }) {
    self.init(lines.map(LineEvent.line), echo: echo)
  }

  package mutating func readLine(_ context: EditingContext) -> LineEvent {
    let event = events.popLast() ?? .endOfFile
    switch event {
    case .line(let text):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      echo(context.prompt + lines.joined(separator: "\n" + context.continuationPrompt) + "\n")
    case .interrupted: echo(context.prompt + "^C\n")
    case .endOfFile: break
    }
    return event
  }
}
