import Testing
import BilanColumnar
import BilanDiagnostics
import BilanRenderers
@Test func demo() {
  for f in OutputFormat.allCases { print(rendered(achievementTable, f, notes: [coverageNote])) }
  print(rendered(achievementTable, .table, RenderOptions(width: 60, language: .french), notes: [coverageNote]))
  print(rendered(achievementTable, .table, RenderOptions(width: 50, color: true), notes: [coverageNote]))
  print(rendered(achievementTable, .table, RenderOptions(width: 40, maxRows: 2, unicode: false), notes: [coverageNote]))
  print(rendered(achievementTable, .table, RenderOptions(width: 25, maxRows: 1), notes: []))
  var one = achievementTable; one.chunks = [one.chunks[0].slice(0..<1)]
  print(rendered(one, .table, RenderOptions(width: 40), notes: []))
  one.chunks = []
  print(rendered(one, .table, RenderOptions(width: 60), notes: []))
  let s = Source(name: "report.bilan", text: "from results\n| where actaul > 100 and target < 3\n| summarize mean(target) by regoin\n| take 10\n| keep \"日本\", x +\n   y\n")
  func sp(_ t: String) -> BilanDiagnostics.Span { let o = s.text.utf8.count - s.text[s.text.range(t)...].utf8.count; return Span(s, o..<o + t.utf8.count) }
  let d = Diagnostic.error(.unknownColumn, Localized("unknown column `actaul`", fr: "colonne inconnue `actaul`"), at: sp("actaul"), label: Localized("not a column of `results`", fr: "pas une colonne de `results`"), help: Localized("the columns are a, b", fr: "les colonnes sont a, b")).fixing(Localized("", fr: ""), replace: sp("actaul"), with: "actual").labelling(sp("results"), Localized("this dataset has 14 columns", fr: "ce jeu a 14 colonnes"))
  let e = Diagnostic.error(.unknownColumn, Localized("unknown column `regoin`", fr: "x"), at: sp("regoin"), label: Localized("the nearest is region", fr: "x")).labelling(sp("mean"), Localized("a mean of targets", fr: "")).labelling(sp("target)"), Localized("of these", fr: ""))
  let g = Diagnostic.error(.typeMismatch, Localized("multi", fr: "x"), at: sp("\"日本\", x +\n   y"), label: Localized("this is text", fr: "x")).adding(note: Localized("n", fr: "n"))
  print(DiagnosticRenderer().render([d, e, g]))
  print(DiagnosticRenderer(language: .french, color: true, width: 60, unicode: true).render([d, e, g]))
  print(DiagnosticJSON.render([d]))
}
extension String { func range(_ t: String) -> String.Index { var i = startIndex; while !self[i...].hasPrefix(t) { i = index(after: i) }; return i } }
