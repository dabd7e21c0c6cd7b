import BilanColumnar
import BilanDiagnostics

/// `= != < <= > >= ~ in` and containment in a period: always true or false.
enum ComparisonOperators {
  static let names = ["=", "!=", "<", "<=", ">", ">=", "~", "in", "in_period"]

  static func entry(_ name: String) -> FunctionEntry? {
    switch name {
    case "=":
      comparison(
        name, .equal,
        Localized(
          "true where both are the same; missing equals missing",
          fr: "vrai si les deux sont identiques ; manquant égale manquant"), example: "\"Oriental\" = \"oriental\"")
    case "!=":
      comparison(
        name, .notEqual,
        Localized(
          "true where `=` is false, so also where only one side is missing",
          fr: "vrai si `=` est faux, donc aussi si un seul côté manque"), example: "2 != 3")
    case "<":
      comparison(
        name, .less,
        Localized(
          "true where a comes before b: smaller, earlier; of periods, where a ends before b begins",
          fr: "vrai si a vient avant b : plus petit, plus tôt ; pour des périodes, si a finit avant que b commence"),
        example: "2019-04-15 < 2019-Q3")
    case "<=":
      comparison(
        name, .lessOrEqual,
        Localized(
          "true where a does not come after b; between periods, where a ends no later than b",
          fr: "vrai si a ne vient pas après b ; entre périodes, si a ne finit pas plus tard que b"), example: "2 <= 2")
    case ">":
      comparison(
        name, .greater,
        Localized(
          "true where a comes after b: larger, later; of periods, where a begins after b ends",
          fr: "vrai si a vient après b : plus grand, plus tard ; pour des périodes, si a commence après la fin de b"),
        example: "3 > 2.5")
    case ">=":
      comparison(
        name, .greaterOrEqual,
        Localized(
          "true where a does not come before b; between periods, where a begins no earlier than b",
          fr: "vrai si a ne vient pas avant b ; entre périodes, si a ne commence pas plus tôt que b"),
        example: "2019-07-01 >= 2019-Q3")
    case "~":
      FunctionEntry(
        name, group: .operators, usage: "a ~ b",
        summary: Localized(
          "true where text a contains b, case and accents apart",
          fr: "vrai si le texte a contient b, sans égard à la casse ni aux accents"),
        example: "\"Fès-Meknès\" ~ \"fes\"", kind: .scalar([search]))
    case "in":
      FunctionEntry(
        name, group: .operators, usage: "a in [b, c]",
        summary: Localized(
          "true where a is one of a list, within a range or within a period",
          fr: "vrai si a est dans une liste, dans un intervalle ou dans une période"),
        example: "3 in [1, 3, 5]", kind: .scalar([membership]))
    case "in_period":
      FunctionEntry(
        name, group: .operators, usage: "a in p",
        summary: Localized(
          "true where the whole of date or period a lies in period p",
          fr: "vrai si la date ou la période a est tout entière dans la période p"),
        example: "2019-04-15 in 2019", kind: .scalar([containment(.date), containment(.period)]), isHidden: true)
    default: nil
    }
  }

  private static func comparison(
    _ symbol: String, _ comparison: Comparison, _ summary: Localized, example: String
  ) -> FunctionEntry {
    let patterns: [(TypePattern, TypePattern)]
    switch comparison {
    case .equal, .notEqual: patterns = [(.same, .same), (.exactly(.real), .exactly(.real))]
    default:
      patterns = [
        (.sameOrdered, .sameOrdered), (.exactly(.real), .exactly(.real)), (.exactly(.boolean), .exactly(.boolean)),
        (.exactly(.date), .exactly(.period)), (.exactly(.period), .exactly(.date)),
      ]
    }
    let overloads = (patterns + [(.exactly(.period), .exactly(.period))]).map { first, second in
      ScalarOverload([Parameter("a", first), Parameter("b", second)], .exactly(.boolean)) { arguments, types, context in
        .boolean(BooleanColumn(compare(arguments[0], types[0], comparison, arguments[1], types[1], context.rowCount)))
      }
    }
    return FunctionEntry(
      symbol, group: .operators, usage: "a \(symbol) b", summary: summary, example: example, kind: .scalar(overloads))
  }

  /// Compares two operands of one type, or a date and a period.
  static func compare(
    _ lhs: Operand, _ leftType: DataType, _ comparison: Comparison, _ rhs: Operand, _ rightType: DataType, _ count: Int
  ) -> Bitmap {
    switch (leftType == .missing ? rightType : leftType, rightType == .missing ? leftType : rightType) {
    case (.text, _), (_, .text): return compareTexts(lhs, comparison, rhs, count)
    case (.boolean, _), (_, .boolean):
      return ComparisonKernels.compare(lhs.booleans(count: count), comparison, rhs.booleans(count: count), count: count)
    case (.real, _), (_, .real), (.ratio, _), (_, .ratio): return compareReals(lhs, comparison, rhs, count)
    case (.period, .date):
      return DateKernels.compare(
        rhs.integers, lhsIsPeriod: false, comparison.mirrored, lhs.integers, rhsIsPeriod: true, count: count)
    case (.date, .period):
      return DateKernels.compare(
        lhs.integers, lhsIsPeriod: false, comparison, rhs.integers, rhsIsPeriod: true, count: count)
    case (.period, .period) where comparison != .equal && comparison != .notEqual:
      return DateKernels.compare(
        lhs.integers, lhsIsPeriod: true, comparison, rhs.integers, rhsIsPeriod: true, count: count)
    default: return compareIntegers(lhs, comparison, rhs, count)
    }
  }

