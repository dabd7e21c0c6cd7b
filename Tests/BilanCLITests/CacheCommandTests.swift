import BilanRenderers
import BilanShell
import BilanTestSupport
import Foundation
import Testing

@testable import BilanCLI

/// `bilan cache`, `--cache` and what they leave in a folder of the test's own.
@Suite struct CacheCommandTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("bilan-cache-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return file.path
    }

    /// The path of a file as its entry has it.
    func absolute(_ name: String) -> String { url.resolvingSymlinksInPath().path + "/" + name }

    var cache: String { url.path + "/home/bilan" }
    var entries: [String] { FileSystem.names(in: cache) }

    func run(
      _ arguments: [String], leastSize: Int = 0, input: String = "", variables: [String: String] = [:]
    ) -> Run {
      Run(
        arguments, input: input, variables: variables.merging(["XDG_CACHE_HOME": url.path + "/home"]) { one, _ in one },
        directory: url.path, leastCachedSize: leastSize)
    }
  }

  private let folder: Folder
  private let file: String

  init() throws {
    folder = try Folder()
    file = try folder.write("t.csv", Self.text)
  }

  private static let text = """
    Programme 2019;;
    région;montant;jour
    Fès;1 200,5;13/02/2019
    Rabat;n/d;14/03/2019
    Oujda;abc;15/04/2019
    Nador;7;16/04/2019
    Fès;8;17/04/2019
    Salé;9;18/04/2019
    \(Array(repeating: "Fès;1;01/05/2019", count: 40).joined(separator: "\n"))

    """

  private var query: [String] { ["-c", "from \"\(file)\" | summarize sum(montant) by région"] }

  /// Messages on one line each, however wide they are shown.
  private static func unwrapped(_ text: String) -> String { text.replacing("\n    ", with: " ") }

  // MARK: Files that are read once

  @Test(arguments: [
    (["-c", "from t"], "", false), (["-c", "from t", "-c", "from t"], "", true), (["run", "q"], "", false),
    (["-"], "", false), ([], "", true), (["--cache", "-c", "from t"], "", true), (["-c", "from t"], "on", true),
    (["--no-cache", "-c", "from t"], "on", false), (["describe", "t"], "", true),
  ])
  func keepsWhatMayBeWantedAgain(_ arguments: [String], _ cache: String, _ isKept: Bool) throws {
    guard case .invocation(let invocation) = ArgumentReader.read(arguments, language: .english) else {
      Issue.record("\(arguments) is no invocation")
      return
    }
    let output = BufferOutput()
    let environment = CommandEnvironment(
      arguments: arguments, variables: ["XDG_CACHE_HOME": folder.url.path, "BILAN_CACHE": cache],
      currentDirectory: folder.url.path, readInput: { "" }, output: output, errorOutput: output)
    #expect(CommandRunner(invocation.options, environment: environment).keepsFiles(invocation.action) == isKept)
  }

  // MARK: The command

  @Test func keepsListsAndClears() throws {
    #expect(folder.run(["cache"]).output == "file,size,entry,kept,current\n")
    let added = folder.run(["cache", "add", file])
    #expect(added.status == 0)
    #expect(added.errors == "")
    let row = added.output.split(separator: "\n").last!.split(separator: ",")
    #expect(row[0] == folder.absolute("t.csv"))
    #expect(row[1] == "\(Self.text.utf8.count)")
    #expect(row[3].hasSuffix("Z") && row[3].count == 20)
    #expect(row[4] == "true")
    #expect(folder.entries.count == 1)
    #expect(folder.run(["cache"]).output == added.output)
    #expect(folder.run(["cache", "list", "--no-cache"]).output == added.output)
    // What is kept already is not read again.
    let written = try FileManager.default.attributesOfItem(atPath: folder.cache + "/" + folder.entries[0])
    #expect(folder.run(["cache", "add", file]).output == added.output)
    let now = try FileManager.default.attributesOfItem(atPath: folder.cache + "/" + folder.entries[0])
    #expect(written[.systemFileNumber] as? Int == now[.systemFileNumber] as? Int)

    let json = folder.run(["cache", "--format", "json"])
    #expect(json.output.contains("\"current\":true"))
    let cleared = folder.run(["cache", "clear"])
    #expect(cleared.output == "1 entry removed, \(row[2]) bytes freed\n")
    #expect(folder.entries == [])
    #expect(folder.run(["cache", "clear"]).output == "0 entries removed, 0 bytes freed\n")
  }

  @Test func speaksFrench() {
    let added = folder.run(["cache", "add", file, "--lang", "fr"])
    // Programs read the same names wherever they run.
    #expect(added.output.hasPrefix("file,size,entry,kept,current\n"))
    #expect(folder.run(["cache", "--lang", "fr", "--format", "table"]).output.contains("│ fichier "))
    #expect(folder.run(["cache", "clear", "--lang", "fr"]).output.hasPrefix("1 entrée effacée, "))
    #expect(folder.run(["cache", "--help", "--lang", "fr"]).output.contains("Énumère les grands fichiers gardés"))
    let small = folder.run(["cache", "add", file, "--lang", "fr"], leastSize: 8 << 20)
    #expect(Self.unwrapped(small.errors).contains("n’est pas gardé dans le cache\u{A0}: de moins de 8 Mio"))
  }

  @Test func clearsTheFilesThatAreNamed() throws {
    let other = try folder.write("u.csv", "a;b\n1;2\n")
    #expect(folder.run(["cache", "add", file, other]).output.split(separator: "\n").count == 3)
    #expect(folder.run(["cache", "clear", "u.csv"]).output.hasPrefix("1 entry removed, "))
    #expect(folder.run(["cache"]).output.contains("t.csv"))
    // Of a file that is gone too.
    try FileManager.default.removeItem(atPath: file)
    #expect(folder.run(["cache"]).output.hasSuffix(",false\n"))
    #expect(folder.run(["cache", "clear", folder.absolute("t.csv")]).output.hasPrefix("1 entry removed, "))
    #expect(folder.entries == [])
  }

  @Test func saysWhatIsNotKept() throws {
    let small = folder.run(["cache", "add", file], leastSize: 8 << 20)
    #expect(small.status == 0)
    #expect(
      Self.unwrapped(small.errors).hasPrefix("warning[B0761]: `\(file)` is not kept in the cache: of less than 8 MiB"))
    #expect(folder.run(["cache", "add", file, "--strict"], leastSize: 8 << 20).status == 3)
    let json = try folder.write("j.json", "[{\"a\": 1}]")
    #expect(folder.run(["cache", "add", json]).errors.contains("only delimited text is kept"))
    #expect(folder.run(["cache", "add", "nowhere.csv"]).status == 3)
    #expect(folder.run(["cache", "add"]).status == 64)
    #expect(folder.run(["cache", "drop"]).status == 64)
    #expect(Run(["cache", "add", file], leastCachedSize: 0).status == 3)
    #expect(Run(["cache"], leastCachedSize: 0).output == "file,size,entry,kept,current\n")
    #expect(folder.entries == [])
  }

  // MARK: Queries

  @Test func keepsNothingUnlessAsked() {
    #expect(folder.run(query).status == 0)
    #expect(folder.entries == [])
    #expect(folder.run(query + ["--cache"]).status == 0)
    #expect(folder.entries.count == 1)
    #expect(folder.run(["cache", "clear"]).status == 0)
    #expect(folder.run(query, variables: ["BILAN_CACHE": "1"]).status == 0)
    #expect(folder.entries.count == 1)
    #expect(folder.run(["cache", "clear"]).status == 0)
    #expect(folder.run(query + ["--no-cache"], variables: ["BILAN_CACHE": "1"]).status == 0)
    #expect(folder.run(query + ["--cache"], leastSize: 8 << 20).status == 0)
    #expect(folder.entries == [])
  }

  @Test func theShellKeepsWhenTold() {
    let input = "from \"\(file)\" | count\n.cache on\nfrom \"\(file)\" | take 1\n"
    let run = folder.run([], input: input)
    #expect(run.status == 0, "\(run.errors)")
    #expect(folder.entries.count == 1)
    #expect(folder.run(["--no-cache"], input: ".cache on\n").status == 3)
    #expect(folder.run(["--no-cache"], input: ".cache off\n").status == 0)
  }

  /// The same bytes, in every format, whether the file is read, read and kept, or taken from its entry.
  @Test(arguments: OutputFormat.allCases) func answersTheSameInEveryFormat(_ format: OutputFormat) throws {
    let queries = [
      "from \"\(file)\"", "from \"\(file)\" | where montant > 5 | sort jour desc | add x = montant * 2",
      "from \"\(file)\" | keep région, jour | top 3 by jour", "from \"\(file)\" | count",
      "from \"\(file)\" with types = { montant = text } | distinct montant",
    ]
    for query in queries {
      func answer(_ more: String...) throws -> [String] {
        let output = folder.url.path + "/result"
        let run = folder.run(
          ["-c", query, "--format", format.rawValue, "--output", output, "--force", "--today", "2021-01-22"] + more)
        let bytes = (try? Data(contentsOf: URL(fileURLWithPath: output))) ?? Data()
        try? FileManager.default.removeItem(atPath: output)
        return ["\(run.status)", run.output, run.errors, bytes.base64EncodedString()]
      }
      let fresh = try answer("--no-cache")
      #expect(try answer("--cache") == fresh, "\(query)")
      #expect(try answer() == fresh, "\(query)")
    }
    #expect(folder.run(["cache"]).output.split(separator: "\n").count > 1)
  }

  @Test func describesTheSame() {
    func answer(_ more: String...) -> [String] {
      let run = folder.run(["describe", file, "--format", "markdown"] + more)
      return ["\(run.status)", run.output, run.errors]
    }
    let fresh = answer("--no-cache")
    #expect(answer("--cache") == fresh)
    #expect(answer() == fresh)
    #expect(answer("--lang", "fr") == answer("--lang", "fr", "--no-cache"))
    #expect(folder.entries.count == 1)
  }

  /// Notes too, and as errors where those are wanted.
  @Test func isAsStrict() {
    let fresh = folder.run(query + ["--no-cache", "--strict"])
    #expect(fresh.status == 3)
    #expect(folder.run(["cache", "add", file]).status == 0)
    let kept = folder.run(query + ["--strict"])
    #expect((kept.status, kept.errors) == (fresh.status, fresh.errors))
  }

  @Test func theShippedDataAnswerTheSame() throws {
    let datasets = GoldenProject.root + "/datasets"
    for query in [
      "from results | summarize achievement by region, period", "from beneficiaries | count by sex",
      "from disbursements | summarize sum(amount_mad) by programme", "from survey | take 5", "from meetings | take 5",
      "from enterprises | where created in 2019 | count",
    ] {
      let arguments = ["-c", query, "--data", datasets]
      let fresh = folder.run(arguments + ["--no-cache"])
      let keeping = folder.run(arguments + ["--cache"])
      let kept = folder.run(arguments)
      #expect((keeping.status, keeping.output, keeping.errors) == (fresh.status, fresh.output, fresh.errors))
      #expect((kept.status, kept.output, kept.errors) == (fresh.status, fresh.output, fresh.errors))
    }
    #expect(folder.entries.count >= 5)
  }

  // MARK: What goes wrong

  /// A file that changed is read, and its entry goes; kept again it takes the old one's place.
  @Test func aFileThatChangedIsReadAgain() throws {
    #expect(folder.run(query + ["--cache"]).status == 0)
    let names = folder.entries
    try folder.write("t.csv", "région;montant\nTaza;3\n")
    let run = folder.run(query)
    #expect(run.output == "région,sum(montant)\nTaza,3\n")
    #expect(folder.entries == [])
    #expect(folder.run(query + ["--cache"]).output == run.output)
    #expect(folder.entries == names)
  }

  /// An edit that keeps size and time is seen all the same.
  @Test func theFileIsReadAnewAfterAnEditThatHidesItself() throws {
    let filler = (0..<20_000).map { "\($0);Rabat\n" }
    func write(_ rows: [String]) throws -> String {
      let file = try folder.write("large.csv", "id;place\n" + rows.joined())
      let time = Date(timeIntervalSince1970: 1_611_324_000)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: file)
      return file
    }
    let query = ["-c", "from \"\(try write(filler))\" | summarize n = count by place"]
    #expect(folder.run(query + ["--cache"]).status == 0)
    var changed = filler
    changed[10_000] = "10000;Oujda\n"
    _ = try write(changed)
    #expect(folder.run(query).output == "place,n\nOujda,1\nRabat,19999\n")
  }

  @Test func aDamagedEntryIsReplaced() throws {
    let fresh = folder.run(query + ["--cache"])
    let entry = folder.cache + "/" + folder.entries[0]
    let sound = try Data(contentsOf: URL(fileURLWithPath: entry))
    for damaged in [Data(), sound.prefix(sound.count / 2), Data("ARROW1".utf8), sound.prefix(sound.count - 1)] {
      try damaged.write(to: URL(fileURLWithPath: entry))
      #expect(folder.run(["cache"]).output.split(separator: "\n").count == 2)
      let run = folder.run(query + ["--cache"])
      #expect((run.status, run.output, run.errors) == (fresh.status, fresh.output, fresh.errors))
      #expect(try Data(contentsOf: URL(fileURLWithPath: entry)) == sound)
    }
    try sound.prefix(200).write(to: URL(fileURLWithPath: entry))
    #expect(folder.run(query).output == fresh.output)
    #expect(folder.entries == [])
  }

  /// The answer does not suffer from a cache that cannot be written.
  @Test func aFolderThatCannotBeWrittenIsSaid() throws {
    let fresh = folder.run(query)
    try folder.write("home", "a file, no folder")
    let run = folder.run(query + ["--cache"])
    #expect((run.status, run.output) == (fresh.status, fresh.output))
    #expect(Self.unwrapped(run.errors).contains("warning[B0761]: `\(file)` is not kept in the cache: `"))
    let added = folder.run(["cache", "add", file])
    #expect(added.status == 3)
    #expect(added.errors.contains("cannot be written"))
  }
}
