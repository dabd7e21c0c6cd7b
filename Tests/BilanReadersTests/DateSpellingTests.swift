import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Dates with names of days before them and times behind them.
@Suite struct DateSpellingTests {
  @Test(arguments: [
    "mar. 12/03/2019", "mardi 12/03/2019", "Mar 12/03/2019", "Tue 12/03/2019", "mar. 12 mars 2019",
    "Mardi 12 mars 2019",
    "Tue, 12 Mar 2019", "Tuesday, March 12, 2019", "Tue Mar 12 2019", "mardi, 12 mars 2019", "mar.\u{A0}12/03/2019",
    "Tuesday 2019-03-12", "le 12/03/2019", "Le 12 mars 2019",
  ]) func daysOfTheWeek(cell: String) throws {
    let dates = try infer([cell, "13/03/2019"])
    #expect(dates.values == [day(2019, 3, 12), day(2019, 3, 13)])
    #expect(codes(dates.table).isEmpty)
  }

  /// A day of the week says whether the day or the month is first, for other columns too.
  @Test func daysOfTheWeekAsEvidence() throws {
    let days = try infer(["lun. 04/03/2019", "mar. 05/03/2019"])
    #expect(days.values == [day(2019, 3, 4), day(2019, 3, 5)])
    #expect(codes(days.table).isEmpty)
    let months = try open("a;b\nMon 03/04/2019;05/03/2019\nTue 03/05/2019;06/03/2019\n")
    #expect(try columns(months)[0] == [day(2019, 3, 4), day(2019, 3, 5)])
    #expect(try columns(months)[1] == [day(2019, 5, 3), day(2019, 6, 3)])
    #expect(codes(months) == [.ambiguousDates])
    // Neither, or both ways.
    for cell in ["lun. 05/03/2019", "jeu. 04/04/2019"] { #expect(codes(try infer([cell]).table).count == 1, "\(cell)") }
    try expectSameInBlocks("k;d\n" + (10..<40).map { "X\($0);mer. 06/0\($0 % 3 + 1)/2019\n" }.joined())
  }

  @Test(arguments: [
    "12/03/2019 à 14h30", "12/03/2019 14h", "12/03/2019, 14:30", "12/03/2019 - 14:30", "12/03/2019 14 h 30",
    "12 mars 2019 à 14h30", "12 mars 2019 à 9h", "12 mars 2019, 14:30", "12 mars 2019 - 14:30:05",
    "March 12, 2019 at 2:30 PM", "mar. 12/03/2019 14:30", "Tue, 12 Mar 2019 10:00:00 +0100",
    "Tue Mar 12 2019 10:00:00 GMT+0100 (CET)", "Tue Mar 12 2019 10:00:00 GMT+0100 (heure normale d’Europe centrale)",
  ]) func timesBehindDates(cell: String) throws {
    let dates = try infer([cell, "13/03/2019"])
    #expect(dates.values == [day(2019, 3, 12), day(2019, 3, 13)])
    #expect(codes(dates.table) == [.timeOfDayDropped])
  }

  /// Of Stata, and of databases where there is none.
  @Test func daysOfOtherPrograms() throws {
    let dates = try infer(["12mar2019", "01jan1960", "00/00/0000", ".a"])
    #expect(dates.values == [day(2019, 3, 12), day(1960, 1, 1), .missing, .missing])
    #expect(try infer(["2019-03-12", "0000-00-00"]).values == [day(2019, 3, 12), .missing])
    #expect(try infer(["12mar19"]).type == .text)
    let zero = "k;d\n" + (10..<30).map { "X\($0);\($0)/03/2019\n" }.joined() + "Y;00/00/0000\n"
    #expect(try expectSameInBlocks(zero).columns[1].last == .missing)
  }

  @Test(arguments: [
    "marché 12/03/2019", "Mar12/03/2019", "12/03/2019 à", "12/03/2019 à Rabat", "12/03/2019h", "mar.", "dim. 12",
    "12/03/2019 - 14", "12 mars 2019 à Fès", "12/03/2019 (CET)",
  ]) func otherTexts(cell: String) throws { #expect(try infer([cell]).type == .text) }
}
