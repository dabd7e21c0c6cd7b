import BilanDiagnostics

/// What is wrong with a regular expression.
struct PatternFault: Error {
  var reason: Localized
}

/// Reads regular expressions as most tools write them: `[A-Z]`, `\d`, `(…|…)`, `+?`, `{2,4}`, `^`, `$`.
///
/// What would need more than one look at each character, looking around and referring back, is refused.
struct PatternParser {
  /// Letters that change what follows: `(?i)`.
  private struct Flags {
    var ignoresCase = false
    /// `.` is ends of lines too.
    var dotIsAll = false
    /// `^` and `$` are of lines.
    var hasLines = false
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var flags = Flags()
  private var groupCount = 0
  private var depth = 0

  private static let deepest = 200
  /// The most repetitions that can be asked for.
  private static let mostRepetitions = 1000

  static func parse(_ text: String) throws(PatternFault) -> PatternNode {
    var parser = PatternParser(scalars: Array(text.unicodeScalars))
    let node = try parser.choice()
    if parser.index < parser.scalars.count {
      throw PatternFault("a `)` closes nothing", fr: "une `)` ne ferme rien")
    }
    return node
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  private func isAhead(_ text: String) -> Bool {
    let wanted = text.unicodeScalars
    return index + wanted.count <= scalars.count && scalars[index..<index + wanted.count].elementsEqual(wanted)
  }

  // MARK: Structure

  private mutating func choice() throws(PatternFault) -> PatternNode {
    var options = [try sequence()]
    while take("|") { options.append(try sequence()) }
    return options.count == 1 ? options[0] : .choice(options)
  }

  private mutating func sequence() throws(PatternFault) -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let atom = try atom() else { continue }
      parts.append(try repeated(atom))
    }
    return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repeated(_ atom: PatternNode) throws(PatternFault) -> PatternNode {
    guard let (least, most) = try bounds() else { return atom }
    if case .assertion = atom {
      throw PatternFault("what is repeated has no text", fr: "ce qui est répété n’a pas de texte")
    }
    let isLazy = take("?")
    if !isLazy, take("+") { throw .unsupported("`+` behind a repetition", fr: "`+` derrière une répétition") }
    if try bounds() != nil {
      throw PatternFault(
        "a repetition is repeated: put it in parentheses",
        fr: "une répétition est répétée : mettez-la entre parenthèses")
    }
    return .repetition(atom, least: least, most: most, isLazy: isLazy)
  }

  /// How often what comes before is there; nil where that is not said.
  private mutating func bounds() throws(PatternFault) -> (least: Int, most: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = index
    guard take("{") else { return nil }
    let least = number()
    var most = least
    if take(",") { most = number() }
    // Without a number it is the character.
    guard take("}"), least != nil || most != nil else {
      index = start
      return nil
    }
    let isOpen = scalars[index - 2] == ","
    for bound in [least, most].compactMap(\.self) where bound > Self.mostRepetitions {
      throw PatternFault(
        "at most \(Self.mostRepetitions) repetitions can be asked for",
        fr: "on peut demander \(Self.mostRepetitions) répétitions au plus")
    }
    if let least, let most, most < least {
      throw PatternFault("`{\(least),\(most)}` is never there", fr: "`{\(least),\(most)}` n’existe jamais")
    }
    return (least ?? 0, isOpen ? nil : most)
  }

