import BilanColumnar
import BilanDiagnostics

/// A file some of whose columns are lists, which stand beside what a reader of cells made of it.
final class ListedFile: FileContents {
  struct Column: Sendable {
    var type: DataType
    var values: BilanColumnar.Column
  }

  private let base: FileTable
  /// By their places in the schema.
  private let columns: [Int: Column]

  /// - Parameter base: a file that is in memory whole, with columns without values where the lists are to be.
  init(_ base: FileTable, _ columns: [Int: Column]) {
    self.base = base
    self.columns = columns
  }

  var schema: Schema {
    var schema = base.schema
    for (place, column) in columns { schema.fields[place].type = column.type }
    return schema
  }

  var rowCount: Int? { base.rowCount }

  var report: ImportReport {
    var report = base.report
    for (place, column) in columns where place < report.columns.count {
      let missing = column.values.validity.map { $0.count - $0.onesCount } ?? 0
      report.columns[place] = ColumnReport(
        label: report.columns[place].label, type: column.type, evidence: Self.evidence(column.type),
        valueCount: column.values.count - missing, emptyCount: missing)
    }
    return report
  }

  /// What the elements are.
  private static func evidence(_ type: DataType) -> Localized {
    guard let list = type.list else {
      return Localized("lists kept as JSON", fr: "listes gardées en JSON")
    }
    func shown(unitAfter word: String) -> String {
      let parts = list.parts.map { part in
        let type = part.type.name + (part.unit.map { " \(word) \($0)" } ?? "")
        return part.name.isEmpty ? type : "`\(part.name)` (\(type))"
      }
      return parts.prefix(6).joined(separator: ", ") + (parts.count > 6 ? ", …" : "")
    }
    return Localized("elements: \(shown(unitAfter: "in"))", fr: "éléments : \(shown(unitAfter: "en"))")
  }

  func settle(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> (any FileContents)? {
    try base.settle(wanted.filter { columns[$0] == nil }, isCancelled: isCancelled)
    return nil
  }

  func chunks(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> [Chunk] {
    let cells = wanted.filter { columns[$0] == nil }
    let chunks: [Chunk]
    do {
      chunks = try base.read(columns: cells, isCancelled: isCancelled)
    } catch {
      throw error as? QueryError ?? .cancelled
    }
    var first = 0
    return chunks.map { chunk in
      defer { first += chunk.count }
      var next = 0
      let all = wanted.map { place in
        if let column = columns[place] { return column.values.slice(first..<first + chunk.count) }
        next += 1
        return chunk.columns[next - 1]
      }
      return Chunk(columns: all, count: chunk.count)
    }
  }
}
