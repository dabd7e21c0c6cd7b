import BilanColumnar
import BilanDiagnostics

// Schemas and reports in JSON.

extension KeptText {
  // MARK: Fields

  static func field(_ field: Field) -> JSONValue? {
    guard let type = type(field.type) else { return nil }
    return .object([
      ("label", .text(field.label)), ("handle", .text(field.handle)), ("aliases", .texts(field.aliases)),
      ("type", type), ("percent", .boolean(field.display == .percent)), ("unit", optional(field.unit)),
      ("sensitive", .boolean(field.isSensitive)), ("summary", optional(field.summary)),
    ])
  }

  static func field(_ json: JSONNode) throws(JSONNode.Fault) -> Field {
    Field(
      try json.required("label").text(), try type(json.required("type")), handle: try json.required("handle").text(),
      aliases: try json.texts("aliases") ?? [], display: try json.required("percent").boolean() ? .percent : .plain,
      unit: try json.text("unit"), isSensitive: try json.required("sensitive").boolean(),
      summary: try json.text("summary"))
  }

  /// A word, or for a list its parts: names with types.
  private static func type(_ type: DataType) -> JSONValue? {
    switch type {
    case .integer: return .text("integer")
    case .real: return .text("real")
    case .text: return .text("text")
    case .boolean: return .text("boolean")
    case .date: return .text("date")
    case .period: return .text("period")
    case .duration(let unit): return .text(unit.rawValue)
    case .missing: return .text("missing")
    case .list(let list):
      let parts = all(list.parts) { part in
        self.type(part.type).map { .list([.text(part.name), $0] + (part.unit.map { [.text($0)] } ?? [])) }
      }
      return parts.map { .list($0) }
    case .ratio: return nil
    }
  }

  private static func type(_ json: JSONNode) throws(JSONNode.Fault) -> DataType {
    if json.isText {
      switch try json.text() {
      case "integer": return .integer
      case "real": return .real
      case "text": return .text
      case "boolean": return .boolean
      case "date": return .date
      case "period": return .period
      case "missing": return .missing
      case let word:
        guard let unit = DurationUnit(rawValue: word) else { throw .misunderstood(json.path) }
        return .duration(unit)
      }
    }
    return .list(
      ListType(
        try json.list { (part: JSONNode) throws(JSONNode.Fault) in
          let pair = try part.nodes()
          guard 2...3 ~= pair.count else { throw .misunderstood(part.path) }
          return ListType.Part(
            try pair[0].text(), try type(pair[1]), unit: pair.count > 2 ? try pair[2].text() : nil)
        }))
  }

  // MARK: The report

  static func report(_ report: ImportReport) -> JSONValue? {
    guard report.name == KeptTable.standIn, report.format == "csv", let columns = all(report.columns, column),
      let notes = all(report.notes, note)
    else { return nil }
    return .object([
      ("bytes", number(report.byteCount)), ("encoding", .text(report.encoding.rawValue)),
      ("encodingEvidence", localized(report.encodingEvidence)),
      ("dialect", .list([number(report.dialect.delimiter), number(report.dialect.quote)])),
      ("dialectEvidence", localized(report.dialectEvidence)), ("header", .boolean(report.hasHeader)),
      ("headerEvidence", localized(report.headerEvidence)),
      (
        "counts",
        numbers([
          report.headerRowCount, report.rowCount, report.titleLineCount, report.footnoteLineCount,
          report.blankLineCount, report.shortRowCount, report.longRowCount, report.strayQuoteCount,
          report.composedLetterCount,
        ])
      ),
      ("totals", numbers(report.totalLines)),
      (
        "decisions",
        .list(report.decisions.map { .list([localized($0.subject), localized($0.value), localized($0.evidence)]) })
      ),
      ("columns", .list(columns)), ("notes", .list(notes)),
    ])
  }

