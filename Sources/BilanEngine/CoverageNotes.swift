import BilanColumnar
import BilanDiagnostics

/// What is said under a result about rates that rest on part of their rows.
enum CoverageNotes {
  /// One note a column of ratios; of a crosstab, whose columns are many and alike, one for all.
  ///
  /// Each shows the first such ratio as the example of how its coverage is written.
  static func notes(_ table: Table, isCrosstab: Bool) -> [Diagnostic] {
    var total = (count: 0, example: RatioValue?.none)
    var notes: [Diagnostic] = []
    for index in table.schema.fields.indices where table.schema[index].type == .ratio {
      let (count, example) = partial(table.chunks.map { $0.columns[index] })
      guard let example else { continue }
      total = (total.count + count, total.example ?? example)
      if !isCrosstab { notes.append(note(of: table.schema[index].label, count, example)) }
    }
    if isCrosstab, let example = total.example { return [note(ofCells: total.count, example)] }
    return notes
  }

  private static func partial(_ columns: [Column]) -> (count: Int, example: RatioValue?) {
    var count = 0
    var example: RatioValue?
    for case .ratio(let column) in columns {
      let reported = column.reported.span
      let expected = column.expected.span
      for row in reported.indices where reported[row] > 0 && reported[row] < expected[row] {
        count += 1
        example = example ?? column[row]
      }
    }
    return (count, example)
  }

  private static func note(of label: String, _ count: Int, _ example: RatioValue) -> Diagnostic {
    let coverage = coverage(example)
    return .note(
      .partialCoverage,
      count == 1
        ? Localized(
          "`\(label)` of 1 row rests on part of its rows: \(coverage.english)",
          fr: "`\(label)` d’une ligne repose sur une partie de ses lignes : \(coverage.french)")
        : Localized(
          "`\(label)` of \(count) rows rests on part of their rows: \(coverage.english)",
          fr: "`\(label)` de \(count) lignes repose sur une partie de leurs lignes : \(coverage.french)"),
      count: count)
  }

  private static func note(ofCells count: Int, _ example: RatioValue) -> Diagnostic {
    let coverage = coverage(example)
    return .note(
      .partialCoverage,
      count == 1
        ? Localized(
          "1 cell rests on part of its rows: \(coverage.english)",
          fr: "1 case repose sur une partie de ses lignes : \(coverage.french)")
        : Localized(
          "\(count) cells rest on part of their rows: \(coverage.english)",
          fr: "\(count) cases reposent sur une partie de leurs lignes : \(coverage.french)"),
      count: count)
  }

  private static func coverage(_ ratio: RatioValue) -> Localized {
    let (reported, expected) = (ratio.reported, ratio.expected)
    return Localized(
      "(\(reported)/\(expected)) means \(reported) of \(expected) could be counted",
      fr: "(\(reported)/\(expected)) veut dire que \(reported) sur \(expected) ont pu être comptées")
  }
}
