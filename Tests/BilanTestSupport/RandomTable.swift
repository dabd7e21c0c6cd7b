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

  /// How a table that was read differs from the one that was written, in its fields and cells.
  package static func differences(
    _ schema: Schema, _ cells: [[Value]], from written: Schema, _ chunks: [Chunk]
  ) -> [String] {
    func facts(_ field: Field) -> String { "\(field.label) \(field.type) \(field.unit ?? "-") \(field.isSensitive)" }
    let (found, expected) = (schema.fields.map(facts), written.fields.map(facts))
    if found != expected { return ["\(found) for \(expected)"] }
    return zip(cells, self.cells(written, chunks)).enumerated().filter { $1.0 != $1.1 }
      .map { "\(found[$0]): \($1.0) for \($1.1)" }
  }

  /// What a script of `Python` prints of each column: the texts of its cells in hexadecimal digits, a point for one without
  /// a value.
  package static func printed(_ schema: Schema, _ chunks: [Chunk]) -> [String] {
    cells(schema, chunks).map { column in
      column.map { value -> String in
        let text: String
        switch value {
        case .missing: return "."
        case .integer(let value), .duration(let value, _): text = String(value)
        case .real(let value): text = value.description
        case .text(let value): text = value
        case .boolean(let value): text = value ? "True" : "False"
        case .date(let value): text = value.description
        case .period(let value): text = value.description
        case .ratio: text = ""
        }
        return text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      }.joined(separator: " ")
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
