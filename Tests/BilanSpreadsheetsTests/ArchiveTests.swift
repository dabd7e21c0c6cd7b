#if Spreadsheets
  import BilanColumnar
  import BilanDiagnostics
  import BilanRenderers
  import BilanTestSupport
  import Foundation
  import Testing

  @testable import Bilan
  @testable import BilanWorkbooks

  /// Files of data in ZIP archives.
  @Suite struct ArchiveTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString)")

    /// What a query gives as CSV, with an archive called `data.zip` at hand.
    private func run(_ path: String, _ archive: [UInt8], steps: String = "") throws -> String {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try Data(archive).write(to: folder.appending(path: "data.zip"))
      let session = Session(catalog: try Catalog([]))
      let result = try session.run("from \"\(path)\"\(steps)", sourceName: folder.path + "/q.bilan")[0]
      var sink = BufferSink()
      render(result.table, notes: [], as: .csv, options: RenderOptions(), into: &sink)
      return sink.text
    }

    private func refusal(_ path: String, _ archive: [UInt8]) throws -> Finding {
      do {
        let read = try run(path, archive)
        Issue.record("it was read: \(read)")
        throw CancellationError()
      } catch let error as BilanError {
        return try #require(error.findings.first)
      }
    }

    private static let csv = Array("region,actual\nFès,12\nOriental,7\n".utf8)
    private static let json = Array(#"{"regions": [{"n": 1}], "cities": [{"m": 5}, {"m": 6}]}"#.utf8)

    @Test func theOnlyFileIsRead() throws {
      let archive = WorkbookFile.zip([("results.csv", Self.csv)])
      let expected = "region,actual\nFès,12\nOriental,7\n"
      #expect(try run("data.zip", archive) == expected)
      #expect(try run("data.zip#results.csv", archive) == expected)
      // What systems put beside files is none, and folders are none.
      let mac = WorkbookFile.zip([
        ("a/", []), ("__MACOSX/a/._results.csv", [0, 5, 22, 7]), ("a/.DS_Store", [0]), ("a/results.csv", Self.csv),
      ])
      #expect(try run("data.zip", mac) == expected)
    }

    @Test func ofSeveralFilesOneIsNamed() throws {
      let archive = WorkbookFile.zip([
        ("2020/results.csv", Self.csv), ("2021/results.csv", Self.csv), ("2021/programme.json", Self.json),
      ])
      let finding = try refusal("data.zip", archive)
      #expect(finding.code == "B0760")
      #expect(finding.help.first?.contains("`2021/programme.json`") == true)
      #expect(try run("data.zip#2021/results.csv", archive, steps: " | count") == "count\n2\n")
      #expect(try run("data.zip#programme.json", archive) == "m\n5\n6\n")
      #expect(try run("data.zip#programme.json#regions", archive) == "n\n1\n")
      // Two folders have a file of this name.
      #expect(try refusal("data.zip#results.csv", archive).code == "B0720")
      #expect(try refusal("data.zip#reslts.csv", archive).code == "B0720")
    }

    @Test func aTableOfTheOnlyFileMayBeNamed() throws {
      let archive = WorkbookFile.zip([("programme.json", Self.json)])
      #expect(try run("data.zip#regions", archive) == "n\n1\n")
      #expect(try refusal("data.zip#towns", archive).code == "B0720")
    }

    @Test func whatIsNoDataIsSaid() throws {
      #expect(try refusal("data.zip", WorkbookFile.zip([("a/", [])])).code == "B0708")
      let nested = WorkbookFile.zip([("data.csv", Self.csv)])
      #expect(try refusal("data.zip", WorkbookFile.zip([("inner.zip", nested)])).code == "B0703")
      #expect(try refusal("data.zip", WorkbookFile.zip([("data.csv.gz", [0x1F, 0x8B, 8, 0])])).code == "B0703")
      let document = WorkbookFile.zip([("mimetype", []), ("content.xml", [1]), ("styles.xml", [1])])
      #expect(try refusal("data.zip", document).code == "B0710")
      #expect(try refusal("data.zip", WorkbookFile.zip([("data.bin", [0, 1, 2])])).code == "B0710")
    }

    @Test func workbooksInArchivesAreRead() throws {
      let book = WorkbookFile(row(1, "a") + row(2, "1")).bytes
      let archive = WorkbookFile.zip([("book.xlsx", book), ("results.csv", Self.csv)])
      #expect(try run("data.zip#book.xlsx", archive) == "a\n1\n")
      #expect(try refusal("data.zip#book.xlsx#Nowhere", archive).code == "B0720")
    }

    // MARK: Standard input

    /// What comes in on standard input as CSV.
    private func input(_ bytes: [UInt8]) throws -> String {
      let table = try StandardInput.table(of: bytes)
      var sink = BufferSink()
      render(
        Table(
          schema: table.schema,
          chunks: try table.read(columns: Array(table.schema.fields.indices), isCancelled: { false })),
        notes: [], as: .csv, options: RenderOptions(), into: &sink)
      return sink.text
    }

    @Test func standardInputMayBeAnArchive() throws {
      #expect(try input(WorkbookFile.zip([("a/results.csv", Self.csv)])) == "region,actual\nFès,12\nOriental,7\n")
      #expect(try input(WorkbookFile.zip([("programme.json", Self.json)])) == "m\n5\n6\n")
      #expect(try input(WorkbookFile(row(1, "a") + row(2, "1")).bytes) == "a\n1\n")
      func refusal(_ bytes: [UInt8]) -> Diagnostic? {
        do {
          Issue.record("it was read: \(try input(bytes))")
          return nil
        } catch {
          return (error as? QueryError)?.diagnostics.first
        }
      }
      let several = refusal(WorkbookFile.zip([("a.csv", Self.csv), ("b.csv", Self.csv)]))
      #expect(several?.code == .severalMembers)
      #expect(several?.help.first?.english.contains("`from \"stdin#a.csv\"`") == true)
      #expect(
        refusal(WorkbookFile.zip([("data.csv", [UInt8](repeating: 0x61, count: 80 << 20))]))?.code
          == .unsupportedFormat)
      #expect(refusal(Array(WorkbookFile.zip([("a.csv", Self.csv)]).dropLast(30)))?.code == .malformedFile)
    }

    @Test(arguments: 0..<150) func damagedInputIsReadOrRefused(seed: Int) throws {
      var random = SplitMix64(seed: UInt64(seed))
      let archive = WorkbookFile.zip([("a.csv", Self.csv)])
      let damaged = Damage.damaged(archive, with: WorkbookFile.zip([("c.csv", Self.csv)]), &random)
      do {
        _ = try input(damaged)
      } catch let error as QueryError {
        #expect(!error.diagnostics.isEmpty, "seed \(seed)")
      }
    }

    // MARK: What is refused

    @Test func namesAreTakenToTheLetter() throws {
      let archive = WorkbookFile.zip([("Data.csv", Self.csv), ("data.csv", Array("a,b\n1,2\n".utf8))])
      #expect(try run("data.zip#Data.csv", archive, steps: " | count") == "count\n2\n")
      #expect(try run("data.zip#data.csv", archive) == "a,b\n1,2\n")
      let twins = WorkbookFile.zip([("data.csv", Self.csv), ("data.csv", Array("a,b\n1,2\n".utf8))])
      #expect(try refusal("data.zip", twins).code == "B0760")
      let finding = try refusal("data.zip#data.csv", twins)
      #expect(finding.code == "B0721")
      #expect(finding.message.contains("several files called `data.csv`"))
    }

    /// The bytes of an archive after `change` was given each of its headers: where it begins, and where in it the method
    /// and the sizes stand, which is four bytes further in those of the directory.
    private func changed(_ archive: [UInt8], _ change: (inout [UInt8], _ fields: Int, _ isCentral: Bool) -> Void)
      -> [UInt8]
    {
      var archive = archive
      for place in 0..<archive.count - 4 where archive[place] == 0x50 && archive[place + 1] == 0x4B {
        if archive[place + 2] == 3, archive[place + 3] == 4 { change(&archive, place + 8, false) }
        if archive[place + 2] == 1, archive[place + 3] == 2 { change(&archive, place + 10, true) }
      }
      return archive
    }

    /// The stream ends where the directory says that there is more: its checksum cannot be compared.
    @Test func membersThatHoldLessThanTheySayAreRefused() throws {
      let archive = changed(WorkbookFile.zip([("data.csv", Self.csv)])) { bytes, fields, isCentral in
        if isCentral { bytes[fields + 14] += 40 }
      }
      #expect(try refusal("data.zip", archive).code == "B0721")
    }

    @Test func methodsThatAreNotReadAreSaid() throws {
      let archive = changed(WorkbookFile.zip([("data.csv", Self.csv)])) { bytes, fields, _ in bytes[fields] = 14 }
      let finding = try refusal("data.zip", archive)
      #expect(finding.code == "B0703")
      #expect(finding.message.contains("LZMA"))
    }

    /// Flag bit 0 of a member's headers says that it is encrypted.
    @Test func passwordsAreSaid() throws {
      var archive = WorkbookFile.zip([("data.csv", Self.csv)])
      for place in 0..<archive.count - 4 where archive[place] == 0x50 && archive[place + 1] == 0x4B {
        if archive[place + 2] == 3, archive[place + 3] == 4 { archive[place + 6] |= 1 }
        if archive[place + 2] == 1, archive[place + 3] == 2 { archive[place + 8] |= 1 }
      }
      let finding = try refusal("data.zip", archive)
      #expect(finding.code == "B0703")
      #expect(finding.message.contains("password"))
    }

    @Test func bombsAreRefused() throws {
      let archive = WorkbookFile.zip([("data.csv", [UInt8](repeating: 0x61, count: 80 << 20))])
      #expect(archive.count < 1 << 20)
      #expect(try refusal("data.zip", archive).code == "B0703")
    }

    @Test(arguments: 0..<150) func damagedArchivesAreReadOrRefused(seed: Int) throws {
      var random = SplitMix64(seed: UInt64(seed))
      let archive = WorkbookFile.zip([("a.csv", Self.csv), ("b.json", Self.json)])
      let damaged = Damage.damaged(archive, with: WorkbookFile.zip([("c.csv", Self.csv)]), &random)
      do {
        _ = try run(seed % 2 == 0 ? "data.zip#a.csv" : "data.zip#b.json", damaged)
      } catch let error as BilanError {
        #expect(!error.findings.isEmpty, "seed \(seed)")
      }
    }
  }
#endif
