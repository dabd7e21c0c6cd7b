import BilanColumnar
import BilanDiagnostics

/// The functions that make one value of a group of rows.
enum AggregateFunctions {
  static let names = [
    "count", "count_distinct", "sum", "mean", "median", "quantile", "min", "max", "stddev", "variance", "ratio",
    "share",
    "pool", "first", "last", "only", "any", "all", "mode", "list", "correlation", "weighted_mean", "mean_ci_low",
    "mean_ci_high",
  ]

  static func entry(_ name: String) -> FunctionEntry? {
    counting(name) ?? numeric(name) ?? spread(name) ?? ratio(name) ?? picking(name)
  }

  private static func counting(_ name: String) -> FunctionEntry? {
    switch name {
    case "count":
      return entry(
        name, "count, count(x)",
        Localized(
          "how many rows there are, or how many have a value of x",
          fr: "le nombre de lignes, ou de lignes où x a une valeur"),
        example: "from results | summarize count, count(actual)", rowForm: .one,
        [
          AggregateOverload([], .exactly(.integer)) { _, _ in CountAccumulator() },
          AggregateOverload([Parameter("x", .any)], .exactly(.integer)) { _, _ in CountAccumulator() },
        ])
    case "count_distinct":
      return entry(
        name, "count_distinct(x)",
        Localized("how many different values there are", fr: "le nombre de valeurs différentes"),
        example: "from results | summarize count_distinct(region) by programme", rowForm: .presence,
        [
          AggregateOverload([Parameter("x", .any)], .exactly(.integer)) { types, _ in
            DistinctAccumulator(types[0], .count)
          }
        ])
    case "any", "all":
      let isAll = name == "all"
      return entry(
        name, "\(name)(condition)",
        isAll
          ? Localized(
            "whether a condition holds for every row where it is known",
            fr: "si une condition est vraie pour toutes les lignes où elle est connue")
          : Localized(
            "whether a condition holds for at least one row", fr: "si une condition est vraie pour une ligne au moins"),
        example: "from enterprises | summarize \(name)(jobs_created >= 4) by legal_form", rowForm: .argument,
        [
          AggregateOverload([Parameter("condition", .exactly(.boolean))], .exactly(.boolean)) { _, _ in
            TruthAccumulator(isAll: isAll)
          }
        ])
    default: return nil
    }
  }

  private static func numeric(_ name: String) -> FunctionEntry? {
    switch name {
    case "sum":
      return entry(
        name, "sum(x)",
        Localized("the total; missing where there is no value", fr: "le total ; manquant s'il n'y a aucune valeur"),
        example: "from disbursements | summarize sum(amount_eur) by funder", rowForm: .argument,
        [DataType.integer, .duration(.days), .duration(.months)].map { type in
          AggregateOverload([Parameter("x", .exactly(type))], .exactly(type)) { _, _ in IntegerSumAccumulator(.sum) }
        } + [overReals(.exactly(.real)) { _ in RealSumAccumulator(.sum) }])
    case "mean":
      return entry(
        name, "mean(x)", Localized("the arithmetic mean", fr: "la moyenne arithmétique"),
        example: "from survey | summarize mean(monthly_income) by wave, group", rowForm: .argument,
        [
          AggregateOverload([Parameter("x", .exactly(.integer))], .exactly(.real)) { _, _ in
            IntegerSumAccumulator(.mean)
          },
          overReals(.exactly(.real)) { _ in RealSumAccumulator(.mean) },
        ])
    case "median":
      return entry(
        name, "median(x)",
        Localized(
          "the middle value, or the mean of the two middle ones",
          fr: "la valeur du milieu, ou la moyenne des deux du milieu"),
        example: "from survey | summarize median(monthly_income) by wave, group", rowForm: .argument,
        [overReals(.exactly(.real)) { _ in QuantileAccumulator(0.5) }])
    case "quantile":
      return entry(
        name, "quantile(x, q)",
        Localized(
          "the value below which a share q of the values lies, interpolated linearly (type 7)",
          fr: "la valeur sous laquelle se trouve une part q des valeurs, par interpolation linéaire (type 7)"),
        example: "from survey | summarize quantile(monthly_income, 90%) by wave", rowForm: .argument,
        [
          overReals(.exactly(.real), constants: [Parameter("q", .exactly(.real), mustBeConstant: true, domain: .share)])
          { constants in
            QuantileAccumulator(constants.first?.number)
          }
        ])
    case "min", "max":
      let isMax = name == "max"
      return entry(
        name, "\(name)(x)",
        isMax
          ? Localized(
            "the largest value: number, date, period or last text in order",
            fr: "la plus grande valeur : nombre, date, période ou dernier texte dans l'ordre")
          : Localized(
            "the smallest value: number, date, period or first text in order",
            fr: "la plus petite valeur : nombre, date, période ou premier texte dans l'ordre"),
        example: "from enterprises | summarize \(name)(created) by programme", rowForm: .argument,
        [
          AggregateOverload([Parameter("x", .sameOrdered)], .same) { types, _ in extreme(types[0], isMax) },
          overReals(.exactly(.real)) { _ in RealExtremeAccumulator(isMax: isMax) },
        ])
    case "correlation":
      return entry(
        name, "correlation(x, y)",
        Localized(
          "Pearson's correlation over the rows that have both",
          fr: "la corrélation de Pearson sur les lignes qui ont les deux"),
        example: "from survey | summarize correlation(hours_worked, monthly_income) by wave", rowForm: .missing,
        [
          AggregateOverload([Parameter("x", .exactly(.real)), Parameter("y", .exactly(.real))], .exactly(.real)) {
            _, _ in
            CorrelationAccumulator()
          }
        ])
    case "weighted_mean":
      return entry(
        name, "weighted_mean(x, weight)",
        Localized(
          "the mean with weights, over the rows that have both",
          fr: "la moyenne pondérée, sur les lignes qui ont les deux"),
        example: "from survey | summarize weighted_mean(monthly_income, weight) by wave, group", rowForm: .argument,
        [
          AggregateOverload([Parameter("x", .exactly(.real)), Parameter("weight", .exactly(.real))], .exactly(.real)) {
            _, _ in WeightedMeanAccumulator()
          }
        ])
    default: return nil
    }
  }

