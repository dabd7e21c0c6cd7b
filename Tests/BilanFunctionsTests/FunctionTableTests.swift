import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import Testing

@Suite struct FunctionTableTests {
  @Test func everyNameHasOneEntry() {
    #expect(FunctionTable.entries.count == FunctionTable.names.count)
    #expect(Set(FunctionTable.names).count == FunctionTable.names.count)
    for entry in FunctionTable.entries { #expect(FunctionTable.entry(named: entry.name)?.usage == entry.usage) }
    #expect(FunctionTable.entry(named: "no_such_function") == nil)
  }

  @Test(arguments: FunctionTable.names)
  func isDocumented(_ name: String) throws {
    let entry = try #require(FunctionTable.entry(named: name))
    #expect(entry.name == name)
    #expect(!entry.usage.isEmpty && !entry.example.isEmpty)
    for language in Language.allCases {
      let summary = entry.summary[language]
      #expect(!summary.isEmpty && summary.last != "." && !summary.contains("\n"))
    }
    #expect(entry.summary.english != entry.summary.french)
    // Before a French colon or semicolon stands a no-break space.
    #expect(!entry.summary.french.contains(" ;") && !entry.summary.french.contains(" :"))
  }

  @Test(arguments: FunctionTable.names)
  func hasAWellFormedSignature(_ name: String) throws {
    let entry = try #require(FunctionTable.entry(named: name))
    let signatures: [([Parameter], ResultType)] =
      switch entry.kind {
      case .scalar(let overloads): overloads.map { ($0.parameters, $0.result) }
      case .aggregate(let overloads, _): overloads.map { ($0.parameters, $0.result) }
      case .window, .special: []
      }
    for (parameters, result) in signatures {
      let marksSame = parameters.contains { $0.pattern == .same || $0.pattern == .sameOrdered }
      if case .same = result { #expect(marksSame) }
      if case .argument(let index) = result { #expect(parameters.indices.contains(index)) }
      #expect(parameters.dropLast().allSatisfy { !$0.isRepeated })
      // What may be left out stands last.
      let firstDefault = parameters.firstIndex { $0.defaultValue != nil } ?? parameters.count
      #expect(parameters[firstDefault...].allSatisfy { $0.defaultValue != nil })
    }
    if case .aggregate(_, .scalar(let rowForm)) = entry.kind { #expect(FunctionTable.entry(named: rowForm) != nil) }
  }
}
