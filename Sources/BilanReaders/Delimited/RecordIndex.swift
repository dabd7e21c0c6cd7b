import BilanColumnar
import BilanDiagnostics

/// Where every field of a file is: the offsets of each record, all of the same number of fields.
///
/// A record takes `width + 1` places. What a short record lacks has the length -1; what a long one has too much is
/// not indexed, and both are counted.
struct RecordIndex: Sendable {
  /// Records whose number of fields is not the file's.
  struct Ragged: Sendable {
    var shortCount = 0
    var longCount = 0
    /// The first few: where the record starts, and how many fields it has.
    var examples: [(offset: Int, fieldCount: Int)] = []
  }

  fileprivate(set) var starts: [UInt32] = []
  private(set) var width: Int
  fileprivate(set) var count = 0
  fileprivate(set) var ragged = Ragged()
  /// The records that were removed, by the numbers that they had, ascending.
  fileprivate(set) var removed: [Int] = []
  private(set) var blankLineCount = 0
  /// The number of records before the last blank line.
  private(set) var lastBlankBefore: Int?
  /// Whether the last line so far is blank.
  private var isAfterBlankLine = false
  private(set) var strayQuoteCount = 0
  private(set) var strayQuoteOffsets: [Int] = []
  private(set) var widestRecord = 0

  /// Where the last record ends.
  private var end = 0
  private var unterminated: Int?

  /// Bytes that are worth a worker of their own.
  private static let leastShare = 1 << 20

  /// Indexes a whole file, each worker its share of the bytes.
  ///
  /// Shares are cut at line ends. If one of those is inside quotes, the share before it ends somewhere else than the next
  /// begins, and the file is indexed in one piece.
  ///
  /// - Throws: `unterminatedQuote` where a quote opens and never closes.
  init(
    _ bytes: [UInt8], from start: Int, dialect: Dialect, width: Int, name: String, workers: Workers = .one,
    leastShare: Int = leastShare, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(QueryError) {
    let cuts = Self.cuts(bytes, from: start, workers, leastShare)
    let parts = try workers.run(cuts.count - 1) { part throws(QueryError) in
      try RecordIndex(
        bytes, cuts[part]..<cuts[part + 1], dialect: dialect, width: width, isCancelled: isCancelled)
    }
    if parts.indices.allSatisfy({ parts[$0].end == cuts[$0 + 1] && parts[$0].unterminated == nil }) {
      self = parts[0]
      for part in parts.dropFirst() { append(part) }
    } else {
      self = try RecordIndex(
        bytes, start..<bytes.count, dialect: dialect, width: width, isCancelled: isCancelled)
    }
    if let open = unterminated {
      let line = SourceLines.line(of: open, in: bytes)
      throw QueryError(
        .error(
          .unterminatedQuote,
          Localized(
            "a quote opens on line \(line) of `\(name)` and is never closed",
            fr: "un guillemet s’ouvre à la ligne \(line) de `\(name)` et n’est jamais fermé"),
          help: Localized(
            "close it where its cell ends, or write it twice (`\"\"`) in a cell in quotes if it is part of the text",
            fr: "fermez-le à la fin de sa cellule, ou doublez-le (`\"\"`) dans une cellule entre guillemets s’il fait "
              + "partie du texte")), kind: .data)
    }
  }

  /// Where shares begin, each after a line feed, and the end.
  private static func cuts(_ bytes: [UInt8], from start: Int, _ workers: Workers, _ leastShare: Int) -> [Int] {
    let span = bytes.span
    var cuts = [start]
    for range in workers.ranges(of: span.count - start, least: leastShare).dropFirst() {
      var cut = start + range.lowerBound
      while cut < span.count, span[cut - 1] != 0x0A { cut += 1 }
      if cut > cuts[cuts.count - 1], cut < span.count { cuts.append(cut) }
    }
    return cuts + [span.count]
  }

  /// Indexes the records that begin in `share`.
  private init(
    _ bytes: [UInt8], _ share: Range<Int>, dialect: Dialect, width: Int, isCancelled: () -> Bool
  ) throws(QueryError) {
    self.width = width
    let span = bytes.span
    var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: share.lowerBound)
    var starts: [UInt32] = []
    // A guess from the first 64 KiB saves growing the array, which copies it.
    starts.reserveCapacity(Self.capacity(bytes, share, width: width))
    while scanner.position < share.upperBound {
      if count & 0xFFFF == 0, isCancelled() { throw .cancelled }
      let recordStart = scanner.position
      let before = starts.count
      let fields = scanner.next(span, into: &starts)
      if fields == width {
        // A line with nothing on it is no record, whatever the width; `""` is one.
        if width == 1, starts[before + 1] - starts[before] <= 1 {
          starts.removeLast(2)
          noteBlankLine()
          continue
        }
      } else if fields == 1, starts[before + 1] - starts[before] <= 1 {
        starts.removeLast(2)
        noteBlankLine()
        continue
      } else {
        noteRagged(at: recordStart, fields)
        if fields > width {
          // The end mark of the last field kept is the start of the first one dropped.
          starts.removeLast(fields - width)
        } else {
          for _ in fields..<width { starts.append(starts[starts.count - 1]) }
        }
      }
      if fields > widestRecord { widestRecord = fields }
      if isAfterBlankLine { (lastBlankBefore, isAfterBlankLine) = (count, false) }
      count += 1
    }
    unterminated = scanner.unterminated
    end = scanner.position
    strayQuoteCount = scanner.strayCount
    strayQuoteOffsets = scanner.strayOffsets
    self.starts = starts
  }

