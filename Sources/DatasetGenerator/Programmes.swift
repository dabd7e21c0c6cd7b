/// A programme as the synthetic tables see it: where it works and when.
struct Programme {
  let name: String
  /// What its indicator codes begin with.
  let code: String
  let first: Quarter
  let last: Quarter
  let regions: [Region]
  /// How much of the programme each region gets, in the order of `regions`.
  let weights: [Int]
  /// Regions that joined after the programme's first quarter.
  let laterRegions: [Int: Quarter]

  var quarters: [Quarter] { (first.index...last.index).map(Quarter.init(index:)) }

  func isActive(in region: Region, during quarter: Quarter) -> Bool {
    quarter >= first && quarter <= last && quarter >= (laterRegions[region.number] ?? first)
  }
}

extension Programme {
  /// Phase 2.0 ran five years from January 2017; published counts of its regions are 6 (as of 2017) and 8. Which ones
  /// they were is not published: the choice here is invented.
  static let minAjliki = Programme(
    name: "Min Ajliki 2.0", code: "MA", first: Quarter(2017, 1), last: Quarter(2021, 4),
    regions: [1, 2, 3, 4, 5, 6, 7, 9].map(Region.number),
    weights: [15, 10, 17, 14, 8, 20, 11, 9],
    laterRegions: [5: Quarter(2018, 1), 9: Quarter(2018, 1)])

  /// The four regions are published; so is the period, as "three years ago" in 2022.
  static let aji = Programme(
    name: "Aji", code: "AJ", first: Quarter(2019, 1), last: Quarter(2022, 4),
    regions: [2, 3, 5, 8].map(Region.number),
    weights: [30, 32, 22, 16],
    laterRegions: [:])
}

/// How well a region does compared with its share, in hundredths: Fès-Meknès beats its targets, L'Oriental struggles.
func performance(of region: Region) -> Int {
  switch region.number {
  case 2: 78
  case 3: 138
  case 5: 88
  case 6: 104
  case 8: 92
  default: 97
  }
}
