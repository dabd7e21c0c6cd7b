import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// What to compute, as a tree of relational nodes. Expressions of a node refer to the columns of its input.
package indirect enum LogicalPlan: Sendable {
  case scan(ScanNode)
  /// One row without columns: what an expression alone ranges over.
  case unit
  case filter(FilterNode)
  case project(ProjectNode)
  case aggregate(AggregateNode)
  case pivot(PivotNode)
  case window(WindowNode)
  case sort(SortNode)
  case limit(LimitNode)
  case top(TopNode)
  case distinct(DistinctNode)
  case join(JoinNode)
  case append(AppendNode)
  case unpivot(UnpivotNode)
  case unnest(UnnestNode)
  case complete(CompleteNode)
  case check(CheckNode)
}

/// Reads a table: the columns asked for, the rows for which `predicate` is true.
package struct ScanNode: Sendable {
  package var source: any TableSource
  /// The source's columns, those of figures marked whose unit is their row's.
  package let schema: Schema
  /// Positions in the source's schema.
  package var columns: [Int]
  /// Over the columns read, in their order.
  package var predicate: Expression?
  /// What `predicate` asks of single columns, by which whole stretches of rows may be left out.
  package var skipping: [ColumnCondition] = []

  package init(source: any TableSource, columns: [Int], predicate: Expression? = nil) {
    self.source = source
    schema = RowUnitNames.marked(source.schema)
    self.columns = columns
    self.predicate = predicate
  }
}

/// Keeps the rows for which `condition` is true.
package struct FilterNode: Sendable {
  package var input: LogicalPlan
  package var condition: Expression

  package init(input: LogicalPlan, condition: Expression) {
    self.input = input
    self.condition = condition
  }
}

/// Makes the output columns, all of them, from the input's.
package struct ProjectNode: Sendable {
  package var input: LogicalPlan
  package var outputs: [OutputExpression]

  package init(input: LogicalPlan, outputs: [OutputExpression]) {
    self.input = input
    self.outputs = outputs
  }
}

/// One row a group, in ascending order of the keys (missing last); without keys exactly one row.
///
/// Output columns: the keys, then the aggregates; with totals then one boolean `isTotal` column a key.
package struct AggregateNode: Sendable {
  package var input: LogicalPlan
  package var keys: [OutputExpression]
  package var aggregates: [(call: AggregateCall, field: Field)]
  /// Which subsets of the keys get totals too, as lists of positions of the keys that are kept; computed from the rows.
  ///
  /// Each is a further grouping whose other keys are missing. For `with totals` without `across` this is `[[]]`, the
  /// grand total, which comes last; with `across`, the margins of rows and columns.
  package var totals: [[Int]]

  package init(
    input: LogicalPlan, keys: [OutputExpression], aggregates: [(call: AggregateCall, field: Field)], totals: [[Int]]
  ) {
    self.input = input
    self.keys = keys
    self.aggregates = aggregates
    self.totals = totals
  }
}

/// Spreads one key over columns: a crosstab.
///
/// The input is grouped and sorted by all its keys: first `keyCount` row keys, then the across key at `keyCount`, then
/// `valueCount` values, then (if `hasTotals`) `keyCount + 1` boolean marks of totals. The output has the row keys and,
/// for each value of the across key in order (missing last, the total after it), the values; a column is named after
/// the across value, with `value: ` before it where there are several values. Total rows have the text `total` in the
/// first row key where that is text, else missing, and come last.
package struct PivotNode: Sendable {
  package var input: LogicalPlan
  package var keyCount: Int
  package var valueCount: Int
  package var hasTotals: Bool
  /// Which of the values are counts: of no row they are 0.
  package var counts: Set<Int>

  package init(input: LogicalPlan, keyCount: Int, valueCount: Int, hasTotals: Bool, counts: Set<Int> = []) {
    self.input = input
    self.keyCount = keyCount
    self.valueCount = valueCount
    self.hasTotals = hasTotals
    self.counts = counts
  }
}

