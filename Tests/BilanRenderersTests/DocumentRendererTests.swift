import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import Testing

@Suite struct DocumentRendererTests {
  @Test func htmlStandsByItself() {
    let page = rendered(achievementTable, .html, notes: [coverageNote])
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.contains("<th>indicator</th><th>region</th><th class=\"number\">target</th>"))
    #expect(
      page.contains(
        "<tr><td>women trained</td><td>Oriental</td><td class=\"number\">400</td><td class=\"number\">512</td>"
          + "<td class=\"number\">128% (7/8)</td></tr>"))
    #expect(page.contains("<li>achievement of 1 row rests"))
    #expect(page.hasSuffix("</html>\n"))
    #expect(rendered(achievementTable, .html, RenderOptions(language: .french)).contains("lang=\"fr\""))
  }

  @Test func htmlMarkupIsEscaped() {
    let page = rendered(table([Field("<b>", .text)], [[.text("a&b <script> \"q\"\nnext\u{1}")]]), .html)
    #expect(page.contains("<th>&lt;b&gt;</th>"))
    #expect(page.contains("<td>a&amp;b &lt;script&gt; &quot;q&quot;<br>next\\u{1}</td>"))
  }

  @Test func latexIsATabular() {
    #expect(
      rendered(achievementTable, .latex, RenderOptions(language: .french), notes: [coverageNote]) == """
        % \\usepackage{booktabs}
        \\begin{tabular}{llrrr}
        \\toprule
        indicator & region & target & actual & achievement \\\\
        \\midrule
        enterprises created & Fès-Meknès & 120 & 171 & 143\\,\\% \\\\
        women trained & Oriental & 400 & 512 & 128\\,\\% (7/8) \\\\
        jobs kept &  & 12\\,500 &  & (0/8) \\\\
        \\bottomrule
        \\end{tabular}

        {\\footnotesize `achievement` d’une ligne repose sur une partie de ses périodes~: (7/8) signifie que 7 sur 8 avaient une cible et une valeur réalisée\\par}

        """)
  }

  @Test func latexCommandsAreEscaped() {
    let text = rendered(table([Field("t", .text)], [[.text("[a] 5 % of $x_1 & {y} \\z ~^# *")]]), .latex)
    #expect(
      text.contains(
        "{[}a] 5 \\% of \\$x\\_1 \\& \\{y\\} \\textbackslash{}z \\textasciitilde{}\\textasciicircum{}\\# {*} \\\\"))
  }

  /// Each format has its way with what cannot be seen: blanks and breaks as such, the rest by its number.
  @Test func controlCharactersAreShown() {
    let texts = table([Field("a\tb\nc", .text)], [[.text("x\ty\u{1}z\u{2028}w")]])
    let page = rendered(texts, .html)
    #expect(page.contains("<th>a b<br>c</th>"))
    #expect(page.contains("<td>x y\\u{1}z<br>w</td>"))
    let document = rendered(texts, .latex)
    #expect(document.contains("a b c \\\\\n"))
    #expect(document.contains("x y\\textbackslash{}u\\{1\\}z w \\\\\n"))
    #expect(rendered(texts, .markdown).contains("| a b<br>c"))
    #expect(rendered(texts, .markdown).contains("| x y\\u{1}z<br>w |"))
    #expect(rendered(texts, .table).contains("a\\tb\\nc"))
  }

  @Test func longTablesLoseTheirMiddle() {
    let rows = table([Field("n", .integer)], (1...9).map { [.integer($0)] })
    let page = rendered(rows, .html, RenderOptions(maxRows: 2))
    #expect(page.contains(">1</td></tr>\n<tr><td class=\"number\">⋮</td></tr>\n<tr><td class=\"number\">9<"))
    #expect(rendered(rows, .latex, RenderOptions(maxRows: 2)).contains("1 \\\\\n\\dots \\\\\n9 \\\\"))
  }

  @Test(arguments: [
    ("a/b.csv", OutputFormat.csv), ("x.MD", .markdown), ("r.tex", .latex), ("p.htm", .html), ("d.jsonl", .ndjson),
  ])
  func namesOfFilesTellFormats(path: String, format: OutputFormat) {
    #expect(OutputFormat(path: path) == format)
  }

  @Test(arguments: ["", "csv", ".csv", "a.csv/b", "a.foo", "a."])
  func otherNamesTellNone(path: String) { #expect(OutputFormat(path: path) == nil) }
}
