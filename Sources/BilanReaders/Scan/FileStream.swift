import BilanColumnar
import BilanDiagnostics
import Synchronization

/// Some columns of a file, read morsel by morsel as they are needed.
///
/// Columns are made as the file's beginning promises. What they turn out to be is known in the end, as is whether their
/// values would be the same if all of them were kept: until then nothing that was given holds.
final class FileStream: RowStream {
  /// Texts of a column beyond which it is better kept: each morsel with new ones needs a dictionary anew.
  static let textLimit = 1 << 13

  private let scan: FileScan
  private let kinds: [(field: Int, kind: CaptureKind)]
  private let plans: [ColumnPlan]
  /// For each column asked for its place among `kinds`.
  private let places: [Int]
  private let isCancelled: @Sendable () -> Bool
  /// Whether what all rows say is what was promised.
  private let holds: @Sendable (FileScan.Outcome) -> Bool
  let rowCount: Int
  /// The columns by the texts of the first morsel, which every reader knows.
  private let readings: [PieceReading]
  private let texts: [TextDictionary]
  /// Of each column.
  private let numbers: [NumberForm]
  private let first: Chunk
  private let parts: Mutex<[ScanWorker.Part]>
  /// Of each column apart from the sign.
  private let greatest: Mutex<[Double]>
  private let isAbandoned = Atomic(false)

  /// Reads the first morsel.
  ///
  /// - Parameters:
  ///   - kinds: the columns, ascending, and how each is captured, to be made as `plans` say.
  ///   - wanted: the fields of the chunks' columns.
  /// - Returns: nil where the columns cannot be read so.
  /// - Throws: `.cancelled`; where the file cannot be read.
  init?(
    _ scan: FileScan, _ kinds: [(field: Int, kind: CaptureKind)], _ plans: [ColumnPlan], wanted: [Int],
    isCancelled: @escaping @Sendable () -> Bool, holds: @escaping @Sendable (FileScan.Outcome) -> Bool
  ) throws(QueryError) {
    (self.scan, self.kinds, self.plans) = (scan, kinds, plans)
    (self.isCancelled, self.holds) = (isCancelled, holds)
    places = wanted.map { field in kinds.firstIndex { $0.field == field }! }
    let worker = ScanWorker(scan, kinds)
    let morsel: ScanWorker.Morsel
    do throws(FileScan.Failure) {
      morsel = try worker.read(0, isCancelled: isCancelled)
    } catch {
      if case .query(let error) = error, error.kind == .cancelled { throw error }
      return nil
    }
    rowCount = morsel.rows * scan.morselCount
    var readings: [PieceReading] = []
    for (number, plan) in plans.enumerated() {
      guard
        let reading = try Self.reading(
          plan, kinds[number].kind, worker, number, rowCount: rowCount, isCancelled: isCancelled)
      else { return nil }
      readings.append(reading)
    }
    self.readings = readings
    texts = kinds.indices.map(worker.texts)
    numbers = morsel.columns.map { NumberForm($0) }
    greatest = Mutex(morsel.columns.map { $0.extent?.greatest ?? 0 })
    first = Self.chunk(morsel, readings, numbers, places)
    worker.count(morsel, of: 0)
    parts = Mutex([worker.finish()])
  }

  var partCount: Int { scan.morselCount }

  func makeReader() -> any RowStreamReader {
    Reader(self, ScanWorker(scan, kinds, knowing: texts))
  }

  func finish() -> Bool {
    if isAbandoned.load(ordering: .relaxed) { return false }
    // Without exact sums in the end there are none on the way.
    let areExact = zip(numbers, greatest.withLock { $0 }).allSatisfy { numbers, greatest in
      numbers.digits.map { Decimals(digits: $0, upTo: greatest) != nil } ?? true
    }
    return areExact && holds(scan.gather(parts.withLock { $0 }, kinds))
  }

