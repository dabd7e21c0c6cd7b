import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Values that look like others: codes like numbers, thousands like units, years of one century like those of another.
@Suite struct DoubtfulValueTests {
  /// A column called `label`, with what was found out about it.
  private func read(
    _ label: String, _ cells: [String], options: ReadOptions = .init(), resource: DataPackage.Resource? = nil
  ) throws -> (type: DataType, values: [Value], codes: [DiagnosticCode]) {
    let table = try open(
      "k\t\(label)\n" + cells.map { "a\t\($0)\n" }.joined(), options: options, resource: resource)
    return (table.schema[1].type, try columns(table)[1], codes(table))
  }

  @Test(arguments: ["Code", "Code indicateur", "Réf.", "N°", "ID", "NACE", "Indicateur"])
  func codesOfALogicalFramework(label: String) throws {
    let read = try read(label, ["1.1", "1.2", "1.10", "2"])
    #expect(read.values == ["1.1", "1.2", "1.10", "2"].map { .text($0) })
    #expect(read.codes == [.codesKept])
    #expect(try self.read(label, ["1,1", "1,10"]).type == .text)
  }

  @Test(arguments: [
    "Composante", "Résultat", "Ligne budgétaire", "Chapitre", "Sous-activité", "Budget line", "Compte", "WBS", "#",
  ])
  func chaptersOfALogicalFramework(label: String) throws {
    #expect(try read(label, ["1.1", "1.2", "1.10"]).type == .text)
    #expect(try read(label, ["1.5", "2.25"]).type == .real)
  }

  @Test(arguments: ["Budget", "Objectif", "Montant", "Valeur"])
  func figuresWithDecimalsOfSeveralLengths(label: String) throws {
    #expect(try read(label, ["1.5", "2.10", "3.25"]).type == .real)
  }

  /// Numbers of contracts are no months, of which `01/2019` and `1/2019` would be one.
  @Test func codesWrittenLikeDates() throws {
    let contracts = ["01/2019", "1/2019", "02/2019"]
    for label in [
      "N° convention", "Réf", "Code projet", "Référence", "Matricule", "Facture n°", "Marché n°", "Numéro",
    ] {
      for cells in [contracts, ["T1-19", "T2-19"], ["12/03/2019", "01/02/2020"], ["2019-01", "2019-02"]] {
        let read = try read(label, cells)
        #expect(read.values == cells.map { .text($0) })
        #expect(read.codes == [.codesKept])
      }
    }
    #expect(try read("Nomenclature", ["01.02.03", "01.02.04"]).values == [.text("01.02.03"), .text("01.02.04")])
    #expect(try read("Imputation budgétaire", ["01.02.03", "01.02.04"]).type == .text)
    // Of what has numbers of its own the dates are dates.
    for label in ["Dossier", "Lot", "Facture", "Convention signée"] {
      #expect(try read(label, contracts).values == contracts.map { .text($0) })
      #expect(try read(label, ["12/03/2019", "31/12/2019"]).type == .date)
    }
    #expect(try read("Date facture", contracts).type == .period)
    // Baselines are called so too.
    #expect(try read("Référence", ["12.5", "13.25", "1.10"]).type == .real)
    #expect(try read("Valeur de référence", ["12.5", "13.25", "1.10"]).type == .real)
    #expect(try read("Date de référence", ["12/03/2019", "31/12/2019"]).type == .date)
    #expect(try read("Période de réf", contracts).type == .period)
    #expect(try read("Mois", contracts).type == .period)
  }

  /// A year and the next all through are no months.
  @Test func schoolYears() throws {
    let years = try read("Année scolaire", ["2008-09", "2009-10", "2010-11", "2011-12"])
    #expect(years.values.first == .text("2008-09"))
    #expect(years.codes == [.codesKept])
    #expect(try read("mois", ["2009-10", "2009-11", "2009-12"]).type == .period)
    #expect(try read("mois", ["2009-10", "2009-10"]).type == .period)
  }

