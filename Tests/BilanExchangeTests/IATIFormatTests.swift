import BilanColumnar
import BilanDiagnostics
import Foundation
import BilanTestSupport
import Testing

@testable import BilanExchange
@testable import BilanReaders

@Suite struct IATIFormatTests {
  private static let framework = activity(
    """
    <location ref="FES"><name><narrative>Fès</narrative></name><point><pos>34.03 -5.0</pos></point></location>
    <result type="2" aggregation-status="1"><title><narrative>
      Incomes
      rise </narrative></title>
      <indicator measure="1" ascending="1">
        <title><narrative>jobs</narrative><narrative xml:lang="fr">emplois</narrative></title>
        <reference vocabulary="9" code="8.5.2"/>
        <baseline year="2018" iso-date="2018-12-31" value="10"/>
        <baseline year="2018" value="4"><dimension name="sex" value="female"/></baseline>
        <period><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>
          <target value="1,200"/>
          <target value="600"><dimension name="sex" value="female"/><dimension name="age" value="young"/></target>
          <target value="300"><location ref="FES"/></target>
          <actual value=" 1500 "><comment><narrative>late</narrative></comment></actual>
          <actual value="n/d"><dimension name="age" value="young"/><dimension name="sex" value="female"/></actual>
        </period>
        <period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-06-30"/></period>
      </indicator>
      <indicator measure="2" ascending="0"><title><narrative>drop-out</narrative></title></indicator>
    </result>
    <result type="1"><title><narrative>Nothing yet</narrative></title></result>
    """)

