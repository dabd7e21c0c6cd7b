@testable import Bilan
import BilanDiagnostics
import Testing

@testable import BilanShell

@Suite struct QueryBufferTests {
  private func definition(_ name: String, _ text: String) -> QueryBuffer.Definition { .init(name: name, text: text) }

  @Test func putsDefinitionsBeforeAQuery() {
    var buffer = QueryBuffer()
    buffer.define(definition("w", "let w = from a"))
    buffer.define(definition("v", "let v = from b"))
    buffer.define(definition("w", "let w = from c"))
    #expect(buffer.compose("from w", sourceName: "q").text == "let w = from c\nlet v = from b\nfrom w")
    #expect(buffer.compose("let w = from d\nfrom w", redefining: ["w"], sourceName: "q").prefix == "let v = from b\n")
  }

  @Test func takesBackOnlyWhatContinuedTheQuery() {
    var buffer = QueryBuffer()
    let undone1 = buffer.undo()
    #expect(!undone1)
    buffer.current = .init(text: "from a", additions: ["| take 2", "| count"])
    let undone2 = buffer.undo()
    #expect(undone2)
    #expect(buffer.current?.fullText == "from a\n| take 2")
    let undone3 = buffer.undo()
    #expect(undone3)
    let undone4 = buffer.undo()
    #expect(!undone4)
    #expect(buffer.current?.fullText == "from a")
  }

  @Test func pointsDiagnosticsIntoWhatWasTyped() throws {
    var buffer = QueryBuffer()
    buffer.define(definition("w", "let w = from é"))
    let composition = buffer.compose("from x", sourceName: "<query>")
    let source = Source(name: "<query>", text: composition.text)
    let offset = composition.prefix.utf8.count
    let diagnostics = composition.rebase([
      .error(.unknownDataset, Localized("m", fr: "m"), at: Span(source, offset + 5..<offset + 6)).labelling(
        Span(source, 4..<5), nil)
    ])
    let primary = try #require(diagnostics[0].primary)
    #expect(primary.span.text == "x")
    #expect(primary.span.source.position(at: primary.span.start) == (1, 6))
    #expect(diagnostics[0].secondary[0].span.text == "w")
    #expect(diagnostics[0].secondary[0].span.source.name == "<definitions>")
  }

  @Test func leavesDiagnosticsWithoutAPlaceAsTheyAre() {
    var buffer = QueryBuffer()
    buffer.define(definition("w", "let w = from a"))
    let composition = buffer.compose("from w", sourceName: "<query>")
    let rebased = composition.rebase([.error(.fileNotFound, Localized("m", fr: "m"))])
    #expect(rebased.count == 1 && rebased[0].primary == nil)
  }

  @Test func savesTheDefinitionsAQueryNeedsAndNoOthers() {
    var buffer = QueryBuffer()
    buffer.define(definition("base", "let base = from a"))
    buffer.define(definition("other", "let other = from b"))
    buffer.define(definition("w", "let w = from base | take 1"))
    #expect(
      buffer.neededDefinitions(for: .init(text: "from w")) == ["let base = from a", "let w = from base | take 1"])
  }

  @Test func takesATextApart() {
    let parts = ProgramParts("## The women\nlet w = from a\nparam r: text = \"x\"\nfrom w\n| take 1")
    #expect(parts.definitions.map(\.name) == ["w", "r"])
    #expect(parts.definitions[0].text == "## The women\nlet w = from a")
    #expect(parts.queries == ["from w\n| take 1"])
    #expect(ProgramParts("results").loneName == "results")
    #expect(ProgramParts("1 + 1").loneName == nil)
  }
}

@Suite struct ParameterOptionsTests {
  private let options = ParameterOptions([
    .init(name: "region", type: "text", documentation: "Where", defaultText: "\"Oriental\"", choices: []),
    .init(name: "min_year", type: "number", documentation: nil, defaultText: nil, choices: []),
    .init(name: "all", type: "bool", documentation: nil, defaultText: "false", choices: []),
  ])

  private func failure(_ arguments: [String]) -> Diagnostic? {
    do throws(QueryError) {
      _ = try options.parse(arguments)
      return nil
    } catch {
      return error.diagnostics.first
    }
  }

  @Test func readsBothForms() throws {
    #expect(try options.parse(["--region", "Fès", "--min-year=-5"]) == ["region": "Fès", "min_year": "-5"])
    #expect(try options.parse(["--min_year", "-5"]) == ["min_year": "-5"])
    #expect(try options.parse(["--region=a=b"]) == ["region": "a=b"])
    #expect(try options.parse(["--all"]) == ["all": "true"])
    #expect(try options.parse(["--region", "a", "--region", "b"]) == ["region": "a,b"])
  }

  @Test func proposesTheNearestName() {
    #expect(failure(["--regoin", "x"])?.code == .unknownOption)
    #expect(failure(["--regoin", "x"])?.help.first?.english == "did you mean `--region`?")
    #expect(failure(["--zzz"])?.help.first?.english == "it has `--region`, `--min_year`, `--all`")
  }

  @Test func asksForAMissingValueAndRefusesOtherArguments() {
    #expect(failure(["--region"])?.message.english == "`--region` needs a value")
    #expect(failure(["Oriental"])?.message.french == "`Oriental` n’est pas une option")
  }

  @Test func helpSaysWhatEachIs() {
    let help = options.help(.english)
    #expect(help.contains("--region <text>\n        Where\n        default: \"Oriental\"\n"))
    #expect(help.contains("--min_year <number>\n        required\n"))
    #expect(options.help(.french).contains("obligatoire"))
  }
}
