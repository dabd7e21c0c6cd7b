import Bilan
import BilanDiagnostics
import BilanRenderers
import Testing

@testable import BilanShell

/// Whole sessions over a small dataset: lines in, screen out.
@Suite struct ShellSessionTests {
  private let folder = TemporaryFolder()

  init() throws {
    try FileSystem.write("region,jobs\nFès-Meknès,3\nOriental,5\nOriental,8\n", to: folder.path + "/firms.csv")
  }

  private func screen(_ events: [LineEvent], language: Language = .english) throws -> String {
    let output = BufferOutput()
    let environment = CommandEnvironment(
      arguments: [], variables: ["TERM": "dumb"], currentDirectory: folder.path, output: output, errorOutput: output,
      isInputTerminal: true, isOutputTerminal: true, isErrorTerminal: true)
    var shell = Shell(
      environment: environment, session: Session(catalog: try Catalog([folder.path + "/firms.csv"])),
      settings: PresentationSettings(language: language, format: .csv), folder: QueryFolder(from: [folder.path]),
      editor: ScriptedEditor(events), historyFile: HistoryFile(path: folder.path + "/h"))
    _ = shell.run()
    return output.text.split(separator: "\n").dropFirst().joined(separator: "\n")
  }

  private func screen(_ lines: [String], language: Language = .english) throws -> String {
    try screen(lines.map(LineEvent.line), language: language)
  }

