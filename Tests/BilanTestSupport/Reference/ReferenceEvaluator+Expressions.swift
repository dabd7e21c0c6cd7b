import BilanSyntax

extension ReferenceEvaluator {
  func evaluate(_ expression: ExpressionSyntax, _ scope: Scope) throws(ReferenceError) -> Cell {
    switch expression.kind {
    case .integer(let value): return .integer(value)
    case .real(let value), .percent(let value): return .real(value)
    case .text(let text): return .text(text)
    case .boolean(let truth): return .boolean(truth)
    case .missing: return .missing
    case .period(let period): return Self.cell(period)
    case .duration(let count, let word):
      switch word {
      case .day: return .days(count)
      case .week: return .days(count * 7)
      case .month: return .months(count)
      case .quarter: return .months(count * 3)
      case .semester: return .months(count * 6)
      case .year: return .months(count * 12)
      }
    case .name(let name): return try named(name, scope)
    case .field(let base, let field):
      guard case .ratio(let ratio) = try evaluate(base, scope) else { return .missing }
      switch field.text {
      case "numerator": return ratio.reported > 0 ? .real(ratio.numerator) : .missing
      case "denominator": return ratio.reported > 0 ? .real(ratio.denominator) : .missing
      case "reported": return .integer(Int64(ratio.reported))
      default: return .integer(Int64(ratio.expected))
      }
    case .call(let call): return try self.call(call, scope)
    case .unary(.not, let operand): return .boolean(!(try evaluate(operand, scope).isTrue))
    case .unary(.negate, let operand): return try ReferenceArithmetic.negate(try evaluate(operand, scope))
    // What `has` decides spares the other side, whose columns may not be there.
    case .binary(.and, let left, _) where Self.isHas(left):
      guard try evaluate(left, scope).isTrue, case .binary(_, _, let right) = expression.kind else {
        return .boolean(false)
      }
      return .boolean(try evaluate(right, scope).isTrue)
    case .binary(.and, let left, let right):
      let first = try evaluate(left, scope).isTrue
      let second = try evaluate(right, scope).isTrue
      return .boolean(first && second)
    case .binary(.or, let left, let right):
      let first = try evaluate(left, scope).isTrue
      let second = try evaluate(right, scope).isTrue
      return .boolean(first || second)
    case .binary(.coalesce, let left, let right):
      let first = try evaluate(left, scope)
      return (first.isMissing ? try evaluate(right, scope) : first).converted(to: kind(expression, scope))
    case .binary(let symbol, let left, let right):
      return try ReferenceArithmetic.combine(try evaluate(left, scope), symbol, try evaluate(right, scope))
    case .comparison(let first, let links):
      var left = first
      var holds = true
      for link in links {
        if !(try compare(left, link.comparison, link.right, scope)) { holds = false }
        left = link.right
      }
      return .boolean(holds)
    case .isMissing(let operand, let negated): return .boolean(try evaluate(operand, scope).isMissing != negated)
    case .membership(let operand, let list, let negated):
      return .boolean(try isMember(operand, of: list, scope) != negated)
    case .conditional(let branches, let otherwise):
      for branch in branches where try evaluate(branch.condition, scope).isTrue {
        return try evaluate(branch.value, scope).converted(to: kind(expression, scope))
      }
      return try evaluate(otherwise, scope).converted(to: kind(expression, scope))
    case .parenthesized(let inner): return try evaluate(inner, scope)
    case .pipeline(let pipeline):
      let table = try run(pipeline, scope.definitions).table
      guard table.rows.count <= 1 else { throw .notSingle }
      return table.rows.first?[0] ?? .missing
    case .parameter, .range, .list, .invalid: throw .unsupported("expression")
    }
  }

  static func cell(_ period: PeriodSyntax) -> Cell {
    switch period {
    case .fiscalYear(let year): .period(ReferencePeriod(.fiscalYear, year: year, month: 1))
    case .semester(let year, let number): .period(ReferencePeriod(.semester, year: year, month: number * 6 - 5))
    case .quarter(let year, let number): .period(ReferencePeriod(.quarter, year: year, month: number * 3 - 2))
    case .month(let year, let month): .period(ReferencePeriod(.month, year: year, month: month))
    case .day(let year, let month, let day): .date(ReferenceCalendar.day(year, month, day))
    }
  }

  private static func isHas(_ expression: ExpressionSyntax) -> Bool {
    if case .call(let call) = expression.kind { call.name.text == "has" } else { false }
  }

  // MARK: Names

  private func named(_ name: Name, _ scope: Scope) throws(ReferenceError) -> Cell {
    if let argument = scope.arguments[name.text] {
      return try evaluate(argument.syntax, scope.leaving(to: argument))
    }
    if let row = scope.row {
      if let column = scope.column(name.text) { return row[column] }
    } else if let key = scope.key(name.text) {
      return key.cell
    }
    if let (definition, before) = scope.definition(name.text), case .expression(let body) = definition.body {
      return try evaluate(body, scope.entering(before, [:]))
    }
    if name.text == "count" {
      return try aggregate("count", CallSyntax(name: name, arguments: [], filter: nil, per: []), scope)
    }
    throw .unsupported("name \(name.text)")
  }

