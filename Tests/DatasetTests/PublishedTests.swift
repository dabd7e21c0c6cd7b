import Foundation
import Testing

@Suite("The published figures")
struct PublishedTests {
  let rows: [[String: String]]

  init() throws { rows = try CSV("published.csv").rows }

  @Test("are all there, each with a source")
  func haveSources() {
    #expect(rows.count == 300)
    #expect(rows.allSatisfy { $0["source_url"]!.hasPrefix("http") && !$0["source_title"]!.isEmpty })
    #expect(rows.allSatisfy { Double($0["value"]!) != nil })
    #expect(Set(rows.map { $0.sorted { $0.key < $1.key }.map(\.value) }).count == rows.count, "a row is there twice")
  }

  @Test("say so where they contradict each other, and only there")
  func conflictsAreMarked() {
    func key(_ row: [String: String]) -> [String] {
      ["programme", "phase", "indicator", "region", "province", "sex", "kind"].map { row[$0]! }
    }
    func overlap(_ a: [String: String], _ b: [String: String]) -> Bool {
      func start(_ row: [String: String]) -> String { row["period_start"]! }
      func end(_ row: [String: String]) -> String { row["period_end"]!.isEmpty ? "9999" : row["period_end"]! }
      return start(a) <= end(b) && start(b) <= end(a)
    }
    for row in rows {
      let rivals = rows.filter {
        key($0) == key(row) && $0["source_url"] != row["source_url"]
          && Double($0["value"]!) != Double(row["value"]!) && overlap($0, row)
      }
      let sameDates = rivals.contains {
        $0["period_start"] == row["period_start"] && $0["period_end"] == row["period_end"]
      }
      #expect(row["conflict"] == (rivals.isEmpty ? "false" : "true"), "\(row)")
      #expect(row["conflict_basis"] == (rivals.isEmpty ? "" : sameDates ? "same dates" : "overlapping dates"))
      #expect(row["conflict_group"]!.isEmpty == rivals.isEmpty)
      #expect(rivals.allSatisfy { $0["conflict_group"] == row["conflict_group"] })
    }
  }

  @Test("call an indicator what the results call it")
  func namesAreThoseOfTheResults() throws {
    let names = Set(try CSV("results.csv").rows.map { $0["indicator"]! })
    let shared = names.intersection(rows.map { $0["indicator"]! })
    #expect(shared.count >= 10)
  }
}

@Suite("The regions")
struct RegionsTests {
  /// Decree 2-15-40, in its order.
  let official = [
    "Tanger-Tétouan-Al Hoceïma", "L'Oriental", "Fès-Meknès", "Rabat-Salé-Kénitra", "Béni Mellal-Khénifra",
    "Casablanca-Settat", "Marrakech-Safi", "Drâa-Tafilalet", "Souss-Massa", "Guelmim-Oued Noun",
    "Laâyoune-Sakia El Hamra", "Dakhla-Oued Ed-Dahab",
  ]

  @Test("are the twelve, by their official names")
  func areOfficial() throws {
    let regions = try CSV("regions.csv").rows
    #expect(regions.map { $0["region"]! } == official)
    #expect(regions.map { $0["iso_code"]! } == (1...12).map { $0 < 10 ? "MA-0\($0)" : "MA-\($0)" })
  }

  @Test("are called so in every table")
  func areCalledSoEverywhere() throws {
    for resource in try DataPackage.shipped().resources where resource.name != "published" {
      let csv = try resource.csv
      let column = csv.header.contains("Région") ? "Région" : "region"
      let names = Set(csv.rows.map { $0[column] ?? "" }).subtracting([""])
      #expect(names.isSubset(of: official), "\(resource.name)")
    }
  }
}