  private static func spread(_ name: String) -> FunctionEntry? {
    switch name {
    case "stddev":
      return entry(
        name, "stddev(x)",
        Localized(
          "the standard deviation of a sample (divided by n - 1)",
          fr: "l'écart type d'un échantillon (divisé par n - 1)"),
        example: "from survey | summarize stddev(monthly_income) by wave", rowForm: .missing,
        [overReals(.exactly(.real)) { _ in MomentsAccumulator(.standardDeviation) }])
    case "variance":
      return entry(
        name, "variance(x)",
        Localized(
          "the variance of a sample (divided by n - 1)", fr: "la variance d'un échantillon (divisée par n - 1)"),
        example: "from survey | summarize variance(monthly_income) by wave", rowForm: .missing,
        [overReals(.exactly(.real)) { _ in MomentsAccumulator(.variance) }])
    case "mean_ci_low", "mean_ci_high":
      let isLow = name == "mean_ci_low"
      return entry(
        name, "\(name)(x, level)",
        isLow
          ? Localized(
            "the lower limit of the mean's confidence interval (Student's t)",
            fr: "la borne basse de l'intervalle de confiance de la moyenne (t de Student)")
          : Localized(
            "the upper limit of the mean's confidence interval (Student's t)",
            fr: "la borne haute de l'intervalle de confiance de la moyenne (t de Student)"),
        example: "from results | summarize \(isLow ? "ci_low" : "ci_high")(mean(actual))", rowForm: .missing,
        [
          overReals(
            .exactly(.real),
            constants: [Parameter("level", .exactly(.real), default: .real(0.95), mustBeConstant: true, domain: .level)]
          ) { constants in
            let level = constants.isEmpty ? 0.95 : constants[0].number ?? 0
            return MomentsAccumulator(isLow ? .meanLow(level: level) : .meanHigh(level: level))
          }
        ], isHidden: true)
    default: return nil
    }
  }

