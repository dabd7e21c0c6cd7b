import BilanColumnar
import BilanDiagnostics

/// Conversions that the resolver puts in where types differ; nobody writes them.
enum Conversions {
  static let names = ["to_real", "day_to_date", "date_to_day", "year_to_period"]

  static func entry(_ name: String) -> FunctionEntry? {
    switch name {
    case "to_real":
      hidden(
        name, usage: "to_real(x)", Localized("the number in double precision", fr: "le nombre en double précision"),
        example: "1 + 0.5",
        [DataType.integer, .ratio, .real].map { type in
          ScalarOverload([Parameter("x", .exactly(type))], .exactly(.real)) { arguments, _, context in
            arguments[0].typed(.real, count: context.rowCount)
          }
        })
    case "day_to_date":
      hidden(
        name, usage: "day_to_date(period)",
        Localized("the day as a date; missing for longer periods", fr: "le jour comme date ; manquant si plus long"),
        example: "2019-04-15 + 1 day",
        [
          mapping(.period, .date) { encoded, _ in
            let period = Period(encoded: Int(encoded))
            return period.kind == .day ? Int64(period.start.days) : nil
          }
        ])
    case "date_to_day":
      hidden(
        name, usage: "date_to_day(date)", Localized("the date as a period", fr: "la date comme période"),
        example: "period(2019-04-15)",
        [mapping(.date, .period) { days, _ in Int64(Period.day(CalendarDate(days: Int(days))).encoded) }])
    case "year_to_period":
      hidden(
        name, usage: "year_to_period(year)",
        Localized(
          "the year as a period; missing outside 1 to 9999", fr: "l'année comme période ; manquante hors de 1 à 9999"),
        example: "2019-04-15 in 2019",
        [
          mapping(.integer, .period) { year, _ in
            (1...9999).contains(year) ? Int64(Period.year(Int(year)).encoded) : nil
          }
        ])
    default: nil
    }
  }

  /// A function of one value that is stored in an integer, with a result that is.
  static func mapping(
    _ type: DataType, _ result: DataType, _ function: @escaping @Sendable (Int64, KernelContext) -> Int64?
  ) -> ScalarOverload {
    ScalarOverload([Parameter("x", .exactly(type))], .exactly(result)) { arguments, _, context in
      .integer(DateKernels.apply(arguments[0].integers, count: context.rowCount) { function($0, context) })
    }
  }

  private static func hidden(
    _ name: String, usage: String, _ summary: Localized, example: String, _ overloads: [ScalarOverload]
  ) -> FunctionEntry {
    FunctionEntry(
      name, group: .conversion, usage: usage, summary: summary, example: example, kind: .scalar(overloads),
      isHidden: true)
  }
}
