import BilanDiagnostics
import BilanRenderers

/// Completes dot commands and their arguments.
struct DotCompleter {
  private let context: any CompletionContext

  init(_ context: any CompletionContext) { self.context = context }

  /// - Parameter text: a line up to the cursor, which is at its end.
  func complete(_ text: String) -> Completion {
    let end = text.utf8.count
    let words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    let isNewWord = text.last == " "
    let typed = isNewWord ? "" : words.last ?? ""
    let range = end - typed.utf8.count..<end
    let position = isNewWord ? words.count : max(0, words.count - 1)
    guard position > 0, let command = DotCommand.named(words[0]) else {
      let candidates = DotCommand.all.map {
        Candidate($0.name, insertion: $0.usage.isEmpty ? $0.name : $0.name + " ", detail: $0.summary[context.language])
      }
      return Completion(of: typed, at: range, among: position == 0 ? candidates : [])
    }
    if command.kind == .export, position == 1 { return paths(typed, at: range) }
    return Completion(
      of: typed, at: range, among: arguments(of: command, position: position, previous: Array(words.dropFirst())))
  }

  /// Paths are completed as they are written: what does not begin so is not meant.
  private func paths(_ typed: String, at range: Range<Int>) -> Completion {
    Completion(range: range, candidates: context.files(typed))
  }

  private func arguments(of command: DotCommand, position: Int, previous: [String]) -> [Candidate] {
    switch command.kind {
    case .help: position == 1 ? context.topics : []
    case .describe: position == 1 ? context.datasets : position == 2 ? context.columns(ofDataset: previous[0]) : []
    case .compare:
      position <= 2 ? context.datasets : position == 3 ? context.columns(ofDataset: previous[0]) : []
    case .run: position == 1 ? context.queries : []
    case .export: position == 2 ? OutputFormat.allCases.map { Candidate($0.rawValue) } : []
    case .format: position == 1 ? OutputFormat.texts.map { Candidate($0.rawValue) } : []
    case .timer, .cache, .history: position == 1 ? [Candidate("on"), Candidate("off")] : []
    case .language: position == 1 ? Language.allCases.map { Candidate($0.rawValue) } : []
    default: []
    }
  }
}