  @Test func continuesAndTakesBack() throws {
    #expect(
      try screen(["from firms | keep jobs", "| where jobs > 4", "| count", ".undo", ".undo", ".show"]) == """
        jobs
        3
        5
        8
        jobs
        5
        8
        count
        2
        from firms
        | keep jobs
        | where jobs > 4
        jobs
        5
        8
        from firms
        | keep jobs
        jobs
        3
        5
        8
        from firms
        | keep jobs
        """)
  }

  @Test func keepsTheQueryWhereAStepIsWrong() throws {
    let text = try screen(["from firms | keep jobs | take 1", "| where regoin = \"x\"", "| count"])
    #expect(text.contains("B0203"))
    #expect(text.hasSuffix("count\n1"))
  }

  @Test func remembersDefinitionsAndShowsErrorsInWhatWasTyped() throws {
    let text = try screen(["let big = from firms | where jobs > 4", "from big | count", "from big | where x = 1"])
    #expect(text.contains("defined `big`"))
    #expect(text.contains("count\n2"))
    #expect(text.contains("<query>:1:18"))
    #expect(!text.contains("2 │"))
  }

  @Test func redefines() throws {
    let text = try screen(["let w = from firms | take 1", "let w = from firms | take 2", "from w | count"])
    #expect(text.hasSuffix("count\n2"))
  }

  @Test func savesAndRunsAQuery() throws {
    let text = try screen([
      "let big = from firms | where jobs > 4", "from big", "| count", ".save big_firms Firms that are big",
      ".save big_firms", ".queries", ".run big_firms", "| take 1", ".run big_frims",
    ])
    let saved = try FileSystem.read(folder.path + "/queries/big_firms.bilan")
    #expect(saved.hasPrefix("## Firms that are big\n"))
    #expect(saved.contains("let big"))
    #expect(text.contains("is there already"))
    #expect(text.contains("big_firms,Firms that are big"))
    #expect(text.contains("did you mean `big_firms`?"))
  }

  @Test func exportsTheLastResult() throws {
    FileSystem.makeDirectory(folder.path + "/out")
    let text = try screen([
      ".export early.csv", "from firms", "| where jobs > 4", ".export out/big.csv", "| count", ".export out/big.csv",
      ".export \"out/big firms.md\"", ".export out/big.json", ".export out/big.csv! tsv", ".export out/big",
      ".export out/big foo", ".export a b c",
    ])
    #expect(text.contains("there is no result to write yet"))
    #expect(text.contains("2 rows written to out/big.csv"))
    #expect(text.contains("is there already"))
    #expect(text.contains("`.export out/big.csv!` replaces it"))
    #expect(text.contains("1 row written to out/big firms.md"))
    #expect(text.contains("`out/big` does not tell its format"))
    #expect(text.contains("`foo` is none of"))
    #expect(text.contains("a name with spaces stands in quotes"))
    #expect(FileSystem.names(in: folder.path + "/out") == ["big firms.md", "big.csv", "big.json"])
    #expect(try FileSystem.read(folder.path + "/out/big.csv") == "count\n2\n")
    #expect(try FileSystem.read(folder.path + "/out/big firms.md").hasPrefix("| count |\n"))
    let french = try screen(["from firms", ".export jobs.csv", ".export jobs.csv"], language: .french)
    #expect(french.contains("3 lignes écrites dans jobs.csv"))
    #expect(french.contains("`.export jobs.csv!` le remplace"))
    #expect(try FileSystem.read(folder.path + "/jobs.csv") == "region,jobs\nFès-Meknès,3\nOriental,5\nOriental,8\n")
    #expect(try screen(["from firms", ".export /nowhere/x.csv"]).contains("cannot be written: No such file"))
  }

  @Test func exportedFilesAreWholeAndWithoutColour() throws {
    let rows = (1...60).map { "r\($0),\($0)" }.joined(separator: "\n")
    try FileSystem.write("region,jobs\n\(rows)\n", to: folder.path + "/firms.csv")
    _ = try screen([".format table", "from firms", ".export all.md", ".export all.txt"])
    #expect(try FileSystem.read(folder.path + "/all.md").contains("| r30 "))
    #expect(try FileSystem.read(folder.path + "/all.txt").contains("r30"))
    #expect(!(try FileSystem.read(folder.path + "/all.txt").contains("\u{1B}")))
  }

  @Test func runsASavedQueryWithParametersAndContinuesIt() throws {
    FileSystem.makeDirectory(folder.path + "/queries")
    try FileSystem.write(
      "## By region\nparam region: text = \"Oriental\"\nfrom firms | where region = $region\n",
      to: folder.path + "/queries/by_region.bilan")
    let text = try screen([
      ".run by_region --region \"Fès-Meknès\"", "| count", ".run by_region --regoin x", ".run by_region --help",
    ])
    #expect(text.hasPrefix("region,jobs\nFès-Meknès,3\ncount\n1"))
    #expect(text.contains("did you mean `--region`?"))
    #expect(text.contains("--region <text>"))
  }

  @Test func showsDatasetsColumnsAndValues() throws {
    let text = try screen([".datasets", ".describe firms", ".describe firms region", ".describe firms job"])
    #expect(text.contains("firms,"))
    #expect(text.contains("note: rows: 3"))
    #expect(text.contains("region\nOriental\nFès-Meknès"))
    #expect(text.contains("did you mean `jobs`?"))
  }

  @Test(arguments: ["\"", "'", "`"]) func aNameMayBeQuoted(_ quote: String) throws {
    try FileSystem.write("an amount,place\n1,Fès\n", to: folder.path + "/of may.csv")
    let name = "\(quote)\(folder.path)/of may.csv\(quote)"
    let text = try screen([
      ".format table", ".describe \(name)", ".describe \(name) an amount", ".describe \(name) place",
    ])
    #expect(text.contains("1 row · 2 columns"))
    #expect(text.contains("\n2 columns\n"))
    #expect(text.contains("│ an amount │"))
    #expect(text.contains("│ Fès   │"), "\(text)")
  }

  @Test func comparesDeliveries() throws {
    try FileSystem.write("region,jobs\nOriental,1\nFès-Meknès,4\nSouss,2\n", to: folder.path + "/next.csv")
    let text = try screen([".diff firms \"\(folder.path)/next.csv\" region"])
    #expect(text.contains("change,region,column,old,new"))
    #expect(text.contains("added,Souss,,,"))
    #expect(try screen([".diff firms"]).contains("`.diff` compares two deliveries"))
    #expect(try screen([".diff firms firms regoin"]).contains("did you mean `region`?"))
    #expect(try screen([".diff firms firms"]).contains("no differences"))
  }

  @Test func hintsAtADatasetsName() throws {
    #expect(try screen(["firms"]).contains("`from firms` shows its rows"))
    #expect(try screen(["frims"], language: .french).contains("vouliez-vous dire `from firms`"))
  }

  @Test func explainsTimesAndChoosesFormats() throws {
    let text = try screen(["from firms | count", ".explain", ".timer on", ".format ndjson", "from firms | count"])
    #expect(text.contains("optimized plan"))
    #expect(text.contains("{\"count\":3}"))
    #expect(text.contains(" ms"))
  }

  @Test func staysAfterCtrlCAndRecordsWhatWasEntered() throws {
    let text = try screen([.interrupted, .line("from firms | count"), .line(" secret"), .line(".history")])
    #expect(text.hasPrefix("count\n3"))
    #expect(text.hasSuffix("from firms | count\n.history"))
    #expect(HistoryFile(path: folder.path + "/h").load() == ["from firms | count", ".history"])
  }

  /// Ctrl-C has been pressed as soon as a query runs.
  private struct Pressed: Interruption {
    func start() {}
    func stop(thenIgnoring: Bool) {}
    var isInterrupted: Bool { true }
  }

  @Test(arguments: [(true, 0), (false, 130)]) func interruptsAQueryAndNotTheShell(isInteractive: Bool, status: Int32)
    throws
  {
    let output = BufferOutput()
    let environment = CommandEnvironment(
      arguments: [], currentDirectory: folder.path, output: output, errorOutput: output, interruption: Pressed())
    var shell = Shell(
      environment: environment, session: Session(catalog: try Catalog([folder.path + "/firms.csv"])),
      settings: PresentationSettings(), folder: QueryFolder(from: [folder.path]),
      editor: ScriptedEditor(lines: ["from firms", ".format"]), isInteractive: isInteractive)
    #expect(shell.run() == status)
    #expect(output.text.contains("interrupted") == isInteractive)
    #expect(output.text.hasSuffix("csv\n") == isInteractive)
  }

  @Test func completesFromTheSession() throws {
    let session = Session(catalog: try Catalog([folder.path + "/firms.csv"]))
    var buffer = QueryBuffer()
    buffer.current = .init(text: "from firms")
    let completer = Completer(
      SessionCompletionContext(
        session: session, buffer: buffer, folder: QueryFolder(from: [folder.path]), language: .english,
        directory: folder.path))
    FileSystem.makeDirectory(folder.path + "/fine reports")
    func names(_ text: String) -> [String] {
      completer.complete(text, cursor: text.utf8.count).candidates.map(\.name)
    }
    #expect(names("from fi") == ["firms"])
    #expect(names("from firms | where jo") == ["jobs"])
    #expect(names("| where re").first == "region")
    #expect(names("| where region = \"fes") == ["Fès-Meknès"])
    #expect(names("from firms | where region = \"") == ["Oriental", "Fès-Meknès"])
    #expect(names(".describe firms re") == ["region"])
    #expect(names(".export fi") == ["fine reports/", "firms.csv"])
    #expect(names(".export ./fir") == ["./firms.csv"])
    #expect(completer.complete(".export fin", cursor: 11).candidates.map(\.insertion) == ["\"fine reports/\""])
    #expect(names(".export \(folder.path)/fir") == ["\(folder.path)/firms.csv"])
    #expect(names(".export firms.csv mark") == ["markdown"])
  }
}
