import BilanColumnar
import BilanFunctions

/// An overload that fits given arguments, and the arguments as it wants them.
struct OverloadMatch {
  /// One expression a parameter, repeated ones in place.
  var arguments: [Expression]
  var parameters: [Parameter]
  var resultType: DataType
  var cost: Int
}

/// Why no overload fits.
enum OverloadMismatch {
  case count
  case unknownLabel(Int)
  /// The argument at this position has the wrong type; what was expected instead.
  case type(position: Int, expected: [TypePattern])
  /// Arguments that should be of one kind are not.
  case noCommonType([Int])
}

/// Binds arguments to parameters and converts them: whole number to real, ratio to its value, year to period, day to
/// period, `missing` to anything.
struct OverloadMatching {
  /// The conversion and what it costs; nil where there is none.
  func convert(_ expression: Expression, to type: DataType) -> (expression: Expression, cost: Int)? {
    if expression.type == type { return (expression, 0) }
    switch (expression.type, type) {
    case (.missing, _):
      return (Expression(.constant(.missing), type: type, span: expression.span), 0)
    case (.integer, .real):
      if case .integer(let value)? = expression.constantValue {
        return (.constant(.real(Double(value)), span: expression.span), 1)
      }
      return call("to_real", [expression], .real, cost: 1)
    case (.ratio, .real): return call("to_real", [expression], .real, cost: 2)
    case (.integer, .period):
      guard case .integer(let year)? = expression.constantValue, (1...9999).contains(year) else { return nil }
      return (.constant(.period(.year(Int(year))), span: expression.span), 3)
    case (.date, .period):
      if case .date(let date)? = expression.constantValue {
        return (.constant(.period(.day(date)), span: expression.span), 2)
      }
      return call("date_to_day", [expression], .period, cost: 2)
    case (.period, .date):
      guard case .period(let period)? = expression.constantValue, period.kind == .day else { return nil }
      return (.constant(.date(period.start), span: expression.span), 2)
    case (.list, .list):
      // What holds the elements of both reads the elements of each.
      var expression = expression
      expression.type = type
      return (expression, 1)
    default: return nil
    }
  }

  private func call(
    _ name: String, _ arguments: [Expression], _ type: DataType, cost: Int
  ) -> (expression: Expression, cost: Int)? {
    guard case .scalar(let overloads)? = FunctionTable.entry(named: name)?.kind,
      let overload = overloads.first(where: { overload in
        guard case .exactly(let wanted)? = overload.parameters.first?.pattern else { return true }
        return wanted == arguments[0].type
      })
    else { return nil }
    let expression = Expression(
      .call(ScalarCall(name: name, overload: overload, arguments: arguments)), type: type, span: arguments[0].span)
    return (expression, cost)
  }

  /// The type that all can become; nil where there is none, `missing` where all are missing.
  func commonType(_ expressions: [Expression], ordered: Bool = false) -> DataType? {
    var common: DataType = .missing
    for expression in expressions {
      let type = ordered && expression.type == .ratio ? .real : expression.type
      switch (common, type) {
      case (_, .missing): break
      case (.missing, _): common = type
      case (let known, type) where known == type: break
      case (.integer, .real), (.real, .integer), (.integer, .ratio), (.ratio, .integer), (.real, .ratio),
        (.ratio, .real):
        common = .real
      case (.date, .period), (.period, .date): common = .period
      case (.list(let one), .list(let other)): common = .list(one.merged(with: other))
      case (.integer, .period), (.period, .integer), (.integer, .date), (.date, .integer): common = .period
      default: return nil
      }
    }
    if expressions.contains(where: { convert($0, to: common) == nil }) { return nil }
    return common
  }

  /// The cheapest of `overloads` for the arguments; ties go to the first.
  func best<Overload>(
    of overloads: [Overload], parameters: (Overload) -> [Parameter], result: (Overload) -> ResultType,
    arguments: [(label: String?, expression: Expression)]
  ) -> Result<(Overload, OverloadMatch), MismatchError> {
    var best: (Overload, OverloadMatch)?
    var mismatches: [OverloadMismatch] = []
    for overload in overloads {
      switch match(parameters(overload), result(overload), arguments) {
      case .success(let match):
        // Nothing is cheaper than no conversion.
        if match.cost == 0 { return .success((overload, match)) }
        if match.cost < best?.1.cost ?? Int.max { best = (overload, match) }
      case .failure(let mismatch): mismatches.append(mismatch.mismatch)
      }
    }
    if let best { return .success(best) }
    return .failure(MismatchError(mismatch: merge(mismatches)))
  }

