import BilanDiagnostics
import BilanSyntax
import Testing

/// Whatever is typed gets diagnostics that point into it, and an end.
@Suite struct FuzzTests {
  private func check(_ text: String, _ seed: UInt64) {
    let source = Source(name: "<fuzz>", text: text)
    let result = Parser.parse(source)
    for diagnostic in result.diagnostics {
      let spans = [diagnostic.primary?.span].compactMap { $0 } + (diagnostic.fix?.edits.map(\.span) ?? [])
      let isInside = spans.allSatisfy { 0 <= $0.start && $0.start <= $0.end && $0.end <= source.byteCount }
      #expect(isInside && diagnostic.primary != nil, "seed \(seed): \(text.debugDescription)")
    }
    _ = ASTDump.describe(result.program)
    _ = Completeness.isComplete(text)
    guard case .success(let once) = Printer.format(source) else { return }
    guard case .success(let twice) = Printer.format(Source(name: "<formatted>", text: once)) else {
      Issue.record("seed \(seed): formatted text is wrong: \(text)\n\(once)")
      return
    }
    #expect(once == twice, "seed \(seed): \(text.debugDescription)")
    let after = Parser.parse(Source(name: "<formatted>", text: once)).program
    #expect(ASTDump.describe(result.program) == ASTDump.describe(after), "seed \(seed): \(text.debugDescription)")
  }

  @Test func survivesRandomBytes() {
    for seed in 0..<2_000 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let bytes = (0..<Int.random(in: 0..<80, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      check(String(decoding: bytes, as: UTF8.self), seed)
    }
  }

  @Test func survivesRandomASCII() {
    for seed in 0..<2_000 as Range<UInt64> {
      var random = SeededGenerator(seed: seed &+ 1_000_000)
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in UInt8.random(in: 9...126, using: &random) }
      check(String(decoding: bytes, as: UTF8.self), seed)
    }
  }

  @Test func survivesRandomTokens() {
    let words =
      Keyword.allCases.map(\.rawValue) + StepVerb.allCases.map(\.rawValue) + [
        "|", "|", "|", "from t", "from t |", "(", ")", "[", "]", ",", ",", ".", "..", ":", ";", "=", "==", "!=", "<",
        "<=",
        ">", ">=", "~", "??", "+", "-", "*", "/", "!", "%", "^", "&&", "||", "|>", "%>%", "<>", "a", "b", "count",
        "`a b`",
        "$p", "1", "2.5", "10%", "\"x\"", "'y'", "2019-Q3", "2019-13", "# c\n", "## d\n", "\n", "\n", "\n\n", "select",
        "group by", "order by", "limit", "as", "like", "between", "case when", "when", "end", "if(", "NULL", "AND",
        "IS",
        "NOT", "f(", "(from", "months", "all", "totals", "stdin", "id*", "é", "«", "{", "}", "--", "/*", "mutate(",
      ]
    for seed in 0..<4_000 as Range<UInt64> {
      var random = SeededGenerator(seed: seed &+ 2_000_000)
      let tokens = (0..<Int.random(in: 1..<30, using: &random)).map { _ in words.randomElement(using: &random)! }
      check(tokens.joined(separator: " "), seed)
    }
  }

  /// A right program with one word taken out, doubled or swapped.
  @Test func survivesSmallMistakes() {
    for seed in 0..<600 as Range<UInt64> {
      var generator = SyntaxGenerator(seed: seed &+ 3_000_000)
      var random = SeededGenerator(seed: seed)
      var words = Printer.print(generator.program()).split(separator: " ", omittingEmptySubsequences: false)
      let i = Int.random(in: 0..<words.count, using: &random)
      switch seed % 3 {
      case 0: words.remove(at: i)
      case 1: words.insert(words[i], at: i)
      default: words.swapAt(i, Int.random(in: 0..<words.count, using: &random))
      }
      check(words.joined(separator: " "), seed)
    }
  }
}
