import BilanColumnar
import BilanDiagnostics

/// What there is to say about rows that are sums of others.
extension FileImport {
  /// Says which rows look like totals of others.
  mutating func noteTotals(
    _ rows: Range<Int>, _ profiles: [ColumnProfile], _ plans: [ColumnPlan], _ fields: [Field],
    _ assembly: ColumnAssembly, _ built: inout [Int: Column]
  ) throws(QueryError) {
    guard bytes.count <= TotalRows.fileLimit, options.cells?.isBare != true || options.cells?.mayHaveTotals == true
    else { return }
    // Where every row is of both sexes, that makes none of them a total.
    let labelled = profiles.indices.filter {
      profiles[$0].totalLabels > 0 && profiles[$0].totalLabels < profiles[$0].valueCount
    }
    let numbers = plans.indices.filter { plans[$0].format.type.isNumber }
    guard !numbers.isEmpty else { return }
    var parts: [Int] = []
    if let label = plans.firstIndex(where: { $0.format == .text }) {
      parts = PartRows.find(label, rows, bytes, index, quote: dialect.quote)
      if !parts.isEmpty {
        report.notes.append(ImportNotes.parts(lines: lines(of: parts), of: fields[label], in: name))
      }
    }
    var search = TotalRows(bytes: bytes, index: index, quote: dialect.quote, rows: rows, parts: Set(parts))
    let outlined = try noteOutline(search, profiles, plans, fields, assembly, &built)
    search.parts.formUnion(outlined)
    let statistics = try noteStatistics(search, profiles, plans, fields, assembly, &built)
    search.parts.formUnion(statistics)
    let candidates = search.candidates(labelled)
    let words = plans.indices.filter { !plans[$0].format.type.isNumber }
    let endsBlank = words.contains { profiles[$0].valueCount > 1 } && search.endsBlank(in: words)
    // Columns of words that some rows lack, as subtotals may.
    let gaps = words.filter { plans[$0].format.type == .text && profiles[$0].emptyCount > 0 }
    guard !candidates.isEmpty || endsBlank || !gaps.isEmpty || search.mayHaveTrees else { return }
    var (quantities, columns): ([Column], [Column]) = ([], [])
    // What a row is of: words, and years that are kept as numbers.
    var keys = words
    for place in numbers {
      columns.append(try column(place, plans, assembly, &built))
      if isOfYears(profiles[place]) { keys.append(place) }
      if isOfQuantities(place, profiles, plans), !TotalRows.isNumbering(columns[columns.count - 1]) {
        quantities.append(columns[columns.count - 1])
      }
    }
    var (sums, others, balances) = search.totals(candidates, keys: keys, quantities: quantities, numbers: columns)
    if sums.records.isEmpty {
      let found = gaps.compactMap { gap in
        search.subtotals(without: gap, keys: keys, quantities: quantities).map { (gap: gap, records: $0) }
      }
      // The total of all lacks every word.
      if let most = found.max(by: { $0.records.count < $1.records.count }) {
        hasSubtotals = true
        report.notes.append(
          ImportNotes.subtotals(lines: noteTotals(most.records), without: fields[most.gap], in: name))
        return
      }
    }
    if candidates.isEmpty, endsBlank, search.endsInSums(quantities) {
      let last = noteTotals([rows.upperBound - 1])
      // A column that lacks a value there alone tells it from the others.
      let telling = words.first { fields[$0].type == .text && profiles[$0].emptyCount == 1 }
      report.notes.append(
        ImportNotes.unlabelledTotal(
          line: last[0], condition: telling.map { "where \(fields[$0].handle) is not missing" }, in: name))
      return
    }
    let trees = search.treeTotals(
      quantities, except: Set(sums.records + outlined), called: Set(candidates.map(\.record)))
    if !trees.isEmpty { noteTrees(trees, search, plans, fields) }
    others.remove(trees)
    balances.remove(trees)
    if !balances.records.isEmpty {
      report.notes.append(
        ImportNotes.balances(
          balances, lines: noteTotals(balances.records), condition: search.conditionByLabels(balances, fields), in: name
        ))
    }
    for (found, areSums) in [(sums, true), (others, false)] where !found.records.isEmpty {
      var missing: [Int: Int] = [:]
      for place in found.rowsByColumn.keys where fields[place].type != .text {
        let column = try column(place, plans, assembly, &built)
        missing[place] = (0..<column.count).count { !column.isValid($0) }
      }
      // No condition on labels tells rows without one.
      let whole = search.withRowsWithoutLabel(found)
      let condition =
        whole.records.count == found.records.count ? TotalRows.condition(found, fields) { missing[$0] ?? 0 } : nil
      report.notes.append(
        ImportNotes.totals(
          whole, areSums: areSums, lines: noteTotals(whole.records), condition: condition, in: name))
    }
  }

