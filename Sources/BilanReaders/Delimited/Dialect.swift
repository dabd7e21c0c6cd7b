import BilanDiagnostics

/// How a delimited file separates and quotes its fields.
package struct Dialect: Sendable, Hashable {
  /// Zero where the file has one column and nothing separates.
  package var delimiter: UInt8
  /// Zero where nothing is quoted.
  package var quote: UInt8

  package init(delimiter: UInt8, quote: UInt8 = UInt8(ascii: "\"")) {
    self.delimiter = delimiter
    self.quote = quote
  }

  /// The delimiter as people call it.
  package var delimiterName: Localized {
    switch delimiter {
    case UInt8(ascii: ","): Localized("comma", fr: "virgule")
    case UInt8(ascii: ";"): Localized("semicolon", fr: "point-virgule")
    case UInt8(ascii: "\t"): Localized("tab", fr: "tabulation")
    case UInt8(ascii: "|"): Localized("bar", fr: "barre verticale")
    case 0: Localized("none", fr: "aucun")
    default: Localized(verbatim: "`\(Character(Unicode.Scalar(delimiter)))`")
    }
  }
}

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
  /// equals the rarer in prose wins, so that a decimal comma does not beat the semicolon.
  init(_ bytes: [UInt8], from start: Int, quote: UInt8, declared: UInt8?) {
    let candidates: [UInt8] =
      declared.map { [$0] } ?? [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ",")]
    var best: (trial: Trial, delimiter: UInt8)?
    var single = Trial()
    for delimiter in candidates {
      let trial = Trial(bytes, from: start, Dialect(delimiter: delimiter, quote: quote))
      if trial.width < 2 {
        single = trial
        continue
      }
      guard trial.firstWidth >= 2 || trial.consistency >= 0.5 || declared != nil else { continue }
      if let other = best, trial.score <= other.trial.score + 0.000_1 { continue }
      best = (trial, delimiter)
    }
    let none = candidates.count == 1 ? candidates[0] : Self.delimiterOfOneColumn(bytes, from: start)
    let chosen = best?.trial ?? single
    dialect = Dialect(delimiter: best?.delimiter ?? none, quote: quote)
    width = max(1, best == nil ? 1 : chosen.width)
    consistency = best == nil ? 1 : chosen.consistency
    recordCount = chosen.recordCount
  }

  /// A file of one column: a comma would still split it where one stands inside a text.
  private static func delimiterOfOneColumn(_ bytes: [UInt8], from start: Int) -> UInt8 {
    bytes[start...].contains(UInt8(ascii: ",")) ? 0 : UInt8(ascii: ",")
  }

  private struct Trial {
    var width = 1
    var firstWidth = 1
    var consistency = 1.0
    var recordCount = 0
    var score = 0.0

    init() {}

    init(_ bytes: [UInt8], from start: Int, _ dialect: Dialect) {
      let span = bytes.span
      var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: start)
      var counts: [Int: Int] = [:]
      var starts: [UInt32] = []
      let limit = min(span.count, start + sampleBytes)
      while scanner.position < limit, recordCount < sampleRecords {
        starts.removeAll(keepingCapacity: true)
        let fields = scanner.next(span, into: &starts)
        if fields == 1, starts[1] - starts[0] <= 1 { continue }
        if recordCount == 0 { firstWidth = fields }
        counts[fields, default: 0] += 1
        recordCount += 1
      }
      guard recordCount > 0 else { return }
      let most = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }!
      width = most.key
      consistency = Double(most.value) / Double(recordCount)
      // A single record of one field (a title, a note) says nothing against a delimiter.
      let plain = Double(counts[1] ?? 0)
      if width > 1, plain <= 5, recordCount > Int(plain) {
        consistency = Double(most.value) / (Double(recordCount) - plain * 0.9)
      }
      score = consistency + (firstWidth == width ? 0.1 : 0)
      score -= 0.5 * min(1, Double(scanner.strayCount) / Double(recordCount))
      if scanner.unterminated != nil { score -= 0.5 }
    }
  }
}
