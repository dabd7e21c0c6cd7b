import BilanDiagnostics

/// What the resolver and the engine know by name: here is only what is said of it.
enum ResolvedFunctions {
  static let names = ["previous", "next", "running", "rank", "row", "ci_low", "ci_high", "has", "setting"]

  static func entry(_ name: String) -> FunctionEntry? {
    switch name {
    case "previous":
      window(
        name, .previous, "previous(x, n = 1)",
        Localized(
          "the value one row before, or n rows, in the order of `add … sort`",
          fr: "la valeur une ligne avant, ou n lignes, dans l'ordre de `add … sort`"),
        example:
          "from disbursements | summarize spent = sum(amount_eur) by year = year(date) | add change = spent - previous(spent) sort year"
      )
    case "next":
      window(
        name, .next, "next(x, n = 1)",
        Localized(
          "the value one row after, or n rows, in the order of `add … sort`",
          fr: "la valeur une ligne après, ou n lignes, dans l'ordre de `add … sort`"),
        example:
          "from disbursements | summarize spent = sum(amount_eur) by year = year(date) | add change = next(spent) - spent sort year"
      )
    case "running":
      window(
        name, .running, "running(aggregate)",
        Localized("an aggregate over the rows so far", fr: "un agrégat sur les lignes jusqu'ici"),
        example:
          "from disbursements | summarize spent = sum(amount_eur) by year = year(date) | add to_date = running(sum(spent)) sort year"
      )
    case "rank":
      window(
        name, .rank, "rank()",
        Localized(
          "the place in the order, the same for ties, from 1", fr: "le rang, le même pour les ex æquo, à partir de 1"),
        example:
          "from disbursements | summarize spent = sum(amount_eur) by year = year(date) | add place = rank() sort spent desc"
      )
    case "row":
      window(
        name, .row, "row()",
        Localized(
          "the number of the row in the order, from 1", fr: "le numéro de la ligne dans l'ordre, à partir de 1"),
        example: "from regions | keep region, iso_code | add n = row() sort region | sort n | take 3")
    case "ci_low":
      special(
        name, .aggregates, "ci_low(aggregate, level = 95%)",
        Localized(
          "the lower confidence limit of a share (Wilson) or of a mean (Student's t)",
          fr: "la borne basse de confiance d'une part (Wilson) ou d'une moyenne (t de Student)"),
        example: "from survey | summarize ci_low(share(has_bank_account)) by wave, group")
    case "ci_high":
      special(
        name, .aggregates, "ci_high(aggregate, level = 95%)",
        Localized(
          "the upper confidence limit of a share (Wilson) or of a mean (Student's t)",
          fr: "la borne haute de confiance d'une part (Wilson) ou d'une moyenne (t de Student)"),
        example: "from survey | summarize ci_high(mean(monthly_income), level: 90%) by wave, group")
    case "has":
      special(
        name, .results, "has(column)",
        Localized(
          "whether the table has a column of this name; decided before the query runs",
          fr: "si la table a une colonne de ce nom ; décidé avant l'exécution de la requête"),
        example: "from regions | keep region, known = has(baseline) | take 1")
    case "setting":
      special(
        name, .results, "setting(name, default)",
        Localized(
          "a setting of the project, or the default where it has none",
          fr: "un réglage du projet, ou la valeur par défaut s'il n'en a pas"),
        example: "setting(\"on_track\", 90%)")
    default: nil
    }
  }

  private static func window(
    _ name: String, _ function: WindowFunction, _ usage: String, _ summary: Localized, example: String
  ) -> FunctionEntry {
    FunctionEntry(name, group: .windows, usage: usage, summary: summary, example: example, kind: .window(function))
  }

  private static func special(
    _ name: String, _ group: FunctionEntry.Group, _ usage: String, _ summary: Localized, example: String
  ) -> FunctionEntry {
    FunctionEntry(name, group: group, usage: usage, summary: summary, example: example, kind: .special)
  }
}
