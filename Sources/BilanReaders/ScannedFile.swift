import BilanColumnar
import BilanDiagnostics
import Synchronization

/// A large, plain file on disk: the columns that are asked for are read from it, each once, over every row.
///
/// What its beginning shows is taken for true until a column is read. Whatever is not plain (a row of another width, a
/// stray quote, another encoding) is met on the way, and the file is then read whole, with care.
final class ScannedFile: FileContents {
  private let layout: FileLayout
  private let base: ImportReport
  /// The columns by the rows of the sample.
  private let sample: [ColumnProfile]
  /// Characters above the rows that are not ASCII; nil where a mark at the beginning says what the encoding is.
  private let highBefore: Int?
  private let scan: FileScan
  /// The line of the first row.
  private let firstLine: Int
  /// What to do once the file turns out not to be plain.
  private let readWhole: @Sendable () throws(QueryError) -> IndexedFile
  private let state: Mutex<State>
  /// The schema by the rows of the sample.
  private let firstSchema: Schema

  private struct State: Sendable {
    var schema: Schema
    var report: ImportReport
    /// Of the columns read so far.
    var profiles: [Int: ColumnProfile] = [:]
    var unreadable: [Int: ColumnReport.Unreadable] = [:]
    var outliers: [Int: [(line: Int, text: String)]] = [:]
    var columns: [Int: [Column]] = [:]
    /// Rows of each chunk; nil before the first reading.
    var rowCounts: [Int]?
    /// How columns are to be captured, where another way was tried in vain.
    var kinds: [Int: CaptureKind] = [:]
    /// Of the columns looked at so far, whether they hold their own name.
    var holdName: [Int: Bool] = [:]
    var plans: [ColumnPlan]
    /// About each column.
    var noteCounts: [Int] = []
    /// On rows, which stand before those on columns.
    var rowNotes: [Diagnostic] = []
  }

  init(
    _ file: OpenedFile, report: ImportReport, layout: FileLayout, sample: [ColumnProfile], highBefore: Int?,
    dialect: Dialect, width: Int, dataStart: Int, firstLine: Int, bytesPerRow: Int, options: ReadOptions,
    orWhole readWhole: @escaping @Sendable () throws(QueryError) -> IndexedFile
  ) throws(QueryError) {
    self.layout = layout
    base = report
    self.sample = sample
    self.highBefore = highBefore
    self.firstLine = firstLine
    scan = FileScan(
      file: file, dialect: dialect, width: width,
      cuts: try Self.cuts(file, from: dataStart, about: bytesPerRow * options.scan.morselRows), sizes: options.scan,
      workers: Workers(options.workers))
    self.readWhole = readWhole
    var decisions = layout.decisions(sample)
    let fields = layout.fields(&decisions)
    var report = report
    report.columns = decisions.reports
    report.notes += layout.notes
    firstSchema = Schema(fields)
    state = Mutex(State(schema: firstSchema, report: report, plans: decisions.plans))
  }

  /// Where stretches of about `size` bytes start, each after a line feed, and the end of the file.
  private static func cuts(_ file: OpenedFile, from start: Int, about size: Int) throws(QueryError) -> [Int] {
    var cuts = [start]
    var target = start + max(1, size)
    while target < file.size {
      let window = try file.bytes(at: target, count: 1 << 12)
      guard let lineEnd = window.firstIndex(of: 0x0A) else {
        if window.isEmpty { break }
        target += window.count
        continue
      }
      let cut = target + lineEnd + 1
      if cut < file.size { cuts.append(cut) }
      target = cut + max(1, size)
    }
    return cuts + [file.size]
  }

  var schema: Schema { state.withLock { $0.schema } }
  var report: ImportReport { state.withLock { $0.report } }
  var rowCount: Int? { state.withLock { $0.rowCounts?.reduce(0, +) } }

