import Bilan
import Foundation
import Testing

/// Files that are not delimited text, as a session meets them.
@Suite struct FormatTests {
  /// Runs a query among files.
  private func run(_ query: String, _ files: [String: String], data: [String] = []) throws -> [QueryResult] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bilan-formats-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let path = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: path)
    }
    let sources = data.map { source in
      source.contains("=") ? source.replacing("=", with: "=\(folder.path)/") : folder.path + "/" + source
    }
    let session = Session(catalog: try Catalog(sources), options: SessionOptions(today: "2021-01-22"))
    return try session.run(query, sourceName: folder.path + "/q.bilan")
  }

  private func finding(_ query: String, _ files: [String: String]) throws -> (kind: BilanError.Kind, Finding) {
    do {
      _ = try run(query, files)
      throw CancellationError()
    } catch let error as BilanError {
      return (error.kind, try #require(error.findings.first))
    }
  }

  @Test func jsonIsATable() throws {
    let files = ["d.json": #"{"data": {"a": [{"x": 1}], "b": [{"region": "Fès", "at": {"n": 2}}, {"at": {"n": 3}}]}}"#]
    let results = try run("from \"d.json\" | summarize total = sum(at_n)\nfrom \"d.json#data.a\" | keep x", files)
    #expect(results[0].column("total")?.integers == [5])
    #expect(results[1].column("x")?.integers == [1])
  }

  /// What is opened of a list is in the currency that its elements were in.
  @Test func elementsOfListsKeepTheirUnit() throws {
    let files = [
      "m.json": #"[{"c": ["1 200 DH", "300 DH"], "o": [{"m": "5 EUR"}]}]"#, "e.json": #"[{"c": ["5 EUR"]}]"#,
    ]
    let result = try run("from \"m.json\" | unnest c | unnest o", files)[0]
    #expect(result.columns.map(\.unit) == ["MAD", "EUR"])
    #expect(result.notes.isEmpty)
    #expect(try finding("from \"m.json\" | unnest c | unnest o | add t = c + o_m", files).1.code == "B0304")
    #expect(try finding("from \"m.json\" | append (from \"e.json\")", files).1.code == "B0304")
    let union = try run("from \"*.json\" | keep c", files)[0]
    #expect(union.notes.contains { $0.message.contains("different currencies") })
    // Numbers without one may be in any.
    for bare in [#"[{"c": [5, 6]}]"#, #"[{"c": []}]"#, #"[{"c": ["a"]}]"#] {
      let beside = try run("from \"*.json\" | keep c", ["m.json": files["m.json"]!, "n.json": bare])[0]
      #expect(
        beside.notes.contains { $0.message.contains("have a unit in some files") } == bare.contains("5"), "\(bare)")
    }
  }

  /// A result in JSON says what its numbers are in.
  @Test func resultsKeepTheirUnits() throws {
    let text =
      #"{"columns": [{"name": "c", "type": "number", "unit": "MAD"}, {"name": "n", "type": "number"}], "rows": [{"c": 5, "n": 1}]}"#
    #expect(try run("from \"r.json\"", ["r.json": text])[0].columns.map(\.unit) == ["MAD", nil])
  }

  @Test func measuresWorkOnJSONLines() throws {
    let lines = #"{"indicator": "jobs", "target": 10, "actual": 12}"# + "\n" + #"{"indicator": "jobs", "target": 10}"#
    let result = try run("from \"r.ndjson\" | summarize achievement, exceeded by indicator", ["r.ndjson": lines])[0]
    #expect(result.column("achievement")?.descriptions == ["1.2"])
  }

  @Test func damageIsAnErrorOfData() throws {
    let (kind, finding) = try finding("from \"d.json\"", ["d.json": "[{\"a\": 1},\n {\"a\": }]"])
    #expect(kind == .data)
    #expect(finding.code == "B0721")
    #expect(finding.message.contains("line 2, column 8"))
    #expect(finding.messageInFrench.contains("la ligne 2, colonne 8"))
  }

  @Test func aTableThatIsNotThereIsSaid() throws {
    let (kind, finding) = try finding("from \"d.json#cities\"", ["d.json": #"{"regions": [{"a": 1}]}"#])
    #expect(kind == .data)
    #expect(finding.code == "B0720")
    #expect(finding.help.contains { $0.contains("`regions`") })
  }

  @Test func dataInJSONIsNoDescriptor() throws {
    let files = ["d.json": #"[{"a": 1}, {"a": 2}]"#, "p.json": #"{"resources": [{"name": "t", "path": "t.csv"}]}"#]
      .merging(["t.csv": "b\n3\n"]) { $1 }
    #expect(try run("from d | count", files, data: ["d.json"])[0].column("count")?.integers == [2])
    #expect(try run("from t | keep b", files, data: ["p.json"])[0].column("b")?.integers == [3])
    #expect(try run("from x | count", files, data: ["x=d.json#$"])[0].column("count")?.integers == [2])
  }

  #if Exchange
    private static let activities = """
      <iati-activities version="2.03"><iati-activity><iati-identifier>MA-1</iati-identifier>
      <result type="1"><title><narrative>r</narrative></title>
      <indicator measure="1" ascending="0"><title><narrative>failures</narrative></title>
      <baseline value="100"/>
      <period><period-start iso-date="2019-01-01"/><period-end iso-date="2019-12-31"/>
      <target value="50"/><actual value="25"/></period>
      <period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/><target value="40"/></period>
      </indicator></result></iati-activity></iati-activities>
      """

    @Test func measuresWorkOnResultsOfIATI() throws {
      let result = try run(
        "from \"a.xml#results\" | summarize achievement, status, gap by indicator", ["a.xml": Self.activities])[0]
      // It should fall: from 100 to 50, and fell to 25; the period not reported is in the coverage.
      #expect(result.column("achievement")?.descriptions == ["1.5"])
      #expect(result.column("status")?.texts == ["exceeded"])
      #expect(result.column("gap")?.integers == [25])
      let periods = try run("from \"a.xml#results\" | where period in 2019 | count", ["a.xml": Self.activities])[0]
      #expect(periods.column("count")?.integers == [1])
    }

    @Test func aFolderOfIATIIsATable() throws {
      let result = try run(
        "from \"iati#results\" | count\nfrom \"iati/\" | keep file",
        ["iati/a.xml": Self.activities, "iati/b.xml": Self.activities])
      #expect(result[0].column("count")?.integers == [4])
      #expect(result[1].column("file")?.texts == ["a.xml", "b.xml"])
    }
  #else
    @Test func withoutTheTraitXMLIsRefused() throws {
      let (kind, finding) = try finding("from \"a.xml\"", ["a.xml": "<?xml version='1.0'?><a/>"])
      #expect(kind == .data)
      #expect(finding.code == "B0710")
    }
  #endif
}
