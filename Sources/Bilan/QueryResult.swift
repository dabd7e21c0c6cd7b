import BilanColumnar
import BilanDiagnostics
import BilanEngine

/// What a query gave: typed columns, the notes under them, and the checks that failed.
public struct QueryResult: Sendable {
  package let table: Table
  package let noteDiagnostics: [Diagnostic]
  package let failedChecks: [FailedCheck]

  package init(table: Table, notes: [Diagnostic], failedChecks: [FailedCheck]) {
    self.table = table
    noteDiagnostics = notes
    self.failedChecks = failedChecks
  }

  public var rowCount: Int { table.rowCount }
  /// What the result left out or rests on.
  public var notes: [Finding] { noteDiagnostics.map(Finding.init) }
  /// False where a `check` of the query found offending rows.
  public var passedChecks: Bool { failedChecks.isEmpty }
}
