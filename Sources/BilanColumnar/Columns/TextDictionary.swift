/// The distinct texts of a column, each known by its code, its position.
///
/// Texts are UTF-8 bytes in one arena. Immutable and shared; two columns with the same dictionary object compare by
/// code. Where `isSorted` is false the order of codes means nothing: use `ranks` to sort.
package final class TextDictionary: Sendable {
  package let bytes: Buffer<UInt8>
  /// `count + 1` offsets into `bytes`.
  package let offsets: Buffer<UInt32>
  package let count: Int
  /// True where codes stand in reading order: a code is its text's rank.
  package let isSorted: Bool

  package init(bytes: Buffer<UInt8>, offsets: Buffer<UInt32>, isSorted: Bool = false) {
    precondition(offsets.count > 0)
    self.isSorted = isSorted
    self.bytes = bytes
    self.offsets = offsets
    count = offsets.count - 1
  }

  package convenience init(bytes: [UInt8], offsets: [UInt32], isSorted: Bool = false) {
    self.init(bytes: Buffer(bytes), offsets: Buffer(offsets), isSorted: isSorted)
  }

  /// A dictionary of given texts, which must be distinct.
  package convenience init(_ texts: [String]) {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    for text in texts {
      bytes.append(contentsOf: text.utf8)
      offsets.append(UInt32(bytes.count))
    }
    self.init(bytes: bytes, offsets: offsets)
  }

  package static let empty = TextDictionary(bytes: [], offsets: [0])

  package func byteRange(_ code: Int) -> Range<Int> { Int(offsets[code])..<Int(offsets[code + 1]) }

  /// The text of a code, made anew: for output and for work once per distinct value.
  package subscript(code: Int) -> String {
    let range = byteRange(code)
    var text = [UInt8]()
    text.reserveCapacity(range.count)
    let bytes = self.bytes
    let span = bytes.span
    for index in range { text.append(span[index]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Every text, by code.
  package var texts: [String] { (0..<count).map { self[$0] } }

  /// For each code its place in reading order: letters first (case and accents folded), then accents and case.
  package func ranks() -> [Int32] {
    if isSorted { return Array(0..<Int32(count)) }
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, code) in ReadingOrder(self).codes.enumerated() { ranks[Int(code)] = Int32(rank) }
    return ranks
  }
}

/// Collects texts and gives each a code, in order of first appearance.
package struct TextDictionaryBuilder: Sendable {
  private var codes: [ExactText: UInt32] = [:]
  private var bytes: [UInt8] = []
  private var offsets: [UInt32] = [0]

  package init() {}
  package var count: Int { offsets.count - 1 }

  package mutating func code(for text: String) -> UInt32 { code(for: Array(text.utf8)) }

  /// - Parameter text: UTF-8.
  package mutating func code(for text: [UInt8]) -> UInt32 {
    let key = ExactText(text)
    if let code = codes[key] { return code }
    let code = UInt32(count)
    codes[key] = code
    bytes.append(contentsOf: text)
    offsets.append(UInt32(bytes.count))
    return code
  }

  package consuming func finish() -> TextDictionary { TextDictionary(bytes: bytes, offsets: offsets) }
}
