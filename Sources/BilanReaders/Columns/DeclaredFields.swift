import BilanColumnar
import BilanDiagnostics

/// What a descriptor and the caller say about the columns of a file, by the place of each.
struct DeclaredFields: Sendable {
  private var byPlace: [Int: DataPackage.Field] = [:]
  private var typeByPlace: [Int: DataType] = [:]
  /// Names for the columns of a file without a header.
  private(set) var namesByPlace: [Int: String] = [:]
  private var absent: [String] = []
  /// What is known of cells that another format had.
  private let cells: KnownCells?

  /// Pairs declared fields with columns: by name, by folded name, and by place where the file names nothing.
  init(_ resource: DataPackage.Resource?, _ options: ReadOptions, labels: [String], hasHeader: Bool) {
    cells = options.cells
    let handles = labels.map(TextFolding.handle)
    for (position, field) in (resource?.fields ?? []).map({ Self.field($0, under: options) }).enumerated() {
      let handle = TextFolding.handle(of: field.name)
      if !hasHeader {
        guard position < labels.count else {
          absent.append(field.name)
          continue
        }
        byPlace[position] = field
        namesByPlace[position] = field.name
      } else if let place = labels.firstIndex(of: field.name) ?? handles.firstIndex(of: handle) {
        byPlace[place] = field
      } else {
        absent.append(field.name)
      }
    }
    for (name, type) in options.types {
      let handle = TextFolding.handle(of: name)
      let place =
        labels.firstIndex(of: name) ?? handles.firstIndex(of: handle)
        ?? labels.indices.first { namesByPlace[$0].map(TextFolding.handle) == handle }
      if let place { typeByPlace[place] = type }
    }
  }

  /// A declared field without what the caller says of all columns.
  private static func field(_ field: DataPackage.Field, under options: ReadOptions) -> DataPackage.Field {
    var field = field
    if options.decimalMark != nil { field.decimalMark = nil }
    if options.dates != nil { (field.dateOrder, field.pattern) = (nil, nil) }
    if options.missingCodes != nil { field.missingValues = nil }
    return field
  }

  /// The places whose columns a descriptor names.
  var places: Set<Int> { Set(byPlace.keys) }

  subscript(place: Int) -> DataPackage.Field? { byPlace[place] }

  /// The decimal mark of a column; nil where its cells are to tell. Numbers that are stored as such have a point here,
  /// whatever is declared of the marks of texts.
  func mark(_ place: Int) -> DecimalMark? {
    isOfStoredNumbers(place) ? .point : byPlace[place]?.decimalMark
  }

  /// Whether a descriptor says in which order the parts of a column's dates stand.
  func hasDateOrder(_ place: Int) -> Bool { byPlace[place]?.dateOrder != nil }

  /// The mark that would separate thousands, where a descriptor names the other one for fractions and none for thousands.
  func undeclaredGroupMark(_ place: Int) -> DecimalMark? {
    guard typeByPlace[place] == nil, let field = byPlace[place], !field.hasGroupMark else { return nil }
    return field.decimalMark.map { $0 == .point ? .comma : .point }
  }

  /// Whether a column is called a code, where its type is not declared and its cells are not all stored numbers: beside the
  /// number 1.1 the text `1.10` is another code.
  func codeName(_ place: Int, label: String, handle: String) -> CodeName {
    guard typeByPlace[place] == nil, byPlace[place].map({ $0.type == .any }) ?? true,
      !isOfStoredNumbers(place) || cells?.markedColumns.contains(place) == true
    else { return .none }
    return CodeName(label: label, handle: handle)
  }

  /// What a column is called, or declared to hold: times.
  func timeName(_ place: Int, handle: String) -> TimeName {
    switch (typeByPlace[place], byPlace[place]?.type) {
    case (.date?, _), (nil, .date?): return .days
    case (.period?, _), (nil, .period?), (nil, .yearMonth?): return .periods
    case (nil, nil), (nil, .any?): return TimeName(handle: handle)
    default: return []
    }
  }

  /// Whether numbers of the column are stored as numbers.
  func isOfStoredNumbers(_ place: Int) -> Bool { cells?.pointColumns.contains(place) ?? false }

  /// What there is to say of the marks of texts beside them.
  func remarks(_ place: Int) -> [ColumnGuess.Remark] { cells?.remarks[place] ?? [] }

  /// The format that is declared for a column; nil where its type is to be inferred.
  func format(_ place: Int, mark: DecimalMark, order: DateOrder, firstMonth: Int) -> ColumnFormat? {
    if let type = typeByPlace[place] {
      switch type {
      case .integer: return .integer(mark)
      case .real: return .real(mark, isPercent: false)
      case .boolean: return .boolean(trueWords: CodeList.declaredTrue, falseWords: CodeList.declaredFalse)
      case .date: return .date(order)
      case .period: return .period(firstMonth: firstMonth)
      case .text: return .text
      default: return nil
      }
    }
    guard let field = byPlace[place] else { return nil }
    switch field.type {
    case .number: return .real(self.mark(place) ?? mark, isPercent: false)
    case .integer, .year: return .integer(mark)
    case .string: return .text
    case .boolean:
      return .boolean(
        trueWords: field.trueValues.map { CodeList($0) } ?? CodeList.declaredTrue,
        falseWords: field.falseValues.map { CodeList($0) } ?? CodeList.declaredFalse)
    case .date: return field.pattern.map { .datePattern($0) } ?? .date(field.dateOrder ?? order)
    case .percent: return .real(self.mark(place) ?? mark, isPercent: true)
    case .period, .yearMonth: return .period(firstMonth: firstMonth)
    case .any: return nil
    }
  }

  /// The schema's fields, with handles that differ.
  func fields(labels: [String], _ decisions: ColumnDecisions) -> [Field] {
    var taken: Set<String> = []
    return labels.indices.map { place in
      var handle = TextFolding.handle(of: labels[place])
      let base = handle
      var number = 2
      while !taken.insert(handle).inserted {
        handle = "\(base)_\(number)"
        number += 1
      }
      let declared = byPlace[place]
      let format = decisions.plans[place].format
      var display = Field.Display.plain
      if case .real(_, isPercent: true) = format { display = .percent }
      return Field(
        labels[place], format.type, handle: handle, aliases: declared?.aliases ?? [],
        display: declared?.display ?? display, unit: declared?.unit ?? decisions.reports[place].unit,
        isSensitive: declared?.isSensitive ?? false, summary: declared?.summary)
    }
  }

  func notes(in file: String) -> [Diagnostic] {
    guard !absent.isEmpty else { return [] }
    let list = absent.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    return [
      .note(
        .fieldsDiffer,
        Localized(
          "the descriptor names fields that `\(file)` does not have: \(list)",
          fr: "le descripteur nomme des champs que `\(file)` n’a pas : \(list)"), count: absent.count)
    ]
  }
}
