import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// A file that is read part by part and not kept is the table that it is when it is kept, or says that it is not.
@Suite struct FileStreamTests {
  /// Reads columns by several readers in turn, each the parts of a stretch of its own.
  ///
  /// - Returns: nil where they cannot be read so.
  private static func streamed(
    _ table: FileTable, _ wanted: [Int], readers count: Int
  ) throws -> (values: [[Value]], rowCount: Int)? {
    guard let stream = try table.stream(columns: wanted, isCancelled: { false }) else { return nil }
    var chunks: [Chunk?] = Array(repeating: nil, count: stream.partCount)
    var isWhole = true
    for number in 0..<count {
      let reader = stream.makeReader()
      for part in stream.partCount * number / count..<stream.partCount * (number + 1) / count {
        chunks[part] = try reader.read(part)
        if chunks[part] == nil { isWhole = false }
      }
      reader.close()
    }
    guard stream.finish() else { return nil }
    #expect(isWhole, "what is abandoned does not hold")
    let parts = chunks.compactMap(\.self)
    return (values(parts, wanted.map { table.schema[$0] }), parts.reduce(0) { $0 + $1.count })
  }

  private static func notes(_ table: FileTable) -> [String] { ScannedFileTests.remarks(table.report) }

  private static func options(_ random: inout SplitMix64) -> ReadOptions {
    var options = ScannedFileTests.options(&random)
    if Int.random(in: 0..<4, using: &random) > 0 { options.scan.lookedUpTexts = 1000 }
    return options
  }

  @Test(arguments: 0..<600) func givesTheColumnsThatAreKept(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let text = RandomDelimitedText.make(&random)
    try ScannedFileTests.withFile(text.utf8) { path in
      let options = Self.options(&random)
      guard let table = try? DelimitedReader.open(path: path, name: "t.csv", options: options) else { return }
      let count = Int.random(in: 0...3, using: &random)
      let wanted = Array((0..<table.schema.count).shuffled(using: &random).prefix(count))
      let promised = table.schema
      let found = try Self.streamed(table, wanted, readers: Int.random(in: 1...3, using: &random))
      let kept = try DelimitedReader.open(path: path, name: "t.csv", options: options)
      let isAsPromised = try kept.settle(wanted)
      if let found {
        #expect(isAsPromised && kept.schema == promised, "seed \(seed): the types are others")
        #expect(found.values == (try columns(kept, wanted)), "seed \(seed)")
        #expect(found.rowCount == kept.rowCount, "seed \(seed)")
        #expect(Self.notes(table) == Self.notes(kept), "seed \(seed)")
      }
      // Whether or not it held, the file can be read after that.
      try table.settle()
      try kept.settle()
      #expect(table.schema == kept.schema && Self.notes(table) == Self.notes(kept), "seed \(seed)")
      #expect(try columns(table) == (try columns(kept)), "seed \(seed)")
    }
  }

  /// The comparison above is one of two ways: many of these columns are not read in vain.
  @Test func streamsManyFiles() throws {
    var held = 0
    try ScannedFileTests.eachRandomFile(0..<200, Self.options) { table in
      for place in 0..<table.schema.count where try Self.streamed(table, [place], readers: 2) != nil { held += 1 }
    }
    #expect(held > 150, "\(held)")
  }

  private static let options = ReadOptions(
    workers: 2, scan: ScanSizes(leastFile: 0, sample: 2000, block: 1000, morselRows: 100))

  /// 2000 rows, the last of which has this.
  private static func text(_ last: String) -> String {
    var text = "id;amount;place;day\n"
    for row in 0..<2000 { text += "\(row);\(row % 9),5;place \(row % 7);\(row % 28 + 1)/03/2019\n" }
    return text + last + "\n"
  }

  @Test func keepsNothing() throws {
    try ScannedFileTests.withFile(Self.text("2000;1,5;place 3;5/03/2019").utf8) { path in
      let table = try DelimitedReader.open(path: path, options: Self.options)
      let found = try #require(try Self.streamed(table, [1, 3, 2], readers: 2))
      #expect(found.rowCount == 2001)
      #expect(found.values[0].last == .real(1.5))
      #expect(found.values[2].last == .text("place 3"))
      // The report knows of all rows, the table of none.
      #expect(table.report.rowCount == 2001)
      #expect(table.rowCount == nil)
    }
  }