  private static func compareReals(_ lhs: Operand, _ comparison: Comparison, _ rhs: Operand, _ count: Int) -> Bitmap {
    var bits: Bitmap?
    switch (lhs, rhs) {
    case (.column(.real(let column)), .constant(let value)):
      bits = value.number.flatMap { ComparisonKernels.compareWholes(column, comparison, $0) }
    case (.constant(let value), .column(.real(let column))):
      bits = value.number.flatMap { ComparisonKernels.compareWholes(column, comparison.mirrored, $0) }
    default: break
    }
    return bits ?? ComparisonKernels.compare(lhs.reals, comparison, rhs.reals, count: count)
  }

  private static func compareIntegers(
    _ lhs: Operand, _ comparison: Comparison, _ rhs: Operand, _ count: Int
  ) -> Bitmap {
    switch (lhs, rhs) {
    case (.column(.integer(let column)), .constant(let value)):
      if let value = value.storedInteger { return ComparisonKernels.compare(column, comparison, value) }
    case (.constant(let value), .column(.integer(let column))):
      if let value = value.storedInteger { return ComparisonKernels.compare(column, comparison.mirrored, value) }
    default: break
    }
    return ComparisonKernels.compare(lhs.integers, comparison, rhs.integers, count: count)
  }

  private static func compareTexts(_ lhs: Operand, _ comparison: Comparison, _ rhs: Operand, _ count: Int) -> Bitmap {
    switch (lhs, rhs) {
    case (.column(.text(let column)), .constant(.text(let text))):
      TextKernels.compare(column, comparison, text)
    case (.constant(.text(let text)), .column(.text(let column))):
      TextKernels.compare(column, comparison.mirrored, text)
    default: TextKernels.compare(lhs.texts(count: count), comparison, rhs.texts(count: count))
    }
  }

  private static var search: ScalarOverload {
    ScalarOverload([Parameter("a", .exactly(.text)), Parameter("b", .exactly(.text))], .exactly(.boolean)) {
      arguments, types, context throws(KernelError) in
      let count = context.rowCount
      guard case .constant(let pattern) = arguments[1] else {
        let found = try mapDistinct(arguments, types, context, .boolean) { values throws(KernelError) in
          let dictionary = TextDictionary([values[0].string ?? ""])
          return .boolean(TextSearch(folded: values[1].string ?? "").matches(dictionary, 0))
        }
        guard case .boolean(let bits) = found else { return found }
        return .boolean(BooleanColumn(LogicKernels.truth(bits)))
      }
      guard let text = pattern.string else { return .boolean(BooleanColumn(Bitmap(repeating: false, count: count))) }
      return .boolean(BooleanColumn(TextSearch(folded: text).rows(of: arguments[0].texts(count: count))))
    }
  }

  private static var membership: ScalarOverload {
    ScalarOverload(
      [Parameter("a", .same), Parameter("values", .same, mustBeConstant: true, isRepeated: true)], .exactly(.boolean)
    ) { arguments, types, context in
      let values = arguments.dropFirst().compactMap(\.constant)
      let orMissing = values.contains(.missing)
      let type = types.first { $0 != .missing } ?? .missing
      let bits: Bitmap
      switch arguments[0].typed(type == .ratio ? .real : type, count: context.rowCount) {
      case .integer(let column):
        bits = ComparisonKernels.isMember(column.wide, of: values.compactMap(\.storedInteger), orMissing: orMissing)
      case .real(let column):
        bits = ComparisonKernels.isMember(column.wide, of: values.compactMap(\.number), orMissing: orMissing)
      case .text(let column):
        bits = TextKernels.isMember(column, of: values.compactMap(\.string), orMissing: orMissing)
      case .boolean(let column):
        bits = values.reduce(Bitmap(repeating: false, count: context.rowCount)) { found, value in
          let other = ColumnBuilder.constant(value, type: .boolean, count: context.rowCount)
          guard case .boolean(let constant) = other else { return found }
          return found.or(ComparisonKernels.compare(column, .equal, constant, count: context.rowCount))
        }
      case .ratio: bits = Bitmap(repeating: false, count: context.rowCount)
      }
      return .boolean(BooleanColumn(bits))
    }
  }

  private static func containment(_ type: DataType) -> ScalarOverload {
    ScalarOverload([Parameter("a", .exactly(type)), Parameter("period", .exactly(.period))], .exactly(.boolean)) {
      arguments, _, context in
      .boolean(
        BooleanColumn(
          DateKernels.contained(
            arguments[0].integers, in: arguments[1].integers, valuesArePeriods: type == .period,
            count: context.rowCount)))
    }
  }
}

extension Comparison {
  /// The comparison that an operator is the name of; nil for any other name.
  package init?(symbol: String) {
    switch symbol {
    case "=": self = .equal
    case "!=": self = .notEqual
    case "<": self = .less
    case "<=": self = .lessOrEqual
    case ">": self = .greater
    case ">=": self = .greaterOrEqual
    default: return nil
    }
  }
}
