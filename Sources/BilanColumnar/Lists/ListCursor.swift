/// Walks through the text of a list (`ListType`), one value at a time.
///
/// Lists are written by this module and so are right; where one is not, the walk ends early and reads no byte beyond it.
package struct ListCursor {
  package let bytes: [UInt8]
  package private(set) var place: Int
  package let end: Int

  package init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = min(range.upperBound, bytes.count)
  }

  private var byte: UInt8 { place < end ? bytes[place] : 0 }

  /// Calls `body` with the place of each element.
  package mutating func forEachElement(_ body: (Range<Int>) -> Void) {
    guard byte == UInt8(ascii: "[") else { return }
    place += 1
    while place < end, byte != UInt8(ascii: "]") {
      let start = place
      skipValue()
      if place == start { return }
      body(start..<place)
      if byte == UInt8(ascii: ",") { place += 1 }
    }
  }

  /// Calls `body` with the places of each name, without its quotes, and of its value; for an object alone.
  package mutating func forEachMember(_ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void) {
    guard byte == UInt8(ascii: "{") else { return }
    place += 1
    while place < end, byte == UInt8(ascii: "\"") {
      let nameStart = place + 1
      skipText()
      let name = nameStart..<max(nameStart, place - 1)
      guard byte == UInt8(ascii: ":") else { return }
      place += 1
      let start = place
      skipValue()
      if place == start { return }
      body(name, start..<place)
      if byte == UInt8(ascii: ",") { place += 1 }
    }
  }

  private mutating func skipValue() {
    switch byte {
    case UInt8(ascii: "\""): skipText()
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      var depth = 0
      repeat {
        switch byte {
        case UInt8(ascii: "\""):
          skipText()
          continue
        case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        default: break
        }
        place += 1
      } while depth > 0 && place < end
    default:
      while place < end, byte != UInt8(ascii: ","), byte != UInt8(ascii: "]"), byte != UInt8(ascii: "}") { place += 1 }
    }
  }

  private mutating func skipText() {
    place += 1
    while place < end, byte != UInt8(ascii: "\"") { place += byte == UInt8(ascii: "\\") ? 2 : 1 }
    place = min(place + 1, end)
  }
}
