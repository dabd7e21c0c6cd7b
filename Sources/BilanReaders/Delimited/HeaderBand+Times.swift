// Years that each name has in a row of its own:
//
//     Indicateur;Unité;Base;Cible;Réalisé
//     ;;2018;2020;2020
//     Emplois;Nombre;30;200;150

extension HeaderBand {
  /// Whether the second record holds nothing but years or periods, two at least, over columns of numbers, and is blank in those
  /// of words, the first among them: no row of values reads so.
  static func areTimesUnderNames(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) -> Bool {
    let names = index.cells(ofRecord: 0, bytes, quote: dialect.quote)
    let times = index.cells(ofRecord: 1, bytes, quote: dialect.quote)
    let filled = times.indices.filter { !times[$0].isEmpty }
    guard filled.count >= 2, times[0].isEmpty, filled.allSatisfy({ isTime(times[$0]) && !names[$0].isEmpty }),
      Set(names).count == names.count, !names.contains(where: HeaderGuess.isTyped)
    else { return false }
    // Years over years are values.
    func areNumbers(_ place: Int) -> Bool {
      let values = values(below: place, bytes, index, dialect)
      return !values.isEmpty && values.allSatisfy { HeaderGuess.isTyped($0) && !isTime($0) }
    }
    let words = values(below: 0, bytes, index, dialect)
    return filled.contains(where: areNumbers) && !words.isEmpty && !words.contains(where: HeaderGuess.isTyped)
      && filled.allSatisfy { areNumbers($0) || values(below: $0, bytes, index, dialect).isEmpty }
  }

  /// Rows below that are looked at.
  private static let sampleRows = 20

  private static func values(
    below place: Int, _ bytes: [UInt8], _ index: RecordIndex, _ dialect: Dialect
  ) -> [String] {
    (2..<max(2, min(index.count, 2 + sampleRows))).map {
      FieldText.string(bytes, index.rawRange($0, place), quote: dialect.quote)
    }
    .filter { !$0.isEmpty && !CodeList.missing.contains($0) }
  }

  /// A year or a period, perhaps in parentheses.
  private static func isTime(_ cell: String) -> Bool {
    let time = enclosedTime(cell)
    return HeaderGuess.isTyped(time) && HeaderGuess.areNames([time])
  }

  /// What parentheses stand around where that is a year or a period: `(2018)`; else the cell.
  static func enclosedTime(_ cell: String) -> String {
    guard cell.hasPrefix("("), cell.hasSuffix(")"), cell.count > 2 else { return cell }
    let inner = String(cell.dropFirst().dropLast())
    return HeaderGuess.isTyped(inner) && HeaderGuess.areNames([inner]) ? inner : cell
  }
}
