import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Lists in columns of JSON.
@Suite struct JSONListTests {
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
}
