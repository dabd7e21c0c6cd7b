import BilanColumnar
import BilanDiagnostics

/// What a descriptor and whoever opens a file say of columns that the file stores with types: their units, aliases and the
/// like, which are taken as they are, and types, for which what is stored is read anew where it can be.
///
///     stored      declared     the column
///     text        date         of dates; what is none is missing, and said
///     integer     string       of texts
///     date        number       of dates, with a note that it is not what is declared
struct DeclaredColumns: Sendable {
  /// How a column is made of what is stored.
  private struct Reading: Sendable {
    /// As the file has it.
    var stored: Field
    /// Another type than the stored one.
    var type: DataType?
    /// What the descriptor says of it.
    var declared: DataPackage.Field?
    /// What means missing in it.
    var missing: CodeList?
    /// Whether its values are shown to nobody.
    var isSensitive: Bool
  }

  private(set) var fields: [Field]
  /// What is declared and cannot be heeded.
  private(set) var notes: [Diagnostic]
  /// By place; none for columns that are as they are stored.
  private var readings: [Int: Reading] = [:]
  private let options: ReadOptions
  private let resource: DataPackage.Resource?

  /// - Parameters:
  ///   - stored: the columns of the file.
  ///   - name: how messages call the file.
  init(_ stored: [Field], of name: String, options: ReadOptions, resource: DataPackage.Resource?) {
    self.options = options
    self.resource = resource
    fields = stored
    let declared = DeclaredFields(resource, options, labels: stored.map(\.label), hasHeader: true)
    notes = declared.notes(in: name)
    for place in stored.indices {
      let field = declared[place]
      if let field { Self.describe(&fields[place], field) }
      let format = declared.format(place, mark: .point, order: .dayMonthYear, firstMonth: 1)
      var reading = Reading(
        stored: stored[place], type: nil, declared: field,
        missing: (field?.missingValues ?? options.missingCodes ?? resource?.missingValues).map { CodeList($0) },
        isSensitive: fields[place].isSensitive)
      if case .real(_, isPercent: true)? = format { fields[place].display = field?.display ?? .percent }
      if let wanted = format?.type, !Self.isHeld(stored[place].type, wanted) {
        if Self.canRead(stored[place].type, as: wanted) {
          reading.type = wanted
          fields[place].type = wanted
        } else {
          notes.append(Self.note(stored[place], isNo: wanted))
        }
      }
      if reading.type != nil || !(reading.missing?.codes.isEmpty ?? true) { readings[place] = reading }
    }
  }

  private static func describe(_ field: inout Field, _ declared: DataPackage.Field) {
    field.aliases += declared.aliases
    field.unit = declared.unit ?? field.unit
    field.isSensitive = field.isSensitive || declared.isSensitive
    field.summary = declared.summary ?? field.summary
    field.display = declared.display ?? field.display
  }

  /// Whether a column is what it is declared to be as it is stored: a number is one, whole or not, and what has no type in
  /// descriptors is declared to be text.
  private static func isHeld(_ stored: DataType, _ wanted: DataType) -> Bool {
    if stored == wanted || stored == .missing || (stored.isNumber && wanted.isNumber) { return true }
    switch stored {
    case .list, .duration, .ratio: return wanted == .text
    default: return false
    }
  }

  private static func canRead(_ stored: DataType, as wanted: DataType) -> Bool {
    switch (stored, wanted) {
    case (.text, _): true
    case (.integer, .text), (.real, .text), (.date, .text), (.period, .text), (.boolean, .text): true
    // A year is a period, 0 and 1 are truth values; whole numbers some of which are missing are often stored as reals.
    case (.integer, .period), (.real, .period), (.date, .period), (.integer, .boolean), (.real, .boolean): true
    default: false
    }
  }

  private static func note(_ stored: Field, isNo wanted: DataType) -> Diagnostic {
    .note(
      .fieldsDiffer,
      Localized(
        "column `\(stored.label)` is declared as \(wanted.name) and stored as \(stored.type.name), which it stays",
        fr:
          "la colonne `\(stored.label)` est déclarée comme `\(wanted.name)` et enregistrée comme `\(stored.type.name)`, "
          + "ce qu’elle reste"))
  }

  /// Whether the column at a place holds other values than the file.
  func changes(_ place: Int) -> Bool { readings[place] != nil }

