import BilanArrow
import BilanDiagnostics
import BilanReaders

/// The footer of a Parquet file: its schema, and where each row group has each column.
///
///     "PAR1", pages of columns …, the metadata (Thrift), their size in 4 bytes, "PAR1"
///
/// Source: Apache Parquet, "File Format".
struct ParquetFile: Sendable {
  enum Codec: Int, Sendable {
    case none = 0, snappy, gzip, lzo, brotli, lz4, zstd, rawLZ4
  }

  /// The pages of a column in a row group.
  struct ColumnChunk: Sendable {
    var offset: Int
    var size: Int
    var codec: Codec
    var valueCount: Int
    /// As the file has them; see `ParquetStatistics`.
    var statistics: ThriftStructure?
  }

  struct RowGroup: Sendable {
    var rowCount: Int
    /// One a leaf.
    var columns: [ColumnChunk]
  }

  let leaves: [ParquetLeaf]
  let rowGroups: [RowGroup]
  let rowCount: Int
  /// How many values of a column its bytes can hold.
  let mostValues: Int
  let metadata: [String: String]
  let writer: String?
  /// One a leaf: whether the file says that least and greatest values are by the order of its type.
  let isOrdered: [Bool]

  static let magic = Array("PAR1".utf8)

  init(_ source: ByteSource) throws(FormatFault) {
    let tail = source.size >= 12 ? try source.bytes(at: source.size - 8, count: 8) : nil
    let mark = tail?.array.dropFirst(4)
    if let mark, mark.elementsEqual("PARE".utf8) {
      throw .unsupported("encryption", fr: "le chiffrement")
    }
    guard let tail, let mark, mark.elementsEqual(Self.magic), let size = tail.load(0, as: UInt32.self) else {
      throw .malformed(
        "its end is not that of a Parquet file: it is cut short, or still being written",
        fr: "sa fin n’est pas celle d’un fichier Parquet : il est tronqué, ou en cours d’écriture")
    }
    var reader = ThriftReader(try source.bytes(at: source.size - 8 - Int(size), count: Int(size)))
    let footer = try reader.structure()
    var leaves = try ParquetLeaf.leaves(of: footer.structures(2))
    writer = footer.string(6)
    var metadata: [String: String] = [:]
    for pair in footer.structures(5) { metadata[pair.string(1) ?? ""] = pair.string(2) ?? "" }
    self.metadata = metadata
    // Parquet itself says of instants only that they are some, and of lengths of time that they are whole numbers.
    if leaves.contains(where: { $0.isZoned || $0.meaning == .integer }),
      let text = metadata[ParquetMetadata.arrowSchema]
    {
      let schema = ArrowSchemaText(text)
      for place in leaves.indices {
        if leaves[place].isZoned { leaves[place].zone = schema.zones[leaves[place].label] }
        if leaves[place].meaning == .integer, let type = schema.others[leaves[place].label] {
          leaves[place].meaning = .other(type)
        }
      }
    }
    let orders = footer.structures(7)
    isOrdered = leaves.indices.map { orders.indices.contains($0) && orders[$0].structure(1) != nil }
    // A run of one value takes a few bytes however long it is; beyond this it is a trap.
    let most = min(Int(Int32.max) - 1, max(1 << 22, min(source.size, .max / 4096) * 4096))
    mostValues = most
    var groups: [RowGroup] = []
    var rows = 0
    for group in footer.structures(4) {
      let count = group.integer(3) ?? -1
      guard count >= 0, count <= most - rows else {
        throw .malformed(
          "it claims more rows than its \(source.size) bytes can hold",
          fr: "il annonce plus de lignes que ses \(source.size) octets n’en contiennent")
      }
      rows += count
      let columns = group.structures(1)
      guard columns.count == leaves.count else {
        throw .malformed(
          "a row group has not the columns of the schema", fr: "un groupe de lignes n’a pas les colonnes du schéma")
      }
      var chunks: [ColumnChunk] = []
      for (place, column) in columns.enumerated() {
        if Self.isEncrypted(column) {
          leaves[place].meaning = .other("encrypted column")
          chunks.append(ColumnChunk(offset: 0, size: 0, codec: .none, valueCount: 0))
        } else {
          chunks.append(try Self.chunk(column, source))
        }
      }
      groups.append(RowGroup(rowCount: count, columns: chunks))
    }
    self.leaves = leaves
    rowGroups = groups
    rowCount = rows
  }

  /// Where it is, the column's metadata may be left out too.
  private static func isEncrypted(_ column: ThriftStructure) -> Bool {
    column.structure(8) != nil || column.fields[9] != nil
  }

  private static func chunk(_ column: ThriftStructure, _ source: ByteSource) throws(FormatFault) -> ColumnChunk {
    if column.string(1) != nil {
      throw .unsupported("columns in other files", fr: "des colonnes dans d’autres fichiers")
    }
    guard let metadata = column.structure(3) else {
      throw .malformed("a column has no metadata", fr: "une colonne n’a pas de métadonnées")
    }
    guard let codecNumber = metadata.integer(4), let codec = Codec(rawValue: codecNumber) else {
      throw .unsupported("a compression that is not known", fr: "une compression inconnue")
    }
    // Some writers say 0 where there is no dictionary.
    let data = metadata.integer(9) ?? -1
    let dictionary = metadata.integer(11).flatMap { $0 > 0 ? $0 : nil } ?? data
    let size = metadata.integer(7) ?? -1
    let offset = min(data, dictionary)
    guard offset >= 0, size >= 0, offset <= source.size, size <= source.size - offset,
      let valueCount = metadata.integer(5)
    else {
      throw .malformed("a column lies outside the file", fr: "une colonne est hors du fichier")
    }
    return ColumnChunk(
      offset: offset, size: size, codec: codec, valueCount: valueCount,
      statistics: metadata.structure(12))
  }
}
