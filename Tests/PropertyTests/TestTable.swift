import Bilan
import BilanTestSupport

/// A table that both the engine and the reference evaluator read.
struct TestTable {
  var name: String
  var columns: [(name: String, values: ColumnValues)]

  /// For the reference evaluator.
  var reference: ReferenceTable {
    let cells = columns.map { Self.cells($0.values) }
    let count = cells.first?.cells.count ?? 0
    return ReferenceTable(
      columns: zip(columns, cells).map { ReferenceColumn($0.name, $1.kind) },
      rows: (0..<count).map { row in cells.map { $0.cells[row] } })
  }

  private static func cells(_ values: ColumnValues) -> (kind: Kind, cells: [Cell]) {
    func cells<Value>(_ values: [Value?], _ cell: (Value) -> Cell) -> [Cell] {
      values.map { $0.map(cell) ?? .missing }
    }
    return switch values {
    case .integers(let values): (.integer, cells(values) { .integer(Int64($0)) })
    case .reals(let values): (.real, cells(values) { .real($0) })
    case .texts(let values): (.text, cells(values) { .text($0) })
    case .booleans(let values): (.boolean, cells(values) { .boolean($0) })
    case .dates(let values): (.date, cells(values, Cell.init(date:)))
    case .periods(let values): (.period, cells(values, Cell.init(period:)))
    }
  }
}

extension Catalog {
  /// A catalog of nothing but `tables`.
  static func of(_ tables: [TestTable]) throws -> Catalog {
    // Bounds of two rows each, so that filters skip.
    tables.reduce(try Catalog([])) { $0.adding($1.name, columns: $1.columns, zoneRows: 2) }
  }
}

extension ReferenceEvaluator {
  init(_ tables: [TestTable]) {
    self.init(tables: Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.reference) }))
  }
}
