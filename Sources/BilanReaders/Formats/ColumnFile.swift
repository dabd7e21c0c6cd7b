import BilanColumnar
import BilanDiagnostics
import Synchronization

/// A file that holds columns with types: each is read, whole, when a query first needs it. Of a file in parts, row groups,
/// a query that needs few reads those alone.
///
/// Columns of texts that may be dates or periods are looked at when they are read: the schema is then another.
final class ColumnFile: FileContents {
  let rowCount: Int?
  private let chunkRows: Int
  private let load: FileTable.Loader
  private let parts: FileParts?
  private let decisions: TextDecisions
  private let declared: DeclaredColumns
  private let state: Mutex<State>

  private struct State: Sendable {
    var report: ImportReport
    var schema: Schema
    /// Columns of texts that have not been read, and those that turned out to be other values, or amounts in a currency.
    var undecided: Set<Int>
    var decided: Set<Int> = []
    var columns: [Int: Column] = [:]
    /// Of columns that are not whole, what was read last: the same question is often asked again.
    var partial: [Int: (parts: [Int], column: Column)] = [:]
  }

  init(
    report: ImportReport, schema: Schema, rowCount: Int, chunkRows: Int, parts: FileParts?,
    decisions: TextDecisions, declared: DeclaredColumns, load: @escaping FileTable.Loader
  ) {
    self.decisions = decisions
    self.declared = declared
    self.rowCount = rowCount
    self.chunkRows = max(1, chunkRows)
    self.parts = parts
    self.load = load
    state = Mutex(State(report: report, schema: schema, undecided: decisions.places.union(declared.mayHaveUnits)))
  }

  var schema: Schema { state.withLock { $0.schema } }
  var report: ImportReport { state.withLock { $0.report } }
  var hasParts: Bool { parts != nil }

