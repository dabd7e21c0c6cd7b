import DatasetGenerator
import Foundation
import Testing

@Suite("The generator")
struct GeneratorTests {
  @Test("makes the shipped files, byte for byte", arguments: makeDatasets().map(\.name))
  func reproducesTheShippedFiles(name: String) throws {
    let made = try #require(makeDatasets().first { $0.name == name })
    let shipped = try CSV.bytes(of: name)
    #expect(shipped.elementsEqual(made.bytes), "run `swift run make-datasets` and commit what changed")
  }

  @Test("makes every table but the one kept by hand")
  func makesEveryTable() throws {
    let shipped = try FileManager.default.contentsOfDirectory(atPath: CSV.directory.path())
      .filter { $0.hasSuffix(".csv") && $0 != "published.csv" }
    #expect(makeDatasets().map(\.name) == shipped.sorted())
  }

  /// Known values of SplitMix64 for the seed 1234567, which Rosetta Code and others print.
  @Test("draws as SplitMix64 does")
  func drawsAsPublished() {
    var random = Random(seed: 1_234_567)
    let drawn = (0..<3).map { _ in random.next() }
    #expect(drawn == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test("shares out whole numbers without a remainder")
  func sharesOutEverything() {
    #expect(share(10, by: [1, 1, 1]) == [4, 3, 3])
    #expect(share(7, by: [0, 5, 5]) == [0, 4, 3])
    #expect(share(0, by: [0, 0]) == [0, 0])
    #expect(share(1_549, by: [3, 14, 15, 92]).reduce(0, +) == 1_549)
  }
}
