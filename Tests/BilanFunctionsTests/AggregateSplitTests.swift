import BilanColumnar
import BilanFunctions
import BilanStatistics
import Testing

/// A small generator with a seed that a failure shows (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// However rows are cut into chunks and accumulators, and however groups are numbered in each, the result is the same,
/// and it is what a naive computation gives.
@Suite struct AggregateSplitTests {
  struct Rows {
    var columns: [[Value]]
    var types: [DataType]
    var groups: [Int]
    var groupCount: Int
  }

  static let cases: [(String, [DataType], [Value])] = [
    ("count", [], []), ("count", [.text], []), ("count_distinct", [.integer], []), ("count_distinct", [.text], []),
    ("count_distinct", [.real], []), ("count_distinct", [.boolean], []), ("sum", [.integer], []), ("sum", [.real], []),
    ("mean", [.integer], []), ("mean", [.real], []), ("median", [.real], []), ("median", [.integer], []),
    ("quantile", [.real], [.real(0.3)]), ("min", [.integer], []), ("max", [.real], []), ("min", [.text], []),
    ("max", [.text], []), ("max", [.period], []), ("variance", [.real], []), ("stddev", [.integer], []),
    ("ratio", [.real, .integer], []), ("share", [.boolean], []), ("pool", [.ratio], []), ("first", [.text], []),
    ("last", [.text], []), ("first", [.real], []), ("last", [.boolean], []), ("only", [.text], []),
    ("only", [.boolean], []), ("only", [.integer], []), ("any", [.boolean], []), ("all", [.boolean], []),
    ("mode", [.text], []), ("mode", [.integer], []), ("list", [.text], []), ("list", [.period], []),
    ("correlation", [.real, .real], []), ("weighted_mean", [.real, .integer], []),
    ("mean_ci_low", [.real], [.real(0.9)]), ("mean_ci_high", [.integer], [.real(0.9)]),
  ]

