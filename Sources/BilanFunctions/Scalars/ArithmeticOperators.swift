import BilanColumnar
import BilanDiagnostics

/// `+ - * /` and the unary minus.
enum ArithmeticOperators {
  static let names = ["+", "-", "*", "/", "negate"]

  static func entry(_ name: String) -> FunctionEntry? {
    switch name {
    case "+":
      FunctionEntry(
        name, group: .operators, usage: "a + b",
        summary: Localized(
          "the sum; joins texts; moves a date by a duration and a period by a number of periods",
          fr: "la somme ; joint des textes ; décale une date d'une durée et une période d'un nombre de périodes"),
        example: "2019-01-31 + 1 month", kind: .scalar(additions))
    case "-":
      FunctionEntry(
        name, group: .operators, usage: "a - b",
        summary: Localized(
          "the difference; between two dates it is a duration in days",
          fr: "la différence ; entre deux dates, c'est une durée en jours"),
        example: "2019-Q3 - 1", kind: .scalar(subtractions))
    case "*":
      FunctionEntry(
        name, group: .operators, usage: "a * b",
        summary: Localized("the product", fr: "le produit"), example: "6 * 7", kind: .scalar(multiplications))
    case "/":
      FunctionEntry(
        name, group: .operators, usage: "a / b",
        summary: Localized(
          "the real quotient; missing where the divisor is zero",
          fr: "le quotient réel ; manquant si le diviseur est zéro"),
        example: "7 / 2", kind: .scalar(divisions))
    case "negate":
      FunctionEntry(
        name, group: .operators, usage: "-a",
        summary: Localized("the opposite", fr: "l'opposé"), example: "-(3 + 4)", kind: .scalar(negations))
    default: nil
    }
  }

  private static var additions: [ScalarOverload] {
    [
      integers(.integer, .integer, .integer, IntegerKernels.add, narrow: .add), reals(RealKernels.add),
      ScalarOverload([Parameter("a", .exactly(.text)), Parameter("b", .exactly(.text))], .exactly(.text)) {
        arguments, types, context throws(KernelError) in
        try mapDistinct(arguments, types, context, .text) { values throws(KernelError) in
          .text((values[0].string ?? "") + (values[1].string ?? ""))
        }
      },
      moving(.date, by: .days, DateKernels.addDays), moving(.date, by: .months, DateKernels.addMonths),
      exchanged(moving(.date, by: .days, DateKernels.addDays)),
      exchanged(moving(.date, by: .months, DateKernels.addMonths)),
      durations(.days, IntegerKernels.add), durations(.months, IntegerKernels.add),
      advancing, exchanged(advancing),
    ]
  }

  private static var subtractions: [ScalarOverload] {
    [
      integers(.integer, .integer, .integer, IntegerKernels.subtract, narrow: .subtract), reals(RealKernels.subtract),
      integers(.date, .date, .duration(.days), IntegerKernels.subtract),
      moving(.date, by: .days) { dates, days, count throws(KernelError) in
        DateKernels.addDays(dates, try opposite(days, count), count: count)
      },
      moving(.date, by: .months) { dates, months, count throws(KernelError) in
        DateKernels.addMonths(dates, try opposite(months, count), count: count)
      },
      integers(.period, .integer, .period) { periods, steps, count throws(KernelError) in
        DateKernels.advance(periods, by: try opposite(steps, count), count: count)
      },
      durations(.days, IntegerKernels.subtract), durations(.months, IntegerKernels.subtract),
    ]
  }

  private static var multiplications: [ScalarOverload] {
    [integers(.integer, .integer, .integer, IntegerKernels.multiply, narrow: .multiply), reals(RealKernels.multiply)]
      + [DurationUnit.days, .months].flatMap { unit in
        [
          integers(.duration(unit), .integer, .duration(unit), IntegerKernels.multiply),
          integers(.integer, .duration(unit), .duration(unit), IntegerKernels.multiply),
        ]
      }
  }

