import BilanColumnar
import BilanCompression
import BilanReaders

/// Writes a table as a Parquet file, which reading gives back value by value.
///
/// Integers are written with 64 bits, reals with double precision, dates as DATE, texts as STRING, coded where few are
/// distinct, lists as LIST of values or of groups. What Parquet has no type for goes with the file's metadata: a period is
/// a text, a duration an integer. A ratio is written as its quotient.
package struct ParquetWriter {
  package enum Compression: Sendable {
    case none, snappy
    /// Where this build has it, else Snappy.
    case zstd
  }

  package struct Options: Sendable {
    package var compression: Compression
    /// Rows a row group: what a reader leaves out or reads as one. Smaller ones skip better, larger ones pack better.
    package var groupRows: Int
    package var pageRows: Int

    package init(compression: Compression = .snappy, groupRows: Int = 1 << 17, pageRows: Int = 1 << 16) {
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
    var missingCount: Int
    /// The least and the greatest value as plain values are written; nil where there is none, or it is long.
    var ends: (low: [UInt8], high: [UInt8])?
  }

  /// What has values of its own: a column, or a part of the elements of a list.
  private struct Leaf {
    /// The names from the root of the schema down.
    var path: [String]
    var type: DataType
    /// Of the table's columns.
    var column: Int
    /// Of a list.
    var part: Int?
  }

  private let schema: Schema
  /// For each column of periods the month in which its fiscal years begin.
  private let fiscalMonths: [Int?]
  private let leaves: [Leaf]
  private let options: Options
  /// The rows of the row group at hand.
  private var table: PortableTable
  /// Of its columns of lists: before which element each row's begins.
  private var listOffsets: [Int: [Int]] = [:]
  /// What has not been handed on yet, and how much has.
  private var output: [UInt8] = []
  private var handedOn = 0

  /// - Returns: the bytes of the file.
  package static func write(_ schema: Schema, _ chunks: [Chunk], options: Options = Options()) -> [UInt8] {
    var bytes: [UInt8] = []
    write(schema, chunks, options: options) { bytes += $0 }
    return bytes
  }

  /// Hands on the bytes of the file a row group at a time.
  package static func write(
    _ schema: Schema, _ chunks: [Chunk], options: Options = Options(), into receive: ([UInt8]) -> Void
  ) {
    var writer = ParquetWriter(schema, PortableTable.fiscalMonths(schema, chunks), options)
    writer.write(chunks, receive)
  }

  private init(_ schema: Schema, _ fiscalMonths: [Int?], _ options: Options) {
    self.schema = schema
    self.fiscalMonths = fiscalMonths
    self.options = options
    table = PortableTable(schema, [])
    var leaves: [Leaf] = []
    for (column, field) in table.fields.enumerated() {
      guard let list = table.lists[column] else {
        leaves.append(Leaf(path: [field.label], type: field.type, column: column))
        continue
      }
      for (part, element) in list.parts.enumerated() {
        leaves.append(
          Leaf(
            path: [field.label, "list", "element"] + (element.name.isEmpty ? [] : [element.name]), type: element.type,
            column: column, part: part))
      }
    }
    self.leaves = leaves
  }

  /// Where in the file the next byte goes.
  private var position: Int { handedOn + output.count }

  private mutating func write(_ chunks: [Chunk], _ receive: ([UInt8]) -> Void) {
    output += ParquetFile.magic
    var groups: [(rowCount: Int, columns: [Written])] = []
    for stretch in PortableTable.stretches(chunks, of: options.groupRows) {
      table = PortableTable(schema, stretch)
      listOffsets = [:]
      for (column, list) in table.lists.enumerated() { listOffsets[column] = list?.offsets }
      var written: [Written] = []
      for leaf in leaves { written.append(append(leaf)) }
      groups.append((table.rowCount, written))
      receive(output)
      handedOn += output.count
      output = []
    }
    var footer = ThriftWriter()
    footer.element { footer in
      footer.integer32(1, 2)
      writeSchema(&footer)
      footer.integer64(3, groups.reduce(0) { $0 + $1.rowCount })
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
      footer.string(6, ParquetMetadata.writer)
      // The ends are by the order of each type.
      footer.structures(7, count: leaves.count) { order, _ in order.structure(1) { _ in } }
    }
    output += footer.bytes
    output += [UInt8](littleEndian: [UInt32(footer.bytes.count)]) + ParquetFile.magic
    receive(output)
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
    /// A group where it has no type.
    struct Element {
      var name: String
      var repetition = 1
      var type: DataType?
      var childCount = 0
      var isList = false
    }
    // Any value may be missing; an element that is a group is there, as what is in it may be missing.
    var elements: [Element] = []
    for (column, field) in table.fields.enumerated() {
      guard let list = table.lists[column] else {
        elements.append(Element(name: field.label, type: field.type))
        continue
      }
      elements.append(Element(name: field.label, childCount: 1, isList: true))
      elements.append(Element(name: "list", repetition: 2, childCount: 1))
      if list.parts[0].name.isEmpty {
        elements.append(Element(name: "element", type: list.parts[0].type))
      } else {
        elements.append(Element(name: "element", repetition: 0, childCount: list.parts.count))
        elements += list.parts.map { Element(name: $0.name, type: $0.type) }
      }
    }
    footer.structures(2, count: elements.count + 1) { output, index in
      guard index > 0 else {
        output.string(4, "schema")
        output.integer32(5, table.fields.count)
        return
      }
      let element = elements[index - 1]
      if let type = element.type { output.integer32(1, Self.physical(type).rawValue) }
      output.integer32(3, element.repetition)
      output.string(4, element.name)
      if element.childCount > 0 { output.integer32(5, element.childCount) }
      if element.isList {
        output.integer32(6, 3)
        output.structure(10) { $0.structure(3) { _ in } }
      }
      switch element.type {
      case .text, .period, .list:
        output.integer32(6, 0)
        output.structure(10) { $0.structure(1) { _ in } }
      case .date:
        output.integer32(6, 6)
        output.structure(10) { $0.structure(6) { _ in } }
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
    column.integer32(1, Self.physical(leaves[place].type).rawValue)
    column.integers(2, written.dictionaryOffset == nil ? [0, 3] : [0, 3, 8])
    column.strings(3, leaves[place].path)
    column.integer32(4, codec.rawValue)
    column.integer64(5, written.valueCount)
    column.integer64(6, written.inflatedSize)
    column.integer64(7, written.size)
    column.integer64(9, written.dataOffset)
    if let offset = written.dictionaryOffset { column.integer64(11, offset) }
    column.structure(12) { statistics in
      statistics.integer64(3, written.missingCount)
      guard let (low, high) = written.ends else { return }
      statistics.binary(5, high)
      statistics.binary(6, low)
      statistics.boolean(7, true)
      statistics.boolean(8, true)
    }
  }

  private var metadata: [(String, String)] {
    var pairs: [(String, String)] = []
    for (place, leaf) in leaves.enumerated() {
      let field = table.fields[leaf.column]
      switch leaf.type {
      case .period:
        pairs.append((ParquetMetadata.type(place), "period"))
        if let month = fiscalMonths[leaf.column] {
          pairs.append((ParquetMetadata.fiscalYearStart(place), "\(month)"))
        }
      case .duration(let unit): pairs.append((ParquetMetadata.type(place), unit.rawValue))
      default: break
      }
      if let part = leaf.part, let unit = table.lists[leaf.column]?.parts[part].unit {
        pairs.append((ParquetMetadata.elementUnit(place), unit))
      }
      guard leaf.part ?? 0 == 0 else { continue }
      if let unit = field.unit { pairs.append((ParquetMetadata.unit(place), unit)) }
      if field.display == .percent { pairs.append((ParquetMetadata.display(place), "percent")) }
      if field.isSensitive { pairs.append((ParquetMetadata.sensitive(place), "true")) }
    }
    return pairs
  }

  // MARK: Pages

  /// The values of a leaf in the row group, those of lists below one another.
  private func values(_ leaf: Leaf) -> Column {
    guard let part = leaf.part, let list = table.lists[leaf.column] else { return table.columns[leaf.column] }
    return list.columns[part]
  }

  private mutating func append(_ leaf: Leaf) -> Written {
    let start = position
    var column = values(leaf)
    if case .text(let texts) = column { column = .text(Self.compact(texts)) }
    var written = Written(
      dataOffset: start, size: 0, inflatedSize: 0, valueCount: 0,
      missingCount: column.validity.map { $0.count - $0.onesCount } ?? 0, ends: Self.ends(column, leaf.type))
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
      written.dataOffset = position
    }
    let offsets = leaf.part == nil ? nil : listOffsets[leaf.column]
    var row = 0
    while row < table.rowCount {
      let pageRows = row..<min(row + options.pageRows, table.rowCount)
      let places = offsets.map { $0[pageRows.lowerBound]..<$0[pageRows.upperBound] } ?? pageRows
      let part = column.slice(places)
      let validity = part.validity
      let levels: (bytes: [UInt8], count: Int, lackingCount: Int)
      if leaf.part != nil, let list = table.lists[leaf.column] {
        levels = Self.listLevels(list.counts[pageRows], validity)
      } else {
        levels = (Self.sized(Self.levels(validity, count: part.count)), part.count, 0)
      }
      var content = levels.bytes
      if let codes {
        content.append(UInt8(bitWidth))
        content += Self.packed(
          (0..<part.count).compactMap { validity?[$0] ?? true ? codes[places.lowerBound + $0] : nil },
          bitWidth: bitWidth)
      } else {
        content += Self.plain(part, leaf.type, validity)
      }
      let isCoded = codes != nil
      written.inflatedSize += page(content, kind: 0) { header in
        header.structure(5) {
          $0.integer32(1, levels.count)
          $0.integer32(2, isCoded ? 8 : 0)
          $0.integer32(3, 3)
          $0.integer32(4, 3)
        }
      }
      written.valueCount += levels.count
      written.missingCount += levels.lackingCount
      row = pageRows.upperBound
    }
    written.size = position - start
    return written
  }

  /// Levels with their size before them.
  private static func sized(_ levels: [UInt8]) -> [UInt8] { [UInt8](littleEndian: [UInt32(levels.count)]) + levels }

  /// Levels of repetition, then those of definition: 0 no list, 1 one without elements, 2 an element without a value.
  ///
  /// - Parameter validity: of the elements.
  /// - Returns: the levels with their sizes, how many there are, and how many of them are of rows without elements.
  private static func listLevels(
    _ counts: ArraySlice<Int?>, _ validity: Bitmap?
  ) -> (bytes: [UInt8], count: Int, lackingCount: Int) {
    var (repetitions, definitions): ([UInt32], [UInt32]) = ([], [])
    var element = 0
    var lackingCount = 0
    for count in counts {
      guard let count, count > 0 else {
        repetitions.append(0)
        definitions.append(count == nil ? 0 : 1)
        lackingCount += 1
        continue
      }
      for place in 0..<count {
        repetitions.append(place == 0 ? 0 : 1)
        definitions.append(validity?[element] ?? true ? 3 : 2)
        element += 1
      }
    }
    let bytes = sized(packed(repetitions, bitWidth: 1)) + sized(packed(definitions, bitWidth: 2))
    return (bytes, repetitions.count, lackingCount)
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

  /// The same texts with a dictionary of those that rows have, where they have few of it: row groups are small, and the
  /// dictionary may be the whole table's.
  private static func compact(_ column: TextColumn) -> TextColumn {
    guard column.dictionary.count > 2 * column.count else { return column }
    let source = column.dictionary.bytes.array
    var places: [Int: UInt32] = [:]
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    var codes: [UInt32] = []
    codes.reserveCapacity(column.count)
    for row in 0..<column.count {
      guard column.validity?[row] ?? true else {
        codes.append(0)
        continue
      }
      let code = column.code(row)
      if let place = places[code] {
        codes.append(place)
        continue
      }
      let place = UInt32(offsets.count - 1)
      places[code] = place
      codes.append(place)
      bytes += source[column.dictionary.byteRange(code)]
      offsets.append(UInt32(bytes.count))
    }
    return TextColumn(Buffer(codes), TextDictionary(bytes: bytes, offsets: offsets), validity: column.validity)
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

  /// Texts longer than this are no bounds worth writing.
  private static let longestEnd = 256

  /// The least and the greatest of the values that are there, in the order of their type.
  private static func ends(_ column: Column, _ type: DataType) -> (low: [UInt8], high: [UInt8])? {
    switch column {
    case .integer:
      guard case .integers(let range) = column.valueBounds.values else { return nil }
      let (low, high) = (range.lowerBound, range.upperBound)
      if type == .date {
        return ([UInt8](littleEndian: [Int32(clamping: low)]), [UInt8](littleEndian: [Int32(clamping: high)]))
      }
      return ([UInt8](littleEndian: [low]), [UInt8](littleEndian: [high]))
    case .real:
      guard case .reals(let range) = column.valueBounds.values else { return nil }
      var (low, high) = (range.lowerBound, range.upperBound)
      guard low.isFinite, high.isFinite else { return nil }
      // The format wants both zeros within.
      if low == 0 { low = -0.0 }
      if high == 0 { high = 0.0 }
      return ([UInt8](littleEndian: [low.bitPattern]), [UInt8](littleEndian: [high.bitPattern]))
    case .boolean(let column):
      var (low, high): (UInt8, UInt8) = (1, 0)
      for row in 0..<column.values.count where column.validity?[row] ?? true {
        low = min(low, column.values[row] ? 1 : 0)
        high = max(high, column.values[row] ? 1 : 0)
      }
      return low <= high ? ([low], [high]) : nil
    case .text(let column):
      var isUsed = [Bool](repeating: false, count: column.dictionary.count)
      for row in 0..<column.count where column.validity?[row] ?? true { isUsed[column.code(row)] = true }
      let source = column.dictionary.bytes.array
      var found: (low: Range<Int>, high: Range<Int>)?
      for code in isUsed.indices where isUsed[code] {
        let range = column.dictionary.byteRange(code)
        guard let (low, high) = found else {
          found = (range, range)
          continue
        }
        if source[range].lexicographicallyPrecedes(source[low]) { found = (range, high) }
        if source[high].lexicographicallyPrecedes(source[range]) { found = (low, range) }
      }
      guard let (low, high) = found, low.count <= longestEnd, high.count <= longestEnd else { return nil }
      return (Array(source[low]), Array(source[high]))
    case .ratio: preconditionFailure("ratios are written as quotients")
    }
  }

  /// The values that are there, one after the other.
  private static func plain(_ column: Column, _ type: DataType, _ validity: Bitmap?) -> [UInt8] {
    let rows = (0..<column.count).filter { validity?[$0] ?? true }
    switch column {
    case .integer(let column):
      return type == .date
        ? [UInt8](littleEndian: rows.map { Int32(clamping: column[$0]) })
        : [UInt8](littleEndian: rows.map { column[$0] })
    case .real(let column): return [UInt8](littleEndian: rows.map { column[$0].bitPattern })
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
