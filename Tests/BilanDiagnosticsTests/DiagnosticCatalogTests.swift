import BilanDiagnostics
import Testing

@Suite struct DiagnosticCatalogTests {
  @Test(arguments: DiagnosticCode.allCases)
  func entryIsWhole(_ code: DiagnosticCode) {
    let entry = DiagnosticCatalog.entry(for: code)
    #expect(entry.code == code)
    #expect(!entry.trigger.isEmpty)
    #expect(entry.remedy != entry.trigger)
    for language in Language.allCases {
      let summary = entry.summary[language]
      #expect(!summary.isEmpty && summary.last != "." && !summary.contains("\n"))
      #expect(entry.explanation[language].count > 60)
      #expect(entry.explanation[language].last == ".")
      for line in DiagnosticCatalog.explain(code, language).split(separator: "\n") where !line.hasPrefix("    ") {
        #expect(DisplayWidth.of(line) <= 80)
      }
    }
    #expect(entry.summary.english != entry.summary.french)
    #expect(entry.explanation.english != entry.explanation.french)
  }

  @Test func codesAreUniqueAndWellFormed() {
    let codes = DiagnosticCatalog.entries.map(\.code.rawValue)
    #expect(Set(codes).count == DiagnosticCode.allCases.count)
    #expect(codes.allSatisfy { $0.count == 5 && $0.hasPrefix("B") && $0.dropFirst().allSatisfy(\.isNumber) })
    #expect(Set(DiagnosticCatalog.entries.map(\.summary)).count == codes.count)
  }

  /// No plain space where French has a no-break one, outside code.
  @Test func frenchTypography() {
    for entry in DiagnosticCatalog.entries {
      for text in [entry.summary.french, entry.explanation.french] {
        let prose = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 0 }.map(\.element).joined(separator: "`")
        let wrong = [" :", " ;", " ?", " !", " »", "« ", "'"]
        #expect(!wrong.contains { prose.contains($0) }, "\(entry.code.rawValue): \(text)")
      }
    }
  }

  @Test func lookup() {
    #expect(DiagnosticCatalog.entry(named: "b0203")?.code == .unknownColumn)
    #expect(DiagnosticCatalog.entry(named: "B0203")?.code == .unknownColumn)
    #expect(DiagnosticCatalog.entry(named: "B9999") == nil)
    #expect(DiagnosticCatalog.entry(named: "") == nil)
  }

  @Test func explain() {
    #expect(
      DiagnosticCatalog.explain(.unknownColumn, .english) == """
        B0203: a column that is not there

        Every name is checked before the first row is read: a misspelt column is an
        error, never an empty result. The name must be a column at this point of the
        pipeline; after `summarize` only its keys and its results are left.

        This triggers it:
            from results | where actaul > 100

        This does not:
            from results | where actual > 100

        """)
    #expect(
      DiagnosticCatalog.explain(.decimalComma, .french) == """
        B0108\u{A0}: une virgule décimale dans une requête

        Dans une requête, la virgule sépare les arguments et les colonnes\u{A0}: un nombre
        décimal s’écrit donc avec un point. Il en va autrement des fichiers\u{A0}: la virgule
        décimale d’un CSV est reconnue à la lecture.

        Ceci le déclenche\u{A0}:
            from results | where achievement > 1,5

        Ceci ne le déclenche pas\u{A0}:
            from results | where achievement > 1.5

        """)
  }
}
