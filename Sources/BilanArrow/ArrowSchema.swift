import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// What a column's values are in an Arrow file, and how they are laid out.
indirect enum ArrowType: Sendable, Hashable {
  case null
  case integer(bits: Int, isSigned: Bool)
  /// 16, 32 or 64 bits.
  case real(bits: Int)
  /// Offsets of 32 bits, or of 64.
  case utf8(isLarge: Bool)
  /// Short texts in place, longer ones in buffers.
  case utf8View
  case boolean
  case date(isMilliseconds: Bool)
  /// Of the world where there is a zone, else what some clock showed.
  case instant(unitsPerDay: Int64, zone: String?)
  case decimal(precision: Int, scale: Int, bytes: Int)
  /// Codes into the values of a dictionary.
  case dictionary(id: Int64, index: ArrowType, values: ArrowType)
  /// Offsets of 32 bits, or of 64, into the elements of all rows.
  case list(isLarge: Bool)
  /// As many elements a row.
  case fixedList(Int)
  case structure
  /// What no column of Bilan holds: how it is called, its own buffers, and whether it has some in varying number.
  case other(String, bufferCount: Int, isView: Bool)
}

/// A column of an Arrow file.
struct ArrowField: Sendable {
  var name: String
  var type: ArrowType
  var children: [ArrowField]
  var metadata: [String: String]

  /// Fields beyond these, all levels together, are none of a table's; a hostile file could repeat one without end.
  private static let mostFields = 1 << 16
  private static let mostLevels = 32
  private static let extensionName = "ARROW:extension:name"

  /// The fields of a schema.
  static func fields(of schema: FlatTable) throws(FormatFault) -> [ArrowField] {
    guard try schema.number(0, orElse: Int16(0)) == 0 else {
      throw .unsupported("numbers with the high end first", fr: "des nombres au gros-boutisme")
    }
    var budget = mostFields
    return try fields(schema.tables(1), level: 0, &budget)
  }

  /// Those fields of a schema that are understood; others do not keep the rest from being read.
  static func soundFields(of schema: FlatTable) throws(FormatFault) -> [ArrowField] {
    var budget = mostFields
    var sound: [ArrowField] = []
    for table in try schema.tables(1) {
      if let field = try? fields([table], level: 0, &budget) { sound += field }
    }
    return sound
  }

  private static func fields(
    _ tables: [FlatTable], level: Int, _ budget: inout Int
  ) throws(FormatFault) -> [ArrowField] {
    budget -= tables.count
    guard budget >= 0, level < mostLevels else {
      throw .unsupported("more than \(mostFields) fields", fr: "plus de \(mostFields) champs")
    }
    var fields: [ArrowField] = []
    for table in tables {
      var metadata: [String: String] = [:]
      for pair in try table.tables(6) { metadata[try pair.string(0) ?? ""] = try pair.string(1) ?? "" }
      var type = try type(table.number(2, orElse: UInt8(0)), table.table(3))
      if let encoding = try table.table(4) {
        let index = try encoding.table(1)
        type = .dictionary(
          id: try encoding.number(0, orElse: Int64(0)),
          index: try index.map(integer) ?? .integer(bits: 32, isSigned: true),
          values: type)
      }
      // Whole numbers that an extension gives another meaning, `pandas.period`, are not what they seem.
      if case .integer = type, let name = metadata[extensionName], !name.isEmpty {
        type = .other(name, bufferCount: 2, isView: false)
      }
      fields.append(
        ArrowField(
          name: try table.string(0) ?? "", type: type,
          children: try Self.fields(table.tables(5), level: level + 1, &budget), metadata: metadata))
    }
    return fields
  }

  private static func integer(_ table: FlatTable) throws(FormatFault) -> ArrowType {
    let bits = Int(try table.number(0, orElse: Int32(0)))
    guard [8, 16, 32, 64].contains(bits) else {
      throw .malformed("it has integers of \(bits) bits", fr: "il a des entiers de \(bits) bits")
    }
    return .integer(bits: bits, isSigned: try table.number(1, orElse: UInt8(0)) != 0)
  }

