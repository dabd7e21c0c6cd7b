import BilanColumnar

/// The columns that together identify each row of two tables, found from the data: those that are made to do so first.
enum KeyProposal {
  /// The places of the columns, in their order in the table; nil where no columns do.
  static func find(_ columns: [SharedColumn], oldCount: Int, newCount: Int) -> [Int]? {
    let rowCount = oldCount + newCount
    var key: [Int] = []
    var numbers: RowNumbers?
    for place in candidates(columns) {
      let column = columns[place].column
      // What the columns so far tell apart is one column.
      let before = numbers.map { [Column.integer(IntegerColumn($0.numbers.map { Int64($0) }))] } ?? []
      let refined = RowNumbers(before + [column], rowCount: rowCount)
      if let numbers, refined.count == numbers.count { continue }
      key.append(place)
      numbers = refined
      if refined.tellApart(oldCount: oldCount) { return least(key, columns, rowCount, oldCount).sorted() }
    }
    return nil
  }

  /// Without the columns that the others make needless, the last first.
  private static func least(
    _ key: [Int], _ columns: [SharedColumn], _ rowCount: Int, _ oldCount: Int
  ) -> [Int] {
    var key = key
    // The last one was needed, or the search would have ended before it.
    for place in key.dropLast().reversed() where key.count > 1 {
      let rest = key.filter { $0 != place }
      if RowNumbers(rest.map { columns[$0].column }, rowCount: rowCount).tellApart(oldCount: oldCount) { key = rest }
    }
    return key
  }

  /// Columns that may identify rows, the likely ones first: measured numbers and remarks never do.
  private static func candidates(_ columns: [SharedColumn]) -> [Int] {
    columns.indices.compactMap { place -> (rank: Int, place: Int)? in
      rank(columns[place]).map { ($0, place) }
    }.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.place)
  }

  private static let codes: Set = [
    "id", "code", "key", "ref", "uuid", "reference", "identifier", "identifiant", "numero", "number", "no", "cle",
  ]
  /// What results are broken down by, in the order in which they are tried.
  private static let dimensions: [Set<String>] = [
    ["indicator", "indicateur", "activity", "activite", "result", "project", "projet", "programme", "name", "nom"],
    ["region", "province", "commune", "country", "pays", "location", "lieu", "site", "district"],
    ["sex", "sexe", "gender", "genre", "dimension", "age", "age_group", "category", "categorie"],
    ["period", "periode", "year", "annee", "quarter", "trimestre", "semester", "semestre", "month", "mois", "date"],
  ]
  private static let remarks: Set = [
    "comment", "comments", "commentaire", "commentaires", "remark", "remarks", "remarque", "note", "notes",
    "observation", "observations", "status", "statut", "source",
  ]

  /// Nil for what is no part of a key.
  private static func rank(_ column: SharedColumn) -> Int? {
    if column.type == .real || column.type == .ratio { return nil }
    let names = [column.new.handle] + column.new.aliases
    if names.contains(where: isCode) { return 0 }
    for (rank, dimension) in dimensions.enumerated() where names.contains(where: dimension.contains) {
      return rank + 1
    }
    switch column.type {
    case .period: return dimensions.count
    case .date: return dimensions.count + 1
    case .text, .boolean: return names.contains(where: remarks.contains) ? nil : dimensions.count + 2
    default: return nil
    }
  }

  private static func isCode(_ name: String) -> Bool {
    codes.contains(name) || codes.contains { name.hasSuffix("_\($0)") || name.hasPrefix("\($0)_") }
  }
}
