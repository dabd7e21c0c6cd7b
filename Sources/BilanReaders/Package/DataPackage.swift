import BilanColumnar
import BilanDiagnostics

/// A Data Package (Frictionless, version 2): what its publisher says about a folder of files.
///
/// The key `bilan` adds what the standard has no word for: thresholds and the fiscal year on the package, `protect` and
/// `origin` on a resource, `aliases`, `sensitive`, `unit`, `display` and `type` on a field.
package struct DataPackage: Sendable {
  /// A file of the package.
  package struct Resource: Sendable {
    package var name: String
    /// Where the file is, from the current directory.
    package var path: String
    /// The files of a resource that is in several, which are one table; empty for one file.
    package var parts: [String] = []
    /// What of its description was not understood.
    package var notes: [Diagnostic] = []
    package var title: String?
    package var summary: String?
    /// Where the data come from.
    package var origin: String?
    /// The smallest cell that may be shown.
    package var protect: Int?
    package var encoding: String?
    package var dialect: DeclaredDialect
    /// The declared columns; nil where the descriptor has no schema.
    package var fields: [Field]?
    /// The codes for missing of every column; nil where none are declared.
    package var missingValues: [String]?
    package var primaryKey: [String]
    package var foreignKeys: [ForeignKey]
    /// The month in which fiscal years begin, the package's.
    package var fiscalYearStart: Int
    /// The order of dates that nothing in the file decides, the package's.
    package var usualDates: DateOrder?
    /// Whether footnotes below the table are known to be there, so that leaving them out is no news.
    package var hasFootnotes: Bool

    /// Names the columns of a file without a header, in their order; what is declared of them by name stays.
    package mutating func nameFields(_ names: [String]) {
      let known = fields ?? []
      fields = names.map { name in known.first { $0.name == name } ?? Field(name: name) }
    }

    /// The declared columns as a schema; a field of no declared type is text until the file is read.
    package var schema: Schema? {
      fields.map { fields in
        Schema(
          fields.map {
            BilanColumnar.Field(
              $0.name, $0.type.dataType, aliases: $0.aliases, display: $0.display, unit: $0.unit,
              isSensitive: $0.isSensitive, summary: $0.summary)
          })
      }
    }
  }

  /// How the descriptor says a file is written; nil is left to the file.
  package struct DeclaredDialect: Sendable {
    package var delimiter: UInt8?
    package var quote: UInt8?
    package var hasHeader: Bool?
    /// The lines of the names, counted from 1.
    package var headerLines: ClosedRange<Int>?
    /// Lines of titles above the table.
    package var titleLineCount: Int?
    package var decimalMark: DecimalMark?
  }

  /// A declared column.
  package struct Field: Sendable {
    package var name: String
    package var type: FieldType
    /// A date's pattern, where it is not the default.
    package var pattern: DatePattern?
    /// The order of its parts, where it has no pattern: Bilan's own `order`.
    package var dateOrder: DateOrder?
    /// Whether its dates are said to be written in any way.
    package var takesAnyDate = false
    package var summary: String?
    package var aliases: [String]
    package var isSensitive: Bool
    package var unit: String?
    package var display: BilanColumnar.Field.Display?
    package var decimalMark: DecimalMark?
    /// Whether a mark for thousands is declared.
    package var hasGroupMark = false
    /// Currency signs and units may stand around the digits.
    package var allowsUnits: Bool
    package var categories: [String]
    package var missingValues: [String]?
    package var trueValues: [String]?
    package var falseValues: [String]?
    package var isRequired: Bool
    package var isUnique: Bool

    /// What may stand around its numbers.
    var units: UnitMarks {
      guard allowsUnits, type != .percent else { return .none }
      return unit.flatMap { AmountUnit.isKnown($0) ? .currency($0) : nil } ?? .any
    }
  }

  package enum FieldType: String, Sendable {
    case number, integer, string, boolean, date, year, yearMonth, any
    /// Bilan's own: a string field with `"bilan": {"type": "period"}`.
    case period
    /// Bilan's own: a number field with `"bilan": {"type": "percent"}`, whose cells end in `%`.
    case percent

    package var dataType: DataType {
      switch self {
      case .number, .percent: .real
      case .integer, .year: .integer
      case .string, .any: .text
      case .boolean: .boolean
      case .date: .date
      case .period, .yearMonth: .period
      }
    }
  }

  /// Columns whose values are those of another resource's.
  package struct ForeignKey: Sendable {
    package var fields: [String]
    /// The other resource; nil is this one.
    package var resource: String?
    package var referencedFields: [String]
  }

  package var name: String?
  package var title: String?
  package var summary: String?
  package var sources: [String]
  package var licenses: [String]
  package var resources: [Resource]
  /// The month in which fiscal years begin: 1 to 12.
  package var fiscalYearStart: Int
  /// The order of dates that nothing in a file decides.
  package var usualDates: DateOrder?
  package var thresholds: [String: Double]
  /// What of the descriptor was not understood.
  package var notes: [Diagnostic]

  /// The resource called `name`, or whose folded name is `name`'s.
  package func resource(named name: String) -> Resource? {
    let folded = TextFolding.handle(of: name)
    return resources.first { $0.name == name } ?? resources.first { TextFolding.handle(of: $0.name) == folded }
  }

  /// Whether a file is a descriptor, by its name or because it is JSON that has `resources`; other JSON is data.
  package static func isDescriptor(_ path: String) -> Bool {
    guard path.hasSuffix(".json") else { return false }
    if path.hasSuffix("datapackage.json") { return true }
    guard let bytes = try? FileBytes.read(path: path), case .object(let members)? = try? JSONScanner.read(bytes)
    else { return false }
    return members.contains { $0.key == "resources" }
  }

  /// Reads a descriptor file; the paths it names are taken from its directory.
  ///
  /// - Throws: `fileNotFound`, `unreadableFile`, `invalidDescriptor`.
  package static func load(path: String) throws(QueryError) -> DataPackage {
    let bytes = try FileBytes.read(path: path)
    let directory = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
    return try DescriptorReader(path: path, directory: directory).package(bytes)
  }
}

extension DataPackage.Field {
  /// A column of which nothing but the name is known.
  init(name: String) {
    self.init(
      name: name, type: .any, aliases: [], isSensitive: false, allowsUnits: false, categories: [], isRequired: false,
      isUnique: false)
  }
}
