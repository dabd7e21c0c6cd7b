import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// The tables that statistical offices give to programs in JSON-stat.
@Suite struct JSONCubeTests {
  private let sides = """
    "id": ["geo", "time"], "size": [2, 2], "dimension": {
      "geo": {"label": "Country", "category": {"index": {"TN": 1, "MA": 0}, "label": {"MA": "Maroc", "TN": "Tunisie"}}},
      "time": {"category": {"index": ["2018", "2019"]}}}
    """

  @Test func valuesInAListAreThoseOfAllPlaces() throws {
    let table = try openJSON(
      "{\"version\": \"2.0\", \"class\": \"dataset\", \(sides), \"value\": [9.1, 9.3, null, 10.2]}")
    #expect(labels(table) == ["geo", "geo label", "time", "value"])
    #expect(try columns(table)[0] == ["MA", "MA", "TN", "TN"].map { .text($0) })
    #expect(try columns(table)[1] == ["Maroc", "Maroc", "Tunisie", "Tunisie"].map { .text($0) })
    #expect(try columns(table)[2] == [2018, 2019, 2018, 2019].map { .integer($0) })
    #expect(try columns(table)[3] == [.real(9.1), .real(9.3), .missing, .real(10.2)])
    #expect(table.report.notes.isEmpty)
  }

  @Test func valuesInAnObjectAreThoseThatThereAre() throws {
    let table = try openJSON(
      "{\(sides), \"value\": {\"3\": 10.2, \"0\": 9.1, \"1\": 9.3}, \"status\": {\"1\": \"p\"}}")
    #expect(labels(table) == ["geo", "geo label", "time", "value", "status"])
    #expect(try columns(table)[3] == [.real(9.1), .real(9.3), .real(10.2)])
    #expect(try columns(table)[4] == [.missing, .text("p"), .missing])
    #expect(
      table.report.notes.map(\.message.english) == [
        "`t.json` has no value in 1 of 4 places of its cube: these are no rows"
      ])
  }

  /// The first version keeps names and sizes among the sides, and the table under a name; one category needs no number.
  @Test func theFirstVersion() throws {
    let table = try openJSON(
      """
      {"dataset": {"dimension": {"id": ["unit", "time"], "size": [1, 2],
        "unit": {"category": {"label": {"PC": "Percent"}}}, "time": {"category": {"index": {"2018": 0, "2019": 1}}}},
        "value": [1, 2]}}
      """)
    #expect(labels(table) == ["unit", "unit label", "time", "value"])
    #expect(table.rowCount == 2)
  }

  /// What only looks like a cube is read as any other document.
  @Test(arguments: [
    #""value": [1, 2, 3, 4, 5]"#, #""value": {"a": 1}"#, #""value": {"4": 1}"#, #""value": 7"#,
  ])
  func whatIsNoCube(_ value: String) throws {
    #expect(JSONCube(Array("{\(sides), \(value)}".utf8), root: 0) == nil)
    #expect(JSONCube(Array("{\(sides.replacing("[2, 2]", with: "[2, 3]")), \"value\": [1]}".utf8), root: 0) == nil)
    #expect(
      JSONCube(Array("{\(sides.replacing("\"TN\": 1", with: "\"TN\": 2")), \"value\": [1]}".utf8), root: 0) == nil)
  }

  /// Labels that stand in every row may not make much of little.
  @Test func longLabelsAreNotRepeated() {
    let label = String(repeating: "x", count: 1 << 20)
    let values = Array(repeating: "1", count: 2000).joined(separator: ",")
    let text =
      "{\"id\": [\"a\", \"n\"], \"size\": [1, 2000], \"value\": [\(values)], \"dimension\": {\"a\": {\"category\": {\"label\": "
      + "{\"k\": \"\(label)\"}}}, \"n\": {\"category\": {\"index\": [\((0..<2000).map { "\"\($0)\"" }.joined(separator: ","))]}}}}"
    #expect(JSONCube(Array(text.utf8), root: 0) == nil)
  }
}
