import Bilan
import BilanColumnar
import BilanDiagnostics

/// What `diff` shows, a row for each difference: what happened to columns, verdicts that flipped, rows that went, rows
/// that came, cells that changed.
///
///     change   code  column  old  new
///     removed  12
///     changed  13    actual  40   45
package struct ComparisonListing {
  private enum Change: Int, CaseIterable {
    case columnRemoved, columnAdded, columnRenamed, unitChanged, typeChanged, verdict, removed, added, changed

    var name: Localized {
      switch self {
      case .columnRemoved: Localized("column removed", fr: "colonne supprimée")
      case .columnAdded: Localized("column added", fr: "colonne ajoutée")
      case .columnRenamed: Localized("column renamed", fr: "colonne renommée")
      case .unitChanged: Localized("unit changed", fr: "unité modifiée")
      case .typeChanged: Localized("type changed", fr: "type modifié")
      case .verdict: Localized("verdict flipped", fr: "verdict renversé")
      case .removed: Localized("removed", fr: "supprimée")
      case .added: Localized("added", fr: "ajoutée")
      case .changed: Localized("changed", fr: "modifiée")
      }
    }
  }

  private let comparison: DeliveryComparison
  private let language: Language
  private var changes: [UInt32] = []
  /// Of the differences that are a row's: those after the columns and the verdicts.
  private var rows: [Int32] = []
  private var columns = ColumnBuilder(.text)
  private var olds = ColumnBuilder(.text)
  private var news = ColumnBuilder(.text)

  package init(_ comparison: DeliveryComparison, _ language: Language) {
    self.comparison = comparison
    self.language = language
    for change in comparison.schema { append(change) }
    for verdict in comparison.verdicts {
      append(.verdict, column: "status", old: .text(verdict.old), new: .text(verdict.new))
    }
    for row in comparison.removed { append(.removed, row: row) }
    for row in comparison.added { append(.added, row: row) }
    for change in comparison.changes {
      let shared = comparison.shared[change.column]
      append(
        .changed, row: change.new, column: shared.new.label, old: cell(change.old, shared),
        new: cell(change.new, shared))
    }
  }

  private func cell(_ row: Int32, _ shared: SharedColumn) -> Value {
    if shared.isSensitive { return .missing }
    return shared.column.value(Int(row), as: shared.type).plainDescription.map { .text($0) } ?? .missing
  }

  private mutating func append(_ change: DeliveryComparison.SchemaChange) {
    switch change {
    case .added(let field): append(.columnAdded, column: field.label, new: .text(field.type.name))
    case .removed(let field): append(.columnRemoved, column: field.label, old: .text(field.type.name))
    case .renamed(let from, let to): append(.columnRenamed, column: to, old: .text(from), new: .text(to))
    case .unit(let label, let from, let to):
      append(.unitChanged, column: label, old: .optional(from), new: .optional(to))
    case .type(let label, let from, let to):
      append(.typeChanged, column: label, old: .text(from.name), new: .text(to.name))
    }
  }

  private mutating func append(
    _ change: Change, row: Int32? = nil, column: String? = nil, old: Value = .missing, new: Value = .missing
  ) {
    changes.append(UInt32(change.rawValue))
    if let row { rows.append(row) }
    columns.append(.optional(column))
    olds.append(old)
    news.append(new)
  }

  // MARK: The table

  /// The columns that show which row it is: those of the key, else all, without what may not be listed.
  private var identifying: [SharedColumn] {
    (comparison.key.map { $0.map { comparison.shared[$0] } } ?? comparison.shared).filter { !$0.isSensitive }
  }

  package var table: Table {
    let language = language
    let names = TextDictionary(Change.allCases.map { $0.name[language] })
    var taken = Set(identifying.map(\.new.label))
    func label(_ english: String, _ french: String) -> String {
      var label = Localized(english, fr: french)[language]
      while !taken.insert(label).inserted { label += "_" }
      return label
    }
    var fields = [Field(label("change", "changement"), .text)]
    var result: [Column] = [.text(TextColumn(Buffer(changes), names))]
    for shared in identifying {
      fields.append(Field(shared.new.label, shared.type, display: shared.new.display, unit: shared.new.unit))
      result.append(column(of: shared))
    }
    if !comparison.verdicts.isEmpty, !identifying.contains(where: Self.isIndicator) {
      fields.append(Field(label("indicator", "indicateur"), .text))
      result.append(
        spread(judged, .missing(.text, count: rows.count), kind: .text))
    }
    // Rows compared as wholes have no cells that changed.
    if comparison.key != nil || !comparison.schema.isEmpty || !comparison.verdicts.isEmpty {
      for (name, column) in [
        (label("column", "colonne"), columns.finish()), (label("old", "ancien"), olds.finish()),
        (label("new", "nouveau"), news.finish()),
      ] {
        fields.append(Field(name, .text))
        result.append(column)
      }
    }
    return Table(schema: Schema(fields), chunks: [Chunk(columns: result, count: changes.count)])
  }

  private func column(of shared: SharedColumn) -> Column {
    let kind = shared.type.columnKind
    return spread(
      Self.isIndicator(shared) ? judged : .missing(kind, count: comparison.verdicts.count),
      shared.column.gather(rows), kind: kind)
  }

  /// A column over all differences, from its values for verdicts and for rows.
  private func spread(_ verdicts: Column, _ rows: Column, kind: ColumnKind) -> Column {
    Column.concatenate([.missing(kind, count: comparison.schema.count), verdicts, rows], kind: kind)
  }

  private static func isIndicator(_ shared: SharedColumn) -> Bool {
    shared.type == .text && (shared.new.handle == "indicator" || shared.new.aliases.contains("indicator"))
  }

  /// The indicators whose verdict flipped.
  private var judged: Column {
    var builder = ColumnBuilder(.text)
    for verdict in comparison.verdicts { builder.append(.text(verdict.indicator)) }
    return builder.finish()
  }
}
