import BilanColumnar
import BilanCompression
import BilanReaders

/// Writes a table as an Arrow IPC file or stream, which reading gives back value by value.
///
/// Integers are written with 64 bits, reals with double precision, dates in days, texts as utf8, lists as lists of values
/// or of structures. What Arrow has no type for goes with metadata: a period is a text, a duration an integer. A ratio is
/// written as its quotient.
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

  private let schema: Schema
  /// For each column of periods the month in which its fiscal years begin.
  private let fiscalMonths: [Int?]
  private let options: Options
  /// Texts whose offsets need 64 bits.
  private let isLarge: [Bool]
  /// The rows at hand: of a batch, or where texts are coded, for which there is one dictionary, all.
  private var table: PortableTable
  /// Of its columns of lists.
  private var listOffsets: [Int: [Int]] = [:]
  /// What has not been handed on yet, and how much has.
  private var output: [UInt8] = []
  private var handedOn = 0
  private var blocks: (dictionaries: [Int64], batches: [Int64]) = ([], [])

  /// - Returns: the bytes of the file.
  package static func write(_ schema: Schema, _ chunks: [Chunk], options: Options = Options()) -> [UInt8] {
    var bytes: [UInt8] = []
    write(schema, chunks, options: options) { bytes += $0 }
    return bytes
  }

  /// Hands on the bytes of the file a batch at a time.
  package static func write(
    _ schema: Schema, _ chunks: [Chunk], options: Options = Options(), into receive: ([UInt8]) -> Void
  ) {
    var writer = ArrowWriter(schema, chunks, options)
    writer.write(chunks, receive)
  }

  private init(_ schema: Schema, _ chunks: [Chunk], _ options: Options) {
    self.schema = schema
    self.options = options
    fiscalMonths = PortableTable.fiscalMonths(schema, chunks)
    table = PortableTable(schema, options.codesTexts ? chunks : [])
    isLarge = table.columns.indices.map { [table] place in
      if options.codesTexts {
        guard case .text(let texts) = table.columns[place] else { return false }
        return texts.dictionary.bytes.count > Int(Int32.max)
      }
      return chunks.reduce(0) { $0 + Self.textSize($1.columns[place]) } > Int(Int32.max)
    }
  }

  private static func isLarge(_ column: Column) -> Bool { textSize(column) > Int(Int32.max) }

  /// Of what is no text 0.
  private static func textSize(_ column: Column) -> Int {
    guard case .text(let column) = column else { return 0 }
    return (0..<column.count).reduce(0) { size, row in
      column.validity?[row] ?? true ? size + column.dictionary.byteRange(column.code(row)).count : size
    }
  }

  private mutating func handOn(_ receive: ([UInt8]) -> Void) {
    receive(output)
    handedOn += output.count
    output = []
  }

  private mutating func write(_ chunks: [Chunk], _ receive: ([UInt8]) -> Void) {
    if !options.isStream { output += ArrowFile.magic + [0, 0] }
    message(FlatBuilder.Table([(0, .int16(4)), (1, .int8(1)), (2, .table(header)), (3, .int64(0))]), body: [])
    for (index, column) in table.columns.enumerated() {
      guard case .text(let texts) = column, options.codesTexts, table.lists[index] == nil else { continue }
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
    for stretch in options.codesTexts ? [chunks] : PortableTable.stretches(chunks, of: options.batchRows) {
      if !options.codesTexts { table = PortableTable(schema, stretch) }
      listOffsets = [:]
      for (place, list) in table.lists.enumerated() { listOffsets[place] = list?.offsets }
      var row = 0
      while row < table.rowCount {
        let rows = row..<batchEnd(from: row)
        var body = Body(isCompressed: options.isCompressed)
        for index in table.columns.indices { append(index, rows, to: &body) }
        blocks.batches += batch(body.table(rows.count), kind: 3, body.bytes)
        handOn(receive)
        row = rows.upperBound
      }
    }
    // The end of the stream.
    output += [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]
    if options.isStream { return handOn(receive) }
    let footer = FlatBuilder.buffer(
      FlatBuilder.Table([
        (0, .int16(4)), (1, .table(header)), (2, .structs(blocks.dictionaries, perElement: 3)),
        (3, .structs(blocks.batches, perElement: 3)),
      ]))
    output += footer
    output += [UInt8](littleEndian: [Int32(footer.count)]) + ArrowFile.magic
    handOn(receive)
  }

  /// Where a batch ends that begins at a row: offsets of lists have 32 bits.
  private func batchEnd(from row: Int) -> Int {
    var end = min(row + options.batchRows, table.rowCount)
    for offsets in listOffsets.values {
      while end > row + 1, offsets[end] - offsets[row] > Int(Int32.max) { end = row + (end - row) / 2 }
    }
    return end
  }

  // MARK: Messages

  private mutating func batch(_ header: FlatBuilder.Table, kind: UInt8, _ body: [UInt8]) -> [Int64] {
    let offset = Int64(handedOn + output.count)
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

  private var header: FlatBuilder.Table {
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
    if field.type == .period, let month = fiscalMonths[index] {
      metadata.append((ArrowMetadata.fiscalYearStart, "\(month)"))
    }
    guard let list = table.lists[index] else {
      return self.field(
        field.label, field.type, metadata, isLarge: isLarge[index], dictionary: options.codesTexts ? index : nil)
    }
    let parts = zip(list.parts, list.columns).map { part, column in
      self.field(
        part.name.isEmpty ? "item" : part.name, part.type, part.unit.map { [(ArrowMetadata.unit, $0)] } ?? [],
        isLarge: Self.isLarge(column), dictionary: nil)
    }
    let element =
      list.parts[0].name.isEmpty ? parts[0] : self.field("item", kind: 13, FlatBuilder.Table([]), [], children: parts)
    return self.field(field.label, kind: 12, FlatBuilder.Table([]), metadata, children: [element])
  }

  private func field(
    _ name: String, kind: UInt8, _ type: FlatBuilder.Table, _ metadata: [(String, String)],
    children: [FlatBuilder.Table] = [], dictionary: FlatBuilder.Table? = nil
  ) -> FlatBuilder.Table {
    var values: [(Int, FlatBuilder.Value)] = [
      (0, .string(name)), (1, .int8(1)), (2, .int8(kind)), (3, .table(type)), (5, .tables(children)),
    ]
    if let dictionary { values.append((4, .table(dictionary))) }
    if !metadata.isEmpty {
      values.append(
        (6, .tables(metadata.map { FlatBuilder.Table([(0, .string($0.0)), (1, .string($0.1))]) })))
    }
    return FlatBuilder.Table(values)
  }

  /// A field that is no list, or a list in a list, which is written as a text.
  ///
  /// - Parameter dictionary: the number of its texts' dictionary; nil where they are not coded.
  private func field(
    _ name: String, _ dataType: DataType, _ metadata: [(String, String)], isLarge: Bool, dictionary: Int?
  ) -> FlatBuilder.Table {
    var metadata = metadata
    let integer = FlatBuilder.Table([(0, .int32(64)), (1, .int8(1))])
    let kind: UInt8
    let type: FlatBuilder.Table
    switch dataType {
    case .integer, .missing: (kind, type) = (2, integer)
    case .duration(let unit):
      (kind, type) = (2, integer)
      metadata.append((ArrowMetadata.type, unit.rawValue))
    case .real, .ratio: (kind, type) = (3, FlatBuilder.Table([(0, .int16(2))]))
    case .date: (kind, type) = (8, FlatBuilder.Table([(0, .int16(0))]))
    case .boolean: (kind, type) = (6, FlatBuilder.Table([]))
    case .text, .list:
      (kind, type) = (isLarge ? 20 : 5, FlatBuilder.Table([]))
      metadata.append((ArrowMetadata.type, ArrowMetadata.text))
    case .period:
      (kind, type) = (isLarge ? 20 : 5, FlatBuilder.Table([]))
      metadata.append((ArrowMetadata.type, "period"))
    }
    let codes = dictionary.map { number in
      FlatBuilder.Table([
        (0, .int64(Int64(number))), (1, .table(FlatBuilder.Table([(0, .int32(32)), (1, .int8(1))]))),
      ])
    }
    return field(name, kind: kind, type, metadata, dictionary: kind == 5 || kind == 20 ? codes : nil)
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

  private func append(_ index: Int, _ rows: Range<Int>, to body: inout Body) {
    guard let list = table.lists[index] else {
      append(
        table.columns[index].slice(rows), table.fields[index].type, isLarge: isLarge[index],
        isCoded: options.codesTexts, to: &body)
      return
    }
    let counts = list.counts[rows]
    let missingCount = counts.count { $0 == nil }
    body.node(rows.count, missing: missingCount)
    body.append(missingCount == 0 ? [] : Self.bytes(Bitmap(count: rows.count) { counts[rows.lowerBound + $0] != nil }))
    var offsets: [Int32] = [0]
    for count in counts { offsets.append(offsets[offsets.count - 1] + Int32(count ?? 0)) }
    body.append([UInt8](littleEndian: offsets))
    let first = listOffsets[index]![rows.lowerBound]
    let elements = first..<first + Int(offsets[offsets.count - 1])
    if !list.parts[0].name.isEmpty {
      body.node(elements.count, missing: 0)
      body.append([])
    }
    for (part, column) in zip(list.parts, list.columns) {
      append(column.slice(elements), part.type, isLarge: Self.isLarge(column), isCoded: false, to: &body)
    }
  }

  private func append(_ column: Column, _ type: DataType, isLarge: Bool, isCoded: Bool, to body: inout Body) {
    let count = column.count
    let validity = column.validity
    body.node(count, missing: validity.map { count - $0.onesCount } ?? 0)
    body.append(validity.map { Self.bytes($0) } ?? [])
    switch column {
    case .integer(let column):
      let values = column.values.array
      body.append(
        type == .date
          ? [UInt8](littleEndian: values.map { Int32(clamping: $0) }) : [UInt8](littleEndian: values))
    case .real(let column): body.append([UInt8](littleEndian: column.doubles.array.map(\.bitPattern)))
    case .boolean(let column): body.append(Self.bytes(column.values))
    case .text(let column):
      if isCoded {
        body.append([UInt8](littleEndian: column.codes.array.map { Int32(bitPattern: $0) }))
      } else {
        appendTexts(column, isLarge: isLarge, to: &body)
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
