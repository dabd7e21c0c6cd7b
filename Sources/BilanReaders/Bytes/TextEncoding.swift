import BilanDiagnostics

/// How the characters of a file are written as bytes.
package enum TextEncoding: String, Sendable, Hashable {
  case utf8 = "utf-8"
  case windows1252 = "windows-1252"
  /// Latin-1 with the euro sign and the letters that French lacked there.
  case latin9 = "iso-8859-15"
  /// What Excel for Mac writes as CSV.
  case macRoman = "mac-roman"
  /// Western text of DOS, which Excel still writes as `CSV (MS-DOS)`.
  case cp850
  /// Arabic, with the accented letters of French.
  case windows1256 = "windows-1256"
  /// Arabic of older systems, without other letters than those of English.
  case latinArabic = "iso-8859-6"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  /// UTF-8 in which single bytes are windows-1252: two exports pasted together.
  case utf8AndWindows1252 = "utf-8 + windows-1252"
  /// UTF-8 that was taken for windows-1252 and encoded once more.
  case utf8Twice = "utf-8, twice"

  /// The encoding that people and descriptors call `name`: `UTF-8`, `latin1`, `cp1252`, `iso-8859-1`…
  package init?(name: String) {
    let plain = String(name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " })
    switch plain {
    case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
    case "windows1252", "cp1252", "ansi", "latin1", "iso88591", "l1": self = .windows1252
    case "iso885915", "latin9", "l9": self = .latin9
    case "macroman", "macintosh", "mac", "xmacroman": self = .macRoman
    case "cp850", "ibm850", "850", "dos", "msdos", "cp437", "ibm437": self = .cp850
    case "windows1256", "cp1256", "xcp1256": self = .windows1256
    case "iso88596", "asmo708", "arabic": self = .latinArabic
    case "utf16", "utf16le", "unicode": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    default: return nil
    }
  }

  /// Which encodings can be named.
  package static let help: Localized = {
    let names: [TextEncoding] = [.utf8, .windows1252, .latin9, .macRoman, .cp850, .windows1256, .latinArabic]
    let list = (["utf-16", "iso-8859-1"] + names.map(\.rawValue)).sorted().map { "`\($0)`" }.joined(separator: ", ")
    return Localized("encodings: \(list)", fr: "encodages : \(list)")
  }()
}

/// The text of a file as UTF-8, and how it was found.
struct DecodedText {
  var bytes: [UInt8]
  /// Where the text begins: after a byte-order mark.
  var start: Int
  var encoding: TextEncoding
  var evidence: Localized
  /// Single bytes read as windows-1252 inside UTF-8: how many, and the offset of the first in `bytes`.
  var foreignBytes: (count: Int, firstOffset: Int)?
  /// Letters that were encoded twice.
  var undoneCount = 0
  /// `U+FFFD`, which stands for a character that another program could not read: how many, and the offset of the first.
  var lostCharacters: (count: Int, firstOffset: Int)?
  /// Byte-order marks at the beginning of other lines than the first, which are left out: how many, and where the first
  /// was.
  var innerMarks: (count: Int, firstOffset: Int)?
  /// Every line stood in quotes as a whole.
  var hasQuotedLines = false
  /// The first column held several keys, which stand in columns of their own now.
  var hadJoinedKeys = false
  /// Where the names of a table with ruled lines begin, which are left out, and whether titles stand above.
  var ruled: (start: Int, hasTitles: Bool)?
  /// How quotes were written, where not as usual.
  var quoteHabit: QuoteHabits.Habit?
  /// How many columns were kept apart by blanks alone.
  var fixedWidthCount: Int?
  /// Cells that were written as formulas of a text.
  var formulas: TextFormulas.Found?
  /// Letters followed by a combining mark that were made one letter.
  var composedCount = 0

  /// Decodes the bytes of a file; the encoding is the one declared, else found out.
  ///
  /// - Parameter isText: true for what is known to be text, whatever it begins with: the cells of another format.
  /// - Throws: `binaryFile` for what is not text, `invalidEncoding` where bytes do not fit a declared encoding.
  init(_ raw: [UInt8], name: String, declared: TextEncoding?, isText: Bool = false) throws(QueryError) {
    let marked = Self.byteOrderMark(raw)
    if let (encoding, size) = marked, encoding != .utf8 {
      try Self.checkEnd(of: raw, from: size, name: name)
      self.init(utf16: raw, from: size, encoding, Localized("byte-order mark", fr: "marque d’ordre des octets"))
    } else if declared == .utf16LittleEndian || declared == .utf16BigEndian {
      try Self.checkEnd(of: raw, from: 0, name: name)
      self.init(utf16: raw, from: 0, declared!, Localized("declared", fr: "déclaré"))
    } else if marked == nil, !isText, let encoding = Self.unmarkedUTF16(raw) {
      self.init(
        utf16: raw, from: 0, encoding,
        Localized("every other byte is zero", fr: "un octet sur deux est nul"))
    } else {
      let survey = UTF8Survey(raw)
      if !isText, let refusal = BinarySignature.refusal(of: raw, name: name, hasZeroByte: survey.hasZeroByte) {
        throw refusal
      }
      try self.init(eightBit: raw, survey, from: marked?.size ?? 0, name: name, declared: declared)
      if survey.isASCII { return }
    }
    if encoding == .utf16LittleEndian || encoding == .utf16BigEndian,
      let refusal = BinarySignature.refusal(of: bytes, name: name)
    {
      throw refusal
    }
    noteLostCharacters()
    if !isText { dropInnerMarks() }
    composedCount = LetterComposition.compose(&bytes)
  }

  /// Takes out the marks that stand where a line begins below the first: those of files that were put together.
  private mutating func dropInnerMarks() {
    var places: [Int] = []
    do {
      let span = bytes.span
      for index in start..<max(start, span.count - 2)
      where span[index] == 0xEF && span[index + 1] == 0xBB && span[index + 2] == 0xBF {
        let before = index > start ? span[index - 1] : 0x0A
        if before == 0x0A || before == 0x0D { places.append(index) }
      }
    }
    guard let first = places.first else { return }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var from = 0
    for place in places {
      kept += bytes[from..<place]
      from = place + 3
    }
    bytes = kept + bytes[from...]
    innerMarks = (places.count, first)
  }

  private mutating func noteLostCharacters() {
    var (count, first) = (0, 0)
    do {
      let span = bytes.span
      for index in start..<max(start, span.count - 2)
      where span[index] == 0xEF && span[index + 1] == 0xBF && span[index + 2] == 0xBD {
        if count == 0 { first = index }
        count += 1
      }
    }
    if count > 0 { lostCharacters = (count, first) }
  }

  /// Characters that are not ASCII speak for UTF-8.
  static func utf8Evidence(_ count: Int) -> Localized {
    Localized(
      "\(count) accented or other characters, all valid UTF-8",
      fr: "\(count) caractères accentués ou autres, tous valides en UTF-8")
  }

  private static func byteOrderMark(_ raw: [UInt8]) -> (encoding: TextEncoding, size: Int)? {
    if raw.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if raw.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if raw.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }

  /// UTF-16 without a mark: in western text nearly every second byte is zero, and none of the others.
  private static func unmarkedUTF16(_ raw: [UInt8]) -> TextEncoding? {
    guard raw.count >= 8, raw.count % 2 == 0 else { return nil }
    var zeros = (even: 0, odd: 0)
    let window = min(raw.count, 2048)
    for index in 0..<window where raw[index] == 0 {
      if index & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let most = window / 2 * 8 / 10
    if zeros.even == 0, zeros.odd >= most { return .utf16LittleEndian }
    if zeros.odd == 0, zeros.even >= most { return .utf16BigEndian }
    return nil
  }

  /// - Throws: `invalidEncoding` where the last character is cut: one byte more than characters have, which ends no line.
  private static func checkEnd(of raw: [UInt8], from start: Int, name: String) throws(QueryError) {
    guard (raw.count - start) % 2 == 1, let last = raw.last, ![0x00, 0x0A, 0x0D, 0x1A].contains(last) else { return }
    throw QueryError(
      .error(
        .invalidEncoding,
        Localized(
          "`\(name)` ends within a character of UTF-16: it is not there as a whole",
          fr: "`\(name)` s’arrête au milieu d’un caractère UTF-16 : il n’est pas là en entier"),
        help: Localized("copy or download the file again", fr: "copiez ou téléchargez le fichier à nouveau")),
      kind: .data)
  }

  private init(utf16 raw: [UInt8], from start: Int, _ encoding: TextEncoding, _ evidence: Localized) {
    let units = UTF16Units.of(raw[start...], isBigEndian: encoding == .utf16BigEndian)
    bytes = Array(String(decoding: units, as: UTF16.self).utf8)
    self.start = 0
    self.encoding = encoding
    self.evidence = evidence
  }

  private init(
    eightBit raw: [UInt8], _ survey: UTF8Survey, from start: Int, name: String, declared: TextEncoding?
  ) throws(QueryError) {
    self.start = start
    if let declared, let table = ByteTable(declared) {
      bytes = start == 0 && survey.isASCII ? raw : table.decode(raw, from: start)
      self.start = 0
      encoding = declared
      evidence = Localized("declared", fr: "déclaré")
    } else if survey.invalidCount == 0, declared == nil, !survey.isASCII,
      let undone = DoubleEncoding.undone(raw, from: start)
    {
      bytes = undone.bytes
      self.start = 0
      encoding = .utf8Twice
      undoneCount = undone.count
      evidence = Localized(
        "all \(survey.sequenceCount) characters that are not ASCII are bytes of UTF-8 once more",
        fr: "les \(survey.sequenceCount) caractères hors ASCII sont encore des octets d’UTF-8")
    } else if survey.invalidCount == 0, declared != nil || start > 0 || !survey.isOfMacLetters {
      bytes = raw
      encoding = .utf8
      evidence =
        start > 0
        ? Localized("byte-order mark", fr: "marque d’ordre des octets")
        : survey.isASCII
          ? Localized("plain ASCII", fr: "ASCII pur")
          : Self.utf8Evidence(survey.sequenceCount)
    } else if declared != nil {
      let line = SourceLines.line(of: survey.firstInvalid, in: raw)
      throw QueryError(
        .error(
          .invalidEncoding,
          Localized(
            "line \(line) of `\(name)` is not valid UTF-8",
            fr: "la ligne \(line) de `\(name)` n’est pas de l’UTF-8 valide"),
          help: Localized(
            "leave the encoding out, or say `windows-1252`",
            fr: "n’indiquez pas l’encodage, ou indiquez `windows-1252`")), kind: .data)
    } else if start > 0
      || !survey.isOfMacLetters
        && (survey.sequenceCount > survey.invalidCount || survey.westernCount * 2 > survey.sequenceCount)
    {
      bytes = ByteTable.windows1252.decodeForeignBytes(raw)
      encoding = .utf8AndWindows1252
      foreignBytes = (survey.invalidCount, survey.firstInvalid)
      evidence = Localized(
        "\(survey.sequenceCount) valid UTF-8 sequences and \(survey.invalidCount) bytes that are none",
        fr: "\(survey.sequenceCount) séquences UTF-8 valides et \(survey.invalidCount) octets qui n’en sont pas")
    } else {
      let survey = (invalid: survey.invalidCount, letters: EightBitLetters(raw))
      encoding = survey.letters.encoding
      bytes = (ByteTable(encoding) ?? .windows1252).decode(raw, from: 0)
      evidence = Localized(
        "\(survey.invalid) bytes are not UTF-8" + survey.letters.evidence.english,
        fr: "\(survey.invalid) octets ne sont pas de l’UTF-8" + survey.letters.evidence.french)
    }
  }
}
