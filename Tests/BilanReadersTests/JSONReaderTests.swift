import BilanColumnar
import BilanDiagnostics
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

/// The shapes of documents that are tables.
@Suite struct JSONReaderTests {
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

  /// Names beside rows are theirs whatever these are long, and rows that are filled up are said.
  @Test(
    arguments: [
      (#"{"headers": ["x", "y", "z"], "rows": [["p", 1], ["q", 2]]}"#, ["x", "y", "z"], 2),
      ("{\"columns\": [\"a\", \"b\"], \"data\": [[\"x\", 2, 9],\n[\"y\"]]}", ["a", "b", "column_3"], 1),
      ("[[\"a\", \"b\"], [1, 2],\n[3]]", ["a", "b"], 1),
    ])
  func rowsOfOtherWidths(text: String, names: [String], short: Int) throws {
    let table = try openJSON(text)
    #expect(labels(table) == names)
    let note = try #require(table.report.notes.first { $0.code == .raggedRow })
    #expect(note.count == short)
    if short == 1 { #expect(note.message.english.contains("(line 2)")) }
  }

  @Test(arguments: [
    #"[{"r":"Oriental","s":"F","n":10},{"r":"Oriental","s":"H","n":5},{"r":"Oriental","s":"Total","n":15}]"#,
    #"[["r","s","n"],["Oriental","F",10],["Oriental","H",5],["Oriental","Total",15]]"#,
  ])
  func totalsAreSaid(text: String) throws {
    let table = try openJSON(text)
    #expect(codes(table) == [.totalRows])
    #expect(table.report.notes[0].message.english.contains("`where s != \"Total\"`"))
  }

  @Test func textsThatMeanMissingElsewhereStayInResults() throws {
    let table = try openJSON(
      #"{"columns":[{"name":"t","type":"text"},{"name":"n","type":"integer"}],"#
        + #""rows":[{"t":"n/d","n":1},{"t":"N/A","n":null},{"t":"\\N","n":3},{"t":null,"n":4}],"meta":{"notes":[]}}"#)
    #expect(try columns(table)[0] == [.text("n/d"), .text("N/A"), .text("\\N"), .missing])
    #expect(try columns(table)[1] == [.integer(1), .missing, .integer(3), .integer(4)])
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

  /// What names or describes the columns of the table that is read is no other table.
  @Test(arguments: [
    #"{"columns": [{"name": "region"}, {"name": "n"}], "data": [["A", 1], ["B", 2]]}"#,
    #"{"result": {"fields": [{"id": "region", "type": "text"}, {"id": "n", "type": "int"}], "records": [{"region": "A", "n": 1}]}}"#,
    #"{"result": {"fields": [{"id": "n"}, {"id": "x"}], "records": [{"n": 1}]}}"#,
    #"{"schema": {"fields": [{"name": "index", "type": "integer"}, {"name": "n"}]}, "data": [{"index": 0, "n": 1}]}"#,
    #"{"fields": [{"name": "n", "alias": "N"}], "features": [{"attributes": {"n": 1}, "geometry": {"x": 1, "y": 2}}]}"#,
    #"{"meta": {"view": {"columns": [{"name": "sid"}, {"name": "n"}]}}, "data": [["a", 1]]}"#,
  ]) func namesOfColumnsAreNoOtherTable(text: String) throws {
    #expect(try openJSON(text).report.notes.isEmpty)
    #expect(decisions(try openJSON(text))["other tables"] != nil)
  }

  @Test func dataCalledAsNamesAreIsAnotherTable() throws {
    let text =
      #"{"fields": [{"name": "North", "ha": 3}, {"name": "South", "ha": 4}], "data": [{"name": "x", "crop": "figs"}]}"#
    #expect(try openJSON(text).report.notes.map(\.code) == [.sheetsNotRead])
  }

  /// A page of a service without a record holds none, and is no record of its own.
  @Test(arguments: [
    #"{"count": 0, "next": null, "results": []}"#, #"{"type": "FeatureCollection", "features": []}"#, #"{"data": []}"#,
  ]) func pagesWithoutRecords(text: String) throws {
    #expect(jsonRefusal(Array(text.utf8))?.code == .emptyFile)
    #expect(try openJSON(text, table: "$").rowCount == 1)
    #expect(try openJSON(#"{"id": 1, "tags": []}"#).rowCount == 1)
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

  @Test func nestedObjectsAreDottedColumns() throws {
    let table = try openJSON(
      #"[{"id": 1, "place": {"region": "Fès", "at": {"lat": 34.03, "lon": -5.0}}, "n": 2}, {"place": {"region": "Agadir", "zip": "80000"}}]"#
    )
    #expect(labels(table) == ["id", "place.region", "place.at.lat", "place.at.lon", "n", "place.zip"])
    #expect(table.schema.fields.map(\.handle)[1] == "place_region")
    #expect(try column(table, "place.at.lat") == [.real(34.03), .missing])
    #expect(decisions(table)["nested objects"] == "4 dotted columns | ")
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

  /// A list for each column, as `to_dict("list")` of pandas and `dataframe = "columns"` of jsonlite give it.
  @Test func listsOfColumnsAreATable() throws {
    let table = try openJSON(#"{"region": ["Fès", "Rabat", null], "n": [1, 2, 4]}"#)
    #expect(labels(table) == ["region", "n"])
    #expect(
      try columns(table) == [[.text("Fès"), .text("Rabat"), .missing], [.integer(1), .integer(2), .integer(4)]])
    #expect(decisions(table)["columns"]?.hasPrefix("a list for each") == true)
    #expect(table.report.notes.map(\.code) == [.sheetsNotRead])
    #expect(table.report.notes[0].message.english.contains("2 lists of 3 values each"))
    #expect(labels(try openJSON(#"{"n": ["x"], "m": [1]}"#)) == ["n", "m"])
    // Lists of other lengths, of objects, beside something else, or alone, are those of a record.
    for text in [
      #"{"a": [1, 2], "b": [3]}"#, #"{"a": [1, [2]], "b": [3, 4]}"#, #"{"a": [1, 2], "b": [3, 4], "c": 5}"#,
      #"{"a": [1, 2]}"#, #"{"a": [], "b": []}"#,
    ] {
      #expect(try openJSON(text).rowCount == 1, "\(text)")
      #expect(try openJSON(text).report.notes.isEmpty, "\(text)")
    }
    let whole = try openJSON(#"{"a": [1, 2], "b": [3, 4]}"#, table: "$")
    #expect(whole.rowCount == 1)
    #expect(whole.report.notes.isEmpty)
  }

  /// An object for each row, as `to_json(orient="index")` of pandas writes.
  @Test func objectsOfRowsAreATable() throws {
    let counted = try openJSON(#"{"0": {"region": "Fès", "n": 1}, "1": {"region": "Rabat", "n": null}}"#)
    #expect(labels(counted) == ["region", "n"])
    #expect(try columns(counted) == [[.text("Fès"), .text("Rabat")], [.integer(1), .missing]])
    #expect(counted.report.notes.map(\.code) == [.sheetsNotRead])
    #expect(counted.report.notes[0].message.english.contains("2 objects with the same names"))
    #expect(try columns(try openJSON(#"{"0": {"a": 1, "b": 2}, "1": {"a": 3, "b": 4}}"#)).map(\.count) == [2, 2])
    // Rows that are left of others keep their numbers; the kinds of their values tell rows from columns.
    let filtered = try openJSON(#"{"3": {"region": "Fès", "n": 1}, "7": {"region": "Rabat", "n": 2}}"#)
    #expect(labels(filtered) == ["index", "region", "n"])
    #expect(try column(filtered, "index") == [.integer(3), .integer(7)])
    // Years may be columns as well, and one object, other names or what is in them are no table.
    for text in [
      #"{"2019": {"a": 1, "b": 2}, "2020": {"a": 3, "b": 4}}"#, #"{"0": {"a": 1, "b": "x"}}"#,
      #"{"0": {"a": 1}, "1": {"b": 2}}"#, #"{"0": {"a": "x", "b": [1]}, "1": {"a": "y", "b": [2]}}"#,
    ] {
      #expect(try openJSON(text).rowCount == 1, "\(text)")
      #expect(try openJSON(text).report.notes.isEmpty, "\(text)")
    }
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
}
