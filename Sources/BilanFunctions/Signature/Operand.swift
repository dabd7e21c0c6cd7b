import BilanColumnar

/// An argument of a kernel: a column of the chunk's length, or one value for every row.
package enum Operand: Sendable {
  case column(Column)
  case constant(Value)

  /// The operand as a column of `count` rows of `type`.
  package func column(count: Int, type: DataType) -> Column {
    switch self {
    case .column(let column): column
    case .constant(let value): ColumnBuilder.constant(value, type: type, count: count)
    }
  }

  package var constant: Value? {
    if case .constant(let value) = self { value } else { nil }
  }
}

/// What a kernel may know besides its arguments.
package struct KernelContext: Sendable {
  /// The number of rows of the result.
  package var rowCount: Int
  /// What `today()` is.
  package var today: CalendarDate
  /// The first month of a fiscal year, 1 to 12.
  package var fiscalYearStart: Int

  package init(rowCount: Int, today: CalendarDate, fiscalYearStart: Int) {
    self.rowCount = rowCount
    self.today = today
    self.fiscalYearStart = fiscalYearStart
  }
}
