import BilanColumnar
import BilanDiagnostics

/// Columns read as numbers.
extension ColumnGuess {
  /// The column read as numbers: which decimal mark, whole or not, percentages or not.
  static func numbers(
    _ profile: ColumnProfile, _ context: FileContext, _ declared: DecimalMark?, _ name: NumberName = .none
  ) -> ColumnGuess {
    var remarks: [Remark] = []
    let mark = declared ?? decimalMark(profile, context, name, &remarks)
    // Where commas separate cells and points stand in other fractions, `1,3` may be two answers to a question.
    if mark == .comma, declared == nil, context.delimiter == UInt8(ascii: ","), context.decimalMark != .comma,
      context.hasPoints,
      profile.numbersNeeding(.comma) > 0
    {
      remarks.append(.strayCommas(count: profile.numbersNeeding(.comma)))
    }
    let fits = profile.numbersFitting(mark)
    let numbers = counted(fits, "number", fr: "nombre")
    var evidence = numbers
    if mark == .comma {
      evidence = Localized("\(numbers.english), decimal comma", fr: "\(numbers.french), virgule décimale")
    }
    if profile.groupedCount > 0 {
      evidence = Localized(
        "\(evidence.english), thousands marked", fr: "\(evidence.french), milliers séparés")
    }
    var misfits = profile.valueCount - fits
    if profile.accountingCount > 0 { remarks.append(.accountingNegatives(count: profile.accountingCount)) }
    let percentages = profile.percentagesFitting(mark)
    if percentages > 0 {
      let bare = fits - percentages - profile.zeroCount
      if profile.marks.contains(.percents), bare > 0 {
        return ColumnGuess(
          .real(mark, isPercent: true),
          Localized(
            "\(percentages + bare) percentages, \(bare) of which by the column’s name",
            fr: "\(percentages + bare) pourcentages, dont \(bare) d’après le nom de la colonne"),
          remarks + [.barePercentages(count: bare)], misfits: misfits)
      }
      if percentages >= bare {
        return ColumnGuess(
          .real(mark, isPercent: true),
          counted(percentages, "percentage", fr: "pourcentage"), remarks, misfits: misfits + bare)
      }
      misfits += percentages
    }
    // A currency is the column's where it is the only one or most have it; the amounts in another are not read.
    let units = profile.units
    let inUnits = units.reduce(0) { $0 + $1.count }
    let bare = fits - inUnits - percentages - (profile.zeroCount - profile.zeroAmounts)
    var unit: String?
    if let first = units.first {
      if units.count == 1, bare > first.count {
        remarks.append(.unitOfFew(first.unit, count: first.count, bare: bare))
      }
      // Amounts in one currency tell what bare numbers beside them are in.
      if units.count == 1 || first.count >= fits - inUnits - profile.zeroCount {
        unit = first.unit
        misfits += inUnits - first.count
        evidence = Localized(
          "\(evidence.english), amounts in \(first.unit)", fr: "\(evidence.french), montants en \(first.unit)")
      } else {
        misfits += inUnits
      }
    }
    if profile.marks.contains(.measures), let measure = profile.marked.measureUnit {
      unit = measure
      evidence = Localized("\(evidence.english), in \(measure)", fr: "\(evidence.french), en \(measure)")
    }
    // A dash beside another currency than the column's is not read.
    if unit == nil { misfits += profile.dashAmounts }
    if profile.barePowers > 0 || profile.smallPowers == profile.valueCount {
      remarks.append(.barePowers(count: profile.barePowers + profile.smallPowers))
    }
    let isReal = profile.hasFractions(mark) || profile.exponentCount > 0
    let inexact = profile.longFractionCount + (isReal ? profile.inexactIntegerCount : 0)
    if inexact > 0 { remarks.append(.inexact(count: inexact)) }
    var guess = ColumnGuess(
      isReal ? .real(mark, isPercent: false) : .integer(mark), evidence, remarks, misfits: misfits)
    guess.unit = unit
    if let unit, AmountUnit.isScaled(unit) { guess.bareAmounts = bare }
    return guess
  }

  /// The mark that most numbers need; where none needs one, what the file's other columns and its delimiter suggest.
  private static func decimalMark(
    _ profile: ColumnProfile, _ context: FileContext, _ name: NumberName, _ remarks: inout [Remark]
  ) -> DecimalMark {
    let point = profile.numbersNeeding(.point)
    let comma = profile.numbersNeeding(.comma)
    if point != comma { return point > comma ? .point : .comma }
    if profile[.maybePoint] == 0, profile[.maybeComma] == 0 { return context.decimalMark ?? .point }
    // Who marks thousands by blanks has the mark for fractions.
    if profile.areThousandsSpaced, (profile[.maybePoint] == 0) != (profile[.maybeComma] == 0) {
      guard profile[.maybePoint] > 0 else { return .comma }
      // Points may mark thousands in numbers of another hand: `12 345` and `9.876`.
      remarks.append(.ambiguousMark(.point, isThousands: false))
      return .point
    }
    if let mark = context.decimalMark {
      // What every number of the column has may be its fraction all the same.
      if profile[.maybePoint] > 0 { remarks.append(.ambiguousMark(.point, isThousands: mark == .comma)) }
      if profile[.maybeComma] > 0 { remarks.append(.ambiguousMark(.comma, isThousands: mark == .point)) }
      return mark
    }
    if profile.areAmountsInThousands, (profile[.maybePoint] == 0) != (profile[.maybeComma] == 0) {
      let mark: DecimalMark = profile[.maybePoint] == 0 ? .point : .comma
      remarks.append(.ambiguousMark(mark == .point ? .comma : .point, isThousands: true))
      return mark
    }
    // Where the comma separates cells, a point is one of fractions.
    if context.delimiter == UInt8(ascii: ";") && profile.arePointsOfThousands
      || context.takesPointsForThousands(profile, name)
    {
      remarks.append(.ambiguousMark(.point, isThousands: true))
      return .comma
    }
    if profile[.maybeComma] > 0, profile[.maybePoint] == 0 {
      // Where the semicolon separates, the comma is usually taken by fractions; in French it marks no thousands.
      let isOfFractions =
        context.delimiter == UInt8(ascii: ";") || context.delimiter == UInt8(ascii: "\t") && context.isOfCommas
      let mark: DecimalMark = isOfFractions ? .comma : .point
      remarks.append(.ambiguousMark(.comma, isThousands: mark == .point))
      return mark
    }
    remarks.append(.ambiguousMark(.point, isThousands: false))
    return .point
  }
}
