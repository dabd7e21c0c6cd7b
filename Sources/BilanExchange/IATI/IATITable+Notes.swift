import BilanDiagnostics
import BilanReaders

/// What there is to say of the figures and spans of a table.
extension IATITable {
  /// The notes about a table called so.
  func notes(_ name: String) -> [Diagnostic] {
    (doubts.count > 0 ? [noteOnDoubts(name)] : []) + (contradictions.count > 0 ? [noteOnCurrencies(name)] : [])
      + (reversals.count > 0 ? [noteOnReversals(name)] : [])
      + (overlaps.revised.count > 0 ? [noteOnRevisions(name)] : [])
      + (overlaps.divided.count > 0 ? [noteOnDivisions(name)] : [])
      + (otherYears.count > 0 ? [noteOnOtherYears(name)] : [])
      + (pairs.count > 0 ? [noteOnPairs(name)] : [])
      + (negatives.count > 0 ? [noteOnNegatives(name)] : [])
      + (approximations.count > 0 ? [noteOnApproximations(name)] : [])
      + misfits.sorted { $0.key < $1.key }.map { noteOnMisfits($0.key, name) }
  }

  private func noteOnDoubts(_ name: String) -> Diagnostic {
    func list(_ line: String, _ equals: String) -> String {
      doubts.examples.map { "`\($0.text)` \(equals) \($0.number) (\(line) \($0.line))" }.joined(separator: ", ")
    }
    return .note(
      .ambiguousMark,
      Localized(
        "figures of `\(name)` with a comma or a point that the standard does not have, or not there: \(doubts.count), "
          + list("line", "read as"),
        fr:
          "chiffres de `\(name)` dont la virgule ou le point n’est pas de la norme, ou pas à sa place : \(doubts.count), "
          + list("ligne", "lu")), count: doubts.count)
  }

  private func noteOnCurrencies(_ name: String) -> Diagnostic {
    func list(_ line: String, _ not: String) -> String {
      contradictions.examples.map { "`\($0.text)`, \(not) \($0.declared) (\(line) \($0.line))" }.joined(separator: ", ")
    }
    return .note(
      .mixedCurrencies,
      Localized(
        "figures of `\(name)` with another currency than is declared, which counts: \(contradictions.count), "
          + list("line", "not"),
        fr:
          "montants de `\(name)` dont la monnaie écrite n’est pas celle déclarée, et compte : \(contradictions.count), "
          + list("ligne", "et non")), count: contradictions.count)
  }

  private func noteOnReversals(_ name: String) -> Diagnostic {
    let isOne = reversals.count == 1
    return .note(
      .unreadableValues,
      Localized(
        "\(reversals.count) \(isOne ? "span" : "spans") of `\(name)` \(isOne ? "ends" : "end") before "
          + "\(isOne ? "it starts" : "they start"), so that `period` is missing: \(reversals.list("line"))",
        fr: "\(reversals.count) \(isOne ? "intervalle" : "intervalles") de `\(name)` "
          + "\(isOne ? "finit" : "finissent") avant de commencer, si bien que `period` manque : \(reversals.list("ligne"))"
      ),
      count: reversals.count)
  }

  private func noteOnOtherYears(_ name: String) -> Diagnostic {
    let count = otherYears.count
    let usual = otherMonths.max { ($0.value, -$0.key) < ($1.value, -$1.key) }!.key
    let isOne = count == 1
    let name = "`\(name)`"
    return .note(
      .unreadableValues,
      Localized(
        "\(isOne ? "1 span of \(name) is a year that does" : "\(count) spans of \(name) are years that do") not begin in "
          + "January, so that `period` is missing: \(otherYears.list("line")); `fiscal_year_start` in a data package, here \(usual), "
          + "makes fiscal years of them",
        fr: (isOne
          ? "1 intervalle de \(name) est une année qui ne commence"
          : "\(count) intervalles de \(name) sont des années qui ne commencent")
          + " pas en janvier, si bien que `period` manque : \(otherYears.list("ligne")) ; `fiscal_year_start` dans un descripteur, ici "
          + "\(usual), en fait des exercices"),
      count: count)
  }

  private func noteOnRevisions(_ name: String) -> Diagnostic {
    let (records, isOne) = (overlaps.revised, overlaps.revised.count == 1)
    let condition = "`where type != \"revised\"`"
    return .note(
      .totalRows,
      Localized(
        "\(records.count) \(isOne ? "activity" : "activities") of `\(name)` \(isOne ? "has" : "have") an original and "
          + "a revised budget of the same period, so that adding up `value` counts twice: \(records.list("line")); "
          + "leave the revised ones out with \(condition)",
        fr: "\(records.count) \(isOne ? "activité" : "activités") de `\(name)` \(isOne ? "a" : "ont") un budget "
          + "initial et un budget révisé pour la même période, si bien qu’additionner `value` compte deux fois : "
          + "\(records.list("ligne")) ; écartez les révisés par \(condition)"),
      count: records.count)
  }

