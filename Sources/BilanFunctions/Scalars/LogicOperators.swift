import BilanColumnar
import BilanDiagnostics

/// `not`, `and`, `or`, `??`, `is missing`, `if`. In a condition a missing truth value counts as false.
enum LogicOperators {
  static let names = ["not", "and", "or", "??", "is_missing", "select"]

  static func entry(_ name: String) -> FunctionEntry? {
    switch name {
    case "not":
      FunctionEntry(
        name, group: .operators, usage: "not a",
        summary: Localized("true where a is not true", fr: "vrai si a n'est pas vrai"), example: "not 1 = 2",
        kind: .scalar([
          ScalarOverload([Parameter("a", .exactly(.boolean))], .exactly(.boolean)) { arguments, _, context in
            .boolean(BooleanColumn(truth(arguments[0], context).inverted))
          }
        ]))
    case "and":
      FunctionEntry(
        name, group: .operators, usage: "a and b",
        summary: Localized("true where both are true", fr: "vrai si les deux sont vrais"),
        example: "1 < 2 and 2 < 3", kind: .scalar([binary { $0.and($1) }]))
    case "or":
      FunctionEntry(
        name, group: .operators, usage: "a or b",
        summary: Localized("true where at least one is true", fr: "vrai si l'un au moins est vrai"),
        example: "1 > 2 or 2 < 3", kind: .scalar([binary { $0.or($1) }]))
    case "??":
      FunctionEntry(
        name, group: .operators, usage: "a ?? b",
        summary: Localized("a, or b where a is missing", fr: "a, ou b si a manque"), example: "missing ?? 0",
        kind: .scalar([
          ScalarOverload([Parameter("a", .same), Parameter("b", .same)], .same) { arguments, types, context in
            let type = commonType(types)
            let first = arguments[0].typed(type, count: context.rowCount)
            guard let validity = first.validity else { return first }
            return SelectionKernels.select(validity, first, arguments[1].typed(type, count: context.rowCount))
          }
        ]))
    case "is_missing":
      FunctionEntry(
        name, group: .operators, usage: "a is missing",
        summary: Localized("true where a has no value", fr: "vrai si a n'a pas de valeur"),
        example: "1 / 0 is missing",
        kind: .scalar([
          ScalarOverload([Parameter("a", .any)], .exactly(.boolean)) { arguments, types, context in
            let valid = arguments[0].column(count: context.rowCount, type: types[0]).validity
            return .boolean(BooleanColumn(valid?.inverted ?? Bitmap(repeating: false, count: context.rowCount)))
          }
        ]))
    case "select":
      FunctionEntry(
        name, group: .operators, usage: "if c then a else b",
        summary: Localized("a where c is true, else b", fr: "a si c est vrai, sinon b"),
        example: "if 1 < 2 then \"yes\" else \"no\"",
        kind: .scalar([
          ScalarOverload(
            [Parameter("condition", .exactly(.boolean)), Parameter("a", .same), Parameter("b", .same)], .same
          ) { arguments, types, context in
            let type = commonType(Array(types.dropFirst()))
            return SelectionKernels.select(
              truth(arguments[0], context), arguments[1].typed(type, count: context.rowCount),
              arguments[2].typed(type, count: context.rowCount))
          }
        ]), isHidden: true)
    default: nil
    }
  }

  /// The type of arguments that the resolver has given one type, `missing` apart.
  static func commonType(_ types: [DataType]) -> DataType {
    let known = types.filter { $0 != .missing }
    guard let first = known.first else { return .missing }
    return known.allSatisfy { $0 == first } ? first : .real
  }

  private static func truth(_ operand: Operand, _ context: KernelContext) -> Bitmap {
    LogicKernels.truth(operand.booleans(count: context.rowCount))
  }

  private static func binary(_ combine: @escaping @Sendable (Bitmap, Bitmap) -> Bitmap) -> ScalarOverload {
    ScalarOverload([Parameter("a", .exactly(.boolean)), Parameter("b", .exactly(.boolean))], .exactly(.boolean)) {
      arguments, _, context in
      .boolean(BooleanColumn(combine(truth(arguments[0], context), truth(arguments[1], context))))
    }
  }
}
