/// A regular expression as it is understood.
indirect enum PatternNode: Sendable {
  case empty
  case set(ScalarSet)
  case sequence([PatternNode])
  /// The first that leads to a match is taken.
  case choice([PatternNode])
  /// - Parameter most: nil without a limit.
  case repetition(PatternNode, least: Int, most: Int?, isLazy: Bool)
  /// The group whose text `extract` gives, the first that is counted.
  case firstGroup(PatternNode)
  case assertion(PatternAssertion)
}

/// What holds between two characters.
enum PatternAssertion: Sendable {
  case textStart, textEnd
  case lineStart, lineEnd
  case wordBoundary, noWordBoundary
}

/// What one character may be.
struct ScalarSet: Sendable {
  /// Kinds of characters that have a letter in patterns.
  enum Kind: Sendable {
    case digit, word, space
    /// By the one or two letters of Unicode's general categories: `L`, `Lu`.
    case category(String)

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .digit: scalar.properties.generalCategory == .decimalNumber
      case .word: Self.isWord(scalar)
      case .space: scalar.properties.isWhitespace
      case .category(let name): UnicodeCategory.name(of: scalar).hasPrefix(name)
      }
    }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        return (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
      }
      return "LMN".contains(UnicodeCategory.name(of: scalar).first!)
        || scalar.properties.generalCategory == .connectorPunctuation
    }
  }

  /// A part of what is between brackets.
  enum Part: Sendable {
    case range(ClosedRange<UInt32>)
    case kind(Kind, isNegated: Bool)
  }

  private let parts: [Part]
  private let isNegated: Bool
  private let ignoresCase: Bool
  /// Of the first 128 characters those that are in it.
  private var ascii: (low: UInt64, high: UInt64) = (0, 0)

  init(_ parts: [Part], isNegated: Bool = false, ignoresCase: Bool = false) {
    self.parts = parts
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
    for value in UInt32(0)..<128 where look(Unicode.Scalar(UInt8(value))) {
      if value < 64 { ascii.low |= 1 << UInt64(value) } else { ascii.high |= 1 << UInt64(value - 64) }
    }
  }

  /// Everything but the ends of lines, or everything.
  static func anything(withLineEnds: Bool) -> ScalarSet {
    ScalarSet(withLineEnds ? [] : [.range(0x0A...0x0D), .range(0x85...0x85), .range(0x2028...0x2029)], isNegated: true)
  }

  @inline(__always)
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 64 { return ascii.low &>> UInt64(value) & 1 == 1 }
    if value < 128 { return ascii.high &>> UInt64(value &- 64) & 1 == 1 }
    return look(scalar)
  }

  private func look(_ scalar: Unicode.Scalar) -> Bool {
    if holds(scalar) { return !isNegated }
    if ignoresCase {
      for mapped in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
        let scalars = mapped.unicodeScalars
        if scalars.count == 1, holds(scalars.first!) { return !isNegated }
      }
    }
    return isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    parts.contains { part in
      switch part {
      case .range(let range): range.contains(scalar.value)
      case .kind(let kind, let isNegated): kind.contains(scalar) != isNegated
      }
    }
  }
}

/// General categories by the letters that Unicode gives them.
enum UnicodeCategory {
  static let names: Set<String> = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Cs", "Co", "Cn",
  ]

  static func name(of scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }
}
