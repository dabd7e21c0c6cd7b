import BilanColumnar

/// What the other columns of a file say about one that could be read in two ways.
struct FileContext {
  var delimiter: UInt8
  /// The decimal mark of the columns that leave no doubt.
  var decimalMark: DecimalMark?
  /// Whether some column has points in its fractions.
  var hasPoints: Bool
  /// The order of the dates that leave no doubt.
  var dateOrder: DateOrder?
  /// What is declared about dates.
  var dates: DateConvention
  /// Whether the names of the columns are in a language whose numbers have a decimal comma.
  var isOfCommas: Bool
  /// Whether blanks mark thousands in some column, where points then do not.
  var areThousandsSpaced: Bool
  /// Whether points stand before three digits under the name of rates, where they are those of fractions.
  var areRatesPointed: Bool

  /// - Parameters:
  ///   - labels: the names of the columns.
  ///   - marked: the columns whose numbers have marks that somebody wrote; nil for all.
  init(
    delimiter: UInt8, profiles: [ColumnProfile], labels: [String] = [], marksOf marked: [Int]? = nil,
    dates: DateConvention = .init()
  ) {
    self.delimiter = delimiter
    self.dates = dates
    isOfCommas = NumberName.areOfCommas(labels)
    areThousandsSpaced = profiles.contains(where: \.areThousandsSpaced)
    areRatesPointed = zip(profiles, labels).contains { $0[.maybePoint] > 0 && NumberName(label: $1) == .rates }
    let written = marked.map { $0.map { profiles[$0] } } ?? profiles
    let comma = written.reduce(0) { $0 + $1.numbersNeeding(.comma) - $1.scientificCommas }
    let point = written.reduce(0) { $0 + $1.numbersNeeding(.point) }
    hasPoints = point > 0
    if comma != point { decimalMark = comma > point ? .comma : .point }
    let dayFirst = profiles.reduce(0) { $0 + $1.dates.sureOf(.dayMonthYear) }
    let monthFirst = profiles.reduce(0) { $0 + $1.dates.sureOf(.monthDayYear) }
    if dayFirst != monthFirst { dateOrder = dayFirst > monthFirst ? .dayMonthYear : .monthDayYear }
  }
}

extension FileContext {
  /// Whether points before three digits all through a column are those of thousands, where nothing else in the file says
  /// what they are: under a name of money or counts, and where names are in a language of decimal commas under any but
  /// those of rates. Who separates cells by semicolons leaves the comma to fractions.
  func takesPointsForThousands(_ profile: ColumnProfile, _ name: NumberName) -> Bool {
    guard profile[.maybePoint] > 0, profile[.maybeComma] == 0, profile.percentagesFitting(.point) == 0, name != .rates,
      profile.units.allSatisfy({ AmountUnit.hasAtMostTwoDecimals($0.unit) })
    else { return false }
    switch delimiter {
    case UInt8(ascii: ";"): return name == .amounts || isOfCommas && !areThousandsSpaced && !areRatesPointed
    case UInt8(ascii: "\t"): return name == .amounts && isOfCommas
    default: return false
    }
  }
}

/// What whoever opens a file says about the order of the parts of its dates.
struct DateConvention: Sendable {
  /// Of this file.
  var declared: DateOrder?
  /// The project's, for dates that nothing in the file decides.
  var usual: DateOrder?
}