  @Test func resultsAreRowsByPeriodAndDisaggregation() throws {
    let table = try openIATI(Self.framework, table: "results")
    #expect(
      try column(table, "indicator") == [
        .text("jobs"), .text("jobs"), .text("jobs"), .text("jobs"), .text("jobs"),
        .text("drop-out"), .missing,
      ])
    #expect(
      try column(table, "dimension")
        == [.missing, .text("age=young; sex=female"), .missing, .missing, .text("sex=female"), .missing, .missing])
    #expect(try column(table, "sex")[1] == .text("female"))
    #expect(try column(table, "location")[2] == .text("FES"))
    #expect(try column(table, "location_name")[2] == .text("Fès"))
    #expect(
      try column(table, "target")
        == [.integer(1200), .integer(600), .integer(300), .missing, .missing, .missing, .missing])
    #expect(try column(table, "actual") == [.integer(1500)] + [Value](repeating: .missing, count: 6))
    #expect(try column(table, "actual_text")[0...1] == [.text("1500"), .text("n/d")])
    #expect(try column(table, "target_text")[0] == .text("1,200"))
    // The baseline of women alone belongs to no row of a period, and has its own.
    #expect(
      try column(table, "baseline")
        == [.integer(10), .missing, .missing, .integer(10), .integer(4), .missing, .missing])
    #expect(try column(table, "baseline_year")[0] == .integer(2018))
    #expect(try column(table, "baseline_date")[0] == day(2018, 12, 31))
    #expect(try column(table, "period")[0] == .period(.year(2019)))
    #expect(try column(table, "period")[3] == .period(.semester(2020, 1)))
    #expect(try column(table, "period")[4] == .missing)
    #expect(try column(table, "period_end")[0] == day(2019, 12, 31))
    #expect(try column(table, "comment")[0] == .text("late"))
  }

  @Test func resultsSayWhatTheyMeasureAndInWhichDirection() throws {
    let table = try openIATI(Self.framework, table: "results")
    #expect(try column(table, "level") == [Value](repeating: .text("outcome"), count: 6) + [.text("output")])
    #expect(try column(table, "result")[0] == .text("Incomes rise"))
    #expect(try column(table, "measure")[4...5] == [.text("unit"), .text("percentage")])
    #expect(try column(table, "unit")[4...5] == [.missing, .text("percent")])
    #expect(try column(table, "direction") == [Value](repeating: .text("up"), count: 5) + [.text("down"), .missing])
    #expect(try column(table, "ascending")[5] == .boolean(false))
    #expect(try column(table, "aggregation_status")[0] == .boolean(true))
    #expect(try column(table, "aggregation_status")[6] == .missing)
    #expect(try column(table, "indicator_code")[0] == .text("8.5.2"))
    #expect(try column(table, "indicator_number")[4...5] == [.integer(1), .integer(2)])
    #expect(try column(table, "indicator_fr")[0] == .text("emplois"))
  }

  @Test func activities() throws {
    let table = try openIATI(
      activity(
        """
        <activity-status code="2"/>
        <activity-date type="1" iso-date="2012-04-15Z"/><activity-date type="end-actual" iso-date="2015-12-31"/>
        <recipient-country code="MA"/><recipient-country code="TN"/>
        <policy-marker vocabulary="1" code="1" significance="2"/><policy-marker code="9" significance="0"/>
        <result><indicator/><indicator/></result>
        """))
    #expect(table.report.format == "iati")
    #expect(try column(table, "iati_identifier") == [.text("MA-1-A")])
    #expect(try column(table, "title") == [.text("Jobs")])
    #expect(try column(table, "title_fr") == [.text("Emplois")])
    #expect(try column(table, "reporting_org") == [.text("Bilan")])
    #expect(try column(table, "status") == [.text("implementation")])
    #expect(try column(table, "planned_start") == [day(2012, 4, 15)])
    #expect(try column(table, "actual_end") == [day(2015, 12, 31)])
    #expect(try column(table, "recipient_country_code") == [.text("MA; TN")])
    #expect(try column(table, "gender_marker") == [.integer(2)])
    #expect(try column(table, "indicators") == [.integer(2)])
    #expect(table.report.decisions.first?.evidence.english == "1 activities")
  }

  @Test func theLanguageOfTheActivityComesFirst() throws {
    let text = activity("", attributes: #"xml:lang="FR""#)
      .replacing("<narrative>Jobs", with: #"<narrative xml:lang="en">Jobs"#)
    let table = try openIATI(text)
    #expect(try column(table, "title") == [.text("Emplois")])
    #expect(try column(table, "title_en") == [.text("Jobs")])
  }

  @Test func versionOne() throws {
    let text = """
      <iati-activities><iati-activity xml:lang="en" default-currency="USD">
      <reporting-org ref="47045">The Fund</reporting-org><iati-identifier>47045-X</iati-identifier>
      <title>Support</title><title xml:lang="fr">Appui</title>
      <participating-org role="Funding" ref="47045">The Fund</participating-org>
      <activity-date type="start-actual" iso-date="2009-10-01"/>
      <location><name>Fès</name><coordinates latitude="34.03" longitude="-5.0" precision="2"/></location>
      <transaction><transaction-type code="D">Disbursement</transaction-type><value value-date="2012-08-20">64,442.5</value>
      <transaction-date iso-date="2012-08-20"/></transaction>
      <result type="Output"><title>People tested</title><indicator measure="unit" ascending="false">
      <title>Tests</title><period><target value="20,000"/><actual value="24,055"/></period></indicator></result>
      </iati-activity></iati-activities>
      """
    let activities = try openIATI(text)
    #expect(try column(activities, "title") == [.text("Support")])
    #expect(try column(activities, "title_fr") == [.text("Appui")])
    #expect(try column(activities, "actual_start") == [day(2009, 10, 1)])
    let results = try openIATI(text, table: "results")
    #expect(try column(results, "level") == [.text("output")])
    #expect(try column(results, "measure") == [.text("unit")])
    #expect(try column(results, "direction") == [.text("down")])
    #expect(try column(results, "actual") == [.integer(24_055)])
    let transactions = try openIATI(text, table: "transactions")
    #expect(try column(transactions, "kind") == [.text("disbursement")])
    #expect(try column(transactions, "value") == [.real(64_442.5)])
    #expect(try column(transactions, "value_text") == [.text("64,442.5")])
    #expect(try column(transactions, "currency") == [.text("USD")])
    #expect(try column(transactions, "date") == [day(2012, 8, 20)])
    #expect(try column(openIATI(text, table: "participating_orgs"), "role") == [.text("funding")])
    #expect(try column(openIATI(text, table: "locations"), "longitude") == [.real(-5)])
  }

  @Test func theOtherTables() throws {
    let text = activity(
      """
      <sector vocabulary="2" code="111" percentage="50"/><sector vocabulary="99" code="A1"><narrative>Own</narrative></sector>
      <budget type="1" status="2"><period-start iso-date="2014-01-01"/><period-end iso-date="2014-03-31"/>
      <value currency="EUR" value-date="2014-01-01">3000</value></budget>
      <planned-disbursement><period-start iso-date="2014-02-01"/><period-end iso-date="2014-02-28"/><value>5</value>
      </planned-disbursement>
      <location ref="A"><location-id vocabulary="G1" code="1453782"/><point><pos>31.616944 65.716944</pos></point></location>
      """)
    let sectors = try openIATI(text, table: "sectors")
    #expect(try column(sectors, "percentage") == [.integer(50), .missing])
    #expect(try column(sectors, "sector") == [.missing, .text("Own")])
    let budgets = try openIATI(text, table: "budgets")
    #expect(try column(budgets, "kind") == [.text("budget"), .text("planned disbursement")])
    #expect(try column(budgets, "period") == [.period(.quarter(2014, 1)), .period(.month(2014, 2))])
    #expect(try column(budgets, "currency") == [.text("EUR"), .text("MAD")])
    #expect(try column(budgets, "status") == [.text("committed"), .missing])
    #expect(try column(openIATI(text, table: "locations"), "latitude") == [.real(31.616944)])
    #expect(try openIATI(text, table: "transactions").rowCount == 0)
  }

  private func budget(_ type: Int, _ start: String, _ end: String, _ value: Int, _ name: String = "budget") -> String {
    """
    <\(name) type="\(type)"><period-start iso-date="\(start)"/><period-end iso-date="\(end)"/><value>\(value)</value></\(name)>

    """
  }

  @Test func revisedBudgetsAreSaid() throws {
    let text = activity(
      budget(1, "2019-01-01", "2019-12-31", 1000) + budget(2, "2019-01-01", "2019-12-31", 1200)
        + budget(1, "2020-01-01", "2020-12-31", 900))
    let notes = try openIATI(text, table: "budgets").report.notes
    #expect(notes.map(\.code) == [.totalRows])
    #expect(
      notes[0].message.english.hasPrefix(
        "1 activity of `t.xml` has an original and a revised budget of the same period, so that adding up `value` counts "
          + "twice: `MA-1-A` (line 8)"), "\(notes[0].message.english)")
    #expect(notes[0].message.english.contains("`where type != \"revised\"`"))
    #expect(notes[0].message.french.hasPrefix("1 activité de `t.xml` a un budget initial et un budget révisé"))
    #expect(try openIATI(text).report.notes.isEmpty)
  }

  @Test func budgetsOfAPeriodAndItsPartsAreSaid() throws {
    let quarters = [("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31")]
      .map { budget(1, "2019-" + $0.0, "2019-" + $0.1, 250) }
    let year = budget(1, "2019-01-01", "2019-12-31", 1000)
    for text in [quarters.joined() + year, year + quarters[0] + quarters[1]] {
      let notes = try openIATI(activity(text), table: "budgets").report.notes
      #expect(notes.map(\.code) == [.totalRows])
      #expect(notes.first?.message.english.contains("has a budget of a period beside those of its parts") == true)
    }
  }

  /// A year beside its quarters is said of one indicator with the same dimensions alone.
  @Test func resultsOfAPeriodAndItsPartsAreSaid() throws {
    func period(_ start: String, _ end: String, _ dimension: String = "") -> String {
      "<period><period-start iso-date='\(start)'/><period-end iso-date='\(end)'/><target value='5'>\(dimension)</target></period>"
    }
    func indicator(_ periods: String) -> String {
      "<indicator measure='1'><title><narrative>Jobs</narrative></title>\(periods)</indicator>"
    }
    let halves = period("2019-01-01", "2019-06-30") + period("2019-07-01", "2019-12-31")
    let year = period("2019-01-01", "2019-12-31")
    let notes = try openIATI(activity("<result>" + indicator(year + halves) + "</result>"), table: "results").report
      .notes
    #expect(notes.map(\.code) == [.totalRows])
    #expect(
      notes.first?.message.english.contains(
        "has an indicator with a period beside its parts, so that adding up `target` or `actual` counts twice") == true)
    let women = period("2019-01-01", "2019-12-31", "<dimension name='sex' value='female'/>")
    for text in [
      indicator(halves) + indicator(year), indicator(women + halves),
      indicator(year + period("2019-01-01", "2019-06-30")),
    ] {
      #expect(try openIATI(activity("<result>" + text + "</result>"), table: "results").report.notes.isEmpty, "\(text)")
    }
  }

  /// What follows, is of another kind, or of another period, is no more than there is.
  @Test func budgetsThatAddUpAreNotSaid() throws {
    let year = budget(1, "2019-01-01", "2019-12-31", 1000)
    for text in [
      year + budget(2, "2020-01-01", "2020-12-31", 1200), year + year,
      year + budget(1, "2019-01-01", "2019-12-31", 1000, "planned-disbursement"),
      year + budget(1, "2019-07-01", "2019-12-31", 300), year + budget(1, "2019-01-01", "2019-03-31", 300),
      budget(1, "2019-01-01", "2019-12-31", 7, "recipient-org-budget"),
    ] {
      #expect(try openIATI(activity(text), table: "budgets").report.notes.isEmpty, "\(text)")
    }
  }

  /// Who compares two files is told which tables are not.
  @Test func tablesBesideAreThoseWithRows() throws {
    let text = activity(#"<sector code="111"/><result type="1"><title><narrative>R</narrative></title></result>"#)
    #expect(try openIATI(text).report.tablesBeside == ["results", "sectors"])
    #expect(try openIATI(text, table: "results").report.tablesBeside.isEmpty)
    #expect(try openIATI(activity("")).report.tablesBeside.isEmpty)
  }

  @Test func organisations() throws {
    let text = """
      <iati-organisations version="2.02"><iati-organisation default-currency="EUR">
      <organisation-identifier>BE-1</organisation-identifier><name><narrative>Rikolto</narrative></name>
      <total-budget><period-start iso-date="2017-01-01"/><period-end iso-date="2017-12-31"/><value>4572104.00</value></total-budget>
      </iati-organisation></iati-organisations>
      """
    #expect(try column(openIATI(text), "name") == [.text("Rikolto")])
    let budgets = try openIATI(text, table: "budgets")
    #expect(try column(budgets, "kind") == [.text("total budget")])
    #expect(try column(budgets, "value") == [.real(4_572_104)])
    #expect(refusal(Array(text.utf8), table: "results")?.code == .unknownTable)
  }

  // MARK: Values

  @Test(
    arguments: [
      ("12", "12"), (" 20,000 ", "20000"), ("-1.50", "-1.50"), ("527000000.", "527000000"),
      ("1,234,567.8", "1234567.8"),
      ("12,5", "12.5"), ("1 200,75", "1200.75"), ("1\u{A0}200", "1200"), ("1'200", "1200"), ("1.234.567", "1234567"),
      ("1.234.567,8", "1234567.8"), ("45%", "45"), ("45 %", "45"), ("GBP 3,500,000", "3500000"),
      ("£3,500,000", "3500000"),
      ("3 500 000 EUR", "3500000"), ("US$ 5", nil), ("1.5E+3", "1500"), ("007", "7"), ("0", "0"), (".5", "0.5"),
      ("+3", "3"), ("1,234", "1234"), ("1.234", "1.234"), ("Yes", nil), ("", nil), ("-", nil), (".", nil),
      ("1,23,456", "123456"), ("8,386413", "8386413"), ("1 23 4", nil), (",", nil),
      ("1 2", nil), ("12 persons", nil), ("2015-01-01", nil), ("1e999", nil), ("1,000.000,5", nil), ("e5", nil),
      ("\u{2212} 3", "-3"), ("- 3", "-3"), ("\u{2013}3", "-3"), ("(1 200)", "-1200"), ("(4)", "-4"),
      ("(5,5 €)", "-5.5"),
      ("(-4)", nil), ("()", nil), ("~3", "3"), ("approx. 3", "3"), ("env. 1 200", "1200"), ("<5", nil),
      ("1 million", nil), ("5k", nil), ("10 5", nil), ("trois", nil),
    ] as [(String, String?)])
  func figures(text: String, number: String?) {
    #expect(IATINumber.read(text) == number, "\(text)")
  }

  @Test func commasInDoubtAreSaid() throws {
    let results = ["8,386413", "12,5", "1,200", "300"].map { text in
      "<result><indicator><period><actual value='\(text)'/></period></indicator></result>"
    }
    let table = try openIATI(activity(results.joined(separator: "\n")), table: "results")
    #expect(try column(table, "actual") == [.real(8_386_413), .real(12.5), .real(1200), .real(300)])
    let note = try #require(table.report.notes.first { $0.code == .ambiguousMark })
    #expect(note.message.english.contains("2, `8,386413` read as 8386413 (line 7), `12,5` read as 12.5 (line 8)"))
  }

  private func actuals(_ figures: [String], measure: Int = 1) throws -> FileTable {
    let results = figures.map { text in
      "<result><indicator measure='\(measure)'><period><actual value='\(text)'/></period></indicator></result>"
    }
    return try openIATI(activity(results.joined(separator: "\n")), table: "results")
  }

  @Test func figuresThatAreNoneAreSaid() throws {
    let table = try actuals(["12", "&lt;5", "1 million", "n/d", "", "trois"])
    #expect(try column(table, "actual") == [.integer(12)] + Array(repeating: .missing, count: 5))
    #expect(table.report.notes.map(\.code) == [.unreadableValues])
    #expect(
      table.report.notes[0].message.english
        == "3 values of column `actual` of `t.xml` are no numbers and are missing: `<5` (line 8), `1 million` (line 9), "
        + "`trois` (line 12)")
    // What an indicator of words says is no number that is missing.
    #expect(try actuals(["Yes", "No"], measure: 5).report.notes.isEmpty)
  }

  @Test func figuresReadWithADoubtAreSaid() throws {
    let table = try actuals(["(150)", "(4)", "~3", "1.234.567", "\u{2212} 3"])
    #expect(try column(table, "actual") == [-150, -4, 3, 1_234_567, -3].map { .integer($0) })
    let messages = table.report.notes.map(\.message.english)
    #expect(messages.contains { $0.contains("1, `1.234.567` read as 1234567 (line 10)") })
    #expect(
      messages.contains("2 figures of `t.xml` in parentheses are read as negative: `(150)` (line 7), `(4)` (line 8)"))
    #expect(
      messages.contains("1 figure of `t.xml` is said to be approximate, and read as it stands: `~3` (line 9)"))
    // Alone they may be marks of footnotes.
    let short = try actuals(["12", "(4)"])
    #expect(try column(short, "actual") == [.integer(12), .missing])
    #expect(short.report.notes.map(\.code) == [.unreadableValues])
  }

  /// What is written stays beside the number, in a column that is there only where it says more.
  @Test func numbersThatAreNoneKeepTheirTexts() throws {
    let text = activity(
      """
      <sector code="1" percentage="60,5"/><sector code="2" percentage="about half"/><sector code="3" percentage="10"/>
      <location ref="A"><point><pos>34.03 -5.0</pos></point></location>
      <location ref="B"><point><pos>34.03,-5.0</pos></point></location>
      <location ref="C"><point><pos>by the mosque</pos></point></location>
      <policy-marker vocabulary="1" code="1" significance="high"/>
      <result><indicator><baseline year="FY2015" value="10"/>
      <period><target value="5"/></period></indicator></result>
      """)
    let sectors = try openIATI(text, table: "sectors")
    #expect(try column(sectors, "percentage") == [.real(60.5), .missing, .real(10)])
    #expect(try column(sectors, "percentage_text") == [.text("60,5"), .text("about half"), .text("10")])
    let messages = sectors.report.notes.map(\.message.english)
    #expect(messages.contains { $0.contains("1 value of column `percentage`") && $0.contains("`about half` (line 7)") })
    #expect(messages.contains { $0.contains("`60,5` read as 60.5 (line 7)") })
    let locations = try openIATI(text, table: "locations")
    #expect(try column(locations, "latitude") == [.real(34.03), .real(34.03), .missing])
    #expect(try column(locations, "longitude") == [.real(-5), .real(-5), .missing])
    #expect(
      try column(locations, "position_text") == [.text("34.03 -5.0"), .text("34.03,-5.0"), .text("by the mosque")])
    #expect(locations.report.notes.map(\.code) == [.unreadableValues])
    let results = try openIATI(text, table: "results")
    #expect(try column(results, "baseline_year") == [.missing])
    #expect(try column(results, "baseline_year_text") == [.text("FY2015")])
    #expect(try column(openIATI(text), "gender_marker_text") == [.text("high")])
    // Nothing to say, no column.
    let plain = try openIATI(activity(#"<sector code="1" percentage="50"/>"#), table: "sectors")
    #expect(!plain.schema.fields.contains { $0.label == "percentage_text" })
  }

  /// The second baseline of a combination has a row of its own.
  @Test func noBaselineIsLost() throws {
    let text = activity(
      """
      <result><indicator><baseline year="2015" value="10"/><baseline year="2016" value="12"/>
      <period><target value="5"/></period></indicator></result>
      """)
    let results = try openIATI(text, table: "results")
    #expect(try column(results, "baseline") == [.integer(10), .integer(12)])
    #expect(try column(results, "target") == [.integer(5), .missing])
    #expect(try column(results, "baseline_year") == [.integer(2015), .integer(2016)])
  }

  @Test(
    arguments: [
      ("2019-01-01", "2019-12-31", "2019"), ("2019-07-01", "2019-12-31", "2019-S2"),
      ("2019-10-01", "2019-12-31", "2019-Q4"),
      ("2020-02-01", "2020-02-29", "2020-02"), ("2020-02-01", "2020-02-28", nil), ("2017-10-01", "2018-09-30", nil),
      ("2019-02-01", "2019-04-30", nil), ("2019-01-02", "2019-12-31", nil), ("x", "2019-12-31", nil),
    ] as [(String, String, String?)])
  func periods(start: String, end: String, period: String?) {
    #expect(IATIText.period(from: start, to: end) == period)
  }

  /// Days that are not written as the standard has them bound periods as others do, once their order is known.
  @Test func periodsOfDaysOfOtherForms() throws {
    func span(_ start: String, _ end: String) -> String {
      "<budget><period-start iso-date='\(start)'/><period-end iso-date='\(end)'/></budget>"
    }
    let table = try openIATI(
      activity(
        [
          span("01/07/2020", "31/12/2020"), span("2021-01-01", "2021-12-31"), span("01/02/2020", "29/02/2020"),
          span("31/12/2020", "01/07/2020"), span("soon", "31/12/2020"),
        ].joined(separator: "\n")), table: "budgets")
    let periods = try column(table, "period").map { value -> String? in
      if case .period(let period) = value { period.description } else { nil }
    }
    #expect(periods == ["2020-S2", "2021", "2020-02", nil, nil])
    #expect(
      table.report.notes.contains {
        $0.message.english.hasPrefix("1 span of `t.xml` ends before it starts")
          && $0.message.english.contains("(line 10)")
      })
  }

  /// Capitals and accents in dimensions keep no figures apart; the first spelling is shown.
  @Test func dimensionsPairWhateverTheirCapitals() throws {
    func figure(_ name: String, _ value: Int, _ dimension: String, _ of: String) -> String {
      "<\(name) value='\(value)'><dimension name='\(dimension)' value='\(of)'/></\(name)>"
    }
    let figures =
      figure("target", 10, "sex", "female") + figure("target", 20, "sex", "male") + figure("actual", 9, "sex", "female")
      + figure("actual", 21, "Sex", "Male")
    let table = try openIATI(
      activity("<result type='1'><indicator measure='1'><period>\(figures)</period></indicator></result>"),
      table: "results")
    #expect(try column(table, "target") == [.integer(10), .integer(20)])
    #expect(try column(table, "actual") == [.integer(9), .integer(21)])
    #expect(try column(table, "sex") == [.text("female"), .text("male")])
    #expect(table.report.notes.map(\.count) == [1])
    #expect(table.report.notes[0].message.english.contains("`Sex=Male` = `sex=male` (line 7)"))
  }

  @Test func whatIsNoDateIsSaidWithItsLine() throws {
    let dates = (1...25).map {
      #"<transaction><transaction-date iso-date="\#($0 == 3 ? "soon" : "2020-01-02")"/></transaction>"#
    }
    let table = try openIATI(activity(dates.joined(separator: "\n")), table: "transactions")
    let note = try #require(table.report.notes.first { $0.code == .unreadableValues })
    #expect(note.message.english.contains("`soon` (line 9)"))
  }

  /// A span that ends before it starts is no period, and is said to be there once for all of its rows.
  @Test func reversedSpansAreSaid() throws {
    let period = """
      <result type="1"><indicator measure="1"><period><period-start iso-date="2020-12-31"/>
      <period-end iso-date="2020-01-01"/><target value="3"><dimension name="sex" value="F"/></target>
      <target value="4"><dimension name="sex" value="M"/></target></period></indicator></result>
      """
    let table = try openIATI(activity(period), table: "results")
    let note = try #require(table.report.notes.first { $0.code == .unreadableValues })
    #expect(
      note.message.english
        == "1 span of `t.xml` ends before it starts, so that `period` is missing: `2020-12-31 – 2020-01-01` (line 7)")
    #expect(try column(table, "period").allSatisfy { $0 == .missing })
    let budgets = try openIATI(
      activity(#"<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/></budget>"#),
      table: "budgets")
    #expect(budgets.report.notes.isEmpty)
  }

  /// Years from April to March are fiscal years where the project says so, and else said to be none of the calendar.
  @Test func yearsOfOtherMonthsAreSaid() throws {
    let text = activity(
      [
        ("2019-04-01", "2020-03-31"), ("2020-04-01", "2021-03-31"), ("2020-07-01", "2021-06-30"),
        ("2020-02-01", "2020-04-30"),
      ]
      .map { #"<budget><period-start iso-date="\#($0)"/><period-end iso-date="\#($1)"/></budget>"# }
      .joined(separator: "\n"))
    let table = try openIATI(text, table: "budgets")
    let note = try #require(table.report.notes.first { $0.code == .unreadableValues })
    #expect(
      note.message.english.hasPrefix(
        "3 spans of `t.xml` are years that do not begin in January, so that `period` is missing: `2019-04-01 – "))
    #expect(note.message.english.contains("here 4,"))
    #expect(note.count == 3)
    let bytes = Array(text.utf8)
    var options = ReadOptions()
    options.fiscalYearStart = 4
    let fiscal = try IATIFormat.open(bytes: bytes, table: "budgets", name: "t.xml", options: options)
    #expect(
      try column(fiscal, "period") == [
        .period(.fiscalYear(2019, firstMonth: 4)), .period(.fiscalYear(2020, firstMonth: 4)), .missing, .missing,
      ])
    #expect(fiscal.report.notes.map(\.count) == [1])
  }

  @Test func encodings() throws {
    let text = #"<?xml version="1.0" encoding="windows-1252"?><iati-activities><iati-activity><title>"#
    let bytes = Array(text.utf8) + [0xC9, 0x80] + Array("</title></iati-activity></iati-activities>".utf8)
    let table = try IATIFormat.open(bytes: bytes, name: "t.xml")
    #expect(try column(table, "title") == [.text("É€")])
    let wide = Array("\u{FEFF}<iati-activities><iati-activity><title>é</title></iati-activity></iati-activities>".utf16)
      .flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try column(IATIFormat.open(bytes: wide, name: "t.xml"), "title") == [.text("é")])
  }

  // MARK: What is refused

  @Test(arguments: [
    ("<iati-activities>\n  <iati-activity>\n</iati-activities>", 3, 3), ("<a>\n<b x=1/></a>", 2, 6), ("", 1, 1),
    ("<iati-activities>", 1, 18), ("<a/><b/>", 1, 5), ("<a>&nbsp;</a>", 1, 4), ("<a>\u{1}</a>", 1, 4),
  ])
  func faultsHaveLineAndColumn(text: String, line: Int, column: Int) throws {
    let error = try #require(refusal(Array(text.utf8)))
    #expect(error.code == .malformedFile)
    #expect(
      error.message.english.contains("line \(line), column \(column) of `t.xml` is not XML"), "\(error.message.english)"
    )
  }

  @Test func documentTypesAreRefused() throws {
    let laughs = """
      <!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
      <iati-activities><iati-activity><title>&b;</title></iati-activity></iati-activities>
      """
    let error = try #require(refusal(Array(laughs.utf8)))
    #expect(error.code == .unsupportedFormat)
    #expect(error.message.english.contains("line 1 of `t.xml` declares a document type"))
  }

  @Test func whatIsNoIATIIsRefused() throws {
    #expect(refusal(Array("<codelist><item/></codelist>".utf8))?.code == .unsupportedFormat)
    #expect(refusal(Array(activity("").utf8), table: "reslts")?.code == .unknownTable)
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(refusal(Array(activity(deep).utf8))?.message.english.contains("nested more than 128") == true)
  }

  @Test(arguments: [
    ("a.xml", "", true), ("a.XML", "x", true), ("a", "<?xml version='1.0'?>", true), ("a", "\n<iati-activities>", true),
    ("a.csv", "a,b", false), ("a", "<html>", false),
  ])
  func isRecognized(path: String, text: String, expected: Bool) {
    #expect(IATIFormat.recognizes(Array(text.utf8), path: path) == expected)
  }

  @Test func isRecognizedInUTF16() {
    let bytes = Array("\u{FEFF}<?xml version='1.0'?><iati-activities>".utf16).flatMap {
      [UInt8($0 & 0xFF), UInt8($0 >> 8)]
    }
    #expect(IATIFormat.recognizes(bytes, path: "stdin"))
  }

  // MARK: Damage

  @Test(arguments: 0..<300) func damagedTextIsReadOrRefused(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let other = Array(activity("<result><indicator><period><target value=\"5\"/></period></indicator></result>").utf8)
    let bytes = Damage.damaged(Array(Self.framework.utf8), with: other, &random)
    let table = IATITables.ofActivities[seed % 7].rawValue
    do throws(QueryError) {
      let read = try IATIFormat.open(bytes: bytes, table: table, name: "fuzz")
      let chunks = (try? read.read(columns: Array(0..<read.schema.count)) { false }) ?? []
      #expect(chunks.reduce(0) { $0 + $1.count } == read.rowCount, "seed \(seed)")
    } catch {
      #expect(error.kind == .data && !error.diagnostics.isEmpty, "seed \(seed)")
    }
  }
}

