import BilanDiagnostics
import BilanRenderers
import Testing

@testable import BilanShell

@Suite struct HelpTests {
  @Test(arguments: Language.allCases) func everyTopicHasAPage(language: Language) {
    let index = HelpIndex(language: language)
    for name in HelpIndex.names {
      #expect(index.page(name)?.isEmpty == false, "no help on \(name)")
    }
  }

  @Test func everyPageIsInItsLanguage() {
    let english = HelpIndex(language: .english)
    let french = HelpIndex(language: .french)
    for name in HelpIndex.names where DiagnosticCode(rawValue: name) == nil {
      #expect(english.page(name) != french.page(name), "\(name) is the same in both languages")
    }
    #expect(english.overview != french.overview)
  }

  @Test func findsATopicHoweverItIsWritten() {
    let index = HelpIndex(language: .english)
    #expect(index.page("WHERE") == index.page("where"))
    #expect(index.page("sum()") == index.page("sum"))
    #expect(index.page("run") == index.page(".run"))
    #expect(index.page("b0203")?.hasPrefix("B0203") == true)
    #expect(index.page("périodes") == index.page("periods"))
    #expect(index.page("nonsense") == nil)
  }

  @Test(arguments: Language.allCases, [60, 80, 100]) func theOverviewFits(language: Language, width: Int) {
    let overview = HelpIndex(language: language, width: width).overview
    for line in overview.split(separator: "\n") where !line.hasPrefix("  ") {
      #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
    }
    #expect(overview.contains(".export FILE"))
    for format in OutputFormat.texts { #expect(overview.contains("`\(format.rawValue)`")) }
  }

  @Test(arguments: Language.allCases, [60, 80, 100]) func eachKeyHasALine(language: Language, width: Int) {
    let page = HelpIndex(language: language, width: width).page("keys") ?? ""
    for key in ["Tab", "Ctrl-R", "Ctrl-L", "Ctrl-C", "Ctrl-D"] {
      #expect(page.split(separator: "\n").contains { $0.hasPrefix("  \(key) ") }, "\(page)")
    }
  }

  @Test func namesOfCommandsAreDistinct() {
    #expect(Set(DotCommand.everyName).count == DotCommand.everyName.count)
  }
}
