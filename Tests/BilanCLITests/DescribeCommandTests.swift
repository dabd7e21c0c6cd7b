import BilanShell
import Foundation
import Testing

@testable import BilanCLI

/// `describe`: what was understood of a file, and `--write`, which makes it so for good.
@Suite struct DescribeCommandTests {
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("bilan-describe-\(UUID().uuidString)")

    init(_ text: String) throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try text.write(to: url.appendingPathComponent("r.csv"), atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var file: String { url.path + "/r.csv" }

    func run(_ arguments: String...) -> Run { Run(arguments, directory: url.path) }

    var descriptor: String? {
      try? String(contentsOf: url.appendingPathComponent("datapackage.json"), encoding: .utf8)
    }

    func replaceDescriptor(_ text: String) throws {
      try text.write(to: url.appendingPathComponent("datapackage.json"), atomically: true, encoding: .utf8)
    }
  }

  private static let text = """
    Programme 2020

    région;montant;date;part
    Fès;1 234,50 DH;01/02/2019;12 %
    Rabat;n/d;03/04/2019;7 %
    Oujda;300 DH;05/06/2019;voir note
    Nador;(20,5) DH;07/08/2019;0
    """

  @Test func saysHowSureItIs() throws {
    let folder = try Folder(Self.text)
    let run = folder.run("describe", folder.file, "--format", "markdown")
    #expect(run.status == 0)
    #expect(run.output.contains("2 lines (1–2) above its table"))
    #expect(run.output.contains("amounts in MAD; missing: \\`n/d\\` 1×"))
    #expect(run.output.contains("| assumed"))
    #expect(run.output.contains("| certain"))
    let french = folder.run("describe", folder.file, "--format", "markdown", "--lang", "fr")
    #expect(french.output.contains("manquants : \\`n/d\\` 1×"))
    #expect(french.output.contains("| supposé"))
    #expect(folder.descriptor == nil)
  }

  /// Where a format has no place for what is known of the file, it is noted beside it.
  @Test(arguments: ["csv", "tsv", "ndjson"]) func saysHowTheFileWasReadBesideIt(_ format: String) throws {
    let folder = try Folder(Self.text)
    let run = folder.run("describe", folder.file, "--format", format)
    for fact in ["rows: 4", "encoding: utf-8", "separator: semicolon", "first row: names", "above its table"] {
      #expect(run.errors.contains("note: ") && run.errors.contains(fact), "\(fact): \(run.errors)")
    }
    let french = folder.run("describe", folder.file, "--format", format, "--lang", "fr")
    #expect(french.output == run.output)
    #expect(french.errors.contains("note\u{A0}: séparateur\u{A0}: point-virgule"), "\(french.errors)")
    let json = folder.run("describe", folder.file, "--format", format, "--errors", "json")
    #expect(json.errors.contains("\"B0762\""))
  }

  @Test func aDocumentHoldsHowTheFileWasRead() throws {
    let folder = try Folder(Self.text)
    let run = folder.run("describe", folder.file, "--format", "json", "--lang", "fr")
    #expect(run.output.contains(#""meta":{"facts":[{"subject":"file","value":""#), "\(run.output)")
    #expect(run.output.contains(#"{"subject":"separator","value":"semicolon","evidence":""#))
    #expect(run.output.contains(#"{"subject":"rows","value":"4"}"#))
    #expect(run.output.contains("[{\"code\":\"B0715\""))
    #expect(run.output.contains("\"row_count\":4}"))
    #expect(run.errors.isEmpty)
    // For people it stands above the columns, which are counted as what they are.
    let table = folder.run("describe", folder.file, "--format", "table")
    #expect(table.output.contains("separator: semicolon"))
    #expect(table.output.hasSuffix("\n4 columns\n"))
    #expect(table.errors.isEmpty)
    #expect(folder.run("describe", folder.file, "--format", "table", "--lang", "fr").output.hasSuffix("\n4 colonnes\n"))
  }

  @Test func strictDemandsThatNothingWasLeftOpen() throws {
    let folder = try Folder(Self.text)
    let run = folder.run("describe", folder.file, "--strict", "--format", "csv")
    #expect((run.status, run.output) == (3, ""))
    #expect(run.errors.contains("error[B0715]"))
    #expect(try Folder("a,b\n1,x\n").run("describe", "r.csv", "--strict").status == 3)
    let plain = try Folder("a,b\n1,x\n")
    #expect(plain.run("describe", plain.file, "--strict").status == 0)
  }

