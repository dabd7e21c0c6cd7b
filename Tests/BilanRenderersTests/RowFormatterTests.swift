import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanRenderers

/// Cell by cell, from boxed values: what the formatter must write, in a way too simple to be wrong.
private struct CellByCell {
  let syntax: CellSyntax

  func append(_ value: Value, to output: inout [UInt8]) {
    switch value {
    case .missing: output.append(contentsOf: syntax.missing)
    case .text(let text): syntax.appendText(text, to: &output)
    case .integer(let raw): output.append(contentsOf: String(raw).utf8)
    case .real(let raw): syntax.appendReal(raw, to: &output)
    case .boolean(let raw): output.append(contentsOf: (raw ? "true" : "false").utf8)
    case .date(let date): syntax.appendPlain(date.description, to: &output)
    case .period(let period): syntax.appendPlain(period.description, to: &output)
    case .duration(let count, let unit): syntax.appendPlain(DurationText.machine(count, unit), to: &output)
    case .ratio(let ratio): syntax.appendRatio(ratio, to: &output)
    }
  }

  func rows(_ table: Table, prefixes: [[UInt8]], suffix: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    for chunk in table.chunks {
      for row in 0..<chunk.count {
        for (index, column) in chunk.columns.enumerated() {
          output.append(contentsOf: prefixes[index])
          append(column.value(row, as: table.schema[index].type), to: &output)
        }
        output.append(contentsOf: suffix)
      }
    }
    return output
  }
}

/// Columns of every type and storage, with values that are hard to write.
private struct RandomColumns {
  var random: SplitMix64

  private mutating func one<T>(of choices: [T]) -> T { choices.randomElement(using: &random)! }

  private mutating func validity(_ count: Int) -> Bitmap? {
    switch Int.random(in: 0..<4, using: &random) {
    case 0, 1: nil
    case 2: Bitmap(repeating: Bool.random(using: &random), count: count)
    default: Bitmap(count: count) { _ in Int.random(in: 0..<3, using: &random) > 0 }
    }
  }

  private mutating func real() -> Double {
    switch Int.random(in: 0..<9, using: &random) {
    case 0:
      one(of: [
        0, -0.0, 1, -1, 1e15, 1e15 - 0.125, 123_456_789_012_345.6, 99_999_999, 100_000_000, 99_999_999.5, 9_999_999.99,
        1e7, 1e21, 1e22, 1e-4, 1e-5, 1e-8, 1e-9, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        .leastNormalMagnitude, 0.1 + 0.2,
        1.0 / 3, .nan, .infinity, -.infinity, 2.675, 0.145, 4_503_599_627_370_496.5,
      ])
    case 1: Double(bitPattern: UInt64.random(in: .min ... .max, using: &random))
    case 2: Double(Int.random(in: -1000...1000, using: &random))
    case 3: Double(Int.random(in: -100_000_000...100_000_000, using: &random)) / one(of: [1, 10, 100, 1000])
    case 4: Double(Int.random(in: 0...99_999_999, using: &random)) / 1e6
    case 5: Double(Int.random(in: 0...1_000_000_000_000_000, using: &random)) / one(of: [1e3, 1e6, 1e7, 1e8, 1e9])
    case 6: Double.random(in: -1...1, using: &random)
    case 7: Double(Int.random(in: -300...300, using: &random)) / 100
    default: Double.random(in: -1e16...1e16, using: &random)
    }
  }

  private mutating func text() -> String {
    let pieces = [
      "a", "é", "東京", ",", "\t", "\"", "\n", "\r", " ", "\\", "\u{7}", "0123456789abcdef", "plain words", "-1", "’",
    ]
    let length = one(of: [0, 1, 1, 2, 3, 8, 40])
    return (0..<length).map { _ in one(of: pieces) }.joined()
  }

