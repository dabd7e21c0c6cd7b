import BilanCompression
import BilanTestSupport
import Foundation
import Testing

@testable import Bilan

#if Compression
  @Suite struct CompressedFileTests {
    static let table = Array("region;cible\nDraâ;120\nSouss;80,5\n".utf8)
    static let packed: [(name: String, bytes: [UInt8])] = [
      ("t.csv.gz", Deflation.deflate(table, .gzip)!),
      ("t.csv.zst", Deflation.deflate(table, .zstd)!),
      (
        "t.csv.bz2",
        hexBytes(
          """
          425a6839314159265359a7769d2b00000e5f94001000047248040008003aa59a001000080020003141a3468320343184f53d1a9931b4
          9a5a4502f4cce3b654e99484aea0318096d93bf05dc914e142429dda74ac
          """)
      ),
      (
        "t.csv.xz",
        hexBytes(
          """
          fd377a585a000004e6d6b4460200210116000000742fe5a3010021726567696f6e3b6369626c650a447261c3a23b3132300a536f75
          73733b38302c350a000000a711f229d65425a800013a22b62a4fd01fb6f37d010000000004595a
          """)
      ),
      // Recognized by what it is, not by what it is called.
      ("renamed.csv", Deflation.deflate(table, .gzip)!),
    ]

    @Test(arguments: packed) func isReadAsWhatItHolds(_ file: (name: String, bytes: [UInt8])) throws {
      let folder = try FileFolder()
      try folder.write(file.name, file.bytes)
      #expect(try folder.cells("from \"\(file.name)\"") == [["Draâ", "Souss"], ["120", "80.5"]])
      let described = try Session(catalog: Catalog([])).describe(folder.path + "/" + file.name)
      #expect(described.findings.contains { $0.english.hasPrefix("compression: ") })
    }

    @Test(arguments: 0..<200) func damageIsReadOrRefused(_ seed: Int) throws {
      var random = SplitMix64(seed: UInt64(seed))
      let (file, other) = (Self.packed[seed % 4], Self.packed[(seed + 1) % 4])
      let folder = try FileFolder()
      try folder.write(file.name, Damage.damaged(file.bytes, with: other.bytes, &random))
      do {
        _ = try folder.run("from \"\(file.name)\"")
      } catch let error as BilanError {
        #expect(!error.findings.isEmpty, "seed \(seed)")
      }
    }

    @Test func aFolderOfThemIsACatalog() throws {
      let folder = try FileFolder()
      try folder.write("results 2019.csv.gz", Self.packed[0].bytes)
      let catalog = try Catalog([folder.path])
      #expect(catalog.datasets.map(\.name) == ["results_2019"])
      #expect(try Session(catalog: catalog).run("from results_2019 | count")[0].columns[0].descriptions == ["2"])
    }

    @Test func whatIsAppendedIsSaid() throws {
      let folder = try FileFolder()
      try folder.write("t.csv.gz", Self.packed[0].bytes + Array("<html>".utf8))
      let result = try folder.run("from \"t.csv.gz\"")
      #expect(result.columns[0].descriptions == ["Draâ", "Souss"])
      #expect(result.notes.map(\.code) == ["B0730"])
    }

    private func code(_ name: String, _ bytes: [UInt8]) throws -> String? {
      let folder = try FileFolder()
      try folder.write(name, bytes)
      do {
        _ = try folder.run("from \"\(name)\"")
        return nil
      } catch let error as BilanError {
        #expect(error.kind == .data)
        return error.findings.first?.code
      }
    }

    @Test func whatIsNotWholeIsRefused() throws {
      let gzip = Self.packed[0].bytes
      #expect(try code("t.csv.gz", Array(gzip.dropLast(4))) == "B0721")
      var damaged = gzip
      damaged[gzip.count - 6] ^= 1
      #expect(try code("t.csv.gz", damaged) == "B0721")
      // 200 MiB of one letter.
      let bomb = Deflation.deflate([UInt8](repeating: 0x61, count: 200 << 20), .zstd)!
      #expect(bomb.count < 1 << 16)
      #expect(try code("bomb.csv.zst", bomb) == "B0703")
      #expect(try code("t.csv.gz.gz", Deflation.deflate(gzip, .gzip)!) == "B0703")
      #expect(try code("empty.csv.gz", Deflation.deflate([], .gzip)!) == "B0708")
      let tar = [UInt8](repeating: 0, count: 257) + Array("ustar".utf8) + [UInt8](repeating: 0, count: 300)
      #expect(try code("t.tar.gz", Deflation.deflate(tar, .gzip)!) == "B0703")
    }

    @Test func whatIsCompressedOtherwiseIsSaid() throws {
      let others: [([UInt8], String)] = [
        ([0x04, 0x22, 0x4D, 0x18, 0x64, 0x40], "LZ4"), ([0x5D, 0, 0, 0x80, 0, 0xFF], "LZMA"),
        ([0x1F, 0x9D, 0x90], "compress (Z)"), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0], "7-Zip"),
        (Array("Rar!".utf8) + [0x1A, 0x07, 1], "RAR"),
      ]
      for (bytes, name) in others {
        let folder = try FileFolder()
        try folder.write("t.csv", bytes)
        do {
          _ = try folder.run("from \"t.csv\"")
          Issue.record("it was read")
        } catch let error as BilanError {
          #expect(error.findings[0].code == "B0703")
          #expect(error.findings[0].message.contains(name))
          #expect(!error.findings[0].help.isEmpty)
        }
      }
    }

    @Test func damageHasAWayOut() throws {
      let folder = try FileFolder()
      try folder.write("t.csv.gz", Array(Self.packed[0].bytes.dropLast(4)))
      do {
        _ = try folder.run("from \"t.csv.gz\"")
        Issue.record("it was read")
      } catch let error as BilanError {
        #expect(error.findings[0].help.joined().contains("gzip -dc"))
      }
    }

    @Test func theBoundFollowsSizeAndMemory() {
      #expect(CompressedFile.limit(storedCount: 10, available: nil) == 64 << 20)
      #expect(CompressedFile.limit(storedCount: 1 << 20, available: nil) == 1000 << 20)
      #expect(CompressedFile.limit(storedCount: 1 << 20, available: 300 << 20) == 100 << 20)
      #expect(CompressedFile.limit(storedCount: .max, available: 3 << 20) == 1 << 20)
      #expect(Machine.availableMemory ?? 1 > 0)
    }
  }
#endif
