import BilanShell
import Glibc
import Testing

@testable import BilanCLI

/// A project of one dataset and one saved query, gone when the test is.
private final class Project {
  let path: String

  init() throws {
    var template = Array("/tmp/bilan-cli-XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer { unsafe String(cString: mkdtemp($0.baseAddress!)) }
    FileSystem.makeDirectory(path + "/datasets")
    FileSystem.makeDirectory(path + "/queries")
    try FileSystem.write(
      """
      region,jobs
      Fès-Meknès,3
      Oriental,5
      Oriental,

      """, to: path + "/datasets/firms.csv")
    try FileSystem.write(
      """
      ## Jobs of a region
      ## in one figure.

      ## Where
      param region: text = "Oriental"
      ## At least
      param least: number = 1

      from firms | where region = $region and jobs >= $least | summarize jobs = sum(jobs)

      """, to: path + "/queries/region_jobs.bilan")
  }

  deinit {
    for file in ["datasets/firms.csv", "queries/region_jobs.bilan", "queries/odd.bilan"] {
      unsafe unlink(path + "/" + file)
    }
    for folder in ["/datasets", "/queries", ""] { unsafe rmdir(path + folder) }
  }

  func run(_ arguments: [String], input: String = "") -> Run { Run(arguments, input: input, directory: path) }
}

@Suite struct QueryCommandTests {
  private let project: Project

  init() throws { project = try Project() }

  @Test func runsAQueryOverTheNearestDatasets() {
    let run = project.run(["-c", "from firms | count by region"])
    #expect((run.status, run.output) == (0, "region,count\nFès-Meknès,1\nOriental,2\n"))
  }

  @Test func runsSeveralQueriesInOrder() {
    let run = project.run(["-c", "from firms | count", "-c", "from firms | take 1"])
    #expect(run.output == "count\n3\n\nregion,jobs\nFès-Meknès,3\n")
  }

  @Test func writesTheFormatAskedFor() {
    #expect(project.run(["-c", "from firms | count", "--format", "tsv"]).output == "count\n3\n")
    #expect(project.run(["-c", "from firms | count", "--format", "ndjson"]).output == "{\"count\":3}\n")
  }

  @Test func putsNotesOnStandardErrorBesideTheResult() {
    let run = project.run(["-c", "from firms | summarize sum(jobs)"])
    #expect(run.status == 0)
    #expect(!run.output.contains("note"))
    #expect(run.errors.hasPrefix("note: "))
    #expect(project.run(["-c", "from firms | summarize sum(jobs)", "--strict"]).status != 0)
  }

  @Test func endsWithOneWhereACheckFails() {
    let run = project.run(["-c", "from firms | check jobs > 3 \"few jobs\""])
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("region,jobs\n"))
    #expect(run.errors.contains("B0603"))
    #expect(run.errors.contains("few jobs"))
    #expect(run.errors.contains("Fès-Meknès"))
    #expect(project.run(["-c", "from firms | check jobs > 0 or jobs is missing"]).status == 0)
  }

  @Test func endsWithTwoWhereTheQueryIsWrong() {
    let run = project.run(["-c", "from firms | where job > 3"])
    #expect((run.status, run.output) == (2, ""))
    #expect(run.errors.contains("B0203"))
    #expect(project.run(["-c", "from firms | where job > 3", "--errors", "json"]).errors.hasPrefix("[\n"))
  }

  @Test func endsWithThreeWhereDataCannotBeRead() {
    #expect(project.run(["-c", "from firms", "--data", "/nowhere/x.csv"]).status == 3)
  }

  @Test func readsAQueryFromInput() {
    #expect(project.run(["-"], input: "from firms\n| count\n").output == "count\n3\n")
    #expect(project.run([], input: "from firms\n| count\n").output == "count\n3\n")
  }

  @Test func continuesAQueryInABatch() {
    let run = project.run([], input: "from firms\n.format tsv\n| count\n.show\n")
    #expect(run.status == 0)
    #expect(run.output.hasSuffix("count\n3\nfrom firms\n| count\n"), "\(run.output)")
  }

  @Test func runsASavedQueryWithItsParameters() {
    #expect(project.run(["run", "region_jobs"]).output == "jobs\n5\n")
    #expect(project.run(["run", "region_jobs", "--region", "Fès-Meknès"]).output == "jobs\n3\n")
    #expect(project.run(["run", "region_jobs", "--region=Fès-Meknès", "--format", "tsv"]).output == "jobs\n3\n")
    #expect(project.run(["run", project.path + "/queries/region_jobs.bilan"]).status == 0)
  }

  @Test func refusesWrongNamesAndValuesOfParameters() {
    let option = project.run(["run", "region_jobs", "--regoin", "x"])
    #expect(option.status == 64)
    #expect(option.errors.contains("did you mean `--region`?"))
    let value = project.run(["run", "region_jobs", "--least", "many"])
    #expect(value.status == 64)
    #expect(value.errors.contains("B0502"))
    let name = project.run(["run", "region_job"])
    #expect(name.status == 64)
    #expect(name.errors.contains("did you mean `region_jobs`?"))
  }

  @Test func showsWhatASavedQueryIsForAndItsParameters() {
    let run = project.run(["run", "region_jobs", "--help"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Jobs of a region\nin one figure.\n"))
    #expect(run.output.contains("--region <text>\n        Where\n        default: \"Oriental\"\n"))
    let french = project.run(["run", "region_jobs", "--help", "--lang", "fr"])
    #expect(french.output.contains("par défaut"))
  }

  @Test func listsDatasetsAndQueries() {
    #expect(project.run(["datasets"]).output.contains("firms,"))
    #expect(project.run(["queries"]).output == "query,title\nregion_jobs,Jobs of a region\n")
    let description = project.run(["describe", "firms", "--format", "table"])
    #expect(description.output.contains("3 rows"))
    #expect(description.output.contains("jobs"))
    #expect(project.run(["describe", "frims"]).status != 0)
  }

  @Test func checksFilesWithoutRunningThem() throws {
    #expect(project.run(["check", "queries/region_jobs.bilan"]).output == "queries/region_jobs.bilan: ok\n")
    let wrong = project.run(["check", "-"], input: "from firms | wehre jobs > 1")
    #expect(wrong.status == 2)
    #expect(wrong.output.isEmpty)
  }

  @Test func formatsFiles() throws {
    let path = project.path + "/queries/odd.bilan"
    try FileSystem.write("from firms|take   1", to: path)
    #expect(project.run(["fmt", "--check", "queries/odd.bilan"]).status == 1)
    #expect(
      project.run(["fmt", "queries/odd.bilan"]).output
        == project.run(["fmt", "-"], input: "from firms|take   1").output)
    #expect(project.run(["fmt", "--write", "queries/odd.bilan"]).status == 0)
    #expect(project.run(["fmt", "--check", "queries/odd.bilan"]).status == 0)
    #expect(try FileSystem.read(path) != "from firms|take   1")
  }
}
