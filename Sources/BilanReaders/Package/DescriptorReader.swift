import BilanColumnar
import BilanDiagnostics

/// Gives the JSON of a descriptor its meaning, and says what is wrong with it.
struct DescriptorReader {
  let path: String
  let directory: String

  func package(_ bytes: [UInt8]) throws(QueryError) -> DataPackage {
    let json: DescriptorJSON = try decode(bytes, from: path)
    var notes: [Diagnostic] = []
    let firstMonth = json.bilan?.fiscal_year_start ?? 1
    guard (1...12).contains(firstMonth) else {
      throw invalid(
        path,
        Localized(
          "`bilan.fiscal_year_start` is \(firstMonth), not a month from 1 to 12",
          fr: "`bilan.fiscal_year_start` vaut \(firstMonth), qui n’est pas un mois de 1 à 12"))
    }
    let usualDates = try order(json.bilan?.dates, "bilan.dates")
    var resources: [DataPackage.Resource] = []
    for (position, resource) in json.resources.enumerated() {
      guard let file = resource.path?.values.first else {
        notes.append(
          remark(
            Localized(
              "resource \(position + 1) has no `path`; data inside a descriptor are not read",
              fr: "la ressource \(position + 1) n’a pas de `path` ; les données contenues dans un descripteur ne sont "
                + "pas lues")))
        continue
      }
      var own: [Diagnostic] = []
      var read = try self.resource(resource, file: file, firstMonth, &own)
      read.notes = own
      notes += own
      if let files = resource.path?.values, files.count > 1 { read.parts = files.map(place) }
      read.usualDates = usualDates
      if resources.contains(where: { $0.name == read.name }) {
        throw invalid(
          path,
          Localized("two resources are called `\(read.name)`", fr: "deux ressources s’appellent `\(read.name)`"))
      }
      resources.append(read)
    }
    return DataPackage(
      name: json.name, title: json.title, summary: json.description, sources: (json.sources ?? []).compactMap(\.text),
      licenses: (json.licenses ?? []).compactMap(\.text), resources: resources, fiscalYearStart: firstMonth,
      usualDates: usualDates, thresholds: json.bilan?.thresholds ?? [:], notes: notes)
  }

  private func resource(
    _ json: DescriptorJSON.ResourceJSON, file: String, _ firstMonth: Int, _ notes: inout [Diagnostic]
  ) throws(QueryError) -> DataPackage.Resource {
    let dialect: DescriptorJSON.DialectJSON? = try resolve(json.dialect)
    let schema: DescriptorJSON.SchemaJSON? = try resolve(json.schema)
    let name = json.name ?? Self.stem(file)
    var fields: [DataPackage.Field]?
    if let declared = schema?.fields {
      var read: [DataPackage.Field] = []
      for field in declared { read.append(try self.field(field, of: name, &notes)) }
      fields = read
    }
    notes += unheeded(dialect, name)
    if let protect = json.bilan?.protect, protect < 1 {
      throw invalid(
        path,
        Localized(
          "`bilan.protect` of resource `\(name)` is \(protect), less than 1",
          fr: "`bilan.protect` de la ressource `\(name)` vaut \(protect), moins que 1"))
    }
    return DataPackage.Resource(
      name: name, path: place(file), title: json.title, summary: json.description,
      origin: json.bilan?.origin ?? json.sources?.first?.text, protect: json.bilan?.protect, encoding: json.encoding,
      dialect: DataPackage.DeclaredDialect(
        delimiter: try byte(dialect?.delimiter ?? dialect?.csv?.delimiter, "delimiter", name),
        quote: try byte(dialect?.quoteChar ?? dialect?.csv?.quoteChar, "quoteChar", name), hasHeader: dialect?.header,
        headerLines: try lines(dialect?.headerRows, name), titleLineCount: titles(dialect?.commentRows, name, &notes),
        decimalMark: try mark(dialect?.decimalChar, name)),
      fields: fields, missingValues: missingValues(schema, dialect),
      primaryKey: schema?.primaryKey?.values ?? [],
      foreignKeys: (schema?.foreignKeys ?? []).map {
        DataPackage.ForeignKey(
          fields: $0.fields.values, resource: $0.reference.resource.flatMap { $0.isEmpty ? nil : $0 },
          referencedFields: $0.reference.fields.values)
      }, fiscalYearStart: firstMonth, hasFootnotes: json.bilan?.footnotes ?? false)
  }

  /// Where a file of a resource is, from the current directory.
  private func place(_ file: String) -> String {
    let isElsewhere = file.hasPrefix("/") || file.hasPrefix("http://") || file.hasPrefix("https://")
    return isElsewhere ? file : directory + file
  }

