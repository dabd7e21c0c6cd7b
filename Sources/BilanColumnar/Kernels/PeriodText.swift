extension Period {
  /// The period that a text names, as queries and as French and English reports write it; nil where it names none.
  ///
  ///     2019   FY2019   2019-S1   S1 2019   2019-Q3   T3 2019   2019Q3   2019-04   2019-M04   04/2019   2019-04-15
  ///
  /// - Parameter firstMonth: the first month of a fiscal year.
  package init?(parsing text: String, firstMonth: Int = 1) {
    guard let parts = Self.parts(of: text) else { return nil }
    var words: [String] = []
    var numbers: [String] = []
    for part in parts {
      if part.utf8.first! >= 0x41 { words.append(part) } else { numbers.append(part) }
    }
    let values = numbers.compactMap(Int.init)
    guard values.count == numbers.count, words.count <= 1, let yearPlace = numbers.firstIndex(where: { $0.count == 4 }),
      values[yearPlace] > 0
    else { return nil }
    let year = values[yearPlace]
    let rest = values.enumerated().filter { $0.offset != yearPlace }.map(\.element)
    switch (words.first, rest.count) {
    case (nil, 0): self = .year(year)
    case (nil, 1):
      guard (1...12).contains(rest[0]) else { return nil }
      self = .month(year, rest[0])
    case (nil, 2):
      guard yearPlace == 0, let date = CalendarDate(year: year, month: rest[0], day: rest[1]) else { return nil }
      self = .day(date)
    case ("FY", 0) where parts[0] == "FY": self = .fiscalYear(year, firstMonth: firstMonth)
    case ("S", 1), ("H", 1):
      guard (1...2).contains(rest[0]) else { return nil }
      self = .semester(year, rest[0])
    case ("Q", 1), ("T", 1):
      guard (1...4).contains(rest[0]) else { return nil }
      self = .quarter(year, rest[0])
    case ("M", 1):
      guard (1...12).contains(rest[0]) else { return nil }
      self = .month(year, rest[0])
    default: return nil
    }
    // The letter stands before its number: Q3, not 3Q.
    if let word = words.first, word != "FY", let place = parts.firstIndex(of: word) {
      guard place + 1 < parts.count, parts[place + 1].count <= 2 else { return nil }
    }
  }

  /// Runs of letters (in upper case) and of digits, with at most one separator between two of them.
  private static func parts(of text: String) -> [String]? {
    var parts: [String] = []
    var isInLetters: Bool?
    var separatorCount = 1
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return nil }
    for scalar in scalars[first...last] {
      switch scalar {
      case "0"..."9", "A"..."Z", "a"..."z":
        let isLetter = scalar.value >= 0x41
        if isInLetters == isLetter {
          parts[parts.count - 1].append(String(scalar).uppercased())
        } else {
          parts.append(String(scalar).uppercased())
        }
        isInLetters = isLetter
        separatorCount = 0
      case "-", "/", " ", "\u{A0}":
        guard separatorCount == 0 else { return nil }
        separatorCount = 1
        isInLetters = nil
      default: return nil
      }
    }
    return separatorCount == 0 ? parts : nil
  }
}