  /// Digits; nil where there are none.
  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = next, scalar.value &- 0x30 < 10 {
      value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1 << 20)
      index += 1
    }
    return value
  }

  /// - Returns: nil where only what follows is changed.
  private mutating func atom() throws(PatternFault) -> PatternNode? {
    let scalar = scalars[index]
    index += 1
    switch scalar {
    case "(": return try group()
    case "[": return .set(try brackets())
    case ".": return .set(.anything(withLineEnds: flags.dotIsAll))
    case "^": return .assertion(flags.hasLines ? .lineStart : .textStart)
    case "$": return .assertion(flags.hasLines ? .lineEnd : .textEnd)
    case "*", "+", "?": throw PatternFault("`\(scalar)` repeats nothing", fr: "`\(scalar)` ne répète rien")
    case "\\": return try escaped()
    default: return .set(set(of: scalar))
    }
  }

  private func set(of scalar: Unicode.Scalar) -> ScalarSet {
    ScalarSet([.range(scalar.value...scalar.value)], ignoresCase: flags.ignoresCase)
  }

  // MARK: Groups

  /// Behind the opening parenthesis.
  private mutating func group() throws(PatternFault) -> PatternNode? {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest {
      throw PatternFault("the parentheses are too deep", fr: "les parenthèses sont trop profondes")
    }
    let outer = flags
    var isCounted = true
    if take("?") {
      if take("#") {
        while let scalar = next, scalar != ")" { index += 1 }
        guard take(")") else { throw .unclosed("(", ")") }
        return nil
      }
      for lookaround in ["=", "!", "<=", "<!", ">"] where isAhead(lookaround) {
        throw .unsupported("`(?\(lookaround)`", fr: "`(?\(lookaround)`")
      }
      if isAhead("P<") { index += 1 }
      if take("<") {
        while let scalar = next, ScalarSet.Kind.isWord(scalar) { index += 1 }
        guard take(">") else { throw .unclosed("<", ">") }
      } else {
        isCounted = false
        try changeFlags()
        // Without a colon the rest of the group around is changed.
        if take(")") { return nil }
        guard take(":") else { throw .unclosed("(?", ")") }
      }
    }
    let isFirst = isCounted && groupCount == 0
    if isCounted { groupCount += 1 }
    let node = try choice()
    guard take(")") else { throw .unclosed("(", ")") }
    flags = outer
    return isFirst ? .firstGroup(node) : node
  }

  private mutating func changeFlags() throws(PatternFault) {
    var isOn = true
    while let scalar = next, scalar != ")", scalar != ":" {
      index += 1
      switch scalar {
      case "-": isOn = false
      case "i": flags.ignoresCase = isOn
      case "s": flags.dotIsAll = isOn
      case "m": flags.hasLines = isOn
      default: throw .unsupported("`(?\(scalar)`", fr: "`(?\(scalar)`")
      }
    }
  }

  // MARK: Escapes

  /// Behind the backslash.
  private mutating func escaped() throws(PatternFault) -> PatternNode {
    switch next {
    case "b": return took(.wordBoundary)
    case "B": return took(.noWordBoundary)
    case "A": return took(.textStart)
    case "z", "Z": return took(.textEnd)
    case let digit? where digit.value &- 0x31 < 9 || digit == "k":
      throw .unsupported("`\\\(digit)`, a reference to a group,", fr: "`\\\(digit)`, un renvoi à un groupe,")
    default:
      switch try escape() {
      case .range(let range): return .set(set(of: Unicode.Scalar(range.lowerBound)!))
      case let part: return .set(ScalarSet([part]))
      }
    }
  }

  private mutating func took(_ assertion: PatternAssertion) -> PatternNode {
    index += 1
    return .assertion(assertion)
  }

  /// A character or a kind of characters.
  private mutating func escape() throws(PatternFault) -> ScalarSet.Part {
    guard let scalar = next else {
      throw PatternFault("`\\` stands at the end", fr: "`\\` est à la fin")
    }
    index += 1
    switch scalar {
    case "d": return .kind(.digit, isNegated: false)
    case "D": return .kind(.digit, isNegated: true)
    case "w": return .kind(.word, isNegated: false)
    case "W": return .kind(.word, isNegated: true)
    case "s": return .kind(.space, isNegated: false)
    case "S": return .kind(.space, isNegated: true)
    case "p": return .kind(.category(try category()), isNegated: false)
    case "P": return .kind(.category(try category()), isNegated: true)
    case "t": return Self.one(0x09)
    case "n": return Self.one(0x0A)
    case "f": return Self.one(0x0C)
    case "r": return Self.one(0x0D)
    case "e": return Self.one(0x1B)
    case "x": return Self.one(try hexadecimal(digits: 2))
    case "u": return Self.one(try hexadecimal(digits: 4))
    default:
      if scalar.isASCII, ScalarSet.Kind.isWord(scalar), scalar != "_" {
        throw .unsupported("`\\\(scalar)`", fr: "`\\\(scalar)`")
      }
      return Self.one(scalar.value)
    }
  }

  private static func one(_ value: UInt32) -> ScalarSet.Part { .range(value...value) }

  /// What stands in braces, or that many characters.
  private mutating func braced(or count: Int) throws(PatternFault) -> String {
    var text = String.UnicodeScalarView()
    if take("{") {
      while let scalar = next, scalar != "}" {
        text.append(scalar)
        index += 1
      }
      guard take("}") else { throw .unclosed("{", "}") }
    } else {
      let end = min(scalars.count, index + count)
      text.append(contentsOf: scalars[index..<end])
      index = end
    }
    return String(text)
  }

  private mutating func hexadecimal(digits count: Int) throws(PatternFault) -> UInt32 {
    let isBraced = next == "{"
    let digits = try braced(or: count)
    guard isBraced || digits.count == count, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16),
      Unicode.Scalar(value) != nil
    else {
      throw PatternFault("`\(digits)` is no character’s number", fr: "`\(digits)` n’est le numéro d’aucun caractère")
    }
    return value
  }

  private mutating func category() throws(PatternFault) -> String {
    let name = try braced(or: 1)
    guard UnicodeCategory.names.contains(name) else {
      throw PatternFault(
        "`\(name)` is no category of characters, as `L` and `Lu` are; a script is written by its range, `[\\u0600-\\u06FF]`",
        fr:
          "`\(name)` n’est pas une catégorie de caractères, comme `L` et `Lu` ; une écriture se note par son intervalle, `[\\u0600-\\u06FF]`"
      )
    }
    return name
  }

  // MARK: Brackets

  /// Behind the opening bracket.
  private mutating func brackets() throws(PatternFault) -> ScalarSet {
    let isNegated = take("^")
    var parts: [ScalarSet.Part] = []
    var isFirst = true
    while let scalar = next, isFirst || scalar != "]" {
      isFirst = false
      if let named = namedClass() {
        parts += named
        continue
      }
      let part = try bracketPart()
      // A range needs a character at both ends; else the dash is one.
      guard case .range(let low) = part, next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
        parts.append(part)
        continue
      }
      index += 1
      guard case .range(let high) = try bracketPart() else {
        throw PatternFault(
          "a range ends with a kind of characters", fr: "un intervalle finit par une catégorie de caractères")
      }
      guard low.lowerBound <= high.lowerBound else {
        throw PatternFault(
          "`\(Self.text(low))-\(Self.text(high))` holds nothing",
          fr: "`\(Self.text(low))-\(Self.text(high))` ne contient rien")
      }
      parts.append(.range(low.lowerBound...high.lowerBound))
    }
    guard take("]") else { throw .unclosed("[", "]") }
    return ScalarSet(parts, isNegated: isNegated, ignoresCase: flags.ignoresCase)
  }

  private static func text(_ range: ClosedRange<UInt32>) -> String {
    Unicode.Scalar(range.lowerBound).map { String(Character($0)) } ?? ""
  }

  private mutating func bracketPart() throws(PatternFault) -> ScalarSet.Part {
    let scalar = scalars[index]
    index += 1
    guard scalar == "\\" else { return Self.one(scalar.value) }
    // Between brackets it is a backspace.
    if take("b") { return Self.one(0x08) }
    return try escape()
  }

  /// `[:alpha:]`
  private mutating func namedClass() -> [ScalarSet.Part]? {
    guard isAhead("[:"), let (name, kinds) = Self.namedClasses.first(where: { isAhead("[:\($0.name):]") }) else {
      return nil
    }
    index += name.count + 4
    return kinds.map { .kind($0, isNegated: false) }
  }

  private static let namedClasses: [(name: String, kinds: [ScalarSet.Kind])] = [
    ("alpha", [.category("L")]), ("digit", [.digit]), ("alnum", [.category("L"), .digit]), ("upper", [.category("Lu")]),
    ("lower", [.category("Ll")]), ("space", [.space]), ("punct", [.category("P"), .category("S")]), ("word", [.word]),
  ]
}

extension PatternFault {
  init(_ reason: String, fr: String) { self.init(reason: Localized(reason, fr: fr)) }

  static func unclosed(_ opening: String, _ closing: String) -> PatternFault {
    PatternFault("`\(opening)` has no `\(closing)`", fr: "`\(opening)` n’a pas de `\(closing)`")
  }

  /// - Parameter what: with a comma behind where it ends in words.
  static func unsupported(_ what: String, fr: String) -> PatternFault {
    PatternFault("\(what) is nothing that patterns have here", fr: "\(fr) n’existe pas dans les motifs d’ici")
  }
}
