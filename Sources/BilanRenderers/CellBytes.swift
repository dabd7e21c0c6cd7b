import BilanColumnar
import BilanDiagnostics

/// How a format for machines writes the cells of a row.
struct CellSyntax: Sendable {
  enum Quoting: Sendable {
    /// RFC 4180: quotes where the text needs them.
    case delimited(delimiter: UInt8)
    /// JSON strings, always quoted.
    case json
  }

  var quoting: Quoting
  /// What stands for a missing value.
  var missing: [UInt8]

  var isJSON: Bool { if case .json = quoting { true } else { false } }

  func appendText(_ bytes: borrowing Swift.Span<UInt8>, in range: Range<Int>, to output: inout [UInt8]) {
    switch quoting {
    case .json:
      output.append(0x22)
      for index in range { JSONText.appendEscaped(bytes[index], to: &output) }
      output.append(0x22)
    case .delimited(let delimiter):
      let needsQuotes = Self.needsQuotes(bytes, in: range, delimiter: delimiter)
      if needsQuotes { output.append(0x22) }
      for index in range {
        let byte = bytes[index]
        if byte == 0x22 { output.append(0x22) }
        output.append(byte)
      }
      if needsQuotes { output.append(0x22) }
    }
  }

  /// True for what RFC 4180 wants quoted, for spaces at the ends, which some readers drop, and for an empty text, so
  /// that it is not taken for a missing one.
  private static func needsQuotes(
    _ bytes: borrowing Swift.Span<UInt8>, in range: Range<Int>, delimiter: UInt8
  ) -> Bool {
    guard let first = range.first, let last = range.last else { return true }
    if bytes[first] == 0x20 || bytes[last] == 0x20 { return true }
    for index in range {
      let byte = bytes[index]
      if byte == delimiter || byte == 0x22 || byte == 0x0A || byte == 0x0D { return true }
    }
    return false
  }

  func appendText(_ text: String, to output: inout [UInt8]) {
    let bytes = Array(text.utf8)
    appendText(bytes.span, in: 0..<bytes.count, to: &output)
  }

  /// A text of ours that needs no escapes: a date, a duration.
  func appendPlain(_ text: String, to output: inout [UInt8]) {
    if isJSON { output.append(0x22) }
    output.append(contentsOf: text.utf8)
    if isJSON { output.append(0x22) }
  }

  func appendReal(_ value: Double, to output: inout [UInt8]) {
    if value.isFinite { NumberBytes.append(value, to: &output) } else { output.append(contentsOf: missing) }
  }

