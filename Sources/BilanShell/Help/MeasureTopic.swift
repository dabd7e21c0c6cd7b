import BilanDiagnostics

/// A measure of the results prelude, as help and completion show it.
struct MeasureTopic: Sendable {
  var name: String
  var summary: Localized
  var example: String { "from results | summarize \(name) by indicator" }

  static let all: [MeasureTopic] = [
    MeasureTopic(
      name: "achievement",
      summary: Localized(
        "what was reached of what was aimed at, with its coverage; for an indicator that should fall, the reduction",
        fr:
          "ce qui est atteint de ce qui était visé, avec sa couverture\u{A0}; la réduction si l’indicateur doit baisser"
      )),
    MeasureTopic(
      name: "mean_achievement",
      summary: Localized("the mean of each indicator’s achievement", fr: "la moyenne des réalisations des indicateurs")),
    MeasureTopic(
      name: "capped_achievement",
      summary: Localized(
        "the mean of each indicator’s achievement, each held to 100%",
        fr: "la moyenne des réalisations des indicateurs, chacune plafonnée à 100 %")),
    MeasureTopic(
      name: "progress",
      summary: Localized(
        "the way from the baseline to the target that was covered",
        fr: "le chemin parcouru de la valeur de référence à la cible")),
    MeasureTopic(
      name: "gap",
      summary: Localized("actual less target, positive when better", fr: "réalisé moins cible, positif si c’est mieux")),
    MeasureTopic(
      name: "exceeded", summary: Localized("achievement is above 100%", fr: "la réalisation dépasse 100 %")),
    MeasureTopic(
      name: "met", summary: Localized("achievement is at least 100%", fr: "la réalisation est d’au moins 100 %")),
    MeasureTopic(
      name: "missed", summary: Localized("achievement is below 100%", fr: "la réalisation est inférieure à 100 %")),
    MeasureTopic(
      name: "unreported",
      summary: Localized("expected, and not there", fr: "attendu, et non renseigné")),
    MeasureTopic(
      name: "status",
      summary: Localized(
        "`exceeded`, `met`, `on track`, `behind` or `no data`",
        fr: "`exceeded`, `met`, `on track`, `behind` ou `no data`")),
    MeasureTopic(
      name: "share_of_women",
      summary: Localized(
        "women, of all whose sex is known", fr: "les femmes, parmi les personnes dont le sexe est connu")),
    MeasureTopic(
      name: "parity", summary: Localized("women to men", fr: "le rapport des femmes aux hommes")),
  ]
}
