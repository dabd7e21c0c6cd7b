#if Databases
  import CSQLite

  /// What SQLite says went wrong.
  struct SQLiteFailure: Error {
    var code: Int32
    var reason: String

    var isInterruption: Bool { code == SQLITE_INTERRUPT }
    /// The file itself is wrong, and not what is asked of it.
    var isDamage: Bool { code == SQLITE_CORRUPT || code == SQLITE_NOTADB }
    var isLock: Bool { code == SQLITE_BUSY || code == SQLITE_LOCKED }
  }

  /// A database that is open for reading: the only file of this module that talks to SQLite.
  ///
  /// Nothing is written, neither into the file nor beside it, and what a hostile file can ask for through its schema is
  /// refused.
  @safe final class SQLiteConnection {
    private let database: OpaquePointer
    /// Asked by SQLite every few thousand steps: a view may run for ever.
    private let interruption: Interruption

    private final class Interruption {
      let isCancelled: @Sendable () -> Bool
      init(_ isCancelled: @escaping @Sendable () -> Bool) { self.isCancelled = isCancelled }
    }

    /// How a file lies there.
    enum State {
      /// No other program has it open, and it has no log: it is taken as it is, without locks.
      case atRest
      /// No other program has it open, and its log is there: the index of that, which would be a file beside it, is made in
      /// memory.
      case left
      /// Other programs may have it open.
      case shared
    }

    init(path: String, _ state: State, isCancelled: @escaping @Sendable () -> Bool) throws(SQLiteFailure) {
      let way =
        switch state {
        case .atRest: "immutable=1"
        case .left: "mode=ro&vfs=unix-none"
        case .shared: "mode=ro"
        }
      let uri = "file:" + Self.escaped(path) + "?" + way
      unsafe database = try Self.open(uri, flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX)
      interruption = Interruption(isCancelled)
      if state == .left { try keepAlone() }
      try defend()
    }

    /// Takes the file for this connection alone, as it is never locked for others, and leaves its log where it is.
    private func keepAlone() throws(SQLiteFailure) {
      var status = unsafe sqlite_leave_log(database)
      if status == SQLITE_OK {
        status = unsafe sqlite3_exec(database, "PRAGMA locking_mode = EXCLUSIVE", nil, nil, nil)
      }
      guard status == SQLITE_OK else { throw failure(status) }
    }

    /// Opens a database that is in memory.
    init(bytes: [UInt8], isCancelled: @escaping @Sendable () -> Bool) throws(SQLiteFailure) {
      unsafe database = try Self.open(":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX)
      interruption = Interruption(isCancelled)
      guard let memory = unsafe sqlite3_malloc64(UInt64(max(1, bytes.count))) else {
        throw SQLiteFailure(code: SQLITE_NOMEM, reason: "out of memory")
      }
      // SAFETY: the memory is as large as the bytes; SQLite frees it when the database is closed, or at once on failure.
      unsafe bytes.withUnsafeBytes { unsafe memory.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
      let copy = unsafe memory.assumingMemoryBound(to: UInt8.self)
      // Whether there is a log beside the file: here there is none.
      if bytes.count > 19, bytes[18] == 2 { unsafe copy[18] = 1 }
      if bytes.count > 19, bytes[19] == 2 { unsafe copy[19] = 1 }
      let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
      let status = unsafe sqlite3_deserialize(
        database, "main", copy, Int64(bytes.count), Int64(bytes.count), flags)
      guard status == SQLITE_OK else { throw failure(status) }
      try defend()
    }

    deinit { unsafe sqlite3_close_v2(database) }

    private static func open(_ uri: String, flags: Int32) throws(SQLiteFailure) -> OpaquePointer {
      var opened: OpaquePointer?
      let status = unsafe sqlite3_open_v2(uri, &opened, flags, nil)
      guard status == SQLITE_OK, let database = unsafe opened else {
        let reason = unsafe String(cString: sqlite3_errstr(status))
        unsafe sqlite3_close_v2(opened)
        throw SQLiteFailure(code: status & 0xFF, reason: reason)
      }
      return unsafe database
    }

    private static func escaped(_ path: String) -> String {
      var result = ""
      for character in path {
        switch character {
        case "%": result += "%25"
        case "?": result += "%3f"
        case "#": result += "%23"
        default: result.append(character)
        }
      }
      return result
    }

    private func defend() throws(SQLiteFailure) {
      let status = unsafe sqlite_defend(database)
      guard status == SQLITE_OK else { throw failure(status) }
      // A cell of more than 256 MiB is no table's.
      unsafe sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 256 << 20)
      unsafe sqlite3_busy_timeout(database, 2000)
      // SAFETY: the handler is gone with the database, which this object closes before it lets go of the box.
      unsafe sqlite3_progress_handler(
        database, 10_000,
        { context in
          let box = unsafe Unmanaged<Interruption>.fromOpaque(context!).takeUnretainedValue()
          return box.isCancelled() ? 1 : 0
        }, Unmanaged.passUnretained(interruption).toOpaque())
    }

    private func failure(_ status: Int32) -> SQLiteFailure {
      SQLiteFailure(code: status & 0xFF, reason: unsafe String(cString: sqlite3_errmsg(database)))
    }

    // MARK: Reading

    /// What a cell holds; the bytes of a text are those of the span, for as long as the row is at hand.
    enum Cell {
      case null
      case integer(Int64)
      case real(Double)
      case text
      case blob
    }

    /// A column of a statement.
    struct ColumnName {
      var name: String
      /// As the table declares it: `VARCHAR(20)`; nil for an expression.
      var declaredType: String?
    }

    /// Runs a query.
    ///
    /// - Parameters:
    ///   - start: gets the columns, before the first row.
    ///   - cell: gets each cell of each row in order: its column, what it holds, and the bytes of a text.
    /// - Returns: false where `cell` ended it by returning false.
    @discardableResult
    func query(
      _ sql: String, start: ([ColumnName]) -> Void, cell: (Int, Cell, Span<UInt8>) -> Bool
    ) throws(SQLiteFailure) -> Bool {
      var prepared: OpaquePointer?
      let status = unsafe sqlite3_prepare_v2(database, sql, -1, &prepared, nil)
      guard status == SQLITE_OK, let statement = unsafe prepared else { throw failure(status) }
      defer { unsafe sqlite3_finalize(statement) }
      let count = unsafe sqlite3_column_count(statement)
      start(
        (0..<count).map { column in
          ColumnName(
            name: unsafe sqlite3_column_name(statement, column).map { unsafe String(cString: $0) } ?? "",
            declaredType: unsafe sqlite3_column_decltype(statement, column).map { unsafe String(cString: $0) })
        })
      let none: [UInt8] = []
      while true {
        let status = unsafe sqlite3_step(statement)
        if status == SQLITE_DONE { return true }
        guard status == SQLITE_ROW else { throw failure(status) }
        for column in 0..<count {
          let goesOn: Bool
          switch unsafe sqlite3_column_type(statement, column) {
          case SQLITE_INTEGER:
            goesOn = cell(Int(column), .integer(unsafe sqlite3_column_int64(statement, column)), none.span)
          case SQLITE_FLOAT:
            goesOn = cell(Int(column), .real(unsafe sqlite3_column_double(statement, column)), none.span)
          case SQLITE_TEXT:
            let start = unsafe sqlite3_column_text(statement, column)
            let size = Int(unsafe sqlite3_column_bytes(statement, column))
            // SAFETY: the text is SQLite's until the next step, and `size` bytes long.
            let bytes = unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : size)
            goesOn = cell(Int(column), .text, unsafe Span(_unsafeElements: bytes))
          case SQLITE_BLOB: goesOn = cell(Int(column), .blob, none.span)
          default: goesOn = cell(Int(column), .null, none.span)
          }
          if !goesOn { return false }
        }
      }
    }
  }
#endif