@Suite(.enabled(if: RealData.isPresent, "no real data beside the package"))
struct RealIATITests {
  @Test func everyFileIsReadOrRefused() throws {
    #expect(RealData.files(".xml").count > 50)
    var outcomes: [String: Int] = [:]
    for file in RealData.files(".xml") {
      let bytes = try FileBytes.read(path: RealData.directory + "/" + file)
      do {
        for name in try IATIFormat.tables(in: RealData.directory + "/" + file) {
          let table = try IATIFormat.open(bytes: bytes, table: name, name: file)
          let chunks = try table.read(columns: Array(0..<table.schema.count)) { false }
          #expect(chunks.reduce(0) { $0 + $1.count } == table.rowCount, "\(file)")
        }
        outcomes["read", default: 0] += 1
      } catch let error as QueryError {
        outcomes[error.diagnostics.first?.code.rawValue ?? "no diagnostic", default: 0] += 1
        // The codelists are XML of another kind.
        #expect(file.contains("codelists/"), "\(file): \(error.diagnostics[0].message.english)")
      }
    }
    #expect(outcomes["B0721"] == nil && outcomes["no diagnostic"] == nil, "\(outcomes)")
  }

  private func results(_ indicator: String, _ period: String) throws -> FileTable {
    try openIATI(
      activity(
        """
        <result type="1"><indicator measure="1" \(indicator)><period>
        <period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>\(period)</period></indicator></result>
        """), table: "results")
  }

