import BilanColumnar
import BilanDiagnostics

/// Keeps the first row of each combination of all columns.
///
/// A new combination gets a new group index, and indices are given in order of appearance: a row is kept when its index
/// is the next one. Nothing is held but the rows kept and their keys.
final class Distinct: Sink {
  private var grouper: Grouper
  private(set) var chunks: [Chunk] = []

  init(_ schema: Schema) {
    grouper = Grouper(schema.fields.map { $0.type == .ratio ? .real : $0.type.columnKind })
  }

  /// Equal rates are one value, whatever rows they rest on; the row kept keeps the parts of its own.
  private static func key(_ column: Column) -> Column {
    if case .ratio(let ratios) = column { .real(RealKernels.fromRatios(ratios)) } else { column }
  }

  func consume(_ chunk: Chunk, _ tally: inout Tally) {
    var next = UInt32(grouper.count)
    let groups = grouper.assign(chunk.columns.map(Self.key), rowCount: chunk.count)
    var kept: [Int32] = []
    for (row, group) in groups.enumerated() where group == next {
      kept.append(Int32(row))
      next += 1
    }
    if !kept.isEmpty { chunks.append(kept.count == chunk.count ? chunk : chunk.gather(kept)) }
  }

  func merge(_ later: Distinct, _ tally: inout Tally) {
    for chunk in later.chunks { consume(chunk, &tally) }
  }
}
