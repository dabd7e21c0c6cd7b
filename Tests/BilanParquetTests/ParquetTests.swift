import BilanColumnar
import BilanCompression
import BilanDiagnostics
import BilanReaders
import BilanTestSupport
import Foundation
import Testing

@testable import BilanParquet

/// Opens bytes as a Parquet file.
func openParquet(_ bytes: [UInt8], options: ReadOptions = ReadOptions()) throws(QueryError) -> FileTable {
  try ParquetFormat.open(.memory(ByteView(bytes)), name: "t.parquet", options: options)
}

func cells(_ table: FileTable) throws -> [[Value]] {
  RandomTable.cells(table.schema, try table.read(columns: Array(0..<table.schema.count)) { false })
}

@Suite struct ParquetTests {
  /// Texts of years and quarters are periods, as in other formats, and years alone stay texts.
  @Test func yearsBesideOtherPeriodsArePeriods() throws {
    func found(_ texts: [String]) throws -> DataType? {
      var dictionary = TextDictionaryBuilder()
      for text in texts { _ = dictionary.code(for: text) }
      #expect(TextInference.mayHoldDates(Array(texts.first!.utf8), Array(texts.last!.utf8)))
      let column = DescribedColumn("p", ReadOptions(), nil)
      return try TextInference(dictionary.finish(), label: "p", column, ReadOptions()).found(mayBeNumber: false)?.type
    }
    #expect(try found(["2019-Q1", "2020"]) == .period)
    #expect(try found(["2019", "2020"]) == nil)
  }

