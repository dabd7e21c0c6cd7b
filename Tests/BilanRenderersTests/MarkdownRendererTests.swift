import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import Testing

@Suite struct MarkdownRendererTests {
  @Test func tableAndNotes() {
    #expect(
      rendered(achievementTable, .markdown, notes: [coverageNote]) == """
        | indicator           | region     | target | actual | achievement |
        | ------------------- | ---------- | -----: | -----: | ----------: |
        | enterprises created | Fès-Meknès |    120 |    171 |        143% |
        | women trained       | Oriental   |    400 |    512 |  128% (7/8) |
        | jobs kept           |            | 12,500 |        |       (0/8) |

        - note: achievement of 1 row rests on part of its periods: (7/8) means 7 of 8 had both a target and an actual

        """)
  }

  @Test func markupIsEscaped() {
    let text = "a|b *c* `d` <e> min_ajliki _f_ \\ [g] l1\nl2"
    #expect(
      rendered(table([Field("t", .text)], [[.text(text)]]), .markdown).contains(
        "| a\\|b \\*c\\* \\`d\\` \\<e\\> min_ajliki \\_f\\_ \\\\ \\[g\\] l1<br>l2 |"))
  }

  @Test func longTablesLoseTheirMiddle() {
    let rows = table([Field("n", .integer)], (1...9).map { [.integer($0)] })
    #expect(
      rendered(rows, .markdown, RenderOptions(maxRows: 2, language: .french)) == """
        |   n |
        | --: |
        |   1 |
        |   ⋮ |
        |   9 |

        9 lignes, 2 affichées

        """)
  }

  @Test func notesAlone() {
    let note = Diagnostic.note(.missingSkipped, Localized("3 values were skipped", fr: "3 valeurs ignorées"))
    #expect(renderNotes([note], language: .english, color: false) == "note: 3 values were skipped\n")
    #expect(renderNotes([note], language: .french, color: true) == "\u{1B}[2mnote\u{A0}: 3 valeurs ignorées\u{1B}[0m\n")
    #expect(renderNotes([], language: .english, color: false) == "")
    #expect(
      renderNotes([note], language: .english, color: false, width: 20) == "note: 3 values were\n      skipped\n")
  }
}
