import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// An expression ready to run: subqueries are values and sets, calls know their kernel.
struct PhysicalExpression: Sendable {
  indirect enum Kind: Sendable {
    case column(Int)
    case constant(Value)
    case call(PhysicalCall)
    /// A call that sees the texts of one column and nothing else of a row.
    case dictionary(DictionaryCall)
    /// `x in (from …)`, once the pipeline has run.
    case membership(PhysicalExpression, MembershipSet)
  }

  var kind: Kind
  var type: DataType
  var span: Span?

  init(_ kind: Kind, type: DataType, span: Span?) {
    self.kind = kind
    self.type = type
    self.span = span
  }

  /// Whether a `missing_if` in it counts on which rows it made values missing.
  var countsConditions: Bool {
    switch kind {
    case .column, .constant, .dictionary: false
    case .call(let call): call.conditionCounter != nil || call.arguments.contains(where: \.countsConditions)
    case .membership(let element, _): element.countsConditions
    }
  }
}

struct PhysicalCall: Sendable {
  var name: String
  var kernel: ScalarKernel
  var arguments: [PhysicalExpression]
  var types: [DataType]
  /// For `missing_if` the tally's counter of rows whose condition was true.
  var conditionCounter: Int?
}

/// The values of a pipeline's one column.
final class MembershipSet: Sendable {
  private enum Lookup: Sendable {
    /// A bit for each number, where they are close together.
    case bits(IntegerSet)
    case groups(GroupLookup)
  }

  private let lookup: Lookup
  private let hasMissing: Bool
  /// How the values are kept; what is looked up is brought to it.
  private let kind: ColumnKind

  /// - Parameter kind: how the values to look up are stored; whole numbers and reals meet as reals.
  init(_ column: Column, lookingUp kind: ColumnKind) {
    let column = column.kind == kind && kind != .ratio ? column : column.comparableAsReal
    self.kind = column.kind
    hasMissing = !(column.validity?.allOnes ?? true)
    if case .integer(let column) = column, let bits = IntegerSet(column) {
      lookup = .bits(bits)
    } else {
      var grouper = Grouper([column.kind])
      _ = grouper.assign([column], rowCount: column.count)
      lookup = .groups(GroupLookup(grouper))
    }
  }

  /// Which rows of `column` are in the set; missing is where the set has a missing value.
  func contains(_ column: Column) -> Bitmap {
    let column = column.kind == kind ? column : column.comparableAsReal
    guard column.kind == kind else { return Bitmap(repeating: false, count: column.count) }
    let isIn: Bitmap
    switch (lookup, column) {
    case (.bits(let bits), .integer(let column)): isIn = bits.contains(column)
    case (.bits, _): preconditionFailure("bits are of whole numbers")
    case (.groups(let groups), _):
      let found = groups.find([column], rowCount: column.count)
      isIn = Bitmap(count: column.count) { found[$0] >= 0 }
    }
    guard hasMissing, let validity = column.validity else { return isIn }
    return isIn.or(validity.inverted)
  }
}

extension Column {
  /// Whole numbers and ratios as reals; other columns as they are.
  var comparableAsReal: Column {
    switch self {
    case .integer(let column):
      let values = column.values
      return .real(
        PrimitiveColumn((0..<values.count).map { Double(values[$0]) }, validity: column.validity))
    case .ratio(let column):
      return .real(
        PrimitiveColumn((0..<column.numerators.count).map { column[$0].value ?? 0 }, validity: validity))
    default: return self
    }
  }
}
