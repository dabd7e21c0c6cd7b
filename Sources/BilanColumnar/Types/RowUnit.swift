/// How a column stands to the unit or the currency of its row: tables of figures of many kinds say it in a column.
///
///     amount  currency        `amount` is in the currency that `currency` says
///         10  EUR
///        108  MAD
package enum RowUnit: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case unit, currency
  }

  /// It says in what the figures of the row are.
  case says(Kind)
  /// Its figures are in what another column says.
  case follows(Kind)

  /// In what its figures are, where another column says it.
  package var followed: Kind? {
    if case .follows(let kind) = self { kind } else { nil }
  }
}
