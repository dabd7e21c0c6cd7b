import BilanColumnar

/// The results of an activity as rows: one for each result, indicator, period and disaggregation.
///
/// A period may have several targets and actuals, one for each combination of dimensions and locations. A target and an
/// actual of the same combination share a row; so does the indicator's baseline of that combination. A baseline that no
/// row of any period takes has a row without period, as has the second of one combination, so that none is lost; an
/// indicator without periods has one row, and so has a result without indicators.
struct IATIResults {
  private let record: IATIRecord
  private let table: IATITable

  init(_ record: IATIRecord, _ table: IATITable) {
    self.record = record
    self.table = table
  }

  /// What a figure is broken down by.
  private struct Breakdown: Equatable {
    var dimensions: [[String]]
    var locations: [String]

    /// Dimensions in any order are the same breakdown.
    init(_ element: XMLElement) {
      dimensions = element.children("dimension").map {
        [IATIText.oneLine($0["name"] ?? ""), IATIText.oneLine($0["value"] ?? "")]
      }
      .sorted { Self.folded($0).lexicographicallyPrecedes(Self.folded($1)) }
      locations = element.children("location").compactMap { $0["ref"] }.sorted()
    }

    init() {
      dimensions = []
      locations = []
    }

    /// The place of the same breakdown among others, else of one that is the same but for capitals and accents,
    /// `Sex=Male` and `sex=male`.
    func place(among others: some Collection<(place: Int, breakdown: Breakdown)>) -> Int? {
      let exact = others.first { $0.breakdown == self }
      return (exact ?? others.first { isAlike($0.breakdown) })?.place
    }

    private func isAlike(_ other: Breakdown) -> Bool {
      locations == other.locations && dimensions.map(Self.folded) == other.dimensions.map(Self.folded)
    }

    private static func folded(_ texts: [String]) -> [String] { texts.map(TextFolding.fold) }

    /// `sex=male; age=young`
    var text: String { dimensions.map { $0[0].isEmpty ? $0[1] : "\($0[0])=\($0[1])" }.joined(separator: "; ") }
  }

  /// The figures of one combination in one period.
  private struct Row {
    var breakdown: Breakdown
    var target: XMLElement?
    var actual: XMLElement?
  }

  private struct Place {
    var result: Int
    var indicator: Int?
    var period: Int?
  }

  func add() {
    var indicatorNumber = 0
    for (number, result) in record.element.children("result").enumerated() {
      let indicators = result.children("indicator")
      for indicator in indicators {
        indicatorNumber += 1
        add(indicator, of: result, Place(result: number + 1, indicator: indicatorNumber))
      }
      if indicators.isEmpty {
        begin(result, nil, Place(result: number + 1))
        table.endRow(line: result.line)
      }
    }
    table.overlaps.endRecord(record.identifier ?? "", isActivity: true, ofResults: true)
  }

  private func add(_ indicator: XMLElement, of result: XMLElement, _ place: Place) {
    // Before 2.03 there is one baseline; of several for one combination the first goes with the periods.
    let baselines = indicator.children("baseline").map { (breakdown: Breakdown($0), element: $0) }
    var taken: Set<Int> = []
    for (number, period) in indicator.children("period").enumerated() {
      var place = place
      place.period = number + 1
      for row in rows(of: period) {
        begin(result, indicator, place)
        IATITables.addSpan(period, of: record, to: table)
        table.overlaps.add(
          ["\(place.result)", place.indicator.map { "\($0)" }, row.breakdown.text] + row.breakdown.locations,
          IATITables.days(of: period, record), line: (row.target ?? row.actual ?? period).line)
        set(row.breakdown)
        if let baseline = row.breakdown.place(among: baselines.indices.map { ($0, baselines[$0].breakdown) }) {
          notePair(baselines[baseline].breakdown, row.breakdown, line: baselines[baseline].element.line)
          set(baseline: baselines[baseline].element, of: indicator)
          taken.insert(baseline)
        }
        for (name, element) in [("target", row.target), ("actual", row.actual)] {
          if let element { set(name, element, of: indicator) }
        }
        set(commentsOf: row)
        table.endRow(line: (row.target ?? row.actual ?? period).line)
      }
    }
    var others = baselines.indices.filter { !taken.contains($0) }.map {
      (baselines[$0].breakdown, baselines[$0].element as XMLElement?)
    }
    if others.isEmpty, place.indicator != nil, indicator.child("period") == nil { others = [(Breakdown(), nil)] }
    for (breakdown, baseline) in others {
      begin(result, indicator, place)
      set(breakdown)
      if let baseline { set(baseline: baseline, of: indicator) }
      table.endRow(line: (baseline ?? indicator).line)
    }
  }

