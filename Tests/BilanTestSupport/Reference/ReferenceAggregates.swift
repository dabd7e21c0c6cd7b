/// What aggregates make of the values of a group, each written as its definition reads.
enum ReferenceAggregates {
  static let names: Set<String> = [
    "count", "count_distinct", "sum", "mean", "median", "quantile", "min", "max", "stddev", "variance", "ratio",
    "share", "pool", "first", "last", "only", "any", "all", "mode", "list", "correlation", "weighted_mean",
  ]

  /// - Parameters:
  ///   - columns: for each argument the values of the group's rows.
  ///   - kinds: the type of each argument.
  static func value(
    _ name: String, _ columns: [[Cell]], _ kinds: [Kind], rowCount: Int
  ) throws(ReferenceError) -> Cell {
    if name == "count", columns.isEmpty { return .integer(Int64(rowCount)) }
    let present = columns[0].filter { !$0.isMissing }
    switch name {
    case "count": return .integer(Int64(present.count))
    case "count_distinct": return .integer(Int64(distinct(present).count))
    case "sum": return try sum(present, kinds[0])
    case "mean": return mean(present, kinds[0])
    case "median": return quantile(present, 0.5)
    case "quantile": return quantile(present, columns[1].first?.number)
    case "min": return plain(present.reduce(nil) { $1.precedes($0 ?? $1) || $0 == nil ? $1 : $0 })
    case "max": return plain(present.reduce(nil) { ($0 ?? $1).precedes($1) || $0 == nil ? $1 : $0 })
    case "variance": return variance(present).map { .finite($0) } ?? .missing
    case "stddev": return variance(present).map { .finite($0.squareRoot()) } ?? .missing
    case "ratio": return ratio(columns[0], columns[1])
    case "share": return share(columns[0])
    case "pool": return pool(columns[0])
    case "first": return present.first ?? .missing
    case "last": return present.last ?? .missing
    // A row without a value does not share the others'.
    case "only": return distinct(columns[0]).count == 1 ? columns[0][0] : .missing
    case "any": return present.isEmpty ? .missing : .boolean(present.contains(.boolean(true)))
    case "all": return present.isEmpty ? .missing : .boolean(!present.contains(.boolean(false)))
    case "mode": return mode(present)
    case "list":
      return present.isEmpty ? .missing : .text(distinct(present).map { $0.asText ?? "" }.joined(separator: ", "))
    case "correlation": return correlation(columns[0], columns[1])
    case "weighted_mean": return weightedMean(columns[0], columns[1])
    default: throw .unsupported("aggregate \(name)")
    }
  }

  /// A ratio is its value where it is one of several.
  private static func plain(_ cell: Cell?) -> Cell { cell?.converted(to: kindOfPlain(cell)) ?? .missing }
  private static func kindOfPlain(_ cell: Cell?) -> Kind { if case .ratio? = cell { .real } else { .missing } }

  static func distinct(_ cells: [Cell]) -> [Cell] {
    var result: [Cell] = []
    for cell in cells where !result.contains(where: { $0.isSame(as: cell) }) { result.append(cell) }
    return result
  }

  /// The exact sum of doubles, rounded once. Source: Shewchuk 1997, as Python's `math.fsum` has it.
  static func exactSum(_ values: [Double]) -> Double {
    var partials: [Double] = []
    for value in values {
      var x = value
      var kept: [Double] = []
      for y in partials {
        let (large, small) = abs(x) < abs(y) ? (y, x) : (x, y)
        let high = large + small
        let low = small - (high - large)
        if low != 0 { kept.append(low) }
        x = high
      }
      partials = kept + [x]
    }
    return partials.reversed().reduce(0, +)
  }

  private static func integerSum(_ cells: [Cell]) -> Int128 {
    cells.reduce(0) { total, cell in
      switch cell {
      case .integer(let value), .days(let value), .months(let value): total + Int128(value)
      default: total
      }
    }
  }

  private static func sum(_ present: [Cell], _ kind: Kind) throws(ReferenceError) -> Cell {
    if present.isEmpty { return .missing }
    guard kind != .real && kind != .ratio else { return .finite(exactSum(present.compactMap(\.number))) }
    guard let total = Int64(exactly: integerSum(present)) else { throw .overflow }
    switch kind {
    case .days: return .days(total)
    case .months: return .months(total)
    default: return .integer(total)
    }
  }

