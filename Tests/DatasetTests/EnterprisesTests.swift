import Foundation
import Testing

@Suite("The enterprises")
struct EnterprisesTests {
  let rows: [[String: String]]

  init() throws {
    rows = try CSV("enterprises.csv", delimiter: ";", encoding: .windowsCP1252).rows
  }

  @Test("are written as a French spreadsheet does")
  func isFrench() throws {
    let bytes = try CSV.bytes(of: "enterprises.csv")
    #expect(String(data: bytes, encoding: .utf8) == nil, "windows-1252 with accents is not UTF-8")
    #expect(bytes.contains(0xE9), "é")
    #expect(bytes.contains(0x92), "the ’ of Métiers d’art, which ISO 8859-1 does not have")
    #expect(bytes.contains(0xA0), "the no-break space between thousands")
    let text = try #require(String(data: bytes, encoding: .windowsCP1252))
    #expect(text.hasSuffix("\r\n") && text.hasPrefix("Identifiant;Programme;Région;Secteur;"))
    #expect(text.matches(of: /;[0-9]{2}\u{A0}[0-9]{3},[0-9]{2}\r\n/).count > 100)
    #expect(text.contains(";n/d;n/d;"))
  }

  @Test("are as many as the results count, by programme, region, sex and quarter")
  func agreeWithTheResults() throws {
    var counted: [String: Int] = [:]
    for row in rows {
      let created = day(row["Date de création"]!)!
      let quarter = "\(created.year)-Q\((created.month + 2) / 3)"
      let sex = row["Sexe"] == "H" ? "M" : row["Sexe"]!
      counted["\(row["Programme"]!)/\(row["Région"]!)/\(sex)/\(quarter)", default: 0] += 1
    }
    var reported: [String: Int] = [:]
    for row in try CSV("results.csv").rows where row["indicator"] == "enterprises created" {
      guard let actual = Int(row["actual"]!), actual > 0 else { continue }
      reported["\(row["programme"]!)/\(row["region"]!)/\(row["sex"]!)/\(row["period"]!)"] = actual
    }
    #expect(counted == reported)
  }

  @Test("have founders of the same programme, region and sex, each of one")
  func foundersAgree() throws {
    let people = Dictionary(uniqueKeysWithValues: try CSV("beneficiaries.csv").rows.map { ($0["id"]!, $0) })
    var seen: Set<String> = []
    for row in rows {
      guard let id = row["Fondatrice ou fondateur"], !id.isEmpty else { continue }
      let founder = try #require(people[id])
      #expect(seen.insert(id).inserted)
      #expect(founder["programme"] == row["Programme"] && founder["region"] == row["Région"])
      #expect(founder["sex"] == (row["Sexe"] == "H" ? "M" : "F"))
    }
    #expect(seen.count > 500)
  }

  @Test("close after they open, and are not seen after that by more than the visit that found out")
  func datesAreInOrder() {
    for row in rows {
      let created = day(row["Date de création"]!)!
      let seen = day(row["Dernière visite"]!)!
      #expect(created.number <= seen.number && seen.year <= 2022)
      if let closed = day(row["Date de fermeture"]!) {
        #expect(created.number < closed.number && closed.number <= seen.number)
      }
    }
  }

  /// Kaplan-Meier, written out: no code of Bilan's.
  @Test("survive as enterprises do, women's a little longer")
  func survival() {
    func survival(at days: Int, sex: String?) -> Double {
      let lives = rows.filter { sex == nil || $0["Sexe"] == sex }.map { row in
        let created = day(row["Date de création"]!)!.number
        let closed = day(row["Date de fermeture"]!)?.number
        return (days: (closed ?? day(row["Dernière visite"]!)!.number) - created, isClosed: closed != nil)
      }
      return Set(lives.filter(\.isClosed).map(\.days)).sorted().filter { $0 <= days }.reduce(1.0) { alive, time in
        let atRisk = lives.count { $0.days >= time }
        let deaths = lives.count { $0.days == time && $0.isClosed }
        return alive * (1 - Double(deaths) / Double(atRisk))
      }
    }
    #expect((0.78...0.82).contains(survival(at: 365, sex: nil)))
    #expect((0.55...0.60).contains(survival(at: 1_096, sex: nil)))
    #expect(survival(at: 365, sex: "F") > survival(at: 365, sex: "H"))
    #expect(survival(at: 1_096, sex: "F") > survival(at: 1_096, sex: "H"))
  }

  @Test("have at most the jobs that the results count")
  func jobsAreWithinTheResults() throws {
    let results = try CSV("results.csv").rows.filter { $0["indicator"] == "jobs created" }
    for programme in ["Min Ajliki 2.0", "Aji"] {
      let own = rows.filter { $0["Programme"] == programme }.reduce(0) { $0 + (Int($1["Emplois créés"]!) ?? 0) }
      let all = results.filter { $0["programme"] == programme }.reduce(0) { $0 + (Int($1["actual"]!) ?? 0) }
      #expect(0 < own && own <= all)
    }
  }

  private func day(_ text: String) -> (year: Int, month: Int, number: Int)? {
    let parts = text.split(separator: "/").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let date = calendar.date(from: DateComponents(year: parts[2], month: parts[1], day: parts[0]))!
    return (parts[2], parts[1], Int(date.timeIntervalSince1970 / 86_400))
  }
}
