import BilanColumnar
import BilanDiagnostics

/// Finds the combinations of some columns' values that have no row.
///
/// Each column's distinct values are numbered in ascending order, so a combination is a number in a mixed-radix system
/// and ascending numbers are ascending combinations. A bit for each number says whether it has a row; the naive way
/// builds the whole product and takes the existing rows away.
enum Complete {
  /// More combinations than this are refused.
  static let limit = 100_000_000

  /// The missing combinations as rows, otherwise missing; nil where there are none. Missing is not a value here.
  static func added(to chunk: Chunk, schema: Schema, columns: [Int]) throws(QueryError) -> Chunk? {
    guard chunk.count > 0, !columns.isEmpty else { return nil }
    var values: [Column] = []
    var numbers: [[Int32]] = []
    var total = 1
    for index in columns {
      let (distinct, number) = numbered(chunk.columns[index])
      values.append(distinct)
      numbers.append(number)
      let (product, overflows) = total.multipliedReportingOverflow(by: distinct.count)
      total = product
      if overflows || total > limit { throw tooMany() }
    }
    if total == 0 { return nil }
    var isPresent = Bitmap(repeating: false, count: total)
    for row in 0..<chunk.count {
      var combination = 0
      var isWhole = true
      for (key, number) in numbers.enumerated() {
        if number[row] < 0 { isWhole = false }
        combination = combination * values[key].count + Int(number[row])
      }
      if isWhole { isPresent[combination] = true }
    }
    let absent = isPresent.inverted.selection
    guard !absent.isEmpty else { return nil }
    var added = schema.fields.map { Column.missing($0.type.columnKind, count: absent.count) }
    var divisor = 1
    for key in columns.indices.reversed() {
      let count = values[key].count
      added[columns[key]] = values[key].gather(absent.map { Int32(Int($0) / divisor % count) })
      divisor *= count
    }
    return Chunk(columns: added, count: absent.count)
  }

  /// The distinct values in ascending order, and for each row the number of its value, -1 where it is missing.
  private static func numbered(_ column: Column) -> (values: Column, numbers: [Int32]) {
    var grouper = Grouper([column.kind])
    let groups = grouper.assign([column], rowCount: column.count)
    let distinct = grouper.keyColumns()[0]
    let validity = distinct.validity
    let order = RowOrder([(distinct, false)], count: distinct.count).rows()
      .filter { validity?[Int($0)] ?? true }
    var numbers = [Int32](repeating: -1, count: distinct.count)
    for (number, group) in order.enumerated() { numbers[Int(group)] = Int32(number) }
    return (distinct.gather(order), groups.map { numbers[Int($0)] })
  }

  private static func tooMany() -> QueryError {
    QueryError(
      .error(
        .tooManyRows,
        Localized(
          "`complete` would make more than \(limit / 1_000_000) million combinations",
          fr: "`complete` ferait plus de \(limit / 1_000_000) millions de combinaisons"),
        help: Localized("name fewer columns", fr: "nommez moins de colonnes")))
  }
}
