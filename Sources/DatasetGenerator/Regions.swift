/// A region of Morocco, as decree 2-15-40 drew it (Bulletin officiel 6340 of 5 March 2015).
struct Region {
  let number: Int
  let name: String
  let seat: String
  /// Spellings seen in published documents and data.
  let variants: [String]
  let provinces: [String]

  /// Its ISO 3166-2 code.
  var code: String { "MA-" + padded(number, to: 2) }
}

extension Region {
  static let all: [Region] = [
    Region(
      number: 1, name: "Tanger-Tétouan-Al Hoceïma", seat: "Tanger-Assilah",
      variants: ["Tanger-Tétouan-Al Hoceima", "Tanger Tetouan Al Hoceima", "TTA"],
      provinces: [
        "Tanger-Assilah", "Tétouan", "Larache", "Al Hoceïma", "Chefchaouen", "Ouezzane", "M'diq-Fnideq",
        "Fahs-Anjra",
      ]),
    Region(
      number: 2, name: "L'Oriental", seat: "Oujda-Angad",
      variants: ["Oriental", "Région de l'Oriental", "L'ORIENTAL"],
      provinces: ["Oujda-Angad", "Nador", "Berkane", "Taourirt", "Jerada", "Driouch", "Guercif", "Figuig"]),
    Region(
      number: 3, name: "Fès-Meknès", seat: "Fès", variants: ["Fes-Meknes", "FES-MEKNES"],
      provinces: [
        "Fès", "Meknès", "Taza", "Sefrou", "El Hajeb", "Taounate", "Boulemane", "Ifrane", "Moulay Yacoub",
      ]),
    Region(
      number: 4, name: "Rabat-Salé-Kénitra", seat: "Rabat", variants: ["Rabat-Sale-Kenitra", "RSK"],
      provinces: ["Rabat", "Salé", "Kénitra", "Skhirate-Témara", "Khémisset", "Sidi Kacem", "Sidi Slimane"]),
    Region(
      number: 5, name: "Béni Mellal-Khénifra", seat: "Béni Mellal",
      variants: ["Beni Mellal-Khénifra", "Béni-Mellal-Khénifra", "KHNIFRA BENI-MELLAL"],
      provinces: ["Béni Mellal", "Khénifra", "Khouribga", "Fquih Ben Salah", "Azilal"]),
    Region(
      number: 6, name: "Casablanca-Settat", seat: "Casablanca", variants: ["Grand Casablanca-Settat"],
      provinces: [
        "Casablanca", "Mohammadia", "Settat", "El Jadida", "Berrechid", "Benslimane", "Nouaceur", "Médiouna",
        "Sidi Bennour",
      ]),
    Region(
      number: 7, name: "Marrakech-Safi", seat: "Marrakech", variants: ["Marrakesh-Safi", "Marrakech – Safi"],
      provinces: [
        "Marrakech", "Safi", "Essaouira", "Al Haouz", "Kelâa des Sraghna", "Chichaoua", "Rehamna", "Youssoufia",
      ]),
    Region(
      number: 8, name: "Drâa-Tafilalet", seat: "Errachidia",
      variants: ["Draâ-Tafilalet", "Darâa-Tafilalet", "DARAA TAFILALET", "Draa-Tafilalet"],
      provinces: ["Errachidia", "Ouarzazate", "Midelt", "Tinghir", "Zagora"]),
    Region(
      number: 9, name: "Souss-Massa", seat: "Agadir Ida-Outanane", variants: ["Souss Massa"],
      provinces: [
        "Agadir Ida-Outanane", "Inezgane-Aït Melloul", "Taroudannt", "Tiznit", "Chtouka-Aït Baha", "Tata",
      ]),
    Region(
      number: 10, name: "Guelmim-Oued Noun", seat: "Guelmim", variants: ["Guelmim-Oued-Noun"],
      provinces: ["Guelmim", "Tan-Tan", "Sidi Ifni", "Assa-Zag"]),
    Region(
      number: 11, name: "Laâyoune-Sakia El Hamra", seat: "Laâyoune", variants: ["Laayoune-Sakia El Hamra"],
      provinces: ["Laâyoune", "Es-Semara", "Boujdour", "Tarfaya"]),
    Region(
      number: 12, name: "Dakhla-Oued Ed-Dahab", seat: "Oued Ed-Dahab",
      variants: ["Dakhla-Oued Eddahab", "Ed-Dakhla"], provinces: ["Oued Ed-Dahab", "Aousserd"]),
  ]

  static func number(_ number: Int) -> Region { all[number - 1] }
}

/// The twelve regions as a table: facts, nothing drawn.
func regionsFile() -> [UInt8] {
  var writer = CSVWriter(header: ["number", "region", "seat", "iso_code", "variants"])
  for region in Region.all {
    writer.append([
      String(region.number), region.name, region.seat, region.code, region.variants.joined(separator: "; "),
    ])
  }
  return writer.bytes
}
