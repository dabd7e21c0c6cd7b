import BilanColumnar
import BilanDiagnostics

/// Functions of dates and periods.
enum DateFunctions {
  static let names = [
    "year", "fiscal_year", "semester", "quarter", "month", "quarter_number", "month_number", "week", "weekday", "start",
    "end", "days_between", "months_between", "today",
  ]

  static func entry(_ name: String) -> FunctionEntry? { parts(name) ?? distances(name) }

  private static func parts(_ name: String) -> FunctionEntry? {
    switch name {
    case "year":
      entry(
        name, "year(x)",
        Localized(
          "the year of a date, or in which a period starts, as a number",
          fr: "l'année d'une date, ou du début d'une période, comme nombre"), example: "year(2019-04-15)",
        [
          Conversions.mapping(.date, .integer) { days, _ in Int64(CalendarDate(days: Int(days)).year) },
          Conversions.mapping(.period, .integer) { encoded, _ in Int64(Period(encoded: Int(encoded)).start.year) },
        ])
    case "fiscal_year":
      entry(
        name, "fiscal_year(x)",
        Localized(
          "the fiscal year of a date or of a period within it, as a period, FY2019; its first month is a setting",
          fr:
            "l'exercice d'une date ou d'une période qu'il contient, comme période, FY2019, dont le premier mois se règle"
        ),
        example: "fiscal_year(2019-04-15)",
        [
          Conversions.mapping(.date, .period) { days, context in
            Int64(fiscalYear(of: CalendarDate(days: Int(days)), context).encoded)
          },
          Conversions.mapping(.period, .period) { encoded, context in
            let period = Period(encoded: Int(encoded))
            let year = fiscalYear(of: period.start, context)
            return year.end < period.end ? nil : Int64(year.encoded)
          },
        ])
    case "semester":
      entry(
        name, "semester(x)",
        Localized(
          "the semester of a date or of a period within it, as a period: 2019-S1",
          fr: "le semestre d'une date ou d'une période qu'il contient, comme période : 2019-S1"),
        example: "semester(2019-04-15)", containing(.semester))
    case "quarter":
      entry(
        name, "quarter(x)",
        Localized(
          "the quarter of a date or of a period within it, as a period: 2019-Q3",
          fr: "le trimestre d'une date ou d'une période qu'il contient, comme période : 2019-Q3"),
        example: "quarter(2019-04-15)", containing(.quarter))
    case "month":
      entry(
        name, "month(x)",
        Localized(
          "the month of a date or of a day, as a period: 2019-04",
          fr: "le mois d'une date ou d'un jour, comme période : 2019-04"),
        example: "month(2019-04-15)", containing(.month))
    case "quarter_number":
      entry(
        name, "quarter_number(x)",
        Localized(
          "the quarter of the year as a number, 1 to 4, of a date or of a period within it",
          fr: "le trimestre de l'année comme nombre, de 1 à 4, d'une date ou d'une période qu'il contient"),
        example: "quarter_number(2019-04-15)", number(.quarter))
    case "month_number":
      entry(
        name, "month_number(x)",
        Localized(
          "the month of the year as a number, 1 to 12, of a date, a day or a month",
          fr: "le mois de l'année comme nombre, de 1 à 12, d'une date, d'un jour ou d'un mois"),
        example: "month_number(2019-04-15)", number(.month))
    case "week":
      entry(
        name, "week(date)",
        Localized("the week of the year by ISO 8601, 1 to 53", fr: "la semaine de l'année selon ISO 8601, de 1 à 53"),
        example: "week(2019-04-15)",
        [Conversions.mapping(.date, .integer) { days, _ in Int64(CalendarDate(days: Int(days)).week) }])
    case "weekday":
      entry(
        name, "weekday(date)",
        Localized("the day of the week, Monday 1 to Sunday 7", fr: "le jour de la semaine, de lundi 1 à dimanche 7"),
        example: "weekday(2019-04-15)",
        [Conversions.mapping(.date, .integer) { days, _ in Int64(CalendarDate(days: Int(days)).weekday) }])
    case "start":
      entry(
        name, "start(period)", Localized("the first day of a period", fr: "le premier jour d'une période"),
        example: "start(2019-Q3)",
        [Conversions.mapping(.period, .date) { encoded, _ in Int64(Period(encoded: Int(encoded)).start.days) }])
    case "end":
      entry(
        name, "end(period)", Localized("the last day of a period", fr: "le dernier jour d'une période"),
        example: "end(2019-Q3)",
        [Conversions.mapping(.period, .date) { encoded, _ in Int64(Period(encoded: Int(encoded)).end.days) }])
    default: nil
    }
  }

