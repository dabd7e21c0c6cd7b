import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanRenderers

@Suite struct FrenchCSVRendererTests {
  private func written(_ table: Table) -> (bytes: [UInt8], findings: [Diagnostic]) {
    var sink = BufferSink()
    let findings = render(table, notes: [], as: .csvFrench, options: RenderOptions(), into: &sink)
    return (sink.bytes, findings)
  }

  private func line(_ fields: [Field], _ row: [Value]) -> String {
    let text = String(decoding: written(table(fields, [row])).bytes, as: UTF8.self)
    return String(text.dropFirst(text.prefix { $0 != "\r\n" }.count + 1).dropLast())
  }

  @Test func frenchMarksAndEncoding() {
    let (bytes, findings) = written(
      table(
        [Field("région", .text), Field("x", .real), Field("n", .integer), Field("ok", .boolean), Field("day", .date)],
        [
          [
            .text("Fès; œuvre’s €"), .real(-1234.5), .integer(1_000_000), .boolean(true),
            .date(CalendarDate(year: 2019, month: 4, day: 15)!),
          ],
          [.missing, .missing, .missing, .boolean(false), .missing],
        ]))
    #expect(findings.isEmpty)
    let expected =
      Array("r".utf8) + [0xE9] + Array("gion;x;n;ok;day\r\n\"F".utf8) + [0xE8] + Array("s; ".utf8) + [0x9C]
      + Array("uvre".utf8) + [0x92] + Array("s ".utf8) + [0x80]
      + Array("\";-1234,5;1000000;VRAI;2019-04-15\r\n;;;FAUX;\r\n".utf8)
    #expect(bytes == expected)
  }

  @Test func whatTheEncodingLacksIsCounted() {
    let (bytes, findings) = written(table([Field("a", .text)], [[.text("الرباط")], [.text("Łódź")]]))
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("a\r\n??????\r\n?"))
    #expect(findings.map(\.code) == [.textNotWritten])
    #expect(findings.first?.count == 8)
    #expect(findings.first?.message.english.contains("`ا`") == true)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+cmd", "'+cmd"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "\"'\t=1\""),
    ("-12", "-12"), ("+3,5", "+3,5"), ("-1 200,75 %", "-1 200,75 %"), ("-", "-"), ("a=1", "a=1"),
    ("\r=1", "\"'\r=1\""), ("=\"a\"", "\"'=\"\"a\"\"\""), ("", "\"\""), (" a", "\" a\""), ("a\t", "\"a\t\""),
    ("\u{1}a", "\"\u{1}a\""),
  ])
  func formulasAreGuarded(text: String, cell: String) {
    #expect(line([Field("k", .integer), Field("t", .text)], [.integer(1), .text(text)]) == "1;" + cell)
  }

  @Test func guardsAreSaid() {
    let findings = written(table([Field("=a", .text)], [[.text("=1")], [.text("b")]])).findings
    #expect(findings.first?.count == 2)
    #expect(findings.first?.message.french.contains("apostrophe") == true)
  }
}
