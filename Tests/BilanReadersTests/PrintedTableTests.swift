import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// What stands between, above and below the rows of tables that were made to be printed.
@Suite struct PrintedTableTests {
  @Test func anotherTableWithYearsForNames() throws {
    let table = try open("Region;2018;2019\nFes;10;20\nOujda;30;40\n\nProvince;2018;2019\nNador;1;2\nBerkane;3;4\n")
    #expect(table.rowCount == 2 && codes(table) == [.skippedLines])
    // Years are values over years.
    let years = "Nom;Début;Fin\nA;2015;2017\nB;2016;2019\n\nC;2018;2019\nD;2014;2019\n"
    #expect(try open(years).rowCount == 4)
  }

  @Test(arguments: ["Province (suite)", "PROVINCE", "Province"])
  func namesThatGoOn(_ name: String) throws {
    let table = try open("Province;2018;2019\nFes;10;20\n\(name);2018;2019\nOujda;30;40\n")
    #expect(try column(table, "2018") == [.integer(10), .integer(30)])
    #expect(codes(table) == [.skippedLines])
  }

  @Test func captionsAboveNamesThatComeAgain() throws {
    let table = try open(
      "Tableau 1 : Emploi;;\nRegion;H;F\nFes;10;20\nOujda;30;40\nTableau 2 : Chomage;;\nRegion;H;F\nFes;1;2\nOujda;3;4\n"
    )
    #expect(table.rowCount == 4)
    #expect(
      table.report.notes.contains {
        $0.message.english.hasPrefix("line 5 of `t.csv` stands above names that come again (`Tableau 2 : Chomage`)")
          && $0.message.english.hasSuffix("`from … with header = 6` reads them alone")
      })
    var options = ReadOptions()
    options.headerLines = 6...6
    #expect(try open("a;b;c\n1;2;3\n4;5;6\nTitre;;\n\na;b;c\n7;8;9\n", options: options).rowCount == 1)
    // A page’s number says nothing of its rows.
    let pages = try open("a;b;c\n1;2;3\nPage 1/2;;\na;b;c\n7;8;9\n")
    #expect(pages.rowCount == 2 && pages.report.notes.count == 1)
  }

  @Test func headingsOfRows() throws {
    let table = try open("Province;N;A\nFes-Meknes;;\nFes;12;120\nOriental;;\nOujda;6;60\n")
    #expect(table.rowCount == 4)
    #expect(
      table.report.notes.map(\.message.english) == [
        "lines 2, 4 of `t.csv` have a `Province` and nothing else (`Fes-Meknes`, `Oriental`), like headings of the rows below: "
          + "they are kept as rows; leave them out with `where n is not missing`"
      ])
    // Rows without values at the end of a list, or one after the other, are rows.
    #expect(codes(try open("a;b;c\nx;1;2\ny;3;4\nz;;\n")) == [])
    #expect(codes(try open("a;b;c\nx;;\ny;;\nz;1;2\nw;1;2\n")) == [])
  }

  @Test func remarksAndSignatures() throws {
    for end in [
      "1 : Recensement 2014;;;\n2 : Projection;;;\n", "Fait à Rabat, le 12/03/2019;;;\n;Le Directeur;;Le Comptable\n",
      "Arrêté le présent état à la somme de mille dirhams;;;\n",
    ] {
      let table = try open("Nom;A;B;Montant\nx;1;2;3\ny;1;2;4\n" + end)
      #expect(table.rowCount == 2 && codes(table) == [.skippedLines], "\(end)")
    }
    #expect(try open("Poste;Nom;Ville\nLe directeur;Alami;Fès\nLa comptable;Bennani;Rabat\n").rowCount == 2)
  }

  @Test func namesThatBeginAtTheSecondColumn() throws {
    let numbered = try open("region,value,n\n1,Fes,1.5,10\n2,Oujda,2.5,20\n")
    #expect(labels(numbered) == ["column_1", "region", "value", "n"])
    #expect(codes(numbered) == [.duplicateColumn, .duplicateColumn])
    #expect(labels(try open("mpg\tcyl\nMazda\t21\t6\nDatsun\t22.8\t4\n")) == ["column_1", "mpg", "cyl"])
    // Commas that were not meant to part cells are said.
    let commas = try open("Region,Taux\nFes,12,5\nOujda,13,2\n")
    #expect(labels(commas) == ["Region", "Taux", "column_3"] && codes(commas).first == .raggedRow)
    #expect(codes(try open("a;b\n1;2;\n3;4;\n")) == [])
  }

  @Test func listsOfCodesWithoutNames() throws {
    #expect(
      try open("AB123456;EL AMRANI Fatima;Fes\nC98765;BENALI Ahmed;Oujda\nF112233;OUAZZANI Sara;Nador\n").rowCount == 3)
    #expect(try open("amal@a.ma;Amal\nnour@b.ma;Nour\n").rowCount == 2)
    #expect(try open("CIN;Nom\nC98765;BENALI Ahmed\nF112233;OUAZZANI Sara\n").rowCount == 2)
  }
}
