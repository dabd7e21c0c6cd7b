import BilanColumnar
import BilanFunctions
import Testing

@Suite struct AggregateTests {
  @Test func overNoValueOnlyCountsAreKnown() throws {
    for cells in [TestArgument.reals(), .reals(nil, nil)] {
      #expect(try aggregate("count", cells) == .integer(0))
      #expect(try aggregate("count_distinct", cells) == .integer(0))
      for name in [
        "sum", "mean", "median", "min", "max", "stddev", "variance", "first", "last", "only", "mode", "list",
        "mean_ci_low",
      ] {
        #expect(try aggregate(name, cells) == .missing, "\(name)")
      }
      #expect(try aggregate("quantile", cells, constants: [.real(0.5)]) == .missing)
      #expect(try aggregate("correlation", cells, cells) == .missing)
      #expect(try aggregate("weighted_mean", cells, cells) == .missing)
    }
    for cells in [TestArgument.booleans(), .booleans(nil)] {
      #expect(try aggregate("any", cells) == .missing)
      #expect(try aggregate("all", cells) == .missing)
    }
    for name in ["sum", "min", "max", "mean"] { #expect(try aggregate(name, .integers(nil)) == .missing) }
    #expect(try aggregate("min", .texts(nil)) == .missing)
  }

  @Test func addsUp() throws {
    #expect(try aggregate("sum", .integers(1, nil, 3)) == .integer(4))
    #expect(
      try aggregate("sum", .reals(0.1, 0.2, 0.3, -0.6))
        == .real(0.1 + 0.2 + 0.3 - 0.6 == 0 ? 0 : 2.7755575615628914e-17))
    #expect(try aggregate("sum", .reals(1e16, 1, -1e16)) == .real(1))
    #expect(try aggregate("mean", .integers(1, 2, nil)) == .real(1.5))
    #expect(try aggregate("mean", .reals(1e308, 1e308)) == .missing)
    #expect(
      try aggregate("sum", .cells([.duration(2, .months), .duration(3, .months)], .duration(.months)))
        == .duration(5, .months))
    // On the way past 64 bits and back is no overflow; to end there is.
    #expect(try aggregate("sum", .integers(.max, .max, .min, .min)) == .integer(-2))
    #expect(try aggregate("mean", .integers(.max, .max)) == .real(Double(Int64.max)))
    #expect(throws: KernelError.self) { try aggregate("sum", .integers(.max, 1)) }
    let half = RatioValue(numerator: 1, denominator: 2, reported: 1, expected: 1)
    #expect(try aggregate("sum", .ratios(half, half)) == .real(1))
  }

  @Test func ordersValues() throws {
    #expect(try aggregate("min", .integers(3, nil, -1)) == .integer(-1))
    #expect(try aggregate("max", .reals(3, nil, 4.5)) == .real(4.5))
    #expect(try aggregate("max", .texts("zone", "Étude", "eau")) == .text("zone"))
    #expect(try aggregate("min", .texts("zone", "Étude", "Eau", "eau")) == .text("Eau"))
    #expect(try aggregate("min", .dates("2019-04-15", "2018-01-01")) == .date(day("2018-01-01")))
    #expect(try aggregate("max", .periods("2019-Q1", "2019-Q3")) == .period(span("2019-Q3")))
  }

  @Test func measuresSpread() throws {
    let cells = TestArgument.reals(2, 3.5, nil, 1, 9, 4.25)
    #expect(try aggregate("median", cells) == .real(3.5))
    #expect(try aggregate("median", .integers(1, 2)) == .real(1.5))
    #expect(try aggregate("quantile", .integers(1, 2, 3, 4, 5), constants: [.real(0.9)]) == .real(4.6))
    #expect(try aggregate("quantile", cells, constants: [.real(1.5)]) == .missing)
    #expect(isClose(try aggregate("variance", cells), 9.575))
    #expect(isClose(try aggregate("stddev", cells), 3.0943496893531507))
    #expect(isClose(try aggregate("mean_ci_low", cells, constants: [.real(0.95)]), 0.10785739287717933))
    #expect(isClose(try aggregate("mean_ci_high", cells, constants: [.real(0.95)]), 7.7921426071228215))
    #expect(try aggregate("variance", .reals(5)) == .missing)
    #expect(try aggregate("mean_ci_low", .reals(5), constants: [.real(0.95)]) == .missing)
    #expect(try aggregate("stddev", .reals(1e200, -1e200)) == .missing)
    // The squares agree in 18 digits: only exact sums see the difference.
    #expect(try aggregate("variance", .reals(1_000_000_001, 1_000_000_002, 1_000_000_003)) == .real(1))
    #expect(try aggregate("variance", .reals(0.1, 0.1, 0.1)) == .real(0))
  }

  @Test func relatesColumns() throws {
    let (x, y) = (TestArgument.reals(2, 3.5, 1, 9, 4.25, nil, 7), TestArgument.reals(1, 2, 3, 5, 4, 9, nil))
    #expect(isClose(try aggregate("correlation", x, y), 0.753689792203704))
    #expect(try aggregate("correlation", x, x) == .real(1))
    #expect(try aggregate("correlation", .reals(1, 1), .reals(1, 2)) == .missing)
    #expect(try aggregate("weighted_mean", .reals(1, 3, nil, 5), .reals(1, 3, 5, nil)) == .real(2.5))
    #expect(try aggregate("weighted_mean", .reals(1), .reals(0)) == .missing)
  }

  @Test func pairsRatios() throws {
    #expect(
      try aggregate("ratio", .integers(6, nil, 3, nil), .integers(5, 5, nil, nil))
        == .ratio(RatioValue(numerator: 6, denominator: 5, reported: 1, expected: 3)))
    #expect(
      try aggregate("share", .booleans(true, false, nil, true))
        == .ratio(RatioValue(numerator: 2, denominator: 3, reported: 3, expected: 4)))
    #expect(
      try aggregate(
        "pool",
        .ratios(
          RatioValue(numerator: 1, denominator: 2, reported: 1, expected: 2),
          RatioValue(numerator: 9, denominator: 9, reported: 0, expected: 4),
          RatioValue(numerator: 3, denominator: 4, reported: 5, expected: 6)))
        == .ratio(RatioValue(numerator: 4, denominator: 6, reported: 6, expected: 12)))
    #expect(
      try aggregate("share", .booleans()) == .ratio(RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 0)))
  }

  @Test func picks() throws {
    #expect(try aggregate("first", .texts(nil, "b", "a")) == .text("b"))
    #expect(try aggregate("last", .integers(1, 2, nil)) == .integer(2))
    #expect(try aggregate("only", .texts("a", "a")) == .text("a"))
    #expect(try aggregate("only", .texts("a", "b")) == .missing)
    #expect(try aggregate("only", .texts("a", nil)) == .missing)
    #expect(try aggregate("only", .periods("2019", "2019")) == .period(span("2019")))
    #expect(try aggregate("mode", .texts("b", "a", "b", "a", nil)) == .text("a"))
    #expect(try aggregate("mode", .integers(3, 1, 3)) == .integer(3))
    #expect(try aggregate("mode", .booleans(true, false)) == .boolean(false))
    #expect(try aggregate("list", .texts("b", "a", nil, "b")) == .text("b, a"))
    #expect(try aggregate("list", .periods("2019-Q3", "2018")) == .text("2019-Q3, 2018"))
    #expect(try aggregate("count_distinct", .reals(0.0, -0.0, 1, nil)) == .integer(2))
    #expect(try aggregate("count_distinct", .texts("a", "A", "a")) == .integer(2))
    #expect(try aggregate("any", .booleans(false, nil, true)) == .boolean(true))
    #expect(try aggregate("all", .booleans(true, nil)) == .boolean(true))
    #expect(try aggregate("all", .booleans(true, false)) == .boolean(false))
  }

  @Test func countsWhatItLeavesOut() throws {
    for name in ["count", "sum", "mean", "median", "min", "variance", "first", "count_distinct"] {
      let (accumulator, _) = try makeAccumulator(name, [.real])
      accumulator.grow(to: 1)
      for _ in 0..<2 {
        try accumulator.update(
          [.column(column([.real(1), .missing, .missing], .real))], groups: Buffer([0, 0, 0]), rowCount: 3)
      }
      #expect(accumulator.skippedCount == 4, "\(name)")
    }
  }

  @Test func countsRowsWithoutAnArgument() throws {
    let (accumulator, _) = try makeAccumulator("count", [])
    accumulator.grow(to: 3)
    try accumulator.update([], groups: Buffer([0, 2, 2, 0]), rowCount: 4)
    let counts = try accumulator.finish(rowCounts: [2, 0, 2], workers: .one)
    #expect((0..<3).map { counts.value($0, as: .integer) } == [.integer(2), .integer(0), .integer(2)])
  }

  private func isClose(_ value: Value, _ expected: Double) -> Bool {
    if case .real(let number) = value {
      (number - expected).magnitude < 1e-12 * max(1, expected.magnitude)
    } else {
      false
    }
  }
}
