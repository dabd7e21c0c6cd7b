import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// What is written about a file makes it the same table when it is opened again, without guessing.
@Suite struct DescriptorDraftTests {
  /// The descriptor of a text as a file called `t.csv`.
  static func draft(_ bytes: [UInt8], options: ReadOptions = .init()) throws -> DescriptorDraft {
    let table = try DelimitedReader.open(bytes: bytes, name: "t.csv", options: options)
    var texts: [Int: [String?]] = [:]
    for place in DescriptorDraft.spelledPlaces(table.report) {
      var plain = options
      plain.types[table.schema[place].label] = .text
      let read = try DelimitedReader.open(bytes: bytes, name: "t.csv", options: plain)
      texts[place] = try columns(read)[place].map { if case .text(let text) = $0 { text } else { nil } }
    }
    return DescriptorDraft(file: "t.csv", report: table.report, schema: table.schema, texts: texts)
  }

  static func package(_ text: String) throws -> DataPackage {
    try DescriptorReader(path: "datapackage.json", directory: "").package(Array(text.utf8))
  }

  static func written(_ outcome: DescriptorDraft.Outcome) throws -> String {
    guard case .written(let text) = outcome else {
      Issue.record("nothing was written")
      return "{}"
    }
    return text
  }

  private static let inferences: Set<DiagnosticCode> = [
    .ambiguousDates, .ambiguousMark, .mostlyTyped, .scientificIdentifiers, .timeOfDayDropped, .skippedLines,
    .duplicateColumn, .accountingNegatives, .mixedCurrencies, .fieldsDiffer, .invalidDescriptor,
  ]

  private func roundTrip(_ bytes: [UInt8], _ label: String) throws {
    let first = try DelimitedReader.open(bytes: bytes, name: "t.csv")
    let text = try Self.written(try Self.draft(bytes).write(into: nil, path: "datapackage.json", replaces: false))
    let resource = try #require(try Self.package(text).resources.first)
    #expect(resource.path == "t.csv")
    let again = try DelimitedReader.open(bytes: bytes, name: "t.csv", resource: resource)
    #expect(again.schema.fields.map(\.label) == first.schema.fields.map(\.label), "\(label)\n\(text)")
    #expect(again.schema.fields.map(\.type) == first.schema.fields.map(\.type), "\(label)\n\(text)")
    #expect(again.schema.fields.map(\.unit) == first.schema.fields.map(\.unit), "\(label)\n\(text)")
    #expect(again.schema.fields.map(\.display) == first.schema.fields.map(\.display), "\(label)\n\(text)")
    #expect(try columns(again) == (try columns(first)), "\(label)\n\(text)")
    #expect(again.rowCount == first.rowCount)
    #expect(codes(again).filter(Self.inferences.contains) == [], "\(label)\n\(text)")
    #expect(again.report.columns.allSatisfy { $0.confidence == .declared }, "\(label)")
  }

  @Test(arguments: [
    "région;cible;part;date;trimestre;fait\nFès;1 200,5;12,5 %;15/04/2019;T1 2019;oui\nRabat;n/d;7 %;16/04/2019;T2 2019;non\n",
    "a,b\n01/02/2019,\"1,250\"\n03/04/2019,\"2,500\"\n", "a;b\n1.250;x\n2.500;y\n", "x\n1\n2\n", "1,2\n3,4\n5,6\n",
    "Titre\n\nn;montant;d\nx;1 234,50 DH;3 janvier 2019\ny;300 DH;1er mars 2020\nz;(12,5) DH;-\nSource : HCP, 2020\n",
    ";Femmes;;Hommes;\nRégion;cible;réalisé;cible;réalisé\nFès;10;12;11;9\nRabat;8;3;7;7\n",
    "code;n;n;\n01400;1;2;3\n75001;4;5;6\n",
    "t\td\tb\n2019-04-15 10:30\t04/15/2019\tO\n2019-04-16 00:00\t05/01/2019\tN\n",
    "k;v\na;2,43E+13\nb;7,17E+13\n", "mois;n\njanv. 2019;1\nfévr. 2019;2\n", "a|b\nNA|1\nND|2\n-|n/d\n",
    "x;y;z\n18.000;1,5;a\n2.500;2,25;b\n", "d;n\n12/05/20;1\n13/06/21;2\n", "d;n\n19-12-31;1\n20-01-15;2\n",
    "Titre\n\nRégion;Population;Dépenses\n;(persons);(DH)\nFès;10;20\nRabat;1;2\n",
    "id;How old?;Which?;;Comments\n;Response;Phone;Radio;Response\n1;34;Phone;;ok\n2;28;;Radio;no\n",
    "Libellé;Indice;Codes\nidBank;0017;\nPériode;;\n2019-12;104.39;A\n2019-11;103.98;A\n",
    "x;p\na;(3)\nb;(150)\n", "x;p\na;5 €\nb; -   €\n", "geo;2018\na;12.5 p\nb;: c\nc;7\nd;8\n",
    ";;\na;b;c\n1;2;3\n", "sep=;\na;b\n1;2\n", "\n\nTitre\na;b;c\n1;2;3\n", "x;p\na;(4 %)\nb;5 %\n",
  ]) func whatIsWrittenRules(text: String) throws {
    try roundTrip(Array(text.utf8), text)
  }

