import BilanColumnar
import BilanDiagnostics
import BilanReaders
import BilanTestSupport
import Foundation
import Testing

@testable import BilanDatabases

#if Databases
  import CSQLite

  @Suite struct DatabaseTests {
    /// A database that a script makes, as a file and as bytes.
    final class Database {
      let path: String

      init(_ script: String) {
        path = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).db").path
        var database: OpaquePointer?
        precondition(unsafe sqlite3_open(path, &database) == SQLITE_OK)
        let status = unsafe sqlite3_exec(database, script, nil, nil, nil)
        unsafe precondition(status == SQLITE_OK, String(cString: sqlite3_errmsg(database)))
        unsafe sqlite3_close(database)
      }

      deinit { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }

      var bytes: [UInt8] { Array(FileManager.default.contents(atPath: path) ?? Data()) }

      func open(_ table: String? = nil) throws -> FileTable {
        try #require(
          try SQLiteFormat.open(path: path, table: table, name: "t.db", options: ReadOptions(), resource: nil)
            as? FileTable)
      }
    }

    private func values(_ table: FileTable) throws -> [[Value]] {
      let chunks = try table.read(columns: Array(0..<table.schema.count)) { false }
      return table.schema.fields.indices.map { index in
        chunks.flatMap { chunk in
          (0..<chunk.count).map { chunk.columns[index].value($0, as: table.schema[index].type) }
        }
      }
    }

    /// Of a database with a log that a program has left behind, the log is read, and nothing is made or removed beside it.
    @Test func aLogLeftBehindIsReadAndStays() throws {
      let database = Database("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1); PRAGMA journal_mode = WAL;")
      var writer: OpaquePointer?
      #expect(unsafe sqlite3_open(database.path, &writer) == SQLITE_OK)
      #expect(unsafe sqlite3_exec(writer, "INSERT INTO t VALUES (2)", nil, nil, nil) == SQLITE_OK)
      // As a program leaves them that ends without closing.
      let files = FileManager.default
      for ending in ["", "-wal"] {
        try files.copyItem(atPath: database.path + ending, toPath: database.path + ".copy" + ending)
      }
      unsafe sqlite3_close(writer)
      let copy = database.path + ".copy"
      defer { for ending in ["", "-wal", "-shm"] { try? files.removeItem(atPath: copy + ending) } }
      let before = ["", "-wal"].map { files.contents(atPath: copy + $0) }
      let table = try #require(
        try SQLiteFormat.open(path: copy, table: nil, name: "t.db", options: ReadOptions(), resource: nil) as? FileTable
      )
      #expect(try values(table) == [[.integer(1), .integer(2)]])
      #expect(!files.fileExists(atPath: copy + "-shm"))
      #expect(["", "-wal"].map { files.contents(atPath: copy + $0) } == before)
    }

    @Test func totalsAreSaid() throws {
      let database = Database(
        """
        CREATE TABLE t (r TEXT, s TEXT, n INTEGER, m REAL);
        INSERT INTO t VALUES ('Fès', 'F', 1, 0.5), ('Fès', 'H', 2, 0.25), ('Fès', 'Total', 3, 0.75), ('Oriental', 'F', 10, 1),
          ('Oriental', 'H', 5, 1), ('Oriental', 'Total', 15, 2);
        """)
      let notes = try database.open().report.notes
      #expect(notes.map(\.code) == [.totalRows])
      #expect(notes[0].message.english.contains("lines 3, 6 of `t.db`"))
      #expect(notes[0].message.english.contains("`where s != \"Total\"`"))
    }

    /// Tables that extensions keep are none that is meant.
    @Test func theOtherTablesAreSaid() throws {
      let database = Database(
        """
        CREATE TABLE gpkg_contents (a INTEGER); INSERT INTO gpkg_contents VALUES (7);
        CREATE TABLE regions (n INTEGER); INSERT INTO regions VALUES (1);
        CREATE TABLE spatial_ref_sys (b INTEGER);
        """)
      let table = try database.open()
      #expect(try values(table) == [[.integer(1)]])
      #expect(table.report.notes.isEmpty)
      #expect(try values(database.open("gpkg_contents")) == [[.integer(7)]])
      let two = Database("CREATE TABLE a (n INTEGER); INSERT INTO a VALUES (1); CREATE TABLE b (n INTEGER);")
      let first = try two.open()
      #expect(first.report.notes.map(\.code) == [.sheetsNotRead])
      #expect(first.report.notes[0].message.english == "the table `a` of `t.db` is read; there is another: `b`")
      #expect(try two.open("a").report.notes.isEmpty)
    }

    @Test func valuesAreExactAndNullIsMissing() throws {
      let database = Database(
        """
        CREATE TABLE results (id INTEGER, amount REAL, region TEXT, done BOOLEAN, day DATE, period TEXT, code TEXT);
        INSERT INTO results VALUES
          (9007199254740993, 0.1, 'Draâ', 1, '2020-03-05', '2020-Q1', '00123'),
          (-9223372036854775808, 2.5e10, NULL, 0, NULL, '2020-Q2', '14000'),
          (NULL, NULL, 'Souss', NULL, '2019-12-31', NULL, NULL);
        """)
      let table = try database.open()
      #expect(table.schema.fields.map(\.type) == [.integer, .real, .text, .boolean, .date, .period, .text])
      #expect(
        try values(table) == [
          [.integer(9_007_199_254_740_993), .integer(.min), .missing], [.real(0.1), .real(2.5e10), .missing],
          [.text("Draâ"), .missing, .text("Souss")], [.boolean(true), .boolean(false), .missing],
          [
            .date(CalendarDate(year: 2020, month: 3, day: 5)!), .missing,
            .date(CalendarDate(year: 2019, month: 12, day: 31)!),
          ],
          [.period(.quarter(2020, 1)), .period(.quarter(2020, 2)), .missing],
          [.text("00123"), .text("14000"), .missing],
        ])
      #expect(table.report.notes.isEmpty)
      #expect(table.rowCount == 3)
    }

    /// The file is sound; the view is not.
    @Test func whatSQLiteSaysOfAViewIsSaid() throws {
      let database = Database("CREATE TABLE a (x); CREATE VIEW v AS SELECT y FROM a; INSERT INTO a VALUES (1);")
      do throws(QueryError) {
        _ = try SQLiteFormat.open(path: database.path, table: "v", name: "t.db", options: ReadOptions(), resource: nil)
        Issue.record("it was read")
      } catch {
        #expect(error.diagnostics[0].code == .unreadableFile)
        #expect(error.diagnostics[0].message.english == "SQLite does not read `t.db`: no such column: y")
        #expect(error.diagnostics[0].help.first?.english.contains("the view") == true)
      }
    }

    @Test func tablesAndViewsAreListed() throws {
      let database = Database(
        """
        CREATE TABLE "two words" (a); CREATE TABLE b (x INTEGER PRIMARY KEY AUTOINCREMENT, y);
        CREATE VIEW sums AS SELECT x + 1 AS z, y AS "é" FROM b;
        INSERT INTO b (y) VALUES ('k'), ('l'); INSERT INTO "two words" VALUES (1);
        """)
      #expect(try SQLiteFormat.tables(in: database.path) == ["two words", "b", "sums"])
      let first = try database.open()
      #expect(try values(first) == [[.integer(1)]])
      #expect(first.report.decisions.first?.evidence.english == "the first of 3: `two words`, `b`, `sums`")
      #expect(try values(try database.open("SUMS")) == [[.integer(2), .integer(3)], [.text("k"), .text("l")]])
      do throws(QueryError) {
        _ = try SQLiteFormat.open(
          path: database.path, table: "c", name: "t.db", options: ReadOptions(), resource: nil)
        Issue.record("a table that is not there")
      } catch {
        #expect(error.diagnostics[0].code == .unknownTable)
      }
    }

    @Test func kindsThatDoNotAgreeAreInferred() throws {
      let database = Database(
        """
        CREATE TABLE t (n, mixed, both, picture BLOB, some, far REAL, empty INT, mark);
        INSERT INTO t VALUES ('1', 1, 1, x'00ff', 'a', 9e999, NULL, 'x'), ('2', 'n.c.', 2.5, x'01', x'02', 1, NULL, 3);
        """)
      let table = try database.open()
      #expect(table.schema.fields.map(\.label) == ["n", "mixed", "both", "some", "far", "empty", "mark"])
      #expect(table.schema.fields.map(\.type) == [.integer, .integer, .real, .text, .real, .integer, .text])
      #expect(
        try values(table) == [
          [.integer(1), .integer(2)], [.integer(1), .missing], [.real(1), .real(2.5)], [.text("a"), .missing],
          [.missing, .real(1)], [.missing, .missing], [.text("x"), .text("3")],
        ])
      #expect(
        table.report.notes.map(\.code)
          == [.columnLeftOut, .columnLeftOut, .unreadableValues, .mostlyTyped])
    }

    /// Texts with a currency or a percent sign are amounts in it, and percentages.
    @Test func unitsOfTexts() throws {
      let table = try Database(
        "CREATE TABLE t (a, b, c); INSERT INTO t VALUES ('5 DH', '6 EUR', '25 %'), ('7 DH', '8 EUR', '5 %');"
      ).open()
      #expect(table.schema.fields.map(\.unit) == ["MAD", "EUR", nil])
      #expect(table.schema[2].display == .percent)
      #expect(try values(table)[2] == [.real(0.25), .real(0.05)])
    }

    /// What says in a text that a value is missing leaves its column what it is, as in delimited text.
    @Test func textsThatMeanMissingAreMissing() throws {
      let table = try Database(
        """
        CREATE TABLE t (n INTEGER, d DATE, p TEXT, k TEXT, x INTEGER, e DATE);
        INSERT INTO t VALUES (1, '2019-01-01', '2019-Q1', '001', 1, '2019-01-01'), ('', '', 'n/d', '', 'seven', 'soon'),
          (3, 'n/d', '2019-Q2', '003', 3, '2019-01-03');
        """
      ).open()
      #expect(table.schema.fields.map(\.type) == [.integer, .date, .period, .text, .text, .text])
      let found = try values(table)
      #expect(found[0] == [.integer(1), .missing, .integer(3)])
      #expect(found[1].dropFirst() == [.missing, .missing])
      #expect(found[2][1] == .missing)
      #expect(found[3] == [.text("001"), .text(""), .text("003")])
      #expect(table.report.notes.map(\.code) == [.mostlyTyped, .mostlyTyped])
      #expect(table.report.notes[0].message.english.contains("`seven`"))
      #expect(table.report.notes[1].message.english.contains("`soon`"))
    }

    /// Texts that are declared to be numbers keep what they are in.
    @Test func unitsOfDeclaredNumbers() throws {
      let database = Database("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('5 DH'), ('7 DH');")
      var options = ReadOptions()
      options.types = ["a": .real]
      let table = try #require(
        try SQLiteFormat.open(path: database.path, table: nil, name: "t.db", options: options, resource: nil)
          as? FileTable)
      try table.settle()
      #expect(try values(table) == [[.real(5), .real(7)]])
      #expect(table.schema[0].unit == "MAD")
      #expect(table.report.notes.isEmpty)
    }

    /// SQLite has no dates: its functions make texts of them, Julian days, or seconds since 1970.
    @Test func daysThatAreStoredAsNumbers() throws {
      let table = try Database(
        """
        CREATE TABLE t (j DATE, s DATETIME, m TIMESTAMP, y DATE, n INTEGER, z DATE);
        INSERT INTO t VALUES (julianday('2019-04-15'), strftime('%s', '2019-04-15 10:30') + 0, 1555286400000, 2019,
          1555324200, 2458588.5), (NULL, 1577836800, NULL, 2020, 1577836800, 1577836800);
        """
      ).open()
      let april = Value.date(CalendarDate(year: 2019, month: 4, day: 15)!)
      #expect(table.schema.fields.map(\.type) == [.date, .date, .date, .integer, .integer, .real])
      let found = try values(table)
      #expect(found[0] == [april, .missing])
      #expect(found[1] == [april, .date(CalendarDate(year: 2020, month: 1, day: 1)!)])
      #expect(found[2] == [april, .missing])
      #expect(table.report.columns[0].evidence.english == "declared as `DATE`, stored as Julian days")
      #expect(table.report.notes.map(\.code) == [.timeOfDayDropped])
      #expect(table.report.notes[0].message.english.contains("`s`"))
    }

    /// As in delimited text: all of them have to be days.
    @Test func daysThatAreStoredAsTheirDigits() throws {
      let table = try Database(
        """
        CREATE TABLE t (d DATE, r DATE, wrong DATE, n INTEGER, mixed DATE);
        INSERT INTO t VALUES (20190102, 20190102.0, 20190102, 20190102, 20190102),
          (20200229, NULL, 20190229, 20200229, 2458588.5), (NULL, NULL, 20190101, 20190101, NULL);
        """
      ).open()
      #expect(table.schema.fields.map(\.type) == [.date, .date, .integer, .integer, .real])
      let january = Value.date(CalendarDate(year: 2019, month: 1, day: 2)!)
      let found = try values(table)
      #expect(found[0] == [january, .date(CalendarDate(year: 2020, month: 2, day: 29)!), .missing])
      #expect(found[1] == [january, .missing, .missing])
      #expect(
        table.report.columns[0].evidence.english == "declared as `DATE`, stored as the digits of year, month and day")
      #expect(table.report.notes.isEmpty)
    }

    @Test func whatIsSaidOfColumnsIsHeeded() throws {
      let database = Database("CREATE TABLE t (n INTEGER, d TEXT); INSERT INTO t VALUES (7, '15/04/2019'), (-99, 'x');")
      var options = ReadOptions()
      options.types = ["n": .text, "d": .text]
      func open() throws -> FileTable {
        try #require(
          try SQLiteFormat.open(path: database.path, table: nil, name: "t.db", options: options, resource: nil)
            as? FileTable)
      }
      #expect(try values(open()) == [[.text("7"), .text("-99")], [.text("15/04/2019"), .text("x")]])
      options.types = ["d": .date]
      options.missingCodes = ["-99", "x"]
      let dated = try open()
      #expect(
        try values(dated) == [
          [.integer(7), .missing], [.date(CalendarDate(year: 2019, month: 4, day: 15)!), .missing],
        ])
      #expect(dated.report.notes.isEmpty)
    }

    /// A number that is stored as one is what it is, whatever texts stand beside it.
    @Test func storedNumbersHaveTheirOwnPoint() throws {
      let table = try Database("CREATE TABLE t (x); INSERT INTO t VALUES (1.234), (2.345), ('12,5');").open()
      #expect(try values(table) == [[.real(1.234), .real(2.345), .real(12.5)]])
    }

    @Test func wholeNumbersAmongFractions() throws {
      let table = try Database("CREATE TABLE t (x); INSERT INTO t VALUES (9007199254740993), (0.5), (7);").open()
      #expect(try values(table) == [[.real(9_007_199_254_740_992), .real(0.5), .real(7)]])
      #expect(table.report.notes.map(\.code) == [.inexactValues])
      #expect(table.report.notes[0].count == 1)
    }

    @Test func textsStayWhatTheyAre() throws {
      let database = Database(
        """
        CREATE TABLE t (a TEXT, b TEXT);
        INSERT INTO t VALUES ('', '-'), (char(31) || 'x' || char(10), 'n/d'), (CAST(x'E96E' AS TEXT), ' y ');
        """)
      let table = try database.open()
      #expect(
        try values(table) == [
          [.text(""), .text("\u{1F}x\n"), .text("\u{FFFD}n")], [.text("-"), .text("n/d"), .text(" y ")],
        ])
      #expect(table.report.notes.map(\.code) == [.invalidEncoding])
    }

    @Test func bytesInMemoryAreReadTheSame() throws {
      let database = Database(
        "PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER, b TEXT); INSERT INTO t VALUES (1, 'x'), (2, 'y');")
      // Closed cleanly, a database in WAL mode has no log; reading it makes none.
      let table = try database.open()
      #expect(!FileManager.default.fileExists(atPath: database.path + "-shm"))
      let same = try #require(
        try SQLiteFormat.open(
          bytes: database.bytes, path: "t.db.gz", table: nil, name: "t", options: ReadOptions(), resource: nil)
          as? FileTable)
      #expect(try values(same) == values(table))
      #expect(try values(table) == [[.integer(1), .integer(2)], [.text("x"), .text("y")]])
    }

    @Test func aLogIsReadToo() throws {
      let database = Database("PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1);")
      var writer: OpaquePointer?
      unsafe sqlite3_open(database.path, &writer)
      defer { unsafe sqlite3_close(writer) }
      #expect(unsafe sqlite3_exec(writer, "INSERT INTO t VALUES (2)", nil, nil, nil) == SQLITE_OK)
      #expect(try values(try database.open()) == [[.integer(1), .integer(2)]])
    }

    @Test func aViewWithoutEndIsCancelled() throws {
      let database = Database(
        """
        CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n;
        """)
      let start = ContinuousClock.now
      do throws(QueryError) {
        _ = try SQLiteFormat.open(
          path: database.path, table: "v", name: "t.db",
          options: ReadOptions(isCancelled: { ContinuousClock.now - start > .milliseconds(200) }), resource: nil)
        Issue.record("it ended")
      } catch {
        #expect(error.kind == .cancelled)
      }
    }

    private static let sound: [UInt8] = {
      var rows = ""
      for row in 0..<400 { rows += "INSERT INTO t VALUES (\(row), 'text \(row % 37)', \(row).5);" }
      return Database(
        "PRAGMA page_size = 512; BEGIN; CREATE TABLE t (a INTEGER, b TEXT, c REAL); CREATE INDEX i ON t (b); \(rows) COMMIT;"
      ).bytes
    }()

    /// - Returns: the code of the refusal; nil where the bytes were read.
    private func refusal(_ bytes: [UInt8]) throws -> DiagnosticCode? {
      let file = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).db")
      try Data(bytes).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      do throws(QueryError) {
        let opened = try SQLiteFormat.open(
          path: file.path, table: nil, name: "t.db", options: ReadOptions(), resource: nil)
        #expect((opened as? FileTable)?.rowCount ?? 0 < 100_000)
        return nil
      } catch {
        #expect(error.kind == .data)
        return error.diagnostics.first?.code
      }
    }

    @Test func corruptFilesAreRefusedWithTheReason() throws {
      #expect(try refusal(Array(Self.sound.prefix(Self.sound.count / 2))) == .malformedFile)
      var damaged = Self.sound
      for index in 600..<2000 { damaged[index] = 0xFF }
      #expect(try refusal(damaged) == .malformedFile)
      #expect(try refusal(Array("SQLite format 3\0".utf8)) != nil)
      #expect(try refusal(Self.sound) == nil)
    }

    @Test(arguments: 0..<150) func damageNeitherCrashesNorHangs(_ seed: Int) throws {
      var random = SplitMix64(seed: UInt64(seed))
      // Half of it in the pages that say what the file holds.
      let places = seed % 2 == 0 ? nil : 0..<1024
      _ = try refusal(Damage.damaged(Self.sound, in: places, &random))
    }
  }
#endif
