import BilanColumnar
import BilanDiagnostics

/// A column built from a file, and what could not be read on the way.
struct AssembledColumn: Sendable {
  var column: Column
  var missingCount = 0
  /// Cells that hold a value of another kind; they are missing in the column.
  var unreadableCount = 0
  /// The records of the first few.
  var unreadableRecords: [Int] = []
}

/// Builds one column of a file, by a loop made for its format.
struct ColumnAssembly {
  let bytes: [UInt8]
  let starts: [UInt32]
  /// Places a record takes in `starts`.
  let stride: Int
  let quote: UInt8
  /// The records that are rows.
  let records: Range<Int>

  /// Rows between two looks at `isCancelled`.
  private static let blockRows = 1 << 16

  /// - Throws: `.cancelled`.
  func build(_ plan: ColumnPlan, isCancelled: () -> Bool) throws(QueryError) -> AssembledColumn {
    switch plan.format {
    case .text: return try texts(plan, isCancelled)
    case .integer(let mark):
      return try integers(plan, isCancelled) { NumberCell.integer($0, $1, $2, mark: mark) }
    case .real(let mark, let isPercent): return try reals(plan, mark, isPercent, isCancelled)
    case .boolean(let trueWords, let falseWords): return try booleans(plan, trueWords, falseWords, isCancelled)
    case .date(let order):
      return try integers(plan, isCancelled) { plan.date($0, $1, $2, order).map { Int64($0.days) } }
    case .datePattern(let pattern):
      let pivot = plan.pivot
      return try integers(plan, isCancelled) { pattern.date($0, $1, $2, pivot: pivot).map { Int64($0.days) } }
    case .period(let firstMonth):
      return try integers(plan, isCancelled) { plan.period($0, $1, $2, firstMonth).map { Int64($0.encoded) } }
    }
  }

  private func integers(
    _ plan: ColumnPlan, _ isCancelled: () -> Bool, _ parse: (Swift.Span<UInt8>, Int, Int) -> Int64?
  ) throws(QueryError) -> AssembledColumn {
    let filled = try fill(plan, placeholder: Int64(0), isCancelled, negated: { 0 &- $0 }, parse)
    return filled.assembled(.integer(IntegerColumn(filled.values, validity: filled.validity)))
  }

  private func reals(
    _ plan: ColumnPlan, _ mark: DecimalMark, _ isPercent: Bool, _ isCancelled: () -> Bool
  ) throws(QueryError) -> AssembledColumn {
    let takesBare = plan.marks.contains(.percents)
    let filled = try fill(plan, placeholder: 0.0, isCancelled, negated: { -$0 }) { bytes, start, end -> Double? in
      if isPercent, takesBare, !Self.isPercentage(bytes, start, end) {
        return NumberCell.percentage(bytes, start, end, mark: mark)
      }
      guard let value = NumberCell.real(bytes, start, end, mark: mark) else { return nil }
      // A bare number among percentages, or the reverse, is off by a hundred: it is not read. Zero is zero.
      if Self.isPercentage(bytes, start, end) != isPercent, value != 0 { return nil }
      return value
    }
    return filled.assembled(.real(PrimitiveColumn(filled.values, validity: filled.validity)))
  }

  /// Whether a number ends in `%`, behind which accountants put what makes it negative: `(4 %)`, `4 %-`.
  @inline(__always)
  private static func isPercentage(_ bytes: Swift.Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let last = bytes[end &- 1]
    if last &- 0x30 < 10 { return false }
    if last == UInt8(ascii: "%") { return true }
    guard last == UInt8(ascii: ")") || last == UInt8(ascii: "-") else { return false }
    var before = end - 2
    while before > start, bytes[before] == 0x20 { before -= 1 }
    return before >= start && bytes[before] == UInt8(ascii: "%")
  }

  private func booleans(
    _ plan: ColumnPlan, _ trueWords: CodeList?, _ falseWords: CodeList?, _ isCancelled: () -> Bool
  ) throws(QueryError) -> AssembledColumn {
    let filled = try fill(plan, placeholder: UInt8(0), isCancelled) { bytes, start, end -> UInt8? in
      if trueWords != nil || falseWords != nil {
        if trueWords?.index(bytes, start, end) != nil { return 1 }
        return falseWords?.index(bytes, start, end) != nil ? 0 : nil
      }
      return CodeList.booleans.index(bytes, start, end).map { $0 % 2 == 0 ? 1 : 0 }
    }
    let values = filled.values
    let bits = Bitmap(count: values.count) { values[$0] == 1 }
    return filled.assembled(.boolean(BooleanColumn(bits, validity: filled.validity)))
  }

