import Bilan
import BilanColumnar
import BilanRenderers
import BilanTestSupport
import Foundation
import Testing

/// A table that is written as a file and read is the table that was written, in every format that holds one.
@Suite struct FileIdentityTests {
  /// Formats that say what their columns are, and those of which the reader finds it out.
  private static let formats: [OutputFormat] = {
    var formats: [OutputFormat] = [.csv, .tsv, .json, .ndjson, .arrow, .arrowStream, .parquet]
    #if Spreadsheets
      formats.append(.xlsx)
    #endif
    return formats
  }()

  @Test(arguments: formats) func whatIsWrittenIsRead(_ format: OutputFormat) throws {
    for seed in 0..<caseCount {
      let table = InferableTable.make(seed: seed)
      let file = try TemporaryFile(ending: format.extensions[0], Self.bytes(table, format))
      let read = try file.run()
      #expect(read.schema.fields.map(\.label) == table.schema.fields.map(\.label), "\(format), seed \(seed)")
      let (cells, written) = (
        RandomTable.cells(read.schema, read.chunks), RandomTable.cells(table.schema, table.chunks)
      )
      for (place, field) in table.schema.fields.enumerated() where cells.indices.contains(place) {
        #expect(
          cells[place].map(\.asNumber) == written[place].map(\.asNumber), "\(format), seed \(seed), \(field.label)")
      }
    }
  }

  /// Types that no text tells stay what they are where the format has a place for them.
  @Test(arguments: [OutputFormat.arrow, .arrowStream, .parquet]) func typesAreKept(_ format: OutputFormat) throws {
    for seed in 0..<min(caseCount, 60) {
      var (schema, chunks) = RandomTable.make(seed: seed, rows: [0, 1, 7, 65][seed % 4])
      // Columns that may not be listed are in no result.
      for place in schema.fields.indices { schema.fields[place].isSensitive = false }
      let table = Table(schema: schema, chunks: chunks)
      let file = try TemporaryFile(ending: format.extensions[0], Self.bytes(table, format))
      let read = try file.run()
      #expect(read.schema.fields.map(\.type) == schema.fields.map(\.type), "\(format), seed \(seed)")
      #expect(read.schema.fields.map(\.unit) == schema.fields.map(\.unit), "\(format), seed \(seed)")
      #expect(
        RandomTable.cells(read.schema, read.chunks) == RandomTable.cells(schema, chunks), "\(format), seed \(seed)")
    }
  }

  private static func bytes(_ table: Table, _ format: OutputFormat) -> [UInt8] {
    var sink = BufferSink()
    render(table, notes: [], as: format, options: RenderOptions(), into: &sink)
    return sink.bytes
  }

  // MARK: Other programs

  /// What pyarrow and openpyxl find in the files is what the table as CSV has.
  @Test(.enabled(if: Python.withArrow != nil, "no Python with pyarrow"))
  func pyarrowReadsResults() throws {
    let script = """
      import sys, pyarrow as pa, pyarrow.parquet as pq
      kind, path = sys.argv[1:]
      t = pq.read_table(path) if kind == "parquet" else (
        pa.ipc.open_stream(pa.memory_map(path)) if kind == "arrows" else pa.ipc.open_file(pa.memory_map(path))).read_all()
      def text(v):
        if v is None: return ""
        if isinstance(v, bool): return str(v).lower()
        return repr(v) if isinstance(v, float) else str(v)
      print("\\t".join(t.column_names))
      for row in zip(*(c.to_pylist() for c in t.columns)): print("\\t".join(map(text, row)))
      """
    for seed in 0..<8 {
      let table = InferableTable.make(seed: seed)
      let expected = Self.plain(table)
      for format in [OutputFormat.arrow, .arrowStream, .parquet] {
        let file = try TemporaryFile(ending: format.extensions[0], Self.bytes(table, format))
        let said = try Python.run(#require(Python.withArrow), script, [format.rawValue, file.path])
        #expect(said == expected, "\(format), seed \(seed)")
      }
    }
  }

  #if Databases
    /// A database that another program made of the table is the same table.
    @Test(.enabled(if: Python.withSQLite != nil, "no Python with sqlite3"))
    func databasesAreTheSameTable() throws {
      let script = """
        import sys, sqlite3
        kinds, path = sys.argv[1].split(","), sys.argv[2]
        lines = sys.argv[3].split("\\n")[:-1]
        names = lines[0].split("\\t")
        db = sqlite3.connect(path)
        db.execute("CREATE TABLE t (%s)" % ", ".join('"%s" %s' % p for p in zip(names, kinds)))
        for line in lines[1:]:
          cells = [None if c == "" else int(c == "true") if k == "BOOLEAN" else c for c, k in zip(line.split("\\t"), kinds)]
          db.execute("INSERT INTO t VALUES (%s)" % ", ".join("?" * len(names)), cells)
        db.commit()
        """
      for seed in 0..<12 {
        let table = InferableTable.make(seed: seed)
        let file = try TemporaryFile(ending: "db", [])
        let kinds = table.schema.fields.map { field in
          switch field.type {
          case .integer: "INTEGER"
          case .real: "REAL"
          case .boolean: "BOOLEAN"
          case .date: "DATE"
          default: "TEXT"
          }
        }
        _ = try Python.run(
          #require(Python.withSQLite), script, [kinds.joined(separator: ","), file.path, Self.plain(table)])
        let read = try file.run()
        #expect(read.schema.fields.map(\.label) == table.schema.fields.map(\.label), "seed \(seed)")
        #expect(
          RandomTable.cells(read.schema, read.chunks).map { $0.map(\.asNumber) }
            == RandomTable.cells(table.schema, table.chunks).map { $0.map(\.asNumber) }, "seed \(seed)")
      }
    }
  #endif

  /// The cells as Python writes them, tabs between them.
  private static func plain(_ table: Table) -> String {
    let cells = RandomTable.cells(table.schema, table.chunks)
    let rows = (0..<table.rowCount).map { row in
      cells.map { column -> String in
        switch column[row] {
        case .missing, .ratio, .duration: ""
        case .integer(let value): String(value)
        case .real(let value): value.description
        case .text(let value): value
        case .boolean(let value): String(value)
        case .date(let value): value.description
        case .period(let value): value.description
        }
      }
    }
    return ([table.schema.fields.map(\.label)] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
  }
}

/// A random table whose types a reader of text finds out again: no text looks like a number, no column of reals is whole.
private enum InferableTable {
  static func make(seed: Int) -> Table {
    var random = SplitMix64(seed: UInt64(seed) &+ 77)
    let rows = random.number(3...40)
    // A first row of mere texts, or a row of one value, would be taken for something else than a row.
    var types: [DataType] = [.text, .integer]
    for _ in 0..<random.number(1...6) {
      types.append(random.pick([.integer, .real, .text, .boolean, .date, .period]))
    }
    var fields: [Field] = []
    var columns: [Column] = []
    for (index, type) in types.enumerated() {
      var builder = ColumnBuilder(type)
      let missing = index < 2 ? 0 : random.pick([0, 30])
      for row in 0..<rows {
        // Some value of each kind of column tells what it is.
        if row > 0, random.chance(missing) {
          builder.append(.missing)
        } else {
          builder.append(value(type, isFirst: row == 0, &random))
        }
      }
      fields.append(Field(["région", "jobs, all", "c \(index)"][min(index, 2)], type))
      columns.append(builder.finish())
    }
    return Table(schema: Schema(fields), chunks: [Chunk(columns: columns, count: rows)])
  }

  private static func value(_ type: DataType, isFirst: Bool, _ random: inout SplitMix64) -> Value {
    switch type {
    case .integer:
      return .integer(
        random.pick([0, 7, -5, 999_999_999_999_999, -123_456_789_012_345, Int64(random.number(-99999...99999))]))
    case .real:
      if isFirst { return .real(-2.5) }
      return .real(random.pick([0.1, 1e-7, 123456.789, 0.30000000000000004, Double(random.number(-999...999)) / 8]))
    case .boolean: return .boolean(isFirst || random.chance(50))
    case .date: return .date(CalendarDate(days: random.number(-20_000...40_000)))
    case .period: return .period(.quarter(random.number(1990...2030), random.number(1...4)))
    default:
      return .text(
        random.pick(["Fès", "a, b", "œuvre \"une\"", "=x", "l’eau; le thé", "日本", "t\(random.number(0...9))"]))
    }
  }
}

extension Value {
  /// A whole number and the real that is the same are one value: text does not tell them apart.
  fileprivate var asNumber: Value {
    if case .integer(let number) = self, let real = Double(exactly: number) { return .real(real) }
    return self
  }
}

/// A file that a test writes, gone when the test is.
private final class TemporaryFile {
  let path: String

  init(ending: String, _ bytes: [UInt8]) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).\(ending)").path
    if !bytes.isEmpty { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The table in it; of a document of JSON, which holds columns too, its rows.
  func run() throws -> Table {
    try Session(catalog: try Catalog([])).run("from \"\(path)\(path.hasSuffix(".json") ? "#rows" : "")\"")[0].table
  }
}
