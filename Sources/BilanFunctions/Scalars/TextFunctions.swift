import BilanColumnar
import BilanDiagnostics

/// Functions of texts; each works once for each distinct text.
enum TextFunctions {
  static let names = [
    "lower", "upper", "trim", "fold", "length", "starts_with", "ends_with", "contains", "replace", "matches", "extract",
    "split_part", "pad",
  ]

  static func entry(_ name: String) -> FunctionEntry? { changing(name) ?? testing(name) ?? cutting(name) }

  private static func changing(_ name: String) -> FunctionEntry? {
    switch name {
    case "lower":
      entry(
        name, "lower(text)", Localized("the text in lower case", fr: "le texte en minuscules"),
        example: "lower(\"ORIENTAL\")", unary { $0.lowercased() })
    case "upper":
      entry(
        name, "upper(text)", Localized("the text in upper case", fr: "le texte en majuscules"),
        example: "upper(\"Fès\")", unary { $0.uppercased() })
    case "trim":
      entry(
        name, "trim(text)",
        Localized("the text without white space at its ends", fr: "le texte sans blancs au début ni à la fin"),
        example: "trim(\"  Oriental \")", unary(trimmed))
    case "fold":
      entry(
        name, "fold(text)",
        Localized("the text in lower case without accents", fr: "le texte en minuscules et sans accents"),
        example: "fold(\"Béni Mellal\")", unary { TextFolding.fold($0) })
    case "replace":
      entry(
        name, "replace(text, from, to)",
        Localized("the text with every `from` replaced by `to`", fr: "le texte où chaque `from` est remplacé par `to`"),
        example: "replace(\"2019/04\", \"/\", \"-\")",
        [
          distinct([Parameter("text", .exactly(.text)), text("from"), text("to")], .text) { values in
            .text(replace(string(values[0]), string(values[1]), string(values[2])))
          }
        ])
    case "pad":
      entry(
        name, "pad(text, width, fill = \" \")",
        Localized(
          "the text filled up on its left to a number of characters; never cut",
          fr: "le texte complété à gauche jusqu'à un nombre de caractères ; jamais coupé"),
        example: "pad(\"7\", 3, \"0\")",
        [
          distinct(
            [
              text("text"), Parameter("width", .exactly(.integer)),
              Parameter("fill", .exactly(.text), default: .text(" ")),
            ],
            .text
          ) { values throws(KernelError) in
            let fill = values.count > 2 ? string(values[2]) : " "
            guard case .integer(let width) = values[1] else { return .missing }
            if fill.isEmpty || width > 10_000 {
              throw .invalidArgument(
                "`pad` needs a fill of at least one character and a width of at most 10000",
                fr: "`pad` demande un remplissage d'au moins un caractère et une largeur de 10000 au plus")
            }
            let lacking = Int(width) - string(values[0]).count
            guard lacking > 0 else { return values[0] }
            let filling = String(repeating: fill, count: lacking / fill.count + 1).prefix(lacking)
            return .text(filling + string(values[0]))
          }
        ])
    default: nil
    }
  }

  private static func testing(_ name: String) -> FunctionEntry? {
    switch name {
    case "length":
      entry(
        name, "length(text)",
        Localized(
          "the number of characters of a text, of elements of a list",
          fr: "le nombre de caractères d’un texte, d’éléments d’une liste"),
        example: "length(\"Fès\")",
        [
          ScalarOverload([text("text")], .exactly(.integer)) { arguments, _, context in
            .integer(TextKernels.lengths(arguments[0].texts(count: context.rowCount)))
          },
          ListFunctions.length,
        ])
    case "starts_with":
      entry(
        name, "starts_with(text, part)",
        Localized(
          "whether the text starts with exactly this part", fr: "si le texte commence exactement par cette partie"),
        example: "starts_with(\"MA-01\", \"MA\")", [searching(.start)])
    case "ends_with":
      entry(
        name, "ends_with(text, part)",
        Localized("whether the text ends with exactly this part", fr: "si le texte finit exactement par cette partie"),
        example: "ends_with(\"MA-01\", \"01\")", [searching(.end)])
    case "contains":
      entry(
        name, "contains(text, part)",
        Localized(
          "whether the text contains exactly this part (`~` ignores case and accents), or a list this element",
          fr:
            "si le texte contient exactement cette partie (`~` ignore casse et accents), ou une liste cet élément"),
        example: "contains(\"Rabat-Salé\", \"Salé\")", [searching(.anywhere), ListFunctions.contains])
    case "matches":
      entry(
        name, "matches(text, pattern)",
        Localized(
          "whether a regular expression matches somewhere in the text",
          fr: "si une expression régulière correspond à un endroit du texte"),
        example: "matches(\"MA-01\", \"^MA-[0-9]+$\")",
        [
          ScalarOverload([text("text"), text("pattern", mustBeConstant: true)], .exactly(.boolean)) {
            arguments, types, context throws(KernelError) in
            let pattern = try TextPattern(arguments[1].constant ?? .missing)
            return try mapDistinct(arguments, types, context, .boolean) { values throws(KernelError) in
              .boolean(pattern?.isFound(in: string(values[0])) ?? false)
            }
          }
        ])
    default: nil
    }
  }

