import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Rows above, under the names and below a table that are none of its own.
@Suite struct RowsAroundTablesTests {
  private func names(_ text: String) throws -> [String] { try open(text).schema.fields.map(\.label) }
  private func messages(_ text: String) throws -> [String] { try open(text).report.notes.map(\.message.english) }

  /// A year over numbers that could be years is a name, unless most of them are some.
  @Test func aYearOverNumbers() throws {
    #expect(try names("Région;2019\nFès;1250\nRabat;2100\nCasa;3300\nTanger;980\n") == ["Région", "2019"])
    #expect(try names("Rubrique;2019\nRecettes;1200\nDépenses;900\nSolde;300\n") == ["Rubrique", "2019"])
    #expect(try names("Fès;2019\nRabat;2018\nCasa;2020\n") == ["column_1", "column_2"])
    #expect(try open("Fès;2019\nRabat;1998\nCasa;2007\nTanger;3000\n").rowCount == 4)
  }

  @Test func aTitleThatPandasTookForAName() throws {
    let text = "Tableau 1,Unnamed: 1,Unnamed: 2\nRégion,2018,2019\nFès,1,2\nRabat,3,4\n"
    #expect(try names(text) == ["Région", "2018", "2019"])
    #expect(try messages(text) == ["skipped in `t.csv`: 1 line (1) above its table"])
    // An index without a name is a column.
    #expect(try names("Unnamed: 0,region,v\n0,Fès,1\n1,Rabat,3\n").count == 3)
  }

  /// How many records a program has written, with blank lines behind or filled up.
  @Test(arguments: [
    "\n2 enregistrement(s)\n\n", "\n3 rows selected.\n\n\n", "Nombre de lignes : 2;;\n", "\n(2 rows affected)\n",
  ]) func countsOfRecords(end: String) throws {
    let table = try open("Code;Nom;Montant\n01;A;100\n02;B;200\n" + end)
    #expect(table.rowCount == 2)
    #expect(table.schema.fields.map(\.type) == [.text, .text, .integer])
    #expect(table.report.footnoteLineCount == 1)
  }

  @Test func remarksInTwoCells() throws {
    #expect(try open("Région;Emplois\nFès;10\nRabat;20\nSource;HCP 2019\n").rowCount == 2)
    #expect(try open("Région;2018;2019\nFès;10;12\nCasa;:;14\n\nSpecial value\n:;not available\n").rowCount == 2)
    // A row of texts in a column of texts is a row.
    #expect(try open("Mot;Sens\nnote;remarque\nsource;origine\n").rowCount == 2)
  }

  @Test func rulesUnderNames() throws {
    let text = "code,nom,montant\n----,---,-------\n01,A,100\n02,B,200\n\n(2 rows affected)\n"
    #expect(try open(text).rowCount == 2)
    #expect(try open(text).schema.fields.map(\.type) == [.text, .text, .integer])
    // Dashes of one length mean that values are missing.
    #expect(try open("a;b\n---;---\n1;2\n").rowCount == 2)
  }

  @Test(arguments: ["(en millions de DH)", "GEO (Labels)", "Région"]) func aWordUnderNames(word: String) throws {
    let text = "Agrégats;2017;2018\n\(word);;\nPIB;1063045;1108463\nFBCF;303977;315111\n"
    #expect(try open(text).rowCount == 2)
    #expect(try messages(text) == ["line 2 of `t.csv` has nothing but `\(word)` under the names, and is left out"])
    // Other rows may have nothing but their name, too.
    #expect(try open("Agrégats;2017;2018\n\(word);;\nPIB;1063045;1108463\nFBCF;;\n").rowCount == 3)
    if word.hasPrefix("(") { return }
    #expect(try open("Agrégats;Cible;Réel\n\(word);;\nPIB;1063045;1108463\nFBCF;303977;315111\n").rowCount == 3)
  }

