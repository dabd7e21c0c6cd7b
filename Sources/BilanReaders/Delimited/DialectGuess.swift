import BilanDiagnostics

/// A dialect found by trying each delimiter on the first lines.
struct DialectGuess {
  var dialect: Dialect
  /// The number of fields most records have.
  var width: Int
  /// The share of the records looked at that have it.
  var consistency: Double
  var recordCount: Int

  /// Records looked at; enough to outvote a damaged start.
  static let sampleRecords = 1000
  static let sampleBytes = 1 << 19

  /// Chooses the delimiter under which records have the same number of fields, quotes honoured.
  ///
  /// A delimiter that the first record (the header) has counts for more, one that breaks quoted fields for less; of
  /// equals the rarer in prose wins. A comma that stands in numbers or in prose loses to any other delimiter that the
  /// header has, and splits no file of one column.
  init(_ bytes: [UInt8], from start: Int, quote: UInt8, declared: UInt8?) {
    let candidates = declared.map { [$0] } ?? Self.delimiters(in: bytes, from: start)
    let trials = candidates.map { (delimiter: $0, trial: DialectTrial(bytes, from: start, $0, quote: quote)) }
    var best: (delimiter: UInt8, trial: DialectTrial)?
    for (delimiter, trial) in trials where trial.width >= 2 {
      guard trial.firstWidth >= 2 || trial.consistency >= 0.5 || declared != nil else { continue }
      var score = trial.score
      if declared == nil, delimiter == UInt8(ascii: ","), trial.commasInside >= 0.9 {
        let isHeaderSplit = trials.contains { other in
          guard other.delimiter != delimiter, other.trial.width >= 2, other.trial.consistency >= 0.5 else {
            return false
          }
          // Under a title with a comma in it, the header is the first record that the other splits, and the comma does not.
          return other.trial.firstWidth >= 2
            || DialectTrial.fieldCount(bytes, at: other.trial.firstWideOffset, delimiter, quote: quote) == 1
        }
        // One name over two halves: `Prix` over `12,50`, `nom complet` over `Alami, Fatima`.
        if !isHeaderSplit, trial.firstWidth == 1, trial.width == 2, best == nil { continue }
        if isHeaderSplit { score -= 0.5 }
      }
      if let other = best, score <= other.trial.score + 0.000_1 { continue }
      best = (delimiter, trial)
    }
    dialect = Dialect(
      delimiter: best?.delimiter ?? declared ?? Self.delimiterOfOneColumn(bytes, from: start), quote: quote)
    width = best?.trial.width ?? 1
    consistency = best?.trial.consistency ?? 1
    recordCount = best?.trial.recordCount ?? trials.last?.trial.recordCount ?? 0
  }

  /// The delimiters to try: those that stand there, and the comma.
  private static func delimiters(in bytes: [UInt8], from start: Int) -> [UInt8] {
    let all = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ",")]
    // The last record of a sample may go on behind it.
    let end = min(bytes.count, start + 2 * sampleBytes)
    let sample = bytes.span.extracting(..<end)
    return all.filter { $0 == UInt8(ascii: ",") || sample.place(of: $0, from: start) != nil }
  }

  /// A file of one column: a comma would still split it where one stands inside a text.
  private static func delimiterOfOneColumn(_ bytes: [UInt8], from start: Int) -> UInt8 {
    bytes.span.place(of: UInt8(ascii: ","), from: start) != nil ? 0 : UInt8(ascii: ",")
  }

  /// The delimiter that a first line `sep=;` declares, as Excel writes and reads it, and where the next line begins.
  static func declaration(_ bytes: [UInt8], from start: Int) -> (delimiter: UInt8, end: Int)? {
    let word = Array("sep=".utf8)
    guard bytes.count > start + 5, bytes[start..<start + 4].elementsEqual(word), bytes[start + 4] < 0x80,
      bytes[start + 5] == 0x0A || bytes[start + 5] == 0x0D
    else { return nil }
    let isPair = bytes[start + 5] == 0x0D && bytes.count > start + 6 && bytes[start + 6] == 0x0A
    return (bytes[start + 4], start + (isPair ? 7 : 6))
  }
}

/// What the first lines of a file look like when one delimiter is taken to separate their fields.
private struct DialectTrial {
  /// Fields of most records.
  var width = 1
  /// Fields of the first record.
  var firstWidth = 1
  /// Where the first record with as many fields as most begins.
  var firstWideOffset = 0
  /// The share of records with as many fields as most.
  var consistency = 1.0
  var recordCount = 0
  var score = 0.0
  /// The share of records whose delimiters all stand as commas do in numbers and in prose: `12,5`, `Alami, Fatima`.
  var commasInside = 0.0

