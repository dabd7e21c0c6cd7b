import BilanColumnar
import BilanDiagnostics

/// One cell as people read it.
struct DisplayCell: Sendable {
  var text: String
  /// Has no value; the text is empty but for the coverage of a ratio that was never reported.
  var isMissing = false
}

/// A column as people read it: every number with the same decimals, percentages above each other.
struct DisplayColumn: Sendable {
  var label: String
  /// Numbers and durations stand to the right.
  var isRightAligned: Bool
  /// Half a date says nothing, half a text may.
  var canCutCells: Bool
  var cells: [DisplayCell]

  /// What stands for a missing value, by format.
  struct Style: Sendable {
    var language: Language
    var missing: String
    /// Pads the coverage of ratios, so that the percentages before it end in one column.
    var alignsCoverage: Bool
    /// False keeps to ASCII: plain spaces between thousands.
    var unicode: Bool

    var numbers: NumberStyle { NumberStyle(language: language, unicode: unicode) }
  }

  /// Formats the rows of `chunks` in column `index`.
  init(_ field: Field, _ chunks: [Chunk], column index: Int, style: Style) {
    label = field.label
    let values = chunks.flatMap { chunk in
      (0..<chunk.count).map { chunk.columns[index].value($0, as: field.type) }
    }
    switch field.type {
    case .integer, .real, .duration, .ratio: isRightAligned = true
    case .text, .boolean, .date, .period, .list, .missing: isRightAligned = false
    }
    canCutCells = field.type == .text
    let missing = DisplayCell(text: style.missing, isMissing: true)
    switch field.type {
    case .ratio: cells = Self.ratios(values, field, style)
    case .integer where field.display == .percent:
      cells = Self.numbers(values, field, style) { if case .integer(let raw) = $0 { DecimalNumber(raw) } else { nil } }
    case .integer:
      let grouping = IntegerGrouping.applies(to: values, of: field) ? style.numbers.grouping : ""
      cells = values.map { value in
        guard case .integer(let raw) = value else { return missing }
        return DisplayCell(text: DecimalNumber(raw).text(decimals: 0, grouping: grouping, point: ""))
      }
    case .real:
      cells = Self.numbers(values, field, style) { value in
        if case .real(let raw) = value, raw.isFinite { DecimalNumber(raw) } else { nil }
      }
    default:
      cells = values.map { value in
        value.isMissing ? missing : DisplayCell(text: Self.text(value, style))
      }
    }
  }

  private static func text(_ value: Value, _ style: Style) -> String {
    switch value {
    case .text(let text):
      // A text that looks like the mark for missing is quoted, so that the two differ.
      return text == style.missing && !text.isEmpty ? "\"\(text)\"" : text
    case .boolean(let raw): return raw ? "true" : "false"
    case .date(let date): return date.description
    case .period(let period): return period.description
    case .duration(let count, let unit):
      return DurationText.text(count, unit, style.language) { count in
        DecimalNumber(count).text(decimals: 0, grouping: style.numbers.grouping, point: "")
      }
    case .missing, .integer, .real, .ratio: return ""
    }
  }

  private static func numbers(
    _ values: [Value], _ field: Field, _ style: Style, _ decimal: (Value) -> DecimalNumber?
  ) -> [DisplayCell] {
    let decimals = values.map(decimal)
    let format = NumberFormat(decimals.compactMap(\.self), isPercent: field.display == .percent, style.numbers)
    return decimals.map { number in
      number.map { DisplayCell(text: format.text($0)) } ?? DisplayCell(text: style.missing, isMissing: true)
    }
  }

  /// `128% (7/8)`: the value, then the coverage where it is not whole.
  private static func ratios(_ values: [Value], _ field: Field, _ style: Style) -> [DisplayCell] {
    let ratios = values.map { value in
      if case .ratio(let ratio) = value {
        ratio
      } else {
        RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 0)
      }
    }
    let numbers = ratios.map { $0.value.map { DecimalNumber($0) } }
    let format = NumberFormat(numbers.compactMap(\.self), isPercent: field.display == .percent, style.numbers)
    let coverages = ratios.map { $0.reported == $0.expected ? "" : "(\($0.reported)/\($0.expected))" }
    let width = style.alignsCoverage ? coverages.map(\.utf8.count).max() ?? 0 : 0
    return ratios.indices.map { index in
      let value = numbers[index].map(format.text) ?? style.missing
      let coverage = DisplayWidth.pad(coverages[index], to: width)
      let gap = value.isEmpty || coverage.isEmpty ? "" : " "
      return DisplayCell(text: value + gap + coverage, isMissing: numbers[index] == nil)
    }
  }
}

/// Whether a column of integers has its thousands set apart.
enum IntegerGrouping {
  /// False for years and for codes: numbers that are read digit by digit.
  static func applies(to values: [Value], of field: Field) -> Bool {
    let words = TextFolding.handle(of: field.label).split(separator: "_").map(String.init)
    if let last = words.last, ["id", "code"].contains(last) || words.first == "code" { return false }
    let integers = values.compactMap { value in if case .integer(let raw) = value { raw } else { nil as Int64? } }
    if field.unit == nil, integers.allSatisfy({ (1900...2100).contains($0) }) { return false }
    return !(isYear(words) && integers.allSatisfy { (0...9999).contains($0) })
  }

  /// `year`, `annee_de_creation`, `base_year`; not `jobs_per_year`.
  private static func isYear(_ words: [String]) -> Bool {
    let years: Set<String> = ["year", "annee", "an", "exercice"]
    guard let first = words.first, let last = words.last else { return false }
    if years.contains(first) { return true }
    return years.contains(last) && !words.contains { ["per", "par"].contains($0) }
  }
}
