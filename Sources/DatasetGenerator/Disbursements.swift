/// What was paid, in hundredths of its currency.
private struct Payment {
  let date: Day
  let programme: Programme
  let funder: String
  /// Nothing where the whole programme is paid for.
  let region: Region?
  let category: String
  let amount: Int
  let currency: String
  /// Dirhams to the euro, in ten-thousandths.
  let rate: Int

  var euroHundredths: Int {
    currency == "EUR" ? amount : (amount * 10_000 + rate / 2) / rate
  }
}

/// The Belgian grant to Min Ajliki 2.0 as the Belgian open aid portal publishes it, in hundredths of a euro. Another
/// source, a minister's speech of 2018, gives 4,750,000 EUR; the portal's figure is of the finished project.
private let belgianGrant = 7_407_193_00

/// Everything else that is paid is invented.
func disbursementsFile() -> [UInt8] {
  var random = Random(stream: "disbursements")
  let rates = exchangeRates()
  var payments =
    spend(belgianGrant, currency: "EUR", by: "Belgium", for: .minAjliki, rates, perCell: 2, &random)
    + spend(21_600_000_00, currency: "MAD", by: "Morocco", for: .minAjliki, rates, perCell: 1, &random)
    + spend(3_850_000_00, currency: "MAD", by: "Joint", for: .minAjliki, rates, perCell: 1, thinned: true, &random)
    + spend(2_480_000_00, currency: "EUR", by: "Belgium", for: .aji, rates, perCell: 2, &random)
    + spend(9_300_000_00, currency: "MAD", by: "Morocco", for: .aji, rates, perCell: 1, &random)
  let order = payments.indices.sorted { (payments[$0].date, $0) < (payments[$1].date, $1) }
  payments = order.map { payments[$0] }

  var writer = CSVWriter(header: [
    "date", "programme", "funder", "region", "category", "amount", "currency", "exchange_rate", "amount_eur",
  ])
  for payment in payments {
    writer.append([
      payment.date.iso, payment.programme.name, payment.funder, payment.region?.name ?? "", payment.category,
      decimal(payment.amount, places: 2), payment.currency,
      payment.currency == "EUR" ? "" : decimal(payment.rate, places: 4), decimal(payment.euroHundredths, places: 2),
    ])
  }
  return writer.bytes
}

/// Spreads `total` over a programme's regions and quarters, a tenth of the payments going to the programme as a whole.
private func spend(
  _ total: Int, currency: String, by funder: String, for programme: Programme, _ rates: [Int], perCell: Int,
  thinned: Bool = false, _ random: inout Random
) -> [Payment] {
  var drafts: [(date: Day, region: Region?, category: String, weight: Int)] = []
  for quarter in programme.quarters {
    for (region, weight) in zip(programme.regions, programme.weights)
    where programme.isActive(in: region, during: quarter) {
      for _ in 0..<perCell where !thinned || random.chance(450) {
        let day = Day(number: random.int(quarter.start.number...(quarter.end.number - 3))).orNextWorkday
        let isCentral = random.chance(100)
        drafts.append(
          (day, isCentral ? nil : region, random.pick(categories), weight * random.int(50...160)))
      }
    }
  }
  let amounts = share(total, by: drafts.map(\.weight))
  return zip(drafts, amounts).map { draft, amount in
    let (year, month, _) = draft.date.parts
    return Payment(
      date: draft.date, programme: programme, funder: funder, region: draft.region, category: draft.category,
      amount: amount, currency: currency, rate: rates[(year - 2017) * 12 + month - 1])
  }
}

private let categories = [
  ("training", weight: 30), ("support to creation", weight: 24), ("staff", weight: 18), ("equipment", weight: 11),
  ("communication", weight: 9), ("monitoring and evaluation", weight: 8),
]

/// A rate for each month from January 2017, which wanders about 10.8 dirhams to the euro. Invented: no bank's rate.
private func exchangeRates() -> [Int] {
  var random = Random(stream: "exchange rates")
  var rate = 10_8000
  return (0..<72).map { _ in
    rate += random.int(-900...900) + (10_8000 - rate) / 8
    return rate
  }
}
