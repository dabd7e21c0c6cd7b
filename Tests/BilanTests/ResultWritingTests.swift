import Bilan
import Testing

@Suite("Writing results from a program")
struct ResultWritingTests {
  private struct Full: Error {}

  private let result: QueryResult

  init() throws {
    let catalog = try Catalog([]).adding(
      "visits",
      columns: [
        ("région", .texts(["Oriental", "Fès; Meknès", nil])), ("visited", .dates(["2021-01-04", nil, "2021-02-01"])),
        ("women", .reals([12.5, 9, nil])),
      ])
    result = try Session(catalog: catalog).run("from visits")[0]
  }

  private func written(_ format: ResultFormat, inFrench: Bool = false, workers: Int = 1) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = result.write(as: format, inFrench: inFrench, workers: workers) { bytes += $0 }
    return bytes
  }

  @Test func givesTheBytesOfTheCommand() {
    let text = "région,visited,women\nOriental,2021-01-04,12.5\nFès; Meknès,,9\n,2021-02-01,\n"
    #expect(String(decoding: written(.csv), as: UTF8.self) == text)
    #expect(written(.csv, workers: 3) == written(.csv))
    #expect(written(.csv, workers: 0) == written(.csv))
    #expect(written(.parquet).prefix(4) == [0x50, 0x41, 0x52, 0x31])
  }

  @Test func namesEveryFormat() throws {
    for format in ResultFormat.allCases {
      #expect(ResultFormat(named: format.name) == format)
      #expect(!written(format).isEmpty)
    }
    #expect(ResultFormat(named: "csv-fr") == .csvFrench)
    #expect(ResultFormat(path: "a/b.JSON") == .json)
    #expect(ResultFormat(path: "a/json") == nil)
    #expect(ResultFormat(named: "doc") == nil)
  }

  @Test func saysWhatIsLost() throws {
    let session = Session(catalog: try Catalog([]).adding("t", columns: [("nom", .texts(["ⵣ", "é"]))]))
    var bytes: [UInt8] = []
    let lost = try session.run("from t")[0].write(as: .csvFrench) { bytes += $0 }
    #expect(lost.count == 1 && lost[0].count == 1)
    #expect(bytes.contains(0xE9))
  }

  @Test func stopsWhereTheBytesAreNotTaken() throws {
    let numbers = (0..<200_000).map { Double($0) }
    let session = Session(catalog: try Catalog([]).adding("t", columns: [("n", .reals(numbers))]))
    let many = try session.run("from t")[0]
    var blocks = 0
    #expect(throws: Full.self) {
      try many.write(as: .csv) { _ throws(Full) in
        blocks += 1
        if blocks == 2 { throw Full() }
      }
    }
    #expect(blocks == 2)
  }
}
