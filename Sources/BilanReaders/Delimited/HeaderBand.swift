import BilanColumnar
import BilanDiagnostics

/// A header in two rows: groups such as years or sexes, each over the names of several columns.
///
///     ;Femmes;;Hommes;
///     Région;cible;réalisé;cible;réalisé
///
/// The names of the columns may be years and periods: `Cible;;Réalisé;` over `2019;2020;2019;2020`.
enum HeaderBand {
  /// What stands between a group and the name of a column.
  static let joiner = " – "

  /// Records below the header that are looked at.
  private static let sampleRecords = 200

  /// How many of the first records are such a header: two, three where wider groups stand above, or where the rows have a name
  /// in a line of its own; nil where they are none.
  static func rowCount(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) -> Int? {
    guard index.width >= 3, index.count >= 3 else { return nil }
    func cells(_ record: Int) -> [String] { index.cells(ofRecord: record, bytes, quote: dialect.quote) }
    if let count = PivotHeader.rowCount((0..<min(index.count, PivotHeader.sampleRows)).map(cells)) { return count }
    if areTimesUnderNames(bytes, index, dialect: dialect) { return 2 }
    if index.count >= 4, areWider(cells(0), over: cells(1), cells(2), below: cells(3)),
      isThere(bytes, index, dialect: dialect, at: 1)
    {
      return 3
    }
    guard isThere(bytes, index, dialect: dialect) else { return nil }
    return index.count >= 4 && nameRows(cells(2), below: cells(0), cells(1)) ? 3 : 2
  }

  /// Whether cells are texts or years over several groups of the next row, each with a gap behind it or once more.
  ///
  /// - Parameters:
  ///   - names: the row below those.
  ///   - below: the row below the names, which holds none of them.
  private static func areWider(_ wide: [String], over groups: [String], _ names: [String], below: [String]) -> Bool {
    let starts = wide.indices.filter {
      !wide[$0].isEmpty && ($0 == 0 || wide[$0] != wide[$0 - 1]) && !groups[$0].isEmpty
    }
    // One alone over everything is a title, unless it stands beside names of the rows, which go on down, or over each column.
    let isAlone = starts.count == 1
    let hasNames = isAlone && wide.indices.contains { !wide[$0].isEmpty && groups[$0].isEmpty && names[$0].isEmpty }
    let isOverEach =
      isAlone && wide.indices.allSatisfy { $0 < starts[0] || wide[$0] == wide[starts[0]] && names[$0] != below[$0] }
    guard starts.count >= 2 || hasNames || isOverEach, wide.allSatisfy({ !isQuantity($0) }),
      !groups.contains(where: isQuantity)
    else {
      return false
    }
    return zip(starts, starts.dropFirst() + [wide.count]).allSatisfy { start, end in
      Set(groups[start..<end].filter { !$0.isEmpty }).count >= 2
        && wide[start..<end].allSatisfy { $0.isEmpty || $0 == wide[start] }
    }
  }

  /// Whether a row has nothing but names over columns without any above, as pandas writes what the rows are called.
  private static func nameRows(_ row: [String], below first: [String], _ second: [String]) -> Bool {
    let named = row.indices.filter { !row[$0].isEmpty }
    return !named.isEmpty
      && named.allSatisfy { first[$0].isEmpty && second[$0].isEmpty && !HeaderGuess.isTyped(row[$0]) }
      && first.indices.allSatisfy { row[$0].isEmpty == !(first[$0].isEmpty && second[$0].isEmpty) }
  }

