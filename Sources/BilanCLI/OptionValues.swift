import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import BilanShell

extension Invocation.Options {
  /// Gives the shared options their types.
  ///
  /// - Parameter writesFile: whether the command has a file of its own to replace, beside that of `--output`.
  /// - Throws: one diagnostic for each option whose value is none of its own.
  init(_ options: SharedOptions, language: Language, writesFile: Bool = false) throws(QueryError) {
    var wrong: [Diagnostic] = []
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ text: String?) -> Choice?
    where Choice.RawValue == String {
      guard let text else { return nil }
      if let choice = Choice(rawValue: text) { return choice }
      wrong.append(Self.wrongChoice(name, text, Choice.allCases.map(\.rawValue)))
      return nil
    }
    func count(_ name: String, _ text: String?, least: Int) -> Int? {
      guard let text else { return nil }
      if let count = Int(text), count >= least { return count }
      wrong.append(
        .error(
          .unknownOption,
          Localized(
            "`\(text)` is not a value of `--\(name)`", fr: "`\(text)` n’est pas une valeur de `--\(name)`"),
          help: Localized("a whole number from \(least) on", fr: "un nombre entier à partir de \(least)")))
      return nil
    }
    data = options.data
    presentation = PresentationSettings(language: choice("lang", options.lang) ?? language)
    presentation.format = choice("format", options.format)
    presentation.color = choice("color", options.color) ?? .auto
    presentation.errors = choice("errors", options.errors) ?? .human
    presentation.maxRows = count("max-rows", options.maxRows, least: 0)
    output = options.output == "-" ? nil : options.output
    isForced = options.force
    if let output, presentation.format == nil, options.format == nil {
      presentation.format = OutputFormat(path: output)
      if presentation.format == nil {
        let endings = OutputFormat.allCases.flatMap { $0.extensions.prefix(1) }.map { "`.\($0)`" }
        let list = endings.joined(separator: ", ")
        wrong.append(
          .error(
            .unknownOption,
            Localized(
              "the name of `\(output)` does not tell its format", fr: "le nom de `\(output)` ne dit pas son format"),
            help: Localized(
              "end it with one of \(list), or give `--format`",
              fr: "terminez-le par l’un de \(list), ou donnez `--format`")))
      }
    }
    if isForced, output == nil, !writesFile {
      wrong.append(
        .error(
          .unknownOption,
          Localized("`--force` goes with `--output`", fr: "`--force` accompagne `--output`"),
          help: Localized("`--output FILE --force`", fr: "`--output FICHIER --force`")))
    }
    threads = count("threads", options.threads, least: 1)
    if let text = options.memory {
      memory = Self.size(text)
      if memory == nil {
        wrong.append(
          .error(
            .unknownOption,
            Localized("`\(text)` is not a value of `--memory`", fr: "`\(text)` n’est pas une valeur de `--memory`"),
            help: Localized("a size, as `512M` or `4G`", fr: "une taille, comme `512M` ou `4G`")))
      }
    }
    isStrict = options.strict
    cache = options.cache.map { $0 ? .keep : .none }
    today = options.today
    if let today, !Self.isDate(today) {
      wrong.append(
        .error(
          .unknownOption,
          Localized("`\(today)` is not a value of `--today`", fr: "`\(today)` n’est pas une valeur de `--today`"),
          help: Localized("a day, as `2021-01-22`", fr: "un jour, comme `2021-01-22`")))
    }
    if !wrong.isEmpty { throw QueryError(wrong) }
  }

  /// The bytes of `512M`, `4G`, `1.5G`, `2000000`; nil for anything else.
  private static func size(_ text: String) -> Int? {
    var digits = Substring(text.uppercased())
    for ending in ["IB", "B"] where digits.hasSuffix(ending) {
      digits.removeLast(ending.count)
      break
    }
    var factor = 1.0
    if let unit = digits.last, let power = ["K": 1, "M": 2, "G": 3, "T": 4][unit] {
      digits.removeLast()
      for _ in 0..<power { factor *= 1024 }
    }
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let value = Double(digits),
      value * factor < 1e18
    else { return nil }
    return Int(value * factor)
  }

  private static func wrongChoice(_ name: String, _ text: String, _ choices: [String]) -> Diagnostic {
    let near = Suggestions.near(text, among: choices, fold: TextFolding.fold).first
    let list = choices.map { "`\($0)`" }.joined(separator: ", ")
    return .error(
      .unknownOption,
      Localized("`\(text)` is not a value of `--\(name)`", fr: "`\(text)` n’est pas une valeur de `--\(name)`"),
      help: near.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)`\u{A0}?") }
        ?? Localized("it is one of \(list)", fr: "c’est l’une de \(list)"))
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard text.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2]
    else { return false }
    return CalendarDate(year: year, month: month, day: day) != nil
  }
}
