import BilanDiagnostics
import BilanPlan
import BilanSyntax
import Testing

@Suite struct PreludeTests {
  @Test func everyNameIsListedAndEveryListedNameIsDefined() {
    let defined = Parser.parse(Prelude.source).program.items.compactMap { item -> DefinitionSyntax? in
      guard case .definition(let definition) = item.kind else { return nil }
      return definition
    }
    #expect(Prelude.names == defined.map(\.name.text))
    #expect(Prelude.measures.map(\.name) == defined.filter { $0.parameters == nil }.map(\.name.text))
  }

  @Test func everyMeasureIsDocumented() {
    for measure in Prelude.measures { #expect(measure.documentation?.isEmpty == false, "\(measure.name)") }
  }
}
