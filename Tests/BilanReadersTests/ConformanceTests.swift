import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Foundation
import Testing

@testable import BilanReaders

/// The test suites of other readers of delimited text, where they are at hand, against what they expect.
///
/// What does not conform is listed with its reason, so that a fix shows as well as a regression; `docs/formats.md` has
/// the figures.
@Suite(.enabled(if: RealData.isPresent, "no real data beside the package"))
struct ConformanceTests {
  private static func files(_ suite: String) -> [String] {
    let all =
      FileManager.default.enumerator(atPath: RealData.directory + "/" + suite)?.compactMap { $0 as? String } ?? []
    return all.filter { [".csv", ".tsv", ".txt", ".csvm", "/csvm"].contains(where: $0.hasSuffix) }.sorted()
  }

  private static func json(_ path: String) throws -> Any {
    try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: RealData.directory + "/" + path)), options: [.fragmentsAllowed])
  }

  /// A table with every cell as a text; an empty one is missing.
  private static func texts(_ bytes: [UInt8], hasHeader: Bool = true) throws -> (labels: [String], rows: [[String]]) {
    let plain = try DelimitedReader.open(bytes: bytes, name: "t.csv")
    var options = ReadOptions(hasHeader: hasHeader, missingCodes: [])
    for field in plain.schema.fields { options.types[field.label] = .text }
    let table = try DelimitedReader.open(bytes: bytes, name: "t.csv", options: options)
    let read = try columns(table)
    let count = read.first?.count ?? 0
    let rows = (0..<count).map { row in
      read.map { column -> String in if case .text(let text) = column[row] { text } else { "" } }
    }
    return (table.schema.fields.map(\.label), rows)
  }

  // MARK: csv-spectrum

  /// Each file with its cells as JSON.
  @Test func spectrum() throws {
    let suite = "suite-csv-spectrum"
    var passed = 0
    for file in Self.files(suite) {
      let bytes = try SuiteFile("\(RealData.directory)/\(suite)/\(file)", name: file).bytes
      let expected = try #require(try Self.json("\(suite)/\(file.dropLast(4)).json") as? [[String: String]])
      let (labels, rows) = try Self.texts(bytes)
      let found = rows.map { Dictionary(zip(labels, $0)) { $1 } }
      // In one pair the file has the line ends of Windows inside a cell, and its JSON does not.
      let tidy = { (rows: [[String: String]]) in
        rows.map { $0.mapValues { $0.replacingOccurrences(of: "\r\n", with: "\n") } }
      }
      #expect(tidy(found) == tidy(expected), "\(file)")
      passed += 1
    }
    #expect(passed == 11)
  }

  // MARK: CSV on the Web

  /// The tests that turn a file without metadata into JSON: the rows and their cells are those expected.
  @Test func csvOnTheWeb() throws {
    let suite = "suite-csvw"
    var passed: [String] = []
    for number in [1, 2, 3, 5, 6, 7, 8, 9, 10, 19, 28] {
      let name = "test" + String(repeating: "0", count: 3 - "\(number)".count) + "\(number)"
      let file = number == 28 ? "countries.csv" : name + ".csv"
      let bytes = try SuiteFile("\(RealData.directory)/\(suite)/\(file)", name: file).bytes
      let document = try #require(try Self.json("\(suite)/\(name).json") as? [String: Any])
      let tables = try #require(document["tables"] as? [[String: Any]])
      let expected = try #require(tables.first?["row"] as? [[String: Any]])
      let (labels, rows) = try Self.texts(bytes, hasHeader: number != 19)
      var agrees = rows.count == expected.count
      for (row, wanted) in zip(rows, expected) where agrees {
        let subjects = wanted["describes"] as? [[String: Any]] ?? []
        for (name, value) in subjects.flatMap({ $0 }) {
          // Names without a title are numbered there as `_col.1`.
          let place =
            labels.firstIndex(of: name) ?? (name.hasPrefix("_col.") ? Int(name.dropFirst(5)).map { $0 - 1 } : nil)
          guard let place, place < row.count, let text = value as? String else {
            agrees = false
            continue
          }
          // Its cells keep the blanks around them, Bilan's do not.
          agrees = agrees && text.trimmingCharacters(in: .whitespaces) == row[place]
        }
      }
      #expect(agrees, "\(name)")
      if agrees { passed.append(name) }
    }
    #expect(passed.count == 11)
  }

  /// Every delimited file of the suite is read, whatever metadata would say of it.
  @Test func csvOnTheWebFiles() throws {
    try check("suite-csvw", passing: Counts(exact: 197, noted: 6), failing: [:])
  }

  // MARK: Suites of files

  struct Counts: Equatable {
    var exact = 0
    var noted = 0
    var decoded = 0
    var refused = 0
  }

  /// Why files of a suite do not conform, by the beginning of their names.
  private func check(_ suite: String, passing: Counts, failing: [String: String]) throws {
    var counts = Counts()
    var failed: [String] = []
    for file in Self.files(suite) {
      let outcome = try SuiteFile("\(RealData.directory)/\(suite)/\(file)", name: file).outcome
      switch outcome {
      case .decoded where failing[file] == nil: counts.decoded += 1
      case .exact: counts.exact += 1
      case .noted: counts.noted += 1
      case .refused(.emptyFile), .refused(.binaryFile), .refused(.unterminatedQuote): counts.refused += 1
      case .refused, .silent, .wrong, .decoded: failed.append(file)
      }
      if ProcessInfo.processInfo.environment["BILAN_REAL_VERBOSE"] != nil { print("\(suite)/\(file): \(outcome)") }
    }
    #expect(failed == failing.keys.sorted(), "\(suite)")
    #expect(counts == passing, "\(suite)")
  }

  @Test func csvlint() throws {
    try check("suite-csvlint", passing: Counts(exact: 10, noted: 2, decoded: 1), failing: [:])
  }
  @Test func frictionless() throws {
    try check(
      "suite-frictionless", passing: Counts(exact: 70, noted: 16, decoded: 1),
      failing: ["table-infer-iso-8859-7.csv": "Greek in ISO 8859-7, read as windows-1252"])
  }
  @Test func qsv() throws { try check("suite-qsv", passing: Counts(exact: 3, noted: 1, decoded: 1), failing: [:]) }

  /// Question 86: 475 files, of which 25 are not valid UTF-8.
  @Test func duckDB() throws {
    #expect(Self.files("suite-duckdb").count == 475)
    let invalid = try Self.files("suite-duckdb").filter {
      UTF8Survey(try SuiteFile("\(RealData.directory)/suite-duckdb/\($0)", name: $0).bytes).invalidCount > 0
    }
    #expect(invalid.count == 25)
    try check(
      "suite-duckdb", passing: Counts(exact: 349, noted: 84, decoded: 12, refused: 24),
      failing: [
        "14512.csv": short, "14512_og.csv": short, "bug_12596.csv": trailing,
        "encodings/shift_jis.csv": "Shift JIS, read as windows-1252",
        "locations_row_trailing_comma.csv": short,
        "multidelimiter/file_ends_in_quoted_value.csv": "an empty text in quotes is the one cell there is",
      ])
  }

  private var trailing: String { "a delimiter at the end of each line: the column without name and values is none" }
  private var short: String { Self.shortHeader }
  private static let shortHeader = "fewer names than columns: the others are numbered, which a note says as such"

  /// Files whose names say how they are separated and quoted: the number of columns that are meant.
  @Test func dialects() throws {
    // The number of columns that they are read with.
    let unknown: [String: (width: Int, reason: String)] = [
      "pollock/file_field_delimiter_0x20.csv": (1, "separated by blanks, as prose is"),
      "multidelimiter/aa_delim.csv": (1, "separated by more than one character"),
      "multidelimiter/ab_delim.csv": (1, "separated by more than one character"),
      "multidelimiter/aaaa_delim_rn.csv": (1, "separated by more than one character"),
      "auto/single_quote_backslash.csv": (3, "quoted by apostrophes"),
      "auto/tab_single_quote.csv": (3, "quoted by apostrophes"),
    ]
    let widths: [String: Int] = [
      "auto/backslash_escape.csv": 3, "auto/quote_escape.csv": 3, "auto/rfc_conform.csv": 3,
      "auto/rfc_conform_quote.csv": 3, "auto/pipe_delim_quote.csv": 3, "auto/semicolon_quote.csv": 3,
      "auto/utf8bom.csv": 2, "extra_delimiters.csv": 3,
    ]
    for (file, width) in widths {
      let bytes = try SuiteFile("\(RealData.directory)/suite-duckdb/\(file)", name: file).bytes
      #expect(try DelimitedReader.open(bytes: bytes, name: file).schema.count == width, "\(file)")
    }
    for (file, expected) in unknown {
      let bytes = try SuiteFile("\(RealData.directory)/suite-duckdb/\(file)", name: file).bytes
      let table = try DelimitedReader.open(bytes: bytes, name: file)
      #expect(table.schema.count == expected.width, "\(file), \(expected.reason), is now read otherwise")
    }
  }

  // MARK: Descriptors

  /// Descriptors of the Frictionless suite whose files are there: each is opened with the fields that it declares.
  @Test func frictionlessDescriptors() throws {
    let root = RealData.directory + "/suite-frictionless"
    let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    var opened = 0
    for file in all.filter({ $0.hasSuffix(".json") && $0.contains("package") }).sorted() {
      guard let package = try? DataPackage.load(path: root + "/" + file) else { continue }
      for resource in package.resources where FileManager.default.fileExists(atPath: resource.path) {
        guard resource.path.hasSuffix(".csv"), let fields = resource.fields else { continue }
        let table = try DelimitedReader.open(path: resource.path, resource: resource)
        let absent = table.report.notes.filter { $0.code == .fieldsDiffer }.compactMap(\.count).reduce(0, +)
        let found = fields.filter { field in
          table.schema.fields.contains { $0.label == field.name || $0.handle == TextFolding.handle(of: field.name) }
        }
        #expect(found.count + absent == fields.count, "\(file) \(resource.name)")
        opened += 1
      }
    }
    #expect(opened > 0)
  }

  // MARK: Fuzzing

  /// The suites' files, damaged: cut, doubled, with bytes changed.
  @Test(arguments: 0..<40) func damagedFilesAreReadOrRefused(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let suites = ["suite-duckdb", "suite-frictionless", "suite-csvlint", "suite-csv-spectrum", "suite-csvw"]
    for _ in 0..<8 {
      let suite = random.pick(suites)
      guard let file = Self.files(suite).randomElement(using: &random) else { continue }
      let bytes = Array(try SuiteFile("\(RealData.directory)/\(suite)/\(file)", name: file).bytes.prefix(4000))
      let damaged = Damage.damaged(bytes, &random)
      expectReadOrRefused("seed \(seed), \(file)") { () throws(QueryError) in
        try DelimitedReader.open(bytes: damaged, name: "fuzz")
      }
    }
  }
}
