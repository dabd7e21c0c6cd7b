import BilanDiagnostics
import Testing

/// A source and the spans that ‹› mark in it, in order.
func marked(_ text: String, name: String = "report.bilan") -> (source: Source, spans: [BilanDiagnostics.Span]) {
  var plain = ""
  var open: [Int] = []
  var ranges: [Range<Int>] = []
  for character in text {
    switch character {
    case "‹": open.append(plain.utf8.count)
    case "›": ranges.append((open.popLast() ?? 0)..<plain.utf8.count)
    default: plain.append(character)
    }
  }
  let source = Source(name: name, text: plain)
  return (source, ranges.map { BilanDiagnostics.Span(source, $0) })
}

private func check(
  _ diagnostics: [Diagnostic], _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  check(diagnostics, DiagnosticRenderer(), expected, sourceLocation: sourceLocation)
}

private func check(
  _ diagnostics: [Diagnostic], _ renderer: DiagnosticRenderer, _ expected: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(renderer.render(diagnostics) == expected, sourceLocation: sourceLocation)
}

private let unknown = Localized("unknown column `actaul`", fr: "colonne inconnue `actaul`")
private let notAColumn = Localized("not a column of `results`", fr: "pas une colonne de `results`")

@Suite struct DiagnosticRendererTests {
  @Test func oneLabelHelpAndFix() {
    let (_, spans) = marked("from results\n| where ‹actaul› > 100")
    let diagnostic = Diagnostic.error(
      .unknownColumn, unknown, at: spans[0], label: notAColumn,
      help: Localized("the columns are `target`, `actual`", fr: "les colonnes sont `target`, `actual`")
    )
    .fixing(Localized("", fr: ""), replace: spans[0], with: "actual")
    check(
      [diagnostic],
      """
      error[B0203]: unknown column `actaul`
       --> report.bilan:2:9
        |
      2 | | where actaul > 100
        |         ^^^^^^ not a column of `results`
        |
        = help: the columns are `target`, `actual`
        = fix: replace `actaul` by `actual`

      """)
    check(
      [diagnostic], DiagnosticRenderer(language: .french, unicode: true),
      """
      erreur[B0203]\u{A0}: colonne inconnue `actaul`
        ┌─ report.bilan:2:9
        │
      2 │ | where actaul > 100
        │         ^^^^^^ pas une colonne de `results`
        │
        = aide\u{A0}: les colonnes sont `target`, `actual`
        = correction\u{A0}: remplacer `actaul` par `actual`

      """)
  }

  @Test func severalLabelsOnALineAndOneAbove() {
    let (_, spans) = marked(
      "from ‹results›\n| take 3\n| take 2\n| summarize ‹mean›(‹target›) by ‹regoin›")
    let diagnostic = Diagnostic.error(
      .unknownColumn, Localized("unknown column `regoin`", fr: ""), at: spans[3],
      label: Localized("the nearest is `region`", fr: "")
    )
    .labelling(spans[0], Localized("this dataset has 14 columns", fr: ""))
    .labelling(spans[1], Localized("a mean", fr: "")).labelling(spans[2], Localized("of targets", fr: ""))
    check(
      [diagnostic],
      """
      error[B0203]: unknown column `regoin`
       --> report.bilan:4:29
        |
      1 | from results
        |      ------- this dataset has 14 columns
      ...
      4 | | summarize mean(target) by regoin
        |             ---- ------     ^^^^^^ the nearest is `region`
        |             |    |
        |             |    of targets
        |             a mean

      """)
  }

  @Test func oneLineBetweenTwoMarksIsShown() {
    let (_, spans) = marked("‹from› a\n| take 3\n| ‹take› b")
    let text = DiagnosticRenderer().render(
      Diagnostic.error(.typeMismatch, Localized("m", fr: "m"), at: spans[1]).labelling(spans[0], nil))
    #expect(text.contains("2 | | take 3\n"))
    #expect(!text.contains("..."))
  }