  struct MismatchError: Error { var mismatch: OverloadMismatch }

  /// The most telling of several mismatches: types before counts, the furthest argument first.
  private func merge(_ mismatches: [OverloadMismatch]) -> OverloadMismatch {
    var furthest = -1
    var expected: [TypePattern] = []
    var noCommon: [Int]?
    var badLabel: Int?
    for mismatch in mismatches {
      switch mismatch {
      case .type(let position, let patterns):
        if position > furthest {
          furthest = position
          expected = patterns
        } else if position == furthest {
          expected += patterns.filter { !expected.contains($0) }
        }
      case .noCommonType(let positions): noCommon = positions
      case .unknownLabel(let position): badLabel = position
      case .count: break
      }
    }
    if let badLabel { return .unknownLabel(badLabel) }
    if let noCommon { return .noCommonType(noCommon) }
    if furthest >= 0 { return .type(position: furthest, expected: expected) }
    return .count
  }

  private func match(
    _ parameters: [Parameter], _ result: ResultType, _ arguments: [(label: String?, expression: Expression)]
  ) -> Result<OverloadMatch, MismatchError> {
    func failure(_ mismatch: OverloadMismatch) -> Result<OverloadMatch, MismatchError> {
      .failure(MismatchError(mismatch: mismatch))
    }
    // Bind: positions first, labels by name, the last parameter again and again where it may be.
    var bound: [(parameter: Parameter, expression: Expression, position: Int)] = []
    var slots = [Int?](repeating: nil, count: parameters.count)
    var extra: [Int] = []
    var next = 0
    for (position, argument) in arguments.enumerated() {
      if let label = argument.label {
        guard let slot = parameters.firstIndex(where: { $0.name == label }), slots[slot] == nil else {
          return failure(.unknownLabel(position))
        }
        slots[slot] = position
      } else if next < parameters.count {
        slots[next] = position
        next += 1
      } else if parameters.last?.isRepeated == true {
        extra.append(position)
      } else {
        return failure(.count)
      }
    }
    for (slot, parameter) in parameters.enumerated() {
      if let position = slots[slot] {
        bound.append((parameter, arguments[position].expression, position))
      } else if let value = parameter.defaultValue {
        bound.append((parameter, .constant(value), slot))
      } else if !(parameter.isRepeated && slot == parameters.count - 1 && slot > 0) {
        return failure(.count)
      }
    }
    if let last = parameters.last {
      for position in extra { bound.append((last, arguments[position].expression, position)) }
    }

    // One type for all that must agree.
    let same = bound.filter { $0.parameter.pattern == .same || $0.parameter.pattern == .sameOrdered }
    let ordered = same.contains { $0.parameter.pattern == .sameOrdered }
    guard let common = commonType(same.map(\.expression), ordered: ordered) else {
      return failure(.noCommonType(same.map(\.position)))
    }
    if ordered, common == .boolean || common.list != nil {
      return failure(.type(position: same[0].position, expected: [.sameOrdered]))
    }

    var converted: [Expression] = []
    var cost = 0
    for (parameter, expression, position) in bound {
      let wanted: DataType
      switch parameter.pattern {
      case .exactly(let type): wanted = type
      case .same, .sameOrdered: wanted = common
      case .any: wanted = expression.type
      case .anyDuration:
        switch expression.type {
        case .duration, .missing: wanted = expression.type
        default: return failure(.type(position: position, expected: [.anyDuration]))
        }
      case .anyList:
        guard expression.type.list != nil || expression.type == .missing else {
          return failure(.type(position: position, expected: [.anyList]))
        }
        wanted = expression.type == .missing ? .list(ListType([])) : expression.type
      case .element:
        guard let element = converted.first?.type.list?.parts.first(where: \.name.isEmpty) else {
          return failure(.type(position: position, expected: [.element]))
        }
        wanted = element.type == .missing ? expression.type : element.type
      }
      guard let conversion = convert(expression, to: wanted) else {
        return failure(.type(position: position, expected: [parameter.pattern]))
      }
      if parameter.mustBeConstant, conversion.expression.constantValue == nil {
        return failure(.type(position: position, expected: [parameter.pattern]))
      }
      converted.append(conversion.expression)
      cost += conversion.cost
    }
    let type: DataType
    switch result {
    case .exactly(let exact): type = exact
    case .same: type = common
    case .argument(let position): type = converted[position].type
    }
    return .success(
      OverloadMatch(arguments: converted, parameters: bound.map(\.parameter), resultType: type, cost: cost))
  }
}
