import BilanColumnar

/// What the name of a column says of times: what else would be a number or a code is a day or a period under it.
struct TimeName: OptionSet, Sendable {
  let rawValue: UInt8

  /// `Date`, `EcritureDate`, `Signé le`
  static let days = TimeName(rawValue: 1)
  /// `Mois`, `Période`, `Trimestre`
  static let periods = TimeName(rawValue: 2)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(handle: String) {
    var names: TimeName = []
    let words = handle.split(separator: "_")
    // A number of days or months, a rank among dates: no day itself.
    if !words.contains(where: Self.counts.contains) {
      if words.contains(where: Self.isDate) || words.last == "le" || FieldAliases.namesABirth(handle) {
        names.formUnion([.days, .periods])
      }
      if words.contains(where: Self.periodWords.contains) { names.insert(.periods) }
    }
    self = names
  }

  private static func isDate(_ word: Substring) -> Bool {
    guard !["candidate", "mandate", "update", "dated", "consolidate"].contains(word) else { return false }
    return word.hasSuffix("date")
      || ["dates", "datelet", "echeance", "datum", "fecha", "تاريخ", "التاريخ"].contains(word)
  }

  /// How many of the periods that a name says make a year, which are written like months: `Trimestre`, `Semestre`; nil for
  /// others.
  static func partCount(handle: String) -> Int? {
    let words = handle.split(separator: "_")
    if words.contains(where: WordList("kwartaal quarter trim trimestre").contains) { return 4 }
    return words.contains(where: WordList("semester semestre").contains) ? 2 : nil
  }

  private static let counts = WordList("count delai duration duree nb nbr nombre number")

  private static let periodWords = WordList(
    """
    aaaamm anneemois exercice mois month period periode quarter semester semestre temps time trim trimestre yearmonth
    yyyymm الشهر الفترة
    """)
}