  private static func mean(_ present: [Cell], _ kind: Kind) -> Cell {
    if present.isEmpty { return .missing }
    let total = kind == .integer ? Double(integerSum(present)) : exactSum(present.compactMap(\.number))
    return .finite(total / Double(present.count))
  }

  /// Linear interpolation, type 7 of Hyndman and Fan 1996.
  private static func quantile(_ present: [Cell], _ share: Double?) -> Cell {
    let values = present.compactMap(\.number).sorted()
    guard let share, (0...1).contains(share), !values.isEmpty else { return .missing }
    let place = share * Double(values.count - 1)
    let below = Int(place.rounded(.down))
    let above = min(below + 1, values.count - 1)
    let part = place - Double(below)
    return .finite(part == 0 ? values[below] : values[below] * (1 - part) + values[above] * part)
  }

  private static func variance(_ present: [Cell]) -> Double? {
    let numbers = present.compactMap(\.number)
    guard numbers.count > 1 else { return nil }
    // Differences from any one of them vary alike, and are exactly zero where all are equal.
    let values = numbers.map { $0 - numbers[0] }
    let mean = exactSum(values) / Double(values.count)
    return exactSum(values.map { ($0 - mean) * ($0 - mean) }) / Double(values.count - 1)
  }

  private static func pairs(_ first: [Cell], _ second: [Cell]) -> [(Double, Double)] {
    zip(first, second).compactMap { a, b in
      guard let a = a.number, let b = b.number else { return nil }
      return (a, b)
    }
  }

  /// Rows with either side are expected, rows with both reported.
  private static func ratio(_ first: [Cell], _ second: [Cell]) -> Cell {
    let both = pairs(first, second)
    return .ratio(
      ReferenceRatio(
        numerator: exactSum(both.map(\.0)), denominator: exactSum(both.map(\.1)), reported: both.count,
        expected: zip(first, second).count { !$0.isMissing || !$1.isMissing }))
  }

  private static func share(_ conditions: [Cell]) -> Cell {
    let known = conditions.count { !$0.isMissing }
    return .ratio(
      ReferenceRatio(
        numerator: Double(conditions.count(where: \.isTrue)), denominator: Double(known), reported: known,
        expected: conditions.count))
  }

  private static func pool(_ cells: [Cell]) -> Cell {
    let ratios = cells.compactMap { if case .ratio(let ratio) = $0 { ratio } else { nil } }
    let reported = ratios.filter { $0.reported > 0 }
    return .ratio(
      ReferenceRatio(
        numerator: exactSum(reported.map(\.numerator)), denominator: exactSum(reported.map(\.denominator)),
        reported: reported.map(\.reported).reduce(0, +), expected: ratios.map(\.expected).reduce(0, +)))
  }

  private static func mode(_ present: [Cell]) -> Cell {
    var best: (cell: Cell, count: Int)?
    for cell in distinct(present) {
      let count = present.count { $0.isSame(as: cell) }
      if let known = best, count < known.count || (count == known.count && !cell.precedes(known.cell)) { continue }
      best = (cell, count)
    }
    return plain(best?.cell)
  }

  private static func correlation(_ first: [Cell], _ second: [Cell]) -> Cell {
    let both = pairs(first, second)
    guard both.count > 1 else { return .missing }
    let n = Double(both.count)
    let (x, y) = (exactSum(both.map(\.0)) / n, exactSum(both.map(\.1)) / n)
    let xx = exactSum(both.map { ($0.0 - x) * ($0.0 - x) })
    let yy = exactSum(both.map { ($0.1 - y) * ($0.1 - y) })
    let xy = exactSum(both.map { ($0.0 - x) * ($0.1 - y) })
    return xx > 0 && yy > 0 ? .finite(xy / (xx.squareRoot() * yy.squareRoot())) : .missing
  }

  private static func weightedMean(_ values: [Cell], _ weights: [Cell]) -> Cell {
    let both = pairs(values, weights)
    let total = exactSum(both.map(\.1))
    guard !both.isEmpty, total != 0 else { return .missing }
    return .finite(exactSum(both.map { $0.0 * $0.1 }) / total)
  }
}
