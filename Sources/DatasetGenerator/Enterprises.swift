/// An enterprise of `enterprises.csv`: one for each that `results.csv` counts as created.
struct Enterprise {
  let number: Int
  let programme: Programme
  let region: Region
  let sector: String
  let legalForm: String
  let founder: Beneficiary?
  let sex: String
  let created: Day
  let closed: Day?
  let lastSeen: Day
  let jobs: Int?
  let jobsOfWomen: Int?
  /// Turnover of the first twelve months, in hundredths of a dirham.
  let turnover: Turnover
}

enum Turnover {
  case known(Int)
  /// The cell is empty: twelve months have not passed, or the enterprise closed before.
  case notYet
  /// The cell says `n/d`: asked, and not given.
  case notGiven
}

/// The last day of the follow-up.
private let followUpEnd = Day(2022, 12, 31)

/// One enterprise for each that `results` counts, in that region and quarter, by a founder of that sex; in the order
/// in which they were created.
func makeEnterprises(results: [ResultRow], beneficiaries: [Beneficiary]) -> [Enterprise] {
  var random = Random(stream: "enterprises")
  var births: [(row: ResultRow, created: Day)] = []
  for row in results where row.indicator.name == "enterprises created" {
    for _ in 0..<(row.actual ?? 0) {
      let day = Day(number: random.int(row.quarter.start.number...(row.quarter.end.number - 3))).orNextWorkday
      births.append((row, min(day, row.quarter.end)))
    }
  }
  // Sorting by index as well keeps the order defined where days are equal.
  let order = births.indices.sorted { (births[$0].created, $0) < (births[$1].created, $1) }

  var founders = Founders(beneficiaries)
  return order.enumerated().map { position, index in
    let (row, created) = births[index]
    return enterprise(position + 1, row, created, &founders, &random)
  }
}

private func enterprise(
  _ number: Int, _ row: ResultRow, _ created: Day, _ founders: inout Founders, _ random: inout Random
) -> Enterprise {
  let isWoman = row.sex == "F"
  let founder =
    random.chance(420)
    ? founders.take(programme: row.indicator.programme, region: row.region, sex: row.sex, before: created) : nil
  let sector = random.pick(isWoman ? sectorsOfWomen : sectorsOfMen)
  let legalForm = random.pick([
    ("Auto-entrepreneur", weight: 44), ("Personne physique", weight: 18), ("SARL à associé unique", weight: 17),
    ("SARL", weight: 10), ("Coopérative", weight: isWoman ? 11 : 4),
  ])

  let death = dayOfClosure(of: created, isWoman: isWoman, &random)
  let visit = lastVisit(after: created, &random)
  // A closure is known once somebody passes by, at most ten weeks later; later closures were never seen.
  let isSeenClosed = death.map { $0 <= visit } ?? false
  let closed = isSeenClosed ? death : nil
  let lastSeen = closed.map { min($0 + random.int(3...70), followUpEnd) } ?? visit

  let jobs = jobsCreated(by: legalForm, &random)
  let jobsOfWomen = (0..<jobs).reduce(0) { sum, seat in
    sum + (seat == 0 ? (isWoman ? 1 : 0) : (random.chance(isWoman ? 640 : 240) ? 1 : 0))
  }
  let jobsAreKnown = !random.chance(22)
  return Enterprise(
    number: number, programme: row.indicator.programme, region: row.region, sector: sector, legalForm: legalForm,
    founder: founder, sex: row.sex, created: created, closed: closed, lastSeen: lastSeen,
    jobs: jobsAreKnown ? jobs : nil, jobsOfWomen: jobsAreKnown ? jobsOfWomen : nil,
    turnover: turnover(jobs: jobs, from: created, to: closed ?? lastSeen, &random))
}

private let sectorsOfWomen = [
  ("Agroalimentaire", weight: 21), ("Métiers d’art", weight: 19), ("Couture et textile", weight: 18),
  ("Services à la personne", weight: 14), ("Commerce", weight: 12), ("Cosmétique et plantes", weight: 9),
  ("Tourisme et restauration", weight: 7), ("Numérique", weight: 4),
]

