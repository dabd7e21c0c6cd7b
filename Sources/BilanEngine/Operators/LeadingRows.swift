import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Keeps the rows of each group that may be among its first by some value: what `top`, and `take` after `sort`, choose from.
///
/// The naive way sorts all rows to throw nearly all away. Here each group keeps the best few values seen so far
/// (`LeadingPlaces`); a row that does not reach the worst of them is dropped at once, and what stays is a small share of the
/// rows. A value's word is small where the value is wanted. Rows that tie with the last place stay.
final class LeadingRows: Sink {
  /// What to look at.
  struct Plan: Sendable {
    var by: PhysicalExpression
    var isDescending: Bool
    var groups: [PhysicalExpression]
    /// Places in a group.
    var count: Int
    /// Whether rows without a value come last; else they have no place.
    var keepsMissing: Bool
  }

  /// More places are better sorted.
  static let mostPlaces = 64

  private let plan: Plan
  private let evaluator: ExpressionEvaluator
  private var numbering: GroupNumbering
  private var ranking: RankWords?
  private var places: LeadingPlaces
  private(set) var chunks: [Chunk] = []
  private var slots: [UInt32] = []
  private var words: [UInt64] = []
  /// Rows without a value.
  private(set) var missingCount = 0

  init(_ plan: Plan, rowCount: Int, _ evaluator: ExpressionEvaluator) {
    precondition((1...Self.mostPlaces).contains(plan.count))
    self.plan = plan
    self.evaluator = evaluator
    places = LeadingPlaces(count: plan.count)
    numbering = GroupNumbering(
      plan.groups.map(\.type.columnKind), slotLimit: min(1 << 22 / plan.count, max(1 << 10, rowCount * 2)))
  }

  /// True where values of a type have words that mean the same in every chunk.
  static func canRank(_ type: DataType) -> Bool { type.columnKind != .text && type != .missing }

  func consume(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) {
    let column = try evaluator.column(plan.by, as: plan.by.type, chunk, &tally)
    let validity = column.validity
    missingCount += validity.map { $0.count - $0.onesCount } ?? 0
    let ranking = ranking(for: column)
    if plan.groups.isEmpty, let bound = places.boundOfAll, let reaching = ranking.rows(of: column, upTo: bound) {
      if !reaching.isEmptyOfOnes { keep(chunk, column, among: reaching.selection, ranking) }
      return
    }
    var keys: [Column] = []
    for group in plan.groups { keys.append(try evaluator.column(group, as: group.type, chunk, &tally)) }
    if !numbering.accepts(keys) { hash() }
    let groups = numbering.assign(keys, rowCount: chunk.count)
    grow()
    let ranked = ranking.words(column)
    let kept = places.select(ranked, plan.keepsMissing ? nil : validity, groups, isWhole: ranking.isOfWholes)
    guard !kept.isEmpty else { return }
    chunks.append(kept.count == chunk.count ? chunk : chunk.gather(kept))
    append(kept, ranked, groups)
  }

  /// Keeps rows where all are one group and its places are taken, so that hardly any row comes so far.
  ///
  /// - Parameter rows: those that reach a place as it was before the chunk; all have a value.
  private func keep(_ chunk: Chunk, _ column: Column, among rows: [Int32], _ ranking: RankWords) {
    let ranked = ranking.words(column.gather(rows))
    let groups = Buffer<UInt32>(repeating: 0, count: rows.count)
    let kept = places.select(ranked, nil, groups, isWhole: ranking.isOfWholes)
    chunks.append(chunk.gather(kept.map { rows[Int($0)] }))
    append(kept, ranked, groups)
  }

  /// The ranking so far, where it is one for the column too.
  private func ranking(for column: Column) -> RankWords {
    let ranking = ranking ?? RankWords(of: column, isDescending: plan.isDescending)
    self.ranking = ranking
    if ranking.accepts(column) { return ranking }
    rankValues()
    return ranking.ofValues
  }

  /// Ranks values from here on, in the place of whole numbers.
  private func rankValues() {
    guard let ranking, ranking.digits != nil else { return }
    places.rankValues(ranking)
    words = ranking.valueWords(of: words)
    self.ranking = ranking.ofValues
  }

  /// How many of the rows that were kept each slot has.
  private var keptCounts: [Int64] {
    var counts = [Int64](repeating: 0, count: max(1, numbering.slotCount))
    for slot in slots { counts[Int(slot)] += 1 }
    return counts
  }

