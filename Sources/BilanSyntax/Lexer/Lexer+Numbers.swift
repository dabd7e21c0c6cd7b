import BilanDiagnostics

extension Lexer {
  /// Takes a number, a percentage or a period that begins with a year.
  mutating func lexNumber() {
    let start = position
    if lexSlashedDate() { return }
    scanDigits()
    if position - start == 4, lexPeriod(from: start) { return }
    var kind = TokenKind.integer
    // `1..5` is a range, so a point belongs to the number only with a digit behind it.
    if byte() == UInt8(ascii: "."), Self.isDigit(byte(1)) {
      kind = .real
      position += 1
      scanDigits()
      if byte() == UInt8(ascii: "."), Self.isDigit(byte(1)) { return lexPointedNumber(from: start) }
    }
    if byte() | 0x20 == UInt8(ascii: "e") {
      let sign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 1 : 0
      if Self.isDigit(byte(1 + sign)) {
        kind = .real
        position += 1 + sign
        scanDigits()
      }
    }
    if byte() == UInt8(ascii: "%"), !(byte(1) == UInt8(ascii: ">") && byte(2) == UInt8(ascii: "%")) {
      kind = .percent
      position += 1
    } else if isAtName {
      return lexNumberWithLetters(from: start)
    }
    emit(kind, from: start)
  }

  private mutating func scanDigits() {
    while Self.isDigit(byte()) || (byte() == UInt8(ascii: "_") && Self.isDigit(byte(1))) { position += 1 }
  }

  /// `1.200.000`
  private mutating func lexPointedNumber(from start: Int) {
    while Self.isDigit(byte()) || (byte() == UInt8(ascii: ".") && Self.isDigit(byte(1))) { position += 1 }
    let written = text(start, position)
    var diagnostic = Diagnostic.error(
      .invalidNumber,
      Localized(
        "`\(written)` is not a number: digits are grouped with `_`, and the point is the decimal sign",
        fr: "`\(written)` n’est pas un nombre : les chiffres se groupent avec `_`, et le point est le signe décimal"),
      at: span(start, position))
    let groups = written.split(separator: ".")
    if groups.dropFirst().allSatisfy({ $0.count == 3 }) {
      let grouped = groups.joined(separator: "_")
      diagnostic = diagnostic.fixing(
        Localized("write `\(grouped)`", fr: "écrire `\(grouped)`"), replace: span(start, position), with: grouped)
    }
    diagnostics.append(diagnostic)
    emit(.invalid, from: start)
  }

  /// `2019Q3`, `18months`, `3rd`
  private mutating func lexNumberWithLetters(from start: Int) {
    let digitsEnd = position
    scanName()
    let digits = text(start, digitsEnd)
    let letters = text(digitsEnd, position)
    let written = digits + letters
    let all = span(start, position)
    if digits.utf8.count == 4, let part = Self.yearPart(letters) {
      diagnostics.append(
        .error(
          .invalidPeriod,
          Localized("`\(written)` is written `\(digits)-\(part)`", fr: "`\(written)` s’écrit `\(digits)-\(part)`"),
          at: all
        ).fixing(
          Localized("write `\(digits)-\(part)`", fr: "écrire `\(digits)-\(part)`"), replace: all,
          with: "\(digits)-\(part)"))
    } else if DurationWord(letters) != nil {
      diagnostics.append(
        .error(
          .invalidNumber,
          Localized(
            "a space is missing between `\(digits)` and `\(letters)`",
            fr: "il manque une espace entre `\(digits)` et `\(letters)`"),
          at: all
        ).fixing(
          Localized("write `\(digits) \(letters)`", fr: "écrire `\(digits) \(letters)`"), replace: all,
          with: "\(digits) \(letters)"))
    } else {
      diagnostics.append(
        .error(
          .invalidNumber,
          Localized(
            "`\(written)` is neither a number nor a name",
            fr: "`\(written)` n’est ni un nombre ni un nom"),
          at: all,
          help: Localized(
            "a name that begins with a digit is written in backticks",
            fr: "un nom qui commence par un chiffre s’écrit entre accents graves")
        ).fixing(
          Localized("write it in backticks", fr: "l’écrire entre accents graves"), replace: all,
          with: "`\(written)`"))
    }
    emit(.invalid, from: start)
  }
}

extension DurationWord {
  /// The unit that a word names, in the singular or the plural.
  package init?(_ word: String) {
    let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
    self.init(rawValue: singular)
  }
}
