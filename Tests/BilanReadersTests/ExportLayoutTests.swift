import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// How programs and services lay out what they export.
@Suite struct ExportLayoutTests {
  // MARK: Names in several rows

  /// What pandas calls the rows of a pivot table stands below the names of its columns, and a level's name beside them.
  @Test(arguments: [
    (
      ",sum,sum,mean,mean\ny,2019,2020,2019,2020\nr,,,,\nA,1.5,2,1.5,2\nB,3,4,3,4\n",
      ["r", "sum – 2019", "sum – 2020", "mean – 2019", "mean – 2020"]
    ),
    (
      ",sum,sum,mean,mean\ny,2019,All,2019,All\nr,,,,\nA,1.5,2,1.5,2\nB,3,4,3,4\n",
      ["r", "sum – 2019", "sum – All", "mean – 2019", "mean – All"]
    ),
    (",,sum,sum\ny,,2019,All\nr,s,,\nA,F,1.5,2\nA,H,3,4\n", ["r", "s", "sum – 2019", "sum – All"]),
    (",sum,sum\n,v,v\ny,2019,2020\nr,,\nA,1.5,2\nB,3,4\n", ["r", "sum – v – 2019", "sum – v – 2020"]),
  ])
  func pivotTablesOfPandas(text: String, names: [String]) throws {
    let table = try open(text)
    #expect(labels(table) == names)
    #expect(table.rowCount == 2)
    #expect(codes(table).isEmpty)
  }

  @Test(arguments: [
    "Région;Début;Fin\nProjet A;2019;2020\nProjet B;;\nProjet C;2018;2021\n",
    "Région;Cible;Réalisé\nNord;;\nFès;1;2\nSud;;\nSouss;3;4\n",
  ])
  func rowsOfNamesThatAreRows(text: String) throws {
    let table = try open(text)
    #expect(table.report.headerRowCount == 1)
    #expect(table.rowCount == text.split(separator: "\n").count - 1)
  }

  /// A year under each name is a part of it.
  @Test(arguments: ["2018;2020;2020", "(2018);(2020);(2020)"]) func yearsUnderNames(years: String) throws {
    let table = try open(
      "Indicateur;Unité;Base;Cible;Réalisé\n;;\(years)\nEmplois;Nombre;30;200;150\nFormations;Nombre;5;20;15\n")
    #expect(labels(table) == ["Indicateur", "Unité", "Base – 2018", "Cible – 2020", "Réalisé – 2020"])
    #expect(table.rowCount == 2)
  }

  @Test(arguments: [
    "Projet;Début;Fin\n;2018;2020\nA;2019;2021\nB;2019;2022\n", "Projet;Cible;Réalisé\nA;2018;2020\nB;30;20\n",
    "Projet;Cible;Réalisé\n;2018;2020\n3;30;20\n4;31;21\n",
  ])
  func yearsUnderNamesThatAreValues(text: String) throws {
    #expect(try open(text).rowCount == text.split(separator: "\n").count - 1)
  }

  @Test(arguments: [
    "2019\nRégion;Cible;Réalisé\nFès;1;2\nSouss;3;4\n", "2019;;\nRégion;Cible;Réalisé\nFès;1;2\nSouss;3;4\n",
    "2019;\nRégion;Cible\nFès;1\nSouss;3\n", "2019\n\nRégion;Cible\nFès;1\nSouss;3\n",
  ])
  func aYearOverTheTableIsATitle(text: String) throws {
    let table = try open(text)
    #expect(labels(table).prefix(2) == ["Région", "Cible"])
    #expect(table.rowCount == 2)
    #expect(codes(table) == [.skippedLines])
  }

  // MARK: Names that stand again

