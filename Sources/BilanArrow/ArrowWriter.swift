import BilanColumnar
import BilanCompression
import BilanReaders

/// Writes a table as an Arrow IPC file or stream, which reading gives back value by value.
///
/// Integers are written with 64 bits, reals with double precision, dates in days, texts as utf8. What Arrow has no type
/// for goes with metadata: a period is a text, a duration an integer. A ratio is written as its quotient.
package struct ArrowWriter {
  package struct Options: Sendable {
    /// Without the footer that allows to read batches in any order.
    package var isStream: Bool
    /// Texts as codes into a dictionary: smaller, and what statistics programs call a factor or a category.
    package var codesTexts: Bool
    /// Buffers compressed with zstd, where this build has it.
    package var isCompressed: Bool
    package var batchRows: Int

    package init(
      isStream: Bool = false, codesTexts: Bool = false, isCompressed: Bool = false, batchRows: Int = 1 << 20
    ) {
      self.isStream = isStream
      self.codesTexts = codesTexts
      self.isCompressed = isCompressed
      self.batchRows = max(1, batchRows)
    }
  }

  private let table: PortableTable
  private let options: Options
  /// Texts whose offsets need 64 bits.
  private let isLarge: [Bool]
  private var output: [UInt8] = []
  private var blocks: (dictionaries: [Int64], batches: [Int64]) = ([], [])

  /// - Returns: the bytes of the file.
  package static func write(_ schema: Schema, _ chunks: [Chunk], options: Options = Options()) -> [UInt8] {
    var writer = ArrowWriter(PortableTable(schema, chunks), options)
    writer.write()
    return writer.output
  }

  private init(_ table: PortableTable, _ options: Options) {
    self.table = table
    self.options = options
    isLarge = table.columns.map { column in
      guard case .text(let texts) = column else { return false }
      let longest = options.codesTexts ? texts.dictionary.bytes.count : Self.textSize(texts)
      return longest > Int(Int32.max)
    }
  }

  private static func textSize(_ column: TextColumn) -> Int {
    (0..<column.count).reduce(0) { size, row in
      column.validity?[row] ?? true ? size + column.dictionary.byteRange(column.code(row)).count : size
    }
  }

  private mutating func write() {
    if !options.isStream { output += ArrowFile.magic + [0, 0] }
    message(FlatBuilder.Table([(0, .int16(4)), (1, .int8(1)), (2, .table(schema)), (3, .int64(0))]), body: [])
    for (index, column) in table.columns.enumerated() {
      guard case .text(let texts) = column, options.codesTexts else { continue }
      let count = texts.dictionary.count
      let offsets = texts.dictionary.offsets.array
      var body = Body(isCompressed: options.isCompressed)
      body.node(count, missing: 0)
      body.append([])
      body.append(isLarge[index] ? [UInt8](littleEndian: offsets.map { UInt64($0) }) : [UInt8](littleEndian: offsets))
      body.append(texts.dictionary.bytes.array)
      blocks.dictionaries += batch(
        FlatBuilder.Table([(0, .int64(Int64(index))), (1, .table(body.table(count)))]), kind: 2, body.bytes)
    }
    var row = 0
    while row < table.rowCount {
      let rows = row..<min(row + options.batchRows, table.rowCount)
      var body = Body(isCompressed: options.isCompressed)
      for (index, column) in table.columns.enumerated() { append(column.slice(rows), index, to: &body) }
      blocks.batches += batch(body.table(rows.count), kind: 3, body.bytes)
      row = rows.upperBound
    }
    // The end of the stream.
    output += [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]
    if options.isStream { return }
    let footer = FlatBuilder.buffer(
      FlatBuilder.Table([
        (0, .int16(4)), (1, .table(schema)), (2, .structs(blocks.dictionaries, perElement: 3)),
        (3, .structs(blocks.batches, perElement: 3)),
      ]))
    output += footer
    output += [UInt8](littleEndian: [Int32(footer.count)]) + ArrowFile.magic
  }

  // MARK: Messages

  private mutating func batch(_ header: FlatBuilder.Table, kind: UInt8, _ body: [UInt8]) -> [Int64] {
    let offset = Int64(output.count)
    let size = message(
      FlatBuilder.Table([(0, .int16(4)), (1, .int8(kind)), (2, .table(header)), (3, .int64(Int64(body.count)))]),
      body: body)
    return [offset, Int64(size), Int64(body.count)]
  }

  /// - Returns: bytes before the body.
  @discardableResult
  private mutating func message(_ table: FlatBuilder.Table, body: [UInt8]) -> Int {
    let metadata = FlatBuilder.buffer(table)
    output += [0xFF, 0xFF, 0xFF, 0xFF]
    output += [UInt8](littleEndian: [Int32(metadata.count)])
    output += metadata
    output += body
    return 8 + metadata.count
  }

  // MARK: The schema

  private var schema: FlatBuilder.Table {
    FlatBuilder.Table([
      (0, .int16(0)), (1, .tables(table.fields.indices.map { field($0) })),
    ])
  }

  private func field(_ index: Int) -> FlatBuilder.Table {
    let field = table.fields[index]
    var metadata: [(String, String)] = []
    if let unit = field.unit { metadata.append((ArrowMetadata.unit, unit)) }
    if field.display == .percent { metadata.append((ArrowMetadata.display, "percent")) }
    if field.isSensitive { metadata.append((ArrowMetadata.sensitive, "true")) }
    let integer = FlatBuilder.Table([(0, .int32(64)), (1, .int8(1))])
    let kind: UInt8
    let type: FlatBuilder.Table
    switch field.type {
    case .integer, .missing: (kind, type) = (2, integer)
    case .duration(let unit):
      (kind, type) = (2, integer)
      metadata.append((ArrowMetadata.type, unit.rawValue))
    case .real, .ratio: (kind, type) = (3, FlatBuilder.Table([(0, .int16(2))]))
    case .date: (kind, type) = (8, FlatBuilder.Table([(0, .int16(0))]))
    case .boolean: (kind, type) = (6, FlatBuilder.Table([]))
    case .text, .list: (kind, type) = (isLarge[index] ? 20 : 5, FlatBuilder.Table([]))
    case .period:
      (kind, type) = (isLarge[index] ? 20 : 5, FlatBuilder.Table([]))
      metadata.append((ArrowMetadata.type, "period"))
      if let month = table.fiscalMonths[index] { metadata.append((ArrowMetadata.fiscalYearStart, "\(month)")) }
    }
    var values: [(Int, FlatBuilder.Value)] = [
      (0, .string(field.label)), (1, .int8(1)), (2, .int8(kind)), (3, .table(type)), (5, .tables([])),
    ]
    if kind == 5 || kind == 20, options.codesTexts {
      let index = FlatBuilder.Table([
        (0, .int64(Int64(index))), (1, .table(FlatBuilder.Table([(0, .int32(32)), (1, .int8(1))]))),
      ])
      values.append((4, .table(index)))
    }
    if !metadata.isEmpty {
      values.append(
        (6, .tables(metadata.map { FlatBuilder.Table([(0, .string($0.0)), (1, .string($0.1))]) })))
    }
    return FlatBuilder.Table(values)
  }

  // MARK: Columns

  /// The body of a batch: buffers, each at a multiple of 64 bytes, and what the metadata say of them.
  private struct Body {
    let isCompressed: Bool
    var bytes: [UInt8] = []
    private var nodes: [Int64] = []
    private var buffers: [Int64] = []

    init(isCompressed: Bool) { self.isCompressed = isCompressed && Inflation.isBuilt }

    mutating func node(_ count: Int, missing: Int) { nodes += [Int64(count), Int64(missing)] }

    mutating func append(_ buffer: [UInt8]) {
      var buffer = buffer
      if isCompressed, !buffer.isEmpty, let packed = Deflation.deflate(buffer, .zstd) {
        // What does not become smaller is kept as it is, which a size of -1 says.
        buffer =
          packed.count < buffer.count
          ? [UInt8](littleEndian: [Int64(buffer.count)]) + packed : [UInt8](littleEndian: [Int64(-1)]) + buffer
      }
      buffers += [Int64(bytes.count), Int64(buffer.count)]
      bytes += buffer
      while bytes.count % 64 != 0 { bytes.append(0) }
    }

    func table(_ rowCount: Int) -> FlatBuilder.Table {
      var fields: [(Int, FlatBuilder.Value)] = [
        (0, .int64(Int64(rowCount))), (1, .structs(nodes, perElement: 2)), (2, .structs(buffers, perElement: 2)),
      ]
      if isCompressed { fields.append((3, .table(FlatBuilder.Table([(0, .int8(1)), (1, .int8(0))])))) }
      return FlatBuilder.Table(fields)
    }
  }

  private func append(_ column: Column, _ index: Int, to body: inout Body) {
    let count = column.count
    let validity = column.validity
    body.node(count, missing: validity.map { count - $0.onesCount } ?? 0)
    body.append(validity.map { Self.bytes($0) } ?? [])
    switch column {
    case .integer(let column):
      let values = column.values.array
      body.append(
        table.fields[index].type == .date
          ? [UInt8](littleEndian: values.map { Int32(clamping: $0) }) : [UInt8](littleEndian: values))
    case .real(let column): body.append([UInt8](littleEndian: column.values.array.map(\.bitPattern)))
    case .boolean(let column): body.append(Self.bytes(column.values))
    case .text(let column):
      if options.codesTexts {
        body.append([UInt8](littleEndian: column.codes.array.map { Int32(bitPattern: $0) }))
      } else {
        appendTexts(column, isLarge: isLarge[index], to: &body)
      }
    case .ratio: preconditionFailure("ratios are written as quotients")
    }
  }

  private func appendTexts(_ column: TextColumn, isLarge: Bool, to body: inout Body) {
    let dictionary = column.dictionary
    let source = dictionary.bytes.array
    var offsets: [Int] = [0]
    offsets.reserveCapacity(column.count + 1)
    var bytes: [UInt8] = []
    for row in 0..<column.count {
      if column.validity?[row] ?? true { bytes += source[dictionary.byteRange(column.code(row))] }
      offsets.append(bytes.count)
    }
    body.append(
      isLarge
        ? [UInt8](littleEndian: offsets.map { Int64($0) })
        : [UInt8](littleEndian: offsets.map { Int32(truncatingIfNeeded: $0) }))
    body.append(bytes)
  }

  private static func bytes(_ bitmap: Bitmap) -> [UInt8] {
    Array([UInt8](littleEndian: bitmap.words).prefix((bitmap.count + 7) / 8))
  }
}
