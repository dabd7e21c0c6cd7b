import BilanColumnar
import BilanTestSupport
import Testing

@testable import BilanReaders

/// The texts that several workers met get common codes: the same for the same text, whoever met it.
@Suite struct TextMergeTests {
  /// A worker's table: the empty text first, then some distinct ones, as long as those of files are.
  private func table(_ random: inout SplitMix64, _ count: Int) -> [String] {
    var texts = [""]
    var known: Set<String> = [""]
    for _ in 0..<count {
      let size = [1, 2, 7, 8, 9, 12, 13, 20, 70].randomElement(using: &random)!
      // Few letters, so that workers meet the same texts, also such that differ at their end alone.
      let text = String((0..<size).map { $0 < size - 3 ? "x" : "abc".randomElement(using: &random)! })
      if known.insert(text).inserted { texts.append(text) }
    }
    return texts
  }

  private func merge(
    _ tables: [[String]], haveRepeats: Bool = false, workers: Int, textsOfPart: Int = 1 << 20
  ) throws -> TextMerge {
    try #require(
      TextMerge(
        tables.map { TextDictionary($0) }, haveRepeats: haveRepeats, workers: Workers(workers),
        textsOfPart: textsOfPart, least: 8))
  }

  @Test(arguments: 0..<100) func givesCommonCodes(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let tables = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      table(&random, Int.random(in: 0...80, using: &random))
    }
    for (workers, textsOfPart) in [(1, 1 << 20), (2, 1 << 20), (3, 16), (1, 5)] {
      let merge = try merge(tables, workers: workers, textsOfPart: textsOfPart)
      let texts = merge.dictionary.texts
      #expect(texts.first == "")
      #expect(Set(texts) == Set(tables.joined()), "seed \(seed), \(workers) workers")
      #expect(texts.count == Set(texts).count)
      for (table, mapping) in zip(tables, merge.mapping) {
        #expect(mapping.array.map { texts[Int($0)] } == table, "seed \(seed), \(workers) workers")
      }
    }
  }

  @Test(arguments: 0..<50) func findsRepeats(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let tables = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      let texts = table(&random, 40)
      return [""] + (0..<60).map { _ in texts.randomElement(using: &random)! }
    }
    for (workers, textsOfPart) in [(1, 1 << 20), (2, 9)] {
      let merge = try merge(tables, haveRepeats: true, workers: workers, textsOfPart: textsOfPart)
      let texts = merge.dictionary.texts
      #expect(texts.count == Set(texts).count, "seed \(seed), \(workers) workers")
      for (table, mapping) in zip(tables, merge.mapping) {
        #expect(mapping.array.map { texts[Int($0)] } == table, "seed \(seed), \(workers) workers")
      }
    }
  }

  /// Of texts drawn at random from some, as many as have been seen when the question is asked.
  @Test(arguments: [(10_000, false), (100_000, false), (1_000_000, false), (100_000_000, true)])
  func textsAreKeptWhereNearlyAllDiffer(_ distinct: Int, _ areKept: Bool) {
    var random = SplitMix64(seed: 7)
    var seen: Set<Int> = []
    var rows = 0
    var kept = false
    while rows < 300_000, !kept {
      for _ in 0..<1000 { seen.insert(random.number(0...distinct)) }
      rows += 1000
      kept = TextCapture.nearlyAllDiffer(texts: seen.count, rows: rows, atLeast: ScanSizes().lookedUpTexts)
    }
    #expect(kept == areKept)
  }

  @Test func nothingIsMergedOfNothing() throws {
    let merge = try merge([[""], [""]], workers: 2)
    #expect(merge.dictionary.texts == [""])
    #expect(merge.mapping.map(\.array) == [[0], [0]])
  }
}
