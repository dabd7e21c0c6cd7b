import Testing

@testable import Bilan

/// A resource of a data package whose `path` is a list is one table.
@Suite struct PartedResourceTests {
  private func cells(_ folder: FileFolder, _ query: String) throws -> [[String?]] {
    let session = Session(catalog: try Catalog([folder.path + "/datapackage.json"]))
    return try session.run(query, sourceName: folder.path + "/query.bilan")[0].columns.map { $0.descriptions }
  }

  @Test func filesWithAndWithoutHeader() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "région;n\nFès;1\n")
    try folder.write("b.csv", "Oujda;2\n")
    try folder.write("c.csv", "Région;n\nRabat;3\n")
    let parts = #"{"resources": [{"name": "all", "path": ["a.csv", "b.csv", "c.csv"]"#
    try folder.write("datapackage.json", parts + "}]}")
    #expect(
      try cells(folder, "from all") == [["Fès", "Oujda", "Rabat"], ["1", "2", "3"], ["a.csv", "b.csv", "c.csv"]])
    #expect(try cells(folder, "from all | summarize s = sum(n)") == [["6"]])
    try folder.write(
      "datapackage.json",
      parts + #", "schema": {"fields": [{"name": "région", "type": "string"}, {"name": "n", "type": "string"}]}}]}"#)
    #expect(try cells(folder, "from all | keep n") == [["1", "2", "3"]])
  }

  @Test func aFileThatIsNotThereIsAnError() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "région;n\nFès;1\n")
    try folder.write("datapackage.json", #"{"resources": [{"name": "all", "path": ["a.csv", "b.csv"]}]}"#)
    #expect(throws: BilanError.self) { try cells(folder, "from all") }
  }
}