  private static func ratio(_ name: String) -> FunctionEntry? {
    switch name {
    case "ratio":
      return entry(
        name, "ratio(a, b)",
        Localized(
          "the total of a over the total of b, over the rows that have both; keeps its parts and its coverage",
          fr: "le total de a sur celui de b, sur les lignes qui ont les deux ; garde ses parties et sa couverture"),
        example: "from enterprises | summarize ratio(jobs_women, jobs_created) by programme",
        rowForm: .scalar("row_ratio"),
        [
          AggregateOverload([Parameter("a", .exactly(.real)), Parameter("b", .exactly(.real))], .exactly(.ratio)) {
            _, _ in
            RatioAccumulator(.pair)
          }
        ])
    case "share":
      return entry(
        name, "share(condition)",
        Localized(
          "the rows for which a condition holds, of the rows where it is known",
          fr: "les lignes où une condition est vraie, parmi celles où elle est connue"),
        example: "from survey | summarize share(has_bank_account) by wave, group", rowForm: .scalar("row_share"),
        [
          AggregateOverload([Parameter("condition", .exactly(.boolean))], .exactly(.ratio)) { _, _ in
            RatioAccumulator(.condition)
          }
        ])
    case "pool":
      return entry(
        name, "pool(r)",
        Localized("ratios added up by their parts", fr: "des ratios additionnés par leurs parties"),
        example:
          "from enterprises | summarize r = ratio(jobs_women, jobs_created) by programme, sector | summarize pool(r) by programme",
        rowForm: .argument,
        [
          AggregateOverload([Parameter("r", .exactly(.ratio))], .exactly(.ratio)) { _, _ in RatioAccumulator(.ratios) }
        ])
    default: return nil
    }
  }

  private static func picking(_ name: String) -> FunctionEntry? {
    switch name {
    case "first", "last":
      let isLast = name == "last"
      return entry(
        name, "\(name)(x)",
        isLast
          ? Localized("the last value, in the order of the rows", fr: "la dernière valeur, dans l'ordre des lignes")
          : Localized("the first value, in the order of the rows", fr: "la première valeur, dans l'ordre des lignes"),
        example: "from disbursements | sort date | summarize \(name)(date) by funder", rowForm: .argument,
        [
          AggregateOverload([Parameter("x", .any)], .argument(0)) { types, _ in EndAccumulator(types[0], isLast: isLast)
          }
        ])
    case "only":
      return entry(
        name, "only(x)",
        Localized(
          "the one value that all rows share, else missing",
          fr: "la valeur que toutes les lignes partagent, sinon manquant"),
        example: "from results | summarize only(unit), only(measure) by direction", rowForm: .argument,
        [AggregateOverload([Parameter("x", .any)], .argument(0)) { types, _ in OnlyAccumulator(types[0]) }])
    case "mode":
      return entry(
        name, "mode(x)",
        Localized(
          "the most frequent value; of several the first in order",
          fr: "la valeur la plus fréquente ; de plusieurs, la première dans l'ordre"),
        example: "from enterprises | summarize mode(sector) by programme", rowForm: .argument,
        [
          AggregateOverload([Parameter("x", .sameOrdered)], .same) { types, _ in DistinctAccumulator(types[0], .mode) },
          AggregateOverload([Parameter("x", .exactly(.boolean))], .exactly(.boolean)) { types, _ in
            DistinctAccumulator(.boolean, .mode)
          },
          overReals(.exactly(.real)) { _ in DistinctAccumulator(.real, .mode) },
        ])
    case "list":
      return entry(
        name, "list(x)",
        Localized(
          "the different values as one text, in order of first appearance",
          fr: "les différentes valeurs en un seul texte, par ordre d'apparition"),
        example: "from disbursements | summarize list(category) by funder", rowForm: .scalar("text"),
        [
          AggregateOverload([Parameter("x", .any)], .exactly(.text)) { types, _ in DistinctAccumulator(types[0], .list)
          }
        ])
    default: return nil
    }
  }

  private static func entry(
    _ name: String, _ usage: String, _ summary: Localized, example: String, rowForm: RowForm,
    _ overloads: [AggregateOverload], isHidden: Bool = false
  ) -> FunctionEntry {
    FunctionEntry(
      name, group: .aggregates, usage: usage, summary: summary, example: example,
      kind: .aggregate(overloads, rowForm: rowForm), isHidden: isHidden)
  }

  private static func overReals(
    _ result: ResultType, constants: [Parameter] = [],
    _ makeAccumulator: @escaping @Sendable ([Value]) -> any Accumulator
  ) -> AggregateOverload {
    AggregateOverload([Parameter("x", .exactly(.real))] + constants, result) { _, constants in
      makeAccumulator(constants)
    }
  }

  private static func extreme(_ type: DataType, _ isMax: Bool) -> any Accumulator {
    switch type {
    case .real, .ratio: RealExtremeAccumulator(isMax: isMax)
    case .text: TextExtremeAccumulator(isMax: isMax)
    default: IntegerExtremeAccumulator(isMax: isMax)
    }
  }
}
