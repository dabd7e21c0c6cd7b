import BilanColumnar
import BilanDiagnostics
import Foundation
import Testing

@testable import BilanReaders

@Suite struct DataPackageTests {
  /// What a query says of all columns goes before what a descriptor says of some.
  @Test func optionsGoBeforeFields() throws {
    let package = try DescriptorReader(path: "datapackage.json", directory: "").package(
      Array(
        #"""
        {"resources": [{"path": "t.csv", "schema": {"fields": [
          {"name": "v", "type": "number", "decimalChar": ","},
          {"name": "d", "type": "date", "format": "%d/%m/%Y"},
          {"name": "m", "type": "number", "missingValues": ["99"]}
        ]}}]}
        """#.utf8))
    let text = "v;d;m\n1,500;03/04/2019;99\n2,500;05/06/2019;88\n"
    func read(_ options: ReadOptions) throws -> [[Value]] {
      try columns(
        DelimitedReader.open(
          bytes: Array(text.utf8), name: "t.csv", options: options, resource: package.resources[0]))
    }
    let described = try read(ReadOptions())
    #expect(
      described[0] == [.real(1.5), .real(2.5)] && described[1][0] == .date(CalendarDate(year: 2019, month: 4, day: 3)!))
    #expect(described[2] == [.missing, .real(88)])
    var options = ReadOptions(decimalMark: .point, missingCodes: ["88"])
    options.dates = .monthDayYear
    let asked = try read(options)
    #expect(
      asked[0] == [.real(1500), .real(2500)] && asked[1][0] == .date(CalendarDate(year: 2019, month: 3, day: 4)!))
    #expect(asked[2] == [.real(99), .missing])
  }

  /// Writes files into a new directory and gives its path.
  private func folder(_ files: [String: String]) throws -> String {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    return directory.path
  }

  private func failure(_ json: String) throws -> Diagnostic? {
    let directory = try folder(["datapackage.json": json])
    do throws(QueryError) {
      _ = try DataPackage.load(path: directory + "/datapackage.json")
      return nil
    } catch {
      #expect(error.kind == .data)
      return error.diagnostics.first
    }
  }

  private static let descriptor = """
    {
      "name": "entrepreneuriat", "title": "Results",
      "sources": [{"title": "Annual report"}], "licenses": [{"name": "CC0-1.0"}],
      "bilan": {"fiscal_year_start": 4, "thresholds": {"exceeded": 1.1}},
      "resources": [{
        "name": "results", "path": "results.csv", "title": "Results", "description": "By region",
        "encoding": "utf-8", "dialect": {"delimiter": ";", "quoteChar": "'"},
        "bilan": {"protect": 5, "origin": "field teams"},
        "schema": {
          "primaryKey": "code", "missingValues": ["", "-", {"value": "-99", "label": "not asked"}],
          "foreignKeys": [{"fields": "region", "reference": {"resource": "regions", "fields": "id"}}],
          "fields": [
            {"name": "code", "type": "integer"},
            {"name": "region", "type": "string", "categories": ["Fès", {"value": 2}], "constraints": {"required": true}},
            {"name": "Period", "type": "string", "bilan": {"type": "period"}},
            {"name": "target", "type": "number", "decimalChar": ",", "bilan": {"aliases": ["plan"], "unit": "MAD"}},
            {"name": "rate", "type": "number", "bilan": {"display": "percent"}},
            {"name": "day", "type": "date", "format": "%m/%d/%Y"},
            {"name": "phone", "type": "string", "bilan": {"sensitive": true}},
            {"name": "ok", "type": "boolean", "trueValues": ["1"], "falseValues": ["0"]},
            {"name": "price", "type": "number", "bareNumber": false},
            {"name": "gone", "type": "year"}
          ]
        }
      }]
    }
    """

  private static let data = """
    code;region;period;target;rate;day;phone;ok;price
    01;'Fès; médina';2019-T3;1,5;0.25;04/05/2019;0600;1;€ 1200.50
    -99;Oujda;FY2019;2,500;0.5;13/05/2019;0611;0;12 MAD
    x;-;2019-04;-;0.75;04/30/2019;;1;7

    """

  /// Notes on rows list no names that are personal.
  @Test func personalNamesAreNotListed() throws {
    let field = { (name: String, type: String, isSensitive: Bool) in
      "{\"name\": \"\(name)\", \"type\": \"\(type)\", \"bilan\": {\"sensitive\": \(isSensitive)}}"
    }
    let fields = [field("nom", "string", true), field("n", "integer", false), field("m", "integer", false)]
    let descriptor = """
      {"resources": [{"name": "t", "path": "t.csv", "schema": {"fields": [\(fields.joined(separator: ", "))]}}]}
      """
    for text in [
      "nom;n;m\nAlami;1000;500\nBennani;600;300\nChraibi;400;200\nDaoudi;800;90\nEl Idrissi;700;70\nFassi;100;20\n",
      "nom;n;m\nAlami;;\nBennani;600;300\nChraibi;;\nDaoudi;800;90\n",
    ] {
      let directory = try folder(["datapackage.json": descriptor, "t.csv": text])
      let resource = try #require(try DataPackage.load(path: directory + "/datapackage.json").resource(named: "t"))
      let table = try DelimitedReader.open(path: resource.path, name: "t", resource: resource)
      #expect(table.report.notes.contains { [.totalRows, .mergedCells].contains($0.code) }, "\(text)")
      #expect(
        !table.report.notes.contains { note in
          ["Alami", "Chraibi", "Daoudi"].contains {
            note.message.english.contains($0) || note.message.french.contains($0)
          }
        }, "\(table.report.notes)")
    }
  }

  @Test func descriptorsRule() throws {
    let directory = try folder(["datapackage.json": Self.descriptor, "results.csv": Self.data])
    let package = try DataPackage.load(path: directory + "/datapackage.json")
    #expect(package.fiscalYearStart == 4)
    #expect(package.thresholds == ["exceeded": 1.1])
    #expect(package.sources == ["Annual report"])
    #expect(package.licenses == ["CC0-1.0"])
    let resource = try #require(package.resource(named: "Results"))
    #expect(resource.protect == 5)
    #expect(resource.origin == "field teams")
    #expect(resource.primaryKey == ["code"])
    #expect(resource.foreignKeys.first?.resource == "regions")
    #expect(resource.fields?[1].categories == ["Fès", "2"])
    #expect(resource.schema?.fields.map(\.type).prefix(3) == [.integer, .text, .period])

    let table = try DelimitedReader.open(path: resource.path, name: "results", resource: resource)
    #expect(table.schema.fields.map(\.type) == [.integer, .text, .period, .real, .real, .date, .text, .boolean, .real])
    #expect(table.schema[3].aliases.contains("plan"))
    #expect(table.schema[3].aliases.contains("cible"))
    #expect(table.schema[3].unit == "MAD")
    #expect(table.schema[4].display == .percent)
    #expect(table.schema[6].isSensitive)
    let values = try columns(table)
    #expect(values[0] == [.integer(1), .missing, .missing])
    #expect(values[1] == [.text("Fès; médina"), .text("Oujda"), .missing])
    #expect(
      values[2] == [.period(.quarter(2019, 3)), .period(.fiscalYear(2019, firstMonth: 4)), .period(.month(2019, 4))])
    #expect(values[3] == [.real(1.5), .real(2.5), .missing])
    #expect(values[5] == [day(2019, 4, 5), .missing, day(2019, 4, 30)])
    #expect(values[6] == [.text("0600"), .text("0611"), .missing])
    #expect(values[7] == [.boolean(true), .boolean(false), .boolean(true)])
    #expect(values[8] == [.real(1200.5), .real(12), .real(7)])
    #expect(table.report.columns[0].unreadable?.examples.first?.text == "x")
    #expect(table.report.columns[0].unreadable?.examples.first?.line == 4)
    #expect(codes(table) == [.fieldsDiffer, .unreadableValues, .unreadableValues])
  }

  @Test func aSchemaNamesTheColumnsOfAFileWithoutHeader() throws {
    let directory = try folder([
      "datapackage.json": """
      {"resources": [{"path": "d.csv", "dialect": {"header": false}, "schema": "schema.json"}]}
      """,
      "schema.json": #"{"fields": [{"name": "ville"}, {"name": "n", "type": "integer"}]}"#, "d.csv": "Fès,1\nRabat,2\n",
    ])
    let package = try DataPackage.load(path: directory + "/datapackage.json")
    #expect(package.resources[0].name == "d")
    let table = try DelimitedReader.open(path: package.resources[0].path, resource: package.resources[0])
    #expect(table.schema.fields.map(\.label) == ["ville", "n"])
    #expect(table.rowCount == 2)
  }

  @Test func invalidDescriptorsSayWhatIsWrong() throws {
    #expect(try failure("{")?.code == .invalidDescriptor)
    #expect(try failure("{}")?.message.english.contains("lacks `resources`") == true)
    #expect(
      try failure(#"{"resources": [{"path": "a.csv", "schema": {"fields": [{"type": "number"}]}}]}"#)?.message.english
        .contains("`resources[0].schema.fields[0]` lacks `name`") == true)
    #expect(
      try failure(#"{"resources": [{"path": "a.csv", "schema": {"fields": [{"name": "x", "type": "money"}]}}]}"#)?
        .message.french.contains("type inconnu `money`") == true)
    #expect(
      try failure(#"{"resources": [{"path": "a.csv", "dialect": {"delimiter": "::"}}]}"#)?.code == .invalidDescriptor)
    #expect(try failure(#"{"resources": [], "bilan": {"fiscal_year_start": 13}}"#)?.code == .invalidDescriptor)
    #expect(try failure(#"{"resources": 3}"#)?.message.english.contains("`resources`") == true)
  }
}
