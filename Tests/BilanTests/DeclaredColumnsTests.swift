import BilanColumnar
import BilanReaders
import BilanRenderers
import Testing

@testable import Bilan

/// What a descriptor and a query say of the columns of files that store types.
@Suite struct DeclaredColumnsTests {
  private static let text = """
    nom,code,jour,montant,trimestre,fait
    Ali,1,15/04/2019,1.5,2019-Q1,1
    Sara,2,16/04/2019,2.5,n/d,0
    Mina,-99,bientôt,4,2019-Q3,2

    """

  /// Each column as a type that a file may store it in.
  private static let stored: [DataType] = [.text, .integer, .text, .real, .text, .integer]

  private static let descriptor = """
    {"name": "x", "resources": [{"name": "t", "path": "FILE", "schema": {"missingValues": ["", "-99"], "fields": [
      {"name": "nom", "type": "string", "title": "Nom complet", "bilan": {"sensitive": true}},
      {"name": "code", "type": "string"},
      {"name": "jour", "type": "date", "format": "%d/%m/%Y"},
      {"name": "montant", "type": "number", "missingValues": ["4"], "bilan": {"unit": "MAD", "aliases": ["budget_total"]}},
      {"name": "trimestre", "type": "string", "missingValues": ["n/d"], "bilan": {"type": "period"}},
      {"name": "fait", "type": "boolean"}]}}]}
    """

  static let formats: [OutputFormat] = [.parquet, .arrow, .arrowStream]

  /// A folder with the table in a format.
  private func folder(_ format: OutputFormat) throws -> (FileFolder, name: String) {
    let folder = try FileFolder()
    let names = ["nom", "code", "jour", "montant", "trimestre", "fait"]
    let types = zip(names, Self.stored).map { name, type in
      "\(name): \(type == .text ? "text" : "number")"
    }
    try folder.write("t.csv", Self.text)
    var sink = BufferSink()
    render(
      try folder.run("from \"t.csv\" with types = \"\(types.joined(separator: ", "))\"").table, notes: [], as: format,
      options: RenderOptions(), into: &sink)
    let name = "t." + format.extensions[0]
    try folder.write(name, sink.bytes)
    return (folder, name)
  }

