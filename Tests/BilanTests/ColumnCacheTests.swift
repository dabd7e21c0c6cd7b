import BilanColumnar
import BilanDiagnostics
import BilanReaders
import BilanTestSupport
import Foundation
import Testing

@testable import Bilan

/// What was kept of a file is what reading it anew gives: schema, values, report and notes, to the letter.
@Suite struct ColumnCacheTests {
  /// How a file is read anew and through an entry, as `options` say.
  ///
  /// - Returns: false where it is not kept.
  @discardableResult
  private func expectSame(
    _ path: String, _ fixture: CacheFixture, _ comment: String, options: ReadOptions = ReadOptions(),
    resource: DataPackage.Resource? = nil
  ) throws -> Bool {
    let fresh: [String]
    do {
      fresh = try Account.of(
        try DelimitedReader.open(path: path, name: "a name", options: options, resource: resource))
    } catch {
      // What cannot be read is not kept, and refused in the same words.
      do {
        try fixture.keep(path, options: options, resource: resource)
        let table = try fixture.open(path, name: "a name", options: options, resource: resource)
        try table?.settle()
        Issue.record("\(comment): read through the cache only")
      } catch {}
      return false
    }
    guard try fixture.keep(path, options: options, resource: resource) != nil else { return false }
    let kept = try #require(try fixture.open(path, name: "a name", options: options, resource: resource))
    #expect(fixture.tookEntry(), "\(comment): the entry was not taken")
    #expect(try Account.of(kept) == fresh, "\(comment)")
    return true
  }

  /// An edit that keeps the size and sets the time back is one all the same.
  @Test func editsThatHideAreFound() throws {
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", Array("a;n\nx;1\ny;2\n".utf8))
    try fixture.keep(path)
    _ = try fixture.open(path)
    #expect(fixture.tookEntry())
    let before = try #require(FileState(path: path))
    let modified = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.seek(toOffset: 6)
    try handle.write(contentsOf: Array("9".utf8))
    try handle.close()
    try FileManager.default.setAttributes([.modificationDate: modified as Any], ofItemAtPath: path)
    let after = try #require(FileState(path: path))
    #expect(after.inode == before.inode && after.changed != before.changed)
    _ = try fixture.open(path)
    #expect(!fixture.tookEntry())
  }

  private static func options(_ random: inout SplitMix64) -> ReadOptions {
    ReadOptions(
      chunkRows: random.number(1...100), workers: random.number(1...3),
      scan: ScanSizes(
        leastFile: random.chance(70) ? 0 : .max, sample: random.pick([60, 300, 1 << 20]),
        block: random.number(16...300),
        morselRows: random.number(1...70)))
  }

  @Test(arguments: 0..<250) func generatedFilesAreTheSame(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", RandomDelimitedText.make(&random))
    var options = Self.options(&random)
    if random.chance(20) { options.types = ["c1": random.pick([.text, .real, .integer, .date])] }
    if random.chance(20) { options.usualDates = .monthDayYear }
    if random.chance(10) { options.missingCodes = ["x", "0"] }
    try expectSame(path, fixture, "seed \(seed)", options: options)
  }

  /// The comparison is one of something with something.
  @Test func mostGeneratedFilesAreKept() throws {
    var kept = 0
    for seed in 0..<60 {
      var random = SplitMix64(seed: UInt64(seed))
      let fixture = try CacheFixture()
      let path = try fixture.folder.write("t.csv", RandomDelimitedText.make(&random))
      if (try? fixture.keep(path, options: Self.options(&random))) ?? nil != nil { kept += 1 }
    }
    #expect(kept > 50)
  }

  @Test func shippedDatasetsAreTheSame() throws {
    let folder = SessionTests.datasets
    let package = try DataPackage.load(path: folder + "/datapackage.json")
    let fixture = try CacheFixture()
    for resource in package.resources {
      #expect(try expectSame(folder + "/" + resource.name + ".csv", fixture, resource.name, resource: resource))
    }
    #expect(try expectSame(folder + "/published.csv", fixture, "without its descriptor"))
  }

  @Test(.enabled(if: RealData.isPresent, "no real data beside the package"))
  func realFilesAreTheSame() throws {
    let fixture = try CacheFixture()
    var kept = 0
    let files = RealData.files(".csv", ".tsv").filter { name in
      let size = (try? FileManager.default.attributesOfItem(atPath: RealData.directory + "/" + name)[.size]) as? Int
      return (size ?? 0) < 60_000
    }
    for name in files {
      // What is compressed or of another format never comes to the cache.
      if try expectSame(RealData.directory + "/" + name, fixture, name) { kept += 1 }
    }
    #expect(kept * 10 > files.count * 8, "\(kept) of \(files.count)")
  }

  // MARK: Notes

