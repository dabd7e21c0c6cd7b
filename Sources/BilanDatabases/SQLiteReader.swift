#if Databases
  import BilanColumnar
  import BilanDiagnostics
  import BilanReaders

  /// Reads tables of one database.
  struct SQLiteReader {
    private let connection: SQLiteConnection
    /// How messages call the file.
    private let name: String
    private let path: String
    private let byteCount: Int

    /// - Throws: `malformedFile` with what SQLite says; `unreadableFile` where another program has it locked.
    init(path: String, name: String, isCancelled: @escaping @Sendable () -> Bool) throws(QueryError) {
      self.name = name
      self.path = path
      byteCount = FileFormats.size(of: path) ?? 0
      let head = FileFormats.head(of: path) ?? []
      // With a log beside it, what the file holds is in both.
      let hasLog = (FileFormats.size(of: path + "-wal") ?? 0) > 0
      let isLogged = head.count > 19 && head[18] == 2
      // Whoever has a logged file open has made this one beside it.
      let isOpen = FileFormats.size(of: path + "-shm") != nil
      let state: SQLiteConnection.State = !isLogged || isOpen && hasLog ? .shared : hasLog ? .left : .atRest
      do throws(SQLiteFailure) {
        connection = try SQLiteConnection(path: path, state, isCancelled: isCancelled)
      } catch {
        throw Self.error(error, name)
      }
    }

    init(
      bytes: [UInt8], path: String, name: String, isCancelled: @escaping @Sendable () -> Bool
    ) throws(QueryError) {
      self.name = name
      self.path = path
      byteCount = bytes.count
      do throws(SQLiteFailure) {
        connection = try SQLiteConnection(bytes: bytes, isCancelled: isCancelled)
      } catch {
        throw Self.error(error, name)
      }
    }

    /// - Parameter isView: what was read is a view.
    private static func error(_ failure: SQLiteFailure, _ name: String, isView: Bool = false) -> QueryError {
      if failure.isInterruption { return .cancelled }
      if failure.isLock {
        return QueryError(
          .error(
            .unreadableFile,
            Localized(
              "`\(name)` is locked by another program", fr: "`\(name)` est verrouillé par un autre programme"),
            help: Localized("close it there, then try again", fr: "fermez-le là-bas, puis réessayez")), kind: .data)
      }
      guard failure.isDamage else {
        return QueryError(
          .error(
            .unreadableFile,
            Localized(
              "SQLite does not read `\(name)`: \(failure.reason)", fr: "SQLite ne lit pas `\(name)` : \(failure.reason)"
            ),
            help: isView
              ? Localized(
                "the view is wrong: mend it in the database, or read the tables that it takes from",
                fr: "la vue est fausse : corrigez-la dans la base, ou lisez les tables dont elle part") : nil),
          kind: .data)
      }
      return FileFormats.malformed(
        name, "SQLite", Localized(verbatim: failure.reason),
        help: Localized(
          "take it from a backup, or recover what is whole: `sqlite3 \(name) .recover`",
          fr: "reprenez-la d’une sauvegarde, ou récupérez ce qui est entier : `sqlite3 \(name) .recover`"))
    }

    // MARK: Tables

    /// Tables in the order they were made, then views; last those by which extensions keep their own accounts.
    func tables() throws(QueryError) -> [String] {
      let names = try names(
        """
        SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY type, rowid
        """)
      return names.filter { !Self.isOfExtension($0) } + names.filter(Self.isOfExtension)
    }

    /// Whether a table is one of those that GeoPackage, SpatiaLite and the index of places keep beside data.
    private static func isOfExtension(_ table: String) -> Bool {
      let name = table.lowercased()
      return [
        "gpkg_", "rtree_", "spatial_ref_sys", "geometry_columns", "spatialite_", "views_geometry_columns",
        "virts_geometry_columns",
      ].contains { name.hasPrefix($0) }
    }

    private func views() throws(QueryError) -> [String] {
      try names("SELECT name FROM sqlite_schema WHERE type = 'view'")
    }

    private func names(_ sql: String) throws(QueryError) -> [String] {
      var names: [String] = []
      try run(sql, start: { _ in }) { _, cell, bytes in
        if case .text = cell { names.append(Self.string(bytes)) }
        return true
      }
      return names
    }

    @discardableResult
    private func run(
      _ sql: String, isView: Bool = false, start: ([SQLiteConnection.ColumnName]) -> Void,
      cell: (Int, SQLiteConnection.Cell, Swift.Span<UInt8>) -> Bool
    ) throws(QueryError) -> Bool {
      do throws(SQLiteFailure) {
        return try connection.query(sql, start: start, cell: cell)
      } catch {
        throw Self.error(error, name, isView: isView)
      }
    }

    static func string(_ bytes: Swift.Span<UInt8>) -> String {
      var text: [UInt8] = []
      text.reserveCapacity(bytes.count)
      for index in bytes.indices { text.append(bytes[index]) }
      return String(decoding: text, as: UTF8.self)
    }

    // MARK: A table

    func open(
      _ wanted: String?, options: ReadOptions, resource: DataPackage.Resource? = nil
    ) throws(QueryError) -> FileTable {
      let names = try tables()
      guard let first = names.first else {
        throw QueryError(
          .error(.emptyFile, Localized("`\(name)` has no table", fr: "`\(name)` n’a pas de table")), kind: .data)
      }
      // SQLite's own names do not tell capitals from small letters.
      guard
        let table = wanted.map({ wanted in
          names.first { $0 == wanted } ?? names.first { $0.lowercased() == wanted.lowercased() }
        }) ?? first
      else { throw FileFormats.unknownTable(wanted ?? "", in: path, among: names) }
      let rows = try read(table)
      var report = ImportReport(name: name, format: SQLiteFormat.name, byteCount: byteCount)
      if wanted == nil { report.notes += otherNotes(table, names) }
      report.decisions.append(
        Fact(
          Localized("table", fr: "table"), Localized(verbatim: table),
          wanted == nil && names.count > 1
            ? Localized(
              "the first of \(names.count): \(Self.list(names))",
              fr: "la première de \(names.count) : \(Self.list(names))")
            : Localized(verbatim: "")))
      var fields: [Field] = []
      var columns: [Column] = []
      let labels = UniqueNames.of(rows.columns.map(\.name))
      for (index, store) in rows.stores.enumerated() {
        let built = try store.column(
          label: labels[index], declared: rows.columns[index].declaredType,
          described: DescribedColumn(labels[index], options, resource), file: name, options: options)
        report.notes += built.notes
        guard let column = built.column else { continue }
        fields.append(Field(labels[index], built.type, display: built.display, unit: built.unit))
        report.columns.append(built.report)
        columns.append(column)
      }
      guard !fields.isEmpty else { throw FileFormats.nothingReadable(name, table: table) }
      let loaded = columns
      return FileTable(
        report: report, schema: Schema(fields), rowCount: rows.rowCount, options: options, resource: resource
      ) {
        (places: [Int], _: @Sendable () -> Bool) throws(QueryError) -> FileTable.Loaded in
        (places.map { loaded[$0] }, [])
      }
    }

    /// Which other tables of data there are, where nobody has said which is meant.
    private func otherNotes(_ table: String, _ names: [String]) -> [Diagnostic] {
      let others = names.filter { $0 != table && !Self.isOfExtension($0) }
      guard !others.isEmpty else { return [] }
      let list = Self.list(others)
      return [
        .note(
          .sheetsNotRead,
          Localized(
            others.count == 1
              ? "the table `\(table)` of `\(name)` is read; there is another: \(list)"
              : "the table `\(table)` of `\(name)` is read; there are \(others.count) others: \(list)",
            fr: others.count == 1
              ? "la table `\(table)` de `\(name)` est lue ; il y en a une autre : \(list)"
              : "la table `\(table)` de `\(name)` est lue ; il y en a \(others.count) autres : \(list)"),
          count: others.count)
      ]
    }

    private static func list(_ names: [String]) -> String {
      names.prefix(8).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    }

    private struct Rows {
      var columns: [SQLiteConnection.ColumnName] = []
      var stores: [CellStore] = []
      var rowCount: Int { stores.first?.count ?? 0 }
    }

    /// Row numbers have 32 bits.
    private static let mostRows = Int(Int32.max) - 1

    private func read(_ table: String) throws(QueryError) -> Rows {
      var rows = Rows()
      let quoted = table.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      let isWhole = try run("SELECT * FROM \"\(quoted)\"", isView: try views().contains(table)) { columns in
        rows.columns = columns
        rows.stores = columns.map { _ in CellStore() }
      } cell: { column, cell, bytes in
        rows.stores[column].append(cell, bytes) && rows.stores[column].count <= Self.mostRows
      }
      guard isWhole else {
        throw FileFormats.unsupported(
          name, "SQLite",
          Localized("a table of more rows or text than 4 GiB", fr: "une table de plus de lignes ou de texte que 4 Gio"))
      }
      return rows
    }
  }
#endif
