import BilanColumnar
import BilanReaders
import BilanTestSupport
import Foundation
import Testing

@testable import BilanParquet

/// Row groups that their statistics rule out are not read, and what is read and said is the same.
@Suite struct SkippingTests {
  /// Dates in order, with a number that may be missing and texts.
  private static func sorted(rows: Int, groupRows: Int) -> [UInt8] {
    var dates = ColumnBuilder(.date)
    var numbers = ColumnBuilder(.integer)
    var texts = ColumnBuilder(.text)
    for row in 0..<rows {
      dates.append(.date(CalendarDate(days: row / 3)))
      numbers.append(row % 5 == 0 ? .missing : .integer(Int64(row)))
      texts.append(.text("t\(row)"))
    }
    let schema = Schema([Field("d", .date), Field("x", .integer), Field("s", .text)])
    return ParquetWriter.write(
      schema, [Chunk(columns: [dates.finish(), numbers.finish(), texts.finish()], count: rows)],
      options: .init(compression: .none, groupRows: groupRows, pageRows: 7))
  }

  private static func read(
    _ table: FileTable, _ conditions: [ColumnCondition]
  ) throws -> (cells: [[Value]], parts: PartCount) {
    let (chunks, parts) = try table.read(columns: Array(0..<table.schema.count), where: conditions) { false }
    return (RandomTable.cells(table.schema, chunks), parts)
  }

  @Test func onlyTheGroupsThatMayHoldAreRead() throws {
    let bytes = Self.sorted(rows: 100, groupRows: 10)
    let condition = ColumnCondition(column: 0, .integers([10...12]))
    let (cells, parts) = try Self.read(try openParquet(bytes), [condition])
    // Days 10 to 12 are rows 30 to 38.
    #expect(parts == PartCount(all: 10, skipped: 9))
    #expect(cells[2] == (30..<40).map { .text("t\($0)") })
    // What was read before is not read again, be it more or less.
    let table = try openParquet(bytes)
    _ = try table.read(columns: [1]) { false }
    #expect(try Self.read(table, [condition]).cells == cells)
    #expect(try Self.read(table, [condition]).cells == cells)
    #expect(try Self.read(table, [ColumnCondition(column: 0, .none)]).cells == [[], [], []])
    #expect(try table.read(columns: [0, 1, 2]) { false }.reduce(0) { $0 + $1.count } == 100)
    #expect(table.report.notes.isEmpty)
  }

  /// The pages of the groups that are left out may be anything: nobody looks at them.
  @Test func pagesThatAreRuledOutAreNotTouched() throws {
    var bytes = Self.sorted(rows: 100, groupRows: 10)
    let file = try ParquetFile(.memory(ByteView(bytes)))
    for (number, group) in file.rowGroups.enumerated() where number != 3 {
      for column in group.columns {
        for place in column.offset..<column.offset + column.size { bytes[place] = 0xFF }
      }
    }
    let table = try openParquet(bytes)
    let (found, parts) = try Self.read(table, [ColumnCondition(column: 0, .integers([10...12]))])
    #expect(parts.skipped == 9)
    #expect(found[2].count == 10)
    #expect(throws: (any Error).self) { try cells(table) }
  }

