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
    for cells in [["2017", "2018 b"], ["2019 p"], ["12", "13 p"]] {
      #expect(try read("Année", cells).type == .text, "\(cells)")
    }
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
      (["120 hab/km²", "7,5 hab./km²"], "hab./km²"),
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
    #expect(try read("Code", ["12 ha", "13 ha"]).type == .text)
    for cells in [["12T", "13T"], ["12 mois", "13 mois"], ["12 ans"], ["12 inconnus"], ["001 ha"]] {
      #expect(try read("x", cells).type == .text, "\(cells)")
    }
    try expectSameInBlocks("k;x\n" + (1..<100).map { "X\($0);\($0) ha\n" }.joined() + "Y;12 km²\n")
  }
}
