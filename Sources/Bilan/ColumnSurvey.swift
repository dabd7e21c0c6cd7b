import BilanColumnar

/// What a column holds, counted: for `describe` and the completion of values.
struct ColumnSurvey {
  private(set) var missingCount = 0
  private(set) var distinctCount: Int?
  /// Distinct texts, the most frequent first, then in reading order.
  private(set) var frequentTexts: [String] = []
  private(set) var examples: [String] = []

  init(_ columns: [Column], field: Field) {
    for column in columns {
      if let validity = column.validity { missingCount += validity.count - validity.onesCount }
    }
    switch field.type {
    case .text: surveyTexts(columns)
    case .list(let list):
      surveyTexts(columns.map(\.joinedLists))
      // What is read by eye is shown, and nothing is compared with lists.
      if !list.parts.allSatisfy(\.name.isEmpty) { examples = [] }
      frequentTexts = []
    case .boolean, .missing, .ratio: break
    default: surveyRange(columns, field)
    }
  }

  private mutating func surveyTexts(_ columns: [Column]) {
    var counts: [String: Int] = [:]
    for column in columns {
      guard case .text(let text) = column else { continue }
      var byCode = [Int](repeating: 0, count: text.dictionary.count)
      for row in 0..<text.count where text.validity?[row] ?? true { byCode[text.code(row)] += 1 }
      for (code, count) in byCode.enumerated() where count > 0 { counts[text.dictionary[code], default: 0] += count }
    }
    distinctCount = counts.count
    let keys = counts.keys.map { ($0, CollationKey($0)) }
    frequentTexts = keys.sorted { (counts[$0.0] ?? 0, $1.1) > (counts[$1.0] ?? 0, $0.1) }.map(\.0)
    examples = Array(frequentTexts.prefix(4))
  }

  private mutating func surveyRange(_ columns: [Column], _ field: Field) {
    var smallest: (Double, String)?
    var largest: (Double, String)?
    for column in columns {
      for row in 0..<column.count where column.isValid(row) {
        let key: Double
        switch column {
        case .integer(let integers): key = Double(integers[row])
        case .real(let reals): key = reals.values[row]
        default: continue
        }
        if key < smallest?.0 ?? .infinity { smallest = (key, column.value(row, as: field.type).plainDescription ?? "") }
        if key > largest?.0 ?? -.infinity { largest = (key, column.value(row, as: field.type).plainDescription ?? "") }
      }
    }
    guard let smallest, let largest else { return }
    examples = smallest.1 == largest.1 ? [smallest.1] : ["\(smallest.1) … \(largest.1)"]
  }
}
