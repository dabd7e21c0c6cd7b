import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// What tables become on their way into text: rows of units, several rows of names, merged cells, ruled lines.
@Suite struct ExportedTableTests {
  @Test func unitsWithoutParentheses() throws {
    let table = try open(
      "Région;Superficie;Population;Dépenses\n;km²;habitants;MAD\nOriental;90127;2314346;1200,5\nFès;40075;4236892;13\n"
    )
    #expect(table.schema.fields.map(\.unit) == [nil, "km²", "habitants", "MAD"])
    #expect(table.rowCount == 2 && codes(table).isEmpty)
    #expect(try open("r,a,b\n,%,nombre\nx,9.5,3\ny,4.2,4\n").schema.fields.map(\.unit) == [nil, "%", "nombre"])
    #expect(try open("r;a\nUnité;MAD\nx;9.5\ny;4.2\n").schema[1].unit == "MAD")
    let named = try open(
      "Country;gross domestic product;total population\nUnit;USD million;persons\nMorocco;119;36\nTunisia;46;12\n")
    #expect(named.schema.fields.map(\.unit) == [nil, "USD million", "persons"])
    #expect(named.rowCount == 2 && named.report.titleLineCount == 0)
    // Over words, beside other words, or under no name they are none.
    for text in ["r;a;b\n;km;autre\nx;1;2\n", "r;a\n;km\nx;y\n", "r;;b\n;km;km\nx;1;2\n", "r;a\nx;n/d\ny;2\n"] {
      #expect(try open(text).report.headerRowCount == 1, "\(text)")
    }
  }

  /// Eurostat puts several keys into the first column.
  @Test func joinedKeys() throws {
    let table = try open(
      "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \nA,PC,FR\t12.3 \t11.1 b\nA,PC,BE\t: \t9.8 \nA,PC,MA\t10.0 p\t: c\n")
    #expect(table.schema.fields.map(\.label) == ["freq", "unit", "geo", "2019", "2020"])
    let values = try columns(table)
    #expect(values[2] == [.text("FR"), .text("BE"), .text("MA")])
    #expect(values[3] == [.real(12.3), .missing, .real(10)] && values[4] == [.real(11.1), .real(9.8), .missing])
    // Lines of other keys, other delimiters and names without a backslash are as they stand.
    for text in [
      "freq,geo\\TIME\t2019\nA,FR\t1\nBE\t2\n", "freq,geo\t2019\nA,FR\t1\nA,BE\t2\n",
      "freq,geo\\\t2019\nA,FR\t1\nA,BE\t2\n", "geo\\TIME\t2019\nFR\t1\nBE\t2\n",
    ] {
      #expect(try open(text).schema.count == 2, "\(text)")
    }
  }

  /// By what stands under the names programs know the columns.
  @Test func tagsUnderNames() throws {
    let tags = try open(
      "Region,People reached,Date,Notes\n#adm1+name,#reached +f,#date,\nOriental,120,2019-03-12,x\nFes,210,2019-03-13,y\n"
    )
    #expect(tags.rowCount == 2 && tags.schema[1].type == .integer && tags.schema[2].type == .date)
    #expect(tags.report.headerEvidence.english.hasSuffix("a row of HXL tags stands under the names"))
    let id = "\"{\"\"ImportId\"\":\"\"%\"\"}\""
    let questions = try open(
      "StartDate,Q1,Q2_1\nStart Date,Quel âge ?,Radio\n"
        + ["s", "QID1", "QID2"].map { id.replacing("%", with: $0) }.joined(separator: ",")
        + "\n2019-03-12 00:00:00,34,1\n2019-03-13 00:00:00,27,\n")
    #expect(questions.schema.fields.map(\.label) == ["StartDate", "Q1", "Q2_1"])
    #expect(try columns(questions)[1] == [.integer(34), .integer(27)])
    // Colours and tags of other kinds are values.
    #expect(try open("nom,couleur\n#1,#00ff00\n#2,#ff0000\n").rowCount == 2)
    #expect(try open("nom,tag\na,#fes\nb,#rabat\n").rowCount == 2)
  }