  // MARK: Comparisons

  func compare(
    _ left: ExpressionSyntax, _ comparison: ComparisonOperator, _ right: ExpressionSyntax, _ scope: Scope
  ) throws(ReferenceError) -> Bool {
    let first = try evaluate(left, scope)
    let second = try evaluate(right, scope)
    return Self.compare(first, comparison, second, kind(left, scope), kind(right, scope))
  }

  /// A comparison with a missing value is false, and `!=` is the exact negation of `=`; missing is missing.
  static func compare(
    _ first: Cell, _ comparison: ComparisonOperator, _ second: Cell, _ firstKind: Kind, _ secondKind: Kind
  ) -> Bool {
    let areTimes = [firstKind, secondKind].contains { $0 == .date || $0 == .period }
    let common = firstKind == secondKind ? firstKind : firstKind.common(secondKind)
    let (a, b) = (first.converted(to: common), second.converted(to: common))
    switch comparison {
    case .equal: return a.isSame(as: b)
    case .notEqual: return !a.isSame(as: b)
    default: break
    }
    if a.isMissing || b.isMissing { return false }
    if comparison == .contains {
      guard case .text(let text) = a, case .text(let part) = b else { return false }
      return ReferenceText.contains(text, part)
    }
    if areTimes, firstKind != secondKind, let (x, y) = intervals(a, b) {
      // A date against a period: before its start, after its end.
      switch comparison {
      case .less: return x.upperBound < y.lowerBound
      case .lessOrEqual: return x.lowerBound <= y.upperBound
      case .greater: return x.lowerBound > y.upperBound
      default: return x.upperBound >= y.lowerBound
      }
    }
    if areTimes, let (x, y) = intervals(a, b) {
      switch comparison {
      case .less: return x.upperBound < y.lowerBound
      case .lessOrEqual: return x.upperBound <= y.upperBound
      case .greater: return x.lowerBound > y.upperBound
      default: return x.lowerBound >= y.lowerBound
      }
    }
    switch comparison {
    case .less: return a.precedes(b)
    case .lessOrEqual: return !b.precedes(a)
    case .greater: return b.precedes(a)
    default: return !a.precedes(b)
    }
  }

  /// The first and last days of dates or periods.
  private static func intervals(_ first: Cell, _ second: Cell) -> (ClosedRange<Int>, ClosedRange<Int>)? {
    func interval(_ cell: Cell) -> ClosedRange<Int>? {
      switch cell {
      case .date(let day): day...day
      case .period(let period): period.first...period.last
      default: nil
      }
    }
    guard let a = interval(first), let b = interval(second) else { return nil }
    return (a, b)
  }

  private func isMember(
    _ operand: ExpressionSyntax, of list: ExpressionSyntax, _ scope: Scope
  ) throws(ReferenceError) -> Bool {
    switch list.kind {
    case .parenthesized(let inner): return try isMember(operand, of: inner, scope)
    case .range(let low, let high):
      // A period is in a range as a whole; a day at its end is a period of one day.
      let value = try evaluate(operand, scope)
      let (first, last) = (try evaluate(low, scope), try evaluate(high, scope))
      let (valueKind, lowKind, highKind) = (kind(operand, scope), kind(low, scope), kind(high, scope))
      func bound(_ cell: Cell, _ kind: Kind) -> (Cell, Kind) {
        valueKind == .period && kind != .period ? (cell.converted(to: .period), .period) : (cell, kind)
      }
      let (a, aKind) = bound(first, lowKind)
      let (b, bKind) = bound(last, highKind)
      return Self.compare(value, .greaterOrEqual, a, valueKind, aKind)
        && Self.compare(value, .lessOrEqual, b, valueKind, bKind)
    case .list(let items):
      for item in items where try isOne(operand, item, scope) { return true }
      return false
    case .pipeline(let pipeline):
      let table = try run(pipeline, scope.definitions).table
      let value = try evaluate(operand, scope)
      return table.rows.contains { Self.compare(value, .equal, $0[0], kind(operand, scope), table.columns[0].kind) }
    default: return try isOne(operand, list, scope)
    }
  }

  /// Inside a period where the item is one and the operand a date or a period, else equal.
  private func isOne(_ operand: ExpressionSyntax, _ item: ExpressionSyntax, _ scope: Scope) throws(ReferenceError)
    -> Bool
  {
    let value = try evaluate(operand, scope)
    let (valueKind, itemKind) = (kind(operand, scope), kind(item, scope))
    let member = try evaluate(item, scope)
    guard valueKind == .date || valueKind == .period, itemKind == .period || itemKind == .integer else {
      return Self.compare(value, .equal, member, valueKind, itemKind)
    }
    guard let (inner, outer) = Self.intervals(value, member.converted(to: .period)) else { return false }
    return outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
  }
}