  /// What the beginning does not show, of the columns amount, place and day.
  @Test(arguments: [
    ("2000;1,25;place 3;5/03/2019", 0), ("2000;many;place 3;5/03/2019", 0), ("2000;1,5;place 3;soon", 2),
    ("2000;1,5;place 3", 0), ("2000;999999999999999,5;place 3;5/03/2019", 0),
  ])
  func saysWhatDoesNotHold(_ last: String, _ place: Int) throws {
    try ScannedFileTests.withFile(Self.text(last).utf8) { path in
      let table = try DelimitedReader.open(path: path, options: Self.options)
      #expect(try Self.streamed(table, [place + 1], readers: 2) == nil, "\(last)")
    }
  }

  /// A text that comes late and a code for missing are nothing that was not promised.
  @Test(arguments: [("2000;n/d;place 3;5/03/2019", 0), ("2000;1,5;elsewhere;5/03/2019", 1), ("2000;1,5;n/d;n/d", 2)])
  func takesWhatFits(_ last: String, _ place: Int) throws {
    try ScannedFileTests.withFile(Self.text(last).utf8) { path in
      let table = try DelimitedReader.open(path: path, options: Self.options)
      let found = try #require(try Self.streamed(table, [place + 1], readers: 2), "\(last)")
      #expect(found.values[0].last == (place == 1 ? .text("elsewhere") : .missing))
    }
  }

  /// How sums are worked out must not depend on which part a value is in: those of large numbers are not begun as if all
  /// were small, and small ones among large are said to be large.
  @Test func saysTheSameOfEachPart() throws {
    func parts(_ last: String) throws -> [Column]? {
      var text = "n;m\n"
      for row in 0..<1000 { text += "\(row < 100 ? "5000000000" : "7"),25;1\n" }
      return try ScannedFileTests.withFile((text + last).utf8) { path in
        let table = try DelimitedReader.open(path: path, options: Self.options)
        guard let stream = try table.stream(columns: [0], isCancelled: { false }) else { return nil }
        let reader = stream.makeReader()
        let chunks = try (0..<stream.partCount).map { try reader.read($0) }
        reader.close()
        return stream.finish() ? chunks.map { $0!.columns[0] } : nil
      }
    }
    let found = try #require(try parts(""))
    let decimals = found.map { column -> Decimals? in if case .real(let reals) = column { reals.decimals } else { nil }
    }
    #expect(found.count > 3 && Set(decimals) == [Decimals(digits: 2, greatest: Decimals.limit)])
    for (last, isOfAKind) in [("2000", true), ("9999999999", false)] {
      try ScannedFileTests.withFile(Self.text("\(last);1,5;place 3;5/03/2019").utf8) { path in
        let table = try DelimitedReader.open(path: path, options: Self.options)
        #expect(try (Self.streamed(table, [0], readers: 2) != nil) == isOfAKind, "\(last)")
      }
    }
  }

  /// Texts of which nearly every one is another are better kept.
  @Test func givesManyTextsUp() throws {
    var text = "name;n\n"
    for row in 0..<FileStream.textLimit * 2 { text += "name \(row);1\n" }
    try ScannedFileTests.withFile(text.utf8) { path in
      let table = try DelimitedReader.open(path: path, options: Self.options)
      #expect(try Self.streamed(table, [0], readers: 2) == nil)
      #expect(try Self.streamed(table, [1], readers: 2)?.rowCount == FileStream.textLimit * 2)
    }
  }

  @Test func stopsWhenCancelled() throws {
    try ScannedFileTests.withFile(Self.text("").utf8) { path in
      let table = try DelimitedReader.open(path: path, options: Self.options)
      do {
        _ = try table.stream(columns: [0], isCancelled: { true })
        Issue.record("it went on")
      } catch let error as QueryError {
        #expect(error.kind == .cancelled)
      }
    }
  }
}