  private mutating func integers(_ count: Int) -> IntegerColumn {
    let validity = validity(count)
    func make<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ range: ClosedRange<T>) -> Buffer<T> {
      Buffer((0..<count).map { _ in T.random(in: range, using: &random) })
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return IntegerColumn(.int8(make(.min ... .max)), validity: validity)
    case 1: return IntegerColumn(.int16(make(.min ... .max)), validity: validity)
    case 2: return IntegerColumn(.int32(make(.min ... .max)), validity: validity)
    case 3: return IntegerColumn(.int64(make(.min ... .max)), validity: validity)
    case 4:
      return IntegerColumn(
        .int16(make(-7...900)), validity: validity, bounds: IntegerBounds(low: -7, high: 900))
    default:
      let extremes: [Int64] = [
        .min, .max, 0, -1, 9, 10, 99_999_999, 100_000_000, -100_000_000, 9_999_999_999_999_999, 10_000_000_000_000_000,
      ]
      return IntegerColumn(.int64(Buffer((0..<count).map { _ in one(of: extremes) })), validity: validity)
    }
  }

  mutating func column(_ type: DataType, _ count: Int) -> Column {
    switch type {
    case .integer: return .integer(integers(count))
    case .date:
      let days = (0..<count).map { _ in Int64.random(in: one(of: [0...20_000, -5_000_000...5_000_000]), using: &random)
      }
      return .integer(IntegerColumn(Buffer(days), validity: validity(count)))
    case .duration:
      return .integer(
        IntegerColumn(
          Buffer((0..<count).map { _ in Int64.random(in: -30...30, using: &random) }), validity: validity(count)))
    case .period:
      let days = (0..<count).map { _ in Int.random(in: 0...20_000, using: &random) }
      return .integer(
        IntegerColumn(
          Buffer(days.map { Int64(Period.year(CalendarDate(days: $0).year).encoded) }), validity: validity(count)))
    case .real:
      if Bool.random(using: &random) {
        let digits = Int.random(in: 0...9, using: &random)
        let greatest: Int64 = one(of: [500, 99_999_999, Decimals.limit])
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let values = (0..<count).map { _ in Double(Int64.random(in: -greatest...greatest, using: &random)) / scale }
        return .real(
          PrimitiveColumn(
            Buffer(values), validity: validity(count), decimals: Decimals(digits: digits, greatest: greatest)))
      }
      return .real(PrimitiveColumn(Buffer((0..<count).map { _ in real() }), validity: validity(count)))
    case .boolean:
      let bits = Bitmap(count: count) { _ in Bool.random(using: &random) }
      return .boolean(BooleanColumn(bits, validity: validity(count)))
    case .ratio:
      return .ratio(
        RatioColumn(
          numerators: Buffer((0..<count).map { _ in real() }), denominators: Buffer((0..<count).map { _ in real() }),
          reported: Buffer((0..<count).map { _ in Int64.random(in: 0...9, using: &random) }),
          expected: Buffer((0..<count).map { _ in Int64.random(in: 9...10, using: &random) })))
    case .text, .list, .missing:
      let size = one(of: [1, 5, 200, 300, 3 * count + 400, 9 * count + 400])
      var texts: Set<String> = []
      for number in 0..<size { texts.insert(number % 3 == 0 ? text() : "text \(number)") }
      let dictionary = TextDictionary(texts.sorted())
      let codes = Buffer((0..<count).map { _ in UInt32.random(in: 0..<UInt32(dictionary.count), using: &random) })
      let column = TextColumn(codes, dictionary, validity: validity(count))
      return .text(Bool.random(using: &random) ? column.narrowed() : column)
    }
  }
}

@Suite struct RowFormatterTests {
  private static let types: [DataType] = [
    .integer, .real, .text, .boolean, .date, .period, .duration(.days), .ratio, .integer, .real, .text,
  ]

