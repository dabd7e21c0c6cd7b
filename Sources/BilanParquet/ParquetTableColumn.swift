import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// A column that leaves of a file make: one leaf, or all those of a list.
struct ParquetTableColumn: Sendable {
  /// Dotted.
  var name: String
  /// Nil where nothing of it is read.
  var type: DataType?
  /// Of the leaves that are read; of a list, one a part.
  var places: [Int] = []
  /// Of those that are not.
  var leftOut: [Int] = []
  /// Whether it is one leaf that is no list's, or nothing of it is read.
  var isWhole: Bool { type?.list == nil }

  /// In the order of their first leaves.
  static func columns(of file: ParquetFile) -> [ParquetTableColumn] {
    var columns: [ParquetTableColumn] = []
    var place = 0
    while place < file.leaves.count {
      let leaf = file.leaves[place]
      guard let list = leaf.list else {
        let type = leaf.dataType(file.metadata[ParquetMetadata.type(place)])
        columns.append(
          ParquetTableColumn(
            name: leaf.name, type: type, places: type == nil ? [] : [place], leftOut: type == nil ? [place] : []))
        place += 1
        continue
      }
      var column = ParquetTableColumn(name: list.name)
      var parts: [ListType.Part] = []
      while place < file.leaves.count, let part = file.leaves[place].list, part.number == list.number {
        if let type = file.leaves[place].dataType(file.metadata[ParquetMetadata.type(place)]),
          !parts.contains(where: { $0.name == part.part })
        {
          parts.append(ListType.Part(part.part, type, unit: file.metadata[ParquetMetadata.elementUnit(place)]))
          column.places.append(place)
        } else {
          column.leftOut.append(place)
        }
        place += 1
      }
      if !parts.isEmpty { column.type = .list(ListType(parts)) }
      columns.append(column)
    }
    return columns
  }

  /// Some row groups of it, end to end, and what of it could not be kept.
  func load(
    _ source: ByteSource, _ file: ParquetFile, groups: [Int], isCancelled: @Sendable () -> Bool
  ) throws(FormatFault) -> (column: Column, notes: [Diagnostic]) {
    var columns: [Column] = []
    var rows: [Range<Int>?] = []
    var notes: [Diagnostic] = []
    for (number, place) in places.enumerated() {
      let leaf = file.leaves[place]
      let loaded = try ParquetColumn(source, file, place: place).load(
        groups: groups, declared: file.metadata[ParquetMetadata.type(place)],
        firstMonth: file.metadata[ParquetMetadata.fiscalYearStart(place)].flatMap { Int($0) } ?? 1, label: leaf.label,
        isCancelled: isCancelled)
      guard number == 0 || loaded.rows == rows else {
        throw .malformed("the parts of a list differ in length", fr: "les parties d’une liste diffèrent en longueur")
      }
      columns.append(loaded.column)
      rows = loaded.rows
      notes += loaded.notes
    }
    guard let list = type?.list else { return (columns[0], notes) }
    return (.lists(list, columns, rows: rows), notes)
  }

  /// What is known of its values in a row group.
  func bounds(_ file: ParquetFile, group: Int) -> ValueBounds {
    type?.list == nil ? ParquetStatistics(file, place: places[0], group: group).bounds : .unknown
  }

  /// Whether the other row groups are the same without this one.
  func isSeparable(_ file: ParquetFile, group: Int) -> Bool {
    places.allSatisfy { ParquetStatistics(file, place: $0, group: group).isSeparable }
  }

  /// Whether it holds texts that may all be dates or periods, as far as the statistics of each row group tell.
  func mayHoldDates(_ file: ParquetFile) -> Bool {
    guard type == .text else { return false }
    var hasValues = false
    for group in file.rowGroups.indices where file.rowGroups[group].rowCount > 0 {
      switch bounds(file, group: group).values {
      case .none: continue
      case .texts(let low, let high) where TextInference.mayHoldDates(low, high): hasValues = true
      // Without statistics the texts themselves are asked.
      case .unknown: hasValues = true
      default: return false
      }
    }
    return hasValues
  }
}
