import BilanColumnar
import BilanCompression
import BilanDiagnostics
import BilanReaders

/// Reads the buffers of columns.
struct ArrowColumn {
  let source: ByteSource
  let file: ArrowFile

  /// What batches have of a field.
  private typealias Pieces = [(piece: ArrowFile.Piece, batch: ArrowFile.Batch)]

  /// A column, all batches of it, and what of it could not be kept.
  func load(
    _ leaf: ArrowLeaf, isCancelled: @Sendable () -> Bool
  ) throws(FormatFault) -> (column: Column, notes: [Diagnostic]) {
    let pieces = file.batches.filter { $0.rowCount > 0 }.map { ($0.pieces[leaf.path[0]], $0) }
    var notes: [Diagnostic] = []
    let column = try column(
      ArrowLeaf(name: leaf.name, path: Array(leaf.path.dropFirst()), field: leaf.field), pieces, &notes, isCancelled)
    return (column, notes)
  }

  /// What is at the end of a leaf's path, missing where a structure on the way is.
  private func column(
    _ leaf: ArrowLeaf, _ pieces: Pieces, _ notes: inout [Diagnostic], _ isCancelled: @Sendable () -> Bool
  ) throws(FormatFault) -> Column {
    var pieces = pieces
    var missing: Bitmap?
    for child in leaf.path {
      missing = Bitmap.both(missing, try validity(pieces))
      var inner: Pieces = []
      for (piece, batch) in pieces {
        guard piece.children.indices.contains(child), piece.children[child].rowCount == piece.rowCount else {
          throw .malformed(
            "a structure has parts of other lengths", fr: "une structure a des parties d’autres longueurs")
        }
        inner.append((piece.children[child], batch))
      }
      pieces = inner
    }
    let column =
      leaf.field.isList
      ? try lists(leaf, pieces, &notes, isCancelled) : try plain(leaf, pieces, &notes, isCancelled)
    return missing.map { column.masked(by: $0) } ?? column
  }

  /// Nil where every row has a value.
  private func validity(_ pieces: Pieces) throws(FormatFault) -> Bitmap? {
    var parts: [Bitmap?] = []
    for (piece, batch) in pieces { parts.append(try validity(piece, batch)) }
    guard parts.contains(where: { $0 != nil }) else { return nil }
    var bits: [Bool] = []
    for (part, stretch) in zip(parts, pieces) {
      for row in 0..<stretch.piece.rowCount { bits.append(part?[row] ?? true) }
    }
    return Bitmap(count: bits.count) { bits[$0] }
  }

  /// A column of lists: which elements each row has, then the elements of all rows, a column for each of their parts.
  private func lists(
    _ leaf: ArrowLeaf, _ pieces: Pieces, _ notes: inout [Diagnostic], _ isCancelled: @Sendable () -> Bool
  ) throws(FormatFault) -> Column {
    var rows: [Range<Int>?] = []
    var elements: Pieces = []
    var first = 0
    for (piece, batch) in pieces {
      let child = piece.children[0]
      let validity = try validity(piece, batch)
      try eachList(leaf.field.type, piece, batch) { (row, range) throws(FormatFault) in
        // Each list begins where the one before ends, so no element is in two.
        guard range.lowerBound >= 0, range.upperBound <= child.rowCount else {
          throw .malformed("a list goes beyond its elements", fr: "une liste dépasse ses éléments")
        }
        rows.append(validity?[row] ?? true ? first + range.lowerBound..<first + range.upperBound : nil)
      }
      first += child.rowCount
      guard first <= file.mostRows else {
        throw .malformed("it claims more elements of lists than it holds", fr: "il annonce trop d’éléments de listes")
      }
      elements.append((child, batch))
    }
    var parts: [ListType.Part] = []
    var columns: [Column] = []
    for part in leaf.field.elementLeaves {
      guard let type = part.dataType else { continue }
      parts.append(ListType.Part(part.name, type))
      let label = part.name.isEmpty ? leaf.name : leaf.name + "." + part.name
      columns.append(
        try column(ArrowLeaf(name: label, path: part.path, field: part.field), elements, &notes, isCancelled))
    }
    return .lists(ListType(parts), columns, rows: rows)
  }

