import BilanColumnar
import BilanDiagnostics

/// Writes CSV as spreadsheet programs in French open it by a double click: semicolons, decimal commas, windows-1252, lines
/// ended by CR and LF, `VRAI` and `FAUX`.
///
/// A text that such a program would run as a formula gets an apostrophe before it. Characters that windows-1252 does not
/// have become `?` and are reported. Else it is as CSV is: a missing value is an empty cell, an empty text `""`.
package struct FrenchCSVRenderer: ResultRenderer {
  private static let delimiter = UInt8(ascii: ";")
  /// Bytes that are written at a time.
  private static let blockSize = 1 << 16

  private var schema = Schema([])
  private var output: [UInt8] = []
  private var encoder = Windows1252Encoder()
  private var guardedCount = 0
  private var zeros = ZeroBytes()

  package init() {}

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    self.schema = schema
    output = []
    encoder = Windows1252Encoder()
    guardedCount = 0
    zeros = ZeroBytes()
    for (index, field) in schema.fields.enumerated() {
      if index > 0 { output.append(Self.delimiter) }
      append(text: field.label)
    }
    endLine()
  }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) {
    for row in 0..<chunk.count {
      for index in schema.fields.indices {
        if index > 0 { output.append(Self.delimiter) }
        append(chunk.columns[index].value(row, as: schema[index].type))
      }
      endLine()
      if output.count > Self.blockSize { flush(into: &sink) }
    }
  }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) { flush(into: &sink) }

  /// What the encoding could not hold, and what would have been run.
  package var findings: [Diagnostic] {
    var findings: [Diagnostic] = []
    if encoder.lostCount > 0 {
      let examples = encoder.examples.map { "`\($0)`" }.joined(separator: ", ")
      findings.append(
        .note(
          .textNotWritten,
          Localized(
            encoder.lostCount == 1
              ? "1 character is written as `?`, for windows-1252 does not have it: \(examples)"
              : "\(encoder.lostCount) characters are written as `?`, for windows-1252 does not have them: \(examples)",
            fr: encoder.lostCount == 1
              ? "1 caractère est écrit `?`, car windows-1252 ne l’a pas : \(examples)"
              : "\(encoder.lostCount) caractères sont écrits `?`, car windows-1252 ne les a pas : \(examples)"),
          count: encoder.lostCount))
    }
    if guardedCount > 0 {
      findings.append(
        .note(
          .textNotWritten,
          Localized(
            guardedCount == 1
              ? "1 text has an apostrophe before it, for a spreadsheet program would run it as a formula"
              : "\(guardedCount) texts have an apostrophe before them, for a spreadsheet program would run them as formulas",
            fr: guardedCount == 1
              ? "1 texte est précédé d’une apostrophe, car un tableur l’exécuterait comme une formule"
              : "\(guardedCount) textes sont précédés d’une apostrophe, car un tableur les exécuterait comme des formules"
          ),
          count: guardedCount))
    }
    return findings + zeros.findings
  }

  private mutating func flush(into sink: inout some TextSink) {
    sink.write(output)
    output.removeAll(keepingCapacity: true)
  }

  private mutating func endLine() { output += [0x0D, 0x0A] }

  private mutating func append(_ value: Value) {
    switch value {
    case .missing: if schema.count == 1 { output += [0x22, 0x22] }
    case .text(let text): append(text: text)
    case .boolean(let flag): output += Array((flag ? "VRAI" : "FAUX").utf8)
    case .real, .ratio:
      output += CellWords.text(value).utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: ",") : $0 }
    case .integer, .date, .period, .duration: output += Array(CellWords.text(value).utf8)
    }
  }

  private mutating func append(text: String) {
    let isGuarded = FormulaGuard.isFormula(text)
    if isGuarded { guardedCount += 1 }
    zeros.add(text)
    let needsQuotes =
      text.isEmpty || Self.isBlank(text.unicodeScalars.first) || Self.isBlank(text.unicodeScalars.last)
      || text.utf8.contains { $0 == Self.delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    if needsQuotes { output.append(0x22) }
    if isGuarded { output.append(UInt8(ascii: "'")) }
    for scalar in text.unicodeScalars where scalar.value != 0 {
      if scalar == "\"" { output.append(0x22) }
      encoder.append(scalar, to: &output)
    }
    if needsQuotes { output.append(0x22) }
  }

  /// What readers drop at the ends of a cell.
  private static func isBlank(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.value <= 0x20 || scalar == "\u{A0}" || scalar == "\u{202F}"
  }
}

/// Tells which texts a spreadsheet program would run.
enum FormulaGuard {
  /// True for a text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return, and is no number.
  static func isFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) else { return false }
    return !isNumber(text)
  }

  /// `-12`, `+3,5`, `-1 200,75 %`: a sign, digits, a mark or two; and `-` alone, which stands for nothing.
  private static func isNumber(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+") else { return false }
    var (hasMark, hasPercent) = (false, false)
    for character in text.dropFirst() {
      switch character {
      case "0"..."9" where character.isASCII && !hasPercent: break
      case " ", "\u{A0}", "\u{202F}": break
      case ",", ".":
        if hasMark || hasPercent { return false }
        hasMark = true
      case "%":
        if hasPercent { return false }
        hasPercent = true
      default: return false
      }
    }
    return true
  }
}

/// Writes characters in windows-1252 and keeps count of those it has not.
struct Windows1252Encoder: Sendable {
  private(set) var lostCount = 0
  /// The first few that were lost, each once.
  private(set) var examples: [String] = []

  /// 0x80 to 0x9F; zero where no character stands. Source: WHATWG Encoding, index-windows-1252.
  private static let upper: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  mutating func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    switch scalar.value {
    case 0..<0x80, 0xA0...0xFF: output.append(UInt8(scalar.value))
    // A narrow no-break space is one all the same.
    case 0x202F: output.append(0xA0)
    default:
      if let place = Self.upper.firstIndex(where: { $0 != 0 && UInt32($0) == scalar.value }) {
        output.append(0x80 + UInt8(place))
      } else {
        lostCount += 1
        let example = String(Character(scalar))
        if examples.count < 5, !examples.contains(example) { examples.append(example) }
        output.append(UInt8(ascii: "?"))
      }
    }
  }
}
