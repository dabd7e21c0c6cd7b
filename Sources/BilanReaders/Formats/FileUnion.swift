import BilanColumnar
import BilanDiagnostics

/// Several files as one table: columns matched by name, and one more that says which file a row is from.
package struct FileUnion {
  /// Opens a file, with types for columns whose texts are wanted as they stand in it.
  package typealias Opener = (_ place: Int, _ types: [String: DataType]) throws(QueryError) -> any TableSource

  /// How messages call the whole.
  private let name: String
  /// What the `file` column says, one a file.
  private let labels: [String]
  private var parts: [any TableSource]
  private var columns: [UnionColumn] = []

  /// A column of the union, and what it is in each file.
  private struct UnionColumn: Sendable {
    var field: Field
    /// By file; nil where it lacks the column.
    var places: [Int?]
    /// By file; `missing` where it lacks the column or has no value in it.
    var types: [DataType]
    /// By file: the unit of its numbers, `%` where they are percentages; nil where it says none or has no numbers.
    var units: [String?]
    /// Whether percentages and numbers without a unit are the same numbers, which only some files show as percentages.
    var areSharesAlike = false

    static let percent = "%"

    /// The type that holds the values of all: amounts in several currencies are texts, as they are in one file.
    var common: DataType { hasSeveralUnits ? .text : DataType.common(of: types) }

    var hasSeveralUnits: Bool {
      let known = Set(units.compactMap { $0 })
      return known.count > 1 || hasBareNumbers
    }

    /// Whether numbers of no unit stand beside percentages, thousands or millions, which they would be taken for.
    var hasBareNumbers: Bool { !areSharesAlike && standsBare }

    /// The same, whatever the files hold.
    var standsBare: Bool {
      standsBare { $0 == Self.percent || AmountUnit.isScaled($0) || MeasureUnit.multiples.contains($0) }
    }

    /// Whether numbers of no unit stand beside hectares, tonnes and the like, in which they are most likely too.
    var standsBareBesideMeasures: Bool { standsBare { $0 != Self.percent && Field.isTold($0) } }

    private func standsBare(beside isOne: (String) -> Bool) -> Bool {
      units.contains { $0.map(isOne) ?? false } && units.indices.contains { units[$0] == nil && types[$0].isNumber }
    }
  }

  /// Opens every file, and looks at all of each, as types have to be known.
  ///
  /// - Parameter labels: what the files are called, in the order of their rows; not empty.
  /// - Throws: what `open` throws, for the first file that cannot be read.
  package init(name: String, labels: [String], open: Opener) throws(QueryError) {
    self.name = name
    self.labels = labels
    parts = []
    for place in labels.indices { parts.append(try Self.settled(try open(place, [:]))) }
    columns = try matched()
    // A number that is a text elsewhere is wanted as it was written: `007`, `1 200,50`.
    for place in labels.indices {
      var types: [String: DataType] = [:]
      for column in columns where column.common == .text && ![.text, .missing].contains(column.types[place]) {
        if let index = column.places[place] { types[parts[place].schema[index].label] = .text }
      }
      if !types.isEmpty { parts[place] = try Self.settled(try open(place, types)) }
    }
    // What they were is told, what they are is read.
    let told = columns
    columns = try matched()
    notes = notesOnTypes(told) + notesOnUnits(told) + notesOnLists(told) + notesOnLacks()
  }

  private var notes: [Diagnostic] = []

  private static func settled(_ part: any TableSource) throws(QueryError) -> any TableSource {
    try (part as? FileTable)?.settle()
    return part
  }

  // MARK: Matching

  /// Every column of the files, in order of first appearance.
  private func matched() throws(QueryError) -> [UnionColumn] {
    var columns: [UnionColumn] = []
    var byLabel: [String: Int] = [:]
    var byHandle: [String: Int] = [:]
    for (file, part) in parts.enumerated() {
      for (place, field) in part.schema.fields.enumerated() {
        var found = byLabel[field.label] ?? byHandle[field.handle]
        // One file may have both `Code` and `CODE`.
        if let index = found, columns[index].places[file] != nil { found = nil }
        let index = found ?? columns.count
        if found == nil {
          columns.append(
            UnionColumn(
              field: field, places: Array(repeating: nil, count: parts.count),
              types: Array(repeating: .missing, count: parts.count),
              units: Array(repeating: nil, count: parts.count)))
          byLabel[field.label] = index
          if byHandle[field.handle] == nil { byHandle[field.handle] = index }
        }
        columns[index].places[file] = place
        if try Self.hasValues(part, place) {
          columns[index].types[file] = field.type
          if field.type.isNumber {
            columns[index].units[file] = field.display == .percent ? UnionColumn.percent : field.unit
          }
        }
        // What is personal in one file is so in all.
        if field.isSensitive { columns[index].field.isSensitive = true }
        if columns[index].field.unit != field.unit { columns[index].field.unit = nil }
      }
    }
    for index in columns.indices {
      settleCodes(&columns[index])
      try settleShares(&columns[index])
    }
    return columns
  }

  /// Takes a column for one without a value where all it has in a file are codes for missing, which were kept because
  /// nothing there says that its values are of another kind than text: in the other files they are.
  private func settleCodes(_ column: inout UnionColumn) {
    let ofCodes = parts.indices.filter { file in
      guard column.types[file] == .text, let place = column.places[file],
        let report = (parts[file] as? FileTable)?.report, place < report.columns.count
      else { return false }
      let own = report.columns[place]
      return !own.isDeclared && own.keptCodes.reduce(0) { $0 + $1.count } == own.valueCount
    }
    guard !ofCodes.isEmpty else { return }
    var others = column.types
    for file in ofCodes { others[file] = .missing }
    let common = DataType.common(of: others)
    guard common != .text, common != .missing else { return }
    column.types = others
  }

  /// Takes percentages of workbooks for the numbers that they are stored as, where others hold such numbers in a format of
  /// their own: 0.5 shown as 50 % is 0.5. Numbers beyond one may be percentages too, and are not told from those.
  private func settleShares(_ column: inout UnionColumn) throws(QueryError) {
    guard column.standsBare, Set(column.units.compactMap { $0 }) == [UnionColumn.percent] else { return }
    for file in parts.indices where column.types[file].isNumber {
      guard (parts[file] as? FileTable)?.report.format == "xlsx", let place = column.places[file] else { return }
      guard column.units[file] == nil else { continue }
      guard try Self.areShares(Self.read(parts[file], [place]) { false }[0]) else { return }
    }
    column.areSharesAlike = true
    column.field.display = .plain
  }

  private static func areShares(_ column: Column) -> Bool {
    (0..<column.count).allSatisfy { row in
      switch column.value(row, as: .real) {
      case .real(let number): abs(number) <= 1
      case .integer(let number): abs(number) <= 1
      default: true
      }
    }
  }

  /// A column without a value fits any type.
  private static func hasValues(_ part: any TableSource, _ place: Int) throws(QueryError) -> Bool {
    if let report = (part as? FileTable)?.report, place < report.columns.count {
      return report.columns[place].valueCount > 0
    }
    let column = try read(part, [place]) { false }[0]
    return column.validity.map { $0.onesCount > 0 } ?? (column.count > 0)
  }

  private static func read(
    _ part: any TableSource, _ places: [Int], _ isCancelled: @Sendable () -> Bool
  ) throws(QueryError) -> [Column] {
    do {
      let chunks = try part.read(columns: places, isCancelled: isCancelled)
      return places.indices.map { index in
        Column.concatenate(chunks.map { $0.columns[index] }, kind: part.schema[places[index]].type.columnKind)
      }
    } catch {
      throw error as? QueryError ?? .cancelled
    }
  }

  private static func rowCount(_ part: any TableSource) throws(QueryError) -> Int {
    do {
      return try part.read(columns: [], isCancelled: { false }).reduce(0) { $0 + $1.count }
    } catch {
      throw error as? QueryError ?? .cancelled
    }
  }

  // MARK: Notes

  /// The files by what one of their columns is there, in order of first appearance; nil where they agree.
  private func groups(_ kinds: [String?]) -> [(kind: String, files: [String])]? {
    var groups: [(kind: String, files: [String])] = []
    for (file, kind) in kinds.enumerated() {
      guard let kind else { continue }
      if let index = groups.firstIndex(where: { $0.kind == kind }) {
        groups[index].files.append(labels[file])
      } else {
        groups.append((kind, [labels[file]]))
      }
    }
    return groups.count > 1 ? groups : nil
  }

  /// - Parameter told: the columns as they were found.
  private func notesOnTypes(_ told: [UnionColumn]) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    for column in told {
      guard let groups = groups(column.types.map { $0 == .missing ? nil : $0.name }) else { continue }
      let common = column.common.name
      let english = groups.map { "\($0.kind) in \(Self.list($0.files).english)" }.joined(separator: ", ")
      let french = groups.map { "`\($0.kind)` dans \(Self.list($0.files).french)" }.joined(separator: ", ")
      notes.append(
        .note(
          .filesDiffer,
          Localized(
            "column `\(column.field.label)` of `\(name)` is \(english): read as \(common)",
            fr: "la colonne `\(column.field.label)` de `\(name)` est du type \(french) : lue comme `\(common)`"),
          count: labels.count))
    }
    return notes
  }

  /// - Parameter told: the columns as they were found.
  private func notesOnUnits(_ told: [UnionColumn]) -> [Diagnostic] {
    told.compactMap { column in
      let hasBare = column.standsBare || column.standsBareBesideMeasures
      let kinds = column.units.indices.map { file -> String? in
        column.units[file] ?? (hasBare && column.types[file].isNumber ? "" : nil)
      }
      guard let groups = groups(kinds) else { return nil }
      func unit(_ kind: String, _ word: String, none: String) -> String { kind.isEmpty ? none : "\(word) `\(kind)`" }
      let english = groups.map {
        "\(unit($0.kind, "in", none: "without a unit")) in \(Self.list($0.files).english)"
      }.joined(separator: ", ")
      let french = groups.map {
        "\(unit($0.kind, "en", none: "sans unité")) dans \(Self.list($0.files).french)"
      }.joined(separator: ", ")
      return .note(
        .filesDiffer,
        Localized(
          "column `\(column.field.label)` of `\(name)` is \(english): read as "
            + (column.areSharesAlike
              ? "the numbers stored, 50 % as 0.5"
              : column.hasSeveralUnits ? "text, as they do not add up" : "numbers, without a unit"),
          fr: "la colonne `\(column.field.label)` de `\(name)` est \(french) : lue comme "
            + (column.areSharesAlike
              ? "les nombres enregistrés, 50 % comme 0,5"
              : column.hasSeveralUnits ? "`text`, car cela ne s’additionne pas" : "des nombres, sans unité")),
        count: labels.count)
    }
  }

  /// Lists in several currencies, or in one and in none, stand one below the other without any.
  ///
  /// - Parameter told: the columns as they were found.
  private func notesOnLists(_ told: [UnionColumn]) -> [Diagnostic] {
    told.compactMap { column in
      // Each way that they are, once.
      let lists = Array(Set(column.types.compactMap(\.list)))
      func isAny(_ differ: (ListType, ListType) -> Bool) -> Bool {
        lists.indices.contains { place in lists[..<place].contains { differ($0, lists[place]) } }
      }
      let message: Localized
      if isAny({ $0.part(inOtherUnitThan: $1) != nil }) {
        message = Localized(
          "the lists of `\(column.field.label)` are in different currencies in the files of `\(name)`, and are read "
            + "without: take care not to add them up",
          fr: "les listes de `\(column.field.label)` sont en différentes monnaies dans les fichiers de `\(name)`, et "
            + "sont lues sans : prenez garde à ne pas les additionner")
      } else if isAny({ $0.differsInUnits(from: $1) }) {
        message = Localized(
          "the lists of `\(column.field.label)` have a unit in some files of `\(name)` and none in others, and are read "
            + "without: take care not to add them up",
          fr: "les listes de `\(column.field.label)` ont une unité dans certains fichiers de `\(name)` et aucune dans "
            + "d’autres, et sont lues sans : prenez garde à ne pas les additionner")
      } else {
        return nil
      }
      return .note(.mixedCurrencies, message, count: labels.count)
    }
  }

  /// Columns that the same files lack are told together.
  private func notesOnLacks() -> [Diagnostic] {
    var groups: [(files: [String], columns: [String])] = []
    for column in columns {
      let files = labels.indices.filter { column.places[$0] == nil }.map { labels[$0] }
      guard !files.isEmpty else { continue }
      if let index = groups.firstIndex(where: { $0.files == files }) {
        groups[index].columns.append(column.field.label)
      } else {
        groups.append((files, [column.field.label]))
      }
    }
    return groups.map { files, columns in
      let names = columns.map { "`\($0)`" }.joined(separator: ", ")
      let list = Self.list(files)
      return .note(
        .filesDiffer,
        Localized(
          "\(names) of `\(name)` not in \(list.english): missing there",
          fr: "\(names) de `\(name)` : absent de \(list.french), manquant pour ces lignes"), count: files.count)
    }
  }

  /// `a.csv`, `b.csv` and 7 more.
  private static func list(_ files: [String]) -> Localized {
    let names = files.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    guard files.count > 3 else { return Localized(verbatim: names) }
    return Localized("\(names) and \(files.count - 3) more", fr: "\(names) et \(files.count - 3) autres")
  }

  /// What the files' own readers said, each note with its file.
  private var partNotes: [Diagnostic] {
    let own = zip(labels, parts).flatMap { label, part in
      ((part as? FileTable)?.report.notes ?? []).map { note in
        var note = note
        if !note.message.english.contains("`\(label)`") {
          note.message = Localized("`\(label)`: \(note.message.english)", fr: "`\(label)` : \(note.message.french)")
        }
        return note
      }
    }
    let most = 10
    guard own.count > most else { return own }
    var last = own[most - 1]
    let rest = own.count - most
    last = last.adding(
      note: Localized(
        "and \(rest) more notes on files of `\(name)`: describe each to see them",
        fr: "et \(rest) autres notes sur les fichiers de `\(name)` : décrivez-les un à un pour les voir"))
    return own.prefix(most - 1) + [last]
  }

  // MARK: The table

  /// - Parameter byteCount: of all the files.
  package func table(options: ReadOptions, byteCount: Int) throws(QueryError) -> FileTable {
    var report = ImportReport(name: name, format: "files", byteCount: byteCount)
    report.decisions.append(
      Fact(
        Localized("files", fr: "fichiers"), Localized(verbatim: "\(labels.count)"), Self.list(labels)))
    report.notes = notes + partNotes
    var fields = columns.map { column in
      var field = column.field
      let type = column.common
      field.type = type == .missing ? .text : type
      if type == .text { field.display = .plain }
      return field
    }
    let taken = Set(fields.flatMap { [$0.label, $0.handle] })
    fields.append(Field(taken.contains("file") ? "source_file" : "file", .text))
    var rowCounts: [Int] = []
    for part in parts { rowCounts.append(try Self.rowCount(part)) }
    let (parts, columns, labels, types, counts) = (parts, columns, labels, fields.map(\.type), rowCounts)
    return FileTable(
      report: report, schema: Schema(fields), rowCount: rowCounts.reduce(0, +), options: options
    ) { (places: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> FileTable.Loaded in
      var loaded: [Column] = []
      for place in places {
        guard place < columns.count else {
          loaded.append(Self.fileColumn(labels, counts))
          continue
        }
        var pieces: [Column] = []
        for (file, part) in parts.enumerated() {
          if isCancelled() { throw .cancelled }
          guard let index = columns[place].places[file], columns[place].types[file] != .missing else {
            pieces.append(.missing(types[place].columnKind, count: counts[file]))
            continue
          }
          let column = try Self.read(part, [index], isCancelled)[0]
          let unit = columns[place].units[file]
          pieces.append(
            column.converted(
              from: columns[place].types[file], to: types[place], unit: unit == UnionColumn.percent ? nil : unit))
        }
        loaded.append(Column.concatenate(pieces, kind: types[place].columnKind))
      }
      return (loaded, [])
    }
  }

  private static func fileColumn(_ labels: [String], _ counts: [Int]) -> Column {
    var codes: [UInt32] = []
    codes.reserveCapacity(counts.reduce(0, +))
    for (file, count) in counts.enumerated() { codes += repeatElement(UInt32(file), count: count) }
    return .text(TextColumn(Buffer(codes), TextDictionary(labels)))
  }
}

