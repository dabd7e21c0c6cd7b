import BilanColumnar
import BilanDiagnostics

/// Conversions that a query writes.
enum ConversionFunctions {
  static let names = ["number", "text", "date", "period", "as_percent", "as_number", "missing_if"]

  static func entry(_ name: String) -> FunctionEntry? {
    switch name {
    case "number":
      return entry(
        name, "number(x)",
        Localized(
          "the number that a text holds (`1 234,5`, `1,234.5`, `12 %`), 1 or 0 of a truth value, the value of a ratio",
          fr:
            "le nombre qu'un texte contient (`1 234,5`, `1,234.5`, `12 %`), 1 ou 0 d'une valeur de vérité, la valeur d'un ratio"
        ),
        example: "number(\"1 234,5\")",
        [
          ScalarOverload([Parameter("x", .exactly(.text))], .exactly(.real)) {
            arguments, types, context throws(KernelError) in
            try mapDistinct(arguments, types, context, .real) { values throws(KernelError) in
              NumberText.parse(values[0].string ?? "").map(Value.real) ?? .missing
            }
          },
          ScalarOverload([Parameter("x", .exactly(.boolean))], .exactly(.integer)) { arguments, _, context in
            let column = arguments[0].booleans(count: context.rowCount)
            let one = ColumnBuilder.constant(.integer(1), type: .integer, count: context.rowCount)
            let zero = ColumnBuilder.constant(.integer(0), type: .integer, count: context.rowCount)
            let numbers = SelectionKernels.select(column.values, one, zero)
            return column.validity.map { numbers.masked(by: $0) } ?? numbers
          },
          ScalarOverload([Parameter("x", .exactly(.integer))], .exactly(.integer)) { arguments, _, context in
            arguments[0].typed(.integer, count: context.rowCount)
          },
          ScalarOverload([Parameter("x", .exactly(.real))], .exactly(.real)) { arguments, _, context in
            arguments[0].typed(.real, count: context.rowCount)
          },
        ])
    case "text":
      return entry(
        name, "text(x)",
        Localized("the value as a text, unrounded", fr: "la valeur comme texte, sans arrondi"),
        example: "text(2019-Q3)",
        [
          ScalarOverload([Parameter("x", .any)], .exactly(.text)) { arguments, types, context throws(KernelError) in
            if types[0].list != nil { return arguments[0].column(count: context.rowCount, type: types[0]).joinedLists }
            return try mapDistinct(arguments, types, context, .text) { values throws(KernelError) in
              if case .ratio(let ratio) = values[0], ratio.value == nil { return .missing }
              return .text(ValueText.describe(values[0]))
            }
          }
        ])
    case "date":
      return entry(
        name, "date(text, format = \"yyyy-mm-dd\")",
        Localized(
          "the date that a text holds, in a format of `yyyy`, `yy`, `mm`, `m`, `dd`, `d`",
          fr: "la date qu'un texte contient, selon un format de `yyyy`, `yy`, `mm`, `m`, `dd`, `d`"),
        example: "date(\"15/04/2019\", \"dd/mm/yyyy\")",
        [
          ScalarOverload(
            [
              Parameter("text", .exactly(.text)),
              Parameter("format", .exactly(.text), default: .text("yyyy-mm-dd"), mustBeConstant: true),
            ], .exactly(.date), kernel: parseDates)
        ])
    case "period":
      return entry(
        name, "period(x)",
        Localized(
          "the period that a text names (`2019`, `2019-Q3`, `T3 2019`, `2019-S1`, `2019-04`, `FY2019`); a date as a day",
          fr:
            "la période qu'un texte désigne (`2019`, `2019-Q3`, `T3 2019`, `2019-S1`, `2019-04`, `FY2019`) ; une date comme jour"
        ),
        example: "period(\"T3 2019\")",
        [
          ScalarOverload([Parameter("x", .exactly(.text))], .exactly(.period)) {
            arguments, types, context throws(KernelError) in
            try mapDistinct(arguments, types, context, .period) { values throws(KernelError) in
              Period(parsing: values[0].string ?? "", firstMonth: context.fiscalYearStart).map(Value.period) ?? .missing
            }
          },
          Conversions.mapping(.date, .period) { days, _ in Int64(Period.day(CalendarDate(days: Int(days))).encoded) },
          ScalarOverload([Parameter("x", .exactly(.period))], .exactly(.period)) { arguments, _, context in
            arguments[0].typed(.period, count: context.rowCount)
          },
        ])
    case "as_percent":
      return entry(
        name, "as_percent(x)",
        Localized("the same value, shown as a percentage", fr: "la même valeur, affichée en pourcentage"),
        example: "as_percent(57 / 80)", sameValue)
    case "as_number":
      return entry(
        name, "as_number(x)",
        Localized(
          "the same ratio, shown as a number: a cost per job, an index",
          fr: "le même ratio, affiché comme un nombre : un coût par emploi, un indice"),
        example: "from beneficiaries | summarize women_a_man = as_number(parity)", sameValue)
    case "missing_if":
      return FunctionEntry(
        name, group: .conversion, usage: "missing_if(value, condition, english, french)",
        summary: Localized(
          "the value, missing where a condition holds, with a note that says why",
          fr: "la valeur, manquante si une condition est vraie, avec une note qui dit pourquoi"),
        example: "missing_if(1, 1 > 2, \"too large\", \"trop grand\")",
        kind: .scalar([
          ScalarOverload(
            [
              Parameter("value", .any), Parameter("condition", .exactly(.boolean)),
              Parameter("english", .exactly(.text), mustBeConstant: true),
              Parameter("french", .exactly(.text), mustBeConstant: true),
            ], .argument(0)
          ) { arguments, types, context in
            let condition = LogicKernels.truth(arguments[1].booleans(count: context.rowCount))
            return arguments[0].column(count: context.rowCount, type: types[0]).masked(by: condition.inverted)
          }
        ]), isHidden: true)
    default: return nil
    }
  }

  /// - Throws: `.invalidArgument` for a format that is none.
  private static func parseDates(
    _ arguments: [Operand], _ types: [DataType], _ context: KernelContext
  ) throws(KernelError) -> Column {
    let given = arguments.count > 1 ? arguments[1].constant : .text("yyyy-mm-dd")
    guard let text = given?.string else {
      return ColumnBuilder.constant(.missing, type: .date, count: context.rowCount)
    }
    guard let format = DateFormat(text) else {
      throw .invalidArgument(
        "`\(text)` is not a format of dates: it needs one year (`yyyy`, `yy`), month (`mm`, `m`) and day (`dd`, `d`)",
        fr:
          "`\(text)` n'est pas un format de date : il faut une année (`yyyy`, `yy`), un mois (`mm`, `m`) et un jour (`dd`, `d`)"
      )
    }
    return try mapDistinct(arguments, types, context, .date) { values throws(KernelError) in
      format.parse(values[0].string ?? "").map(Value.date) ?? .missing
    }
  }

  private static func entry(
    _ name: String, _ usage: String, _ summary: Localized, example: String, _ overloads: [ScalarOverload]
  ) -> FunctionEntry {
    FunctionEntry(name, group: .conversion, usage: usage, summary: summary, example: example, kind: .scalar(overloads))
  }

  /// For functions that change only how a value is shown, which the resolver sees to.
  private static let sameValue = [DataType.ratio, .real].map { type in
    ScalarOverload([Parameter("x", .exactly(type))], .exactly(type)) { arguments, _, context in
      arguments[0].column(count: context.rowCount, type: type)
    }
  }
}
