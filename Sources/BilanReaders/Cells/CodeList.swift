/// A short list of exact byte strings: the codes for missing, the words for true and false.
package struct CodeList: Sendable, Hashable {
  package let codes: [String]
  /// The bytes of all codes, one behind the other, and where each begins and the last one ends.
  private let bytes: [UInt8]
  private let starts: [Int]
  /// The places of the codes by size, those of the same size in order, and where those of each size begin.
  private let places: [Int]
  private let sizes: [Int]
  /// By the first byte nearly every cell is refused.
  private let firsts: ByteSet
  private let ignoresCase: Bool
  /// True where one of the codes reads as a number, as `-99` does.
  let hasNumbers: Bool
  /// True where one of the codes begins with no digit and ends in five, as `Z99999` does.
  let hasNumbered: Bool

  package init(_ codes: [String], ignoringCase ignoresCase: Bool = false) {
    self.codes = codes
    self.ignoresCase = ignoresCase
    var bytes: [UInt8] = []
    var starts = [0]
    var longest = 0
    bytes.reserveCapacity(codes.count * 8)
    starts.reserveCapacity(codes.count + 1)
    for code in codes {
      let start = bytes.count
      bytes.append(contentsOf: code.utf8)
      if ignoresCase { for place in start..<bytes.count { bytes[place] = Self.lowercased(bytes[place]) } }
      longest = max(longest, bytes.count - start)
      starts.append(bytes.count)
    }
    var sizes = [Int](repeating: 0, count: longest + 2)
    for code in codes.indices { sizes[starts[code + 1] - starts[code] + 1] += 1 }
    for size in sizes.indices.dropFirst() { sizes[size] += sizes[size - 1] }
    var places = [Int](repeating: 0, count: codes.count)
    var next = sizes
    for code in codes.indices {
      let size = starts[code + 1] - starts[code]
      places[next[size]] = code
      next[size] += 1
    }
    let span = bytes.span
    hasNumbers = codes.indices.contains { NumberShape.scan(span, starts[$0], starts[$0 + 1]) != nil }
    hasNumbered = codes.indices.contains { code in
      starts[code + 1] - starts[code] > 5 && span[starts[code]] > 0x39
        && (starts[code + 1] - 5..<starts[code + 1]).allSatisfy { span[$0] &- 0x30 < 10 }
    }
    firsts = ByteSet(codes.compactMap { $0.utf8.first }, ignoringCase: ignoresCase)
    (self.bytes, self.starts, self.places, self.sizes) = (bytes, starts, places, sizes)
  }

  /// Bytes of the longest code.
  var longest: Int { sizes.count - 2 }

  private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  /// The place in the list of the trimmed cell `from..<to`.
  func index(_ cell: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let size = to - from
    guard size > 0, size + 1 < sizes.count, firsts.contains(cell[from]) else { return nil }
    for place in sizes[size]..<sizes[size + 1] where isSame(places[place], cell, from, size) { return places[place] }
    return nil
  }

  private func isSame(_ code: Int, _ cell: Span<UInt8>, _ from: Int, _ size: Int) -> Bool {
    let start = starts[code]
    for offset in 0..<size {
      let byte = cell[from + offset]
      if bytes[start + offset] != (ignoresCase ? Self.lowercased(byte) : byte) { return false }
    }
    return true
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
    "-", "--", "---", "///", "—", "–", ".", "..", "...", "…", "?", ":", "\\N", "00/00/0000", "00-00-0000", "00.00.0000",
    "0000-00-00", "0000-00-00 00:00:00",
  ]

  /// The missing values of Stata that say why they are missing, `.a` to `.z`, and what stands for numbers that are too small
  /// to be published.
  private static let extendedMissing = [
    "*",
    ".a", ".b", ".c", ".d", ".e", ".f", ".g", ".h", ".i", ".j", ".k", ".l", ".m", ".n", ".o", ".p", ".q", ".r", ".s",
    ".t", ".u", ".v", ".w", ".x", ".y", ".z",
  ]

  /// Errors of spreadsheets, and what they show where a column is too narrow.
  private static let spreadsheetErrors = [
    "#N/A", "#VALUE!", "#DIV/0!", "#REF!", "#N/D", "#VALEUR!", "#NAME?", "#NOM?", "#NUM!", "#NOMBRE!", "#NULL!",
    "#NUL!", "#SPILL!", "#PROPAGATION!", "#CALC!", "#FIELD!", "#CHAMP!", "#VALEUR !", "#NOM ?", "#NUL !", "Err:501",
    "Err:502", "Err:503", "Err:504", "Err:508", "Err:509", "Err:510", "Err:511", "Err:519", "Err:520", "Err:522",
    "####", "#####", "######", "#######", "########", "#########", "##########", "###########", "############",
    "#############", "##############", "###############", "################",
  ]

  /// Whether a code is what a spreadsheet shows in place of a value.
  static func isSpreadsheetError(_ code: String) -> Bool { code.hasPrefix("#") || code.hasPrefix("Err:") }

  /// What no text is likely to be: these mean *missing* in text columns too.
  package static let missingInText = CodeList(
    ["N/A", "n/a", "n/d", "N/D", "N.D.", "n.d.", "\\N"] + spreadsheetErrors)

  /// Missing in a text column only where a number or date column of the same file uses them so: an export of R writes
  /// `NA` everywhere, while a list of countries means Namibia.
  package static let missingInTextIfUsed = ["NA", "NULL", "null", "NaN", "nan", "None", "---"]

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
