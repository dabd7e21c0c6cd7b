import Bilan
import BilanDiagnostics
import BilanTestSupport
import Foundation
import Testing

/// The example queries of the repository: canonical text, right answers (`Cases/saved`).
@Suite struct SavedQueryTests {
  static let folder = GoldenProject.root + "/queries"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".bilan") }.sorted()

  @Test(arguments: names)
  func isCanonical(_ name: String) throws {
    let text = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
    let session = Session(catalog: try Catalog([]))
    let formatted = try session.format(text, sourceName: name)
    #expect(formatted == text)
    #expect(try session.format(formatted, sourceName: name) == formatted)
  }

  /// Each is introduced, and so is each of its parameters: help and completion show these lines.
  @Test(arguments: names)
  func isDocumented(_ name: String) throws {
    let text = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
    #expect(text.hasPrefix("## "))
    let session = Session(catalog: try GoldenProject([]).catalog())
    #expect(session.check(text, sourceName: name).isEmpty)
    for parameter in try session.parameters(of: text, sourceName: name) {
      #expect(parameter.documentation?.isEmpty == false, "\(parameter.name)")
      #expect(parameter.defaultText != nil, "\(parameter.name)")
    }
  }

  static let cases = GoldenCase.all(in: GoldenProject.root + "/Tests/GoldenTests/Cases/saved")

  /// A case has the name of its query; the words of its sections may give parameters.
  @Test(arguments: cases)
  func run(_ given: GoldenCase) throws {
    let name = String(given.name.dropFirst("saved/".count))
    let text = try String(contentsOfFile: "\(Self.folder)/\(name).bilan", encoding: .utf8)
    let project = try GoldenProject([])
    let mismatches = Golden.check(given, defaults: [["table"]]) { _, words in
      GoldenQuery(words).output(of: text, project: project)
    }
    for mismatch in mismatches { Issue.record("\(mismatch)") }
  }

  @Test func everyQueryHasItsCase() {
    #expect(Self.names.map { "saved/" + $0.dropLast(".bilan".count) } == Self.cases.map(\.name))
    #expect(!Self.names.isEmpty)
  }
}
