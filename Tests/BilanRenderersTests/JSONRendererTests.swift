import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import Testing

@Suite struct JSONRendererTests {
  let sample = table(
    [
      Field("région \"1\"", .text), Field("target", .integer, unit: "persons"),
      Field("share", .real, display: .percent),
      Field("r", .ratio), Field("d", .date), Field("p", .period), Field("u", .duration(.days)), Field("b", .boolean),
    ],
    [
      [
        .text("a\\b\n\u{1}é"), .integer(9_007_199_254_740_993), .real(0.125), ratio(512, 400, 7, 8),
        .date(CalendarDate(year: 2019, month: 4, day: 15)!), .period(.month(2019, 4)), .duration(30, .days),
        .boolean(true),
      ],
      [.missing, .missing, .missing, ratio(0, 0, 0, 8), .missing, .missing, .missing, .missing],
    ], chunkSize: 1)

  let rows = [
    #"{"région \"1\"":"a\\b\n\u0001é","target":9007199254740993,"share":0.125,"r":{"value":1.28,"numerator":512,"denominator":400,"reported":7,"expected":8},"d":"2019-04-15","p":"2019-04","u":"30 days","b":true}"#,
    #"{"région \"1\"":null,"target":null,"share":null,"r":{"value":null,"numerator":0,"denominator":0,"reported":0,"expected":8},"d":null,"p":null,"u":null,"b":null}"#,
  ]

  @Test func ndjson() { #expect(rendered(sample, .ndjson, notes: [coverageNote]) == rows[0] + "\n" + rows[1] + "\n") }

  @Test func document() {
    let note = Diagnostic.note(.missingSkipped, Localized("1 value", fr: "1 valeur"), count: 1)
    let plain = Diagnostic.note(.tiesKept, Localized("ties", fr: "ex æquo"))
    #expect(
      rendered(sample, .json, RenderOptions(language: .french), notes: [note, plain]) == """
        {"columns":[{"name":"région \\"1\\"","type":"text"},{"name":"target","type":"number","unit":"persons"},\
        {"name":"share","type":"number"},{"name":"r","type":"ratio"},{"name":"d","type":"date"},\
        {"name":"p","type":"period"},{"name":"u","type":"duration"},{"name":"b","type":"bool"}],
        "rows":[
        \(rows[0]),
        \(rows[1])
        ],
        "meta":{"notes":[{"code":"B0801","message":"1 valeur","count":1},{"code":"B0804","message":"ex æquo"}],"row_count":2}}

        """)
  }

  @Test func emptyDocument() {
    #expect(
      rendered(table([Field("a", .text)], []), .json) == """
        {"columns":[{"name":"a","type":"text"}],
        "rows":[
        ],
        "meta":{"notes":[],"row_count":0}}

        """)
    #expect(rendered(table([Field("a", .text)], []), .ndjson) == "")
    #expect(rendered(Table(schema: Schema([]), chunks: [Chunk(columns: [], count: 2)]), .ndjson) == "{}\n{}\n")
  }
}