  func appendRatio(_ ratio: RatioValue, to output: inout [UInt8]) {
    guard isJSON else {
      if let value = ratio.value { appendReal(value, to: &output) } else { output.append(contentsOf: missing) }
      return
    }
    output.append(contentsOf: Array(#"{"value":"#.utf8))
    if let value = ratio.value { appendReal(value, to: &output) } else { output.append(contentsOf: missing) }
    output.append(contentsOf: Array(#","numerator":"#.utf8))
    appendReal(ratio.numerator, to: &output)
    output.append(contentsOf: Array(#","denominator":"#.utf8))
    appendReal(ratio.denominator, to: &output)
    output.append(contentsOf: Array(#","reported":"#.utf8))
    NumberBytes.append(Int64(ratio.reported), to: &output)
    output.append(contentsOf: Array(#","expected":"#.utf8))
    NumberBytes.append(Int64(ratio.expected), to: &output)
    output.append(0x7D)
  }
}

/// The cells of one column as bytes: cell `i` is `lengths[i]` bytes from `starts[i]`. Cells may share bytes.
struct CellBytes {
  var bytes: [UInt8]
  var starts: [Int]
  var lengths: [Int32]
}

/// The texts of a dictionary, each written out as a cell once; code `count` is the missing cell.
struct EncodedDictionary {
  let dictionary: TextDictionary
  let bytes: [UInt8]
  let offsets: [Int]

  init(_ dictionary: TextDictionary, syntax: CellSyntax) {
    self.dictionary = dictionary
    var output: [UInt8] = []
    output.reserveCapacity(dictionary.bytes.count + dictionary.count * 2 + 8)
    var offsets = [0]
    offsets.reserveCapacity(dictionary.count + 2)
    let source = dictionary.bytes
    let ends = dictionary.offsets
    let span = source.span
    let endSpan = ends.span
    for code in 0..<dictionary.count {
      syntax.appendText(span, in: Int(endSpan[code])..<Int(endSpan[code + 1]), to: &output)
      offsets.append(output.count)
    }
    output.append(contentsOf: syntax.missing)
    offsets.append(output.count)
    bytes = output
    self.offsets = offsets
  }
}

/// Writes the cells of columns as bytes, a loop per column and type.
struct CellEncoder {
  let syntax: CellSyntax
  /// The last dictionary of each column, for chunks that share it.
  private var dictionaries: [EncodedDictionary?]
  /// How many rows the chunk has whose blocks are being encoded.
  var rowsToCome = 0

  init(syntax: CellSyntax, columnCount: Int) {
    self.syntax = syntax
    dictionaries = Array(repeating: nil, count: columnCount)
  }

  mutating func encode(_ column: Column, at index: Int, as type: DataType) -> CellBytes {
    switch column {
    case .text(let text): encode(text, at: index)
    case .integer(let integers): encode(integers, as: type)
    case .real(let reals):
      encode(count: reals.values.count, validity: reals.validity, bytesPerCell: 8) { row, output in
        syntax.appendReal(reals.values[row], to: &output)
      }
    case .boolean(let booleans):
      encode(count: booleans.values.count, validity: booleans.validity, bytesPerCell: 5) { row, output in
        output.append(contentsOf: (booleans.values[row] ? "true" : "false").utf8)
      }
    case .ratio(let ratios):
      encode(count: ratios.numerators.count, validity: nil, bytesPerCell: 16) { row, output in
        syntax.appendRatio(ratios[row], to: &output)
      }
    }
  }

  private func encode(_ column: IntegerColumn, as type: DataType) -> CellBytes {
    let values = column.values
    let count = values.count
    return switch type {
    case .date:
      encode(count: count, validity: column.validity, bytesPerCell: 12) { row, output in
        if syntax.isJSON { output.append(0x22) }
        NumberBytes.append(CalendarDate(days: Int(values[row])), to: &output)
        if syntax.isJSON { output.append(0x22) }
      }
    case .period:
      encode(count: count, validity: column.validity, bytesPerCell: 10) { row, output in
        syntax.appendPlain(Period(encoded: Int(values[row])).description, to: &output)
      }
    case .duration(let unit):
      encode(count: count, validity: column.validity, bytesPerCell: 10) { row, output in
        syntax.appendPlain(DurationText.machine(values[row], unit), to: &output)
      }
    default:
      encode(count: count, validity: column.validity, bytesPerCell: 6) { row, output in
        NumberBytes.append(values[row], to: &output)
      }
    }
  }

  /// One loop for every type; specialised for each closure, which the optimizer inlines.
  @inline(__always)
  private func encode(
    count: Int, validity: Bitmap?, bytesPerCell: Int, _ append: (Int, inout [UInt8]) -> Void
  ) -> CellBytes {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * bytesPerCell)
    var starts: [Int] = []
    starts.reserveCapacity(count)
    var lengths: [Int32] = []
    lengths.reserveCapacity(count)
    for row in 0..<count {
      let start = bytes.count
      if validity?[row] ?? true { append(row, &bytes) } else { bytes.append(contentsOf: syntax.missing) }
      starts.append(start)
      lengths.append(Int32(truncatingIfNeeded: bytes.count - start))
    }
    return CellBytes(bytes: bytes, starts: starts, lengths: lengths)
  }

  private mutating func encode(_ column: TextColumn, at index: Int) -> CellBytes {
    let count = column.codes.count
    let dictionary = column.dictionary
    // A few rows of a large dictionary: writing it out whole would be the larger work.
    if dictionaries[index]?.dictionary !== dictionary, dictionary.count > 8 * rowsToCome + 64 {
      return encodeRows(column)
    }
    let encoded: EncodedDictionary
    if let known = dictionaries[index], known.dictionary === dictionary {
      encoded = known
    } else {
      encoded = EncodedDictionary(dictionary, syntax: syntax)
      dictionaries[index] = encoded
    }
    var starts: [Int] = []
    starts.reserveCapacity(count)
    var lengths: [Int32] = []
    lengths.reserveCapacity(count)
    let codes = column.codes
    let span = codes.span
    let allOffsets = encoded.offsets
    let offsets = allOffsets.span
    for row in 0..<count {
      let code = column.validity?[row] ?? true ? Int(span[row]) : dictionary.count
      let start = offsets[code]
      starts.append(start)
      lengths.append(Int32(truncatingIfNeeded: offsets[code + 1] - start))
    }
    return CellBytes(bytes: encoded.bytes, starts: starts, lengths: lengths)
  }

  private func encodeRows(_ column: TextColumn) -> CellBytes {
    let source = column.dictionary.bytes
    let dictionary = column.dictionary
    return encode(count: column.codes.count, validity: column.validity, bytesPerCell: 16) { row, output in
      syntax.appendText(source.span, in: dictionary.byteRange(Int(column.codes[row])), to: &output)
    }
  }
}

/// Lays the cells of columns side by side into rows.
///
/// Row lengths are known before a byte is copied, so each column is copied in a loop of its own to where its cells
/// belong.
enum RowAssembler {
  /// - Parameters:
  ///   - prefixes: the bytes before each column's cell, as many as columns.
  ///   - suffix: the bytes after each row.
  static func rows(_ columns: [CellBytes], count: Int, prefixes: [[UInt8]], suffix: [UInt8]) -> [UInt8] {
    let fixed = suffix.count + prefixes.reduce(0) { $0 + $1.count }
    var ends = [Int](repeating: fixed, count: count)
    for column in columns {
      for row in 0..<count { ends[row] += Int(column.lengths[row]) }
    }
    var positions = [Int](repeating: 0, count: count)
    var total = 0
    for row in 0..<count {
      positions[row] = total
      total += ends[row]
    }
    var output = [UInt8](repeating: 0, count: total)
    for (column, prefix) in zip(columns, prefixes) {
      copy(column, after: prefix, to: &output, at: &positions)
    }
    for row in 0..<count {
      for (offset, byte) in suffix.enumerated() { output[positions[row] + offset] = byte }
    }
    return output
  }

  private static func copy(
    _ column: CellBytes, after prefix: [UInt8], to output: inout [UInt8], at positions: inout [Int]
  ) {
    let source = column.bytes.span
    let starts = column.starts.span
    let lengths = column.lengths.span
    let prefix = prefix.span
    var target = output.mutableSpan
    for row in positions.indices {
      var position = positions[row]
      for index in prefix.indices {
        target[position] = prefix[index]
        position += 1
      }
      let start = starts[row]
      for index in start..<start + Int(lengths[row]) {
        target[position] = source[index]
        position += 1
      }
      positions[row] = position
    }
  }

  /// Calls `body` with each run of rows whose text fits the processor's cache.
  static func forEachBlock(of chunk: Chunk, _ body: (Chunk) -> Void) {
    let blockSize = 8192
    var start = 0
    while start < chunk.count {
      let end = min(start + blockSize, chunk.count)
      body(chunk.slice(start..<end))
      start = end
    }
  }
}

/// Durations in words.
enum DurationText {
  /// `18 months`, as a query has it.
  static func machine(_ count: Int64, _ unit: DurationUnit) -> String { text(count, unit, .english) { String($0) } }

  static func text(
    _ count: Int64, _ unit: DurationUnit, _ language: Language, number: (Int64) -> String
  ) -> String {
    let name: Localized =
      switch unit {
      case .days: count.magnitude == 1 ? Localized("day", fr: "jour") : Localized("days", fr: "jours")
      case .months: count.magnitude == 1 ? Localized("month", fr: "mois") : Localized("months", fr: "mois")
      }
    return number(count) + " " + name[language]
  }
}