  private func noteOnDivisions(_ name: String) -> Diagnostic {
    let (records, isOne) = (overlaps.divided, overlaps.divided.count == 1)
    let (english, french) =
      overlaps.areOfActivities
      ? (isOne ? "activity" : "activities", isOne ? "activité" : "activités")
      : (isOne ? "organisation" : "organisations", isOne ? "organisation" : "organisations")
    let condition = "`where days_between(period_start, period_end) > 360`"
    let (thing, chose) =
      overlaps.areOfResults
      ? ("an indicator with a period beside its parts", "un indicateur avec une période à côté de ses parties")
      : ("a budget of a period beside those of its parts", "le budget d’une période à côté de ceux de ses parties")
    let (column, colonne) =
      overlaps.areOfResults ? ("`target` or `actual`", "`target` ou `actual`") : ("`value`", "`value`")
    return .note(
      .totalRows,
      Localized(
        "\(records.count) \(english) of `\(name)` \(isOne ? "has" : "have") \(thing), "
          + "so that adding up \(column) counts twice: \(records.list("line")); keep those of one length, those of whole "
          + "years by \(condition)",
        fr: "\(records.count) \(french) de `\(name)` \(isOne ? "a" : "ont") \(chose), "
          + "si bien qu’additionner \(colonne) compte deux fois : \(records.list("ligne")) ; gardez ceux d’une "
          + "seule durée, ceux d’années entières par \(condition)"),
      count: records.count)
  }

  private func noteOnPairs(_ name: String) -> Diagnostic {
    let isOne = pairs.count == 1
    return .note(
      .endBlanks,
      Localized(
        "\(pairs.count) \(isOne ? "figure" : "figures") of `\(name)` \(isOne ? "is" : "are") paired with "
          + "\(isOne ? "another whose dimensions are" : "others whose dimensions are") spelt otherwise: \(pairs.list("line"))",
        fr:
          "\(pairs.count) \(isOne ? "chiffre" : "chiffres") de `\(name)` \(isOne ? "est rapproché" : "sont rapprochés") "
          + "\(isOne ? "d’un autre" : "d’autres") dont les dimensions s’écrivent autrement : \(pairs.list("ligne"))"),
      count: pairs.count)
  }

  private func noteOnNegatives(_ name: String) -> Diagnostic {
    let isOne = negatives.count == 1
    return .note(
      .accountingNegatives,
      Localized(
        "\(negatives.count) \(isOne ? "figure" : "figures") of `\(name)` in parentheses \(isOne ? "is" : "are") read as "
          + "negative: \(negatives.list("line"))",
        fr: "\(negatives.count) \(isOne ? "chiffre" : "chiffres") de `\(name)` entre parenthèses "
          + "\(isOne ? "est lu comme négatif" : "sont lus comme négatifs") : \(negatives.list("ligne"))"),
      count: negatives.count)
  }

  private func noteOnApproximations(_ name: String) -> Diagnostic {
    let isOne = approximations.count == 1
    return .note(
      .flagsDropped,
      Localized(
        "\(approximations.count) \(isOne ? "figure" : "figures") of `\(name)` \(isOne ? "is" : "are") said to be approximate, "
          + "and read as \(isOne ? "it stands" : "they stand"): \(approximations.list("line"))",
        fr: "\(approximations.count) \(isOne ? "chiffre" : "chiffres") de `\(name)` \(isOne ? "est dit" : "sont dits") "
          + "\(isOne ? "approximatif, et lu tel quel" : "approximatifs, et lus tels quels") : "
          + approximations.list("ligne")),
      count: approximations.count)
  }

  private func noteOnMisfits(_ place: Int, _ name: String) -> Diagnostic {
    let examples = misfits[place]!
    let count = examples.count
    let column = columns[place].name
    return .note(
      .unreadableValues,
      Localized(
        count == 1
          ? "1 value of column `\(column)` of `\(name)` is no number and is missing: \(examples.list("line"))"
          : "\(count) values of column `\(column)` of `\(name)` are no numbers and are missing: \(examples.list("line"))",
        fr: count == 1
          ? "1 valeur de la colonne `\(column)` de `\(name)` n’est pas un nombre et est manquante : \(examples.list("ligne"))"
          : "\(count) valeurs de la colonne `\(column)` de `\(name)` ne sont pas des nombres et sont manquantes : "
            + examples.list("ligne")), count: count)
  }
}
