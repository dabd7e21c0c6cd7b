import BilanDiagnostics

/// How numbers are written for people in a language.
package struct NumberStyle: Sendable {
  /// Between thousands.
  var grouping: String
  package var point: String
  /// After the number.
  var percent: String

  package init(language: Language, unicode: Bool) {
    switch language {
    case .english:
      grouping = ","
      point = "."
      percent = "%"
    case .french:
      grouping = unicode ? "\u{202F}" : " "
      point = ","
      percent = unicode ? "\u{202F}%" : " %"
    }
  }

  /// `12,000`
  package func count(_ value: Int) -> String {
    DecimalNumber(Int64(value)).text(decimals: 0, grouping: grouping, point: "")
  }
}

/// The common format of a column of numbers: how many decimals all of them get.
///
/// Numbers get what the largest needs: 2 decimals from 100 up, 4 significant digits below, none where all are whole.
/// Percentages get none, or 1 where all are below 10%, or up to 2 where rounding would turn a value into 100%.
/// A value that is not zero, or not 100%, and would look so nevertheless gets more decimals of its own.
struct NumberFormat {
  private let style: NumberStyle
  private let isPercent: Bool
  private let decimals: Int

  init(_ numbers: [DecimalNumber], isPercent: Bool, _ style: NumberStyle) {
    self.style = style
    self.isPercent = isPercent
    let numbers = isPercent ? numbers.map { $0.shifted(by: 2) } : numbers
    var limit = isPercent ? Self.percentDecimals(numbers) : Self.plainDecimals(numbers)
    // Only as many as the rounded values use: 2.50 and 3.00 are 2.5 and 3.0.
    limit = numbers.reduce(0) { max($0, $1.rounded(to: limit).decimalCount) }
    decimals = limit
  }

  private static func plainDecimals(_ numbers: [DecimalNumber]) -> Int {
    let position = numbers.map(\.pointPosition).max() ?? 0
    return position >= 3 ? 2 : min(9, 4 - position)
  }

  private static func percentDecimals(_ numbers: [DecimalNumber]) -> Int {
    var decimals = numbers.allSatisfy { $0.isZero || $0.pointPosition <= 1 } ? 1 : 0
    while decimals < 2, numbers.contains(where: { looksWhole($0, decimals) }) { decimals += 1 }
    return decimals
  }

  /// True where rounding would make 100% of what is less or more.
  private static func looksWhole(_ number: DecimalNumber, _ decimals: Int) -> Bool {
    let rounded = number.rounded(to: decimals)
    return rounded != number && rounded.digits == [1] && rounded.pointPosition == 3 && !isNoise(number)
  }

  /// True for 99.99999999999999: what floating-point sums leave of a whole.
  private static func isNoise(_ number: DecimalNumber) -> Bool {
    let near = number.rounded(to: 9)
    return near.digits == [1] && near.pointPosition == 3
  }

  func text(_ number: DecimalNumber) -> String {
    let number = isPercent ? number.shifted(by: 2) : number
    if !isPercent, number.pointPosition > 21 { return number.rounded(to: 4 - number.pointPosition).scientificText }
    var rounded = number.rounded(to: decimals)
    if rounded.isZero, !number.isZero {
      // Far too small for the column: its first digits, with as many decimals as they take.
      if number.pointPosition < -9 { return number.rounded(to: 3 - number.pointPosition).scientificText + suffix }
      rounded = number.rounded(to: 2 - number.pointPosition)
    }
    if isPercent {
      var places = decimals
      while Self.looksWhole(number, places), places < 9 { places += 1 }
      if places > decimals { rounded = number.rounded(to: places) }
    }
    return rounded.text(decimals: decimals, grouping: style.grouping, point: style.point) + suffix
  }

  private var suffix: String { isPercent ? style.percent : "" }
}
