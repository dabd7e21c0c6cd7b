import BilanColumnar
import BilanDiagnostics

/// How two deliveries of a table differ.
package struct DeliveryComparison: Sendable {
  /// What happened to the columns.
  package enum SchemaChange: Sendable, Hashable {
    case added(Field)
    case removed(Field)
    /// The same name in other letters, or another name of the same thing.
    case renamed(from: String, to: String)
    /// Amounts in another currency, numbers of another unit; nil where nothing says it.
    case unit(of: String, from: String?, to: String?)
    case type(of: String, from: DataType, to: DataType)
  }

  /// A cell that is another now.
  package struct CellChange: Sendable {
    /// Its rows in the shared columns.
    package var old: Int32
    package var new: Int32
    /// Its place among the shared columns.
    package var column: Int
  }

  /// An indicator of which the measure `status` now says something else.
  package struct VerdictChange: Sendable, Hashable {
    package var indicator: String
    package var old: String
    package var new: String
  }

  package var schema: [SchemaChange] = []
  /// The columns of both tables; rows are places in them.
  package let shared: [SharedColumn]
  /// The places of the columns that identify a row; nil where rows were compared as wholes.
  package let key: [Int]?
  package var removed: [Int32]
  package var added: [Int32]
  /// In the order of the new table's rows.
  package var changes: [CellChange] = []
  package var changedRowCount = 0
  package var verdicts: [VerdictChange] = []
  package var notes: [Diagnostic] = []

  package var isEmpty: Bool {
    schema.isEmpty && removed.isEmpty && added.isEmpty && changes.isEmpty && verdicts.isEmpty
  }

  init(_ old: Table, _ new: Table, columns: ColumnPairing, key: [Int]?) {
    schema = columns.changes
    shared = columns.shared
    self.key = key
    let pairing = RowPairing(
      key: key.map { $0.map { columns.shared[$0].column } }, columns: columns.shared.map(\.column),
      oldCount: old.rowCount, newCount: new.rowCount)
    removed = pairing.removed
    added = pairing.added
    addChanges(pairing.pairs)
    if let key {
      notes += [(old, pairing.oldRepetition, true), (new, pairing.newRepetition, false)].compactMap {
        repetition($1, key, isOld: $2)
      }
    }
    let sensitive = shared.filter(\.isSensitive)
    if !sensitive.isEmpty { notes.append(.withheld(sensitive.map(\.new.label))) }
  }

  private mutating func addChanges(_ pairs: [RowPairing.Pair]) {
    // A place among the pairs and a column in one number, so that sorting brings rows together.
    var packed: [UInt64] = []
    for (place, column) in shared.enumerated() where !(key?.contains(place) ?? false) {
      packed += column.changes(pairs).map { UInt64($0) << 32 | UInt64(place) }
    }
    packed.sort()
    var last: UInt64?
    for change in packed {
      if change >> 32 != last { changedRowCount += 1 }
      last = change >> 32
      let pair = pairs[Int(change >> 32)]
      changes.append(CellChange(old: pair.old, new: pair.new, column: Int(change & 0xFFFF_FFFF)))
    }
  }

  private func repetition(_ repetition: RowPairing.Repetition, _ key: [Int], isOld: Bool) -> Diagnostic? {
    guard repetition.rowCount > 0 else { return nil }
    let values = key.filter { !shared[$0].isSensitive }.map { place in
      let text = shared[place].column.value(Int(repetition.example), as: shared[place].type).plainDescription
      let name = "`\(shared[place].new.label)`"
      return text.map { Localized(verbatim: "\(name) = \($0)") }
        ?? Localized("\(name) is missing", fr: "\(name) manque")
    }
    func example(_ language: Language) -> String {
      values.isEmpty ? "" : " (\(values.map { $0[language] }.joined(separator: ", ")))"
    }
    return .note(
      .duplicateKeys,
      Localized(
        "\(repetition.rowCount) rows of the \(isOld ? "old" : "new") file share their key with others"
          + example(.english) + "; they are compared as whole rows",
        fr:
          "\(repetition.rowCount) lignes \(isOld ? "de l’ancien fichier" : "du nouveau fichier") partagent leur clé avec "
          + "d’autres" + example(.french) + "\u{A0}; elles sont comparées en entier"),
      count: repetition.rowCount)
  }

  // MARK: In a line

  /// `12 rows added, 3 removed, 7 changed in 2 columns; 2 verdicts flipped`.
  package var summary: Localized {
    if isEmpty { return Localized("no differences", fr: "aucune différence") }
    func some(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
    // In French, none is singular too.
    func quelques(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count < 2 ? one : many)" }
    let columns = Set(changes.map(\.column)).count
    var english = [
      some(added.count, "row added", "rows added") + ", \(removed.count) removed, \(changedRowCount) changed"
        + (changes.isEmpty ? "" : " in " + some(columns, "column", "columns"))
    ]
    var french = [
      quelques(added.count, "ligne ajoutée", "lignes ajoutées")
        + ", " + quelques(removed.count, "supprimée", "supprimées") + ", "
        + quelques(changedRowCount, "modifiée", "modifiées")
        + (changes.isEmpty ? "" : " dans " + quelques(columns, "colonne", "colonnes"))
    ]
    if !schema.isEmpty {
      english.append(some(schema.count, "change of columns", "changes of columns"))
      french.append(quelques(schema.count, "changement de colonnes", "changements de colonnes"))
    }
    if !verdicts.isEmpty {
      english.append(some(verdicts.count, "verdict flipped", "verdicts flipped"))
      french.append(quelques(verdicts.count, "verdict renversé", "verdicts renversés"))
    }
    return Localized(english.joined(separator: "; "), fr: french.joined(separator: "\u{A0}; "))
  }
}