  /// Chunks that begin within a word of their bitmaps, as those of a `take` do, and lengths about those of blocks.
  private func table(seed: UInt64) -> Table {
    var columns = RandomColumns(random: SplitMix64(seed: seed))
    let width = Int.random(in: 1...6, using: &columns.random)
    let types = (0..<width).map { _ in Self.types.randomElement(using: &columns.random)! }
    var chunks: [Chunk] = []
    for _ in 0..<3 {
      let lengths = seed % 20 == 0 ? [8191, 8192, 8193, 17_000] : [0, 1, 3, 64, 255, 256, 257, 600]
      let count = lengths.randomElement(using: &columns.random)!
      let skipped = [0, 0, 1, 64, 77].randomElement(using: &columns.random)!
      let whole = types.map { columns.column($0, count + skipped) }
      let chunk = Chunk(columns: whole, count: count + skipped).slice(skipped..<count + skipped)
      chunks.append(chunk)
      // The same dictionaries once more.
      if seed % 3 == 0 { chunks.append(chunk.slice(0..<count / 2)) }
    }
    return Table(schema: Schema(types.enumerated().map { Field("column \($0)", $1) }), chunks: chunks)
  }

  private func written(_ table: Table, _ format: OutputFormat, workers: Int) -> [UInt8] {
    var sink = BufferSink()
    render(table, notes: [], as: format, options: RenderOptions(workers: Workers(workers)), into: &sink)
    return sink.bytes
  }

  private func differs(_ bytes: [UInt8], _ expected: [UInt8]) -> String? {
    if bytes == expected { return nil }
    let place = zip(bytes, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? min(bytes.count, expected.count)
    func around(_ bytes: [UInt8]) -> String {
      String(decoding: bytes[max(0, place - 30)..<min(bytes.count, place + 30)], as: UTF8.self)
    }
    return "at \(place): …\(around(bytes))… instead of …\(around(expected))…"
  }

  @Test(arguments: UInt64(0)..<60) func writesWhatCellByCellWrites(seed: UInt64) {
    let table = table(seed: seed)
    for (format, delimiter) in [(OutputFormat.csv, UInt8(0x2C)), (.tsv, 0x09)] {
      let syntax = CellSyntax(
        quoting: .delimited(delimiter: delimiter), missing: table.schema.count == 1 ? [0x22, 0x22] : [])
      var expected: [UInt8] = []
      for (index, field) in table.schema.fields.enumerated() {
        if index > 0 { expected.append(delimiter) }
        syntax.appendText(field.label, to: &expected)
      }
      expected.append(0x0A)
      expected += CellByCell(syntax: syntax).rows(
        table, prefixes: table.schema.fields.indices.map { $0 == 0 ? [] : [delimiter] }, suffix: [0x0A])
      for workers in [1, 3] {
        let difference = differs(written(table, format, workers: workers), expected)
        #expect(difference == nil, "seed \(seed), \(format), \(workers) workers")
      }
    }
    let keys = table.schema.fields.enumerated().map { index, field in
      Array("\(index == 0 ? "{" : ",")\"\(field.label)\":".utf8)
    }
    let expected = CellByCell(syntax: CellSyntax(quoting: .json, missing: Array("null".utf8))).rows(
      table, prefixes: keys, suffix: Array("}\n".utf8))
    let difference = differs(written(table, .ndjson, workers: Int(seed % 3) + 1), expected)
    #expect(difference == nil, "seed \(seed), ndjson")
  }

  @Test func digitsOfEight() {
    var random = SplitMix64(seed: 8)
    let values = [0, 1, 9, 10, 99, 100, 9_999, 10_000, 10_001, 99_999_999] as [UInt64]
    for value in values + (0..<2000).map({ _ in UInt64.random(in: 0..<100_000_000, using: &random) }) {
      let digits = EightDigits(value)
      let text = String(value)
      let padded = String(repeating: "0", count: 8 - text.count) + text
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: UInt64(littleEndian: digits.text) >> UInt64($0 * 8)) }
      #expect(String(decoding: bytes, as: UTF8.self) == padded)
      #expect(digits.leadingZeros == 8 - text.count)
      #expect(digits.trailingZeros == padded.reversed().prefix { $0 == "0" }.count)
    }
  }
}
