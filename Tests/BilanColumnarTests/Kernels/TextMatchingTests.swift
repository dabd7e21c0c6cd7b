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

  /// Texts of three shapes: numbers of few digits, which have a table; of many, which are sorted; and long ones, of which
  /// hashes are.
  private enum Shape: CaseIterable {
    case few, many, long
  }

  @Test(arguments: [(0, 5), (5, 0), (1, 1), (40, 33), (20_000, 15_000), (9000, 60_000)], [1, 3])
  func findsWhatIsThere(_ sizes: (Int, Int), _ workers: Int) {
    for shape in Shape.allCases {
      var random = SplitMix64(seed: UInt64(sizes.0 + workers))
      func texts(_ count: Int) -> [String] {
        var found: Set<String> = []
        while found.count < count {
          let number = Int.random(in: 0..<count * 2 + 40, using: &random)
          switch shape {
          case .few: found.insert("id\(number)")
          case .many: found.insert("MA-\(number)-\(number % 89 + 10_000_000)")
          case .long: found.insert("id\(number)" + String(repeating: "é", count: number % 3 * 20))
          }
        }
        return found.shuffled(using: &random)
      }
      let (source, target) = (texts(sizes.0), texts(sizes.1))
      let places = Dictionary(uniqueKeysWithValues: target.enumerated().map { ($1, Int32($0)) })
      let values = Buffer<Int32>(count: target.count) { Int32($0) * 3 }
      let found = TextMatching.values(
        of: Self.dictionary(source), in: Self.dictionary(target), values, workers: Workers(workers))
      #expect(found.array == source.map { places[$0].map { $0 * 3 } ?? -1 })
      if sizes.0 > 1, sizes.1 > 1 { #expect(Set(found.array).count > 2) }
    }
  }

  @Test func textsOfOneNumberAreTheSame() throws {
    let texts = ["", "0", "00", "1", "01", "10", "010", "0010", "1\u{0}", "\u{0}1", "\u{0}", "\u{FF}", "é"]
    for (prefix, count) in [("", 1), ("id", 1), ("x", 3)] {
      let longer = Self.dictionary(texts.map { prefix + $0 })
      let packed = try #require(PackedTexts(longer, workers: Workers(count)))
      let words = packed.words(of: longer, workers: Workers(count)).array
      #expect(Set(words).count == texts.count)
      #expect(words.allSatisfy { $0 < packed.end })
    }
    #expect(PackedTexts(Self.dictionary(texts + [String(repeating: "a", count: 70)]), workers: .one) == nil)
    #expect(PackedTexts(Self.dictionary([]), workers: .one) == nil)
  }

  /// Numbers of up to eight digits are read at once, where eight bytes stand before their end; others byte by byte.
  @Test func numbersAndWhatLooksLikeThem() throws {
    let numbers = (0..<4000).map { String($0 * 98_765_431 % 1_000_000_007) } + ["0", "00", "00000000", "99999999"]
    for prefix in ["", "id", "année ", String(repeating: "é", count: 5)] {
      let texts = Array(Set(numbers)).sorted().map { prefix + $0 }
      let packed = try #require(PackedTexts(Self.dictionary(texts), workers: Workers(2)))
      let words = packed.words(of: Self.dictionary(texts), workers: .one).array
      #expect(Set(words).count == texts.count)
      let digits = texts.map { $0.dropFirst(prefix.count) }
      for (word, text) in zip(words, digits) {
        // Those of fewer digits come first: there are 1, 10, 100 … of them.
        let before = (0..<text.count).reduce(0) { sum, size in sum + (0..<size).reduce(1) { power, _ in power * 10 } }
        #expect(word == UInt64(before + Int(text)!))
      }
      let others =
        ["1/", "1:", "12a", "/1", ":", "", "1234567\u{B1}", "-1", "+1"].map { prefix + $0 } + ["ix12345678", "1"]
      let foreign = packed.words(of: Self.dictionary(others), workers: .one).array
      for (word, text) in zip(foreign, others) {
        let rest = text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : "-"
        #expect(
          (word == packed.end) == (!rest.isEmpty && !rest.utf8.allSatisfy { (0x30...0x39).contains($0) }), "\(text)")
      }
    }
  }

  @Test func whatIsNoneOfTheTextsHasTheEnd() throws {
    let packed = try #require(PackedTexts(Self.dictionary(["id7", "id12", "id120"]), workers: .one))
    let others = Self.dictionary(["id7", "ida", "ie7", "i", "", "id", "id1207", "id77", "is 12"])
    let words = packed.words(of: others, workers: .one).array
    #expect(words.map { $0 == packed.end } == [false, true, true, true, true, false, true, false, true])
    #expect(words[0] <= packed.greatest(of: Self.dictionary(["id7", "id12", "id120"]), workers: .one))
  }
}
