import BilanColumnar

/// Words before a year that say what kind of year it is: `année 2019`, `Exercice 2019`, `campagne 2018/2019`.
enum YearWord {
  enum Kind {
    /// From January to December.
    case calendar
    /// Of a budget, from the month in which the fiscal years of the project begin.
    case fiscal
    /// Of schools and of farms, which begin within a year: no periods of the calendar.
    case season
  }

  /// The year or the fiscal year that the trimmed cell `from..<to` writes behind such a word.
  static func period(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, firstMonth: Int) -> Period? {
    guard let (kind, start) = end(bytes, from, to) else { return nil }
    guard to - start == 4 else {
      guard kind == .fiscal, firstMonth != 1 else { return nil }
      return PeriodCell.yearOfPair(bytes, start, to).map { .fiscalYear($0, firstMonth: firstMonth) }
    }
    guard let year = PeriodCell.digits(bytes, start, to), (1000...2999).contains(year) else { return nil }
    return switch kind {
    case .calendar: .year(year)
    case .fiscal: .fiscalYear(year, firstMonth: firstMonth)
    case .season: nil
    }
  }

  /// Whether a text is such a word and a year, or a year and the next.
  static func begins(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return !bytes.isEmpty && end(bytes.span, 0, bytes.count) != nil
  }

  /// Which word a cell begins with that ends in a year, and where what stands behind it begins; nil where there is none.
  static func end(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (kind: Kind, start: Int)? {
    // By their last bytes and their first letter nearly all texts are refused.
    guard to - from >= 6, to - from <= 48, bytes[to - 1] &- 0x30 < 10, bytes[to - 2] &- 0x30 < 10,
      firsts.contains(bytes[from])
    else { return nil }
    for (word, kind) in words where word.count < to - from && FieldText.holds(word, inAnyCaseAt: from, bytes) {
      let gap = from + word.count
      var start = gap
      PeriodCell.skipGaps(bytes, &start, to)
      if start > gap, start < to, bytes[start] &- 0x30 < 10 { return (kind, start) }
    }
    return nil
  }

  private static let words: [(word: [UInt8], kind: Kind)] = [
    (Kind.calendar, ["année", "annee", "année civile", "annee civile", "an", "year", "calendar year", "سنة", "عام"]),
    (
      .fiscal,
      [
        "exercice", "exercice budgétaire", "exercice budgetaire", "exercice fiscal", "exercice comptable",
        "fiscal year", "financial year", "année budgétaire", "annee budgetaire", "année fiscale", "annee fiscale",
        "السنة المالية",
      ]
    ),
    (
      .season,
      [
        "campagne", "campagne agricole", "saison", "année scolaire", "annee scolaire", "année universitaire",
        "annee universitaire", "school year", "academic year", "season", "الموسم الدراسي", "السنة الدراسية",
        "الموسم الفلاحي",
      ]
    ),
  ].flatMap { kind, words in words.map { (Array($0.utf8), kind) } }

  private static let firsts = ByteSet(words.map { $0.word[0] }, ignoringCase: true)
}