  @Test func whatIsNotThereIsSaidAsQueriesSayIt() throws {
    let folder = try Folder(Self.text)
    let none = folder.run("describe", folder.url.path + "/rr.csv")
    #expect(none.status == 3)
    #expect(none.errors.contains("[B0701]: no file at"))
    #expect(none.errors.contains("r.csv"))
    let itself = folder.run("describe", folder.url.path)
    #expect(itself.status == 3)
    #expect(itself.errors.contains("is a directory, not a file"))
    // A word may be a dataset that is called otherwise.
    let word = folder.run("describe", "nothing", "--data", folder.url.path)
    #expect(word.status == 2)
    #expect(word.errors.contains("[B0201]"))
    #expect(folder.run("describe", "r.cs", "--data", folder.url.path).errors.contains("no file at `r.cs`"))
  }

  @Test func itIsInterrupted() throws {
    struct Interrupted: Interruption {
      func start() {}
      func stop(thenIgnoring: Bool) {}
      var isInterrupted: Bool { true }
    }
    let folder = try Folder(Self.text)
    let errors = BufferOutput()
    let environment = CommandEnvironment(
      arguments: ["describe", folder.file], currentDirectory: folder.url.path, output: BufferOutput(),
      errorOutput: errors, interruption: Interrupted())
    #expect(CommandLineTool(environment).run() == 130)
    #expect(errors.text.contains("B0606"))
  }

  @Test func writesWhatItUnderstood() throws {
    let folder = try Folder(Self.text)
    let before = folder.run("-c", "from \"\(folder.file)\"", "--format", "csv")
    #expect(before.errors.contains("the day is taken to come first"))
    let run = folder.run("describe", folder.file, "--write")
    #expect(run.status == 0)
    #expect(run.errors.contains("now says how"))
    #expect(folder.descriptor?.contains("\"headerRows\": [3]") == true)
    // The same table, by its path and by its folder, and nothing is guessed.
    let after = folder.run("-c", "from \"\(folder.file)\"", "--format", "csv")
    #expect(after.output == before.output)
    for inferred in ["taken to come first", "skipped in", "read as negative", "because"] {
      #expect(!after.errors.contains(inferred), "\(after.errors)")
    }
    let named = folder.run("-c", "from r", "--data", folder.url.path, "--format", "csv")
    #expect(named.output == before.output)
    #expect(folder.run("describe", folder.file, "--format", "markdown").output.contains("| declared"))
  }

  @Test func aDescriptionThatIsThereIsReplacedOnlyByForce() throws {
    let folder = try Folder(Self.text)
    try folder.replaceDescriptor(
      #"{"name": "mine", "resources": [{"name": "r", "path": "r.csv", "title": "Kept", "schema": {"fields": [{"name": "part", "type": "string", "description": "also kept"}]}}]}"#
    )
    let before = folder.descriptor
    let refused = folder.run("describe", folder.file, "--write")
    #expect(refused.status == 64)
    #expect(refused.errors.contains("describes"))
    #expect(refused.errors.contains("`--force`"))
    #expect(folder.descriptor == before)
    #expect(folder.run("describe", folder.file, "--write", "--force").status == 0)
    let written = try #require(folder.descriptor)
    for kept in ["\"mine\"", "\"Kept\"", "\"also kept\"", "\"decimalChar\": \",\""] { #expect(written.contains(kept)) }
    // What is no descriptor is left alone.
    try folder.replaceDescriptor("{\"resources\": 1}")
    let broken = folder.run("describe", folder.file, "--write", "--force")
    #expect(broken.status != 0)
    #expect(folder.descriptor == "{\"resources\": 1}")
    // And does not keep the file beside it from being read.
    let read = folder.run("-c", "from \"\(folder.file)\" | count", "--data", folder.file, "--format", "csv")
    #expect(read.status == 0)
    #expect(read.errors.contains("is read without it"))
    // Unless it names the file: it may say which columns are personal.
    try folder.replaceDescriptor("{\"resources\": [{\"path\": \"r.csv\"}, 1]}")
    let named = folder.run("-c", "from \"\(folder.file)\" | count", "--data", folder.file, "--format", "csv")
    #expect(named.status == 3)
    #expect(named.errors.contains("error[B0704]"))
    #expect(folder.run("-c", "from r", "--force").status == 64)
  }
}
