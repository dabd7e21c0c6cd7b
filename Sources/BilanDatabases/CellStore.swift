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
      var unit: String?
      var display = Field.Display.plain
      var report: ColumnReport
      var notes: [Diagnostic]
    }

    /// The column that these cells are.
    ///
    /// - Parameter described: what a descriptor and the query say of the column.
    consuming func column(
      label: String, declared declaration: String?, described: DescribedColumn, file: String, options: ReadOptions
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
        try buildTexts(&built, declared, described, options)
      } else if integers + reals == 0 {
        built.column = .missing(declared.type.columnKind, count: kinds.count)
      } else if declared == .date, !described.isTyped,
        let days = StoredDays(
          kinds.indices.lazy.compactMap { [kinds, payloads] in Self.number(kinds[$0], payloads[$0]) })
      {
        buildDays(&built, days)
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

    private static func number(_ kind: Kind, _ payload: Int64) -> Double? {
      switch kind {
      case .integer: Double(payload)
      case .real: Double(bitPattern: UInt64(bitPattern: payload))
      default: nil
      }
    }

    private func buildDays(_ built: inout Built, _ stored: StoredDays) {
      built.type = .date
      var losses = ColumnLosses()
      let (kinds, payloads) = (kinds, payloads)
      let days = kinds.indices.map { row -> Int64 in
        guard let number = Self.number(kinds[row], payloads[row]) else { return 0 }
        if stored.hasTime(number) { losses.timeCount += 1 }
        return Int64(stored.day(number))
      }
      let isWhole = count(.integer) + count(.real) == kinds.count
      let validity = isWhole ? nil : Bitmap(count: kinds.count) { Self.number(kinds[$0], 0) != nil }
      built.column = .integer(IntegerColumn(days, validity: validity))
      let (evidence, how) = (built.report.evidence, stored.evidence)
      built.report.evidence = Localized(
        "\(evidence.english), stored as \(how.english)", fr: "\(evidence.french), enregistrée en \(how.french)")
      built.notes += losses.notes(label: built.report.label, isZoned: true)
    }

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
      _ built: inout Built, _ declared: Declared, _ described: DescribedColumn, _ options: ReadOptions
    ) throws(QueryError) {
      let dictionary = texts.finish()
      texts = TextInterner()
      let isSound = dictionary.sound().damagedCount == 0
      // What is declared is made of the texts as they are.
      if isSound, !described.isTyped {
        let (numbers, places) = distinctNumbers()
        let inference = TextInference(dictionary, numbers: numbers, label: built.report.label, described, options)
        if let found = try inference.found(mayBeNumber: declared != .text) {
          built.type = found.type
          (built.unit, built.display) = (found.unit, found.display)
          built.report.unit = found.unit
          built.report.evidence = found.evidence
          built.report.missingCodes = found.missingCodes
          built.notes += found.notes
          let (kinds, payloads) = (kinds, payloads)
          built.column = found.column.gatherOrMissing(
            kinds.indices.map { row in
              switch kinds[row] {
              case .text: Int32(truncatingIfNeeded: payloads[row])
              case .integer, .real: Int32(truncatingIfNeeded: dictionary.count + places[row]!)
              case .null, .blob: -1
              }
            })
          return
        }
        try noteMisfits(&built, declared, inference)
      }
      built.type = .text
      let (column, notes) = asTexts(dictionary).sound(label: built.report.label)
      built.column = .text(column)
      built.notes += notes
    }

    /// The numbers among texts, each once, as they are written, and the place in that list of each row that has one.
    private func distinctNumbers() -> (texts: [String], places: [Int: Int]) {
      var texts: [String] = []
      var places: [Int: Int] = [:]
      guard count(.integer) + count(.real) > 0 else { return ([], [:]) }
      var known: [String: Int] = [:]
      for row in kinds.indices {
        guard let text = number(row) else { continue }
        if known[text] == nil {
          known[text] = texts.count
          texts.append(text)
        }
        places[row] = known[text]
      }
      return (texts, places)
    }

    /// A number as SQLite writes it; nil for what is none.
    private func number(_ row: Int) -> String? {
      switch kinds[row] {
      case .integer: String(payloads[row])
      case .real: Double(bitPattern: UInt64(bitPattern: payloads[row])).description
      default: nil
      }
    }

    /// All cells as texts, the numbers among them too.
    private func asTexts(_ dictionary: TextDictionary) -> TextColumn {
      let (kinds, payloads) = (kinds, payloads)
      guard count(.integer) + count(.real) > 0 else {
        return TextColumn(
          Buffer(count: payloads.count) { UInt32(truncatingIfNeeded: payloads[$0]) }, dictionary,
          validity: validity(of: .text))
      }
      var interner = TextInterner()
      let bytes = dictionary.bytes.array
      // Distinct, so that their codes stay the same.
      for code in 0..<dictionary.count {
        let range = dictionary.byteRange(code)
        _ = interner.code(bytes.span, range.lowerBound, range.upperBound)
      }
      let codes = kinds.indices.map { row in
        guard let number = number(row).map({ Array($0.utf8) }) else { return UInt32(truncatingIfNeeded: payloads[row]) }
        return interner.code(number.span, 0, number.count)
      }
      return TextColumn(
        Buffer(codes), interner.finish(),
        validity: count(.null) + count(.blob) == 0
          ? nil : Bitmap(count: kinds.count) { kinds[$0] != .null && kinds[$0] != .blob })
    }

    /// Says what makes texts of a column that is meant to be another.
    private func noteMisfits(
      _ built: inout Built, _ declared: Declared, _ inference: TextInference
    ) throws(QueryError) {
      let (mixed, label) = (count(.integer) + count(.real), built.report.label)
      if mixed > 0 {
        let list = try inference.misfits(as: .real)?.list
        built.notes.append(
          .note(
            .mostlyTyped,
            Localized(
              "column `\(label)` is text because it holds \(mixed) numbers among \(kinds.count - count(.null)) values"
                + (list.map { ", the others not: \($0)" } ?? ""),
              fr: "la colonne `\(label)` est du texte, car elle contient \(mixed) nombres parmi "
                + "\(kinds.count - count(.null)) valeurs" + (list.map { ", mais aussi : \($0)" } ?? "")), count: mixed))
      } else if declared == .date, let misfits = try inference.misfits(as: .date), misfits.areFew {
        built.notes.append(
          .note(
            .mostlyTyped,
            Localized(
              "column `\(label)` is text because some of its values are no dates: \(misfits.list)",
              fr: "la colonne `\(label)` est du texte, car certaines de ses valeurs ne sont pas des dates : "
                + misfits.list)))
      }
    }
  }
#endif
