import BilanDiagnostics
import BilanReaders

/// The messages of an Arrow file or stream: its schema, and where each batch has its buffers. No value is read yet.
///
///     file     "ARROW1" 0 0, the stream, the footer (a flatbuffer), its size in 4 bytes, "ARROW1"
///     stream   messages: FF FF FF FF, the size of the metadata in 4 bytes, metadata (a flatbuffer), body
///
/// Source: Arrow columnar format, "Serialization and Interprocess Communication (IPC)".
struct ArrowFile: Sendable {
  /// A buffer in a body.
  struct Place: Sendable {
    var offset: Int
    var size: Int
  }

  /// What a batch has of one field: its own node and buffers, and what it has of the fields in it.
  struct Piece: Sendable {
    var rowCount: Int
    var missingCount: Int
    var buffers: [Place]
    var children: [Piece] = []
  }

  enum Codec: UInt8, Sendable { case lz4 = 0, zstd = 1 }

  struct Batch: Sendable {
    var rowCount: Int
    /// One a field of the schema; in a dictionary, of its values.
    var pieces: [Piece]
    var bodyOffset: Int
    var bodySize: Int
    var codec: Codec?
    /// How often dictionaries had been replaced when it was written.
    var generations: [Int64: Int] = [:]
  }

  let fields: [ArrowField]
  private(set) var batches: [Batch] = []
  /// By number, then by generation: the batches whose texts, one after the other, are the dictionary.
  private(set) var dictionaries: [Int64: [[Batch]]] = [:]
  let isStream: Bool
  /// Of a stream: how it ends.
  private(set) var end = StreamEnd.marked(trailingCount: 0)
  /// How many values of a column its bytes can hold.
  let mostRows: Int

  enum StreamEnd: Sendable, Equatable {
    /// By the mark of its end, and bytes after that.
    case marked(trailingCount: Int)
    /// With its last message: what comes after that may have been cut off.
    case unmarked
  }

  static let magic = Array("ARROW1".utf8)

  init(_ source: ByteSource) throws(FormatFault) {
    let head = try source.bytes(at: 0, count: min(8, source.size))
    isStream = !head.array.starts(with: Self.magic)
    let body: Walk
    if isStream {
      var schema: [ArrowField]?
      var walk = Walk()
      var position = 0
      while let message = try Message(source, at: position) {
        position = message.bodyOffset + message.bodySize
        if schema == nil {
          guard message.kind == .schema else {
            throw .malformed("it does not begin with a schema", fr: "il ne commence pas par un schéma")
          }
          schema = try ArrowField.fields(of: message.header)
        } else {
          try walk.add(message, schema!)
        }
      }
      guard let schema else { throw .malformed("it has no schema", fr: "il n’a pas de schéma") }
      fields = schema
      body = walk
      end = try Self.end(source, at: position)
    } else {
      let footer = try Self.footer(source)
      guard let schema = try footer.table(1) else {
        throw .malformed("it has no schema", fr: "il n’a pas de schéma")
      }
      fields = try ArrowField.fields(of: schema)
      var walk = Walk()
      for field in [2, 3] {
        // Three words each: where it is, the size of its metadata (and four bytes of nothing), the size of its body.
        let blocks = try footer.numbers(field, perElement: 3, as: Int64.self)
        for index in stride(from: 0, to: blocks.count, by: 3) {
          guard let offset = Int(exactly: blocks[index]), let message = try Message(source, at: offset) else {
            throw .malformed("a block is not there", fr: "un bloc n’est pas là")
          }
          try walk.add(message, fields)
        }
      }
      body = walk
    }
    batches = body.batches
    dictionaries = body.dictionaries
    // What a batch claims costs memory even where it has no buffers.
    let most = max(1 << 22, source.size.multipliedReportingOverflow(by: 1024).partialValue)
    mostRows = min(most, Int(Int32.max) - 1)
    var rows = 0
    for batch in batches {
      rows += batch.rowCount
      guard rows <= mostRows else {
        throw .malformed(
          "it claims more than \(rows) rows in \(source.size) bytes",
          fr: "il annonce plus de \(rows) lignes en \(source.size) octets")
      }
    }
  }

  /// The end of a stream whose messages end at an offset: a message of no size, before which old writers put no mark.
  private static func end(_ source: ByteSource, at offset: Int) throws(FormatFault) -> StreamEnd {
    if offset == source.size { return .unmarked }
    let isOld = try source.bytes(at: offset, count: 4).load(0, as: Int32.self) == 0
    return .marked(trailingCount: source.size - offset - (isOld ? 4 : 8))
  }

  private static func footer(_ source: ByteSource) throws(FormatFault) -> FlatTable {
    let tail = source.size >= 18 ? try source.bytes(at: source.size - 10, count: 10) : nil
    guard let tail, tail.array.dropFirst(4).elementsEqual(magic), let size = tail.load(0, as: Int32.self), size > 0
    else {
      throw .malformed(
        "its end is not that of an Arrow file: it is cut short, or still being written",
        fr: "sa fin n’est pas celle d’un fichier Arrow : il est tronqué, ou en cours d’écriture")
    }
    return try FlatTable(root: try source.bytes(at: source.size - 10 - Int(size), count: Int(size)))
  }

  // MARK: Messages

  private enum Kind: UInt8 { case schema = 1, dictionary = 2, batch = 3 }

  private struct Message {
    var kind: Kind
    var header: FlatTable
    var bodyOffset: Int
    var bodySize: Int

