import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// The right side of a join: its rows and their keys.
struct JoinSide: Sendable {
  let right: Chunk
  let keys: [Column]
  /// The rows to join; others are matches that are dropped. Nil for all.
  var kept: Bitmap?

  /// - Parameter condition: what is true of the rows to join.
  init(
    _ right: Chunk, keys: [PhysicalExpression], kept condition: PhysicalExpression?, evaluator: ExpressionEvaluator,
    _ tally: inout Tally
  ) throws(QueryError) {
    self.right = right
    var columns: [Column] = []
    for key in keys {
      columns.append(
        right.count > 0
          ? try evaluator.column(key, as: key.type, right, &tally) : .missing(key.type.columnKind, count: 0))
    }
    self.keys = columns
    if let condition, right.count > 0 { kept = try evaluator.condition(condition, right, &tally) }
  }
}

/// The right side of a join, findable by its keys.
///
/// A single key that is a small number or a text, each on one row, is looked up by itself (`DirectLookup`), several whole
/// numbers by the one with most values first (`BucketLookup`). Else each distinct key is a group, and the rows of a group
/// stand side by side in `rows`, in their order:
///
///     group      0       1     2
///     offsets    0       2     3     4
///     rows       4  9    0     7
struct JoinTable: Sendable {
  let side: JoinSide
  /// The rows of unique keys.
  private let direct: DirectLookup?
  /// The rows of several keys, unique together.
  private let buckets: BucketLookup?
  private let groups: GroupLookup?
  private let offsets: [Int32]
  private let rows: [Int32]

  init(_ side: JoinSide, workers: Workers) {
    self.side = side
    direct = side.keys.count == 1 ? DirectLookup(side.keys[0], kept: side.kept, workers: workers) : nil
    buckets = side.keys.count > 1 ? BucketLookup(side.keys, kept: side.kept) : nil
    if direct != nil || buckets != nil {
      groups = nil
      offsets = []
      rows = []
      return
    }
    var grouper = Grouper(side.keys.map(\.kind))
    let groupOfRow = grouper.assign(side.keys, rowCount: side.right.count)
    (offsets, rows) = RowsByGroup.arrange(
      Array(0..<Int32(side.right.count)), groups: groupOfRow, count: grouper.count)
    groups = GroupLookup(grouper)
  }

  var right: Chunk { side.right }
  var keys: [Column] { side.keys }

  /// Whether a key has at most one row, found by `findOne`.
  var findsOne: Bool { direct != nil || buckets != nil }

  /// Whether a key of many texts is found by matching the dictionary that it comes with first.
  var matchesDictionaries: Bool { direct?.matchesDictionaries ?? false }

  /// Of a key that is a small whole number the right row of each value, and for rows the places of their values there; see
  /// `DirectLookup`.
  var rowOfPlace: Buffer<Int32>? { direct?.rowOfPlace }
  func places(_ key: Column) -> Buffer<UInt32>? { direct?.places(key) }

  /// For each row the right row of equal keys, -1 where there is none, -2 where it is dropped; nil where a key may have
  /// several.
  func findOne(_ keys: [Column]) -> Buffer<Int32>? { direct?.find(keys[0]) ?? buckets?.find(keys) }

  /// For each row the group of equal keys; -1 where there is none.
  func find(_ keys: [Column], rowCount: Int) -> [Int32] {
    guard let groups else { preconditionFailure("unique keys are found by `findOne`") }
    return groups.find(keys, rowCount: rowCount)
  }

  /// The positions in `matches` of a group's rows.
  func range(of group: Int32) -> Range<Int> { Int(offsets[Int(group)])..<Int(offsets[Int(group) + 1]) }

  func row(_ position: Int) -> Int32 { rows[position] }

  func isKept(_ row: Int32) -> Bool { side.kept?[Int(row)] ?? true }

  /// Whether one look at a key tells that its row is dropped.
  var tellsSurvivors: Bool { direct?.tellsSurvivors ?? false }
  /// The keys that are not those of dropped rows; nil where `tellsSurvivors` is false.
  func survivors(_ key: Column) -> Bitmap? { direct?.survivors(key) }
  /// The keys that are those of rows that are kept; nil where one has no row or may have several.
  func kept(_ key: Column) -> Bitmap? { direct?.kept(key) }
}

/// Rows put side by side by their group: a counting sort, so it is stable.
enum RowsByGroup {
  /// - Returns: `count + 1` offsets into the rows of all groups, group after group.
  static func arrange(_ rows: [Int32], groups: [UInt32], count: Int) -> (offsets: [Int32], rows: [Int32]) {
    var offsets = [Int32](repeating: 0, count: count + 1)
    for row in rows { offsets[Int(groups[Int(row)]) + 1] += 1 }
    for group in 0..<count { offsets[group + 1] += offsets[group] }
    var positions = offsets
    var arranged = [Int32](repeating: 0, count: rows.count)
    for row in rows {
      let group = Int(groups[Int(row)])
      arranged[Int(positions[group])] = row
      positions[group] += 1
    }
    return (offsets, arranged)
  }
}
