/// An indicator of the synthetic results, and what it is to add up to.
struct Indicator {
  enum Shape {
    /// A count: targets and actuals in whole numbers that add up, over all cells of each span, to a given total.
    case count(targets: [Total], actuals: [Total])
    /// A share in percent, known every second quarter, that climbs from `baseline` to `target`.
    case share(baseline: Int, target: Int)
    /// A number of days that should fall from `baseline` to `target`.
    case days(baseline: Int, target: Int)
  }

  /// What is reached over the quarters of a span.
  struct Total {
    let quarters: ClosedRange<Int>
    let value: Int
  }

  let programme: Programme
  let number: Int
  let name: String
  let level: String
  let unit: String
  /// The sexes it is reported for, with their weights; one blank where it is not disaggregated.
  let sexes: [(String, weight: Int)]
  let shape: Shape

  var code: String { "\(programme.code)-\(padded(number, to: 2))" }

  var measure: String {
    if case .share = shape { "percentage" } else { "unit" }
  }

  var direction: String {
    if case .days = shape { "down" } else { "up" }
  }

  /// Whether quarters and regions add up, or only have a mean.
  var aggregation: String {
    if case .count = shape { "sum" } else { "mean" }
  }
}

/// Totals of whole years from `first` on.
private func yearly(from first: Int, _ values: Int...) -> [Indicator.Total] {
  values.enumerated().map { offset, value in
    let start = Quarter(first + offset, 1).index
    return Indicator.Total(quarters: start...(start + 3), value: value)
  }
}

/// The total of the quarters from one to another.
private func span(_ first: Quarter, _ last: Quarter, _ value: Int) -> [Indicator.Total] {
  [Indicator.Total(quarters: first.index...last.index, value: value)]
}

private let women = [("F", weight: 100)]
private let undivided = [("", weight: 100)]

/// The indicators of Min Ajliki 2.0. Figures marked *published* agree with `published.csv`; the others are invented.
let minAjlikiIndicators: [Indicator] = {
  func indicator(
    _ number: Int, _ name: String, _ level: String, _ unit: String, sexes: [(String, weight: Int)] = women,
    _ shape: Indicator.Shape
  ) -> Indicator {
    Indicator(
      programme: .minAjliki, number: number, name: name, level: level, unit: unit, sexes: sexes, shape: shape)
  }
  return [
    indicator(
      1, "people sensitised", "output", "persons",
      .count(
        targets: yearly(from: 2017, 3_000, 6_000, 7_000, 7_000, 7_000),
        actuals: yearly(from: 2017, 2_900, 6_400, 7_800, 3_100, 6_900))),
    indicator(
      2, "people trained in entrepreneurship", "output", "persons",
      .count(
        targets: yearly(from: 2017, 1_500, 1_800, 2_000, 2_000, 2_000),
        actuals: yearly(from: 2017, 1_600, 1_850, 2_100, 900, 1_700))),  // 2017: published
    indicator(
      3, "people trained in management", "output", "persons",
      .count(
        targets: yearly(from: 2017, 280, 400, 480, 480, 480),
        actuals: yearly(from: 2017, 300, 420, 510, 190, 400))),  // 2017: published
    indicator(
      4, "people supported before creation", "output", "persons",
      .count(
        targets: yearly(from: 2017, 620, 760, 860, 860, 860),
        actuals: yearly(from: 2017, 600, 760, 880, 420, 780))),  // 2017: published
    indicator(
      5, "people supported after creation", "output", "persons",
      .count(
        targets: yearly(from: 2017, 480, 540, 620, 620, 620),
        actuals: yearly(from: 2017, 500, 560, 640, 450, 690))),  // 2017: published
    indicator(
      6, "people supported in marketing", "output", "persons",
      .count(
        targets: yearly(from: 2017, 550, 600, 650, 650, 650),
        actuals: yearly(from: 2017, 600, 640, 700, 310, 560))),  // 2017: published
    indicator(
      7, "projects incubated", "output", "projects",
      .count(
        targets: yearly(from: 2017, 50, 70, 80, 80, 80),
        actuals: yearly(from: 2017, 48, 66, 80, 42, 74))),
    indicator(
      8, "enterprises created", "outcome", "enterprises",
      .count(
        targets: yearly(from: 2017, 80, 150, 240, 240, 240),
        // January 2017 to June 2018: 230 for both phases less 97 for the pilot, both published, are 133.
        actuals: yearly(from: 2017, 80) + span(Quarter(2018, 1), Quarter(2018, 2), 53)
          + span(Quarter(2018, 3), Quarter(2018, 4), 92) + yearly(from: 2019, 260, 140, 285))),
    indicator(
      9, "jobs created", "outcome", "jobs",
      .count(
        targets: yearly(from: 2017, 450, 550, 650, 650, 650),
        actuals: yearly(from: 2017, 500, 520, 640, 330, 700))),  // 2017: published
    indicator(
      10, "people supported in public procurement", "output", "persons",
      .count(targets: yearly(from: 2018, 60, 80, 80, 80), actuals: [])),  // never reported
    indicator(
      11, "enterprises supported (post-Covid plan)", "output", "enterprises",
      .count(
        targets: span(Quarter(2020, 4), Quarter(2021, 1), 450),  // published
        actuals: span(Quarter(2020, 4), Quarter(2021, 1), 431))),
    indicator(
      12, "share of supported women who feel confident to manage an enterprise", "outcome", "percent",
      .share(baseline: 34, target: 70)),
    indicator(
      13, "average days to register an enterprise", "outcome", "days", sexes: undivided,
      .days(baseline: 24, target: 10)),
  ]
}()

