import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// Texts, and what dictionaries hold.
extension ArrowColumn {
  /// The texts of a column, batch after batch, each distinct one once.
  struct Texts {
    var interner = TextInterner()
    private var codes: [UInt32] = []
    private var isValid: [Bool] = []
    private var hasMissing = false
    /// The codes of dictionaries that were read: by number and generation.
    var mappings: [Int64: (generation: Int, codes: [UInt32?])] = [:]

    /// - Parameter range: nil for a row without a value.
    mutating func append(_ bytes: ByteView, _ range: Range<Int>?) throws(FormatFault) {
      if let range { append(code: try code(bytes, range)) } else { append(code: nil) }
    }

    mutating func append(code: UInt32?) {
      codes.append(code ?? 0)
      isValid.append(code != nil)
      if code == nil { hasMissing = true }
    }

    /// - Throws: where the texts together reach 4 GiB.
    mutating func code(_ bytes: ByteView, _ range: Range<Int>) throws(FormatFault) -> UInt32 {
      guard interner.byteCount + range.count < Int(UInt32.max) - 16 else {
        throw .unsupported("a column of more than 4 GiB of text", fr: "une colonne de plus de 4 Gio de texte")
      }
      return interner.code(bytes.span, range.lowerBound, range.upperBound)
    }

    consuming func finish() -> TextColumn {
      let flags = isValid
      let validity = hasMissing ? Bitmap(count: flags.count) { flags[$0] } : nil
      return TextColumn(Buffer(codes), interner.finish(), validity: validity)
    }
  }

  /// Hands on where the text of each row is, nil for a row without one.
  func eachText(
    _ type: ArrowType, _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch,
    _ body: (ByteView, Range<Int>?) throws(FormatFault) -> Void
  ) throws(FormatFault) {
    let count = piece.rowCount
    if count == 0 { return }
    let validity = try validity(piece, batch)
    if type == .utf8View { return try eachView(piece, batch, validity, body) }
    let offsets: [Int64]
    let places = try buffer(1, piece, batch)
    if type == .utf8(isLarge: true) {
      guard let read = places.values(0, count: count + 1, as: Int64.self) else { throw Self.short }
      offsets = read
    } else {
      guard let read = places.values(0, count: count + 1, as: Int32.self) else { throw Self.short }
      offsets = read.map { Int64($0) }
    }
    let bytes = try buffer(2, piece, batch)
    for row in 0..<count {
      let (start, end) = (offsets[row], offsets[row + 1])
      guard start >= 0, start <= end, end <= bytes.count else {
        throw .malformed("texts lie outside their buffer", fr: "des textes sont hors de leur tampon")
      }
      try body(bytes, validity?[row] ?? true ? Int(start)..<Int(end) : nil)
    }
  }

  /// Sixteen bytes a text: its size, then the text itself up to twelve bytes; else four bytes of it, the number of a
  /// buffer and the place there.
  private func eachView(
    _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch, _ validity: Bitmap?,
    _ body: (ByteView, Range<Int>?) throws(FormatFault) -> Void
  ) throws(FormatFault) {
    let views = try buffer(1, piece, batch)
    guard views.count / 16 >= piece.rowCount else { throw Self.short }
    var buffers: [ByteView] = []
    for index in 2..<max(2, piece.buffers.count) { buffers.append(try buffer(index, piece, batch)) }
    for row in 0..<piece.rowCount {
      guard validity?[row] ?? true else {
        try body(views, nil)
        continue
      }
      let start = row * 16
      let size = Int(views.load(start, as: Int32.self)!)
      if (0...12).contains(size) {
        try body(views, start + 4..<start + 4 + size)
        continue
      }
      let index = Int(views.load(start + 8, as: Int32.self)!)
      let offset = Int(views.load(start + 12, as: Int32.self)!)
      guard size > 0, buffers.indices.contains(index), offset >= 0, offset <= buffers[index].count,
        size <= buffers[index].count - offset
      else { throw .malformed("texts lie outside their buffer", fr: "des textes sont hors de leur tampon") }
      try body(buffers[index], offset..<offset + size)
    }
  }

  /// The batches of a dictionary; a file may leave out that of a column that has no value.
  private func batches(ofDictionary id: Int64, generation: Int) -> [ArrowFile.Batch] {
    file.dictionaries[id].flatMap { $0.indices.contains(generation) ? $0[generation] : nil } ?? []
  }

  /// The values of a dictionary that are no texts.
  func dictionary(
    _ id: Int64, generation: Int, _ values: ArrowType, _ zone: InstantZone?, _ losses: inout ColumnLosses
  ) throws(FormatFault) -> Column {
    var parts: [Column] = []
    for batch in batches(ofDictionary: id, generation: generation) {
      parts.append(try fixed(values, batch.pieces[0], batch, zone, &losses))
    }
    return Column.concatenate(parts, kind: (values.dataType([:]) ?? .text).columnKind)
  }

  /// The codes of a dictionary's texts in the column's own.
  func dictionary(
    _ id: Int64, generation: Int, _ values: ArrowType, _ texts: inout Texts
  ) throws(FormatFault) -> [UInt32?] {
    if let known = texts.mappings[id], known.generation == generation { return known.codes }
    var codes: [UInt32?] = []
    for batch in batches(ofDictionary: id, generation: generation) {
      try eachText(values, batch.pieces[0], batch) { (bytes, range) throws(FormatFault) in
        if let range { codes.append(try texts.code(bytes, range)) } else { codes.append(nil) }
      }
    }
    texts.mappings[id] = (generation, codes)
    return codes
  }

  func append(
    _ index: ArrowType, _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch, _ dictionary: [UInt32?],
    to texts: inout Texts
  ) throws(FormatFault) {
    for code in try codes(index, piece, batch, below: dictionary.count) {
      texts.append(code: code < 0 ? nil : dictionary[Int(code)])
    }
  }

  /// The codes of a column, -1 where a row has none.
  func codes(
    _ index: ArrowType, _ piece: ArrowFile.Piece, _ batch: ArrowFile.Batch, below count: Int
  ) throws(FormatFault) -> [Int32] {
    let validity = try validity(piece, batch)
    let codes = try integers(index, piece, batch)
    var result: [Int32] = []
    result.reserveCapacity(codes.count)
    for row in codes.indices {
      guard validity?[row] ?? true else {
        result.append(-1)
        continue
      }
      guard codes[row] >= 0, codes[row] < count else {
        throw .malformed(
          "a code is none of its dictionary’s \(count)", fr: "un code n’est aucun des \(count) de son dictionnaire")
      }
      result.append(Int32(truncatingIfNeeded: codes[row]))
    }
    return result
  }
}
