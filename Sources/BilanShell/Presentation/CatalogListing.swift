import Bilan
import BilanColumnar
import BilanDiagnostics

/// What `datasets`, `describe` and `queries` show, in the command and in the shell alike.
package struct CatalogListing {
  private let language: Language

  package init(_ language: Language) { self.language = language }

  private func text(_ english: String, _ french: String) -> String { Localized(english, fr: french)[language] }

  package func datasets(_ datasets: [Catalog.Dataset]) -> Table {
    var listing = Listing([
      (text("dataset", "jeu de données"), .text), (text("title", "titre"), .text), (text("origin", "origine"), .text),
    ])
    for dataset in datasets {
      listing.append([.text(dataset.name), .optional(dataset.title ?? dataset.path), .optional(dataset.origin)])
    }
    return listing.table
  }

  package func queries(_ queries: [SavedQuery]) -> Table {
    var listing = Listing([(text("query", "requête"), .text), (text("title", "titre"), .text)])
    for query in queries { listing.append([.text(query.name), .optional(query.title)]) }
    return listing.table
  }

  /// The columns of a dataset.
  package func columns(_ description: DatasetDescription) -> Table {
    let hasEvidence = description.columns.contains { !$0.evidence.isEmpty }
    let hasConfidence = description.columns.contains { $0.confidence != nil }
    let hasLabels = description.columns.contains { $0.field.label != $0.field.handle }
    var listing = Listing(
      [
        (text("column", "colonne"), .text)
      ] + (hasLabels ? [(text("label", "libellé"), .text)] : []) + [
        ("type", .text), (text("missing", "manquants"), .integer), (text("distinct", "distincts"), .integer),
        (text("examples", "exemples"), .text),
      ] + (hasEvidence ? [(text("read as", "lu comme"), .text)] : [])
        + (hasConfidence ? [(text("confidence", "confiance"), .text)] : []))
    for column in description.columns {
      let field = column.field
      let type = field.unit.map { "\(field.type.name), \($0)" } ?? field.type.name
      let evidence = column.evidence.map { $0[language] }.joined(separator: "; ")
      var row: [Value] = [.text(field.handle)]
      if hasLabels { row.append(field.label == field.handle ? .missing : .text(field.label)) }
      row += [
        .text(type), .integer(Int64(column.missingCount)),
        column.distinctCount.map { .integer(Int64($0)) } ?? .missing,
        .optional(column.examples.isEmpty ? nil : column.examples.joined(separator: ", ")),
      ]
      if hasEvidence { row.append(.optional(evidence.isEmpty ? nil : evidence)) }
      if hasConfidence { row.append(.optional(column.confidence?[language])) }
      listing.append(row)
    }
    return listing.table
  }

  /// What stands over the columns: title, origin, file, rows, how it was read.
  package func heading(_ description: DatasetDescription, width: Int = 100) -> String {
    var lines = [description.title.map { "\(description.name): \($0)" } ?? description.name]
    if language == .french {
      lines[0] = description.title.map { "\(description.name)\u{A0}: \($0)" } ?? description.name
    }
    if let summary = description.summary { lines += DisplayWidth.wrap(summary, to: width) }
    var facts = [
      description.rowCount == 1
        ? text("1 row", "1 ligne") : text("\(description.rowCount) rows", "\(description.rowCount) lignes"),
      description.columns.count == 1
        ? text("1 column", "1 colonne")
        : text("\(description.columns.count) columns", "\(description.columns.count) colonnes"),
    ]
    if let origin = description.origin { facts.append(text("origin: \(origin)", "origine\u{A0}: \(origin)")) }
    if let path = description.path { facts.append(path) }
    lines.append(facts.joined(separator: " · "))
    lines += description.findings.map { $0[language] }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The values of a column.
  package func values(_ values: [String], of column: String) -> Table {
    var listing = Listing([(column, .text)])
    for value in values { listing.append([.text(value)]) }
    return listing.table
  }
}
