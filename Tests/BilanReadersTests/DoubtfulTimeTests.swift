import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Days and periods that could be numbers or codes, and what says which they are.
@Suite struct DoubtfulTimeTests {
  private func read(_ label: String, _ cells: [String]) throws -> (values: [Value], codes: [DiagnosticCode]) {
    let table = try open("k;\(label);v\n" + cells.map { "a;\($0);1\n" }.joined())
    return (try columns(table)[1], codes(table))
  }

  /// Every value under the name of dates must be one.
  @Test func daysWithoutMarks() throws {
    for label in ["Date", "EcritureDate", "PieceDate", "date_creation", "Né(e) le", "Signé le", "Échéance", "DateLet"] {
      let days = try read(label, ["20190312", "20191231", ""])
      #expect(days.values == [day(2019, 3, 12), day(2019, 12, 31), .missing], "\(label)")
      #expect(days.codes.isEmpty)
    }
    #expect(try read("Date", ["20190312", "31/12/2019"]).values == [day(2019, 3, 12), day(2019, 12, 31)])
    for (label, cells) in [
      ("n", ["20190312"]), ("Date", ["20190312", "20191331"]), ("Date", ["20190312", "12"]),
      ("Nombre de dates", ["20190312"]), ("Candidate", ["20190312"]),
    ] {
      #expect(try read(label, cells).values[0] == .integer(20_190_312), "\(label)")
    }
  }

  /// With the day first, with a zero or without the one that a spreadsheet took away.
  @Test func daysWithoutMarksDayFirst() throws {
    #expect(try read("Date", ["15032021", "05042021"]).values == [day(2021, 3, 15), day(2021, 4, 5)])
    #expect(try read("Date de naissance", ["15031987", "5041990"]).values == [day(1987, 3, 15), day(1990, 4, 5)])
    #expect(try read("Date", ["15032021", "03/12/2021"]).values == [day(2021, 3, 15), day(2021, 12, 3)])
    #expect(try read("Date", ["15032021", "05042021"]).codes.isEmpty)
    for (label, cells) in [
      ("n", ["15032021"]), ("Date", ["15032021", "32032021"]), ("Date", ["15032021", "15032091"]),
    ] {
      #expect(try read(label, cells).values[0] == .integer(15_032_021), "\(label)")
    }
    // Codes keep their zeros.
    #expect(try read("Code", ["05032021", "15032021"]).values[0] == .text("05032021"))
    #expect(try read("Date", ["05032021", "99999999"]).values[0] == .text("05032021"))
  }

  @Test func daysThatSpreadsheetsCount() throws {
    let days = try read("Date de début", ["43536", "43560"])
    #expect(days.values == [day(2019, 3, 12), day(2019, 4, 5)])
    #expect(days.codes == [.ambiguousDates])
    // What a spreadsheet did not know for a date stays text beside what it did.
    #expect(try read("Date", ["43536", "31/12/2019"]).values == [day(2019, 3, 12), day(2019, 12, 31)])
    for (label, cells) in [("n", ["43536"]), ("Date", ["43536", "12"]), ("Date", ["43536", "75000"])] {
      #expect(try read(label, cells).values[0] == .integer(43_536), "\(label)")
    }
  }

