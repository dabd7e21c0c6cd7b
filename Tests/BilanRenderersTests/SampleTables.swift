import BilanColumnar
import BilanDiagnostics
import BilanRenderers

/// A table of boxed rows, in chunks of at most `chunkSize`.
func table(_ fields: [Field], _ rows: [[Value]], chunkSize: Int = 1000) -> Table {
  var chunks: [Chunk] = []
  for start in stride(from: 0, to: rows.count, by: chunkSize) {
    let part = rows[start..<min(start + chunkSize, rows.count)]
    let columns = fields.indices.map { index in
      var builder = ColumnBuilder(fields[index].type)
      for row in part { builder.append(row[index]) }
      return builder.finish()
    }
    chunks.append(Chunk(columns: columns, count: part.count))
  }
  return Table(schema: Schema(fields), chunks: chunks)
}

func rendered(
  _ table: Table, _ format: OutputFormat, _ options: RenderOptions = RenderOptions(), notes: [Diagnostic] = []
) -> String {
  var sink = BufferSink()
  render(table, notes: notes, as: format, options: options, into: &sink)
  return sink.text
}

func ratio(_ numerator: Double, _ denominator: Double, _ reported: Int, _ expected: Int) -> Value {
  .ratio(RatioValue(numerator: numerator, denominator: denominator, reported: reported, expected: expected))
}

/// The result of the language's first example.
let achievementTable = table(
  [
    Field("indicator", .text), Field("region", .text), Field("target", .integer), Field("actual", .integer),
    Field("achievement", .ratio),
  ],
  [
    [.text("enterprises created"), .text("Fès-Meknès"), .integer(120), .integer(171), ratio(171, 120, 8, 8)],
    [.text("women trained"), .text("Oriental"), .integer(400), .integer(512), ratio(512, 400, 7, 8)],
    [.text("jobs kept"), .missing, .integer(12_500), .missing, ratio(0, 0, 0, 8)],
  ])

let coverageNote = Diagnostic.note(
  .partialCoverage,
  Localized(
    "achievement of 1 row rests on part of its periods: (7/8) means 7 of 8 had both a target and an actual",
    fr:
      "`achievement` d’une ligne repose sur une partie de ses périodes\u{A0}: (7/8) signifie que 7 sur 8 avaient une cible et une valeur réalisée"
  ), count: 1)
