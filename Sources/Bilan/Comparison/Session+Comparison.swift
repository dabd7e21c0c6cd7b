import BilanColumnar
import BilanDiagnostics
import BilanReaders

extension Session {
  /// How a table differs from another, which was delivered before it.
  ///
  /// - Parameters:
  ///   - old: a dataset, a file, or a file and a table in it; `-` for standard input.
  ///   - key: names of the columns that identify a row; nil to find them from the data.
  /// - Throws: where a table cannot be read, a name is no column of both, or `isStrict` and something was left open.
  package func compare(
    _ old: String, _ new: String, key: [String]?, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BilanError) -> DeliveryComparison {
    do throws(QueryError) {
      let (before, after) = (try wholeTable(old, isCancelled), try wholeTable(new, isCancelled))
      guard before.table.rowCount + after.table.rowCount < Int(Int32.max) else { throw Self.tooManyRows }
      var columns = ColumnPairing(before.table, after.table)
      let written = try written(columns, (old, before.table), (new, after.table), isCancelled)
      if !written.isEmpty { columns = ColumnPairing(before.table, after.table, written: written) }
      let places: [Int]?
      var notes = before.notes + after.notes + Self.notes(onTables: before.beside, after.beside, of: old, new)
      if let key {
        places = try key.map { name throws(QueryError) in
          try place(of: name, columns.shared, (old, before.table), (new, after.table))
        }
      } else {
        places = KeyProposal.find(columns.shared, oldCount: before.table.rowCount, newCount: after.table.rowCount)
        notes.append(Self.note(onProposed: places?.map { columns.shared[$0].new.label }))
      }
      if isCancelled() { throw .cancelled }
      var comparison = DeliveryComparison(before.table, after.table, columns: columns, key: places)
      do throws(QueryError) {
        comparison.verdicts = try verdictChanges((old, before.table), (new, after.table), isCancelled)
      } catch {
        guard error.kind != .cancelled, let reason = error.diagnostics.first else { throw error }
        notes.append(
          .note(
            .verdictsNotCompared,
            Localized(
              "verdicts are not compared: \(reason.message.english)",
              fr: "les verdicts ne sont pas comparés\u{A0}: \(reason.message.french)")))
      }
      comparison.notes = notes + comparison.notes
      try demandNothingOpen(comparison.notes, besides: [.keyProposed, .withheld])
      comparison.notes.insert(.note(.comparisonSummary, comparison.summary), at: 0)
      return comparison
    } catch {
      throw BilanError(error)
    }
  }

  private static var tooManyRows: QueryError {
    QueryError(
      .error(
        .tooManyRows,
        Localized(
          "tables of more than \(Int32.max) rows together are not compared",
          fr: "des tables de plus de \(Int32.max) lignes ensemble ne sont pas comparées")), kind: .data)
  }

