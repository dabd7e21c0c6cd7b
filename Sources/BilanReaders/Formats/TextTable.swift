import BilanColumnar
import BilanDiagnostics

// The distinct texts of a column as a table of delimited text, so that its reader says what they are:
//
//     "région row"  région
//     text          Oriental
//     text          Fès-Meknès
//
// The first column keeps the line of a text that is empty.

extension CellText {
  /// A line for each text.
  init(_ dictionary: TextDictionary, label: String) {
    self.init()
    append(label + " row")
    append(label)
    endRow()
    let bytes = dictionary.bytes.array
    for code in 0..<dictionary.count {
      append("text")
      append(bytes[dictionary.byteRange(code)])
      endRow()
    }
  }

  consuming func openDistinct(
    label: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    let byteCount = bytes.count
    return try open(
      name: label, format: "", byteCount: byteCount, hasHeader: true, isBare: true, options: options,
      resource: resource)
  }
}

extension FileTable {
  /// What the texts of such a table are, a value each.
  func distinctValues(isCancelled: @escaping @Sendable () -> Bool) throws(QueryError) -> Column {
    let chunks: [Chunk]
    do {
      chunks = try read(columns: [1], isCancelled: isCancelled)
    } catch {
      throw error as? QueryError ?? .cancelled
    }
    return Column.concatenate(chunks.map { $0.columns[0] }, kind: schema[1].type.columnKind)
  }
}

extension Column {
  /// The values of distinct texts as those of the rows that hold these texts.
  func spread(over texts: TextColumn) -> Column {
    let codes = texts.codes.array
    return gatherOrMissing(
      codes.indices.map { texts.validity?[$0] ?? true ? Int32(truncatingIfNeeded: codes[$0]) : -1 })
  }
}