  /// The targets and actuals of a period by combination, in the order of the file; one row at least.
  private func rows(of period: XMLElement) -> [Row] {
    var rows: [Row] = []
    for element in period.children {
      let breakdown = Breakdown(element)
      if element.name == "target" {
        rows.append(Row(breakdown: breakdown, target: element))
      } else if element.name == "actual" {
        // The second actual of a combination belongs to its second target, if it has one.
        let open = rows.indices.filter { rows[$0].actual == nil }.map { ($0, rows[$0].breakdown) }
        if let place = breakdown.place(among: open) {
          rows[place].actual = element
          notePair(breakdown, rows[place].breakdown, line: element.line)
        } else {
          rows.append(Row(breakdown: breakdown, actual: element))
        }
      }
    }
    return rows.isEmpty ? [Row(breakdown: Breakdown())] : rows
  }

  /// Says where a figure shares the row of another whose dimensions are spelt otherwise, and shown.
  private func notePair(_ breakdown: Breakdown, _ shown: Breakdown, line: Int) {
    if breakdown != shown { table.notePair(breakdown.text, shown.text, line: line) }
  }

  /// The cells that all rows of an indicator share.
  private func begin(_ result: XMLElement, _ indicator: XMLElement?, _ place: Place) {
    let activity = record.element
    table.set("iati_identifier", record.identifier)
    table.set("activity", record.narrative("title", in: activity))
    IATITables.addReporter(record, to: table)
    table.set("level", IATICode.resultType(result["type"]))
    table.set("result", record.narrative("title", in: result))
    table.set("result_number", "\(place.result)")
    table.set(
      "aggregation_status",
      IATIText.boolean(IATIText.value(indicator?["aggregation-status"]) ?? result["aggregation-status"]))
    guard let indicator else { return }
    table.set("indicator", record.narrative("title", in: indicator))
    for (language, text) in record.translations("title", in: indicator) {
      table.set(adding: "indicator_\(language)", text)
    }
    let reference = indicator.child("reference") ?? result.child("reference")
    table.set("indicator_code", reference?["code"])
    table.set("indicator_vocabulary", reference?["vocabulary"])
    let measure = IATICode.measure(indicator["measure"])
    table.set("measure", measure)
    if measure == "percentage" { table.set("unit", "percent") }
    let ascending = IATIText.boolean(indicator["ascending"])
    // The standard's default is that more is better.
    table.set("direction", ascending == "false" ? "down" : "up")
    table.set("ascending", ascending)
    table.set("indicator_number", place.indicator.map { "\($0)" })
    table.set("period_number", place.period.map { "\($0)" })
  }

  private func set(_ breakdown: Breakdown) {
    table.set("dimension", breakdown.text)
    table.set(
      "sex", breakdown.dimensions.first { ["sex", "gender", "sexe", "genre"].contains($0[0].lowercased()) }?[1])
    table.set("location", breakdown.locations.joined(separator: "; "))
    let names = breakdown.locations.compactMap { reference in
      record.element.children("location").first { $0["ref"] == reference }.flatMap { record.narrative("name", in: $0) }
    }
    table.set("location_name", names.joined(separator: "; "))
  }

  /// What an indicator of words has for figures is text, and none that is missing.
  private func set(_ column: String, _ element: XMLElement, of indicator: XMLElement) {
    let measure = IATICode.measure(indicator["measure"])
    table.setFigure(
      column, element["value"], line: element.line,
      mayBeWords: ["nominal", "ordinal", "qualitative"].contains(measure))
  }

  private func set(baseline: XMLElement, of indicator: XMLElement) {
    set("baseline", baseline, of: indicator)
    table.setNumber("baseline_year", baseline["year"], line: baseline.line)
    table.set("baseline_date", IATIText.date(baseline["iso-date"]))
    if let comment = comment(baseline) { table.set(spare: "baseline_comment", comment, isNeeded: true) }
  }

  /// The comment of the actual, else of the target; what is said of the target beside another has a column of its own, which
  /// is there where it is needed.
  private func set(commentsOf row: Row) {
    let (actual, target) = (row.actual.flatMap(comment), row.target.flatMap(comment))
    table.set("comment", actual ?? target)
    if let target { table.set(spare: "target_comment", target, isNeeded: actual != nil && actual != target) }
  }

  private func comment(_ element: XMLElement) -> String? { record.narrative("comment", in: element) }
}