  static func report(_ json: JSONNode, _ name: String) throws(JSONNode.Fault) -> ImportReport {
    func integers(_ key: String, count: Int? = nil) throws(JSONNode.Fault) -> [Int] {
      let node = try json.required(key)
      let values = try node.integers()
      guard values.count == count ?? values.count else { throw .misunderstood(node.path) }
      return values
    }
    guard let encoding = TextEncoding(rawValue: try json.required("encoding").text()),
      let delimiter = UInt8(exactly: try integers("dialect", count: 2)[0]),
      let quote = UInt8(exactly: try integers("dialect", count: 2)[1])
    else { throw .misunderstood(json.path) }
    var report = ImportReport(
      name: name, byteCount: try json.required("bytes").integer(), encoding: encoding,
      encodingEvidence: try localized(json.required("encodingEvidence"), name),
      dialect: Dialect(delimiter: delimiter, quote: quote),
      dialectEvidence: try localized(json.required("dialectEvidence"), name),
      hasHeader: try json.required("header").boolean(),
      headerEvidence: try localized(json.required("headerEvidence"), name))
    let counts = try integers("counts", count: 9)
    report.headerRowCount = counts[0]
    report.rowCount = counts[1]
    report.titleLineCount = counts[2]
    report.footnoteLineCount = counts[3]
    report.blankLineCount = counts[4]
    report.shortRowCount = counts[5]
    report.longRowCount = counts[6]
    report.strayQuoteCount = counts[7]
    report.composedLetterCount = counts[8]
    report.totalLines = try integers("totals")
    report.decisions = try json.required("decisions").list { (node: JSONNode) throws(JSONNode.Fault) in
      let parts = try node.list { (part: JSONNode) throws(JSONNode.Fault) in try localized(part, name) }
      guard parts.count == 3 else { throw .misunderstood(node.path) }
      return Fact(parts[0], parts[1], parts[2])
    }
    report.columns = try json.required("columns").list { (node) throws(JSONNode.Fault) in try column(node, name) }
    report.notes = try json.required("notes").list { (node) throws(JSONNode.Fault) in try note(node, name) }
    return report
  }

  // MARK: Columns

  private static func column(_ column: ColumnReport) -> JSONValue? {
    guard let type = type(column.type) else { return nil }
    return .object([
      ("label", .text(column.label)), ("handle", .text(column.handle)), ("type", type),
      ("declared", .boolean(column.isDeclared)), ("evidence", localized(column.evidence)),
      ("confidence", .text(word(column.confidence))), ("decimalMark", optional(column.decimalMark?.rawValue)),
      ("thousands", .boolean(column.hasThousandsMarks)), ("groupMark", optional(column.groupMark)),
      ("percent", .boolean(column.isPercent)), ("unit", optional(column.unit)),
      ("dateOrder", optional(column.dateOrder?.rawValue)), ("values", number(column.valueCount)),
      ("empty", number(column.emptyCount)), ("missing", codes(column.missingCodes)), ("kept", codes(column.keptCodes)),
      (
        "unreadable",
        column.unreadable.map { unreadable in
          .object([
            ("count", number(unreadable.count)),
            ("examples", .list(unreadable.examples.map { .list([number($0.line), .text($0.text)]) })),
          ])
        } ?? .null
      ),
    ])
  }

  private static func column(_ json: JSONNode, _ name: String) throws(JSONNode.Fault) -> ColumnReport {
    func choice<Choice: RawRepresentable>(_ key: String) throws(JSONNode.Fault) -> Choice?
    where Choice.RawValue == String {
      guard let word = try json.text(key) else { return nil }
      guard let choice = Choice(rawValue: word) else { throw .misunderstood(json.path) }
      return choice
    }
    var column = ColumnReport(
      label: try json.required("label").text(), handle: try json.required("handle").text(),
      type: try type(json.required("type")), isDeclared: try json.required("declared").boolean(),
      evidence: try localized(json.required("evidence"), name), decimalMark: try choice("decimalMark"),
      hasThousandsMarks: try json.required("thousands").boolean(), dateOrder: try choice("dateOrder"),
      valueCount: try json.required("values").integer(), emptyCount: try json.required("empty").integer(),
      missingCodes: try codes(json.required("missing")), keptCodes: try codes(json.required("kept")))
    column.confidence = try confidence(json.required("confidence"))
    column.groupMark = try json.text("groupMark")
    column.isPercent = try json.required("percent").boolean()
    column.unit = try json.text("unit")
    if let unreadable = try json.optional("unreadable") {
      column.unreadable = ColumnReport.Unreadable(
        count: try unreadable.required("count").integer(),
        examples: try unreadable.required("examples").list { (node: JSONNode) throws(JSONNode.Fault) in
          let pair = try pair(node)
          return (line: try pair.0.integer(), text: try pair.1.text())
        })
    }
    return column
  }

