import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import Testing

/// Reads RFC 4180 text: the cells of each record, nil for one that is empty and not quoted.
private func parse(_ text: String, delimiter: UInt8) -> [[String?]] {
  var records: [[String?]] = []
  var record: [String?] = []
  var cell: [UInt8] = []
  var wasQuoted = false
  var isQuoted = false
  var bytes = Array(text.utf8)[...]
  func finished() -> String? { cell.isEmpty && !wasQuoted ? nil : String(decoding: cell, as: UTF8.self) }
  while let byte = bytes.popFirst() {
    if isQuoted {
      if byte != 0x22 {
        cell.append(byte)
      } else if bytes.first == 0x22 {
        cell.append(byte)
        bytes.removeFirst()
      } else {
        isQuoted = false
      }
    } else if byte == 0x22 {
      isQuoted = true
      wasQuoted = true
    } else if byte == delimiter || byte == 0x0A {
      record.append(finished())
      cell = []
      wasQuoted = false
      if byte == 0x0A {
        records.append(record)
        record = []
      }
    } else {
      cell.append(byte)
    }
  }
  return records
}

@Suite struct DelimitedRendererTests {
  @Test func csv() {
    #expect(
      rendered(achievementTable, .csv, RenderOptions(language: .french), notes: [coverageNote]) == """
        indicator,region,target,actual,achievement
        enterprises created,Fès-Meknès,120,171,1.425
        women trained,Oriental,400,512,1.28
        jobs kept,,12500,,

        """)
  }

  /// Readers drop blanks around a cell that is not quoted, Bilan among them.
  @Test(arguments: ["\t", " ", "\u{1}", "\u{1F}", "\u{A0}", "\u{202F}"]) func quotesBlanksAtTheEnds(_ blank: String) {
    for text in [blank + "a", "a" + blank, blank] {
      let texts = table([Field("t", .text), Field("u", .text)], [[.text(text), .text("b")]])
      #expect(rendered(texts, .csv) == "t,u\n\"\(text)\",b\n")
      #expect(rendered(texts, .tsv) == "t\tu\n\"\(text)\"\tb\n")
    }
    let inside = table([Field("t", .text)], [[.text("¡\(blank)¯à")]])
    #expect(rendered(inside, .csv) == "t\n¡\(blank)¯à\n")
  }

  @Test func quotes() {
    let texts = table(
      [Field("a,b", .text), Field("c\"d", .text)],
      [
        [.text("x,y"), .text("say \"hi\"")], [.text("l1\nl2"), .text("")], [.missing, .text(" pad")],
        [.text("t\tt"), .text("é")],
      ])
    #expect(
      rendered(texts, .csv)
        == "\"a,b\",\"c\"\"d\"\n\"x,y\",\"say \"\"hi\"\"\"\n\"l1\nl2\",\"\"\n,\" pad\"\nt\tt,é\n")
    #expect(
      rendered(texts, .tsv)
        == "a,b\t\"c\"\"d\"\nx,y\t\"say \"\"hi\"\"\"\n\"l1\nl2\"\t\"\"\n\t\" pad\"\n\"t\tt\"\té\n")
  }

  /// An empty line would be no row to most readers.
  @Test func singleColumnHasNoEmptyLines() {
    #expect(rendered(table([Field("n", .integer)], [[.integer(1)], [.missing]]), .csv) == "n\n1\n\"\"\n")
  }

  @Test func numbersAreExact() {
    let values: [(Double, String)] = [
      (0.1, "0.1"), (1, "1"), (-0.0, "0"), (1e15, "1000000000000000"), (1e20, "100000000000000000000"), (1e22, "1e22"),
      (0.1 + 0.2, "0.30000000000000004"), (1.0 / 3, "0.3333333333333333"), (1e-7, "0.0000001"), (1.5e-12, "1.5e-12"),
      (123456.789, "123456.789"), (-2.5, "-2.5"), (9_007_199_254_740_992, "9007199254740992"),
      (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e308"), (.nan, ""), (.infinity, ""), (4.35, "4.35"),
      (0.000001, "0.000001"),
    ]
    let lines = rendered(
      table([Field("x", .real), Field("y", .integer)], values.map { [.real($0.0), .integer(.min)] }), .csv
    ).split(separator: "\n").dropFirst()
    #expect(lines.map(String.init) == values.map { $0.1 + ",-9223372036854775808" })
  }

  @Test func otherTypes() {
    let fields = [
      Field("d", .date), Field("p", .period), Field("u", .duration(.months)), Field("b", .boolean),
      Field("s", .real, display: .percent),
    ]
    let row: [Value] = [
      .date(CalendarDate(year: 2019, month: 4, day: 15)!), .period(.semester(2019, 1)), .duration(18, .months),
      .boolean(false), .real(0.125),
    ]
    #expect(rendered(table(fields, [row]), .csv) == "d,p,u,b,s\n2019-04-15,2019-S1,18 months,false,0.125\n")
  }

  /// Random doubles of every magnitude read back as they were.
  @Test func realsReadBack() {
    var random = SystemRandomNumberGenerator()
    var values: [Double] = (0..<2000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    values += (0..<2000).map { _ in Double(Int.random(in: -1_000_000...1_000_000, using: &random)) / 1000 }
    values += (0..<2000).map { _ in Double.random(in: -1e6...1e6, using: &random) }
    let lines = rendered(table([Field("x", .real), Field("y", .text)], values.map { [.real($0), .missing] }), .csv)
      .split(separator: "\n").dropFirst()
    #expect(lines.count == values.count)
    for (line, value) in zip(lines, values) {
      let text = String(line.dropLast())
      #expect(Double(text) == value)
      // No longer than the shortest, but for zeros that an exponent would save.
      let digits = { (text: String) in
        String(text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }.reversed().drop { $0 == "0" })
      }
      #expect(digits(text).count <= digits(value.description).count, "\(text) for \(value)")
    }
  }

  /// What is written reads back cell by cell, in chunks of any size.
  @Test func cellsReadBack() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let sample = randomTable(using: &random)
      for (format, delimiter) in [(OutputFormat.csv, UInt8(0x2C)), (.tsv, 0x09)] {
        let records = parse(rendered(sample, format), delimiter: delimiter)
        #expect(records.first == sample.schema.fields.map(\.label))
        var expected: [[String?]] = []
        for chunk in sample.chunks {
          for row in 0..<chunk.count {
            expected.append(
              sample.schema.fields.indices.map { index in
                expectedText(chunk.columns[index].value(row, as: sample.schema[index].type), sample.schema.count)
              })
          }
        }
        let read = records.dropFirst().map { record in record.enumerated().map { normal($1, sample.schema[$0].type) } }
        // Zero bytes are left out.
        let texts = expected.map { record in record.map { $0?.replacing("\0", with: "") } }
        #expect(read == texts.map { record in record.enumerated().map { normal($1, sample.schema[$0].type) } })
      }
    }
  }

  private func expectedText(_ value: Value, _ columnCount: Int) -> String? {
    let missing = columnCount == 1 ? "" : nil as String?
    switch value {
    case .missing: return missing
    case .integer(let raw): return String(raw)
    case .real(let raw): return raw.description
    case .text(let raw): return raw
    case .boolean(let raw): return raw ? "true" : "false"
    case .date(let date): return date.description
    case .period(let period): return period.description
    case .duration(let count, _): return "\(count) \(count.magnitude == 1 ? "month" : "months")"
    case .ratio(let ratio): return ratio.value?.description ?? missing
    }
  }

  /// Numbers compare as numbers, for the format writes 2 where Swift writes 2.0.
  private func normal(_ text: String?, _ type: DataType) -> String? {
    guard let text, type == .real || type == .ratio else { return text }
    return Double(text).map { ($0 + 0).description } ?? text
  }

  @Test func blocksAndDictionariesDoNotShow() {
    // More rows than a block, one dictionary shared by all chunks, and a slice of few rows of a large dictionary.
    let count = 20_000
    let dictionary = TextDictionary((0..<count).map { "text \($0)" })
    let codes = Buffer((0..<count).map { UInt32($0) })
    let chunk = Chunk(columns: [.text(TextColumn(codes, dictionary))], count: count)
    let schema = Schema([Field("t", .text)])
    let whole = Table(schema: schema, chunks: [chunk])
    let parts = Table(schema: schema, chunks: [chunk.slice(0..<5), chunk.slice(5..<9000), chunk.slice(9000..<count)])
    let expected = "t\n" + (0..<count).map { "text \($0)\n" }.joined()
    #expect(rendered(whole, .csv) == expected)
    #expect(rendered(parts, .csv) == expected)
  }

  /// No reader takes a file with a zero byte for text.
  @Test(arguments: [OutputFormat.csv, .tsv, .csvFrench]) func zeroBytesAreLeftOut(format: OutputFormat) {
    let texts = ["a\u{0}b", "c", "a\u{0}b", "\u{0}"].reduce(into: ColumnBuilder(.text)) { $0.append(.text($1)) }
    let table = Table(
      schema: Schema([Field("t", .text)]), chunks: [Chunk(columns: [texts.finish()], count: 4)])
    var sink = BufferSink()
    let findings = render(table, notes: [], as: format, options: RenderOptions(), into: &sink)
    let lines = String(decoding: sink.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    #expect(lines == ["t", "ab", "c", "ab", "\"\""])
    #expect(findings.map(\.code) == [.textNotWritten])
    #expect(findings.first?.count == 3)
  }

  /// What a list lacks has no place in a text.
  @Test(arguments: [OutputFormat.csv, .csvFrench]) func missingElementsOfListsAreSaid(format: OutputFormat) {
    let lists = ["[1,null,3]", "[null]", "[1,null,3]", "[{\"a\":null}]"].reduce(into: ColumnBuilder(.text)) {
      $0.append(.text($1))
    }
    let table = Table(
      schema: Schema([Field("l", .list(ListType(of: .integer)))]), chunks: [Chunk(columns: [lists.finish()], count: 4)])
    var sink = BufferSink()
    let findings = render(table, notes: [], as: format, options: RenderOptions(), into: &sink)
    #expect(
      findings.map(\.message.english) == ["3 missing elements of lists are left out: lists are written as texts"])
    var other = BufferSink()
    #expect(render(table, notes: [], as: .json, options: RenderOptions(), into: &other).isEmpty)
  }
}
