import BilanColumnar

/// What is made of the distinct values of a group.
enum DistinctResult: Sendable {
  case count
  /// The most frequent value; of several the first in order.
  case mode
  /// The values as text, in order of first appearance.
  case list
}

/// `count_distinct`, `mode` and `list`: a table of the distinct values of all groups.
final class DistinctAccumulator: Accumulator {
  private let type: DataType
  private let result: DistinctResult
  private var table = GroupedValueTable()
  private var texts = TextInterner()
  /// Of `count`: which small values each slot has seen, as long as all fit.
  private var flags: DistinctFlags?
  private var isUndecided = true
  private var slotCount = 0
  private(set) var skippedCount = 0

  /// Ratios are taken by their value.
  init(_ type: DataType, _ result: DistinctResult) {
    self.type = type == .ratio ? .real : type
    self.result = result
  }

  func grow(to count: Int) { slotCount = max(slotCount, count) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let values = arguments[0].typed(type, count: rowCount)
    if isUndecided, result == .count { flags = DistinctFlags(values, slotCount: slotCount) }
    isUndecided = false
    if flags != nil {
      if flags!.add(values, groups, slotCount: slotCount) {
        if let validity = values.validity { skippedCount += rowCount - validity.onesCount }
        return
      }
      unflag()
    }
    var table = GroupedValueTable()
    swap(&table, &self.table)
    let groups = groups.span
    switch values {
    case .integer(let column):
      let source = column.values
      let values = source.span
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        table.insert(groups[row], UInt64(bitPattern: values[row]))
      }
    case .real(let column):
      let doubles = column.doubles
      let values = doubles.span
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        // Adding zero makes one of the two zeros.
        table.insert(groups[row], (values[row] + 0).bitPattern)
      }
    case .text(let column):
      let source = column.codes
      let codes = source.span
      texts.open(column.dictionary)
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        table.insert(groups[row], UInt64(texts.number(ofCode: codes[row])))
      }
    case .boolean(let column):
      let values = RowFlags(column.values)
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        table.insert(groups[row], values[row] ? 1 : 0)
      }
    case .ratio: break
    }
    swap(&table, &self.table)
  }

  /// Takes the flagged values over into the table.
  private func unflag() {
    guard let flags else { return }
    self.flags = nil
    flags.forEach { slot, value in
      switch value {
      case .integer(let number): table.insert(slot, UInt64(bitPattern: number))
      case .text(let dictionary, let code):
        table.insert(slot, UInt64(texts.number(of: ExactText(dictionary.utf8(code)))))
      }
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? DistinctAccumulator else { preconditionFailure("accumulators of two kinds") }
    skippedCount += other.skippedCount
    if other.isUndecided { return }
    if isUndecided, other.flags != nil {
      isUndecided = false
      flags = DistinctFlags(like: other.flags!, slotCount: slotCount)
    }
    isUndecided = false
    if let theirs = other.flags, flags?.merge(theirs, groups, slotCount: slotCount) ?? false { return }
    unflag()
    other.unflag()
    let numbers = other.texts.texts.map { texts.number(of: $0) }
    for entry in 0..<other.table.count {
      let key = other.table.keys[entry]
      table.insert(
        groups[Int(other.table.groups[entry])], type.columnKind == .text ? UInt64(numbers[Int(key)]) : key,
        count: other.table.counts[entry])
    }
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    switch result {
    case .count:
      if let flags { return .integer(IntegerColumn(flags.counts(slotCount: slotCount))) }
      var counts = [Int64](repeating: 0, count: slotCount)
      for group in table.groups { counts[Int(group)] += 1 }
      return .integer(IntegerColumn(counts))
    case .mode: return .values(modes(), type)
    case .list:
      var lists = [String?](repeating: nil, count: slotCount)
      for entry in 0..<table.count {
        let group = Int(table.groups[entry])
        let text = ValueText.describe(value(entry))
        lists[group] = lists[group].map { $0 + ", " + text } ?? text
      }
      return .values(lists.map { $0.map(Value.text) ?? .missing }, .text)
    }
  }

  private func modes() -> [Value] {
    var best = [Int](repeating: -1, count: slotCount)
    for entry in 0..<table.count {
      let group = Int(table.groups[entry])
      let old = best[group]
      if old < 0 || table.counts[entry] > table.counts[old]
        || (table.counts[entry] == table.counts[old] && ValueOrder.precedes(value(entry), value(old)))
      {
        best[group] = entry
      }
    }
    return best.map { $0 < 0 ? .missing : value($0) }
  }

  private func value(_ entry: Int) -> Value {
    let key = table.keys[entry]
    switch type {
    case .real: return .real(Double(bitPattern: key))
    case .text, .list: return .text(String(decoding: texts.texts[Int(key)].utf8, as: UTF8.self))
    case .boolean: return .boolean(key == 1)
    case .date: return .date(CalendarDate(days: Int(Int64(bitPattern: key))))
    case .period: return .period(Period(encoded: Int(Int64(bitPattern: key))))
    case .duration(let unit): return .duration(Int64(bitPattern: key), unit)
    default: return .integer(Int64(bitPattern: key))
    }
  }
}

/// Numbers for texts of many dictionaries: equal texts have one number.
struct TextInterner {
  private(set) var texts: [ExactText] = []
  private var numbers: [ExactText: UInt32] = [:]
  private var dictionary = TextDictionary.empty
  /// For each code of `dictionary` 1 + its number; 0: not asked for yet.
  private var numbersByCode: [UInt32] = []

  /// Makes `dictionary` the one that codes are of.
  mutating func open(_ dictionary: TextDictionary) {
    if dictionary === self.dictionary { return }
    self.dictionary = dictionary
    numbersByCode = [UInt32](repeating: 0, count: dictionary.count)
  }

  @inline(__always)
  mutating func number(ofCode code: UInt32) -> UInt32 {
    let known = numbersByCode[Int(code)]
    return known > 0 ? known - 1 : addNumber(ofCode: code)
  }

  private mutating func addNumber(ofCode code: UInt32) -> UInt32 {
    let number = number(of: ExactText(dictionary.utf8(Int(code))))
    numbersByCode[Int(code)] = number + 1
    return number
  }

  mutating func number(of text: ExactText) -> UInt32 {
    if let known = numbers[text] { return known }
    let number = UInt32(texts.count)
    texts.append(text)
    numbers[text] = number
    return number
  }
}
