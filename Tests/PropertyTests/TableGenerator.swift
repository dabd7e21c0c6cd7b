import Bilan
import BilanTestSupport

/// Makes tables of every type with what is hard about it: few rows, missing values, ties, extremes.
struct TableGenerator {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// `results`, and `more` with some of its columns and a few of its own.
  mutating func tables() -> [TestTable] {
    let extremes = random.chance(25)
    let count = random.pick([0, 1, 2, 5, 5, 12, 12, 40])
    let results = TestTable(
      name: "results",
      columns: [
        ("indicator", .texts(values(count, ["enterprises", "jobs", "Jobs"]))),
        ("région", .texts(values(count, Self.regions))),
        ("period", .periods(values(count, Self.periods))),
        ("target", .integers(values(count, [0, 0, 5, 10, 10, 20, 100]))),
        ("actual", .integers(values(count, extremes ? Self.extremes : [-7, -1, 0, 1, 3, 10, 12, 25, 2019]))),
        ("cost", .reals(values(count, [-0.0, 0, 0.1, 0.25, -2.5, 3, 7.75, 1e6, -1e-3]))),
        ("flag", .booleans(values(count, [true, false]))),
        ("created", .dates(values(count, Self.dates))),
      ])
    let moreCount = random.pick([0, 1, 3, 6])
    let more = TestTable(
      name: "more",
      columns: [
        ("région", .texts(values(moreCount, Self.regions))),
        ("target", .integers(values(moreCount, [0, 5, 10, 20, 30]))),
        ("weight", .reals(values(moreCount, [0, 0.5, 1, 2.25, -1]))),
        ("created", .dates(values(moreCount, Self.dates))),
        ("note", .texts(values(moreCount, ["", "a, b", "\"q\"", "œuf"]))),
      ])
    return [results, more]
  }

  /// Some of `choices`: all equal, all missing, half missing, or mixed.
  private mutating func values<Value>(_ count: Int, _ choices: [Value]) -> [Value?] {
    let share = random.pick([0, 0, 10, 50, 100])
    let few =
      random.chance(25)
      ? [random.pick(choices)] : random.chance(30) ? Array(choices.shuffled(using: &random).prefix(2)) : choices
    return (0..<count).map { _ in random.chance(share) ? nil : random.pick(few) }
  }

  static let regions = [
    "Oriental", "oriental", "Fès-Meknès", "Fes-Meknes", "FÈS-MEKNÈS", "École", "Ecole", "ecole", "Zagora", "œuvre", "",
  ]
  static let extremes = [Int.max, Int.min, Int.max - 1, Int.min + 1, 1 << 62, -(1 << 62), 0, 1, -1, 3_037_000_500]
  static let periods = [
    "2019", "2020", "2019-S1", "2019-S2", "2019-Q1", "2019-Q3", "2020-Q1", "2019-01", "2020-02", "2020-12",
    "2019-12-31", "2020-02-29", "FY2019",
  ]
  static let dates = [
    "2019-01-31", "2019-02-28", "2019-12-31", "2020-01-01", "2020-02-29", "2020-03-01", "2020-12-31", "1999-12-31",
    "1900-02-28", "2000-02-29",
  ]
}
