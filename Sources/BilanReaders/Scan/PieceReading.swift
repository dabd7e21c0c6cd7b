import BilanColumnar
import BilanDiagnostics

/// How pieces of a captured column become a column's chunks: what each of its texts is, known beforehand.
struct PieceReading: Sendable {
  private enum Way: Sendable {
    /// As texts, by each worker's mapping to the dictionary.
    case texts(TextDictionary, mapping: [Buffer<UInt32>])
    /// As what the texts are, one row each.
    case values(Column)
    case integers
    case reals
  }

  private let way: Way
  private let texts: DistinctTexts
  /// What each text is; nil where it is a text.
  let values: DistinctTexts.Values?

  /// - Parameter rowCount: of all pieces together.
  /// - Throws: `.cancelled`.
  init(
    _ plan: ColumnPlan, of kind: CaptureKind, _ texts: DistinctTexts, rowCount: Int, workers: Workers,
    isCancelled: () -> Bool
  ) throws(QueryError) {
    self.texts = texts
    switch kind {
    case .text where plan.format == .text:
      values = nil
      let (dictionary, mapping) = texts.inReadingOrder(without: plan.missing, rowCount: rowCount, workers: workers)
      way = .texts(dictionary, mapping: mapping)
    case .text:
      let found = try texts.values(plan, isCancelled: isCancelled)
      values = found
      way = .values(found.column.prepared(rowCount: rowCount))
    case .integers, .reals:
      values = try texts.values(plan, isCancelled: isCancelled)
      way = plan.format.type == .integer ? .integers : .reals
    }
  }

  /// Whether some text holds something of another kind.
  var hasUnreadable: Bool { values?.isUnreadable.contains(true) ?? false }

  /// Of numbers that are read from texts: the digits behind the mark; nil where they are too many.
  var textDigits: Int? {
    if case .values(.real(let column)) = way { column.decimals?.digits } else { nil }
  }

  /// The pieces of a whole column, which agree on bounds and digits.
  func columns(_ pieces: [CapturedColumn.Piece], _ workers: Workers) -> [Column] {
    switch way {
    case .texts(let dictionary, let mapping):
      return workers.run(pieces.count) { textColumn(pieces[$0], dictionary, mapping[pieces[$0].worker]) }
    case .values(let column): return workers.run(pieces.count) { gather(pieces[$0], column) }
    case .integers:
      let parts = workers.run(pieces.count) { integers(pieces[$0]) }
      var bounds: IntegerBounds?
      for part in parts { if let own = part.bounds { bounds = bounds?.union(own) ?? own } }
      return workers.run(parts.count) { [bounds] number -> Column in
        var column = parts[number]
        column.bounds = bounds
        return .integer(column.fitted())
      }
    case .reals:
      let parts = workers.run(pieces.count) { reals(pieces[$0]) }
      let decimals = values?.hasValues ?? false ? Decimals.found(in: parts) : Self.writtenDecimals(pieces)
      return workers.run(parts.count) { .real(parts[$0].with(decimals).narrowed()) }
    }
  }

  /// One piece by itself.
  ///
  /// - Parameters:
  ///   - digits: that the numbers of all pieces have; nil where they have too many.
  ///   - isWide: whether no more is to be said of the numbers than that they may be large.
  func column(_ piece: CapturedColumn.Piece, digits: Int?, isWide: Bool) -> Column {
    switch way {
    case .texts(let dictionary, let mapping): return textColumn(piece, dictionary, mapping[piece.worker])
    case .values(let column): return gather(piece, column)
    case .integers:
      var column = integers(piece)
      if isWide { column.bounds = column.bounds?.union(Self.wideBounds) ?? Self.wideBounds }
      return .integer(column.fitted())
    case .reals:
      var decimals = digits.flatMap { Self.writtenDecimals([piece], digits: $0) }
      if isWide { decimals?.greatest = Decimals.limit }
      return .real(reals(piece).with(decimals).narrowed())
    }
  }

  private static let wideBounds = IntegerBounds(low: -1 << 40, high: 1 << 40)

  // MARK: Texts

  private func textColumn(
    _ piece: CapturedColumn.Piece, _ dictionary: TextDictionary, _ map: Buffer<UInt32>
  ) -> Column {
    guard case .codes(let codes) = piece.cells else { preconditionFailure("texts have codes") }
    let size = dictionary.count
    let column =
      switch codes {
      case .uint8(let codes): Self.recoded(codes, map, size)
      case .uint16(let codes): Self.recoded(codes, map, size)
      case .uint32(let codes): Self.recoded(codes, map, size)
      }
    return .text(TextColumn(storage: column.codes, dictionary: dictionary, validity: column.validity))
  }