  private func eachList(
    _ type: ArrowType, _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch,
    _ body: (Int, Range<Int>) throws(FormatFault) -> Void
  ) throws(FormatFault) {
    let count = piece.rowCount
    if count == 0 { return }
    if case .fixedList(let size) = type {
      guard size <= file.mostRows else { throw Self.short }
      for row in 0..<count { try body(row, row * size..<(row + 1) * size) }
      return
    }
    let places = try buffer(1, piece, batch)
    let offsets =
      type == .list(isLarge: true)
      ? places.values(0, count: count + 1, as: Int64.self)
      : places.values(0, count: count + 1, as: Int32.self)?.map { Int64($0) }
    guard let offsets else { throw Self.short }
    for row in 0..<count {
      guard offsets[row] <= offsets[row + 1] else {
        throw .malformed("a list ends before it begins", fr: "une liste finit avant de commencer")
      }
      try body(row, Int(offsets[row])..<Int(offsets[row + 1]))
    }
  }

  /// A column of a type that holds one value a row.
  private func plain(
    _ leaf: ArrowLeaf, _ pieces: Pieces, _ notes: inout [Diagnostic], _ isCancelled: @Sendable () -> Bool
  ) throws(FormatFault) -> Column {
    let field = leaf.field
    guard let type = field.dataType else { preconditionFailure("a column that is left out") }
    var losses = ColumnLosses()
    let zone = field.type.zone.map { InstantZone($0) }
    var dictionaries: [Int: Column] = [:]
    var parts: [Column] = []
    var texts = Texts()
    for (piece, batch) in pieces {
      if isCancelled() { throw .query(.cancelled) }
      switch field.type {
      case .utf8, .utf8View:
        try eachText(field.type, piece, batch) { (bytes, range) throws(FormatFault) in try texts.append(bytes, range) }
      case .dictionary(let id, let index, let values) where !values.isText:
        let generation = batch.generations[id] ?? -1
        if dictionaries[generation] == nil {
          dictionaries[generation] = try dictionary(id, generation: generation, values, zone, &losses)
        }
        let dictionary = dictionaries[generation]!
        parts.append(dictionary.gatherOrMissing(try codes(index, piece, batch, below: dictionary.count)))
      case .dictionary(let id, let index, let values):
        let dictionary = try self.dictionary(
          id, generation: batch.generations[id] ?? -1, values, &texts)
        try append(index, piece, batch, dictionary, to: &texts)
      default: parts.append(try fixed(field.type, piece, batch, zone, &losses))
      }
    }
    notes += losses.notes(label: leaf.name, isZoned: zone != nil, zone: zone)
    guard type == .text || type == .period, field.type != .null else {
      return Column.concatenate(parts, kind: type.columnKind)
    }
    let (column, damage) = texts.finish().sound(label: leaf.name)
    notes += damage
    guard type == .period else { return .text(column) }
    let firstMonth = field.metadata[ArrowMetadata.fiscalYearStart].flatMap { Int($0) } ?? 1
    guard let periods = column.periods(firstMonth: firstMonth) else {
      throw .malformed(
        "column `\(leaf.name)` has a text that is no period",
        fr: "la colonne `\(leaf.name)` a un texte qui n’est pas une période")
    }
    return periods
  }

  // MARK: Buffers

  func buffer(_ index: Int, _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch) throws(FormatFault) -> ByteView {
    let place = piece.buffers[index]
    guard place.offset <= batch.bodySize, place.size <= batch.bodySize - place.offset else {
      throw .malformed("a buffer goes beyond its batch", fr: "un tampon dépasse son lot")
    }
    if place.size == 0 { return ByteView([]) }
    let stored = try source.bytes(at: batch.bodyOffset + place.offset, count: place.size)
    guard let codec = batch.codec else { return stored }
    // The size that comes out stands first; -1 where the rest is as it is.
    guard let size = stored.load(0, as: Int64.self), let rest = stored.dropping(8) else {
      throw .malformed("a compressed buffer has no size", fr: "un tampon compressé n’a pas de taille")
    }
    if size == -1 { return rest }
    guard size >= 0, size <= Inflation.limit(storedCount: rest.count) else {
      throw .malformed(
        "a buffer claims \(size) bytes from \(rest.count)",
        fr: "un tampon annonce \(size) octets tirés de \(rest.count)")
    }
    let bytes: [UInt8]
    do throws(InflationFailure) {
      switch codec {
      case .lz4: bytes = try LZ4Frame.inflate(rest.array, limit: Int(size))
      case .zstd: bytes = try Inflation.inflate(rest.array, .zstd, limit: Int(size)).bytes
      }
    } catch {
      throw FormatFault(error)
    }
    guard bytes.count == size else {
      throw .malformed("a buffer is shorter than it says", fr: "un tampon est plus court qu’il ne dit")
    }
    return ByteView(bytes)
  }