  /// The columns of texts that are declared to be numbers: which currency they are in is known once they are read.
  var mayHaveUnits: Set<Int> {
    Set(readings.filter { $1.type?.isNumber == true && $1.stored.type == .text && fields[$0].unit == nil }.keys)
  }

  /// Whether some column does.
  var changesAny: Bool { !readings.isEmpty }

  /// Says in a report what a column is declared to be.
  func amend(_ columns: inout [ColumnReport]) {
    for place in columns.indices {
      guard let field = fields.firstIndex(where: { $0.label == columns[place].label }),
        let type = readings[field]?.type
      else { continue }
      columns[place].type = type
      columns[place].isDeclared = true
      columns[place].confidence = .declared
      columns[place].evidence = Localized(
        "declared; \(columns[place].evidence.english)", fr: "déclaré ; \(columns[place].evidence.french)")
    }
  }

  /// A column that is made of what is stored, and what there is to say of it.
  struct Made {
    var column: Column
    var notes: [Diagnostic] = []
    /// The currency of its amounts.
    var unit: String?
  }

  /// The column that is made of what is stored at a place.
  func column(_ place: Int, _ stored: Column) throws(QueryError) -> Made {
    guard let reading = readings[place] else { return Made(column: stored) }
    let present = Self.without(reading.missing, stored)
    guard let type = reading.type else { return Made(column: present) }
    if type == .text {
      return Made(column: present.converted(from: reading.stored.type, to: .text, unit: reading.stored.unit))
    }
    switch (type, present) {
    case (.boolean, .integer(let numbers)):
      return Self.truths(
        numbers.count, numbers.validity, reading, { numbers[$0] == 1 ? true : numbers[$0] == 0 ? false : nil }
      ) {
        String(numbers[$0])
      }
    case (.boolean, .real(let numbers)):
      let values = numbers.doubles.array
      return Self.truths(
        values.count, numbers.validity, reading, { values[$0] == 1 ? true : values[$0] == 0 ? false : nil }
      ) {
        values[$0].description
      }
    default: break
    }
    let texts = present.converted(from: reading.stored.type, to: .text, unit: nil)
    guard case .text(let column) = texts else { preconditionFailure("a column of texts") }
    return try parsed(column, as: type, reading)
  }

  /// The same without the values that mean missing.
  private static func without(_ codes: CodeList?, _ column: Column) -> Column {
    guard let codes, !codes.codes.isEmpty else { return column }
    func kept(_ count: Int, _ validity: Bitmap?, _ isKept: (Int) -> Bool) -> Column {
      column.masked(by: Bitmap(count: count) { isKept($0) && (validity?[$0] ?? true) })
    }
    switch column {
    case .text(let texts):
      let bytes = texts.dictionary.bytes.array
      let isCode = (0..<texts.dictionary.count).map { code in
        let range = texts.dictionary.byteRange(code)
        return range.isEmpty
          ? codes.codes.contains("") : codes.index(bytes.span, range.lowerBound, range.upperBound) != nil
      }
      guard isCode.contains(true) else { return column }
      let places = texts.codes.array
      return kept(places.count, texts.validity) { !(Int(places[$0]) < isCode.count && isCode[Int(places[$0])]) }
    case .integer(let integers):
      let values = codes.codes.compactMap { Int64($0) }
      guard !values.isEmpty else { return column }
      return kept(integers.count, integers.validity) { !values.contains(integers[$0]) }
    case .real(let reals):
      let values = codes.codes.compactMap { Double($0) }
      guard !values.isEmpty else { return column }
      let numbers = reals.doubles.array
      return kept(numbers.count, reals.validity) { !values.contains(numbers[$0]) }
    case .boolean, .ratio: return column
    }
  }

  /// 0 and 1 as truth values.
  ///
  /// - Parameters:
  ///   - truth: of a row; nil where it is neither.
  ///   - text: of a row, for messages.
  private static func truths(
    _ count: Int, _ validity: Bitmap?, _ reading: Reading, _ truth: (Int) -> Bool?, text: (Int) -> String
  ) -> Made {
    var unreadable = Unreadable()
    for row in 0..<count where (validity?[row] ?? true) && truth(row) == nil { unreadable.add(text(row)) }
    let isWhole = unreadable.count == 0 && validity == nil
    return Made(
      column: .boolean(
        BooleanColumn(
          Bitmap(count: count) { truth($0) ?? false },
          validity: isWhole ? nil : Bitmap(count: count) { (validity?[$0] ?? true) && truth($0) != nil })),
      notes: unreadable.notes(.boolean, reading))
  }

