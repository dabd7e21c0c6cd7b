import Bilan

/// The examples of docs/embedding.md: what stands between the marks stands there too, line by line.
///
/// Each gives what a test can look at.
enum EmbeddingExamples {
  static func firstResult(print: (String, Any) -> Void) throws {
    // begin firstResult
    let session = Session(catalog: try Catalog(["datasets"]))
    let result = try session.run("from results | summarize achievement by region, indicator | where exceeded")[0]
    for (region, achievement) in zip(result.column("region")!.texts!, result.column("achievement")!.numbers!) {
      print(region ?? "-", achievement ?? 0)
    }
    for note in result.notes { print("note:", note.message) }
    // end
  }

  static func options() throws -> Session {
    // begin options
    let catalog = try Catalog(["datasets", "visits=field/visits.csv"])
    let options = SessionOptions(
      today: "2021-01-22",  // what today() is; the machine's date unless said
      isStrict: true,  // notes are errors
      workers: 4)  // threads for one query; the answer does not depend on it
    let session = Session(catalog: catalog, options: options)
    // end
    return session
  }

  static func ownTable() throws -> QueryResult {
    // begin ownTable
    let catalog = try Catalog([]).adding(
      "visits",
      columns: [
        ("region", .texts(["Oriental", "Oriental", "Fès-Meknès"])),
        ("visited", .dates(["2021-01-04", "2021-01-18", nil])),
        ("women", .integers([12, 9, nil])),
      ])
    let session = Session(catalog: catalog)
    let result = try session.run("from visits | summarize visits = count(visited), women = sum(women) by region")[0]
    // end
    return result
  }

  static func parameters(_ session: Session) throws -> QueryResult {
    // begin parameters
    let query = """
      param region: text
      param since: period = 2019
      from results | where region = $region and period >= $since | summarize achievement by indicator
      """
    let result = try session.run(query, parameters: ["region": "Fès-Meknès", "since": "2020-Q3"])[0]
    // end
    return result
  }

  static func columns(_ result: QueryResult, into lines: inout [String]) -> [Ratio] {
    func print(_ words: String..., separator: String) { lines.append(words.joined(separator: separator)) }
    // begin columns
    for column in result.columns {
      print(column.name, column.handle, column.type, column.unit ?? "", separator: "\t")
    }
    let rates = result.column("achievement")?.ratios ?? []
    let complete = rates.filter { $0.reported == $0.expected }
    // end
    return complete
  }

  static func rows(_ result: QueryResult) throws -> (all: [String], behind: [String]) {
    // begin rows
    struct Region: Decodable {
      var region: String
      var achievement: Ratio
      var status: String?
    }

    let regions = try result.rows(as: Region.self)
    let behind = regions.filter { ($0.achievement.value ?? 0) < 0.9 }
    // end
    return (regions.map { "\($0.region) \($0.status ?? "-")" }, behind.map(\.region))
  }

  static func notes(_ result: QueryResult, print: (Any...) -> Void) {
    // begin notes
    for note in result.notes {
      print(note.code, note.message, note.messageInFrench, note.count ?? 0)
    }
    if !result.passedChecks { print("these figures are not fit for the meeting") }
    // end
  }

  static func errors(_ session: Session, print: (Any...) -> Void) {
    // begin errors
    do {
      _ = try session.run("from results | where regoin = \"Oriental\"")
    } catch {
      switch error.kind {
      case .query: print("the query is wrong")
      case .data: print("the data cannot be read")
      case .check: print("a check failed")
      case .cancelled: print("stopped")
      }
      for finding in error.findings {
        print(finding.code, finding.message, finding.location?.line ?? 0, finding.location?.column ?? 0)
        for advice in finding.help { print("help:", advice) }
      }
    }
    // end
  }

  static func writing(_ result: QueryResult) throws -> String {
    // begin writing
    var page: [UInt8] = []
    let lost = result.write(as: .html, inFrench: true) { page += $0 }
    for finding in lost { print(finding.messageInFrench) }
    // end
    return String(decoding: page, as: UTF8.self)
  }

  static func cancellation(_ session: Session) async -> Result<[QueryResult], any Error> {
    // begin cancellation
    let task = Task.detached {
      try session.run("from results | summarize achievement by indicator", isCancelled: { Task.isCancelled })
    }
    task.cancel()
    // end
    return await task.result
  }
}