  /// Codes of the whole column's dictionary in as few bytes as its size needs.
  @inline(__always)
  private static func recoded<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Buffer<Code>, _ map: Buffer<UInt32>, _ size: Int
  ) -> (codes: TextColumn.Codes, validity: Bitmap?) {
    let (source, places) = (codes.span, map.span)
    let (mapped, bits) = narrow(source, places, size)
    guard bits == DistinctTexts.missing else { return (mapped, nil) }
    let validity = Bitmap(count: source.count) { places[Int(source[$0])] != DistinctTexts.missing }
    let blanked = Buffer(places: places.count) { places[$0] == DistinctTexts.missing ? 0 : places[$0] }
    return (narrow(source, blanked.span, size).codes, validity)
  }

  /// The places of codes, and all their bits together, which tell whether one of them is missing.
  @inline(__always)
  private static func narrow<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Swift.Span<Code>, _ places: Swift.Span<UInt32>, _ size: Int
  ) -> (codes: TextColumn.Codes, bits: UInt32) {
    var bits: UInt32 = 0
    func place(_ row: Int) -> UInt32 {
      let place = places[Int(codes[row])]
      bits |= place
      return place
    }
    if size <= 1 << 8 { return (.uint8(Buffer(places: codes.count) { UInt8(truncatingIfNeeded: place($0)) }), bits) }
    if size <= 1 << 16 { return (.uint16(Buffer(places: codes.count) { UInt16(truncatingIfNeeded: place($0)) }), bits) }
    return (.uint32(Buffer(places: codes.count) { place($0) }), bits)
  }

  // MARK: Numbers

  private static func validity(_ rows: Int, _ empties: [UInt32], _ invalid: [UInt32]) -> Bitmap? {
    guard empties.count + invalid.count > 0 else { return nil }
    var validity = Bitmap(repeating: true, count: rows)
    for row in empties { validity[Int(row)] = false }
    for row in invalid { validity[Int(row)] = false }
    return validity
  }

  private func integers(_ piece: CapturedColumn.Piece) -> IntegerColumn {
    let (storage, bounds, empties, others) = whole(piece)
    var (invalid, found) = ([UInt32](), bounds)
    var patched: [Int64]?
    for other in others {
      guard let value = values?.integer(distinct(other, in: piece)) else {
        invalid.append(other.row)
        continue
      }
      if patched == nil { patched = IntegerColumn(storage).values.array }
      patched![Int(other.row)] = value
      let own = IntegerBounds(low: value, high: value)
      found = found?.union(own) ?? own
    }
    let validity = Self.validity(piece.rows, empties, invalid)
    return IntegerColumn(patched.map { .int64(Buffer($0)) } ?? storage, validity: validity, bounds: found)
  }

  private func distinct(_ other: CapturedPiece.Other, in piece: CapturedColumn.Piece) -> Int {
    Int(texts.mapping[piece.worker][Int(other.code)])
  }

  private func whole(
    _ piece: CapturedColumn.Piece
  ) -> (IntegerColumn.Storage, IntegerBounds?, empties: [UInt32], others: [CapturedPiece.Other]) {
    switch piece.cells {
    case .integers(let storage, let bounds, let empties, let others): return (storage, bounds, empties, others)
    case .reals(let reals, _, _, let empties, let others):
      // The plan says that there are no fractions.
      let source = reals.span
      let column = IntegerColumn(Buffer<Int64>(places: source.count) { Int64(source[$0]) })
      return (column.storage, column.foundBounds, empties, others)
    case .codes: preconditionFailure("numbers have no codes")
    }
  }

  private func reals(_ piece: CapturedColumn.Piece) -> RealColumn {
    var (buffer, empties, others): (Buffer<Double>, [UInt32], [CapturedPiece.Other])
    switch piece.cells {
    case .reals(let values, _, _, let missing, let texts): (buffer, empties, others) = (values, missing, texts)
    case .integers(let storage, _, let missing, let texts):
      let wide = IntegerColumn(storage).values
      let source = wide.span
      buffer = Buffer(places: source.count) { Double(source[$0]) }
      (empties, others) = (missing, texts)
    case .codes: preconditionFailure("numbers have no codes")
    }
    var invalid: [UInt32] = []
    if !others.isEmpty {
      var patched = buffer.array
      for other in others {
        if let value = values?.real(distinct(other, in: piece)) {
          patched[Int(other.row)] = value
        } else {
          invalid.append(other.row)
        }
      }
      if values?.hasValues ?? false { buffer = Buffer(patched) }
    }
    return RealColumn(buffer, validity: Self.validity(piece.rows, empties, invalid))
  }

  /// As many decimals as were written, if they are few enough for exact sums.
  ///
  /// - Parameter least: digits that there are at least.
  private static func writtenDecimals(_ pieces: [CapturedColumn.Piece], digits least: Int = 0) -> Decimals? {
    var (digits, greatest) = (least, 0.0)
    for piece in pieces {
      guard let (own, most) = piece.cells.extent else { return nil }
      (digits, greatest) = (max(digits, own), max(greatest, most))
    }
    return Decimals(digits: digits, upTo: greatest)
  }

  // MARK: Other types, by their distinct texts

  private func gather(_ piece: CapturedColumn.Piece, _ values: Column) -> Column {
    let mapping = texts.mapping[piece.worker]
    guard case .codes(let codes) = piece.cells else { preconditionFailure("texts have codes") }
    let wide = TextColumn(storage: codes, dictionary: .empty).codes
    let source = wide.span
    // The empty text is always among the distinct ones, though often no row has it.
    return values.gather(source.indices.map { Int32(bitPattern: mapping[Int(source[$0])]) }).withoutIdleValidity()
  }
}

extension CapturedPiece {
  /// Of numbers: the most digits behind the mark, and the greatest apart from its sign.
  var extent: (digits: Int, greatest: Double)? {
    switch self {
    case .reals(_, let digits, let greatest, _, _): (digits, greatest)
    case .integers(_, let bounds, _, _):
      (0, bounds.map { max(Double($0.high.magnitude), Double($0.low.magnitude)) } ?? 0)
    case .codes: nil
    }
  }
}

extension Decimals {
  /// Decimals of so many digits that are written out, none greater than `greatest`; nil where sums of them are not exact.
  init?(digits: Int, upTo greatest: Double) {
    guard digits <= 9 else { return nil }
    let scaled = greatest * Decimals(digits: digits, greatest: 0).scale
    guard scaled < Double(Decimals.limit) else { return nil }
    self.init(digits: digits, greatest: Int64(scaled.rounded()))
  }
}
