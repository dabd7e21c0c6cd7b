import BilanColumnar
import BilanDiagnostics

/// One column of a file as it was captured: cells in morsels, texts by the codes of whoever met them.
struct CapturedColumn: Sendable {
  struct Piece: Sendable {
    var worker: Int
    var rows: Int
    var cells: CapturedPiece
  }

  let kind: CaptureKind
  /// In row order.
  let pieces: [Piece]
  /// By worker; code 0 is the empty text.
  let tables: [TextDictionary]
  /// Whether a table may hold a text more than once.
  let haveRepeats: Bool
  /// Of cells that were read as plain numbers, and of empty ones among them.
  let counts: NumberCapture.Counts

  /// Of all workers together.
  var textCount: Int { tables.reduce(0) { $0 + $1.count } }

  var rowCount: Int { pieces.reduce(0) { $0 + $1.rows } }

  /// Whether some text, which stood in quotes, has a blank at an end.
  var haveEndBlanks: Bool {
    tables.contains { table in
      let bytes = table.bytes.array
      return (0..<table.count).contains { code in
        let range = table.byteRange(code)
        let (start, end) = FieldText.withoutBlanks(bytes.span, range.lowerBound, range.upperBound)
        return start > range.lowerBound || end < range.upperBound
      }
    }
  }

  /// Whether some cell is this text.
  func holds(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    return tables.contains { table in
      let bytes = table.bytes.array
      return (0..<table.count).contains { code in
        let range = table.byteRange(code)
        return range.count == wanted.count && bytes[range].elementsEqual(wanted)
      }
    }
  }

  // MARK: The profile

  /// What the cells look like, counted over every row: what `ColumnProfile` would have counted cell by cell.
  ///
  /// - Parameter empty: what counts the cells.
  func profile(_ empty: ColumnProfile, workers: Workers) -> ColumnProfile {
    var profile = empty
    switch kind {
    case .text: break
    case .integers(let mark), .reals(let mark): profile.add(counts, mark: mark)
    }
    let parts = workers.run(tables.count) { worker -> ColumnProfile in
      var profile = empty
      let occurrences = occurrences(worker)
      let (source, places) = (tables[worker].bytes, tables[worker].offsets)
      let (bytes, offsets) = (source.span, places.span)
      for code in occurrences.indices where occurrences[code] > 0 {
        profile.observe(bytes, Int(offsets[code]), Int(offsets[code + 1]), quote: 0, count: occurrences[code])
      }
      return profile
    }
    for part in parts { profile.merge(part) }
    return profile
  }