  /// Values of one plain kind while they are collected.
  private struct Filled<Element: BitwiseCopyable & Sendable> {
    var values: [Element]
    var validity: Bitmap?
    var missingCount = 0
    var unreadableCount = 0
    var unreadableRecords: [Int] = []

    func assembled(_ column: Column) -> AssembledColumn {
      AssembledColumn(
        column: column, missingCount: missingCount, unreadableCount: unreadableCount,
        unreadableRecords: unreadableRecords)
    }
  }

  /// The loop under every format but text: finds each cell, leaves reading it to `parse`.
  ///
  /// - Parameter negated: gives the value of what has its sign outside its currency.
  @inline(__always)
  private func fill<Element: BitwiseCopyable & Sendable>(
    _ plan: ColumnPlan, placeholder: Element, _ isCancelled: () -> Bool, negated: (Element) -> Element = { $0 },
    _ parse: (Swift.Span<UInt8>, Int, Int) -> Element?
  ) throws(QueryError) -> Filled<Element> {
    let bytes = self.bytes
    let starts = self.starts
    let source = bytes.span
    let offsets = starts.span
    let quote = quote
    let checksCodesFirst = plan.missing.hasNumbers
    let allowsMarks = plan.allowsMarks
    var filled = Filled(values: [Element](repeating: placeholder, count: records.count))
    var words = [UInt64](repeating: 0, count: (records.count + 63) / 64)
    var row = 0
    while row < records.count {
      if isCancelled() { throw .cancelled }
      let stop = min(row + Self.blockRows, records.count)
      var place = (records.lowerBound + row) * stride + plan.fieldIndex
      while row < stop {
        var (start, end) = FieldText.trimmed(
          source, Int(offsets[place]), Int(offsets[place &+ 1]) &- 1, quote: quote)
        place &+= stride
        defer { row &+= 1 }
        if start >= end || (checksCodesFirst && plan.missing.index(source, start, end) != nil) {
          filled.missingCount &+= 1
          continue
        }
        if let plain = ArabicDigits.plain(source, start, end) {
          var (start, end, isNegated) = (0, plain.count, false)
          let cell = plain.span
          if allowsMarks { (start, end, isNegated) = plan.bare(cell, start, end) }
          if start < end, let value = parse(cell, start, end) {
            filled.values[row] = isNegated ? negated(value) : value
            words[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
            continue
          }
        }
        var isNegated = false
        if allowsMarks { (start, end, isNegated) = plan.bare(source, start, end) }
        if start < end, let value = parse(source, start, end) {
          filled.values[row] = isNegated ? negated(value) : value
          words[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
        } else if plan.missing.index(source, start, end) != nil {
          filled.missingCount &+= 1
        } else {
          filled.unreadableCount &+= 1
          if filled.unreadableRecords.count < 5 { filled.unreadableRecords.append(records.lowerBound + row) }
        }
      }
    }
    if filled.missingCount + filled.unreadableCount > 0 {
      filled.validity = Bitmap(words: words, count: records.count)
    }
    return filled
  }

  private func texts(_ plan: ColumnPlan, _ isCancelled: () -> Bool) throws(QueryError) -> AssembledColumn {
    let bytes = self.bytes
    let starts = self.starts
    let source = bytes.span
    let offsets = starts.span
    let quote = quote
    var interner = TextInterner()
    var scratch: [UInt8] = []
    var codes = [UInt32](repeating: 0, count: records.count)
    var words = [UInt64](repeating: 0, count: (records.count + 63) / 64)
    var missingCount = 0
    var row = 0
    while row < records.count {
      if isCancelled() { throw .cancelled }
      let stop = min(row + Self.blockRows, records.count)
      var place = (records.lowerBound + row) * stride + plan.fieldIndex
      while row < stop {
        let content = FieldText.content(
          source, Int(offsets[place]), Int(offsets[place &+ 1]) &- 1, quote: quote, scratch: &scratch)
        place &+= stride
        var code: UInt32?
        if let (start, end) = content {
          if start < end, plan.missing.index(source, start, end) == nil { code = interner.code(source, start, end) }
        } else if !scratch.isEmpty {
          code = interner.code(scratch.span, 0, scratch.count)
        }
        if let code {
          codes[row] = code
          words[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
        } else {
          missingCount &+= 1
        }
        row &+= 1
      }
    }
    let validity = missingCount > 0 ? Bitmap(words: words, count: records.count) : nil
    return AssembledColumn(
      column: .text(TextColumn(Buffer(codes), interner.finish(), validity: validity)), missingCount: missingCount)
  }
}