  /// A query is told about the columns that it reads, whether they come from the file or from an entry.
  @Test(arguments: 0..<150) func notesBelongToTheColumnsThatAreRead(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed) &+ 7000)
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", RandomDelimitedText.make(&random))
    var options = Self.options(&random)
    options.scan.sample = 1 << 20
    guard (try? fixture.keep(path, options: options)) ?? nil != nil else { return }
    let fresh = try DelimitedReader.open(path: path, name: "t", options: options)
    let kept = try #require(try fixture.open(path, options: options))
    for place in Array(0..<kept.schema.count).shuffled(using: &random) {
      _ = try? fresh.settle([place])
      try kept.settle([place])
      #expect(Account.notes(kept.report) == Account.notes(fresh.report), "seed \(seed), column \(place)")
    }
  }

  /// The beginning of a file shows one type and all of it another: asking for that column reads them all.
  @Test func notesOfAllColumnsComeWithOneThatSurprises() throws {
    let fixture = try CacheFixture()
    var text = "id;amount;note\n"
    for row in 0..<300 { text += "\(row);\(row);\(row)\n" }
    for row in 0..<300 { text += "\(row);\(row),5;9\n" }
    text += "x;1;y\n"
    let path = try fixture.folder.write("t.csv", text)
    let options = ReadOptions(scan: ScanSizes(leastFile: 0, sample: 500, block: 200, morselRows: 50))
    try fixture.keep(path, options: options)
    for place in 0..<3 {
      let fresh = try DelimitedReader.open(path: path, name: "t", options: options)
      while !(try fresh.settle([place])) {}
      let kept = try #require(try fixture.open(path, options: options))
      try kept.settle([place])
      #expect(Account.notes(kept.report) == Account.notes(fresh.report), "column \(place)")
      #expect(Account.notes(kept.report).count == (place == 1 ? 2 : 1))
    }
  }

  // MARK: Which entry is taken

  @Test func theFileAndTheWayItIsReadDecide() throws {
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", "a;b\n1;02/03/2019\n2;04/05/2019\n")
    try fixture.keep(path)
    func isTaken(_ options: ReadOptions = ReadOptions(), _ cache: CacheFixture? = nil) throws -> Bool {
      _ = try (cache ?? fixture).open(path, options: options)
      return (cache ?? fixture).tookEntry()
    }
    #expect(try isTaken())
    #expect(try isTaken(ReadOptions(workers: 3)))
    var other = ReadOptions()
    other.usualDates = .monthDayYear
    #expect(try !isTaken(other))
    #expect(try !isTaken(ReadOptions(types: ["a": .text])))
    #expect(try !isTaken(ReadOptions(delimiter: UInt8(ascii: ";"))))
    // Another reader's entries are passed by.
    let later = try CacheFixture(version: "later", in: fixture.folder)
    #expect(try !isTaken(ReadOptions(), later))
    #expect(later.cache.takeRejected().count == 1)
    // As is a file that was written again, even with as many bytes.
    try fixture.folder.write("t.csv", "a;b\n1;02/03/2019\n3;04/05/2019\n")
    #expect(try !isTaken())
    #expect(fixture.cache.takeRejected().map(\.isThere) == [true])
    #expect(fixture.cache.list(fixture.cache.folder + "/none") == nil)
  }

  @Test func aFileIsKnownByAnyOfItsPaths() throws {
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("a/t.csv", "a;b\n1;\"x\"\"y\"\n2;z\n3\n")
    try fixture.keep(path)
    let link = fixture.folder.path + "/link.csv"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    for other in [fixture.folder.path + "/a/../a/./t.csv", link] {
      let kept = try #require(try fixture.open(other, name: "another name"))
      #expect(fixture.tookEntry())
      // Messages call the file what the query does.
      #expect(kept.report.notes.contains { $0.message.english.contains("`another name`") })
      #expect(try Account.of(kept) == Account.of(try DelimitedReader.open(path: other, name: "another name")))
    }
  }

  @Test func smallFilesAreNotLookedFor() throws {
    let fixture = try CacheFixture(leastSize: 100)
    let path = try fixture.folder.write("t.csv", "a;b\n1;2\n")
    #expect(try fixture.open(path) == nil)
    #expect(fixture.cache.takeOpened().readings.isEmpty)
  }

  @Test func descriptorsBelongToTheWay() throws {
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", "a;b\n1;2\n")
    func resource(_ type: String) throws -> DataPackage.Resource {
      try fixture.folder.write(
        "datapackage.json",
        """
        {"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a", "type": "\(type)"}]}}]}
        """)
      return try DataPackage.load(path: fixture.folder.path + "/datapackage.json").resources[0]
    }
    let (text, number) = (try resource("string"), try resource("integer"))
    try fixture.keep(path, resource: text)
    _ = try fixture.open(path, resource: text)
    #expect(fixture.tookEntry())
    _ = try fixture.open(path, resource: number)
    #expect(!fixture.tookEntry())
    try expectSame(path, fixture, "as numbers", resource: number)
  }

  // MARK: Damage

  /// A byte that is not as it was is noticed, or it is none that anything rests on.
  @Test(arguments: 0..<150) func damagedEntriesAreRefused(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let fixture = try CacheFixture()
    var text = RandomDelimitedText.make(&random)
    while text.utf8.count < 300 { text = RandomDelimitedText.make(&random) }
    let path = try fixture.folder.write("t.csv", text)
    let options = Self.options(&random)
    guard let entry = try? fixture.keep(path, options: options) else { return }
    let sound = Array(try Data(contentsOf: URL(fileURLWithPath: entry)))
    let fresh = try Account.of(try DelimitedReader.open(path: path, name: "t", options: options))
    for _ in 0..<4 {
      let damaged = Damage.damaged(sound, with: Array(text.utf8), &random)
      try Data(damaged).write(to: URL(fileURLWithPath: entry))
      let table = try #require(try fixture.open(path, options: options))
      #expect(try Account.of(table) == fresh, "seed \(seed)")
      _ = fixture.cache.list(entry)
    }
  }

  @Test func everyPartOfASmallEntryIsLookedAt() throws {
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", "a;b;c\n1;x;0,5\n2;y;1,5\n;x;\n")
    let entry = try #require(try fixture.keep(path))
    let sound = Array(try Data(contentsOf: URL(fileURLWithPath: entry)))
    let fresh = try Account.of(try DelimitedReader.open(path: path, name: "t"))
    for place in stride(from: 0, to: sound.count, by: 5) {
      var damaged = sound
      damaged[place] ^= 1 << UInt8(place / 5 % 8)
      try Data(damaged).write(to: URL(fileURLWithPath: entry))
      let table = try #require(try fixture.open(path))
      #expect(try Account.of(table) == fresh, "byte \(place)")
    }
    for size in stride(from: 0, to: sound.count, by: 97) {
      try Data(sound[..<size]).write(to: URL(fileURLWithPath: entry))
      let table = try #require(try fixture.open(path))
      #expect(try Account.of(table) == fresh, "cut at \(size)")
    }
  }

  /// What is cut short while it is open is read from the file, columns that were taken up before included.
  @Test func anEntryThatIsCutShortWhileOpenIsLeft() throws {
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", "a;b\n" + (0..<9000).map { "\($0);\($0 % 7),5\n" }.joined())
    let entry = try #require(try fixture.keep(path))
    let fresh = try Account.of(try DelimitedReader.open(path: path, name: "t"))
    let table = try #require(try fixture.open(path))
    #expect(fixture.tookEntry())
    try table.settle([0])
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: entry))
    try handle.truncate(atOffset: 100)
    try handle.close()
    #expect(try Account.of(table) == fresh)
    // It is not taken again, and the file counts as one that was read.
    let opened = fixture.cache.takeOpened()
    #expect(opened.readings.count == 1)
    #expect(fixture.cache.takeRejected().count == 1)
  }

  @Test func foreignFilesAreNoEntries() throws {
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", "a;b\n1;2\n")
    let entry = try #require(try fixture.keep(path))
    let other = try fixture.folder.write("u.csv", "a;b\n1;3\n")
    let otherEntry = try #require(try fixture.keep(other))
    // The entry of another file under this file's name.
    try FileManager.default.removeItem(atPath: entry)
    try FileManager.default.moveItem(atPath: otherEntry, toPath: entry)
    _ = try fixture.open(path)
    #expect(!fixture.tookEntry())
    // A link, wherever it leads.
    try FileManager.default.moveItem(atPath: entry, toPath: otherEntry)
    try FileManager.default.createSymbolicLink(atPath: entry, withDestinationPath: otherEntry)
    _ = try fixture.open(path)
    #expect(!fixture.tookEntry())
    try FileManager.default.removeItem(atPath: entry)
    try FileManager.default.createDirectory(atPath: entry, withIntermediateDirectories: true)
    _ = try fixture.open(path)
    #expect(!fixture.tookEntry())
  }

  /// An entry is an Arrow file that any reader opens.
  @Test func entriesAreArrowFiles() throws {
    let fixture = try CacheFixture()
    let path = try fixture.folder.write("t.csv", "name;n;share\nFès;1;0,5\n;300;1,5\nRabat;;\nRabat;2;3,5\n")
    let entry = try #require(try fixture.keep(path))
    let copy = fixture.folder.path + "/copy.arrow"
    try FileManager.default.copyItem(atPath: entry, toPath: copy)
    let cells = try fixture.folder.cells("from \"copy.arrow\"")
    #expect(cells == [["Fès", nil, "Rabat", "Rabat"], ["1", "300", nil, "2"], ["0.5", "1.5", nil, "3.5"]])
  }
}
