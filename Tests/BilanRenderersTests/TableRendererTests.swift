import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import Testing

@Suite struct TableRendererTests {
  @Test func firstExample() {
    #expect(
      rendered(achievementTable, .table, notes: [coverageNote]) == """
        ╭─────────────────────┬────────────┬────────┬────────┬─────────────╮
        │ indicator           │ region     │ target │ actual │ achievement │
        ├─────────────────────┼────────────┼────────┼────────┼─────────────┤
        │ enterprises created │ Fès-Meknès │    120 │    171 │  143%       │
        │ women trained       │ Oriental   │    400 │    512 │  128% (7/8) │
        │ jobs kept           │ ·          │ 12,500 │      · │     · (0/8) │
        ╰─────────────────────┴────────────┴────────┴────────┴─────────────╯
        3 rows
        note: achievement of 1 row rests on part of its periods: (7/8) means 7 of 8 had both a target and an actual

        """)
  }

  @Test func inFrenchAndNarrow() {
    let options = RenderOptions(width: 60, language: .french)
    #expect(
      rendered(achievementTable, .table, options, notes: [coverageNote]) == """
        ╭─────────────┬────────────┬────────┬────────┬─────────────╮
        │ indicator   │ region     │ target │ actual │ achievement │
        ├─────────────┼────────────┼────────┼────────┼─────────────┤
        │ enterprise… │ Fès-Meknès │    120 │    171 │ 143\u{202F}%       │
        │ women trai… │ Oriental   │    400 │    512 │ 128\u{202F}% (7/8) │
        │ jobs kept   │ ·          │ 12\u{202F}500 │      · │     · (0/8) │
        ╰─────────────┴────────────┴────────┴────────┴─────────────╯
        3 lignes
        note\u{A0}: `achievement` d’une ligne repose sur une partie de
               ses périodes\u{A0}: (7/8) signifie que 7 sur 8 avaient une
               cible et une valeur réalisée

        """)
  }

  @Test func asciiWithRowsAndColumnsLeftOut() {
    let options = RenderOptions(width: 40, maxRows: 2, unicode: false)
    #expect(
      rendered(achievementTable, .table, options) == """
        +------------------+-----+-------------+
        | indicator        | ... | achievement |
        +------------------+-----+-------------+
        | enterprises c... | ... |  143%       |
        | :                | :   |           : |
        | jobs kept        | ... |     . (0/8) |
        +------------------+-----+-------------+
        3 rows, 2 shown
        3 columns not shown: region, target,
        actual

        """)
  }

  @Test func rowsLeftOutAreTheMiddleOnes() {
    let rows = table([Field("n", .integer)], (0..<1200).map { [.integer($0 * 10)] }, chunkSize: 7)
    for language in Language.allCases {
      let text = rendered(rows, .table, RenderOptions(maxRows: 5, language: language))
      let space = language == .english ? "," : "\u{202F}"
      #expect(
        text == """
          ╭────────╮
          │      n │
          ├────────┤
          │      0 │
          │     10 │
          │     20 │
          │      ⋮ │
          │ 11\(space)980 │
          │ 11\(space)990 │
          ╰────────╯
          \(language == .english ? "1,200 rows, 5 shown" : "1\u{202F}200 lignes, 5 affichées")

          """)
    }
    #expect(rendered(rows, .table).hasSuffix("\n1,200 rows\n"))
    #expect(rendered(rows, .table, RenderOptions(maxRows: 1)).contains("│ 0 │\n│ ⋮ │\n╰"))
  }

  @Test func emptyResult() {
    let empty = table([Field("region", .text), Field("n", .integer)], [])
    #expect(
      rendered(empty, .table) == """
        ╭────────┬───╮
        │ region │ n │
        ╰────────┴───╯
        no rows

        """)
    #expect(rendered(empty, .table, RenderOptions(language: .french)).hasSuffix("aucune ligne\n"))
    #expect(rendered(Table(schema: Schema([]), chunks: [Chunk(columns: [], count: 3)]), .table) == "3 rows\n")
  }

  @Test func oneRowThatDoesNotFitIsAList() {
    var one = achievementTable
    one.chunks = [one.chunks[0].slice(1..<2)]
    #expect(
      rendered(one, .table, RenderOptions(width: 32)) == """
        ╭─────────────┬───────────────╮
        │ indicator   │ women trained │
        │ region      │ Oriental      │
        │ target      │ 400           │
        │ actual      │ 512           │
        │ achievement │ 128% (7/8)    │
        ╰─────────────┴───────────────╯
        1 row

        """)
  }

  @Test func colourMarksHeaderMissingAndFrame() {
    let small = table([Field("a", .text)], [[.missing]])
    #expect(
      rendered(small, .table, RenderOptions(color: true), notes: [.note(.missingSkipped, Localized("m", fr: "m"))])
        == """
        \u{1B}[2m╭───╮\u{1B}[0m
        \u{1B}[2m│\u{1B}[0m \u{1B}[1ma\u{1B}[0m \u{1B}[2m│\u{1B}[0m
        \u{1B}[2m├───┤\u{1B}[0m
        \u{1B}[2m│\u{1B}[0m \u{1B}[2m·\u{1B}[0m \u{1B}[2m│\u{1B}[0m
        \u{1B}[2m╰───╯\u{1B}[0m
        \u{1B}[2m1 row\u{1B}[0m
        \u{1B}[2mnote: m\u{1B}[0m

        """)
  }

  @Test func missingIsNoText() {
    let texts: [Value] = [.missing, .text("missing"), .text("·"), .text(""), .text("a\nb\u{1B}")]
    #expect(cells(Field("t", .text), texts) == ["·", "missing", "\"·\"", "", "a\\nb\\u{1B}"])
  }

  @Test func wideLettersLineUp() {
    let wide = table([Field("国", .text), Field("x", .text)], [[.text("日本"), .text("a")], [.text("é"), .text("👩‍🌾")]])
    #expect(
      rendered(wide, .table) == """
        ╭──────┬────╮
        │ 国   │ x  │
        ├──────┼────┤
        │ 日本 │ a  │
        │ é    │ 👩‍🌾 │
        ╰──────┴────╯
        2 rows

        """)
  }

  @Test func labelsWrapBeforeTextsAreCut() {
    let fields = [Field("part des femmes formées", .ratio), Field("commentaire", .text)]
    let one: [Value] = [ratio(1, 2, 1, 1), .text("une remarque plutôt longue")]
    #expect(
      rendered(table(fields, [one, one]), .table, RenderOptions(width: 42)) == """
        ╭───────────┬────────────────────────────╮
        │  part des │                            │
        │    femmes │                            │
        │   formées │ commentaire                │
        ├───────────┼────────────────────────────┤
        │       50% │ une remarque plutôt longue │
        │       50% │ une remarque plutôt longue │
        ╰───────────┴────────────────────────────╯
        2 rows

        """)
  }

  /// Whatever the table and the width: no line is longer, and all lines of the box are as long as each other.
  @Test func widthIsNeverExceeded() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let sample = randomTable(using: &random)
      let width = Int.random(in: 20...100, using: &random)
      let unicode = Bool.random(using: &random)
      let options = RenderOptions(
        width: width, maxRows: Int.random(in: 1...12, using: &random),
        language: Bool.random(using: &random) ? .english : .french, unicode: unicode)
      let lines = rendered(sample, .table, options, notes: [coverageNote]).split(separator: "\n")
      let box = lines.filter { $0.hasPrefix(unicode ? "│" : "|") || $0.hasPrefix(unicode ? "├" : "+") }
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(width): \(lines.joined(separator: "\n"))")
      #expect(Set(box.map { DisplayWidth.of($0) }).count == 1, "\(lines.joined(separator: "\n"))")
    }
  }
}

