import Bilan
import Foundation
import Testing

/// The session as a host program meets it.
@Suite struct SessionTests {
  static let datasets = ReadmeTests.root.appending(path: "datasets").path

  private func session(_ options: SessionOptions = SessionOptions(today: "2021-01-22")) throws -> Session {
    Session(catalog: try Catalog([Self.datasets]), options: options)
  }

  private func kind(_ body: () throws(BilanError) -> Void) -> BilanError.Kind? {
    do throws(BilanError) {
      try body()
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func eachQueryIsAResult() throws {
    let results = try session().run("from regions | count\nfrom regions | take 2 | keep region")
    #expect(results.map(\.rowCount) == [1, 2])
    #expect(results[0].column("count")?.integers == [12])
    #expect(results[1].column("region")?.texts?.count == 2)
  }

  @Test func todayIsTheOptions() throws {
    let result = try session().run("today()")[0]
    #expect(result.columns[0].type == "date")
    #expect(result.columns[0].descriptions == ["2021-01-22"])
  }

  @Test func errorsSayWhatKindTheyAre() throws {
    let session = try session()
    #expect(kind { () throws(BilanError) in _ = try session.run("from results | where x > 1") } == .query)
    #expect(kind { () throws(BilanError) in _ = try session.run("from \"nowhere.csv\"") } == .data)
    #expect(
      kind { () throws(BilanError) in _ = try session.run("from results | count", isCancelled: { true }) } == .cancelled
    )
    #expect(kind { () throws(BilanError) in _ = try Catalog(["/no/such/folder"]) } == .data)
  }

  @Test func aMisspeltColumnIsFoundBeforeAnyRowIsRead() throws {
    do throws(BilanError) {
      _ = try session2().run("from results | where regoin = \"Oriental\"")
      Issue.record("it ran")
    } catch {
      let finding = try #require(error.findings.first)
      #expect(finding.code == "B0203")
      #expect(finding.location?.line == 1)
      #expect(finding.location?.column == 22)
      #expect(finding.help.contains { $0.contains("region") })
      #expect(finding.messageInFrench.contains("inconnue"))
    }
  }

  private func session2() throws(BilanError) -> Session { Session(catalog: try Catalog([Self.datasets])) }

  @Test func strictMakesNotesErrors() throws {
    let query = "from results | where indicator = \"jobs created\" | summarize sum(actual)"
    #expect(try session().run(query)[0].notes.contains { $0.code == "B0801" })
    let strict = try session(SessionOptions(isStrict: true))
    #expect(kind { () throws(BilanError) in _ = try strict.run(query) } == .data)
    // What is only synthetic is no fault of the query.
    #expect(kind { () throws(BilanError) in _ = try strict.run("from results | count") } == nil)
  }

  @Test func aFailedCheckIsNoError() throws {
    let result = try session().run("from regions | check number <= 3 \"only the first\"")[0]
    #expect(!result.passedChecks)
    #expect(result.rowCount == 12)
  }

  @Test func parametersAreReadAsTheirType() throws {
    let query = """
      param region: text = "Oriental"
      param since: period = 2018
      param above: percent = 100%
      param kinds: list of text = ["output"]
      from results | where region ~ $region and period in $since and level in $kinds
      | summarize achievement by indicator | where achievement > $above
      """
    let session = try session()
    let plain = try session.run(query)[0].rowCount
    let other = try session.run(
      query, parameters: ["region": "Fès", "since": "2019-Q1", "above": "50%", "kinds": "output,outcome"])[0].rowCount
    #expect(other > plain)
    for (name, value) in [("since", "2019-13"), ("above", "much"), ("regoin", "Fès")] {
      #expect(
        kind { () throws(BilanError) in _ = try session.run(query, parameters: [name: value]) } == .query, "\(name)")
    }
  }

  @Test(arguments: [
    ("a,b", ["a", "b"]), (" a , b ", ["a", "b"]), ("a,\"b, c\"", ["a", "b, c"]), ("[\"a\", \"b, c\"]", ["a", "b, c"]),
    ("\"say \"\"a\"\"\"", ["say \"a\""]), ("5\" pipes", ["5\" pipes"]),
  ])
  func listsAreReadAsQueriesWriteThem(_ text: String, _ values: [String]) throws {
    let table = try Catalog([]).adding(
      "words", columns: [("word", .texts(["a", "b", "b, c", "say \"a\"", "5\" pipes"]))])
    let result = try Session(catalog: table).run(
      "param words: list of text\nfrom words | where word in $words", parameters: ["words": text])[0]
    #expect(result.column("word")?.texts == values)
  }

