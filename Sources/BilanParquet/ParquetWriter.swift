import BilanColumnar
import BilanCompression
import BilanReaders

/// Writes a table as a Parquet file, which reading gives back value by value.
///
/// Integers are written with 64 bits, reals with double precision, dates as DATE, texts as STRING, coded where few are
/// distinct. What Parquet has no type for goes with the file's metadata: a period is a text, a duration an integer. A
/// ratio is written as its quotient.
package struct ParquetWriter {
  package enum Compression: Sendable {
    case none, snappy
    /// Where this build has it, else Snappy.
    case zstd
  }

  package struct Options: Sendable {
    package var compression: Compression
    package var groupRows: Int
    package var pageRows: Int

    package init(compression: Compression = .snappy, groupRows: Int = 1 << 20, pageRows: Int = 1 << 16) {
      self.compression = compression
      self.groupRows = max(1, groupRows)
      self.pageRows = max(1, pageRows)
    }
  }

  /// Where a column of a row group was written.
  private struct Written {
    var dictionaryOffset: Int?
    var dataOffset: Int
    var size: Int
    var inflatedSize: Int
    var valueCount: Int
  }

  private let table: PortableTable
  private let options: Options
  private var output: [UInt8] = []

  /// - Returns: the bytes of the file.
  package static func write(_ schema: Schema, _ chunks: [Chunk], options: Options = Options()) -> [UInt8] {
    var writer = ParquetWriter(PortableTable(schema, chunks), options)
    writer.write()
    return writer.output
  }

  private init(_ table: PortableTable, _ options: Options) {
    self.table = table
    self.options = options
  }

  private mutating func write() {
    output += ParquetFile.magic
    var groups: [(rowCount: Int, columns: [Written])] = []
    var row = 0
    while row < table.rowCount {
      let rows = row..<min(row + options.groupRows, table.rowCount)
      var written: [Written] = []
      for (field, column) in zip(table.fields, table.columns) { written.append(append(column.slice(rows), field)) }
      groups.append((rows.count, written))
      row = rows.upperBound
    }
    var footer = ThriftWriter()
    footer.element { footer in
      footer.integer32(1, 2)
      writeSchema(&footer)
      footer.integer64(3, table.rowCount)
      footer.structures(4, count: groups.count) { group, index in
        let (count, written) = groups[index]
        group.structures(1, count: written.count) { column, place in
          column.integer64(2, written[place].dataOffset)
          column.structure(3) { writeMetadata(&$0, written[place], place) }
        }
        group.integer64(2, written.reduce(0) { $0 + $1.inflatedSize })
        group.integer64(3, count)
      }
      let pairs = metadata
      footer.structures(5, count: pairs.count) { pair, index in
        pair.string(1, pairs[index].0)
        pair.string(2, pairs[index].1)
      }
      footer.string(6, "Bilan")
    }
    output += footer.bytes
    output += [UInt8](littleEndian: [UInt32(footer.bytes.count)]) + ParquetFile.magic
  }

  // MARK: Metadata

  private static func physical(_ type: DataType) -> ParquetLeaf.Physical {
    switch type {
    case .integer, .duration, .missing: .int64
    case .real, .ratio: .double
    case .text, .period, .list: .bytes
    case .boolean: .boolean
    case .date: .int32
    }
  }

  private func writeSchema(_ footer: inout ThriftWriter) {
    footer.structures(2, count: table.fields.count + 1) { element, index in
      guard index > 0 else {
        element.string(4, "schema")
        element.integer32(5, table.fields.count)
        return
      }
      let field = table.fields[index - 1]
      element.integer32(1, Self.physical(field.type).rawValue)
      // Any value may be missing.
      element.integer32(3, 1)
      element.string(4, field.label)
      switch field.type {
      case .text, .period:
        element.integer32(6, 0)
        element.structure(10) { $0.structure(1) { _ in } }
      case .date:
        element.integer32(6, 6)
        element.structure(10) { $0.structure(6) { _ in } }
      default: break
      }
    }
  }

  private var codec: ParquetFile.Codec {
    switch options.compression {
    case .none: .none
    case .snappy: .snappy
    case .zstd: Inflation.isBuilt ? .zstd : .snappy
    }
  }

  private func writeMetadata(_ column: inout ThriftWriter, _ written: Written, _ place: Int) {
    column.integer32(1, Self.physical(table.fields[place].type).rawValue)
    column.integers(2, written.dictionaryOffset == nil ? [0, 3] : [0, 3, 8])
    column.strings(3, [table.fields[place].label])
    column.integer32(4, codec.rawValue)
    column.integer64(5, written.valueCount)
    column.integer64(6, written.inflatedSize)
    column.integer64(7, written.size)
    column.integer64(9, written.dataOffset)
    if let offset = written.dictionaryOffset { column.integer64(11, offset) }
  }

  private var metadata: [(String, String)] {
    var pairs: [(String, String)] = []
    for (place, field) in table.fields.enumerated() {
      switch field.type {
      case .period:
        pairs.append((ParquetMetadata.type(place), "period"))
        if let month = table.fiscalMonths[place] { pairs.append((ParquetMetadata.fiscalYearStart(place), "\(month)")) }
      case .duration(let unit): pairs.append((ParquetMetadata.type(place), unit.rawValue))
      default: break
      }
      if let unit = field.unit { pairs.append((ParquetMetadata.unit(place), unit)) }
      if field.display == .percent { pairs.append((ParquetMetadata.display(place), "percent")) }
      if field.isSensitive { pairs.append((ParquetMetadata.sensitive(place), "true")) }
    }
    return pairs
  }

  // MARK: Pages

  private mutating func append(_ column: Column, _ field: Field) -> Written {
    let start = output.count
    var written = Written(dataOffset: start, size: 0, inflatedSize: 0, valueCount: column.count)
    var codes: [UInt32]?
    var bitWidth = 0
    if case .text(let texts) = column, let coded = Self.coded(texts) {
      codes = coded.codes
      bitWidth = ParquetEncodings.width(max(0, coded.order.count - 1))
      var content: [UInt8] = []
      let source = texts.dictionary.bytes.array
      for code in coded.order {
        let range = texts.dictionary.byteRange(Int(code))
        content.append(littleEndian: UInt32(range.count))
        content += source[range]
      }
      written.dictionaryOffset = start
      written.inflatedSize += page(content, kind: 2) { header in
        header.structure(7) {
          $0.integer32(1, coded.order.count)
          $0.integer32(2, 0)
        }
      }
      written.dataOffset = output.count
    }
    var row = 0
    while row < column.count {
      let rows = row..<min(row + options.pageRows, column.count)
      let part = column.slice(rows)
      let validity = part.validity
      let levels = Self.levels(validity, count: rows.count)
      var content = [UInt8](littleEndian: [UInt32(levels.count)]) + levels
      if let codes {
        content.append(UInt8(bitWidth))
        content += Self.packed(rows.compactMap { validity?[$0 - row] ?? true ? codes[$0] : nil }, bitWidth: bitWidth)
      } else {
        content += Self.plain(part, field, validity)
      }
      let isCoded = codes != nil
      written.inflatedSize += page(content, kind: 0) { header in
        header.structure(5) {
          $0.integer32(1, rows.count)
          $0.integer32(2, isCoded ? 8 : 0)
          $0.integer32(3, 3)
          $0.integer32(4, 3)
        }
      }
      row = rows.upperBound
    }
    written.size = output.count - start
    return written
  }

  /// - Returns: bytes of the page before compression, with its header.
  private mutating func page(_ content: [UInt8], kind: Int, _ describe: (inout ThriftWriter) -> Void) -> Int {
    let stored: [UInt8] =
      switch codec {
      case .zstd: Deflation.deflate(content, .zstd) ?? []
      case .snappy: Snappy.deflate(content)
      default: content
      }
    var header = ThriftWriter()
    header.element { header in
      header.integer32(1, kind)
      header.integer32(2, content.count)
      header.integer32(3, stored.count)
      describe(&header)
    }
    output += header.bytes
    output += stored
    return header.bytes.count + content.count
  }

  /// One bit a row, which says whether it has a value: a run where all are alike, else eight rows a byte.
  private static func levels(_ validity: Bitmap?, count: Int) -> [UInt8] {
    guard let validity else { return varint(UInt64(count) << 1) + [1] }
    return packed((0..<count).map { validity[$0] ? 1 : 0 }, bitWidth: 1)
  }

  /// Groups of eight values of some bits each, the lowest bit first.
  private static func packed(_ values: [UInt32], bitWidth: Int) -> [UInt8] {
    if values.isEmpty { return [] }
    if bitWidth == 0 { return varint(UInt64(values.count) << 1) }
    let groups = (values.count + 7) / 8
    var bytes = [UInt8](repeating: 0, count: groups * bitWidth)
    for (index, value) in values.enumerated() {
      var bit = index * bitWidth
      var rest = UInt64(value)
      var left = bitWidth
      while left > 0 {
        let shift = bit & 7
        bytes[bit >> 3] |= UInt8(truncatingIfNeeded: rest << UInt64(shift))
        let taken = min(left, 8 - shift)
        rest >>= UInt64(taken)
        bit += taken
        left -= taken
      }
    }
    return varint(UInt64(groups) << 1 | 1) + bytes
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    var (bytes, value): ([UInt8], UInt64) = ([], value)
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    return bytes + [UInt8(value)]
  }

  /// Codes into those texts that rows have, where these are few enough for codes to be shorter; nil where not.
  private static func coded(_ column: TextColumn) -> (order: [UInt32], codes: [UInt32])? {
    var places = [UInt32?](repeating: nil, count: column.dictionary.count)
    var order: [UInt32] = []
    var codes: [UInt32] = []
    for row in 0..<column.count {
      guard column.validity?[row] ?? true else {
        codes.append(0)
        continue
      }
      let code = column.code(row)
      if places[code] == nil {
        places[code] = UInt32(order.count)
        order.append(UInt32(code))
      }
      codes.append(places[code]!)
    }
    return order.isEmpty || order.count > column.count / 2 + 1 ? nil : (order, codes)
  }

  /// The values that are there, one after the other.
  private static func plain(_ column: Column, _ field: Field, _ validity: Bitmap?) -> [UInt8] {
    let rows = (0..<column.count).filter { validity?[$0] ?? true }
    switch column {
    case .integer(let column):
      return field.type == .date
        ? [UInt8](littleEndian: rows.map { Int32(clamping: column[$0]) })
        : [UInt8](littleEndian: rows.map { column[$0] })
    case .real(let column): return [UInt8](littleEndian: rows.map { column.values[$0].bitPattern })
    case .boolean(let column):
      var bits = [UInt8](repeating: 0, count: (rows.count + 7) / 8)
      for (index, row) in rows.enumerated() where column.values[row] { bits[index >> 3] |= 1 << UInt8(index & 7) }
      return bits
    case .text(let column):
      var content: [UInt8] = []
      let source = column.dictionary.bytes.array
      for row in rows {
        let range = column.dictionary.byteRange(column.code(row))
        content.append(littleEndian: UInt32(range.count))
        content += source[range]
      }
      return content
    case .ratio: preconditionFailure("ratios are written as quotients")
    }
  }
}
