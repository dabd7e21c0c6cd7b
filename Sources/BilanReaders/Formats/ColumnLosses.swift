import BilanColumnar
import BilanDiagnostics

/// Makes columns of what binary formats hold, and counts what a column of Bilan cannot keep of it.
package struct ColumnLosses: Sendable {
  /// Whole numbers beyond 64 bits, missing.
  package var tooLargeCount = 0
  /// Infinite numbers, missing.
  package var infiniteCount = 0
  /// Decimals of more than 15 digits, read as the nearest double.
  package var inexactCount = 0
  /// Times of day, dropped.
  package var timeCount = 0
  /// Days beyond the years that dates have, missing.
  package var farDayCount = 0

  package init() {}

  /// The notes on a column.
  ///
  /// - Parameters:
  ///   - isZoned: the values are instants of the world, and not what some clock showed.
  ///   - zone: where their days are taken, if the file says so.
  package func notes(label: String, isZoned: Bool = false, zone: InstantZone? = nil) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    /// - Parameters:
    ///   - one: what a single value is, which is missing.
    ///   - many: what several are.
    func missing(_ count: Int, one: Localized, many: Localized, _ code: DiagnosticCode) {
      guard count > 0 else { return }
      notes.append(
        .note(
          code,
          count == 1
            ? Localized(
              "1 value of column `\(label)` is \(one.english) and is missing",
              fr: "1 valeur de la colonne `\(label)` est \(one.french) et est manquante")
            : Localized(
              "\(count) values of column `\(label)` are \(many.english) and are missing",
              fr: "\(count) valeurs de la colonne `\(label)` sont \(many.french) et sont manquantes"), count: count))
    }
    missing(
      tooLargeCount, one: Localized("a whole number beyond 64 bits", fr: "un entier au-delà de 64 bits"),
      many: Localized("whole numbers beyond 64 bits", fr: "des entiers au-delà de 64 bits"), .inexactValues)
    missing(
      infiniteCount, one: Localized("infinite", fr: "infinie"), many: Localized("infinite", fr: "infinies"),
      .unreadableValues)
    missing(
      farDayCount, one: Localized("a day beyond the year 9999", fr: "un jour au-delà de l’an 9999"),
      many: Localized("days beyond the year 9999", fr: "des jours au-delà de l’an 9999"), .unreadableValues)
    if inexactCount > 0 { notes.append(Self.inexactNote(inexactCount, label: label)) }
    if timeCount > 0 {
      let place = isZoned ? Self.place(zone) : Localized(verbatim: "")
      notes.append(
        .note(
          .timeOfDayDropped,
          Localized(
            "column `\(label)` holds times of day, which are dropped: only the date is kept"
              + place.english,
            fr: "la colonne `\(label)` contient des heures, qui sont écartées : seule la date est gardée"
              + place.french), count: timeCount))
    }
    return notes
  }

  /// Numbers of more digits than a double has.
  static func inexactNote(_ count: Int, label: String) -> Diagnostic {
    .note(
      .inexactValues,
      count == 1
        ? Localized(
          "1 value of column `\(label)` has more than 15 digits and is read as the nearest double",
          fr: "1 valeur de la colonne `\(label)` a plus de 15 chiffres et est lue comme le réel double le plus proche")
        : Localized(
          "\(count) values of column `\(label)` have more than 15 digits and are read as the nearest double",
          fr: "\(count) valeurs de la colonne `\(label)` ont plus de 15 chiffres et sont lues comme le réel "
            + "double le plus proche"), count: count)
  }

  /// Where the days of instants are taken, as the end of a sentence.
  private static func place(_ zone: InstantZone?) -> Localized {
    guard let zone, ZoneOffset.fixed(zone.name) != 0 else { return Localized(", in UTC", fr: ", en UTC") }
    if zone.isKnown { return Localized(", in the time zone \(zone.name)", fr: ", dans le fuseau horaire \(zone.name)") }
    return Localized(
      ", in UTC, as this system does not know the time zone `\(zone.name)`",
      fr: ", en UTC, car ce système ne connaît pas le fuseau horaire `\(zone.name)`")
  }

  // MARK: Columns

  /// Whole numbers without a sign: those beyond 2^63 are missing.
  package mutating func unsigned(_ values: [UInt64], _ validity: Bitmap?) -> Column {
    var isKept = [Bool](repeating: true, count: values.count)
    for row in values.indices where values[row] > Int64.max && validity?[row] ?? true {
      isKept[row] = false
      tooLargeCount += 1
    }
    return .integer(
      IntegerColumn(
        Buffer(count: values.count) { Int64(truncatingIfNeeded: values[$0]) }, validity: Self.and(validity, isKept)))
  }

  /// Reals: no number (NaN) is missing, as those who write it mean.
  package mutating func reals(_ values: [Double], _ validity: Bitmap?) -> Column {
    var isKept = [Bool](repeating: true, count: values.count)
    var isWhole = true
    for row in values.indices where !values[row].isFinite {
      isWhole = false
      isKept[row] = false
      if values[row].isInfinite, validity?[row] ?? true { infiniteCount += 1 }
    }
    return .real(PrimitiveColumn(Buffer(values), validity: isWhole ? validity : Self.and(validity, isKept)))
  }

  /// The days that dates have.
  package static let knownDays = firstDay...lastDay

  /// The day of an instant.
  package static func day(of instant: Int64, unitsPerDay: Int64) -> Int64 {
    let (quotient, remainder) = instant.quotientAndRemainder(dividingBy: unitsPerDay)
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static let firstDay = Int64(CalendarDate(year: -9999, month: 1, day: 1)!.days)
  private static let lastDay = Int64(CalendarDate(year: 9999, month: 12, day: 31)!.days)

  /// Dates by their days since 1970.
  package mutating func dates(_ days: [Int64], _ validity: Bitmap?) -> Column {
    guard days.contains(where: { $0 < Self.firstDay || $0 > Self.lastDay }) else {
      return .integer(IntegerColumn(Buffer(days), validity: validity))
    }
    var (days, isKept) = (days, [Bool](repeating: true, count: days.count))
    for row in days.indices where days[row] < Self.firstDay || days[row] > Self.lastDay {
      if validity?[row] ?? true { farDayCount += 1 }
      days[row] = 0
      isKept[row] = false
    }
    return .integer(IntegerColumn(Buffer(days), validity: Self.and(validity, isKept)))
  }

  /// Dates of instants, by their time since 1970.
  ///
  /// - Parameters:
  ///   - unitsPerDay: 86,400 for seconds.
  ///   - zone: where their days are taken; nil for UTC.
  package mutating func instants(
    _ values: [Int64], unitsPerDay: Int64, zone: InstantZone? = nil, _ validity: Bitmap?
  ) -> Column {
    var days = values
    let unitsPerSecond = unitsPerDay / 86_400
    // Clocks are changed twice a year at most, and values near one another come one after the other.
    var (offset, stretch): (Int64, Range<Int64>) = (0, 0..<0)
    for row in values.indices {
      var value = values[row]
      if let zone, Self.knownDays.contains(Self.day(of: value, unitsPerDay: unitsPerDay)) {
        let second = Self.day(of: value, unitsPerDay: unitsPerSecond)
        if !stretch.contains(second) { (offset, stretch) = zone.offset(at: second) }
        // Nanoseconds end in the year 2262; what would go over it stays in UTC.
        let (moved, overflows) = value.addingReportingOverflow(offset * unitsPerSecond)
        if !overflows { value = moved }
      }
      days[row] = Self.day(of: value, unitsPerDay: unitsPerDay)
      if days[row] &* unitsPerDay != value, validity?[row] ?? true { timeCount += 1 }
    }
    return dates(days, validity)
  }

  /// Decimals, each a whole number divided by `10^scale`.
  ///
  /// - Parameter isInteger: makes integers of them, where the scale is 0 and they have at most 18 digits.
  package mutating func decimals(
    count: Int, scale: Int, isInteger: Bool, _ validity: Bitmap?, _ unscaled: (Int) -> WideInteger
  ) -> Column {
    if isInteger {
      var values = [Int64](repeating: 0, count: count)
      var isKept = [Bool](repeating: true, count: count)
      for row in 0..<count where validity?[row] ?? true {
        if let value = unscaled(row).int64 {
          values[row] = value
        } else {
          isKept[row] = false
          tooLargeCount += 1
        }
      }
      return .integer(IntegerColumn(Buffer(values), validity: Self.and(validity, isKept)))
    }
    var values = [Double](repeating: 0, count: count)
    for row in 0..<count where validity?[row] ?? true {
      let (value, isExact) = unscaled(row).real(scale: scale)
      values[row] = value
      if !isExact { inexactCount += 1 }
    }
    return reals(values, validity)
  }

  private static func and(_ validity: Bitmap?, _ isKept: [Bool]) -> Bitmap? {
    if isKept.allSatisfy({ $0 }) { return validity }
    return Bitmap(count: isKept.count) { isKept[$0] && validity?[$0] ?? true }
  }
}

