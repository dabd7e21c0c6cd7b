import BilanColumnar
import BilanDiagnostics

/// Writes what an entry says in JSON, and reads it again.
///
/// Writing gives nil, and reading too, for whatever the text has no place for: then nothing is kept.
package enum KeptText {
  /// - Precondition: the report was made under the name `KeptTable.standIn`.
  package static func write(_ table: KeptTable) -> String? {
    guard let fields = all(table.schema.fields, field), let report = report(table.report) else { return nil }
    // The name may stand wherever messages are; in the data it would be taken for the name.
    let isInData = table.report.columns.contains { column in
      ([column.label, column.handle] + column.missingCodes.map(\.code) + column.keptCodes.map(\.code)
        + (column.unreadable?.examples.map(\.text) ?? [])).contains { $0.contains(KeptTable.standIn) }
    }
    if isInData { return nil }
    let places = table.notePlaces
    return JSONWriter.write(
      .object([
        ("fields", .list(fields)), ("report", report),
        (
          "notes",
          .object([
            ("start", number(places.start)), ("counts", numbers(places.counts)),
            ("revealing", places.revealing.map(numbers) ?? .null),
          ])
        ),
        ("chunks", numbers(table.chunkRows)), ("columns", .list(table.columns.map(column))),
      ]))
  }

  /// - Parameter name: what the table is called now.
  package static func table(_ text: String, name: String) -> KeptTable? {
    do {
      let json = JSONNode(value: try JSONScanner.read(Array(text.utf8)), path: .root)
      let notes = try json.required("notes")
      return KeptTable(
        schema: Schema(try json.required("fields").list(field)),
        report: try report(json.required("report"), name),
        notePlaces: NotePlaces(
          start: try notes.required("start").integer(), counts: try notes.required("counts").integers(),
          revealing: try notes.integers("revealing")),
        chunkRows: try json.required("chunks").integers(),
        columns: try json.required("columns").list(column)
      ).sound
    } catch {
      return nil
    }
  }

  // MARK: Keys

  package static func write(_ key: KeptKey) -> String {
    JSONWriter.write(
      .object([
        ("path", .text(key.file.path)), ("size", number(key.file.size)), ("modified", number(key.file.modified)),
        ("changed", number(key.file.changed)), ("inode", .text("\(key.file.inode)")),
        ("ends", sum(key.file.ends)), ("options", .text(key.options)), ("reader", .text(key.reader)),
      ]))
  }

  package static func key(_ text: String) -> KeptKey? {
    do {
      let json = JSONNode(value: try JSONScanner.read(Array(text.utf8)), path: .root)
      return KeptKey(
        file: FileState(
          path: try json.required("path").text(), size: try json.required("size").integer(),
          modified: try json.required("modified").integer(), changed: try json.required("changed").integer(),
          inode: UInt64(try json.required("inode").text()) ?? 0, ends: try sum(json.required("ends"))),
        options: try json.required("options").text(), reader: try json.required("reader").text())
    } catch {
      return nil
    }
  }

  // MARK: Small things

  static func number(_ value: some BinaryInteger) -> JSONValue { .number("\(value)") }
  static func numbers(_ values: [Int]) -> JSONValue { .list(values.map { number($0) }) }
  static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
  static func sum(_ sum: UInt64) -> JSONValue { .text(Checksum.hexadecimal(sum)) }

  static func sum(_ node: JSONNode) throws(JSONNode.Fault) -> UInt64 {
    guard let sum = UInt64(try node.text(), radix: 16) else { throw .misunderstood(node.path) }
    return sum
  }

  /// What `write` gives for each; nil where it gives none for one.
  static func all<Element>(_ elements: [Element], _ write: (Element) -> JSONValue?) -> [JSONValue]? {
    let values = elements.compactMap(write)
    return values.count == elements.count ? values : nil
  }

  // MARK: Columns

  private static func column(_ column: KeptColumn) -> JSONValue {
    .object([
      ("storage", .text(column.storage.rawValue)), ("values", stretch(column.values)),
      ("validity", column.validity.map(stretch) ?? .null),
      ("bounds", column.bounds.map { .list([number($0.low), number($0.high), number($0.shift)]) } ?? .null),
      ("decimals", column.decimals.map { .list([number($0.digits), number($0.greatest)]) } ?? .null),
      (
        "dictionary",
        column.dictionary.map {
          .object([
            ("count", number($0.count)), ("sorted", .boolean($0.isSorted)), ("offsets", stretch($0.offsets)),
            ("bytes", stretch($0.bytes)),
          ])
        } ?? .null
      ),
    ])
  }

  private static func column(_ json: JSONNode) throws(JSONNode.Fault) -> KeptColumn {
    guard let storage = KeptColumn.Storage(rawValue: try json.required("storage").text()) else {
      throw .misunderstood(json.path)
    }
    var column = KeptColumn(
      storage: storage, values: try stretch(json.required("values")),
      validity: try json.optional("validity").map { (node) throws(JSONNode.Fault) in try stretch(node) })
    if let bounds = try json.integers("bounds") {
      guard bounds.count == 3, bounds[0] <= bounds[1], (0..<64).contains(bounds[2]) else {
        throw .misunderstood(json.path)
      }
      column.bounds = IntegerBounds(low: Int64(bounds[0]), high: Int64(bounds[1]), shift: bounds[2])
    }
    if let decimals = try json.integers("decimals") {
      guard decimals.count == 2, (0...15).contains(decimals[0]), (0...Int(Decimals.limit)).contains(decimals[1]) else {
        throw .misunderstood(json.path)
      }
      column.decimals = Decimals(digits: decimals[0], greatest: Int64(decimals[1]))
    }
    if let dictionary = try json.optional("dictionary") {
      column.dictionary = KeptColumn.Dictionary(
        count: try dictionary.required("count").integer(), isSorted: try dictionary.required("sorted").boolean(),
        offsets: try stretch(dictionary.required("offsets")), bytes: try stretch(dictionary.required("bytes")))
    }
    return column
  }

  private static func stretch(_ stretch: KeptColumn.Stretch) -> JSONValue {
    .list([number(stretch.offset), number(stretch.size), sum(stretch.sum)])
  }

  private static func stretch(_ json: JSONNode) throws(JSONNode.Fault) -> KeptColumn.Stretch {
    let parts = try json.nodes()
    guard parts.count == 3 else { throw .misunderstood(json.path) }
    let (offset, size) = (try parts[0].integer(), try parts[1].integer())
    guard offset >= 0, size >= 0 else { throw .misunderstood(json.path) }
    return KeptColumn.Stretch(offset: offset, size: size, sum: try sum(parts[2]))
  }
}

