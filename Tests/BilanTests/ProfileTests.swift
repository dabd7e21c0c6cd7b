import Bilan
import BilanEngine
import BilanTestSupport
import Testing

/// What `.profile` is told, and that a query that is profiled gives what it gives.
@Suite struct ProfileTests {
  private func session(_ workers: Int, memoryLimit: Int? = nil) throws -> Session {
    let count = 200_000
    let catalog = try Catalog([]).adding(
      "t",
      columns: [
        ("k", .integers((0..<count).map { $0 % 7 })), ("x", .reals((0..<count).map { Double($0 % 100) })),
      ])
    return Session(
      catalog: catalog, options: SessionOptions(workers: workers, memoryLimit: memoryLimit))
  }

  @Test(arguments: [1, 2]) func countsTheRowsOfEachStage(_ workers: Int) throws {
    let query = "from t | where x < 50 | summarize s = sum(x) by k | sort s desc"
    let result = try session(workers).profile(query)[0]
    let stages = try #require(result.profile).stages
    #expect(stages.map(\.name) == ["scan t", "filter", "aggregate", "result", "project", "sort"])
    #expect(stages.map(\.rows) == [200_000, 200_000, 100_000, 7, 7, 7])
    #expect(stages.map(\.pipeline) == [0, 0, 0, 1, 1, 1])
    let plain = try session(workers).run(query)[0]
    #expect(plain.profile == nil)
    #expect(plain.columns.map(\.descriptions) == result.columns.map(\.descriptions))
  }

  @Test func endsAQueryThatNeedsTooMuch() throws {
    do {
      _ = try session(1, memoryLimit: 1000).run("from t | sort x")
      Issue.record("the limit was not kept")
    } catch let error as BilanError {
      #expect(error.kind == .data)
      #expect(error.findings.map(\.code) == ["B0607"])
    }
    #expect(try session(1, memoryLimit: 0).run("from t | sort x | take 1")[0].rowCount == 1)
  }
}
