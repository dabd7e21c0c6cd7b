import BilanColumnar
import BilanDiagnostics

/// Writes down as a Data Package how a file was understood, so that it is read so again and nothing has to be guessed.
package struct DescriptorDraft {
  /// What comes of writing a draft into a descriptor.
  package enum Outcome {
    /// The new text.
    case written(String)
    /// The descriptor describes the file already, and may not be changed.
    case isThere
    /// The descriptor leaves the file's dialect or schema to another file.
    case isElsewhere
  }

  private let file: String
  private let report: ImportReport
  private let fields: [Field]
  /// The cells of columns whose spelling matters, by place, as they are written: dates and truth values.
  private let texts: [Int: [String?]]
  /// The project's settings, where a new descriptor is to keep them.
  private let fiscalYearStart: Int

  /// - Parameters:
  ///   - file: the name of the file in its folder.
  ///   - texts: for each place in `spelledPlaces` its cells.
  package init(
    file: String, report: ImportReport, schema: Schema, texts: [Int: [String?]], fiscalYearStart: Int = 1
  ) {
    self.file = file
    self.report = report
    fields = schema.fields
    self.texts = texts
    self.fiscalYearStart = fiscalYearStart
  }

  /// The columns whose cells are looked at to say how they are spelled.
  package static func spelledPlaces(_ report: ImportReport) -> [Int] {
    report.columns.indices.filter { report.columns[$0].type == .date || report.columns[$0].type == .boolean }
  }

  /// Puts the draft into a descriptor, keeping whatever else is in it.
  ///
  /// - Parameters:
  ///   - descriptor: the bytes of the one that is there; nil for a new one.
  ///   - replaces: whether a description of the file that is in it may be changed.
  /// - Throws: `invalidDescriptor` where the descriptor is no JSON object with resources.
  package func write(
    into descriptor: [UInt8]?, path: String, replaces: Bool
  ) throws(QueryError) -> Outcome {
    guard let descriptor else {
      var package = JSONValue.object([
        ("$schema", .text("https://datapackage.org/profiles/2.0/datapackage.json")),
        ("name", .text(Self.plainName(file, besides: []))), ("resources", .list([resource(nil, named: nil)])),
      ])
      if fiscalYearStart != 1 {
        package = package.setting("bilan", .object([("fiscal_year_start", .number("\(fiscalYearStart)"))]))
      }
      return .written(JSONWriter.write(package))
    }
    guard let package = try? JSONScanner.read(descriptor), case .list(var resources)? = package["resources"] else {
      throw QueryError(
        .error(
          .invalidDescriptor,
          Localized(
            "`\(path)` is no valid descriptor: nothing is written into it",
            fr: "`\(path)` n’est pas un descripteur valide : rien n’y est écrit")), kind: .data)
    }
    if let place = resources.firstIndex(where: { Self.path(of: $0) == file }) {
      guard replaces else { return .isThere }
      for key in ["dialect", "schema"] { if case .text? = resources[place][key] { return .isElsewhere } }
      resources[place] = resource(resources[place], named: nil)
      return .written(JSONWriter.write(package.setting("resources", .list(resources))))
    }
    let names = resources.compactMap { resource -> String? in
      if case .text(let name)? = resource["name"] { name } else { nil }
    }
    resources.append(resource(nil, named: Self.plainName(file, besides: names)))
    return .written(JSONWriter.write(package.setting("resources", .list(resources))))
  }

  private static func path(of resource: JSONValue) -> String? {
    switch resource["path"] {
    case .text(let path)?: path
    case .list(let paths)?: if case .text(let path)? = paths.first { path } else { nil }
    default: nil
    }
  }

  /// A name of small letters, digits, `_`, `-` and `.`, as the standard asks for, that no other resource has.
  private static func plainName(_ file: String, besides names: [String]) -> String {
    let stem = file.lastIndex(of: ".").map { $0 > file.startIndex ? String(file[..<$0]) : file } ?? file
    let handle = TextFolding.handle(of: stem)
    let plain = handle.utf8.allSatisfy { $0 < 0x80 } && !handle.isEmpty ? handle : "data"
    var name = plain
    var number = 2
    while names.contains(name) {
      name = "\(plain)_\(number)"
      number += 1
    }
    return name
  }

  // MARK: The resource

  private func resource(_ known: JSONValue?, named name: String?) -> JSONValue {
    var resource =
      known
      ?? .object([("name", .text(name ?? Self.plainName(file, besides: []))), ("path", .text(file))])
    // Two encodings in one file, or one twice, have no name.
    if report.encoding != .utf8AndWindows1252, report.encoding != .utf8Twice {
      resource = resource.setting("encoding", .text(report.encoding.rawValue))
    }
    resource = resource.setting("dialect", dialect(resource["dialect"] ?? .object([])))
    resource = resource.setting("schema", schema(resource["schema"] ?? .object([])))
    if report.footnoteLineCount > 0 {
      resource = resource.setting("bilan", (resource["bilan"] ?? .object([])).setting("footnotes", .boolean(true)))
    }
    return resource
  }

  private func dialect(_ known: JSONValue) -> JSONValue {
    var dialect = known
    if report.dialect.delimiter != 0 {
      dialect = dialect.setting("delimiter", .text(String(Character(Unicode.Scalar(report.dialect.delimiter)))))
    }
    dialect = dialect.setting("header", .boolean(report.hasHeader))
    let first = report.titleLineCount + 1
    let lines = first..<first + report.headerRowCount
    let isPlain = lines == 1..<2 || !report.hasHeader
    dialect = dialect.setting("headerRows", isPlain ? nil : .list(lines.map { .number("\($0)") }))
    let titles = report.hasHeader ? 0 : report.titleLineCount
    dialect = dialect.setting("commentRows", titles == 0 ? nil : .list((1...titles).map { .number("\($0)") }))
    return dialect.setting("headerJoin", lines.count > 1 && report.hasHeader ? .text(HeaderBand.joiner) : nil)
  }

  private func schema(_ known: JSONValue) -> JSONValue {
    var left: [JSONValue] = []
    if case .list(let fields)? = known["fields"] { left = fields }
    var written: [JSONValue] = []
    for place in fields.indices {
      let label = fields[place].label
      let isSame = { (field: JSONValue) -> Bool in
        if case .text(let name)? = field["name"] { name == label } else { false }
      }
      let old = left.first(where: isSame)
      left.removeAll(where: isSame)
      written.append(field(place, old ?? .object([("name", .text(label))])))
    }
    // What is said of columns that the file does not have now is not lost.
    return known.setting("fields", .list(written + left)).setting("missingValues", .texts([""]))
  }

  private func field(_ place: Int, _ known: JSONValue) -> JSONValue {
    let column = report.columns[place]
    var field = known
    for key in ["format", "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues", "missingValues"] {
      field = field.setting(key, nil)
    }
    var own = (field["bilan"] ?? .object([])).setting("type", nil).setting("order", nil)
    switch column.type {
    case .integer, .real:
      field = field.setting("type", .text(column.type == .integer ? "integer" : "number"))
      if column.type == .real, let mark = column.decimalMark {
        field = field.setting("decimalChar", .text(mark.rawValue))
      }
      if let mark = column.groupMark { field = field.setting("groupChar", .text(mark)) }
      if column.isPercent || column.unit != nil { field = field.setting("bareNumber", .boolean(false)) }
      if column.isPercent { own = own.setting("type", .text("percent")) }
      if let unit = column.unit, own["unit"] == nil { own = own.setting("unit", .text(unit)) }
    case .boolean:
      let (trueWords, falseWords) = truthWords(place)
      field = field.setting("type", .text("boolean")).setting("trueValues", .texts(trueWords))
        .setting("falseValues", .texts(falseWords))
    case .date:
      field = field.setting("type", .text("date"))
      if let pattern = pattern(place, column) {
        if pattern != Self.isoPattern { field = field.setting("format", .text(pattern)) }
      } else {
        field = field.setting("format", .text("any"))
        switch column.dateOrder {
        case .dayMonthYear?: own = own.setting("order", .text("dmy"))
        case .monthDayYear?: own = own.setting("order", .text("mdy"))
        default: break
        }
      }
    case .period:
      field = field.setting("type", .text("string"))
      own = own.setting("type", .text("period"))
    default: field = field.setting("type", .text("string"))
    }
    if !column.missingCodes.isEmpty {
      field = field.setting("missingValues", .texts([""] + column.missingCodes.map(\.code)))
    }
    if case .object(let members) = own { field = field.setting("bilan", members.isEmpty ? nil : own) }
    return field
  }

  /// The words for true and for false as the column writes them.
  private func truthWords(_ place: Int) -> ([String], [String]) {
    var words: (yes: [String], no: [String]) = ([], [])
    for text in Set((texts[place] ?? []).compactMap(\.self)).sorted() {
      let bytes = Array(text.utf8)
      guard let word = CodeList.booleans.index(bytes.span, 0, bytes.count) else { continue }
      if word % 2 == 0 { words.yes.append(text) } else { words.no.append(text) }
    }
    return words
  }

  private static let isoPattern = "%Y-%m-%d"

  /// The one pattern that every date of a column is written in; nil where there are several, or names of months.
  private func pattern(_ place: Int, _ column: ColumnReport) -> String? {
    let candidates =
      switch column.dateOrder {
      case .dayMonthYear?: ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y"]
      case .monthDayYear?: ["%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m-%d-%y"]
      default: [Self.isoPattern, "%y-%m-%d", "%y/%m/%d"]
      }
    let codes = Set(column.missingCodes.map(\.code))
    let unreadable = Set(column.unreadable?.examples.map(\.text) ?? [])
    if let unreadable = column.unreadable, unreadable.count > unreadable.examples.count { return nil }
    let cells = (texts[place] ?? []).compactMap(\.self).filter { !codes.contains($0) && !unreadable.contains($0) }
    return candidates.first { candidate in
      guard let pattern = DatePattern(candidate) else { return false }
      return cells.allSatisfy { cell in
        let bytes = Array(cell.utf8)
        return pattern.date(bytes.span, 0, bytes.count) != nil
      }
    }
  }
}