/// The indicators of Aji.
let ajiIndicators: [Indicator] = {
  let youth = [("F", weight: 47), ("M", weight: 53)]
  func indicator(
    _ number: Int, _ name: String, _ level: String, _ unit: String, sexes: [(String, weight: Int)] = youth,
    _ shape: Indicator.Shape
  ) -> Indicator {
    Indicator(programme: .aji, number: number, name: name, level: level, unit: unit, sexes: sexes, shape: shape)
  }
  return [
    indicator(
      1, "people sensitised", "output", "persons",
      .count(
        targets: yearly(from: 2019, 1_500, 1_900, 1_900, 1_900),
        actuals: yearly(from: 2019, 1_400, 1_300, 2_300, 2_600))),  // 7,600 in all: published
    indicator(
      2, "people trained in employability", "output", "persons",
      .count(
        targets: yearly(from: 2019, 600, 800, 900, 900),
        actuals: yearly(from: 2019, 620, 410, 980, 1_060))),
    indicator(
      3, "people supported before creation", "output", "persons",
      .count(
        targets: yearly(from: 2019, 300, 450, 500, 500),
        actuals: yearly(from: 2019, 310, 240, 520, 560))),
    indicator(
      4, "people inserted in employment", "outcome", "persons",
      .count(
        targets: yearly(from: 2019, 300, 400, 450, 450),
        actuals: yearly(from: 2019, 210, 190, 520, 629))),  // 1,549 in all: published
    indicator(
      5, "enterprises created", "outcome", "enterprises",
      .count(
        targets: yearly(from: 2019, 100, 170, 190, 190),
        actuals: yearly(from: 2019, 90, 105, 225, 275))),  // 695 in all: published
    indicator(
      6, "jobs created", "outcome", "jobs",
      .count(
        targets: yearly(from: 2019, 250, 430, 480, 480),
        actuals: yearly(from: 2019, 260, 290, 640, 760))),
    indicator(
      7, "conventions signed", "output", "conventions", sexes: undivided,
      .count(
        targets: yearly(from: 2019, 12, 10, 10, 8),
        actuals: yearly(from: 2019, 14, 6, 12, 12))),  // 44 in all: published
    indicator(
      8, "share of participants in employment six months after support", "outcome", "percent",
      .share(baseline: 22, target: 45)),
    indicator(
      9, "average days to a first interview", "outcome", "days", sexes: undivided,
      .days(baseline: 45, target: 20)),
  ]
}()