/// A whole number of any width, as decimals are stored.
package struct WideInteger: Sendable {
  /// Where it fits.
  package var int64: Int64?
  private var isNegative: Bool
  /// 32 bits each, the lowest first; empty where `int64` has it.
  private var magnitude: [UInt32]

  package init(_ value: Int64) {
    int64 = value
    isNegative = value < 0
    magnitude = []
  }

  /// From two's complement, the lowest byte first.
  package init(littleEndian count: Int, _ byte: (Int) -> UInt8) {
    let sign: UInt8 = count > 0 && byte(count - 1) >> 7 == 1 ? 0xFF : 0
    isNegative = sign != 0
    var low: UInt64 = 0
    for index in 0..<8 { low |= UInt64(index < count ? byte(index) : sign) << UInt64(8 * index) }
    let value = Int64(bitPattern: low)
    if (value < 0) == isNegative, count <= 8 || (8..<count).allSatisfy({ byte($0) == sign }) {
      int64 = value
      magnitude = []
      return
    }
    int64 = nil
    magnitude = [UInt32](repeating: 0, count: (count + 3) / 4)
    var carry: UInt32 = isNegative ? 1 : 0
    for word in magnitude.indices {
      var bits: UInt32 = 0
      for index in 0..<4 {
        let place = word * 4 + index
        bits |= UInt32(place < count ? byte(place) : sign) << UInt32(8 * index)
      }
      if isNegative {
        let (sum, overflows) = (~bits).addingReportingOverflow(carry)
        bits = sum
        carry = overflows ? 1 : 0
      }
      magnitude[word] = bits
    }
  }

  /// The number divided by `10^scale` as the nearest double, and whether fewer than 16 digits had to be kept.
  package func real(scale: Int) -> (value: Double, isExact: Bool) {
    if let int64 {
      let isShort = int64.magnitude < 1_000_000_000_000_000
      // Both are exact doubles, so their quotient is the nearest to the decimal.
      if isShort, (0...15).contains(scale) {
        return (Double(int64) / Decimals(digits: scale, greatest: 0).scale, true)
      }
      return (Double("\(int64)e\(-scale)") ?? 0, isShort)
    }
    return (Double("\(isNegative ? "-" : "")\(digits)e\(-scale)") ?? 0, false)
  }

  /// The magnitude in decimal digits.
  private var digits: String {
    var words = magnitude
    var groups: [UInt32] = []
    while words.contains(where: { $0 != 0 }) {
      var remainder: UInt64 = 0
      for index in words.indices.reversed() {
        let value = remainder << 32 | UInt64(words[index])
        words[index] = UInt32(value / 1_000_000_000)
        remainder = value % 1_000_000_000
      }
      groups.append(UInt32(remainder))
    }
    return groups.reversed().map { group in
      let text = String(group)
      return String(repeating: "0", count: 9 - text.count) + text
    }.joined()
  }
}
