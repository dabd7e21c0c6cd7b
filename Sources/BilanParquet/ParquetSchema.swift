import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// A column of a Parquet file: a leaf of its schema.
struct ParquetLeaf: Sendable {
  enum Physical: Int, Sendable {
    case boolean = 0, int32, int64, int96, float, double, bytes, fixedBytes
  }

  /// What its values are.
  enum Meaning: Sendable, Hashable {
    case boolean
    case integer
    case unsigned32, unsigned64
    case real
    case half
    case date
    case instant(unitsPerDay: Int64, isZoned: Bool)
    /// Instants of 96 bits, as old writers have them.
    case oldInstant
    case text
    case decimal(precision: Int, scale: Int)
    /// What no column of Bilan holds.
    case other(String)
  }

  /// `a.b` where it stands in a record.
  var name: String
  var physical: Physical
  /// Bytes of a value of fixed size.
  var typeLength: Int
  var meaning: Meaning
  /// How many of it and the records around it may be missing: a value is there where its level is this.
  var mostDefinition: Int
  /// The list that it is a part of.
  var list: ListPlace?
  /// Of instants: the zone that the program which wrote them had them in, where it says so.
  var zone: String?

  /// Whether its values are instants of the world.
  var isZoned: Bool {
    if case .instant(_, true) = meaning { true } else { false }
  }

  /// As notes call it: the list, and what of its elements.
  var label: String { list.map { $0.part.isEmpty ? $0.name : $0.name + "." + $0.part } ?? name }

  /// What a leaf is of the elements of a list.
  struct ListPlace: Sendable {
    /// The same for all parts of a list.
    var number: Int
    /// Of the column, dotted.
    var name: String
    /// Below the element, dotted; empty where the leaf is the element.
    var part: String
    /// The level of definition from which an element is there: one less is a list without any, less is no list.
    var elementDefinition: Int
  }

  /// The leaves of a schema, in order.
  static func leaves(of elements: [ThriftStructure]) throws(FormatFault) -> [ParquetLeaf] {
    guard !elements.isEmpty else { throw fault }
    var leaves: [ParquetLeaf] = []
    var next = 1
    for _ in 0..<max(0, elements[0].integer(5) ?? 0) {
      try add(elements, &next, Surroundings(), to: &leaves)
    }
    guard next == elements.count else { throw fault }
    return leaves
  }

  private static var fault: FormatFault {
    .malformed("its schema contradicts itself", fr: "son schéma se contredit")
  }

  /// What stands around an element of the schema.
  private struct Surroundings {
    var path: [String] = []
    var definition = 0
    /// How many repeated elements it is in.
    var repetition = 0
    var level = 0
    /// Whether it is the one thing in what is marked as a list or a map; of a list alone.
    var isInList = false
    var isInListOfElements = false
    var list: ListPlace?
    /// In a list, the names below its elements, down to a list in it; nil where the next element of the schema is what the
    /// elements are.
    var part: [String]? = []
  }

  /// A list is a group around a repeated group around the element; older writers leave one of the two out.
  ///
  ///     optional group tags (LIST) { repeated group list { optional binary element } }
  ///     optional group tags (LIST) { repeated binary array }            repeated binary tags
  ///
  /// Source: Apache Parquet, "Logical Types", lists and their backward compatibility.
  private static func add(
    _ elements: [ThriftStructure], _ next: inout Int, _ around: Surroundings, to leaves: inout [ParquetLeaf]
  ) throws(FormatFault) {
    guard next < elements.count, around.level < 64 else { throw fault }
    let element = elements[next]
    let number = next
    next += 1
    let name = element.string(4) ?? ""
    var inner = around
    inner.path.append(name)
    inner.level += 1
    let repetition = element.integer(3) ?? 0
    inner.definition += repetition == 0 ? 0 : 1
    let childCount = max(0, element.integer(5) ?? 0)
    if around.list != nil, around.repetition < 2 { inner.part = around.part.map { $0 + [name] } ?? [] }
    if repetition == 2 {
      inner.repetition += 1
      if inner.repetition == 2, around.isInList { inner.part = around.part }
      if inner.repetition == 1 {
        inner.list = ListPlace(
          number: number, name: (around.isInList ? around.path : inner.path).joined(separator: "."), part: "",
          elementDefinition: inner.definition)
        let parent = around.path.last ?? ""
        let holdsElement =
          childCount == 1 && around.isInListOfElements && name != "array" && name != parent + "_tuple"
        inner.part = holdsElement ? nil : []
      }
    }
    let logical = element.structure(10)
    let converted = element.integer(6)
    inner.isInListOfElements = childCount == 1 && (logical?.structure(3) != nil || converted == 3)
    inner.isInList =
      inner.isInListOfElements
      || childCount == 1 && (logical?.structure(2) != nil || converted == 1 || converted == 2)
    if childCount > 0 {
      for _ in 0..<childCount { try add(elements, &next, inner, to: &leaves) }
      return
    }
    guard let kind = element.integer(1), let physical = Physical(rawValue: kind) else { throw fault }
    inner.list?.part = (inner.part ?? []).joined(separator: ".")
    leaves.append(
      ParquetLeaf(
        name: inner.path.joined(separator: "."), physical: physical, typeLength: element.integer(2) ?? 0,
        meaning: inner.repetition > 1 ? .other("list in a list") : meaning(of: element, physical),
        mostDefinition: inner.definition, list: inner.list))
  }

