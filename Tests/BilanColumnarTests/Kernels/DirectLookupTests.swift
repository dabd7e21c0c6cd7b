import BilanTestSupport
import Testing

@testable import BilanColumnar

/// Rows found by their keys, against a dictionary of them.
@Suite struct DirectLookupTests {
  enum Keys: CaseIterable {
    /// Few places; many, all of them taken, most of them free, in order or not; some keys missing; so many that all workers
    /// find the rows.
    case few, whole, sparse, shuffled, withMissing, many, manyWithMissing

    func values(_ random: inout SplitMix64) -> [Int64?] {
      switch self {
      case .few: (0..<500).map { 40 - $0 * 3 }
      case .whole: (0..<70_000).map { $0 - 5 }
      case .sparse: (0..<20_000).map { $0 * 5 + $0 % 3 - 900 }
      case .shuffled: (0..<20_000).map { $0 * 5 }.shuffled(using: &random)
      case .withMissing: (0..<20_000).map { $0 % 100 == 3 ? nil : $0 * 5 }
      case .many: (0..<90_000).map { $0 * 2 - 700 }.shuffled(using: &random)
      case .manyWithMissing: (0..<90_000).map { $0 % 100 == 3 ? nil : $0 * 2 }.shuffled(using: &random)
      }
    }
  }

  private func column(_ values: [Int64?]) -> Column {
    let validity = values.contains(nil) ? Bitmap(count: values.count) { values[$0] != nil } : nil
    return .integer(IntegerColumn(values.map { $0 ?? 0 }, validity: validity))
  }

  @Test(arguments: Keys.allCases, [false, true]) func findsRows(_ keys: Keys, _ drops: Bool) throws {
    var random = SplitMix64(seed: 7)
    let values = keys.values(&random)
    let kept = drops ? Bitmap(count: values.count) { _ in Int.random(in: 0..<4, using: &random) == 0 } : nil
    let lookup = try #require(DirectLookup(column(values), kept: kept, workers: Workers(2)))
    #expect(lookup.tellsSurvivors == drops)
    var rows: [Int64: Int32] = [:]
    for (row, key) in values.enumerated() {
      if let key { rows[key] = kept?[row] ?? true ? Int32(row) : -2 }
    }
    let present = values.compactMap(\.self)
    let asked: [Int64?] =
      (0..<5000).map { _ in Int64.random(in: -2000...110_000, using: &random) } + present.shuffled(using: &random)
      + [nil, .min, .max, -1 << 33, 1 << 33]
    let expected = asked.map { key in key.flatMap { rows[$0] } ?? -1 }
    #expect(lookup.find(column(asked))?.array == expected)
    if drops {
      #expect(lookup.survivors(column(asked)) == Bitmap(count: asked.count) { expected[$0] != -2 })
      #expect(lookup.kept(column(asked)) == nil)
      let known = present.shuffled(using: &random)
      #expect(lookup.kept(column(known)) == Bitmap(count: known.count) { rows[known[$0]] != -2 })
    }
  }

  @Test func keysTwiceAreNotFoundDirectly() {
    for values in [[1, 2, 2], Array(0..<80_000) + [79_999], Array(0..<80_000) + [5]] {
      for workers in 1...3 {
        #expect(DirectLookup(column(values.map { Int64($0) }), workers: Workers(workers)) == nil)
        // By the places of all keys, where these do not ascend.
        #expect(DirectLookup(column(values.reversed().map { Int64($0) }), workers: Workers(workers)) == nil)
      }
    }
  }

  @Test func textsAreKeptOrNot() throws {
    let texts = TextColumn(Buffer([0, 1, 2]), TextDictionary(["a", "b", "c"]), validity: nil)
    let kept = Bitmap(count: 3) { $0 != 1 }
    let lookup = try #require(DirectLookup(.text(texts), kept: kept, workers: .one))
    #expect(!lookup.tellsSurvivors)
    let asked = TextColumn(Buffer([2, 1, 0, 0]), TextDictionary(["c", "b", "a"]), validity: nil)
    #expect(lookup.kept(.text(asked)) == Bitmap(count: 4) { $0 != 1 })
    let others = TextColumn(Buffer([0, 1]), TextDictionary(["c", "d"]), validity: nil)
    #expect(lookup.kept(.text(others)) == nil)
  }
}