  /// Nil where the texts are too many, or hold what notes would have to show.
  private static func reading(
    _ plan: ColumnPlan, _ kind: CaptureKind, _ worker: ScanWorker, _ column: Int, rowCount: Int,
    isCancelled: () -> Bool
  ) throws(QueryError) -> PieceReading? {
    guard worker.textCount(column) <= min(textLimit, worker.lookedUpTexts) else { return nil }
    let texts = try DistinctTexts([worker.texts(column)], haveRepeats: false, workers: .one)
    let reading = try PieceReading(plan, of: kind, texts, rowCount: rowCount, workers: .one, isCancelled: isCancelled)
    if reading.hasUnreadable { return nil }
    // Digits of numbers among the texts are not known beforehand.
    if kind != .text, plan.format.type == .real, reading.values?.hasValues ?? false { return nil }
    return reading
  }

  private static func chunk(
    _ morsel: ScanWorker.Morsel, _ readings: [PieceReading], _ numbers: [NumberForm], _ places: [Int]
  ) -> Chunk {
    let columns = morsel.columns.indices.map { number in
      let piece = CapturedColumn.Piece(worker: 0, rows: morsel.rows, cells: morsel.columns[number])
      return readings[number].column(piece, digits: numbers[number].digits, isWide: numbers[number].isWide)
    }
    return Chunk(columns: places.map { columns[$0] }, count: morsel.rows)
  }

  private final class Reader: RowStreamReader {
    private let stream: FileStream
    private let worker: ScanWorker
    private var readings: [PieceReading]
    /// How many texts of each column those know.
    private var known: [Int]
    private var greatest: [Double]

    init(_ stream: FileStream, _ worker: ScanWorker) {
      self.stream = stream
      self.worker = worker
      readings = stream.readings
      known = stream.texts.map(\.count)
      greatest = readings.map { _ in 0 }
    }

    func read(_ part: Int) throws -> Chunk? {
      if stream.isAbandoned.load(ordering: .relaxed) { return nil }
      if part == 0 { return stream.first }
      guard let chunk = try chunk(part) else {
        stream.isAbandoned.store(true, ordering: .relaxed)
        return nil
      }
      return chunk
    }

    private func chunk(_ part: Int) throws(QueryError) -> Chunk? {
      let morsel: ScanWorker.Morsel
      do throws(FileScan.Failure) {
        morsel = try worker.read(part, isCancelled: stream.isCancelled)
      } catch {
        if case .query(let error) = error, error.kind == .cancelled { throw error }
        return nil
      }
      worker.count(morsel, of: part)
      for (number, piece) in morsel.columns.enumerated() {
        if worker.textCount(number) > known[number] {
          guard
            let reading = try FileStream.reading(
              stream.plans[number], stream.kinds[number].kind, worker, number, rowCount: stream.rowCount,
              isCancelled: stream.isCancelled)
          else { return nil }
          if reading.textDigits != readings[number].textDigits { return nil }
          readings[number] = reading
          known[number] = worker.textCount(number)
        }
        guard let extent = piece.extent else { continue }
        guard stream.numbers[number].fits(extent) else { return nil }
        greatest[number] = max(greatest[number], extent.greatest)
      }
      return FileStream.chunk(morsel, readings, stream.numbers, stream.places)
    }

    func close() {
      let part = worker.finish()
      stream.parts.withLock { $0.append(part) }
      stream.greatest.withLock { all in all = zip(all, greatest).map { max($0, $1) } }
    }
  }
}

/// What is said of a column's numbers before all of them were seen, and so of each part alike: by it sums are worked out
/// one way or another.
private struct NumberForm {
  /// Digits behind the mark; nil where they are too many for exact sums.
  let digits: Int?
  /// Whether squares of them may be beyond 64 bits.
  let isWide: Bool

  init(_ piece: CapturedPiece) {
    let extent = piece.extent
    let digits = extent.flatMap { $0.digits <= 9 ? $0.digits : nil }
    self.digits = digits
    isWide = extent.map { Self.isWide($0.greatest, digits) } ?? false
  }

  /// Whether it holds for a further part.
  func fits(_ extent: (digits: Int, greatest: Double)) -> Bool {
    guard let digits else { return true }
    return extent.digits <= digits && (isWide || !Self.isWide(extent.greatest, digits))
  }

  private static func isWide(_ greatest: Double, _ digits: Int?) -> Bool {
    digits.map { greatest * Decimals(digits: $0, greatest: 0).scale > 0x1p31 } ?? false
  }
}
