import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// Rows that are the sums, or statistics, of those next to them, whatever they are called.
@Suite struct NeighbouringTotalsTests {
  /// The lines that are said to hold totals.
  private func totals(_ text: String) throws -> [Int] { try open(text).report.totalLines }

  @Test func wholesAboveTheirParts() throws {
    let text =
      "Region;Pop;H\nOriental;50;25\n  Oujda;20;10\n  Nador;30;15\nFes-Meknes;25;13\n  Fes;10;5\n  Meknes;15;8\n"
    #expect(try totals(text) == [2, 5])
    let note = try #require(try open(text).report.notes.first { $0.code == .totalRows })
    #expect(
      note.message.english
        == "lines 2, 5 of `t.csv` look like totals of other rows (`Oriental`, `Fes-Meknes`), which adding up counts twice; "
        + "leave them out with `where region not in [\"Oriental\", \"Fes-Meknes\"]`")
    // Accounts, whose numbers are none of quantities, and a total that has its name elsewhere.
    #expect(try totals("Compte;M\n6;600\n61;400\n611;250\n612;150\n62;200\n") == [2, 3])
    #expect(
      try totals("Code;Lib;M\nA;a;300\nA1;b;200\nA2;c;100\nB;d;70\nB1;e;50\nB2;f;20\n;TOTAL;370\n") == [2, 5, 8])
  }

  @Test func wholesOfPartsSomeOfWhichAreNegative() throws {
    #expect(
      try totals("Compte;M\n6;600\n61;400\n611;950\n612;-550\n62;200\n7;-90\n71;-120\n72;30\n") == [2, 3, 7])
    // Many of them are one whole still, and a long table without any is soon left alone.
    let numbers = (0..<1500).map { ($0 * 7919 % 2003 - 1001) }
    let parts = numbers.prefix(200).enumerated().map { "p\($0);\($1);\($1 * 3 % 1009)" }
    let sums = numbers.prefix(200).reduce((0, 0)) { ($0.0 + $1, $0.1 + $1 * 3 % 1009) }
    #expect(try totals("R;A;B\nTout;\(sums.0);\(sums.1)\n" + parts.joined(separator: "\n")) == [2])
    let rows = numbers.enumerated().map { "r\($0);\($1);\($1 * 3 % 1009);\($1 * 5 % 883)" }
    #expect(try totals("R;A;B;C\n" + rows.joined(separator: "\n")) == [])
  }

  @Test func wholesBelowTheirParts() throws {
    #expect(try totals("Age;N\n0-4;10\n5-14;20\nMoins de 15;30\n15-59;50\n60+;5\nTotal;85\n") == [4, 7])
    // A mean is no sum, and does not hide the others.
    #expect(
      try totals(
        "R;Pop;Age\nOujda;200;31\nNador;300;28\nOriental;500;29.2\nFes;100;30\nMeknes;150;33\nFes-Meknes;250;31.8\n")
        == [4, 7])
  }

  @Test func sumsOfAllOthers() throws {
    #expect(try totals("Region;A;B\nFes;117;3\nOujda;238;4\nNador;56;9\nMaroc;411;16\n") == [5])
    #expect(try totals("Region;A\nBelgique;300\nFlandre;170\nWallonie;100\nBruxelles;30\n") == [2])
    #expect(try totals("Region;A;B\nFes;117;3\nOujda;238;4\nNador;56;9\nTotaal;411;16\n") == [5])
  }

  /// What pages carry over, and the asterisks of SAP.
  @Test func namesOfTotals() throws {
    #expect(
      try totals("Libelle;Montant\nA;1000\nB;2000\nA reporter;3000\nReport;3000\nC;500\nTotal;3500\n") == [4, 5, 7])
    #expect(
      try totals(
        "Compte;Date;Montant\n612100;03.01.2019;100,00\n612100;31.01.2019;50,00\n* 612100;;150,00\n613000;31.01.2019;7,00\n"
          + "* 613000;;7,00\n**;;157,00\n") == [4, 6, 7])
  }

  @Test func statistics() throws {
    let text = "Region;Effectif\nFes;117\nOujda;238\nNador;56\nMoyenne;137\nMinimum;56\nMaximum;238\n"
    #expect(try totals(text) == [5, 6, 7])
    #expect(try totals("Region;N\nFes;117\nOujda;238\nNador;56\nTotal;411\nMoyenne;137\n") == [5, 6])
    // Words that are names of rows, with other numbers.
    #expect(try totals("Classe;N\nMinimum;117\nMoyenne;238\nMaximum;56\n") == [])
  }

  /// Numbers by chance make no totals.
  @Test(arguments: 0..<400) func randomTables(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let columns = Int.random(in: 1...3, using: &random)
    let greatest = [9, 30, 100, 1000, 100_000].randomElement(using: &random)!
    var text = "nom" + (1...columns).map { ";m\($0)" }.joined() + "\n"
    for row in 0..<Int.random(in: 4...40, using: &random) {
      text +=
        "r\(row)" + (1...columns).map { _ in ";\(Int.random(in: 0...greatest, using: &random))" }.joined() + "\n"
    }
    #expect(try totals(text) == [], "\(text)")
  }
}
