import BilanColumnar

/// What functions of texts are for lists; each works once for each distinct list.
enum ListFunctions {
  /// The number of elements, missing ones too.
  static let length = ScalarOverload([Parameter("list", .anyList)], .exactly(.integer)) {
    arguments, types, context throws(KernelError) in
    try mapDistinct(arguments, types, context, .integer) { values in
      let bytes = Array((values[0].string ?? "").utf8)
      return .integer(Int64(ListText.count(bytes, in: 0..<bytes.count)))
    }
  }

  /// Whether an element is this value.
  static let contains = ScalarOverload(
    [Parameter("list", .anyList), Parameter("element", .element)], .exactly(.boolean)
  ) {
    arguments, types, context throws(KernelError) in
    try mapDistinct(arguments, types, context, .boolean) { values in
      let bytes = Array((values[0].string ?? "").utf8)
      var cursor = ListCursor(bytes, in: 0..<bytes.count)
      var isFound = false
      cursor.forEachElement { element in
        if !isFound { isFound = holds(bytes, element, values[1]) }
      }
      return .boolean(isFound)
    }
  }

  private static func holds(_ bytes: [UInt8], _ element: Range<Int>, _ value: Value) -> Bool {
    // A text among elements that are others is not one of them.
    func isText(_ text: String) -> Bool { ListText.content(bytes, in: element).elementsEqual(text.utf8) }
    func number() -> Double? { Double(String(decoding: bytes[element], as: UTF8.self)) }
    return switch value {
    case .text(let text): isText(text)
    case .integer(let whole): Int64(String(decoding: bytes[element], as: UTF8.self)) == whole
    case .real(let real): number() == real
    case .boolean(let flag): bytes[element].elementsEqual((flag ? "true" : "false").utf8)
    case .date(let date): isText(date.description)
    case .period(let period): isText(period.description)
    case .missing, .duration, .ratio: false
    }
  }
}