  /// Reals of 32 bits are the decimals that they were written for.
  @Test func singlesAreTheirShortestDecimals() {
    for text in [
      "0.1", "12.5", "-3.3", "0.0001", "1e-10", "123456.78", "16777215", "1.6777216e7", "3.4028235e38", "0", "-0.0",
    ] {
      let single = Float(text)!
      #expect(SinglePrecision.real(single.bitPattern) == Double(single.description), "\(text)")
    }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let single = Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random))
      let close = Float.random(in: -1000...1000, using: &random)
      for single in [single, close] where single.isFinite {
        #expect(SinglePrecision.real(single.bitPattern) == Double(single.description), "\(single)")
      }
    }
    #expect(SinglePrecision.real(Float.infinity.bitPattern) == .infinity)
    #expect(SinglePrecision.real(Float.nan.bitPattern).isNaN)
  }

  static let options: [ParquetWriter.Options] = [
    .init(), .init(compression: .none), .init(compression: .zstd, groupRows: 50, pageRows: 9),
    .init(compression: .none, groupRows: 64, pageRows: 64),
  ]

  @Test(arguments: 0..<40, options.indices) func whatIsWrittenIsReadBack(_ seed: Int, _ option: Int) throws {
    let rows = [0, 1, 63, 64, 65, 200][seed % 6]
    let (schema, chunks) = RandomTable.make(seed: seed, rows: rows)
    let bytes = ParquetWriter.write(schema, chunks, options: Self.options[option])
    let table = try openParquet(bytes)
    #expect(RandomTable.differences(table.schema, try cells(table), from: schema, chunks) == [])
    #expect(table.report.notes.isEmpty)
  }

  @Test(arguments: 0..<40, options.indices) func listsAreReadBack(_ seed: Int, _ option: Int) throws {
    let rows = [0, 1, 63, 64, 65, 200][seed % 6]
    let (schema, chunks) = RandomLists.make(seed: seed, rows: rows)
    let table = try openParquet(ParquetWriter.write(schema, chunks, options: Self.options[option]))
    #expect(RandomTable.differences(table.schema, try cells(table), from: schema, chunks) == [])
    #expect(table.report.notes.isEmpty)
  }

  /// Elements of two kinds have no type elsewhere; lists in lists are kept as they are written.
  @Test func whatIsNoListOfOneTypeIsText() throws {
    let (schema, chunks, types, expected) = RandomLists.unlike()
    let table = try openParquet(ParquetWriter.write(schema, chunks))
    #expect(table.schema.fields.map(\.type) == types)
    #expect(try cells(table) == expected)
  }

  /// A file is handed on a row group at a time, the same bytes however its chunks are cut.
  @Test func aFileIsWrittenInPieces() throws {
    let (schema, chunks) = RandomTable.make(seed: 3, rows: 100)
    let options = ParquetWriter.Options(groupRows: 10)
    var pieces: [[UInt8]] = []
    ParquetWriter.write(schema, chunks, options: options) { pieces.append($0) }
    #expect(pieces.count == 11)
    let cut = chunks.flatMap { $0.cut(every: 7) }
    #expect(ParquetWriter.write(schema, cut, options: options) == pieces.flatMap(\.self))
  }

  // MARK: Encodings

  @Test func bitsAreUnpackedFromAnyPlace() throws {
    var random = SplitMix64(seed: 5)
    for width in 0...64 {
      let values = (0..<21).map { _ in width == 0 ? 0 : random.next() >> UInt64(64 - width) }
      var bytes = [UInt8](repeating: 0, count: (21 * width + 7) / 8)
      for (index, value) in values.enumerated() {
        for bit in 0..<width where value >> UInt64(bit) & 1 == 1 {
          bytes[(index * width + bit) / 8] |= 1 << UInt8((index * width + bit) % 8)
        }
      }
      var read: [UInt64] = []
      try ParquetEncodings.unpack(ByteView(bytes), from: 0, bitWidth: width, count: 21) { read.append($0) }
      #expect(read == values, "\(width) bits")
    }
  }

  /// The example of the format's specification: 7, 5, 3, 1, 2, 3, 4, 5 as differences.
  @Test func differencesAreAddedUp() throws {
    // Blocks of 128 in 4 miniblocks, 8 values, the first 7; least difference -2; 2 bits in the first miniblock.
    let bytes: [UInt8] = [0x80, 0x01, 0x04, 0x08, 0x0E, 0x03, 0x02, 0, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0, 0, 0]
    let (values, end) = try ParquetEncodings.deltas(ByteView(bytes), most: 8)
    #expect(values == [7, 5, 3, 1, 2, 3, 4, 5])
    #expect(end == bytes.count)
    #expect(throws: FormatFault.self) { try ParquetEncodings.deltas(ByteView(bytes), most: 7) }
    #expect(throws: FormatFault.self) { try ParquetEncodings.deltas(ByteView(Array(bytes.prefix(8))), most: 8) }
  }

  @Test func runsAndGroupsAreMixed() throws {
    // Three times 4, then eight values of three bits: 0 to 7.
    let bytes = ByteView([0x06, 0x04, 0x03, 0b1000_1000, 0b1100_0110, 0b1111_1010])
    #expect(try ParquetEncodings.hybrid(bytes, bitWidth: 3, count: 11) == [4, 4, 4, 0, 1, 2, 3, 4, 5, 6, 7])
    #expect(throws: FormatFault.self) { try ParquetEncodings.hybrid(bytes, bitWidth: 3, count: 12) }
    #expect(throws: FormatFault.self) { try ParquetEncodings.hybrid(bytes, bitWidth: 33, count: 1) }
  }

  // MARK: Lists

  /// The ways in which lists were and are written.
  @Test func listsOfEveryShapeAreKnown() throws {
    func element(
      _ name: String, _ repetition: Int64, children: Int64 = 0, isList: Bool = false, physical: Int64 = 1
    ) -> ThriftStructure {
      var fields: [Int16: ThriftValue] = [3: .integer(repetition), 4: .bytes(ByteView(Array(name.utf8)))]
      if children > 0 { fields[5] = .integer(children) } else { fields[1] = .integer(physical) }
      if isList { fields[6] = .integer(3) }
      return ThriftStructure(fields: fields)
    }
    func check(
      _ elements: [ThriftStructure], _ name: String, _ parts: [String], element definition: Int, most: Int,
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let leaves = try ParquetLeaf.leaves(of: [element("schema", 0, children: 1)] + elements)
      #expect(leaves.map { $0.list?.name } == parts.map { _ in name }, sourceLocation: sourceLocation)
      #expect(leaves.map { $0.list?.part } == parts, sourceLocation: sourceLocation)
      #expect(leaves[0].list?.elementDefinition == definition, sourceLocation: sourceLocation)
      #expect(leaves[0].mostDefinition == most, sourceLocation: sourceLocation)
    }
    let list = element("tags", 1, children: 1, isList: true)
    try check(
      [list, element("list", 2, children: 1), element("element", 1)], "tags", [""], element: 2, most: 3)
    try check([list, element("bag", 2, children: 1), element("x", 0)], "tags", [""], element: 2, most: 2)
    // Two levels: the repeated element is what the list holds.
    try check([list, element("array", 2)], "tags", [""], element: 2, most: 2)
    try check(
      [list, element("array", 2, children: 1), element("x", 1)], "tags", ["x"], element: 2, most: 3)
    try check(
      [list, element("tags_tuple", 2, children: 1), element("x", 0)], "tags", ["x"], element: 2, most: 2)
    try check(
      [list, element("item", 2, children: 2), element("x", 0), element("y", 1)], "tags", ["x", "y"], element: 2, most: 2
    )
    // Repeated without a mark.
    try check([element("tags", 2)], "tags", [""], element: 1, most: 1)
    try check([element("tags", 2, children: 1), element("x", 1)], "tags", ["x"], element: 1, most: 2)
    // A list in an element is left out under the element's name for it.
    try check(
      [
        list, element("list", 2, children: 1), element("element", 1, children: 2), element("x", 1),
        element("y", 1, children: 1, isList: true), element("list", 2, children: 1), element("element", 1),
      ], "tags", ["x", "y"], element: 2, most: 4)
    // In a record.
    try check(
      [element("r", 1, children: 1), list, element("list", 2, children: 1), element("element", 1)], "r.tags", [""],
      element: 3, most: 4)
  }

  // MARK: Bad bytes

  private static let sound: [[UInt8]] = (0..<6).map { seed in
    let (schema, chunks) =
      seed % 3 == 2 ? RandomLists.make(seed: seed, rows: 60) : RandomTable.make(seed: seed + 10, rows: 60)
    return ParquetWriter.write(schema, chunks, options: options[seed % options.count])
  }

  private func readOrRefuse(_ bytes: [UInt8]) {
    do throws(QueryError) {
      let table = try openParquet(bytes)
      #expect(table.rowCount ?? 0 <= 1 << 23)
      if table.rowCount ?? 0 < 100_000 { _ = try? cells(table) }
    } catch {
      #expect(error.kind == .data)
    }
  }

  @Test(arguments: sound.indices) func cutsAreRefused(_ which: Int) {
    let bytes = Self.sound[which]
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: QueryError.self) { try openParquet(Array(bytes.prefix(length))) }
      // The same with an end that claims to be one.
      readOrRefuse(Array(bytes.prefix(length)) + bytes.suffix(8))
    }
  }

  @Test(arguments: 0..<400) func flippedBytesNeitherCrashNorHang(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var bytes = Self.sound[seed % Self.sound.count]
    // Half of the changes in the metadata at the end.
    let start = random.chance(50) ? max(0, bytes.count - 400) : 0
    for _ in 0..<random.number(1...6) {
      bytes[random.number(start...bytes.count - 1)] = UInt8(
        random.pick([0, 1, 0x7F, 0x80, 0xFF, random.number(0...255)]))
    }
    readOrRefuse(bytes)
  }

  @Test(arguments: 0..<200) func damageNeitherCrashesNorHangs(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let (bytes, other) = (Self.sound[seed % Self.sound.count], Self.sound[(seed + 1) % Self.sound.count])
    // Half of it in the metadata, whose length stands at the end and is kept.
    let places = seed % 2 == 0 ? nil : max(0, bytes.count - 400)..<bytes.count - 8
    readOrRefuse(Damage.damaged(bytes, with: other, in: places, &random))
  }
}

