import BilanDiagnostics

/// How a delimited file separates and quotes its fields.
package struct Dialect: Sendable, Hashable {
  /// Zero where the file has one column and nothing separates.
  package var delimiter: UInt8
  /// Zero where nothing is quoted.
  package var quote: UInt8

  package init(delimiter: UInt8, quote: UInt8 = UInt8(ascii: "\"")) {
    self.delimiter = delimiter
    self.quote = quote
  }

  /// The delimiter as people call it.
  package var delimiterName: Localized {
    switch delimiter {
    case UInt8(ascii: ","): Localized("comma", fr: "virgule")
    case UInt8(ascii: ";"): Localized("semicolon", fr: "point-virgule")
    case UInt8(ascii: "\t"): Localized("tab", fr: "tabulation")
    case UInt8(ascii: "|"): Localized("bar", fr: "barre verticale")
    case UInt8(ascii: " "): Localized("blanks", fr: "blancs")
    case 0: Localized("none", fr: "aucun")
    default: Localized(verbatim: "`\(Character(Unicode.Scalar(delimiter)))`")
    }
  }
}
