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

  @Test func bindsOperatorsByPrecedence() {
    #expect(expression("a or b and not c = d") == "(or a (and b (not (compare c = d))))")
    #expect(expression("a + b * -c.d - e") == "(- (+ a (* b (- (. c d)))) e)")
    #expect(expression("a ?? b + 1..c") == "(.. (?? a (+ b 1)) c)")
    #expect(expression("0 < x <= 5") == "(compare 0 < x <= 5)")
    #expect(expression("a == b != c ~ d") == "(compare a = b != c ~ d)")
    #expect(expression("x in 1..5 and y not in [1, 2]") == "(and (in x (.. 1 5)) (not-in y (list [1 2])))")
    #expect(expression("x is missing or y is not missing") == "(or (is-missing x) (is-not-missing y))")
    #expect(expression("a - b - c") == "(- (- a b) c)")
    #expect(expression("(a - b) * c") == "(* (paren (- a b)) c)")
    #expect(expression("not not a") == "(not (not a))")
    #expect(expression("--1") == "(- (- 1))")
    #expect(expression("2019 - 4") == "(- 2019 4)")
    #expect(expression("if a then 1 else if b then 2 else 3 + 1") == "(if a then 1 else if b then 2 else (+ 3 1))")
    #expect(expression("1 + if a then 1 else 2") == "(+ 1 (paren (if a then 1 else 2)))")
  }

  @Test func readsLiterals() {
    #expect(expression("1_200") == "1200")
    #expect(expression("3.5") == "3.5")
    #expect(expression("2e6") == "2000000.0")
    #expect(expression("110%") == "(percent 1.1)")
    #expect(expression("29%") == "(percent 0.29)")
    #expect(expression("2.5%") == "(percent 0.025)")
    #expect(expression("9223372036854775807") == "9223372036854775807")
    #expect(expression("-9223372036854775808") == "-9223372036854775808")
    #expect(expression("\"a \\\"b\\\" \\\\ \\n \\u{00E9}\"") == "\"a \\\"b\\\" \\\\ \\n é\"")
    #expect(expression("2019-q3") == "(period 2019-Q3)")
    #expect(expression("fy2019") == "(period FY2019)")
    #expect(expression("2019-s1..2020-02-29") == "(.. (period 2019-S1) (period 2020-02-29))")
    #expect(expression("2018..2020") == "(.. 2018 2020)")
    #expect(expression("1.5..2.5") == "(.. 1.5 2.5)")
    #expect(expression("d + 18 months - 1 year") == "(- (+ d (duration 18 month)) (duration 1 year))")
    #expect(expression("[]") == "(list [])")
    #expect(expression("$region") == "$region")
    #expect(expression("`Région d'intervention`") == "`Région d'intervention`")
    #expect(expression("réalisé + Ⅻ") == "(+ réalisé Ⅻ)")
    #expect(expression("2019-quota") == "(- 2019 quota)")
  }

  @Test func keepsWordsOfStepsUsableAsNames() {
    #expect(expression("count + first * top - year / period") == "(- (+ count (* first top)) (/ year period))")
    #expect(step("keep count, sort, take, all, months") == "(keep [count sort take all months])")
    #expect(
      step("summarize count, year = year(created) by month")
        == "(summarize [count (= year (call year created))] by [month])")
    #expect(step("join left on left") == "(join left left on [left])")
    #expect(step("join many on k") == "(join left many on [k])")
  }

  @Test func readsCalls() {
    #expect(expression("sum(jobs where sex = \"F\")") == "(call sum jobs where (compare sex = \"F\"))")
    #expect(expression("count(where age < 30)") == "(call count where (compare age < 30))")
    #expect(expression("mean(achievement per indicator, region)") == "(call mean achievement per [indicator region])")
    #expect(expression("ci_low (achievement, level: 90%)") == "(call ci_low achievement level: (percent 0.9))")
    #expect(expression("today()") == "(call today)")
    #expect(expression("f(x, y where a per b)") == "(call f x y where a per [b])")
    #expect(expression("achievement.numerator") == "(. achievement numerator)")
    #expect(expression("(from t | count) + 1") == "(+ (pipeline (from t) (count)) 1)")
  }

  @Test func readsEveryStep() {
    #expect(step("add a = b, c per k, l sort p desc, q asc") == "(add [(= a b) c] per [k l] sort [(desc p) q])")
    #expect(step("add a = sum(b) per all") == "(add [(= a (call sum b))] per [])")
    #expect(
      step("keep region, jobs_per_firm = jobs / firms, id*, *_total")
        == "(keep [region (= jobs_per_firm (/ jobs firms)) (pattern id*) (pattern *_total)])")
    #expect(step("keep a * b, a *b, a*b") == "(keep [(* a b) (* a b) (* a b)])")
    #expect(step("drop id*") == "(drop [(pattern id*)])")
    #expect(step("rename place = region, `a b` = c") == "(rename (= place region) (= `a b` c))")
    #expect(
      step("summarise a by b, c = d across year = year(p) with totals")
        == "(summarize [a] by [b (= c d)] across (= year (call year p)) totals)")
    #expect(step("count") == "(count)")
    #expect(step("count by a, b") == "(count by [a b])")
    #expect(step("sort a desc, b") == "(sort [(desc a) b])")
    #expect(step("take 11..20") == "(take 11 20)")
    #expect(step("top 3 by cost per region") == "(top 3 by cost per [region])")
    #expect(step("bottom $n by a - b") == "(bottom $n by (- a b))")
    #expect(step("distinct") == "(distinct)")
    #expect(step("distinct a, b") == "(distinct [a b])")
    #expect(step("join regions on region") == "(join left regions on [region])")
    #expect(
      step("join inner many (from r | take 5) on left.code = r.id, x")
        == "(join inner many (pipeline (from r) (take 5)) on [(= (. left code) (. r id)) x])")
    #expect(
      step("append \"more.csv\" with delimiter = \";\", header = true")
        == "(append \"more.csv\" with [(= delimiter \";\") (= header true)])")
    #expect(step("unpivot a, t* into kind, value") == "(unpivot [a (pattern t*)] into kind value)")
    #expect(step("complete a, b") == "(complete [a b])")
    #expect(step("check a >= 0 \"no negative\"") == "(check (compare a >= 0) \"no negative\")")
    #expect(step("keep (a = b)") == "(keep [(paren (compare a = b))])")
  }

  @Test func readsSources() {
    #expect(dump("from stdin") == "(query\n  (from stdin))")
    #expect(dump("from `stdin`") == "(query\n  (from `stdin`))")
    #expect(dump("from warehouse.results") == "(query\n  (from warehouse.results))")
    #expect(dump("from (from a | take 5)") == "(query\n  (from (pipeline (from a) (take 5))))")
    #expect(dump("| take 5") == "(query\n  (continue)\n  (take 5))")
  }

  @Test func readsDeclarationsAndTheirDocumentation() {
    let text = """
      #!/usr/bin/env bilan
      ## Monthly report
      ## for the committee

      use "lib/indicators.bilan"
      ## Region to look at
      param region: text = "Oriental"
      param kinds: list of one of ["a", "b"]
      ## Women
      let women = from beneficiaries
      | where sex = "F"
      let rate(a, b) = a / b
      ## Everything
      from women | count
      """
    #expect(
      dump(text) == """
        documentation "Monthly report\\nfor the committee"
        (use "lib/indicators.bilan")
        ## "Region to look at"
        (param region text "Oriental")
        (param kinds (list (one ["a" "b"])))
        ## "Women"
        (let women
          (from beneficiaries)
          (where (compare sex = "F")))
        (let rate(a b) (/ a b))
        ## "Everything"
        (query
          (from women)
          (count))
        """)
    #expect(dump("## A\nfrom t") == "documentation \"A\"\n## \"A\"\n(query\n  (from t))")
    #expect(dump("## A\nlet a = 1") == "## \"A\"\n(let a 1)")
    #expect(dump("## A\n\n## B\nlet a = 1") == "documentation \"A\"\n## \"B\"\n(let a 1)")
  }

  @Test func readsTheExampleOfEveryStep() {
    for entry in StepTable.entries where entry.isAvailable { _ = dump(entry.example) }
    #expect(StepTable.entries.map(\.verb) == StepVerb.allCases)
  }

  @Test func tokensCarryTheirBytes() {
    let (tokens, comments, diagnostics) = Lexer.lex(Source(name: "<test>", text: "é >= 2019-Q3 # fin\n| x"))
    #expect(tokens.map(\.kind) == [.name, .greaterOrEqual, .period, .pipe, .name, .endOfText])
    #expect(tokens.map(\.start) == [0, 3, 6, 20, 22, 23])
    #expect(tokens.map(\.isFirstOnLine) == [true, false, false, true, false, false])
    #expect(comments.map(\.range) == [14..<19])
    #expect(diagnostics.isEmpty)
  }

  @Test func knowsWhatIsComplete() {
    for text in [
      "from t", "from t | take 5", "", "1 + 1", "from t | count", "from t | distinct", "from t | keep id*",
      "from t | sort a desc", "# only a comment", "from t | where a = true", "add = )", "if a then b else c",
    ] {
      #expect(Completeness.isComplete(text), "\(text)")
    }
    for text in [
      "from", "from t |", "from t | where", "from t | where a >", "from t | keep a,", "from t | keep",
      "from t | where (a",
      "from t | where a = \"x", "from t | keep `a", "from t | summarize a by", "let x =", "from t | where a *",
      "from t | where a in [1, 2", "if a then b", "from t | where not", "from t | sort",
    ] {
      #expect(!Completeness.isComplete(text), "\(text)")
    }
  }
}