  /// Values that are none of the type that is declared.
  private struct Unreadable {
    var count = 0
    private var examples: [String] = []

    mutating func add(_ text: String, count: Int = 1) {
      self.count += count
      if examples.count < 3 { examples.append(text) }
    }

    func notes(_ type: DataType, _ reading: Reading) -> [Diagnostic] {
      guard count > 0 else { return [] }
      let label = reading.stored.label
      let list = examples.map { reading.isSensitive ? "`…`" : "`\($0.prefix(60))`" }.joined(separator: ", ")
      return [
        .note(
          .unreadableValues,
          Localized(
            count == 1
              ? "1 value of column `\(label)` is no \(type.name) and is missing: \(list)"
              : "\(count) values of column `\(label)` are no \(type.name) and are missing: \(list)",
            fr: count == 1
              ? "1 valeur de la colonne `\(label)` n’est pas du type `\(type.name)` et est manquante : \(list)"
              : "\(count) valeurs de la colonne `\(label)` ne sont pas du type `\(type.name)` et sont manquantes : "
                + list), count: count)
      ]
    }
  }

  /// Texts as the values that they are declared to be, by the rules for delimited text, each once.
  private func parsed(
    _ texts: TextColumn, as type: DataType, _ reading: Reading
  ) throws(QueryError) -> Made {
    let label = reading.stored.label
    let dictionary = texts.dictionary
    guard dictionary.count > 0 else { return Made(column: .missing(type.columnKind, count: texts.count)) }
    var own = options
    own.types = [:]
    own.hasHeader = true
    own.headerLines = nil
    // Here are no titles above the names, and no quotes.
    var described = resource
    described?.dialect = DataPackage.DeclaredDialect(decimalMark: resource?.dialect.decimalMark)
    if let declared = reading.declared, options.declaredType(of: label) == nil {
      described?.fields = [declared]
      described?.fields?[0].name = label
    } else {
      described?.fields = nil
      own.types[label] = type
    }
    let bytes = dictionary.bytes.array
    let table = try CellText(dictionary, label: label).openDistinct(label: label, options: own, resource: described)
    let values = try table.distinctValues(isCancelled: options.isCancelled)
    // What is empty or means missing is not unreadable.
    let missing = reading.missing ?? .missing
    var unreadable = Unreadable()
    var counts = [Int](repeating: 0, count: dictionary.count)
    for row in 0..<texts.count where texts.validity?[row] ?? true { counts[texts.code(row)] += 1 }
    for code in 0..<dictionary.count where counts[code] > 0 && !(values.validity?[code] ?? true) {
      let range = dictionary.byteRange(code)
      let (start, end) = FieldText.withoutBlanks(bytes.span, range.lowerBound, range.upperBound)
      if start >= end || missing.index(bytes.span, start, end) != nil { continue }
      unreadable.add(String(decoding: bytes[range], as: UTF8.self), count: counts[code])
    }
    let others = table.report.notes.filter { $0.code != .unreadableValues }
    return Made(
      column: values.spread(over: texts), notes: unreadable.notes(type, reading) + others,
      unit: type.isNumber ? table.schema.fields.last?.unit : nil)
  }
}

/// What is said of one column, for formats whose texts stand for other values.
package struct DescribedColumn: Sendable {
  /// Whether its type is declared.
  package let isTyped: Bool
  /// What means missing in it; nil for the usual codes.
  package let missingCodes: [String]?
  /// Whether its values are shown to nobody.
  package let isSensitive: Bool

  package init(_ label: String, _ options: ReadOptions, _ resource: DataPackage.Resource?) {
    let declared = DeclaredFields(resource, options, labels: [label], hasHeader: true)
    isTyped = declared.format(0, mark: .point, order: .dayMonthYear, firstMonth: 1) != nil
    missingCodes = declared[0]?.missingValues ?? options.missingCodes ?? resource?.missingValues
    isSensitive = declared[0]?.isSensitive ?? false
  }
}

extension ReadOptions {
  /// The type that a query gives a column.
  fileprivate func declaredType(of label: String) -> DataType? {
    let handle = TextFolding.handle(of: label)
    return types.first { $0.key == label || TextFolding.handle(of: $0.key) == handle }?.value
  }
}
