import BilanColumnar
import BilanDiagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Functions of numbers.
enum NumberFunctions {
  static let names = [
    "round", "abs", "floor", "ceil", "sqrt", "ln", "log10", "exp", "power", "clamp", "least", "greatest", "div", "mod",
  ]

  static func entry(_ name: String) -> FunctionEntry? { rounding(name) ?? analysis(name) ?? choice(name) }

  private static func rounding(_ name: String) -> FunctionEntry? {
    switch name {
    case "round":
      return entry(
        name, "round(x, digits = 0)",
        Localized(
          "x rounded to that many decimals, halves away from zero; tens and hundreds where negative",
          fr: "x arrondi à ce nombre de décimales, les moitiés en s'éloignant de zéro ; dizaines, centaines si négatif"),
        example: "round(2.567, 1)",
        [DataType.integer, .real].map { type in
          let digits = Parameter("digits", .exactly(.integer), default: .integer(0), mustBeConstant: true)
          return ScalarOverload([Parameter("x", .exactly(type)), digits], .exactly(type)) {
            arguments, _, context throws(KernelError) in
            guard case .integer(let digits) = arguments.count > 1 ? arguments[1].constant : .integer(0) else {
              return ColumnBuilder.constant(.missing, type: type, count: context.rowCount)
            }
            let places = Int(max(-400, min(400, digits)))
            return type == .real
              ? .real(RealKernels.round(arguments[0].reals, digits: places, count: context.rowCount))
              : .integer(try IntegerKernels.round(arguments[0].integers, digits: places, count: context.rowCount))
          }
        })
    case "abs":
      return entry(
        name, "abs(x)", Localized("x without its sign", fr: "x sans son signe"), example: "abs(-3)",
        [
          ScalarOverload([Parameter("x", .exactly(.integer))], .exactly(.integer)) {
            arguments, _, context throws(KernelError) in
            .integer(try IntegerKernels.magnitude(arguments[0].integers, count: context.rowCount))
          },
          ScalarOverload([Parameter("x", .exactly(.real))], .exactly(.real)) { arguments, _, context in
            .real(RealKernels.magnitude(arguments[0].reals, count: context.rowCount))
          },
        ])
    case "floor":
      return entry(
        name, "floor(x)", Localized("the next whole number below", fr: "le nombre entier juste en dessous"),
        example: "floor(-2.5)", whole(.down))
    case "ceil":
      return entry(
        name, "ceil(x)", Localized("the next whole number above", fr: "le nombre entier juste au-dessus"),
        example: "ceil(2.1)", whole(.up))
    default: return nil
    }
  }

  private static func analysis(_ name: String) -> FunctionEntry? {
    switch name {
    case "sqrt":
      entry(
        name, "sqrt(x)",
        Localized("the square root; missing below zero", fr: "la racine carrée ; manquante sous zéro"),
        example: "sqrt(2)",
        [
          ScalarOverload([Parameter("x", .exactly(.real))], .exactly(.real)) { arguments, _, context in
            .real(RealKernels.squareRoot(arguments[0].reals, count: context.rowCount))
          }
        ])
    case "ln":
      entry(
        name, "ln(x)",
        Localized(
          "the natural logarithm; missing unless x is above zero",
          fr: "le logarithme naturel ; manquant sauf si x dépasse zéro"), example: "ln(10)", real { log($0) })
    case "log10":
      entry(
        name, "log10(x)",
        Localized(
          "the logarithm to base 10; missing unless x is above zero",
          fr: "le logarithme en base 10 ; manquant sauf si x dépasse zéro"), example: "log10(1000)",
        real { log10($0) })
    case "exp":
      entry(
        name, "exp(x)", Localized("e to the power x", fr: "e à la puissance x"), example: "exp(1)", real { exp($0) })
    case "power":
      entry(
        name, "power(x, y)",
        Localized(
          "x to the power y; missing where that is no number",
          fr: "x à la puissance y ; manquant si ce n'est pas un nombre"),
        example: "power(1.05, 10)",
        [
          ScalarOverload([Parameter("x", .exactly(.real)), Parameter("y", .exactly(.real))], .exactly(.real)) {
            arguments, _, context in
            .real(RealKernels.apply(arguments[0].reals, arguments[1].reals, count: context.rowCount) { pow($0, $1) })
          }
        ])
    case "div":
      entry(
        name, "div(a, b)",
        Localized(
          "the whole quotient, rounded down; missing where b is zero",
          fr: "le quotient entier, arrondi vers le bas ; manquant si b est zéro"), example: "div(7, 2)",
        [
          integers { a, b, count throws(KernelError) in try IntegerKernels.floorDivide(a, b, count: count) }
        ])
    case "mod":
      entry(
        name, "mod(a, b)",
        Localized(
          "what the whole division leaves, with the sign of b; missing where b is zero",
          fr: "le reste de la division entière, du signe de b ; manquant si b est zéro"), example: "mod(-7, 3)",
        [integers { a, b, count in IntegerKernels.floorRemainder(a, b, count: count) }])
    default: nil
    }
  }

