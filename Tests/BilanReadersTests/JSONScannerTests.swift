import Testing

@testable import BilanReaders

@Suite struct JSONScannerTests {
  /// A value in short: `{a:1;b:[t"x"]}`.
  private func shown(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .boolean(let flag): "\(flag)"
    case .number(let text): text
    case .text(let text): "t" + text
    case .list(let values): "[" + values.map(shown).joined(separator: ";") + "]"
    case .object(let members): "{" + members.map { "\($0.key):\(shown($0.value))" }.joined(separator: ";") + "}"
    }
  }

  private func read(_ text: String) -> String? { (try? JSONScanner.read(Array(text.utf8))).map(shown) }

  @Test func values() {
    #expect(
      read(#" {"a" : [1, -2.50e+3, true, null, "x"], "b":{} , "c":[]}"# + "\n")
        == "{a:[1;-2.50e+3;true;null;tx];b:{};c:[]}")
    #expect(read("\u{FEFF}[false]") == "[false]")
    #expect(read("0") == "0")
    #expect(read(#""Fès-Meknès""#) == "tFès-Meknès")
  }

  @Test func escapes() {
    #expect(read(#""a\"\\\/\b\f\n\r\tz""#) == "ta\"\\/\u{8}\u{C}\n\r\tz")
    #expect(read(#""\u00e9\u6771\ud83d\ude00!""#) == "té東😀!")
  }

  @Test(arguments: [
    "", " ", "{", "[1,]", "[1 2]", #"{"a"}"#, #"{"a":1,}"#, "{a:1}", "01", "-", "1.", ".5", "1e", "+1", "nul", "NaN",
    "'a'",
    #""a"#, #""\x""#, #""\u12g4""#, #""\ud83d""#, #""\ud83dx""#, #""\ude00""#, "\"\t\"", "1 2", "[1]]", "// a\n1",
  ])
  func whatIsNoJSON(text: String) { #expect(read(text) == nil) }

  @Test func refusesWhatIsNoTextAndWhatIsTooDeep() {
    #expect((try? JSONScanner.read([0x22, 0xFF, 0x22])) == nil)
    #expect(read(String(repeating: "[", count: 100_000)) == nil)
  }
}
