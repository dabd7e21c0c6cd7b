#if Exchange && Compression
  import BilanCompression
  import Foundation
  import Testing

  @testable import Bilan

  /// IATI that is not a plain file on disk.
  @Suite struct ExchangeFileTests {
    private func activities(_ identifier: String) -> [UInt8] {
      Array(
        """
        <?xml version="1.0"?>
        <iati-activities version="2.03"><iati-activity>
        <iati-identifier>\(identifier)</iati-identifier>
        <title><narrative>Jobs</narrative></title>
        <sector code="151"/>
        </iati-activity></iati-activities>
        """.utf8)
    }

    /// One table of each file is compared, and the others are named.
    @Test func tablesThatAreNotComparedAreSaid() throws {
      let folder = try FileFolder()
      let (old, new) = (folder.path + "/old.xml", folder.path + "/new.xml")
      try folder.write("old.xml", activities("MA-1"))
      try folder.write("new.xml", activities("MA-1"))
      func notes(_ table: String = "") throws -> [String] {
        try Session(catalog: try Catalog([])).compare(old + table, new + table, key: ["iati_identifier"]).notes
          .filter { $0.code == .sheetsNotRead }.map { $0.message.english }
      }
      #expect(
        try notes() == [
          "`\(old)` and `\(new)` have another table, which is not compared: `sectors`; `\(old)#sectors` names it"
        ])
      #expect(try notes("#sectors").isEmpty)
      let text = String(decoding: activities("MA-1"), as: UTF8.self)
      try folder.write("new.xml", text.replacing("<sector code=\"151\"/>", with: ""))
      #expect(
        try notes() == ["`\(old)` has another table, which is not compared: `sectors`; `\(old)#sectors` names it"])
    }

    @Test func compressedFilesAreRead() throws {
      let folder = try FileFolder()
      try folder.write("a.xml.gz", Deflation.deflate(activities("MA-1"), .gzip)!)
      #expect(try folder.cells("from \"a.xml.gz\" | keep iati_identifier") == [["MA-1"]])
      #expect(try folder.cells("from \"a.xml.gz#sectors\" | keep code") == [["151"]])
    }

    @Test func whatOfAFolderIsNoIATIIsSaid() throws {
      let folder = try FileFolder()
      try folder.write("iati/a.xml", activities("MA-1"))
      try folder.write("iati/codes.xml", "<codelist/>")
      let result = try folder.run("from \"iati\" | keep iati_identifier")
      #expect(result.columns[0].descriptions == ["MA-1"])
      #expect(result.notes.map(\.code) == ["B0731"])
      #expect(result.notes[0].message.contains("`codes.xml`"))
    }

    @Test func foldersAndArchivesInAFolderAreSaid() throws {
      let folder = try FileFolder()
      try folder.write("iati/a.xml", activities("MA-1"))
      try folder.write("iati/more/b.xml", activities("MA-2"))
      try folder.write("iati/z.zip", "PK")
      try folder.write("iati/.git/x", "")
      let result = try folder.run("from \"iati\" | keep iati_identifier")
      #expect(result.columns[0].descriptions == ["MA-1"])
      #expect(result.notes.map(\.code) == ["B0731"])
      #expect(result.notes[0].message.hasSuffix("`more`, `z.zip`"))
    }

    @Test func foldersMayHoldCompressedFiles() throws {
      let folder = try FileFolder()
      try folder.write("iati/a.xml", activities("MA-1"))
      try folder.write("iati/b.xml.gz", Deflation.deflate(activities("MA-2"), .gzip)!)
      try folder.write("iati/c.xml.zst", Deflation.deflate(activities("MA-3"), .zstd)!)
      try folder.write("iati/notes.txt", "no data")
      #expect(
        try folder.cells("from \"iati\" | keep file, iati_identifier") == [
          ["a.xml", "b.xml.gz", "c.xml.zst"], ["MA-1", "MA-2", "MA-3"],
        ])
      try folder.write("iati/d.xml.gz", [0x1F, 0x8B, 8, 0, 1])
      #expect(throws: BilanError.self) { try folder.run("from \"iati\"") }
    }

    /// What comes in on standard input is opened as these bytes are.
    @Test func bytesInMemoryAreRead() throws {
      let table = try Formats.open(
        bytes: activities("MA-1"), path: "stdin", table: nil, name: "stdin", options: .init(), resource: nil)
      #expect(table.schema.fields[0].label == "iati_identifier")
    }
  }
#endif
