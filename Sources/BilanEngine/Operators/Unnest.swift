import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Elements to rows: each input row becomes one row an element of its list, or one without values where it has none.
///
///     a  ["x","y"]        a  x
///     b  []           →   a  y
///     c  ["z"]            b
///                         c  z
///
/// The elements are collected row by row beside the number of the row they come from; by these numbers the kept columns
/// are gathered.
struct Unnest: StreamingOperator {
  private let kept: [Int]
  private let list: PhysicalExpression
  private let parts: [ListType.Part]
  private let separator: [UInt8]?
  private let hasPosition: Bool
  private let evaluator: ExpressionEvaluator

  init(_ node: UnnestNode, list: PhysicalExpression, evaluator: ExpressionEvaluator) {
    kept = node.kept
    self.list = list
    parts = node.parts.map { ListType.Part($0.name, $0.field.type) }
    separator = node.separator.map { Array($0.utf8) }
    hasPosition = node.positionField != nil
    self.evaluator = evaluator
  }

  func expand(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Expansion {
    let pieces = pieces(of: chunk)
    guard pieces.count > 1 else { return .whole(try open(chunk, &tally)) }
    return .parts(pieces.count) { (piece, tally) throws(QueryError) in
      try open(chunk.slice(pieces[piece]), &tally)
    }
  }

  private func open(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk {
    var elements = ListElements(parts, firstMonth: evaluator.fiscalYearStart)
    guard case .text(let lists) = try evaluator.column(list, as: list.type, chunk, &tally) else {
      preconditionFailure("lists are kept as texts")
    }
    let dictionary = lists.dictionary
    let bytes = dictionary.bytes.array
    for row in 0..<chunk.count {
      guard lists.validity?[row] ?? true else {
        elements.appendNone(row: row)
        continue
      }
      let range = dictionary.byteRange(lists.code(row))
      if let separator {
        elements.append(text: bytes, in: range, separator: separator, row: row)
      } else {
        elements.append(list: bytes, in: range, row: row)
      }
    }
    let rows = elements.rows
    let position = hasPosition ? [elements.positionColumn()] : []
    return Chunk(
      columns: kept.map { chunk.columns[$0].gather(rows) } + elements.columns() + position, count: rows.count)
  }

  /// Rows that give no more than a few rows more than `Expansion.mostRows` together, as far as the bytes of their lists
  /// tell: an element has at least two.
  private func pieces(of chunk: Chunk) -> [Range<Int>] {
    guard case .column(let place) = list.kind, case .text(let lists) = chunk.columns[place] else {
      return [0..<chunk.count]
    }
    var pieces: [Range<Int>] = []
    var start = 0
    var expected = 0
    for row in 0..<chunk.count {
      let isValid = lists.validity?[row] ?? true
      let most = isValid ? lists.dictionary.byteRange(lists.code(row)).count / 2 + 1 : 1
      if expected + most > Expansion.mostRows, row > start {
        pieces.append(start..<row)
        start = row
        expected = 0
      }
      expected += most
    }
    pieces.append(start..<chunk.count)
    return pieces
  }
}