  /// Says what of a dialect is not heeded, where it asks for something.
  private func unheeded(_ dialect: DescriptorJSON.DialectJSON?, _ resource: String) -> [Diagnostic] {
    guard let dialect else { return [] }
    var properties: [String] = []
    if dialect.commentChar != nil { properties.append("commentChar") }
    if dialect.escapeChar != nil { properties.append("escapeChar") }
    if dialect.doubleQuote == false { properties.append("doubleQuote") }
    if let end = dialect.lineTerminator, !["\n", "\r\n", "\r"].contains(end) { properties.append("lineTerminator") }
    if let join = dialect.headerJoin, join != HeaderBand.joiner, (dialect.headerRows?.count ?? 1) > 1 {
      properties.append("headerJoin")
    }
    guard !properties.isEmpty else { return [] }
    let list = properties.map { "`\($0)`" }.joined(separator: ", ")
    return [
      remark(
        Localized(
          "the dialect of resource `\(resource)` has \(list), which is not heeded",
          fr: "le dialecte de la ressource `\(resource)` a \(list), qui reste sans effet"))
    ]
  }

  /// The codes for missing of every column; nil where none are declared.
  private func missingValues(
    _ schema: DescriptorJSON.SchemaJSON?, _ dialect: DescriptorJSON.DialectJSON?
  ) -> [String]? {
    let declared = schema?.missingValues?.map(\.value)
    guard let sequence = dialect?.nullSequence else { return declared }
    return (declared ?? [""]) + [sequence]
  }

  /// Lines of names: one, or some that follow one another.
  private func lines(_ rows: [Int]?, _ resource: String) throws(QueryError) -> ClosedRange<Int>? {
    guard let rows, let first = rows.first, let last = rows.last else { return nil }
    guard first >= 1, last - first < 10, rows == Array(first...max(first, last)) else {
      throw invalid(
        path,
        Localized(
          "`headerRows` of resource `\(resource)` are no lines that follow one another, counted from 1",
          fr: "`headerRows` de la ressource `\(resource)` ne sont pas des lignes consécutives, comptées à partir de 1"))
    }
    return first...last
  }

  /// Comments that are the first lines of a file; others are not known.
  private func titles(_ rows: [Int]?, _ resource: String, _ notes: inout [Diagnostic]) -> Int? {
    guard let rows, !rows.isEmpty else { return nil }
    if rows.count < 1000, rows == Array(1...rows.count) { return rows.count }
    notes.append(
      remark(
        Localized(
          "`commentRows` of resource `\(resource)` are not the first lines of the file, and are not heeded",
          fr:
            "les `commentRows` de la ressource `\(resource)` ne sont pas les premières lignes du fichier, et sont sans "
            + "effet")))
    return nil
  }

  private func order(_ text: String?, _ property: String) throws(QueryError) -> DateOrder? {
    switch text {
    case nil: return nil
    case "dmy": return .dayMonthYear
    case "mdy": return .monthDayYear
    case .some(let other):
      throw invalid(
        path,
        Localized(
          "`\(property)` is `\(other)`, neither `dmy` nor `mdy`", fr: "`\(property)` vaut `\(other)`, ni `dmy` ni `mdy`"
        ))
    }
  }

  private func field(
    _ json: DescriptorJSON.FieldJSON, of resource: String, _ notes: inout [Diagnostic]
  ) throws(QueryError) -> DataPackage.Field {
    var type = try fieldType(json, of: resource)
    var pattern: DatePattern?
    if type == .date, let format = json.format, format != "default", format != "any" {
      pattern = DatePattern(format)
      if pattern == nil {
        throw invalid(
          path,
          Localized(
            "field `\(json.name)` of `\(resource)` has the date format `\(format)`, which cannot be read",
            fr: "le champ `\(json.name)` de `\(resource)` a le format de date `\(format)`, qui ne peut être lu"),
          help: Localized("write it as `%d/%m/%Y`", fr: "écrivez-le comme `%d/%m/%Y`"))
      }
    }
    if let own = json.bilan?.type {
      guard own == "period" || own == "percent" else {
        throw invalid(
          path,
          Localized(
            "field `\(json.name)` of `\(resource)` has `bilan.type` `\(own)`; `period` and `percent` are known",
            fr: "le champ `\(json.name)` de `\(resource)` a pour `bilan.type` `\(own)` ; `period` et `percent` sont "
              + "connus"))
      }
      type = own == "period" ? .period : .percent
    }
    var display: BilanColumnar.Field.Display?
    switch json.bilan?.display {
    case nil: break
    case "plain": display = .plain
    case "percent": display = .percent
    case .some(let other):
      notes.append(
        remark(
          Localized(
            "field `\(json.name)` of `\(resource)` has `display` `\(other)`; `plain` and `percent` are known",
            fr: "le champ `\(json.name)` de `\(resource)` a pour `display` `\(other)` ; `plain` et `percent` sont "
              + "connus")))
    }
    let title = json.title.flatMap { $0 == json.name ? nil : $0 }
    return DataPackage.Field(
      name: json.name, type: type, pattern: pattern, dateOrder: try order(json.bilan?.order, "bilan.order"),
      takesAnyDate: json.format == "any",
      summary: json.description ?? title,
      aliases: (json.bilan?.aliases ?? []) + (title.map { [$0] } ?? []), isSensitive: json.bilan?.sensitive ?? false,
      unit: json.bilan?.unit, display: display,
      decimalMark: try mark(json.decimalChar, json.name) ?? impliedMark(json.groupChar),
      hasGroupMark: !(json.groupChar ?? "").isEmpty, allowsUnits: json.bareNumber == false,
      categories: (json.categories ?? json.constraints?.enum ?? []).map(\.value),
      missingValues: json.missingValues?.map(\.value), trueValues: json.trueValues, falseValues: json.falseValues,
      isRequired: json.constraints?.required ?? false, isUnique: json.constraints?.unique ?? false)
  }

