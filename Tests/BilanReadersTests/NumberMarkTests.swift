import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Numbers with something around them that is no part of them: units, percent signs, footnotes.
@Suite struct NumberMarkTests {
  private func read(
    _ label: String, _ cells: [String]
  ) throws -> (type: DataType, values: [Value], codes: [DiagnosticCode], unit: String?) {
    let table = try open("k\t\(label)\tv\n" + cells.map { "a\t\($0)\t1\n" }.joined())
    return (table.schema[1].type, try columns(table)[1], codes(table), table.schema[1].unit)
  }

  /// Under the name of percentages a number without a sign is one, as those beside it are.
  @Test func percentagesWithoutASign() throws {
    for label in ["Taux (%)", "Pourcentage de femmes", "% réalisé"] {
      let shares = try read(label, ["85", "92,5%", "0", "12,3 %", "12,3", "7"])
      #expect(shares.values == [0.85, 0.925, 0, 0.123, 0.123, 0.07].map { .real($0) }, "\(label)")
      #expect(shares.codes == [.mixedCurrencies])
    }
    // What is stored below one may be a share already, and other names say nothing.
    for (label, cells) in [("Taux (%)", ["0,85", "92,5%"]), ("Taux", ["85", "92,5%"])] {
      #expect(try read(label, cells).type == .text, "\(label)")
    }
    #expect(try read("Taux (%)", ["85", "92,5"]).values == [.real(85), .real(92.5)])
    let large = "k;Taux (%)\n" + (1..<200).map { "X\($0);\($0)\n" }.joined() + "Y;92,5%\nZ;12\n"
    #expect(try expectSameInBlocks(large).columns[1].suffix(2) == [.real(0.925), .real(0.12)])
  }

  /// The last years of a series are provisional.
  @Test func lettersBehindYears() throws {
    let years = try read("Année", ["2017", "2018", "2019 p", "2020 e"])
    #expect(years.values == [2017, 2018, 2019, 2020].map { .integer($0) })
    #expect(years.codes == [.flagsDropped])
    for cell in ["2019e", "2019 (p)", "2019 prov.", "2019 (provisoire)", "2019 estimé"] {
      let marked = try read("Année", ["2018", cell, cell])
      #expect(marked.values == [2018, 2019, 2019].map { .integer($0) }, "\(cell)")
      #expect(marked.codes == [.flagsDropped])
    }
    for cells in [
      ["2017", "2018b"], ["2019e", "2018e"], ["12", "13e"], ["2019prov.", "2018"], ["2017", "2018 b"], ["2019 p"],
      ["12", "13 p"],
    ] {
      #expect(try read("Année", cells).type == .text, "\(cells)")
    }
  }

  /// How sure a number is, in words and in letters with parentheses, also behind every one.
  @Test func wordsBehindNumbers() throws {
    let marked = try read("x", ["1 250 (p)", "12,5 prov.", "7 (estimation)", "8 (e)"])
    #expect(marked.values == [1250, 12.5, 7, 8].map { .real($0) })
    #expect(marked.codes == [.flagsDropped])
    for cells in [["12 provisions"], ["12 (a)", "13 (b)"], ["p (p)"], ["rue 12 (p)"]] {
      #expect(try read("x", cells).type == .text, "\(cells)")
    }
  }

