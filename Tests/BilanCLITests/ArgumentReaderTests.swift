import BilanDiagnostics
import BilanRenderers
import BilanShell
import Testing

@testable import BilanCLI

private func invocation(_ arguments: [String]) throws -> Invocation {
  switch ArgumentReader.readAll(arguments, language: .english) {
  case .invocation(let invocation): return invocation
  case .text(let text): Issue.record("a text: \(text)")
  case .failure(let diagnostics): Issue.record("\(diagnostics.map(\.message.english))")
  }
  throw Unread()
}

private struct Unread: Error {}

@Suite struct ArgumentReaderTests {
  @Test func opensTheShellWithoutArguments() throws { #expect(try invocation([]).action == .shell) }

  @Test func readsQueriesAndTheInput() throws {
    #expect(try invocation(["-c", "from a", "-c", "| x"]).action == .queries(["from a", "| x"]))
    #expect(try invocation(["-"]).action == .queryOnInput)
    #expect(try invocation(["-", "--format", "csv"]).options.presentation.format == .csv)
  }

  @Test(arguments: [
    ["--format", "csv", "datasets", "--strict"], ["datasets", "--format", "csv", "--strict"],
    ["--strict", "--format=csv", "datasets"], ["--strict", "datasets", "--format=csv"],
  ])
  func takesSharedOptionsBeforeAndAfter(arguments: [String]) throws {
    let read = try invocation(arguments)
    #expect(read.action == .datasets)
    #expect(read.options.presentation.format == .csv)
    #expect(read.options.isStrict)
  }

  @Test(arguments: [
    ["run", "q", "--region", "Fès", "--format", "csv", "--data", "d", "--data", "n=f.csv"],
    ["--format", "csv", "--data", "d", "run", "--data", "n=f.csv", "q", "--region", "Fès"],
    ["--data", "d", "run", "q", "--format=csv", "--region", "Fès", "--data=n=f.csv"],
  ])
  func keepsASavedQuerysOwnOptionsApart(arguments: [String]) throws {
    let read = try invocation(arguments)
    #expect(read.action == .run(name: "q", options: ["--region", "Fès"]))
    #expect(read.options.presentation.format == .csv)
    #expect(read.options.data == ["d", "n=f.csv"])
  }

  @Test func leavesHelpAfterASavedQuerysNameToTheQuery() throws {
    #expect(try invocation(["run", "q", "--help"]).action == .run(name: "q", options: ["--help"]))
    #expect(try invocation(["run", "q", "--lang", "fr", "--help"]).action == .run(name: "q", options: ["--help"]))
  }

  @Test func readsWhatFilesAreFor() throws {
    #expect(try invocation(["fmt", "a", "-", "--check"]).action == .format(files: ["a", "-"], mode: .check))
    #expect(try invocation(["fmt", "--write", "a"]).action == .format(files: ["a"], mode: .write))
    #expect(try invocation(["check", "a", "b"]).action == .check(files: ["a", "b"]))
  }

  @Test func knowsTheNamesOfAllSharedOptions() {
    let help = Run(["datasets", "--help"]).output
    let names = help.split(whereSeparator: { " \n[]/".contains($0) }).filter { $0.hasPrefix("--") }.map(String.init)
    let known = SharedOptionNames.withValue.union(SharedOptionNames.flags).union(["--help", "--version"])
    #expect(Set(names) == known)
  }

  /// The fast path and the argument parser must agree wherever the former has an answer.
  @Test(arguments: [
    ["-c", "from a"], ["-c", "from a", "--format", "json", "--color", "never", "--lang", "fr", "--strict"],
    ["--data", "d", "-c", "x", "--data", "e", "-c", "y"], ["--cache", "-c", "x"], ["-c", "x", "--cache", "--no-cache"],
  ])
  func readsTheSameTheFastWay(arguments: [String]) throws {
    let fast = try #require(FastArguments.read(arguments, language: .english))
    #expect(try fast == invocation(arguments))
  }

  @Test(arguments: [
    [], ["-c"], ["-c", "x", "--format", "cvs"], ["-c", "x", "run"], ["--format", "csv"], ["-c", "-x"],
    ["-c", "x", "--help"], ["-c", "x", "--max-rows", "3"], ["-c", "x", "--lang", "de"],
  ])
  func leavesTheRestToTheParser(arguments: [String]) {
    #expect(FastArguments.read(arguments, language: .english) == nil)
  }
}
