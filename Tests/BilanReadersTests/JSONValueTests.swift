import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Values of JSON, and objects that are none.
@Suite struct JSONValueTests {
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
}
