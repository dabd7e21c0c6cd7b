/// Quotes as other programs write them: behind a blank, `Amal, "Fès, Maroc"`, or with a backslash before those inside a text,
/// `"dit \"oui\""`.
enum QuoteHabits {
  enum Habit { case blankBefore, backslash }

  /// Files up to which it is looked at.
  private static let fileLimit = 64 << 20
  private static let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
  private static let delimiters = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]

  /// The same text with quotes as they are usually written, on the same lines; nil where they are.
  static func undone(_ bytes: [UInt8], from start: Int) -> (bytes: [UInt8], habit: Habit)? {
    guard bytes.count - start <= fileLimit else { return nil }
    // Most files have no quotes, and nearly all others neither habit.
    var (hasBlank, hasBackslash) = (false, false)
    var next = bytes.span.place(of: quote, from: start + 1)
    while let place = next {
      if bytes[place - 1] == 0x20 { hasBlank = true }
      if bytes[place - 1] == backslash { hasBackslash = true }
      next = bytes.span.place(of: quote, from: place + 1)
    }
    if hasBlank, let found = withoutBlanks(bytes, from: start) { return (found, .blankBefore) }
    if hasBackslash, let found = withoutBackslashes(bytes, from: start) { return (found, .backslash) }
    return nil
  }

  private static func isEnd(_ bytes: [UInt8], _ place: Int) -> Bool {
    place >= bytes.count || bytes[place] == 0x0A || bytes[place] == 0x0D || delimiters.contains(bytes[place])
  }

  /// Nil unless all quotes that follow a delimiter and blanks enclose a cell, and one at least holds a delimiter.
  private static func withoutBlanks(_ bytes: [UInt8], from start: Int) -> [UInt8]? {
    var result: [UInt8] = []
    var (index, copied) = (start, 0)
    var (isCellStart, holdsDelimiter) = (true, false)
    while index < bytes.count {
      let byte = bytes[index]
      if isCellStart, byte == 0x20 || byte == quote {
        var first = index
        while first < bytes.count, bytes[first] == 0x20 { first += 1 }
        guard first < bytes.count, bytes[first] == quote else {
          (isCellStart, index) = (false, first)
          continue
        }
        guard let last = closing(bytes, first) else { return nil }
        var next = last + 1
        while next < bytes.count, bytes[next] == 0x20 { next += 1 }
        guard isEnd(bytes, next) else { return nil }
        if first > index {
          if bytes[first..<last].contains(where: delimiters.contains) { holdsDelimiter = true }
          result += bytes[copied..<index]
          copied = first
        }
        (isCellStart, index) = (false, next)
      } else {
        isCellStart = byte == 0x0A || byte == 0x0D || delimiters.contains(byte)
        index += 1
      }
    }
    guard holdsDelimiter else { return nil }
    return result + bytes[copied...]
  }

  /// Where the text that a quote opens ends on its line, quotes inside doubled.
  private static func closing(_ bytes: [UInt8], _ open: Int) -> Int? {
    var index = open + 1
    while index < bytes.count, bytes[index] != 0x0A {
      if bytes[index] == quote {
        guard index + 1 < bytes.count, bytes[index + 1] == quote else { return index }
        index += 1
      }
      index += 1
    }
    return nil
  }

  /// Nil unless backslashes stand before quotes inside quoted texts, and none of these is doubled.
  private static func withoutBackslashes(_ bytes: [UInt8], from start: Int) -> [UInt8]? {
    var result = Array(bytes[..<start])
    var index = start
    var (isQuoted, isCellStart, found) = (false, true, false)
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if isQuoted, byte == backslash, next == quote {
        // A path that ends in a backslash ends its cell too.
        if isEnd(bytes, index + 2) { return nil }
        result += [quote, quote]
        (found, index) = (true, index + 2)
        continue
      }
      if isQuoted, byte == backslash, next == backslash {
        result += [backslash]
        index += 2
        continue
      }
      if byte == quote, isQuoted {
        if next == quote { return nil }
        guard isEnd(bytes, index + 1) else { return nil }
        isQuoted = false
      } else if byte == quote, isCellStart {
        isQuoted = true
      }
      isCellStart = !isQuoted && (byte == 0x0A || byte == 0x0D || delimiters.contains(byte))
      result.append(byte)
      index += 1
    }
    return found && !isQuoted ? result : nil
  }
}
