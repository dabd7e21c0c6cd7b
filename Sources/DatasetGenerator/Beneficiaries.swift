/// A person of `beneficiaries.csv`. Nobody real stands behind it.
struct Beneficiary {
  let number: Int
  let programme: Programme
  let region: Region
  let province: String
  let sex: String
  let birthYear: Int?
  let education: String
  let situation: String
  let supportedOn: Day
  let support: String
  let disability: String

  /// The number as the file shows it, with its leading zeros.
  var id: String { padded(number, to: 6) }
}

private let beneficiaryCount = 4_000

/// What is written where a person did not want to say.
private let noAnswer = "NSP"

/// A register of people supported, in the order of their ids: a sample that stands for no published total.
func makeBeneficiaries() -> [Beneficiary] {
  var random = Random(stream: "beneficiaries")
  var number = 137
  return (0..<beneficiaryCount).map { _ in
    number += random.int(1...4)
    return beneficiary(number, &random)
  }
}

private func beneficiary(_ number: Int, _ random: inout Random) -> Beneficiary {
  let programme = random.pick([(Programme.minAjliki, weight: 60), (Programme.aji, weight: 40)])
  let isAji = programme.code == Programme.aji.code
  let region = random.pick(zip(programme.regions, programme.weights).map { ($0, weight: $1) })
  let opening = programme.laterRegions[region.number] ?? programme.first
  let supportedOn = Day(
    number: random.int(opening.start.number...programme.last.end.number)
  ).orNextWorkday

  // Aji is for people of 18 to 35.
  let age = isAji ? random.int(18...35) : min(62, max(18, random.bell(mean: 34, deviation: 9)))
  let birthYear = supportedOn.year - age
  let isWoman = random.chance(isAji ? 490 : 972)
  let education = random.pick([
    ("none", weight: isAji ? 4 : 16), ("primary", weight: 22), ("secondary", weight: 33),
    ("vocational", weight: 21), ("higher", weight: 18),
  ])
  let situation = random.pick([
    ("unemployed", weight: isAji ? 52 : 30), ("homemaker", weight: isAji ? 6 : 24),
    ("self-employed", weight: isAji ? 10 : 26), ("employee", weight: 10), ("student", weight: isAji ? 22 : 6),
  ])
  let support = random.pick([
    ("training", weight: 34), ("before creation", weight: 26), ("after creation", weight: isAji ? 6 : 20),
    ("marketing", weight: isAji ? 2 : 16), ("job search", weight: isAji ? 32 : 4),
  ])
  let province = random.chance(30) ? "" : random.pick(region.provinces)
  let sex = random.chance(16) ? "" : (isWoman ? "F" : "M")
  return Beneficiary(
    number: number, programme: programme, region: region, province: province, sex: sex,
    birthYear: random.chance(24) ? nil : birthYear,
    education: random.chance(38) ? noAnswer : education,
    situation: random.chance(30) ? "" : situation,
    supportedOn: min(supportedOn, programme.last.end), support: support,
    disability: random.chance(55) ? noAnswer : (random.chance(31) ? "true" : "false"))
}

func beneficiariesFile(_ people: [Beneficiary]) -> [UInt8] {
  var writer = CSVWriter(header: [
    "id", "programme", "region", "province", "sex", "birth_year", "education", "situation", "supported_on",
    "support", "disability",
  ])
  for person in people {
    writer.append([
      person.id, person.programme.name, person.region.name, person.province, person.sex,
      person.birthYear.map(String.init) ?? "", person.education, person.situation, person.supportedOn.iso,
      person.support, person.disability,
    ])
  }
  return writer.bytes
}
