import Bilan
import BilanDiagnostics
import BilanTestSupport
import Testing

/// Every diagnostic code, said in both languages: `Cases/error/Bxxxx.txt`.
@Suite struct ErrorCaseTests {
  static let cases = GoldenCase.all(in: GoldenProject.root + "/Tests/GoldenTests/Cases/error")

  /// Codes that no query text can bring about, and why.
  static let elsewhere: [DiagnosticCode: String] = [
    .unsupportedFormat: "a file of more than 4 GiB",
    .cancelled: "someone must interrupt: see `cancelling`",
    .memoryExceeded: "a limit must be set: see MemoryBudgetTests and ProfileTests",
    .severalMembers: "an archive: see ArchiveTests.ofSeveralFilesOneIsNamed",
    .sheetsNotRead: "a workbook: see WritingTests.rowsBeyondASheetGoOnAndAreSaid",
    .mergedCells: "a workbook: see SheetTests.textsMergedOverRowsAreThoseOfEachRow",
    .trailingBytes: "a file that is no text: see CompressedFileTests.whatIsAppendedIsSaid",
    .columnLeftOut: "a database: see DatabaseTests.kindsThatDoNotAgreeAreInferred",
    .inexactValues: "a database: see DatabaseTests.wholeNumbersAmongFractions",
    .comparisonSummary: "two files beside each other: see DiffCommandTests and ComparisonTests",
    .keyProposed: "two files beside each other: see DiffCommandTests and ComparisonTests",
    .noKeyFound: "two files beside each other: see DiffCommandTests and ComparisonTests",
    .duplicateKeys: "two files beside each other: see DiffCommandTests and ComparisonTests",
    .verdictsNotCompared: "two files beside each other: see DiffCommandTests and ComparisonTests",
    .unknownOption: "an argument of the command line: see BilanCLITests",
    .unknownCommand: "a command of the shell: see BilanShellTests",
    .cannotWrite: "a command of the shell: see BilanShellTests",
    .unknownTopic: "a command of the shell: see BilanShellTests",
    .unknownQuery: "an argument of the command line: see BilanCLITests",
    .notKept: "the column cache, which no query writes: see CacheCommandTests",
    .fileFact: "what `describe` shows: see DescribeCommandTests",
    .textNotWritten: "a format of results: see BilanRenderersTests and BilanCLITests",
  ]

  @Test(arguments: cases)
  func error(_ given: GoldenCase) throws {
    let project = try GoldenProject(given.files)
    let mismatches = Golden.check(given, defaults: [["diagnostics"], ["diagnostics", "fr"]]) { given, words in
      GoldenQuery(words).output(of: given.input, project: project)
    }
    for mismatch in mismatches { Issue.record("\(mismatch)") }
    let code = String(given.name.suffix(5))
    for section in given.sections where !section.isFile {
      #expect(section.body.contains("[\(code)]"), "\(given.name) does not bring about its code")
    }
  }

  @Test func everyCodeHasItsCase() {
    let named = Set(Self.cases.map { String($0.name.suffix(5)) })
    for code in DiagnosticCode.allCases {
      #expect(
        named.contains(code.rawValue) != (Self.elsewhere[code] != nil),
        "\(code.rawValue) \(code) needs a case in Cases/error, or a reason why it has none")
    }
    #expect(named.isSubset(of: Set(DiagnosticCode.allCases.map(\.rawValue))))
  }

  /// A fix, applied, makes its error go away: no advice that changes nothing.
  @Test(arguments: cases + QueryCaseTests.cases)
  func fixesMend(_ given: GoldenCase) throws {
    let project = try GoldenProject(given.files)
    // A wrong descriptor has no session, and no fix.
    guard let catalog = try? project.catalog() else { return }
    let session = Session(catalog: catalog)
    for diagnostic in session.check(given.input, sourceName: project.sourceName) {
      guard let fix = diagnostic.fix else { continue }
      let mended = fix.applied(to: given.input)
      #expect(mended != given.input)
      let left = session.check(mended, sourceName: project.sourceName)
      let stays = left.contains { $0.code == diagnostic.code && $0.message == diagnostic.message }
      #expect(!stays, "\(diagnostic.message.english)\nis still there after its fix:\n\(mended)")
    }
  }

  @Test func cancelling() throws {
    let session = Session(catalog: try GoldenProject([]).catalog())
    do throws(BilanError) {
      _ = try session.run("from results | count by region", isCancelled: { true })
      Issue.record("it went on")
    } catch {
      #expect(error.kind == .cancelled)
      #expect(error.findings.map(\.code) == [DiagnosticCode.cancelled.rawValue])
    }
  }
}

extension Diagnostic.Fix {
  /// The text with every edit made; later ones first, so that offsets hold.
  func applied(to text: String) -> String {
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
