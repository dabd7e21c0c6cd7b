import Bilan
import BilanDiagnostics
import BilanTestSupport
import Testing

/// The examples of `explain`: the one that is wrong brings about its code, the one put right runs.
@Suite struct CatalogExampleTests {
  /// The files that the examples speak of, beside the shipped datasets.
  static let files: [GoldenCase.Section] = [
    file("cut.json", "[{\"a\": 1}, {\"a\": "),
    file("data/results.csv", "region,target,actual\nOriental,400,512\n"),
    file("deux_codes.csv", "Code,CODE\n1,2\n"),
    file("lib/indicators.bilan", "let rate = ratio(actual, target)\n"),
    file("years/2019.csv", "region,target\nOriental,400\n"),
    file("years/2020.csv", "region,target\nOriental,n.a.v.\n"),
    file("programme.json", #"{"results": [{"actual": 1}], "meetings": [{"persons": 2}]}"#),
    file("renamed.csv hex", "D0 CF 11 E0 A1 B1 1A E1 00 00"),
    file("regional.csv windows-1252", "région,cible\nDraâ,120\n"),
    file("whole.json", "[{\"a\": 1}, {\"a\": 2}]"),
  ]

  static func file(_ title: String, _ body: String) -> GoldenCase.Section {
    GoldenCase.Section(words: title.split(separator: " ").map(String.init), body: body)
  }

  /// What a file's example needs beside it.
  static let descriptors: [DiagnosticCode: String] = [
    .fieldsDiffer: """
    {"name": "x", "resources": [{"name": "data", "path": "data.csv", "schema": {"fields": [
      {"name": "region", "type": "string"}, {"name": "actual", "type": "number"}]}}]}
    """,
    .unreadableValues: """
    {"name": "x", "resources": [{"name": "data", "path": "data.csv", "schema": {"fields": [
      {"name": "region", "type": "string"}, {"name": "target", "type": "number"}]}}]}
    """,
  ]

  /// Examples that stand for what cannot be written in a line, and where it is tested instead.
  static let elsewhere: [DiagnosticCode: String] = [
    .unsupportedFormat: "a file of more than 4 GiB",
    .cancelled: "ErrorCaseTests.cancelling",
    .memoryExceeded: "ProfileTests.endsAQueryThatNeedsTooMuch",
    .nestedTooDeeply: "Cases/error/B0119.txt",
    .severalMembers: "ArchiveTests.ofSeveralFilesOneIsNamed",
    .sheetsNotRead: "WritingTests.rowsBeyondASheetGoOnAndAreSaid",
    .mergedCells: "SheetTests.textsMergedOverRowsAreThoseOfEachRow",
    .trailingBytes: "CompressedFileTests.whatIsAppendedIsSaid",
    .columnLeftOut: "DatabaseTests.kindsThatDoNotAgreeAreInferred",
    .inexactValues: "DatabaseTests.wholeNumbersAmongFractions",
    .nothingToRun: "an example that ends with a query runs",
  ]

  static let queries = DiagnosticCode.allCases.filter {
    elsewhere[$0] == nil && DiagnosticCatalog.entry(for: $0).exampleKind == .query
  }
  static let dataFiles = DiagnosticCode.allCases.filter { DiagnosticCatalog.entry(for: $0).exampleKind == .file }

  @Test(arguments: queries)
  func query(_ code: DiagnosticCode) throws {
    let entry = DiagnosticCatalog.entry(for: code)
    let project = try GoldenProject(Self.files)
    #expect(findings(entry.trigger, project).contains { $0.code == code }, "\(entry.trigger)")
    guard let remedy = entry.remedy else { return }
    let left = findings(remedy, project)
    #expect(!left.contains { $0.code == code || ($0.severity == .error && $0.code != .nothingToRun) }, "\(remedy)")
  }

  @Test(arguments: dataFiles)
  func file(_ code: DiagnosticCode) throws {
    let entry = DiagnosticCatalog.entry(for: code)
    #expect(try findings(reading: entry.trigger, code).contains { $0.code == code }, "\(entry.trigger)")
    if let remedy = entry.remedy {
      #expect(try !findings(reading: remedy, code).contains { $0.code == code }, "\(remedy)")
    }
  }

  private func findings(reading content: String, _ code: DiagnosticCode) throws -> [Diagnostic] {
    if content.hasPrefix("{") {
      return findings(
        "from results", try GoldenProject([Self.file("datapackage.json", content), Self.file("results.csv", "a\n1\n")]))
    }
    let content = content == "(nothing)" ? "" : content
    let descriptor = Self.descriptors[code].map { [Self.file("datapackage.json", $0)] } ?? []
    return findings("from data", try GoldenProject([Self.file("data.csv", content)] + descriptor))
  }

  /// Everything that is said about a text and its results.
  private func findings(_ text: String, _ project: GoldenProject) -> [Diagnostic] {
    do throws(BilanError) {
      let session = Session(catalog: try project.catalog(), options: SessionOptions(today: "2021-01-22"))
      return session.check(text, sourceName: project.sourceName)
        + (try session.run(text, sourceName: project.sourceName)).flatMap { result in
          result.noteDiagnostics
            + (result.passedChecks ? [] : [.error(.checkFailed, Localized("check failed", fr: "contrôle en échec"))])
        }
    } catch {
      return error.queryError.diagnostics
    }
  }
}
