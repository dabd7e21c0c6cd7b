import BilanColumnar
import BilanDiagnostics

/// Whether the first record of a file names the columns.
struct HeaderGuess {
  var hasHeader: Bool
  var evidence: Localized
  /// What all records below the first look like, by column; empty where only some were looked at.
  private(set) var profiles: [ColumnProfile] = []

  /// Records compared with the first.
  private static let sampleRecords = 1000

  /// Compares the first record with those after it: names are texts, or values of another kind than those below.
  init(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) {
    let first = index.cells(ofRecord: 0, bytes, quote: dialect.quote)
    let sample = Sample(bytes, index, dialect: dialect, first: first)
    self.init(first, sample, dialect)
    if index.count <= 1 + Self.sampleRecords { profiles = sample.profiles }
  }

  private init(_ first: [String], _ sample: Sample, _ dialect: Dialect) {
    var sample = sample
    let marks = NumberMarks.found(in: sample.profiles, labels: first)
    for place in first.indices { sample.profiles[place].take(marks[place].intersection(.footnotes)) }
    let context = FileContext(delimiter: dialect.delimiter, profiles: sample.profiles)
    let below = sample.profiles.map { ColumnGuess($0, in: context, mark: nil, firstMonth: 1) }
    let kinds = first.map(Kind.init)
    // A text over values of another kind is a name; codes are kept as text and are none.
    func isName(_ place: Int) -> Bool {
      guard !first[place].isEmpty, kinds[place].isWords else { return false }
      let profile = sample.profiles[place]
      if kinds[place] == .wordedYear, below[place].format.type == .period { return false }
      return profile.valueCount > 0 && (below[place].format != .text || profile.numberCount * 2 > profile.valueCount)
    }
    let named = first.indices.first(where: isName)
    // A value where the column has such values is a value; years and periods are none beside a plain name, nor over texts
    // of which no number is one.
    let isNamed = !sample.firstRepeats && named.map { !first[$0].contains(where: \.isNumber) } ?? false
    let values = first.indices.filter { place in
      guard kinds[place].isValue(over: sample.profiles[place], below[place], areYears: sample.areYears[place]) else {
        return false
      }
      guard kinds[place] == .year || kinds[place] == .period else { return true }
      return !isNamed && (sample.firstRepeats || !sample.profiles[place].isOfWords)
    }
    // `Année;75001;75002`: the name of one column, and codes for those of the others.
    let areCodes = named == 0 && values.count == first.count - 1 && Self.areCodes(values.map { first[$0] })
    if let place = values.first, !areCodes, !Self.areYearsOrPlaces(first, kinds, sample.profiles) {
      self.init(
        false,
        Localized(
          "the first line holds `\(first[place])`, a value and no name",
          fr: "la première ligne contient `\(first[place])`, une valeur et non un nom"))
      return
    }
    if let named {
      self.init(
        true,
        Localized(
          "`\(first[named])` stands over values of another kind",
          fr: "`\(first[named])` surmonte des valeurs d’une autre nature"))
      return
    }
    if let place = kinds.firstIndex(where: { !$0.isWords }) {
      self.init(
        true,
        kinds.contains(.year)
          ? Localized("the first line holds years", fr: "la première ligne contient des années")
          : Localized(
            "`\(first[place])` stands over values of another kind",
            fr: "`\(first[place])` surmonte des valeurs d’une autre nature"))
    } else if sample.firstRepeats {
      self.init(
        false,
        Localized(
          "everything is text and the first line’s occur again below",
          fr: "tout est du texte et ceux de la première ligne se répètent plus bas"))
    } else if let code = first.indices.first(where: { sample.areCodes[$0] }) {
      self.init(
        false,
        Localized(
          "the first line holds `\(first[code])`, a code like those below",
          fr: "la première ligne contient `\(first[code])`, un code comme ceux du dessous"))
    } else {
      self.init(
        true,
        Localized(
          "everything is text and the first line is not repeated",
          fr: "tout est du texte et la première ligne ne se répète pas"))
    }
  }

  private init(_ hasHeader: Bool, _ evidence: Localized) {
    self.hasHeader = hasHeader
    self.evidence = evidence
  }

  /// What the records below the first look like.
  private struct Sample {
    var profiles: [ColumnProfile] = []
    /// Some text of the first record stands again in its column.
    var firstRepeats = false
    /// For each column whether all of its cells, the first one among them, are codes of many digits or addresses.
    var areCodes: [Bool] = []
    /// For each column whether most values below a year are years too.
    var areYears: [Bool] = []

    init(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect, first: [String]) {
      let last = min(index.count, 1 + HeaderGuess.sampleRecords)
      let span = bytes.span
      for field in 0..<index.width {
        var profile = ColumnProfile(codes: .missing)
        let name = first[field]
        // What a cell that holds the name begins with: the name, quotes or blanks.
        let opening = name.utf8.first ?? 0
        for record in 1..<max(1, last) {
          let range = index.rawRange(record, field)
          profile.observe(span, range.lowerBound, range.upperBound, quote: dialect.quote)
          if !firstRepeats, !name.isEmpty, range.count >= name.utf8.count, range.count <= name.utf8.count + 2,
            case let byte = span[range.lowerBound],
            byte == opening || byte == dialect.quote || byte <= 0x20 || byte >= 0x80,
            FieldText.string(bytes, range, quote: dialect.quote) == name
          {
            firstRepeats = true
          }
        }
        profiles.append(profile)
        // Numbers of four digits that begin with 1 or 2 were counted.
        let mayBeYears = profile.yearCount * 2 > profile.valueCount || name.utf8.count > 4
        areYears.append(
          mayBeYears && HeaderGuess.year(name) != nil
            && (1..<last).count {
              HeaderGuess.year(FieldText.string(bytes, index.rawRange($0, field), quote: dialect.quote)) != nil
            } * 2 > profile.valueCount)
        areCodes.append(
          last > 1 && HeaderGuess.isCode(name)
            && (1..<last).allSatisfy {
              HeaderGuess.isCode(FieldText.string(bytes, index.rawRange($0, field), quote: dialect.quote))
            })
      }
    }
  }

