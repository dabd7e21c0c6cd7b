import BilanDiagnostics
import BilanSyntax
import Testing

/// Parses a text that must be right, and dumps it.
func dump(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let result = Parser.parse(Source(name: "<test>", text: text))
  #expect(
    result.diagnostics.map { "\($0.code.rawValue) \($0.message.english)" } == [], "in: \(text)",
    sourceLocation: sourceLocation)
  return ASTDump.describe(result.program)
}

/// The dump of a text that is one expression.
func expression(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let dumped = dump(text, sourceLocation: sourceLocation)
  return String(dumped.dropFirst("(expression ".count).dropLast())
}

/// The dump of one step.
func step(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let dumped = dump("from t | " + text, sourceLocation: sourceLocation)
  return String(dumped.dropFirst("(query\n  (from t)\n  ".count).dropLast())
}

@Suite struct LanguageParsingTests {
  @Test func readsTheFirstExample() {
    let text = """
      # Which indicators went beyond their target, and where?
      from results
      | where programme ~ "min ajliki" and period in 2018..2020
      | summarize target = sum(target), actual = sum(actual), achievement by indicator, region
      | where achievement > 110%
      | sort achievement desc
      | take 10
      """
    #expect(
      dump(text) == """
        (query
          (from results)
          (where (and (compare programme ~ "min ajliki") (in period (.. 2018 2020))))
          (summarize [(= target (call sum target)) (= actual (call sum actual)) achievement] by [indicator region])
          (where (compare achievement > (percent 1.1)))
          (sort [(desc achievement)])
          (take 10))
        """)
  }
}
