import BilanDiagnostics
import Testing

private func near(_ name: String, _ candidates: [String], limit: Int = 2) -> [String] {
  Suggestions.near(name, among: candidates, fold: { $0.lowercased() }, limit: limit)
}

@Suite struct SuggestionsTests {
  let columns = ["indicator", "region", "period", "baseline", "target", "actual", "unit", "sex"]

  @Test(arguments: [
    ("actaul", "actual"), ("regoin", "region"), ("Region", "region"), ("targets", "target"), ("indicatr", "indicator"),
    ("idnicaotr", "indicator"), ("perod", "period"), ("sxe", "sex"),
  ])
  func misspellings(_ name: String, _ expected: String) { #expect(near(name, columns).first == expected) }

  @Test(arguments: ["Thiès", "se", "x", "revenue", "", "sexist", "unt4"])
  func noCandidateIsBetterThanASillyOne(_ name: String) { #expect(near(name, columns) == []) }

  @Test func shortNamesOnlyFolded() {
    #expect(near("ID", ["id", "ie"]) == ["id"])
    #expect(near("a", ["b"]) == [])
  }

  @Test func neverTheNameItself() { #expect(near("actual", ["actual", "actuals"]) == ["actuals"]) }

  @Test func startsCompleteAfterNearMisses() {
    #expect(near("achiev", ["achievement", "achieve"]) == ["achieve", "achievement"])
    #expect(near("ach", ["achievement"]) == ["achievement"])
    #expect(near("ac", ["achievement"]) == [])
  }

  @Test func tiesKeepTheOrderGivenAndTheLimitHolds() {
    #expect(near("cod", ["code", "cost", "coda", "codb"]) == ["code", "coda"])
    #expect(near("cod", ["coda", "code"], limit: 1) == ["coda"])
    #expect(near("cod", ["coda"], limit: 0) == [])
  }

  @Test func aSwapIsOneEdit() {
    // Four letters allow one edit: the swap passes, two substitutions do not.
    #expect(near("yaer", ["year"]) == ["year"])
    #expect(near("yoor", ["year"]) == [])
  }
}