extension Column {
  /// The same values in the type that they have in common with others'.
  ///
  /// - Parameter unit: what stands behind numbers that become texts.
  func converted(from type: DataType, to common: DataType, unit: String?) -> Column {
    guard type != common else { return self }
    switch (self, common) {
    case (_, .list): return self
    case (.integer(let column), .real):
      let values = column.values.span
      return .real(
        PrimitiveColumn(Buffer(count: values.count) { Double(values[$0]) }, validity: column.validity))
    case (.integer(let column), .period):
      let values = column.values.span
      return .integer(
        IntegerColumn(
          Buffer(count: values.count) { Int64(Period.day(CalendarDate(days: Int(values[$0]))).encoded) },
          validity: column.validity))
    default:
      var builder = ColumnBuilder(.text)
      for row in 0..<count {
        let value = value(row, as: type)
        builder.append(value.isMissing ? .missing : .text(Self.text(value) + (unit.map { " " + $0 } ?? "")))
      }
      return builder.finish()
    }
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .integer(let value): return String(value)
    case .real(let value):
      let text = value.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .text(let value): return value
    case .boolean(let value): return value ? "true" : "false"
    case .date(let value): return value.description
    case .period(let value): return value.description
    case .duration(let value, _): return String(value)
    case .missing, .ratio: return ""
    }
  }
}
