import BilanDiagnostics
import BilanSyntax
import Foundation
import Testing

/// A text that is wrong, the codes it is told, and the text that the fixes make of it.
struct Mistake: Sendable, CustomTestStringConvertible {
  var text: String
  var codes: [DiagnosticCode]
  /// Nil where no edit alone can make it right.
  var fixed: String?

  init(_ text: String, _ codes: DiagnosticCode..., fixed: String? = nil) {
    self.text = text
    self.codes = codes
    self.fixed = fixed
  }

  var testDescription: String { text }
}

/// Applies the fixes of all diagnostics, the last edit of the text first.
func applyFixes(_ diagnostics: [Diagnostic], to text: String) -> String {
  var bytes = Array(text.utf8)
  let edits = diagnostics.flatMap { $0.fix?.edits ?? [] }.enumerated().sorted {
    ($0.element.span.start, $0.element.span.end, $0.offset) > ($1.element.span.start, $1.element.span.end, $1.offset)
  }
  for (_, edit) in edits { bytes.replaceSubrange(edit.span.range, with: edit.replacement.utf8) }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct MistakeTests {
  @Test(arguments: mistakes)
  func isReportedOnceAndMended(_ mistake: Mistake) {
    let diagnostics = Parser.parse(Source(name: "<test>", text: mistake.text)).diagnostics
    #expect(diagnostics.map(\.code) == mistake.codes, "\(diagnostics.map(\.message.english))")
    for diagnostic in diagnostics { checkWording(diagnostic) }
    let isMended = diagnostics.allSatisfy { $0.fix != nil }
    guard let fixed = mistake.fixed else {
      #expect(!isMended, "a fix is offered that the case does not expect: \(applyFixes(diagnostics, to: mistake.text))")
      return
    }
    #expect(isMended, "a fix is missing")
    #expect(applyFixes(diagnostics, to: mistake.text) == fixed)
    let after = Parser.parse(Source(name: "<fixed>", text: fixed)).diagnostics
    #expect(after.isEmpty, "\(after.map(\.message.english))")
  }

  private func checkWording(_ diagnostic: Diagnostic) {
    for text in [diagnostic.message.english, diagnostic.message.french] {
      #expect(!text.isEmpty && !text.hasSuffix("."))
      #expect(text.filter { $0 == "`" }.count.isMultiple(of: 2), "\(text)")
      #expect(text.first?.isUppercase != true || text.hasPrefix("`"), "\(text)")
    }
    let french =
      [diagnostic.message.french] + diagnostic.help.map(\.french) + [diagnostic.fix?.description.french ?? ""]
    for text in french {
      // Outside code, two-part punctuation has a no-break space before it.
      let prose = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
      for mark in [" :", " ;", " ?", " !", " »", "« "] { #expect(!prose.contains(mark), "\(text)") }
    }
    for label in [diagnostic.primary].compactMap({ $0 }) + diagnostic.secondary {
      #expect(label.span.start <= label.span.end && label.span.end <= label.span.source.byteCount)
    }
    #expect(diagnostic.help.count <= 2)
  }

  @Test func everySyntaxCodeHasACase() {
    let covered = Set(mistakes.flatMap(\.codes))
    let missing = DiagnosticCode.allCases.filter { $0.rawValue.hasPrefix("B01") && !covered.contains($0) }
    #expect(missing == [])
  }

  /// The deepest texts that are read need less than a thread's usual stack, even in a debug build.
  @Test func deepestNestingFitsTheStack() async {
    let texts = [
      String(repeating: "(", count: 199) + "a" + String(repeating: ")", count: 199),
      String(repeating: "(from t | where ", count: 22) + "a" + String(repeating: ")", count: 22),
      String(repeating: "f(1 + ", count: 190) + "a" + String(repeating: ")", count: 190),
      String(repeating: "if a then ", count: 190) + "a" + String(repeating: " else b", count: 190),
      "1" + String(repeating: " + 1", count: 390),
    ]
    for text in texts {
      let isRight = await withCheckedContinuation { continuation in
        let thread = Thread {
          let source = Source(name: "<test>", text: text)
          let result = Parser.parse(source)
          if case .success = Printer.format(source) {
            continuation.resume(returning: result.isValid && !ASTDump.describe(result.program).isEmpty)
          } else {
            continuation.resume(returning: false)
          }
        }
        thread.stackSize = stackBytes
        thread.start()
      }
      #expect(isRight, "\(text.prefix(40))")
    }
  }

  @Test func deepNestingIsReportedOnce() {
    let nests = [
      String(repeating: "(", count: 5_000), String(repeating: "-", count: 5_000) + "x",
      String(repeating: "not ", count: 5_000) + "x", String(repeating: "[", count: 5_000),
      String(repeating: "f(", count: 5_000), String(repeating: "if a then ", count: 5_000),
      "from " + String(repeating: "(from ", count: 5_000), String(repeating: "(from t | where ", count: 5_000),
      "1" + String(repeating: " + 1", count: 5_000), "x" + String(repeating: ".y", count: 5_000),
      "param x: " + String(repeating: "list of ", count: 5_000) + "text",
    ]
    for text in nests {
      let diagnostics = Parser.parse(Source(name: "<test>", text: text)).diagnostics
      #expect(diagnostics.map(\.code) == [.nestedTooDeeply], "\(text.prefix(20))")
    }
  }
}

private let stackBytes = 4 << 20

private let mistakes: [Mistake] = [
  // Characters and literals.
  Mistake("from t | where a @@ b", .unexpectedCharacter),
  Mistake(
    "from t | where région d'intervention = 5", .unexpectedCharacter,
    fixed: "from t | where `région d'intervention` = 5"),
  Mistake("from t | keep d'intervention", .unexpectedCharacter, fixed: "from t | keep `d'intervention`"),
  Mistake("from t | where a = \"Oriental", .unterminatedText),
  Mistake("from t | where a = \"Oriental\n| take 5 5 5", .unterminatedText, .unexpectedToken),
  Mistake(#"from t | where a = "C:\data""#, .invalidEscape, fixed: #"from t | where a = "C:\\data""#),
  Mistake(#"from t | where a = "\u{zz}""#, .invalidEscape),
  Mistake("from t | keep `a", .unterminatedName),
  Mistake("from t | keep ``", .unexpectedCharacter),
  Mistake("from t | where a > 99999999999999999999", .invalidNumber),
  Mistake("from t | where a > 1e999", .invalidNumber),
  Mistake("from t | where a > .5", .invalidNumber, fixed: "from t | where a > 0.5"),
  Mistake("from t | where a > 1.200.000", .invalidNumber, fixed: "from t | where a > 1_200_000"),
  Mistake("from t | where a > 1 200 000", .invalidNumber, fixed: "from t | where a > 1_200_000"),
  Mistake("from t | keep 3rd_year", .invalidNumber, fixed: "from t | keep `3rd_year`"),
  Mistake("from t | add x = d + 18months", .invalidNumber, fixed: "from t | add x = d + 18 months"),
  Mistake("from t | where a > 1,5", .decimalComma, fixed: "from t | where a > 1.5"),
  Mistake("from t | where a > (1,5 + b) | take 5 5", .decimalComma, .unexpectedToken),
  Mistake("from t | where p = 2019-13", .invalidPeriod),
  Mistake("from t | where p = 2019-Q5", .invalidPeriod),
  Mistake("from t | where p = 2019-S3", .invalidPeriod),
  Mistake("from t | where p = 2019-W12", .invalidPeriod),
  Mistake("from t | where p = 2019-02-30", .invalidPeriod),
  Mistake("from t | where p = 2019-4", .invalidPeriod, fixed: "from t | where p = 2019-04"),
  Mistake("from t | where p = 2019-4-5", .invalidPeriod, fixed: "from t | where p = 2019-04-05"),
  Mistake("from t | where p = 2019-2018", .invalidPeriod, fixed: "from t | where p = 2019 - 2018"),
  Mistake("from t | where p = 2019-T3", .invalidPeriod, fixed: "from t | where p = 2019-Q3"),
  Mistake("from t | where p = 2019T3", .invalidPeriod, fixed: "from t | where p = 2019-Q3"),
  Mistake("from t | where p = 2019-H1", .invalidPeriod, fixed: "from t | where p = 2019-S1"),
  Mistake("from t | where p = FY2019-Q2", .invalidPeriod),
  Mistake("from t | where p = 2019-04-15-16", .invalidPeriod),
  Mistake("from t | where a = 'F'", .singleQuotes, fixed: "from t | where a = \"F\""),
  Mistake("from t | where a = 'say \"F\"'", .singleQuotes, fixed: #"from t | where a = "say \"F\"""#),
  Mistake("from t | where a = 'F", .singleQuotes),
  Mistake("from t | where a = “F”", .singleQuotes, fixed: "from t | where a = \"F\""),
  Mistake("from t | where a = « Fès »", .singleQuotes, fixed: "from t | where a = \"Fès\""),

  // Operators.
  Mistake(
    "from t |> where a > 1 %>% take 5", .foreignOperator, .foreignOperator, fixed: "from t | where a > 1 | take 5"),
  Mistake("from t | where a <> 1", .foreignOperator, fixed: "from t | where a != 1"),
  Mistake(
    "from t | where a && b || !c", .foreignOperator, .foreignOperator, .foreignOperator,
    fixed: "from t | where a and b or not c"),
  Mistake("from t | where a = !b", .foreignOperator, fixed: "from t | where a = (not b)"),
  Mistake("from t | where a = not b", .unexpectedToken, fixed: "from t | where a = (not b)"),
  Mistake(
    "from t | where a ≥ 1 and b ≠ 2", .foreignOperator, .foreignOperator, fixed: "from t | where a >= 1 and b != 2"),
  Mistake("from t | where a =~ \"x\"", .foreignOperator, fixed: "from t | where a ~ \"x\""),
  Mistake("from t | where a % 2 = 0", .foreignOperator, fixed: "from t | where mod(a, 2) = 0"),
  Mistake("from t | where 5%3 = 2", .foreignOperator, fixed: "from t | where mod(5, 3) = 2"),
  Mistake("from t | add x = a ^ 2", .foreignOperator, fixed: "from t | add x = power(a, 2)"),
  Mistake("from t | where a > 110 %", .foreignOperator, fixed: "from t | where a > 110%"),
  Mistake("from t | where a > 110 % and b", .foreignOperator, fixed: "from t | where a > 110% and b"),
  Mistake("from t | take 5;", .foreignOperator, fixed: "from t | take 5"),
  Mistake("from t | take 5; from u;", .foreignOperator, .foreignOperator, fixed: "from t | take 5 from u"),
  Mistake("from t | add x = round(a; 2)", .foreignOperator, fixed: "from t | add x = round(a, 2)"),
  Mistake("from t -- all of it\n| take 5", .foreignOperator, fixed: "from t # all of it\n| take 5"),
  Mistake("from t // all of it\n| take 5", .foreignOperator, fixed: "from t # all of it\n| take 5"),
  Mistake("from t /* all */\n| take 5", .foreignOperator, fixed: "from t # all \n| take 5"),
  Mistake("from t /* all */ | take 5", .foreignOperator),
  Mistake("let a := 5", .foreignOperator, fixed: "let a = 5"),
  Mistake("let a as 5", .foreignOperator, fixed: "let a = 5"),
  Mistake("from t | where a > +5", .unexpectedToken, fixed: "from t | where a > 5"),
  Mistake(
    "from t | where a in (\"x\", \"y\")", .foreignOperator, fixed: "from t | where a in [\"x\", \"y\"]"),
  Mistake("from t | sort -a", .foreignOperator, fixed: "from t | sort a desc"),

  // Words.
  Mistake(
    "from t | where a AND b OR NOT c", .foreignWord, .foreignWord, .foreignWord,
    fixed: "from t | where a and b or not c"),
  Mistake(
    "from t | where a IN [1] AND b IS NULL", .foreignWord, .foreignWord, .foreignWord, .foreignWord,
    fixed: "from t | where a in [1] and b is missing"),
  Mistake(
    "from t | where a > 1 et b < 2 ou c dans [1]", .foreignWord, .foreignWord, .foreignWord,
    fixed: "from t | where a > 1 and b < 2 or c in [1]"),
  Mistake("from t | where a is null", .foreignWord, fixed: "from t | where a is missing"),
  Mistake("from t | where a is not NULL", .foreignWord, fixed: "from t | where a is not missing"),
  Mistake("from t | where a is \"F\"", .foreignWord, fixed: "from t | where a = \"F\""),
  Mistake("from t | where a is not \"F\"", .foreignWord, fixed: "from t | where a != \"F\""),
  Mistake(
    "from t | where a = NULL or b = NA", .foreignWord, .foreignWord, fixed: "from t | where a = missing or b = missing"),
  Mistake(
    "from t | where a = TRUE or b = False", .foreignWord, .foreignWord, fixed: "from t | where a = true or b = false"),
  Mistake("from t | where a between 1 and 5 and b", .foreignWord, fixed: "from t | where a in 1..5 and b"),
  Mistake("from t | where a not between 1 and 5", .foreignWord, fixed: "from t | where a not in 1..5"),
  Mistake("from t | where a like \"%x%\"", .foreignWord, fixed: "from t | where a ~ \"x\""),
  Mistake("from t | where a like \"x%\"", .foreignWord, fixed: "from t | where starts_with(a, \"x\")"),
  Mistake("from t | where a like \"%x\"", .foreignWord, fixed: "from t | where ends_with(a, \"x\")"),
  Mistake("from t | where a not like \"%x%\"", .foreignWord, fixed: "from t | where not a ~ \"x\""),
  Mistake("from t | where a like b", .foreignWord),
  Mistake(
    "from t | add x = case when a > 1 then 2 when a > 0 then 1 else 0 end", .foreignWord,
    fixed: "from t | add x = (if a > 1 then 2 else if a > 0 then 1 else 0)"),
  Mistake(
    "from t | add x = CASE WHEN a THEN 2 END + 1", .foreignWord,
    fixed: "from t | add x = (if a then 2 else missing) + 1"),
  Mistake("from t | add x = IF(a > 1, 2, 3) + 1", .foreignWord, fixed: "from t | add x = (if a > 1 then 2 else 3) + 1"),
  Mistake("from t | add x = if(a > 1, 2, 3)", .foreignWord, fixed: "from t | add x = (if a > 1 then 2 else 3)"),
  Mistake("from t | summarize n = count(*)", .foreignWord, fixed: "from t | summarize n = count"),
  Mistake("from t | summarize count(distinct a)", .foreignWord, fixed: "from t | summarize count_distinct(a)"),
  Mistake(
    "from t | summarize sum(a) as b, c as d by e as f", .foreignWord, .foreignWord, .foreignWord,
    fixed: "from t | summarize b = sum(a), d = c by f = e"),
  Mistake("from t | summarize sum(a) group by b", .foreignWord, fixed: "from t | summarize sum(a) by b"),
  Mistake("from t | summarize sum(a) per b", .foreignWord, fixed: "from t | summarize sum(a) by b"),
  Mistake("from t | add b = sum(a) by c", .foreignWord, fixed: "from t | add b = sum(a) per c"),
  Mistake(
    "from t | summarize sum(a) by b with rollup", .foreignWord, fixed: "from t | summarize sum(a) by b with totals"),
  Mistake("from t as r | take 5", .foreignWord, fixed: "from t | take 5"),
  Mistake("from t | rename a as b", .foreignWord, fixed: "from t | rename b = a"),
  Mistake("from t | sort by a", .foreignWord, fixed: "from t | sort a"),
  Mistake("from t | sort desc(a), b DESC", .foreignWord, .foreignWord, fixed: "from t | sort a desc, b desc"),
  Mistake("from t | top 3 by a desc", .foreignWord, fixed: "from t | top 3 by a "),
  Mistake("from t | join u by a", .foreignWord, fixed: "from t | join u on a"),
  Mistake("from t | join right u on a", .foreignWord),
  Mistake("from t | join u on a = b and c = d", .foreignWord, fixed: "from t | join u on a = b, c = d"),
  Mistake("from t | add x = a.lower()", .foreignWord),
  Mistake("def f(x) = x", .foreignWord, fixed: "let f(x) = x"),
  Mistake("import \"lib.bilan\"", .foreignWord, fixed: "use \"lib.bilan\""),
  Mistake("param a: string = \"x\"", .foreignWord, fixed: "param a: text = \"x\""),
  Mistake("FROM t | take 5", .foreignWord, fixed: "from t | take 5"),

  // Steps.
  Mistake("from t | select a, b", .foreignStep, fixed: "from t | keep a, b"),
  Mistake(
    "from t | filter(a > 1) | select(a, b)", .foreignStep, .foreignStep, fixed: "from t | where a > 1 | keep a, b"),
  Mistake("from t | filter a > 1", .foreignStep, fixed: "from t | where a > 1"),
  Mistake("from t | group by a", .foreignStep),
  Mistake("from t | group_by(a) | take 5 5", .foreignStep, .unexpectedToken),
  Mistake("from t | order by a desc", .foreignStep, fixed: "from t | sort a desc"),
  Mistake("from t | ORDER BY a DESC", .foreignStep, .foreignWord, fixed: "from t | sort a desc"),
  Mistake("from t | limit 5", .foreignStep, fixed: "from t | take 5"),
  Mistake("from t | head 5", .foreignStep, fixed: "from t | take 5"),
  Mistake("from t | mutate x = a + 1", .foreignStep, fixed: "from t | add x = a + 1"),
  Mistake("from t | extend x = a | derive y = b", .foreignStep, .foreignStep, fixed: "from t | add x = a | add y = b"),
  Mistake("from t | arrange a", .foreignStep, fixed: "from t | sort a"),
  Mistake("from t | having a > 1", .foreignStep, fixed: "from t | where a > 1"),
  Mistake("from t | aggregate x = sum(a) by b", .foreignStep, fixed: "from t | summarize x = sum(a) by b"),
  Mistake("from t | derive {x = a}", .foreignStep, .unexpectedCharacter),
  Mistake("from t | pivot a", .foreignStep),
  Mistake("from t | melt a into b, c", .foreignStep, fixed: "from t | unpivot a into b, c"),
  Mistake("from t | union u", .foreignStep, fixed: "from t | append u"),
  Mistake("from t | union all u", .foreignStep, fixed: "from t | append u"),
  Mistake("from t | slice 1, 5", .foreignStep),
  Mistake("from t | project a", .foreignStep, fixed: "from t | keep a"),
  Mistake("from t | select *", .foreignStep),
  Mistake("from t | left join u on a", .foreignStep, fixed: "from t | join left u on a"),
  Mistake("select a, b from t where a > 1", .foreignStep),
  Mistake("SELECT * FROM t WHERE a > 1", .foreignStep),
  Mistake("from t | sumarize sum(a)", .unknownStep, fixed: "from t | summarize sum(a)"),
  Mistake("from t | whre a > 1 | tkae 5", .unknownStep, .unknownStep, fixed: "from t | where a > 1 | take 5"),
  Mistake("from t | frobnicate a, b (c", .unknownStep),
  Mistake("from t | Where a > 1 | TAKE 5", .unknownStep, .unknownStep, fixed: "from t | where a > 1 | take 5"),
  Mistake("frm t | take 5", .unknownStep, fixed: "from t | take 5"),
  Mistake("from t | compare a between b", .stepNotYetAvailable),
  Mistake("from t | survival from a until b | take 5 5", .stepNotYetAvailable, .unexpectedToken),
  Mistake("from t | count by a | protect 5 | chart bar x = a", .stepNotYetAvailable, .stepNotYetAvailable),

  // Structure.
  Mistake("from t\nwhere a > 1\ntake 5", .missingPipe, .missingPipe, fixed: "from t\n| where a > 1\n| take 5"),
  Mistake("from t where a > 1 sort b", .missingPipe, .missingPipe, fixed: "from t | where a > 1 | sort b"),
  Mistake("from t\nselect a", .missingPipe, .foreignStep, fixed: "from t\n| keep a"),
  Mistake("from t\n| where a > 1\nsrot b", .unknownStep, fixed: "from t\n| where a > 1\n| sort b"),
  Mistake("from", .missingSource),
  Mistake("from | take 5", .missingSource),
  Mistake("from where a > 1", .missingSource),
  Mistake("from t | append", .emptyStep),
  Mistake("results | take 5", .missingSource, fixed: "from results | take 5"),
  Mistake("\"r.csv\"\n| take 5", .missingSource, fixed: "from \"r.csv\"\n| take 5"),
  Mistake("results where a > 1", .missingSource, .missingPipe, fixed: "from results | where a > 1"),
  Mistake("let a = b | take 5", .missingSource, fixed: "let a = from b | take 5"),
  Mistake("let a = | take 5", .missingSource),
  Mistake("from results.csv | take 5", .missingSource, fixed: "from \"results.csv\" | take 5"),
  Mistake("where a > 1", .missingSource, fixed: "| where a > 1"),
  Mistake("take 5", .missingSource, fixed: "| take 5"),
  Mistake("from t | where a in (u | keep b)", .missingSource, fixed: "from t | where a in (from u | keep b)"),
  Mistake("from t | | take 5", .emptyStep, fixed: "from t | take 5"),
  Mistake("from t | take 5 |", .emptyStep, fixed: "from t | take 5 "),
  Mistake("from t | where | sort | take 5", .emptyStep, .emptyStep),
  Mistake("from t | summarize by a", .nothingToSummarize),
  Mistake("from t | let x = 5", .misplacedDeclaration),
  Mistake("from t | where a in (let x = 5)", .misplacedDeclaration),
  Mistake("from t | where (a > 1 | take 5", .unclosedBracket, fixed: "from t | where (a > 1) | take 5"),
  Mistake("from t | summarize a = sum(b\n| take 5 5", .unclosedBracket, .unexpectedToken),
  Mistake("from t | where a in [1, 2 | take 5", .unclosedBracket, fixed: "from t | where a in [1, 2] | take 5"),
  Mistake("from t | append (from u | take 5", .unclosedBracket, fixed: "from t | append (from u | take 5)"),
  Mistake("from t | where sum(a] > 1", .unexpectedToken, fixed: "from t | where sum(a) > 1"),
  Mistake("from t | where a in [1 2] | take 5 5", .unexpectedToken, .unexpectedToken),
  Mistake("from t | keep a b, c", .unexpectedToken, fixed: "from t | keep a, b, c"),
  Mistake("from t | where a in [1 2, 3]", .unexpectedToken, fixed: "from t | where a in [1, 2, 3]"),
  Mistake("from t | where f(a b c) | take 5 5", .unexpectedToken, .unexpectedToken),
  Mistake("from t | summarize sum(a by b | take 5", .unclosedBracket, fixed: "from t | summarize sum(a) by b | take 5"),
  Mistake(
    "from t | where a => 1 and b =< 2", .foreignOperator, .foreignOperator, fixed: "from t | where a >= 1 and b <= 2"),
  Mistake("from t | fitler a > 1", .unknownStep, fixed: "from t | where a > 1"),
  Mistake("from t | sum(a)", .unknownStep, fixed: "from t | summarize sum(a)"),
  Mistake("from t, u | take 5", .unexpectedToken),
  Mistake("from t | where d > 15/04/2019", .invalidPeriod, fixed: "from t | where d > 2019-04-15"),
  Mistake("from t | where d > 2019/4/15", .invalidPeriod, fixed: "from t | where d > 2019-04-15"),
  Mistake("from t | where d > 04/05/2019", .invalidPeriod),
  Mistake("from t | where a > 1) | take 5", .unexpectedToken, fixed: "from t | where a > 1 | take 5"),
  Mistake("from t | where a >", .unexpectedToken),
  Mistake("from t | where a > | take 5 + | sort b c", .unexpectedToken, .unexpectedToken, .unexpectedToken),
  Mistake("from t | where a b", .unexpectedToken),
  Mistake("from t | keep a, b,\n| take 5", .unexpectedToken, fixed: "from t | keep a, b\n| take 5"),
  Mistake("from t | keep a, , b", .unexpectedToken),
  Mistake("from t | take 5, 6", .unexpectedToken),
  Mistake("from t | where a = by", .unexpectedToken),
  Mistake("from t | add by = 5", .unexpectedToken, fixed: "from t | add `by` = 5"),
  Mistake("from t | where a in b = c", .unexpectedToken),
  Mistake("from t | where a in 1..2..3", .unexpectedToken),
  Mistake("from t | where ()", .unexpectedToken),
  Mistake("from t | add x = if a then b", .unexpectedToken),
  Mistake("from t | summarize sum(a, where b)", .unexpectedToken, fixed: "from t | summarize sum(a where b)"),
  Mistake("from t | top 3 a", .unexpectedToken, fixed: "from t | top 3 by a"),
  Mistake("from t | join u", .unexpectedToken),
  Mistake("from t | unpivot a, b", .unexpectedToken),
  Mistake("from t | rename a", .unexpectedToken),
  Mistake("from t | 5", .unexpectedToken),
  Mistake("param a", .unexpectedToken),
  Mistake("param a = 5", .unexpectedToken),
  Mistake("param a text", .unexpectedToken, fixed: "param a: text"),
  Mistake("param $a: text", .unexpectedToken, fixed: "param a: text"),
  Mistake("param a: txt", .unexpectedToken, fixed: "param a: text"),
  Mistake("let by = 5", .unexpectedToken, fixed: "let `by` = 5"),
  Mistake("use lib", .unexpectedToken),
  Mistake(
    "from t | where a |> 1 1\nlet b = ,\nfrom u | take", .foreignOperator, .unexpectedToken, .unexpectedToken,
    .emptyStep),
  Mistake("from t | where " + String(repeating: "(", count: 300) + "a", .nestedTooDeeply),
]
