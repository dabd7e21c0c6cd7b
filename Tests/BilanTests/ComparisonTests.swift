import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import Bilan

/// How two deliveries differ, against a comparison too simple to be wrong.
@Suite struct ComparisonTests {
  private static func compare(
    _ old: String, _ new: String, key: [String]? = nil, options: SessionOptions = SessionOptions()
  ) throws -> DeliveryComparison {
    let folder = try FileFolder()
    return try Session(catalog: try Catalog([]), options: options).compare(
      folder.write("old.csv", old), folder.write("new.csv", new), key: key)
  }

  /// One text among numbers or dates makes the column text in one of the files: what is written alike has not changed.
  @Test func valuesAreComparedAsTheyAreWritten() throws {
    let old = "code;d;v\n1;31/01/2020;1 200\n2;15/02/2020;12,5\n"
    let new = "code;d;v\n1;31/01/2020;1 200\n2;à venir;n.c. (voir note)\n"
    let comparison = try Self.compare(old, new, key: ["code"])
    let changes = comparison.changes.map { change in
      "\(Self.cell(comparison, change.column, change.old)) > \(Self.cell(comparison, change.column, change.new))"
    }
    #expect(changes == ["15/02/2020 > à venir", "12,5 > n.c. (voir note)"])
    #expect(comparison.schema.count == 2)
    #expect(try Self.compare(new, old, key: ["code"]).changes.count == 2)
  }

  // MARK: Random deliveries

  private typealias Row = [String]

  /// A table of codes and values, some missing, with or without codes that occur twice.
  private static func rows(_ random: inout SplitMix64, repeats: Bool) -> [Row] {
    var rows: [Row] = []
    for code in 0..<random.number(0...30) where random.chance(80) {
      for _ in 0..<(repeats && random.chance(20) ? random.number(2...3) : 1) {
        rows.append([
          "k\(code)", "r\(code % 3)", random.chance(20) ? "" : "\(random.number(0...4))",
          random.chance(20) ? "" : "w\(random.number(0...2))",
        ])
      }
    }
    return random.shuffled(rows)
  }

  private static func text(_ rows: [Row]) -> String {
    // A row of each kind of value, the same in both, tells the types.
    (["code,region,n,word", "first,r,1,w"] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
  }

  @Test(arguments: 0..<120) func rowsArePairedByTheirKey(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let repeats = seed % 3 == 0
    let old = Self.rows(&random, repeats: repeats)
    let new = Self.rows(&random, repeats: repeats)
    let comparison = try Self.compare(Self.text(old), Self.text(new), key: ["code"])
    func codes(_ rows: [Int32]) -> [String] { rows.map { Self.cell(comparison, 0, $0) }.sorted() }

    let (olds, news) = (Dictionary(grouping: old) { $0[0] }, Dictionary(grouping: new) { $0[0] })
    var (removed, added, changed): ([String], [String], [String]) = ([], [], [])
    for code in Set(olds.keys).union(news.keys) {
      let (before, after) = (olds[code] ?? [], news[code] ?? [])
      if before.count <= 1, after.count <= 1, let was = before.first, let isNow = after.first {
        for place in 1..<4 where was[place] != isNow[place] {
          changed.append("\(code) \(place) \(was[place])>\(isNow[place])")
        }
        continue
      }
      var rest = after
      for row in before {
        if let match = rest.firstIndex(of: row) { rest.remove(at: match) } else { removed.append(code) }
      }
      added += rest.map { $0[0] }
    }
    #expect(codes(comparison.removed) == removed.sorted())
    #expect(codes(comparison.added) == added.sorted())
    let changes = comparison.changes.map { change in
      let code = Self.cell(comparison, 0, change.new)
      return "\(code) \(change.column) "
        + "\(Self.cell(comparison, change.column, change.old))>\(Self.cell(comparison, change.column, change.new))"
    }
    #expect(changes.sorted() == changed.sorted())
    let repeated = { (groups: [String: [Row]]) in groups.values.filter { $0.count > 1 }.reduce(0) { $0 + $1.count } }
    #expect(
      comparison.notes.filter { $0.code == .duplicateKeys }.map(\.count)
        == [repeated(olds), repeated(news)].filter { $0 > 0 })
  }

