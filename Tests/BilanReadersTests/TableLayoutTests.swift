import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// What stands around tables and in them beside the data: titles, two rows of names, totals, footnotes.
@Suite struct TableLayoutTests {
  private static let totals = """
    Région;Province;cible;réalisé
    Fès-Meknès;Fès;10;12
    Fès-Meknès;Meknès;20;18
    TOTAL Fès-Meknès;;30;30
    Oriental;Oujda;5;7
    Oriental;Nador;6;3
    TOTAL Oriental;;11;10
    Total général;;41;40

    Source : HCP, 2020
    Note : chiffres provisoires
    """

  /// What pandas writes of columns with two names each: that of the rows has none.
  @Test func namesInTwoRowsBesideNone() throws {
    for text in [",2018,2018\n,F,H\nFès,1,2\nOujda,3,4\n", ",2018,\n,F,H\nFès,1,2\nOujda,3,4\n"] {
      let table = try open(text)
      #expect(table.schema.fields.dropFirst().map(\.label) == ["2018 – F", "2018 – H"], "\(text)")
      #expect(table.rowCount == 2)
    }
    // Rows of texts without a name.
    #expect(try open(",a,a\n,F,H\nFès,x,y\nOujda,y,x\n").report.headerRowCount == 1)
  }

  /// What every row is called is no label of a total.
  @Test func totalsWhereEveryRowIsOfBothSexes() throws {
    let table = try open(
      "Area;Sex;Value;Source Year\nTotal;Both Sexes;33;2016\nUrban;Both Sexes;20;2016\nRural;Both Sexes;13;2016\n")
    #expect(table.report.totalLines == [2])
    #expect(
      table.report.notes.first?.message.english.contains("looks like a total of other rows") == true)
    #expect(try open("Sexe;n\nEnsemble;5\nEnsemble;7\n").report.notes.isEmpty)
    // Nor is anything in a column that is empty.
    #expect(try open("Sexe;n;m\nTotal;5;\nF;5;\n").report.totalLines == [2])
  }

  @Test func totalsAreSaid() throws {
    let table = try open(Self.totals)
    #expect(table.rowCount == 7)
    #expect(table.report.totalLines == [4, 7, 8])
    let arabic = try open("الجهة;الهدف;السنة\nالشرق;120;2019\nفاس;200;2019\nالمجموع;320;2019\n")
    #expect(arabic.report.totalLines == [4])
    #expect(codes(arabic) == [.totalRows])
    let note = try #require(table.report.notes.first { $0.code == .totalRows })
    #expect(note.count == 3)
    #expect(note.message.english.contains("lines 4, 7, 8"))
    #expect(
      note.message.english.contains(
        "`where region not in [\"TOTAL Fès-Meknès\", \"TOTAL Oriental\", \"Total général\"]`"))
    let skipped = try #require(table.report.notes.first { $0.code == .skippedLines })
    #expect(skipped.message.english == "skipped in `t.csv`: 2 lines (10–11) below its table")
  }

  @Test(arguments: [
    "region;n\nFès;3\nRabat;4\nTotal;7\n", "region;n\nEnsemble;7\nFès;3\nRabat;4\n",
    "region;n\nFès;3,5\nRabat;4,5\nGrand total;8\n", "a;b;n\nx;y;3\nx;Sous-total;3\nz;y;4\nz;Sous-total;4\n",
    "sexe;n\nFemmes;10\nHommes;20\nTotal;30\nFemmes;5\nHommes;6\nTotal;11\n",
    "année;n\n2018;3\n2019;4\nTotal;7\n", "region;n;taux\nFès;3;10 %\nRabat;4;20 %\nTotal;7;15 %\n",
    "region;n\nFès;1002\nRabat;2001\nOujda;999\nTotal;4003\n", "region;n\nFès;10\nRabat;20\nCumul;30\n",
    "region;n\nFès;10\nRabat;20\nS/T;30\nOujda;4\n", "sexe;n\nF;10\nH;20\nTous;30\nF;5\nH;6\nTous;11\n",
    "sexe;n\nF;10\nH;20\nF+H;30\n", "sexe;n\nHommes;10\nFemmes;20\nFemmes et hommes;30\n",
    "sexe;n\nF;10\nH;20\nLes deux;30\n", "region;n\nFès;10\nRabat;20\nNational;30\n",
    // Above its parts, and away from them.
    "region;n\nNational;37\nFès;10\nRabat;27\n", "a;b;n\nx;Total;7\nx;y;3\nx;z;4\nw;Total;11\nw;y;5\nw;z;6\n",
    "année;region;sexe;n\n2019;Fès;F;3\n2019;Rabat;F;5\n2019;Fès;H;4\n2019;Rabat;H;9\n2019;Fès;Tous;7\n2019;Rabat;Tous;14\n",
  ]) func totalsOfManyKinds(text: String) throws {
    #expect(codes(try open(text)).contains(.totalRows), "\(text)")
  }

  @Test(arguments: [
    "firm;n\nTotal Energies;7\nAfriquia;3\nShell;4\nPetrom;9\n", "region;n\nFès;3\nRabat;4\n",
    "indicator;n\nTotal population;12\nbirths;1\ndeaths;2\n", "region;note\nFès;a\nTotal;b\n",
    "niveau;n\nRégional;12\nNational;12\n", "bank;n\nNational Bank;7\nAll Savings;8\nBoth;9\n",
    "sexe;n\nF;10\nH;20\nTous;31\n",
    "niveau;n\nlocal;10\nlocal;20\nnational;30\nnational;7\nnational;8\n", "lot;n\nF-16;3\nM-H;4\nF+F;7\n",
    "commune;n\nSOMMERON;5\nAIX;2\nBREST;3\n", "indicator;n\nbirths;1\ndeaths;2\n\"Population, total\";12\n",
  ]) func namesThatAreNoTotals(text: String) throws {
    #expect(!codes(try open(text)).contains(.totalRows), "\(text)")
  }

  /// Rows that lack a word the others have, and whose numbers are sums of those.
  @Test func subtotalsWithoutAWord() throws {
    let table = try open(
      "region;province;n;taux\nOriental;;300;0,5\nOriental;Oujda;200;0,4\nOriental;Nador;100;0,6\nFès;Fès;80;0,7\n"
        + "Fès;Meknès;70;0,8\nFès;;150;0,75\n;;450;0,6\n".replacingOccurrences(of: ";0,", with: ";"))
    // Beside rates, of which none is a sum, those next to their parts alone.
    #expect(table.report.totalLines == [7, 8])
    let plain = try open(
      "region;province;n\nOriental;;300\nOriental;Oujda;200\nOriental;Nador;100\nFès;Fès;80\nFès;Meknès;70\nFès;;150\n"
        + ";;450\n")
    #expect(plain.report.totalLines == [2, 7, 8])
    #expect(
      plain.report.notes.first { $0.code == .totalRows }?.message.english
        == "lines 2, 7, 8 of `t.csv` have no `province`, and their numbers are the sums of rows that do: they look like "
        + "subtotals, which adding up counts twice; leave them out with `where province is not missing`")
    // One that is no sum: the province is not known.
    #expect(
      !codes(try open("region;province;n\nO;;300\nO;A;200\nO;B;100\nF;;5\nF;C;80\nF;D;70\n")).contains(.totalRows))
  }

  /// A row whose label says nothing else is a total, whatever its numbers.
  @Test func totalsThatAreNoSums() throws {
    let table = try open("region;n\nFès;10\nTOTAL;31\nRabat;20\n")
    #expect(table.report.totalLines == [3])
    let note = try #require(table.report.notes.first { $0.code == .totalRows })
    #expect(
      note.message.english
        == "line 3 of `t.csv` is called a total (`TOTAL`), but is not the sum of all others; leave it out with `where region != "
        + "\"TOTAL\"`")
    // Added up below the table, without a word.
    for text in [
      "region;n\nFès;10\nRabat;6\n;16\n", "n°;region;n;part\n1;Fès;10;62,5 %\n2;Rabat;6;37,5 %\n;;16;100 %\n",
    ] {
      let notes = try open(text).report.notes.filter { $0.code == .totalRows }
      #expect(notes.count == 1 && notes[0].message.english.contains("`where region is not missing`"), "\(text)")
    }
    for text in [
      "region;n\nFès;10\nRabat;6\n;17\n", "region;n\nFès;10\nRabat;6\nOujda;16\n", "a;b\n10;1\n6;2\n16;3\n",
      "region;n;m\nFès;10;1\nRabat;6;2\n;16;4\n", "region;n\nFès;10\n;10\n",
    ] {
      #expect(!codes(try open(text)).contains(.totalRows), "\(text)")
    }
    #expect(codes(try open("region;taux\nFès;10 %\nRabat;20 %\nTotal;15 %\n")).contains(.totalRows))
  }

  /// What leaves a total out leaves nothing else out.
  @Test func theConditionOfATotalKeepsOtherRows() throws {
    let rows = (0..<100).map { "\($0);10\n" }.joined()
    let note = try #require(
      try open("age;n\n" + rows + "100 ou plus;5\nTotal;1005\n").report.notes.first { $0.code == .totalRows })
    #expect(!note.message.english.contains("leave it out"))
    let alone = try #require(try open("age;n\n" + rows + "Total;1000\n").report.notes.first { $0.code == .totalRows })
    #expect(alone.message.english.hasSuffix("`where age is not missing`"))
  }

  @Test(arguments: [
    ";;\na;b;c\n1;2;3\n", "# comment, 2\na,b,c\n1,2,3\n", "Année :;2019;\na;b;c\n1;2;3\n",
    "Data Source,World Development Indicators,\n\nLast Updated Date,2020-12-16,\n\na,b,c,2018,2019,\nx,y,z,1,2,\nu,v,w,3,4,\n",
    "Ministère de l'Emploi, de la Formation\na,b,c,d\nx,y,z,1\nu,v,w,2\n", "Titre;;\n\n;;\na;b;c\n1;2;3\n",
  ]) func linesAboveTheNames(text: String) throws {
    let table = try open(text)
    #expect(table.schema.fields.map(\.label).starts(with: ["a", "b", "c"]), "\(text)")
    #expect(codes(table) == [.skippedLines], "\(text)")
    let last = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.hasPrefix("a") }
    #expect(table.report.titleLineCount == last, "\(text)")
  }

  @Test(arguments: ["#;nom;n\n1;x;2\n2;y;3\n", "a,b\nx,1,2\ny,3,4\n", "#id,b\n1,2\n3,4\n"])
  func namesThatAreNoTitles(text: String) throws {
    #expect(try open(text).report.titleLineCount == 0, "\(text)")
  }

  @Test func groupsThatAreRepeatedAboveTheNames() throws {
    let table = try open(
      ";Femmes;Femmes;Hommes;Hommes\nRégion;cible;réalisé;cible;réalisé\nFès;10;12;11;9\nRabat;8;3;7;7\n")
    #expect(
      table.schema.fields.map(\.label) == [
        "Région", "Femmes – cible", "Femmes – réalisé", "Hommes – cible", "Hommes – réalisé",
      ])
    #expect(table.rowCount == 2)
  }

  @Test func groupsAboveTheNames() throws {
    let table = try open(
      "Résultats;;;;\n31 décembre 2019\n\n;Femmes;;Hommes;\nRégion;cible;réalisé;cible;réalisé\nFès;10;12;11;9\nRabat;8;3;7;7\n"
    )
    #expect(
      table.schema.fields.map(\.label) == [
        "Région", "Femmes – cible", "Femmes – réalisé", "Hommes – cible", "Hommes – réalisé",
      ])
    #expect(table.rowCount == 2)
    #expect(table.report.headerRowCount == 2)
    #expect(table.report.titleLineCount == 3)
    #expect(try column(table, "Hommes – réalisé") == [.integer(9), .integer(7)])
    let years = try open(
      "Indicateur;2019;;2020;;Note\n;cible;réalisé;cible;réalisé;\nemplois;1;2;3;4;x\nfirmes;5;6;7;8;y\n")
    #expect(
      years.schema.fields.map(\.label) == [
        "Indicateur", "2019 – cible", "2019 – réalisé", "2020 – cible", "2020 – réalisé", "Note",
      ])
    // What follows the last group, which would be wider than the others, is no part of it.
    let after = try open(";2019;;2020;;\nI;a;b;a;b;c\nx;1;2;3;4;5\ny;1;2;3;4;6\n")
    #expect(after.schema.fields.last?.label == "c")
  }

  @Test(arguments: [
    "a;;c\nx;y;z\nu;v;w\n", "region;target;\nFès;10;12\nRabat;8;3\n", "a;b;c\nx;y;z\n1;2;3\n",
    "name;2019;2020\nx;1;2\ny;3;4\n", ";x;y\na;1;2\nb;3;4\n",
  ]) func oneRowOfNames(text: String) throws {
    #expect(try open(text).report.headerRowCount == 1, "\(text)")
  }

  @Test func theLineOfTheHeaderCanBeSaid() throws {
    let text = "Titre\nAutre;titre;long\n;F;;H;\nR;a;b;a;b\nx;1;2;3;4\n"
    var options = ReadOptions()
    options.headerLines = 4...4
    let one = try open(text, options: options)
    #expect(one.schema.fields.map(\.label) == ["R", "a", "b", "a_2", "b_2"])
    #expect(one.rowCount == 1)
    #expect(!codes(one).contains(.skippedLines))
    options.headerLines = 3...4
    #expect(try open(text, options: options).schema.fields.map(\.label) == ["R", "F – a", "F – b", "H – a", "H – b"])
    options.headerLines = 5...5
    #expect(try open(text, options: options).rowCount == 0)
    options.headerLines = 6...6
    #expect(refusal(Array(text.utf8), options: options) == .noHeaderLine)
    options.headerLines = 2...9
    #expect(try open(text, options: options).rowCount == 0)
  }

  @Test func sourcesUnderNarrowTables() throws {
    let table = try open("region;n\nFès;3\nRabat;4\nSource : HCP 2020\n")
    #expect(table.rowCount == 2)
    #expect(codes(table) == [.skippedLines])
    // A row cut short is a row.
    #expect(try open("region;n\nFès;3\nBéni Mellal\n").rowCount == 2)
  }

  /// The delimiter may be part of the sentence.
  @Test(arguments: [
    "region,n,x\nFès,3,a\nRabat,4,b\nSource : HCP, 2019\n", "region,n\nFès,3\nRabat,4\n\"Note: a, provisional\",\n",
    "region,n,x\nFès,3,a\nRabat,4,b\n\nGénéré par X, le 3 mars\n",
    "region;n\nFès;3\nRabat;4\n\nExporté le 12/05/2020\n",
  ]) func sourcesWithDelimiters(text: String) throws {
    let table = try open(text)
    #expect(table.rowCount == 2, "\(text)")
    #expect(codes(table) == [.skippedLines], "\(text)")
  }

  /// A spreadsheet writes as many cells on every line.
  @Test func sourcesFilledUpWithEmptyCells() throws {
    let table = try open("region;n;x\nFès;3;a\nRabat;4;b\n* provisoire;;\nSource : HCP;;\n")
    #expect(table.rowCount == 2)
    #expect(codes(table) == [.skippedLines])
    // What only begins like a remark is a row.
    #expect(try open("region;n;x\nFès;3;a\nSources chaudes;;\n").rowCount == 2)
  }

  /// The lines of rows under titles that a workbook has.
  @Test func linesOfTotalsInCells() throws {
    var text = CellText()
    for (line, cells) in [
      (1, ["Titre"]), (4, ["Région", "n", "x"]), (5, ["Fès", "3", "a"]), (9, ["Total", "3", ""]),
    ] {
      for cell in cells { text.append(cell) }
      text.endRow(line: line)
    }
    let table = try text.open(
      name: "b.xlsx", format: "xlsx", byteCount: 1, hasHeader: nil, options: ReadOptions(), resource: nil)
    #expect(table.report.totalLines == [9])
  }
}