  /// The verdict turns on it, so words for false are what the column reads them as.
  @Test(arguments: ["no", "non", "N", "False", "0"]) func wordsForFalseTurnTheDirection(word: String) throws {
    let table = try results("ascending=\"\(word)\"", "")
    #expect(try column(table, "ascending") == [.boolean(false)])
    #expect(try column(table, "direction") == [.text("down")])
  }

  /// No number of thousands begins with a zero.
  @Test func figuresBelowOneHaveADecimalComma() throws {
    let figures = [
      "0,500": "0.500", "0,125": "0.125", "0,001": "0.001", "-0,500": "-0.500", "0,1234": "0.1234", "1,500": "1500",
      "0,500,000": "500000",
    ]
    for (text, number) in figures { #expect(IATINumber.read(text) == number, "\(text)") }
    #expect(IATINumber.read("0 500") == nil)
    let table = try results("", "<target value=\"0,500\"/>")
    #expect(try column(table, "target") == [.real(0.5)])
    #expect(table.report.notes.map(\.code) == [.ambiguousMark])
  }

  @Test func commentsOfTargetAndActualAreBothKept() throws {
    let said = "<comment><narrative>assumed</narrative></comment>"
    let both = try results(
      "",
      "<target value=\"1\">\(said)</target><actual value=\"2\"><comment><narrative>found</narrative></comment></actual>"
    )
    #expect(try column(both, "comment") == [.text("found")])
    #expect(try column(both, "target_comment") == [.text("assumed")])
    let one = try results("", "<target value=\"1\">\(said)</target><actual value=\"2\"/>")
    #expect(try column(one, "comment") == [.text("assumed")])
    #expect(!one.schema.fields.contains { $0.label == "target_comment" })
  }

  /// The currency that is written in a figure counts, and what is declared otherwise is said.
  @Test func currenciesInFigures() throws {
    let table = try openIATI(
      activity(
        "<transaction><value>GBP 3,500,000</value></transaction><transaction><value>5 €</value></transaction>"
          + "<transaction><value>7 MAD</value></transaction><transaction><value>8 $</value></transaction>"),
      table: "transactions")
    #expect(try column(table, "currency") == ["GBP", "EUR", "MAD", "MAD"].map { .text($0) })
    let note = try #require(table.report.notes.first { $0.code == .mixedCurrencies })
    #expect(note.count == 2)
    #expect(note.message.english.contains("`GBP 3,500,000`, not MAD (line"))
  }

  /// Before 2.0 dates could be texts, and a place in a gazetteer was one.
  @Test func textsOfVersionOne() throws {
    let text = activity(
      "<transaction><transaction-date>2010-05-03</transaction-date><value>5</value></transaction>"
        + "<budget><period-start>2010-01-01</period-start><period-end>2010-12-31</period-end><value>7</value></budget>"
        + "<location><gazetteer-entry gazetteer-ref=\"GEO\">2538474</gazetteer-entry><location-type code=\"PPL\"/></location>"
    )
    #expect(try column(openIATI(text, table: "transactions"), "date") == [day(2010, 5, 3)])
    #expect(try column(openIATI(text, table: "budgets"), "period_end") == [day(2010, 12, 31)])
    let locations = try openIATI(text, table: "locations")
    #expect(try column(locations, "location_id") == [.text("2538474")])
    #expect(try column(locations, "location_id_vocabulary") == [.text("GEO")])
    #expect(try column(locations, "feature") == [.text("PPL")])
  }

  @Test func anEmptyCurrencyIsTheActivitys() throws {
    let table = try openIATI(
      activity("<transaction><transaction-type code=\"3\"/><value currency=\"\">5</value></transaction>"),
      table: "transactions")
    #expect(try column(table, "currency") == [.text("MAD")])
  }

  @Test func datesWhoseOrderIsNotKnownAreSaid() throws {
    let table = try openIATI(
      activity("<budget><period-start iso-date=\"01/02/2020\"/><period-end iso-date=\"03/02/2020\"/></budget>"),
      table: "budgets")
    #expect(try column(table, "period_start") == [day(2020, 2, 1)])
    #expect(table.report.notes.map(\.code) == [.ambiguousDates, .ambiguousDates])
  }
}