  func settle(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> (any FileContents)? {
    // Held while columns are read: whoever asks meanwhile finds them.
    try state.withLock { state throws(QueryError) in try complete(wanted, &state, isCancelled) }
    return nil
  }

  /// Reads those columns, whole, that are not there.
  private func complete(
    _ wanted: [Int], _ state: inout State, _ isCancelled: @Sendable () -> Bool
  ) throws(QueryError) {
    let lacking = Set(wanted).subtracting(state.columns.keys).sorted()
    guard !lacking.isEmpty else { return }
    let loaded = try load(lacking, isCancelled)
    var notes = loaded.notes
    for (place, stored) in zip(lacking, loaded.columns) {
      let made = try declared.column(place, stored)
      var column = made.column
      notes += made.notes
      if state.undecided.contains(place) {
        let field = state.schema[place]
        if let unit = made.unit, field.unit == nil {
          state.schema.fields[place].unit = unit
          if let own = state.report.columns.firstIndex(where: { $0.label == field.label }) {
            state.report.columns[own].unit = unit
          }
          state.decided.insert(place)
        } else if let found = try decisions.values(field, column) {
          column = found.column
          state.schema.fields[place].type = found.type
          state.decided.insert(place)
          state.report.decide(field.label, found)
          state.report.notes += found.notes
        }
        state.undecided.remove(place)
      }
      state.columns[place] = column.prepared().withZones()
      state.partial[place] = nil
    }
    state.report.notes += notes
  }

  /// Columns of which a part that is left out might have been worth a note, or have decided how the others are added up,
  /// are read whole, so that notes and sums are the same; their rows in those parts are left out all the same.
  func part(
    _ wanted: [Int], where conditions: [ColumnCondition], isCancelled: @Sendable () -> Bool
  ) throws(QueryError) -> (chunks: [Chunk], parts: PartCount)? {
    guard let parts else { return nil }
    let decided = try state.withLock { state throws(QueryError) in
      let before = state.decided
      try complete(wanted.filter(state.undecided.contains), &state, isCancelled)
      if state.decided != before { throw QueryError.stale(state.report.name) }
      return state.decided
    }
    let places = parts.rowCounts.indices
    let kept = places.filter { part in
      conditions.allSatisfy {
        // What is known of texts says nothing of the dates that they are.
        decided.contains(wanted[$0.column]) || $0.mayHold(within: parts.bounds(wanted[$0.column], part))
      }
    }
    let count = PartCount(all: places.count, skipped: places.count - kept.count)
    if count.skipped == 0 {
      _ = try settle(wanted, isCancelled: isCancelled)
      return (try chunks(wanted, isCancelled: isCancelled), count)
    }
    let keptSet = Set(kept)
    let columns = try state.withLock { state throws(QueryError) -> [(column: Column, isWhole: Bool)] in
      let lacking = Set(wanted).subtracting(state.columns.keys).sorted()
      let partly = lacking.filter { place in
        places.allSatisfy { keptSet.contains($0) || parts.isSeparable(place, $0) }
      }
      for place in partly where state.partial[place]?.parts != kept {
        let loaded = try parts.load([place], kept, isCancelled)
        // What is worth a note in a part is counted over all of them.
        if loaded.notes.isEmpty { state.partial[place] = (kept, loaded.columns[0].prepared()) }
      }
      try complete(lacking.filter { state.partial[$0]?.parts != kept }, &state, isCancelled)
      return wanted.map { place in
        state.columns[place].map { ($0, true) } ?? (state.partial[place]!.column, false)
      }
    }
    var chunks: [Chunk] = []
    for run in Self.runs(of: kept, parts.rowCounts) {
      let parts = columns.map { column, isWhole in column.slice(isWhole ? run.whole : run.partial) }
      chunks += Chunk(columns: parts, count: run.whole.count).cut(every: chunkRows)
    }
    return (chunks, count)
  }

  /// The rows of neighbouring parts together: where they are in a whole column, and in one that has the kept parts alone.
  private static func runs(of kept: [Int], _ rowCounts: [Int]) -> [(whole: Range<Int>, partial: Range<Int>)] {
    var runs: [(whole: Range<Int>, partial: Range<Int>)] = []
    var (row, keptRow) = (0, 0)
    var next = kept[...]
    for (part, count) in rowCounts.enumerated() {
      if next.first == part {
        next = next.dropFirst()
        if let last = runs.last, last.whole.upperBound == row {
          runs[runs.count - 1] = (last.whole.lowerBound..<row + count, last.partial.lowerBound..<keptRow + count)
        } else {
          runs.append((row..<row + count, keptRow..<keptRow + count))
        }
        keptRow += count
      }
      row += count
    }
    return runs
  }

  func chunks(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> [Chunk] {
    let whole = state.withLock { state in wanted.map { state.columns[$0]! } }
    return Chunk(columns: whole, count: rowCount!).cut(every: chunkRows)
  }
}

/// The parts in which a file holds its rows, row groups: what is known of each, and how some are read alone.
package struct FileParts: Sendable {
  package var rowCounts: [Int]
  /// What is known of a column in a part.
  package var bounds: @Sendable (_ place: Int, _ part: Int) -> ValueBounds
  /// Whether a column's other parts are the same without this one.
  package var isSeparable: @Sendable (_ place: Int, _ part: Int) -> Bool
  /// Reads some parts of columns, end to end.
  package var load:
    @Sendable (_ places: [Int], _ parts: [Int], _ isCancelled: @Sendable () -> Bool) throws(QueryError) ->
      FileTable.Loaded

  package init(
    rowCounts: [Int], bounds: @escaping @Sendable (Int, Int) -> ValueBounds,
    isSeparable: @escaping @Sendable (Int, Int) -> Bool,
    load:
      @escaping @Sendable ([Int], [Int], @Sendable () -> Bool) throws(QueryError) -> FileTable.Loaded
  ) {
    self.rowCounts = rowCounts
    self.bounds = bounds
    self.isSeparable = isSeparable
    self.load = load
  }
}

extension FileTable {
  /// Columns of a file, in the order asked for, each with as many values as the file has rows, and what could not be kept of them.
  package typealias Loaded = (columns: [Column], notes: [Diagnostic])
  package typealias Loader =
    @Sendable (_ places: [Int], _ isCancelled: @Sendable () -> Bool) throws(QueryError) -> Loaded

  /// A file that holds columns with types.
  ///
  /// - Parameters:
  ///   - schema: the columns as they are stored; what the options and the descriptor say of them is heeded here.
  ///   - texts: the columns of texts that may turn out to be dates or periods when they are read.
  ///   - parts: the parts of a file that can be read without the others.
  ///   - load: reads columns by their places in the schema, whole; asked for each at most once.
  package convenience init(
    report: ImportReport, schema: Schema, rowCount: Int, options: ReadOptions, resource: DataPackage.Resource? = nil,
    texts: Set<Int> = [], parts: FileParts? = nil, load: @escaping Loader
  ) {
    var report = report
    report.rowCount = rowCount
    let declared = DeclaredColumns(schema.fields, of: report.name, options: options, resource: resource)
    declared.amend(&report.columns)
    report.notes += declared.notes
    // Where each of several files has said its own, their lines are known.
    if !report.notes.contains(where: { $0.code == .totalRows }) {
      report.notes += StoredTotals.notes(schema.fields, rowCount: rowCount, name: report.name, load: load)
    }
    var fields = declared.fields
    FieldAliases.add(to: &fields)
    let changed = declared.changesAny
    self.init(
      name: report.name,
      ColumnFile(
        report: report, schema: Schema(fields), rowCount: rowCount, chunkRows: options.chunkRows,
        parts: changed ? parts.map(declared.parts) : parts,
        decisions: TextDecisions(texts, schema.fields, options: options, resource: resource), declared: declared,
        load: load))
  }
}

extension DeclaredColumns {
  /// The same parts: what is known of stored values says nothing of others that are made of them.
  fileprivate func parts(_ stored: FileParts) -> FileParts {
    FileParts(
      rowCounts: stored.rowCounts, bounds: { changes($0) ? .unknown : stored.bounds($0, $1) },
      isSeparable: { !changes($0) && stored.isSeparable($0, $1) },
      load: { (places, parts, isCancelled) throws(QueryError) in
        try made(places, of: try stored.load(places, parts, isCancelled))
      })
  }

  private func made(_ places: [Int], of loaded: FileTable.Loaded) throws(QueryError) -> FileTable.Loaded {
    var result: FileTable.Loaded = ([], loaded.notes)
    for (place, column) in zip(places, loaded.columns) {
      let made = try self.column(place, column)
      result.columns.append(made.column)
      result.notes += made.notes
    }
    return result
  }
}