  private static func cutting(_ name: String) -> FunctionEntry? {
    switch name {
    case "extract":
      entry(
        name, "extract(text, pattern)",
        Localized(
          "the first match of a regular expression, or of its first group; missing where there is none",
          fr:
            "la première correspondance d'une expression régulière, ou de son premier groupe ; manquante s'il n'y en a pas"
        ),
        example: "extract(\"MA-01\", \"([0-9]+)$\")",
        [
          ScalarOverload([text("text"), text("pattern", mustBeConstant: true)], .exactly(.text)) {
            arguments, types, context throws(KernelError) in
            let pattern = try TextPattern(arguments[1].constant ?? .missing)
            return try mapDistinct(arguments, types, context, .text) { values throws(KernelError) in
              pattern?.firstMatch(in: string(values[0])).map(Value.text) ?? .missing
            }
          }
        ])
    case "split_part":
      entry(
        name, "split_part(text, separator, n)",
        Localized(
          "the n-th part between separators, from the end where n is negative; missing where there is none",
          fr: "la n-ième partie entre séparateurs, depuis la fin si n est négatif ; manquante s'il n'y en a pas"),
        example: "split_part(\"MA-01-B\", \"-\", 2)",
        [
          distinct([text("text"), text("separator"), Parameter("n", .exactly(.integer))], .text) { values in
            guard case .integer(let n) = values[2] else { return .missing }
            let parts = split(string(values[0]), string(values[1]))
            let index = n > 0 ? n - 1 : Int64(parts.count) &+ n
            guard n != 0, index >= 0, index < Int64(parts.count) else { return .missing }
            return .text(parts[Int(index)])
          }
        ])
    default: nil
    }
  }

  private static func entry(
    _ name: String, _ usage: String, _ summary: Localized, example: String, _ overloads: [ScalarOverload]
  ) -> FunctionEntry {
    FunctionEntry(name, group: .text, usage: usage, summary: summary, example: example, kind: .scalar(overloads))
  }

  private static func text(_ name: String, mustBeConstant: Bool = false) -> Parameter {
    Parameter(name, .exactly(.text), mustBeConstant: mustBeConstant)
  }

  private static func string(_ value: Value) -> String { value.string ?? "" }

  private static func unary(_ function: @escaping @Sendable (String) -> String) -> [ScalarOverload] {
    [distinct([text("text")], .text) { .text(function(string($0[0]))) }]
  }

  private static func distinct(
    _ parameters: [Parameter], _ result: DataType,
    _ function: @escaping @Sendable ([Value]) throws(KernelError) -> Value
  ) -> ScalarOverload {
    ScalarOverload(parameters, .exactly(result)) { arguments, types, context throws(KernelError) in
      try mapDistinct(arguments, types, context, result, function)
    }
  }

  /// An exact search, over the bytes of the dictionary where the part is known beforehand.
  private static func searching(_ place: TextSearch.Place) -> ScalarOverload {
    ScalarOverload([text("text"), text("part")], .exactly(.boolean)) { arguments, types, context throws(KernelError) in
      guard case .column(.text(let column)) = arguments[0], case .constant(.text(let part)) = arguments[1] else {
        return try mapDistinct(arguments, types, context, .boolean) { values throws(KernelError) in
          .boolean(TextSearch(exact: string(values[1]), at: place).matches(TextDictionary([string(values[0])]), 0))
        }
      }
      let bits = TextSearch(exact: part, at: place).rows(of: column)
      return .boolean(BooleanColumn(bits, validity: column.validity))
    }
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func replace(_ text: String, _ from: String, _ to: String) -> String {
    from.isEmpty ? text : split(text, from).joined(separator: to)
  }

  /// The parts between separators, by their bytes; the whole text where the separator is empty.
  private static func split(_ text: String, _ separator: String) -> [String] {
    let bytes = Array(text.utf8)
    let mark = Array(separator.utf8)
    guard !mark.isEmpty else { return [text] }
    var parts: [String] = []
    var start = 0
    var index = 0
    while index + mark.count <= bytes.count {
      if bytes[index] == mark[0], bytes[index..<index + mark.count].elementsEqual(mark) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }
}