  /// Who marks thousands by blanks has the mark for fractions; degrees have no thousands.
  @Test func marksThatAreNoThousands() throws {
    #expect(
      try read("n", ["25,678", "105,123", "2 314 346"]).values == [.real(25.678), .real(105.123), .real(2_314_346)])
    let places = try open("Lat;Lon;b\n34.020;-6.841;3,5\n33.100;-7.200;4,25\n")
    #expect(try column(places, "Lat") == [.real(34.02), .real(33.1)])
    #expect(try column(places, "Lon") == [.real(-6.841), .real(-7.2)])
  }

  /// Euros and dirhams have no third decimal, dinars have; a price of a litre may have one.
  @Test func amountsWithoutAThirdDecimal() throws {
    for cells in [
      ["1.200 €", "3.450 €", "12.000 €"], ["1,200 €", "3,450 €", "12,000 €"], ["1.200 €", "3.450 €", "12.000 €", "0"],
      ["1.200 €", "3.450 €", "12.000 €", "300 €"],
    ] {
      let amounts = try read("montant", cells)
      #expect(amounts.values.prefix(3) == [.integer(1200), .integer(3450), .integer(12_000)], "\(cells)")
      #expect(amounts.codes == [.ambiguousMark])
    }
    #expect(try read("x", ["1.200 DH", "300 DH"]).values == [.integer(1200), .integer(300)])
    #expect(try read("x", ["750.000 F CFA", "500.000 F CFA"]).values == [.integer(750_000), .integer(500_000)])
    for cells in [
      ["1.200 DT", "12.000 DT"], ["1.499 €", "1.520 €"], ["1.250 M€", "12.500 M€"], ["0,500 €", "12,000 €"],
      ["1.200", "12.000", "11.500 €"],
    ] {
      #expect(try read("x", cells).type == .real, "\(cells)")
    }
    // Other columns decide first.
    #expect(try column(open("a;b\n1.5;12.000 €\n2.25;3.500 €\n"), "b") == [.real(12), .real(3.5)])
  }

  /// Who writes three decimals writes them everywhere, who leaves zeros out leaves them out there too.
  @Test func pointsOfThousandsBesideSmallNumbers() throws {
    func numbers(_ cells: [String], delimiter: String = ";") throws -> [Value] {
      try column(open("k\(delimiter)n\n" + cells.map { "a\(delimiter)\($0)\n" }.joined()), "n")
    }
    #expect(try numbers(["1.500", "950", "12.345", "0"]) == [1500, 950, 12_345, 0].map { .integer($0) })
    for cells in [
      ["1.525", "950"], ["1.500", "12.345"], ["1.500", "0"], ["1.500", "2019"], ["1.500 %", "9 %"],
      ["0.500", "1.500", "9"],
    ] {
      #expect(try numbers(cells).allSatisfy { if case .real = $0 { true } else { false } }, "\(cells)")
    }
    #expect(try numbers(["1.500", "9"], delimiter: ",") == [.real(1.5), .real(9)])
    let table = try open("k;n\na;1.500\na;950\n")
    #expect(codes(table) == [.ambiguousMark])
    // What shows it may stand far below.
    let large = "k;n\n" + (0..<200).map { "X\($0);\($0 % 9 + 1).\($0 % 9 + 101)\n" }.joined() + "Y;1.500\nZ;7\n"
    let scanned = try expectSameInBlocks(large)
    #expect(scanned.columns[1].last == .integer(7))
  }

  /// Between semicolons, names tell thousands from fractions where every point has three digits behind it.
  @Test func pointsOfThousandsByName() throws {
    func numbers(_ header: String, delimiter: Character = ";") throws -> [Value] {
      let text = "\(header)\na;1.200\nb;3.450\nc;2.125\n".replacing(";", with: "\(delimiter)")
      let table = try open(text)
      #expect(codes(table) == [.ambiguousMark], "\(header)")
      #expect(table.report.columns[1].confidence == .assumed)
      return try columns(table)[1]
    }
    let thousands = [1200, 3450, 2125].map { Value.integer($0) }
    let fractions = [1.2, 3.45, 2.125].map { Value.real($0) }
    for header in [
      "k;Montant (MAD)", "k;Population", "k;Amount", "Région;Valeur", "k;Nombre de bénéficiaires", "Poste;Total",
    ] {
      #expect(try numbers(header) == thousands, "\(header)")
    }
    for header in [
      "k;n", "k;Value", "Région;Taux", "Région;Population (millions)", "Région;Montant (MDH)", "Région;Montant (DT)",
      "Région;Nombre moyen d’enfants", "Région;Budget (M€)",
    ] {
      #expect(try numbers(header) == fractions, "\(header)")
    }
    // Tabs come from programs of any language.
    #expect(try numbers("Région\tMontant", delimiter: "\t") == thousands)
    #expect(try numbers("k\tMontant", delimiter: "\t") == thousands)
    #expect(try numbers("k\tAmount", delimiter: "\t") == fractions)
    #expect(try numbers("Région\tValeur", delimiter: "\t") == fractions)
    #expect(try numbers("k,Montant", delimiter: ",") == fractions)
    // Other columns say what is a fraction, or what marks thousands.
    #expect(try columns(open("k;a;Montant\na;1,5;1.200\nb;2,5;3.450\n"))[2] == [.integer(1200), .integer(3450)])
    #expect(try columns(open("k;a;Montant\na;1.5;1.200\nb;2.5;3.450\n"))[2] == [.real(1.2), .real(3.45)])
    #expect(try columns(open("Région;a;Valeur\na;1 500;1.200\nb;2 500;3.450\n"))[2] == [.real(1.2), .real(3.45)])
    #expect(try columns(open("k;Montant\na;1.200 DT\nb;3.450 DT\n"))[1] == [.real(1.2), .real(3.45)])
    #expect(
      try columns(open("Région;Valeur;Taux\na;1.200;1.300\nb;3.450;3.550\n"))[1] == [.real(1.2), .real(3.45)])
    // French marks no thousands by commas.
    #expect(try columns(open("Région\tTaux\na\t1,234\nb\t3,456\n"))[1] == [.real(1.234), .real(3.456)])
  }

  /// A day of the year 1440 that somebody writes today is one of another calendar.
  @Test func datesOfTheHijriCalendar() throws {
    let dates = try read("date", ["1440-07-05", "1440-08-12", "1441-09-01"])
    #expect(dates.values == [.text("1440-07-05"), .text("1440-08-12"), .text("1441-09-01")])
    #expect(dates.codes == [.ambiguousDates])
    #expect(try read("date", ["15/07/1440", "", "20/08/1440"]).type == .text)
    for cells in [["1440-07-05", "1519-08-12"], ["15/07/1340", "20/08/1440"], ["1492-10-12"]] {
      #expect(try read("date", cells).type == .date, "\(cells)")
    }
  }

  /// Blanks that nobody sees make groups of their own.
  @Test func blanksAtTheEndsOfTexts() throws {
    let table = try open("région;n\n\"Fès\";3\n\"Fès \";4\n\" Rabat\";5\n")
    #expect(
      table.report.notes.map(\.message.english) == [
        "1 value of column `région` in `t.csv` differs from others in blanks at the ends alone (`Fès `, line 3): "
          + "`trim(region)` makes them one"
      ])
    #expect(codes(try open("région;n\nFès;3\nFès ;4\n")).isEmpty)
  }

  @Test func weeksAreNoSemesters() throws {
    #expect(try read("Semaine", ["S1-2019", "S2-2019"]).values == [.text("S1-2019"), .text("S2-2019")])
    #expect(try read("Semestre", ["S1-2019", "S2-2019"]).type == .period)
  }

  @Test func aUnitOfFewIsSaid() throws {
    let few = try read("V", ["1", "2", "3", "4", "12 €"])
    #expect(few.type == .integer)
    #expect(few.codes == [.mixedCurrencies])
    #expect(try read("V", ["1 €", "2 €", "3"]).codes == [])
    // Nothing is nothing in any unit.
    #expect(try read("V", ["0", "0", "12 €"]).codes == [])
  }

  /// The value that makes a column text is the one to show.
  @Test func whatIsNoAmountIsShown() throws {
    let table = try open("k\tV\na\t12 €\na\t13 €\na\t14 €\na\tabc\n")
    let notes = table.report.notes.map(\.message.english)
    #expect(notes.contains { $0.contains("`abc` (line 5)") && !$0.contains("12 €") })
  }

  @Test func longNumbersAmongOthersAreSaid() throws {
    let read = try read("V", ["5", "40", "1234567890123456"])
    #expect(read.type == .text)
    #expect(read.codes == [.mostlyTyped])
    #expect(try self.read("V", ["1234567890123456", "1234567890123457", "5"]).codes == [])
  }

  @Test func noBreakSpacesInDatesPeriodsAndNumbers() throws {
    #expect(try read("V", ["15\u{A0}mars\u{A0}2019", "1er\u{A0}avril\u{A0}2019"]).type == .date)
    #expect(try read("V", ["T1\u{A0}2019", "2019\u{A0}T2", "T3\u{202F}2019"]).type == .period)
    #expect(try read("V", ["1\u{2007}000", "12\u{2007}500"]).values == [.integer(1000), .integer(12_500)])
  }

  @Test func birthsOfForms() throws {
    let born = try read("Né(e) le", ["12/05/58", "13/06/61"])
    #expect(born.values == [(1958, 5, 12), (1961, 6, 13)].map { .date(CalendarDate(year: $0, month: $1, day: $2)!) })
  }

  @Test func numbersUnderNamesOfCodes() throws {
    // As data frames write whole numbers beside missing ones.
    #expect(try read("id", ["1.0", "2.0", "10.0"]).type == .real)
    #expect(try read("code", ["1", "2", "10"]).type == .integer)
    #expect(try read("Indicateur", ["12.5", "13.25", "7.75"]).type == .real)
    #expect(try read("taux", ["12.5", "12.50", "1.10"]).type == .real)
  }

  @Test func powersOfTenAmongWholeNumbers() throws {
    let read = try read("Code", ["1234", "12E3", "5678"])
    #expect(read.values == ["1234", "12E3", "5678"].map { .text($0) })
    #expect(read.codes == [.mostlyTyped])
    // Letters elsewhere say that they are codes.
    let communes = try self.read("commune", ["2A004", "2E5", "75056"])
    #expect(communes.type == .text && communes.codes.isEmpty)
    // Measurements with a fraction have powers of ten, too.
    let measured = try self.read("x", ["0.5", "1E5", "2.25"])
    #expect(measured.type == .real && measured.codes == [.scientificIdentifiers])
  }

  /// What the beginning of a large file does not show.
  @Test func lateCodes() throws {
    let options = ReadOptions(workers: 2, scan: ScanSizes(leastFile: 1, sample: 400, block: 256, morselRows: 50))
    for (label, early, late) in [("x", "7", "1E5"), ("code", "1.0", "1.10"), ("b", "12 kDH", "13000")] {
      let text = "k;\(label)\n" + String(repeating: "a;\(early)\n", count: 400) + "b;\(late)\nc;\(early)\n"
      let table = try ScannedFileTests.withFile(text.utf8) { path in
        let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
        try table.settle()
        return table
      }
      #expect(!table.isWhole)
      #expect(try columns(table) == columns(try open(text)), "\(label)")
      #expect(try columns(table)[1][400] == .text(late), "\(label)")
    }
  }

  @Test func thousandsBesideBareNumbers() throws {
    let read = try read("b", ["12 kDH", "13000"])
    #expect(read.values == [.text("12 kDH"), .text("13000")])
    #expect(read.codes == [.mixedCurrencies])
    #expect(try self.read("b", ["12 kDH", "0", "13 kDH"]).type == .integer)
    #expect(try self.read("b", ["12 kDH", "0 kDH", "13000"]).type == .text)
    #expect(try self.read("b", ["12 DH", "13000"]).type == .integer)
  }

  @Test(arguments: ["Date de naissance", "birth_date", "DOB"]) func daysOfBirth(label: String) throws {
    let read = try read(label, ["12/05/62", "13-mai-62", "30/12/05"])
    #expect(read.values == [day(1962, 5, 12), day(1962, 5, 13), day(2005, 12, 30)])
    #expect(read.codes == [.ambiguousDates])
  }

  @Test func yearsOfTwoDigits() throws {
    let usual = try read("d", ["15/05/62", "13/05/70"])
    #expect(usual.values == [day(2062, 5, 15), day(1970, 5, 13)])
    #expect(usual.codes == [.ambiguousDates])
    #expect(try read("d", ["15/05/62", "13/05/1962"]).values == [day(1962, 5, 15), day(1962, 5, 13)])
    // One that only the year first can mean does not turn the others round.
    let odd = try read("d", ["01/02/20", "03/04/20", "99-12-31"])
    #expect(odd.type == .text && odd.codes == [.mostlyTyped])
  }

  @Test func datesWithPoints() throws {
    let table = try open("a;b\n03.04.2020;12/25/2020\n04.05.2020;12/24/2020\n")
    #expect(try columns(table)[0] == [day(2020, 4, 3), day(2020, 5, 4)])
  }

  /// A type says nothing of marks, of the order of dates or of times.
  @Test func doubtsUnderDeclaredTypes() throws {
    let options = ReadOptions(types: ["x": .real, "d": .date])
    #expect(try read("x", ["1.500", "2.250"], options: options).codes == [.ambiguousMark])
    #expect(try read("x", ["(2500)", "10"], options: options).codes == [.accountingNegatives])
    #expect(try read("d", ["03/04/2020"], options: options).codes == [.ambiguousDates])
    #expect(try read("d", ["2020-04-13 10:30"], options: options).codes == [.timeOfDayDropped])
  }

  @Test func marksForThousandsThatAreNotDeclared() throws {
    func described(_ field: String) throws -> [DiagnosticCode] {
      let package = try DescriptorReader(path: "datapackage.json", directory: "").package(
        Array(#"{"resources": [{"path": "t.csv", "schema": {"fields": [{"name": "k"}, \#(field)]}}]}"#.utf8))
      return try read("x", ["1,500", "2.5"], resource: package.resources[0]).codes
    }
    #expect(try described(#"{"name": "x", "type": "number", "decimalChar": "."}"#) == [.ambiguousMark])
    #expect(try described(#"{"name": "x", "type": "number", "decimalChar": ".", "groupChar": ","}"#).isEmpty)
  }

  /// Two answers to a question in quotes, as many as there are fractions with points.
  @Test func commasOfListsBesidePoints() throws {
    let table = try open("id,choix,poids\n1,\"1,2\",0.95\n2,\"2,3\",1.05\n")
    #expect(codes(table) == [.ambiguousMark])
    #expect(codes(try open("id,choix,poids\n1,\"1,2\",\"0,95\"\n2,\"2,3\",\"1,05\"\n")).isEmpty)
  }

  /// Signs and parentheses around a currency, as spreadsheets write them.
  @Test func negativeAmounts() throws {
    let read = try read("x", ["-$46.99", "($46.99)", "$3", "-$ 5", "$-7"])
    #expect(read.values == [-46.99, -46.99, 3, -5, -7].map { .real($0) })
    #expect(read.codes == [.accountingNegatives])
    let euros = try self.read("x", ["(6,00 €)", "-   300,00 €", "−5 €", "12,50 €", "-€5"])
    #expect(euros.values == [-6, -300, -5, 12.5, -5].map { .real($0) })
    #expect(euros.codes == [.accountingNegatives])
    #expect(try self.read("x", ["(a €)", "-€", "()", "-"]).type == .text)
  }

  /// A dash for the fraction: five francs, which are not minus five.
  @Test func amountsWithADashForTheFraction() throws {
    for cells in [["5.-", "7.50", "1'200.-"], ["5,-", "7,50", "1.200,--"], ["5,–", "7,50", "1 200,-"]] {
      #expect(try read("x", cells).values == [.real(5), .real(7.5), .real(1200)], "\(cells)")
    }
    #expect(try read("x", ["CHF 5.-", "12.- CHF"]).values == [.real(5), .real(12)])
    for cell in ["5.---", "1.5.-", "05.-", "5 -,-", ".-", "1.200.-"] {
      #expect(try read("x", [cell]).type == .text, "\(cell)")
    }
  }

  @Test func digitsThatADoubleDoesNotKeep() throws {
    #expect(try read("x", ["12345678901234567", "4.5"]).codes == [.inexactValues])
    #expect(try read("x", ["1234567890123456.78", "4.5"]).codes == [.inexactValues])
    #expect(
      try read("x", ["0.00000000000000000012", "4.5", "100000000000000000000", "9007199254740992"]).codes.isEmpty)
    let small = try read("x", ["1e-400", "0e-400", "4.5"] + Array(repeating: "1.5", count: 20))
    #expect(small.values.prefix(3) == [.missing, .real(0), .real(4.5)])
    #expect(small.codes == [.unreadableValues])
  }

  @Test func marksThatOtherColumnsDecide() throws {
    let table = try open("a;b\n1,234;2,5\n3,456;3,5\n")
    #expect(try columns(table)[0] == [.real(1.234), .real(3.456)])
    #expect(codes(table) == [.ambiguousMark])
  }

  @Test func truthValuesThatAQueryDeclares() throws {
    let read = try read("x", ["1", "0", "oui"], options: ReadOptions(types: ["x": .boolean]))
    #expect(read.values == [.boolean(true), .boolean(false), .boolean(true)])
    #expect(read.codes.isEmpty)
  }

  @Test func truthValuesOfTheStandard() throws {
    let package = try DescriptorReader(path: "datapackage.json", directory: "").package(
      Array(
        #"""
        {"resources": [{"path": "t.csv", "dialect": {"nullSequence": "\\N", "commentChar": "#"},
          "schema": {"fields": [{"name": "a", "type": "boolean"}, {"name": "b", "type": "number", "bareNumber": false}]}}]}
        """#.utf8))
    let resource = package.resources[0]
    #expect(resource.notes.map(\.code) == [.invalidDescriptor])
    let table = try open("a;b\n1;95%\n0;12 kg\nTrue;\\N\n", resource: resource)
    #expect(try columns(table)[0] == [.boolean(true), .boolean(false), .boolean(true)])
    #expect(try columns(table)[1] == [.real(95), .real(12), .missing])
  }
}
