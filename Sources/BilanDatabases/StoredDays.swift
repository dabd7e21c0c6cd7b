#if Databases
  import BilanColumnar
  import BilanDiagnostics

  /// Days that a database stores as numbers, in a column that is declared to hold dates: SQLite has no type for them.
  enum StoredDays {
    /// How they are counted.
    case julianDays, seconds, milliseconds
    /// Not at all: year, month and day in one number, `20190102`.
    case digits

    /// From 1900 to 2100, and for what counts from 1970, from 1973 on: smaller numbers may count anything.
    private static let julian = 2_415_020.0...2_488_070.0
    private static let unix = 1e8...4.2e9
    private static let written = 19_000_101.0...21_001_231.0

    /// Of these numbers; nil where some of them is no such day.
    init?(_ values: some Sequence<Double>) {
      var candidates: [StoredDays] = [.julianDays, .seconds, .milliseconds, .digits]
      for value in values {
        candidates.removeAll { !$0.holds(value) }
        if candidates.isEmpty { return nil }
      }
      guard let first = candidates.first, candidates.count == 1 else { return nil }
      self = first
    }

    private func holds(_ value: Double) -> Bool {
      range.contains(value) && (self != .digits || Self.day(written: value) != nil)
    }

    /// The day whose digits a number has; nil where they are those of none.
    private static func day(written value: Double) -> CalendarDate? {
      guard let number = Int(exactly: value) else { return nil }
      return CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private var range: ClosedRange<Double> {
      switch self {
      case .julianDays: Self.julian
      case .seconds: Self.unix
      case .milliseconds: Self.unix.lowerBound * 1000...Self.unix.upperBound * 1000
      case .digits: Self.written
      }
    }

    /// Days since 1970 in UTC, with what is left of the last.
    private func days(_ value: Double) -> Double {
      switch self {
      // They begin at noon.
      case .julianDays: value - 2_440_587.5
      case .seconds: value / 86_400
      case .milliseconds: value / 86_400_000
      case .digits: Self.day(written: value).map { Double($0.days) } ?? 0
      }
    }

    func day(_ value: Double) -> Int { Int(days(value).rounded(.down)) }

    /// Whether a value is later than midnight, by more than a double of a Julian day is off.
    func hasTime(_ value: Double) -> Bool { days(value) - days(value).rounded(.down) > 1e-6 }

    var evidence: Localized {
      switch self {
      case .julianDays: Localized("Julian days", fr: "jours juliens")
      case .seconds: Localized("seconds since 1970", fr: "secondes depuis 1970")
      case .milliseconds: Localized("milliseconds since 1970", fr: "millisecondes depuis 1970")
      case .digits: Localized("the digits of year, month and day", fr: "chiffres de l’année, du mois et du jour")
      }
    }
  }
#endif