  /// How often each code of a worker occurs.
  private func occurrences(_ worker: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: tables[worker].count)
    for piece in pieces where piece.worker == worker {
      switch piece.cells {
      case .codes(.uint8(let codes)): Self.count(codes, in: &counts)
      case .codes(.uint16(let codes)): Self.count(codes, in: &counts)
      case .codes(.uint32(let codes)): Self.count(codes, in: &counts)
      case .integers(_, _, _, let others), .reals(_, _, _, _, let others):
        for other in others { counts[Int(other.code)] += 1 }
      }
    }
    return counts
  }

  @inline(__always)
  private static func count<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Buffer<Code>, in counts: inout [Int]
  ) {
    let codes = codes.span
    for row in codes.indices { counts[Int(codes[row])] &+= 1 }
  }

  // MARK: The column

  /// The column in chunks, and what could not be read.
  struct Made: Sendable {
    var chunks: [Column]
    var unreadableCount = 0
    /// The first few, with their rows.
    var examples: [(row: Int, text: String)] = []
    /// Of a text column of which most reads as something else: the first values that do not.
    var outliers: [(row: Int, text: String)] = []
  }

  /// Makes the column as `plan` says.
  ///
  /// - Parameter near: how a text column would be read by most of its values, to find those that do not fit.
  func make(
    _ plan: ColumnPlan, near: ColumnPlan?, workers: Workers, isCancelled: () -> Bool
  ) throws(QueryError) -> Made {
    let texts = try DistinctTexts(tables, haveRepeats: haveRepeats, workers: workers)
    switch kind {
    case .text where plan.format == .text:
      var made = Made(chunks: textChunks(texts, plan, workers))
      if let near {
        var read = Made(chunks: [])
        note(try texts.values(near, isCancelled: isCancelled), texts, in: &read)
        made.outliers = read.examples
      }
      return made
    case .text:
      let values = try texts.values(plan, isCancelled: isCancelled)
      var made = Made(chunks: gather(values, texts, workers))
      note(values, texts, in: &made)
      return made
    case .integers, .reals:
      let values = try texts.values(plan, isCancelled: isCancelled)
      var made = Made(
        chunks: plan.format.type == .integer ? integers(values, texts, workers) : reals(values, texts, workers))
      note(values, texts, in: &made)
      return made
    }
  }

  private func note(_ values: DistinctTexts.Values, _ texts: DistinctTexts, in made: inout Made) {
    guard values.isUnreadable.contains(true) else { return }
    var first = 0
    func look(_ row: Int, _ code: Int, _ worker: Int) {
      let distinct = Int(texts.mapping[worker][code])
      guard values.isUnreadable[distinct] else { return }
      made.unreadableCount += 1
      if made.examples.count < 5 { made.examples.append((first + row, FieldText.trimmed(texts.dictionary[distinct]))) }
    }
    for piece in pieces {
      switch piece.cells {
      case .codes(let codes):
        let column = TextColumn(storage: codes, dictionary: .empty)
        for row in 0..<piece.rows { look(row, column.code(row), piece.worker) }
      case .integers(_, _, _, let others), .reals(_, _, _, _, let others):
        for other in others { look(Int(other.row), Int(other.code), piece.worker) }
      }
      first += piece.rows
    }
  }

  // MARK: Texts

  private func textChunks(_ texts: DistinctTexts, _ plan: ColumnPlan, _ workers: Workers) -> [Column] {
    let (dictionary, mapping) = texts.inReadingOrder(
      without: plan.missing, rowCount: rowCount, workers: workers)
    let size = dictionary.count
    return workers.run(pieces.count) { number -> Column in
      let piece = pieces[number]
      let map = mapping[piece.worker]
      guard case .codes(let codes) = piece.cells else { preconditionFailure("texts have codes") }
      let column =
        switch codes {
        case .uint8(let codes): Self.recoded(codes, map, size)
        case .uint16(let codes): Self.recoded(codes, map, size)
        case .uint32(let codes): Self.recoded(codes, map, size)
        }
      return .text(TextColumn(storage: column.codes, dictionary: dictionary, validity: column.validity))
    }
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

  private func integers(_ values: DistinctTexts.Values, _ texts: DistinctTexts, _ workers: Workers) -> [Column] {
    let parts = workers.run(pieces.count) { number -> IntegerColumn in
      let piece = pieces[number]
      let (storage, bounds, empties, others) = whole(piece)
      var (invalid, found) = ([UInt32](), bounds)
      var patched: [Int64]?
      for other in others {
        let distinct = Int(texts.mapping[piece.worker][Int(other.code)])
        guard let value = values.integer(distinct) else {
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
    var bounds: IntegerBounds?
    for part in parts { if let own = part.bounds { bounds = bounds?.union(own) ?? own } }
    return workers.run(parts.count) { [bounds] number -> Column in
      var column = parts[number]
      column.bounds = bounds
      return .integer(column.fitted())
    }
  }

  private func whole(
    _ piece: Piece
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

  private func reals(_ values: DistinctTexts.Values, _ texts: DistinctTexts, _ workers: Workers) -> [Column] {
    let hasValues = values.hasValues
    let parts = workers.run(pieces.count) { number -> RealColumn in
      let piece = pieces[number]
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
          if let value = values.real(Int(texts.mapping[piece.worker][Int(other.code)])) {
            patched[Int(other.row)] = value
          } else {
            invalid.append(other.row)
          }
        }
        if hasValues { buffer = Buffer(patched) }
      }
      return RealColumn(buffer, validity: Self.validity(piece.rows, empties, invalid))
    }
    let decimals = hasValues ? Decimals.found(in: parts) : writtenDecimals
    return workers.run(parts.count) { .real(parts[$0].with(decimals).narrowed()) }
  }

  /// As many decimals as were written, if they are few enough for exact sums.
  private var writtenDecimals: Decimals? {
    var (digits, greatest) = (0, 0.0)
    for piece in pieces {
      switch piece.cells {
      case .reals(_, let own, let most, _, _): (digits, greatest) = (max(digits, own), max(greatest, most))
      case .integers(_, let bounds, _, _):
        if let bounds { greatest = max(greatest, Double(bounds.high.magnitude), Double(bounds.low.magnitude)) }
      case .codes: return nil
      }
    }
    let scaled = greatest * Decimals(digits: digits, greatest: 0).scale
    guard digits <= 9, scaled < Double(Decimals.limit) else { return nil }
    return Decimals(digits: digits, greatest: Int64(scaled.rounded()))
  }

  // MARK: Other types, by their distinct texts

  private func gather(_ values: DistinctTexts.Values, _ texts: DistinctTexts, _ workers: Workers) -> [Column] {
    let prepared = values.column.prepared(rowCount: rowCount)
    return workers.run(pieces.count) { number -> Column in
      let piece = pieces[number]
      let mapping = texts.mapping[piece.worker]
      guard case .codes(let codes) = piece.cells else { preconditionFailure("texts have codes") }
      let wide = TextColumn(storage: codes, dictionary: .empty).codes
      let source = wide.span
      // The empty text is always among the distinct ones, though often no row has it.
      return prepared.gather(source.indices.map { Int32(bitPattern: mapping[Int(source[$0])]) }).withoutIdleValidity()
    }
  }
}
