import BilanDiagnostics
import Testing

@testable import BilanShell

/// A context of fixed lists.
private struct ListContext: CompletionContext {
  var language = Language.english
  var datasets = [Candidate("results", detail: "Results"), Candidate("regions"), Candidate("enterprises")]
  var queries = [Candidate("targets_exceeded", detail: "Which indicators?")]
  var functions = [Candidate("sum", insertion: "sum("), Candidate("share", insertion: "share(")]
  var measures = [Candidate("achievement"), Candidate("share_of_women")]
  var parameters = [Candidate("region")]
  var topics = [Candidate("steps"), Candidate("summarize")]

  func columns(at offset: Int, of text: String) -> [Candidate] {
    [
      Candidate("region"), Candidate("actual"), Candidate("target"), Candidate("annee", otherNames: ["Année"]),
      Candidate("sex"),
    ]
  }
  func columns(ofDataset dataset: String) -> [Candidate] { [Candidate(dataset + "_column")] }
  func files(_ beginning: String) -> [Candidate] { [] }
  func values(ofColumn column: String, dataset: String?) -> [String] {
    column == "region" && dataset == "results" ? ["Fès-Meknès", "Oriental", "L'\"Est\""] : []
  }
}

/// Completes at `¦`; gives the text with each candidate inserted.
private func complete(_ marked: String, language: Language = .english) -> [String] {
  let parts = marked.split(separator: "¦", omittingEmptySubsequences: false)
  let text = parts.joined()
  var context = ListContext()
  context.language = language
  let completion = Completer(context).complete(text, cursor: parts[0].utf8.count)
  return completion.candidates.map { EditorText(text).replacing(bytes: completion.range, with: $0.insertion).text }
}

private func names(_ marked: String) -> [String] {
  let parts = marked.split(separator: "¦", omittingEmptySubsequences: false)
  return Completer(ListContext()).complete(parts.joined(), cursor: parts[0].utf8.count).candidates.map(\.name)
}

@Suite struct CompleterTests {
  @Test func beginsWithTheWordsThatBeginATextt() {
    #expect(names("¦") == ["from", "let", "param", "use"])
    #expect(complete("fr¦") == ["from "])
  }

  @Test func offersStepsAfterAPipe() {
    #expect(complete("from results | wh¦") == ["from results | where "])
    #expect(complete("| su¦") == ["| summarize "])
    #expect(!names("from results | ¦").contains("compare"))
    #expect(names("from results | where region in [\"|\"] | un¦") == ["unpivot", "unnest"])
  }

  @Test func offersDatasetsWhereASourceStands() {
    #expect(names("from re¦") == ["results", "regions"])
    #expect(names("from results | join reg¦") == ["regions"])
    #expect(names("from results | join left ent¦") == ["enterprises"])
    #expect(names("from results | append ¦") == ["results", "regions", "enterprises", "stdin"])
    #expect(names("let women = from results\nfrom wo¦") == ["women"])
  }

  @Test func offersOnAfterTheSourceOfAJoinThenColumns() {
    #expect(names("from results | join regions o¦") == ["on"])
    #expect(names("from results | join regions on reg¦") == ["region"])
  }

  @Test func offersColumnsMeasuresAndFunctionsInExpressions() {
    #expect(names("from results | where a¦") == ["actual", "annee", "achievement"])
    #expect(complete("from results | summarize su¦") == ["from results | summarize sum("])
    #expect(names("from results | summarize x = sum(act¦") == ["actual"])
    #expect(names("from results | summarize achievement by re¦") == ["region"])
    #expect(names("from results | drop sh¦").isEmpty)
  }

  @Test func findsAColumnByItsLabelWhateverAccents() {
    #expect(names("from results | where anné¦") == ["annee"])
    #expect(names("from results | where ANN¦") == ["annee"])
  }

  @Test func findsWhatContainsTheWordWhereNothingBeginsWithIt() {
    #expect(names("from results | where women¦") == ["share_of_women"])
  }

