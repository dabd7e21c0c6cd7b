@testable import BilanColumnar
import BilanTestSupport
import Testing

/// Choosing rows gives what looking at each row by itself gives.
@Suite struct RowChoiceTests {
  private func column(_ random: inout SplitMix64, count: Int, _ kind: Int) -> Column {
    switch kind {
    case 0: return .real(PrimitiveColumn((0..<count).map { Double($0) / 8 }))
    case 1: return .integer(IntegerColumn((0..<count).map { Int64($0 % 90) - 40 }).inBounds)
    case 2: return .integer(IntegerColumn((0..<count).map { Int64($0) * 70_000 }))
    default:
      let validity = Bitmap(count: count) { _ in Int.random(in: 0..<9, using: &random) > 0 }
      return .integer(IntegerColumn((0..<count).map { Int64($0) }, validity: validity))
    }
  }

  @Test(arguments: [0.0, 0.02, 0.5, 0.95, 0.99, 1.0]) func filterIsGather(_ share: Double) {
    var random = SplitMix64(seed: UInt64(share * 100))
    for count in [1, 63, 64, 65, 500, 4096] {
      let columns = (0..<4).map { column(&random, count: count, $0) }
      let chunk = Chunk(columns: columns, count: count)
      let bits = Bitmap(count: count) { _ in Double.random(in: 0..<1, using: &random) < share }
      let found = chunk.filter(bits)
      let expected = chunk.gather((0..<count).filter { bits[$0] }.map { Int32($0) })
      #expect(found.count == expected.count)
      for (own, other) in zip(found.columns, expected.columns) {
        #expect(own.validity == other.validity)
        for row in 0..<found.count where other.isValid(row) {
          #expect(
            own.value(row, as: own.kind == .real ? .real : .integer)
              == other.value(row, as: own.kind == .real ? .real : .integer))
        }
      }
    }
  }

  @Test func rangesAreTwoComparisons() {
    var random = SplitMix64(seed: 5)
    for bits in [4, 12, 20, 40] {
      let values = (0..<300).map { _ in Int64.random(in: -(1 << bits)...1 << bits, using: &random) }
      let validity = Bitmap(count: values.count) { _ in Int.random(in: 0..<5, using: &random) > 0 }
      let column = IntegerColumn(values, validity: validity).inBounds
      for _ in 0..<20 {
        let ends = [Int64.random(in: -(1 << 42)...1 << 42, using: &random), values.randomElement(using: &random) ?? 0]
        let range = ends.min()!...ends.max()!
        let expected = Bitmap(count: values.count) { validity[$0] && range.contains(values[$0]) }
        #expect(ComparisonKernels.isWithin(column, range) == expected)
      }
    }
  }

  @Test func setsHoldTheirNumbers() throws {
    var random = SplitMix64(seed: 9)
    let members = (0..<200).map { _ in Int64.random(in: -500...500, using: &random) }
    let set = try #require(IntegerSet(IntegerColumn(members)))
    let values = (-600...600).map { Int64($0) } + [.min, .max]
    #expect(set.contains(IntegerColumn(values)) == Bitmap(count: values.count) { members.contains(values[$0]) })
    #expect(IntegerSet(IntegerColumn([0, 1 << 40])) == nil)
    let empty = try #require(IntegerSet(IntegerColumn([7], validity: Bitmap(repeating: false, count: 1))))
    #expect(empty.contains(IntegerColumn([0, 7])).isEmptyOfOnes)
  }

  /// The rows of two keys are those that comparing every pair finds.
  @Test func bucketsFindTheRow() throws {
    var random = SplitMix64(seed: 11)
    let pairs = Array(
      Set(
        (0..<900).map { _ in
          [Int64.random(in: -200...200, using: &random), Int64.random(in: 0...40, using: &random)]
        })
    ).sorted { $0.lexicographicallyPrecedes($1) }
    let kept = Bitmap(count: pairs.count) { $0 % 3 > 0 }
    let validity = Bitmap(count: pairs.count) { $0 % 7 > 0 }
    let keys: [Column] = [
      .integer(IntegerColumn(pairs.map { $0[0] }).inBounds),
      .integer(IntegerColumn(pairs.map { $0[1] }, validity: validity)),
    ]
    let lookup = try #require(BucketLookup(keys, kept: kept))
    let asked = (0..<4000).map { _ in
      [Int64.random(in: -250...250, using: &random), Int64.random(in: -5...45, using: &random)]
    }
    let found = try #require(
      lookup.find([.integer(IntegerColumn(asked.map { $0[0] })), .integer(IntegerColumn(asked.map { $0[1] }).inBounds)])
    )
    for (row, keys) in asked.enumerated() {
      let place = pairs.indices.first { validity[$0] && pairs[$0] == keys }
      #expect(found[row] == place.map { kept[$0] ? Int32($0) : -2 } ?? -1)
    }
    let twice: [Column] = [.integer(IntegerColumn([1, 1])), .integer(IntegerColumn([2, 2]))]
    #expect(BucketLookup(twice, kept: nil) == nil)
  }

  /// Quarters stand for their kind in their low bits, which need no slots.
  @Test func keysWithoutTheirLowBitsKeepTheirValues() throws {
    let periods = (0..<40).map { Int64(Period.quarter(2010 + $0 / 4, $0 % 4 + 1).encoded) }
    let validity = Bitmap(count: 40) { $0 != 5 }
    let key = Column.integer(IntegerColumn(periods, validity: validity)).prepared()
    let keys = try #require(DirectKeys([key], slotLimit: 1 << 17))
    let slots = keys.slots([key], rowCount: 40)
    let back = keys.columns(of: slots.array)[0]
    for row in 0..<40 { #expect(back.value(row, as: .period) == key.value(row, as: .period)) }
    #expect(!keys.fit([Column.integer(IntegerColumn([periods[0] + 1])).prepared()]))
  }

  /// A few days out of many years have a slot each, and no more; what an empty place holds does no harm.
  @Test(arguments: [0, 1]) func fewValuesOfAWideRangeHaveFewSlots(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let days = seed == 0 ? [-7000, -6999, 0, 365, 730, 20_000] : (0..<40).map { 9 + $0 * 731 }
    let rows = 5000
    let picked = (0..<rows).map { _ in Int64(days.randomElement(using: &random)!) }
    let validity = Bitmap(count: rows) { $0 % 11 != 3 }
    let values = picked.indices.map { validity[$0] ? picked[$0] : [.min, .max, 5].randomElement(using: &random)! }
    let whole = Column.integer(IntegerColumn(Buffer(values), validity: validity)).prepared()
    let keys = try #require(DirectKeys([whole], slotLimit: 64))
    for part in [whole, whole.slice(100..<900), whole.gather([7, 3, 4999])] {
      #expect(keys.fit([part]))
      let slots = keys.slots([part], rowCount: part.count).array
      let back = keys.columns(of: slots)[0]
      for row in 0..<part.count { #expect(back.value(row, as: .integer) == part.value(row, as: .integer)) }
      // Ascending slots are ascending keys, missing last.
      let ascending = slots.indices.sorted { slots[$0] < slots[$1] }.map { part.value($0, as: .integer) }
      let numbers = ascending.compactMap { if case .integer(let value) = $0 { value } else { nil } }
      #expect(numbers == numbers.sorted() && ascending.prefix(numbers.count).allSatisfy { $0 != .missing })
    }
    let other = Column.integer(IntegerColumn(Buffer(values), validity: validity)).prepared()
    #expect(!keys.fit([other]), "another column has places of its own")
    #expect(keys.fit([.integer(IntegerColumn([0], validity: Bitmap(repeating: false, count: 1)))]))
  }
}

extension IntegerColumn {
  /// The column as loading leaves it.
  fileprivate var inBounds: IntegerColumn {
    guard case .integer(let column) = Column.integer(self).prepared() else { return self }
    return column
  }
}
