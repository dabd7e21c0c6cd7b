import BilanColumnar
import BilanDiagnostics

/// What a file's columns are called and what is declared about them, before their cells are looked at.
struct FileLayout: Sendable {
  /// The records that are rows.
  var rows: Range<Int>
  var labels: [String]
  var declared: DeclaredFields
  /// For each column the codes for missing that are declared; nil for the usual ones.
  var codes: [CodeList?]
  var delimiter: UInt8
  /// The decimal mark declared for the whole file.
  var mark: DecimalMark?
  /// Of a fiscal year.
  var firstMonth: Int
  var dates: DateConvention
  var notes: [Diagnostic]

  var width: Int { labels.count }
  /// What counts the cells of each column.
  var profiles: [ColumnProfile] {
    codes.indices.map { place in
      let name = declared.codeName(place, label: labels[place], handle: TextFolding.handle(of: labels[place]))
      return ColumnProfile(codes: codes[place] ?? .missing, looksClosely: name != .none)
    }
  }

  /// How every column is read, given what its cells look like.
  func decisions(_ profiles: [ColumnProfile]) -> ColumnDecisions {
    ColumnDecisions(
      profiles, codes: codes, declared: declared, labels: labels, delimiter: delimiter, mark: mark,
      firstMonth: firstMonth, dates: dates)
  }

  /// The schema's fields, whose handles the reports then have too.
  func fields(_ decisions: inout ColumnDecisions) -> [Field] {
    var fields = declared.fields(labels: labels, decisions)
    FieldAliases.add(to: &fields)
    for place in fields.indices { decisions.reports[place].handle = fields[place].handle }
    return fields
  }
}
