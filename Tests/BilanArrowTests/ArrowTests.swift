import BilanColumnar
import BilanCompression
import BilanDiagnostics
import BilanReaders
import BilanTestSupport
import Foundation
import Testing

@testable import BilanArrow

/// Opens bytes as an Arrow file.
func openArrow(_ bytes: [UInt8], options: ReadOptions = ReadOptions()) throws(QueryError) -> FileTable {
  try ArrowFormat.open(.memory(ByteView(bytes)), name: "t.arrow", options: options)
}

func cells(_ table: FileTable) throws -> [[Value]] {
  RandomTable.cells(table.schema, try table.read(columns: Array(0..<table.schema.count)) { false })
}

@Suite struct ArrowTests {
  @Test func aTableInAFileThatIsOneIsRefused() throws {
    let refusal = #expect(throws: QueryError.self) {
      try ArrowFormat.open(
        bytes: [], path: "t.arrow", table: "y", name: "t.arrow#y", options: ReadOptions(), resource: nil)
    }
    let finding = try #require(refusal?.diagnostics.first)
    #expect(finding.code == .unknownTable)
    #expect(finding.help.map(\.english) == ["the file is one table: write its name without `#y`"])
  }

  static let options: [ArrowWriter.Options] = [
    .init(), .init(isStream: true), .init(codesTexts: true), .init(isCompressed: true),
    .init(isStream: true, codesTexts: true, isCompressed: true, batchRows: 7), .init(batchRows: 64),
  ]

  @Test(arguments: 0..<40, options.indices) func whatIsWrittenIsReadBack(_ seed: Int, _ option: Int) throws {
    let rows = [0, 1, 63, 64, 65, 200][seed % 6]
    let (schema, chunks) = RandomTable.make(seed: seed, rows: rows)
    let bytes = ArrowWriter.write(schema, chunks, options: Self.options[option])
    #expect(ArrowFormat.recognizes(Array(bytes.prefix(4096)), path: "x"))
    let table = try openArrow(bytes, options: ReadOptions(chunkRows: 50))
    #expect(RandomTable.differences(table.schema, try cells(table), from: schema, chunks) == [])
    #expect(table.rowCount == rows)
    #expect(table.report.notes.isEmpty)
  }

  @Test(arguments: 0..<40, options.indices) func listsAreReadBack(_ seed: Int, _ option: Int) throws {
    let rows = [0, 1, 63, 64, 65, 200][seed % 6]
    let (schema, chunks) = RandomLists.make(seed: seed, rows: rows)
    let table = try openArrow(ArrowWriter.write(schema, chunks, options: Self.options[option]))
    #expect(RandomTable.differences(table.schema, try cells(table), from: schema, chunks) == [])
    #expect(table.report.notes.isEmpty)
  }

  /// Elements of two kinds have no type elsewhere; lists in lists are kept as they are written.
  @Test func whatIsNoListOfOneTypeIsText() throws {
    let (schema, chunks, types, expected) = RandomLists.unlike()
    let table = try openArrow(ArrowWriter.write(schema, chunks))
    #expect(table.schema.fields.map(\.type) == types)
    #expect(try cells(table) == expected)
  }

  @Test func aColumnIsReadWhenItIsWanted() throws {
    let (schema, chunks) = RandomTable.make(seed: 3, rows: 500)
    let file = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).arrow")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(ArrowWriter.write(schema, chunks)).write(to: file)
    let table = try ArrowFormat.open(
      path: file.path, table: nil, name: "t", options: ReadOptions(), resource: nil)
    let last = schema.count - 1
    let read = try table.read(columns: [last], isCancelled: { false })
    #expect(RandomTable.cells(Schema([schema[last]]), read) == [RandomTable.cells(schema, chunks)[last]])
    #expect(try table.read(columns: [], isCancelled: { false }).reduce(0) { $0 + $1.count } == 500)
  }

  @Test(arguments: [UInt16(0), 1, 0x3C00, 0xC000, 0x7BFF, 0x8001, 0x3555])
  func halfPrecision(_ bits: UInt16) {
    #if arch(arm64) || os(Linux)
      let half = Float16(bitPattern: bits)
      let read = HalfPrecision.real(bits)
      #expect(Float16(read) == half)
      if abs(half) < 2048 { #expect(read == Double(half.description)) }
    #endif
  }

  @Test func ratiosAreWrittenAsQuotients() throws {
    var builder = ColumnBuilder(.ratio)
    builder.append(.ratio(RatioValue(numerator: 1, denominator: 4, reported: 2, expected: 2)))
    builder.append(.ratio(RatioValue(numerator: 1, denominator: 0, reported: 2, expected: 2)))
    let schema = Schema([Field("r", .ratio)])
    let table = try openArrow(ArrowWriter.write(schema, [Chunk(columns: [builder.finish()], count: 2)]))
    #expect(try cells(table) == [[.real(0.25), .missing]])
    #expect(table.schema[0].display == .percent)
  }

  // MARK: The end of a stream

  /// A stream that was cut between two messages is one without a mark at its end.
  @Test func theEndOfAStreamIsLookedFor() throws {
    let (schema, chunks) = RandomTable.make(seed: 3, rows: 20)
    let bytes = ArrowWriter.write(schema, chunks, options: .init(isStream: true, batchRows: 10))
    let cut = try openArrow(Array(bytes.dropLast(8)))
    #expect(cut.rowCount == 20)
    #expect(cut.report.notes.map(\.code) == [.trailingBytes])
    #expect(cut.report.notes[0].message.english.contains("no mark at its end"))
    let trailed = try openArrow(bytes + Array("more".utf8))
    #expect(trailed.report.notes.map(\.count) == [4])
  }

  // MARK: Bad bytes

  private static let sound: [[UInt8]] = (0..<6).map { seed in
    let (schema, chunks) =
      seed % 3 == 2 ? RandomLists.make(seed: seed, rows: 60) : RandomTable.make(seed: seed + 10, rows: 60)
    return ArrowWriter.write(schema, chunks, options: options[seed])
  }

  /// Nothing, or an error of data: never a crash, and never more rows than the bytes can have.
  private func readOrRefuse(_ bytes: [UInt8]) {
    do throws(QueryError) {
      let table = try openArrow(bytes)
      #expect(table.rowCount ?? 0 <= 1 << 22)
      if table.rowCount ?? 0 < 10_000 { _ = try? cells(table) }
    } catch {
      #expect(error.kind == .data)
    }
  }

  @Test(arguments: sound.indices) func cutsAreRefused(_ which: Int) {
    let bytes = Self.sound[which]
    for length in stride(from: 0, to: bytes.count, by: 13) { readOrRefuse(Array(bytes.prefix(length))) }
    if which == 0 {
      #expect(throws: QueryError.self) { try openArrow(Array(bytes.dropLast(1))) }
      #expect(throws: QueryError.self) { try openArrow([]) }
    }
  }

  @Test(arguments: 0..<300) func flippedBytesNeitherCrashNorHang(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var bytes = Self.sound[seed % Self.sound.count]
    for _ in 0..<random.number(1...6) {
      bytes[random.number(0...bytes.count - 1)] = UInt8(random.pick([0, 1, 0x7F, 0x80, 0xFF, random.number(0...255)]))
    }
    readOrRefuse(bytes)
  }

  @Test(arguments: 0..<200) func damageNeitherCrashesNorHangs(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let other = Self.sound[(seed + 1) % Self.sound.count]
    readOrRefuse(Damage.damaged(Self.sound[seed % Self.sound.count], with: other, &random))
  }
}