package struct SortKey: Sendable {
  package var expression: Expression
  package var isDescending: Bool

  package init(_ expression: Expression, isDescending: Bool) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

/// Adds columns worked out over the rows that share `partition`: aggregates repeated on each row, and functions that
/// follow `order`. Rows keep their order and number. Output: the input's columns, then one for each call.
package struct WindowNode: Sendable {
  package enum Call: Sendable {
    /// An aggregate over the whole partition.
    case aggregate(AggregateCall)
    /// The same over the rows up to this one in the order.
    case running(AggregateCall)
    /// The value `distance` rows before (negative: after) in the order.
    case shifted(Expression, distance: Int)
    case rank
    case row
  }

  package var input: LogicalPlan
  package var partition: [Expression]
  package var order: [SortKey]
  package var calls: [(call: Call, field: Field)]

  package init(
    input: LogicalPlan, partition: [Expression], order: [SortKey], calls: [(call: Call, field: Field)]
  ) {
    self.input = input
    self.partition = partition
    self.order = order
    self.calls = calls
  }
}

/// Stable; missing last in both directions; text by `TextDictionary.ranks`.
package struct SortNode: Sendable {
  package var input: LogicalPlan
  package var keys: [SortKey]
  /// Set by the optimizer where only the first rows are wanted after it.
  package var limit: Int?

  package init(input: LogicalPlan, keys: [SortKey], limit: Int? = nil) {
    self.input = input
    self.keys = keys
    self.limit = limit
  }
}

/// The rows at positions `range` (0-based, half-open), clamped.
package struct LimitNode: Sendable {
  package var input: LogicalPlan
  package var range: Range<Int>

  package init(input: LogicalPlan, range: Range<Int>) {
    self.input = input
    self.range = range
  }
}

/// The `count` largest (smallest) rows by `by` of the whole or of each group; ties at the edge are kept, and noted.
/// Rows whose `by` is missing never count. In descending order of `by` (ascending for `bottom`), group by group in
/// ascending order of the groups; ties in input order.
package struct TopNode: Sendable {
  package var input: LogicalPlan
  package var count: Int
  package var by: Expression
  package var isBottom: Bool
  package var per: [Expression]

  package init(input: LogicalPlan, count: Int, by: Expression, isBottom: Bool, per: [Expression]) {
    self.input = input
    self.count = count
    self.by = by
    self.isBottom = isBottom
    self.per = per
  }
}

/// The first row of each combination of all columns, in input order.
package struct DistinctNode: Sendable {
  package var input: LogicalPlan

  package init(input: LogicalPlan) { self.input = input }
}

/// Matches rows by equal keys; a missing key matches nothing. Left rows keep their order; their matches come in the
/// right side's order; for `full` the unmatched right rows come last, in their order.
///
/// Output: all left columns, then `rightOutputs` of the right (none for `semi` and `anti`). For `full`, a left key
/// column that `keyColumns` names takes the right key's value on right-only rows.
package struct JoinNode: Sendable {
  package enum Kind: String, Sendable { case left, inner, full, semi, anti }

  package var kind: Kind
  /// Else a second match of a row is an error that shows the key.
  package var allowsMany: Bool
  package var left: LogicalPlan
  package var right: LogicalPlan
  package var leftKeys: [Expression]
  package var rightKeys: [Expression]
  /// Right columns of the output, with the fields they get.
  package var rightOutputs: [(column: Int, field: Field)]
  /// For each key, the left column that is that key, where it is one.
  package var keyColumns: [Int?]
  /// What the right side is called, for messages.
  package var rightName: String
  /// Whether messages may not show the keys, as they are personal data.
  package var hidesKeys: Bool
  package var span: Span?

  package init(
    kind: Kind, allowsMany: Bool, left: LogicalPlan, right: LogicalPlan, leftKeys: [Expression],
    rightKeys: [Expression], rightOutputs: [(column: Int, field: Field)], keyColumns: [Int?], rightName: String,
    hidesKeys: Bool = false, span: Span?
  ) {
    self.kind = kind
    self.allowsMany = allowsMany
    self.left = left
    self.right = right
    self.leftKeys = leftKeys
    self.rightKeys = rightKeys
    self.rightOutputs = rightOutputs
    self.keyColumns = keyColumns
    self.rightName = rightName
    self.hidesKeys = hidesKeys
    self.span = span
  }
}

/// The rows of both, the first's first; the resolver has made both sides' columns agree.
package struct AppendNode: Sendable {
  package var first: LogicalPlan
  package var second: LogicalPlan

  package init(first: LogicalPlan, second: LogicalPlan) {
    self.first = first
    self.second = second
  }
}

/// For each input row one row a value column, in their order: the kept columns, the column's label, its value.
package struct UnpivotNode: Sendable {
  package var input: LogicalPlan
  package var kept: [Int]
  /// Expressions of one type with the label of the column each came from.
  package var values: [(expression: Expression, label: String)]
  package var nameField: Field
  package var valueField: Field

  package init(
    input: LogicalPlan, kept: [Int], values: [(expression: Expression, label: String)], nameField: Field,
    valueField: Field
  ) {
    self.input = input
    self.kept = kept
    self.values = values
    self.nameField = nameField
    self.valueField = valueField
  }
}

/// For each input row one row for each element of a list, in order; a row whose list is missing or has no element stays,
/// with elements that are missing.
///
/// Output: the kept columns, the parts of the element, its position from 1 where that is asked for.
package struct UnnestNode: Sendable {
  package var input: LogicalPlan
  package var kept: [Int]
  /// A list, or a text where there is a separator.
  package var list: Expression
  /// Not empty; nil for lists.
  package var separator: String?
  /// Of the list's parts, those that become columns.
  package var parts: [(name: String, field: Field)]
  package var positionField: Field?

  package init(
    input: LogicalPlan, kept: [Int], list: Expression, separator: String?, parts: [(name: String, field: Field)],
    positionField: Field?
  ) {
    self.input = input
    self.kept = kept
    self.list = list
    self.separator = separator
    self.parts = parts
    self.positionField = positionField
  }
}

/// Adds a row, otherwise missing, for each combination of the values of `columns` that has none. The input's rows come
/// first in their order, then the added ones in ascending order of the columns.
package struct CompleteNode: Sendable {
  package var input: LogicalPlan
  package var columns: [Int]

  package init(input: LogicalPlan, columns: [Int]) {
    self.input = input
    self.columns = columns
  }
}

/// Rows go through unchanged; a row (the table, where `condition` aggregates: then resolved over a window) for which
/// `condition` is not true fails the script.
package struct CheckNode: Sendable {
  package var input: LogicalPlan
  package var condition: Expression
  /// The condition as it is written.
  package var text: String
  package var message: String?
  /// True where the condition is about the whole table, not about each row.
  package var isAboutTable: Bool
  /// How many leading columns of the input belong to the user; further ones are the condition's own.
  package var visibleColumns: Int
  package var span: Span?

  package init(
    input: LogicalPlan, condition: Expression, text: String, message: String?, isAboutTable: Bool,
    visibleColumns: Int, span: Span?
  ) {
    self.input = input
    self.condition = condition
    self.text = text
    self.message = message
    self.isAboutTable = isAboutTable
    self.visibleColumns = visibleColumns
    self.span = span
  }
}
