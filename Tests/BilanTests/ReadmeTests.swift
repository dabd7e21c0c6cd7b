import Bilan
import Foundation
import Testing

/// The README's example and session, compiled and run.
@Suite struct ReadmeTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The example as it stands in the README, with what it would print collected.
  private func example(print: (Any...) -> Void) throws {
    // begin
    struct Row: Decodable { var region: String, indicator: String, achievement: Ratio }

    let session = Session(catalog: try Catalog(["datasets"]))
    let result = try session.run("from results | summarize achievement by region, indicator | where exceeded")[0]
    for row in try result.rows(as: Row.self) {
      print(row.region, row.indicator, row.achievement.value ?? 0, row.achievement.reported, row.achievement.expected)
    }
    for note in result.notes { print("note:", note.message) }
    // end
  }

  @Test func theExampleIsThisOne() throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let begin = try #require(lines.firstIndex { $0.trimmingCharacters(in: .whitespaces) == "// begin" })
    let end = try #require(lines.firstIndex { $0.trimmingCharacters(in: .whitespaces) == "// end" })
    for line in lines[begin + 1..<end] where !line.isEmpty {
      #expect(readme.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
    }
  }

  @Test func theExampleRuns() throws {
    #expect(FileManager.default.changeCurrentDirectoryPath(Self.root.path))
    var printed: [[Any]] = []
    try example { printed.append($0) }
    #expect(printed.count > 20)
    #expect(printed.contains { $0.count == 5 && $0[0] as? String == "Fès-Meknès" })
    #expect(printed.contains { $0.first as? String == "note:" })
  }

  /// The session shown is what these lines give.
  @Test func theSessionIsTrue() throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let session = Session(catalog: try Catalog([Self.root.appending(path: "datasets").path]))
    let result = try session.run(
      """
      from results | where region = "Fès-Meknès" and period in 2019
      | summarize achievement, status by indicator
      | where exceeded
      | top 3 by achievement
      """)[0]
    let names = try #require(result.column("indicator")?.texts).compactMap(\.self)
    let values = try #require(result.column("achievement")?.numbers).compactMap(\.self)
    #expect(names.count == 4)
    for (name, value) in zip(names, values) {
      #expect(readme.contains(name))
      #expect(readme.contains("\(Int((value * 100).rounded()))%"))
    }
  }
}
