import Bilan
import BilanTestSupport
import Foundation
import Testing

/// A second opinion: the same questions put to sqlite3, in SQL that shares nothing with Bilan.
@Suite(.enabled(if: SQLite.isInstalled, "sqlite3 is not installed"))
struct SQLiteTests {
  struct Question: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bilan: String
    var sql: String
    /// The columns that say which row is which; the rest are values.
    var keys = 1

    init(_ name: String, _ bilan: String, _ sql: String, keys: Int = 1) {
      testDescription = name
      self.bilan = bilan
      self.sql = sql
      self.keys = keys
    }
  }

  /// Each result with what was reached and what was planned, in the direction that is better.
  static let sides = """
    WITH numbers AS (
      SELECT *, CAST(NULLIF(baseline, '') AS REAL) AS b, CAST(NULLIF(target, '') AS REAL) AS t,
        CAST(NULLIF(actual, '') AS REAL) AS a FROM results),
    sides AS (
      SELECT *,
        CASE WHEN direction <> 'down' THEN a WHEN b IS NULL THEN t ELSE b - a END AS n,
        CASE WHEN direction <> 'down' THEN t WHEN b IS NULL THEN a ELSE b - t END AS d
      FROM numbers)
    """

  static let parts = """
    SUM(CASE WHEN n IS NOT NULL AND d IS NOT NULL THEN n END)
      / NULLIF(SUM(CASE WHEN n IS NOT NULL AND d IS NOT NULL THEN d END), 0) AS achievement,
    SUM(CASE WHEN n IS NOT NULL AND d IS NOT NULL THEN n END),
    SUM(CASE WHEN n IS NOT NULL AND d IS NOT NULL THEN d END),
    SUM(n IS NOT NULL AND d IS NOT NULL), SUM(n IS NOT NULL OR d IS NOT NULL)
    """

  static let read = """
    | add n = achievement.numerator, d = achievement.denominator, r = achievement.reported, e = achievement.expected
    """

  static func achievement(by keys: [String]) -> Question {
    let list = keys.joined(separator: ", ")
    return Question(
      "achievement by \(list)", "from results | summarize achievement by \(list) \(read)",
      "\(sides) SELECT \(list), \(parts) FROM sides GROUP BY \(list)", keys: keys.count)
  }

  static let questions: [Question] = [
    achievement(by: ["indicator"]),
    achievement(by: ["indicator", "region"]),
    achievement(by: ["programme", "indicator", "sex"]),
    achievement(by: ["programme", "indicator", "region", "period"]),
    Question(
      "achievement by year", "from results | summarize achievement by indicator, year = year(period) \(read)",
      "\(sides) SELECT indicator, substr(period, 1, 4) AS year, \(parts) FROM sides GROUP BY indicator, year", keys: 2),
    Question(
      "mean achievement by programme", "from results | summarize mean_achievement by programme",
      """
      \(sides), each AS (SELECT programme, indicator, \(parts) FROM sides GROUP BY programme, indicator)
      SELECT programme, AVG(achievement) FROM each GROUP BY programme
      """),
    Question(
      "capped achievement by programme, region", "from results | summarize capped_achievement by programme, region",
      """
      \(sides), each AS (SELECT programme, region, indicator, \(parts) FROM sides GROUP BY programme, region, indicator)
      SELECT programme, region, AVG(MIN(achievement, 1.0)) FROM each GROUP BY programme, region
      """, keys: 2),
    Question(
      "targets exceeded",
      "from results | summarize achievement by indicator, region | where exceeded | drop achievement",
      """
      \(sides), each AS (SELECT indicator, region, \(parts) FROM sides GROUP BY indicator, region)
      SELECT indicator, region FROM each WHERE achievement > 1
      """, keys: 2),
    Question(
      "rows above 110%", "from results | where achievement > 110% | count by programme, indicator",
      "\(sides) SELECT programme, indicator, COUNT(*) FROM sides WHERE n / NULLIF(d, 0) > 1.1 GROUP BY 1, 2", keys: 2),
    Question(
      "sums and counts",
      "from results | where unit != \"percent\" | summarize sum(target), sum(actual), count, count(actual), min(actual), max(actual), mean(actual) by programme, unit, sex",
      """
      \(sides) SELECT programme, unit, NULLIF(sex, ''), SUM(t), SUM(a), COUNT(*), COUNT(a), MIN(a), MAX(a), AVG(a) FROM sides
      WHERE unit <> 'percent' GROUP BY 1, 2, 3
      """, keys: 3),
    Question(
      "missing is not true",
      """
      from results | summarize above = count(where actual > 100), unknown = count(where actual is missing),
        other = count(where not (actual > 100)), different = count(where actual != 100) by programme
      """,
      """
      \(sides) SELECT programme, SUM(COALESCE(a > 100, 0)), SUM(a IS NULL), SUM(NOT COALESCE(a > 100, 0)),
        SUM(a IS NOT 100.0) FROM sides GROUP BY programme
      """),
    Question(
      "median and quantile",
      "from survey | summarize median(monthly_income), quantile(monthly_income, 0.9) by sex, wave",
      """
      WITH v AS (SELECT sex, wave, CAST(monthly_income AS REAL) AS x,
          ROW_NUMBER() OVER (PARTITION BY sex, wave ORDER BY CAST(monthly_income AS REAL)) - 1 AS i,
          COUNT(*) OVER (PARTITION BY sex, wave) AS n FROM survey WHERE monthly_income <> ''),
      p AS (SELECT *, 0.5 * (n - 1) AS h, 0.9 * (n - 1) AS k FROM v)
      SELECT sex, wave,
        MAX(CASE WHEN i = CAST(h AS INTEGER) THEN x END)
          + (MAX(h) - CAST(MAX(h) AS INTEGER)) * (MAX(CASE WHEN i = CAST(h AS INTEGER) + 1 THEN x END)
          - MAX(CASE WHEN i = CAST(h AS INTEGER) THEN x END)),
        MAX(CASE WHEN i = CAST(k AS INTEGER) THEN x END)
          + (MAX(k) - CAST(MAX(k) AS INTEGER)) * (MAX(CASE WHEN i = CAST(k AS INTEGER) + 1 THEN x END)
          - MAX(CASE WHEN i = CAST(k AS INTEGER) THEN x END))
      FROM p GROUP BY sex, wave
      """, keys: 2),
    Question(
      "variance and weighted mean",
      "from survey | summarize variance(hours_worked), weighted_mean(monthly_income, weight) by region",
      """
      WITH m AS (SELECT region, AVG(CAST(hours_worked AS REAL)) AS m FROM survey WHERE hours_worked <> '' GROUP BY region)
      SELECT survey.region,
        SUM(CASE WHEN hours_worked <> '' THEN (hours_worked - m) * (hours_worked - m) END)
          / (SUM(hours_worked <> '') - 1),
        SUM(CASE WHEN monthly_income <> '' AND weight <> '' THEN 1.0 * monthly_income * weight END)
          / SUM(CASE WHEN monthly_income <> '' AND weight <> '' THEN CAST(weight AS REAL) END)
      FROM survey JOIN m ON m.region = survey.region GROUP BY survey.region
      """),
    Question(
      "join enterprises with regions",
      """
      from enterprises | join regions on region
      | summarize enterprises = count, jobs = sum(jobs_created), women = sum(jobs_women), closed = count(closed) by iso_code, sex
      """,
      """
      SELECT iso_code, Sexe, COUNT(*), SUM(CAST(NULLIF("Emplois créés", 'n/d') AS INTEGER)),
        SUM(CAST(NULLIF("dont femmes", 'n/d') AS INTEGER)), SUM("Date de fermeture" <> '')
      FROM enterprises LEFT JOIN regions ON regions.region = enterprises."Région" GROUP BY 1, 2
      """, keys: 2),
    Question(
      "left join keeps what has no match",
      "from disbursements | join regions on region | summarize payments = count, euros = sum(amount_eur) by iso_code",
      """
      SELECT iso_code, COUNT(*), SUM(CAST(amount_eur AS REAL)) FROM disbursements LEFT JOIN regions
      ON regions.region = disbursements.region GROUP BY iso_code
      """),
    Question(
      "anti join",
      "from regions | join anti disbursements on region | keep region",
      "SELECT region FROM regions WHERE region NOT IN (SELECT region FROM disbursements)"),
    Question(
      "full join of two summaries",
      """
      from results | where indicator = "jobs created" | summarize jobs = sum(actual) by region
      | join full (from disbursements | summarize euros = sum(amount_eur) by region) on region
      """,
      """
      WITH j AS (SELECT region, SUM(CAST(NULLIF(actual, '') AS REAL)) AS jobs FROM results
          WHERE indicator = 'jobs created' GROUP BY region),
        e AS (SELECT NULLIF(region, '') AS region, SUM(CAST(amount_eur AS REAL)) AS euros FROM disbursements GROUP BY 1)
      SELECT COALESCE(j.region, e.region), jobs, euros FROM j FULL JOIN e ON j.region = e.region
      """),
    Question(
      "running sums",
      """
      from disbursements | summarize euros = sum(amount_eur) by programme, year = year(date)
      | add to_date = running(sum(euros)), before = previous(euros) per programme sort year
      """,
      """
      WITH y AS (SELECT programme, substr(date, 1, 4) AS year, SUM(CAST(amount_eur AS REAL)) AS euros FROM disbursements
        GROUP BY 1, 2)
      SELECT programme, year, euros, SUM(euros) OVER (PARTITION BY programme ORDER BY year),
        LAG(euros) OVER (PARTITION BY programme ORDER BY year) FROM y
      """, keys: 2),
    Question(
      "top of each group, with ties",
      "from disbursements | top 3 by amount_eur per funder | count by funder",
      """
      SELECT funder, COUNT(*) FROM (SELECT funder, RANK() OVER (PARTITION BY funder ORDER BY CAST(amount_eur AS REAL) DESC)
        AS place FROM disbursements) WHERE place <= 3 GROUP BY funder
      """),
    Question(
      "distinct and count_distinct",
      "from beneficiaries | summarize people = count_distinct(id), provinces = count_distinct(province) by region, year(supported_on)",
      """
      SELECT region, substr(supported_on, 1, 4), COUNT(DISTINCT NULLIF(id, '')),
        COUNT(DISTINCT NULLIF(NULLIF(province, ''), 'NSP')) FROM beneficiaries GROUP BY 1, 2
      """, keys: 2),
    Question(
      "combinations never reported",
      "from results | where actual is not missing | distinct indicator, region | complete indicator, region | count",
      """
      SELECT COUNT(*) FROM (SELECT DISTINCT indicator FROM results WHERE actual <> ''),
        (SELECT DISTINCT region FROM results WHERE actual <> '')
      """, keys: 0),
  ]

  @Test(arguments: questions)
  func agrees(_ question: Question) throws {
    let session = Session(catalog: try GoldenProject([]).catalog(), options: SessionOptions(today: "2021-01-22"))
    let result = try #require(try session.run(question.bilan).first)
    let columns = result.columns.map(\.descriptions)
    let ours = (0..<result.rowCount).map { row in columns.map { $0[row] ?? "" } }
    let theirs = try SQLite.rows(of: question.sql)
    try #require(ours.count == theirs.count)
    #expect(!theirs.isEmpty)
    let key = { (row: [String]) in row.prefix(question.keys).joined(separator: "\u{1F}") }
    for (mine, other) in zip(ours.sorted { key($0) < key($1) }, theirs.sorted { key($0) < key($1) }) {
      try #require(mine.count == other.count)
      for (left, right) in zip(mine, other) {
        #expect(Self.agree(left, right), "\(mine) is not \(other)")
      }
    }
  }

  private static func agree(_ left: String, _ right: String) -> Bool {
    guard let first = Double(left), let second = Double(right) else { return left == right }
    return abs(first - second) <= 1e-12 * max(1, abs(first), abs(second))
  }
}

/// The command-line program sqlite3 over the shipped datasets.
enum SQLite {
  static let path = "/usr/bin/sqlite3"
  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// Runs a query over fresh tables of the datasets, every column a text; real numbers come with 17 digits.
  static func rows(of sql: String) throws -> [[String]] {
    let datasets = GoldenProject.root + "/datasets"
    let recoded = NSTemporaryDirectory() + "bilan-enterprises-" + UUID().uuidString + ".csv"
    defer { try? FileManager.default.removeItem(atPath: recoded) }
    let enterprises = try Data(contentsOf: URL(fileURLWithPath: datasets + "/enterprises.csv"))
    try #require(String(data: enterprises, encoding: .windowsCP1252)).write(
      toFile: recoded, atomically: true, encoding: .utf8)
    var script = ".mode csv\n"
    for name in ["results", "regions", "survey", "disbursements", "beneficiaries"] {
      script += ".import \"\(datasets)/\(name).csv\" \(name)\n"
    }
    script += ".separator ; \\r\\n\n.import \"\(recoded)\" enterprises\n.mode ascii\n\(sql);\n"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-batch", "-bail", ":memory:"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(script.utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return text.split(separator: "\u{1E}").map { row in
      row.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
