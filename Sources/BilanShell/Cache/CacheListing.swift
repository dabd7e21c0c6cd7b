import Bilan
import BilanColumnar
import BilanDiagnostics

/// What `bilan cache` shows: a row for each entry, by the paths of their files.
package struct CacheListing {
  private let language: Language

  package init(_ language: Language) { self.language = language }

  package func table(_ entries: [ColumnCache.Listed]) -> Table {
    func text(_ english: String, _ french: String) -> String { Localized(english, fr: french)[language] }
    var listing = Listing([
      (text("file", "fichier"), .text), (text("size", "taille"), .integer), (text("entry", "entrée"), .integer),
      (text("kept", "gardé"), .text), (text("current", "à jour"), .boolean),
    ])
    for entry in entries.sorted(by: Self.precedes) {
      listing.append([
        .optional(entry.file), entry.fileSize.map { .integer(Int64($0)) } ?? .missing, .integer(Int64(entry.size)),
        .text(Self.moment(entry.keptAt)), .boolean(entry.isCurrent),
      ])
    }
    return listing.table
  }

  /// What is no entry comes last.
  private static func precedes(_ one: ColumnCache.Listed, _ other: ColumnCache.Listed) -> Bool {
    switch (one.file, other.file) {
    case (let one?, let other?) where one != other: one < other
    case (_?, nil): true
    case (nil, _?): false
    default: one.keptAt < other.keptAt
    }
  }

  /// `2021-01-22T14:05:09Z`
  static func moment(_ nanoseconds: Int) -> String {
    let seconds = nanoseconds / 1_000_000_000
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(CalendarDate(days: days).description)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