  static var short: FormatFault {
    .malformed("a buffer is too short for its rows", fr: "un tampon est trop court pour ses lignes")
  }

  /// Nil where every row has a value.
  func validity(_ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch) throws(FormatFault) -> Bitmap? {
    if piece.missingCount == 0 { return nil }
    let bytes = try buffer(0, piece, batch)
    return bytes.count == 0 ? nil : try Self.bits(bytes, piece.rowCount)
  }

  /// Bits in the order that bitmaps have them too: the lowest first.
  private static func bits(_ bytes: ByteView, _ count: Int) throws(FormatFault) -> Bitmap {
    let size = (count + 7) / 8
    guard bytes.count >= size else { throw short }
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for word in words.indices {
      if let whole = bytes.load(word * 8, as: UInt64.self) {
        words[word] = whole
      } else {
        for offset in 0..<8 where word * 8 + offset < bytes.count {
          words[word] |= UInt64(bytes[word * 8 + offset]) << UInt64(8 * offset)
        }
      }
    }
    return Bitmap(words: words, count: count)
  }

  private func values<T: FixedWidthInteger & BitwiseCopyable>(
    _ index: Int, _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch, as type: T.Type
  ) throws(FormatFault) -> [T] {
    guard let values = try buffer(index, piece, batch).values(0, count: piece.rowCount, as: T.self) else {
      throw Self.short
    }
    return values
  }

  // MARK: Columns of fixed width

  func fixed(
    _ type: ArrowType, _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch, _ zone: InstantZone?,
    _ losses: inout ColumnLosses
  ) throws(FormatFault) -> Column {
    let count = piece.rowCount
    if type == .null { return .missing(.text, count: count) }
    let validity = try validity(piece, batch)
    switch type {
    case .integer(64, false): return losses.unsigned(try values(1, piece, batch, as: UInt64.self), validity)
    case .integer: return .integer(IntegerColumn(Buffer(try integers(type, piece, batch)), validity: validity))
    case .real(let bits):
      let reals: [Double]
      switch bits {
      case 16: reals = try values(1, piece, batch, as: UInt16.self).map(HalfPrecision.real)
      case 32: reals = try values(1, piece, batch, as: UInt32.self).map(SinglePrecision.real)
      default: reals = try values(1, piece, batch, as: UInt64.self).map { Double(bitPattern: $0) }
      }
      return losses.reals(reals, validity)
    case .boolean:
      return .boolean(BooleanColumn(try Self.bits(try buffer(1, piece, batch), count), validity: validity))
    case .date(false):
      return losses.dates(try values(1, piece, batch, as: Int32.self).map { Int64($0) }, validity)
    case .date(true):
      return losses.instants(try values(1, piece, batch, as: Int64.self), unitsPerDay: 86_400_000, validity)
    case .instant(let unitsPerDay, _):
      return losses.instants(
        try values(1, piece, batch, as: Int64.self), unitsPerDay: unitsPerDay, zone: zone, validity)
    case .decimal(let precision, let scale, let size):
      let bytes = try buffer(1, piece, batch)
      guard bytes.count / size >= count else { throw Self.short }
      return losses.decimals(count: count, scale: scale, isInteger: scale == 0 && precision <= 18, validity) { row in
        WideInteger(littleEndian: size) { bytes[row * size + $0] }
      }
    case .null, .utf8, .utf8View, .dictionary, .list, .fixedList, .structure, .other:
      preconditionFailure("not of fixed width")
    }
  }

  func integers(
    _ type: ArrowType, _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch
  ) throws(FormatFault) -> [Int64] {
    switch type {
    case .integer(8, true): try values(1, piece, batch, as: Int8.self).map { Int64($0) }
    case .integer(8, false): try values(1, piece, batch, as: UInt8.self).map { Int64($0) }
    case .integer(16, true): try values(1, piece, batch, as: Int16.self).map { Int64($0) }
    case .integer(16, false): try values(1, piece, batch, as: UInt16.self).map { Int64($0) }
    case .integer(32, true): try values(1, piece, batch, as: Int32.self).map { Int64($0) }
    case .integer(32, false): try values(1, piece, batch, as: UInt32.self).map { Int64($0) }
    default: try values(1, piece, batch, as: Int64.self)
    }
  }
}

extension ArrowFile.Batch {
  /// What it has of the field at the end of a path.
  func piece(_ path: [Int]) -> ArrowFile.Piece {
    path.dropFirst().reduce(pieces[path[0]]) { piece, child in
      piece.children.indices.contains(child) ? piece.children[child] : piece
    }
  }
}
