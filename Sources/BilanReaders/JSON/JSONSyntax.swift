import BilanDiagnostics

/// What is wrong with a JSON text, and where.
struct JSONFault: Error {
  /// The byte at which it shows.
  var offset: Int
  var problem: Localized

  init(_ offset: Int, _ english: String, fr french: String) {
    self.offset = offset
    problem = Localized(english, fr: french)
  }
}

/// Checks that bytes are JSON, RFC 8259 and nothing more, before anything is made of them: what comes after may then
/// take every bracket for granted.
///
/// Nesting is counted and not recursed into, so that no text can exhaust the stack.
struct JSONSyntax {
  /// Deeper nesting is refused; writers of tables stay far below.
  static let depthLimit = 1024

  private let bytes: [UInt8]
  private(set) var place: Int
  /// For each bracket that is open whether it is an object's.
  private var open: [Bool] = []

  private init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    place = start
  }

  /// The places at which the values of a text begin: one for JSON, one a line for JSON Lines, none for blank text.
  ///
  /// A value may take several lines; what follows it begins on another.
  ///
  /// - Parameter bytes: UTF-8.
  /// - Throws: where the text is neither.
  static func values(of bytes: [UInt8], from start: Int) throws(JSONFault) -> [Int] {
    var syntax = JSONSyntax(bytes, from: start)
    var values: [Int] = []
    while true {
      let hasLineEnd = syntax.skipSpace()
      guard syntax.next != nil else { return values }
      if !values.isEmpty, !hasLineEnd {
        throw JSONFault(
          syntax.place, "there is more after the end of the value",
          fr: "il y a autre chose après la fin de la valeur")
      }
      values.append(syntax.place)
      try syntax.value()
    }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// - Returns: whether a line ended.
  @discardableResult
  private mutating func skipSpace() -> Bool {
    var hasLineEnd = false
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      if byte == 0x0A || byte == 0x0D { hasLineEnd = true }
      place += 1
    }
    return hasLineEnd
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  /// Goes past one value.
  private mutating func value() throws(JSONFault) {
    while true {
      skipSpace()
      switch next {
      case UInt8(ascii: "{"):
        try begin(isObject: true)
        skipSpace()
        if !take(UInt8(ascii: "}")) {
          try key()
          continue
        }
        open.removeLast()
      case UInt8(ascii: "["):
        try begin(isObject: false)
        skipSpace()
        if !take(UInt8(ascii: "]")) { continue }
        open.removeLast()
      case UInt8(ascii: "\""): try text()
      case UInt8(ascii: "t"): try word("true")
      case UInt8(ascii: "f"): try word("false")
      case UInt8(ascii: "n"): try word("null")
      case .some(let byte) where byte == UInt8(ascii: "-") || byte &- 0x30 < 10: try number()
      default: throw JSONFault(place, "a value is expected", fr: "une valeur est attendue")
      }
      if try !goesOn() { return }
    }
  }

  /// After a value: closes the brackets that end here.
  ///
  /// - Returns: whether another value follows in one that is open.
  private mutating func goesOn() throws(JSONFault) -> Bool {
    while let isObject = open.last {
      skipSpace()
      if take(UInt8(ascii: ",")) {
        if isObject {
          skipSpace()
          try key()
        }
        return true
      }
      guard take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw isObject
          ? JSONFault(place, "`,` or `}` is expected", fr: "`,` ou `}` est attendu")
          : JSONFault(place, "`,` or `]` is expected", fr: "`,` ou `]` est attendu")
      }
      open.removeLast()
    }
    return false
  }

  private mutating func begin(isObject: Bool) throws(JSONFault) {
    guard open.count < Self.depthLimit else {
      throw JSONFault(
        place, "brackets are nested more than \(Self.depthLimit) deep",
        fr: "des crochets sont imbriqués sur plus de \(Self.depthLimit) niveaux")
    }
    open.append(isObject)
    place += 1
  }

  private mutating func key() throws(JSONFault) {
    guard next == UInt8(ascii: "\"") else {
      throw JSONFault(place, "a name in quotes is expected", fr: "un nom entre guillemets est attendu")
    }
    try text()
    skipSpace()
    guard take(UInt8(ascii: ":")) else { throw JSONFault(place, "`:` is expected", fr: "`:` est attendu") }
  }

  private mutating func word(_ word: StaticString) throws(JSONFault) {
    let start = place
    for byte in word.description.utf8 where !take(byte) {
      throw JSONFault(start, "a value is expected", fr: "une valeur est attendue")
    }
  }

  private mutating func digits() throws(JSONFault) {
    let start = place
    while place < bytes.count, bytes[place] &- 0x30 < 10 { place += 1 }
    guard place > start else { throw JSONFault(place, "a digit is expected", fr: "un chiffre est attendu") }
  }

  private mutating func number() throws(JSONFault) {
    _ = take(UInt8(ascii: "-"))
    if take(0x30) {
      if let next, next &- 0x30 < 10 {
        throw JSONFault(place, "a number does not begin with a zero", fr: "un nombre ne commence pas par un zéro")
      }
    } else {
      try digits()
    }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
  }

  private mutating func text() throws(JSONFault) {
    let start = place
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        place += 1
        return
      }
      guard byte >= 0x20 else {
        throw byte == 0x0A || byte == 0x0D
          ? JSONFault(place, "the line ends inside a text", fr: "la ligne se termine à l’intérieur d’un texte")
          : JSONFault(
            place, "a control character stands inside a text",
            fr: "un caractère de contrôle se trouve à l’intérieur d’un texte")
      }
      if byte == UInt8(ascii: "\\") { try escape() } else { place += 1 }
    }
    throw JSONFault(start, "the text that begins here does not end", fr: "le texte qui commence ici ne finit pas")
  }

  private mutating func escape() throws(JSONFault) {
    let start = place
    place += 1
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      place += 1
    case UInt8(ascii: "u"):
      place += 1
      let unit = try hexadecimal(start)
      guard unit & 0xF800 == 0xD800 else { return }
      // The first half of a pair, whose second must follow: a half alone is no character.
      if unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), try hexadecimal(start) & 0xFC00 == 0xDC00 {
        return
      }
      throw JSONFault(start, "half of a surrogate pair is no character", fr: "une demi-paire n’est pas un caractère")
    default:
      throw JSONFault(start, "no character is escaped like this", fr: "aucun caractère ne s’échappe ainsi")
    }
  }

  private mutating func hexadecimal(_ start: Int) throws(JSONFault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = next.flatMap(JSONCursor.hexadecimalValue) else {
        throw JSONFault(
          start, "`\\u` is followed by four hexadecimal digits", fr: "`\\u` est suivi de quatre chiffres hexadécimaux")
      }
      unit = unit << 4 | digit
      place += 1
    }
    return unit
  }
}
