#if Databases
  import BilanColumnar
  import BilanDiagnostics
  import BilanReaders

  /// The cells of one column of a table, each of which SQLite lets be of its own kind.
  struct CellStore: Sendable {
    private enum Kind: UInt8 { case null, integer, real, text, blob }

    private var kinds: [Kind] = []
    /// The integer, the bits of the real, the code of the text.
    private var payloads: [Int64] = []
    private var texts = TextInterner()
    private var counts: [Int] = [0, 0, 0, 0, 0]

    var count: Int { kinds.count }
    private func count(_ kind: Kind) -> Int { counts[Int(kind.rawValue)] }

    /// - Returns: false where the texts are too many to hold.
    mutating func append(_ cell: SQLiteConnection.Cell, _ bytes: Swift.Span<UInt8>) -> Bool {
      switch cell {
      case .null: append(.null, 0)
      case .integer(let value): append(.integer, value)
      case .real(let value): append(.real, Int64(bitPattern: value.bitPattern))
      case .text:
        guard texts.byteCount + bytes.count < Int(UInt32.max) - 16 else { return false }
        append(.text, Int64(texts.code(bytes, 0, bytes.count)))
      case .blob: append(.blob, 0)
      }
      return true
    }

    private mutating func append(_ kind: Kind, _ payload: Int64) {
      kinds.append(kind)
      payloads.append(payload)
      counts[Int(kind.rawValue)] += 1
    }

    // MARK: Types

    /// What a declaration says of a column: SQLite's own rules for affinity, and the names that people use for what it
    /// does not have.
    enum Declared {
      case integer, real, boolean, date, text, none

      init(_ declaration: String?) {
        let words = (declaration ?? "").uppercased()
        func has(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if has("BOOL") {
          self = .boolean
        } else if has("DATE", "TIME") {
          self = .date
        } else if has("INT") {
          self = .integer
        } else if has("CHAR", "CLOB", "TEXT") {
          self = .text
        } else if words.isEmpty || has("BLOB") {
          self = .none
        } else {
          self = .real
        }
      }

      /// Of a column without a value.
      var type: DataType {
        switch self {
        case .integer: .integer
        case .real: .real
        case .boolean: .boolean
        case .date: .date
        case .text, .none: .text
        }
      }
    }

    struct Built {
      /// Nil where nothing of it can be held.
      var column: Column?
      var type: DataType
      var report: ColumnReport
      var notes: [Diagnostic]
    }

    /// The column that these cells are.
    consuming func column(
      label: String, declared declaration: String?, file: String, options: ReadOptions
    ) throws(QueryError) -> Built {
      let declared = Declared(declaration)
      var built = Built(
        column: nil, type: declared.type,
        report: ColumnReport(
          label: label, type: declared.type, evidence: Localized(verbatim: ""),
          valueCount: kinds.count - count(.null), emptyCount: count(.null)), notes: [])
      if let declaration, !declaration.isEmpty {
        built.report.evidence = Localized("declared as `\(declaration)`", fr: "déclarée `\(declaration)`")
      }
      if count(.blob) > 0 {
        let isAll = count(.integer) + count(.real) + count(.text) == 0
        built.notes.append(Self.blobNote(label, file, count: count(.blob), isAll: isAll))
        if isAll { return built }
      }
      let (integers, reals, texts) = (count(.integer), count(.real), count(.text))
      if texts > 0 {
        try buildTexts(&built, declared, options)
      } else if integers + reals == 0 {
        built.column = .missing(declared.type.columnKind, count: kinds.count)
      } else if reals > 0 {
        buildReals(&built)
      } else if declared == .boolean, isAllZeroOrOne {
        built.type = .boolean
        let (kinds, payloads) = (kinds, payloads)
        built.column = .boolean(
          BooleanColumn(Bitmap(count: kinds.count) { payloads[$0] == 1 }, validity: validity(of: .integer)))
      } else {
        built.type = .integer
        built.column = .integer(IntegerColumn(Buffer(payloads), validity: validity(of: .integer)))
      }
      built.report.type = built.type
      return built
    }

    private var isAllZeroOrOne: Bool {
      kinds.indices.allSatisfy { kinds[$0] != .integer || payloads[$0] == 0 || payloads[$0] == 1 }
    }

    private func validity(of kind: Kind) -> Bitmap? {
      if count(kind) == kinds.count { return nil }
      let kinds = kinds
      return Bitmap(count: kinds.count) { kinds[$0] == kind }
    }

    private static func blobNote(_ label: String, _ file: String, count: Int, isAll: Bool) -> Diagnostic {
      .note(
        .columnLeftOut,
        isAll
          ? Localized(
            "column `\(label)` of `\(file)` holds bytes (BLOB) and is left out",
            fr: "la colonne `\(label)` de `\(file)` contient des octets (BLOB) et n’est pas lue")
          : Localized(
            "\(count) cells of column `\(label)` of `\(file)` hold bytes (BLOB) and are missing",
            fr:
              "\(count) cellules de la colonne `\(label)` de `\(file)` contiennent des octets (BLOB) et sont manquantes"
          ), count: count)
    }

    // MARK: Numbers

    private func buildReals(_ built: inout Built) {
      built.type = .real
      let label = built.report.label
      var (infinite, inexact) = (0, 0)
      var values = [Double](repeating: 0, count: kinds.count)
      var isValid = [Bool](repeating: false, count: kinds.count)
      for row in kinds.indices {
        switch kinds[row] {
        case .real:
          let value = Double(bitPattern: UInt64(bitPattern: payloads[row]))
          isValid[row] = value.isFinite
          if value.isFinite { values[row] = value } else { infinite += 1 }
        case .integer:
          values[row] = Double(payloads[row])
          isValid[row] = true
          if Int64(exactly: values[row]) != payloads[row] { inexact += 1 }
        default: break
        }
      }
      let flags = isValid
      let validity = flags.allSatisfy { $0 } ? nil : Bitmap(count: flags.count) { flags[$0] }
      built.column = .real(PrimitiveColumn(Buffer(values), validity: validity))
      if infinite > 0 {
        built.notes.append(
          .note(
            .unreadableValues,
            Localized(
              "\(infinite) values of column `\(label)` are infinite and are missing",
              fr: "\(infinite) valeurs de la colonne `\(label)` sont infinies et sont manquantes"), count: infinite))
      }
      if inexact > 0 {
        built.notes.append(
          .note(
            .inexactValues,
            Localized(
              "\(inexact) whole numbers of column `\(label)` stand among fractions and are read as the nearest double",
              fr:
                "\(inexact) entiers de la colonne `\(label)` côtoient des fractions et sont lus comme le réel le plus proche"
            ), count: inexact))
      }
    }

    // MARK: Texts

    private mutating func buildTexts(
      _ built: inout Built, _ declared: Declared, _ options: ReadOptions
    ) throws(QueryError) {
      let mixed = count(.integer) + count(.real)
      let hasFractions = count(.real) > 0
      // Numbers among texts are texts too: as SQLite writes them.
      if mixed > 0 {
        for row in kinds.indices {
          let text: String
          switch kinds[row] {
          case .integer: text = String(payloads[row])
          case .real: text = Double(bitPattern: UInt64(bitPattern: payloads[row])).description
          default: continue
          }
          let bytes = Array(text.utf8)
          kinds[row] = .text
          payloads[row] = Int64(texts.code(bytes.span, 0, bytes.count))
        }
        counts[Int(Kind.text.rawValue)] += mixed
      }
      let dictionary = texts.finish()
      texts = TextInterner()
      let validity = validity(of: .text)
      let codes = payloads
      let raw = TextColumn(
        Buffer(count: codes.count) { UInt32(truncatingIfNeeded: codes[$0]) }, dictionary, validity: validity)
      let (column, notes) = raw.sound(label: built.report.label)
      if notes.isEmpty,
        let found = try Self.inferred(dictionary, built.report.label, declared, hasFractions: hasFractions, options)
      {
        built.type = found.type
        built.report.evidence = found.evidence
        built.notes += found.notes
        let kinds = kinds
        built.column = found.column.gatherOrMissing(
          codes.indices.map { kinds[$0] == .text ? Int32(truncatingIfNeeded: codes[$0]) : -1 })
        return
      }
      built.type = .text
      built.column = .text(column)
      built.notes += notes
      if mixed > 0 {
        let label = built.report.label
        built.notes.append(
          .note(
            .mostlyTyped,
            Localized(
              "column `\(label)` is text because it holds \(mixed) numbers among \(kinds.count - count(.null)) values",
              fr: "la colonne `\(label)` est du texte, car elle contient \(mixed) nombres parmi "
                + "\(kinds.count - count(.null)) valeurs"), count: mixed))
      }
    }

    /// What all the distinct texts are, by the rules for delimited text; nil where they are texts.
    ///
    /// SQLite has no dates and no periods, so texts stand for them. Text that a column is declared to hold is never a
    /// number: it may be a postal code.
    ///
    /// - Parameter hasFractions: whether some of the texts are numbers that are stored as such, with a decimal point.
    private static func inferred(
      _ dictionary: TextDictionary, _ label: String, _ declared: Declared, hasFractions: Bool, _ options: ReadOptions
    ) throws(QueryError) -> (column: Column, type: DataType, evidence: Localized, notes: [Diagnostic])? {
      guard dictionary.count > 0 else { return nil }
      var text = CellText()
      text.append("row")
      text.append(label)
      text.endRow()
      let bytes = dictionary.bytes.array
      for code in 0..<dictionary.count {
        text.append("text")
        text.append(bytes[dictionary.byteRange(code)])
        text.endRow()
      }
      if hasFractions { text.pointColumns = [1] }
      var own = options
      // What is missing is NULL; a text that says so keeps its column from being read as dates.
      own.missingCodes = []
      let table = try text.open(
        name: label, format: SQLiteFormat.name, byteCount: bytes.count, hasHeader: true, options: own, resource: nil)
      guard table.rowCount == dictionary.count, table.schema.count == 2 else { return nil }
      let type = table.schema[1].type
      switch type {
      case .date, .period: break
      case .integer, .real, .boolean:
        if declared == .text { return nil }
      default: return nil
      }
      let report = table.report
      guard report.columns[1].unreadable == nil, report.columns[1].valueCount == dictionary.count else { return nil }
      let chunks: [Chunk]
      do {
        chunks = try table.read(columns: [1], isCancelled: options.isCancelled)
      } catch {
        throw error as? QueryError ?? .cancelled
      }
      let column = Column.concatenate(chunks.map { $0.columns[0] }, kind: type.columnKind)
      return (column, type, report.columns[1].evidence, report.notes)
    }
  }
#endif