/// The cells of one column as the table shows them, without the padding.
func cells(_ field: Field, _ values: [Value], _ options: RenderOptions = RenderOptions()) -> [String] {
  let lines = rendered(table([field], values.map { [$0] }), .table, options).split(separator: "\n")
  return lines.drop { !$0.hasPrefix("├") }.dropFirst().prefix { $0.hasPrefix("│") }.map { line in
    var text = line.dropFirst(2).dropLast(2)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// A table of any types, with hostile texts, in small chunks.
func randomTable(using random: inout some RandomNumberGenerator) -> Table {
  let types: [DataType] = [.integer, .real, .text, .boolean, .date, .period, .duration(.months), .ratio]
  let texts = [
    "", "a", "\"", ",", "x,y", "a\"b", "l1\nl2", "\r", "\t", " pad ", "日本語の長い文章です", "·", "é", "missing", "\u{0}",
  ]
  let labels = ["a", "région d’intervention", "a,b", "x_y_z_long_label", "q\"r", "日本"]
  let fields = (0..<Int.random(in: 1...9, using: &random)).map { index in
    Field(labels.randomElement(using: &random)! + "\(index)", types.randomElement(using: &random)!)
  }
  let rows = (0..<Int.random(in: 0...30, using: &random)).map { _ in
    fields.map { field -> Value in
      if Int.random(in: 0..<5, using: &random) == 0 { return .missing }
      let number = Int64.random(in: -3_000_000...3_000_000, using: &random)
      switch field.type {
      case .real: return .real(Double(number) / [1, 8, 10, 1000, 3e10].randomElement(using: &random)!)
      case .text: return .text(texts.randomElement(using: &random)!)
      case .boolean: return .boolean(Bool.random(using: &random))
      case .date: return .date(CalendarDate(days: Int(number) / 100))
      case .period: return .period(.quarter(2019, Int.random(in: 1...4, using: &random)))
      case .duration(let unit): return .duration(number, unit)
      case .ratio: return ratio(Double(number), Double(number / 3), Int.random(in: 0...9, using: &random), 9)
      default: return .integer(number)
      }
    }
  }
  return table(fields, rows, chunkSize: Int.random(in: 1...8, using: &random))
}
