import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// What is no JSON, or is damaged.
@Suite struct JSONFaultTests {
  @Test(arguments: [
    ("[1,\n  2,]", 2, 5, "a value is expected"), ("{\"é\": 1,\n}", 2, 1, "a name in quotes is expected"),
    ("{\"é\" 1}", 1, 6, "`:` is expected"), ("[1 2]", 1, 4, "`,` or `]` is expected"),
    ("{\"a\": 1", 1, 8, "`,` or `}` is expected"), ("[01]", 1, 3, "a number does not begin with a zero"),
    ("[1.]", 1, 4, "a digit is expected"), ("[\"a\n\"]", 1, 4, "the line ends inside a text"),
    ("[\"a", 1, 2, "the text that begins here does not end"), ("[NaN]", 1, 2, "a value is expected"),
    (#"["\x"]"#, 1, 3, "no character is escaped like this"), (#"["\ud800"]"#, 1, 3, "half of a surrogate pair"),
    (#"["\u12"]"#, 1, 3, "four hexadecimal digits"), ("[1]]", 1, 4, "there is more after the end"),
    ("{'a': 1}", 1, 2, "a name in quotes is expected"), ("[\"a\u{1}\"]", 1, 4, "a control character"),
  ])
  func faultsHaveLineAndColumn(text: String, line: Int, column: Int, problem: String) throws {
    let error = try #require(jsonRefusal(Array(text.utf8)))
    #expect(error.code == .malformedFile)
    #expect(error.message.english.contains("line \(line), column \(column) of `t.json` is not JSON"))
    #expect(error.message.english.contains(problem))
    #expect(error.message.french.contains("ligne \(line), colonne \(column)"))
  }

  @Test(
    arguments: [
      ("[1, 2, ]", "take out the comma"), ("{\"a\": 1,\n}", "take out the comma"), ("[NaN]", "`null`"),
      ("[-Infinity]", "`null`"), ("[None]", "`null`"), ("['a']", "double quotes"), ("{'a': 1}", "double quotes"),
      ("{a: 1}", "double quotes"), ("[True]", "`true`"), ("[1 // one\n]", "no comments"), ("<html>", "HTML"),
      ("[1", "cut short"), ("[1]]", nil),
    ] as [(String, String?)])
  func faultsSayWhatToDo(text: String, help: String?) throws {
    let error = try #require(jsonRefusal(Array(text.utf8)))
    #expect(error.help.first?.english.contains(help ?? "") ?? (help == nil), "\(error.help)")
    #expect(error.help.isEmpty == (help == nil))
  }

  @Test func whatIsNoUTF8IsRefused() throws {
    let error = try #require(jsonRefusal(Array("[\"a\"\n, \"".utf8) + [0xE9] + Array("\"]".utf8)))
    #expect(error.message.english.contains("line 2, column 4"))
    #expect(
      try columns(
        JSONFormat.open(
          bytes: Array("[\"".utf8) + [0xE9] + Array("\"]".utf8), name: "t", options: ReadOptions(encoding: .windows1252)
        ))
        == [[.text("é")]])
  }

  @Test func utf16IsRead() throws {
    for isBig in [false, true] {
      let units = Array("\u{FEFF}[{\"é\": \"😀\"}]".utf16)
      let bytes = units.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      let table = try JSONFormat.open(bytes: bytes, name: "t")
      #expect(table.schema.fields[0].label == "é")
      #expect(try columns(table) == [[.text("😀")]])
      #expect(jsonRefusal(Array(bytes.dropLast()))?.code == .malformedFile)
    }
  }

  @Test func nestingIsBounded() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(jsonRefusal(Array(deep.utf8))?.message.english.contains("nested more than 1024") == true)
    let fits = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
    #expect(jsonRefusal(Array(fits.utf8)) == nil)
  }

  private static let documents = [
    #"[{"id": 1, "tags": ["a", "é\u00e9"], "r": [{"a": 1, "b": {"c": [1, 2.5]}}, null], "n": -1.5e3}, {"id": 2, "r": []}]"#,
    "{\"a\": 1, \"l\": [[1], [\"x\"]]}\n{\"a\": 2, \"l\": []}\n\n{\"a\": null, \"l\": 7}\n",
    #"{"meta": {"page": 1}, "data": {"regions": [{"n": "12"}, {"n": "7", "d": "2019-04-03"}], "other": [{"x": true}]}}"#,
  ]

  /// Arrays, JSON Lines and objects that hold tables, with lists of every kind.
  @Test(arguments: 0..<400) func damagedDocumentsAreReadOrRefused(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let (text, other) = (Self.documents[seed % 3], Self.documents[(seed + 1) % 3])
    let bytes = Damage.damaged(Array(text.utf8), with: Array(other.utf8), &random)
    expectReadOrRefused("seed \(seed)") { () throws(QueryError) in try JSONFormat.open(bytes: bytes, name: "fuzz") }
  }

  @Test(arguments: 0..<300) func damagedTextIsReadOrRefused(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed) &* 104_729)
    let texts = [
      #"[{"a": 1, "b": {"c": [1, 2, {"d": null}]}, "é": "\u00e9😀"}, {"a": 2.5e3, "b": [], "z": {}}]"#,
      "{\"a\": 1}\n{\"a\": {\"b\": [true, false]}}\n[1, 2]\n\"x\"\n",
      #"{"meta": {"n": 2}, "data": {"rows": [{"x": 1}, {"x": 2}], "more": [[1, "a"], [2]]}}"#,
      #"[["a", "b"], [1, "\\\""], ["x", {"y": []}]]"#,
    ]
    var bytes = Array(texts[seed % texts.count].utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(place...)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.remove(at: place)
      default: bytes.insert("[]{},:\"\\ \n0-e".utf8.randomElement(using: &random)!, at: place)
      }
    }
    expectReadOrRefused("seed \(seed)") { () throws(QueryError) in try JSONFormat.open(bytes: bytes, name: "fuzz") }
  }
}
