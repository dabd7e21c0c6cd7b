import Bilan
import BilanEngine
import BilanTestSupport
import Testing

/// Rows that a later join or condition would drop are dropped before they are joined: the answer and what is said under
/// it stay what they are.
@Suite struct JoinReductionTests {
  private static let count = 5000

  /// Visits to sites of regions. Of the sites some are in no region that is known, of the visits some have no site.
  private static func catalog(unknownSites: Bool, unknownRegions: Bool) throws -> Catalog {
    let count = Self.count
    let sites = 400
    return try Catalog([])
      .adding(
        "visits",
        columns: [
          ("site", .integers((0..<count).map { unknownSites && $0 % 50 == 7 ? 9999 : $0 * 7 % sites })),
          ("name", .texts((0..<count).map { unknownSites && $0 % 50 == 7 ? "s9999" : "s\($0 * 7 % sites)" })),
          ("days", .integers((0..<count).map { $0 % 13 })), ("id", .integers(Array(0..<count))),
        ]
      )
      .adding(
        "sites",
        columns: [
          ("site", .integers(Array(0..<sites))), ("name", .texts((0..<sites).map { "s\($0)" })),
          ("opened", .integers((0..<sites).map { 2000 + $0 % 20 })),
          ("region", .integers((0..<sites).map { unknownRegions && $0 % 90 == 3 ? 77 : $0 % 9 })),
        ]
      )
      .adding(
        "regions",
        columns: [
          ("region", .integers(Array(0..<9))), ("country", .texts((0..<9).map { ["MA", "TN", "BE"][$0 % 3] })),
          ("land", .integers((0..<9).map { $0 % 3 })),
        ]
      )
      .adding("lands", columns: [("land", .integers([0, 1, 2])), ("part", .texts(["N", "S", "N"]))])
  }

  /// Where `…` stands rows are counted off, so that what follows cannot be known before.
  @Test(
    arguments: [
      "from visits | join inner sites on site … | where opened > 2015 | summarize n = count, d = sum(days) by opened",
      "from visits | where days > 2 | join inner sites on site … | where opened > 2015 | keep id, days, opened",
      "from visits | join inner sites on name … | where opened > 2015 | keep id, days, opened",
      "from visits | where days > 2 | join inner sites on site … | where opened > 2005 | join inner regions on region … | where country = \"MA\" | summarize n = count, d = sum(days) by country, opened",
      "from visits | join inner sites on site … | join inner regions on region … | where country = \"MA\" and days < opened - 2000 | keep id, country",
      "from visits | join inner sites on site … | join inner regions on region … | join inner lands on land … | where part = \"S\" | keep id, country, part",
      "from visits | join left sites on site … | join inner regions on region … | where country = \"BE\" | summarize n = count by country",
      "from visits | join inner sites on site … | join left regions on region … | where country = \"BE\" | summarize n = count by country",
      "from visits | join inner sites on site … | where opened > 9999 | join inner regions on region … | where country = \"MA\" | keep id",
    ], [false, true])
  func givesWhatTheJoinGives(_ query: String, _ isRagged: Bool) throws {
    var found: [[String]] = []
    for (step, workers, off) in [("", 1, ""), ("", 3, ""), ("", 1, "reduce_joins"), ("| take 100000000", 1, "")] {
      let session = Session(
        catalog: try Self.catalog(unknownSites: isRagged, unknownRegions: isRagged),
        options: SessionOptions(workers: workers, disabledRules: [off]))
      let result = try session.run(query.replacing("…", with: step))[0]
      found.append(
        result.columns.map { "\($0.name): \($0.descriptions.map { $0 ?? "missing" })" }
          + result.notes.map { "\($0)" })
    }
    for other in found.dropFirst() { #expect(found[0] == other) }
  }

  private func rowsOfStages(_ query: String, isRagged: Bool, off: Set<String> = []) throws -> [String: Int] {
    let session = Session(
      catalog: try Self.catalog(unknownSites: isRagged, unknownRegions: isRagged),
      options: SessionOptions(workers: 1, disabledRules: off))
    let stages = try #require(try session.profile(query)[0].profile).stages
    let last = try #require(stages.map(\.pipeline).max())
    return Dictionary(
      stages.filter { $0.pipeline == last }.map { ($0.name, $0.rows) }, uniquingKeysWith: { first, _ in first })
  }

  /// A fifth of the sites are young, a third of these in the country.
  @Test func rowsAreDroppedBeforeTheyAreJoined() throws {
    let oneJoin = "from visits | where days >= 0 | join inner sites on site | where opened > 2015 | keep id"
    #expect(try rowsOfStages(oneJoin, isRagged: false)["join inner"] == Self.count / 5)
    #expect(try rowsOfStages(oneJoin, isRagged: false, off: ["reduce_joins"])["join inner"] == Self.count)
    let twoJoins =
      "from visits | where days >= 0 | join inner sites on site | where opened > 2015 | join inner regions on region | where country = \"MA\" | keep id"
    let young = (0..<Self.count).filter { $0 * 7 % 400 % 20 > 15 && $0 * 7 % 400 % 9 % 3 == 0 }
    #expect(try rowsOfStages(twoJoins, isRagged: false)["join inner"] == young.count)
  }

  /// A site of an unknown region is counted by the join that does not find it, among all that come to it.
  @Test func whatALaterJoinCountsStays() throws {
    let query =
      "from visits | where days >= 0 | join inner sites on site | join inner regions on region | where country = \"MA\" | keep id"
    #expect(try rowsOfStages(query, isRagged: true)["join inner"] == Self.count)
    let session = Session(catalog: try Self.catalog(unknownSites: true, unknownRegions: true))
    let notes = try session.run(query)[0].notes.map(\.message)
    let known = (0..<Self.count).filter { $0 % 50 != 7 }
    let lost = known.filter { $0 * 7 % 400 % 90 == 3 }.count
    #expect(notes.contains { $0.hasPrefix("100 rows of \(Self.count) found no match in `sites`") }, "\(notes)")
    #expect(notes.contains { $0.hasPrefix("\(lost) rows of \(known.count) found no match in `regions`") }, "\(notes)")
  }
}
