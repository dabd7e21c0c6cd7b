import BilanStatistics
import BilanTestSupport
import Testing

/// Reference values: SciPy 1.16, `scipy.stats`.
@Suite struct StatisticsTests {
  private func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
    guard let value else { return false }
    return (value - expected).magnitude <= tolerance * max(1, expected.magnitude)
  }

  @Test(arguments: [
    (1e-20, -9.262340089798409), (0.001, -3.090232306167813), (0.3, -0.5244005127080409), (0.5, 0),
    (0.975, 1.959963984540054), (0.9999999, 5.199337582290661),
  ])
  func normalQuantile(_ p: Double, _ expected: Double) {
    #expect(isClose(NormalDistribution.quantile(p), expected))
  }

  @Test(arguments: [
    (1.0, [-318.30883898555044, -1, 12.706204736174694, 3183.098757118502]),
    (2.0, [-22.327124770119873, -0.8164965809277261, 4.302652729749462, 70.70007107496818]),
    (2.5, [-13.822193110865964, -0.7850136829922992, 3.5746548420036817, 34.867969321116306]),
    (5.0, [-5.893429531356009, -0.7266868438004226, 2.5705818356363146, 9.677566300882814]),
    (10.0, [-4.143700494046589, -0.6998120613124317, 2.228138851986274, 5.693820101457592]),
    (30.0, [-3.385184866829305, -0.6827556933212927, 2.0422724563012378, 4.23398595727206]),
    (99.0, [-3.1746038497557527, -0.6769759855461531, 1.9842169515864174, 3.8630891071273092]),
    (1000.0, [-3.0984021639129233, -0.6747351646070093, 1.9623390808264083, 3.7328516045753966]),
    (1e6, [-3.09024045631652, -0.6744899955310875, 1.959966356814107, 3.719030274762571]),
  ])
  func studentQuantile(_ freedom: Double, _ expected: [Double]) {
    for (p, value) in zip([0.001, 0.25, 0.975, 0.9999], expected) {
      // The series of logarithms of gamma loses digits as the degrees of freedom grow.
      let tolerance = freedom >= 1000 ? 1e-8 : 1e-10
      #expect(isClose(StudentDistribution.quantile(p, freedom: freedom), value, tolerance), "\(p), \(freedom)")
    }
  }

  @Test func studentCumulative() {
    let expected = [9.774413554001994e-08, 0.088649243494985, 0.5384259701976037, 0.9900289369340037]
    for (t, share) in zip([-20, -1.5, 0.1, 3], expected) {
      #expect(isClose(StudentDistribution.cumulative(t, freedom: 7), share))
    }
  }

  @Test func nothingOutsideTheDomain() {
    for p in [-1.0, 0, 1, 2, .nan] {
      #expect(NormalDistribution.quantile(p) == nil)
      #expect(StudentDistribution.quantile(p, freedom: 3) == nil)
    }
    #expect(StudentDistribution.quantile(0.9, freedom: 0) == nil)
    #expect(ConfidenceInterval.wilson(successes: 3, trials: 2, level: 0.95) == nil)
    #expect(ConfidenceInterval.wilson(successes: 0, trials: 0, level: 0.95) == nil)
    #expect(ConfidenceInterval.wilson(successes: 1, trials: 2, level: 1) == nil)
    #expect(ConfidenceInterval.mean(mean: 1, variance: 0, count: 1, level: 0.95) == nil)
  }

  @Test(arguments: [
    (8.0, 10.0, 0.95, 0.4901624715366418, 0.9433178485456248), (0, 10, 0.95, 0, 0.27753279986288926),
    (10, 10, 0.9, 0.787058029916593, 1), (37, 120, 0.99, 0.21219370709039861, 0.42455728939891313),
  ])
  func wilson(_ successes: Double, _ trials: Double, _ level: Double, _ low: Double, _ high: Double) throws {
    let limits = try #require(ConfidenceInterval.wilson(successes: successes, trials: trials, level: level))
    #expect(isClose(limits.low, low) && isClose(limits.high, high))
  }

  @Test func quantileOfType7() {
    var values = [9.0, 2, 3.5, 1, 4.25]
    #expect(Quantile.type7(&values, 0.5) == 3.5)
    #expect(Quantile.type7(&values, 0) == 1)
    #expect(Quantile.type7(&values, 1) == 9)
    #expect(isClose(Quantile.type7(&values, 0.9), 7.1))
    var none: [Double] = []
    #expect(Quantile.type7(&none, 0.5) == nil)
    // Equal values, ascending and descending runs: selection has no bad case that gives a wrong answer.
    for pattern in [{ _ in 1.0 }, { Double($0) }, { Double(-$0) }, { Double($0 * 7919 % 1000) }] as [(Int) -> Double] {
      let cells = (0..<1000).map(pattern)
      let sorted = cells.sorted()
      for rank in [0, 1, 250, 499, 998, 999] {
        var copy = cells
        #expect(isClose(Quantile.type7(&copy, Double(rank) / 999), sorted[rank]))
      }
    }
  }

  /// Whole numbers of every spread, against the same numbers sorted.
  @Test func quantilesOfWholeNumbers() {
    var random = SplitMix64(seed: 41)
    var selection = WholeSelection()
    let spreads: [(inout SplitMix64, Int) -> Int32] = [
      { random, _ in Int32(truncatingIfNeeded: random.next()) }, { random, _ in Int32(random.number(0...3)) },
      { _, _ in -7 }, { random, _ in random.chance(50) ? .min : .max }, { _, index in Int32(index) },
      { _, index in Int32(-index) }, { random, _ in Int32(random.number(1_000_000...1_000_300)) },
      { random, index in index % 100 == 0 ? Int32.max : Int32(random.number(-40...40)) },
      { random, _ in Int32(1) << Int32(random.number(0...30)) },
    ]
    for spread in spreads {
      for count in [1, 2, 3, 31, 32, 33, 64, 257, 1000, 3001] {
        let wholes = (0..<count).map { spread(&random, $0) }
        let sorted = wholes.sorted().map { Double($0) / 100 }
        for share in [0, 0.1, 0.25, 0.5, 0.75, 0.999, 1] {
          let position = Double(count - 1) * share
          let below = Int(position)
          let fraction = position - Double(below)
          let expected =
            fraction == 0 || sorted[below] == sorted[below + 1]
            ? sorted[below] : sorted[below] * (1 - fraction) + sorted[below + 1] * fraction
          let found = Quantile.type7(wholes.span, share, scale: 100, &selection)
          #expect(found == expected, "\(count) at \(share)")
        }
      }
    }
    let none = [Int32]()
    let found = Quantile.type7(none.span, 0.5, scale: 1, &selection)
    #expect(found == nil)
  }
}