  private static func type(_ kind: UInt8, _ table: FlatTable?) throws(FormatFault) -> ArrowType {
    func number<T: FixedWidthInteger & BitwiseCopyable>(_ field: Int, _ value: T) throws(FormatFault) -> T {
      try table?.number(field, orElse: value) ?? value
    }
    switch kind {
    case 1: return .null
    case 2:
      guard let table else { throw FlatTable.fault }
      return try integer(table)
    case 3: return .real(bits: [16, 32, 64][min(2, max(0, Int(try number(0, Int16(0)))))])
    case 4: return .other("binary", bufferCount: 3, isView: false)
    case 5: return .utf8(isLarge: false)
    case 6: return .boolean
    case 7:
      let bits = Int(try number(2, Int32(128)))
      guard [32, 64, 128, 256].contains(bits) else {
        throw .malformed("it has decimals of \(bits) bits", fr: "il a des décimaux de \(bits) bits")
      }
      let scale = Int(try number(1, Int32(0)))
      guard (-400...400).contains(scale) else {
        throw .malformed("it has decimals of scale \(scale)", fr: "il a des décimaux d’échelle \(scale)")
      }
      return .decimal(precision: Int(try number(0, Int32(0))), scale: scale, bytes: bits / 8)
    case 8: return .date(isMilliseconds: try number(0, Int16(1)) == 1)
    case 9: return .other("time", bufferCount: 2, isView: false)
    case 10:
      let unit = Int(try number(0, Int16(0)))
      let perSecond: [Int64] = [1, 1000, 1_000_000, 1_000_000_000]
      guard perSecond.indices.contains(unit) else { throw FlatTable.fault }
      let zone = try table?.string(1).flatMap { $0.isEmpty ? nil : $0 }
      return .instant(unitsPerDay: 86_400 * perSecond[unit], zone: zone)
    case 11: return .other("interval", bufferCount: 2, isView: false)
    // A map is a list of structures, keys and values.
    case 12, 17: return .list(isLarge: false)
    case 13: return .structure
    case 14: return .other("union", bufferCount: try number(0, Int16(0)) == 1 ? 2 : 1, isView: false)
    case 15: return .other("fixed-size binary", bufferCount: 2, isView: false)
    case 16:
      let size = Int(try number(0, Int32(0)))
      guard size >= 0 else { throw .malformed("it has lists of \(size)", fr: "il a des listes de \(size)") }
      return .fixedList(size)
    case 18: return .other("duration", bufferCount: 2, isView: false)
    case 19: return .other("large binary", bufferCount: 3, isView: false)
    case 20: return .utf8(isLarge: true)
    case 21: return .list(isLarge: true)
    case 22: return .other("run-end encoded", bufferCount: 0, isView: false)
    case 23: return .other("binary view", bufferCount: 2, isView: true)
    case 24: return .utf8View
    case 25, 26: return .other("list view", bufferCount: 3, isView: false)
    default:
      throw .unsupported("the type number \(kind)", fr: "le type numéro \(kind)")
    }
  }
}

extension ArrowType {
  /// The type of the column in Bilan; nil where it is left out.
  func dataType(_ metadata: [String: String]) -> DataType? {
    switch self {
    case .null: return .text
    case .integer:
      switch metadata[ArrowMetadata.type] {
      case "days": return .duration(.days)
      case "months": return .duration(.months)
      default: return .integer
      }
    case .real: return .real
    case .utf8, .utf8View: return metadata[ArrowMetadata.type] == "period" ? .period : .text
    case .boolean: return .boolean
    case .date, .instant: return .date
    case .decimal(let precision, let scale, _): return scale == 0 && precision <= 18 ? .integer : .real
    case .dictionary(_, .integer, let values):
      switch values {
      case .utf8, .utf8View, .integer, .real, .boolean, .date, .instant, .decimal: return values.dataType(metadata)
      default: return nil
      }
    case .list, .fixedList, .structure, .dictionary, .other: return nil
    }
  }

  var isText: Bool {
    switch self {
    case .utf8, .utf8View: true
    default: false
    }
  }

  /// The zone of instants, in a dictionary too.
  var zone: String? {
    switch self {
    case .instant(_, let zone): zone
    case .dictionary(_, _, let values): values.zone
    default: nil
    }
  }

  /// How messages call it.
  var name: String {
    switch self {
    case .null: "null"
    case .integer: "integer"
    case .real: "float"
    case .utf8, .utf8View: "utf8"
    case .boolean: "bool"
    case .date: "date"
    case .instant: "timestamp"
    case .decimal: "decimal"
    case .dictionary(_, _, let values): "dictionary of \(values.name)"
    case .list(let isLarge): isLarge ? "large list" : "list"
    case .fixedList: "fixed-size list"
    case .structure: "struct"
    case .other(let name, _, _): name
    }
  }

  /// The buffers of a column's own in a batch, but for those of a view, whose number the batch tells.
  var bufferCount: Int {
    switch self {
    case .null: 0
    case .utf8: 3
    case .fixedList, .structure: 1
    case .integer, .real, .utf8View, .boolean, .date, .instant, .decimal, .dictionary, .list: 2
    case .other(_, let count, _): count
    }
  }

  var isView: Bool {
    switch self {
    case .utf8View: true
    case .other(_, _, let isView): isView
    default: false
    }
  }
}

/// What Bilan writes beside a column, so that it reads the same back.
enum ArrowMetadata {
  static let type = "bilan.type"
  /// Of texts, which are not to be taken for anything else.
  static let text = "text"
  static let unit = "bilan.unit"
  static let display = "bilan.display"
  /// The first month of the fiscal years among the periods.
  static let fiscalYearStart = "bilan.fiscal_year_start"
  static let sensitive = "bilan.sensitive"
}
