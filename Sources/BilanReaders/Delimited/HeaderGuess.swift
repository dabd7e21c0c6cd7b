import BilanColumnar
import BilanDiagnostics

/// Whether the first record of a file names the columns.
struct HeaderGuess {
  var hasHeader: Bool
  var evidence: Localized

  /// Records compared with the first.
  private static let sampleRecords = 1000

  /// Compares the first record with those after it: names are texts over columns of other types.
  init(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) {
    let first = (0..<index.width).map {
      FieldText.string(bytes, index.rawRange(0, $0), quote: dialect.quote)
    }
    let last = min(index.count, 1 + Self.sampleRecords)
    var below: [ColumnProfile] = []
    var firstRepeats = false
    let span = bytes.span
    for field in 0..<index.width {
      var profile = ColumnProfile(codes: .missing)
      let name = first[field]
      for record in 1..<max(1, last) {
        let range = index.rawRange(record, field)
        profile.observe(span, range.lowerBound, range.upperBound, quote: dialect.quote)
        if !firstRepeats, !name.isEmpty, range.count >= name.utf8.count, range.count <= name.utf8.count + 2,
          FieldText.string(bytes, range, quote: dialect.quote) == name
        {
          firstRepeats = true
        }
      }
      below.append(profile)
    }
    let typed = first.map(Self.isTyped)
    if typed.contains(true), !Self.areYearsOrPlaces(first, typed) {
      let place = typed.firstIndex(of: true)!
      hasHeader = false
      evidence = Localized(
        "the first line holds `\(first[place])`, a value and no name",
        fr: "la première ligne contient `\(first[place])`, une valeur et non un nom")
      return
    }
    let context = FileContext(delimiter: dialect.delimiter, profiles: below)
    for field in 0..<index.width where !first[field].isEmpty && !typed[field] {
      let guess = ColumnGuess(below[field], in: context, mark: nil, firstMonth: 1)
      // Codes are kept as text and are no names either.
      guard below[field].valueCount > 0, guess.format != .text || below[field].numberCount * 2 > below[field].valueCount
      else { continue }
      hasHeader = true
      evidence = Localized(
        "`\(first[field])` stands over values of another kind",
        fr: "`\(first[field])` surmonte des valeurs d’une autre nature")
      return
    }
    if typed.contains(true) {
      hasHeader = true
      evidence = Localized("the first line holds years", fr: "la première ligne contient des années")
    } else if firstRepeats {
      hasHeader = false
      evidence = Localized(
        "everything is text and the first line’s occur again below",
        fr: "tout est du texte et ceux de la première ligne se répètent plus bas")
    } else {
      hasHeader = true
      evidence = Localized(
        "everything is text and the first line is not repeated",
        fr: "tout est du texte et la première ligne ne se répète pas")
    }
  }

  /// True for a number, a date, a period or a truth value.
  static func isTyped(_ text: String) -> Bool {
    var profile = ColumnProfile(codes: .missing)
    let bytes = Array(text.utf8)
    profile.observe(bytes.span, 0, bytes.count, quote: 0)
    return profile.numberCount + profile.yearFirstDates + profile.dayFirstDates + profile.monthFirstDates
      + profile.periodCount + profile.booleanCount > 0
  }

  /// Names that are numbers all the same: years and periods after a text, or 0, 1, 2… as pandas writes them.
  private static func areYearsOrPlaces(_ names: [String], _ typed: [Bool]) -> Bool {
    guard let first = typed.first, !first else { return false }
    let values = zip(names, typed).filter(\.1).map(\.0)
    // One number alone is a value as likely as a year.
    guard Set(values).count == values.count, values.count >= 2 else { return false }
    let numbers = values.map { Int($0) }
    if zip(values, numbers).allSatisfy({ text, number in
      if let number { return (1900...2100).contains(number) }
      return text.contains { $0.isLetter || $0 == "-" } && text.contains { $0.isNumber }
    }) {
      return true
    }
    guard numbers.count >= 3 else { return false }
    return numbers.enumerated().allSatisfy { $1 == $0 } || numbers.enumerated().allSatisfy { $1 == $0 + 1 }
  }
}