  /// Whether two records are such a header, the first two of the file or those below a row of wider groups.
  ///
  /// The first has gaps beside what it names, or repeats it, the second holds names only, and these stand over values of
  /// another kind or repeat from group to group. Years are names where those of a group follow one another and the cells
  /// below are not years as well.
  private static func isThere(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect, at start: Int = 0) -> Bool {
    let (first, second) = (
      index.cells(ofRecord: start, bytes, quote: dialect.quote),
      index.cells(ofRecord: start + 1, bytes, quote: dialect.quote)
    )
    if start == 0, isOfSurvey(first, second, below: { below($0, bytes, index, dialect) }) { return true }
    let groups = first.indices.filter { !first[$0].isEmpty && ($0 == 0 || first[$0 - 1] != first[$0]) }
    // A group spans at least two columns: the one that names it, and one that repeats it or has a gap there, with a name
    // of its own.
    let spans = groups.filter {
      $0 + 1 < first.count && (first[$0 + 1].isEmpty || first[$0 + 1] == first[$0]) && !second[$0].isEmpty
        && !second[$0 + 1].isEmpty
    }
    let isOverTimes = areRowsOfTimes(spans, first, second)
    guard !spans.isEmpty,
      spans.count * 2 > groups.filter({ !["", first[$0]].contains(second[$0]) }).count || isOverTimes,
      // What names the rows may have no name itself, and between tables side by side a column is blank.
      first.indices.allSatisfy({
        $0 == 0 || !first[$0].isEmpty || !second[$0].isEmpty || $0 > (groups.last ?? 0)
          || below($0, bytes, index, dialect, from: start + 2).allSatisfy(\.isEmpty)
      }),
      first.allSatisfy({ !isQuantity($0) })
    else { return false }
    if second.contains(where: HeaderGuess.isTyped) {
      // A text under a name of one column makes a row of values: `Ville;Cible;` over `Fès;2019`; unless the years go on by
      // one in every group, as no values do.
      let areTimes =
        (groups.allSatisfy({ spans.contains($0) || second[$0].isEmpty }) || isOverTimes)
        && areTimesOfGroups(first, second) && !areTimesBelow(second, bytes, index, dialect, from: start + 2)
      guard areTimes || areNumbersOfParts(first, second) else { return false }
    }
    let names = spans.flatMap { [second[$0], second[$0 + 1]] }
    if groups.count > 1, Set(names).count < names.count { return true }
    return (0..<index.width).contains { field in
      guard !second[field].isEmpty else { return false }
      var profile = ColumnProfile(codes: .missing)
      for record in start + 2..<min(index.count, start + 2 + sampleRecords) {
        let range = index.rawRange(record, field)
        profile.observe(bytes.span, range.lowerBound, range.upperBound, quote: dialect.quote)
      }
      let typed = profile.numberCount + profile.dates.yearFirst + profile.dates.dayFirst + profile.periods.count
      return profile.valueCount > 0 && typed * 2 > profile.valueCount
    }
  }