  func chunks(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> [Chunk] {
    state.withLock { state in
      let columns = wanted.map { state.columns[$0]! }
      return (state.rowCounts ?? []).enumerated().compactMap { number, count in
        count == 0 ? nil : Chunk(columns: columns.map { $0[number] }, count: count)
      }
    }
  }

  // MARK: Reading

  func settle(
    _ wanted: [Int], isCancelled: @Sendable () -> Bool
  ) throws(QueryError) -> (any FileContents)? {
    // Held while the file is read: whoever asks meanwhile finds it done.
    try state.withLock { state throws(QueryError) -> (any FileContents)? in
      let before = state.schema
      var lacking = Set(wanted).subtracting(state.columns.keys)
      while !lacking.isEmpty || state.rowCounts == nil {
        do throws(FileScan.Failure) {
          lacking = try read(lacking.sorted(), &state, isCancelled)
        } catch {
          switch error {
          case .obstacle: return try readWhole()
          case .obstacleIn(let fields):
            let whole = try readWhole()
            return whole.revealing(Set(fields + revealing(state, whole.schema)).sorted())
          case .query(let error): throw error
          case .misfits(let fields):
            for field in fields {
              state.kinds[field] = (state.kinds[field] ?? CaptureKind(state.plans[field])).next
            }
          }
        }
        // Types that only later rows show may be those of others too: now all is read.
        if lacking.isEmpty, state.schema != before {
          lacking = Set(0..<layout.width).subtracting(state.columns.keys)
        }
      }
      return nil
    }
  }

  /// Reads some columns and returns those that have to be read too, or once more.
  private func read(
    _ fields: [Int], _ state: inout State, _ isCancelled: @Sendable () -> Bool
  ) throws(FileScan.Failure) -> Set<Int> {
    do throws(QueryError) { try scan.file.demandUnchanged() } catch { throw .query(error) }
    let kinds = fields.map { (field: $0, kind: state.kinds[$0] ?? CaptureKind(state.plans[$0])) }
    let outcome = try scan.run(kinds, isCancelled: isCancelled)
    var decisions: ColumnDecisions
    switch try judge(outcome, of: kinds, &state, isCancelled) {
    case .again(let lacking): return lacking
    case .read(let found): decisions = found
    }
    let columns = outcome.columns
    let made: [CapturedColumn.Made]
    let plans = decisions.plans
    let near = fields.map(decisions.nearPlan)
    do throws(QueryError) {
      made = try eachColumn(columns) { number, workers throws(QueryError) in
        try columns[number].make(
          plans[fields[number]], near: near[number], workers: workers, isCancelled: isCancelled)
      }
    } catch {
      throw .query(error)
    }
    // Which line a row is on is only plain where every line is a row.
    let unreadable = zip(fields, made).filter { $1.unreadableCount > 0 || !$1.outliers.isEmpty }.map(\.0)
    if outcome.hasLineEndsInQuotes, !unreadable.isEmpty { throw .obstacleIn(unreadable) }
    if outcome.hasLineEndsInQuotes, outcome.emptyRecords.count > 0 { throw .obstacle }
    for (field, column) in zip(fields, made) {
      if column.unreadableCount > 0 {
        state.unreadable[field] = ColumnReport.Unreadable(
          count: column.unreadableCount,
          examples: column.examples.map { (line: firstLine + $0.row, text: $0.text) })
      }
      state.outliers[field] = column.outliers.map { (line: firstLine + $0.row, text: $0.text) }
      state.columns[field] = column.chunks.map { $0.withZones() }
    }
    state.rowCounts = outcome.rowCounts
    for (field, unreadable) in state.unreadable { decisions.note(unreadable, of: field) }
    for (field, outliers) in state.outliers { decisions.note(outliers: outliers, of: field) }
    state.schema = Schema(layout.fields(&decisions))
    state.plans = decisions.plans
    report(decisions, outcome, &state)
    return []
  }

  /// What the rows say of how columns are to be read.
  private enum Verdict {
    case read(ColumnDecisions)
    /// These columns have to be read too, or once more.
    case again(Set<Int>)
  }

  /// - Throws: where something is not plain.
  private func judge(
    _ outcome: FileScan.Outcome, of kinds: [(field: Int, kind: CaptureKind)], _ state: inout State,
    _ isCancelled: @Sendable () -> Bool
  ) throws(FileScan.Failure) -> Verdict {
    let fields = kinds.map(\.field)
    let empty = layout.profiles
    let columns = outcome.columns
    let profiles = eachColumn(columns) { number, workers in
      columns[number].profile(empty[fields[number]], workers: workers)
    }
    // Where rows are called totals, what they hold is compared with the rows above, in files that people make.
    for (field, profile) in zip(fields, profiles) { state.profiles[field] = profile }
    let labelled = zip(fields, profiles).filter { $1.totalLabels > 0 }.map(\.0)
    if scan.file.size <= TotalRows.fileLimit {
      if !labelled.isEmpty { throw .obstacleIn(labelled) }
      // So are texts that differ in blanks alone.
      let padded = fields.indices.filter { columns[$0].haveEndBlanks }.map { fields[$0] }
      if !padded.isEmpty { throw .obstacleIn(padded) }
    }
    // Formulas of texts that stand in quotes are well-formed cells.
    let formulas = zip(fields, profiles).filter { $1.formulas > 0 }.map(\.0)
    if !formulas.isEmpty { throw .obstacleIn(formulas) }
    // Where every column holds its name, that line is no row.
    let named = (0..<layout.width).filter { !layout.names[$0].isEmpty }
    if named.count >= 2, try mayRepeatNames(named, fields, columns, &state, isCancelled) { throw .obstacleIn(named) }
    let decisions = layout.decisions(sample.indices.map { state.profiles[$0] ?? sample[$0] })
    // What a column alone does not decide, all others do.
    if state.profiles.count < layout.width, fields.contains(where: { state.profiles[$0]!.leavesDoubt }) {
      let others = Set(0..<layout.width).subtracting(state.columns.keys)
      for field in fields { state.profiles[field] = nil }
      return .again(others)
    }
    // How numbers are written that may have marks of thousands, their texts alone show.
    let mayHavePoints = scan.dialect.delimiter == UInt8(ascii: ";")
    let misfits = zip(fields, kinds).filter {
      !$1.kind.serves(decisions.plans[$0], state.profiles[$0]!)
        || mayHavePoints && $1.kind != .text && state.profiles[$0]!.isMarkInDoubt
    }.map(\.0)
    if !misfits.isEmpty {
      for field in fields { state.profiles[field] = nil }
      for field in misfits { state.kinds[field] = .text }
      return .again(Set(fields))
    }
    return .read(decisions)
  }

  /// Whether each column that has a name holds it, for which those that were not asked for are looked at too where all that
  /// were do.
  ///
  /// - Parameter columns: those of `fields`, as they were captured.
  private func mayRepeatNames(
    _ named: [Int], _ fields: [Int], _ columns: [CapturedColumn], _ state: inout State,
    _ isCancelled: @Sendable () -> Bool
  ) throws(FileScan.Failure) -> Bool {
    var (looked, captured) = (fields, columns)
    while true {
      // One that does not is enough.
      if state.holdName.values.contains(false) { return false }
      for (field, column) in zip(looked, captured) where !layout.names[field].isEmpty {
        let holdsName = column.holds(layout.names[field])
        state.holdName[field] = holdsName
        if !holdsName { return false }
      }
      let known = state.holdName
      let unknown = named.filter { known[$0] == nil }
      guard !known.isEmpty else { return false }
      guard !unknown.isEmpty else { return true }
      // One more tells nearly always.
      looked = known.count == 1 ? [unknown[0]] : unknown
      var kinds: [(field: Int, kind: CaptureKind)] = []
      for field in looked { kinds.append((field, state.kinds[field] ?? CaptureKind(state.plans[field]))) }
      captured = try scan.run(kinds, isCancelled: isCancelled).columns
    }
  }

  /// Does something for each column: for those of many texts by all workers one after the other, for the rest each worker
  /// a column at a time.
  private func eachColumn<Result: Sendable, E: Error>(
    _ columns: [CapturedColumn], _ work: @Sendable (_ number: Int, _ workers: Workers) throws(E) -> Result
  ) throws(E) -> [Result] {
    let shared = columns.indices.filter { columns.count == 1 || columns[$0].textCount > 1 << 16 }
    let others = columns.indices.filter { !shared.contains($0) }
    var results = [Result?](repeating: nil, count: columns.count)
    for number in shared { results[number] = try work(number, scan.workers) }
    let found = try scan.workers.run(others.count) { place throws(E) in try work(others[place], .one) }
    for (number, result) in zip(others, found) { results[number] = result }
    return results.map { $0! }
  }

  var notePlaces: NotePlaces? {
    state.withLock { state in
      guard state.columns.count == layout.width else { return nil }
      return NotePlaces(
        start: base.notes.count + state.rowNotes.count + layout.notes.count, counts: state.noteCounts,
        revealing: revealing(state, state.schema))
    }
  }

  /// The columns that, read first and alone, make every other be read: those that leave doubt, and those that turn out to
  /// be of another type than the sample has, or make another so.
  private func revealing(_ state: State, _ schema: Schema) -> [Int] {
    (0..<layout.width).filter { place in
      guard let profile = state.profiles[place] else { return true }
      if profile.leavesDoubt { return true }
      guard schema != firstSchema else { return false }
      var profiles = sample
      profiles[place] = profile
      var decisions = layout.decisions(profiles)
      return Schema(layout.fields(&decisions)) != firstSchema
    }
  }

  // MARK: Without keeping

  func stream(
    _ wanted: [Int], isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> (any RowStream)? {
    try state.withLock { state throws(QueryError) -> (any RowStream)? in
      guard scan.morselCount > 1, state.rowCounts == nil || !Set(wanted).isSubset(of: state.columns.keys) else {
        return nil
      }
      try scan.file.demandUnchanged()
      let fields = Set(wanted).sorted()
      let decisions = layout.decisions(sample.indices.map { state.profiles[$0] ?? sample[$0] })
      guard fields.allSatisfy({ decisions.nearPlan($0) == nil }) else { return nil }
      let plans = state.plans
      let kinds = fields.map { (field: $0, kind: state.kinds[$0] ?? CaptureKind(plans[$0])) }
      guard zip(fields, kinds).allSatisfy({ $1.kind.serves(plans[$0], state.profiles[$0] ?? sample[$0]) }) else {
        return nil
      }
      return try FileStream(scan, kinds, fields.map { plans[$0] }, wanted: wanted, isCancelled: isCancelled) {
        self.holds($0, of: kinds, plans)
      }
    }
  }

  /// Whether what all rows say of columns is what they were read as; the report then says it too.
  private func holds(
    _ outcome: FileScan.Outcome, of kinds: [(field: Int, kind: CaptureKind)], _ plans: [ColumnPlan]
  ) -> Bool {
    state.withLock { state in
      // Profiles are of columns that are kept.
      var own = state
      guard (try? scan.file.demandUnchanged()) != nil,
        case .read(var decisions)? = try? judge(outcome, of: kinds, &own, { false }),
        Schema(layout.fields(&decisions)) == state.schema,
        kinds.allSatisfy({ decisions.plans[$0.field].reads(as: plans[$0.field]) }),
        kinds.allSatisfy({ decisions.nearPlan($0.field) == nil }),
        !outcome.hasLineEndsInQuotes || outcome.emptyRecords.count == 0
      else { return false }
      report(decisions, outcome, streaming: kinds.map(\.field), &state)
      return true
    }
  }

  /// - Parameter streamed: columns that were read and not kept.
  private func report(
    _ decisions: ColumnDecisions, _ outcome: FileScan.Outcome, streaming streamed: [Int] = [], _ state: inout State
  ) {
    state.noteCounts = decisions.noteCounts
    var report = base
    report.rowCount = outcome.rowCounts.reduce(0, +)
    if let highBefore, highBefore + outcome.highCount > 0 {
      report.encodingEvidence = DecodedText.utf8Evidence(highBefore + outcome.highCount)
    }
    report.columns = decisions.reports
    state.rowNotes = []
    if let first = outcome.emptyRecords.first {
      state.rowNotes = [ImportNotes.emptyRows(outcome.emptyRecords.count, line: firstLine + first, in: base.name)]
    }
    let read = Set(state.columns.keys).union(streamed)
    report.notes += state.rowNotes + layout.notes + ImportNotes.columns(decisions, read)
    state.report = report
  }
}