  init(_ bytes: [UInt8], from start: Int, _ delimiter: UInt8, quote: UInt8) {
    let span = bytes.span
    var scanner = RecordScanner(delimiter: delimiter, quote: quote, from: start)
    var counts: [Int: Int] = [:]
    var starts: [UInt32] = []
    var (split, inside) = (0, 0)
    var firstOffsets: [Int: Int] = [:]
    var fieldCounts: [Int] = []
    // Records in a row that have as many fields as the last one; most of a table.
    var run = (fields: 0, count: 0)
    let limit = min(span.count, start + DialectGuess.sampleBytes)
    while scanner.position < limit, recordCount < DialectGuess.sampleRecords {
      starts.removeAll(keepingCapacity: true)
      let offset = scanner.position
      let fields = scanner.next(span, into: &starts)
      if fields == 1, starts[1] - starts[0] <= 1 { continue }
      if recordCount == 0 { firstWidth = fields }
      if fields != run.fields {
        counts[run.fields, default: 0] += run.count
        run = (fields, 0)
        if firstOffsets[fields] == nil { firstOffsets[fields] = offset }
      }
      run.count += 1
      fieldCounts.append(fields)
      recordCount += 1
      // A title or a header is no record of values.
      if fields > 1, recordCount > 1 {
        split += 1
        if (1..<fields).allSatisfy({ Self.isInside(span, at: Int(starts[$0])) }) { inside += 1 }
      }
    }
    guard recordCount > 0 else { return }
    counts[run.fields, default: 0] += run.count
    let most = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }!
    width = most.key
    consistency = Double(most.value) / Double(recordCount)
    // A single record of one field (a title, a note) says nothing against a delimiter.
    let plain = Double(counts[1] ?? 0)
    if width > 1, plain <= 5, recordCount > Int(plain) {
      consistency = Double(most.value) / (Double(recordCount) - plain * 0.9)
    }
    takeTable(fieldCounts, delimiter)
    if consistency < 0.5 { takeLastTable(fieldCounts) }
    firstWideOffset = firstOffsets[width] ?? start
    score = consistency + (firstWidth == width ? 0.1 : 0)
    score -= 0.5 * min(1, Double(scanner.strayCount) / Double(recordCount))
    if scanner.unterminated != nil { score -= 0.5 }
    if split > 0 { commasInside = Double(inside) / Double(split) }
  }

  /// Leaves out of account lines of one field above a table and below it, however many, where what is between them is
  /// plainly one.
  private mutating func takeTable(_ fieldCounts: [Int], _ delimiter: UInt8) {
    guard let first = fieldCounts.firstIndex(where: { $0 > 1 }), let last = fieldCounts.lastIndex(where: { $0 > 1 }),
      fieldCounts.count - (last - first + 1) > 5 || width == 1
    else { return }
    let own = fieldCounts[first]
    // Commas stand in prose, too.
    let isComma = delimiter == UInt8(ascii: ",")
    let table = fieldCounts[first...last].prefix { $0 == own }
    // A remark below may have a delimiter in it, too.
    let rest = fieldCounts[first...last].dropFirst(table.count)
    guard table.count >= 3, own >= (isComma || !rest.isEmpty ? 3 : 2),
      rest.isEmpty || !isComma && rest.count <= 5 && rest.allSatisfy({ $0 < own })
    else { return }
    (width, consistency) = (own, 1)
  }

  /// Takes the last records for the table where no record is as wide as they are and lines of one field alone follow: below
  /// what banks say of an account in lines with a delimiter, each of other widths.
  private mutating func takeLastTable(_ fieldCounts: [Int]) {
    guard let own = fieldCounts.max(), own >= 3, let first = fieldCounts.firstIndex(of: own),
      case let table = fieldCounts[first...].prefix(while: { $0 == own }), table.count >= 3,
      fieldCounts[(first + table.count)...].allSatisfy({ $0 == 1 }), fieldCounts[..<first].allSatisfy({ $0 <= 2 })
    else { return }
    (width, consistency) = (own, 1)
  }

  /// How many fields the record at a place has.
  static func fieldCount(_ bytes: [UInt8], at offset: Int, _ delimiter: UInt8, quote: UInt8) -> Int {
    var scanner = RecordScanner(delimiter: delimiter, quote: quote, from: offset)
    var starts: [UInt32] = []
    return scanner.next(bytes.span, into: &starts)
  }

  /// Whether the delimiter before `place` stands between two digits, or between a letter and a blank.
  private static func isInside(_ bytes: Swift.Span<UInt8>, at place: Int) -> Bool {
    guard place >= 2, place < bytes.count else { return false }
    let (before, after) = (bytes[place - 2], bytes[place])
    if before &- 0x30 < 10 { return after &- 0x30 < 10 }
    return after == 0x20 && before > 0x40
  }
}
