/// A short list of exact byte strings: the codes for missing, the words for true and false.
package struct CodeList: Sendable, Hashable {
  package let codes: [String]
  private let bytes: [[UInt8]]
  /// The places of the codes of each size.
  private let placesBySize: [[Int]]
  /// By the first byte nearly every cell is refused.
  private let firsts: ByteSet
  private let ignoresCase: Bool
  /// True where one of the codes reads as a number, as `-99` does.
  let hasNumbers: Bool

  package init(_ codes: [String], ignoringCase ignoresCase: Bool = false) {
    self.codes = codes
    bytes = codes.map { Array((ignoresCase ? $0.lowercased() : $0).utf8) }
    var places = [[Int]](repeating: [], count: 1 + (bytes.map(\.count).max() ?? 0))
    for (place, code) in bytes.enumerated() { places[code.count].append(place) }
    placesBySize = places
    firsts = ByteSet(bytes.compactMap(\.first).flatMap { ignoresCase ? ByteSet.inEitherCase($0) : [$0] })
    hasNumbers = bytes.contains { NumberShape.scan($0.span, 0, $0.count) != nil }
    self.ignoresCase = ignoresCase
  }

  /// The place in the list of the trimmed cell `from..<to`.
  func index(_ cell: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let size = to - from
    guard size < placesBySize.count, size > 0, firsts.contains(cell[from]) else { return nil }
    for place in placesBySize[size] {
      let code = bytes[place]
      var matches = true
      for offset in 0..<size {
        var byte = cell[from + offset]
        if ignoresCase, byte >= 0x41, byte <= 0x5A { byte |= 0x20 }
        if byte != code[offset] {
          matches = false
          break
        }
      }
      if matches { return place }
    }
    return nil
  }

  package func contains(_ cell: String) -> Bool {
    let bytes = Array(cell.utf8)
    return index(bytes.span, 0, bytes.count) != nil
  }

  /// What stands for *missing* in a column of numbers, dates, periods or truth values.
  package static let missing = CodeList(words + signs + extendedMissing + spreadsheetErrors)

  private static let words = [
    "NA", "N/A", "n/a", "Na", "N/a", "N.A", "n.a", "N.D", "n.d", "N/C", "n/c", "N.C.", "n/d", "N/D", "nd", "ND", "N.D.",
    "n.d.", "n.c.", "NC", "nc", "null", "NULL", "NaN", "nan",
    "None", "n.a.", "N.A.", "n/r", "N/R", "n.r.", "na", "s.o.", "S.O.", "nsp", "NSP", "NR", "nr", "N.R.",
    "Non renseigné", "non renseigné", "Non disponible", "non disponible", "Non communiqué", "non communiqué",
    "Non applicable", "non applicable", "Sans objet", "sans objet", "Inconnu", "inconnu", "Ne sait pas", "ne sait pas",
    "(vide)", "(blank)", "Unknown", "unknown", "Not available", "not available", "Not applicable", "not applicable",
    "No data", "no data", "غير متوفر", "غير متاح",
  ]

  private static let signs = [
    "-", "--", "---", "—", "–", ".", "..", "...", "…", "?", ":", "\\N", "00/00/0000", "00-00-0000", "00.00.0000",
    "0000-00-00", "0000-00-00 00:00:00",
  ]

  /// The missing values of Stata that say why they are missing: `.a` to `.z`.
  private static let extendedMissing = (UInt8(ascii: "a")...UInt8(ascii: "z")).map {
    String(decoding: [UInt8(ascii: "."), $0], as: UTF8.self)
  }

  /// Errors of spreadsheets, and what they show where a column is too narrow.
  private static let spreadsheetErrors =
    [
      "#N/A", "#VALUE!", "#DIV/0!", "#REF!", "#N/D", "#VALEUR!", "#NAME?", "#NOM?", "#NUM!", "#NOMBRE!", "#NULL!",
      "#NUL!", "#SPILL!", "#PROPAGATION!", "#CALC!", "#FIELD!", "#CHAMP!", "#VALEUR !", "#NOM ?", "#NUL !",
    ]
    + [501, 502, 503, 504, 508, 509, 510, 511, 519, 520, 522].map { "Err:\($0)" }
    + (4...16).map { String(repeating: "#", count: $0) }

  /// Whether a code is what a spreadsheet shows in place of a value.
  static func isSpreadsheetError(_ code: String) -> Bool { code.hasPrefix("#") || code.hasPrefix("Err:") }

  /// What no text is likely to be: these mean *missing* in text columns too.
  package static let missingInText = Set(spreadsheetErrors).union(["N/A", "n/a", "n/d", "N/D", "N.D.", "n.d.", "\\N"])

  /// Missing in a text column only where a number or date column of the same file uses them so: an export of R writes
  /// `NA` everywhere, while a list of countries means Namibia.
  package static let missingInTextIfUsed: Set<String> = ["NA", "NULL", "null", "NaN", "nan", "None", "---"]

  /// Words for true at even places, for false at odd ones; the letters last.
  static let booleans = CodeList(
    ["true", "false", "oui", "non", "vrai", "faux", "yes", "no", "نعم", "لا", "o", "n", "y"], ignoringCase: true)
  /// The place in `booleans` from which single letters stand, which are truth values only together.
  static let firstLetterOfBooleans = 10
  /// What is true and false in a column that is declared to hold truth values: the standard's `1` and `0` too.
  package static let declaredTrue = CodeList(["1"] + booleans.codes.everySecond(from: 0), ignoringCase: true)
  package static let declaredFalse = CodeList(["0"] + booleans.codes.everySecond(from: 1), ignoringCase: true)
}

extension [String] {
  fileprivate func everySecond(from start: Int) -> [String] { stride(from: start, to: count, by: 2).map { self[$0] } }
}
