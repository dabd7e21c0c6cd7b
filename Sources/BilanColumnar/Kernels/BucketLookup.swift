/// Finds the one row of a table that has some keys, all of them whole numbers. Many threads may ask at once.
///
/// The key with most values leads: the rows of each of its values stand side by side, few enough to look through, each
/// with its other keys in one word. A look-up is then two loads where a hash table needs as many and a hash, and what
/// is sorted by that key is read in order.
///
///     starts   0     2  2        5     of each value of the leading key, from the least on
///     words    7  9     1  4  9        the other keys
///     rows     0  1     2  3  4
package struct BucketLookup: Sendable {
  /// A key's values, counted from the least, and how far apart two neighbours are in a word.
  private struct Part: Sendable {
    var low: Int64
    var span: UInt64
    var stride: UInt64
  }

  private let lead: Int
  private let leadPart: Part
  private let others: [(key: Int, part: Part)]
  private let starts: Buffer<Int32>
  private let words: Buffer<UInt64>
  /// -2 for rows that are not kept.
  private let rows: Buffer<Int32>

  /// The most rows that one value of the leading key may have.
  private static let largestBucket = 64
  /// The code of what has no row: a missing key, or one that no row has.
  private static let none = UInt64.max

  /// - Parameter kept: the rows that are found as what they are; of others it is told only that they are there.
  /// - Returns: nil where several rows have the same keys, or the keys do not fit.
  package init?(_ keys: [Column], kept: Bitmap?) {
    var columns: [IntegerColumn] = []
    for key in keys {
      guard case .integer(let column) = key, column.count > 0 else { return nil }
      columns.append(column)
    }
    guard columns.count > 1, let parts = Self.parts(columns) else { return nil }
    let rowCount = columns[0].count
    let limit = UInt64(max(1 << 16, min(rowCount, 1 << 26) * 8))
    guard let lead = parts.indices.filter({ parts[$0].span <= limit }).max(by: { parts[$0].span < parts[$1].span })
    else { return nil }
    var others: [(key: Int, part: Part)] = []
    var stride: UInt64 = 1
    for key in parts.indices where key != lead {
      others.append((key, Part(low: parts[key].low, span: parts[key].span, stride: stride)))
      let (next, overflows) = stride.multipliedReportingOverflow(by: parts[key].span)
      guard !overflows, next < 1 << 62 else { return nil }
      stride = next
    }
    self.lead = lead
    leadPart = parts[lead]
    self.others = others

    let leads = Self.codes(columns, [(lead, leadPart)])
    let codes = Self.codes(columns, others)
    guard let starts = Self.starts(leads.span, codes.span, Int(leadPart.span)) else { return nil }
    var next = starts
    var words = [UInt64](repeating: 0, count: Int(starts[starts.count - 1]))
    var rows = [Int32](repeating: -1, count: words.count)
    let (leading, other) = (leads.span, codes.span)
    for row in 0..<rowCount where leading[row] != Self.none && other[row] != Self.none {
      let bucket = Int(leading[row])
      for place in Int(starts[bucket])..<Int(next[bucket]) where words[place] == other[row] { return nil }
      words[Int(next[bucket])] = other[row]
      rows[Int(next[bucket])] = kept?[row] ?? true ? Int32(truncatingIfNeeded: row) : -2
      next[bucket] += 1
    }
    self.starts = Buffer(starts)
    self.words = Buffer(words)
    self.rows = Buffer(rows)
  }

  private static func parts(_ columns: [IntegerColumn]) -> [Part]? {
    var parts: [Part] = []
    for column in columns {
      guard let bounds = column.foundBounds, let span = bounds.span else { return nil }
      parts.append(Part(low: bounds.low, span: UInt64(span), stride: 1))
    }
    return parts
  }

  /// Where the rows of each value of the leading key begin, and where the last ones end; nil where one has too many.
  private static func starts(
    _ leads: Swift.Span<UInt64>, _ codes: Swift.Span<UInt64>, _ span: Int
  ) -> [Int32]? {
    var starts = [Int32](repeating: 0, count: span + 1)
    for row in leads.indices where leads[row] != none && codes[row] != none { starts[Int(leads[row]) + 1] += 1 }
    for bucket in 1...span {
      if starts[bucket] > largestBucket { return nil }
      starts[bucket] += starts[bucket - 1]
    }
    return starts
  }

  /// The row that has the keys; -1 where there is none or a key is missing, -2 where it is not kept. Nil for keys of
  /// another kind.
  package func find(_ keys: [Column]) -> Buffer<Int32>? {
    var columns: [IntegerColumn] = []
    for key in keys {
      guard case .integer(let column) = key else { return nil }
      columns.append(column)
    }
    let leads = Self.codes(columns, [(lead, leadPart)])
    let codes = Self.codes(columns, others)
    let (leading, other) = (leads.span, codes.span)
    let (starts, words, rows) = (starts.span, words.span, rows.span)
    return Buffer(count: leading.count) { row in
      guard leading[row] != Self.none else { return -1 }
      let bucket = Int(truncatingIfNeeded: leading[row])
      var place = Int(starts[bucket])
      let end = Int(starts[bucket &+ 1])
      while place < end {
        if words[place] == other[row] { return rows[place] }
        place &+= 1
      }
      return -1
    }
  }

  /// For each row its keys in one word, `none` where one is missing or out of range.
  private static func codes(_ columns: [IntegerColumn], _ parts: [(key: Int, part: Part)]) -> Buffer<UInt64> {
    var codes: Buffer<UInt64>?
    for (key, part) in parts {
      let column = columns[key]
      codes =
        switch column.storage {
        case .int8(let values): join(codes, values, part, column.validity)
        case .int16(let values): join(codes, values, part, column.validity)
        case .int32(let values): join(codes, values, part, column.validity)
        case .int64(let values): join(codes, values, part, column.validity)
        }
    }
    return codes ?? Buffer([])
  }

  @inline(__always)
  private static func join<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Buffer<UInt64>?, _ values: Buffer<T>, _ part: Part, _ validity: Bitmap?
  ) -> Buffer<UInt64> {
    let source = values.span
    let low = UInt64(bitPattern: part.low)
    let earlier = codes ?? Buffer(repeating: 0, count: source.count)
    let before = earlier.span
    guard let validity else {
      return Buffer(count: source.count) { row in
        let place = UInt64(truncatingIfNeeded: source[row]) &- low
        return place < part.span && before[row] != none ? before[row] &+ place &* part.stride : none
      }
    }
    let valid = validity.words.span
    return Buffer(count: source.count) { row in
      let place = UInt64(truncatingIfNeeded: source[row]) &- low
      let isValid = valid[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
      return isValid && place < part.span && before[row] != none ? before[row] &+ place &* part.stride : none
    }
  }
}
