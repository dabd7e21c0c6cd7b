/// Takes JSON apart by hand: a descriptor is read at every start, and a decoder that looks types up at run time takes
/// longer than most questions.
///
/// RFC 8259 and nothing more; UTF-8, with or without a mark at its beginning.
struct JSONScanner {
  /// What is no JSON.
  struct Failure: Error {}

  /// Deeper nesting is no descriptor.
  private static let depthLimit = 512

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Failure() }
    var scanner = JSONScanner(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.place = 3 }
    let value = try scanner.value()
    scanner.skipSpace()
    guard scanner.place == bytes.count else { throw Failure() }
    return value
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
  }

  /// Goes past a byte if it is the next.
  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func value() throws(Failure) -> JSONValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
    for byte in word.description.utf8 where !take(byte) { throw Failure() }
    return value
  }

  private mutating func object() throws(Failure) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = []
    place += 1
    depth += 1
    guard depth <= Self.depthLimit else { throw Failure() }
    skipSpace()
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipSpace()
        guard next == UInt8(ascii: "\"") else { throw Failure() }
        let key = try text()
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw Failure() }
        members.append((key, try value()))
        skipSpace()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { throw Failure() }
    }
    depth -= 1
    return .object(members)
  }

  private mutating func list() throws(Failure) -> JSONValue {
    var values: [JSONValue] = []
    place += 1
    depth += 1
    guard depth <= Self.depthLimit else { throw Failure() }
    skipSpace()
    if !take(UInt8(ascii: "]")) {
      repeat {
        values.append(try value())
        skipSpace()
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { throw Failure() }
    }
    depth -= 1
    return .list(values)
  }

  private mutating func digits() throws(Failure) {
    let start = place
    while let byte = next, byte >= 0x30, byte <= 0x39 { place += 1 }
    guard place > start else { throw Failure() }
  }

  private mutating func number() throws(Failure) -> String {
    let start = place
    _ = take(UInt8(ascii: "-"))
    // A zero at the beginning stands alone.
    if !take(0x30) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private mutating func text() throws(Failure) -> String {
    place += 1
    let start = place
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { place += 1 }
    var result = String(decoding: bytes[start..<place], as: UTF8.self)
    while !take(UInt8(ascii: "\"")) {
      guard let byte = next, byte >= 0x20 else { throw Failure() }
      if byte == UInt8(ascii: "\\") {
        place += 1
        result.unicodeScalars.append(try escape())
      } else {
        let start = place
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { place += 1 }
        result += String(decoding: bytes[start..<place], as: UTF8.self)
      }
    }
    return result
  }

  /// What follows a backslash.
  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    guard let byte = next else { throw Failure() }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      // The first half of a pair, whose second must follow.
      guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw Failure() }
      let second = try hexadecimal()
      guard (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
      else { throw Failure() }
      return scalar
    default: throw Failure()
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw Failure() }
      unit = unit << 4 | UInt32(digit)
      place += 1
    }
    return unit
  }
}
