import BilanColumnar
import BilanFunctions

extension ColumnCondition {
  /// What a condition asks of one column: what `expression` is true for meets it.
  ///
  /// - Returns: nil where it asks more than bounds can tell: of several columns, of texts by their order or by what is in
  ///   them, of a ratio.
  init?(_ expression: Expression) {
    switch expression.kind {
    case .column(let index) where expression.type == .boolean:
      self.init(column: index, .integers([1...1]))
    case .call(let call): self.init(call)
    case .column, .constant, .subquery, .inSubquery: return nil
    }
  }

  private init?(_ call: ScalarCall) {
    let arguments = call.arguments
    switch (call.name, arguments.count) {
    case ("is_missing", 1):
      guard let column = arguments[0].plainColumn else { return nil }
      self.init(column: column, .none, acceptsMissing: true)
    case ("not", 1):
      if let column = arguments[0].plainColumn, arguments[0].type == .boolean {
        // What is missing is not true.
        self.init(column: column, .integers([0...0]), acceptsMissing: true)
        return
      }
      guard case .call(let inner) = arguments[0].kind, inner.name == "is_missing", inner.arguments.count == 1,
        let column = inner.arguments[0].plainColumn
      else { return nil }
      self.init(column: column, .any)
    case ("or", 2):
      guard let first = ColumnCondition(arguments[0]), let second = ColumnCondition(arguments[1]),
        first.column == second.column, let values = first.values.union(second.values)
      else { return nil }
      self.init(column: first.column, values, acceptsMissing: first.acceptsMissing || second.acceptsMissing)
    case ("in", 2...):
      guard let operand = BoundOperand(arguments[0]) else { return nil }
      let listed = arguments.dropFirst().compactMap(\.constantValue)
      guard listed.count == arguments.count - 1, listed.count <= 1000 else { return nil }
      var values = Values.none
      for value in listed where value != .missing {
        guard let next = operand.values(.equal, value), let both = values.union(next) else { return nil }
        values = both
      }
      self.init(column: operand.column, values, acceptsMissing: listed.contains(.missing))
    case ("in_period", 2):
      guard let operand = BoundOperand(arguments[0]), case .period(let period)? = arguments[1].constantValue,
        let values = operand.values(within: period)
      else { return nil }
      self.init(column: operand.column, values)
    case (_, 2):
      guard let comparison = Comparison(symbol: call.name) else { return nil }
      if let value = arguments[1].constantValue {
        self.init(arguments[0], comparison, value)
      } else if let value = arguments[0].constantValue {
        self.init(arguments[1], comparison.mirrored, value)
      } else {
        return nil
      }
    default: return nil
    }
  }

  private init?(_ side: Expression, _ comparison: Comparison, _ value: Value) {
    guard let operand = BoundOperand(side) else { return nil }
    switch (comparison, value) {
    // Missing equals missing, and is in no order with anything.
    case (.equal, .missing): self.init(column: operand.column, .none, acceptsMissing: true)
    case (.notEqual, .missing): self.init(column: operand.column, .any)
    case (_, .missing): return nil
    default:
      guard let values = operand.values(comparison, value) else { return nil }
      self.init(column: operand.column, values, acceptsMissing: comparison == .notEqual)
    }
  }
}

/// A column, as it is or as its order survives a function of it.
private struct BoundOperand {
  enum Form {
    case asStored(DataType)
    /// Whole numbers as reals.
    case real
    /// The years of days.
    case year
  }

  let column: Int
  private let form: Form

  init?(_ expression: Expression) {
    if let column = expression.plainColumn {
      self.column = column
      form = .asStored(expression.type)
      return
    }
    guard case .call(let call) = expression.kind, call.arguments.count == 1,
      let column = call.arguments[0].plainColumn
    else { return nil }
    switch (call.name, call.arguments[0].type) {
    case ("to_real", .integer): form = .real
    case ("year", .date): form = .year
    default: return nil
    }
    self.column = column
  }