  private static func choice(_ name: String) -> FunctionEntry? {
    switch name {
    case "clamp":
      entry(
        name, "clamp(x, low, high)",
        Localized("x held between two limits", fr: "x maintenu entre deux bornes"), example: "clamp(130, 0, 100)",
        [(TypePattern.sameOrdered, ResultType.same), (.exactly(.real), .exactly(.real))].map { pattern, result in
          ScalarOverload([Parameter("x", pattern), Parameter("low", pattern), Parameter("high", pattern)], result) {
            arguments, types, context in
            let type = orderedType(types)
            let columns = arguments.map { $0.typed(type, count: context.rowCount) }
            let raised = choose(.greaterOrEqual, columns[0], columns[1], type)
            return choose(.lessOrEqual, raised, columns[2], type)
          }
        })
    case "least":
      entry(
        name, "least(a, b, …)",
        Localized("the smallest; missing where one is", fr: "le plus petit ; manquant si l'un manque"),
        example: "least(3, 1, 2)", choices(.lessOrEqual))
    case "greatest":
      entry(
        name, "greatest(a, b, …)",
        Localized("the largest; missing where one is", fr: "le plus grand ; manquant si l'un manque"),
        example: "greatest(3, 1, 2)", choices(.greaterOrEqual))
    default: nil
    }
  }

  private static func choices(_ comparison: Comparison) -> [ScalarOverload] {
    [(TypePattern.sameOrdered, ResultType.same), (.exactly(.real), .exactly(.real))].map { pattern, result in
      ScalarOverload([Parameter("a", pattern), Parameter("b", pattern, isRepeated: true)], result) {
        arguments, types, context in
        let type = orderedType(types)
        var best = arguments[0].typed(type, count: context.rowCount)
        for argument in arguments.dropFirst() {
          best = choose(comparison, best, argument.typed(type, count: context.rowCount), type)
        }
        return best
      }
    }
  }

  private static func orderedType(_ types: [DataType]) -> DataType {
    let type = LogicOperators.commonType(types)
    return type == .ratio ? .real : type
  }

  /// The one that compares so with the other, in the order of `sort`; missing where either is.
  private static func choose(_ comparison: Comparison, _ lhs: Column, _ rhs: Column, _ type: DataType) -> Column {
    let stored: DataType = type == .text || type == .real ? type : .integer
    let mask = ComparisonOperators.compare(.column(lhs), stored, comparison, .column(rhs), stored, lhs.count)
    var result = SelectionKernels.select(mask, lhs, rhs)
    for validity in [lhs.validity, rhs.validity] { if let validity { result = result.masked(by: validity) } }
    return result
  }

  private static func whole(_ rule: FloatingPointRoundingRule) -> [ScalarOverload] {
    [
      ScalarOverload([Parameter("x", .exactly(.integer))], .exactly(.integer)) { arguments, _, context in
        arguments[0].typed(.integer, count: context.rowCount)
      },
      ScalarOverload([Parameter("x", .exactly(.real))], .exactly(.integer)) {
        arguments, _, context throws(KernelError) in
        if case .column(.real(let column)) = arguments[0], let whole = RealKernels.whole(column, rule) {
          return .integer(whole)
        }
        return .integer(try RealKernels.whole(arguments[0].reals, rule, count: context.rowCount))
      },
    ]
  }

  private static func real(_ function: @escaping @Sendable (Double) -> Double) -> [ScalarOverload] {
    [
      ScalarOverload([Parameter("x", .exactly(.real))], .exactly(.real)) { arguments, _, context in
        .real(RealKernels.apply(arguments[0].reals, count: context.rowCount, function))
      }
    ]
  }

  private static func integers(
    _ kernel:
      @escaping @Sendable (Input<Int64>, Input<Int64>, Int) throws(KernelError) -> PrimitiveColumn<Int64>
  ) -> ScalarOverload {
    ScalarOverload([Parameter("a", .exactly(.integer)), Parameter("b", .exactly(.integer))], .exactly(.integer)) {
      arguments, _, context throws(KernelError) in
      .integer(try kernel(arguments[0].integers, arguments[1].integers, context.rowCount))
    }
  }

  private static func entry(
    _ name: String, _ usage: String, _ summary: Localized, example: String, _ overloads: [ScalarOverload]
  ) -> FunctionEntry {
    FunctionEntry(name, group: .numbers, usage: usage, summary: summary, example: example, kind: .scalar(overloads))
  }
}
