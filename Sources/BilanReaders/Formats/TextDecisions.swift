import BilanColumnar
import BilanDiagnostics

/// Which columns of texts of a file with types may be dates or periods, for which programs often store texts, and what they
/// are once they are read. Other texts stay texts: whoever wrote the file has chosen so.
struct TextDecisions: Sendable {
  /// The columns that are asked.
  let places: Set<Int>
  private let options: ReadOptions
  private let resource: DataPackage.Resource?

  /// - Parameter places: those that may be; what is declared of a type is left aside.
  init(_ places: Set<Int>, _ fields: [Field], options: ReadOptions, resource: DataPackage.Resource?) {
    self.options = options
    self.resource = resource
    self.places = places.filter { !DescribedColumn(fields[$0].label, options, resource).isTyped }
  }

  /// The values that all texts of a column are; nil where they are texts.
  func values(_ field: Field, _ column: Column) throws(QueryError) -> TextInference.Found? {
    guard case .text(let texts) = column else { return nil }
    let inference = TextInference(
      texts.dictionary, label: field.label, DescribedColumn(field.label, options, resource), options)
    guard inference.mayHoldDates, var found = try inference.found(mayBeNumber: false) else { return nil }
    found.column = found.column.spread(over: texts)
    return found
  }
}

extension ImportReport {
  /// Says what a column of texts turned out to be.
  mutating func decide(_ label: String, _ found: TextInference.Found) {
    guard let place = columns.firstIndex(where: { $0.label == label }) else { return }
    columns[place].type = found.type
    columns[place].evidence = found.evidence
    columns[place].missingCodes = found.missingCodes
  }
}
