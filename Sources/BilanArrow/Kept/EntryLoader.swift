import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// Takes columns up from an entry, each worker a chunk of a column at a time, and looks whether they are sound.
struct EntryLoader: Sendable {
  let file: MappedFile
  let table: KeptTable
  let batch: Range<Int>
  /// By column.
  let dictionaries: [Range<Int>?]

  /// What the chunks of a column have in common.
  private struct Frame: Sendable {
    var column: KeptColumn
    /// Where the values lie in the file.
    var values: Range<Int>
    var validity: Bitmap?
    /// Of truth values.
    var bits: Bitmap?
    var dictionary: TextDictionary?
  }

  /// The chunks of columns; nil where one of them is damaged.
  func load(
    _ places: [Int], _ workers: Workers, _ isCancelled: @Sendable () -> Bool
  ) throws(QueryError) -> [[Column]]? {
    let frames = workers.run(places.count) { frame(places[$0]) }.compactMap(\.self)
    guard frames.count == places.count else { return nil }
    let ranges = table.chunkRanges
    let pieces = try workers.run(frames.count * ranges.count) { task throws(QueryError) in
      if isCancelled() { throw .cancelled }
      return chunk(frames[task / ranges.count], ranges[task % ranges.count])
    }
    var columns: [[Column]] = []
    for (number, frame) in frames.enumerated() {
      var chunks: [Column] = []
      var sums: [UInt64] = []
      for piece in pieces[number * ranges.count..<(number + 1) * ranges.count] {
        guard let piece else { return nil }
        chunks.append(piece.column)
        sums.append(piece.sum)
      }
      guard frame.bits != nil || EntryWriter.sum(of: sums) == frame.column.values.sum else { return nil }
      columns.append(chunks)
    }
    return columns
  }

  // MARK: What a column has once

  private func frame(_ place: Int) -> Frame? {
    let column = table.columns[place]
    guard let values = Self.range(column.values, in: batch) else { return nil }
    var frame = Frame(column: column, values: values)
    if let stretch = column.validity {
      guard let bits = bits(stretch) else { return nil }
      frame.validity = bits
    }
    if let width = column.storage.width {
      guard values.count == table.rowCount * width else { return nil }
    } else {
      guard let bits = bits(column.values) else { return nil }
      frame.bits = bits
    }
    if let kept = column.dictionary {
      guard let body = dictionaries[place], let dictionary = dictionary(kept, body) else { return nil }
      frame.dictionary = dictionary
    }
    return frame
  }

  /// Where a stretch of a body lies in the file; nil where it goes beyond it.
  private static func range(_ stretch: KeptColumn.Stretch, in body: Range<Int>) -> Range<Int>? {
    guard stretch.offset <= body.count, stretch.size <= body.count - stretch.offset else { return nil }
    let start = body.lowerBound + stretch.offset
    return start..<start + stretch.size
  }

  private func bits(_ stretch: KeptColumn.Stretch) -> Bitmap? {
    let count = (table.rowCount + 63) / 64
    guard stretch.size == count * 8, let range = Self.range(stretch, in: batch),
      let words = values(range, of: UInt64.self, sum: stretch.sum)
    else { return nil }
    return Bitmap(words: words.array, count: table.rowCount)
  }

  private func dictionary(_ kept: KeptColumn.Dictionary, _ body: Range<Int>) -> TextDictionary? {
    guard kept.count >= 0, kept.count < Int(Int32.max), kept.offsets.size == (kept.count + 1) * 4,
      let places = Self.range(kept.offsets, in: body), let texts = Self.range(kept.bytes, in: body),
      let offsets = values(places, of: UInt32.self, sum: kept.offsets.sum),
      let bytes = values(texts, of: UInt8.self, sum: kept.bytes.sum)
    else { return nil }
    let span = offsets.span
    guard span[0] == 0, Int(span[kept.count]) == bytes.count else { return nil }
    for code in 0..<kept.count where span[code] > span[code + 1] { return nil }
    return TextDictionary(bytes: bytes.array, offsets: offsets.array, isSorted: kept.isSorted)
  }

  /// A copy of values that lie side by side; nil where they are not those that were written.
  private func values<Element: BitwiseCopyable & Sendable>(
    _ range: Range<Int>, of type: Element.Type, sum: UInt64
  ) -> Buffer<Element>? {
    guard let (values, found) = values(range, of: type), found == sum else { return nil }
    return values
  }

  private func values<Element: BitwiseCopyable & Sendable>(
    _ range: Range<Int>, of type: Element.Type
  ) -> (Buffer<Element>, sum: UInt64)? {
    // Of the copy: what is looked at is what is used.
    file.values(range, of: type).map { ($0, Checksum.of($0)) }
  }

  // MARK: Chunks

  private func chunk(_ frame: Frame, _ rows: Range<Int>) -> (column: Column, sum: UInt64)? {
    let validity = frame.validity?.slice(rows)
    if let bits = frame.bits {
      return (Column.boolean(BooleanColumn(bits.slice(rows), validity: validity)).withoutIdleValidity(), 0)
    }
    let width = frame.column.storage.width!
    let start = frame.values.lowerBound
    let range = start + rows.lowerBound * width..<start + rows.upperBound * width
    func integers<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ type: Element.Type, _ storage: (Buffer<Element>) -> IntegerColumn.Storage
    ) -> (Column, UInt64)? {
      guard let (values, sum) = values(range, of: type) else { return nil }
      return (.integer(IntegerColumn(storage(values), validity: validity, bounds: frame.column.bounds)), sum)
    }
    func codes<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ type: Element.Type, _ storage: (Buffer<Element>) -> TextColumn.Codes
    ) -> (Column, UInt64)? {
      guard let dictionary = frame.dictionary, let (values, sum) = values(range, of: type),
        Self.greatest(values) < max(1, dictionary.count)
      else { return nil }
      return (.text(TextColumn(storage: storage(values), dictionary: dictionary, validity: validity)), sum)
    }
    let loaded: (Column, UInt64)?
    switch frame.column.storage {
    case .int8: loaded = integers(Int8.self) { .int8($0) }
    case .int16: loaded = integers(Int16.self) { .int16($0) }
    case .int32: loaded = integers(Int32.self) { .int32($0) }
    case .int64: loaded = integers(Int64.self) { .int64($0) }
    case .real:
      loaded = values(range, of: Double.self).map {
        (.real(PrimitiveColumn($0.0, validity: validity, decimals: frame.column.decimals)), $0.sum)
      }
    case .code8: loaded = codes(UInt8.self) { .uint8($0) }
    case .code16: loaded = codes(UInt16.self) { .uint16($0) }
    case .code32: loaded = codes(UInt32.self) { .uint32($0) }
    case .boolean: return nil
    }
    return loaded.map { ($0.0.withoutIdleValidity(), $0.1) }
  }

  private static func greatest<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<Element>
  ) -> Int {
    let span = values.span
    var greatest = Element.min
    for row in span.indices { greatest = max(greatest, span[row]) }
    return Int(greatest)
  }
}