  @Test(arguments: 0..<60) func wholeRowsAreCountedWhereNoKeyIsFound(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    func rows() -> [Row] {
      // Two equal rows leave no key.
      [["a", "x"], ["a", "x"]]
        + (0..<random.number(0...12)).map { _ in [random.pick(["a", "b"]), random.pick(["x", "y", "z"])] }
    }
    let (old, new) = (rows(), rows())
    func text(_ rows: [Row]) -> String { "p,q\n" + rows.map { $0.joined(separator: ",") + "\n" }.joined() }
    let comparison = try Self.compare(text(old), text(new))
    #expect(comparison.key == nil)
    #expect(comparison.notes.contains { $0.code == .noKeyFound })
    var rest = new
    var removed: [Row] = []
    for row in old {
      if let match = rest.firstIndex(of: row) { rest.remove(at: match) } else { removed.append(row) }
    }
    func found(_ rows: [Int32]) -> [String] {
      rows.map { Self.cell(comparison, 0, $0) + Self.cell(comparison, 1, $0) }.sorted()
    }
    #expect(found(comparison.removed) == removed.map { $0.joined() }.sorted())
    #expect(found(comparison.added) == rest.map { $0.joined() }.sorted())
    #expect(comparison.changes.isEmpty)
  }

  @Test(arguments: 0..<30) func aTableDoesNotDifferFromItself(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let rows = Self.rows(&random, repeats: seed % 2 == 0)
    let comparison = try Self.compare(Self.text(rows), Self.text(random.shuffled(rows)))
    #expect(comparison.isEmpty)
    #expect(comparison.summary.english == "no differences")
  }

  private static func cell(_ comparison: DeliveryComparison, _ column: Int, _ row: Int32) -> String {
    let shared = comparison.shared[column]
    return shared.column.value(Int(row), as: shared.type).plainDescription ?? ""
  }

  // MARK: Keys

  @Test(
    arguments: [
      ("comment,region,code\nx,Fès,7\ny,Fès,8\n", ["code"]),
      (
        "indicator_code,indicator,region,sex,period,actual\na,A,F,f,2019-Q1,1\na,A,F,m,2019-Q1,1\na,A,O,f,2019-Q1,1\n"
          + "b,B,F,f,2019-Q1,1\nb,B,F,f,2019-Q2,1\n", ["indicator_code", "region", "sex", "period"]
      ),
      ("période;indicateur;cible\n2019-Q1;a;10\n2019-Q2;a;11\n2019-Q1;b;12\n", ["période", "indicateur"]),
      ("amount,share\n1.5,0.1\n2.5,0.2\n", nil),
      ("a,b\nx,1\nx,2\n", nil),
      ("a,b\nx,1\ny,2\n", ["a"]),
    ] as [(String, [String]?)])
  func theKeyIsFoundFromTheData(_ text: String, _ key: [String]?) throws {
    let comparison = try Self.compare(text, text)
    #expect(comparison.key.map { $0.map { comparison.shared[$0].new.label } } == key)
  }

  // MARK: Values