  @Test func monthsThatAreNumbers() throws {
    for cells in [["201901", "201912"], ["2019.01", "2019.12"], ["01.2019", "12.2019"]] {
      #expect(
        try read("Mois", cells).values == [.period(.month(2019, 1)), .period(.month(2019, 12))], "\(cells)")
    }
    #expect(try read("n", ["201901", "201912"]).values == [.integer(201_901), .integer(201_912)])
    #expect(try read("n", ["2019.01", "2019.12"]).values == [.real(2019.01), .real(2019.12)])
    #expect(try read("Mois", ["201901", "201913"]).values[0] == .integer(201_901))
  }

  /// A slash stands in fiscal years as well, of which some are written as months are.
  @Test func monthsWithASlash() throws {
    #expect(try read("k2", ["2019/01", "2019/12"]).values == [.period(.month(2019, 1)), .period(.month(2019, 12))])
    for cells in [["2009/10", "2010/11"], ["2008/09", "2009/10"], ["2018/19", "2019/20"], ["2011/12", "2012/13"]] {
      #expect(try read("an", cells).values == cells.map { .text($0) }, "\(cells)")
    }
  }

  /// Years of two digits make periods of what could be codes under a name of times, or beside other periods.
  @Test func periodsWithYearsOfTwoDigits() throws {
    let first: [(String, Period)] = [
      ("Q1-19", .quarter(2019, 1)), ("Q1 19", .quarter(2019, 1)), ("S1/19", .semester(2019, 1)),
      ("1T19", .quarter(2019, 1)), ("2S 19", .semester(2019, 2)), ("FY19", .fiscalYear(2019, firstMonth: 1)),
      ("Janv 19", .month(2019, 1)), ("août 19", .month(2019, 8)), ("Sept. 98", .month(1998, 9)),
      ("1er trim. 19", .quarter(2019, 1)), ("3ème trimestre 19", .quarter(2019, 3)),
    ]
    for (cell, period) in first {
      let named = try read("Période", [cell])
      #expect(named.values == [.period(period)], "\(cell)")
      #expect(named.codes == [.ambiguousDates])
      #expect(try read("x", [cell, "T4 2018"]).values[0] == .period(period), "\(cell)")
      #expect(try read("x", [cell]).values == [.text(cell)])
      #expect(try read("Période", [cell, "autre"]).values[0] == .text(cell))
    }
    #expect(try read("Semaine", ["S1-19", "S2-19"]).values == [.text("S1-19"), .text("S2-19")])
    #expect(try read("Période", ["Q119"]).values == [.text("Q119")])
  }

  /// Spellings that mean nothing else.
  @Test(arguments: [
    "T 1 2019", "2019 - T1", "2019, T1", "2019.T1", "T1'19", "Q1 ’19", "Trim1 2019", "1er T 2019", "1er T. 2019",
    "I trimestre 2019", "Ier trimestre 2019", "Trimestre I 2019", "2019 Trimestre 1", "2019 1er trim.", "Qtr 1 2019",
    "1st Qtr 2019",
  ]) func quarters(cell: String) throws {
    #expect(try infer([cell]).values == [.period(.quarter(2019, 1))])
  }

  @Test func otherPeriods() throws {
    for cell in ["Sem 1 2019", "2019 semestre 1", "S 1 2019", "1re moitié 2019"] {
      #expect(try infer([cell]).values == [.period(.semester(2019, 1))], "\(cell)")
    }
    for cell in [
      "mois de janvier 2019", "Mois de janvier 2019", "2019M1", "M01-2019", "2019 janvier", "2019-janv", "2019 Jan.",
    ] {
      #expect(try infer([cell]).values == [.period(.month(2019, 1))], "\(cell)")
    }
    for cell in [
      "A 1 2019", "T 5 2019", "M13-2019", "2019 T", "2019 autre", "2019 - 04", "V trimestre 2019", "2019, 4",
    ] {
      #expect(try infer([cell]).type == .text, "\(cell)")
    }
  }

  /// The number of a chapter is written as such a day is.
  @Test func daysWithPoints() throws {
    let days = try read("Date", ["12.3.19", "5.12.19"])
    #expect(days.values == [day(2019, 3, 12), day(2019, 12, 5)])
    #expect(days.codes == [.ambiguousDates])
    #expect(try read("x", ["12.3.19", "05.12.2019"]).values == [day(2019, 3, 12), day(2019, 12, 5)])
    #expect(try read("x", ["12.3.19", "5.12.19"]).values == [.text("12.3.19"), .text("5.12.19")])
  }

  /// What the beginning of a large file shows is looked at to its end.
  @Test func timesInLargeFiles() throws {
    let days = "k;Date;Mois;v\n" + (10..<29).map { "X\($0);201903\($0);2019\($0 % 3 + 10);\($0)\n" }.joined()
    let all = try expectSameInBlocks(days + days.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n")
    #expect(all.columns[1].last == day(2019, 3, 28))
    #expect(all.columns[2].last == .period(.month(2019, 11)))
    let some = try expectSameInBlocks(days + "Y;12;201901;3\n")
    #expect(some.columns[1].last == .integer(12))
    let short = "k;q;v\n" + (10..<29).map { "X\($0);Q1-\($0);\($0)\n" }.joined()
    #expect(try expectSameInBlocks(short).columns[1].last == .text("Q1-28"))
    #expect(try expectSameInBlocks(short + "Y;Q1 2019;3\n").columns[1].first == .period(.quarter(2010, 1)))
  }
}