  private static func meaning(of element: ThriftStructure, _ physical: Physical) -> Meaning {
    let logical = element.structure(10)
    let converted = element.integer(6)
    func has(_ field: Int16) -> Bool { logical?.structure(field) != nil }
    let decimal = logical?.structure(5)
    if decimal != nil || converted == 5 {
      let scale = decimal?.integer(1) ?? element.integer(7) ?? 0
      guard (-400...400).contains(scale) else { return .other("decimal of scale \(scale)") }
      switch physical {
      case .int32, .int64, .bytes, .fixedBytes:
        return .decimal(precision: decimal?.integer(2) ?? element.integer(8) ?? 38, scale: scale)
      default: return .other("decimal")
      }
    }
    switch physical {
    case .boolean: return .boolean
    case .float, .double: return .real
    case .int96: return .oldInstant
    case .bytes:
      if has(1) || has(4) || has(12) || converted == 0 || converted == 4 || converted == 19 { return .text }
      if has(11) { return .text }
      return .other("binary")
    case .fixedBytes:
      if has(15), element.integer(2) == 2 { return .half }
      return .other(has(14) ? "UUID" : "fixed-size binary")
    case .int32, .int64:
      if has(6) || converted == 6 { return physical == .int32 ? .date : .other("date of 64 bits") }
      if let instant = logical?.structure(8) {
        let unit = instant.structure(2)
        let perSecond: Int64 = unit?.structure(1) != nil ? 1000 : unit?.structure(3) != nil ? 1_000_000_000 : 1_000_000
        return .instant(unitsPerDay: 86_400 * perSecond, isZoned: instant.boolean(1) ?? false)
      }
      if converted == 9 { return .instant(unitsPerDay: 86_400_000, isZoned: true) }
      if converted == 10 { return .instant(unitsPerDay: 86_400_000_000, isZoned: true) }
      if has(7) || converted == 7 || converted == 8 { return .other("time") }
      let isUnsigned = logical?.structure(10)?.boolean(2) == false || [11, 12, 13, 14].contains(converted)
      return isUnsigned ? (physical == .int32 ? .unsigned32 : .unsigned64) : .integer
    }
  }

  /// The type of the column in Bilan; nil where it is left out.
  func dataType(_ declared: String?) -> DataType? {
    switch meaning {
    case .boolean: return .boolean
    case .integer:
      switch declared {
      case "days": return .duration(.days)
      case "months": return .duration(.months)
      default: return .integer
      }
    case .unsigned32, .unsigned64: return .integer
    case .real, .half: return .real
    case .date, .instant, .oldInstant: return .date
    case .text: return declared == "period" ? .period : .text
    case .decimal(let precision, let scale): return scale == 0 && precision <= 18 ? .integer : .real
    case .other: return nil
    }
  }

  /// How messages call what it is stored as.
  var typeName: String {
    switch meaning {
    case .boolean: "boolean"
    case .integer, .unsigned32, .unsigned64: "\(physical)"
    case .real: "\(physical)"
    case .half: "float16"
    case .date: "date"
    case .instant, .oldInstant: "timestamp"
    case .text: "string"
    case .decimal(let precision, let scale): "decimal(\(precision), \(scale))"
    case .other(let name): name
    }
  }
}
