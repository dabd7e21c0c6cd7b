import BilanColumnar
import BilanRenderers
import Testing

@testable import Bilan

/// The same data in every format is the same table: names, types and values.
@Suite struct SameTableTests {
  private static let text = """
    code;région;période;jour;actif;cible;réalisé
    007;Fès-Meknès;2019-Q3;31/12/2019;oui;10;12,5
    012;"l’Oriental; et";2019-Q4;01/01/2020;non;20;
    013;;2020-Q1;;;;0,25

    """

  private let folder: FileFolder

  init() throws { folder = try FileFolder() }

  /// The table as the text is understood, and the same written in each other format; the names that `from` takes.
  private func files() throws -> [String] {
    try folder.write("t.csv", Self.text)
    let table = try folder.run("from \"t.csv\"").table
    var names = ["t.csv"]
    var formats: [OutputFormat] = [.tsv, .json, .ndjson, .arrow, .arrowStream, .parquet]
    #if Spreadsheets
      formats.append(.xlsx)
    #endif
    for format in formats {
      var sink = BufferSink()
      render(table, notes: [], as: format, options: RenderOptions(), into: &sink)
      let name = "t." + format.extensions[0]
      try folder.write(name, sink.bytes)
      // The document holds the columns too.
      names.append(format == .json ? name + "#rows" : name)
    }
    #if Databases
      try folder.makeDatabase("t.db", Self.script)
      names.append("t.db")
    #endif
    return names
  }

  #if Databases
    private static let script = """
      CREATE TABLE t (code TEXT, "région" TEXT, "période" TEXT, jour DATE, actif BOOLEAN, cible INTEGER, "réalisé" REAL);
      INSERT INTO t VALUES ('007', 'Fès-Meknès', '2019-Q3', '2019-12-31', 1, 10, 12.5),
        ('012', 'l’Oriental; et', '2019-Q4', '2020-01-01', 0, 20, NULL),
        ('013', NULL, '2020-Q1', NULL, NULL, NULL, 0.25);
      """
  #endif

  @Test func everyFormatGivesTheSameTable() throws {
    let files = try files()
    let tables = try files.map { try folder.run("from \"\($0)\"").table }
    let first = tables[0]
    #expect(first.schema.fields.map(\.type) == [.text, .text, .period, .date, .boolean, .integer, .real])
    #expect(first.rowCount == 3)
    for (file, table) in zip(files, tables) {
      #expect(table.schema.fields.map(\.label) == first.schema.fields.map(\.label), "\(file)")
      #expect(table.schema.fields.map(\.handle) == first.schema.fields.map(\.handle), "\(file)")
      #expect(table.schema.fields.map(\.type) == first.schema.fields.map(\.type), "\(file)")
      #expect(cells(table) == cells(first), "\(file)")
    }
  }

  /// The same question has the same answer, byte for byte.
  @Test func everyFormatGivesTheSameAnswer() throws {
    let question = """
      summarize rate = ratio(realise, cible), n = count, last = max(jour), any = any(actif) by periode
      """
    var answers: [String: [String]] = [:]
    for file in try files() {
      var sink = BufferSink()
      render(
        try folder.run("from \"\(file)\" | \(question)").table, notes: [], as: .csv, options: RenderOptions(),
        into: &sink)
      answers[sink.text, default: []].append(file)
    }
    #expect(answers.count == 1, "\(answers)")
  }

  private func cells(_ table: Table) -> [[Value]] {
    table.schema.fields.indices.map { place in
      table.chunks.flatMap { chunk in
        (0..<chunk.count).map { chunk.columns[place].value($0, as: table.schema[place].type) }
      }
    }
  }
}