  @Test func spanOverLines() {
    let (_, spans) = marked("| keep ‹a +\n    b +\n    c +\n   d›, e")
    check(
      [.error(.typeMismatch, Localized("a sum of texts", fr: ""), at: spans[0], label: Localized("text", fr: ""))],
      """
      error[B0301]: a sum of texts
       --> report.bilan:1:8
        |
      1 | | keep a +
        |        ^^^
      ...
      4 |    d, e
        |    ^ text

      """)
  }

  @Test func tabsAndWideCharactersKeepMarksInPlace() {
    let (_, spans) = marked("|\tkeep \"日本\" + ‹regoin›")
    check(
      [.error(.unknownColumn, Localized("m", fr: ""), at: spans[0])],
      """
      error[B0203]: m
       --> report.bilan:1:15
        |
      1 | |   keep "日本" + regoin
        |                   ^^^^^^

      """)
  }

  @Test func endOfTextAndHiddenCharacters() {
    let (_, spans) = marked("from a\u{1B}[31m |‹›")
    check(
      [.error(.emptyStep, Localized("m", fr: ""), at: spans[0], label: Localized("a step is missing", fr: ""))],
      """
      error[B0115]: m
       --> report.bilan:1:14
        |
      1 | from a�[31m |
        |              ^ a step is missing

      """)
  }