  /// Says which rows are of periods that hold those of others.
  mutating func noteOverlaps(
    _ rows: Range<Int>, _ profiles: [ColumnProfile], _ plans: [ColumnPlan], _ fields: [Field],
    _ assembly: ColumnAssembly, _ built: inout [Int: Column]
  ) throws(QueryError) {
    let times = plans.indices.filter { plans[$0].format.type == .period }
    guard times.count == 1, rows.count <= OverlappingPeriods.mostRows, bytes.count <= TotalRows.fileLimit,
      options.cells?.isBare != true || options.cells?.mayHaveTotals == true,
      plans.indices.contains(where: { isOfQuantities($0, profiles, plans) })
    else { return }
    let periods = try column(times[0], plans, assembly, &built)
    guard OverlappingPeriods.areMixed(periods) else { return }
    let search = TotalRows(bytes: bytes, index: index, quote: dialect.quote, rows: rows)
    // Remarks are of their row alone.
    let words = plans.indices.filter { place in
      plans[place].format == .text && !rows.contains { index.rawRange($0, place).count > 60 }
    }
    let known = Set(report.totalLines)
    guard
      let found = OverlappingPeriods.find(periods, key: { search.key(rows.lowerBound + $0, words) }),
      case let records = found.rows.map({ rows.lowerBound + $0 }), !known.isSuperset(of: lines(of: records))
    else { return }
    func period(_ row: Int) -> String {
      if case .period(let period) = periods.value(row, as: .period) { period.description } else { "" }
    }
    var names: [String] = []
    for name in found.rows.map(period) where !names.contains(name) { names.append(name) }
    report.notes.append(
      ImportNotes.overlappingPeriods(
        names, part: period(found.part), of: fields[times[0]],
        lines: noteTotals(records), in: name))
  }

  private func isOfYears(_ profile: ColumnProfile) -> Bool { profile.yearCount == profile.valueCount }

  /// Whether a column holds numbers that can be added up.
  private func isOfQuantities(_ place: Int, _ profiles: [ColumnProfile], _ plans: [ColumnPlan]) -> Bool {
    plans[place].format.isOfQuantities && !isOfYears(profiles[place])
  }

  /// Says which rows hold the sums of those under them in an outline.
  ///
  /// - Returns: their records.
  private mutating func noteOutline(
    _ search: TotalRows, _ profiles: [ColumnProfile], _ plans: [ColumnPlan], _ fields: [Field],
    _ assembly: ColumnAssembly, _ built: inout [Int: Column]
  ) throws(QueryError) -> [Int] {
    // The first column may have been taken for one of numbers.
    let places = plans.indices.filter { plans[$0].format == .text || $0 == 0 }
    guard let outline = search.outline(among: places) else { return [] }
    var quantities: [Column] = []
    for other in plans.indices where other != outline.place && isOfQuantities(other, profiles, plans) {
      let column = try column(other, plans, assembly, &built)
      if !TotalRows.isNumbering(column) { quantities.append(column) }
    }
    guard let found = search.outlineTotals(outline, quantities) else { return [] }
    report.notes.append(
      ImportNotes.totals(
        found, areSums: true, lines: noteTotals(found.records),
        condition: search.conditionByLabels(found, fields), in: name))
    return found.records
  }

  /// Says which rows hold means and the like of those above.
  ///
  /// - Returns: their records.
  private mutating func noteStatistics(
    _ search: TotalRows, _ profiles: [ColumnProfile], _ plans: [ColumnPlan], _ fields: [Field],
    _ assembly: ColumnAssembly, _ built: inout [Int: Column]
  ) throws(QueryError) -> [Int] {
    guard let label = plans.firstIndex(where: { $0.format == .text }), search.mayHaveStatistics(at: label) else {
      return []
    }
    var quantities: [Column] = []
    for place in plans.indices where plans[place].format.type.isNumber {
      quantities.append(try column(place, plans, assembly, &built))
    }
    let found = search.statistics(at: label, quantities)
    guard !found.records.isEmpty else { return [] }
    report.notes.append(
      ImportNotes.statistics(
        found, lines: noteTotals(found.records), condition: search.conditionByLabels(found, fields), in: name))
    return found.records
  }

  /// Says which rows hold the sums of those next to them.
  private mutating func noteTrees(
    _ records: [Int], _ search: TotalRows, _ plans: [ColumnPlan], _ fields: [Field]
  ) {
    // What the rows are called, where a column says so that may be listed.
    let words = plans.indices.filter { (plans[$0].format == .text || $0 == 0) && !fields[$0].isSensitive }
    func called(_ label: (Int) -> Int?) -> TotalRows.Found {
      var found = TotalRows.Found()
      for record in records {
        let place = label(record)
        found.append(record, place.map { search.text(record, $0) } ?? "", at: place ?? 0)
      }
      return found
    }
    // The column whose words stand on these rows alone: `Tous` of `sexe`, and no region.
    let telling = words.map { place in called { _ in place } }
      .filter { search.conditionByLabels($0, fields) != nil }
    let found =
      telling.filter { !$0.labels.contains("") }.min { $0.labels.count < $1.labels.count } ?? telling.first
      ?? called { record in words.first { !search.text(record, $0).isEmpty } ?? words.first }
    report.notes.append(
      ImportNotes.totals(
        found, areSums: true, lines: noteTotals(records), condition: search.conditionByLabels(found, fields), in: name))
  }

  /// Reports the lines of totals.
  ///
  /// - Returns: those of these records.
  private mutating func noteTotals(_ records: [Int]) -> [Int] {
    let lines = lines(of: records)
    report.totalLines = (report.totalLines + lines).sorted()
    return lines
  }

  private func column(
    _ place: Int, _ plans: [ColumnPlan], _ assembly: ColumnAssembly, _ built: inout [Int: Column]
  ) throws(QueryError) -> Column {
    if let column = built[place] { return column }
    let column = try assembly.build(plans[place], isCancelled: options.isCancelled).column
    built[place] = column
    return column
  }
}
