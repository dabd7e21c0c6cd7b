import BilanColumnar
import BilanDiagnostics

/// Turns rows into text for machines: a cell for each column with something before it, and something after each row.
///
/// `prepare` looks at a chunk once; from then on `append` is a function of the rows it is given, so runs of a chunk's
/// rows may be formatted at once.
struct RowFormatter: Sendable {
  let syntax: CellSyntax
  private let types: [DataType]
  private let frames: [CellFrame]
  private let suffix: ShortText
  private var tables: CellTables

  /// - Parameters:
  ///   - prefixes: the bytes before each column's cell, as many as columns.
  ///   - suffix: the bytes after each row, at most sixteen.
  init(_ schema: Schema, syntax: CellSyntax, prefixes: [[UInt8]], suffix: [UInt8]) {
    self.syntax = syntax
    types = schema.fields.map(\.type)
    let missing = ShortText(syntax.missing)
    frames = prefixes.map { CellFrame(prefix: ShortText($0), missing: missing) }
    self.suffix = ShortText(suffix)
    tables = CellTables(columnCount: prefixes.count)
  }

  /// Writes out the dictionaries of a chunk that is to be formatted, and its small numbers.
  mutating func prepare(_ chunk: Chunk) {
    let keys = chunk.columns.indices.map { key(of: chunk.columns[$0], $0) }
    tables.update(keys, rowCount: chunk.count, syntax: syntax, frames: frames)
  }

  /// What a table of the column's cells would be the table of; nil where there are too many for one.
  private func key(of column: Column, _ index: Int) -> CellTable.Key? {
    switch column {
    // Lists come here for JSON alone, and are JSON.
    case .text where types[index].list != nil: return nil
    case .text(let text): return .texts(text.dictionary)
    case .integer(let integers) where types[index] == .integer:
      if let bounds = integers.bounds, let span = bounds.span, span <= 1 << 15 { return .integers(bounds) }
      if case .int8 = integers.storage { return .integers(IntegerBounds(low: -128, high: 127)) }
      return nil
    default: return nil
    }
  }

  /// Appends rows of a prepared chunk.
  func append(_ rows: Range<Int>, of chunk: Chunk, to output: inout [UInt8], _ block: inout CellBlock) {
    var start = rows.lowerBound
    while start < rows.upperBound {
      let end = min(start + CellBlock.rowLimit, rows.upperBound)
      block.begin(rows: end - start, columns: chunk.columns.count)
      for index in chunk.columns.indices { write(chunk.columns[index], index, start..<end, &block) }
      block.appendRows(columns: chunk.columns.count, ready: tables.bytes.span, suffix: suffix, to: &output)
      start = end
    }
  }

  private func write(_ column: Column, _ index: Int, _ rows: Range<Int>, _ block: inout CellBlock) {
    let frame = frames[index]
    switch column {
    case .text(let text): write(text, index, rows, &block)
    case .integer(let integers): write(integers, index, rows, &block)
    case .real(let reals):
      let values = reals.slice(rows).doubles
      let span = values.span
      let first = rows.lowerBound
      var digits = RealDigits(decimals: reals.decimals?.digits)
      block.writeCells(index, rows, validity: reals.validity, frame: frame, bytesPerCell: RealDigits.limit) {
        row, output, place in
        let value = span[row &- first]
        if let end = digits.write(value, to: &output, at: place) { return end }
        if !value.isFinite { return frame.missing.write(to: &output, at: place) }
        return RealDigits.writeAny(value, to: &output, at: place)
      }
    case .boolean(let booleans):
      block.writeCells(index, rows, validity: booleans.validity, frame: frame, bytesPerCell: 5) { row, output, place in
        let isTrue = booleans.values[row]
        // "true" and "false", the first letter in the lowest byte.
        let word: UInt64 = isTrue ? 0x6575_7274 : 0x65_736C_6166
        output.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
        return place &+ (isTrue ? 4 : 5)
      }
    case .ratio(let ratios):
      block.appendCells(index, rows, validity: nil, frame: frame) { row, output in
        syntax.appendRatio(ratios[row], to: &output)
      }
    }
  }