  /// The names of a second table right below, which begin with another word.
  @Test func namesOfAnotherTable() throws {
    let text = "Emplois;2018;2019\nOriental;10;20\nSouss;11;21\nFormations;2018;2019\nOriental;5;6\nSouss;7;8\n"
    #expect(try open(text).rowCount == 4)
    #expect(
      try messages(text) == [
        "line 4 of `t.csv` stands above names that come again (`Formations`): the rows below may be of something else than "
          + "those above; `from … with header = 4` reads them alone"
      ])
  }

  @Test func moreSpellings() throws {
    #expect(try column(open("l;v\na;-1 000,00 MAD\nb;+2 000,00 MAD\n"), "v") == [.real(-1000), .real(2000)])
    for unit in ["MMDH", "M DH", "millions de DH"] {
      let table = try open("p;v\na;115 \(unit)\nb;12,5 \(unit)\n")
      #expect(try column(table, "v") == [.real(115), .real(12.5)])
      #expect(table.schema[1].unit == "MMAD")
    }
    #expect(try open("p;v\na;115 Md DH\nb;12,5 Md DH\n").schema[1].unit == "MdMAD")
    // As SAS writes days; codes of letters and digits are none.
    #expect(try open("i,d\n1,15MAR2019\n2,01APR2019\n").schema[1].type == .date)
    #expect(try open("i,d\n1,15MAX2019\n2,01APP2019\n").schema[1].type == .text)
    #expect(try open("Objectif spécifique;n\n1.1;1\n1.2;2\n1.10;3\n").schema[0].type == .text)
    #expect(try open("Extrant;n\n1.1;1\n1.2;2\n1.10;3\n").schema[0].type == .text)
  }

  @Test func totalsOfMilieus() throws {
    #expect(
      try open("Milieu;N;M\nUrbain;12023;8011\nRural;8077;3304\nUrbain + Rural;20100;11315\n").report.totalLines == [4])
    #expect(try open("Milieu;N\nUrbain;12023\nRural;8077\nTout milieu;20100\n").report.totalLines == [4])
    #expect(try open("R;N\nFes;12023\nRabat;8077\nTOT.;20100\n").report.totalLines == [4])
  }

  /// In two columns too, where a caption stands between tables of the same names, or headings over the same rows.
  @Test func captionsAndHeadingsOfTwoColumns() throws {
    let text = "Région;Emplois\nFès;10\nRabat;20\nTableau 2 : emplois 2020;\nRégion;Emplois\nFès;15\nRabat;27\n"
    #expect(try open(text).rowCount == 4)
    #expect(
      try messages(text).contains { $0.contains("stands above names that come again (`Tableau 2 : emplois 2020`)") })
    let months = "Mois;Visites\n2019;\nJanvier;10\nFévrier;12\nMars;9\n2020;\nJanvier;11\nFévrier;13\nMars;14\n"
    #expect(try messages(months).contains { $0.contains("lines 2, 6") && $0.contains("headings") })
    // A name without a value.
    #expect(try messages("Ville;N\nFès;\nRabat;2\nCasa;\nTanger;3\nNador;4\n") == [])
  }

  @Test func listsOfSAPWithBarsAroundRules() throws {
    let rule = "|" + String(repeating: "-", count: 40) + "|\n"
    let text =
      rule + "| Compte | Libelle        |      Montant |\n" + rule + "| 613000 | Locations      |   12.000,00  |\n"
      + "| 614200 | Deplacements   |    3.120,45- |\n" + rule
    #expect(try names(text) == ["Compte", "Libelle", "Montant"])
    #expect(try column(open(text), "Montant") == [.real(12000), .real(-3120.45)])
  }

  @Test func lettersThatCountTheColumns() throws {
    let text = "Rubrique;Prévu;Réalisé;Taux\n;(a);(b);(c)=(b)/(a)\nA;10;12;1,2\nB;20;22;1,1\n"
    #expect(try open(text).rowCount == 2)
    #expect(try messages(text) == ["line 2 of `t.csv` counts the columns, and is left out"])
  }

  @Test func signsOfWhatIsNotPublished() throws {
    #expect(try column(open("p;n\na;3800\nb;*\nc;///\n"), "n") == [.integer(3800), .missing, .missing])
    #expect(try column(open("p;f\na;*\nb;\nc;*\n"), "f") == [.text("*"), .missing, .text("*")])
  }

  /// Blanks between thousands say nothing of points in numbers of another hand.
  @Test func pointsBesideBlanks() throws {
    let table = try open("Commune;Population\nA;12 345\nB;9.876\nC;1.950\nD;23 100\n")
    #expect(table.report.notes.map(\.code) == [.ambiguousMark])
    #expect(try open("a;n\nA;12 345,5\nB;9,876\n").report.notes.isEmpty)
  }
}
