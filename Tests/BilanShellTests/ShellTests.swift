import Bilan
import BilanDiagnostics
import Testing

@testable import BilanShell

/// A shell without data that a script drives; what the terminal would show is kept.
private func screen(_ lines: [String], language: Language = .english, catalog: [String] = []) throws -> String {
  let output = BufferOutput()
  let environment = CommandEnvironment(
    arguments: [], variables: ["TERM": "dumb"], currentDirectory: "/nowhere", output: output, errorOutput: output,
    isInputTerminal: true, isOutputTerminal: true, isErrorTerminal: true)
  var shell = Shell(
    environment: environment, session: Session(catalog: try Catalog(catalog)),
    settings: PresentationSettings(language: language), folder: QueryFolder(from: ["/nowhere"]),
    editor: ScriptedEditor(lines: lines, echo: { output.write($0) }))
  #expect(shell.run() == 0)
  return output.text
}

@Suite struct ShellTests {
  @Test func welcomesAndLeaves() throws {
    let text = try screen([".quit", "never read"])
    #expect(text.hasPrefix("Bilan \(BilanVersion.text) · 0 datasets · `.help` explains"))
    #expect(!text.contains("never read"))
  }

  @Test func speaksFrench() throws {
    let text = try screen([".help", ".lang en", ".help"], language: .french)
    #expect(text.contains("énumère les jeux de données"))
    #expect(text.contains("lists the datasets"))
  }

  @Test func proposesTheNearestCommand() throws {
    let text = try screen([".halp"])
    #expect(text.contains("B0901"))
    #expect(text.contains("there is no command `.halp`"))
    #expect(text.contains("did you mean `.help`?"))
  }

  @Test(arguments: [("help", ".help"), ("quit", ".quit"), ("exit", ".quit"), ("show tables", ".datasets")])
  func hintsAtTheDot(word: String, command: String) throws {
    #expect(try screen([word]).contains("`\(command)`"))
  }

  @Test func saysThatThereIsNothingToContinue() throws {
    let text = try screen(["| take 5", ".undo", ".show", ".save x"])
    #expect(text.contains("B0902"))
    #expect(text.contains("there is no result to continue"))
    #expect(text.contains("no step to take back"))
    #expect(text.contains("no query yet"))
  }

  @Test(arguments: [".save x", ".explain", ".profile"])
  func refusesWhatNeedsAQuery(command: String) throws {
    let text = try screen([command])
    #expect(text.contains("B0902"))
    #expect(text.contains("there is no query yet"))
  }

  @Test func saysWhatTheTimerDoesNow() throws {
    #expect(try screen([".timer"]).contains("times are shown"))
    #expect(try screen([".timer", ".timer"]).contains("times are not shown"))
    #expect(!(try screen([".timer on"]).contains("times are shown")))
  }

  @Test func refusesArgumentsThatAreNone() throws {
    let text = try screen([".format tabel", ".timer maybe", ".help sumarize"])
    #expect(text.contains("did you mean `table`?"))
    #expect(text.contains("`maybe` is none of `on`, `off`"))
    #expect(text.contains("did you mean `.help summarize`?"))
  }

  @Test func splitsWordsAsAShellDoes() {
    #expect(ShellWords.split("a --r \"Fès Meknès\" 'x y'z \"\"") == ["a", "--r", "Fès Meknès", "x yz", ""])
  }
}
