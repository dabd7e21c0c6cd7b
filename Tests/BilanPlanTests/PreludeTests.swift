import BilanDiagnostics
import BilanPlan
import BilanSyntax
import Testing

@Suite struct PreludeTests {
  @Test func everyNameIsListedAndEveryListedNameIsDefined() {
    let defined = Parser.parse(Prelude.source).program.items.compactMap { item -> String? in
      guard case .definition(let definition) = item.kind else { return nil }
      return definition.name.text
    }
    #expect(Prelude.names == defined)
    #expect(Prelude.measures.map(\.name) == defined)
  }

  @Test func everyMeasureIsDocumented() {
    for measure in Prelude.measures { #expect(measure.documentation?.isEmpty == false, "\(measure.name)") }
  }
}
