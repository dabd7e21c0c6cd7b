/// A text with a cursor, counted in Unicode scalars as libedit does.
struct EditorText: Equatable {
  var scalars: [Unicode.Scalar]
  var cursor: Int

  init(_ scalars: [Unicode.Scalar], cursor: Int) {
    self.scalars = scalars
    self.cursor = cursor
  }

  /// A text with its cursor at the end.
  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    cursor = scalars.count
  }

  var text: String { Self.string(scalars[...]) }

  /// The cursor as an offset in UTF-8 bytes.
  var cursorInBytes: Int { Self.string(scalars[..<cursor]).utf8.count }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// Where the cursor's line begins.
  var lineStart: Int { (scalars[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
  /// Where the cursor's line ends, before its line feed.
  var lineEnd: Int { scalars[cursor...].firstIndex(of: "\n") ?? scalars.count }

  /// The cursor a line up in the same column; nil on the first line.
  var cursorAbove: Int? {
    guard lineStart > 0 else { return nil }
    let column = cursor - lineStart
    let end = lineStart - 1
    let start = (scalars[..<end].lastIndex(of: "\n") ?? -1) + 1
    return min(start + column, end)
  }

  /// The cursor a line down in the same column; nil on the last line.
  var cursorBelow: Int? {
    let column = cursor - lineStart
    let end = lineEnd
    guard end < scalars.count else { return nil }
    let start = end + 1
    let nextEnd = scalars[start...].firstIndex(of: "\n") ?? scalars.count
    return min(start + column, nextEnd)
  }

  /// The spaces at the start of the cursor's line.
  var indentation: String {
    Self.string(scalars[lineStart..<cursor].prefix { $0 == " " })
  }

  /// Whether the cursor's line is empty, and not the only one.
  var isOnEmptyLastLine: Bool {
    lineStart > 0 && scalars[lineStart...].allSatisfy { $0 == " " }
  }

  /// With a range of UTF-8 bytes replaced, and the cursor after the replacement.
  func replacing(bytes range: Range<Int>, with replacement: String) -> EditorText {
    let utf8 = Array(text.utf8)
    let range = range.clamped(to: 0..<utf8.count)
    let head = String(decoding: utf8[..<range.lowerBound], as: UTF8.self) + replacement
    let tail = String(decoding: utf8[range.upperBound...], as: UTF8.self)
    return EditorText(Array((head + tail).unicodeScalars), cursor: head.unicodeScalars.count)
  }
}