  @Test(arguments: formats) func aDescriptorIsHeeded(format: OutputFormat) throws {
    let (folder, name) = try folder(format)
    try folder.write("datapackage.json", Self.descriptor.replacing("FILE", with: name))
    let listed = try folder.run("from \"\(name)\"")
    #expect(listed.columns.map(\.name) == ["code", "jour", "montant", "trimestre", "fait"])
    #expect(listed.columns.map(\.descriptions)[1] == ["2019-04-15", "2019-04-16", nil])
    #expect(listed.columns.map(\.descriptions)[2] == ["1.5", "2.5", nil])
    #expect(listed.columns.map(\.descriptions)[3] == ["2019-Q1", nil, "2019-Q3"])
    #expect(listed.columns.map(\.descriptions)[4] == ["true", "false", nil])
    #expect(listed.notes.map(\.code).contains("B0808"))
    #expect(listed.notes.filter { $0.code == "B0709" }.count == 2)
    let fields = listed.table.schema.fields
    #expect(fields[0].type == .text)
    #expect(fields[2].unit == "MAD")
    #expect(
      try folder.cells("from \"\(name)\" | summarize sum(budget_total), count_distinct(nom_complet)") == [["4"], ["3"]])
    // Conditions are asked of what is read, not of what is stored.
    #expect(try folder.cells("from \"\(name)\" | where jour = 2019-04-16 | keep code") == [["2"]])
    #expect(try folder.cells("from \"\(name)\" | where trimestre is missing | keep code") == [["2"]])
  }

  /// What cannot be read of personal data is counted, not shown.
  @Test(arguments: formats) func personalDataAreNotShown(format: OutputFormat) throws {
    let (folder, name) = try folder(format)
    let descriptor = Self.descriptor.replacing("FILE", with: name)
    let query = "from \"\(name)\" | summarize count(jour), count(fait)"
    try folder.write("datapackage.json", descriptor)
    let shown = try folder.run(query).notes.filter { $0.code == "B0709" }.map(\.message)
    #expect(shown.count == 2 && shown[0].hasSuffix("`bientôt`") && shown[1].hasSuffix("`2.0`"), "\(shown)")
    try folder.write(
      "datapackage.json",
      descriptor.replacing(#""%d/%m/%Y"}"#, with: #""%d/%m/%Y", "bilan": {"sensitive": true}}"#)
        .replacing(#""type": "boolean"}"#, with: #""type": "boolean", "bilan": {"sensitive": true}}"#))
    let hidden = try folder.run(query).notes.filter { $0.code == "B0709" }.map(\.message)
    #expect(hidden == shown.map { $0.replacing("`bientôt`", with: "`…`").replacing("`2.0`", with: "`…`") })
  }

  #if Databases
    /// What makes texts of a column of a database is not shown either.
    @Test func personalDataOfDatabasesAreNotShown() throws {
      let folder = try FileFolder()
      try folder.makeDatabase(
        "t.db",
        """
        CREATE TABLE t (id INTEGER, day DATE);
        INSERT INTO t VALUES (1, '2019-01-01'), ('seven', 'soon'), (3, '2019-01-03');
        """)
      func notes() throws -> [String] {
        try folder.run("from \"t.db\" | summarize count(id), count(day)").notes.map(\.message)
      }
      let shown = try notes()
      #expect(shown.count == 2 && shown[0].contains("`seven`") && shown[1].contains("`soon`"), "\(shown)")
      let fields = ["id", "day"].map { #"{"name": "\#($0)", "bilan": {"sensitive": true}}"# }
      try folder.write(
        "datapackage.json",
        #"{"name": "x", "resources": [{"name": "t", "path": "t.db", "schema": {"fields": [\#(fields.joined(separator: ","))]}}]}"#
      )
      #expect(try notes() == shown.map { $0.replacing("`seven`", with: "`…`").replacing("`soon`", with: "`…`") })
    }
  #endif

  @Test(arguments: formats) func optionsAreHeeded(format: OutputFormat) throws {
    let (folder, name) = try folder(format)
    let types = "types = \"code: text, jour: date\", missing = \"bientôt\""
    let columns = try folder.cells("from \"\(name)\" with \(types) | keep code, jour")
    #expect(columns[0].first == "1")
    #expect(columns[1] == ["2019-04-15", "2019-04-16", nil])
    #expect(try folder.run("from \"\(name)\" with \(types) | keep code, jour").notes.isEmpty)
    for option in ["delimiter = \";\"", "header = true", "encoding = \"utf-8\""] {
      #expect(throws: BilanError.self, "\(option)") { try folder.run("from \"\(name)\" with \(option)") }
    }
  }

  /// Amounts that are stored as texts keep their currency where they are declared to be numbers.
  @Test(arguments: formats) func declaredNumbersKeepTheirUnit(format: OutputFormat) throws {
    let folder = try FileFolder()
    try folder.write("t.csv", "a;b;c\n1 200,50 DH;5 EUR;7\n300 DH;6 EUR;8\n")
    var sink = BufferSink()
    render(
      try folder.run("from \"t.csv\" with types = \"a: text, b: text, c: text\"").table, notes: [], as: format,
      options: RenderOptions(), into: &sink)
    let name = "t." + format.extensions[0]
    try folder.write(name, sink.bytes)
    let source = "from \"\(name)\" with types = \"a: number, b: number, c: number\""
    let result = try folder.run(source)
    #expect(result.columns.map(\.unit) == ["MAD", "EUR", nil])
    #expect(result.columns[0].descriptions == ["1200.5", "300"])
    #expect(result.notes.isEmpty)
    #expect(throws: BilanError.self) { try folder.run(source + " | add total = a + b") }
    #expect(try folder.cells(source + " | where c > 7 | keep b") == [["6"]])
  }

  /// A type that what is stored cannot be read as.
  @Test func whatCannotBeIsSaid() throws {
    let folder = try FileFolder()
    try folder.write("t.csv", "d,n\n2019-04-15,1\n")
    var sink = BufferSink()
    render(
      try folder.run("from \"t.csv\"").table, notes: [], as: .parquet, options: RenderOptions(), into: &sink)
    try folder.write("t.parquet", sink.bytes)
    let result = try folder.run("from \"t.parquet\" with types = \"d: number\"")
    #expect(result.columns.map(\.descriptions) == [["2019-04-15"], ["1"]])
    #expect(result.notes.map(\.code) == ["B0719"])
  }

  @Test func optionsThatSayNothingAreRefused() throws {
    let folder = try FileFolder()
    try folder.write("t.json", #"[{"a": 1}]"#)
    #expect(throws: BilanError.self) { try folder.run("from \"t.json\" with delimiter = \";\"") }
    #expect(throws: BilanError.self) { try folder.run("from \"t.json\" with header = 2") }
    #expect(try folder.cells("from \"t.json\" with decimal = \",\", missing = \"x\"") == [["1"]])
  }
}
