import BilanColumnar

/// A row under the names that says what the numbers below are measured in.
///
///     Région;Population;Dépenses
///     ;(persons);(MAD)
///
/// Words without parentheses are units where all cells of the row are: `;habitants;km²`.
enum UnitsRow {
  /// Records below that are looked at.
  private static let sampleRecords = 200

  /// The units by column where the second record is such a row; nil where it is none.
  static func units(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) -> [Int: String]? {
    guard index.width >= 2, index.count >= 3 else { return nil }
    let names = index.cells(ofRecord: 0, bytes, quote: dialect.quote)
    let cells = index.cells(ofRecord: 1, bytes, quote: dialect.quote)
    // What tells columns of one name apart is a part of their names.
    let named = cells.indices.filter { !cells[$0].isEmpty }.map { names[$0] }
    guard Set(named).count == named.count else { return nil }
    var units: [Int: String] = [:]
    for place in cells.indices where !cells[place].isEmpty {
      // What stands over the names of the rows says what the row is.
      if place == 0, ["unite", "unites", "unit", "units"].contains(TextFolding.fold(cells[0])) { continue }
      guard !names[place].isEmpty, let unit = unit(cells[place]) ?? bareUnit(cells[place]),
        areNumbers(below: place, bytes, index, dialect)
      else {
        return nil
      }
      units[place] = unit
    }
    return units.isEmpty ? nil : units
  }

  private static func areNumbers(
    below place: Int, _ bytes: [UInt8], _ index: RecordIndex, _ dialect: Dialect
  ) -> Bool {
    var profile = ColumnProfile(codes: .missing)
    for record in 2..<min(index.count, 2 + sampleRecords) {
      let range = index.rawRange(record, place)
      profile.observe(bytes.span, range.lowerBound, range.upperBound, quote: dialect.quote)
    }
    return profile.valueCount > 0 && profile.numberCount == profile.valueCount
  }

  /// Words that numbers are measured or counted in, without accents.
  private static let words = WordList(
    """
    % an annee annees ans cm count day days dirhams dollars effectif effectifs emplois etp euros fte gwh ha hab habitant
    habitants hectare hectares heure heures hl hour hours households index indice inhabitants jobs jour jours kg km km2
    km² kw kwh liters litre litres m2 m3 menages meters metre metres min minute minutes mm mois month months mw mwh m²
    m³ nb nombre number people person personne personnes persons points pp quintal quintaux qx rate ratio seconde
    secondes seconds taux tep toe tonne tonnes tons twh unit unite unites units year years °c ‰
    """)
  private static let multipliers = WordList(
    """
    billion billions centaines md mds mille milliard milliards millier milliers million millions mio mrd thousand
    thousands
    """)
  /// What may stand between them.
  private static let links = WordList("d de des en et in l of par per pour x")

  /// What a cell says: a currency or a percent sign, or a unit in parentheses. A letter or a number there is the mark of a
  /// footnote, or counts the columns; other words, `(provisoire)`, say something else of them.
  private static func unit(_ cell: String) -> String? {
    if let unit = known(cell) { return unit }
    let isEnclosed = cell.hasPrefix("(") && cell.hasSuffix(")") || cell.hasPrefix("[") && cell.hasSuffix("]")
    guard isEnclosed, cell.utf8.count <= 40 else { return nil }
    let inner = FieldText.trimmed(String(cell.dropFirst().dropLast()))
    if let unit = known(inner) { return unit }
    guard inner.count >= 2, !HeaderGuess.isTyped(inner), !CodeList.missing.contains(inner) else { return nil }
    // `% du PIB`
    return inner.hasPrefix("% ") || isOfUnits(inner) ? inner : nil
  }

  /// Words of units alone: what stands over numbers and is no number is none of them.
  private static func bareUnit(_ cell: String) -> String? {
    cell.utf8.count <= 40 && cell.contains(where: { $0.isLetter || $0 == "%" }) && !CodeList.missing.contains(cell)
      && (cell.hasPrefix("% ") || isOfUnits(cell)) ? cell : nil
  }

  /// Whether every word of a text is of a unit, `milliers de personnes`, `USD million`, `pour 1000 habitants`.
  private static func isOfUnits(_ text: String) -> Bool {
    let parts = text.split { $0.isWhitespace || "/.,'’-*".contains($0) }.map(String.init)
    var hasUnit = false
    for part in parts {
      let word = TextFolding.fold(part)
      if words.contains(word) || multipliers.contains(word) || known(part) != nil {
        hasUnit = true
      } else if !links.contains(word), !part.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
        return false
      }
    }
    return hasUnit
  }

  private static func known(_ text: String) -> String? { text == "%" ? text : AmountUnit.unit(spelled: text) }
}
