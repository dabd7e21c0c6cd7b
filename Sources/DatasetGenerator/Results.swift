/// A line of the results framework: an indicator in a region, for a sex, in a quarter.
struct ResultRow {
  let indicator: Indicator
  let region: Region
  let sex: String
  let quarter: Quarter
  /// In tenths for shares and days, whole otherwise.
  let baseline: Int
  let target: Int
  /// Nothing where the region did not report.
  var actual: Int?
}

/// Every row of `results.csv`, in the file's order: programme, indicator, region, sex, quarter.
func makeResults() -> [ResultRow] {
  (minAjlikiIndicators + ajiIndicators).flatMap(rows(of:))
}

func resultsFile(_ results: [ResultRow]) -> [UInt8] {
  var writer = CSVWriter(header: [
    "programme", "indicator", "indicator_code", "level", "measure", "aggregation", "unit", "direction", "region",
    "sex", "period", "baseline", "target", "actual",
  ])
  for row in results {
    let indicator = row.indicator
    let places = indicator.aggregation == "mean" ? 1 : 0
    func number(_ value: Int?) -> String { value.map { decimal($0, places: places) } ?? "" }
    writer.append([
      indicator.programme.name, indicator.name, indicator.code, indicator.level, indicator.measure,
      indicator.aggregation, indicator.unit, indicator.direction, row.region.name, row.sex, row.quarter.label,
      number(row.baseline), number(row.target), number(row.actual),
    ])
  }
  return writer.bytes
}

private func rows(of indicator: Indicator) -> [ResultRow] {
  var random = Random(stream: "results/\(indicator.code)")
  switch indicator.shape {
  case .count(let targets, let actuals): return counts(of: indicator, targets, actuals, &random)
  case .share(let baseline, let target): return shares(of: indicator, from: baseline, to: target, &random)
  case .days(let baseline, let target): return days(of: indicator, from: baseline, to: target, &random)
  }
}

/// The cells of an indicator: all regions, sexes and quarters in which its programme works.
private func cells(of indicator: Indicator) -> [(regionIndex: Int, sex: (String, weight: Int), quarter: Quarter)] {
  let programme = indicator.programme
  var cells: [(regionIndex: Int, sex: (String, weight: Int), quarter: Quarter)] = []
  for (regionIndex, region) in programme.regions.enumerated() {
    for sex in indicator.sexes {
      for quarter in programme.quarters where programme.isActive(in: region, during: quarter) {
        cells.append((regionIndex, sex, quarter))
      }
    }
  }
  return cells
}

private func counts(
  of indicator: Indicator, _ targets: [Indicator.Total], _ actuals: [Indicator.Total], _ random: inout Random
) -> [ResultRow] {
  let programme = indicator.programme
  let planned = cells(of: indicator).filter { cell in
    targets.contains { $0.quarters.contains(cell.quarter.index) }
  }
  let blanks = blankQuarters(of: indicator, &random)

  var targetWeights: [Int] = []
  var actualWeights: [Int] = []
  for cell in planned {
    let region = programme.regions[cell.regionIndex]
    let weight = programme.weights[cell.regionIndex] * cell.sex.weight
    targetWeights.append(weight)
    let isBlank = blanks.contains(Blank(region: region.number, quarter: cell.quarter.index))
    let noise = random.int(78...122)
    actualWeights.append(
      isBlank ? 0 : weight * performance(of: region) * season(cell.quarter) * noise / 100)
  }

  var target = [Int](repeating: 0, count: planned.count)
  var actual = [Int?](repeating: nil, count: planned.count)
  for total in targets {
    let inSpan = planned.indices.filter { total.quarters.contains(planned[$0].quarter.index) }
    let parts = share(total.value, by: inSpan.map { targetWeights[$0] })
    for (index, part) in zip(inSpan, parts) { target[index] = part }
  }
  for total in actuals {
    let reported = planned.indices.filter {
      total.quarters.contains(planned[$0].quarter.index) && actualWeights[$0] > 0
    }
    let parts = share(total.value, by: reported.map { actualWeights[$0] })
    for (index, part) in zip(reported, parts) { actual[index] = part }
  }

  return planned.indices.map { index in
    let cell = planned[index]
    return ResultRow(
      indicator: indicator, region: programme.regions[cell.regionIndex], sex: cell.sex.0, quarter: cell.quarter,
      baseline: 0, target: target[index], actual: actual[index])
  }
}

