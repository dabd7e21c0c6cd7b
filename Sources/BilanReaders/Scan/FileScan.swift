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

  /// Looks through the file once.
  ///
  /// - Parameters:
  ///   - kinds: the columns wanted, ascending, and how each is captured.
  func run(
    _ kinds: [(field: Int, kind: CaptureKind)], isCancelled: @Sendable () -> Bool
  ) throws(Failure) -> Outcome {
    let claims = Claims(morselCount)
    let parts = try workers.run(min(workers.count, morselCount)) { _ throws(Failure) in
      let worker = ScanWorker(self, kinds)
      while let morsel = claims.claim() { worker.keep(try worker.read(morsel, isCancelled: isCancelled), of: morsel) }
      return worker.finish()
    }
    return gather(parts, kinds)
  }

  var morselCount: Int { cuts.count - 1 }

  /// Puts what workers bring back together; of morsels that nobody read there are no rows.
  func gather(_ parts: [ScanWorker.Part], _ kinds: [(field: Int, kind: CaptureKind)]) -> Outcome {
    var rowCounts = [Int](repeating: 0, count: morselCount)
    var empty = [EmptyRecords](repeating: EmptyRecords(), count: morselCount)
    for part in parts {
      for (number, morsel) in part.morsels { (rowCounts[number], empty[number]) = (morsel.rows, morsel.empty) }
    }
    var (emptyRecords, start) = (EmptyRecords(), 0)
    for (own, count) in zip(empty, rowCounts) {
      emptyRecords.append(own, from: start)
      start += count
    }
    let columns = kinds.indices.map { column in
      var pieces: [CapturedColumn.Piece?] = .init(repeating: nil, count: rowCounts.count)
      var counts = NumberCapture.Counts()
      for (worker, part) in parts.enumerated() {
        counts.add(part.columns[column].counts)
        for (number, morsel) in part.morsels where !morsel.columns.isEmpty {
          pieces[number] = CapturedColumn.Piece(worker: worker, rows: morsel.rows, cells: morsel.columns[column])
        }
      }
      return CapturedColumn(
        kind: kinds[column].kind, pieces: pieces.compactMap(\.self), tables: parts.map { $0.columns[column].texts },
        haveRepeats: parts.contains { $0.columns[column].haveRepeats }, counts: counts,
        occurrences: parts.map { $0.occurrences.isEmpty ? nil : $0.occurrences[column] })
    }
    return Outcome(
      columns: columns, rowCounts: rowCounts, highCount: parts.reduce(0) { $0 + $1.highCount },
      hasLineEndsInQuotes: parts.contains { $0.hasLineEndsInQuotes }, emptyRecords: emptyRecords)
  }
}
