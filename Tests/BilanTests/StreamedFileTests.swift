import BilanColumnar
import Foundation
import Testing

@testable import Bilan
@testable import BilanReaders

/// Queries on a large file that is read as they go give what they give where it is kept.
@Suite struct StreamedFileTests {
  /// 120,000 rows of about 40 bytes.
  private static func file(last: String = "") -> String {
    var text = "id;region;indicator;target;actual;rate;day\n"
    let regions = ["Rabat", "Fès", "Oriental", "n/d", "Souss"]
    for row in 0..<120_000 {
      text += "\(row);\(regions[row % 5]);ind \(row % 11);\(row % 90);\(row % 13 == 0 ? "" : String(row % 97));"
      text += "\(row % 40),\(row % 10);\(row % 28 + 1)/0\(row % 9 + 1)/2019\n"
    }
    let path = FileManager.default.temporaryDirectory.appending(path: "bilan-once-\(UUID().uuidString).csv").path
    try? (text + last).write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }
  private static let plain = file()
  /// A value that makes the column another.
  private static let late = file(last: "120000;Rabat;ind 1;5,25;6;none;1/01/2019\n")

  private static func session(_ file: String, _ workers: Int, keepsFiles: Bool, off: Set<String> = []) throws -> Session
  {
    Session(
      catalog: try Catalog(["t=" + file]),
      options: SessionOptions(
        today: "2021-01-22", workers: workers, chunkSize: 20_000, disabledRules: off, keepsFiles: keepsFiles))
  }

  private static func answer(_ session: Session, _ query: String) throws -> [String] {
    do {
      return try session.run(query).flatMap { result in
        result.columns.map { "\($0.name): \($0.descriptions.map { $0 ?? "missing" })" }
          + result.notes.map { "\($0)" }
          + result.failedChecks.map { check in
            let rows = check.rows.chunks.flatMap { chunk in
              (0..<chunk.count).map { row in
                zip(check.rows.schema.fields, chunk.columns).map { $1.value(row, as: $0.type) }
              }
            }
            return "\(check.text) \(check.count) \(rows)"
          }
      }
    } catch {
      return ["\(error)"]
    }
  }

  private static func wasStreamed(_ session: Session) throws -> Bool {
    let table = try #require(try session.catalog.table(named: "t") as? FileTable)
    return table.rowCount == nil && table.report.rowCount > 0
  }

  private static let queries = [
    "from t | summarize n = count",
    "from t | summarize n = count, s = sum(actual), r = mean(rate) by region",
    "from t | summarize s = sum(rate), d = stddev(rate), m = median(actual), f = first(id) by indicator, region",
    "from t | where region = \"Rabat\" and rate > 20 | summarize s = sum(actual) by day",
    "from t | where actual is missing and day < 2019-01-05 | keep id, region, day",
    "from t | top 5 by actual",
    "from t | sort -rate, id | take 7",
    "from t | take 3",
    "from t | keep region, indicator | distinct",
    "from t | where id < 40 | sort region, -id",
    "from t | add missing = if(region is missing, 1, 0) | summarize s = sum(missing), p = share(s)",
    "from t | where id in (from t | where rate = 39.9 | take 4 | keep id) | keep id, rate",
    "from t | check actual < 97 | summarize n = count",
  ]

  @Test(arguments: queries) func givesTheSameAnswer(_ query: String) throws {
    for file in [Self.plain, Self.late] {
      let kept = try Self.answer(try Self.session(file, 1, keepsFiles: true), query)
      for workers in [1, 2] {
        #expect(try Self.answer(try Self.session(file, workers, keepsFiles: false), query) == kept, "\(workers)")
      }
    }
  }

  /// What is asked of a file that is named once leaves nothing of it in memory.
  @Test func keepsNoColumns() throws {
    let session = try Self.session(Self.plain, 2, keepsFiles: false)
    _ = try session.run(Self.queries[1])
    #expect(try Self.wasStreamed(session))
    let keeping = try Self.session(Self.plain, 2, keepsFiles: true)
    _ = try keeping.run(Self.queries[1])
    #expect(try !Self.wasStreamed(keeping))
    // A rule like others.
    let without = try Self.session(Self.plain, 2, keepsFiles: false, off: ["stream_files"])
    _ = try without.run(Self.queries[1])
    #expect(try !Self.wasStreamed(without))
    // Two queries of one text, or one that names it twice, read it once.
    let twice = try Self.session(Self.plain, 2, keepsFiles: false)
    _ = try twice.run(Self.queries[0] + "\n\n" + Self.queries[1])
    #expect(try !Self.wasStreamed(twice))
    // All of it is to be sorted.
    let sorting = try Self.session(Self.plain, 2, keepsFiles: false)
    _ = try sorting.run("from t | keep id, region | sort region")
    #expect(try !Self.wasStreamed(sorting))
  }

  /// Where the end shows that a column is another, it is read anew.
  @Test func readsWhatDoesNotHoldOnceMore() throws {
    let session = try Self.session(Self.late, 2, keepsFiles: false)
    let total = try session.run("from t | summarize s = sum(target)")[0]
    #expect(total.column("s")?.numbers?.first == 5_339_105.25)
    #expect(try !Self.wasStreamed(session))
  }

  /// How a file was understood is said too where only a pipeline inside a condition reads it.
  @Test func saysWhatAnInnerPipelineReads() throws {
    let folder = try FileFolder()
    let marks = try folder.write("marks.csv", "id;v\n" + (1...9).map { "\($0);\($0)\n" }.joined() + "10;many\n")
    let ids = try folder.write("ids.csv", "id\n3\n10\n")
    let result = try Session(catalog: try Catalog([])).run(
      "from \"\(ids)\" | where id in (from \"\(marks)\" | where v = \"many\" | keep id)")[0]
    #expect(result.column("id")?.numbers == [10])
    #expect(result.notes.contains { $0.message.contains("many") })
  }
}
