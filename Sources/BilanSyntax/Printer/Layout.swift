/// A text that knows where it may be broken.
///
/// After Wadler, "A prettier printer" (1998): a group goes on one line if it fits, else each of its own lines breaks.
indirect enum Layout: Sendable {
  case text(String)
  /// A line break, or in a group that fits the text it stands for.
  case line(flat: String)
  case sequence([Layout])
  case indent(Int, Layout)
  case group(Layout)

  static let space = Layout.line(flat: " ")
  static let soft = Layout.line(flat: "")

  /// `items` with `separator` after each but the last, breaking where the next item does not fit.
  static func fill(_ items: [Layout]) -> Layout {
    var parts: [Layout] = []
    for (i, item) in items.enumerated() {
      let ended = i < items.count - 1 ? Layout.sequence([item, .text(",")]) : item
      parts.append(i == 0 ? ended : .group(.sequence([.space, ended])))
    }
    return .sequence(parts)
  }

  /// `items` with commas, each on its line where the group around does not fit.
  static func items(_ items: [Layout]) -> Layout {
    var parts: [Layout] = []
    for (i, item) in items.enumerated() {
      if i > 0 { parts.append(.space) }
      parts.append(item)
      if i < items.count - 1 { parts.append(.text(",")) }
    }
    return .sequence(parts)
  }

  private struct Piece {
    var indent: Int
    var isFlat: Bool
    var layout: Layout
  }

  /// The text in lines of at most `width` characters where that can be; `column` stand before it.
  func render(width: Int, column start: Int = 0, indent: Int = 0) -> String {
    var output = ""
    var column = start
    var stack = [Piece(indent: indent, isFlat: false, layout: self)]
    while let piece = stack.popLast() {
      switch piece.layout {
      case .text(let text):
        output += text
        column += text.count
      case .line(let flat):
        if piece.isFlat {
          output += flat
          column += flat.count
        } else {
          output += "\n" + String(repeating: " ", count: piece.indent)
          column = piece.indent
        }
      case .sequence(let parts):
        for part in parts.reversed() { stack.append(Piece(indent: piece.indent, isFlat: piece.isFlat, layout: part)) }
      case .indent(let more, let inner):
        stack.append(Piece(indent: piece.indent + more, isFlat: piece.isFlat, layout: inner))
      case .group(let inner):
        let isFlat = piece.isFlat || Self.fits(inner, stack, width - column)
        stack.append(Piece(indent: piece.indent, isFlat: isFlat, layout: inner))
      }
    }
    return output
  }

  /// Whether `layout` on one line, and what follows it up to the next break, takes at most `room` characters.
  private static func fits(_ layout: Layout, _ rest: [Piece], _ room: Int) -> Bool {
    var room = room
    var stack = [Piece(indent: 0, isFlat: true, layout: layout)]
    var next = rest.count
    while room >= 0 {
      guard let piece = stack.popLast() else {
        guard next > 0 else { return true }
        next -= 1
        stack.append(rest[next])
        continue
      }
      switch piece.layout {
      case .text(let text): room -= text.count
      case .line(let flat):
        if !piece.isFlat { return true }
        room -= flat.count
      case .sequence(let parts):
        for part in parts.reversed() { stack.append(Piece(indent: 0, isFlat: piece.isFlat, layout: part)) }
      case .indent(_, let inner): stack.append(Piece(indent: 0, isFlat: piece.isFlat, layout: inner))
      // A group that comes later decides for itself, so it may break at its first line.
      case .group(let inner): stack.append(Piece(indent: 0, isFlat: piece.isFlat, layout: inner))
      }
    }
    return false
  }
}
