import BilanDiagnostics
import BilanEngine
import BilanRenderers

/// What a run cost, as `.profile` shows it: a line for each source, step and sink.
///
///     stage                    rows   time
///     scan results         10 000 000   81.3 ms   6.3 GB/s
///     aggregate            10 000 000   12.0 ms
///     total 94.1 ms · 2 threads · peak memory 290 MiB
struct ProfileText {
  private(set) var text = ""
  private let style: NumberStyle

  /// - Parameters:
  ///   - elapsed: nanoseconds from the text of the query to its result.
  ///   - peakMemory: bytes.
  init(
    _ stages: [ExecutionProfile.Stage], elapsed: UInt64, workers: Int, peakMemory: Int, language: Language
  ) {
    style = NumberStyle(language: language, unicode: true)
    let heads = [
      Localized("stage", fr: "étape"), Localized("rows", fr: "lignes"), Localized("time", fr: "temps"),
    ].map { $0[language] }
    var lines: [[String]] = []
    for stage in stages {
      var line = [stage.name, style.count(stage.rows), time(stage.nanoseconds)]
      // What took no time was in memory already.
      if stage.byteCount > 0, stage.nanoseconds > 200_000 {
        let rate = Double(stage.byteCount) / Double(stage.nanoseconds)
        line.append(rate < 1 ? "\(Int((rate * 1000).rounded())) MB/s" : "\(decimal(rate)) GB/s")
      }
      if stage.parts.all > 0 { line.append(skipped(stage)[language]) }
      lines.append(line)
    }
    let widths = (0..<3).map { column in
      ([heads] + lines).map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    text += row(heads, widths)
    var pipeline = stages.first?.pipeline ?? 0
    for (stage, line) in zip(stages, lines) {
      // A pipeline that reads another's result stands apart from it.
      if stage.pipeline != pipeline { text += "\n" }
      pipeline = stage.pipeline
      text += row(line, widths)
    }
    let total = Localized(
      "total \(time(elapsed)) · \(workers) \(workers == 1 ? "thread" : "threads") · peak memory \(peakMemory >> 20) MiB",
      fr:
        "total \(time(elapsed)) · \(workers) \(workers == 1 ? "fil" : "fils") · mémoire au plus \(peakMemory >> 20) Mio"
    )
    text += total[language] + "\n"
  }

  /// What bounds left out: of a file row groups, of what is in memory chunks.
  private func skipped(_ stage: ExecutionProfile.Stage) -> Localized {
    let (skipped, all) = (style.count(stage.parts.skipped), style.count(stage.parts.all))
    return stage.name == "filter"
      ? Localized("skipped \(skipped) of \(all) chunks", fr: "\(skipped) blocs sur \(all) écartés")
      : Localized("skipped \(skipped) of \(all) row groups", fr: "\(skipped) groupes de lignes sur \(all) écartés")
  }

  private func row(_ cells: [String], _ widths: [Int]) -> String {
    func padding(_ cell: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - cell.unicodeScalars.count))
    }
    var line = cells[0] + padding(cells[0], widths[0])
    for column in 1..<3 { line += "   " + padding(cells[column], widths[column]) + cells[column] }
    for cell in cells.dropFirst(3) { line += "   " + cell }
    return line + "\n"
  }

  private func time(_ nanoseconds: UInt64) -> String {
    nanoseconds < 1_000_000
      ? "\(nanoseconds / 1000) µs"
      : nanoseconds < 10_000_000_000
        ? "\(decimal(Double(nanoseconds) / 1e6)) ms" : "\(decimal(Double(nanoseconds) / 1e9)) s"
  }

  private func decimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10)\(style.point)\(tenths % 10)"
  }
}
