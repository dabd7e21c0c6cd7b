import BilanTestSupport
import Testing

@testable import BilanColumnar

/// Rows found by the codes of their texts, against a look at each.
@Suite struct TextFlagsTests {
  @Test(arguments: [1, 2, 200, 300, 70_000], [false, true])
  func findsTheRows(_ textCount: Int, _ hasMissing: Bool) {
    var random = SplitMix64(seed: UInt64(textCount))
    let dictionary = TextDictionary((0..<textCount).map(String.init))
    let rowCount = 1000
    let codes = (0..<rowCount).map { _ in UInt32.random(in: 0..<UInt32(textCount), using: &random) }
    let validity = hasMissing ? Bitmap(count: rowCount) { _ in Bool.random(using: &random) } : nil
    let column = TextColumn(Buffer(codes), dictionary, validity: validity).withBlankInvalidCodes().narrowed()
    let middle = textCount / 2
    let conditions: [(Int) -> Bool] = [
      { _ in false }, { _ in true }, { $0 == middle }, { $0 < middle }, { $0 >= middle }, { $0 % 3 == 0 },
      { $0 == 0 || $0 == textCount - 1 },
    ]
    for condition in conditions {
      for holdsMissing in [false, true] {
        let flags = TextFlags(Bitmap(count: textCount + 1) { $0 < textCount ? condition($0) : holdsMissing })
        let expected = Bitmap(count: rowCount) { row in
          validity?[row] ?? true ? condition(Int(codes[row])) : holdsMissing
        }
        #expect(flags.rows(of: column) == expected)
      }
    }
  }

  @Test func columnsWithoutTexts() {
    for holdsMissing in [false, true] {
      let column = TextColumn(
        Buffer(repeating: 0, count: 5), .empty, validity: Bitmap(repeating: false, count: 5))
      let flags = TextFlags(Bitmap(repeating: holdsMissing, count: 1))
      #expect(flags.rows(of: column) == Bitmap(repeating: holdsMissing, count: 5))
    }
  }
}