  /// Of the column, where the operand compares so with a value that is not missing.
  func values(_ comparison: Comparison, _ value: Value) -> ColumnCondition.Values? {
    switch (form, value) {
    case (.asStored(.integer), .integer(let value)), (.asStored(.duration), .duration(let value, _)):
      return .integers(Self.ranges(comparison, value...value))
    case (.asStored(.date), .date(let date)):
      return .integers(Self.ranges(comparison, Int64(date.days)...Int64(date.days)))
    case (.asStored(.date), .period(let period)):
      guard comparison != .equal, comparison != .notEqual else { return nil }
      return .integers(Self.ranges(comparison, Int64(period.start.days)...Int64(period.end.days)))
    case (.asStored(.period), .period(let period)):
      if comparison == .equal || comparison == .notEqual {
        return .integers(Self.ranges(comparison, Int64(period.encoded)...Int64(period.encoded)))
      }
      return .integers([Self.starts(comparison, period.start, period.end)])
    case (.asStored(.period), .date(let date)):
      guard comparison != .equal, comparison != .notEqual else { return nil }
      return .integers([Self.starts(comparison, date, date)])
    case (.asStored(.boolean), .boolean(let value)):
      let number: Int64 = value ? 1 : 0
      return .integers(Self.ranges(comparison, number...number))
    case (.asStored(.real), .real), (.asStored(.real), .integer), (.real, .real), (.real, .integer):
      let number: Double
      switch value {
      case .real(let value): number = value
      case .integer(let value): number = Double(value)
      default: return nil
      }
      guard number.isFinite else { return nil }
      return .reals(Self.ranges(comparison, number))
    case (.year, .integer(let year)):
      guard (-9999...9999).contains(year) else { return nil }
      let period = Period.year(Int(year))
      return .integers(Self.ranges(comparison, Int64(period.start.days)...Int64(period.end.days)))
    case (.asStored(.text), .text(let text)):
      // A text that was repaired when it was read is not where its bytes were.
      guard comparison == .equal, !text.unicodeScalars.contains("\u{FFFD}") else { return nil }
      return .texts([Array(text.utf8)])
    default: return nil
    }
  }

  /// Of the column, where the operand lies in a period.
  func values(within period: Period) -> ColumnCondition.Values? {
    switch form {
    case .asStored(.date): .integers([Int64(period.start.days)...Int64(period.end.days)])
    case .asStored(.period): .integers([Int64(period.start.days << 4)...Int64(period.end.days << 4 | 15)])
    default: nil
    }
  }

  /// What compares so with an interval: less than all of it, at most its end.
  private static func ranges(_ comparison: Comparison, _ value: ClosedRange<Int64>) -> [ClosedRange<Int64>] {
    let (low, high) = (value.lowerBound, value.upperBound)
    let below: [ClosedRange<Int64>] = low > .min ? [.min...(low - 1)] : []
    let above: [ClosedRange<Int64>] = high < .max ? [(high + 1)...(.max)] : []
    return switch comparison {
    case .equal: [value]
    case .notEqual: below + above
    case .less: below
    case .lessOrEqual: [.min...high]
    case .greater: above
    case .greaterOrEqual: [low...(.max)]
    }
  }

  private static func ranges(_ comparison: Comparison, _ value: Double) -> [ClosedRange<Double>] {
    let below = -Double.infinity...value.nextDown
    let above = value.nextUp...Double.infinity
    return switch comparison {
    case .equal: [value...value]
    case .notEqual: [below, above]
    case .less: [below]
    case .lessOrEqual: [-Double.infinity...value]
    case .greater: [above]
    case .greaterOrEqual: [value...Double.infinity]
    }
  }

  /// Of periods, which stand in the order of their first days: those that may compare so with an interval of days,
  /// whichever side they are on. What ends before a day began before it; what does not end before it began within the
  /// longest period before it: `2019-Q3 <= p` looks at last days, `p >= 2019-Q3` at first ones.
  private static func starts(_ comparison: Comparison, _ first: CalendarDate, _ last: CalendarDate) -> ClosedRange<
    Int64
  > {
    switch comparison {
    case .less: .min...Int64(first.days << 4 - 1)
    case .lessOrEqual: .min...Int64(last.days << 4 | 15)
    case .greater: Int64((last.days + 1) << 4)...(.max)
    case .greaterOrEqual: Int64(min(first.days, last.days - 366) << 4)...(.max)
    case .equal, .notEqual: .min...(.max)
    }
  }
}

extension ColumnCondition.Values {
  /// What either allows; nil where they are of kinds that do not meet.
  fileprivate func union(_ other: ColumnCondition.Values) -> ColumnCondition.Values? {
    switch (self, other) {
    case (.any, _), (_, .any): .any
    case (.none, let values), (let values, .none): values
    case (.integers(let own), .integers(let theirs)): .integers(own + theirs)
    case (.reals(let own), .reals(let theirs)): .reals(own + theirs)
    case (.texts(let own), .texts(let theirs)): .texts(own + theirs)
    default: nil
    }
  }
}

extension Expression {
  fileprivate var plainColumn: Int? { if case .column(let index) = kind { index } else { nil } }
}