    /// The message at an offset; nil at the end of the stream.
    init?(_ source: ByteSource, at offset: Int) throws(FormatFault) {
      if offset == source.size { return nil }
      var start = offset + 4
      var size = try source.bytes(at: offset, count: 4).load(0, as: Int32.self)!
      // Before version 0.15 nothing stood before the size.
      if size == -1 {
        size = try source.bytes(at: start, count: 4).load(0, as: Int32.self)!
        start += 4
      }
      if size == 0 { return nil }
      guard size > 0 else { throw FlatTable.fault }
      let table = try FlatTable(root: try source.bytes(at: start, count: Int(size)))
      let kind = try table.number(1, orElse: UInt8(0))
      guard let known = Kind(rawValue: kind) else {
        throw .unsupported("messages of the kind \(kind)", fr: "des messages de l’espèce \(kind)")
      }
      guard let header = try table.table(2) else { throw FlatTable.fault }
      let length = try table.number(3, orElse: Int64(0))
      bodyOffset = start + Int(size)
      guard length >= 0, length <= source.size - bodyOffset else {
        throw .malformed(
          "a batch at offset \(offset) goes beyond its end", fr: "un lot à la position \(offset) dépasse sa fin")
      }
      self.kind = known
      self.header = header
      bodySize = Int(length)
    }
  }

  /// Batches and dictionaries in the order they are met.
  private struct Walk {
    var batches: [Batch] = []
    var dictionaries: [Int64: [[Batch]]] = [:]
    /// The values of each dictionary.
    private var values: [Int64: ArrowType]?

    mutating func add(_ message: Message, _ fields: [ArrowField]) throws(FormatFault) {
      switch message.kind {
      case .schema: throw .malformed("it has two schemas", fr: "il a deux schémas")
      case .batch:
        var batch = try ArrowFile.batch(message.header, message, fields)
        batch.generations = dictionaries.mapValues { $0.count - 1 }
        batches.append(batch)
      case .dictionary:
        if values == nil { values = ArrowFile.dictionaryTypes(fields) }
        let id = try message.header.number(0, orElse: Int64(0))
        guard let type = values?[id], let data = try message.header.table(1) else {
          throw .malformed("a dictionary is no column’s", fr: "un dictionnaire n’est d’aucune colonne")
        }
        let batch = try ArrowFile.batch(
          data, message, [ArrowField(name: "", type: type, children: [], metadata: [:])])
        if try message.header.number(2, orElse: UInt8(0)) != 0, var last = dictionaries[id]?.popLast() {
          last.append(batch)
          dictionaries[id]!.append(last)
        } else {
          dictionaries[id, default: []].append([batch])
        }
      }
    }
  }

  private static func dictionaryTypes(_ fields: [ArrowField]) -> [Int64: ArrowType] {
    var types: [Int64: ArrowType] = [:]
    for field in fields {
      if case .dictionary(let id, _, let values) = field.type { types[id] = values }
      types.merge(dictionaryTypes(field.children)) { first, _ in first }
    }
    return types
  }

  private static func batch(
    _ table: FlatTable, _ message: Message, _ fields: [ArrowField]
  ) throws(FormatFault) -> Batch {
    guard let rowCount = Int32(exactly: try table.number(0, orElse: Int64(0))), rowCount >= 0 else {
      throw .malformed("a batch has no sound number of rows", fr: "un lot n’a pas un nombre de lignes valable")
    }
    var codec: Codec?
    if let compression = try table.table(3) {
      let number = try compression.number(0, orElse: UInt8(0))
      guard let known = Codec(rawValue: number) else {
        throw .unsupported("the compression number \(number)", fr: "la compression numéro \(number)")
      }
      codec = known
    }
    var layout = Layout(
      nodes: try table.numbers(1, perElement: 2, as: Int64.self),
      buffers: try table.numbers(2, perElement: 2, as: Int64.self), views: try table.numbers(4, as: Int64.self))
    var pieces: [Piece] = []
    for field in fields {
      let piece = try layout.next(field)
      guard piece.rowCount == Int(rowCount) else {
        throw .malformed(
          "a batch has columns of different lengths", fr: "un lot a des colonnes de longueurs différentes")
      }
      pieces.append(piece)
    }
    return Batch(
      rowCount: Int(rowCount), pieces: pieces, bodyOffset: message.bodyOffset, bodySize: message.bodySize, codec: codec)
  }

  /// The nodes and buffers of a batch, which stand in the order of the schema, children after their parents.
  private struct Layout {
    var nodes: [Int64]
    var buffers: [Int64]
    /// How many buffers of texts each column of views has.
    var views: [Int64]
    private var node = 0
    private var buffer = 0
    private var view = 0

    init(nodes: [Int64], buffers: [Int64], views: [Int64]) {
      self.nodes = nodes
      self.buffers = buffers
      self.views = views
    }

    mutating func next(_ field: ArrowField) throws(FormatFault) -> Piece {
      let lacking = FormatFault.malformed(
        "a batch has fewer buffers than its schema", fr: "un lot a moins de tampons que son schéma")
      guard node + 2 <= nodes.count, nodes[node] >= 0, nodes[node] <= Int64(Int32.max), nodes[node + 1] >= 0 else {
        throw lacking
      }
      var piece = Piece(
        rowCount: Int(nodes[node]), missingCount: Int(truncatingIfNeeded: nodes[node + 1]), buffers: [])
      node += 2
      var count = field.type.bufferCount
      if field.type.isView {
        guard view < views.count, views[view] >= 0, views[view] <= Int64(buffers.count) else { throw lacking }
        count += Int(views[view])
        view += 1
      }
      guard count <= (buffers.count - buffer) / 2 else { throw lacking }
      for _ in 0..<count {
        guard let offset = Int(exactly: buffers[buffer]), let size = Int(exactly: buffers[buffer + 1]), offset >= 0,
          size >= 0
        else { throw lacking }
        piece.buffers.append(Place(offset: offset, size: size))
        buffer += 2
      }
      for child in field.children { piece.children.append(try next(child)) }
      return piece
    }
  }
}
