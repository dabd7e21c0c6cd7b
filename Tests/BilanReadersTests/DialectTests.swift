import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

@Suite struct DialectTests {
  /// As databases and scripts write them.
  @Test func apostrophesAroundEveryCell() throws {
    let table = try open(
      "'nom';'montant';'date'\n'L''atelier; Fès';'1 200,5';'12/03/2019'\n'Brahim';'7';'13/03/2019'\n")
    #expect(table.schema.fields.map(\.label) == ["nom", "montant", "date"])
    #expect(try columns(table)[0] == [.text("L'atelier; Fès"), .text("Brahim")])
    #expect(try columns(table)[1] == [.real(1200.5), .real(7)])
    #expect(codes(table) == [.strayQuote])
    for text in ["'nom';n\n'a';1\n", "'nom'\n'a'\n", "'n','m'\n'a',b\n", "'00001';'2'\n"] {
      #expect(!codes(try open(text)).contains(.strayQuote), "\(text)")
    }
  }

  @Test(arguments: [",", ";", "\t", "|"]) func delimiters(delimiter: String) throws {
    let rows = [["name", "note", "n"], ["Ada", "x", "1"], ["Bo", "y", "2"]]
    let table = try open(rows.map { $0.joined(separator: delimiter) }.joined(separator: "\n"))
    #expect(table.report.dialect.delimiter == delimiter.utf8.first!)
    #expect(table.rowCount == 2)
    #expect(table.schema.fields.map(\.label) == rows[0])
  }

  @Test func decimalCommasDoNotSeparate() throws {
    let table = try open("a;b\n1,5;2,5\n3,5;4,5\n")
    #expect(try columns(table) == [[.real(1.5), .real(3.5)], [.real(2.5), .real(4.5)]])
    let headless = try open("1,5;2,5\n3,5;4,5\n")
    #expect(headless.report.dialect.delimiter == UInt8(ascii: ";"))
    #expect(headless.rowCount == 2)
  }

  @Test func proseInOneColumnIsNotSplit() throws {
    let table = try open("remarque\nbon, mais lent\nrien\nlong\ncourt\n")
    #expect(table.schema.count == 1)
    #expect(try columns(table)[0].first == .text("bon, mais lent"))
  }

  /// Rows of other widths do not make the decimal comma the delimiter.
  @Test(arguments: [
    "Région;Taux\nFès;12,5\nRabat;13,5\nTotal;;13,0\n", "Région;Taux;Note\nFès;12,5;ok\nRabat;13,5;\nSalé;14,5\n",
    "Tableau 1 ; Effectifs\nCode;Libellé;Valeur\n1;a;12,5\n2;b;13,5\n", "1,5;2,5\n3,5;4,5\n5,5;6,5;\n",
    "a;b\n" + (0..<200).map { $0 % 8 == 0 ? "x\($0)\n" : "x\($0);\($0),5\n" }.joined(),
  ]) func decimalCommasLoseToTheHeadersDelimiter(text: String) throws {
    #expect(try open(text).report.dialect.delimiter == UInt8(ascii: ";"), "\(text)")
  }

  @Test func commasInsideOneColumnDoNotSeparate() throws {
    let prices = try open("Prix\n12,50\n13,50\n14,00\n")
    #expect(try columns(prices) == [[.real(12.5), .real(13.5), .real(14)]])
    #expect(prices.schema[0].label == "Prix")
    let names = try open("nom complet\nAlami, Fatima\nBennani, Ali\nSmith, John\n")
    #expect(try columns(names) == [["Alami, Fatima", "Bennani, Ali", "Smith, John"].map { .text($0) }])
    // A title over two columns is one.
    #expect(try open("Effectifs 2019\nville,n\nFès,3\nRabat,4\n").schema.fields.map(\.label) == ["ville", "n"])
    #expect(try open("a, b\nx, y\nu, v\n").schema.count == 2)
  }

