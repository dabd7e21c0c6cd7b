import BilanColumnar
import BilanDiagnostics
import BilanEngine

/// What a query gave: typed columns, the notes under them, and the checks that failed.
///
/// ## Topics
/// - Columns: ``columns``, ``column(_:)``
/// - Rows: ``rows(as:)``
/// - Writing: ``write(as:inFrench:workers:to:)``
/// - Honesty: ``notes``, ``passedChecks``
public struct QueryResult: Sendable {
  package let table: Table
  package let noteDiagnostics: [Diagnostic]
  package let failedChecks: [FailedCheck]
  /// What each part of the run cost, where that was asked for.
  package let profile: ExecutionProfile?

  package init(
    table: Table, notes: [Diagnostic], failedChecks: [FailedCheck], profile: ExecutionProfile? = nil
  ) {
    self.profile = profile
    self.table = table
    noteDiagnostics = notes
    self.failedChecks = failedChecks
  }

  public var rowCount: Int { table.rowCount }
  /// What the result left out or rests on.
  public var notes: [Finding] { noteDiagnostics.map(Finding.init) }
  /// False where a `check` of the query found offending rows.
  public var passedChecks: Bool { failedChecks.isEmpty }

  /// The columns, in order; each has `rowCount` values.
  public var columns: [ResultColumn] {
    table.schema.fields.indices.map { index in
      let field = table.schema[index]
      let parts = table.chunks.map { $0.columns[index] }
      return ResultColumn(field: field, parts: field.type.list == nil ? parts : parts.map(\.joinedLists))
    }
  }

  /// The column of this name, by label or handle.
  public func column(_ name: String) -> ResultColumn? {
    columns.first { $0.name == name } ?? columns.first { $0.handle == name }
  }
}

/// A column of a result: a name, a type, and its values, nil where missing.
public struct ResultColumn: Sendable {
  let field: Field
  let parts: [Column]

  public var name: String { field.label }
  /// The name in lower case without accents, as a query can write it.
  public var handle: String { field.handle }
  /// `number`, `text`, `bool`, `date`, `period`, `duration`, `ratio` or `list`.
  public var type: String { field.type.name }
  /// The unit of its numbers, where the data says it.
  public var unit: String? { field.unit }

  /// Whole numbers and reals as reals; ratios as their value; nil in a column of another type.
  public var numbers: [Double?]? {
    guard field.type.isNumber || field.type == .ratio else { return nil }
    return cells { cell in
      switch cell {
      case .integer(let value): Double(value)
      case .real(let value): value
      case .ratio(let ratio): ratio.value
      default: nil
      }
    }
  }

  /// Nil in a column that holds other than whole numbers.
  public var integers: [Int?]? {
    guard field.type == .integer else { return nil }
    return cells { if case .integer(let value) = $0 { Int(value) } else { nil } }
  }

  /// Of lists their elements joined with `; `, or where these have parts of their own, JSON.
  public var texts: [String?]? {
    guard field.type == .text || field.type.list != nil else { return nil }
    return cells { if case .text(let value) = $0 { value } else { nil } }
  }

  public var booleans: [Bool?]? {
    guard field.type == .boolean else { return nil }
    return cells { if case .boolean(let value) = $0 { value } else { nil } }
  }

  /// The parts of ratios: a ratio without a value still knows what was expected.
  public var ratios: [Ratio]? {
    guard field.type == .ratio else { return nil }
    return cells { cell in
      guard case .ratio(let ratio) = cell else {
        return Ratio(value: nil, numerator: 0, denominator: 0, reported: 0, expected: 0)
      }
      return Ratio(ratio)
    }
  }

  /// Each value as text, in the form that CSV output has: dates as `2021-01-22`, periods as `2019-Q3`.
  public var descriptions: [String?] { cells { $0.plainDescription } }

  func cells<Cell>(_ transform: (Value) -> Cell) -> [Cell] {
    parts.flatMap { part in (0..<part.count).map { transform(part.value($0, as: field.type)) } }
  }
}

/// A rate with its parts and its coverage.
public struct Ratio: Sendable, Hashable, Codable {
  /// Nil where nothing was reported or the denominator is zero.
  public var value: Double?
  public var numerator: Double
  public var denominator: Double
  /// Rows that had both operands.
  public var reported: Int
  /// Rows that should have had them.
  public var expected: Int

  public init(value: Double?, numerator: Double, denominator: Double, reported: Int, expected: Int) {
    self.value = value
    self.numerator = numerator
    self.denominator = denominator
    self.reported = reported
    self.expected = expected
  }

  init(_ ratio: RatioValue) {
    self.init(
      value: ratio.value, numerator: ratio.numerator, denominator: ratio.denominator, reported: ratio.reported,
      expected: ratio.expected)
  }
}

extension Value {
  /// The text of a value outside a query; nil for missing.
  package var plainDescription: String? {
    switch self {
    case .missing: nil
    case .integer(let value): String(value)
    case .real(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    case .text(let value): value
    case .boolean(let value): String(value)
    case .date(let value): value.description
    case .period(let value): value.description
    case .duration(let value, let unit): "\(value) \(unit.rawValue)"
    case .ratio(let value): value.value.map { String($0) }
    }
  }
}
