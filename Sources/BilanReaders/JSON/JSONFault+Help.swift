import BilanDiagnostics

extension JSONFault {
  /// What to do about a text that is nearly JSON; nil where nothing is plain.
  func help(in bytes: [UInt8]) -> Localized? {
    guard offset < bytes.count else {
      return Localized(
        "the text ends here: the file may have been cut short",
        fr: "le texte finit ici : le fichier a pu être tronqué")
    }
    let before = bytes[..<offset].last { $0 > 0x20 }
    let rest = bytes[offset...].prefix(12)
    func begins(_ words: String...) -> Bool { words.contains { rest.starts(with: $0.utf8) } }
    switch bytes[offset] {
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      guard before == UInt8(ascii: ",") else { return nil }
      return Localized("take out the comma before it", fr: "retirez la virgule qui précède")
    case UInt8(ascii: "'"):
      return Localized(
        "JSON has its texts and names in double quotes",
        fr: "JSON écrit ses textes et ses noms entre guillemets doubles")
    case UInt8(ascii: "/"), UInt8(ascii: "#"):
      return Localized("JSON has no comments: take them out", fr: "JSON n’a pas de commentaires : retirez-les")
    case UInt8(ascii: "<"):
      return Localized(
        "this looks like HTML or XML: see what was downloaded",
        fr: "cela ressemble à du HTML ou du XML : regardez ce qui a été téléchargé")
    default: break
    }
    if begins("NaN", "nan", "Infinity", "inf", "None", "undefined", "NA", "NULL", "Null") {
      return Localized(
        "JSON writes what is missing, or no number, as `null`",
        fr: "JSON écrit `null` pour ce qui est manquant, ou n’est pas un nombre")
    }
    if begins("True", "TRUE", "False", "FALSE") {
      return Localized("JSON writes `true` and `false`", fr: "JSON écrit `true` et `false`")
    }
    let isLetter = (0x61...0x7A).contains(bytes[offset] | 0x20) || bytes[offset] == UInt8(ascii: "_")
    if isLetter, before == UInt8(ascii: "{") || before == UInt8(ascii: ",") {
      return Localized("JSON has its names in double quotes", fr: "JSON écrit ses noms entre guillemets doubles")
    }
    return nil
  }
}