private func shares(
  of indicator: Indicator, from baseline: Int, to target: Int, _ random: inout Random
) -> [ResultRow] {
  let programme = indicator.programme
  let blanks = blankQuarters(of: indicator, &random)
  var start: [Int: Int] = [:]
  for region in programme.regions { start[region.number] = baseline * 10 + random.int(-40...40) }
  // Asked twice a year: in the second and in the fourth quarter.
  return cells(of: indicator).filter { $0.quarter.number % 2 == 0 }.map { cell in
    let region = programme.regions[cell.regionIndex]
    let from = start[region.number]! + (cell.sex.0 == "M" ? 30 : 0)
    let planned = onTheWay(from: from, to: target * 10, at: cell.quarter, of: programme)
    let reached = from + (planned - from) * performance(of: region) / 100 + random.int(-25...25)
    let isBlank = blanks.contains(Blank(region: region.number, quarter: cell.quarter.index))
    return ResultRow(
      indicator: indicator, region: region, sex: cell.sex.0, quarter: cell.quarter, baseline: from,
      target: planned, actual: isBlank || cell.quarter == Quarter(2020, 2) ? nil : min(reached, 1_000))
  }
}

private func days(
  of indicator: Indicator, from baseline: Int, to target: Int, _ random: inout Random
) -> [ResultRow] {
  let programme = indicator.programme
  let blanks = blankQuarters(of: indicator, &random)
  var start: [Int: Int] = [:]
  for region in programme.regions { start[region.number] = baseline * 10 + random.int(-30...50) }
  return cells(of: indicator).map { cell in
    let region = programme.regions[cell.regionIndex]
    let from = start[region.number]!
    let planned = onTheWay(from: from, to: target * 10, at: cell.quarter, of: programme)
    let slowdown = cell.quarter == Quarter(2020, 3) ? 40 : 0
    let reached = from + (planned - from) * performance(of: region) / 100 + slowdown + random.int(-9...9)
    let isBlank = blanks.contains(Blank(region: region.number, quarter: cell.quarter.index))
    return ResultRow(
      indicator: indicator, region: region, sex: cell.sex.0, quarter: cell.quarter, baseline: from,
      target: planned, actual: isBlank ? nil : max(reached, 10))
  }
}

/// The value planned for `quarter` on a straight line from the baseline to the last quarter's target.
private func onTheWay(from: Int, to: Int, at quarter: Quarter, of programme: Programme) -> Int {
  let steps = programme.last.index - programme.first.index + 1
  return from + (to - from) * (quarter.index - programme.first.index + 1) / steps
}

/// A region's quarter without a report.
private struct Blank: Hashable {
  let region: Int
  let quarter: Int
}

/// Where nothing was reported: much of the spring of 2020, the last quarter of a region that is late, and some more.
private func blankQuarters(of indicator: Indicator, _ random: inout Random) -> Set<Blank> {
  let programme = indicator.programme
  let late = programme.name == Programme.aji.name ? 8 : 5
  var blanks: Set<Blank> = [Blank(region: late, quarter: programme.last.index)]
  for region in programme.regions {
    for quarter in programme.quarters {
      let likely = quarter == Quarter(2020, 2) ? 600 : 15
      if random.chance(likely) { blanks.insert(Blank(region: region.number, quarter: quarter.index)) }
    }
  }
  return blanks
}

/// How much is done in a quarter compared with others of its year, in hundredths: less in summer, little in spring 2020.
private func season(_ quarter: Quarter) -> Int {
  if quarter == Quarter(2020, 2) { return 25 }
  if quarter == Quarter(2020, 3) { return 70 }
  return [95, 112, 78, 115][quarter.number - 1]
}
