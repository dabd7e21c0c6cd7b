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
  /// By worker: how often each code occurs, where the pieces were not kept.
  let occurrences: [[Int]?]

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
    if let counted = occurrences[worker] { return counted }
    var counts = [Int](repeating: 0, count: tables[worker].count)
    for piece in pieces where piece.worker == worker { piece.cells.count(in: &counts) }
    return counts
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
    let reading = try PieceReading(
      plan, of: kind, texts, rowCount: rowCount, workers: workers, isCancelled: isCancelled)
    var made = Made(chunks: reading.columns(pieces, workers))
    if let values = reading.values { note(values, texts, in: &made) }
    if let near, reading.values == nil {
      var read = Made(chunks: [])
      note(try texts.values(near, isCancelled: isCancelled), texts, in: &read)
      made.outliers = read.examples
    }
    return made
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
}
