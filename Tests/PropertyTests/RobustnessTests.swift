import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanReaders
import BilanRenderers
import BilanSyntax
import BilanTestSupport
import Testing

/// Whatever comes in, it is answered or refused: nothing crashes.
@Suite struct RobustnessTests {
  /// - Returns: true where it ran; where it did not, something is said.
  @discardableResult
  private func run(_ text: String, _ tables: [TestTable], _ seed: UInt64) throws -> Bool {
    switch Outcome(text, try Catalog.of(tables), Configuration(chunkSize: 3, workers: 2)) {
    case .tables(let results):
      for result in results { _ = csv(result) }
      return true
    case .failure(let codes, _):
      #expect(!codes.isEmpty, "seed \(seed): refused without a word\n\(text)")
      return false
    }
  }

  /// A word left out, said twice, or two exchanged.
  @Test(arguments: 0..<2) func mutatedQueriesRunOrAreRefused(part: Int) throws {
    var ran = 0
    for round in 0..<caseCount {
      let seed = UInt64(part * 1_000_000 + round)
      var generator = TableGenerator(seed: seed)
      let tables = generator.tables()
      var queries = QueryGenerator(seed: seed, tables)
      var random = SplitMix64(seed: seed ^ 0x5EED)
      let text = queries.program()
      let source = Source(name: "<query>", text: text)
      var words = Lexer.lex(source).tokens.map { String(decoding: Array(text.utf8)[$0.start..<$0.end], as: UTF8.self) }
      for _ in 0..<random.number(1...3) where words.count > 2 {
        let place = random.number(0...words.count - 1)
        switch random.number(0...2) {
        case 0: words.remove(at: place)
        case 1: words.insert(words[place], at: place)
        default: words.swapAt(place, random.number(0...words.count - 1))
        }
      }
      if try run(words.joined(separator: " "), tables, seed) { ran += 1 }
    }
    #expect(ran > 0)
  }

  @Test func randomTextIsRefused() throws {
    for seed in 0..<UInt64(caseCount) {
      var random = SplitMix64(seed: seed)
      let bytes = (0..<random.number(0...80)).map { _ in UInt8(random.number(0...255)) }
      try run(String(decoding: bytes, as: UTF8.self), [], seed)
    }
  }

  @Test func randomBytesAreReadOrRefused() throws {
    for seed in 0..<UInt64(caseCount) {
      var random = SplitMix64(seed: seed)
      let likely = Array(",;\t\"'\n\r -.%/:0123456789aéFY".utf8)
      let isWild = random.chance(30)
      let bytes = (0..<random.number(0...200)).map { _ in
        isWild ? UInt8(random.number(0...255)) : random.pick(likely)
      }
      guard let file = try? DelimitedReader.open(bytes: bytes, name: "random") else { continue }
      guard let chunks = try? file.read(columns: Array(0..<file.schema.count), isCancelled: { false }) else { continue }
      for format in [OutputFormat.table, .csv, .json, .markdown] {
        var sink = BufferSink()
        render(
          Table(schema: file.schema, chunks: chunks), notes: [], as: format, options: RenderOptions(), into: &sink)
        #expect(String(validating: sink.bytes, as: UTF8.self) != nil, "seed \(seed): \(format) is no UTF-8")
      }
    }
  }
}
