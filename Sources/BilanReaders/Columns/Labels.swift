import BilanDiagnostics

/// The names of a file's columns: its header's, made whole and unique.
struct Labels {
  private(set) var names: [String]
  /// By place.
  private var unnamed: [Int] = []
  private var renamed: [Int] = []

  /// - Parameter header: the cells of the header, fewer than `count` or none.
  init(_ header: [String], count: Int) {
    names = (0..<count).map { $0 < header.count ? Self.tidy(header[$0]) : "" }
    var taken = Set(names)
    var seen: Set<String> = []
    for place in names.indices {
      if names[place].isEmpty {
        if !header.isEmpty { unnamed.append(place) }
        names[place] = Self.free("column_\(place + 1)", &taken)
      } else if !seen.insert(names[place]).inserted {
        names[place] = Self.free(names[place], &taken)
        renamed.append(place)
      }
    }
  }

  /// Replaces names of columns that the file does not name.
  mutating func take(names given: [Int: String]) {
    for (place, name) in given where names.indices.contains(place) { names[place] = name }
  }

  /// - Parameter declared: the places of columns that a descriptor knows by the names they have here.
  func notes(in file: String, except declared: Set<Int> = []) -> [Diagnostic] {
    let unnamed = unnamed.filter { !declared.contains($0) }
    let renamed = renamed.filter { !declared.contains($0) }
    var notes: [Diagnostic] = []
    if !unnamed.isEmpty {
      let list = unnamed.prefix(5).map { "`\(names[$0])`" }.joined(separator: ", ")
      notes.append(
        .note(
          .duplicateColumn,
          Localized(
            "`\(file)` has columns without a name, called \(list)",
            fr: "`\(file)` a des colonnes sans nom, appelées \(list)"), count: unnamed.count))
    }
    if !renamed.isEmpty {
      let list = renamed.prefix(5).map { "`\(names[$0])`" }.joined(separator: ", ")
      notes.append(
        .note(
          .duplicateColumn,
          Localized(
            "`\(file)` uses a column name more than once; the later ones are called \(list)",
            fr: "`\(file)` emploie plusieurs fois un nom de colonne ; les suivantes sont appelées \(list)"),
          count: renamed.count))
    }
    return notes
  }

  /// On one line, without blanks around.
  private static func tidy(_ name: String) -> String {
    name.split {
      $0 == " " || $0 == "\n" || $0 == "\r" || $0 == "\r\n" || $0 == "\t" || $0 == "\u{A0}" || $0 == "\u{FEFF}"
    }
    .map(String.init).joined(separator: " ")
  }

  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    var candidate = name
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(name)_\(number)"
      number += 1
    }
    return candidate
  }
}
