import BilanColumnar
import BilanReaders

/// Writes a table that was read as an entry of the column cache: an Arrow IPC file of one batch.
///
/// Values lie there as columns hold them, integers and codes in as few bytes as they need, uncompressed, so that they are
/// taken up again as they are. To other programs days, periods and durations are therefore whole numbers. All that Bilan
/// knows beside the values is in the metadata of the schema, with a checksum; each stretch of bytes has its own.
///
///     "ARROW1" 0 0  schema  a dictionary for each column of texts  batch  end  footer  size  "ARROW1"
package struct EntryWriter: Sendable {
  /// Where in the metadata what stands.
  enum Metadata {
    static let key = "bilan.cache.key"
    static let table = "bilan.cache.table"
    static let sum = "bilan.cache.checksum"
  }

  /// The bytes of a stretch before they are written.
  private enum Content: Sendable {
    case values([Column])
    case words([UInt64])
    case offsets(TextDictionary)
    case texts(TextDictionary)
  }

  private struct Body: Sendable {
    var stretches: [(place: Int, size: Int, content: Content)] = []
    var size = 0

    /// Puts a stretch at the next multiple of 64 bytes and gives its place.
    mutating func append(_ content: Content, size: Int) -> Int {
      defer {
        stretches.append((self.size, size, content))
        self.size += (size + 63) / 64 * 64
      }
      return self.size
    }
  }

  private var metadata: [(String, String)] = []
  private var table: KeptTable
  private var batch = Body()
  private var dictionaries: [Body] = []

  /// - Parameters:
  ///   - table: without its columns, which are found here; its rows are those of `chunks`.
  ///   - chunks: every column, in row order.
  /// - Returns: nil where something of the table cannot be kept as it is.
  package init?(_ table: KeptTable, _ chunks: [Chunk], key: KeptKey, workers: Workers) {
    guard Self.isLittleEndian, chunks.map(\.count) == table.chunkRows else { return nil }
    self.table = table
    let ranges = table.chunkRanges
    for place in table.schema.fields.indices {
      guard let column = Self.uniform(chunks.map { $0.columns[place] }, table.schema[place].type, ranges),
        let kept = append(column, rowCount: table.rowCount, workers)
      else { return nil }
      self.table.columns.append(kept)
    }
    guard let text = KeptText.write(self.table) else { return nil }
    let keyText = KeptText.write(key)
    metadata = [
      (Metadata.key, keyText), (Metadata.table, text), (Metadata.sum, Self.sum(keyText, text)),
    ]
  }

  static var isLittleEndian: Bool { 1.littleEndian == 1 }

  static func sum(_ key: String, _ table: String) -> String {
    Checksum.hexadecimal(Checksum.of(table, seed: Checksum.of(key)))
  }

  // MARK: Columns

  /// The chunks of a column in one width and with one dictionary; nil for what is not kept.
  private static func uniform(_ parts: [Column], _ type: DataType, _ ranges: [Range<Int>]) -> [Column]? {
    guard let first = parts.first else { return [] }
    guard let storage = storage(of: first), type.columnKind == first.kind else { return nil }
    let isUniform = parts.allSatisfy { part in
      guard self.storage(of: part) == storage else { return false }
      if case .text(let one) = first, case .text(let other) = part { return one.dictionary === other.dictionary }
      return true
    }
    if isUniform { return parts }
    let whole = Column.concatenate(parts, kind: type.columnKind)
    return ranges.map { whole.slice($0) }
  }

  private static func storage(of column: Column) -> KeptColumn.Storage? {
    switch column {
    case .integer(let column):
      switch column.storage {
      case .int8: .int8
      case .int16: .int16
      case .int32: .int32
      case .int64: .int64
      }
    case .real: .real
    case .boolean: .boolean
    case .text(let column):
      switch column.storage {
      case .uint8: .code8
      case .uint16: .code16
      case .uint32: .code32
      }
    case .ratio: nil
    }
  }

  private mutating func append(_ parts: [Column], rowCount: Int, _ workers: Workers) -> KeptColumn? {
    // A table without rows has columns without chunks.
    guard let first = parts.first, let storage = Self.storage(of: first) else { return nil }
    var validity: KeptColumn.Stretch?
    let known = parts.map(\.validity)
    if known.contains(where: { $0 != nil }) {
      let bits = zip(parts, known).map { $1 ?? Bitmap(repeating: true, count: $0.count) }
      validity = append(words: Bitmap.concatenate(bits, count: rowCount).words)
    } else {
      _ = batch.append(.words([]), size: 0)
    }
    guard let width = storage.width else {
      let bits = parts.map { part in
        guard case .boolean(let column) = part else { preconditionFailure("a column of truth values is expected") }
        return column.values
      }
      return KeptColumn(
        storage: storage, values: append(words: Bitmap.concatenate(bits, count: rowCount).words), validity: validity)
    }
    let sums = workers.run(parts.count) { Self.sum(of: parts[$0]) }
    let values = KeptColumn.Stretch(
      offset: batch.append(.values(parts), size: rowCount * width), size: rowCount * width, sum: Self.sum(of: sums))
    var column = KeptColumn(storage: storage, values: values, validity: validity)
    column.bounds = Self.agreed(
      parts.map { part in if case .integer(let column) = part { column.bounds } else { nil } })
    column.decimals = Self.agreed(
      parts.map { part in if case .real(let column) = part { column.decimals } else { nil } })
    if case .text(let texts) = first {
      guard texts.dictionary.bytes.count <= Int(Int32.max) else { return nil }
      column.dictionary = append(texts.dictionary)
    }
    return column
  }

  /// What all chunks say of the whole column; nil where they differ.
  private static func agreed<Fact: Equatable>(_ facts: [Fact?]) -> Fact? {
    facts.allSatisfy { $0 == facts[0] } ? facts[0] : nil
  }

  private mutating func append(words: [UInt64]) -> KeptColumn.Stretch {
    let sum = Checksum.of(Buffer(words))
    return KeptColumn.Stretch(
      offset: batch.append(.words(words), size: words.count * 8), size: words.count * 8, sum: sum)
  }

  private mutating func append(_ dictionary: TextDictionary) -> KeptColumn.Dictionary {
    var body = Body()
    _ = body.append(.words([]), size: 0)
    let (offsets, bytes) = (dictionary.offsets, dictionary.bytes)
    let places = KeptColumn.Stretch(
      offset: body.append(.offsets(dictionary), size: offsets.count * 4), size: offsets.count * 4,
      sum: Checksum.of(offsets))
    let texts = KeptColumn.Stretch(
      offset: body.append(.texts(dictionary), size: bytes.count), size: bytes.count,
      sum: Checksum.of(bytes))
    dictionaries.append(body)
    return KeptColumn.Dictionary(
      count: dictionary.count, isSorted: dictionary.isSorted, offsets: places, bytes: texts)
  }

  /// The checksum of a chunk's values.
  private static func sum(of column: Column) -> UInt64 {
    switch column {
    case .integer(let column):
      switch column.storage {
      case .int8(let values): Checksum.of(values)
      case .int16(let values): Checksum.of(values)
      case .int32(let values): Checksum.of(values)
      case .int64(let values): Checksum.of(values)
      }
    case .real(let column): Checksum.of(column.doubles)
    case .text(let column):
      switch column.storage {
      case .uint8(let codes): Checksum.of(codes)
      case .uint16(let codes): Checksum.of(codes)
      case .uint32(let codes): Checksum.of(codes)
      }
    case .boolean, .ratio: preconditionFailure("values have bytes")
    }
  }

  /// The checksum of a column from those of its chunks.
  static func sum(of sums: [UInt64]) -> UInt64 { Checksum.of(Buffer(sums)) }

  // MARK: Writing

  /// Hands on the bytes of the file, a piece at a time.
  ///
  /// - Returns: how many they were.
  /// - Throws: what `sink` throws, which ends the writing.
  @discardableResult
  package func write<E: Error>(_ sink: ([UInt8]) throws(E) -> Void) throws(E) -> Int {
    var written = 0
    func put(_ bytes: [UInt8]) throws(E) {
      if bytes.isEmpty { return }
      try sink(bytes)
      written += bytes.count
    }
    func message(_ header: FlatBuilder.Table, kind: UInt8, _ body: Body) throws(E) -> [Int64] {
      let metadata = FlatBuilder.buffer(
        FlatBuilder.Table([
          (0, .int16(4)), (1, .int8(kind)), (2, .table(header)), (3, .int64(Int64(body.size))),
        ]))
      let offset = written
      try put([0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](littleEndian: [Int32(metadata.count)]) + metadata)
      let start = written
      for (place, size, content) in body.stretches {
        try Self.write(content, put)
        assert(written == start + place + size)
        try put([UInt8](repeating: 0, count: (64 - size % 64) % 64))
      }
      return [Int64(offset), Int64(8 + metadata.count), Int64(body.size)]
    }
    try put(ArrowFile.magic + [0, 0])
    _ = try message(schema, kind: 1, Body())
    var dictionaryBlocks: [Int64] = []
    for (index, body) in dictionaries.enumerated() {
      let column = table.columns.filter { $0.dictionary != nil }[index]
      let header = Self.header(
        rowCount: column.dictionary!.count, nodes: [(column.dictionary!.count, 0)],
        buffers: body.stretches.map { ($0.place, $0.size) })
      dictionaryBlocks += try message(
        FlatBuilder.Table([(0, .int64(Int64(index))), (1, .table(header))]), kind: 2, body)
    }
    let batchBlock = try message(
      Self.header(
        rowCount: table.rowCount, nodes: table.columns.indices.map { (table.rowCount, missingCounts[$0]) },
        buffers: batch.stretches.map { ($0.place, $0.size) }),
      kind: 3, batch)
    try put([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
    let footer = FlatBuilder.buffer(
      FlatBuilder.Table([
        (0, .int16(4)), (1, .table(schema)), (2, .structs(dictionaryBlocks, perElement: 3)),
        (3, .structs(batchBlock, perElement: 3)),
      ]))
    try put(footer + [UInt8](littleEndian: [Int32(footer.count)]) + ArrowFile.magic)
    return written
  }

  private static func write<E: Error>(_ content: Content, _ put: ([UInt8]) throws(E) -> Void) throws(E) {
    switch content {
    case .words(let words): try put([UInt8](littleEndian: words))
    case .offsets(let dictionary): try put([UInt8](littleEndian: dictionary.offsets.array))
    case .texts(let dictionary): try put(dictionary.bytes.array)
    case .values(let parts): for part in parts { try put(bytes(of: part)) }
    }
  }

  private static func bytes(of column: Column) -> [UInt8] {
    switch column {
    case .integer(let column):
      switch column.storage {
      case .int8(let values): [UInt8](littleEndian: values.array)
      case .int16(let values): [UInt8](littleEndian: values.array)
      case .int32(let values): [UInt8](littleEndian: values.array)
      case .int64(let values): [UInt8](littleEndian: values.array)
      }
    case .real(let column): [UInt8](littleEndian: column.doubles.array.map(\.bitPattern))
    case .text(let column):
      switch column.storage {
      case .uint8(let codes): codes.array
      case .uint16(let codes): [UInt8](littleEndian: codes.array)
      case .uint32(let codes): [UInt8](littleEndian: codes.array)
      }
    case .boolean, .ratio: preconditionFailure("values have bytes")
    }
  }

  /// Two stretches a column stand in the batch, of which the first is its validity.
  private var missingCounts: [Int] {
    table.columns.indices.map { place in
      guard case .words(let words) = batch.stretches[2 * place].content, !words.isEmpty else { return 0 }
      return table.rowCount - words.reduce(0) { $0 + $1.nonzeroBitCount }
    }
  }

  private static func header(
    rowCount: Int, nodes: [(Int, Int)], buffers: [(Int, Int)]
  ) -> FlatBuilder.Table {
    FlatBuilder.Table([
      (0, .int64(Int64(rowCount))),
      (1, .structs(nodes.flatMap { [Int64($0.0), Int64($0.1)] }, perElement: 2)),
      (2, .structs(buffers.flatMap { [Int64($0.0), Int64($0.1)] }, perElement: 2)),
    ])
  }

  // MARK: The schema

  private var schema: FlatBuilder.Table {
    var dictionaryCount = 0
    let fields = table.columns.indices.map { place -> FlatBuilder.Table in
      defer { if table.columns[place].dictionary != nil { dictionaryCount += 1 } }
      return field(place, dictionary: dictionaryCount)
    }
    return FlatBuilder.Table([
      (0, .int16(0)), (1, .tables(fields)),
      (2, .tables(metadata.map { FlatBuilder.Table([(0, .string($0.0)), (1, .string($0.1))]) })),
    ])
  }

  private func field(_ place: Int, dictionary: Int) -> FlatBuilder.Table {
    let storage = table.columns[place].storage
    let kind: UInt8
    let type: FlatBuilder.Table
    switch storage {
    case .int8, .int16, .int32, .int64: (kind, type) = (2, Self.integer(bits: storage.width! * 8, isSigned: true))
    case .real: (kind, type) = (3, FlatBuilder.Table([(0, .int16(2))]))
    case .boolean: (kind, type) = (6, FlatBuilder.Table([]))
    case .code8, .code16, .code32: (kind, type) = (5, FlatBuilder.Table([]))
    }
    var values: [(Int, FlatBuilder.Value)] = [
      (0, .string(table.schema[place].label)), (1, .int8(1)), (2, .int8(kind)), (3, .table(type)), (5, .tables([])),
    ]
    if storage.isCode {
      let index = Self.integer(bits: storage.width! * 8, isSigned: false)
      values.append((4, .table(FlatBuilder.Table([(0, .int64(Int64(dictionary))), (1, .table(index))]))))
    }
    return FlatBuilder.Table(values)
  }

  private static func integer(bits: Int, isSigned: Bool) -> FlatBuilder.Table {
    FlatBuilder.Table([(0, .int32(Int32(bits))), (1, .int8(isSigned ? 1 : 0))])
  }
}
