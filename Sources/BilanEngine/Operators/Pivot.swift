import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Spreads a key over columns: a crosstab.
///
/// The input has one row a cell, so the work is to number the rows and the columns of the answer, note for each cell
/// which input row it is, and gather each column by that. No value is computed here: totals come as rows of their own.
enum Pivot {
  /// More columns than this are refused: nobody can read them.
  static let limit = 1000

  static func pivot(_ chunk: Chunk, schema: Schema, _ node: PivotNode) throws(QueryError) -> Rows {
    let keyCount = node.keyCount
    let marks = keyCount + 1 + node.valueCount
    func marked(_ keys: Range<Int>) -> [Column] {
      chunk.columns[keys] + (node.hasTotals ? keys.map { chunk.columns[marks + $0] } : [])
    }

    // Rows in order of appearance: the input is sorted, totals are last.
    let (rowOf, firstRows) = numbered(marked(0..<keyCount), chunk.count)
    let (columnOf, firstOfColumn) = numbered(marked(keyCount..<keyCount + 1), chunk.count)

    // Columns in ascending order of the across value, the total last.
    let across = chunk.columns[keyCount].gather(firstOfColumn)
    let isTotalColumn = node.hasTotals ? chunk.columns[marks + keyCount].gather(firstOfColumn) : nil
    let columnOrder = RowOrder(
      (isTotalColumn.map { [($0, false)] } ?? []) + [(across, false)], count: firstOfColumn.count
    ).rows()
    guard keyCount + columnOrder.count * node.valueCount <= limit else {
      throw tooMany(keyCount + columnOrder.count * node.valueCount)
    }

    var cells = [[Int32]](
      repeating: [Int32](repeating: -1, count: firstRows.count), count: firstOfColumn.count)
    for row in 0..<chunk.count { cells[Int(columnOf[row])][Int(rowOf[row])] = Int32(row) }

    var fields = Array(schema.fields.prefix(keyCount))
    var columns = (0..<keyCount).map { chunk.columns[$0].gather(firstRows) }
    var taken = Set(fields.map(\.label))
    for position in columnOrder {
      let isTotal = isTotalColumn.map { truths($0)[Int(position)] } ?? false
      let name = isTotal ? total : ValueText.text(of: across.value(Int(position), as: schema[keyCount].type))
      for value in 0..<node.valueCount {
        var field = schema[keyCount + 1 + value]
        let label = label(name, field, isTotal: isTotal, node, schema, taken)
        taken.insert(label)
        field.label = label
        field.handle = TextFolding.handle(of: label)
        field.aliases = []
        fields.append(field)
        let column = chunk.columns[keyCount + 1 + value].gatherOrMissing(cells[Int(position)])
        columns.append(node.counts.contains(value) ? zeroWhereMissing(column) : column)
      }
    }
    return Rows(schema: Schema(fields), chunks: [Chunk(columns: columns, count: firstRows.count)])
  }

  /// A number for each row's keys, in order of appearance, and the first row of each.
  private static func numbered(_ keys: [Column], _ count: Int) -> (numbers: [UInt32], first: [Int32]) {
    var grouper = Grouper(keys.map(\.kind))
    let numbers = grouper.assign(keys, rowCount: count)
    var first: [Int32] = []
    for (row, number) in numbers.enumerated() where Int(number) == first.count { first.append(Int32(row)) }
    return (numbers, first)
  }

  /// Counts, which are never missing but where there is no row to count.
  private static func zeroWhereMissing(_ column: Column) -> Column {
    guard case .integer(let counts) = column, let validity = counts.validity else { return column }
    return .integer(IntegerColumn(Buffer(count: column.count) { validity[$0] ? counts[$0] : 0 }))
  }

  private static func truths(_ column: Column) -> Bitmap {
    guard case .boolean(let column) = column else { preconditionFailure("a mark of totals is a truth value") }
    return column.values
  }

  /// What a column of the crosstab is called: by the value it stands for, with the key's name where the row keys or the
  /// totals are called so, and numbered where it is still another's.
  private static func label(
    _ name: String, _ value: Field, isTotal: Bool, _ node: PivotNode, _ schema: Schema, _ taken: Set<String>
  ) -> String {
    let across = schema[node.keyCount].label
    let isOthers = !isTotal && node.hasTotals && name == Self.total
    var label = isOthers ? "\(across): \(name)" : name
    if node.valueCount > 1 { label = "\(value.label): \(label)" }
    if taken.contains(label) { label = "\(across): \(label)" }
    var (unique, number) = (label, 2)
    while taken.contains(unique) {
      unique = "\(label) \(number)"
      number += 1
    }
    return unique
  }

  private static let total = "total"

  private static func tooMany(_ count: Int) -> QueryError {
    QueryError(
      .error(
        .tooManyColumns,
        Localized(
          "the crosstab would have \(count) columns, more than \(limit)",
          fr: "le tableau croisé aurait \(count) colonnes, plus de \(limit)"),
        help: Localized(
          "choose a key with fewer values after `across`, or move it to `by`",
          fr: "choisissez une clé qui a moins de valeurs après `across`, ou mettez-la dans `by`")))
  }
}