/// What others write and read.
@Suite(.enabled(if: Python.withArrow != nil, "no Python with pyarrow"))
struct ParquetNeighbourTests {
  private func file() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).parquet")
  }

  @Test(arguments: 0..<6) func pyarrowReadsWhatIsWritten(_ seed: Int) throws {
    let (schema, chunks) = RandomTable.make(seed: seed, rows: 70)
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let options = ParquetTests.options[seed % ParquetTests.options.count]
    try Data(ParquetWriter.write(schema, chunks, options: options)).write(to: file)
    let script = """
      import sys, pyarrow.parquet as pq
      t = pq.ParquetFile(sys.argv[1]).read(); t.validate(full=True)
      for c in t.columns:
        print(" ".join("." if v is None else str(v).encode().hex() for v in c.to_pylist()))
      """
    #expect(try Python.lines(Python.withArrow!, script, [file.path]) == RandomTable.printed(schema, chunks))
  }

  /// Our lists as another program reads them: its JSON of them is our text, what is missing left out.
  @Test(arguments: 0..<12) func pyarrowReadsLists(_ seed: Int) throws {
    let (schema, chunks) = RandomLists.make(seed: seed, rows: 40)
    let file = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).parquet")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(ParquetWriter.write(schema, chunks, options: ParquetTests.options[0])).write(to: file)
    let script = Python.printingLists(of: "pq.ParquetFile(sys.argv[1]).read()")
    #expect(
      try Python.lines(Python.withArrow!, script, [file.path])
        == RandomTable.printed(schema, chunks).dropFirst().map(\.self))
  }

  /// Every flat type, in each encoding, page version and compression.
  @Test(arguments: [
    ("none", "1.0", "dictionary"), ("snappy", "2.0", "dictionary"), ("gzip", "1.0", "plain"), ("zstd", "2.0", "plain"),
    ("lz4", "1.0", "plain"), ("none", "2.0", "delta"), ("snappy", "1.0", "delta"), ("snappy", "1.0", "split"),
  ]) func readsWhatPyarrowWrites(_ codec: String, _ page: String, _ encoding: String) throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, datetime as d, decimal, pyarrow as pa, pyarrow.parquet as pq
      D = decimal.Decimal
      cols = {
        "i8": pa.array([1, None, -3], pa.int8()), "i64": pa.array([2**62, None, -5]), "u32": pa.array([2**32 - 1, 0, None], pa.uint32()),
        "u64": pa.array([2**64 - 1, 7, None], pa.uint64()), "f16": pa.array([1.5, None, 2.0], pa.float16()),
        "f32": pa.array([0.5, float("nan"), None], pa.float32()), "f64": pa.array([0.1, float("inf"), None]),
        "b": pa.array([True, None, False]), "s": pa.array(["Draâ", None, ""]), "long": pa.array(["prefix-one", "prefix-two", None]),
        "d32": pa.array([d.date(2020, 1, 5), None, d.date(1960, 2, 29)]),
        "ts": pa.array([d.datetime(2020, 1, 5, 10), None, d.datetime(1969, 12, 31, 23)], pa.timestamp("us")),
        "dec": pa.array([D("12.50"), None, D("-0.01")], pa.decimal128(10, 2)),
        "whole": pa.array([D("123456789012345678"), None, D("-1")], pa.decimal128(18, 0)),
        "wide": pa.array([D("12345678901234567890123.45"), None, D("0.10")], pa.decimal256(50, 2)),
        "list": pa.array([[1], None, [2, 3]]), "struct": pa.array([{"a": 1}, None, {"a": None}]),
        "bytes": pa.array([b"x", None, b""]), "time": pa.array([d.time(1), None, d.time(2)]), "last": pa.array([1, 2, 3]),
        "words": pa.array([["a", None], [], None]), "people": pa.array([[{"name": "Ada", "at": {"town": "Fès"}}, None], [], [{"name": None, "at": None}]]),
        "map": pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int64())), "lists": pa.array([[[1], None], None, [[], [2]]]),
        "mixed": pa.array([[{"n": 1, "raw": b"x"}], None, []]), "days": pa.array([[d.date(2020, 1, 5)], [None], []]),
        "in": pa.array([{"n": [1, 2]}, None, {"n": None}]),
      }
      t = pa.table(cols)
      # Both levels that are missing and those that are there, over several row groups and pages.
      t = pa.concat_tables([t] * 100)
      kind = sys.argv[4]
      enc = None
      if kind == "delta":
        enc = {"i8": "DELTA_BINARY_PACKED", "i64": "DELTA_BINARY_PACKED", "u64": "DELTA_BINARY_PACKED", "s": "DELTA_LENGTH_BYTE_ARRAY",
               "long": "DELTA_BYTE_ARRAY", "last": "DELTA_BINARY_PACKED", "b": "RLE", "d32": "DELTA_BINARY_PACKED"}
      if kind == "split":
        enc = {"f32": "BYTE_STREAM_SPLIT", "f64": "BYTE_STREAM_SPLIT", "i64": "BYTE_STREAM_SPLIT", "i8": "BYTE_STREAM_SPLIT", "dec": "BYTE_STREAM_SPLIT"}
      pq.write_table(t, sys.argv[1], compression=sys.argv[2], data_page_version=sys.argv[3],
        use_dictionary=kind == "dictionary", column_encoding=enc, row_group_size=110, data_page_size=300, write_batch_size=16)
      """
    _ = try Python.run(Python.withArrow!, script, [file.path, codec, page, encoding])
    let table = try openParquet(Array(try Data(contentsOf: file)))
    if ["gzip", "zstd"].contains(codec), !Inflation.isBuilt {
      #expect(throws: QueryError.self) { try cells(table) }
      return
    }
    func day(_ year: Int, _ month: Int, _ day: Int) -> Value {
      .date(CalendarDate(year: year, month: month, day: day)!)
    }
    let expected: [(String, [Value])] = [
      ("i8", [.integer(1), .missing, .integer(-3)]), ("i64", [.integer(1 << 62), .missing, .integer(-5)]),
      ("u32", [.integer(4_294_967_295), .integer(0), .missing]), ("u64", [.missing, .integer(7), .missing]),
      ("f16", [.real(1.5), .missing, .real(2)]), ("f32", [.real(0.5), .missing, .missing]),
      ("f64", [.real(0.1), .missing, .missing]), ("b", [.boolean(true), .missing, .boolean(false)]),
      ("s", [.text("Draâ"), .missing, .text("")]), ("long", [.text("prefix-one"), .text("prefix-two"), .missing]),
      ("d32", [day(2020, 1, 5), .missing, day(1960, 2, 29)]), ("ts", [day(2020, 1, 5), .missing, day(1969, 12, 31)]),
      ("dec", [.real(12.5), .missing, .real(-0.01)]),
      ("whole", [.integer(123_456_789_012_345_678), .missing, .integer(-1)]),
      ("wide", [.real(12345678901234567890123.45), .missing, .real(0.1)]),
      ("list", [.text("[1]"), .missing, .text("[2,3]")]),
      ("struct.a", [.integer(1), .missing, .missing]), ("last", [.integer(1), .integer(2), .integer(3)]),
      ("words", [.text(#"["a",null]"#), .text("[]"), .missing]),
      ("people", [.text(#"[{"name":"Ada","at.town":"Fès"},{}]"#), .text("[]"), .text("[{}]")]),
      ("map", [.text(#"[{"key":"k","value":1}]"#), .missing, .text("[]")]),
      ("mixed", [.text(#"[{"n":1}]"#), .missing, .text("[]")]),
      ("days", [.text(#"["2020-01-05"]"#), .text("[null]"), .text("[]")]),
      ("in.n", [.text("[1,2]"), .missing, .missing]),
    ]
    #expect(table.schema.fields.map(\.label) == expected.map(\.0))
    let read = try cells(table)
    for (column, (label, values)) in zip(read, expected) {
      #expect(column == (0..<100).flatMap { _ in values }, "\(label)")
    }
    #expect(
      table.report.notes.map(\.code)
        == [.columnLeftOut, .columnLeftOut, .columnLeftOut, .columnLeftOut]
        + [.inexactValues, .unreadableValues, .timeOfDayDropped, .inexactValues])
  }

  @Test func pagesAreComparedWithTheirChecksums() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, pyarrow as pa, pyarrow.parquet as pq
      pq.write_table(pa.table({'a': list(range(1000)), 's': ['x%d' % (i % 7) for i in range(1000)]}), sys.argv[1], compression=sys.argv[2],
        data_page_version=sys.argv[3], write_page_checksum=True, use_dictionary=['s'])
      """
    for (codec, version) in [("none", "1.0"), ("snappy", "2.0")] {
      _ = try Python.run(Python.withArrow!, script, [file.path, codec, version])
      var bytes = Array(try Data(contentsOf: file))
      #expect(try cells(try openParquet(bytes))[0][999] == .integer(999))
      // In the middle of the first column's values.
      bytes[2000] ^= 1
      guard CRC32.of([0].span) != nil else { return }
      do {
        _ = try cells(try openParquet(bytes))
        Issue.record("it was read")
      } catch let error as QueryError {
        #expect(error.diagnostics[0].message.english.contains("checksum of a page"), "\(codec)")
      }
    }
  }

  /// Parquet has no lengths of time: they are whole numbers, of which the schema of Arrow alone says more.
  @Test func durationsAreLeftOut() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, datetime as d, pyarrow as pa, pyarrow.parquet as pq
      days = [d.timedelta(days=3)]
      pq.write_table(pa.table({"n": [1], "d": pa.array(days, pa.duration("us")),
        "l": pa.array([[{"x": 1, "d": days[0]}]], pa.list_(pa.struct([("x", pa.int64()), ("d", pa.duration("s"))])))}), sys.argv[1])
      """
    _ = try Python.run(Python.withArrow!, script, [file.path])
    let table = try openParquet(Array(try Data(contentsOf: file)))
    #expect(table.schema.fields.map(\.label) == ["n", "l"])
    #expect(
      table.report.notes.map(\.message.english)
        == ["d", "l.d"].map { "column `\($0)` of `t.parquet` is of the type duration and is left out" })
  }

  /// Whole numbers that an extension of Arrow gives another meaning, beside a type that is not known.
  @Test func extensionsAreLeftOut() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, pyarrow as pa, pyarrow.parquet as pq
      class Period(pa.ExtensionType):
        def __init__(self): super().__init__(pa.int64(), "pandas.period")
        def __arrow_ext_serialize__(self): return b"{}"
        @classmethod
        def __arrow_ext_deserialize__(cls, storage, data): return cls()
      periods = pa.ExtensionArray.from_storage(Period(), pa.array([600, 601]))
      pq.write_table(pa.table({"n": [1, 2], "p": periods}), sys.argv[1])
      """
    _ = try Python.run(Python.withArrow!, script, [file.path])
    let table = try openParquet(Array(try Data(contentsOf: file)))
    #expect(table.schema.fields.map(\.label) == ["n"])
    #expect(table.report.notes.map(\.code) == [.columnLeftOut])
  }

  /// Without statistics the texts themselves tell that they are periods.
  @Test func periodsWithoutStatistics() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, pyarrow as pa, pyarrow.parquet as pq
      pq.write_table(pa.table({"p": ["2020-Q1", "2020-Q2"], "t": ["x", "y"]}), sys.argv[1], write_statistics=False)
      """
    _ = try Python.run(Python.withArrow!, script, [file.path])
    let table = try openParquet(Array(try Data(contentsOf: file)))
    // Reading shows what they are; a query is then resolved anew.
    _ = try? cells(table)
    #expect(table.schema.fields.map(\.type) == [.period, .text])
  }

  /// The zone of instants stands in the schema of Arrow that programs write beside Parquet's own.
  @Test func instantsHaveTheDaysOfTheirZone() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, datetime as d, pyarrow as pa, pyarrow.parquet as pq
      evening = d.datetime(2019, 4, 14, 23, tzinfo=d.timezone.utc)
      zoned = pa.timestamp("us", "+01:00")
      t = pa.table({"plain": pa.array([evening.replace(tzinfo=None)], pa.timestamp("us")), "zoned": pa.array([evening], zoned),
        "in": pa.array([{"record": evening}], pa.struct([("record", zoned)])), "list": pa.array([[evening]], pa.list_(zoned))})
      pq.write_table(t, sys.argv[1], store_schema=sys.argv[2] == "true")
      """
    func read(_ hasSchema: Bool) throws -> [[Value]] {
      _ = try Python.run(Python.withArrow!, script, [file.path, "\(hasSchema)"])
      return try cells(try openParquet(Array(try Data(contentsOf: file))))
    }
    func day(_ day: Int) -> Value { .date(CalendarDate(year: 2019, month: 4, day: day)!) }
    #expect(try read(true) == [[day(14)], [day(15)], [day(15)], [.text(#"["2019-04-15"]"#)]])
    #expect(try read(false) == [[day(14)], [day(14)], [day(14)], [.text(#"["2019-04-14"]"#)]])
  }

  /// Under a footer that is not encrypted, a column may be.
  @Test func encryptedColumnsAreLeftOut() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, base64, pyarrow as pa, pyarrow.parquet as pq
      try: import pyarrow.parquet.encryption as pe
      except ImportError: sys.exit()
      class Keys(pe.KmsClient):
        def __init__(self, config): pe.KmsClient.__init__(self)
        def wrap_key(self, key, master): return base64.b64encode(key)
        def unwrap_key(self, key, master): return base64.b64decode(key)
      t = pa.table({"open": [1, 2], "closed": [3, 4]})
      config = pe.EncryptionConfiguration(footer_key="f", column_keys={"k": ["closed"]}, plaintext_footer=True)
      properties = pe.CryptoFactory(Keys).file_encryption_properties(pe.KmsConnectionConfig(), config)
      with pq.ParquetWriter(sys.argv[1], t.schema, encryption_properties=properties) as w: w.write_table(t)
      """
    _ = try Python.run(Python.withArrow!, script, [file.path])
    guard let data = try? Data(contentsOf: file) else { return }
    let table = try openParquet(Array(data))
    #expect(table.schema.fields.map(\.label) == ["open"])
    #expect(try cells(table) == [[.integer(1), .integer(2)]])
    #expect(table.report.notes.map(\.message.english).first?.contains("`closed`") == true)
    #expect(table.report.notes.map(\.message.english).first?.contains("encrypted") == true)
  }

  /// Programs that have no periods, and many that have read dates as texts, store texts for them.
  @Test func textsThatAreDatesAreDates() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, pyarrow as pa, pyarrow.parquet as pq
      t = pa.table({"d": ["2019-04-15", "", "2019-06-01", "2019-06-02"], "p": ["2019-Q1", "2019-Q2", None, "n/d"],
        "k": ["001", "002", "003", "004"], "y": ["2019", "2020", "2021", "2022"], "m": ["2019-04-15", "soon", "x", "y"]})
      pq.write_table(t, sys.argv[1], row_group_size=2)
      """
    _ = try Python.run(Python.withArrow!, script, [file.path])
    let table = try openParquet(Array(try Data(contentsOf: file)))
    try table.settle()
    #expect(table.schema.fields.map(\.type) == [.date, .period, .text, .text, .text])
    let found = try cells(table)
    #expect(
      found[0]
        == [15, nil, 62, 63].map {
          $0.map { .date(CalendarDate(days: CalendarDate(year: 2019, month: 3, day: 31)!.days + $0)) } ?? .missing
        })
    #expect(found[1] == [.period(.quarter(2019, 1)), .period(.quarter(2019, 2)), .missing, .missing])
    #expect(table.report.notes.isEmpty)
    // A query that believed them to be texts is to be understood anew, and is then asked of the dates.
    let fresh = try openParquet(Array(try Data(contentsOf: file)))
    let day = Int64(CalendarDate(year: 2019, month: 6, day: 1)!.days)
    let condition = ColumnCondition(column: 0, .integers([day...day]))
    #expect(throws: QueryError.self) { try fresh.read(columns: [0], where: [condition]) { false } }
    let again = try fresh.read(columns: [0], where: [condition]) { false }
    #expect(again.chunks.reduce(0) { $0 + $1.count } == 4)
    // What is declared to be text is text, and what Bilan wrote is what it was.
    let declared = try openParquet(Array(try Data(contentsOf: file)), options: ReadOptions(types: ["d": .text]))
    try declared.settle()
    #expect(declared.schema[0].type == .text)
    let own = try openParquet(
      ParquetWriter.write(
        Schema([Field("d", .text)]),
        [
          Chunk(
            columns: [
              found[0].reduce(into: ColumnBuilder(.text)) { $0.append($1.isMissing ? .missing : .text("2019-04-15")) }
                .finish()
            ], count: 4)
        ]))
    try own.settle()
    #expect(own.schema[0].type == .text)
  }

  /// Instants of 96 bits, whose distinct values stand in a dictionary or not.
  @Test(arguments: ["True", "False"]) func timesOfOldInstantsAreSaid(hasDictionary: String) throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import sys, datetime as d, pyarrow as pa, pyarrow.parquet as pq
      t = pa.table({"t": pa.array([d.datetime(2020, 6, 1, 23, 30), None, d.datetime(2020, 6, 2), d.datetime(2020, 6, 1, 23, 30)])})
      pq.write_table(t, sys.argv[1], use_deprecated_int96_timestamps=True, use_dictionary=\(hasDictionary))
      """
    _ = try Python.run(Python.withArrow!, script, [file.path])
    let table = try openParquet(Array(try Data(contentsOf: file)))
    #expect(try cells(table)[0].map(\.isMissing) == [false, true, false, false])
    #expect(table.report.notes.map(\.code) == [.timeOfDayDropped])
    #expect(table.report.notes.first?.count == 2)
  }

  @Test func whatIsNotReadIsNamed() throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    _ = try Python.run(
      Python.withArrow!,
      "import sys, pyarrow as pa, pyarrow.parquet as pq; pq.write_table(pa.table({'a': ['x'] * 100}), sys.argv[1], compression='brotli')",
      [file.path])
    let table = try openParquet(Array(try Data(contentsOf: file)))
    do {
      _ = try cells(table)
      Issue.record("it was read")
    } catch let error as QueryError {
      #expect(error.diagnostics[0].code == .unsupportedFormat)
      #expect(error.diagnostics[0].message.english.contains("Brotli"))
    }
  }
}