  private func fieldType(_ json: DescriptorJSON.FieldJSON, of resource: String) throws(QueryError)
    -> DataPackage.FieldType
  {
    switch json.type {
    case nil, "any": return .any
    case "number": return .number
    case "integer": return .integer
    case "string", "time", "duration", "object", "array", "list", "geopoint", "geojson": return .string
    case "boolean": return .boolean
    case "date", "datetime": return .date
    case "year": return .year
    case "yearmonth": return .yearMonth
    case .some(let other):
      throw invalid(
        path,
        Localized(
          "field `\(json.name)` of `\(resource)` has the unknown type `\(other)`",
          fr: "le champ `\(json.name)` de `\(resource)` a le type inconnu `\(other)`"),
        help: Localized(
          "types: `number`, `integer`, `string`, `boolean`, `date`, `year`, `yearmonth`, `any`",
          fr: "types : `number`, `integer`, `string`, `boolean`, `date`, `year`, `yearmonth`, `any`"))
    }
  }

  private func byte(_ text: String?, _ property: String, _ resource: String) throws(QueryError) -> UInt8? {
    guard let text else { return nil }
    if property == "quoteChar", text.isEmpty { return 0 }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, byte != 0x0A, byte != 0x0D else {
      throw invalid(
        path,
        Localized(
          "`\(property)` of resource `\(resource)` is `\(text)`, not one ASCII character",
          fr: "`\(property)` de la ressource `\(resource)` vaut `\(text)`, qui n’est pas un caractère ASCII unique"))
    }
    return byte
  }

  /// A mark of thousands leaves the other one for fractions.
  private func impliedMark(_ groupChar: String?) -> DecimalMark? {
    switch groupChar {
    case ".": .comma
    case ",": .point
    default: nil
    }
  }

  private func mark(_ text: String?, _ owner: String) throws(QueryError) -> DecimalMark? {
    guard let text else { return nil }
    guard let mark = DecimalMark(rawValue: text) else {
      throw invalid(
        path,
        Localized(
          "`decimalChar` of `\(owner)` is `\(text)`, neither `.` nor `,`",
          fr: "`decimalChar` de `\(owner)` vaut `\(text)`, ni `.` ni `,`"))
    }
    return mark
  }

  private func resolve<Content>(_ reference: DescriptorJSON.Reference<Content>?) throws(QueryError) -> Content? {
    switch reference {
    case nil: return nil
    case .inline(let content): return content
    case .file(let file):
      let path = file.hasPrefix("/") ? file : directory + file
      return try decode(try FileBytes.read(path: path), from: path)
    }
  }

  private func decode<Content: JSONReadable>(_ bytes: [UInt8], from file: String) throws(QueryError) -> Content {
    let value: JSONValue
    do {
      value = try JSONScanner.read(bytes)
    } catch {
      throw invalid(file, Localized("it is not JSON", fr: "ce n’est pas du JSON"))
    }
    do throws(JSONNode.Fault) {
      return try Content(JSONNode(value: value, path: .root))
    } catch {
      throw invalid(file, Self.reason(error))
    }
  }

  private static func reason(_ fault: JSONNode.Fault) -> Localized {
    func place(_ path: JSONNode.Path) -> String {
      let text = path.text
      return text.isEmpty ? "{}" : text
    }
    switch fault {
    case .missing(let key, let path):
      return Localized("`\(place(path))` lacks `\(key)`", fr: "il manque `\(key)` à `\(place(path))`")
    case .wrongKind(let path):
      return Localized(
        "`\(place(path))` has a value of the wrong kind", fr: "`\(place(path))` a une valeur de la mauvaise nature")
    case .misunderstood(let path):
      return Localized(
        "`\(place(path))` cannot be understood", fr: "`\(place(path))` est incompréhensible")
    }
  }

  private func remark(_ text: Localized) -> Diagnostic {
    .note(.invalidDescriptor, Localized("in `\(path)` \(text.english)", fr: "dans `\(path)`, \(text.french)"))
  }

  private func invalid(_ file: String, _ reason: Localized, help: Localized? = nil) -> QueryError {
    QueryError(
      .error(
        .invalidDescriptor,
        Localized(
          "`\(file)` is no valid descriptor: \(reason.english)",
          fr: "`\(file)` n’est pas un descripteur valide : \(reason.french)"),
        help: help), kind: .data)
  }

  /// The name of a file without its directory and extension.
  private static func stem(_ file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }
}
