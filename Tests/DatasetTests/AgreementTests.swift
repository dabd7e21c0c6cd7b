import Foundation
import Testing

/// What the datasets' README says they agree with, added up again from the files alone.
@Suite("Synthetic totals agree with published figures")
struct AgreementTests {
  let results: CSV
  let published: CSV

  init() throws {
    results = try CSV("results.csv")
    published = try CSV("published.csv")
  }

  /// A column of `results` summed over an indicator's quarters.
  private func total(
    _ column: String, of indicator: String, in programme: String, from first: String, to last: String
  ) -> Int {
    results.rows.filter {
      $0["programme"] == programme && $0["indicator"] == indicator && (first...last).contains($0["period"]!)
    }.reduce(0) { $0 + (Int($1[column]!) ?? 0) }
  }

  /// The values that sources print for an indicator, each once.
  private func printed(
    _ indicator: String, programme: String, phase: String, start: String, kind: String = "actual"
  ) -> Set<Int> {
    Set(
      published.rows.filter {
        $0["programme"] == programme && $0["phase"] == phase && $0["indicator"] == indicator
          && $0["period_start"] == start && $0["kind"] == kind
      }.compactMap { Int($0["value"]!) })
  }

  @Test(
    "of Min Ajliki 2.0 in 2017",
    arguments: [
      "people trained in entrepreneurship": 1_600, "people trained in management": 300,
      "people supported in marketing": 600, "people supported before creation": 600,
      "people supported after creation": 500, "jobs created": 500,
    ])
  func minAjlikiIn2017(indicator: String, value: Int) {
    #expect(printed(indicator, programme: "Min Ajliki", phase: "2.0", start: "2017-01-01") == [value])
    #expect(total("actual", of: indicator, in: "Min Ajliki 2.0", from: "2017-Q1", to: "2017-Q4") == value)
  }

  @Test(
    "of Aji, 2019 to 2022",
    arguments: [
      "people sensitised": 7_600, "people inserted in employment": 1_549, "enterprises created": 695,
      "conventions signed": 44,
    ])
  func aji(indicator: String, value: Int) {
    #expect(printed(indicator, programme: "Aji", phase: "", start: "2019-01-01") == [value])
    #expect(total("actual", of: indicator, in: "Aji", from: "2019-Q1", to: "2022-Q4") == value)
  }

  @Test("of the post-Covid plan")
  func postCovidPlan() {
    let indicator = "enterprises supported (post-Covid plan)"
    let target = total("target", of: indicator, in: "Min Ajliki 2.0", from: "2017-Q1", to: "2021-Q4")
    #expect(printed(indicator, programme: "Min Ajliki", phase: "2.0", start: "2020-09-22", kind: "target") == [target])
  }

  @Test("of enterprises created by June 2018, less the pilot's")
  func enterprisesByJune2018() throws {
    let both = try #require(
      printed("enterprises created", programme: "Min Ajliki", phase: "1+2.0", start: "2013-01-01").first)
    let pilot = try #require(
      printed("enterprises created", programme: "Min Ajliki", phase: "pilot", start: "2013-01-01").first)
    let synthetic = total("actual", of: "enterprises created", in: "Min Ajliki 2.0", from: "2017-Q1", to: "2018-Q2")
    #expect(synthetic == both - pilot)
  }

  @Test(
    "of 2.0 stay below those of 2.0 and 3.0 together",
    arguments: ["people sensitised", "enterprises created", "projects incubated", "jobs created"])
  func belowBothPhases(indicator: String) throws {
    let both = try #require(
      printed(indicator, programme: "Min Ajliki", phase: "2.0+3.0", start: "2017-01-01").first)
    let synthetic = total("actual", of: indicator, in: "Min Ajliki 2.0", from: "2017-Q1", to: "2021-Q4")
    #expect(0 < synthetic && synthetic < both)
  }

  @Test("of regions")
  func regions() {
    func regions(_ programme: String, _ year: String) -> Set<String> {
      Set(
        results.rows.filter { $0["programme"] == programme && $0["period"]!.hasPrefix(year) }.map { $0["region"]! })
    }
    #expect(regions("Min Ajliki 2.0", "2017").count == 6)
    #expect(regions("Min Ajliki 2.0", "2021").count == 8)
    #expect(regions("Aji", "2020") == ["L'Oriental", "Drâa-Tafilalet", "Fès-Meknès", "Béni Mellal-Khénifra"])
  }

  @Test("of the Belgian grant")
  func belgianGrant() throws {
    let payments = try CSV("disbursements.csv").rows.filter {
      $0["programme"] == "Min Ajliki 2.0" && $0["funder"] == "Belgium"
    }
    #expect(payments.allSatisfy { $0["currency"] == "EUR" && $0["amount"] == $0["amount_eur"] })
    let cents = payments.reduce(0) { $0 + Int($1["amount"]!.replacing(".", with: ""))! }
    #expect(cents % 100 == 0)
    let budgets = printed(
      "programme budget", programme: "Min Ajliki", phase: "2.0", start: "2017-01-01", kind: "budget")
    #expect(budgets == [4_750_000, 7_407_193])
    #expect(cents / 100 == 7_407_193)
  }

  @Test("of Aji's ages")
  func agesOfAji() throws {
    let people = try CSV("beneficiaries.csv").rows.filter { $0["programme"] == "Aji" && $0["birth_year"] != "" }
    let ages = people.map { Int($0["supported_on"]!.prefix(4))! - Int($0["birth_year"]!)! }
    #expect(ages.min() == 18 && ages.max() == 35)
  }
}
