#if Spreadsheets
  import BilanDiagnostics

  /// The texts that a workbook's cells share, one after the other in one block of bytes.
  final class SharedStrings: XMLHandler {
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var item = RichText()

    private static let item = XMLName("si")

    var count: Int { ends.count }

    /// Where text `index` is in `bytes`; nil where there is none.
    func range(_ index: Int) -> Range<Int>? {
      guard ends.indices.contains(index) else { return nil }
      return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
      if name == Self.item { item.begin() } else { item.start(name, attributes) }
    }

    func text(_ bytes: [UInt8]) { item.append(bytes, to: &self.bytes) }

    func end(_ name: XMLName) {
      guard name == Self.item else { return item.end(name) }
      let start = ends.last ?? 0
      EscapedText.decode(&bytes, from: start)
      ends.append(bytes.count)
    }
  }

  /// Follows a text with its runs: what counts is inside `t`, in runs too, and not in the phonetic hints of Japanese.
  ///
  /// Raised digits are written as such, `12¹`: beside a number they would be others of its digits.
  struct RichText {
    private var isInText = false
    private var isInHint = false
    private var isRaised = false
    /// Of the run, which may come in several pieces.
    private var hasParenthesis = false

    private static let (piece, hint, run) = (XMLName("t"), XMLName("rPh"), XMLName("r"))
    private static let (alignment, value) = (XMLName("vertAlign"), XMLName("val"))

    mutating func begin() { self = RichText() }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
      if name == Self.piece {
        isInText = true
      } else if name == Self.hint {
        isInHint = true
      } else if name == Self.run {
        (isRaised, hasParenthesis) = (false, false)
      } else if name == Self.alignment {
        isRaised = attributes.text(Self.value) == "superscript"
      }
    }

    mutating func end(_ name: XMLName) {
      if name == Self.piece { isInText = false } else if name == Self.hint { isInHint = false }
    }

    mutating func append(_ text: [UInt8], to bytes: inout [UInt8]) {
      guard isInText, !isInHint else { return }
      // `12(1)` is known for what it is.
      if text.contains(UInt8(ascii: "(")) { hasParenthesis = true }
      guard isRaised, !hasParenthesis else {
        bytes += text
        return
      }
      for byte in text {
        if byte &- 0x30 < 10 { bytes += Self.raised[Int(byte - 0x30)] } else { bytes.append(byte) }
      }
    }

    private static let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹".map { Array(String($0).utf8) }
  }

  /// Characters that XML cannot hold, written as `_x000D_`, and `_x005F_` for an underscore that begins no such escape.
  enum EscapedText {
    static func decode(_ text: String) -> String {
      var bytes = Array(text.utf8)
      decode(&bytes, from: 0)
      return String(decoding: bytes, as: UTF8.self)
    }

    /// Decodes the end of `bytes`, in place.
    static func decode(_ bytes: inout [UInt8], from start: Int) {
      guard var read = bytes[start...].firstIndex(of: UInt8(ascii: "_")) else { return }
      var write = read
      while read < bytes.count {
        if bytes[read] == UInt8(ascii: "_"), let first = unit(bytes, read) {
          read += 7
          var code = first
          // Halves of a pair are written one after the other; a half by itself is no character and is left out.
          if first & 0xFC00 == 0xD800, read < bytes.count, bytes[read] == UInt8(ascii: "_"),
            let second = unit(bytes, read), second & 0xFC00 == 0xDC00
          {
            code = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
            read += 7
          }
          if let scalar = Unicode.Scalar(code) {
            for byte in Character(scalar).utf8 {
              bytes[write] = byte
              write += 1
            }
          }
        } else {
          bytes[write] = bytes[read]
          write += 1
          read += 1
        }
      }
      bytes.removeSubrange(write...)
    }

    /// The code of `_xHHHH_` at `index`.
    private static func unit(_ bytes: [UInt8], _ index: Int) -> UInt32? {
      guard index + 7 <= bytes.count, bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
      else { return nil }
      var unit: UInt32 = 0
      for byte in bytes[index + 2..<index + 6] {
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
        unit = unit << 4 | UInt32(digit)
      }
      return unit
    }
  }
#endif
