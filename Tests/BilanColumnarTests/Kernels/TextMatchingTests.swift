import BilanTestSupport
import Testing

@testable import BilanColumnar

/// Texts of one dictionary found in another, against asking for each.
@Suite struct TextMatchingTests {
  private static func dictionary(_ texts: [String]) -> TextDictionary {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    for text in texts {
      bytes += text.utf8
      offsets.append(UInt32(bytes.count))
    }
    return TextDictionary(bytes: bytes, offsets: offsets)
  }

  @Test(arguments: [(0, 5), (5, 0), (1, 1), (40, 33), (20_000, 15_000), (9000, 60_000)], [1, 3])
  func findsWhatIsThere(_ sizes: (Int, Int), _ workers: Int) {
    var random = SplitMix64(seed: UInt64(sizes.0 + workers))
    func texts(_ count: Int) -> [String] {
      var found: Set<String> = []
      while found.count < count {
        let text = "id\(Int.random(in: 0..<count * 2 + 40, using: &random))"
        found.insert(Bool.random(using: &random) ? text : text + String(repeating: "é", count: text.utf8.count * 2))
      }
      return found.sorted()
    }
    let (source, target) = (texts(sizes.0), texts(sizes.1))
    let places = Dictionary(uniqueKeysWithValues: target.enumerated().map { ($1, UInt32($0)) })
    let mapping = TextMatching.mapping(
      of: Self.dictionary(source), in: Self.dictionary(target), workers: Workers(workers))
    #expect(mapping == source.map { places[$0] ?? .max })
    if sizes.0 > 1, sizes.1 > 1 { #expect(Set(mapping).count > 2) }
  }
}