  /// The year that a text is: `2019`, and as programs make numbers of it, `2019.0` and `2 019`.
  private static func year(_ text: String) -> Int? {
    guard (4...8).contains(text.utf8.count) else { return nil }
    var digits = text[...]
    if let mark = digits.lastIndex(where: { $0 == "." || $0 == "," }), digits[mark...].dropFirst() == "0" {
      digits = digits[..<mark]
    } else if let gap = digits.firstIndex(where: { " \u{A0}\u{202F}".contains($0) }),
      gap == digits.dropFirst().startIndex
    {
      digits = digits.prefix(1) + digits[digits.index(after: gap)...]
    }
    return Int(digits).flatMap { (1900...2100).contains($0) ? $0 : nil }
  }

  /// What a cell of the first record would be as a value.
  private enum Kind {
    /// A year behind a word, `Exercice 2019`, is a name as likely as a value.
    case empty, text, wordedYear, year, number, date, period, truth
    /// Digits behind a zero, `01`: over numbers that are none the name of a column, as `across` makes of codes.
    case code

    init(_ text: String) {
      var profile = ColumnProfile(codes: .missing)
      let bytes = Array(text.utf8)
      profile.observe(bytes.span, 0, bytes.count, quote: 0)
      if text.isEmpty {
        self = .empty
      } else if profile.numberCount > 0 {
        if profile.leadingZeroCount > 0, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
          self = .code
        } else {
          self = HeaderGuess.year(text) != nil ? .year : .number
        }
      } else if profile.dates.yearFirst + profile.dates.dayFirst + profile.dates.monthFirst + profile.dates.named > 0 {
        self = .date
      } else if profile.periods.count > 0 {
        self = YearWord.begins(text) ? .wordedYear : .period
      } else {
        self = profile.booleanCount > 0 ? .truth : .text
      }
    }

    /// Neither a number nor a date, a period or a truth value.
    var isWords: Bool { self == .empty || self == .text || self == .wordedYear }

    /// Whether a column whose other cells are these may have it as one of its values.
    ///
    /// - Parameter areYears: whether most of them are years.
    func isValue(over profile: ColumnProfile, _ guess: ColumnGuess, areYears: Bool) -> Bool {
      // Nothing below, or texts of any kind, says nothing against a value.
      let isOpen = profile.valueCount == 0 || guess.format == .text
      switch self {
      case .empty, .text: return false
      case .year:
        // Years over years; over other numbers a year is a name.
        return guess.format.type == .period || areYears || isOpen
      case .number: return isOpen || guess.format.type.isNumber
      case .code: return isOpen
      case .date: return isOpen || guess.format.type == .date || guess.format.type == .period
      case .period: return isOpen || guess.format.type == .period
      case .wordedYear: return guess.format.type == .period
      case .truth: return isOpen || guess.format.type == .boolean
      }
    }
  }

  /// `AB123456`, `F112233`, `amal@exemple.ma`: what no column is called.
  private static func isCode(_ text: String) -> Bool {
    guard !text.contains(" ") else { return false }
    if let at = text.firstIndex(of: "@") { return text[at...].contains(".") && at > text.startIndex }
    let digits = text.utf8.drop { $0 | 0x20 &- 0x61 < 26 }
    return digits.count >= 5 && text.utf8.count - digits.count <= 4 && digits.allSatisfy { $0 &- 0x30 < 10 }
  }

  /// True for a number, a date, a period or a truth value.
  static func isTyped(_ text: String) -> Bool {
    let kind = Kind(text)
    return !kind.isWords
  }

  /// True where every cell is a text, a year or a period: what columns are called.
  static func areNames(_ cells: [String]) -> Bool {
    cells.allSatisfy {
      switch Kind($0) {
      case .text, .wordedYear, .year, .period: true
      default: false
      }
    }
  }

  /// Whether numbers are codes in their order, as names of columns are: of as many digits, four at least.
  private static func areCodes(_ texts: [String]) -> Bool {
    guard texts.count > 1, let size = texts.first?.utf8.count, size >= 4 else { return false }
    let numbers = texts.compactMap { $0.utf8.count == size ? Int($0) : nil }
    return numbers.count == texts.count && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// Names that are values all the same: years and periods after a text, or 0, 1, 2… as pandas writes them.
  private static func areYearsOrPlaces(_ names: [String], _ kinds: [Kind], _ below: [ColumnProfile]) -> Bool {
    let places = names.indices.filter { !kinds[$0].isWords }
    let values = places.map { names[$0] }
    // One number alone is a value as likely as a year.
    guard kinds.first?.isWords == true, Set(values).count == values.count, values.count >= 2 else {
      return false
    }
    if places.allSatisfy({ kinds[$0] == .year || kinds[$0] == .period || kinds[$0] == .date }) {
      // Years from row to row, such as those in which something began and ended, are values.
      let areYearsBelow = places.allSatisfy { below[$0].valueCount >= 3 && below[$0].yearCount == below[$0].valueCount }
      return !areYearsBelow
    }
    let numbers = values.map { Int($0) }
    guard numbers.count >= 3 else { return false }
    return numbers.enumerated().allSatisfy { $1 == $0 } || numbers.enumerated().allSatisfy { $1 == $0 + 1 }
  }
}
