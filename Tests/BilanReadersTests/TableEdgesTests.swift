import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Where tables begin and end in files that spreadsheets and agencies write.
@Suite struct TableEdgesTests {
  private func names(_ text: String) throws -> [String] { try open(text).schema.fields.map(\.label) }

  @Test(arguments: [
    "Région;Cible;;Réalisé;\n;2019;2020;2019;2020\n", "Région;Cible;Cible;Réalisé;Réalisé\n;2019;2020;2019;2020\n",
    ";Cible;;Réalisé;\nRégion;2019;2020;2019;2020\n", "Région;Cible;;Réalisé;\nRégion;2019;2020;2019;2020\n",
  ]) func yearsUnderGroups(header: String) throws {
    let table = try open(header + "Fès;1200;1350;980;1410\nOujda;850;900;700;950\n")
    #expect(
      table.schema.fields.map(\.label) == [
        "Région", "Cible – 2019", "Cible – 2020", "Réalisé – 2019", "Réalisé – 2020",
      ])
    #expect(try column(table, "Cible – 2019") == [.integer(1200), .integer(850)])
  }

  @Test func periodsUnderGroups() throws {
    #expect(
      try names("Région;Cible;;Réalisé;\n;T1 2019;T2 2019;T1 2019;T2 2019\nFès;1;2;3;4\n")
        == ["Région", "Cible – T1 2019", "Cible – T2 2019", "Réalisé – T1 2019", "Réalisé – T2 2019"])
    // A last group is as long as its years.
    #expect(
      try names("Indicateurs;;Réalisations;;\nCode;Libellé;2018;2019;2020\nA;x;1200;1350;980\n")
        == [
          "Indicateurs – Code", "Indicateurs – Libellé", "Réalisations – 2018", "Réalisations – 2019",
          "Réalisations – 2020",
        ])
  }

  /// A name in both rows, beside years that go on by one.
  @Test func yearsBesideANameUnderAName() throws {
    #expect(
      try names("Indicateurs;Cible;;Réalisé;\nRégion;2019;2020;2019;2020\nFès;1200;1350;980;1410\n")
        == ["Indicateurs – Région", "Cible – 2019", "Cible – 2020", "Réalisé – 2019", "Réalisé – 2020"])
  }

  /// A title that holds the delimiter, letterheads, and keys right above the names.
  @Test(arguments: [
    "Tableau 1 : emploi, chômage et activité, par région\nRégion,2018,2019\nOriental,10,12\nFès,4,5\n",
    "Population par région, 2019\n\nRégion,2018,2019\nOriental,10,12\nFès,4,5\n",
    "Emploi, chômage, activité\nRégion,2018,2019\nOriental,10,12\nFès,4,5\n",
    "Tableau 1 ; population\nRégion;2018;2019\nOriental;10;12\nFès;4;5\n",
    "Année;2019;\nRégion;2018;2019\nOriental;10;12\nFès;4;5\n".replacingOccurrences(of: "2018;2019", with: "Cible;n"),
    "MTIP;;Rabat, le 12/03/2019\nRégion;Cible;n\nOriental;10;12\nFès;4;5\n",
    "Société AMAL;;;;;Tirage : 12/03/19\nRégion;a;b;c;d;e\nOriental;10;12;1;2;3\nFès;4;5;6;7;8\n",
  ]) func titlesOfSeveralCells(text: String) throws {
    let table = try open(text)
    #expect(table.rowCount == 2)
    #expect(table.schema.fields[0].label == "Région")
    #expect(table.schema[1].type == .integer)
    #expect(codes(table) == [.skippedLines])
  }

  @Test(arguments: [
    "Nom, Ville, Note\nAlami,Fès,n.c.\nBennis,Rabat,12\nNaciri,Salé,13\n",
    "Nom, Ville, Note\nAlami,Fès,11\nBennis,Rabat,12\n", "Nom, Ville, Note\nAlami, Fès, 11\nBennis, Rabat, 12\n",
  ]) func namesWithBlanksBefore(text: String) throws {
    #expect(try open(text).schema.fields.map(\.label) == ["Nom", "Ville", "Note"])
  }

  /// The last rows may have nothing but their names.
  @Test func labelsBelowTheOthers() throws {
    let short =
      "Indicateur;Cible;Réalisé\nFemmes formées;100;80\nEmplois créés;50;\nEntreprises créées\nTaux de survie\n"
    #expect(try open(short).rowCount == 4)
    let remark =
      "Région;Cible;Réalisé\nFès;100;80\nOriental;50;\nChiffres provisoires, à confirmer avant la fin de l’année\n"
    #expect(try open(remark).rowCount == 2)
    let printed = "Région;n\nFès;100\nOriental;50\nEdité le 12/03/2019 à 10:15;\nPage 1/3;\n"
    #expect(try open(printed).rowCount == 2)
  }

  /// Every line in quotes, as a file is that was pasted into one column.
  @Test func linesInQuotes() throws {
    let table = try open("\"nom;note\"\n\"Alami \"\"A\"\";5\"\n\"Bennis;6\"\n")
    #expect(table.schema.fields.map(\.label) == ["nom", "note"])
    #expect(codes(table) == [.strayQuote, .strayQuote])
    #expect(try open("\"nom;n\"\n\"A;5\"\n\"B;6\"\n").rowCount == 2)
    for text in [
      "\"nom\"\n\"Alami, Fatima\"\n\"Bennis, Ali\"\n", "\"nom\"\n\"A;5\"\n\"B;6\"\n", "\"#,#00\"\n\"12,34\"\n",
      "\"a\";\"b\"\n\"c\";\"d\"\n",
    ] {
      #expect(codes(try open(text)).isEmpty, "\(text)")
    }
  }

  /// Parameters in as many cells as the table has columns.
  @Test(arguments: [
    "Programme;Min Ajliki\nAnnée;2019\n\nRégion;Femmes\nOriental;120\nFès;80\nRabat;75\n",
    "Programme;Min Ajliki\n;\nRégion;Femmes\nOriental;120\nFès;80\nRabat;75\n",
    "Programme;Min Ajliki;phase 2\nAnnée;2019;\n\nRégion;Femmes;Hommes\nOriental;120;4\nFès;80;5\nRabat;75;6\n",
    "Unité;MAD\nBudget;12000\n\n\nPoste;2019\nFormation;120\nAppui;80\nSuivi;75\n".replacingOccurrences(
      of: "2019", with: "Montant"),
  ]) func parametersAbove(text: String) throws {
    let table = try open(text)
    #expect(table.rowCount == 3)
    #expect(table.schema[1].type == .integer)
    #expect(codes(table) == [.skippedLines])
  }

  /// A blank line between rows is none above a table.
  @Test(arguments: [
    "Région;Chef-lieu\nOriental;Oujda\n\nFès;Meknès\nRabat;Salé\n",
    "Région;n\nOriental;12\n\nFès;n/d\nRabat;13\nCasablanca;14\n",
    "Région;n\nOriental;12\nFès;13\nRabat;14\nMarrakech;16\n\nSexe;n\nF;10\nH;11\n",
  ]) func blocksThatAreRows(text: String) throws {
    #expect(try open(text).report.titleLineCount == 0, "\(text)")
  }

  /// Years over years are values, and so are those that stand in no order.
  @Test(arguments: [
    "Projet;Début;;Fin;\nA;2019;2020;2020;2021\nB;2018;2019;2019;2020\n",
    "Ville;Cible;;Réalisé;\nFès;2020;2019;1975;2020\nOujda;850;900;700;950\n",
  ]) func yearsThatAreValues(text: String) throws {
    #expect(try open(text).report.headerRowCount == 1, "\(text)")
  }

  /// What spreadsheets leave behind below a table, whatever its number.
  @Test(arguments: [1, 19, 20, 400]) func emptyRowsAtTheEnd(count: Int) throws {
    for width in 2...4 {
      let delimiters = String(repeating: ";", count: width - 1)
      let names = (0..<width).map { "c\($0)" }.joined(separator: ";")
      let row = (0..<width).map { "\($0)" }.joined(separator: ";")
      let text = names + "\n" + row + "\n" + row + "\n" + String(repeating: delimiters + "\n", count: count)
      let table = try open(text)
      #expect(table.rowCount == 2)
      #expect(codes(table) == [.skippedLines])
      let source = try open(text + "Source : HCP" + delimiters + "\n")
      #expect(source.rowCount == 2)
      #expect(source.report.footnoteLineCount == count + 1)
      #expect(codes(source) == [.skippedLines])
    }
  }

  @Test func emptyRowsInside() throws {
    let table = try open("a;b;c\n1;2;3\n;;\n;;\n4;5;6\n")
    #expect(table.rowCount == 4)
    let note = try #require(table.report.notes.first)
    #expect(note.code == .emptyRows && note.count == 2)
    #expect(note.message.english.contains("(the first on line 3)"))
    #expect(codes(try open("a;b;c\n;2;3\n1;;3\n4;5;\n")).isEmpty)
  }

  /// The block scan says the same as a reading of the whole.
  @Test(arguments: ["\n", "\r\n"]) func emptyRowsOfLargeFiles(lineEnd: String) throws {
    let rows = (0..<300).map { $0 % 90 == 17 ? ";;" : "\($0);x\($0);\($0)" }
    for (end, isTrailing) in [("", false), (";;\n;;\n", true)] {
      let text = (["a;b;c"] + rows).joined(separator: lineEnd) + lineEnd + end
      let options = ReadOptions(workers: 2, scan: ScanSizes(leastFile: 1, sample: 200, block: 256, morselRows: 20))
      let scanned = try ScannedFileTests.withFile(text.utf8) { path in
        let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
        try table.settle()
        return table
      }
      let whole = try open(text)
      #expect(scanned.isWhole == isTrailing)
      #expect(scanned.rowCount == 300 && whole.rowCount == 300)
      #expect(scanned.report.notes.map(\.message.english) == whole.report.notes.map(\.message.english))
      #expect(codes(whole) == (isTrailing ? [.skippedLines, .emptyRows] : [.emptyRows]))
    }
  }

  /// A comma in a title is none between cells, though every row has one in a number.
  @Test(arguments: [
    "Région;Cible;Taux\nFès;802;37,6\nOujda;843;13,8\nRabat;327;66,7\n",
    "Région;Cible;Taux;a;b\nFès;802;37,6;1;2\nOujda;843;13,8;3;4\nRabat;327;66,7;5;6\n",
  ]) func commasInTitles(text: String) throws {
    for title in ["Tableau 3 : résultats, par région\n\n", "Résultats,par région\n"] {
      let table = try open(title + text)
      #expect(table.report.dialect.delimiter == UInt8(ascii: ";"))
      #expect(try column(table, "Taux") == [.real(37.6), .real(13.8), .real(66.7)])
    }
  }

  @Test func semicolonsInCellsOfACommaFile() throws {
    let table = try open("id, tags\na, x;y\nb, x;z\nc, z;x\n")
    #expect(table.report.dialect.delimiter == UInt8(ascii: ","))
  }

  /// One year or period among names is a name beside a plain one, and over texts.
  @Test(arguments: [
    "Région;Effectif;2020\nFès;10;bon\nOujda;15;moyen\n", "Région;Province;2020\nFès-M;Fès;bon\nOr;Oujda;moyen\n",
    "Région;Effectif;2019\nFès;190;2001\nOujda;191;1987\n", "Région;Effectif;T1 2020\nFès;10;bon\nOujda;15;moyen\n",
    // Years that a program made numbers of, and codes.
    "region,2019.0,2020.0\nA,1.0,2.0\nB,3.0,4.0\n", "Région;2 018;2 019\nFès;100;200\nOujda;300;400\n",
    "region,01,02\nFès,3,4\nRabat,5,7\n", "code,nom,001\nA,x,5\nB,y,8\n", "commune,nom,01\n0123,A,3\n0456,B,5\n",
  ]) func oneYearAmongNames(text: String) throws {
    let table = try open(text)
    #expect(table.report.hasHeader, "\(text)")
    #expect(table.rowCount == 2)
  }

  @Test(arguments: [
    "Fès;10;2019\nOujda;15;bon\n", "Fès;actif;2020\nOujda;actif;bon\n", "Fès;190;2019\nOujda;191;1987\n",
    "Fès;2018.0\nOujda;2019.0\nRabat;2020.0\n", "Fès;01\nOujda;02\nRabat;03\n",
  ]) func oneYearAmongValues(text: String) throws {
    #expect(try !open(text).report.hasHeader, "\(text)")
  }

  @Test(arguments: [
    "Population par région;\nRégion;Population\nFès;10\nOujda;20\n",
    "Liste des contacts;\nRégion;Population\nAlami;Fès\nBennis;Oujda\n",
    "Population;\nAnnée 2019;\nRégion;Population\nFès;10\nOujda;20\n",
  ]) func titlesOverTwoColumns(text: String) throws {
    let table = try open(text)
    #expect(table.schema.fields.map(\.label) == ["Région", "Population"])
    #expect(table.rowCount == 2)
    #expect(codes(table) == [.skippedLines])
  }

  @Test(arguments: ["Région;\nFès;10\nOujda;20\n", "Nom;\nAlami;Fès\nBennis;Oujda\n"])
  func namesOverOneOfTwoColumns(text: String) throws {
    #expect(try open(text).report.titleLineCount == 0, "\(text)")
  }

  /// The title that a descriptor knows of is not in the next delivery, or is longer.
  @Test func namesOnAnotherLineThanDeclared() throws {
    let package = try DescriptorReader(path: "datapackage.json", directory: "").package(
      Array(
        #"""
        {"resources": [{"path": "t.csv", "dialect": {"delimiter": ";", "headerRows": [3]},
          "schema": {"fields": [{"name": "Région"}, {"name": "n", "type": "integer"}]}}]}
        """#.utf8))
    func read(_ title: String) throws -> FileTable {
      try open(title + "Région;n\nFès;1\nOujda;2\nRabat;3\n", resource: package.resources[0])
    }
    #expect(codes(try read("Titre\n\n")).isEmpty)
    let bare = try read("")
    #expect(bare.rowCount == 3 && codes(bare) == [.fieldsDiffer])
    let longer = try read("Titre\nSous-titre\n\n\n")
    #expect(longer.rowCount == 3 && codes(longer) == [.fieldsDiffer, .skippedLines])
  }

  @Test func remarksInTwoCellsBelowABlankLine() throws {
    let table = try open("Country,Value\nMorocco,3\nTunisia,4\n\nData Source,World Bank\nLast Updated,2020\n")
    #expect(table.rowCount == 2)
    #expect(table.report.footnoteLineCount == 2)
    #expect(try open("Region,Value\nA,3\n\nChampagne,4\nNoted,5\n").rowCount == 3)
  }

  @Test func manyLinesAboveAndBelow() throws {
    let above = (0..<40).map { "Ligne \($0) de métadonnées\n" }.joined()
    let below = (0..<40).map { "Remarque \($0) sur les données\n" }.joined()
    let table = try open(above + "a;b;c\nx;1;2\ny;3;4\nz;5;6\n" + below)
    #expect(table.schema.fields.map(\.label) == ["a", "b", "c"])
    #expect(table.rowCount == 3)
    #expect(table.report.titleLineCount == 40 && table.report.footnoteLineCount == 40)
    // Names of which some hold a comma are one column.
    let list = (0..<20).map { "nom \($0)\n" }.joined()
    #expect(try open("nom\n" + list + "Alami, Fatima\nBennis, Ali\nTazi, Omar\n" + list).schema.count == 1)
  }

  /// What stands below a blank line in lines of their own, and a list of footnotes as data services write it.
  @Test func remarksBelowABlankLine() throws {
    let table = try open(
      "Région;Nb\nFès;10\nOujda;20\n\n(1) Données provisoires\nDate d'extraction : 12/03/2019\n")
    #expect(table.rowCount == 2)
    #expect(table.report.footnoteLineCount == 2)
    #expect(codes(table) == [.skippedLines])
    let notes = try open(
      "Country,Year,Area,Value,Footnotes\nMA,2014,Urban,20,1\nMA,2014,Rural,13,1\n\nfootnoteSeqID,Footnote\n1,Excluding x.\n"
    )
    #expect(notes.rowCount == 2)
    #expect(try column(notes, "Year") == [.integer(2014), .integer(2014)])
    #expect(
      notes.report.notes.map(\.message.english) == ["skipped in `t.csv`: 2 lines (5–6) below its table"])
  }

  @Test(arguments: [
    "r;a;b;c\nFès;1;2;3\n\nOujda;4;5;6\n", "r;a;b;c\nFès;1;2;3\nX;2\n\nOujda;4\n", "r;a;b\nFès;1;2\nX;3;4\n\nOujda;4\n",
    "r;n\nFès;1\nX;2\n\nBéni Mellal;3\n", "r;n\nFès;1\n\nX;2\nBéni Mellal\n",
  ]) func rowsBelowABlankLine(text: String) throws {
    let table = try open(text)
    #expect(table.rowCount == text.split(separator: "\n").count - 1, "\(text)")
  }

  /// A table below another is left out, said to be there, and read where its names are said to stand.
  @Test(arguments: [("\n", 5), (";;\n", 5), ("\nTableau 2;;\n", 6)])
  func tablesBelowOthers(between: String, header: Int) throws {
    let text = "Région;Cible;Réalisé\nOriental;100;120\nFès;50;40\n\(between)Indicateur;Total\nEmplois;300\nCours;20\n"
    let table = try open(text)
    #expect(labels(table) == ["Région", "Cible", "Réalisé"])
    #expect(try columns(table)[1] == [.integer(100), .integer(50)])
    let note = try #require(table.report.notes.first)
    #expect(
      note.message.english
        == "lines 5–\(header + 2) of `t.csv` hold another table (`Indicateur`, `Total`), which is left out: "
        + "`from … with header = \(header)` reads it")
    var options = ReadOptions()
    options.headerLines = header...header
    let other = try open(text, options: options)
    #expect(labels(other).prefix(2) == ["Indicateur", "Total"])
    #expect(try columns(other)[1] == [.integer(300), .integer(20)])
  }

  /// Rows behind a blank line that are no table of their own stay rows.
  @Test(arguments: [
    "a;b;c\nx;1;2\ny;3;4\n\nz;5;6\nw;7;8\n", "a;b;c\nx;1;2\ny;3;4\n\nz;n/d;n/d\nw;7;8\n",
    "a;b;c\nx;y;z\nu;v;w\n\nd;e;f\ng;h;i\n", "a;b;c\nx;1;2\n\nTotal;1;2\nautre;5;6\n",
  ])
  func blankLinesWithinATable(_ text: String) throws {
    let table = try open(text)
    #expect(table.rowCount == text.split(separator: "\n").count - 1)
    #expect(!codes(table).contains(.skippedLines))
  }
}
