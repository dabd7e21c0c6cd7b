import BilanDiagnostics
import BilanShell
import Testing

@testable import BilanCLI

/// What the command writes and ends with, given arguments and an input.
struct Run {
  var status: Int32
  var output: String
  var errors: String

  init(
    _ arguments: [String], input: String = "", variables: [String: String] = [:], directory: String = "/nowhere",
    leastCachedSize: Int = .max
  ) {
    let output = BufferOutput()
    let errors = BufferOutput()
    var environment = CommandEnvironment(
      arguments: arguments, variables: variables, currentDirectory: directory, readInput: { input }, output: output,
      errorOutput: errors)
    environment.leastCachedSize = leastCachedSize
    status = CommandLineTool(environment).run()
    self.output = output.text
    self.errors = errors.text
  }
}

@Suite struct CommandLineToolTests {
  @Test func showsTheVersion() {
    let run = Run(["--version"])
    #expect((run.status, run.output) == (0, BilanVersion.text + "\n"))
  }

  @Test func showsHelpInBothLanguages() {
    let english = Run(["--help"])
    #expect(english.status == 0)
    #expect(english.output.contains("USAGE: bilan"))
    #expect(english.output.contains("--max-rows"))
    for command in ["run", "check", "fmt", "explain", "datasets", "describe", "queries", "cache"] {
      #expect(english.output.contains("  \(command) "), "\(command) is not listed")
    }
    let french = Run(["--help", "--lang", "fr"])
    #expect(french.status == 0)
    #expect(french.output.contains("Énumère les jeux de données."))
    #expect(french.output.contains("COMMANDES\u{A0}:"))
    for word in ["OVERVIEW", "SUBCOMMANDS", "Show", "detailed"] {
      #expect(!french.output.contains(word), "\(word) is not French")
    }
  }

  @Test(arguments: ["run", "check", "fmt", "explain", "describe", "datasets", "queries", "cache", "-"])
  func everyCommandHasHelp(command: String) {
    let run = Run([command, "--help"])
    #expect(run.status == 0)
    #expect(run.output.contains("USAGE: bilan \(command)"))
    #expect(run.errors.isEmpty)
  }

  /// A paragraph is broken where its line is full and nowhere else.
  @Test(arguments: Language.allCases, [[], ["run"], ["diff"], ["cache"]])
  func linesOfHelpAreFull(language: Language, command: [String]) {
    let help = Run(command + ["--help", "--lang", language.rawValue]).output
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (line, next) in zip(lines, lines.dropFirst()) where [line, next].allSatisfy({ $0.first?.isLetter == true }) {
      let word = next.prefix { $0 != " " }
      #expect(line.count + 1 + word.count >= 80, "\(line)\n\(next)")
    }
  }

  @Test(arguments: [
    (["--formt", "csv"], "B0505", "did you mean `--format`?"),
    (["--nope"], "B0505", "`bilan --help` lists the options"),
    (["chekc", "x.bilan"], "B0901", "did you mean `check`?"),
    (["report.bilan"], "B0901", "`bilan run report.bilan` runs a file"),
    (["report.bilan", "--since", "2019"], "B0901", "`bilan run report.bilan` runs a file"),
    (["help", "nosuch"], "B0901", "there is no command `nosuch`"),
    (["help", "chekc"], "B0901", "did you mean `check`?"),
    (["--max-rows", "-1", "-c", "1"], "B0505", "`-1` is not a value of `--max-rows`"),
    (["from results"], "B0901", "a query is given by `-c`"),
    (["--format", "cvs", "-c", "1"], "B0505", "did you mean `csv`?"),
    (["--max-rows", "many", "-c", "1"], "B0505", "a whole number from 0 on"),
    (["--today", "2021-02-30", "-c", "1"], "B0505", "a day, as `2021-01-22`"),
    (["--lang", "de", "-c", "1"], "B0505", "it is one of `en`, `fr`"),
    (["check"], "B0505", "is missing"),
    (["run"], "B0505", "a query is missing"),
    (["explain", "B0999"], "B0904", "there is no code `B0999`"),
    (["datasets", "more"], "B0505", "`more` is one argument too many"),
    (["-c"], "B0505", "is without its value"),
    (["fmt", "--check", "--write", "x"], "B0505", "exclude each other"),
  ])
  func refusesWrongArguments(arguments: [String], code: String, text: String) {
    let run = Run(arguments)
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("[\(code)]"), "\(run.errors)")
    #expect(run.errors.contains(text), "\(run.errors)")
  }

  @Test func saysSoInFrenchWhereTheLocaleDoes() {
    let run = Run(["--formt", "csv"], variables: ["LANG": "fr_MA.UTF-8"])
    #expect(run.errors.contains("il n’y a pas d’option `--formt`"))
    #expect(Run(["chekc"], variables: ["LANG": "fr_FR", "LC_ALL": "C"]).errors.contains("there is no command"))
  }

  @Test func explainsACode() {
    let run = Run(["explain", "b0203"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("B0203: "))
    #expect(Run(["explain", "B0203", "--lang", "fr"]).output.hasPrefix("B0203\u{A0}: "))
  }

  @Test func saysThatAFileIsNotThere() {
    let run = Run(["check", "nothing.bilan"])
    #expect(run.status == 3)
    #expect(run.errors.contains("there is no file `/nowhere/nothing.bilan`"))
    #expect(Run(["run", "nothing"]).status == 64)
  }

  @Test func runsABatchOfDotCommandsFromInput() {
    let run = Run([], input: ".format csv\n.format\n")
    #expect((run.status, run.output) == (0, "csv\n"))
  }

  @Test func endsABatchAtItsFirstError() {
    let run = Run([], input: ".halp\n.format\n")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
  }

  @Test func endsQuietlyWhereTheReaderHasGone() {
    let output = BufferOutput()
    output.failure = .closed
    let errors = BufferOutput()
    let status = CommandLineTool(
      CommandEnvironment(arguments: ["--version"], currentDirectory: "/", output: output, errorOutput: errors)
    ).run()
    #expect(status == 0)
    #expect(errors.text.isEmpty)
  }

  @Test func saysThatADiskIsFull() {
    let output = BufferOutput()
    output.failure = .system(28)
    let errors = BufferOutput()
    let status = CommandLineTool(
      CommandEnvironment(arguments: ["--version"], currentDirectory: "/", output: output, errorOutput: errors)
    ).run()
    #expect(status == 3)
    #expect(errors.text.contains("B0903"))
  }
}