  private static func codes(_ codes: [(code: String, count: Int)]) -> JSONValue {
    .list(codes.map { .list([.text($0.code), number($0.count)]) })
  }

  private static func codes(_ json: JSONNode) throws(JSONNode.Fault) -> [(code: String, count: Int)] {
    try json.list { (node: JSONNode) throws(JSONNode.Fault) in
      let pair = try pair(node)
      return (code: try pair.0.text(), count: try pair.1.integer())
    }
  }

  private static func pair(_ json: JSONNode) throws(JSONNode.Fault) -> (JSONNode, JSONNode) {
    let parts = try json.nodes()
    guard parts.count == 2 else { throw .misunderstood(json.path) }
    return (parts[0], parts[1])
  }

  private static func word(_ confidence: ColumnReport.Confidence) -> String { confidence.name.english }

  private static func confidence(_ json: JSONNode) throws(JSONNode.Fault) -> ColumnReport.Confidence {
    let all: [ColumnReport.Confidence] = [.declared, .certain, .likely, .assumed]
    let wanted = try json.text()
    guard let confidence = all.first(where: { word($0) == wanted }) else { throw .misunderstood(json.path) }
    return confidence
  }

  // MARK: Notes

  private static func localized(_ text: Localized) -> JSONValue { .texts([text.english, text.french]) }

  private static func localized(_ json: JSONNode, _ name: String) throws(JSONNode.Fault) -> Localized {
    let texts = try json.list { (node: JSONNode) throws(JSONNode.Fault) in try node.text() }
    guard texts.count == 2 else { throw .misunderstood(json.path) }
    return Localized(texts[0], fr: texts[1]).naming(name)
  }

  /// Nil for what points into a text.
  private static func note(_ note: Diagnostic) -> JSONValue? {
    guard note.primary == nil, note.secondary.isEmpty, note.fix == nil else { return nil }
    return .object([
      ("severity", .text(note.severity.rawValue)), ("code", .text(note.code.rawValue)),
      ("message", localized(note.message)), ("notes", .list(note.notes.map(localized))),
      ("help", .list(note.help.map(localized))), ("count", note.count.map { number($0) } ?? .null),
    ])
  }

  private static func note(_ json: JSONNode, _ name: String) throws(JSONNode.Fault) -> Diagnostic {
    guard let severity = Severity(rawValue: try json.required("severity").text()),
      let code = DiagnosticCode(rawValue: try json.required("code").text())
    else { throw .misunderstood(json.path) }
    var note = Diagnostic(severity, code, try localized(json.required("message"), name))
    note.notes = try json.required("notes").list { (node) throws(JSONNode.Fault) in try localized(node, name) }
    note.help = try json.required("help").list { (node) throws(JSONNode.Fault) in try localized(node, name) }
    note.count = try json.integer("count")
    return note
  }
}

extension Localized {
  /// The text with a table's name where the stand-in is.
  package func naming(_ name: String) -> Localized {
    map { text in
      text.contains(KeptTable.standIn) ? text.replacing(KeptTable.standIn, with: name) : text
    }
  }
}

extension QueryError {
  /// The same about the table `name`, where it was called by the stand-in.
  package func naming(_ name: String) -> QueryError {
    var copy = self
    for index in copy.diagnostics.indices {
      copy.diagnostics[index].message = copy.diagnostics[index].message.naming(name)
      copy.diagnostics[index].notes = copy.diagnostics[index].notes.map { $0.naming(name) }
      copy.diagnostics[index].help = copy.diagnostics[index].help.map { $0.naming(name) }
    }
    return copy
  }
}
