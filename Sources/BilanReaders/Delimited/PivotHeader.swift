/// The header of a pivot table as pandas writes it: a row for each level of the columns, then what the rows are called.
///
///     ,sum,sum,mean,mean
///     year,2019,2020,2019,2020
///     region,,,,
///
/// The name of a level stands over the names of the rows, and is part of no name.
package enum PivotHeader {
  /// Levels that are looked for.
  private static let levels = 2...4
  /// Records that tell of them.
  package static let sampleRows = 6

  /// How many of the first rows are such a header; nil where they are none.
  ///
  /// - Parameter rows: the first few, all equally wide.
  package static func rowCount(_ rows: [[String]]) -> Int? {
    levels.first { count in
      count + 1 < rows.count && areLevels(Array(rows[..<count]), rows[count], below: rows[count + 1])
    }
    .map { $0 + 1 }
  }

  private static func areLevels(_ levels: [[String]], _ names: [String], below row: [String]) -> Bool {
    let width = names.prefix { !$0.isEmpty }.count
    guard width > 0, width < names.count, names[width...].allSatisfy(\.isEmpty),
      !names[..<width].contains(where: HeaderGuess.isTyped), !row[0].isEmpty
    else { return false }
    let values = row[width...].filter { !$0.isEmpty }
    guard !values.isEmpty, !values.allSatisfy({ HeaderGuess.isTyped($0) && HeaderGuess.areNames([$0]) }) else {
      return false
    }
    let inner = levels.map { Array($0[width...]) }
    // Merged cells leave gaps, behind what stands over all of them.
    guard inner.allSatisfy({ !$0[0].isEmpty && HeaderGuess.areNames($0.filter { !$0.isEmpty }) }),
      !inner[inner.count - 1].contains(""),
      inner.dropLast().contains(where: { level in
        level.indices.dropFirst().contains { level[$0].isEmpty || level[$0] == level[$0 - 1] }
      })
    else { return false }
    let joined = self.joined(inner)
    return Set(joined).count == joined.count
      && levels.allSatisfy { $0[..<width].count { !$0.isEmpty } <= 1 }
  }

  /// The names of the columns under a header of so many rows.
  ///
  /// - Parameter joiner: what stands between those of two levels.
  package static func names(_ rows: [[String]], joiner: String) -> [String] {
    let names = rows[rows.count - 1]
    let width = names.prefix { !$0.isEmpty }.count
    return names[..<width] + joined(rows.dropLast().map { Array($0[width...]) }, joiner)
  }

  /// What stands over each column, from the top.
  private static func joined(_ levels: [[String]], _ joiner: String = " ") -> [String] {
    var joined = [String](repeating: "", count: levels[0].count)
    for level in levels {
      var last = ""
      for place in level.indices {
        if !level[place].isEmpty { last = level[place] }
        joined[place] += (joined[place].isEmpty ? "" : joiner) + last
      }
    }
    return joined
  }
}