  @Test(arguments: cases.indices)
  func doesNotDependOnTheCut(_ index: Int) throws {
    let (name, types, constants) = Self.cases[index]
    for seed in UInt64(1)...25 {
      var random = SeededGenerator(seed: seed * 1000 + UInt64(index))
      let rows = Self.rows(types, &random)
      let expected = (0..<rows.groupCount).map { group in
        let members = rows.groups.indices.filter { rows.groups[$0] == group }
        return naive(name, rows.columns.map { column in members.map { column[$0] } }, members.count, constants)
      }
      let isPrepared = seed % 2 == 0
      let whole = try cut(name, rows, constants, pieces: 1, isPrepared: isPrepared, &random)
      let inPieces = try cut(
        name, rows, constants, pieces: Int.random(in: 2...6, using: &random), isPrepared: isPrepared, &random)
      #expect(whole == inPieces, "\(name) \(types) differs by the cut, seed \(seed)")
      #expect(
        zip(whole, expected).allSatisfy(Self.agree), "\(name) \(types), seed \(seed): \(whole) is not \(expected)")
    }
  }

  /// Runs an aggregate over pieces of the rows, each with its own accumulator, group numbers and chunks.
  private func cut(
    _ name: String, _ rows: Rows, _ constants: [Value], pieces: Int, isPrepared: Bool, _ random: inout SeededGenerator
  ) throws -> [Value] {
    let (total, result) = try makeAccumulator(name, rows.types, constants)
    total.grow(to: rows.groupCount)
    // What loading finds out of whole columns chooses other loops.
    let columns = zip(rows.columns, rows.types).map { cells, type in
      isPrepared ? column(cells, type).prepared() : column(cells, type)
    }
    let count = rows.groups.count
    var edges = (1..<pieces).map { _ in Int.random(in: 0...count, using: &random) } + [0, count]
    edges.sort()
    for (start, end) in zip(edges, edges.dropFirst()) {
      let (part, _) = try makeAccumulator(name, rows.types, constants)
      // Groups are numbered as they come, slots grow with each chunk.
      var numbers: [Int: UInt32] = [:]
      var order: [UInt32] = []
      var chunkStart = start
      while chunkStart < end {
        let chunkEnd = pieces == 1 ? end : min(end, chunkStart + Int.random(in: 1...40, using: &random))
        var groups: [UInt32] = []
        for row in chunkStart..<chunkEnd {
          let number = numbers[rows.groups[row]] ?? UInt32(order.count)
          if number == order.count {
            numbers[rows.groups[row]] = number
            order.append(UInt32(rows.groups[row]))
          }
          groups.append(number)
        }
        part.grow(to: order.count)
        let operands = columns.map { cells in
          Operand.column(cells.slice(chunkStart..<chunkEnd))
        }
        try part.update(operands, groups: Buffer(groups), rowCount: chunkEnd - chunkStart)
        chunkStart = chunkEnd
      }
      try total.merge(part, groups: order)
    }
    var rowCounts = [Int64](repeating: 0, count: rows.groupCount)
    for group in rows.groups { rowCounts[group] += 1 }
    let output = try total.finish(rowCounts: rowCounts, workers: Workers(2))
    #expect(output.count == rows.groupCount)
    return (0..<output.count).map { output.value($0, as: result) }
  }

  private static func rows(_ types: [DataType], _ random: inout SeededGenerator) -> Rows {
    let count = Int.random(in: 0...200, using: &random)
    let groupCount = Int.random(in: 1...5, using: &random)
    let missingShare = [0.0, 0.2, 0.9].randomElement(using: &random)!
    // Few values make ties and shared values, many make neither.
    let variety = [1, 3, 1000].randomElement(using: &random)!
    let columns = types.map { type in
      (0..<count).map { _ -> Value in
        if Double.random(in: 0..<1, using: &random) < missingShare, type != .ratio { return .missing }
        let n = Int.random(in: 0..<variety, using: &random)
        switch type {
        case .integer: return .integer(Int64(n - 2))
        case .real where variety == 1000 && n < 500: return .real(Double.random(in: -1000...1000, using: &random))
        case .real: return .real(Double(n - 1) / 10 * (n % 7 == 0 ? 1e6 : 1))
        case .text: return .text(["é", "E", "a", "ab", "É"][n % 5] + (n >= 5 ? String(n) : ""))
        case .boolean: return .boolean(n % 2 == 1)
        case .period: return .period(Period.quarter(2000 + n / 4, n % 4 + 1))
        default:
          let reported = n % 3
          return .ratio(
            RatioValue(
              numerator: reported == 0 ? 0 : Double(n) / 8, denominator: reported == 0 ? 0 : Double(n % 5 + 1),
              reported: reported, expected: 2))
        }
      }
    }
    let groups = (0..<count).map { _ in Int.random(in: 0..<groupCount, using: &random) }
    return Rows(columns: columns, types: types, groups: groups, groupCount: groupCount)
  }

  /// The same value; reals of the naive computation have its rounding errors.
  private static func agree(_ value: Value, _ expected: Value) -> Bool {
    func isClose(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1e-6 * max(1, a.magnitude, b.magnitude) }
    switch (value, expected) {
    case (.real(let a), .real(let b)): return isClose(a, b)
    case (.ratio(let a), .ratio(let b)):
      return isClose(a.numerator, b.numerator) && isClose(a.denominator, b.denominator) && a.reported == b.reported
        && a.expected == b.expected
    default: return value == expected
    }
  }
}