  @Test func namesThatStandAgainAreLeftOut() throws {
    let table = try open(
      "Région;Année;Valeur\nOriental;2019;10\nFès;2019;20\nRégion;Année;Valeur\nSouss;2020;30\n"
        + "\"Région\"; Année;Valeur\nRabat;2020;40\n")
    #expect(try columns(table)[2] == [10, 20, 30, 40].map { .integer($0) })
    #expect(table.rowCount == 4)
    #expect(
      table.report.notes.map(\.message.english) == [
        "lines 4, 6 of `t.csv` repeat the names of the columns, and are left out"
      ])
    #expect(
      table.report.notes.map(\.message.french) == [
        "lignes 4, 6 de `t.csv` répètent les noms des colonnes, et sont écartées"
      ])
    let single = try open("a;n\nx;1\na;n;\ny;2\nz;3\n")
    #expect(
      single.report.notes.map(\.message.french) == ["ligne 3 de `t.csv` répète les noms des colonnes, et est écartée"])
    #expect(single.report.longRowCount == 0)
    // So are names in two rows.
    let band = try open(";F;;H;\nR;c;r;c;r\nFès;1;2;3;4\n;F;;H;\nR;c;r;c;r\nRabat;5;6;7;8\n")
    #expect(try columns(band)[1] == [.integer(1), .integer(5)])
    // Lines behind them keep their numbers.
    let late = try open("a;n\n" + (1...30).map { "x;\($0)\n" }.joined() + "a;n\nx;soon\n")
    #expect(late.report.notes.last?.message.english.contains("`soon` (line 33)") == true)
  }

  @Test(arguments: [
    "a;b\nx;1\na;2\n", "a;b\nx;y\nz;w\nx;y\n", "a;b;c\nx;1;2\na;;c\n", "n\n5\nn\n", "Fès;3\nRabat;4\nFès;3\n",
  ]) func rowsThatAreNoNames(text: String) throws {
    let table = try open(text)
    #expect(table.rowCount == text.split(separator: "\n").count - (table.report.hasHeader ? 1 : 0), "\(text)")
    #expect(!codes(table).contains(.skippedLines))
  }

  /// In a large file they are met on the way.
  @Test func namesStandAgainInLargeFiles() throws {
    var options = ReadOptions()
    options.scan.leastFile = 1
    options.scan.sample = 1 << 10
    let text =
      "nom;n\n" + (0..<400).map { "a\($0);\($0)\n" }.joined() + "nom;n\n" + (0..<9).map { "b\($0);\($0)\n" }.joined()
    for place in 0...1 {
      let read = try ScannedFileTests.withFile(text.utf8) { path in
        let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
        while !(try table.settle([place])) {}
        return (table.schema, table.rowCount, codes(table))
      }
      #expect(read.0.fields.map(\.type) == [.text, .integer])
      #expect(read.1 == 409)
      #expect(read.2 == [.skippedLines])
    }
  }

  /// A column that has its name for a value does not make the file be read whole.
  @Test func valuesThatAreNamesOfLargeFiles() throws {
    var options = ReadOptions()
    options.scan.leastFile = 1
    options.scan.sample = 1 << 10
    let text = "type;nom;n\n" + (0..<400).map { "a\($0 % 7);b\($0);\($0)\n" }.joined() + "type;nom;9\ntype;x;8\n"
    for places in [[0], [0, 1], [2], [0, 1, 2]] {
      try ScannedFileTests.withFile(text.utf8) { path in
        let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
        while !(try table.settle(places)) {}
        #expect(!table.isWhole, "\(places)")
        #expect(table.rowCount == 402)
        #expect(codes(table).isEmpty)
      }
    }
  }

  // MARK: Rows under names

  @Test func unitsUnderNamesAreThoseOfTheColumns() throws {
    let table = try open("Région;Population;Dépenses;Part\n;(persons);(DH);[%]\nOriental;10;20;5\nFès;1;2;6\n")
    #expect(labels(table) == ["Région", "Population", "Dépenses", "Part"])
    #expect(table.schema.fields.map(\.unit) == [nil, "persons", "MAD", "%"])
    #expect(try columns(table)[2] == [.integer(20), .integer(2)])
    #expect(table.report.headerEvidence.english.hasSuffix("; a row of units stands under the names"))
    #expect(codes(table).isEmpty)
    let bare = try open("Région;Dépenses;Aide\n;EUR;DH\nOriental;10;20\n")
    #expect(bare.schema.fields.map(\.unit) == [nil, "EUR", "MAD"])
    let worded = try open(
      "r;a;b;c;d\n;(milliers de DH);(USD million);(pour 1 000 hab.);(m²)\nx;1;2;3;4\ny;5;6;7;8\n")
    #expect(worded.schema.fields.map(\.unit) == [nil, "milliers de DH", "USD million", "pour 1 000 hab.", "m²"])
    // Amounts say themselves what they are in.
    #expect(try open("r;d\n;(DH)\na;10 €\nb;20 €\n").schema[1].unit == "EUR")
  }

  @Test(arguments: [
    "r;n;m\n;(1);(2)\na;10;20\n", "r;n;m\n;(a);(b)\na;10;20\n", "r;n;m\n;prévu;DH\na;10;20\n",
    "r;n\n;(150)\na;10\n",
    "r;n\n;(persons)\na;b\n", "r;n\nx;(persons)\na;10\n", "r;n;m\n;(estimation);(provisoire)\na;10;20\n",
    "r;n;m\n;(voir note);(sources)\na;10;20\n",
  ]) func rowsThatHoldNoUnits(text: String) throws {
    #expect(try open(text).rowCount == 2, "\(text)")
  }

  /// What tells columns of one group apart.
  @Test(arguments: [("(hommes)", "(femmes)"), ("(DH)", "(EUR)")])
  func wordsInParenthesesUnderOneNameAreNames(first: String, second: String) throws {
    let table = try open("Région;Valeur;Valeur\n;\(first);\(second)\nOriental;10;20\nFès;1;2\n")
    #expect(labels(table) == ["Région", "Valeur – \(first)", "Valeur – \(second)"])
    #expect(table.schema.fields.allSatisfy { $0.unit == nil })
    #expect(table.rowCount == 2)
  }

  /// As Insee exports series.
  @Test func rowsAboutSeriesAreNone() throws {
    let table = try open(
      "\"Libellé\";\"Indice des prix\";\"Codes\"\n\"idBank\";\"001759970\";\"\"\n"
        + "\"Dernière mise à jour\";\"15/01/2020 08:45\";\"\"\n\"Période\";\"\";\"\"\n"
        + "\"2019-12\";\"104.39\";\"A\"\n\"2019-11\";\"103.98\";\"A\"\n")
    #expect(labels(table) == ["Période", "Indice des prix", "Codes"])
    #expect(table.schema.fields.map(\.type) == [.period, .real, .text])
    #expect(table.rowCount == 2)
    #expect(table.report.headerEvidence.english.contains("3 rows under the names"))
    // A region over its years, or a total above them, is a row.
    #expect(try open("Année;n;m\nOriental;;\n2018;1;2\n2019;3;4\n2020;5;6\n").rowCount == 4)
    #expect(try open("Année;n;m\nTotal;9;12\nMoyenne;3;4\n2018;1;2\n2019;3;4\n2020;5;6\n").rowCount == 5)
  }

  /// The same with a series in each row.
  @Test func rowsOfCodesAreLeftOut() throws {
    let table = try open(
      "Libellé;idBank;2019-11;2019-12\nIndice A;0017;104.1;104.3\nCodes;;A;P\nIndice B;0018;99.5;\nCodes;;A;\n")
    #expect(table.rowCount == 2)
    #expect(table.schema.fields.map(\.type) == [.text, .text, .real, .real])
    #expect(
      table.report.notes.map(\.message.english) == [
        "lines 3, 5 of `t.csv` say of what kind the values above are (`Codes`), and are left out"
      ])
    #expect(
      table.report.notes.map(\.message.french) == [
        "lignes 3, 5 de `t.csv` donnent la nature des valeurs au-dessus (`Codes`), et sont écartées"
      ])
    #expect(try open("nom;a;b\nCodes;A;B\nx;C;D\nCodes;E;F\n").rowCount == 3)
  }

  /// A file of which only the beginning was looked at is read whole where some of it is left out.
  @Test func rowsOfCodesAreLeftOutOfLargeFiles() throws {
    var options = ReadOptions()
    options.scan.leastFile = 1
    options.scan.sample = 1 << 10
    let text =
      "Libellé;idBank;2019-11;2019-12\nIndice A;0017;104.1;104.3\nCodes;;A;P\n"
      + (0..<400).map { "Indice \($0);1\($0);\($0).5;\($0).1\n" }.joined()
    let read = try ScannedFileTests.withFile(text.utf8) { path in
      let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
      try table.settle()
      return (table.schema, table.rowCount, codes(table))
    }
    #expect(read.0.fields.map(\.type) == [.text, .text, .real, .real])
    #expect(read.1 == 401)
    #expect(read.2 == [.skippedLines])
  }

  // MARK: Surveys

  @Test func questionsAndAnswersAreNames() throws {
    let table = try open(
      "Respondent ID,Collector ID,How old are you?,Which do you use?,,,Comments\n"
        + ",,Open-Ended Response,Phone,Radio,Other (please specify),Open-Ended Response\n"
        + "1001,77,34,Phone,,a newspaper,ok\n1002,77,28,,Radio,,\n")
    #expect(
      labels(table) == [
        "Respondent ID", "Collector ID", "How old are you?", "Which do you use? – Phone", "Which do you use? – Radio",
        "Which do you use? – Other (please specify)", "Comments",
      ])
    #expect(try columns(table)[2] == [.integer(34), .integer(28)])
    // Without such words columns of choices show it: they hold what stands over them.
    let choices = try open("id;Moyens;;Autre\n;Radio;Télé;\n1;Radio;;x\n2;;Télé;y\n3;Radio;Télé;\n")
    #expect(labels(choices) == ["id", "Moyens – Radio", "Moyens – Télé", "Autre"])
    #expect(choices.rowCount == 3)
  }

  @Test(arguments: [
    "id;a;b\n;Radio;Télé\n1;Radio;Presse\n2;Télé;Radio\n", "id;a;b;c\n;x;;z\n1;x;y;z\n2;y;x;w\n",
    "id;note;b\nA1;Response;x\nA2;Silence;y\n",
  ]) func rowsThatAreNoAnswers(text: String) throws {
    let table = try open(text)
    #expect(table.rowCount == text.split(separator: "\n").count - 1, "\(text)")
  }

  // MARK: Numbers of columns

  @Test(arguments: [
    "Code;Région;Cible;Réalisé\n1;2;3;4\n01;Fès;10;9\n02;Oujda;20;18\n",
    "Code;Région;Cible;Réalisé\n(1);(2);(3);(4)=(3)/(2)\n01;Fès;10;9\n02;Oujda;20;18\n",
    "Code;Région;Cible;Réalisé\n;[1];[2];[3]\n01;Fès;10;9\n02;Oujda;20;18\n",
  ]) func rowsThatCountTheColumns(text: String) throws {
    let table = try open(text)
    #expect(table.rowCount == 2)
    #expect(try column(table, "Cible") == [.integer(10), .integer(20)])
    #expect(
      table.report.notes.map(\.message.english) == ["line 2 of `t.csv` counts the columns, and is left out"])
  }

  @Test(arguments: [
    "a;b;c\n1;2;3\n4;5;6\n", "Région;b;c\n1;2;3\n1er;5;6\n", "Région;b\n1;2\nFès;3\n", "Région;b;c\n1;2;4\nFès;5;6\n",
    "Région;b;c\n;1;3\nFès;5;6\n", "r;b;c\n(1);(5);(3)\nFès;(9);2\n", "a;b;c\n1;2;3\n4;5;ʤ\n",
  ]) func rowsThatCountNothing(text: String) throws {
    #expect(try open(text).rowCount == 2, "\(text)")
  }

  // MARK: Pivot tables

  @Test func labelsOfPivotTablesAreNoNames() throws {
    let table = try open(
      "Somme de Montant;Étiquettes de colonnes;;;\nÉtiquettes de lignes;2018;2019;2020;Total général\n"
        + "Oriental;10;20;30;60\nFès;1;2;3;6\nTotal général;11;22;33;66\n")
    #expect(labels(table) == ["Étiquettes de lignes", "2018", "2019", "2020", "Total général"])
    #expect(table.report.totalLines == [5])
    #expect(table.schema.fields.dropFirst().allSatisfy { $0.type == .integer })
    let english = try open(
      "Sum of n,Column Labels,,,\n,2018,,2019,\nRow Labels,F,H,F,H\nFès,1,2,3,4\nRabat,4,5,6,7\n")
    #expect(labels(english).prefix(3) == ["Row Labels", "2018 – F", "2018 – H"])
  }

  // MARK: Titles as wide as the table

  @Test(arguments: ["Population;par région;2019", "Population;par région;", "Population;Population;Population"])
  func titlesOfSeveralCells(title: String) throws {
    let table = try open("\(title)\nRégion;Hommes;Femmes\nOriental;10;20\nFès;1;2\n")
    #expect(labels(table) == ["Région", "Hommes", "Femmes"])
    #expect(table.report.titleLineCount == 1)
    #expect(codes(table) == [.skippedLines])
  }

  @Test(arguments: [
    "r;n;m\nOriental;voir note;voir note\nFès;1;2\nRabat;3;4\n",
    "Région;nombre total;part\nA;B;C\nFès;1;2\nRabat;3;x\n",
    "Région;nombre total;part de F\nensemble;n/d;n/d\nFès;1;2\nRabat;3;4\n",
  ]) func namesAboveTextsStayNames(text: String) throws {
    #expect(try open(text).report.titleLineCount == 0, "\(text)")
    #expect(try open(text).rowCount == 3, "\(text)")
  }

  // MARK: Formulas of texts

  @Test(arguments: ["Code;Nom\n=\"001\";A\n=\"02\";B\n", "Code;Nom\n\"=\"\"001\"\"\";A\n\"=\"\"02\"\"\";B\n"])
  func formulasOfTextsAreTheTexts(text: String) throws {
    let table = try open(text)
    #expect(try columns(table)[0] == [.text("001"), .text("02")])
    #expect(
      table.report.notes.map(\.message.english) == [
        "2 cells of `t.csv` are written as formulas of a text, `=\"001\"` (the first on line 2): they are read as the texts"
      ])
  }

  /// Behind what is first looked at of a large file as well.
  @Test(arguments: ["=\"001\";x\n", "\"=\"\"001\"\"\";x\n"]) func formulasOfTextsInLargeFiles(line: String) throws {
    var options = ReadOptions()
    options.scan.leastFile = 1
    options.scan.sample = 1 << 10
    let text = "code;nom\n" + (0..<400).map { "0\($0);b\($0)\n" }.joined() + line
    let (values, notes) = try ScannedFileTests.withFile(text.utf8) { path in
      let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
      try table.settle()
      return (try columns(table)[0], codes(table))
    }
    #expect(values.last == .text("001"))
    #expect(try notes == codes(open(text)))
  }

  /// What stands between cells elsewhere ends none here.
  @Test(arguments: [
    ("t;n\na,=\"b\";1\nc;2\nd;3\n", "a,=\"b\""), ("t;n\n=\"b\",a;1\nc;2\nd;3\n", "=\"b\",a"),
    ("t\tn\n=\"b\";1\t2\nc\t3\n", "=\"b\";1"),
  ]) func formulasInsideCellsStay(text: String, cell: String) throws {
    #expect(try columns(open(text))[0].first == .text(cell))
  }

  @Test(arguments: ["a;b\n=\"x\"&\"y\";1\n", "a;b\nx=\"y\";1\n", "a;b\n\"=\"\"x\";1\n", "a;b\n=\"\";1\n"])
  func otherFormulasStayTexts(text: String) throws {
    #expect(try columns(open(text))[0].first.map { "\($0)".contains("=") } == true, "\(text)")
  }
}
