import BilanColumnar
import BilanDiagnostics
import BilanStatistics

/// Ratios on rows: the row forms of `ratio` and `share`, the parts of a ratio, its confidence limits.
enum RatioFunctions {
  static let names = [
    "row_ratio", "row_share", "numerator", "denominator", "reported", "expected", "ratio_ci_low", "ratio_ci_high",
  ]

  static func entry(_ name: String) -> FunctionEntry? {
    switch name {
    case "row_ratio":
      hidden(
        name, "row_ratio(a, b)",
        Localized("the ratio of one row: `ratio` over it alone", fr: "le ratio d'une ligne : `ratio` sur elle seule"),
        example: "from results | where ratio(actual, target) > 110%",
        [
          ScalarOverload([Parameter("a", .exactly(.real)), Parameter("b", .exactly(.real))], .exactly(.ratio)) {
            arguments, _, context throws(KernelError) in
            try perRow(.pair, arguments, context)
          }
        ])
    case "row_share":
      hidden(
        name, "row_share(condition)",
        Localized("the share of one row: `share` over it alone", fr: "la part d'une ligne : `share` sur elle seule"),
        example: "from results | add met = share(actual >= target)",
        [
          ScalarOverload([Parameter("condition", .exactly(.boolean))], .exactly(.ratio)) {
            arguments, _, context throws(KernelError) in
            try perRow(.condition, arguments, context)
          }
        ])
    case "numerator":
      hidden(
        name, "r.numerator", Localized("what a ratio counts", fr: "ce qu'un ratio compte"),
        example: "from results | summarize r = ratio(actual, target) | add n = r.numerator",
        [part(.real) { .real(PrimitiveColumn($0.numerators, validity: hasReports($0))) }])
    case "denominator":
      hidden(
        name, "r.denominator", Localized("what a ratio counts against", fr: "ce à quoi un ratio rapporte"),
        example: "from results | summarize r = ratio(actual, target) | add d = r.denominator",
        [part(.real) { .real(PrimitiveColumn($0.denominators, validity: hasReports($0))) }])
    case "reported":
      hidden(
        name, "r.reported",
        Localized("the rows that a ratio rests on", fr: "les lignes sur lesquelles un ratio repose"),
        example: "from results | summarize r = ratio(actual, target) | add n = r.reported",
        [part(.integer) { .integer(IntegerColumn($0.reported)) }])
    case "expected":
      hidden(
        name, "r.expected",
        Localized("the rows that a ratio should rest on", fr: "les lignes sur lesquelles un ratio devrait reposer"),
        example: "from results | summarize r = ratio(actual, target) | add n = r.expected",
        [part(.integer) { .integer(IntegerColumn($0.expected)) }])
    case "ratio_ci_low":
      hidden(
        name, "ratio_ci_low(r, level)",
        Localized("the lower limit of a share by Wilson", fr: "la borne basse d'une part selon Wilson"),
        example: "from results | summarize ci_low(share(actual >= target))", [limit(isLow: true)])
    case "ratio_ci_high":
      hidden(
        name, "ratio_ci_high(r, level)",
        Localized("the upper limit of a share by Wilson", fr: "la borne haute d'une part selon Wilson"),
        example: "from results | summarize ci_high(share(actual >= target))", [limit(isLow: false)])
    default: nil
    }
  }

  /// The aggregate with each row a group of its own, so that a measure means the same on a row as on a group.
  private static func perRow(
    _ source: RatioAccumulator.Source, _ arguments: [Operand], _ context: KernelContext
  ) throws(KernelError) -> Column {
    let accumulator = RatioAccumulator(source)
    accumulator.grow(to: context.rowCount)
    try accumulator.update(
      arguments, groups: filled(context.rowCount, with: 0) { UInt32(truncatingIfNeeded: $0) },
      rowCount: context.rowCount)
    return try accumulator.finish(
      rowCounts: [Int64](repeating: 1, count: context.rowCount), workers: .one)
  }

  private static func hasReports(_ ratios: RatioColumn) -> Bitmap? {
    let reported = ratios.reported.span
    let bits = Bitmap(count: reported.count) { reported[$0] > 0 }
    return bits.allOnes ? nil : bits
  }

  private static func part(_ type: DataType, _ read: @escaping @Sendable (RatioColumn) -> Column) -> ScalarOverload {
    ScalarOverload([Parameter("r", .exactly(.ratio))], .exactly(type)) { arguments, _, context in
      guard let ratios = arguments[0].ratios(count: context.rowCount) else {
        return ColumnBuilder.constant(.missing, type: type, count: context.rowCount)
      }
      return read(ratios)
    }
  }

  /// Missing where the ratio is none of counts: its numerator below zero or above its denominator.
  private static func limit(isLow: Bool) -> ScalarOverload {
    let level = Parameter("level", .exactly(.real), default: .real(0.95), mustBeConstant: true, domain: .level)
    return ScalarOverload([Parameter("r", .exactly(.ratio)), level], .exactly(.real)) { arguments, _, context in
      let level = arguments.count > 1 ? arguments[1].constant?.number ?? 0 : 0.95
      guard let ratios = arguments[0].ratios(count: context.rowCount) else {
        return ColumnBuilder.constant(.missing, type: .real, count: context.rowCount)
      }
      return .reals(count: context.rowCount) { row in
        let ratio = ratios[row]
        guard ratio.reported > 0,
          let limits = ConfidenceInterval.wilson(
            successes: ratio.numerator, trials: ratio.denominator, level: level)
        else { return nil }
        return isLow ? limits.low : limits.high
      }
    }
  }

  private static func hidden(
    _ name: String, _ usage: String, _ summary: Localized, example: String, _ overloads: [ScalarOverload]
  ) -> FunctionEntry {
    FunctionEntry(
      name, group: .results, usage: usage, summary: summary, example: example, kind: .scalar(overloads), isHidden: true)
  }
}
