import BilanColumnar
import BilanDiagnostics

/// How much is read at a time; smaller in tests, which want many cuts in few bytes.
package struct ScanSizes: Sendable {
  /// Files of fewer bytes are read whole.
  package var leastFile: Int
  /// Bytes from which dialect, header and kinds of columns are first guessed.
  package var sample: Int
  /// Bytes that stay in the cache while they are cut and parsed.
  package var block: Int
  /// About how many rows a worker takes at once.
  package var morselRows: Int
  /// Texts of a column after which, where nearly all of them differ, they are kept as they come.
  package var lookedUpTexts: Int

  package init(
    leastFile: Int = 4 << 20, sample: Int = 1 << 20, block: Int = 64 << 10, morselRows: Int = 60_000,
    lookedUpTexts: Int = 1 << 17
  ) {
    self.leastFile = leastFile
    self.sample = sample
    self.block = block
    self.morselRows = morselRows
    self.lookedUpTexts = lookedUpTexts
  }
}

/// Reads some columns of a file in one pass, several workers each a stretch at a time.
struct FileScan {
  let file: OpenedFile
  let dialect: Dialect
  let width: Int
  /// Where each morsel starts, each after a line feed, and the end of the file.
  let cuts: [Int]
  let sizes: ScanSizes
  let workers: Workers

  /// What came of one pass.
  struct Outcome: Sendable {
    var columns: [CapturedColumn]
    var rowCounts: [Int]
    /// Characters that are not ASCII.
    var highCount: Int
    var hasLineEndsInQuotes: Bool
    /// Rows without a value, from the first row of the file.
    var emptyRecords: EmptyRecords
  }

  enum Failure: Error {
    case obstacle
    /// The same because of what is in these columns.
    case obstacleIn([Int])
    /// These columns are better captured in another way.
    case misfits(Set<Int>)
    case query(QueryError)
  }

  /// What one worker brings back.
  private struct Part: Sendable {
    var tables: [TextDictionary]
    /// Whether the table of each column may hold a text more than once.
    var haveRepeats: [Bool]
    var counts: [NumberCapture.Counts]
    var pieces: [(morsel: Int, rows: Int, empty: EmptyRecords, columns: [CapturedPiece])]
    var highCount: Int
    var hasLineEndsInQuotes: Bool
  }

  /// Looks through the file once.
  ///
  /// - Parameters:
  ///   - kinds: the columns wanted, ascending, and how each is captured.
  func run(
    _ kinds: [(field: Int, kind: CaptureKind)], isCancelled: @Sendable () -> Bool
  ) throws(Failure) -> Outcome {
    let morselCount = cuts.count - 1
    let claims = Claims(morselCount)
    let parts = try workers.run(min(workers.count, morselCount)) { _ throws(Failure) in
      try work(claims, kinds, isCancelled)
    }
    return gather(parts, kinds)
  }

  private func work(
    _ claims: Claims, _ kinds: [(field: Int, kind: CaptureKind)], _ isCancelled: () -> Bool
  ) throws(Failure) -> Part {
    let reader = BlockReader(file, dialect, width: width, blockSize: sizes.block)
    let captures = kinds.map { field, kind -> any ColumnCapture in
      let isLast = field == width - 1
      switch kind {
      case .text:
        return TextCapture(field: field, isLast: isLast, quote: dialect.quote, lookedUp: sizes.lookedUpTexts)
      case .integers(let mark):
        return NumberCapture(field: field, isLast: isLast, quote: dialect.quote, mark: mark, isReal: false)
      case .reals(let mark):
        return NumberCapture(field: field, isLast: isLast, quote: dialect.quote, mark: mark, isReal: true)
      }
    }
    var part = Part(tables: [], haveRepeats: [], counts: [], pieces: [], highCount: 0, hasLineEndsInQuotes: false)
    do {
      while let morsel = claims.claim() {
        reader.begin(cuts[morsel]..<cuts[morsel + 1])
        var rows = 0
        while let block = try reader.next() {
          if isCancelled() { throw QueryError.cancelled }
          if block.hasHigh { part.highCount += try characters(block) }
          for (number, capture) in captures.enumerated() {
            guard capture.take(block, at: rows) else {
              // Nothing is looser than text.
              guard kinds[number].kind != .text else { throw DistinctTexts.tooLarge }
              throw Failure.misfits([kinds[number].field])
            }
          }
          rows += block.count
          if morsel == cuts.count - 2 { try refuseFootnote(block) }
        }
        part.pieces.append((morsel, rows, reader.emptyRecords, captures.map { $0.finishMorsel(rows) }))
      }
    } catch let failure as Failure {
      throw failure
    } catch let error as QueryError {
      throw .query(error)
    } catch {
      throw .obstacle
    }
    part.hasLineEndsInQuotes = reader.hasLineEndsInQuotes
    for capture in captures {
      if let texts = capture as? TextCapture {
        part.tables.append(texts.table.finishedDictionary())
        part.haveRepeats.append(texts.keepsAll)
        part.counts.append(NumberCapture.Counts())
      } else if let numbers = capture as? NumberCapture {
        part.tables.append(numbers.table.finishedDictionary())
        part.haveRepeats.append(false)
        part.counts.append(numbers.counts)
      }
    }
    return part
  }

