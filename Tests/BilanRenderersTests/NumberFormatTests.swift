import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import Testing

private func reals(_ values: [Double], _ language: Language = .english) -> [String] {
  cells(Field("x", .real), values.map(Value.real), RenderOptions(language: language))
}

private func percents(_ values: [Double], _ language: Language = .english) -> [String] {
  cells(Field("x", .real, display: .percent), values.map(Value.real), RenderOptions(language: language))
}

private func integers(_ values: [Int64], _ field: Field) -> [String] { cells(field, values.map(Value.integer)) }

@Suite struct NumberFormatTests {
  @Test func realsShareTheirDecimals() {
    #expect(reals([1, 2, 3]) == ["1", "2", "3"])
    #expect(reals([1.5, 2.25]) == ["1.50", "2.25"])
    #expect(reals([1234.5678, 2]) == ["1,234.57", "2.00"])
    #expect(reals([1234.5678, -2], .french) == ["1\u{202F}234,57", "-2,00"])
    #expect(reals([10.0 / 3]) == ["3.333"])
    #expect(reals([100.0 / 3]) == ["33.33"])
    #expect(reals([0.123456]) == ["0.1235"])
    #expect(reals([0.00123456]) == ["0.001235"])
    #expect(reals([0, -0.0]) == ["0", "0"])
  }

  @Test func roundingIsDecimal() {
    #expect(reals([100.145]) == ["100.15"])
    #expect(reals([999.999, 5.5]) == ["1,000.0", "5.5"])
    #expect(reals([-100.005]) == ["-100.01"])
  }

  @Test func whatIsNotZeroDoesNotLookSo() {
    #expect(reals([5000.25, 0.00123]) == ["5,000.25", "0.0012"])
    #expect(reals([5000.5, 1.25e-20]) == ["5,000.5", "1.25e-20"])
    #expect(reals([1.5e30]) == ["1.5e30"])
  }

  @Test func percentages() {
    #expect(percents([1.425, 1.28]) == ["143%", "128%"])
    #expect(percents([1.425, 12.8], .french) == ["143\u{202F}%", "1\u{202F}280\u{202F}%"])
    #expect(percents([0.052, 0.07]) == ["5.2%", "7.0%"])
    #expect(percents([0.05, 0.07]) == ["5%", "7%"])
    #expect(percents([0.052, 0.5]) == ["5%", "50%"])
  }

  @Test func roundingNeverReaches100Percent() {
    #expect(percents([0.996, 0.5]) == ["99.6%", "50.0%"])
    #expect(percents([0.9997, 0.5]) == ["99.97%", "50.00%"])
    #expect(percents([0.99999, 0.5]) == ["99.999%", "50%"])
    #expect(percents([1.004, 0.5]) == ["100.4%", "50.0%"])
    #expect(percents([1, 0.5]) == ["100%", "50%"])
    // What the sum of ten tenths leaves is a whole.
    #expect(percents([0.9999999999999999]) == ["100%"])
    #expect(percents([0.0004, 0.5]) == ["0.04%", "50%"])
  }

  @Test func ratios() {
    let values = [ratio(512, 400, 7, 8), ratio(3, 3, 8, 8), ratio(0, 0, 0, 8), ratio(0, 0, 0, 0), ratio(1, 0, 2, 2)]
    #expect(cells(Field("r", .ratio), values) == ["128% (7/8)", "100%", "· (0/8)", "·", "·"])
    #expect(cells(Field("r", .ratio, display: .plain), values) == ["1.28 (7/8)", "1.00", "· (0/8)", "·", "·"])
    #expect(cells(Field("r", .ratio), [ratio(9997, 10_000, 1, 1)]) == ["99.97%"])
  }

  @Test func thousandsButNotYearsNorCodes() {
    #expect(integers([1200, 35], Field("jobs", .integer)) == ["1,200", "35"])
    #expect(integers([-1_234_567], Field("jobs", .integer)) == ["-1,234,567"])
    #expect(
      integers([.max, .min], Field("n", .integer)) == ["9,223,372,036,854,775,807", "-9,223,372,036,854,775,808"])
    #expect(integers([2018, 2019], Field("n", .integer)) == ["2018", "2019"])
    #expect(integers([2018, 2019], Field("n", .integer, unit: "MAD")) == ["2,018", "2,019"])
    #expect(integers([1850, 2019], Field("Année", .integer)) == ["1850", "2019"])
    #expect(integers([1850, 2019], Field("base year", .integer)) == ["1850", "2019"])
    #expect(integers([3500], Field("jobs per year", .integer)) == ["3,500"])
    #expect(integers([123_456], Field("person_id", .integer)) == ["123456"])
  }

  @Test func otherTypes() {
    #expect(cells(Field("d", .date), [.date(CalendarDate(year: 2019, month: 4, day: 5)!)]) == ["2019-04-05"])
    #expect(cells(Field("p", .period), [.period(.quarter(2019, 3))]) == ["2019-Q3"])
    #expect(cells(Field("b", .boolean), [.boolean(true), .missing]) == ["true", "·"])
    let months: [Value] = [.duration(18, .months), .duration(1, .months)]
    #expect(cells(Field("d", .duration(.months)), months) == ["18 months", "1 month"])
    #expect(
      cells(Field("d", .duration(.days)), [.duration(1200, .days)], RenderOptions(language: .french))
        == ["1\u{202F}200 jours"])
  }
}
