import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Values that look like something else, and texts that look alike.
@Suite struct DoubtfulTextTests {
  /// Where a column is of quarters, the numbers of months up to four may be theirs.
  @Test func monthsThatMayBeQuarters() throws {
    for (name, values) in [
      ("Trimestre", ["1/2019", "2/2019", "4/2019"]), ("Trimestre", ["201901", "201904"]),
      ("Quarter", ["2019-01", "2019-04"]), ("Semestre", ["1/2019", "2/2019"]),
    ] {
      let table = try open("\(name);V\n" + values.map { "\($0);10\n" }.joined())
      #expect(try column(table, name) == values.map { .text($0) } && codes(table) == [.codesKept])
    }
    for (name, values) in [("Trimestre", ["03/2019", "06/2019"]), ("Mois", ["1/2019", "2/2019"])] {
      #expect(try open("\(name);V\n" + values.map { "\($0);10\n" }.joined()).schema[0].type == .period)
    }
  }

  @Test func commasBesidePoints() throws {
    let table = try open("id,taux,choix\n1,0.5,\"1,3\"\n2,0.75,2\n")
    #expect(try column(table, "choix") == [.real(1.3), .real(2)] && codes(table) == [.ambiguousMark])
    #expect(codes(try open("id,taux\n1,\"0,5\"\n2,\"0,75\"\n")) == [])
    #expect(codes(try open("id;taux;x\n1;0.5;1,3\n2;0.75;2\n")) == [])
  }

  /// A column of nothing but words for missing has no texts.
  @Test func missingWordsAlone() throws {
    let table = try open("Libelle;2019;2020\nPop;36;..\nEmploi;9;..\n")
    #expect(try column(table, "2020") == [.missing, .missing])
  }

  /// What a bank writes behind amounts is said to keep them from being numbers.
  @Test func creditAndDebit() throws {
    let table = try open("Date;Montant\n01/03/2019;150 000,00 C\n13/03/2019;4 500,50 D\n15/03/2019;12,00 D\n")
    #expect(table.schema[1].type == .text && codes(table) == [.mostlyTyped])
    #expect(codes(try open("Salle;N\n12 C;1\n13 D;2\n")) == [])
  }

  /// Words for missing that are kept are texts as the others are.
  @Test func keptWordsAreCounted() throws {
    let table = try open("a;r\n1;Ne sait pas\n2;NSP\n3;Refus\n")
    #expect(table.report.columns[1].evidence.english == "3 texts")
  }

  @Test func powersOfTen() throws {
    #expect(codes(try open("Salle;N\n1e1;3\n1e2;4\n1e3;5\n")).contains(.scientificIdentifiers))
  }

  @Test func charactersThatAreNotSeen() throws {
    let table = try open("Region;N\nFes;1\nFes\u{200B};2\nBeni Mellal;3\nBeni\u{A0}Mellal;4\nTaza\u{A0}Ville;5\n")
    #expect(table.rowCount == 5 && codes(table) == [.endBlanks])
    #expect(
      table.report.notes[0].message.english.hasPrefix("2 values of column `Region` in `t.csv` differ from others in"))
    #expect(table.report.notes[0].message.english.contains("`Fes`, line 3"))
  }
}
