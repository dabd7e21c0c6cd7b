import CScan
import BilanTestSupport
import Testing

/// The vector loops and their portable twin find the same separators, which are those that a plain loop finds.
@Suite struct BlockScanTests {
  private struct Found: Equatable {
    var ends: [UInt32]
    var lineFeeds: Int
    var quotes: Int
    var loneReturns: Int
    var hasReturn: Bool
    var hasStrayQuote: Bool
    var hasDoubledQuote: Bool
    var hasQuotedLineEnd: Bool
    var hasZero: Bool
    var hasHigh: Bool
  }

  private func expected(_ bytes: [UInt8], quote: UInt8) -> Found {
    var found = Found(
      ends: [], lineFeeds: 0, quotes: 0, loneReturns: 0, hasReturn: false, hasStrayQuote: false, hasDoubledQuote: false,
      hasQuotedLineEnd: false, hasZero: false, hasHigh: false)
    var isInside = false
    // What a quote that opens may stand behind, and what one that closes may stand before.
    var mayOpen = true
    var hasClosed = false
    for (index, byte) in bytes.enumerated() {
      if byte == 0 { found.hasZero = true }
      if byte > 127 { found.hasHigh = true }
      let isSeparator = byte == UInt8(ascii: ";") || byte == 0x0A
      if quote != 0, byte == quote {
        found.quotes += 1
        if isInside {
          (isInside, hasClosed) = (false, true)
        } else {
          if hasClosed { found.hasDoubledQuote = true } else if !mayOpen { found.hasStrayQuote = true }
          (isInside, hasClosed) = (true, false)
        }
        mayOpen = false
        continue
      }
      if isInside {
        if byte == 0x0A || byte == 0x0D { found.hasQuotedLineEnd = true }
        continue
      }
      if hasClosed, !isSeparator, byte != 0x0D { found.hasStrayQuote = true }
      (mayOpen, hasClosed) = (isSeparator, false)
      if isSeparator { found.ends.append(UInt32(index + 1)) }
      if byte == 0x0A { found.lineFeeds += 1 }
      if byte == 0x0D {
        found.hasReturn = true
        if index + 1 == bytes.count || bytes[index + 1] != 0x0A { found.loneReturns += 1 }
      }
    }
    return found
  }

  private func found(_ way: Int32, _ bytes: [UInt8], quote: UInt8) -> Found? {
    var ends = [UInt32](repeating: 0, count: bytes.count + 80)
    var block = bilan_block()
    let isKnown = unsafe bilan_scan_by(way, bytes, bytes.count, UInt8(ascii: ";"), quote, &ends, &block)
    guard isKnown != 0 else { return nil }
    return Found(
      ends: Array(ends.prefix(block.separators)), lineFeeds: block.line_feeds, quotes: block.quotes,
      loneReturns: block.lone_returns, hasReturn: block.has_return != 0, hasStrayQuote: block.has_stray_quote != 0,
      hasDoubledQuote: block.has_doubled_quote != 0, hasQuotedLineEnd: block.has_quoted_line_end != 0,
      hasZero: block.has_zero != 0, hasHigh: block.has_high != 0)
  }

  @Test(arguments: 0..<300) func everyWayFindsTheSame(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    // Few kinds of bytes, so that they meet, and now and then none that is rare.
    let alphabets: [[UInt8]] = [
      Array("ab;\n".utf8), Array("a;\r\n".utf8), Array("a\";\r\n".utf8), Array("aaaaaaaaaaaaaaa\";".utf8),
      Array("\";\n".utf8), [0, 0x3A, 0x3B, 0x3C, 0x0A, 0x8A, 0xBB, 0xFF],
      [0x3B], [0x0A, 0x0D],
    ]
    let alphabet = alphabets.randomElement(using: &random)!
    let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
    for quote in [UInt8(ascii: "\""), 0] {
      let expected = expected(bytes, quote: quote)
      #expect(found(0, bytes, quote: quote) == expected, "portable, seed \(seed)")
      for way in Int32(1)...2 {
        if let found = found(way, bytes, quote: quote) { #expect(found == expected, "way \(way), seed \(seed)") }
      }
    }
  }
}
