import Testing

@testable import BilanColumnar

private func column(_ type: DataType, _ values: [Value]) -> Column {
  var builder = ColumnBuilder(type)
  for value in values { builder.append(value) }
  return builder.finish()
}

@Suite struct GroupingTests {
  @Test func numbersInOrderOfAppearance() {
    var grouper = Grouper([.text])
    #expect(
      grouper.assign([column(.text, [.text("b"), .text("a"), .text("b"), .missing])], rowCount: 4) == [0, 1, 0, 2])
    // Another dictionary, other codes, the same texts.
    #expect(grouper.assign([column(.text, [.text("c"), .missing, .text("a")])], rowCount: 3) == [3, 2, 1])
    let keys = grouper.keyColumns()[0]
    #expect((0..<4).map { keys.value($0, as: .text) } == [.text("b"), .text("a"), .missing, .text("c")])
  }

  /// Values that leave the dense table step by step: downwards, far upwards, to the ends of the range.
  @Test func integersFromDenseToHashed() {
    var grouper = Grouper([.integer])
    let chunks: [[Value]] = [
      [.missing], [.integer(5), .integer(6)], [.integer(-100), .integer(5)], [.integer(70_000), .missing],
      [.integer(.max), .integer(.min), .integer(0)], [.integer(-100), .integer(.max), .integer(6)],
    ]
    var found: [UInt32] = []
    for chunk in chunks { found += grouper.assign([column(.integer, chunk)], rowCount: chunk.count) }
    #expect(found == [0, 1, 2, 3, 1, 4, 0, 5, 6, 7, 3, 5, 2])
    let keys = grouper.keyColumns()[0]
    #expect(
      (0..<8).map { keys.value($0, as: .integer) } == [
        .missing, .integer(5), .integer(6), .integer(-100), .integer(70_000), .integer(.max), .integer(.min),
        .integer(0),
      ])
  }

  @Test func zeroIsZeroAndMissingIsNot() {
    var grouper = Grouper([.real, .integer])
    let reals = column(.real, [.real(0), .real(-0.0), .missing, .real(-1), .missing])
    let integers = column(.integer, [.integer(0), .integer(0), .integer(0), .integer(0), .missing])
    #expect(grouper.assign([reals, integers], rowCount: 5) == [0, 0, 1, 2, 3])
  }

  @Test func manyGroupsGrowTheTable() {
    var grouper = Grouper([.integer, .text])
    let integers = column(.integer, (0..<5000).map { .integer(Int64($0) << 30) })
    let texts = column(.text, (0..<5000).map { .text("t\($0 % 7)") })
    #expect(grouper.assign([integers, texts], rowCount: 5000) == (0..<5000).map { UInt32($0) })
    #expect(grouper.assign([integers, texts], rowCount: 5000) == (0..<5000).map { UInt32($0) })
  }

  @Test func mergeMapsGroups() {
    var first = Grouper([.text, .boolean])
    var second = first
    _ = first.assign(
      [column(.text, [.text("a"), .text("b")]), column(.boolean, [.boolean(true), .missing])], rowCount: 2)
    _ = second.assign(
      [column(.text, [.text("c"), .text("b")]), column(.boolean, [.boolean(true), .missing])], rowCount: 2)
    #expect(first.merge(second) == [2, 1])
    #expect(first.count == 3)
  }

  @Test func lookupKnowsNoMissing() {
    var grouper = Grouper([.text])
    _ = grouper.assign([column(.text, [.text("a"), .missing, .text("b")])], rowCount: 3)
    let lookup = GroupLookup(grouper)
    #expect(
      lookup.find([column(.text, [.text("b"), .text("x"), .missing, .text("a")])], rowCount: 4) == [2, -1, -1, 0])
  }

  @Test func moreIntegerKeysThanAMaskWordHolds() {
    let kinds = [ColumnKind](repeating: .integer, count: 70)
    var grouper = Grouper(kinds)
    let keys = (0..<70).map { key in column(.integer, [.integer(0), key == 69 ? .missing : .integer(0)]) }
    #expect(grouper.assign(keys, rowCount: 2) == [0, 1])
    #expect(grouper.keyColumns()[69].value(1, as: .integer) == .missing)
  }
}

@Suite struct RowOrderTests {
  @Test func radixAgreesWithTheLibrary() {
    var state: UInt64 = 7
    for count in [0, 1, 31, 33, 1000] {
      let values = (0..<count).map { _ -> Value in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 60 == 0 ? .missing : .real(Double(Int64(bitPattern: state) >> 40) / 8)
      }
      for isDescending in [false, true] {
        let expected = values.indices.sorted { lhs, rhs in
          switch (values[lhs], values[rhs]) {
          case (.missing, .missing): return lhs < rhs
          case (.missing, _): return false
          case (_, .missing): return true
          case (.real(let left), .real(let right)):
            return left == right ? lhs < rhs : isDescending ? left > right : left < right
          default: return false
          }
        }
        let order = RowOrder([(column(.real, values), isDescending)], count: count)
        #expect(order.rows() == expected.map { Int32($0) })
        #expect(order.rows(limit: 10) == expected.prefix(10).map { Int32($0) })
      }
    }
  }

  @Test func ratiosByValue() {
    func ratio(_ numerator: Double, _ denominator: Double, _ reported: Int) -> Value {
      .ratio(RatioValue(numerator: numerator, denominator: denominator, reported: reported, expected: 1))
    }
    let values = [ratio(3, 4, 1), ratio(1, 4, 1), ratio(1, 0, 1), ratio(2, 4, 1), ratio(0, 1, 0)]
    #expect(RowOrder([(column(.ratio, values), true)], count: 5).rows() == [0, 3, 1, 2, 4])
  }
}

@Suite struct ConcatenateTests {
  @Test(arguments: [DataType.integer, .real, .text, .boolean, .ratio])
  func partsEndToEnd(_ type: DataType) {
    func value(_ index: Int) -> Value {
      if index % 5 == 0, type != .ratio { return .missing }
      switch type {
      case .integer: return .integer(Int64(index))
      case .real: return .real(Double(index) / 2)
      case .text: return .text("t\(index % 4)")
      case .boolean: return .boolean(index % 3 == 0)
      default:
        return .ratio(RatioValue(numerator: Double(index), denominator: 2, reported: 1, expected: index))
      }
    }
    let cuts = [0, 3, 3, 64, 131, 140]
    let parts = zip(cuts, cuts.dropFirst()).map { column(type, ($0..<$1).map(value)) }
    let whole = Column.concatenate(parts, kind: type.columnKind)
    #expect((0..<140).map { whole.value($0, as: type) } == (0..<140).map(value))
    let picked = whole.gatherOrMissing([3, -1, 139])
    let nothing: Value =
      type == .ratio ? .ratio(RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 0)) : .missing
    #expect((0..<3).map { picked.value($0, as: type) } == [value(3), nothing, value(139)])
    #expect(Column.concatenate([], kind: type.columnKind).count == 0)
  }
}
