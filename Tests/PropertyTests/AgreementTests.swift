import BilanTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many random cases each property is tried on; `BILAN_PROPERTY_CASES` sets it.
let caseCount: Int = {
  guard let text = unsafe getenv("BILAN_PROPERTY_CASES") else { return 200 }
  return unsafe Int(String(cString: text)) ?? 200
}()

/// The engine, however it cuts and plans its work, gives what the reference evaluator gives.
@Suite struct AgreementTests {
  @Test(arguments: 0..<4) func engineAgreesWithTheReference(part: Int) throws {
    for round in 0..<caseCount {
      let seed = UInt64(part * 1_000_000 + round)
      var tables = TableGenerator(seed: seed)
      let data = tables.tables()
      var queries = QueryGenerator(seed: seed, data)
      let text = queries.program()
      var random = SplitMix64(seed: seed)
      if let problem = try disagreement(text, data, &random) {
        Issue.record("seed \(seed)\n\(text)\n\(problem)\n\(data.map { "\($0.name)\n\($0.reference.text)" }.joined())")
      }
    }
  }
}