  private static var divisions: [ScalarOverload] {
    [reals(RealKernels.divide)]
      + [DurationUnit.days, .months].map { unit in
        ScalarOverload(
          [Parameter("a", .exactly(.duration(unit))), Parameter("b", .exactly(.duration(unit)))], .exactly(.real)
        ) { arguments, _, context in
          .real(RealKernels.divide(durationReals(arguments[0]), durationReals(arguments[1]), count: context.rowCount))
        }
      }
  }

  private static var negations: [ScalarOverload] {
    [DataType.integer, .duration(.days), .duration(.months)].map { type in
      ScalarOverload([Parameter("a", .exactly(type))], .exactly(type)) { arguments, _, context throws(KernelError) in
        .integer(try IntegerKernels.subtract(.constant(0), arguments[0].integers, count: context.rowCount))
      }
    } + [
      ScalarOverload([Parameter("a", .exactly(.real))], .exactly(.real)) { arguments, _, context in
        .real(RealKernels.negate(arguments[0].reals, count: context.rowCount))
      }
    ]
  }

  private typealias IntegerKernel =
    @Sendable (Input<Int64>, Input<Int64>, Int) throws(KernelError) -> PrimitiveColumn<Int64>

  private static func integers(
    _ first: DataType, _ second: DataType, _ result: DataType, _ kernel: @escaping IntegerKernel,
    narrow: IntegerKernels.NarrowOperation? = nil
  ) -> ScalarOverload {
    ScalarOverload([Parameter("a", .exactly(first)), Parameter("b", .exactly(second))], .exactly(result)) {
      arguments, _, context throws(KernelError) in
      if let narrow, let result = self.narrow(arguments[0], narrow, arguments[1]) { return .integer(result) }
      return .integer(try kernel(arguments[0].integers, arguments[1].integers, context.rowCount))
    }
  }

  /// The result where neither operand has more than 32 bits; else nil.
  private static func narrow(
    _ lhs: Operand, _ operation: IntegerKernels.NarrowOperation, _ rhs: Operand
  ) -> IntegerColumn? {
    guard case .column(.integer(let left)) = lhs else { return nil }
    switch rhs {
    case .column(.integer(let right)): return IntegerKernels.narrow(left, operation, right)
    case .constant(.integer(let right)): return IntegerKernels.narrow(left, operation, right)
    default: return nil
    }
  }

  private static func durations(_ unit: DurationUnit, _ kernel: @escaping IntegerKernel) -> ScalarOverload {
    integers(.duration(unit), .duration(unit), .duration(unit), kernel)
  }

  private static func moving(
    _ type: DataType, by unit: DurationUnit, _ kernel: @escaping IntegerKernel
  ) -> ScalarOverload {
    integers(type, .duration(unit), type, kernel)
  }

  private static var advancing: ScalarOverload {
    integers(.period, .integer, .period) { periods, steps, count in
      DateKernels.advance(periods, by: steps, count: count)
    }
  }

  /// The same overload with its arguments the other way round.
  private static func exchanged(_ overload: ScalarOverload) -> ScalarOverload {
    let kernel = overload.kernel
    return ScalarOverload(overload.parameters.reversed(), overload.result) {
      arguments, types, context throws(KernelError) in
      try kernel(arguments.reversed(), types.reversed(), context)
    }
  }

  private static func reals(
    _ kernel: @escaping @Sendable (Input<Double>, Input<Double>, Int) -> PrimitiveColumn<Double>
  ) -> ScalarOverload {
    ScalarOverload([Parameter("a", .exactly(.real)), Parameter("b", .exactly(.real))], .exactly(.real)) {
      arguments, _, context in
      .real(kernel(arguments[0].reals, arguments[1].reals, context.rowCount))
    }
  }

  private static func opposite(_ input: Input<Int64>, _ count: Int) throws(KernelError) -> Input<Int64> {
    switch input {
    case .missing: .missing
    case .constant(let value) where value != .min: .constant(-value)
    default: .column(try IntegerKernels.subtract(.constant(0), input, count: count))
    }
  }

  /// Durations of one unit as plain numbers.
  private static func durationReals(_ operand: Operand) -> Input<Double> {
    switch operand.integers {
    case .missing: .missing
    case .constant(let value): .constant(Double(value))
    case .column(let column): .column(RealKernels.fromIntegers(IntegerColumn(column)))
    }
  }
}
