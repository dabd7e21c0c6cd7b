import BilanColumnar

/// Columns of lists of every type that elements have, with rows without a list, empty lists and missing elements.
package enum RandomLists {
  package static func make(seed: Int, rows: Int) -> (schema: Schema, chunks: [Chunk]) {
    var random = SplitMix64(seed: UInt64(seed) &+ 4242)
    var fields: [Field] = [Field("id", .integer)]
    var columns: [Column] = [.integer(IntegerColumn((0..<rows).map { Int64($0) }))]
    for index in 0..<random.number(1...4) {
      let list = list(&random)
      fields.append(Field("l\(index).é", .list(list), unit: random.chance(20) ? "MAD" : nil))
      columns.append(column(list, rows: rows, &random))
    }
    let whole = Chunk(columns: columns, count: rows)
    let cut = random.number(0...rows)
    return (Schema(fields), [whole.slice(0..<cut), whole.slice(cut..<rows)].filter { $0.count > 0 })
  }

  /// Lists that have no type elsewhere, of elements of two kinds and of lists; and what is read back of them: texts as they
  /// are joined or written.
  package static func unlike() -> (schema: Schema, chunks: [Chunk], types: [DataType], cells: [[Value]]) {
    var mixed = ColumnBuilder(.text)
    var nested = ColumnBuilder(.text)
    for (one, other) in [(#"[1,{"a":2}]"#, "[[1],[]]"), (#"["x","y"]"#, "[]")] {
      mixed.append(.text(one))
      nested.append(.text(other))
    }
    let schema = Schema([
      Field("mixed", .list(ListType([.init("", .text), .init("a", .integer)]))),
      Field("nested", .list(ListType(of: .list(ListType(of: .integer))))),
    ])
    return (
      schema, [Chunk(columns: [mixed.finish(), nested.finish()], count: 2)], [.text, .list(ListType(of: .text))],
      [[.text(#"[1,{"a":2}]"#), .text("x; y")], [.text(#"["[1]","[]"]"#), .text("[]")]]
    )
  }

  private static let types: [DataType] = [.integer, .real, .text, .boolean, .date, .period]

  private static func list(_ random: inout SplitMix64) -> ListType {
    func part(_ name: String) -> ListType.Part {
      let type = random.pick(types)
      return ListType.Part(name, type, unit: type.isNumber && random.chance(30) ? "MAD" : nil)
    }
    if random.chance(50) { return ListType([part("")]) }
    let names = ["code", "place.region", "é\"\\", "n", "on"].prefix(random.number(1...5))
    return ListType(names.map { part($0) })
  }

  private static func column(_ list: ListType, rows: Int, _ random: inout SplitMix64) -> Column {
    let missing = random.pick([0, 0, 20, 100])
    let elementMissing = random.pick([0, 20, 100])
    let counts = (0..<rows).map { _ in random.chance(missing) ? nil : random.pick([0, 0, 1, 2, 3, 9]) }
    let elementCount = counts.reduce(0) { $0 + ($1 ?? 0) }
    let elements = list.parts.map { part in
      var builder = ColumnBuilder(part.type)
      for _ in 0..<elementCount {
        builder.append(random.chance(elementMissing) ? .missing : value(part.type, &random))
      }
      return builder.finish()
    }
    let writer = ListWriter(list, elements)
    var texts = ColumnBuilder(.text)
    var next = 0
    for count in counts {
      guard let count else {
        texts.append(.missing)
        continue
      }
      var written: [UInt8] = []
      writer.append(next..<next + count, to: &written)
      texts.append(.text(String(decoding: written, as: UTF8.self)))
      next += count
    }
    return texts.finish().prepared()
  }

  private static func value(_ type: DataType, _ random: inout SplitMix64) -> Value {
    switch type {
    case .integer: .integer(random.pick([0, -5, .max, .min, Int64(random.number(-999...999))]))
    case .real: .real(Double(random.number(-999...999)) / 8)
    case .boolean: .boolean(random.chance(50))
    case .date: .date(CalendarDate(days: random.number(-20_000...40_000)))
    case .period:
      .period(random.pick([.year(2019), .quarter(2020, 3), .month(2021, 12), .fiscalYear(2020, firstMonth: 1)]))
    default: .text(random.pick(["", "Draâ", "a,b", "œuvre\n", "[1]", "null", "\"q\"\\", "日本"]))
    }
  }
}