  /// Takes the records of the share after this one.
  private mutating func append(_ later: RecordIndex) {
    starts += later.starts
    ragged.shortCount += later.ragged.shortCount
    ragged.longCount += later.ragged.longCount
    ragged.examples += later.ragged.examples.prefix(5 - ragged.examples.count)
    blankLineCount += later.blankLineCount
    if let last = later.lastBlankBefore {
      lastBlankBefore = last + count
    } else if isAfterBlankLine, later.count > 0 {
      lastBlankBefore = count
    }
    isAfterBlankLine = later.isAfterBlankLine || isAfterBlankLine && later.count == 0
    strayQuoteCount += later.strayQuoteCount
    strayQuoteOffsets += later.strayQuoteOffsets.prefix(5 - strayQuoteOffsets.count)
    widestRecord = max(widestRecord, later.widestRecord)
    count += later.count
    end = later.end
  }

  private mutating func noteBlankLine() {
    blankLineCount += 1
    isAfterBlankLine = true
  }

  private mutating func noteRagged(at offset: Int, _ fields: Int) {
    if fields < width { ragged.shortCount += 1 } else { ragged.longCount += 1 }
    if ragged.examples.count < 5 { ragged.examples.append((offset, fields)) }
  }

  private static func capacity(_ bytes: [UInt8], _ share: Range<Int>, width: Int) -> Int {
    let window = bytes.span.extracting(share.lowerBound..<min(share.upperBound, share.lowerBound + 1 << 16))
    guard window.count > 0 else { return 16 }
    var lines = 1
    var next = window.place(of: 0x0A)
    while let place = next {
      lines += 1
      next = window.place(of: 0x0A, from: place + 1)
    }
    return Int(Double(lines * (width + 1)) / Double(window.count) * Double(share.count) * 1.05) + 64
  }

  /// Where a record begins.
  func offset(ofRecord record: Int) -> Int { Int(starts[record * (width + 1)]) }

  /// The bytes of a field with its quotes; empty for a field that is not there.
  func rawRange(_ record: Int, _ field: Int) -> Range<Int> {
    let at = record * (width + 1) + field
    let start = Int(starts[at])
    let end = Int(starts[at + 1]) - 1
    // The place of a field that is not there may lie behind the end of the file.
    return start <= end ? start..<end : 0..<0
  }
}

extension RecordIndex {
  /// Forgets some records, whose numbers ascend, and what was counted about them.
  ///
  /// - Parameters:
  ///   - bytes: those of the file.
  ///   - delimiter: what stands between their fields.
  mutating func remove(_ records: [Int], _ bytes: [UInt8], delimiter: UInt8) {
    guard !records.isEmpty else { return }
    let stride = width + 1
    let offsets = Set(records.map { offset(ofRecord: $0) })
    ragged.shortCount -= records.count { fieldCount($0) < width }
    ragged.longCount -= records.count { isLong($0, bytes, delimiter) }
    ragged.examples.removeAll { offsets.contains($0.offset) }
    var kept: [UInt32] = []
    kept.reserveCapacity((count - records.count) * stride)
    var next = 0
    for record in records + [count] {
      kept += starts[next * stride..<record * stride]
      next = record + 1
    }
    starts = kept
    count -= records.count
    removed = records
  }

  private func isLong(_ record: Int, _ bytes: [UInt8], _ delimiter: UInt8) -> Bool {
    // More fields follow what stands behind the last one kept.
    let mark = Int(starts[(record + 1) * (width + 1) - 1]) - 1
    return mark < bytes.count && bytes[mark] == delimiter && fieldCount(record) == width
  }

  /// The number that a record had before others were removed.
  func original(_ record: Int) -> Int {
    removed.reduce(record) { $1 <= $0 ? $0 + 1 : $0 }
  }

  /// What stands in the fields of a record, without blanks and quotes around.
  func cells(ofRecord record: Int, _ bytes: [UInt8], quote: UInt8) -> [String] {
    (0..<width).map { FieldText.string(bytes, rawRange(record, $0), quote: quote) }
  }

  /// Whether nothing stands in a field, or blanks alone, in quotes or not.
  func isBlank(_ record: Int, _ field: Int, _ bytes: [UInt8], quote: UInt8) -> Bool {
    let range = rawRange(record, field)
    let (start, end) = FieldText.trimmed(bytes.span, range.lowerBound, range.upperBound, quote: quote)
    return start >= end
  }

  /// How many fields a record has of its own, the others being filled in.
  func fieldCount(_ record: Int) -> Int {
    let at = record * (width + 1)
    var count = width
    while count > 1, starts[at + count] == starts[at + count - 1] { count -= 1 }
    return count
  }

  /// Forgets the last records, and what was counted about them.
  mutating func dropLast(_ records: Int, _ bytes: [UInt8], delimiter: UInt8) {
    guard records > 0 else { return }
    let end = offset(ofRecord: count - records)
    ragged.shortCount -= (count - records..<count).count { fieldCount($0) < width }
    ragged.longCount -= (count - records..<count).count { isLong($0, bytes, delimiter) }
    ragged.examples.removeAll { $0.offset >= end }
    count -= records
  }
}
