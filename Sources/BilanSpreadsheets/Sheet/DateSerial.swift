#if Spreadsheets
  import BilanColumnar

  /// A date or time as spreadsheets count them: days, and parts of a day, since an origin.
  struct DateSerial {
    let countsFrom1904: Bool

    /// Days from 1970-01-01 to the day before 1900-01-01, and to 1904-01-01.
    private static let (dayBefore1900, firstOf1904) = (-25_568, -24_107)
    private static let secondsPerDay = 86_400

    /// The number as a day (`2019-04-15`), with its time where it has one (`2019-04-15 14:30:00`), or as a time alone where
    /// it counts no day (`14:30:00`); nil where it means no date that spreadsheets have.
    ///
    /// In the system of 1900 the serial 60 is `1900-02-29`, a day that never was: it is given as such, and is then no
    /// date to whoever reads it.
    func text(_ serial: Double, _ kind: NumberFormatKind) -> String? {
      guard serial >= 0, serial < 2_958_466 else { return nil }
      // Seconds are what is meant: 0.1 of a day is no exact binary fraction.
      let seconds = Int((serial * Double(Self.secondsPerDay)).rounded())
      if kind == .elapsed { return Self.time(seconds) }
      let (day, time) = (seconds / Self.secondsPerDay, seconds % Self.secondsPerDay)
      if serial < 1, !countsFrom1904 || kind == .time { return Self.time(seconds) }
      if kind == .time, serial < 100 { return Self.time(seconds) }
      return date(day) + (time == 0 ? "" : " " + Self.time(time))
    }

    private func date(_ day: Int) -> String {
      if countsFrom1904 { return CalendarDate(days: Self.firstOf1904 + day).description }
      switch day {
      case 60: return "1900-02-29"
      case ..<60: return CalendarDate(days: Self.dayBefore1900 + day).description
      default: return CalendarDate(days: Self.dayBefore1900 + day - 1).description
      }
    }

    /// `14:30:00`; more than a day goes on counting hours.
    private static func time(_ seconds: Int) -> String {
      let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
      return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
  }
#endif