  private func append(_ kept: [Int32], _ ranked: Buffer<UInt64>, _ groups: Buffer<UInt32>) {
    let (source, numbers) = (ranked.span, groups.span)
    slots += kept.map { numbers[Int($0)] }
    words += kept.map { source[Int($0)] }
  }

  private func grow() { places.grow(to: numbering.slotCount) }

  /// Numbers the groups anew by a hash table.
  private func hash() {
    if numbering.isHashed { return }
    let mapping = numbering.hash(rowCounts: keptCounts)
    let old = places
    places = LeadingPlaces(count: plan.count)
    grow()
    places.take(old, mapping)
    for index in slots.indices { slots[index] = mapping[Int(slots[index])] }
  }

  func merge(_ later: LeadingRows, _ tally: inout Tally) {
    if later.numbering.isEmpty { return }
    if numbering.isEmpty { numbering = later.numbering.emptied() }
    if ranking == nil { ranking = later.ranking }
    if ranking?.digits != later.ranking?.digits {
      rankValues()
      later.rankValues()
    }
    var mapping = numbering.identity(with: later.numbering)
    if mapping == nil {
      hash()
      later.hash()
      mapping = numbering.merge(later.numbering)
    }
    let map = mapping ?? []
    grow()
    places.take(later.places, map)
    chunks += later.chunks
    slots += later.slots.map { map[Int($0)] }
    words += later.words
    missingCount += later.missingCount
  }

  /// The rows that have a place in the end: group by group in ascending order of their keys, the best first, ties in
  /// input order; and how many there are beyond the places because they tie.
  func finish(_ schema: Schema, _ workers: Workers) -> (rows: Chunk, tieCount: Int) {
    let candidates = reaching(workers)
    let all = Chunk.concatenate(candidates.map(\.rows), schema: schema)
    let words = candidates.flatMap(\.words)
    let order = numbering.sortedKeys(rowCounts: keptCounts).slots
    var rankOfSlot = [UInt32](repeating: 0, count: max(1, numbering.slotCount))
    for (rank, slot) in order.enumerated() { rankOfSlot[Int(slot)] = UInt32(rank) }
    let ranks = candidates.flatMap { $0.slots.map { rankOfSlot[Int($0)] } }
    var offsets = [Int](repeating: 0, count: rankOfSlot.count + 1)
    for rank in ranks { offsets[Int(rank) + 1] += 1 }
    let places = plan.count
    let tieCount = offsets.reduce(0) { $0 + max(0, $1 - places) }
    for rank in rankOfSlot.indices { offsets[rank + 1] += offsets[rank] }
    // Group by group in input order; then the few rows of a group by insertion, or by bytes where many tie.
    var next = offsets
    var sorted = [WordedRow](repeating: WordedRow(word: 0, row: 0), count: words.count)
    for index in words.indices {
      let rank = Int(ranks[index])
      sorted[next[rank]] = WordedRow(word: words[index], row: Int32(truncatingIfNeeded: index))
      next[rank] += 1
    }
    for rank in rankOfSlot.indices where offsets[rank + 1] - offsets[rank] > 1 {
      RadixSort.sort(&sorted, offsets[rank]..<offsets[rank + 1])
    }
    return (all.gather(sorted.map(\.row)), tieCount)
  }

  /// Of each chunk's rows those that reach a place as it is in the end, with their slots and words.
  private func reaching(_ workers: Workers) -> [(rows: Chunk, slots: [UInt32], words: [UInt64])] {
    var starts = [0]
    for chunk in chunks { starts.append(starts[starts.count - 1] + chunk.count) }
    let (edges, places, slots, words, chunks) = (starts, places, slots, words, chunks)
    return workers.run(chunks.count) { number in
      let range = edges[number]..<edges[number + 1]
      let rows = range.filter { places.reaches(words[$0], slots[$0]) }
      let chunk = chunks[number].gather(rows.map { Int32(truncatingIfNeeded: $0 - range.lowerBound) })
      return (chunk, rows.map { slots[$0] }, rows.map { words[$0] })
    }
  }

  /// All candidates, in input order.
  func candidates(_ schema: Schema) -> Chunk { Chunk.concatenate(chunks, schema: schema) }
}
