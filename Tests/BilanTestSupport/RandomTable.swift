import BilanColumnar

/// A table of every type that files hold, with missing values, from a seed.
package enum RandomTable {
  package static func make(seed: Int, rows: Int) -> (schema: Schema, chunks: [Chunk]) {
    var random = SplitMix64(seed: UInt64(seed))
    let types: [DataType] = [.integer, .real, .text, .boolean, .date, .period, .duration(.days), .duration(.months)]
    let texts = ["", "Draâ", "a,b", "œuvre\n", "007", "x\u{0}y", "日本", String(repeating: "long ", count: 40)]
    var fields: [Field] = []
    var columns: [Column] = []
    for index in 0..<random.number(1...9) {
      let type = random.pick(types)
      let missing = random.pick([0, 0, 20, 100])
      var builder = ColumnBuilder(type)
      for _ in 0..<rows {
        if random.chance(missing) {
          builder.append(.missing)
          continue
        }
        builder.append(
          value(type, &random, texts))
      }
      var field = Field("c\(index) é", type, unit: random.chance(20) ? "MAD" : nil)
      if random.chance(20) { field.isSensitive = true }
      fields.append(field)
      columns.append(builder.finish().prepared())
    }
    let whole = Chunk(columns: columns, count: rows)
    let cut = random.number(0...rows)
    let chunks = [whole.slice(0..<cut), whole.slice(cut..<rows)].filter { $0.count > 0 }
    return (Schema(fields), chunks)
  }

  private static func value(_ type: DataType, _ random: inout SplitMix64, _ texts: [String]) -> Value {
    switch type {
    case .integer: .integer(random.pick([0, 1, -5, .max, .min, Int64(random.number(-99999...99999))]))
    case .real: .real(random.pick([0.1, -2.5, 1e300, .leastNonzeroMagnitude, Double(random.number(-999...999)) / 8]))
    case .boolean: .boolean(random.chance(50))
    case .date: .date(CalendarDate(days: random.number(-700_000...800_000)))
    case .period:
      .period(
        random.pick([
          .year(2019), .fiscalYear(2020, firstMonth: 7), .semester(2018, 2), .quarter(random.number(1990...2030), 3),
          .month(2021, 12), .day(CalendarDate(days: random.number(0...20000))),
        ]))
    case .duration(let unit): .duration(Int64(random.number(-400...400)), unit)
    default: .text(random.pick(texts + ["t\(random.number(0...500))"]))
    }
  }

  /// The cells of a table, column by column.
  package static func cells(_ schema: Schema, _ chunks: [Chunk]) -> [[Value]] {
    schema.fields.indices.map { index in
      chunks.flatMap { chunk in
        (0..<chunk.count).map { chunk.columns[index].value($0, as: schema[index].type) }
      }
    }
  }
}
