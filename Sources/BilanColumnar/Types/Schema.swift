/// What is known of one column of a table.
package struct Field: Sendable, Hashable {
  /// How a number or a ratio is meant to be read.
  package enum Display: Sendable, Hashable {
    case plain
    /// As a percentage: shares, achievement. Ratios default to it.
    case percent
  }

  /// Units that are thousands or millions of a currency: numbers beside them that say none are not in them.
  package static let scaledUnits: Set<String> = ["k€", "M€", "Md€", "kMAD", "MMAD", "MdMAD", "k$", "M$", "Md$"]

  /// Whether numbers in a unit are told from bare ones: in all but a currency as such, which a bare amount is in as well.
  package static func isTold(_ unit: String) -> Bool {
    scaledUnits.contains(unit)
      || !(["$", "£", "¥", "FCFA"].contains(unit) || unit.utf8.count == 3 && unit.utf8.allSatisfy { $0 &- 0x41 < 26 })
  }

  /// The column's name as its file or query has it; output shows it.
  package var label: String
  /// A plain name for queries: lower case, no accents, underscores.
  package var handle: String
  /// Further names, in no order.
  package var aliases: [String]
  package var type: DataType
  package var display: Display
  /// The unit of its numbers: `MAD`, `persons`.
  package var unit: String?
  /// How it stands to what the figures of each row are in, where another column says that.
  package var rowUnit: RowUnit?
  /// May be counted, not listed.
  package var isSensitive: Bool
  /// Left out by a step, and carried along because it tells what other columns are: no query names it and no result shows
  /// it.
  package var isHidden = false
  /// One line about it, for people.
  package var summary: String?

  package init(
    _ label: String, _ type: DataType, handle: String? = nil, aliases: [String] = [], display: Display? = nil,
    unit: String? = nil, isSensitive: Bool = false, summary: String? = nil
  ) {
    self.label = label
    self.handle = handle ?? TextFolding.handle(of: label)
    self.aliases = aliases
    self.type = type
    self.display = display ?? (type == .ratio ? .percent : .plain)
    self.unit = unit
    self.isSensitive = isSensitive
    self.summary = summary
  }
}

/// The columns of a table, in order.
package struct Schema: Sendable, Hashable {
  package var fields: [Field]

  package init(_ fields: [Field]) { self.fields = fields }
  package var count: Int { fields.count }
  package subscript(index: Int) -> Field { fields[index] }
  /// Those that a query can name.
  package var visible: [Field] { fields.filter { !$0.isHidden } }
}