/// What an aggregate gives, as the language says it, one cell after the other.
private func naive(_ name: String, _ columns: [[Value]], _ rowCount: Int, _ constants: [Value]) -> Value {
  let cells = (columns.first ?? []).filter { !$0.isMissing }
  let numbers = cells.compactMap(real)
  var pairs: [(Double, Double)] = []
  if columns.count == 2 {
    for (first, second) in zip(columns[0], columns[1]) {
      if let x = real(first), let y = real(second) { pairs.append((x, y)) }
    }
  }
  let n = Double(numbers.count)
  let mean = numbers.reduce(0, +) / n
  let variance = numbers.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (n - 1)
  switch name {
  case "count": return .integer(Int64(columns.isEmpty ? rowCount : cells.count))
  case "count_distinct": return .integer(Int64(Set(cells).count))
  case "share":
    let hits = cells.filter { $0 == .boolean(true) }.count
    return .ratio(
      RatioValue(
        numerator: Double(hits), denominator: Double(cells.count), reported: cells.count, expected: columns[0].count))
  case "ratio":
    return .ratio(
      RatioValue(
        numerator: pairs.map(\.0).reduce(0, +), denominator: pairs.map(\.1).reduce(0, +), reported: pairs.count,
        expected: zip(columns[0], columns[1]).filter { !$0.isMissing || !$1.isMissing }.count))
  case "pool":
    var total = RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 0)
    for case .ratio(let ratio) in cells {
      total.numerator += ratio.numerator
      total.denominator += ratio.denominator
      total.reported += ratio.reported
      total.expected += ratio.expected
    }
    return .ratio(total)
  case "correlation":
    guard pairs.count > 1 else { return .missing }
    let count = Double(pairs.count)
    let mx = pairs.map(\.0).reduce(0, +) / count
    let my = pairs.map(\.1).reduce(0, +) / count
    let xy = pairs.map { ($0.0 - mx) * ($0.1 - my) }.reduce(0, +)
    let xx = pairs.map { ($0.0 - mx) * ($0.0 - mx) }.reduce(0, +)
    let yy = pairs.map { ($0.1 - my) * ($0.1 - my) }.reduce(0, +)
    guard Set(pairs.map(\.0)).count > 1, Set(pairs.map(\.1)).count > 1 else { return .missing }
    return .real(xy / (xx * yy).squareRoot())
  case "weighted_mean":
    let weight = pairs.map(\.1).reduce(0, +)
    return weight == 0 ? .missing : .real(pairs.map { $0.0 * $0.1 }.reduce(0, +) / weight)
  default: break
  }
  guard let first = cells.first else { return .missing }
  switch name {
  case "sum":
    if case .integer = first { return .integer(Int64(numbers.reduce(0, +))) }
    return .real(numbers.reduce(0, +))
  case "mean": return .real(mean)
  case "median", "quantile":
    let sorted = numbers.sorted()
    let position = (constants.first.flatMap(real) ?? 0.5) * (n - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return .real(sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below]))
  case "min": return cells.min(by: precedes)!
  case "max": return cells.max(by: precedes)!
  case "variance": return numbers.count < 2 ? .missing : .real(variance)
  case "stddev": return numbers.count < 2 ? .missing : .real(variance.squareRoot())
  case "mean_ci_low", "mean_ci_high":
    guard numbers.count > 1 else { return .missing }
    let t = StudentDistribution.quantile(0.5 + real(constants[0])! / 2, freedom: n - 1)!
    let half = t * (variance / n).squareRoot()
    return .real(name == "mean_ci_low" ? mean - half : mean + half)
  case "first": return first
  case "last": return cells.last!
  case "only": return cells.count == columns[0].count && Set(cells).count == 1 ? first : .missing
  case "any": return .boolean(cells.contains(.boolean(true)))
  case "all": return .boolean(!cells.contains(.boolean(false)))
  case "mode":
    let counts = Dictionary(cells.map { ($0, 1) }, uniquingKeysWith: +)
    let most = counts.values.max()!
    return counts.filter { $0.value == most }.keys.min(by: precedes)!
  case "list":
    var seen: [String] = []
    for cell in cells {
      let text =
        switch cell {
        case .text(let text): text
        case .period(let period): period.description
        default: ""
        }
      if !seen.contains(text) { seen.append(text) }
    }
    return .text(seen.joined(separator: ", "))
  default: return .missing
  }
}

private func real(_ value: Value) -> Double? {
  switch value {
  case .integer(let number): Double(number)
  case .real(let number): number
  default: nil
  }
}

private func precedes(_ lhs: Value, _ rhs: Value) -> Bool {
  switch (lhs, rhs) {
  case (.text(let a), .text(let b)): CollationKey(a) < CollationKey(b)
  case (.period(let a), .period(let b)): a < b
  default: real(lhs)! < real(rhs)!
  }
}
