import BilanColumnar
import BilanFunctions
import Testing

@Suite struct TextFunctionTests {
  @Test func changes() throws {
    #expect(try call("lower", .texts("ÉTÉ", nil, "ÉTÉ")) == [.text("été"), .missing, .text("été")])
    #expect(try call("upper", "fès") == [.text("FÈS")])
    #expect(try call("trim", .texts("  a b\u{A0}\n", "", "   ")) == [.text("a b"), .text(""), .text("")])
    #expect(try call("fold", "Béni Mellal") == [.text("beni mellal")])
    #expect(try call("replace", .texts("a-b-c", "abc", nil), "-", "+") == [.text("a+b+c"), .text("abc"), .missing])
    #expect(try call("replace", "abc", "", "x") == [.text("abc")])
    #expect(try call("replace", "aaa", "aa", "b") == [.text("ba")])
    #expect(try call("replace", .texts("ab", "ab"), .texts("a", "b"), "x") == [.text("xb"), .text("ax")])
    #expect(try call("replace", .texts("ab"), "a", .missing) == [.missing])
  }

  @Test func measures() throws {
    #expect(try call("length", .texts("Fès", "", nil, "🇲🇦!")) == [.integer(3), .integer(0), .missing, .integer(2)])
  }

  @Test func pads() throws {
    #expect(try call("pad", .texts("7", "1234", nil), 3, "0") == [.text("007"), .text("1234"), .missing])
    #expect(try call("pad", "é", 3) == [.text("  é")])
    #expect(try call("pad", "x", 4, "ab") == [.text("abax")])
    #expect(try call("pad", "x", -4) == [.text("x")])
    #expect(throws: KernelError.self) { try call("pad", "x", 4, "") }
    #expect(throws: KernelError.self) { try call("pad", "x", .value(.integer(.max))) }
  }

  @Test func testsExactly() throws {
    let texts = TestArgument.texts("Rabat-Salé", "rabat", nil)
    #expect(try call("starts_with", texts, "Rabat") == [.boolean(true), .boolean(false), .missing])
    #expect(try call("ends_with", texts, "Salé") == [.boolean(true), .boolean(false), .missing])
    #expect(try call("contains", texts, "abat") == [.boolean(true), .boolean(true), .missing])
    #expect(try call("contains", "abc", .texts("b", "x", nil)) == [.boolean(true), .boolean(false), .missing])
    #expect(try call("starts_with", texts, "Rabat-Salé-Kénitra") == [.boolean(false), .boolean(false), .missing])
    #expect(try call("ends_with", "abab", "ab") == [.boolean(true)])
  }

  @Test func matchesRegularExpressions() throws {
    #expect(
      try call("matches", .texts("MA-01", "FR-1", nil), "^MA-[0-9]+$") == [.boolean(true), .boolean(false), .missing])
    #expect(try call("extract", .texts("MA-01", "none", nil), "[0-9]+") == [.text("01"), .missing, .missing])
    #expect(try call("extract", "MA-01-x", "MA-([0-9]+)") == [.text("01")])
    #expect(try call("extract", "b", "(a)?b") == [.missing])
    #expect(try call("matches", "b", "(a)?b") == [.boolean(true)])
    #expect { try call("matches", .texts("x"), "(") } throws: { error in
      if case KernelError.invalidPattern("(", _, _) = error { true } else { false }
    }
  }

  @Test func splits() throws {
    let codes = TestArgument.texts("MA-01-B", "MA", "", nil)
    #expect(try call("split_part", codes, "-", 2) == [.text("01"), .missing, .missing, .missing])
    #expect(try call("split_part", codes, "-", -1) == [.text("B"), .text("MA"), .text(""), .missing])
    #expect(try call("split_part", codes, "-", 0) == [.missing, .missing, .missing, .missing])
    #expect(
      try call("split_part", "a--b", "-", .integers(1, 2, 3, 4)) == [.text("a"), .text(""), .text("b"), .missing])
    #expect(try call("split_part", "ab", "", 1) == [.text("ab")])
    #expect(try call("split_part", "ab", "-", .value(.integer(.min))) == [.missing])
  }

  /// A slice of a column keeps the whole dictionary: only what the rows use may be looked at, and the rows must come
  /// out right.
  @Test func worksOnSlices() throws {
    guard case .scalar(let overloads) = try #require(FunctionTable.entry(named: "upper")).kind else { return }
    let whole = column((0..<100).map { .text("t\($0)") }, .text)
    let context = KernelContext(rowCount: 2, today: CalendarDate(days: 0), fiscalYearStart: 1)
    let result = try overloads[0].kernel([.column(whole.slice(50..<52))], [.text], context)
    #expect(result.value(0, as: .text) == .text("T50") && result.value(1, as: .text) == .text("T51"))
  }
}
