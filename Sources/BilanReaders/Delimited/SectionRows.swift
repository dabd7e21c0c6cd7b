/// Rows with nothing but a name, which the rows below them belong to:
///
///     Province;Cible;Réalisé
///     Fès-Meknès;;
///     Fès;120;115
///     Meknès;80;84
///     Oriental;;
///     Oujda;60;72
enum SectionRows {
  /// Their records; empty where there are few, or some have no rows below.
  static func find(_ rows: Range<Int>, _ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> [Int] {
    guard index.width >= 2, rows.count >= 4, rows.contains(where: { isAlone($0, index) }) else { return [] }
    var found: [Int] = []
    for record in rows {
      let filled = (0..<index.width).count { !index.isBlank(record, $0, bytes, quote: quote) }
      if filled == 1, !index.isBlank(record, 0, bytes, quote: quote) {
        // One that follows another is a row without values.
        if found.last == record - 1 { return [] }
        found.append(record)
      } else if filled * 2 < index.width || filled < 2 {
        return []
      }
    }
    guard found.count > 1, found.count * 2 <= rows.count, found.last! < rows.upperBound - 1 else { return [] }
    func name(_ record: Int) -> String { FieldText.string(bytes, index.rawRange(record, 0), quote: quote) }
    guard Set(found.map(name)).count == found.count, index.width > 2 || areRepeated(rows, apartFrom: found, name) else {
      return []
    }
    return found
  }

  /// Whether what stands below one heading stands below another too, and below none twice: in two columns a name without a value
  /// may be a row else.
  private static func areRepeated(_ rows: Range<Int>, apartFrom headings: [Int], _ name: (Int) -> String) -> Bool {
    guard headings.first == rows.lowerBound else { return false }
    var seen: Set<String> = []
    var isRepeated = false
    for (place, heading) in headings.enumerated() {
      let end = place + 1 < headings.count ? headings[place + 1] : rows.upperBound
      let names = (heading + 1..<end).map(name)
      guard Set(names).count == names.count else { return false }
      isRepeated = isRepeated || names.contains(where: seen.contains)
      seen.formUnion(names)
    }
    return isRepeated
  }

  /// Whether delimiters alone follow the first cell, which no row of most tables has.
  private static func isAlone(_ record: Int, _ index: RecordIndex) -> Bool {
    index.rawRange(record, index.width - 1).upperBound - index.rawRange(record, 0).upperBound < index.width
  }
}