  /// Whether what the second row holds beside texts are years that ascend or descend, or periods, in each group of the
  /// first, which holds none: names of columns, and no values.
  private static func areTimesOfGroups(_ first: [String], _ second: [String]) -> Bool {
    guard HeaderGuess.areNames(second.filter { !$0.isEmpty }),
      !first.contains(where: { HeaderGuess.isTyped($0) })
    else { return false }
    var (group, times): (String?, [String]) = (nil, [])
    var count = 0
    func areInOrder(_ times: [String]) -> Bool {
      let years = times.compactMap { Int($0) }
      // Periods have many spellings; that they differ is enough.
      guard years.count == times.count else { return Set(times).count == times.count }
      let pairs = zip(years, years.dropFirst())
      return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }
    }
    for place in second.indices {
      if !first[place].isEmpty, first[place] != group {
        guard areInOrder(times) else { return false }
        (group, times) = (first[place], [])
      }
      guard HeaderGuess.isTyped(second[place]) else { continue }
      // A year without a group above is a value as likely as a name.
      guard group != nil else { return false }
      times.append(second[place])
      count += 1
    }
    return count >= 2 && areInOrder(times)
  }

  /// Whether what the second row holds is 1, 2, 3… under groups that have gaps beside them, as quarters and weeks are
  /// numbered, and nothing, or the same name, under what names the rows.
  private static func areNumbersOfParts(_ first: [String], _ second: [String]) -> Bool {
    var (number, gaps) = (0, 0)
    for place in second.indices {
      let isNew = !first[place].isEmpty && (place == 0 || first[place] != first[place - 1])
      if second[place].isEmpty || second[place] == first[place] {
        guard isNew, number != 1 else { return false }
        number = 0
        continue
      }
      if isNew { number = 0 }
      guard Int(second[place]) == number + 1, !isNew || number == 0, place > 0 else { return false }
      number += 1
      gaps += isNew ? 0 : 1
    }
    return gaps >= 2 && number != 1
  }

  /// Whether each group stands over two or more years, one after the other, or over as many periods.
  private static func areRowsOfTimes(_ spans: [Int], _ first: [String], _ second: [String]) -> Bool {
    spans.allSatisfy { start in
      let end = first.indices.first { $0 > start && !first[$0].isEmpty && first[$0] != first[start] } ?? first.count
      let times = second[start..<end].filter { !$0.isEmpty }
      return times.allSatisfy(HeaderGuess.isTyped) && TimeNames.followOneAnother(times)
    }
  }

  /// Whether every column under a year or a period of the second row holds such values itself.
  private static func areTimesBelow(
    _ second: [String], _ bytes: [UInt8], _ index: RecordIndex, _ dialect: Dialect, from first: Int
  ) -> Bool {
    second.indices.filter { HeaderGuess.isTyped(second[$0]) }.allSatisfy { place in
      below(place, bytes, index, dialect, from: first).allSatisfy {
        $0.isEmpty || (HeaderGuess.isTyped($0) && HeaderGuess.areNames([$0]))
      }
    }
  }

  /// The cells of a column from a record on.
  private static func below(
    _ place: Int, _ bytes: [UInt8], _ index: RecordIndex, _ dialect: Dialect, from first: Int = 2
  ) -> [String] {
    (first..<max(first, min(index.count, first + sampleRecords))).map {
      FieldText.string(bytes, index.rawRange($0, place), quote: dialect.quote)
    }
  }

  /// The names of the columns that some records give together, from the top.
  static func names(_ records: Range<Int>, _ bytes: [UInt8], _ index: RecordIndex, _ dialect: Dialect) -> [String] {
    let rows = records.map { index.cells(ofRecord: $0, bytes, quote: dialect.quote) }
    guard rows.count > 1 else { return rows.first ?? [] }
    let more = records.upperBound..<min(index.count, records.upperBound + 1)
    if PivotHeader.rowCount(rows + more.map { index.cells(ofRecord: $0, bytes, quote: dialect.quote) }) == rows.count {
      return PivotHeader.names(rows, joiner: joiner)
    }
    if rows.count == 2, index.width >= 3, isOfSurvey(rows[0], rows[1], below: { below($0, bytes, index, dialect) }) {
      return surveyNames(rows[0], rows[1])
    }
    var names = rows[rows.count - 1].map(enclosedTime)
    for upper in rows.dropLast().reversed() { names = joined(upper, names) }
    return names
  }

  /// Puts each group before the names of the columns that it spans.
  private static func joined(_ groups: [String], _ names: [String]) -> [String] {
    let starts = groups.indices.filter { !groups[$0].isEmpty && !names[$0].isEmpty }
    // Where all groups but the last are equally wide, so is the last: what follows it has a name of its own, unless that
    // goes on with years.
    let widths = zip(starts, starts.dropFirst()).map { $1 - $0 }
    let usual = Set(widths).count == 1 ? widths[0] : Int.max
    var group = ""
    var span = 0
    return names.indices.map { place in
      if !groups[place].isEmpty { (group, span) = (groups[place], 0) }
      defer { span += 1 }
      if names[place].isEmpty {
        // A name in the upper row alone is whole, and ends the group before it.
        defer { group = "" }
        return groups[place]
      }
      if groups[place] == names[place] { return names[place] }
      let goesOn = place > 0 && HeaderGuess.isTyped(names[place]) && HeaderGuess.isTyped(names[place - 1])
      return group.isEmpty || (span >= usual && !goesOn) ? names[place] : group + joiner + names[place]
    }
  }

  /// A number that is no year: a value, and not the name of a group.
  private static func isQuantity(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let shape = NumberShape.scan(bytes.span, 0, bytes.count) else { return false }
    return !(shape.kind == .integer && shape.digitCount == 4 && !shape.isNegative)
  }
}
