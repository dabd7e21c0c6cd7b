import BilanShell
import Foundation
import Testing

@testable import BilanCLI

/// `--output`: results in files, whole or not at all.
@Suite struct OutputFileTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("bilan-output-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try "region,jobs,name\nFès,3,=a\nOriental,,b\n".write(
        to: url.appendingPathComponent("firms.csv"), atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func run(_ arguments: String...) -> Run { Run(arguments, directory: url.path) }

    func text(_ name: String) -> String? { try? String(contentsOf: url.appendingPathComponent(name), encoding: .utf8) }

    /// The names of the files beside the one given.
    var others: [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: url.path))?.filter { $0 != "firms.csv" }.sorted() ?? []
    }

    var query: String { "from \"\(url.path)/firms.csv\" | keep region, jobs" }
  }

  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func theNameTellsTheFormat() {
    let run = folder.run("-c", folder.query, "--output", "out.json")
    #expect((run.status, run.output) == (0, ""))
    #expect(folder.text("out.json")?.hasPrefix("{\"columns\":[{\"name\":\"region\"") == true)
    #expect(folder.others == ["out.json"])
    #expect(folder.run("-c", folder.query, "--format", "tsv", "--output", "out.dat").status == 0)
    #expect(folder.text("out.dat") == "region\tjobs\nFès\t3\nOriental\t\n")
  }

  @Test func aFileThatIsThereIsReplacedOnlyByForce() {
    #expect(folder.run("-c", folder.query, "--output", "out.csv").status == 0)
    let second = folder.run("-c", folder.query + " | take 1", "--output", "out.csv")
    #expect(second.status == 64)
    #expect(second.errors.contains("is there already"))
    #expect(second.errors.contains("`--force` replaces it"))
    #expect(folder.text("out.csv") == "region,jobs\nFès,3\nOriental,\n")
    #expect(folder.run("-c", folder.query + " | take 1", "--output", "out.csv", "--force").status == 0)
    #expect(folder.text("out.csv") == "region,jobs\nFès,3\n")
    #expect(folder.others == ["out.csv"])
  }

  @Test func aQueryThatGoesWrongLeavesNothing() {
    let run = folder.run("-c", folder.query, "-c", folder.query + " | keep regoin", "--output", "out.csv")
    #expect(run.status == 2)
    #expect(folder.others.isEmpty)
  }

  // MARK: What stands there

  @Test func linksAreFollowed() throws {
    let files = FileManager.default
    try files.createDirectory(atPath: folder.url.path + "/deep", withIntermediateDirectories: true)
    try "old".write(toFile: folder.url.path + "/deep/real.csv", atomically: false, encoding: .utf8)
    try files.createSymbolicLink(atPath: folder.url.path + "/deep/near.csv", withDestinationPath: "real.csv")
    try files.createSymbolicLink(atPath: folder.url.path + "/link.csv", withDestinationPath: "deep/near.csv")
    let refused = folder.run("-c", folder.query, "--output", "link.csv")
    #expect(refused.status == 64)
    #expect(refused.errors.contains("link.csv` is there already"))
    #expect(folder.run("-c", folder.query, "--output", "link.csv", "--force").status == 0)
    #expect(try files.destinationOfSymbolicLink(atPath: folder.url.path + "/link.csv") == "deep/near.csv")
    #expect(try files.destinationOfSymbolicLink(atPath: folder.url.path + "/deep/near.csv") == "real.csv")
    #expect(folder.text("deep/real.csv") == "region,jobs\nFès,3\nOriental,\n")
    #expect(try files.contentsOfDirectory(atPath: folder.url.path + "/deep").sorted() == ["near.csv", "real.csv"])
    // A link to nothing yet is where the file is made.
    try files.createSymbolicLink(atPath: folder.url.path + "/new.csv", withDestinationPath: "deep/new.csv")
    #expect(folder.run("-c", folder.query, "--output", "new.csv").status == 0)
    #expect(folder.text("deep/new.csv") == "region,jobs\nFès,3\nOriental,\n")
    try files.createSymbolicLink(atPath: folder.url.path + "/round.csv", withDestinationPath: "round.csv")
    #expect(folder.run("-c", folder.query, "--output", "round.csv", "--force").errors.contains("symbolic links"))
  }

  @Test func aFileThatIsReplacedKeepsItsRights() throws {
    let path = folder.url.path + "/secret.csv"
    try "old".write(toFile: path, atomically: false, encoding: .utf8)
    for rights in [0o600, 0o640, 0o664] {
      try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
      #expect(folder.run("-c", folder.query, "--output", "secret.csv", "--force").status == 0)
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == rights)
    }
    #expect(folder.text("secret.csv") == "region,jobs\nFès,3\nOriental,\n")
    #expect(folder.others == ["secret.csv"])
  }

  @Test func devicesAndPipesAreWrittenThrough() throws {
    let pipe = folder.url.path + "/pipe"
    let isMade = unsafe mkfifo(pipe, 0o600) == 0
    #expect(isMade)
    // One that reads and writes does not wait for another.
    let reader = unsafe open(pipe, O_RDWR | O_NONBLOCK)
    defer { close(reader) }
    let run = folder.run("-c", folder.query, "--output", "pipe", "--format", "csv")
    #expect((run.status, run.output, run.errors) == (0, "", ""))
    #expect(text(from: reader) == "region,jobs\nFès,3\nOriental,\n")
    #expect(folder.run("-c", folder.query, "--output", "pipe", "--format", "csv", "--force").status == 0)
    #expect(text(from: reader) == "region,jobs\nFès,3\nOriental,\n")
    try FileManager.default.createSymbolicLink(atPath: folder.url.path + "/nothing", withDestinationPath: "/dev/null")
    #expect(folder.run("-c", folder.query, "--output", "nothing", "--format", "csv").status == 0)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.url.path + "/nothing") == "/dev/null")
    #expect(folder.others == ["nothing", "pipe"])
  }

  @Test func streamsOfTheProcessAreWrittenThrough() {
    var ends: [Int32] = [0, 0]
    let isMade = unsafe pipe(&ends) == 0
    #expect(isMade)
    defer { ends.forEach { close($0) } }
    let run = folder.run("-c", folder.query, "--output", "/dev/fd/\(ends[1])", "--format", "csv")
    #expect((run.status, run.errors) == (0, ""))
    #expect(text(from: ends[0]) == "region,jobs\nFès,3\nOriental,\n")
    // It is not closed: it is the process's.
    #expect(fcntl(ends[1], F_GETFL) >= 0)
    #expect(folder.run("-c", folder.query, "--output", "/dev/fd/900", "--format", "csv").status == 64)
  }

  @Test func whatTheSystemSaysIsFrenchInFrench() throws {
    try FileManager.default.createSymbolicLink(atPath: folder.url.path + "/full", withDestinationPath: "/dev/full")
    func errors(_ language: String) -> String {
      folder.run("-c", folder.query, "--output", "full", "--format", "csv", "--lang", language, "--errors", "json")
        .errors
    }
    #expect(errors("en").contains("full` cannot be written: No space left on device"))
    #expect(errors("fr").contains("full` ne peut pas être écrit\u{A0}: plus de place sur le disque"))
    let nowhere = folder.run("-c", folder.query, "--output", "nowhere/out.csv", "--lang", "fr")
    #expect(nowhere.errors.contains("ce fichier ou ce dossier n’existe pas"))
  }

  /// What waits in a pipe.
  private func text(from descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
  }

  // MARK: Notes and formats

  @Test func notesGoIntoTheFileAndAreShown() {
    let run = folder.run("-c", folder.query + " | summarize jobs = sum(jobs)", "--output", "out.md")
    #expect(run.errors.contains("left out 1 missing value"))
    #expect(folder.text("out.md")?.contains("- note: `sum(jobs)` left out 1 missing value") == true)
  }

  @Test(arguments: [
    (["--output", "out.foo"], "does not tell its format"), (["--force"], "`--force` goes with `--output`"),
    (["--output", "nowhere/out.csv"], "B0903"), (["--output", "."], "does not tell its format"),
    (["--output"], "is without its value"),
  ])
  func wrongPlacesAreRefused(arguments: [String], message: String) {
    let run = Run(["-c", folder.query] + arguments, directory: folder.url.path)
    #expect(run.status == 64)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(folder.others.isEmpty)
  }

  @Test func onlyResultsGoIntoFiles() {
    let run = folder.run("explain", "B0203", "--output", "out.md")
    #expect(run.status == 64)
    #expect(run.errors.contains("`--output` is for results"))
  }

  @Test func strictRefusesWhatCannotBeWritten() {
    let query = "from \"\(folder.url.path)/firms.csv\" | keep name"
    let plain = folder.run("-c", query, "--format", "csv-fr", "--output", "out.csv")
    #expect(plain.status == 0)
    #expect(plain.errors.contains("1 text has an apostrophe before it"))
    #expect(folder.text("out.csv") == "name\r\n'=a\r\nb\r\n")
    let strict = folder.run("-c", query, "--format", "csv-fr", "--output", "strict.csv", "--strict")
    #expect(strict.status == 3)
    #expect(folder.others == ["out.csv"])
  }

  @Test(arguments: ["arrow", "feather", "arrows", "parquet"]) func filesOfColumnsKeepTypes(_ ending: String) {
    let query =
      folder.query + " | summarize n = sum(jobs), share = as_percent(sum(jobs) / 4), rate = ratio(jobs, 4) by region"
      + " | add quarter = 2019-Q3"
    #expect(folder.run("-c", query, "--output", "out.\(ending)").status == 0)
    let back = folder.run("-c", "from \"\(folder.url.path)/out.\(ending)\"")
    #expect(back.output == "region,n,share,rate,quarter\nFès,3,0.75,0.75,2019-Q3\nOriental,,,,2019-Q3\n")
    let described = folder.run("describe", "\(folder.url.path)/out.\(ending)")
    #expect(described.output.contains("\nquarter,period,0,"))
    #expect(
      folder.run("-c", "from \"\(folder.url.path)/out.\(ending)\" | keep share", "--format", "markdown").output
        .contains("75%"))
    let several = folder.run("-c", folder.query, "-c", folder.query, "--output", "two.\(ending)")
    #expect(several.status == 64)
    #expect(folder.others == ["out.\(ending)"])
  }

  @Test func notesOfAFileOfColumnsAreShown() {
    let run = folder.run("-c", folder.query + " | summarize jobs = sum(jobs)", "--output", "out.parquet")
    #expect(run.status == 0)
    #expect(run.errors.contains("left out 1 missing value"))
  }

  @Test(arguments: ["arrow", "arrows", "parquet"]) func aPipeTakesBytesAndATerminalDoesNot(_ format: String) {
    let piped = folder.run("-c", folder.query, "--format", format)
    #expect(piped.status == 0)
    #expect(!piped.output.isEmpty)
    let (output, errors) = (BufferOutput(), BufferOutput())
    let status = CommandLineTool(
      CommandEnvironment(
        arguments: ["-c", folder.query, "--format", format], currentDirectory: folder.url.path, output: output,
        errorOutput: errors, isOutputTerminal: true)
    ).run()
    #expect(status == 64)
    #expect(output.text.isEmpty)
    #expect(errors.text.contains("`\(format)` is nothing for a terminal"))
    #expect(errors.text.contains("`--output result.\(format)` writes a file"))
  }

  #if Spreadsheets
    @Test func workbooksAreFiles() throws {
      #expect(folder.run("-c", folder.query, "--output", "out.xlsx").status == 0)
      let back = folder.run("-c", "from \"\(folder.url.path)/out.xlsx\"")
      #expect((back.status, back.output) == (0, "region,jobs\nFès,3\nOriental,\n"))
      let described = folder.run("describe", folder.url.path + "/out.xlsx#Result", "--format", "markdown")
      #expect(described.output.contains("sheet: `Result`, A1:B3 (the only one)"))
      #expect(described.output.contains("first row: names (`jobs` stands over values of another kind)"))
      let several = folder.run("-c", folder.query, "-c", folder.query, "--output", "two.xlsx")
      #expect(several.status == 64)
      #expect(several.errors.contains("holds one result"))
      #expect(folder.others == ["out.xlsx"])
    }

    @Test func workbooksAreNothingForATerminal() {
      let output = BufferOutput()
      let errors = BufferOutput()
      let status = CommandLineTool(
        CommandEnvironment(
          arguments: ["-c", folder.query, "--format", "xlsx"], currentDirectory: folder.url.path, output: output,
          errorOutput: errors, isOutputTerminal: true)
      ).run()
      #expect(status == 64)
      #expect(output.text.isEmpty)
      #expect(errors.text.contains("nothing for a terminal"))
    }
  #endif
}