  @Test func encodingsAreWritten() throws {
    try roundTrip(Array("ville;n\nF".utf8) + [0xE8] + Array("s;1\n".utf8), "windows-1252")
    try roundTrip(Array("ville;n\nF".utf8) + [0x8F] + Array("s;1\n".utf8), "mac-roman")
    try roundTrip([0xFF, 0xFE] + "v;n\nFès;1\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "utf-16")
  }

  /// Random tables of everything that the reader decides.
  @Test(arguments: 0..<150) func randomTables(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let kinds: [[String]] = [
      ["1", "20", "300"], ["1,5", "2,25", "10"], ["1.5", "2.25"], ["1 200", "3 400"], ["12 %", "5,5 %"],
      ["oui", "non"],
      ["O", "N"], ["15/04/2019", "1/5/2019"], ["2019-04-15", "2020-01-01"], ["3 mars 2019", "12/11/2019"],
      ["T1 2019", "2019-S2"],
      ["5 €", "7,5 €"], ["(120)", "30"], ["01", "02"], ["a", "b c"], ["n/d", "1"], ["1.250", "2.500"],
      ["2019", "2020"],
    ]
    let width = Int.random(in: 2...5, using: &random)
    let chosen = (0..<width).map { _ in kinds.randomElement(using: &random)! }
    var text = Bool.random(using: &random) ? "" : "Un titre\n\n"
    text +=
      (0..<width).map { Int.random(in: 0...9, using: &random) == 0 ? "" : "c\($0 % 4)" }.joined(separator: ";") + "\n"
    for _ in 0..<Int.random(in: 2...12, using: &random) {
      text +=
        chosen.map { Int.random(in: 0...9, using: &random) == 0 ? "" : $0.randomElement(using: &random)! }
        .joined(separator: ";") + "\n"
    }
    if Bool.random(using: &random) { text += "\nSource : HCP, 2020\n" }
    try roundTrip(Array(text.utf8), text)
  }

  @Test func nothingOfADescriptorIsLost() throws {
    let existing = #"""
      {"name": "p", "custom": [1, 2.50, {"a": null}], "bilan": {"fiscal_year_start": 7},
       "resources": [
        {"name": "other", "path": "o.csv", "note": "é\n"},
        {"name": "t", "path": "t.csv", "title": "T", "schema": {"primaryKey": "a", "fields": [
          {"name": "gone", "type": "string"}, {"name": "b", "type": "string", "description": "B", "bilan": {"aliases": ["bb"]}}]}}]}
      """#
    let draft = try Self.draft(Array("a;b\nx;1\ny;2\n".utf8))
    guard case .isThere = try draft.write(into: Array(existing.utf8), path: "p", replaces: false) else {
      Issue.record("it was replaced")
      return
    }
    let text = try Self.written(try draft.write(into: Array(existing.utf8), path: "p", replaces: true))
    let package = try Self.package(text)
    #expect(package.fiscalYearStart == 7)
    #expect(package.resources.map(\.name) == ["other", "t"])
    let fields = try #require(package.resources[1].fields)
    #expect(fields.map(\.name) == ["a", "b", "gone"])
    #expect(fields[1].type == .integer)
    #expect(fields[1].summary == "B")
    #expect(fields[1].aliases == ["bb"])
    #expect(package.resources[1].title == "T")
    #expect(package.resources[1].primaryKey == ["a"])
    for kept in [#""custom": ["#, "2.50", #""a": null"#, #""note": "é\n""#] { #expect(text.contains(kept), "\(text)") }
    // Another file is added beside what is there.
    let more = DescriptorDraft(
      file: "other.csv", report: try open("a;b\n1;2\n").report, schema: try open("a;b\n1;2\n").schema, texts: [:])
    let added = try Self.package(try Self.written(try more.write(into: Array(text.utf8), path: "p", replaces: false)))
    #expect(added.resources.map(\.name) == ["other", "t", "other_2"])
    for broken in ["", "[]", "{\"resources\": 1}", "{"] {
      #expect(throws: QueryError.self) { try draft.write(into: Array(broken.utf8), path: "p", replaces: true) }
    }
  }
}