extension JSONNode {
  func nodes() throws(Fault) -> [JSONNode] { try list { (node: JSONNode) throws(Fault) in node } }
  func integers() throws(Fault) -> [Int] { try list { (node: JSONNode) throws(Fault) in try node.integer() } }
  func integers(_ key: String) throws(Fault) -> [Int]? { try optional(key)?.integers() }
}

extension KeptTable {
  /// The same where its parts fit each other, else nil: what no sound entry says must not be a trap later.
  fileprivate var sound: KeptTable? {
    guard columns.count == schema.count, report.columns.count == schema.count,
      notePlaces.counts.count == schema.count, notePlaces.start >= 0, notePlaces.counts.allSatisfy({ $0 >= 0 }),
      notePlaces.counts.reduce(notePlaces.start, { $0 &+ $1 }) <= report.notes.count,
      notePlaces.counts.allSatisfy({ $0 <= report.notes.count }), notePlaces.start <= report.notes.count,
      chunkRows.allSatisfy({ $0 > 0 && $0 < Int(Int32.max) }),
      chunkRows.reduce(0, { $0 &+ $1 }) == report.rowCount, report.rowCount < Int(Int32.max)
    else { return nil }
    for (column, field) in zip(columns, schema.fields) {
      let kind = field.type.columnKind
      let fits =
        switch column.storage {
        case .int8, .int16, .int32, .int64: kind == .integer
        case .real: kind == .real
        case .boolean: kind == .boolean
        case .code8, .code16, .code32: kind == .text && column.dictionary != nil
        }
      guard fits else { return nil }
    }
    return self
  }
}