  @Test func numbersAreComparedAsNumbersAndMissingIsNone() throws {
    let comparison = try Self.compare(
      "code,n,w\na,1,x\nb,2.50,\nc,,y\nd,0,z\n", "code,n,w\na,1.0,X\nb,2.5,\nc,0,y\nd,,z\n")
    #expect(comparison.schema.isEmpty)
    #expect(
      comparison.changes.map { "\(Self.cell(comparison, 0, $0.new)) \(comparison.shared[$0.column].new.label)" }
        == ["a w", "c n", "d n"])
    #expect(comparison.changedRowCount == 3)
  }

  /// Above 2⁵³ a double leaves whole numbers out.
  @Test func largeNumbersAreComparedExactly() throws {
    func compare(_ old: [Int64], _ new: [Double]) throws -> DeliveryComparison {
      func table(_ type: DataType, _ values: Column) -> Table {
        Table(
          schema: Schema([Field("id", .integer), Field("n", type)]),
          chunks: [
            Chunk(columns: [.integer(IntegerColumn((0..<Int64(old.count)).map { $0 })), values], count: old.count)
          ])
      }
      return try Session(
        catalog: try Catalog([]).adding("old", table(.integer, .integer(IntegerColumn(old)))).adding(
          "new", table(.real, .real(PrimitiveColumn(Buffer(new)))))
      ).compare("old", "new", key: ["id"])
    }
    let large: Int64 = 9_007_199_254_740_993
    let whole = try compare([large, large - 1, 4], [9_007_199_254_740_992, 9_007_199_254_740_992, 4])
    #expect(whole.schema.isEmpty)
    #expect(
      whole.changes.map { Self.cell(whole, 1, $0.old) + " " + Self.cell(whole, 1, $0.new) }
        == ["\(large) \(large - 1)"])
    // No type holds these all; a number keeps its text.
    let mixed = try compare([large, large - 1, 4, 5], [9_007_199_254_740_992, 9_007_199_254_740_992, 4, 5.5])
    #expect(mixed.changes.map { Self.cell(mixed, 1, $0.new) } == ["\(large - 1)", "5.5"])
    let extremes = try compare([.max, .min], [9_223_372_036_854_775_808, -9_223_372_036_854_775_808])
    #expect(extremes.changes.count == 1)
    #expect(try compare([1, 2], [1, 2]).isEmpty)
  }

  @Test func columnsOfOneNameComeBeforeThoseOfAnother() throws {
    let both = try Self.compare("code,cible\na,1\n", "code,cible,target\na,1,2\n", key: ["code"])
    #expect(both.schema.map { "\($0)".prefix(5) } == ["added"])
    let other = try Self.compare("code,prevision,cible\na,1,2\n", "code,target\na,2\n", key: ["code"])
    #expect(other.schema.contains(.renamed(from: "cible", to: "target")))
    #expect(other.changes.isEmpty)
    #expect(try Self.compare("réf,cible\na,1\n", "réf,target\na,2\n", key: ["cible"]).key == [1])
  }

  @Test func aChangeOfTypeIsOneOfColumnsAndValuesAreComparedAsTexts() throws {
    let comparison = try Self.compare("code,n,e\na,1,\nb,2,\n", "code,n,e\na,1,5\nb,two,6\n")
    #expect(comparison.schema == [.type(of: "n", from: .integer, to: .text)])
    #expect(comparison.changes.map(\.column) == [2, 1, 2])
    #expect(comparison.summary.english == "0 rows added, 0 removed, 2 changed in 2 columns; 1 change of columns")
  }

  /// Two names that are one to a query are two columns all the same.
  @Test func namesOfOneHandleAreToldApart() throws {
    let comparison = try Self.compare("code,Région,region\na,x,1\n", "code,region,Région\na,2,x\n", key: ["code"])
    #expect(comparison.schema.isEmpty)
    #expect(comparison.changes.map { comparison.shared[$0.column].new.label } == ["region"])
    let renamed = try Self.compare("code,Région\na,x\n", "code,region\na,x\n", key: ["code"])
    #expect(renamed.schema == [.renamed(from: "Région", to: "region")])
  }

  // MARK: Verdicts

  private static func results(_ rows: String...) -> String {
    "indicator,direction,region,target,actual\n" + rows.map { $0 + "\n" }.joined()
  }

  @Test func verdictsKnowTheDirectionAndWhatWasNotReported() throws {
    let comparison = try Self.compare(
      Self.results("jobs,up,F,10,12", "jobs,up,O,10,12", "days,down,F,30,20", "firms,up,F,5,", "loans,up,F,5,4"),
      Self.results("jobs,up,F,10,8", "jobs,up,O,10,8", "days,down,F,30,40", "firms,up,F,5,9", "loans,up,F,5,3"))
    #expect(
      comparison.verdicts == [
        .init(indicator: "days", old: "exceeded", new: "behind"),
        .init(indicator: "firms", old: "no data", new: "exceeded"),
        .init(indicator: "jobs", old: "exceeded", new: "behind"),
      ])
  }

  @Test func verdictsThatCannotBeWorkedOutAreSaid() throws {
    let comparison = try Self.compare(
      Self.results("jobs,up,F,10,12"), Self.results("jobs,up,F,ten,12", "days,up,F,twelve,3"))
    #expect(comparison.verdicts.isEmpty)
    #expect(comparison.notes.contains { $0.code == .verdictsNotCompared })
  }

  @Test func strictDemandsThatNothingIsLeftOpen() throws {
    #expect(throws: BilanError.self) {
      try Self.compare("a\nx\nx\n", "a\nx\n", options: SessionOptions(isStrict: true))
    }
    #expect(try Self.compare("a\nx\n", "a\ny\n", options: SessionOptions(isStrict: true)).added.count == 1)
  }

  @Test func largeTablesAreComparedColumnByColumn() throws {
    func table(_ shift: Int) -> Table {
      let count = 200_000
      let columns: [Column] = [
        .integer(IntegerColumn((0..<count).map { Int64($0 + shift) })),
        .integer(IntegerColumn((0..<count).map { Int64(($0 + shift) % 1000 == 0 ? shift : 7) })),
      ]
      return Table(
        schema: Schema([Field("id", .integer), Field("n", .integer)]),
        chunks: Chunk(columns: columns, count: count).cut(every: 65_536))
    }
    let session = Session(catalog: try Catalog([]).adding("old", table(0)).adding("new", table(10)))
    let comparison = try session.compare("old", "new", key: nil)
    #expect(comparison.key == [0])
    #expect((comparison.removed.count, comparison.added.count) == (10, 10))
    #expect(comparison.changes.count == 199)
  }
}

extension SplitMix64 {
  fileprivate mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for place in result.indices.dropLast() { result.swapAt(place, number(place...result.count - 1)) }
    return result
  }
}
