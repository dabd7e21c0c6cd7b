import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// Everything that `.help` explains, found by name: steps, functions, measures, dot commands, ideas, error codes.
struct HelpIndex: Sendable {
  let language: Language
  /// The columns that a page may take.
  var width = 100

  /// The text on a topic; nil where there is none of that name.
  func page(_ topic: String) -> String? {
    let wanted = TextFolding.fold(topic)
    let stem = wanted.hasSuffix("()") ? String(wanted.dropLast(2)) : wanted
    switch stem {
    case "steps", "etapes": return steps
    case "functions", "fonctions": return functions
    case "commands", "commandes": return commands
    case "measures", "mesures": return measures
    default: break
    }
    if let step = StepTable.entries.first(where: { $0.name == stem }) ?? StepVerb(stem).map(StepTable.entry) {
      return entry(step.usage, step.summary, example: step.example, isAvailable: step.isAvailable)
    }
    if let command = DotCommand.named(wanted) ?? DotCommand.named("." + wanted) {
      return entry(
        command.usage.isEmpty ? command.name : "\(command.name) \(command.usage)", command.summary,
        example: command.example)
    }
    if let concept = ConceptTopic.all.first(where: { $0.names.contains { TextFolding.fold($0) == stem } }) {
      return reflowed(concept.text[language])
    }
    if let measure = MeasureTopic.all.first(where: { $0.name == stem }) {
      let page = entry(measure.name, measure.summary, example: measure.example)
      guard let body = Session.preludeMeasures.first(where: { $0.name == stem })?.body else { return page }
      let title = Localized("It is defined as:", fr: "Elle est définie ainsi\u{A0}:")[language]
      let lines = body.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
      return page + "\n" + title + "\n" + lines + "\n"
    }
    let functions = Self.functionEntries.filter { $0.name == stem }
    if !functions.isEmpty {
      return functions.map { entry($0.usage, $0.summary, example: $0.example) }.joined(separator: "\n")
    }
    return DiagnosticCode(rawValue: topic.uppercased()).map { DiagnosticCatalog.explain($0, language) }
  }

  /// The names that `page` knows, for completion and near misses.
  static var names: [String] {
    ["steps", "functions", "measures", "commands"] + StepTable.entries.map(\.name) + DotCommand.all.map(\.name)
      + ConceptTopic.all.compactMap(\.names.first) + MeasureTopic.all.map(\.name) + functionEntries.map(\.name)
      + DiagnosticCode.allCases.map(\.rawValue)
  }

  /// What `.help` alone shows.
  var overview: String {
    let example = "from results | where achievement > 110% | summarize achievement by indicator, region"
    let head = Localized(
      """
      A query reads from top to bottom, one step after another:
        \(example)
      A line that begins with `|` continues the last result. Tab completes; `.help keys` lists the keys.

      """,
      fr: """
        Une requête se lit de haut en bas, étape après étape\u{A0}:
          \(example)
        Une ligne qui commence par `|` poursuit le dernier résultat. Tab complète\u{A0}; `.help keys` énumère les touches.

        """)
    let tail = Localized(
      """

      More: `.help steps`, `.help functions`, `.help measures`, `.help missing`, `.help periods`, `.help ratio`,
      `.help let`, `.help B0203` for an error code.
      """,
      fr: """

        Voir aussi\u{A0}: `.help steps`, `.help functions`, `.help measures`, `.help missing`, `.help periods`,
        `.help ratio`, `.help let`, `.help B0203` pour un code d’erreur.
        """)
    return reflowed(head[language]) + commands + reflowed(tail[language])
  }

  // MARK: Lists

  var commands: String {
    list(DotCommand.all.map { ($0.usage.isEmpty ? $0.name : "\($0.name) \($0.usage)", $0.summary) })
  }

  var steps: String { list(StepTable.entries.filter(\.isAvailable).map { ($0.name, $0.summary) }) }

  private var measures: String { list(MeasureTopic.all.map { ($0.name, $0.summary) }) }

  private var functions: String {
    FunctionEntry.Group.allCases.filter { $0 != .operators }.map { group in
      let entries = Self.functionEntries.filter { $0.group == group }
      return entries.isEmpty ? "" : "\(group.rawValue)\n" + list(entries.map { ($0.usage, $0.summary) }) + "\n"
    }.joined()
  }

  private func list(_ rows: [(String, Localized)]) -> String {
    let width = min(30, rows.map { DisplayWidth.of($0.0) }.max() ?? 0)
    let indent = String(repeating: " ", count: width + 4)
    return rows.map { name, summary in
      let lines = DisplayWidth.wrap(summary[language], to: max(30, min(self.width, 120) - width - 4))
      return "  " + DisplayWidth.pad(name, to: width) + "  " + lines.joined(separator: "\n" + indent) + "\n"
    }.joined()
  }

  private func entry(_ usage: String, _ summary: Localized, example: String, isAvailable: Bool = true) -> String {
    var output = usage + "\n"
    for line in DisplayWidth.wrap(summary[language], to: min(width, 100) - 2) { output += "  \(line)\n" }
    if !isAvailable {
      output += "  " + Localized("not available yet", fr: "pas encore disponible")[language] + "\n"
    }
    return output + "  " + Localized("example", fr: "exemple")[language] + (language == .french ? " : " : ": ")
      + example
      + "\n"
  }
}

extension HelpIndex {
  /// Functions as help and completion list them.
  static let functionEntries: [FunctionEntry] = FunctionTable.entries.filter { !$0.isHidden }

  /// The same with each paragraph broken anew; lines that are indented are examples and stay.
  private func reflowed(_ text: String) -> String {
    var lines: [String] = []
    var paragraph = ""
    func close() {
      if !paragraph.isEmpty { lines += DisplayWidth.wrap(paragraph, to: min(width, 100)) }
      paragraph = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.hasPrefix(" ") {
        close()
        lines.append(String(line))
      } else {
        paragraph += (paragraph.isEmpty ? "" : " ") + line
      }
    }
    close()
    return lines.joined(separator: "\n") + "\n"
  }
}