  private func write(_ column: IntegerColumn, _ index: Int, _ rows: Range<Int>, _ block: inout CellBlock) {
    switch types[index] {
    case .period:
      block.appendCells(index, rows, validity: column.validity, frame: frames[index]) { row, output in
        syntax.appendPlain(Period(encoded: Int(column[row])).description, to: &output)
      }
    case .duration(let unit):
      block.appendCells(index, rows, validity: column.validity, frame: frames[index]) { row, output in
        syntax.appendPlain(DurationText.machine(column[row], unit), to: &output)
      }
    default:
      switch column.storage {
      case .int8(let values): write(values, of: column, index, rows, &block)
      case .int16(let values): write(values, of: column, index, rows, &block)
      case .int32(let values): write(values, of: column, index, rows, &block)
      case .int64(let values): write(values, of: column, index, rows, &block)
      }
    }
  }

  /// Whole numbers or days, in whatever width.
  @inline(__always)
  private func write<T: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, of column: IntegerColumn, _ index: Int, _ rows: Range<Int>, _ block: inout CellBlock
  ) {
    let span = values.span
    if let key = key(of: .integer(column), index), case .integers(let bounds) = key,
      let (first, count) = tables.place(of: index, key)
    {
      let ready = tables.cells.span.extracting(first..<first + count + 1)
      let low = Int(bounds.low)
      if let validity = column.validity {
        block.takeCells(index, rows, from: ready) { row in validity[row] ? Int(span[row]) &- low : count }
      } else {
        block.takeCells(index, rows, from: ready) { row in Int(span[row]) &- low }
      }
    } else if types[index] == .date {
      let isQuoted = syntax.isJSON
      block.writeCells(index, rows, validity: column.validity, frame: frames[index], bytesPerCell: DateDigits.limit) {
        row, output, place in
        DateDigits.write(CalendarDate(days: Int(span[row])), isQuoted: isQuoted, to: &output, at: place)
      }
    } else {
      block.writeCells(
        index, rows, validity: column.validity, frame: frames[index], bytesPerCell: IntegerDigits.limit
      ) {
        row, output, place in
        IntegerDigits.write(Int64(span[row]), to: &output, at: place)
      }
    }
  }

  private func write(_ column: TextColumn, _ index: Int, _ rows: Range<Int>, _ block: inout CellBlock) {
    guard let (first, count) = tables.place(of: index, .texts(column.dictionary)) else {
      let dictionary = column.dictionary
      let texts = dictionary.bytes
      if types[index].list != nil {
        block.appendCells(index, rows, validity: column.validity, frame: frames[index]) { row, output in
          let (range, span) = (dictionary.byteRange(column.code(row)), texts.span)
          for place in range { output.append(span[place]) }
        }
        return
      }
      block.appendCells(index, rows, validity: column.validity, frame: frames[index]) { row, output in
        syntax.appendText(texts.span, in: dictionary.byteRange(column.code(row)), to: &output)
      }
      return
    }
    let ready = tables.cells.span.extracting(first..<first + count + 1)
    switch column.storage {
    case .uint8(let codes): take(codes, column.validity, index, rows, ready, &block)
    case .uint16(let codes): take(codes, column.validity, index, rows, ready, &block)
    case .uint32(let codes): take(codes, column.validity, index, rows, ready, &block)
    }
  }

  @inline(__always)
  private func take<T: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    _ codes: Buffer<T>, _ validity: Bitmap?, _ index: Int, _ rows: Range<Int>, _ ready: borrowing Swift.Span<Cell>,
    _ block: inout CellBlock
  ) {
    let span = codes.span
    if let validity {
      let missing = ready.count - 1
      block.takeCells(index, rows, from: ready) { row in validity[row] ? Int(span[row]) : missing }
    } else {
      block.takeCells(index, rows, from: ready) { row in Int(span[row]) }
    }
  }
}
