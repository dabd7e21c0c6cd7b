import BilanFunctions
import BilanPlan
import BilanSyntax
import Foundation
import Testing

/// The language reference says what is so: its examples run, its tables are those of the program, nothing is left out.
@Suite struct LanguageReferenceTests {
  private static let path = "docs/language.md"
  private let runner: ExampleRunner
  private let page: ReferencePage

  init() throws {
    runner = try ExampleRunner()
    page = ReferencePage(try Repository.text(Self.path))
  }

  @Test func showsWhatItsExamplesShow() throws {
    var recorded = page
    for (index, segment) in page.segments.enumerated() {
      let current = current(segment)
      recorded.segments[index] = current
      if !Repository.isRecording {
        #expect(ReferencePage.text(segment) == ReferencePage.text(current), "BILAN_RECORD=1 rewrites \(Self.path)")
      }
    }
    if Repository.isRecording {
      try Repository.write(recorded.text, to: Self.path)
      Issue.record("\(Self.path) was recorded: read the diff, then run again without BILAN_RECORD")
    }
  }

  /// The segment with what the program gives today.
  private func current(_ segment: ReferencePage.Segment) -> ReferencePage.Segment {
    switch segment {
    case .prose: return segment
    case .example(var example):
      let shown = runner.show(example.query)
      if shown.isWrong != example.showsError {
        Issue.record("\(Self.path):\(example.line): \(shown.isWrong ? "fails" : "does not fail"): \(shown.text)")
      }
      example.output = shown.text
      return .example(example)
    case .generated(let name, _):
      guard let lines = GeneratedParts(runner: runner).lines(of: name) else {
        Issue.record("no part is called \(name)")
        return segment
      }
      return .generated(name: name, lines: lines)
    case .values(let lines):
      return .values(lines.map(value))
    }
  }

  /// A row of a table with its second cell worked out; other lines as they are.
  private func value(_ line: String) -> String {
    guard line.hasPrefix("| `"), let end = line.range(of: "` |") else { return line }
    let code = line[line.index(line.startIndex, offsetBy: 3)..<end.lowerBound]
    let expression = code.split(separator: "\\|", omittingEmptySubsequences: false).joined(separator: "|")
    let rest = line[end.upperBound...].split(separator: "|", omittingEmptySubsequences: false).dropFirst()
    guard let value = runner.value(expression) else {
      Issue.record("`\(expression)` has no value: \(runner.show(expression).text)")
      return line
    }
    return "| `\(code)` | \(value) |" + rest.joined(separator: "|")
  }

  // MARK: Nothing is left out

  @Test func knowsEachExampleOfTheTables() {
    for entry in FunctionTable.entries where !entry.isHidden {
      if GeneratedParts.isExpression(entry.example) {
        #expect(runner.value(entry.example) != nil, "\(entry.name): \(runner.show(entry.example).text)")
      } else {
        let shown = runner.show(entry.example)
        #expect(!shown.isWrong, "\(entry.name): \(shown.text)")
      }
    }
    for entry in StepTable.entries where entry.isAvailable {
      let shown = runner.show(entry.example)
      #expect(!shown.isWrong, "\(entry.name): \(shown.text)")
    }
  }

  @Test func describesEachStepWithAnExample() {
    for entry in StepTable.entries where entry.isAvailable {
      guard let section = section(titled: "### `\(entry.name)`") else {
        Issue.record("no section on \(entry.name)")
        continue
      }
      #expect(section.text.contains("`\(entry.usage)`"), "the section on \(entry.name) lacks its usage")
      #expect(
        section.examples.contains { !$0.showsError && Self.words(of: $0.query).contains(entry.name) },
        "no example of \(entry.name)")
    }
  }

  @Test func listsEachGroupOfFunctions() {
    let groups = Set(FunctionTable.entries.filter { !$0.isHidden }.map(\.group))
    for group in groups {
      #expect(
        page.segments.contains { segment in
          if case .generated(let name, _) = segment { name == "functions \(group.rawValue)" } else { false }
        }, "no part on functions of \(group.rawValue)")
    }
  }

  @Test func usesEachMeasureOfThePrelude() {
    let used = Set(page.examples.filter { !$0.showsError }.flatMap { Self.words(of: $0.query) })
    for measure in Prelude.measures {
      #expect(used.contains(measure.name), "no example uses \(measure.name)")
    }
  }

  /// From a heading to the next of its rank.
  private func section(titled title: String) -> ReferencePage? {
    let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(of: title) else { return nil }
    let body = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") && !$0.hasPrefix("### ") }
    return ReferencePage(body.joined(separator: "\n"))
  }

  private static func words(of query: String) -> Set<String> {
    Set(query.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
  }
}
