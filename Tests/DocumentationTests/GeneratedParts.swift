import BilanDiagnostics
import BilanFunctions
import BilanPlan
import BilanSyntax

/// The parts of the reference that are made from the program's own tables.
struct GeneratedParts {
  let runner: ExampleRunner

  /// The lines between the markers of a part; nil where no part is called so.
  func lines(of name: String) -> [String]? {
    let words = name.split(separator: " ").map(String.init)
    switch words.first {
    case "functions":
      guard words.count == 2, let group = FunctionEntry.Group(rawValue: words[1]) else { return nil }
      return functions(FunctionTable.entries.filter { !$0.isHidden && $0.group == group })
    case "steps": return steps
    case "measures": return measures
    case "codes": return codes
    case "prelude": return ["```"] + Self.lines(Prelude.source.text) + ["```"]
    default: return nil
    }
  }

  // MARK: Functions

  /// Those whose example is an expression in a table, then the others one by one.
  private func functions(_ entries: [FunctionEntry]) -> [String] {
    let brief = entries.filter { Self.isExpression($0.example) }
    var lines: [String] = [""]
    if !brief.isEmpty {
      lines += ["| function | gives | example | value |", "| --- | --- | --- | --- |"]
      for entry in brief {
        let value = runner.value(entry.example) ?? "(no value)"
        lines.append(
          "| \(Self.code(entry.usage)) | \(Self.cell(entry.summary.english)) | \(Self.code(entry.example)) | \(Self.cell(value)) |"
        )
      }
      lines.append("")
    }
    for entry in entries where !Self.isExpression(entry.example) {
      lines += ["#### `\(entry.usage)`", "", Self.sentence(entry.summary.english), ""]
      lines += ["```bilan", Self.layout(entry.example), "```", "```text", runner.show(entry.example).text, "```", ""]
    }
    return lines.flatMap(Self.lines)
  }

  static func isExpression(_ example: String) -> Bool { !example.hasPrefix("from ") }

  // MARK: Steps and measures

  private var steps: [String] {
    ["| step | what it does |", "| --- | --- |"]
      + StepTable.entries.filter(\.isAvailable).map {
        "| \(Self.code($0.usage)) | \(Self.cell($0.summary.english)) |"
      }
  }

  private var measures: [String] {
    ["| measure | meaning |", "| --- | --- |"]
      + Prelude.measures.map { "| `\($0.name)` | \(Self.cell($0.documentation ?? "")) |" }
  }

  // MARK: Codes

  private var codes: [String] {
    ["| code | what it is about |", "| --- | --- |"]
      + DiagnosticCode.allCases.map { code in
        "| \(code.rawValue) | \(Self.cell(DiagnosticCatalog.entry(for: code).summary.english)) |"
      }
  }

  // MARK: Markdown

  /// Code in a cell of a table: `|` would end the cell.
  private static func code(_ text: String) -> String { "`\(cell(text))`" }

  private static func cell(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ").split(separator: "|", omittingEmptySubsequences: false)
      .joined(separator: "\\|")
  }

  private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

  /// A pipeline with each step on its line.
  private static func layout(_ query: String) -> String {
    guard case .success(let text) = Printer.format(Source(name: "<example>", text: query)) else { return query }
    return String(text.reversed().drop { $0 == "\n" }.reversed())
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