  private static func distances(_ name: String) -> FunctionEntry? {
    switch name {
    case "days_between":
      entry(
        name, "days_between(a, b)",
        Localized(
          "the days from a to b as a number, negative where b is earlier",
          fr: "les jours de a à b comme nombre, négatif si b est avant"),
        example: "days_between(2019-01-01, 2019-03-01)",
        [
          ScalarOverload([Parameter("a", .exactly(.date)), Parameter("b", .exactly(.date))], .exactly(.integer)) {
            arguments, _, context throws(KernelError) in
            .integer(
              try IntegerKernels.subtract(arguments[1].integers, arguments[0].integers, count: context.rowCount))
          }
        ])
    case "months_between":
      entry(
        name, "months_between(a, b)",
        Localized(
          "the whole months from a to b, negative where b is earlier",
          fr: "les mois entiers de a à b, négatif si b est avant"),
        example: "months_between(2019-01-31, 2019-03-30)",
        [
          ScalarOverload([Parameter("a", .exactly(.date)), Parameter("b", .exactly(.date))], .exactly(.integer)) {
            arguments, _, context in
            .integer(
              DateKernels.monthsBetween(arguments[0].integers, arguments[1].integers, count: context.rowCount))
          }
        ])
    case "today":
      entry(
        name, "today()", Localized("the day on which the query runs", fr: "le jour où la requête s'exécute"),
        example: "today()",
        [
          ScalarOverload([], .exactly(.date)) { _, _, context in
            .integer(IntegerColumn(Buffer(repeating: Int64(context.today.days), count: context.rowCount)))
          }
        ])
    default: nil
    }
  }

  private static func containing(_ kind: Period.Kind) -> [ScalarOverload] {
    [
      Conversions.mapping(.date, .period) { days, _ in
        Int64(Period(kind, containing: CalendarDate(days: Int(days))).encoded)
      },
      // A longer period lies in none of them.
      Conversions.mapping(.period, .period) { encoded, _ in
        let period = Period(encoded: Int(encoded))
        guard period.kind.monthCount <= kind.monthCount else { return nil }
        return Int64(Period(kind, containing: period.start).encoded)
      },
    ]
  }

  /// Which of its year's the date's or the period's is, from 1.
  private static func number(_ kind: Period.Kind) -> [ScalarOverload] {
    [
      Conversions.mapping(.date, .integer) { days, _ in
        Int64((CalendarDate(days: Int(days)).month - 1) / kind.monthCount + 1)
      },
      Conversions.mapping(.period, .integer) { encoded, _ in
        let period = Period(encoded: Int(encoded))
        guard period.kind.monthCount <= kind.monthCount else { return nil }
        return Int64((period.start.month - 1) / kind.monthCount + 1)
      },
    ]
  }

  private static func fiscalYear(of date: CalendarDate, _ context: KernelContext) -> Period {
    Period(.fiscalYear, containing: date, firstMonth: context.fiscalYearStart)
  }

  private static func entry(
    _ name: String, _ usage: String, _ summary: Localized, example: String, _ overloads: [ScalarOverload]
  ) -> FunctionEntry {
    FunctionEntry(name, group: .dates, usage: usage, summary: summary, example: example, kind: .scalar(overloads))
  }
}