  /// In another language, or as the program calls them.
  @Test func namesOnceMore() throws {
    let table = try open("Région;Femmes;Hommes\nالجهة;نساء;رجال\nOriental;10;12\nSouss;5;6\n")
    #expect(table.schema.fields.map(\.type) == [.text, .integer, .integer])
    #expect(table.rowCount == 2)
    #expect(
      table.report.notes.map(\.message.english) == [
        "line 2 of `t.csv` names the columns once more (`الجهة`, `نساء`, `رجال`), and is left out; "
          + "`from … with header = 1` keeps it"
      ])
    // What cannot be had in a row, and values that are texts.
    for text in [
      "Région;F;H\nFès;confidentiel;confidentiel\nOriental;10;12\nSouss;5;6\n",
      "Région;F;Chef-lieu\nFès;nd2;Fès\nOriental;10;Oujda\nSouss;5;Agadir\n",
    ] {
      #expect(try open(text).rowCount == 3, "\(text)")
    }
  }

  /// Pivots of Google's sheets by years, and codes for names.
  @Test func numbersForNames() throws {
    let pivot = try open(
      "SUM of montant,année,,\nrégion,2018,2019,Grand Total\nOriental,100,200,300\nFès,50,20,70\nGrand Total,150,220,370\n"
    )
    #expect(pivot.schema.fields.map(\.label) == ["région", "2018", "2019", "Grand Total"])
    #expect(pivot.report.totalLines == [5])
    let codes = try open("année;75001;75002\n2018;5;6\n2019;6;7\n")
    #expect(codes.schema.fields.map(\.label) == ["année", "75001", "75002"])
    #expect(try open("Oujda;75001;75002\nFès;5;6\nRabat;6;7\n").rowCount == 3)
  }

  /// Lists of people begin with what they are of.
  @Test func namesAndValuesAboveAList() throws {
    let list = "N°;Nom;Sexe;Âge;Émargement\n1;Amal;F;24;\n2;Karim;M;31;\n3;Salma;F;28;\n"
    for lines in [
      "LISTE DE PRÉSENCE;;;;\nThème : Gestion;;;Date : 04/03/2019;\nLieu : Oujda;;;Formateur : M. Alaoui;\n",
      "Projet :;Min Ajliki;Date :;04/03/2019;\n", "Projet;Min Ajliki;Date;04/03/2019;\n",
      "Projet :;Min Ajliki;;;\n;;;;\n",
    ] {
      let table = try open(lines + list)
      #expect(table.schema.fields.map(\.label) == ["N°", "Nom", "Sexe", "Âge", "Émargement"], "\(lines)")
      #expect(table.rowCount == 3)
    }
    let pairs = try open("Province;Oujda;Année;2019\nCommune;F;H;Total\nAngad;5;6;11\nIsly;7;8;15\n")
    #expect(pairs.schema.fields.map(\.label) == ["Commune", "F", "H", "Total"])
    // A first row of words among numbers is one all the same.
    #expect(try open("Ville;Nom;Note;2019\nOujda;Amal;bien;5\nFès;Karim;mal;6\n").rowCount == 2)
  }

  /// Remarks with a delimiter in them, and what the signs of a table mean.
  @Test func remarksWithDelimiters() throws {
    let rows = "Région;2017;2018;2019\nOriental;16,2;15,8;15,1\nSouss;12,1;11,9;..\n"
    for remarks in [
      "r : données révisées ; p : provisoire\nSource : Insee.\n", "Note : population active; révisée;;\n",
      ".. : non disponible;;;\n", "r : données révisées ; p : provisoire;;\nChamp : actifs;;;\n",
    ] {
      let table = try open(rows + remarks)
      #expect(table.rowCount == 2 && table.schema[1].type == .real, "\(remarks)")
      #expect(codes(table) == [.skippedLines], "\(remarks)")
      let titled = try open("Taux de chômage\nen %\n" + rows.replacing("Région", with: "") + remarks)
      #expect(titled.rowCount == 2 && titled.schema[1].type == .real, "\(remarks)")
    }
    #expect(try open("Classe;Nom;n\na : petite;x;1\nb : grande;y;2\n").rowCount == 2)
  }

  @Test func namesInThreeRows() throws {
    let text = """
      ;2019;;;;2020;;;
      ;Femmes;;Hommes;;Femmes;;Hommes;
      Région;cible;réalisé;cible;réalisé;cible;réalisé;cible;réalisé
      Oriental;1;2;3;4;5;6;7;8
      Fès;9;10;11;12;13;14;15;16
      """
    for text in [text, text.replacing("2019;;;;2020;;;", with: "2019;2019;2019;2019;2020;2020;2020;2020")] {
      let table = try open(text)
      #expect(
        table.schema.fields.map(\.label).prefix(6) == [
          "Région", "2019 – Femmes – cible", "2019 – Femmes – réalisé", "2019 – Hommes – cible",
          "2019 – Hommes – réalisé", "2020 – Femmes – cible",
        ])
      #expect(table.rowCount == 2)
      #expect(try columns(table)[8] == [.integer(8), .integer(16)])
    }
    // One group over all others is a part of the names beside what names the rows, and where it stands over each.
    let merged = try open(
      "Région;Effectifs;;;\n;Femmes;;Hommes;\n;cible;réalisé;cible;réalisé\nFès;10;5;3;4\nRabat;12;6;5;6\n")
    #expect(
      merged.schema.fields.map(\.label) == [
        "Région", "Effectifs – Femmes – cible", "Effectifs – Femmes – réalisé", "Effectifs – Hommes – cible",
        "Effectifs – Hommes – réalisé",
      ])
    #expect(merged.schema[4].type == .integer)
    let filled = try open(
      ";2019;2019;2019;2019\n;Femmes;;Hommes;\nRégion;cible;réalisé;cible;réalisé\nFès;10;5;3;4\nRabat;12;6;5;6\n")
    #expect(filled.schema.fields.map(\.label).prefix(2) == ["Région", "2019 – Femmes – cible"])
    // What pandas calls the rows stands in a line of its own.
    let pandas = try open(",2019,2019,2020,2020\n,F,H,F,H\nregion,,,,\nOriental,1,2,3,4\nFès,9,10,11,12\n")
    #expect(pandas.schema.fields.map(\.label) == ["region", "2019 – F", "2019 – H", "2020 – F", "2020 – H"])
    #expect(pandas.rowCount == 2)
    // Two rows of names over one of values.
    #expect(try open(";A;A;A;A\n;F;F;H;H\nFès;u;v;u;v\nOujda;u;w;u;v\n").report.headerRowCount < 3)
    #expect(try open(",2018,2018\n,F,H\nFès,1,2\nOujda,3,4\n").report.headerRowCount == 2)
    #expect(try open(";a;;b;\nr;x;y;x;y\nFès;u;v;u;v\nOujda;v;u;v;u\n").report.headerRowCount == 2)
  }

  /// Tables side by side, whose titles stand above them, and parts that are numbered under a group.
  @Test func titlesAndNumbersOverColumns() throws {
    let years = try open(
      "Emplois;;;;Formations;;\nRégion;2018;2019;;Région;2018;2019\nFès;1;2;;Fès;5;6\nRabat;3;4;;Rabat;7;8\n")
    #expect(years.rowCount == 2)
    #expect(years.schema.fields.map(\.label).prefix(3) == ["Emplois – Région", "Emplois – 2018", "Emplois – 2019"])
    #expect(years.schema[6].label == "Formations – 2019" && years.schema[6].type == .integer)
    let words = try open(
      "Emplois;;;;Formations;;\nRégion;Cible;Réel;;Région;Cible;Réel\nFès;1;2;;Fès;5;6\nRabat;3;4;;Rabat;7;8\n")
    #expect(words.schema[5].label == "Formations – Cible" && words.schema[5].type == .integer)
    for text in [
      "Région;Trimestre;;;\n;1;2;3;4\nFès;10;20;30;40\nRabat;11;21;31;41\n",
      "Région;Trimestre;;;\nRégion;1;2;3;4\nFès;10;20;30;40\nRabat;11;21;31;41\n",
    ] {
      let quarters = try open(text)
      #expect(
        quarters.schema.fields.map(\.label) == [
          "Région", "Trimestre – 1", "Trimestre – 2", "Trimestre – 3", "Trimestre – 4",
        ])
      #expect(quarters.rowCount == 2 && quarters.schema[4].type == .integer)
    }
    let keys = try open(
      "Programme;Min Ajliki;Trimestre;T1 2019\nRégion;Province;2018;2019\nOriental;Oujda;10;20\nSouss;Agadir;12;22\n")
    #expect(keys.schema.fields.map(\.label) == ["Région", "Province", "2018", "2019"] && keys.rowCount == 2)
    #expect(codes(keys) == [.skippedLines])
    for names in ["Région;Province;Cible;Réel", "Région;Province;T1 2020;T2 2020"] {
      let rows = try open("\(names)\nOriental;Oujda;2018;2019\nSouss;Agadir;1200;2200\n")
      #expect(rows.rowCount == 2, "\(names)")
    }
    // Values that are 1 and 2, and those of a row that has a name.
    #expect(try open("Région;n;\n;1;2\nFès;10;20\n").report.headerRowCount == 1)
    #expect(try open("Région;Trimestre;;;\nFès;1;2;3;4\nRabat;11;21;31;41\n").report.headerRowCount == 1)
    #expect(try open("Région;Trimestre;;;\n;1;3;3;4\nFès;10;20;30;40\n").report.headerRowCount == 1)
  }

  /// As many lines below a table as it has rows, and accounts of banks, of which each line has a delimiter.
  @Test func tablesAmongLines() throws {
    let report = try open(
      "\"Name\",\"Amount\",\"Date\"\n\"Don A\",\"1200.00\",\"31/03/2019\"\n\"Don B\",\"850.50\",\"12/04/2019\"\n\n"
        + "\"Report of gifts\"\n\"Copyright (c) 2019 example.com, inc. All rights.\"\n\"Confidential\"\n\"By: Sara\"\n\"ONG\"\n"
    )
    #expect(report.schema.fields.map(\.label) == ["Name", "Amount", "Date"])
    #expect(try columns(report)[1].prefix(2) == [.real(1200), .real(850.5)])
    let account = try open(
      """
      Téléchargement du 12/03/2019;

      ASSOCIATION EXEMPLE
      Compte de Dépôt carte n° 12345678901;
      Solde au 12/03/2019 1 234,56 €

      Liste des opérations du compte;

      Date;Libellé;Débit euros;Crédit euros;
      21/03/2019;"PRELEVEMENT
      EDF";45,10;;
      05/03/2019;"VIREMENT
      MME X";;150,00;
      """)
    #expect(account.schema.fields.map(\.label) == ["Date", "Libellé", "Débit euros", "Crédit euros"])
    #expect(try columns(account)[3] == [.missing, .real(150)])
    #expect(codes(account) == [.skippedLines])
  }

  @Test func groupsThatAreNamedOnce() throws {
    let table = try open("Région;Province;n\nOriental;Oujda;10\n;Nador;20\n;Berkane;5\nFès;Fès;15\n;Meknès;25\n")
    #expect(try columns(table)[0] == [.text("Oriental"), .missing, .missing, .text("Fès"), .missing])
    #expect(
      table.report.notes.map(\.message.english) == [
        "column `Région` of `t.csv` names 2 groups once and is blank in 3 rows below them (the first on line 3), as merged "
          + "cells are exported: these stay missing"
      ])
    let nested = try open("r;p;s;n\nA;a;F;1\n;;H;2\n;b;F;3\n;;H;4\nB;a;F;5\n;;H;6\n")
    #expect(codes(nested) == [.mergedCells, .mergedCells])
    #expect(codes(try open("r;p;n\nA;a;1\n;b;2\nB;c;3\n;d;4\nTotal;;10\n")) == [.totalRows, .mergedCells])
    // Values that come again, a first row without a name, and a gap here and there.
    for text in [
      "Titre;Nom;n\nMme;a;1\n;b;2\nM.;c;3\n;d;4\nMme;e;5\n", "r;p;n\n;a;1\nA;b;2\n;c;3\nB;d;4\n;e;5\n",
      "r;p;n\nA;a;1\nB;b;2\nC;c;3\n;d;4\nD;e;5\n",
    ] {
      #expect(codes(try open(text)).isEmpty, "\(text)")
    }
  }

  @Test func tablesWithRules() throws {
    let markdown = "| Région | Cible | Taux |\n|:-------|------:|:----:|\n| Oriental | 10 | 12,5 |\n| Fès |  | 18 |\n"
    let shell =
      " région   | n  | taux\n----------+----+------\n Oriental | 10 | 12.5\n Fès      |    |   18\n(2 rows)\n\n"
    let box =
      "+----------+----+------+\n| région   | n  | taux |\n+----------+----+------+\n| Oriental | 10 | 12.5 |\n"
      + "| Fès      |    | 18   |\n+----------+----+------+\n"
    for text in [markdown, shell, box, markdown.replacing("\n", with: "\r\n")] {
      let table = try open(text)
      #expect(
        try columns(table) == [
          [.text("Oriental"), .text("Fès")], [.integer(10), .missing], [.real(12.5), .real(18)],
        ], "\(text)")
      #expect(codes(table).isEmpty)
    }
    let titled = try open("# Résultats\n\n| r | n |\n|---|---|\n| a | x |\n| b | 5 |\n\nSource : HCP\n")
    #expect(try columns(titled)[1] == [.text("x"), .text("5")])
    #expect(
      titled.report.notes.map(\.message.english)
        == ["skipped in `t.csv`: 2 lines (1–2) above its table, 1 line (8) below its table"])
    // Lists of SAP.
    let line = String(repeating: "-", count: 31)
    let list = try open(
      "\(line)\n|Compte  |Date      |Montant   |\n\(line)\n|60110000|12.03.2019|  1.234,50|\n|60120000|15.03.2019|    "
        + "200,00-|\n\(line)\n")
    #expect(try columns(list)[2] == [.real(1234.5), .real(-200)])
    #expect(codes(list) == [.accountingNegatives])
    // Bars between cells, and dashes that mean missing.
    #expect(try open("r|n\na|5\n").rowCount == 1)
    #expect(try open("r|n\n-|-\na|5\n").rowCount == 2)
    #expect(try open("r;n\n---;---\na;5\n").rowCount == 2)
  }

  /// Banks begin lists of movements with the account, whose day stands elsewhere.
  @Test func theAccountAboveItsMovements() throws {
    let table = try open(
      "Compte de chèques;;04/03/2019;;\"1 234,56\"\n01/03/2019;VIR;VIREMENT RECU;;\"500,00\"\n22/03/2019;CB;CARREFOUR;;\"-23,50\"\n"
    )
    #expect(table.schema.fields.map(\.type) == [.date, .text, .text, .text, .real])
    #expect(table.rowCount == 2)
    #expect(codes(table) == [.skippedLines])
    #expect(table.report.notes[0].message.english.hasPrefix("line 1 of `t.csv`, `Compte de chèques`, has a day"))
    // Nothing but the days of the rows, and a row among which there is no day.
    for text in [
      "x;12/03/2019;1\n01/03/2019;13/03/2019;2\n02/03/2019;14/03/2019;3\n",
      "Solde;;12\n01/03/2019;a;2\n02/03/2019;b;3\n",
    ] {
      #expect(try open(text).rowCount == 3, "\(text)")
    }
  }

  /// `dont` says of a row that it is a part of the one above; totals are sums without it.
  @Test func partsOfOtherRows() throws {
    let table = try open("Commune;F;H\nFès;10;12\n dont Fès-Médina;4;5\nOujda;5;7\nTotal;15;19\n")
    #expect(
      table.report.notes.map(\.message.english) == [
        "line 3 of `t.csv` is by its `Commune` a part of what stands above (`dont …`), which adding up counts twice",
        "line 5 of `t.csv` looks like a total of other rows (`Total`), which adding up counts twice; leave it out with "
          + "`where commune != \"Total\"`",
      ])
    #expect(codes(try open("Nom;n\nDontcho;1\nDonté;2\n")).isEmpty)
  }

  /// The rows of a budget whose numbers say that they hold those under them.
  @Test func totalsOfAnOutline() throws {
    let budget = """
      Poste;Libellé;Budget;Taux
      1;Personnel;1 500;0,5
      1.1;Salaires;1 000;0,6
      1.2;Primes;500;0,4
      2;Équipement;900;0,7
      2.1;Matériel;700;0,8
      2.1.1;Ordinateurs;400;0,8
      2.1.2;Tables;300;0,9
      2.2;Véhicules;200;0,1
      3;Divers;50;1
      TOTAL;;2 450;0,6

      """
    let table = try open(budget)
    #expect(
      table.report.notes.filter { $0.code == .totalRows }.map(\.message.english) == [
        "lines 2, 5, 6 of `t.csv` look like totals of other rows (`1`, `2`, `2.1`), which adding up counts twice; "
          + "leave them out with `where poste not in [\"1\", \"2\", \"2.1\"]`",
        "line 11 of `t.csv` looks like a total of other rows (`TOTAL`), which adding up counts twice; leave it out with "
          + "`where poste != \"TOTAL\"`",
      ])
    #expect(table.report.totalLines == [2, 5, 6, 11])
    // Rounded by thousandths; the same numbers again for another year.
    let years = try open(
      "Année;Code;Dépenses\n2019;A;30,1\n2019;A.1;10\n2019;A.2;20\n2020;A;50\n2020;A.1;25\n2020;A.2;25\n")
    #expect(codes(years) == [.totalRows])
    #expect(years.report.totalLines == [2, 5])
    // Numbers of an outline that are read as numbers.
    let numbers = try open("Titre;n\n1;30\n1.1;10\n1.2;20\n2;9\n")
    #expect(numbers.schema[0].type.isNumber)
    #expect(numbers.report.notes.last?.message.english.hasSuffix("leave it out with `where titre != 1`") == true)
    // No sums, one part alone, versions: nothing is said.
    for text in [
      "Code;n\n1;7\n1.1;3\n1.2;5\n2;9\n2.1;1\n2.2;4\n", "Code;n\n1;7\n1.1;7\n2;9\n2.1;9\n",
      "Version;n\n1.0;3\n1.1;4\n1.2;7\n2.0;4\n",
    ] {
      #expect(try open(text).report.totalLines.isEmpty, "\(text)")
    }
  }
}
