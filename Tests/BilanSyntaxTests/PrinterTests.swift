import BilanDiagnostics
import BilanSyntax
import Testing

/// Formats a text that must be right, and checks that doing so twice changes nothing and keeps the meaning.
@discardableResult
func format(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let source = Source(name: "<test>", text: text)
  guard case .success(let once) = Printer.format(source) else {
    Issue.record(
      "does not parse: \(Parser.parse(source).diagnostics.map(\.message.english)) \(text.debugDescription)",
      sourceLocation: sourceLocation)
    return ""
  }
  let again = Source(name: "<formatted>", text: once)
  switch Printer.format(again) {
  case .success(let twice): #expect(twice == once, "not idempotent", sourceLocation: sourceLocation)
  case .failure(let error):
    Issue.record(
      "formatted text is wrong: \(error.diagnostics.map(\.message.english))\n\(once)", sourceLocation: sourceLocation)
  }
  let before = ASTDump.describe(Parser.parse(source).program)
  let after = ASTDump.describe(Parser.parse(again).program)
  #expect(before == after, "the meaning changed", sourceLocation: sourceLocation)
  return once
}

@Suite struct PrinterTests {
  @Test func putsAStepOnALine() {
    #expect(
      format("from t|where a==1 and  b in[1,2]|summarise x=sum(a),count by region|sort x asc,y desc") == """
        from t
        | where a = 1 and b in [1, 2]
        | summarize x = sum(a), count by region
        | sort x, y desc

        """)
  }

  /// With options, standard input is a path.
  @Test func namesStandardInput() {
    #expect(format("from stdin") == "from stdin\n")
    #expect(format("from stdin with header=false|count") == "from \"-\" with header = false\n| count\n")
  }

  @Test func keepsNumbersAsWritten() {
    #expect(
      format("from t | where a > 1_200 and b < 110% and c = 2e6")
        == "from t\n| where a > 1_200 and b < 110% and c = 2e6\n")
  }

  @Test func keepsComments() {
    let text = """
      #!/usr/bin/env bilan
      # About this file.


      ## Women
      let women = from beneficiaries | where sex = "F" # only them
      # A plain remark
      let rate(a,b) = a/b
      from women   # the source
        # before the step
        | where age > # why thirty
           30 # behind
        | count  by region ## not documentation
      # The end.
      """
    #expect(
      format(text) == """
        #!/usr/bin/env bilan
        # About this file.

        ## Women
        let women = from beneficiaries | where sex = "F"  # only them
        # A plain remark
        let rate(a, b) = a / b

        from women  # the source
        # before the step
        | where age > 30  # why thirty
        # behind
        | count by region  ## not documentation
        # The end.

        """)
  }

  @Test func breaksLongSteps() {
    #expect(
      format(
        """
        from results | summarize total_target = sum(target where direction = "up"), total_actual = sum(actual where direction = "up") by indicator, region across year = year(period) with totals
        | where programme ~ "min ajliki" and period in 2018..2020 and region != "Oriental" and actual > target * 2
        | keep alpha_beta_gamma_delta, epsilon_zeta_eta_theta, iota_kappa_lambda_mu, nu_xi_omicron_pi, rho_sigma_tau_upsilon
        let women = from beneficiaries | where sex = "F" and age > 30 | join regions on region | summarize count by region, programme
        """) == """
          from results
          | summarize
              total_target = sum(target where direction = "up"),
              total_actual = sum(actual where direction = "up")
              by indicator, region
              across year = year(period)
              with totals
          | where programme ~ "min ajliki"
              and period in 2018..2020
              and region != "Oriental"
              and actual > target * 2
          | keep alpha_beta_gamma_delta, epsilon_zeta_eta_theta, iota_kappa_lambda_mu, nu_xi_omicron_pi,
              rho_sigma_tau_upsilon

          let women =
            from beneficiaries
            | where sex = "F" and age > 30
            | join regions on region
            | summarize count by region, programme

          """)
  }

  @Test func namesColumnsOnOneLine() {
    func name(_ text: String) -> String {
      let program = Parser.parse(Source(name: "<test>", text: text)).program
      guard case .expression(let expression) = program.items.first?.kind else { return "" }
      return Printer.print(expression)
    }
    #expect(name("sum( jobs  where sex==\"F\" )") == "sum(jobs where sex = \"F\")")
    #expect(name("1_200+a*110%") == "1200 + a * 110%")
    #expect(name("mean(a per b,c)") == "mean(a per b, c)")
    #expect(name("if a then 0.5% else -2.25%") == "if a then 0.5% else -2.25%")
    #expect(name("(from t|take 5)") == "(from t | take 5)")
    #expect(name("x  is  not missing") == "x is not missing")
    #expect(name("1 year+18 month") == "1 year + 18 months")
    let long = (0..<60).map { "column_\($0)" }.joined(separator: " + ")
    #expect(name(long) == long)
  }

  @Test func formatsExamples() {
    for entry in StepTable.entries where entry.isAvailable { format(entry.example) }
    format("from results|where a in(from b|where c>1|keep d)|append (from e)")
    format("use \"a\"\nparam x:list of text=[\"a\",\"b\"]\nparam y:one of [1,2]\nlet f()=1")
    format("")
    format("# only a comment")
    format("from t # a\n# b\n\n\n# c\n")
    format("let a = # one\n  ## two\n  # three\n 5 # four\n# five\nfrom t | where ( # six\n a)\n")
    format("## program\n\n# plain\n## item\nparam a: text\n")
    format("from t | # x\n # y\n take 5 from u # z\n| count")
  }

  @Test func refusesWhatIsWrong() {
    guard case .failure(let error) = Printer.format(Source(name: "<test>", text: "from t | take")) else {
      Issue.record("formatted")
      return
    }
    #expect(error.diagnostics.map(\.code) == [.emptyStep])
  }

  /// Printing then reading gives the same tree.
  @Test(arguments: 0..<40)
  func printsAnyTree(_ seed: Int) {
    var generator = SyntaxGenerator(seed: UInt64(seed))
    for _ in 0..<25 {
      let program = generator.program()
      let text = Printer.print(program)
      let result = Parser.parse(Source(name: "<printed>", text: text))
      #expect(result.diagnostics.map(\.message.english) == [], "seed \(seed): \(text.debugDescription)")
      #expect(
        ASTDump.describe(result.program, ignoringParentheses: true)
          == ASTDump.describe(program, ignoringParentheses: true), "seed \(seed): \(text.debugDescription)")
      format(text)
    }
  }
}