  @Test func offersWhatFollowsAValue() {
    #expect(names("from results | summarize achievement b¦") == ["by"])
    #expect(names("from results | where actual > target a¦") == ["and"])
    #expect(names("from results | sort actual d¦") == ["desc"])
  }

  @Test func offersValuesInsideQuotes() {
    #expect(complete("from results | where region = \"fe¦") == ["from results | where region = \"Fès-Meknès\""])
    #expect(complete("from results | where region ~ \"or¦\"") == ["from results | where region ~ \"Oriental\""])
    #expect(complete("from results | where region in [\"Oriental\", \"fes¦").count == 1)
    #expect(complete("from results | where region not in [\"o¦").count == 1)
    #expect(complete("from results | where region = \"l¦") == ["from results | where region = \"L'\\\"Est\\\"\""])
    #expect(names("from results | where sex = \"o¦").isEmpty)
    #expect(names("from regions | where region = \"o¦").isEmpty)
  }

  @Test func offersParametersAfterADollar() {
    #expect(complete("from results | where region = $r¦") == ["from results | where region = $region"])
    #expect(names("param since: period = 2018\nfrom results | where period >= $s¦") == ["since"])
  }

  @Test func offersThePartsOfARatioAfterADot() {
    #expect(names("from results | keep achievement.nu¦") == ["numerator"])
  }

  @Test func isSilentInCommentsAndNumbers() {
    #expect(names("from results # wh¦").isEmpty)
    #expect(names("from results | take 1¦").isEmpty)
  }

  @Test func looksOnlyAtWhatIsBeforeTheCursor() {
    #expect(complete("from results | wh¦ | take 5") == ["from results | where  | take 5"])
  }

  @Test func understandsAPipelineInBrackets() {
    #expect(names("from results | where region in (from reg¦") == ["regions"])
    #expect(names("from results | where region in (from regions | ke¦") == ["keep"])
    #expect(names("from results | where region in (from regions | keep region) a¦") == ["and"])
  }

  @Test func completesDotCommandsAndTheirArguments() {
    #expect(complete(".da¦") == [".datasets"])
    #expect(complete(".desc¦") == [".describe "])
    #expect(complete(".describe ent¦") == [".describe enterprises"])
    #expect(complete(".describe results r¦") == [".describe results results_column"])
    #expect(complete(".diff enterprises ent¦") == [".diff enterprises enterprises"])
    #expect(complete(".diff results other r¦") == [".diff results other results_column"])
    #expect(complete(".run tar¦") == [".run targets_exceeded"])
    #expect(complete(".format mark¦") == [".format markdown"])
    #expect(complete(".help su¦") == [".help summarize"])
    #expect(complete(".timer o¦") == [".timer on", ".timer off"])
    #expect(complete(".cache o¦") == [".cache on", ".cache off"])
  }

  @Test func describesInTheLanguageOfTheSession() {
    func detail(_ language: Language) -> String? {
      var context = ListContext()
      context.language = language
      return Completer(context).complete("| whe", cursor: 5).candidates.first?.detail
    }
    #expect(detail(.english)?.contains("rows") == true)
    #expect(detail(.french)?.contains("lignes") == true)
  }

  @Test func neverFailsWhereverTheCursorIs() {
    let text = "let w = from r | where (a in [\"é\", `x` ] and $p ~ \"…\") | join many (from \"f.csv\") on a.b = c # œ"
    for cursor in 0...text.utf8.count { _ = Completer(ListContext()).complete(text, cursor: cursor) }
  }
}

@Suite struct CompletionListTests {
  private let completion = Completion(
    range: 0..<0, candidates: [Candidate("actual", detail: "number"), Candidate("actuel"), Candidate("acteur")])

  @Test func sharesTheStartOfAllInsertions() { #expect(completion.sharedStart == "act") }

  @Test func listsWithDetailsAndSaysHowManyAreNotShown() {
    #expect(completion.listing(columns: 40, rows: 5, more: { "\($0) more" }).first == "  actual  number")
    #expect(completion.listing(columns: 40, rows: 2, more: { "\($0) more" }) == ["  actual  number", "  2 more"])
  }
}