  private func wholeTable(
    _ name: String, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> (table: Table, notes: [Diagnostic], beside: [String]) {
    let source = try table(named: name, isCancelled: isCancelled).0
    let file = source as? FileTable
    try file?.settle(isCancelled: isCancelled)
    do {
      let chunks = try source.read(columns: Array(0..<source.schema.count), isCancelled: isCancelled)
      let report = file?.report
      return (
        Table(schema: source.schema, chunks: chunks), (report?.notes ?? []).map { $0.naming(source.name) },
        report?.tablesBeside ?? []
      )
    } catch {
      throw error as? QueryError ?? .cancelled
    }
  }

  /// That one table of a file is compared, and which others are not: of both files at once where they have the same.
  private static func notes(
    onTables before: [String], _ after: [String], of old: String, _ new: String
  ) -> [Diagnostic] {
    if before == after, old != new { return note(onTables: before, of: [old, new]).map { [$0] } ?? [] }
    return [note(onTables: before, of: [old]), note(onTables: after, of: [new])].compactMap(\.self)
  }

  private static func note(onTables tables: [String], of files: [String]) -> Diagnostic? {
    guard let first = tables.first else { return nil }
    let list = tables.prefix(8).map { "`\($0)`" }.joined(separator: ", ") + (tables.count > 8 ? ", …" : "")
    let names = files.map { "`\($0)`" }
    let (isOneFile, isOne) = (files.count == 1, tables.count == 1)
    let (english, french) =
      isOne
      ? ("another table, which is not compared", "une autre table, qui n’est pas comparée")
      : (
        "\(tables.count) other tables, which are not compared",
        "\(tables.count) autres tables, qui ne sont pas comparées"
      )
    // A dataset has its name from a descriptor, and its tables none behind that.
    let file = files.first { $0 == "-" || FileKind(Catalog.split($0).file) != .none }
    let (naming, nommant) =
      file.map { file in
        let example = "`\(file)#\(first)`"
        return isOne
          ? ("; \(example) names it", "\u{A0}; \(example) la nomme")
          : ("; \(example) names the first", "\u{A0}; \(example) nomme la première")
      } ?? ("", "")
    return .note(
      .sheetsNotRead,
      Localized(
        "\(names.joined(separator: " and ")) \(isOneFile ? "has" : "have") \(english): \(list)\(naming)",
        fr: "\(names.joined(separator: " et ")) \(isOneFile ? "a" : "ont") \(french)\u{A0}: \(list)\(nommant)"),
      count: tables.count)
  }

  // MARK: Values as they are written

  /// What stands in the files where one value of a column makes it text in one of them only.
  private func written(
    _ columns: ColumnPairing, _ old: (name: String, table: Table), _ new: (name: String, table: Table),
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> ColumnPairing.Written {
    let differing = columns.shared.filter(\.isOnceText)
    return ColumnPairing.Written(
      old: try texts(differing.filter { $0.old.type != .text }.map(\.old), of: old, isCancelled),
      new: try texts(differing.filter { $0.new.type != .text }.map(\.new), of: new, isCancelled))
  }

  /// The cells of some columns of a file, by their places; none where it is no file or reads as other rows.
  private func texts(
    _ fields: [Field], of delivery: (name: String, table: Table), _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> [Int: Column] {
    guard !fields.isEmpty, FileKind(delivery.name) == .file else { return [:] }
    let cells = try catalog.cells(of: fields.map(\.label), in: delivery.name, isCancelled: isCancelled)
    var found: [Int: Column] = [:]
    for (place, field) in delivery.table.schema.fields.enumerated() {
      guard let column = cells[field.label], column.count == delivery.table.rowCount else { continue }
      found[place] = column
    }
    return found
  }

  // MARK: The key

  private func place(
    of name: String, _ shared: [SharedColumn], _ tables: (name: String, table: Table)...
  ) throws(QueryError) -> Int {
    let wanted = TextFolding.handle(of: name)
    func isCalled(_ field: Field) -> Bool {
      field.label == name || field.handle == wanted || field.aliases.contains(wanted)
    }
    if let place = shared.firstIndex(where: { isCalled($0.new) }) ?? shared.firstIndex(where: { isCalled($0.old) }) {
      return place
    }
    let lacking = tables.filter { !$0.table.schema.fields.contains(where: isCalled) }.map(\.name)
    let message =
      lacking.count == 1
      ? Localized("`\(lacking[0])` has no column `\(name)`", fr: "`\(lacking[0])` n’a pas de colonne `\(name)`")
      : Localized("neither file has a column `\(name)`", fr: "aucun des deux fichiers n’a de colonne `\(name)`")
    let handles = shared.map(\.new.handle)
    let near = Suggestions.near(name, among: handles, fold: TextFolding.handle(of:)).first
    let list = shared.map { "`\($0.new.handle)`" }.joined(separator: ", ")
    throw QueryError(
      .error(
        .unknownColumn, message,
        help: near.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)`\u{A0}?") }
          ?? (handles.isEmpty
            ? Localized("the files have no column in common", fr: "les fichiers n’ont aucune colonne en commun")
            : Localized("the columns of both are \(list)", fr: "les colonnes communes sont \(list)"))))
  }

  private static func note(onProposed labels: [String]?) -> Diagnostic {
    guard let labels else {
      return .note(
        .noKeyFound,
        Localized(
          "no columns identify each row in both files: rows are compared as wholes, and what changed shows as removed "
            + "and added; `--key COLUMNS`, at the prompt just COLUMNS, names those that should",
          fr:
            "aucune colonne n’identifie chaque ligne dans les deux fichiers\u{A0}: les lignes sont comparées en entier, et "
            + "ce qui a changé paraît supprimé et ajouté\u{A0}; `--key COLONNES`, à l’invite COLONNES seul, nomme celles qui le "
            + "devraient"))
    }
    let list = labels.map { "`\($0)`" }.joined(separator: ", ")
    let isOne = labels.count == 1
    return .note(
      .keyProposed,
      Localized(
        "rows are paired by \(list), which \(isOne ? "identifies" : "together identify") each row in both files; "
          + "`--key COLUMNS`, at the prompt just COLUMNS, names others",
        fr:
          "les lignes sont appariées par \(list), qui \(isOne ? "identifie" : "identifient ensemble") chaque ligne dans "
          + "les deux fichiers\u{A0}; `--key COLONNES`, à l’invite COLONNES seul, en nomme d’autres"))
  }

  // MARK: Verdicts

  /// What the measure `status` of the prelude says of each indicator, then and now, where it says another thing.
  private func verdictChanges(
    _ old: (name: String, table: Table), _ new: (name: String, table: Table),
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> [DeliveryComparison.VerdictChange] {
    guard old.table.hasResults, new.table.hasResults else { return [] }
    let before = Dictionary(try verdicts(old, isCancelled)) { first, _ in first }
    return try verdicts(new, isCancelled).compactMap { indicator, status in
      guard let known = before[indicator], known != status else { return nil }
      return DeliveryComparison.VerdictChange(indicator: indicator, old: known, new: status)
    }
  }

  /// - Throws: what is wrong, and in which of the files.
  private func verdicts(
    _ delivery: (name: String, table: Table), _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> [(String, String)] {
    let name = delivery.name == "-" ? "stdin" : delivery.name
    for field in ["target", "actual"].compactMap(delivery.table.field) where !field.type.isNumber {
      throw QueryError(
        .error(
          .typeMismatch,
          Localized(
            "`\(field.label)` of `\(name)` is \(field.type.name) and no number",
            fr: "`\(field.label)` de `\(name)` est de type \(field.type.name) et non un nombre")))
    }
    do {
      let session = Session(catalog: catalog.adding("delivery", delivery.table), options: options.lenient)
      let result = try session.run(
        "from delivery | summarize status by indicator", isCancelled: isCancelled)[0]
      return zip(result.columns[0].descriptions, result.columns[1].descriptions).compactMap { indicator, status in
        indicator.flatMap { indicator in status.map { (indicator, $0) } }
      }
    } catch {
      var found = error.queryError
      for index in found.diagnostics.indices { found.diagnostics[index] = found.diagnostics[index].naming(name) }
      throw found
    }
  }
}

extension Diagnostic {
  /// The same with the name of the file that it is about, unless it says it.
  fileprivate func naming(_ file: String) -> Diagnostic {
    guard !message.english.contains("`\(file)`") else { return self }
    var named = self
    named.message = Localized(
      "`\(file)`: \(message.english)", fr: "`\(file)`\u{A0}: \(message.french)")
    return named
  }
}

extension SessionOptions {
  /// The notes of a question that nobody asked are nobody's errors.
  fileprivate var lenient: SessionOptions {
    var options = self
    options.isStrict = false
    return options
  }
}

extension Table {
  /// Whether it has the columns that verdicts need.
  fileprivate var hasResults: Bool { ["indicator", "target", "actual"].allSatisfy { field($0) != nil } }

  /// The column that a query means by a handle.
  fileprivate func field(_ name: String) -> Field? {
    schema.fields.first { $0.handle == name } ?? schema.fields.first { $0.aliases.contains(name) }
  }
}
