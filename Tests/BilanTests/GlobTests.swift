import BilanDiagnostics
import Foundation
import Testing

@testable import Bilan

@Suite struct GlobTests {
  @Test(arguments: [
    ("2020-01.csv", "2020-*.csv", true), ("2020-.csv", "2020-*.csv", true), ("2019-01.csv", "2020-*.csv", false),
    ("T1.csv", "T?.csv", true), ("T12.csv", "T?.csv", false), ("T2.csv", "T[1-3].csv", true),
    ("T4.csv", "T[1-3].csv", false), ("T4.csv", "T[!1-3].csv", true), ("a]b", "a[]]b", true), ("a[b", "a[b", true),
    ("é.csv", "?.csv", true), ("aaaaaaaaab", "*a*a*a*b", true), ("aaaaaaaaac", "*a*a*a*b", false), ("", "*", true),
  ]) func aNameMatches(_ name: String, _ pattern: String, _ isMatch: Bool) {
    #expect(GlobPattern.matches(Array(name.unicodeScalars), Array(pattern.unicodeScalars)) == isMatch)
  }

  @Test func filesBecomeOneTableInTheOrderOfTheirNames() throws {
    let folder = try FileFolder()
    try folder.write("data/2020-02.csv", "region,target\nSouss,3\n")
    try folder.write("data/2020-01.csv", "region,target\nDraâ,1\nOriental,2\n")
    try folder.write("data/2019-12.csv", "region,target\nDraâ,9\n")
    let cells = try folder.cells("from \"data/2020-*.csv\"")
    #expect(
      cells == [["Draâ", "Oriental", "Souss"], ["1", "2", "3"], ["2020-01.csv", "2020-01.csv", "2020-02.csv"]])
    #expect(try folder.run("from \"data/2020-*.csv\"").notes.isEmpty)
    #expect(
      try folder.cells("from \"data/*.csv\" | summarize n = sum(target) by file | sort file")
        == [["2019-12.csv", "2020-01.csv", "2020-02.csv"], ["9", "3", "3"]])
  }

  @Test func columnsAreMatchedByNameAndDifferencesSaid() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "Région,cible,code,fait\nDraâ,1,007,2020-01-05\n")
    try folder.write("b.csv", "cible,region,code\n2.5,Souss,008\n")
    try folder.write("c.csv", "region,cible,code,fait\nFès,voir,9,2020-T1\n")
    let result = try folder.run("from \"?.csv\" | keep region, cible, code, fait, file")
    #expect(
      result.columns.map { $0.descriptions } == [
        ["Draâ", "Souss", "Fès"], ["1", "2.5", "voir"], ["007", "008", "9"], ["2020-01-05", nil, "2020-Q1"],
        ["a.csv", "b.csv", "c.csv"],
      ])
    let messages = result.notes.filter { $0.code == "B0731" }.map(\.message)
    #expect(messages.contains { $0.contains("column `cible`") && $0.contains("text") && $0.contains("`c.csv`") })
    #expect(messages.contains { $0.contains("`fait`") && $0.contains("not in `b.csv`") })
  }

  /// Texts are those of the files, not of numbers that were read from them.
  @Test func whatIsATextElsewhereKeepsItsSpelling() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "x,amount\nk,\"1 200,50\"\nl,\"7,00\"\n")
    try folder.write("b.csv", "x,amount\nm,à voir\n")
    #expect(try folder.cells("from \"*.csv\" | keep amount") == [["1 200,50", "7,00", "à voir"]])
  }

  @Test func currenciesThatDifferAreKeptAsTexts() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "x,amount\nk,1200 DH\n")
    try folder.write("b.csv", "x,amount\nm,1200 €\n")
    try folder.write("c.csv", "x,amount\nn,7\n")
    let result = try folder.run("from \"*.csv\" | keep amount")
    #expect(result.columns[0].descriptions == ["1200 DH", "1200 €", "7"])
    let messages = result.notes.filter { $0.code == "B0731" }.map(\.message)
    #expect(messages.contains { $0.contains("`MAD` in `a.csv`") && $0.contains("`EUR` in `b.csv`") })
    #expect(throws: BilanError.self) { try folder.run("from \"*.csv\" | summarize sum(amount)") }
    // One currency is the column's.
    #expect(try folder.cells("from \"[ac].csv\" | summarize s = sum(amount)") == [["1207"]])
  }

  @Test func percentagesAndThousandsAreNotBareNumbers() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "x,rate,amount\nk,12 %,12 kDH\n")
    try folder.write("b.csv", "x,rate,amount\nm,13,13000\n")
    let result = try folder.run("from \"*.csv\" | keep rate, amount")
    #expect(result.columns.map { $0.descriptions } == [["12 %", "13"], ["12 kDH", "13000"]])
    let messages = result.notes.filter { $0.code == "B0731" }.map(\.message)
    #expect(messages.contains { $0.contains("in `%` in `a.csv`, without a unit in `b.csv`") })
    #expect(messages.contains { $0.contains("in `kMAD` in `a.csv`, without a unit in `b.csv`") })
    try folder.write("b.csv", "x,rate,amount\nm,13 %,13 kDH\n")
    #expect(try folder.cells("from \"*.csv\" | summarize s = sum(amount)") == [["25"]])
    #expect(throws: Never.self) { try folder.run("from \"a.csv\" | append (from \"b.csv\")") }
  }

  @Test func unitsAndBareNumbers() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "x,s,n\nk,12 ha,12 millions\n")
    try folder.write("b.csv", "x,s,n\nm,5,5\n")
    let result = try folder.run("from \"*.csv\" | keep s, n")
    #expect(result.columns.map { $0.descriptions } == [["12", "5"], ["12 millions", "5"]])
    let messages = result.notes.filter { $0.code == "B0731" }.map(\.message)
    #expect(messages.contains { $0.contains("in `ha` in `a.csv`, without a unit in `b.csv`: read as numbers") })
    #expect(messages.contains { $0.contains("in `millions` in `a.csv`, without a unit in `b.csv`: read as text") })
    let notes = try folder.run("from \"a.csv\" | append (from \"b.csv\")").notes.filter { $0.code == "B0731" }
    #expect(notes.count == 2)
  }

  /// Each file tells its own totals, by its lines.
  @Test func totalsOfFilesAreSaidOnce() throws {
    let folder = try FileFolder()
    for name in ["a.csv", "b.csv"] { try folder.write(name, "region,n\nFès,101\nOriental,203\nTotal,304\n") }
    let notes = try folder.run("from \"?.csv\"").notes
    #expect(notes.map(\.code) == ["B0740", "B0740"])
    #expect(notes.allSatisfy { $0.message.contains("line 4 of") })
  }

  @Test func percentagesAppendedToBareNumbersAreSaid() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "x,rate\nk,12 %\n")
    try folder.write("b.csv", "x,rate\nm,13\n")
    let notes = try folder.run("from \"a.csv\" | append (from \"b.csv\")").notes
    #expect(notes.contains { $0.code == "B0731" && $0.message.contains("`rate` is in `%` here and without a unit") })
    #expect(try folder.run("from \"a.csv\" | append (from \"a.csv\")").notes.isEmpty)
  }

  /// A month in which nothing was reported does not make texts of the others' numbers.
  @Test(arguments: ["ND", "-", "n/d", "NA"]) func aFileOfCodesForMissing(code: String) throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "x,amount\nk,3\n")
    try folder.write("b.csv", "x,amount\nm,\(code)\nn,\(code)\n")
    #expect(try folder.cells("from \"*.csv\" | keep amount") == [["3", nil, nil]])
    try folder.write("a.csv", "x,amount\nk,abc\n")
    #expect(try folder.cells("from \"*.csv\" | keep amount")[0].first == "abc")
  }

  @Test func anEmptyColumnTakesTheTypeOfOthers() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "x,amount\nk,\nl,\n")
    try folder.write("b.csv", "x,amount\nm,3\n")
    let result = try folder.run("from \"*.csv\" | summarize s = sum(amount), n = count(amount)")
    #expect(result.columns.map { $0.descriptions } == [["3"], ["1"]])
    #expect(!result.notes.contains { $0.code == "B0731" })
  }

  @Test func aColumnCalledFileIsLeftAlone() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "file,x\nk,1\n")
    #expect(try folder.run("from \"*.csv\"").columns.map(\.name) == ["file", "x", "source_file"])
  }

  @Test func foldersAreLookedThrough() throws {
    let folder = try FileFolder()
    try folder.write("north/2019/r.csv", "a,b\n1,2\n")
    try folder.write("south/r.csv", "a,b\n3,4\n")
    try folder.write(".hidden/r.csv", "a,b\n5,6\n")
    #expect(try folder.cells("from \"*/r.csv\" | keep a, file") == [["3"], ["south/r.csv"]])
    #expect(
      try folder.cells("from \"**/r.csv\" | keep a, file") == [["1", "3"], ["north/2019/r.csv", "south/r.csv"]])
  }

  @Test func noMatchSaysWhatIsThere() throws {
    let folder = try FileFolder()
    try folder.write("data/2019.csv", "a,b\n1,2\n")
    for (query, help) in [
      (folder.path + "/data/2020-*.csv", "there are `2019.csv`"), (folder.path + "/nowhere/*.csv", "no folder"),
    ] {
      do {
        _ = try folder.run("from \"\(query)\"")
        Issue.record("found something")
      } catch let error as BilanError {
        #expect(error.findings[0].code == "B0701")
        #expect(error.kind == .data)
        #expect(error.findings[0].help.joined().contains(help), "\(error)")
      }
    }
  }

  @Test func aFileThatCannotBeReadEndsAll() throws {
    let folder = try FileFolder()
    try folder.write("a.csv", "a,b\n1,2\n")
    try folder.write("b.csv", "")
    #expect(throws: BilanError.self) { try folder.run("from \"*.csv\"") }
  }

  #if Databases
    /// What stands beside a database that is open is no table of its own.
    @Test func logsOfDatabasesAreLeftOut() throws {
      let folder = try FileFolder()
      try folder.makeDatabase("a.db", "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (5);")
      try folder.makeDatabase("b.db", "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (6);")
      try folder.write("a.db-shm", [0x18, 0xE2, 0x2D, 0x00] + [UInt8](repeating: 0, count: 100))
      try folder.write("a.db-wal", [UInt8]())
      let result = try folder.run("from \"*.db*\" | keep n, file")
      #expect(result.columns.map(\.descriptions) == [["5", "6"], ["a.db", "b.db"]])
      #expect(result.notes.map(\.message).contains { $0.contains("`a.db-shm`, `a.db-wal`") })
      do {
        _ = try folder.run("from \"a.db-shm\"")
        Issue.record("it was read")
      } catch let error as BilanError {
        #expect(error.findings.first?.message.contains("beside a database") == true)
      }
    }
  #endif
}
