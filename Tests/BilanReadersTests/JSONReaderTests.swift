import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// Opens a text as a file called `t.json`.
func openJSON(_ text: String, table: String? = nil, options: ReadOptions = .init()) throws -> FileTable {
  try JSONFormat.open(bytes: Array(text.utf8), table: table, name: "t.json", options: options)
}

/// The error that opening these bytes throws; nil where they are read.
func jsonRefusal(_ bytes: [UInt8], table: String? = nil) -> Diagnostic? {
  do throws(QueryError) {
    _ = try JSONFormat.open(bytes: bytes, table: table, name: "t.json")
    return nil
  } catch {
    #expect(error.kind == .data)
    return error.diagnostics.first
  }
}

@Suite struct JSONReaderTests {
  private func labels(_ table: FileTable) -> [String] { table.schema.fields.map(\.label) }

  private func decisions(_ table: FileTable) -> [String: String] {
    Dictionary(
      table.report.decisions.map { ($0.subject.english, $0.value.english + " | " + $0.evidence.english) },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: Shapes

  @Test func anArrayOfObjectsIsATable() throws {
    let table = try openJSON(
      #"[{"region": "Oriental", "target": 120, "rate": 0.5, "done": true}, {"target": null, "region": "Fès", "note": "x"}]"#
    )
    #expect(labels(table) == ["region", "target", "rate", "done", "note"])
    #expect(table.schema.fields.map(\.type) == [.text, .integer, .real, .boolean, .text])
    #expect(
      try columns(table) == [
        [.text("Oriental"), .text("Fès")], [.integer(120), .missing], [.real(0.5), .missing],
        [.boolean(true), .missing], [.missing, .text("x")],
      ])
    #expect(table.report.format == "json")
  }

  @Test func pagesOfObjectsAreOneTable() throws {
    let table = try openJSON(#"[[{"a": 1}, {"a": 2}], [], [{"a": 3, "b": "x"}]]"#)
    #expect(labels(table) == ["a", "b"])
    #expect(try column(table, "a") == [.integer(1), .integer(2), .integer(3)])
    #expect(decisions(table)["pages"] == "3 arrays, one after another | ")
    // Rows stay rows, though one holds an object.
    #expect(labels(try openJSON(#"[["a", "b"], [1, {"c": 2}]]"#)) == ["a", "b"])
  }

  /// As pandas writes a table with `orient="split"`, and services with their fields beside.
  @Test func namesOfRowsStandBesideThem() throws {
    let split = try openJSON(
      #"{"columns": ["region", "n"], "index": [0, 1], "data": [["Oriental", 1], ["Fès", 2]]}"#)
    #expect(labels(split) == ["region", "n"])
    #expect(try column(split, "n") == [.integer(1), .integer(2)])
    #expect(decisions(split)["names of the columns"]?.hasPrefix("`columns`") == true)
    let indexed = try openJSON(#"{"columns": ["n"], "index": ["Oriental", "Fès"], "data": [[1], [2]]}"#)
    #expect(labels(indexed) == ["index", "n"])
    #expect(try column(indexed, "index") == [.text("Oriental"), .text("Fès")])
    let fields = try openJSON(
      #"{"meta": {"view": {"columns": [{"id": 7, "name": "region"}, {"id": 8, "name": "n"}]}}, "data": [["Oriental", 1]]}"#
    )
    #expect(labels(fields) == ["region", "n"])
    #expect(fields.rowCount == 1)
    // Of another number, they name something else.
    #expect(labels(try openJSON(#"{"columns": ["x"], "data": [["a", "n"], ["b", 2]]}"#)) == ["a", "n"])
  }

  /// A page of a service without a record holds none, and is no record of its own.
  @Test(arguments: [
    #"{"count": 0, "next": null, "results": []}"#, #"{"type": "FeatureCollection", "features": []}"#, #"{"data": []}"#,
  ]) func pagesWithoutRecords(text: String) throws {
    #expect(jsonRefusal(Array(text.utf8))?.code == .emptyFile)
    #expect(try openJSON(text, table: "$").rowCount == 1)
    #expect(try openJSON(#"{"id": 1, "tags": []}"#).rowCount == 1)
  }

  /// Lists of several depths stay as they are written.
  @Test func listsOfSeveralDepths() throws {
    let table = try openJSON(#"[{"c": [-5, 34]}, {"c": [[[1, 2], [3, 4]]]}]"#)
    #expect(try column(table, "c") == [.text("[-5,34]"), .text("[[[1,2],[3,4]]]")])
  }

  /// An object where other records have a list of objects is a list of itself.
  @Test func anObjectAmongListsIsAList() throws {
    let table = try openJSON(
      #"[{"id": 1, "s": {"code": "a", "p": 60}}, {"id": 2, "s": [{"code": "b", "p": 70}, {"code": "c", "p": 30}]}, {"id": 3}]"#
    )
    #expect(labels(table) == ["id", "s"])
    if case .list = table.schema[1].type {} else { Issue.record("no list") }
    #expect(decisions(table)["deeply nested objects"] == nil)
    #expect(
      try column(table, "s") == [
        .text(#"[{"code":"a","p":60}]"#), .text(#"[{"code":"b","p":70},{"code":"c","p":30}]"#), .missing,
      ])
    // Within a list as well.
    let deep = try openJSON(#"[{"s": [{"t": {"x": 1}}, {"t": [{"x": 2}, {"x": 3}]}]}]"#)
    #expect(try column(deep, "s") == [.text(#"[{"t":[{"x":1}]},{"t":[{"x":2},{"x":3}]}]"#)])
  }

  /// A single line is a row, whatever lists are in it.
  @Test(arguments: ["d.ndjson", "d.jsonl", "in/d.ndjson.gz"]) func aLineOfJSONLinesIsARow(path: String) throws {
    func open(_ text: String, table: String? = nil) throws -> FileTable {
      try #require(
        try JSONFormat.open(
          bytes: Array(text.utf8), path: path, table: table, name: path, options: ReadOptions(), resource: nil)
          as? FileTable)
    }
    let text = #"{"id": 3, "s": [{"x": 9}, {"x": 10}]}"#
    let one = try open(text + "\n")
    #expect(labels(one) == ["id", "s"])
    #expect(one.rowCount == 1)
    #expect(try open(text + "\n" + text).rowCount == 2)
    #expect(labels(try open(text, table: "s")) == ["x"])
    #expect(labels(try openJSON(text)) == ["x"])
  }

  @Test func theDataAreKnownByTheirName() throws {
    let facets = #"{"nhits": 1, "records": [{"commune": "Fès"}], "facet_groups": [{"name": "a"}, {"name": "b"}]}"#
    let table = try openJSON(facets)
    #expect(labels(table) == ["commune"])
    #expect(table.report.notes.map(\.code) == [.sheetsNotRead])
    #expect(table.report.notes[0].message.english.contains("another: `facet_groups`"))
    #expect(try openJSON(facets, table: "records").report.notes.isEmpty)
    let columns = try openJSON(#"{"meta": {"columns": [{"name": "x"}]}, "data": [["x", "y"], [1, 2]]}"#)
    #expect(labels(columns) == ["x", "y"])
    // Where names say nothing, or the same, the longest is meant.
    #expect(labels(try openJSON(#"{"towns": [{"a": 1}], "regions": [{"b": 1}, {"b": 2}]}"#)) == ["b"])
    #expect(labels(try openJSON(#"{"data": {"towns": [{"a": 1}], "regions": [{"b": 1}, {"b": 2}]}}"#)) == ["b"])
  }

  @Test func storedNumbersAreNoEvidenceOfMarks() throws {
    let stored = Array(repeating: #"{"v": 12.5}"#, count: 30).joined(separator: ",")
    let table = try openJSON("[\(stored), {\"v\": \"13,5\"}, {\"v\": \"1,234\"}, {\"v\": 1.234}]")
    #expect(try column(table, "v").suffix(4) == [.real(12.5), .real(13.5), .real(1.234), .real(1.234)])
    #expect(table.report.notes.isEmpty)
    let doubt = try openJSON(#"[{"v": 12.5}, {"v": "1,234"}]"#)
    #expect(try column(doubt, "v") == [.real(12.5), .real(1234)])
    #expect(doubt.report.notes.map(\.code) == [.ambiguousMark])
    // Nor for the marks of other columns.
    let beside = try openJSON(#"[{"n": 12.5, "v": "1,234", "w": "0,5"}, {"n": 1.5, "v": "2,345", "w": "1,5"}]"#)
    #expect(try column(beside, "v") == [.real(1.234), .real(2.345)])
    var options = ReadOptions()
    options.decimalMark = .comma
    #expect(
      try column(openJSON(#"[{"v": 12.5}, {"v": "1,234"}]"#, options: options), "v") == [.real(12.5), .real(1.234)])
  }

  @Test func controlCharactersArePartOfTexts() throws {
    let texts = try column(
      openJSON(#"[{"a": "x\u0000y"}, {"a": "xy"}, {"a": "x\u001f"}, {"a": "z\u0001"}, {"a": "\u0000"}]"#), "a")
    #expect(texts == ["x\0y", "xy", "x\u{1F}", "z\u{1}", "\0"].map { .text($0) })
  }

  @Test func nestedObjectsAreDottedColumns() throws {
    let table = try openJSON(
      #"[{"id": 1, "place": {"region": "Fès", "at": {"lat": 34.03, "lon": -5.0}}, "n": 2}, {"place": {"region": "Agadir", "zip": "80000"}}]"#
    )
    #expect(labels(table) == ["id", "place.region", "place.at.lat", "place.at.lon", "n", "place.zip"])
    #expect(table.schema.fields.map(\.handle)[1] == "place_region")
    #expect(try column(table, "place.at.lat") == [.real(34.03), .missing])
    #expect(decisions(table)["nested objects"] == "4 dotted columns | ")
  }

  /// Lists are JSON in one way of writing, each value as its type is.
  @Test func listsAreListsOfTypedElements() throws {
    let table = try openJSON(
      #"[{"tags": ["eau", "a; \u0022b\u0022", 3, null], "items": [{"a": 1, "at": {"on": "25/12/2020"}}, {}], "none": [], "n": [1, 2.50]},"#
        + #" {"tags": "seul", "items": [], "n": null}]"#)
    #expect(try column(table, "tags") == [.text(#"["eau","a; \"b\"","3",null]"#), .text(#"["seul"]"#)])
    #expect(try column(table, "items") == [.text(#"[{"a":1,"at.on":"2020-12-25"},{}]"#), .text("[]")])
    #expect(try column(table, "none") == [.text("[]"), .missing])
    #expect(try column(table, "n") == [.text("[1,2.5]"), .missing])
    #expect(
      table.schema.fields.map(\.type) == [
        .list(ListType(of: .text)), .list(ListType([.init("a", .integer), .init("at.on", .date)])),
        .list(ListType(of: .missing)), .list(ListType(of: .real)),
      ])
    #expect(decisions(table)["lists"] == "opened by `unnest` | `tags`, `items`, `none`, `n`")
    #expect(table.report.columns.map(\.valueCount) == [2, 2, 1, 1])
    #expect(table.report.columns[1].evidence.english == "elements: `a` (number), `at.on` (date)")
  }

  /// Elements keep the currency of their amounts, as columns do.
  @Test func elementsHaveUnits() throws {
    let table = try openJSON(
      #"[{"c": ["1 200 DH", "300 DH"], "o": [{"m": "5 EUR", "k": "a"}]}, {"c": ["50 DH"], "o": {"m": "7,5 €"}}]"#)
    #expect(
      table.schema.fields.map(\.type) == [
        .list(ListType([.init("", .integer, unit: "MAD")])),
        .list(ListType([.init("m", .real, unit: "EUR"), .init("k", .text)])),
      ])
    #expect(codes(table).isEmpty)
    #expect(table.report.columns[1].evidence.english == "elements: `m` (number in EUR), `k` (text)")
    // In two currencies they are texts.
    let mixed = try openJSON(#"[{"c": ["1 200 DH", "300 EUR", "20 DH", "5 EUR"]}]"#)
    #expect(mixed.schema[0].type == .list(ListType(of: .text)))
    #expect(codes(mixed) == [.mixedCurrencies])
  }

  @Test func listsInListsAreLists() throws {
    let table = try openJSON(#"[{"p": [[1, 2], [], [3]], "q": [{"r": [{"s": true}]}, 5]}]"#)
    #expect(
      table.schema.fields.map(\.type) == [
        .list(ListType(of: .list(ListType(of: .integer)))),
        .list(ListType([.init("", .integer), .init("r", .list(ListType([.init("s", .boolean)])))])),
      ])
    #expect(try columns(table) == [[.text("[[1,2],[],[3]]")], [.text(#"[{"r":[{"s":true}]},5]"#)]])
  }

  /// Deeper than the limit they are texts as they are written, and nothing is lost or overflows.
  @Test func deepListsEnd() throws {
    let nested = { String(repeating: "[", count: $0) + $1 + String(repeating: "]", count: $0) }
    let table = try openJSON(#"[{"a": \#(nested(60, "7"))}]"#)
    let inner = nested(52, "7")
    #expect(try column(table, "a") == [.text(nested(8, "\"\(inner)\""))])
  }

  @Test func declaredTextsAreJoined() throws {
    let table = try openJSON(
      #"[{"t": ["a", 2, null]}, {"t": []}]"#, options: ReadOptions(types: ["t": .text]))
    #expect(try column(table, "t") == [.text("a; 2"), .missing])
  }

  /// Elements are read with the same care as cells, and what is said of them names them.
  @Test func elementsHaveNotes() throws {
    let numbers = (1...40).map { "\($0)" }.joined(separator: ",")
    let table = try openJSON(#"[{"n": [\#(numbers), "n/a"]}, {"n": ["x7"]}]"#)
    #expect(table.schema[0].type == .list(ListType(of: .integer)))
    #expect(try column(table, "n") == [.text("[\(numbers),null]"), .text("[null]")])
    #expect(codes(table) == [.unreadableValues])
  }

  @Test func anObjectWithOneArrayOfObjectsIsThatTable() throws {
    let table = try openJSON(#"{"meta": {"page": 1}, "source": "INSEE", "results": {"rows": [{"a": 1}, {"a": 2}]}}"#)
    #expect(labels(table) == ["a"])
    #expect(table.rowCount == 2)
    #expect(decisions(table)["table"] == "`results.rows` | an array of 2")
    #expect(decisions(table)["beside the table"] == "`meta.page`, `source` | ")
  }

  @Test func ofSeveralArraysTheLongestIsMeantAndAnyCanBeNamed() throws {
    let text = #"{"data": {"country": [{"deaths": 7810}], "regions": [{"n": 1}, {"n": 2}]}}"#
    #expect(labels(try openJSON(text)) == ["n"])
    #expect(decisions(try openJSON(text))["other tables"] == "`data.country`, `$` | after `#` in the path")
    #expect(try columns(try openJSON(text, table: "data.country")) == [[.integer(7810)]])
    #expect(labels(try openJSON(text, table: "$")) == ["data.country", "data.regions"])
    #expect(jsonRefusal(Array(text.utf8), table: "data.cities")?.code == .unknownTable)
  }

  @Test func aSingleObjectIsOneRow() throws {
    let table = try openJSON(#"{"name": "Aji", "years": [2019, 2022], "totals": {"jobs": 1549}}"#)
    #expect(labels(table) == ["name", "years", "totals.jobs"])
    #expect(try columns(table) == [[.text("Aji")], [.text("[2019,2022]")], [.integer(1549)]])
  }

  /// What `to_json` of pandas writes.
  @Test func objectsOfColumnsAreATable() throws {
    let counted = try openJSON(#"{"region": {"0": "Fès", "1": "Oriental"}, "actual": {"0": 10, "1": null}}"#)
    #expect(labels(counted) == ["region", "actual"])
    #expect(try columns(counted) == [[.text("Fès"), .text("Oriental")], [.integer(10), .missing]])
    #expect(decisions(counted)["columns"] == "an object for each | their names are those of the rows")
    let filtered = try openJSON(#"{"a": {"3": 1, "7": 2}, "b": {"3": 5, "7": 6}}"#)
    #expect(
      try columns(filtered) == [[.integer(3), .integer(7)], [.integer(1), .integer(2)], [.integer(5), .integer(6)]])
    let called = try openJSON(#"{"nom": {"x": "Fès", "y": "Rabat"}, "n": {"x": 1, "y": 2}}"#)
    #expect(labels(called) == ["index", "nom", "n"])
    // Objects that may as well be rows, or hold something else, are one row.
    for text in [
      #"{"Fès": {"target": 1, "actual": 2}, "Rabat": {"target": 3, "actual": 4}}"#,
      #"{"2019": {"1": 5, "2": 6}, "2020": {"1": 7, "2": 8}}"#, #"{"a": {"0": 1}, "b": {"1": 2}}"#,
      #"{"a": {"0": 1, "1": 2}, "b": 3}"#, #"{"a": {"0": {"x": 1}}, "b": {"0": {"x": 2}}}"#, #"{"a": {"0": 1}}"#,
    ] {
      #expect(try openJSON(text).rowCount == 1, "\(text)")
      #expect(labels(try openJSON(text))[0].contains("."), "\(text)")
    }
    #expect(labels(try openJSON(#"{"a": {"0": 1}, "b": {"0": 2}}"#, table: "$")) == ["a.0", "b.0"])
  }

  @Test func anArrayOfArraysIsATableWhoseFirstRowMayBeItsHeader() throws {
    let named = try openJSON(#"[["region", "n"], ["Fès", 1], ["Rabat", 2]]"#)
    #expect(labels(named) == ["region", "n"])
    #expect(try column(named, "n") == [.integer(1), .integer(2)])
    let bare = try openJSON(#"[["Fès", 1, 5], ["Rabat", 2]]"#)
    #expect(labels(bare) == ["column_1", "column_2", "column_3"])
    #expect(try column(bare, "column_3") == [.integer(5), .missing])
    let inside = try openJSON(#"{"name": "x", "rows": [["a", "b"], [1, 2]]}"#)
    #expect(labels(inside) == ["a", "b"])
  }

  @Test func pagesOfADataServiceAreATable() throws {
    let table = try openJSON(#"[{"page": 1, "pages": 1}, [{"country": {"id": "MA"}, "value": null}, {"value": 5.5}]]"#)
    #expect(labels(table) == ["country.id", "value"])
    #expect(table.rowCount == 2)
  }

  /// What the World Bank answers where it has nothing.
  @Test(arguments: [
    #"[{"page": 1, "pages": 1, "per_page": "50", "total": 0}, null]"#, #"[{"page": 1, "pages": 0, "total": 0}, []]"#,
  ]) func aPageWithoutRecordsIsEmpty(text: String) throws {
    #expect(jsonRefusal(Array(text.utf8))?.code == .emptyFile)
    #expect(labels(try openJSON(text, table: "$")).contains("page"))
    // One that is no page is a record, though another be missing.
    #expect(try openJSON(#"[{"page": 12, "text": "a"}, null]"#).rowCount == 2)
  }

  @Test func plainValuesAmongObjectsAreAColumnOfTheirOwn() throws {
    for (text, table) in [
      (#"[{"a": 1}, "texte", {"a": 3}, null]"#, "$"),
      (#"{"n": 3, "rows": [{"a": 1}, "texte", {"a": 3}, null]}"#, "rows"),
      (#"[{"page": 1, "pages": 1}, [{"a": 1}, "texte", {"a": 3}, null]]"#, "[1]"),
    ] {
      let read = try openJSON(text)
      #expect(try openJSON(text, table: table).schema == read.schema)
      #expect(labels(read) == ["value", "a"])
      #expect(try columns(read)[0] == [.missing, .text("texte"), .missing, .missing])
      #expect(try columns(read)[1] == [.integer(1), .missing, .integer(3), .missing])
      #expect(
        read.report.notes.map(\.message.english) == [
          "1 record of `t.json` is a plain value among objects: it is in column `value`"
        ])
    }
    // Under a name that says nothing an array of both is a list.
    #expect(labels(try openJSON(#"{"id": 3, "tags": ["x", {"a": 1}]}"#)) == ["id", "tags"])
  }

  @Test func plainValuesAreAColumn() throws {
    #expect(try columns(try openJSON("[1, 2, null, 4]")) == [[.integer(1), .integer(2), .missing, .integer(4)]])
    #expect(labels(try openJSON("\"seul\"")) == ["value"])
    let mixed = try openJSON(#"[{"a": 1}, 7, [1, 2]]"#)
    #expect(labels(mixed) == ["value", "a"])
    #expect(mixed.rowCount == 3)
  }

  @Test(arguments: ["[]", "{}", "null", "[[], []]", "[{}, {}]", #"{"a": {}}"#, ""])
  func nothingIsAnEmptyFile(text: String) {
    let code = jsonRefusal(Array(text.utf8))?.code
    // A name over nothing is a column with nothing in it.
    if text.contains(":") { #expect(code == nil) } else { #expect(code == .emptyFile) }
  }

  // MARK: JSON Lines

  @Test func jsonLines() throws {
    let table = try openJSON("\u{FEFF}{\"a\": 1}\r\n\r\n{\"a\": 2, \"b\": {\"c\": \"x\"}}\n{\"a\": 3}")
    #expect(labels(table) == ["a", "b.c"])
    #expect(try column(table, "a") == [.integer(1), .integer(2), .integer(3)])
    #expect(table.report.format == "ndjson")
    #expect(jsonRefusal(Array(#"{"a": 1} {"a": 2}"#.utf8))?.code == .malformedFile)
  }

  @Test func arraysOfObjectsBelowOneAnotherAreOneTable() throws {
    #expect(try columns(try openJSON("[{\"a\": 1}, {\"a\": 2}]\n[]\n[{\"a\": 3}]")) == [[1, 2, 3].map(Value.integer)])
    #expect(try openJSON("[1, 2]\n[3, 4]").schema.count == 2)
  }

  @Test func recordsMayTakeSeveralLines() throws {
    #expect(try openJSON("{\n\"a\": 1\n}\n{\n\"a\": 2\n}\n").rowCount == 2)
  }

  // MARK: Values

  @Test func numbersAreExact() throws {
    let table = try openJSON(
      #"[{"id": 12345678901234567890, "x": 0.1, "big": 9007199254740993, "e": 1.5E+3, "third": 1.234},"#
        + #" {"id": 1, "x": -2e-3, "big": 1, "e": 2, "third": 5.678}]"#)
    #expect(try column(table, "id")[0] == .text("12345678901234567890"))
    #expect(try column(table, "x") == [.real(0.1), .real(-0.002)])
    #expect(try column(table, "big")[0] == .text("9007199254740993"))
    #expect(try column(table, "e") == [.real(1500), .real(2)])
    // A point is a decimal point: nothing is in doubt.
    #expect(try column(table, "third") == [.real(1.234), .real(5.678)])
    #expect(!codes(table).contains(.ambiguousMark))
  }

  @Test func textsAreReadAsInDelimitedText() throws {
    let table = try openJSON(#"[{"d": "2020-08-13", "n": "1 200,5", "z": "007", "s": "a\"b\n\tc"}]"#)
    #expect(try columns(table) == [[day(2020, 8, 13)], [.real(1200.5)], [.text("007")], [.text("a\"b\n\tc")]])
  }

  @Test func escapesAndSurrogates() throws {
    let table = try openJSON(#"["\u00e9\ud83d\ude00\/\\\b", "😀"]"#)
    #expect(try columns(table) == [[.text("é😀/\\\u{8}"), .text("😀")]])
  }

  @Test func equalNamesAreSaidAndTheLastCounts() throws {
    let table = try openJSON("[{\"a\": 1, \"b\": 2},\n{\"a\": 3, \"a\": 4},\n{\"a\": {\"x\": 1}, \"a\": {\"y\": 2}}]")
    #expect(try column(table, "a") == [.integer(1), .integer(4), .missing])
    #expect(try column(table, "a.x") == [.missing, .missing, .missing])
    #expect(try column(table, "a.y") == [.missing, .missing, .integer(2)])
    let note = try #require(table.report.notes.first { $0.code == .duplicateColumn })
    #expect(note.message.english.contains("2, the first `a` (lines 2, 3)"))
  }

  @Test func equalNamesOfArraysAreSaidToo() throws {
    let table = try openJSON("{\"d\": [{\"a\": 1}, {\"a\": 2}],\n\"d\": [{\"a\": 3}]}")
    #expect(try columns(table) == [[.integer(3)]])
    let note = try #require(table.report.notes.first { $0.code == .duplicateColumn })
    #expect(note.message.english.contains("1, the first `d` (line 2)"))
  }

  @Test func missingAtTheEndIsNoFootnote() throws {
    let rows = (0..<30).map { #"{"a": \#($0), "b": \#($0), "c": "x"}"# }
    let table = try openJSON(
      "[" + (rows + [#"{"a": null, "b": null, "c": null}"#, #"{"c": "une phrase seule"}"#]).joined(separator: ",\n")
        + "]")
    #expect(table.rowCount == 32)
    #expect(table.report.notes.isEmpty)
  }

  @Test func unreadableValuesHaveTheLinesOfTheFile() throws {
    let rows = (0..<40).map { $0 == 20 ? #"{"a": "many"}"# : #"{"a": \#($0)}"# }
    let table = try openJSON("[\n" + rows.joined(separator: ",\n\n") + "]")
    #expect(table.schema.fields[0].type == .integer)
    let note = try #require(table.report.notes.first { $0.code == .unreadableValues })
    #expect(note.message.english.contains("`many` (line 42)"))
  }

  @Test func aMapOfManyNamesIsKeptAsJSON() throws {
    let rows = (0..<3000).map { row in
      #"{"id": \#(row), "by_day": {"d\#(row)": 1, "e\#(row)": 2}, "n": {"x": \#(row)}}"#
    }
    let table = try openJSON(rows.joined(separator: "\n"))
    #expect(labels(table) == ["id", "by_day", "n.x"])
    #expect(try column(table, "by_day")[1] == .text(#"{"d1":1,"e1":2}"#))
    let wide = (0..<3000).map { #"{"k\#($0)": 1}"# }.joined(separator: "\n")
    #expect(jsonRefusal(Array(wide.utf8))?.message.english.contains("names of its own") == true)
  }

  /// Few of many names in each record, as forms are exported: a table that is nearly empty.
  @Test func sparseRecordsAreATable() throws {
    func records(_ count: Int, names: Int) -> String {
      (0..<count).map { #"{"a\#($0 % names)": 1, "b\#($0 * 7 % names)": 2}"# }.joined(separator: "\n")
    }
    let table = try openJSON(records(4000, names: 400))
    #expect(table.schema.count == 800)
    #expect(try column(table, "a7")[7] == .integer(1))
    let refused = jsonRefusal(Array(records(100_000, names: 400).utf8))
    #expect(refused?.message.english.contains("800 columns and 100000 rows") == true)
  }

  @Test func deepObjectsAreKeptAsJSON() throws {
    let text = String(repeating: #"{"a":"#, count: 500) + "1" + String(repeating: "}", count: 500)
    #expect(try openJSON(text).schema.count == 1)
  }

  // MARK: What is refused

  @Test(arguments: [
    ("[1,\n  2,]", 2, 5, "a value is expected"), ("{\"é\": 1,\n}", 2, 1, "a name in quotes is expected"),
    ("{\"é\" 1}", 1, 6, "`:` is expected"), ("[1 2]", 1, 4, "`,` or `]` is expected"),
    ("{\"a\": 1", 1, 8, "`,` or `}` is expected"), ("[01]", 1, 3, "a number does not begin with a zero"),
    ("[1.]", 1, 4, "a digit is expected"), ("[\"a\n\"]", 1, 4, "the line ends inside a text"),
    ("[\"a", 1, 2, "the text that begins here does not end"), ("[NaN]", 1, 2, "a value is expected"),
    (#"["\x"]"#, 1, 3, "no character is escaped like this"), (#"["\ud800"]"#, 1, 3, "half of a surrogate pair"),
    (#"["\u12"]"#, 1, 3, "four hexadecimal digits"), ("[1]]", 1, 4, "there is more after the end"),
    ("{'a': 1}", 1, 2, "a name in quotes is expected"), ("[\"a\u{1}\"]", 1, 4, "a control character"),
  ])
  func faultsHaveLineAndColumn(text: String, line: Int, column: Int, problem: String) throws {
    let error = try #require(jsonRefusal(Array(text.utf8)))
    #expect(error.code == .malformedFile)
    #expect(error.message.english.contains("line \(line), column \(column) of `t.json` is not JSON"))
    #expect(error.message.english.contains(problem))
    #expect(error.message.french.contains("ligne \(line), colonne \(column)"))
  }

  @Test(
    arguments: [
      ("[1, 2, ]", "take out the comma"), ("{\"a\": 1,\n}", "take out the comma"), ("[NaN]", "`null`"),
      ("[-Infinity]", "`null`"), ("[None]", "`null`"), ("['a']", "double quotes"), ("{'a': 1}", "double quotes"),
      ("{a: 1}", "double quotes"), ("[True]", "`true`"), ("[1 // one\n]", "no comments"), ("<html>", "HTML"),
      ("[1", "cut short"), ("[1]]", nil),
    ] as [(String, String?)])
  func faultsSayWhatToDo(text: String, help: String?) throws {
    let error = try #require(jsonRefusal(Array(text.utf8)))
    #expect(error.help.first?.english.contains(help ?? "") ?? (help == nil), "\(error.help)")
    #expect(error.help.isEmpty == (help == nil))
  }

  @Test func whatIsNoUTF8IsRefused() throws {
    let error = try #require(jsonRefusal(Array("[\"a\"\n, \"".utf8) + [0xE9] + Array("\"]".utf8)))
    #expect(error.message.english.contains("line 2, column 4"))
    #expect(
      try columns(
        JSONFormat.open(
          bytes: Array("[\"".utf8) + [0xE9] + Array("\"]".utf8), name: "t", options: ReadOptions(encoding: .windows1252)
        ))
        == [[.text("é")]])
  }

  @Test func utf16IsRead() throws {
    for isBig in [false, true] {
      let units = Array("\u{FEFF}[{\"é\": \"😀\"}]".utf16)
      let bytes = units.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      let table = try JSONFormat.open(bytes: bytes, name: "t")
      #expect(table.schema.fields[0].label == "é")
      #expect(try columns(table) == [[.text("😀")]])
      #expect(jsonRefusal(Array(bytes.dropLast()))?.code == .malformedFile)
    }
  }

  @Test func nestingIsBounded() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(jsonRefusal(Array(deep.utf8))?.message.english.contains("nested more than 1024") == true)
    let fits = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
    #expect(jsonRefusal(Array(fits.utf8)) == nil)
  }

  // MARK: Recognition

  @Test(arguments: [
    ("a.json", "x", true), ("a.NDJSON", "", true), ("a.jsonl", "{", true), ("a.geojson", "{", true),
    ("export", "{\"a\": 1}\n", true), ("export.txt", "[\n {\"a\" : 1}]", true), ("x.txt", "[1, 2]", false),
    ("x.csv", "{\"a\": 1}", false), ("x", "a,b\n", false), ("x", "{a}", false), ("x", "", false),
  ])
  func isRecognized(path: String, text: String, expected: Bool) {
    #expect(JSONFormat.recognizes(Array(text.utf8), path: path) == expected)
  }

  @Test(arguments: ["\u{FEFF}[{\"a\": 1}]", "[{\"a\": 1}]"]) func isRecognizedInUTF16(text: String) {
    for isBig in [false, true] {
      let bytes = Array(text.utf16).flatMap {
        isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)]
      }
      #expect(JSONFormat.recognizes(bytes, path: "stdin"))
      // A head may end within a character.
      #expect(JSONFormat.recognizes(Array(bytes.dropLast()), path: "stdin"))
    }
  }

  // MARK: Damage

  private static let documents = [
    #"[{"id": 1, "tags": ["a", "é\u00e9"], "r": [{"a": 1, "b": {"c": [1, 2.5]}}, null], "n": -1.5e3}, {"id": 2, "r": []}]"#,
    "{\"a\": 1, \"l\": [[1], [\"x\"]]}\n{\"a\": 2, \"l\": []}\n\n{\"a\": null, \"l\": 7}\n",
    #"{"meta": {"page": 1}, "data": {"regions": [{"n": "12"}, {"n": "7", "d": "2019-04-03"}], "other": [{"x": true}]}}"#,
  ]

  /// A number that is stored as one is what it is, whatever texts stand beside it.
  @Test func storedNumbersHaveTheirOwnPoint() throws {
    let mixed = try openJSON(#"[{"a": 1.234}, {"a": 2.345}, {"a": "12,5"}]"#)
    #expect(try columns(mixed)[0] == [.real(1.234), .real(2.345), .real(12.5)])
    #expect(codes(mixed).isEmpty)
    let beside = try openJSON(#"[{"a": 1.234, "b": "12,5"}, {"a": "1.5", "b": "3,4"}]"#)
    #expect(try columns(beside)[0] == [.real(1.234), .real(1.5)])
    let rows = try openJSON(#"[["a", "b"], [1.234, "12,5"], [2.345, "3,5"]]"#)
    #expect(try columns(rows)[0] == [.real(1.234), .real(2.345)])
  }

  /// What cells hold is text, whatever it begins with.
  @Test func cellsMayBeginAsOtherFilesDo() throws {
    #expect(try openJSON(#"[{"<html>": "%PDF-", "b": 1}]"#).schema.fields.map(\.label) == ["<html>", "b"])
  }

  /// A result that was written in JSON is its rows, however few they are.
  @Test func resultsAreTheirRows() throws {
    let columns =
      #"{"columns":[{"name":"id","type":"number"},{"name":"k","type":"text"},{"name":"p","type":"period"}],"#
    let one = try openJSON(columns + #""rows":[{"id":1,"k":"007","p":"2019"}],"meta":{"notes":[],"row_count":1}}"#)
    #expect(one.schema.fields.map(\.label) == ["id", "k", "p"])
    #expect(one.schema.fields.map(\.type) == [.integer, .text, .period])
    #expect(try BilanReadersTests.columns(one)[1] == [.text("007")])
    let none = try openJSON(columns + #""rows":[],"meta":{"notes":[],"row_count":0}}"#)
    #expect(none.schema.fields.map(\.label) == ["id", "k", "p"])
    #expect(none.rowCount == 0)
    #expect(none.schema[2].type == .period)
    // What only has the names of it is read as any object.
    #expect(try openJSON(#"{"columns": ["a", "b"], "rows": [{"x": 1}]}"#).schema.fields.map(\.label) == ["x"])
  }

  /// Arrays, JSON Lines and objects that hold tables, with lists of every kind.
  @Test(arguments: 0..<400) func damagedDocumentsAreReadOrRefused(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let (text, other) = (Self.documents[seed % 3], Self.documents[(seed + 1) % 3])
    let bytes = Damage.damaged(Array(text.utf8), with: Array(other.utf8), &random)
    expectReadOrRefused("seed \(seed)") { () throws(QueryError) in try JSONFormat.open(bytes: bytes, name: "fuzz") }
  }

  @Test(arguments: 0..<300) func damagedTextIsReadOrRefused(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed) &* 104_729)
    let texts = [
      #"[{"a": 1, "b": {"c": [1, 2, {"d": null}]}, "é": "\u00e9😀"}, {"a": 2.5e3, "b": [], "z": {}}]"#,
      "{\"a\": 1}\n{\"a\": {\"b\": [true, false]}}\n[1, 2]\n\"x\"\n",
      #"{"meta": {"n": 2}, "data": {"rows": [{"x": 1}, {"x": 2}], "more": [[1, "a"], [2]]}}"#,
      #"[["a", "b"], [1, "\\\""], ["x", {"y": []}]]"#,
    ]
    var bytes = Array(texts[seed % texts.count].utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(place...)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.remove(at: place)
      default: bytes.insert("[]{},:\"\\ \n0-e".utf8.randomElement(using: &random)!, at: place)
      }
    }
    expectReadOrRefused("seed \(seed)") { () throws(QueryError) in try JSONFormat.open(bytes: bytes, name: "fuzz") }
  }
}
