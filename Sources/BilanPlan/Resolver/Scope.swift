import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// An expression with what the checker knows of its values besides their type.
struct Resolved {
  var expression: Expression
  var display: Field.Display = .plain
  var unit: String?
  /// How it stands to the unit of its row.
  var rowUnit: RowUnit?
  /// Holds values of persons that may be counted, not listed.
  var isSensitive = false

  var type: DataType { expression.type }

  init(
    _ expression: Expression, display: Field.Display = .plain, unit: String? = nil, rowUnit: RowUnit? = nil,
    isSensitive: Bool = false
  ) {
    self.expression = expression
    self.display = display
    self.unit = unit
    self.rowUnit = rowUnit
    self.isSensitive = isSensitive
  }

  init(_ expression: Expression, field: Field) {
    self.init(
      expression, display: field.display, unit: field.unit, rowUnit: field.rowUnit, isSensitive: field.isSensitive)
  }

  func field(_ label: String, summary: String? = nil) -> Field {
    var field = Field(
      label, expression.type, display: display, unit: unit, isSensitive: isSensitive, summary: summary)
    // What is worked out from a column of units is none itself.
    if case .column = expression.kind { field.rowUnit = rowUnit } else { field.rowUnit = followedUnit }
    return field
  }

  private var followedUnit: RowUnit? {
    if case .follows? = rowUnit { rowUnit } else { nil }
  }
}

/// What names mean at a place of a query.
struct Scope {
  /// How the expression relates to rows.
  enum Mode {
    /// One row at a time: `where`, keys, the arguments of aggregates.
    case row
    /// A group of rows: what `summarize` computes. Columns must be in aggregates or be keys.
    case group(AggregateCollector)
    /// A row among its group: `add … per … sort …`.
    case window(WindowCollector)
    /// No rows at all: defaults, `take`.
    case constant
  }

  /// The columns of the rows at hand.
  var schema: Schema
  /// What the rows are called, for messages.
  var tableName: String
  /// The table that the pipeline started from, to look for values in.
  var table: (any TableSource)?
  var bindings: Bindings
  /// The arguments of the functions being expanded, by parameter.
  var arguments: [String: BoundArgument] = [:]
  var mode: Mode
  /// Inside a definition: aggregates on a row then mean the row as a group of one.
  var isInDefinition = false
  /// Whether the columns are known only once a crosstab has run.
  var isOfCrosstab = false
  /// Whether an operand with an error is reported and taken as missing, so that the others are looked at too. Not where
  /// an error is still to be put in other words: inside definitions and aggregates.
  var collectsErrors = false
  /// The names of the definitions being expanded, for messages.
  var expanding: [String] = []

  func with(mode: Mode) -> Scope {
    var copy = self
    copy.mode = mode
    return copy
  }

  /// The same rows seen by the body of `definition`.
  func entering(_ definition: Definition, arguments: [String: BoundArgument]) -> Scope {
    var copy = self
    copy.bindings = definition.bindings
    copy.arguments = arguments
    copy.isInDefinition = true
    copy.collectsErrors = false
    copy.expanding = expanding + [definition.name.text]
    return copy
  }

  /// The same rows seen by an argument, which belongs to the place where it was written.
  func leaving(to argument: BoundArgument) -> Scope {
    var copy = self
    copy.bindings = argument.scope.bindings
    copy.arguments = argument.scope.arguments
    copy.isInDefinition = argument.scope.isInDefinition
    copy.expanding = argument.scope.expanding
    return copy
  }
}

/// An argument as it was written and the place where it was.
final class BoundArgument {
  let syntax: ExpressionSyntax
  let scope: Scope

  init(_ syntax: ExpressionSyntax, in scope: Scope) {
    self.syntax = syntax
    self.scope = scope
  }
}

/// Gathers the aggregates of a `summarize`; an expression over it reads the keys, then the aggregates.
final class AggregateCollector {
  let keys: [(expression: Expression, field: Field)]
  /// Whether there are rows of totals too, for which the keys have no value.
  let hasTotals: Bool
  private(set) var calls: [(call: AggregateCall, field: Field)] = []
  private var positions: [String: Int] = [:]

  init(keys: [(expression: Expression, field: Field)], hasTotals: Bool = false) {
    self.keys = keys
    self.hasTotals = hasTotals
  }

  /// The column of `call` in the aggregate's output; equal calls share one.
  /// - Parameter meaning: what is known of the result besides its place.
  func column(for call: AggregateCall, meaning: Resolved) -> Expression {
    let fingerprint = call.fingerprint
    let position: Int
    if let known = positions[fingerprint] {
      position = known
      // Somebody wants its value too.
      if !call.isTest { calls[known - keys.count].call.isTest = false }
    } else {
      position = keys.count + calls.count
      positions[fingerprint] = position
      let label = call.span?.text.collapsingWhiteSpace ?? call.name
      var field = Field(label, call.type, display: meaning.display, unit: meaning.unit)
      field.rowUnit = meaning.rowUnit
      calls.append((call, field))
    }
    return .column(position, call.type, span: call.span)
  }
}

/// Gathers what an `add` works out over groups and orders; its results stand after the input's columns.
final class WindowCollector {
  let inputCount: Int
  /// False where there is no `per`: aggregates then have no group to range over.
  let hasPartition: Bool
  let hasOrder: Bool
  private(set) var calls: [(call: WindowNode.Call, field: Field)] = []

  init(inputCount: Int, hasPartition: Bool, hasOrder: Bool) {
    self.inputCount = inputCount
    self.hasPartition = hasPartition
    self.hasOrder = hasOrder
  }

  func column(
    for call: WindowNode.Call, type: DataType, display: Field.Display = .plain, unit: String? = nil, label: String,
    span: Span?
  ) -> Expression {
    calls.append((call, Field(label, type, display: display, unit: unit)))
    return .column(inputCount + calls.count - 1, type, span: span)
  }
}

extension String {
  /// Runs of white space become one space.
  var collapsingWhiteSpace: String {
    // By hand: `joined` makes the run time look for its types, which a start feels.
    var result = ""
    var isGap = false
    for character in self {
      if character.isWhitespace {
        isGap = true
      } else {
        if isGap, !result.isEmpty { result += " " }
        isGap = false
        result.append(character)
      }
    }
    return result
  }
}
