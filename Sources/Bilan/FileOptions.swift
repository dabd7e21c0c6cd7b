import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// What a query says about a file: `with delimiter = ";", encoding = "windows-1252", decimal = ",", header = 3`.
struct FileOptions {
  private let options: [(key: String, value: Value)]
  private let span: Span

  init(_ options: [String: Value], at span: Span) {
    self.options = options.sorted { $0.key < $1.key }
    self.span = span
  }

  func readOptions(workers: Int, isCancelled: @escaping @Sendable () -> Bool) throws(QueryError) -> ReadOptions {
    var result = ReadOptions(workers: workers, isCancelled: isCancelled)
    var thousands: String?
    for (name, value) in options {
      switch (name, value) {
      case ("delimiter", .text(let text)) where text.utf8.count == 1: result.delimiter = text.utf8.first
      case ("encoding", .text(let text)):
        guard let encoding = TextEncoding(name: text) else { throw wrong(name, value) }
        result.encoding = encoding
      case ("decimal", .text(",")): result.decimalMark = .comma
      case ("decimal", .text(".")): result.decimalMark = .point
      case ("thousands", .text(let text)) where [".", ",", " ", "'", "’", "\u{A0}", "\u{202F}"].contains(text):
        thousands = text
      case ("header", .boolean(let flag)): result.hasHeader = flag
      case ("header", .integer(let line)) where line >= 1 && line <= Int64(Int32.max):
        result.headerLines = Int(line)...Int(line)
      case ("header", .text(let text)):
        guard let lines = Self.lines(text) else { throw wrong(name, value) }
        result.headerLines = lines
      case ("missing", .text(let text)): result.missingCodes = Self.list(text)
      case ("dates", .text("dmy")): result.dates = .dayMonthYear
      case ("dates", .text("mdy")): result.dates = .monthDayYear
      case ("types", .text(let text)):
        guard let types = Self.types(text) else { throw wrong(name, value) }
        result.types = types
      default: throw wrong(name, value)
      }
    }
    if let thousands { try settle(thousands, &result) }
    return result
  }

  /// A mark of thousands leaves the other one for fractions; blanks and apostrophes leave both.
  private func settle(_ thousands: String, _ result: inout ReadOptions) throws(QueryError) {
    guard let mark = DecimalMark(rawValue: thousands) else { return }
    let left: DecimalMark = mark == .point ? .comma : .point
    guard result.decimalMark == nil || result.decimalMark == left else {
      throw QueryError(
        .error(
          .unknownNamedArgument,
          Localized(
            "`decimal` and `thousands` are the same mark", fr: "`decimal` et `thousands` sont le même signe"), at: span)
      )
    }
    result.decimalMark = left
  }

  /// `"1-2"`: lines that follow one another, the groups of names above the names.
  private static func lines(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-").map { Int($0.filter { $0 != " " }) }
    guard parts.count == 2, let first = parts[0], let last = parts[1], first >= 1, last > first, last - first < 10
    else { return nil }
    return first...last
  }

  /// What stands between commas, without blanks around.
  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
      .filter { !$0.isEmpty }
  }

  /// `"code: text, opened: date"`
  private static func types(_ text: String) -> [String: DataType]? {
    var types: [String: DataType] = [:]
    for entry in list(text) {
      guard let colon = entry.lastIndex(of: ":"),
        let type = type(entry[entry.index(after: colon)...].filter { $0 != " " }),
        let name = list(String(entry[..<colon])).first
      else { return nil }
      types[name] = type
    }
    return types.isEmpty ? nil : types
  }

  private static func type(_ name: String) -> DataType? {
    switch name {
    case "text": .text
    case "number": .real
    case "integer": .integer
    case "bool", "boolean": .boolean
    case "date": .date
    case "period": .period
    default: nil
    }
  }

  /// - Throws: `unknownColumn` where types are given for a column that the file does not have.
  static func demandColumns(
    of types: [String: DataType], in table: any TableSource, at span: Span
  ) throws(QueryError) {
    let fields = table.schema.fields
    for name in types.keys.sorted() {
      let handle = TextFolding.handle(of: name)
      if fields.contains(where: { $0.label == name || $0.handle == handle }) { continue }
      let near = Suggestions.near(name, among: fields.map(\.label), fold: TextFolding.handle(of:), limit: 1).first
      throw QueryError(
        .error(
          .unknownColumn,
          Localized(
            "`types` names a column that the file does not have: `\(name)`",
            fr: "`types` nomme une colonne que le fichier n’a pas : `\(name)`"), at: span,
          help: near.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)` ?") }))
    }
  }

  /// - Parameter format: what the file turned out to be.
  /// - Throws: `unknownNamedArgument` for an option that says nothing of such a file.
  func demandUse(by format: String) throws(QueryError) {
    let known: [String]
    switch format {
    // Names of columns are members here; of arrays of arrays the first may have them.
    case "json", "ndjson": known = ["encoding", "decimal", "thousands", "header", "missing", "dates", "types"]
    case "xlsx": known = ["decimal", "thousands", "header", "missing", "dates", "types"]
    case "iati": known = ["missing", "dates", "types"]
    case "sqlite", "parquet", "arrow": known = ["decimal", "thousands", "missing", "dates", "types"]
    default: return
    }
    for (name, value) in options {
      if known.contains(name) {
        guard name == "header", format != "xlsx" else { continue }
        if case .boolean = value { continue }
      }
      let list = known.map { "`\($0)`" }.joined(separator: ", ")
      throw QueryError(
        .error(
          .unknownNamedArgument,
          Localized(
            "`\(name) = \(value.description)` says nothing of a file of the format \(format)",
            fr: "`\(name) = \(value.description)` ne dit rien d’un fichier au format \(format)"), at: span,
          help: Localized("options for such files: \(list)", fr: "options pour de tels fichiers : \(list)")))
    }
  }

  private func wrong(_ name: String, _ value: Value) -> QueryError {
    QueryError(
      .error(
        .unknownNamedArgument,
        Localized(
          "`\(name) = \(value.description)` is not understood", fr: "`\(name) = \(value.description)` n’est pas compris"
        ), at: span, help: Self.help(name)))
  }

  /// What an option can be, or which options there are.
  private static func help(_ name: String) -> Localized {
    switch name {
    case "encoding":
      TextEncoding.help
    case "header":
      Localized(
        "`header = true`, `header = false`, or the line of the names: `header = 3`, `header = \"3-4\"`",
        fr: "`header = true`, `header = false`, ou la ligne des noms : `header = 3`, `header = \"3-4\"`")
    case "dates":
      Localized(
        "`dates = \"dmy\"` where the day comes first, `dates = \"mdy\"` where the month does",
        fr: "`dates = \"dmy\"` si le jour vient d’abord, `dates = \"mdy\"` si c’est le mois")
    case "types":
      Localized(
        "`types = \"code: text, opened: date\"`; types: `text`, `number`, `integer`, `bool`, `date`, `period`",
        fr: "`types = \"code: text, ouverture: date\"` ; types : `text`, `number`, `integer`, `bool`, `date`, `period`")
    default:
      Localized(
        "options: `delimiter`, `encoding`, `decimal`, `thousands`, `header`, `missing`, `dates`, `types`",
        fr: "options : `delimiter`, `encoding`, `decimal`, `thousands`, `header`, `missing`, `dates`, `types`")
    }
  }
}
