import BilanColumnar
import BilanDiagnostics

/// What a column holds, counted: for `describe` and the completion of values.
struct ColumnSurvey {
  private(set) var missingCount = 0
  private(set) var distinctCount: Int?
  /// Distinct texts, the most frequent first, then in the order of words.
  private(set) var frequentTexts: [String] = []
  private(set) var examples: [String] = []

  /// - Parameter mostTexts: how many texts are wanted; nil for all.
  /// - Throws: `.cancelled`.
  init(
    _ columns: [Column], field: Field, mostTexts: Int? = nil, isCancelled: () -> Bool = { false }
  ) throws(QueryError) {
    for column in columns {
      if let validity = column.validity { missingCount += validity.count - validity.onesCount }
    }
    switch field.type {
    case .text: try surveyTexts(columns, mostTexts, isCancelled)
    case .list(let list):
      try surveyTexts(columns.map(\.joinedLists), mostTexts, isCancelled)
      // What is read by eye is shown, and nothing is compared with lists.
      if !list.parts.allSatisfy(\.name.isEmpty) { examples = [] }
      frequentTexts = []
    case .boolean, .missing, .ratio: break
    default: try surveyRange(columns, field, isCancelled)
    }
  }

  private mutating func surveyTexts(
    _ columns: [Column], _ limit: Int?, _ isCancelled: () -> Bool
  ) throws(QueryError) {
    var unifier = DictionaryUnifier()
    var counts: [Int] = []
    for column in columns {
      if isCancelled() { throw .cancelled }
      guard case .text(let text) = column else { continue }
      var byCode = [Int](repeating: 0, count: text.dictionary.count)
      for row in 0..<text.count where text.validity?[row] ?? true { byCode[text.code(row)] += 1 }
      let codes = unifier.mapping(for: text.dictionary)
      counts += [Int](repeating: 0, count: unifier.count - counts.count)
      for (code, count) in byCode.enumerated() { counts[Int(codes[code])] += count }
    }
    let frequent = FrequentTexts(unifier.dictionary, counts)
    distinctCount = frequent.distinctCount
    frequentTexts = try frequent.leading(limit, isCancelled)
    examples = Array(frequentTexts.prefix(4))
  }

  private mutating func surveyRange(
    _ columns: [Column], _ field: Field, _ isCancelled: () -> Bool
  ) throws(QueryError) {
    var (smallest, largest): (Value?, Value?)
    var range: ClosedRange<Double>?
    for column in columns {
      if isCancelled() { throw .cancelled }
      guard let (least, most) = column.extremes else { continue }
      if range.map({ least.key < $0.lowerBound }) ?? true { smallest = column.value(least.row, as: field.type) }
      if range.map({ most.key > $0.upperBound }) ?? true { largest = column.value(most.row, as: field.type) }
      range = min(range?.lowerBound ?? least.key, least.key)...max(range?.upperBound ?? most.key, most.key)
    }
    guard let smallest = smallest?.plainDescription, let largest = largest?.plainDescription else { return }
    examples = smallest == largest ? [smallest] : ["\(smallest) … \(largest)"]
  }
}

extension Column {
  fileprivate typealias Extreme = (key: Double, row: Int)

  /// Where the first of the smallest values stands and the first of the largest; nil in a column without numbers.
  fileprivate var extremes: (least: Extreme, most: Extreme)? {
    switch self {
    case .integer(let integers):
      let values = integers.values.span
      return extremes { Double(values[$0]) }
    case .real(let reals):
      let doubles = reals.doubles
      let values = doubles.span
      return extremes { values[$0] }
    default: return nil
    }
  }

  @inline(__always)
  private func extremes(_ key: (Int) -> Double) -> (least: Extreme, most: Extreme)? {
    var least: Extreme = (.infinity, -1)
    var most: Extreme = (-.infinity, -1)
    let validity = validity
    for row in 0..<count where validity?[row] ?? true {
      let key = key(row)
      if key < least.key { least = (key, row) }
      if key > most.key { most = (key, row) }
    }
    return least.row < 0 ? nil : (least, most)
  }
}