private let sectorsOfMen = [
  ("Agroalimentaire", weight: 18), ("Métiers d’art", weight: 10), ("Bâtiment et réparation", weight: 22),
  ("Services à la personne", weight: 7), ("Commerce", weight: 19), ("Transport et logistique", weight: 10),
  ("Tourisme et restauration", weight: 8), ("Numérique", weight: 10),
]

/// The day on which an enterprise closes, if that is within ten years.
///
/// Month by month, with a risk that falls after the first year: of those created about 80% are alive at 12 months and
/// 57% at 36. The risk of those founded by women is a little lower.
private func dayOfClosure(of created: Day, isWoman: Bool, _ random: inout Random) -> Day? {
  for month in 0..<120 {
    // Deaths in a hundred thousand a month.
    let risk = month < 12 ? 1_980 : month < 36 ? 1_490 : 900
    if random.int(0...99_999) < risk * (isWoman ? 92 : 118) / 100 {
      return created + month * 30 + month * 7 / 16 + random.int(1...28)
    }
  }
  return nil
}

/// When the enterprise was last visited: by the end of 2022 for most; one in nine was lost from sight before.
private func lastVisit(after created: Day, _ random: inout Random) -> Day {
  let isLost = random.chance(110)
  let earliest = isLost ? created + 20 : max(created, followUpEnd + -80)
  return Day(number: random.int(min(earliest, followUpEnd).number...followUpEnd.number))
}

private func jobsCreated(by legalForm: String, _ random: inout Random) -> Int {
  switch legalForm {
  case "Coopérative": random.int(4...11)
  case "SARL": random.int(2...7)
  case "SARL à associé unique": random.int(1...4)
  default: random.pick([(1, weight: 62), (2, weight: 27), (3, weight: 11)])
  }
}

private func turnover(jobs: Int, from created: Day, to lastKnown: Day, _ random: inout Random) -> Turnover {
  let perJob = max(6_000_00, random.bell(mean: 41_000_00, deviation: 15_000_00))
  let isGiven = !random.chance(70)
  guard lastKnown - created >= 365 else { return .notYet }
  return isGiven ? .known(perJob * (jobs + 1) / 2) : .notGiven
}

/// Beneficiaries who may have founded an enterprise, each at most one.
private struct Founders {
  private struct Group: Hashable {
    let programme: String
    let region: Int
    let sex: String
  }

  private var waiting: [Group: [Beneficiary]] = [:]

  init(_ beneficiaries: [Beneficiary]) {
    for person in beneficiaries where person.support == "before creation" || person.support == "training" {
      let group = Group(programme: person.programme.code, region: person.region.number, sex: person.sex)
      waiting[group, default: []].append(person)
    }
  }

  /// The first waiting who was supported at least a month before `day`.
  mutating func take(programme: Programme, region: Region, sex: String, before day: Day) -> Beneficiary? {
    let group = Group(programme: programme.code, region: region.number, sex: sex)
    guard let index = waiting[group]?.firstIndex(where: { $0.supportedOn + 30 <= day }) else { return nil }
    return waiting[group]?.remove(at: index)
  }
}

/// The enterprises as a French spreadsheet exports them.
func enterprisesFile(_ enterprises: [Enterprise]) -> [UInt8] {
  var writer = CSVWriter(frenchHeader: [
    "Identifiant", "Programme", "Région", "Secteur", "Forme juridique", "Fondatrice ou fondateur", "Sexe",
    "Date de création", "Date de fermeture", "Dernière visite", "Emplois créés", "dont femmes",
    "Chiffre d'affaires à 12 mois (MAD)",
  ])
  for enterprise in enterprises {
    writer.append([
      "E" + padded(enterprise.number, to: 5), enterprise.programme.name, enterprise.region.name, enterprise.sector,
      enterprise.legalForm, enterprise.founder?.id ?? "", enterprise.sex == "M" ? "H" : enterprise.sex,
      enterprise.created.french, enterprise.closed?.french ?? "", enterprise.lastSeen.french,
      enterprise.jobs.map(String.init) ?? "n/d", enterprise.jobsOfWomen.map(String.init) ?? "n/d",
      french(enterprise.turnover),
    ])
  }
  return writer.bytes
}

private func french(_ turnover: Turnover) -> String {
  switch turnover {
  case .known(let hundredths): decimal(hundredths, places: 2, point: ",", thousands: "\u{A0}")
  case .notYet: ""
  case .notGiven: "n/d"
  }
}
