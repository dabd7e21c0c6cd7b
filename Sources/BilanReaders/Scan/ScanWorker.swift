import BilanColumnar
import BilanDiagnostics

/// Reads morsels of a file, one after the other, into captures of its own.
final class ScanWorker {
  /// What it brings back.
  struct Part: Sendable {
    var columns: [CapturedTexts] = []
    /// The morsels that were read, in the order in which they were.
    var morsels: [(number: Int, Morsel)] = []
    /// How often each text of each column occurs; empty where the morsels tell.
    var occurrences: [[Int]] = []
    var highCount = 0
    var hasLineEndsInQuotes = false
  }

  /// What one morsel holds.
  struct Morsel: Sendable {
    var rows: Int
    var empty: EmptyRecords
    /// None where they were not kept.
    var columns: [CapturedPiece]
  }

  private let scan: FileScan
  private let kinds: [(field: Int, kind: CaptureKind)]
  private let reader: BlockReader
  private let captures: [any ColumnCapture]
  private var part = Part()

  /// - Parameters:
  ///   - kinds: the columns wanted, ascending, and how each is captured.
  ///   - texts: for each column those that have codes already; none where empty.
  init(_ scan: FileScan, _ kinds: [(field: Int, kind: CaptureKind)], knowing texts: [TextDictionary] = []) {
    self.scan = scan
    self.kinds = kinds
    let (width, quote) = (scan.width, scan.dialect.quote)
    reader = BlockReader(scan.file, scan.dialect, width: width, blockSize: scan.sizes.block)
    captures = kinds.map { field, kind in
      let isLast = field == width - 1
      switch kind {
      case .text:
        return TextCapture(field: field, isLast: isLast, quote: quote, lookedUp: scan.sizes.lookedUpTexts)
      case .integers(let mark):
        return NumberCapture(field: field, isLast: isLast, quote: quote, mark: mark, isReal: false)
      case .reals(let mark):
        return NumberCapture(field: field, isLast: isLast, quote: quote, mark: mark, isReal: true)
      }
    }
    for (capture, texts) in zip(captures, texts) { capture.learn(texts) }
  }

  /// - Throws: where the morsel is not plain, or a column is better captured in another way; when cancelled.
  func read(_ morsel: Int, isCancelled: () -> Bool) throws(FileScan.Failure) -> Morsel {
    do {
      reader.begin(scan.cuts[morsel]..<scan.cuts[morsel + 1])
      var rows = 0
      while let block = try reader.next() {
        if isCancelled() { throw QueryError.cancelled }
        if block.hasHigh { part.highCount += try characters(block) }
        for (number, capture) in captures.enumerated() {
          guard capture.take(block, at: rows) else {
            // Nothing is looser than text.
            guard kinds[number].kind != .text else { throw DistinctTexts.tooLarge }
            throw FileScan.Failure.misfits([kinds[number].field])
          }
        }
        rows += block.count
        if morsel == scan.morselCount - 1 { try refuseFootnote(block) }
      }
      return Morsel(rows: rows, empty: reader.emptyRecords, columns: captures.map { $0.finishMorsel(rows) })
    } catch let failure as FileScan.Failure {
      throw failure
    } catch let error as QueryError {
      throw .query(error)
    } catch {
      throw .obstacle
    }
  }

  func keep(_ morsel: Morsel, of number: Int) { part.morsels.append((number, morsel)) }

  /// Nothing may be read after that.
  func finish() -> Part {
    part.hasLineEndsInQuotes = reader.hasLineEndsInQuotes
    part.columns = captures.map { $0.finish() }
    return part
  }

  // MARK: Without keeping

  /// Keeps of a morsel only how often each text occurs in it.
  func count(_ morsel: Morsel, of number: Int) {
    if part.occurrences.isEmpty { part.occurrences = .init(repeating: [], count: captures.count) }
    for (column, piece) in morsel.columns.enumerated() {
      let lacking = captures[column].textCount - part.occurrences[column].count
      if lacking > 0 { part.occurrences[column] += repeatElement(0, count: lacking) }
      piece.count(in: &part.occurrences[column])
    }
    keep(Morsel(rows: morsel.rows, empty: morsel.empty, columns: []), of: number)
  }

  /// Of a column with more than these a text may have several codes.
  var lookedUpTexts: Int { scan.sizes.lookedUpTexts }

  /// How many texts a column has so far, the empty one included.
  func textCount(_ column: Int) -> Int { captures[column].textCount }

  /// They have the codes that its pieces have.
  func texts(_ column: Int) -> TextDictionary { captures[column].texts }

  // MARK: What is not plain

  /// Checks that a block is UTF-8 without combining marks, which would have to be composed, and without the marks of other
  /// files, and counts its characters that are not ASCII.
  private func characters(_ block: Block) throws(Obstacle) -> Int {
    let bytes = block.span
    let end = block.range(block.count - 1, scan.width - 1, isLast: true).end
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
    let width = scan.width
    let texts = (0..<width).map { field in
      let (start, end) = block.range(block.count - 1, field, isLast: field == width - 1)
      return FieldText.trimmed(span, start, end, quote: scan.dialect.quote)
    }
    let filled = texts.count { $0.start < $0.end }
    guard filled <= 1 else { return }
    if filled == 0 { throw .structure }
    // Of two columns one may well be empty.
    let first = String(decoding: (texts[0].start..<texts[0].end).map { span[$0] }, as: UTF8.self)
    if width > 2 || Footnotes.isMarkedRemark(first) { throw .structure }
  }
}