  @Test func deprecatedEndsAreTakenOfSignedNumbersOnly() throws {
    func statistics(_ low: [UInt8], _ high: [UInt8]) -> ThriftStructure {
      ThriftStructure(fields: [1: .bytes(ByteView(high)), 2: .bytes(ByteView(low)), 3: .integer(0)])
    }
    func bounds(
      _ physical: ParquetLeaf.Physical, _ meaning: ParquetLeaf.Meaning, _ statistics: ThriftStructure,
      isOrdered: Bool = false
    ) -> ValueBounds {
      let leaf = ParquetLeaf(name: "c", physical: physical, typeLength: 0, meaning: meaning, mostDefinition: 1)
      let chunk = ParquetFile.ColumnChunk(
        offset: 0, size: 0, codec: .none, valueCount: 9, statistics: statistics)
      return ParquetStatistics(leaf, chunk, isOrdered: isOrdered).bounds
    }
    let numbers = statistics([UInt8](littleEndian: [Int32(-3)]), [UInt8](littleEndian: [Int32(8)]))
    #expect(bounds(.int32, .integer, numbers) == ValueBounds(.integers(-3...8), mayBeMissing: false))
    #expect(bounds(.int32, .unsigned32, numbers) == ValueBounds(.unknown, mayBeMissing: false))
    #expect(bounds(.bytes, .text, statistics([0x61], [0x7A])).values == .unknown)
    #expect(bounds(.double, .real, statistics([0], [0])).values == .unknown)
    // Those of the format today count where the file says by which order they are.
    func today(_ low: [UInt8], _ high: [UInt8]) -> ThriftStructure {
      ThriftStructure(fields: [3: .integer(0), 5: .bytes(ByteView(high)), 6: .bytes(ByteView(low))])
    }
    #expect(bounds(.bytes, .text, today([0x61], [0x7A])).values == .unknown)
    #expect(bounds(.bytes, .text, today([0x61], [0x7A]), isOrdered: true).values == .texts(low: [0x61], high: [0x7A]))
    let reals = today([UInt8](littleEndian: [(-0.5).bitPattern]), [UInt8](littleEndian: [(2.5).bitPattern]))
    #expect(
      bounds(.double, .real, reals, isOrdered: true) == ValueBounds(.reals(-0.5...2.5), mayBeMissing: true))
    let nan = today([UInt8](littleEndian: [Double.nan.bitPattern]), [UInt8](littleEndian: [(2.5).bitPattern]))
    #expect(bounds(.double, .real, nan, isOrdered: true).values == .unknown)
    // Ends that contradict each other, or have another width, say nothing.
    #expect(
      bounds(.int32, .integer, today([UInt8](littleEndian: [Int32(3)]), [UInt8](littleEndian: [Int32(2)]))).values
        == .unknown)
    #expect(bounds(.int32, .integer, today([1], [2])).values == .unknown)
    let none = ThriftStructure(fields: [3: .integer(9)])
    #expect(bounds(.int32, .integer, none) == ValueBounds(.none, mayBeMissing: true))
  }

  /// Damaged statistics may hide rows, as damaged pages may change them; they do not end the program.
  @Test(arguments: 0..<100) func damagedStatisticsNeitherCrashNorHang(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let sound = Self.sorted(rows: 60, groupRows: 9)
    let bytes = Damage.damaged(sound, in: max(0, sound.count - 1800)..<sound.count - 8, &random)
    guard let table = try? openParquet(bytes), table.rowCount ?? 0 < 100_000 else { return }
    for place in table.schema.fields.indices {
      _ = try? Self.read(table, [ColumnCondition(column: place, .integers([3...5]))])
      _ = try? Self.read(table, [ColumnCondition(column: place, .reals([3...5]), acceptsMissing: true)])
    }
  }
}