  @Test func definitionsComeFromOtherFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bilan-use-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "let double(x) = 2 * x\nlet twelve = from regions".write(
      to: folder.appending(path: "lib.bilan"), atomically: true, encoding: .utf8)
    let name = folder.appending(path: "query.bilan").path
    let result = try session().run(
      "use \"lib.bilan\"\nfrom twelve | summarize n = double(count)", sourceName: name)[0]
    #expect(result.column("n")?.integers == [24])
    try "use \"loop.bilan\"".write(to: folder.appending(path: "loop.bilan"), atomically: true, encoding: .utf8)
    #expect(
      kind { () throws(BilanError) in
        _ = try session2().run("use \"loop.bilan\"\nfrom regions", sourceName: name)
      } == .query)
  }

  @Test func accentsInQueriesAreComposedAsInData() throws {
    let result = try session().run("from regions | where region = \"Fe\u{300}s-Mekne\u{300}s\" | keep seat")[0]
    #expect(result.column("seat")?.texts == ["Fès"])
  }

  @Test func tablesOfTheHostAreDatasets() throws {
    let catalog = try Catalog([]).adding(
      "visits",
      columns: [
        ("region", .texts(["Oriental", nil, "Oriental"])), ("count of visits", .integers([3, 4, nil])),
        ("rate", .reals([0.5, .infinity, nil])), ("open", .booleans([true, false, nil])),
        ("day", .dates(["2021-01-22", "2021-02-30", nil])),
      ])
    let result = try Session(catalog: catalog).run(
      "from visits | summarize n = sum(count_of_visits), m = mean(rate), d = max(day) by region")[0]
    #expect(result.column("region")?.texts == ["Oriental", nil])
    #expect(result.column("n")?.integers == [3, 4])
    #expect(result.column("m")?.numbers == [0.5, nil])
    #expect(result.column("d")?.descriptions == ["2021-01-22", nil])
  }

  @Test func rowsDecode() throws {
    struct Row: Decodable {
      var region: String
      var seat: String?
      var number: Int
      var half: Double
      var missing: String?
    }
    let rows = try session().run(
      "from regions | take 2 | keep region, seat, number, half = number / 2, missing = if number > 9 then seat else missing"
    )[0].rows(as: Row.self)
    #expect(rows.map(\.number) == [1, 2])
    #expect(rows[1].half == 1)
    #expect(rows[0].missing == nil)
    struct Wrong: Decodable { var region: Int }
    #expect(throws: DecodingError.self) {
      try session().run("from regions | take 1")[0].rows(as: Wrong.self)
    }
    struct Absent: Decodable { var regoin: String }
    #expect(throws: DecodingError.self) {
      try session().run("from regions | take 1")[0].rows(as: Absent.self)
    }
  }

  @Test func personalDataAreCountedAndNotListed() throws {
    let session = try session()
    let result = try session.run("from beneficiaries | take 3")[0]
    #expect(result.column("id") == nil)
    #expect(result.notes.contains { $0.code == "B0808" })
    #expect(try session.run("from beneficiaries | summarize n = count_distinct(id)")[0].column("n")?.integers == [4000])
    for query in ["summarize list(id)", "summarize first(id) by region", "summarize max(id)"] {
      #expect(
        kind { () throws(BilanError) in _ = try session.run("from beneficiaries | \(query)") } == .query, "\(query)")
    }
  }

  @Test func unitsThatDifferDoNotAddUp() throws {
    let session = try session()
    let mixed = try session.run("from results | summarize total = sum(actual)")[0]
    #expect(mixed.column("total")?.numbers == [nil])
    #expect(mixed.notes.contains { $0.code == "B0805" })
    let one = try session.run("from results | where unit = \"jobs\" | summarize total = sum(actual)")[0]
    #expect(one.column("total")?.numbers?.first??.isNaN == false)
    #expect(
      kind { () throws(BilanError) in _ = try session2().run("from enterprises | add x = turnover + jobs_created") }
        == .query)
  }
}

/// Values that no row has are said, where nothing was found.
@Suite struct EmptyResultTests {
  @Test(arguments: [
    ("from regions | where region = \"Oriental\"", "L'Oriental"),
    ("from regions | where region in [\"fes-meknes\"] | summarize count", "Fès-Meknès"),
    ("from results | where period = 2019", "in 2019"),
  ])
  func saysWhatTheColumnHolds(_ query: String, _ proposal: String) throws {
    let session = Session(catalog: try Catalog([SessionTests.datasets]))
    let notes = try session.run(query)[0].notes.filter { $0.code == "B0810" }
    #expect(notes.count == 1)
    #expect(notes.first?.message.contains(proposal) == true)
    #expect(notes.first?.messageInFrench.contains(proposal) == true)
  }

  @Test(arguments: ["from regions | where region ~ \"oriental\"", "from regions | where number > 100"])
  func isQuietOtherwise(_ query: String) throws {
    let session = Session(catalog: try Catalog([SessionTests.datasets]))
    #expect(try session.run(query)[0].notes.allSatisfy { $0.code != "B0810" })
  }
}
