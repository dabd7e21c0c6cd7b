/// Asks the same people twice, before the support and about eighteen months after, in communes with and without it.
///
/// The support is built to work: follow-up incomes of women supported rise by about 420 MAD a month, those of men by
/// about 190, above a rise of 90 that everybody has. About one person in eleven is not found again.
func surveyFile() -> [UInt8] {
  var random = Random(stream: "survey")
  var baseline: [[String]] = []
  var followUp: [[String]] = []
  var person = 0
  for commune in 1...40 {
    let region = random.pick(Programme.aji.regions + Programme.minAjliki.regions)
    let isSupported = commune % 2 == 0
    let level = random.int(-160...160)
    // Communes were drawn with unequal chances; the weight puts that right.
    let weight = random.int(60...180)
    for _ in 0..<random.int(16...20) {
      person += 1
      let isWoman = random.chance(610)
      let income = max(300, random.bell(mean: (isWoman ? 1_750 : 2_250) + level, deviation: 520))
      let confidence = min(5, max(1, random.bell(mean: 290, deviation: 90) / 100))
      let hasAccount = random.chance(isWoman ? 300 : 420)
      let before = Answers(
        income: income, hours: hours(mean: isWoman ? 27 : 36, &random), hasAccount: hasAccount,
        confidence: confidence)

      let gain = isSupported ? (isWoman ? 420 : 190) : 0
      let after = Answers(
        income: max(300, income + 90 + gain + random.bell(mean: 0, deviation: 260)),
        hours: hours(mean: (isWoman ? 28 : 36) + (isSupported ? (isWoman ? 4 : 2) : 0), &random),
        hasAccount: hasAccount || random.chance(isSupported ? (isWoman ? 360 : 220) : 90),
        confidence: min(5, max(1, confidence + random.bell(mean: isSupported ? 85 : 20, deviation: 70) / 100)))

      let identity = [
        padded(person, to: 5), "baseline", isSupported ? "supported" : "comparison", isWoman ? "F" : "M",
        region.name, "C" + padded(commune, to: 3), decimal(weight, places: 2),
      ]
      baseline.append(identity + before.cells(&random))
      var later = identity
      later[1] = "follow-up"
      let answers = after.cells(&random)
      if !random.chance(isSupported ? 80 : 105) { followUp.append(later + answers) }
    }
  }

  var writer = CSVWriter(header: [
    "person", "wave", "group", "sex", "region", "commune", "weight", "monthly_income", "hours_worked",
    "has_bank_account", "confidence",
  ])
  for row in baseline + followUp { writer.append(row) }
  return writer.bytes
}

private func hours(mean: Int, _ random: inout Random) -> Int {
  min(70, max(0, random.bell(mean: mean, deviation: 10)))
}

private struct Answers {
  let income: Int
  let hours: Int
  let hasAccount: Bool
  let confidence: Int

  /// The answers as text, incomes rounded to ten dirhams; some people do not tell what they earn.
  func cells(_ random: inout Random) -> [String] {
    [
      random.chance(28) ? "" : String((income + 5) / 10 * 10), random.chance(12) ? "" : String(hours),
      hasAccount ? "true" : "false", random.chance(15) ? "" : String(confidence),
    ]
  }
}
