import BilanColumnar
import BilanDiagnostics

/// What a file's columns are called and what is declared about them, before their cells are looked at.
struct FileLayout: Sendable {
  /// The records that are rows.
  var rows: Range<Int>
  var labels: [String]
  /// As the header has them; empty where it has none.
  var names: [String]
  /// What the header says that numbers are measured in, by column.
  var units: [Int: String]
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
      let time = declared.timeName(place, handle: TextFolding.handle(of: labels[place]))
      return ColumnProfile(
        codes: codes[place] ?? .missing, looksClosely: name != .none, looksForTimes: !time.isEmpty)
    }
  }

  /// How every column is read, given what its cells look like.
  func decisions(_ profiles: [ColumnProfile]) -> ColumnDecisions {
    var decisions = ColumnDecisions(
      profiles, codes: codes, declared: declared, labels: labels, delimiter: delimiter, mark: mark,
      firstMonth: firstMonth, dates: dates)
    for (place, unit) in units where place < width { decisions.take(unit, of: place) }
    return decisions
  }

  /// The schema's fields, whose handles the reports then have too.
  func fields(_ decisions: inout ColumnDecisions) -> [Field] {
    var fields = declared.fields(labels: labels, decisions)
    FieldAliases.add(to: &fields)
    for place in fields.indices { decisions.reports[place].handle = fields[place].handle }
    return fields
  }
}
