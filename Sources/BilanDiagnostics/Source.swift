/// A text that diagnostics point into: a query at the prompt, a query file, the prelude.
package final class Source: Sendable {
  /// What to call it: `report.bilan`, `<query>`, `<prelude>`.
  package let name: String
  /// Its text, UTF-8.
  package let text: String

  /// The byte offset at which each line starts; the first is 0.
  package let lineStarts: [Int]

  package init(name: String, text: String) {
    self.name = name
    self.text = text
    var starts = [0]
    // The bytes at once: one by one through the view costs a start a tenth of its time, for the prelude alone.
    let bytes = text.utf8.span
    for offset in bytes.indices where bytes[offset] == 0x0A { starts.append(offset + 1) }
    lineStarts = starts
  }

  package var byteCount: Int { text.utf8.count }

  /// The line that holds `offset`, 0-based.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line without its line end.
  package func byteRange(ofLine line: Int) -> Range<Int> {
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : byteCount
    let utf8 = text.utf8
    if end > start, utf8[utf8.index(utf8.startIndex, offsetBy: end - 1)] == 0x0D { end -= 1 }
    return start..<max(start, end)
  }

  /// The text of a half-open byte range, clamped to the source.
  package func text(in range: Range<Int>) -> String {
    let utf8 = text.utf8
    let range = range.clamped(to: 0..<utf8.count)
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    let end = utf8.index(start, offsetBy: range.count)
    return String(decoding: utf8[start..<end], as: UTF8.self)
  }

  /// The line (1-based) and the column (1-based, in characters) of a byte offset.
  package func position(at offset: Int) -> (line: Int, column: Int) {
    let line = line(at: offset)
    return (line + 1, text(in: lineStarts[line]..<max(lineStarts[line], offset)).count + 1)
  }
}

/// A half-open range of UTF-8 bytes in a source.
package struct Span: Sendable {
  package var source: Source
  package var start: Int
  package var end: Int

  package init(_ source: Source, _ range: Range<Int>) {
    self.source = source
    start = range.lowerBound
    end = range.upperBound
  }

  package var range: Range<Int> { start..<end }
  package var text: String { source.text(in: range) }

  /// The smallest span that covers both; `other` must be of the same source, else `self`.
  package func union(_ other: Span) -> Span {
    guard other.source === source else { return self }
    return Span(source, min(start, other.start)..<max(end, other.end))
  }
}