  /// What Excel writes above a table to say its delimiter is no row.
  @Test func theDelimiterThatAFileDeclares() throws {
    for end in ["\n", "\r\n", "\r"] {
      let table = try open(["sep=;", "a;b", "1,5;2", ""].joined(separator: end))
      #expect(try columns(table) == [[.real(1.5)], [.integer(2)]])
      #expect(table.schema.fields.map(\.label) == ["a", "b"])
      #expect(table.report.titleLineCount == 1)
      #expect(codes(table).isEmpty)
    }
    #expect(
      try open("sep=;\nTitre\na;b;c\n1;2;3\n").report.notes.first?.message.english
        == "skipped in `t.csv`: 1 line (2) above its table")
    #expect(try open("sep=,\na;1,b\nx;2,y\n").report.dialect.delimiter == UInt8(ascii: ","))
    #expect(try open("sep=x;b\n1;2\n").schema.count == 2)
  }

  @Test func delimitersInsideQuotesDoNotCount() throws {
    let table = try open("\"a\",\"b\"\n\"x;y;z\",\"1;2\"\n\"u;v;w\",\"3;4\"\n")
    #expect(table.report.dialect.delimiter == UInt8(ascii: ","))
    #expect(try columns(table)[0] == [.text("x;y;z"), .text("u;v;w")])
  }

  @Test func quotesNewlinesAndLineEnds() throws {
    for end in ["\n", "\r\n", "\r"] {
      let text =
        ["id,say", "1,\"he said \"\"hi\"\"\"", "2,\"two\nlines, one cell\"", "3,\"\""].joined(separator: end) + end
      let table = try open(text)
      #expect(
        try columns(table)[1] == [.text("he said \"hi\""), .text("two\nlines, one cell"), .missing],
        "\(end.debugDescription)")
    }
  }

  @Test func blankLinesAreSkipped() throws {
    let table = try open("a,b\n\n1,2\n\r\n3,4\n\n")
    #expect(table.rowCount == 2)
    #expect(table.report.blankLineCount == 3)
    #expect(try open("a\n1\n\n2\n").rowCount == 2)
  }

  @Test func raggedRowsAreFilledAndCutAndReported() throws {
    let table = try open("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1\n")
    #expect(try columns(table)[2] == [.integer(3), .missing, .integer(8), .integer(1)])
    #expect(table.report.shortRowCount == 1)
    #expect(table.report.longRowCount == 1)
    let note = try #require(table.report.notes.first { $0.code == .raggedRow })
    #expect(note.count == 2)
    #expect(
      note.message.english
        == "1 line of `t.csv` with fewer than 3 fields (line 3), filled with missing values, and 1 line with more (line 4: `9`), whose "
        + "rest is dropped")
  }

  @Test func unterminatedQuoteNamesItsLine() {
    do throws(QueryError) {
      _ = try DelimitedReader.open(bytes: Array("a,b\n1,x\n2,\"never\n3,y\n".utf8), name: "t.csv")
      Issue.record("read")
    } catch {
      #expect(error.diagnostics[0].code == .unterminatedQuote)
      #expect(error.diagnostics[0].message.english.contains("line 3"))
    }
  }

  @Test func strayQuotesAreKeptAndCounted() throws {
    let table = try open("size,n\n5\" pipe,1\nmid\"dle\",2\n\"ok\",3\n")
    #expect(try columns(table)[0] == [.text("5\" pipe"), .text("mid\"dle\""), .text("ok")])
    #expect(table.report.strayQuoteCount == 3)
    #expect(codes(table).contains(.strayQuote))
  }

  /// Blanks behind a closing quote are nothing, text is part of the cell.
  @Test func textBehindAClosingQuoteIsKeptAndCounted() throws {
    let table = try open("name,n\n\"Coop\" ,1\n\"Coop\" Amal,2\n\"Co\"op,3\n\"ok\",4\n")
    #expect(try columns(table)[0] == ["Coop", "Coop Amal", "Coop", "ok"].map { .text($0) })
    #expect(table.report.strayQuoteCount == 2)
    let note = try #require(table.report.notes.first { $0.code == .strayQuote })
    #expect(note.message.english.contains("lines 3, 4"))
  }

  /// By the standard it is a cell like any other; nobody writes one.
  @Test func cellsThatHoldRowsAreNoted() throws {
    let table = try open("id;nom;v\n1;\"Fès;5\n2;Rabat;6\n3;Salé\";7\n4;Tanger;8\n")
    #expect(table.rowCount == 2)
    let note = try #require(table.report.notes.first { $0.code == .strayQuote })
    #expect(note.message.english.contains("begins on line 2 of `t.csv`"))
    #expect(codes(try open("id;nom;v\n1;\"Fès\nRabat\";7\n4;Tanger;8\n")).isEmpty)
    #expect(codes(try open("id;nom;v\n1;\"a; b\nc\";7\n4;Tanger;8\n")).isEmpty)
  }

  @Test func titlesAndFootnotesAreSkipped() throws {
    let table = try open(
      "Population au 1er janvier;;\nMis à jour;;\n;;\nage;hommes;femmes\n0;10;12\n1;11;13\n;;\nSource : Insee;;\n")
    #expect(table.schema.fields.map(\.label) == ["age", "hommes", "femmes"])
    #expect(table.rowCount == 2)
    #expect(table.report.titleLineCount == 3)
    #expect(table.report.footnoteLineCount == 2)
    #expect(codes(table) == [.skippedLines])
  }

  @Test func aRowCutShortIsNoFootnote() throws {
    let table = try open("a;b;c\n1;2;3\nx\n")
    #expect(table.rowCount == 2)
    #expect(codes(table).contains(.raggedRow))
    let gaps = try open("a;b;c\n1;2;3\n" + String(repeating: "y;;\n;;\n", count: 30))
    // Only the last, which is empty, is none of the table.
    #expect(gaps.rowCount == 60)
    #expect(codes(gaps) == [.skippedLines, .emptyRows])
  }

  @Test func headerOrNot() throws {
    #expect(try open("a,b\n1,2\n").report.hasHeader)
    #expect(try !open("x,1\ny,2\n").report.hasHeader)
    #expect(try open("x,1\ny,2\n").schema.fields.map(\.label) == ["column_1", "column_2"])
    #expect(try open("nom,ville\nAda,Fès\nBo,Rabat\n").report.hasHeader)
    #expect(try !open("oui,Fès\nnon,Rabat\n").report.hasHeader)
    #expect(try !open("Ada,Fès\nBo,Rabat\nAda,Oujda\n").report.hasHeader)
    #expect(try open("région,2019,2020\nFès,1,2\n").schema.fields.map(\.label) == ["région", "2019", "2020"])
    #expect(try open("nom,ville\n").rowCount == 0)
    #expect(try open("code\n01400\n01500\n").report.hasHeader)
    #expect(try open("x,1\ny,2\n", options: ReadOptions(hasHeader: true)).schema[1].label == "1")
  }

  /// A year, a period, a date or a truth value over values of another kind is a name.
  @Test(arguments: [
    "Région;2019\nFès;10\nRabat;20\n", "Région;T1 2019\nFès;10\nRabat;20\n", "Région;janv.-19\nFès;10\nRabat;20\n",
    "Code;Libellé;2019;Évolution\nA;x;10;0,5\nB;y;20;0,7\n", "Question;Oui;Non;NSP\nQ1;10;5;2\nQ2;8;7;2\n",
    "Région;31/12/2019;31/12/2020\nFès;10;12\nRabat;20;18\n", "2019;2020;2021\n10;20;30\n11;21;31\n",
    "région;2019;2020\nFès;2000;1950\n",
  ]) func namesThatReadAsValues(text: String) throws {
    #expect(try open(text).report.hasHeader, "\(text)")
  }

  @Test(arguments: [
    "Maroc;2010\nTunisie;2015\n", "Ada;12;oui\nBo;15;non\n", "T1 2019;5\nT2 2019;7\n", "01/02/2019;5\n13/02/2019;7\n",
    "a;2001;2003\nb;2002;2003\nc;1999;2010\nd;2000;2005\n",
  ]) func valuesInTheFirstLine(text: String) throws {
    #expect(try !open(text).report.hasHeader, "\(text)")
  }

  @Test func namesAreMadeWholeAndUnique() throws {
    let table = try open("n,,n,Réf. n°,\n1,2,3,4,5\n")
    #expect(table.schema.fields.map(\.label) == ["n", "column_2", "n_2", "Réf. n°", "column_5"])
    #expect(table.schema.fields.map(\.handle) == ["n", "column_2", "n_2", "ref_n", "column_5"])
    #expect(codes(table) == [.duplicateColumn, .duplicateColumn])
    let folded = try open("Région,region\na,1\n")
    #expect(folded.schema.fields.map(\.handle) == ["region", "region_2"])
    // A delimiter at the end of each line makes no column.
    #expect(try open("a,b,\n1,2,\n3,4,\n").schema.count == 2)
  }

  @Test func aliasesInBothLanguages() throws {
    let table = try open("Indicateur;Cible;Réalisé;sex\nx;1;2;F\n")
    #expect(table.schema[0].aliases.contains("indicator"))
    #expect(table.schema[1].aliases.contains("target"))
    #expect(table.schema[2].aliases.contains("actual"))
    #expect(table.schema[3].aliases.contains("sexe"))
    let both = try open("cible;prévision;target\n1;2;3\n")
    #expect(both.schema.fields.filter { ($0.aliases + [$0.handle]).contains("target") }.count == 1)
  }

  @Test func missingFileNamesItsNeighbours() throws {
    let package = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    do throws(QueryError) {
      _ = try DelimitedReader.open(path: "/\(package)/DialectTest.swift")
      Issue.record("read")
    } catch {
      #expect(error.kind == .data)
      #expect(error.diagnostics[0].code == .fileNotFound)
      #expect(error.diagnostics[0].help[0].english.contains("DialectTests.swift"))
    }
    do throws(QueryError) {
      _ = try DelimitedReader.open(path: "/\(package)")
      Issue.record("read")
    } catch {
      #expect(error.diagnostics[0].code == .unreadableFile)
    }
  }
}