/// What others write and read.
@Suite(.enabled(if: Python.withArrow != nil, "no Python with pyarrow"))
struct ArrowNeighbourTests {
  @Test(arguments: 0..<6) func pyarrowReadsWhatIsWritten(_ seed: Int) throws {
    let (schema, chunks) = RandomTable.make(seed: seed, rows: 70)
    let options = ArrowTests.options[seed % ArrowTests.options.count]
    let file = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).arrow")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(ArrowWriter.write(schema, chunks, options: options)).write(to: file)
    let script = """
      import sys, pyarrow as pa
      f = pa.memory_map(sys.argv[1])
      r = pa.ipc.open_stream(f) if sys.argv[2] == "true" else pa.ipc.open_file(f)
      t = r.read_all(); t.validate(full=True)
      for c in t.columns:
        print(" ".join("." if v is None else str(v.days if hasattr(v, "days") else v).encode().hex() for v in c.to_pylist()))
      """
    #expect(
      try Python.lines(Python.withArrow!, script, [file.path, "\(options.isStream)"])
        == RandomTable.printed(schema, chunks))
  }

  /// Our lists as another program reads them: its JSON of them is our text, what is missing left out.
  @Test(arguments: 0..<12) func pyarrowReadsLists(_ seed: Int) throws {
    let (schema, chunks) = RandomLists.make(seed: seed, rows: 40)
    let file = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).arrow")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(ArrowWriter.write(schema, chunks, options: ArrowTests.options[0])).write(to: file)
    let script = Python.printingLists(of: "pa.ipc.open_file(pa.memory_map(sys.argv[1])).read_all()")
    #expect(
      try Python.lines(Python.withArrow!, script, [file.path])
        == RandomTable.printed(schema, chunks).dropFirst().map(\.self))
  }

  /// Each type that pyarrow writes, by its own hand.
  @Test(arguments: ["none", "lz4", "zstd"], [false, true])
  func readsWhatPyarrowWrites(_ codec: String, _ isStream: Bool) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).arrow")
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, datetime as d, decimal, pyarrow as pa
      D = decimal.Decimal
      cols = {
        "i8": pa.array([1, None, -3], pa.int8()), "u16": pa.array([65535, 0, None], pa.uint16()),
        "u64": pa.array([2**64 - 1, 7, None], pa.uint64()), "f16": pa.array([1.5, None, 2.0], pa.float16()),
        "f32": pa.array([0.5, float("nan"), None], pa.float32()), "f64": pa.array([0.1, float("inf"), None]),
        "b": pa.array([True, None, False]), "s": pa.array(["Draâ", None, ""]), "ls": pa.array(["x", "y", None], pa.large_utf8()),
        "sv": pa.array(["short", "longer than twelve bytes", None], pa.string_view()),
        "dict": pa.array(["k", None, "k"]).dictionary_encode(), "d32": pa.array([d.date(2020, 1, 5), None, d.date(1960, 2, 29)]),
        "d64": pa.array([d.date(2020, 1, 5), None, d.date(1960, 2, 29)], pa.date64()),
        "ts": pa.array([d.datetime(2020, 1, 5, 10), None, d.datetime(1969, 12, 31, 23)], pa.timestamp("us")),
        "dec": pa.array([D("12.50"), None, D("-0.01")], pa.decimal128(10, 2)),
        "whole": pa.array([D("123456789012345678"), None, D("-1")], pa.decimal128(18, 0)),
        "wide": pa.array([D("12345678901234567890123.45"), None, D("0.10")], pa.decimal256(50, 2)),
        "list": pa.array([[1], None, [2, 3]]), "struct": pa.array([{"a": 1}, None, {"a": 2}]), "null": pa.nulls(3),
        "bytes": pa.array([b"x", None, b""]), "time": pa.array([d.time(1), None, d.time(2)]), "last": pa.array([1, 2, 3]),
        "large": pa.array([["a", None], [], None], pa.large_list(pa.string())), "pairs": pa.array([[1, 2], None, [3, None]], pa.list_(pa.int64(), 2)),
        "people": pa.array([[{"name": "Ada", "at": {"town": "Fès"}}, None], [], [{"name": None, "at": None}]]),
        "map": pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int64())), "lists": pa.array([[[1], None], None, [[], [2]]]),
        "mixed": pa.array([[{"n": 1, "raw": b"x"}], None, []]), "days": pa.array([[d.date(2020, 1, 5)], [None], []]),
        "coded": pa.array([["k", "k"], None, ["l"]], pa.list_(pa.dictionary(pa.int32(), pa.string()))),
      }
      t = pa.table(cols)
      o = pa.ipc.IpcWriteOptions(compression=None if sys.argv[2] == "none" else sys.argv[2])
      new = pa.ipc.new_stream if sys.argv[3] == "true" else pa.ipc.new_file
      with new(sys.argv[1], t.schema, options=o) as w:
        w.write_table(t); w.write_table(t.slice(1, 1))
      """
    _ = try Python.run(Python.withArrow!, script, [file.path, codec, "\(isStream)"])
    let bytes = Array(try Data(contentsOf: file))
    let table: FileTable
    do throws(QueryError) {
      table = try openArrow(bytes)
    } catch {
      throw error
    }
    if codec == "zstd", !Inflation.isBuilt {
      #expect(throws: QueryError.self) { try cells(table) }
      return
    }
    func day(_ year: Int, _ month: Int, _ day: Int) -> Value {
      .date(CalendarDate(year: year, month: month, day: day)!)
    }
    let expected: [(String, [Value])] = [
      ("i8", [.integer(1), .missing, .integer(-3)]), ("u16", [.integer(65535), .integer(0), .missing]),
      ("u64", [.missing, .integer(7), .missing]), ("f16", [.real(1.5), .missing, .real(2)]),
      ("f32", [.real(0.5), .missing, .missing]), ("f64", [.real(0.1), .missing, .missing]),
      ("b", [.boolean(true), .missing, .boolean(false)]), ("s", [.text("Draâ"), .missing, .text("")]),
      ("ls", [.text("x"), .text("y"), .missing]),
      ("sv", [.text("short"), .text("longer than twelve bytes"), .missing]),
      ("dict", [.text("k"), .missing, .text("k")]), ("d32", [day(2020, 1, 5), .missing, day(1960, 2, 29)]),
      ("d64", [day(2020, 1, 5), .missing, day(1960, 2, 29)]), ("ts", [day(2020, 1, 5), .missing, day(1969, 12, 31)]),
      ("dec", [.real(12.5), .missing, .real(-0.01)]),
      ("whole", [.integer(123_456_789_012_345_678), .missing, .integer(-1)]),
      ("wide", [.real(12345678901234567890123.45), .missing, .real(0.1)]),
      ("list", [.text("[1]"), .missing, .text("[2,3]")]), ("struct.a", [.integer(1), .missing, .integer(2)]),
      ("null", [.missing, .missing, .missing]),
      ("last", [.integer(1), .integer(2), .integer(3)]),
      ("large", [.text(#"["a",null]"#), .text("[]"), .missing]),
      ("pairs", [.text("[1,2]"), .missing, .text("[3,null]")]),
      ("people", [.text(#"[{"name":"Ada","at.town":"Fès"},{}]"#), .text("[]"), .text("[{}]")]),
      ("map", [.text(#"[{"key":"k","value":1}]"#), .missing, .text("[]")]),
      ("lists", [.text("[[1],null]"), .missing, .text("[[],[2]]")]),
      ("mixed", [.text(#"[{"n":1}]"#), .missing, .text("[]")]),
      ("days", [.text(#"["2020-01-05"]"#), .text("[null]"), .text("[]")]),
      ("coded", [.text(#"["k","k"]"#), .missing, .text(#"["l"]"#)]),
    ]
    #expect(table.schema.fields.map(\.label) == expected.map(\.0))
    let read = try cells(table)
    for (column, (label, values)) in zip(read, expected) { #expect(column == values + [values[1]], "\(label)") }
    #expect(
      table.report.notes.map(\.code)
        == [.columnLeftOut, .columnLeftOut, .columnLeftOut]
        + [.inexactValues, .unreadableValues, .timeOfDayDropped, .inexactValues])
  }

  /// Days are those of the zone; codes may stand for numbers.
  @Test func zonesAndCodedNumbers() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).arrow")
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, datetime as d, pyarrow as pa
      evening = d.datetime(2019, 4, 14, 23, tzinfo=d.timezone.utc)
      cols = {
        "fixed": pa.array([evening, None], pa.timestamp("us", "+01:00")), "utc": pa.array([evening, None], pa.timestamp("ms", "UTC")),
        "unknown": pa.array([evening, None], pa.timestamp("s", "Nowhere/Town")),
        "codes": pa.array([7, None], pa.int16()).dictionary_encode(), "days": pa.array([d.date(2020, 1, 5), None]).dictionary_encode(),
        "coded": pa.array([evening, None], pa.timestamp("ns", "+01:00")).dictionary_encode(),
      }
      t = pa.table(cols)
      with pa.ipc.new_file(sys.argv[1], t.schema) as w: w.write_table(t)
      """
    _ = try Python.run(Python.withArrow!, script, [file.path])
    let table = try openArrow(Array(try Data(contentsOf: file)))
    func day(_ month: Int, _ day: Int, _ year: Int = 2019) -> Value {
      .date(CalendarDate(year: year, month: month, day: day)!)
    }
    #expect(
      try cells(table) == [
        [day(4, 15), .missing], [day(4, 14), .missing], [day(4, 14), .missing], [.integer(7), .missing],
        [day(1, 5, 2020), .missing], [day(4, 15), .missing],
      ])
    let messages = table.report.notes.map(\.message.english)
    #expect(messages.count == 2)
    #expect(messages[0].hasSuffix("in UTC"))
    #expect(messages[1].contains("`Nowhere/Town`"))
  }
}