  /// Checks that a block is UTF-8 without combining marks, which would have to be composed, and without the marks of other
  /// files, and counts its characters that are not ASCII.
  private func characters(_ block: Block) throws(Obstacle) -> Int {
    let bytes = block.span
    let end = block.range(block.count - 1, width - 1, isLast: true).end
    var index = 0
    var count = 0
    while index < end {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard bytes[index] != 0xCC, bytes[index] != 0xCD, let size = UTF8Survey.sequenceSize(bytes, index) else {
        throw .structure
      }
      // A byte-order mark, of a file that was put behind another.
      if bytes[index] == 0xEF, bytes[index + 1] == 0xBB, bytes[index + 2] == 0xBF { throw .structure }
      count += 1
      index += size
    }
    return count
  }

  /// A last row with at most one cell filled may be a footnote, which is for the careful reading to decide.
  private func refuseFootnote(_ block: Block) throws(Obstacle) {
    let span = block.span
    let texts = (0..<width).map { field in
      let (start, end) = block.range(block.count - 1, field, isLast: field == width - 1)
      return FieldText.trimmed(span, start, end, quote: dialect.quote)
    }
    let filled = texts.count { $0.start < $0.end }
    guard filled <= 1 else { return }
    if filled == 0 { throw .structure }
    // Of two columns one may well be empty.
    let first = String(decoding: (texts[0].start..<texts[0].end).map { span[$0] }, as: UTF8.self)
    if width > 2 || Footnotes.isMarkedRemark(first) { throw .structure }
  }

  // MARK: Putting the parts together

  private func gather(_ parts: [Part], _ kinds: [(field: Int, kind: CaptureKind)]) -> Outcome {
    var rowCounts = [Int](repeating: 0, count: cuts.count - 1)
    var empty = [EmptyRecords](repeating: EmptyRecords(), count: cuts.count - 1)
    for part in parts {
      for piece in part.pieces { (rowCounts[piece.morsel], empty[piece.morsel]) = (piece.rows, piece.empty) }
    }
    var (emptyRecords, start) = (EmptyRecords(), 0)
    for (own, count) in zip(empty, rowCounts) {
      emptyRecords.append(own, from: start)
      start += count
    }
    let columns = kinds.indices.map { number in
      var pieces: [CapturedColumn.Piece?] = .init(repeating: nil, count: rowCounts.count)
      var counts = NumberCapture.Counts()
      for (worker, part) in parts.enumerated() {
        counts.add(part.counts[number])
        for piece in part.pieces {
          pieces[piece.morsel] = CapturedColumn.Piece(
            worker: worker, rows: piece.rows, cells: piece.columns[number])
        }
      }
      return CapturedColumn(
        kind: kinds[number].kind, pieces: pieces.compactMap(\.self), tables: parts.map { $0.tables[number] },
        haveRepeats: parts.contains { $0.haveRepeats[number] }, counts: counts)
    }
    return Outcome(
      columns: columns, rowCounts: rowCounts, highCount: parts.reduce(0) { $0 + $1.highCount },
      hasLineEndsInQuotes: parts.contains { $0.hasLineEndsInQuotes }, emptyRecords: emptyRecords)
  }
}
