import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Years with words before them, fiscal ones and those of two years.
@Suite struct YearSpellingTests {
  private func read(
    _ cells: [String], fiscalYearStart: Int? = nil
  ) throws -> (type: DataType, values: [Value], codes: [DiagnosticCode]) {
    var options = ReadOptions()
    options.fiscalYearStart = fiscalYearStart
    let found = try infer(cells, options: options)
    return (found.type, found.values, codes(found.table))
  }

  @Test(arguments: [
    "année 2019", "Année 2019", "ANNEE 2019", "an 2019", "Year 2019", "année\u{A0}2019", "سنة 2019", "عام 2019",
  ])
  func years(cell: String) throws {
    let found = try read([cell])
    #expect(found.values == [.period(.year(2019))])
    #expect(found.codes.isEmpty)
  }

  /// Nothing says in which month they begin.
  @Test(arguments: ["FY2019", "FY 2019", "Exercice 2019", "exercice budgétaire 2019", "Fiscal year 2019"])
  func fiscalYears(cell: String) throws {
    let found = try read([cell])
    #expect(found.values == [.period(.fiscalYear(2019, firstMonth: 1))])
    #expect(found.codes == [.ambiguousDates])
    let declared = try read([cell], fiscalYearStart: 7)
    #expect(declared.values == [.period(.fiscalYear(2019, firstMonth: 7))])
    #expect(declared.codes.isEmpty)
  }

  @Test(arguments: ["Q1 FY2019", "FY2019 Q1", "FY 2019-T1", "T1/FY2019"])
  func quartersOfFiscalYears(cell: String) throws {
    let found = try read([cell])
    #expect(found.values == [.period(.quarter(2019, 1))])
    #expect(found.codes == [.ambiguousDates])
    #expect(try read([cell], fiscalYearStart: 7).values == [.period(.quarter(2019, 3))])
    #expect(try read([cell], fiscalYearStart: 10).values == [.period(.quarter(2019, 4))])
    // No quarter of the calendar begins in May.
    #expect(try read([cell], fiscalYearStart: 5).type == .text)
  }

  /// No year of the calendar.
  @Test(arguments: [
    "2018/2019", "2018-2019", "2018 - 2019", "2018–2019", "2018/19", "2018-19", "FY2018/19", "FY 2018-2019",
    "Exercice 2018-2019", "année budgétaire 2018/19",
  ])
  func twoYears(cell: String) throws {
    let found = try read([cell])
    #expect(found.values == [.text(cell)])
    #expect(found.codes == [.codesKept])
    #expect(try read([cell, "2019"]).codes == [.codesKept])
    #expect(try read([cell], fiscalYearStart: 7).values == [.period(.fiscalYear(2018, firstMonth: 7))])
  }

  @Test(arguments: [
    "campagne 2018/2019", "Campagne agricole 2018-2019", "année scolaire 2018-2019", "saison 2018/19", "campagne 2019",
  ])
  func seasons(cell: String) throws {
    for start in [nil, 9] {
      let found = try read([cell], fiscalYearStart: start)
      #expect(found.values == [.text(cell)])
      #expect(found.codes == [.codesKept])
    }
  }

  /// Of schools or of budgets.
  @Test func partsOfTwoYears() throws {
    let found = try read(["S1 2018/2019", "S2-2018/19"])
    #expect(found.type == .text && found.codes == [.codesKept])
    let declared = try read(["S1 2018/2019", "S2-2018/19"], fiscalYearStart: 7)
    #expect(declared.values == [.period(.semester(2018, 2)), .period(.semester(2019, 1))])
  }

  /// Those whose second year is none of a month say what the others are.
  @Test func schoolYears() throws {
    let found = try read(["2011-12", "2012-13"])
    #expect(found.values == [.text("2011-12"), .text("2012-13")])
    #expect(found.codes == [.codesKept])
  }

  @Test func quartersOfArabic() throws {
    for cell in ["الربع الأول 2019", "الثلاثي الاول من سنة 2019", "2019 الربع الأول", "الربع الأول من ٢٠١٩"] {
      #expect(try read([cell]).values == [.period(.quarter(2019, 1))], "\(cell)")
    }
    #expect(try read(["النصف الثاني من عام 2019"]).values == [.period(.semester(2019, 2))])
    // The word is of quarters here and of halves there.
    for cell in ["الفصل الأول 2019", "الربع الخامس 2019", "الربع الأول"] {
      #expect(try read([cell]).type == .text, "\(cell)")
    }
  }

  @Test(arguments: ["annexe 2019", "an2019", "exercice 12", "année 20190", "exercice n 2019", "Q5 FY2019", "FY2018/20"])
  func otherTexts(cell: String) throws {
    let found = try read([cell])
    #expect(found.type == .text)
    #expect(found.codes.isEmpty)
  }

  /// They are titles and names above a table, and values in it.
  @Test func titlesAndNames() throws {
    let titled = try open("Exercice 2019;;\nRégion;Cible;Réalisé\nFès;10;5\nRabat;12;6\n")
    #expect(titled.schema.fields.map(\.label) == ["Région", "Cible", "Réalisé"])
    let named = try open("Indicateur;Exercice 2018;Exercice 2019\nA;n/d;x\nB;n/d;y\n")
    #expect(named.schema.fields.map(\.label) == ["Indicateur", "Exercice 2018", "Exercice 2019"])
    #expect(try columns(open("Exercice 2018;Fès\nExercice 2019;Rabat\n"))[0].count == 2)
  }

  @Test func largeFiles() throws {
    let text = "k;an;v\n" + (1..<100).map { "X\($0);Exercice \(1900 + $0);1\n" }.joined()
    #expect(try expectSameInBlocks(text).columns[1].last == .period(.fiscalYear(1999, firstMonth: 1)))
    #expect(try expectSameInBlocks(text + "Y;Exercice 2018/19;2\n").codes == [.ambiguousDates, .unreadableValues])
  }
}