  @Test func longLinesAreCutAroundTheMark() {
    let filler = String(repeating: "column, ", count: 30)
    let (_, spans) = marked("| keep \(filler)‹regoin›, \(filler)")
    let text = DiagnosticRenderer(width: 60).render(
      .error(.unknownColumn, Localized("m", fr: ""), at: spans[0], label: Localized("not a column", fr: "")))
    check(
      [.error(.unknownColumn, Localized("m", fr: ""), at: spans[0], label: Localized("not a column", fr: ""))],
      DiagnosticRenderer(width: 60),
      """
      error[B0203]: m
       --> report.bilan:1:248
        |
      1 | ...lumn, column, column, regoin, column, column, colu...
        |                          ^^^^^^ not a column

      """)
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of($0) <= 60 })
  }

  @Test func longTextsAreWrapped() {
    let long = String(repeating: "many words ", count: 20) + "end"
    let (_, spans) = marked("from results | where ‹actaul› > 100")
    for width in [60, 80, 100] {
      let text = DiagnosticRenderer(width: width).render(
        Diagnostic.error(
          .unknownColumn, Localized(long, fr: long), at: spans[0], label: Localized(long, fr: long),
          help: Localized(long, fr: long)
        ).adding(note: Localized(long, fr: long)).labelling(spans[0], Localized(long, fr: long)))
      #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of($0) <= width })
      #expect(text.components(of: "end").count == 6)
    }
  }

  @Test func colour() {
    let (_, spans) = marked("from ‹resluts›")
    check(
      [.error(.unknownDataset, Localized("m", fr: ""), at: spans[0], label: Localized("here", fr: ""))],
      DiagnosticRenderer(color: true),
      """
      \u{1B}[1;31merror[B0201]\u{1B}[0m\u{1B}[1m: \u{1B}[0m\u{1B}[1mm\u{1B}[0m
       \u{1B}[1;34m--> \u{1B}[0mreport.bilan:1:6
        \u{1B}[1;34m|\u{1B}[0m
      \u{1B}[1;34m1 |\u{1B}[0m from resluts
        \u{1B}[1;34m|\u{1B}[0m      \u{1B}[1;31m^^^^^^^\u{1B}[0m \u{1B}[1;31mhere\u{1B}[0m

      """)
  }

  @Test func withoutAPlace() {
    check(
      [
        Diagnostic(.warning, .ambiguousDates, Localized("dates read as day/month", fr: "dates lues jour/mois"))
          .adding(note: Localized("no day is above 12", fr: "aucun jour ne dépasse 12"))
      ], DiagnosticRenderer(language: .french),
      """
      avertissement[B0713]\u{A0}: dates lues jour/mois
        = note\u{A0}: aucun jour ne dépasse 12

      """)
  }

  @Test func labelsInAnotherSourceHaveTheirOwnExcerpt() {
    let (_, spans) = marked("from ‹a›")
    let (_, prelude) = marked("let ‹a› = 1", name: "<prelude>")
    check(
      [
        Diagnostic.error(.notATable, Localized("m", fr: ""), at: spans[0]).labelling(
          prelude[0], Localized("a number", fr: ""))
      ],
      """
      error[B0214]: m
       --> report.bilan:1:6
        |
      1 | from a
        |      ^
       ::: <prelude>:1:5
        |
      1 | let a = 1
        |     - a number

      """)
  }

  @Test func fiveErrorsThenACount() {
    let one = Diagnostic.error(.overflow, Localized("m", fr: "m"))
    let text = DiagnosticRenderer().render(Array(repeating: one, count: 7))
    #expect(text.components(of: "error[B0601]").count - 1 == 5)
    #expect(text.hasSuffix("\n2 more errors are not shown\n"))
    #expect(
      DiagnosticRenderer(language: .french).render(Array(repeating: one, count: 6))
        .hasSuffix("\n1 autre erreur n’est pas affichée\n"))
    #expect(!DiagnosticRenderer().render(Array(repeating: one, count: 5)).contains("not shown"))
  }

  @Test func fixesSayWhatChanges() {
    let (_, spans) = marked("from a ‹where› x ‹›y")
    func fix(_ description: String, _ edits: [(BilanDiagnostics.Span, String)]) -> String {
      var diagnostic = Diagnostic.error(.overflow, Localized("m", fr: "m"))
      diagnostic.fix = Diagnostic.Fix(
        Localized(description, fr: description), edits: edits.map { (span: $0.0, replacement: $0.1) })
      return String(DiagnosticRenderer().render(diagnostic).split(separator: "\n").last ?? "")
    }
    #expect(fix("", [(spans[1], "| ")]) == "  = fix: insert `| `")
    #expect(fix("", [(spans[0], "")]) == "  = fix: remove `where`")
    #expect(fix("use a pipe", [(spans[0], "| where")]) == "  = fix: use a pipe: replace `where` by `| where`")
    #expect(fix("write `| where`", [(spans[0], "| where")]) == "  = fix: write `| where`")
    #expect(fix("", [(spans[0], "`a b`")]) == "  = fix: replace `where` by `` `a b` ``")
  }

  @Test func json() {
    let (_, spans) = marked("from é\n| where ‹\"a\"›")
    var diagnostic = Diagnostic.error(
      .conditionExpected, Localized("a \"text\"\nis no condition", fr: "un « texte »"), at: spans[0],
      help: Localized("compare it", fr: "comparez-le")
    ).fixing(Localized("", fr: ""), replace: spans[0], with: "b")
    diagnostic.count = 3
    let place =
      #""file":"report.bilan","span":{"start":16,"end":19},"position":{"line":2,"column":9,"end_line":2,"end_column":12}"#
    #expect(
      DiagnosticJSON.render([diagnostic]) == """
        [
          {"code":"B0303","severity":"error","message":"a \\"text\\"\\nis no condition",\(place),\
        "labels":[{\(place),"text":null,"primary":true}],"notes":[],"help":["compare it"],\
        "fixes":[{"description":"replace `\\"a\\"` by `b`","edits":[{"file":"report.bilan","start":16,"end":19,"replacement":"b"}]}],\
        "count":3}
        ]

        """)
    #expect(DiagnosticJSON.render([diagnostic], language: .french).contains("\"message\":\"un « texte »\""))
    #expect(DiagnosticJSON.render([]) == "[]\n")
    #expect(JSONText.quoted("\u{1}\u{1F}\\\t") == #""\u0001\u001f\\\t""#)
  }
}

extension String {
  /// The parts between the occurrences of `mark`.
  func components(of mark: String) -> [Substring] { split(separator: mark, omittingEmptySubsequences: false) }
}