  /// Periods are marked as numbers are.
  @Test func marksBehindPeriods() throws {
    for cell in [
      "2019-Q1 (p)", "T1 2019 p", "Q1 FY2019 (prov.)", "T1 2019*", "1er trimestre 2019 (1)", "T1 2019 provisoire",
    ] {
      let marked = try read("x", [cell, "2018-Q4", "2018-Q3"])
      #expect(marked.values[0] == .period(.quarter(2019, 1)), "\(cell)")
      #expect(marked.codes.contains(.flagsDropped))
    }
    for (mark, said) in [
      ("*", "has an asterisk behind it"), (" (1)", "has the mark of a footnote behind it, as `(1)`"),
    ] {
      let notes = try infer(["T1 2019\(mark)", "2018-Q4", "2018-Q3"]).table.report.notes
      #expect(notes.contains { $0.message.english.hasPrefix("1 period of column `x` \(said)") }, "\(notes)")
    }
    #expect(
      try read("x", ["2019-Q1 (p)", "2019-Q2 (p)"]).values == [.period(.quarter(2019, 1)), .period(.quarter(2019, 2))])
    for cells in [["2019-Q1 (1)", "2019-Q2 (2)"], ["2019-Q1 x", "2019-Q2 x"], ["2019-Q5 (p)"]] {
      #expect(try read("x", cells).type == .text, "\(cells)")
    }
    try expectSameInBlocks("k;q\n" + (1..<100).map { "X\($0);T1 \(1900 + $0)\n" }.joined() + "Y;T2 2019 (p)\n")
  }

  @Test func approximateNumbers() throws {
    let about = try read("x", ["~120", "≈ 1 200", "env. 50", "environ 12,5", "ca. 7", "100"])
    #expect(about.values == [120, 1200, 50, 12.5, 7, 100].map { .real($0) })
    #expect(about.codes == [.flagsDropped])
    #expect(try read("x", ["env. 50"]).values == [.integer(50)])
    for cells in [
      ["environs 50", "12"], ["~Fès", "12"], ["env 50 km", "12"], ["<5", "12"], ["+/- 30", "12"], ["~007", "12"],
    ] {
      #expect(try read("x", cells).type == .text, "\(cells)")
    }
    try expectSameInBlocks("k;q\n" + (1..<100).map { "X\($0);\($0)\n" }.joined() + "Y;~12\n")
  }

  /// No kind of value is that of most.
  @Test func severalKinds() throws {
    let mixed = try open("k;x\na;500\na;50%\na;oui\na;12\n")
    #expect(
      mixed.report.notes.map(\.message.english) == [
        "column `x` is text because its values are not of one kind that is read (2 numbers, 1 percentage, 1 text): `50%` (line 3), "
          + "`oui` (line 4)"
      ])
    #expect(try read("x", ["12/03/2019", "T1 2019", "2019", "bientôt"]).codes == [.mostlyTyped])
    for cells in [
      ["34 ans", "27 ans"], ["120 (45%)", "80 (40,5 %)"], ["12,5 ± 0,4", "10,1 ± 0,3"],
      ["73.0 [72.1-74.0]", "77 [76.3–77.8]"], ["12K", "7.5K", "oui"],
      ["<5", ">= 10"],
      ["85 pour cent", "92,5pct"], ["12 h", "7,5 h"],
    ] {
      let partial = try read("x", cells)
      #expect(partial.values == cells.map { .text($0) })
      #expect(partial.codes == [.mostlyTyped], "\(cells)")
    }
    for cells in [
      ["12A", "14B"], ["1er étage", "2e étage"], ["1 - Oui", "2 - Non"], ["18-24", "25-34"], ["007 ans"],
      ["42 Cross St", "850 South St"], ["12 rue de Fès"], ["12 bis"],
    ] {
      #expect(try read("x", cells).codes.isEmpty, "\(cells)")
    }
    #expect(try read("x", ["14.5 b", "20.1", "17.0 b"]).codes == [.mostlyTyped])
    #expect(try read("x", ["12", "oui", "non", "peut-être"]).codes.isEmpty)
  }

  @Test func errorsOfSpreadsheets() throws {
    let numbers = try read("x", ["12,5", "#DIV/0!", "#N/A", "#VALEUR!", "#NOM?", "####", "Err:502", "7"])
    #expect(numbers.values == [.real(12.5)] + Array(repeating: .missing, count: 6) + [.real(7)])
    #expect(numbers.codes == [.unreadableValues])
    let texts = try open("k;x\na;b\na;#REF!\na;#REF!\n")
    #expect(
      texts.report.notes.map(\.message.english) == [
        "2 cells of column `x` hold errors of a spreadsheet and are missing: `#REF!` × 2"
      ])
    #expect(try columns(texts)[1] == [.text("b"), .missing, .missing])
  }

  @Test func referencesToFootnotes() throws {
    let marked = try read("x", ["33(1)", "45", "12 (2)", "7¹", "9", "10", "11", "1 200[a]"])
    #expect(marked.values == [33, 45, 12, 7, 9, 10, 11, 1200].map { .integer($0) })
    #expect(marked.codes == [.flagsDropped])
    // A share in parentheses, and a mark behind most numbers.
    for cells in [["33 (12)", "45", "12", "7"], ["33 (1)", "45 (2)", "7"], ["33 (12)", "45 (20)"]] {
      #expect(try read("x", cells).type == .text, "\(cells)")
    }
  }

  /// Every value has the same unit.
  @Test func unitsThatAreNoCurrencies() throws {
    for (cells, unit) in [
      (["12 ha", "1 200,5 ha", "0"], "ha"), (["5,3 pts", "-2 pts", "1 pt"], "points"), (["12 km²", "7,5km2"], "km²"),
      (["12 m", "7,5 m"], "m"), (["12 pp", "7,5 pp"], "points"), (["36,5 M", "0,6 M"], "millions"),
      (["120 hab/km²", "7,5 hab./km²"], "hab./km²"), (["12,50 €/h", "10 €/heure"], "EUR/h"),
      (["1 250 µS/cm", "900,5 µS/cm"], "µS/cm"), (["35 qx / ha", "7,5 qx/ha"], "qx/ha"),
      (["120 DH/jour", "1\u{A0}200\u{A0}MAD/j"], "MAD/j"), (["12 mg/L", "7 mg/l"], "mg/L"),
      (["3 500 FCFA/mois", "7 FCFA/mois"], "FCFA/mois"),
    ] {
      let measures = try read("x", cells)
      #expect(measures.type.isNumber, "\(cells)")
      #expect(measures.unit == unit && measures.codes.isEmpty)
    }
    #expect(try read("x", ["12 ha", "1 200,5 ha"]).values == [.real(12), .real(1200.5)])
    for cells in [["12 ha", "14 km²"], ["12 ha", "13"]] {
      let mixed = try read("x", cells)
      #expect(mixed.type == .text && mixed.codes == [.mixedCurrencies], "\(cells)")
    }
    let thousands = try open("k;x\na;1.250 µS/cm\nb;900 µS/cm\n")
    #expect(try columns(thousands)[1] == [.integer(1250), .integer(900)])
    #expect(codes(thousands) == [.ambiguousMark])
    #expect(try read("Code", ["12 ha", "13 ha"]).type == .text)
    for cells in [
      ["12T", "13T"], ["12/h", "13/h"], ["12 bidons/h"], ["12 €/bidon"], ["12 mois", "13 mois"], ["12 ans"],
      ["12 inconnus"], ["001 ha"],
    ] {
      #expect(try read("x", cells).type == .text, "\(cells)")
    }
    try expectSameInBlocks("k;x\n" + (1..<100).map { "X\($0);\($0) ha\n" }.joined() + "Y;12 km²\n")
  }
}