/// Statistics as another program writes them, and ours as it reads them.
@Suite(.enabled(if: Python.withArrow != nil, "no Python with pyarrow"))
struct SkippingNeighbourTests {
  private func file() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).parquet")
  }

  /// Each type with its extremes, more or less in order, in row groups of seven.
  private static let script = """
    import sys, random, datetime as d, decimal, pyarrow as pa, pyarrow.parquet as pq
    r = random.Random(int(sys.argv[2])); n = r.choice([1, 20, 100])
    def col(make, type, order=True):
      v = [make() for _ in range(n)]
      if order and r.random() < .8: v = sorted(v, key=lambda x: (x != x, x))
      if r.random() < .5: v = [None if r.random() < r.choice([.1, .9]) else x for x in v]
      return pa.array(v, type)
    D = decimal.Decimal; inf = float("inf")
    cols = {
      "i8": col(lambda: r.randint(-128, 127), pa.int8()), "i64": col(lambda: r.choice([2**63-1, -2**63, r.randint(-50, 50)]), pa.int64()),
      "u32": col(lambda: r.choice([2**32-1, 0, 2**31, r.randint(0, 99)]), pa.uint32()),
      "u64": col(lambda: r.choice([2**64-1, 2**63, 0, r.randint(0, 99)]) if r.random() < .3 else r.randint(0, 99), pa.uint64()),
      "f16": col(lambda: r.choice([0.5, -2.0, 100.0]), pa.float16()), "f32": col(lambda: r.choice([r.random(), float("nan"), -0.0, 0.0]), pa.float32()),
      "f64": col(lambda: r.choice([r.uniform(-9, 9), r.uniform(-9, 9), inf, -inf, float("nan"), 0.0, -0.0]), pa.float64()),
      "g64": col(lambda: r.uniform(-9, 9), pa.float64()), "b": col(lambda: r.random() < .5, pa.bool_()),
      "s": col(lambda: r.choice(["a", "é", "日本", "", "x" * r.randint(1, 200), "\\U0010ffff"]), pa.string()),
      "d": col(lambda: d.date(2020, 1, 1) + d.timedelta(r.randint(-3000, 3000)), pa.date32()),
      "ts": col(lambda: d.datetime(2020, 1, 1) + d.timedelta(hours=r.randint(-3000, 3000)), pa.timestamp("us")),
      "mid": col(lambda: d.datetime(1960, 1, 1) + d.timedelta(days=r.randint(-3000, 9000)), pa.timestamp("ms", "UTC")),
      "dec": col(lambda: D(r.randint(-999, 999)) / 100, pa.decimal128(10, 2)), "whole": col(lambda: D(r.randint(-999, 999)), pa.decimal128(18, 0)),
      "wide": col(lambda: D(r.randint(-10**18, 10**18)) / 100, pa.decimal128(30, 2)),
    }
    pq.write_table(pa.table(cols), sys.argv[1], row_group_size=7, compression=r.choice(["none", "snappy"]),
      data_page_version=r.choice(["1.0", "2.0"]), store_decimal_as_integer=r.random() < .5, write_statistics=r.random() < .95)
    """

  @Test(arguments: 0..<24) func whatIsLeftOutCouldNotPass(_ seed: Int) throws {
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    _ = try Python.run(Python.withArrow!, Self.script, [file.path, String(seed)])
    let bytes = Array(try Data(contentsOf: file))
    let whole = try openParquet(bytes)
    let all = try cells(whole)
    let notes = whole.report.notes
    let places = Array(0..<whole.schema.count)
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<60 {
      let conditions = (0..<random.number(1...2)).map { _ in Self.condition(whole.schema, all, &random) }
      let table = try openParquet(bytes)
      let (chunks, parts) = try table.read(columns: places, where: conditions) { false }
      let found = RandomTable.cells(table.schema, chunks)
      func passing(_ cells: [[Value]]) -> [[Value]] {
        let rows = (0..<cells[0].count).filter { row in
          conditions.allSatisfy { Self.meets(cells[$0.column][row], $0) }
        }
        return cells.map { column in rows.map { column[$0] } }
      }
      #expect(passing(found) == passing(all), "\(conditions)")
      #expect(found[0].count <= all[0].count && parts.skipped <= parts.all)
      #expect(table.report.notes.map(\.message) == notes.map(\.message), "\(conditions)")
      #expect(table.report.notes.map(\.count) == notes.map(\.count), "\(conditions)")
    }
  }

  private static func condition(
    _ schema: Schema, _ cells: [[Value]], _ random: inout SplitMix64
  ) -> ColumnCondition {
    let place = random.number(0...schema.count - 1)
    let value = random.pick(cells[place])
    let missing = random.chance(20)
    switch value {
    case .integer, .date:
      let number = stored(value)!
      return ColumnCondition(
        column: place, .integers(random.pick([[number...number], [.min...number], [number...(.max)]])),
        acceptsMissing: missing)
    case .boolean(let truth):
      return ColumnCondition(column: place, .integers([truth ? 1...1 : 0...0]), acceptsMissing: missing)
    case .real(let number):
      return ColumnCondition(
        column: place,
        .reals(random.pick([[number...number], [-.infinity...number.nextDown], [number...(.infinity)]])),
        acceptsMissing: missing)
    case .text(let text): return ColumnCondition(column: place, .texts([Array(text.utf8)]), acceptsMissing: missing)
    default: return ColumnCondition(column: place, random.pick([.none, .any]), acceptsMissing: true)
    }
  }

  private static func stored(_ value: Value) -> Int64? {
    switch value {
    case .integer(let value): value
    case .date(let date): Int64(date.days)
    case .boolean(let truth): truth ? 1 : 0
    default: nil
    }
  }

  private static func meets(_ value: Value, _ condition: ColumnCondition) -> Bool {
    switch (condition.values, value) {
    case (_, .missing): condition.acceptsMissing
    case (.none, _): false
    case (.any, _): true
    case (.reals(let ranges), .real(let number)): ranges.contains { $0.contains(number) }
    case (.texts(let texts), .text(let text)): texts.contains(Array(text.utf8))
    case (.integers(let ranges), _): stored(value).map { number in ranges.contains { $0.contains(number) } } ?? false
    default: false
    }
  }

  @Test(arguments: 0..<6) func ourStatisticsAreThoseOfTheValues(_ seed: Int) throws {
    let (schema, chunks) = RandomTable.make(seed: seed, rows: 70)
    let file = file()
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(ParquetWriter.write(schema, chunks, options: .init(groupRows: 16))).write(to: file)
    let script = """
      import sys, pyarrow.parquet as pq
      f = pq.ParquetFile(sys.argv[1]); seen = 0
      for g in range(f.metadata.num_row_groups):
        t = f.read_row_group(g)
        for c in range(t.num_columns):
          s = f.metadata.row_group(g).column(c).statistics
          v = [x for x in t.column(c).to_pylist() if x is not None]
          assert s is not None and s.null_count == t.column(c).null_count, (g, c)
          if s.has_min_max:
            seen += 1
            key = (lambda x: x.encode()) if v and isinstance(v[0], str) else (lambda x: x)
            assert key(s.min) == min(map(key, v)) and key(s.max) == max(map(key, v)), (g, c, s, v)
          else: assert not v or isinstance(v[0], str), (g, c)
      print("ok" if seen else "none")
      """
    #expect(try Python.run(Python.withArrow!, script, [file.path]).hasPrefix("ok"))
  }
}
