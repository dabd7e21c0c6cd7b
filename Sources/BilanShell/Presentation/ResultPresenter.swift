import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanEngine
import BilanRenderers

/// The exit statuses of the command (LANGUAGE: Exit status).
package enum ExitStatus {
  package static let done: Int32 = 0
  package static let checkFailed: Int32 = 1
  package static let wrongQuery: Int32 = 2
  package static let unreadableData: Int32 = 3
  package static let wrongArguments: Int32 = 64
  package static let interrupted: Int32 = 130

  package static func of(_ kind: QueryError.Kind) -> Int32 {
    switch kind {
    case .query: wrongQuery
    case .argument: wrongArguments
    case .data, .stale: unreadableData
    case .check: checkFailed
    case .cancelled: interrupted
    }
  }
}

/// Shows results on standard output, and what is wrong or was left out where it belongs.
package struct ResultPresenter {
  package var settings: PresentationSettings
  private let environment: CommandEnvironment

  package init(_ settings: PresentationSettings, environment: CommandEnvironment) {
    self.settings = settings
    self.environment = environment
  }

  package var format: OutputFormat { settings.format ?? (environment.isOutputTerminal ? .table : .csv) }

  package func usesColor(onTerminal isTerminal: Bool) -> Bool {
    switch settings.color {
    case .always: true
    case .never: false
    case .auto: isTerminal && environment.variables["NO_COLOR", default: ""].isEmpty && environment.hasCapableTerminal
    }
  }

  // MARK: Results

  /// Shows results one after the other, an empty line between them where the format is for reading.
  ///
  /// - Returns: the status they mean: 1 where a check failed, 3 where they could not be written as they are and should.
  package func show(_ results: [QueryResult]) -> Int32 {
    var status = ExitStatus.done
    for (index, result) in results.enumerated() {
      if index > 0 { separate() }
      status = max(status, show(result))
    }
    return status
  }

  /// What stands between two results.
  package func separate() {
    if format != .json, format != .ndjson, !format.isBinary { environment.output.write("\n") }
  }

  private func show(_ result: QueryResult) -> Int32 {
    let status = show(result.table, notes: result.noteDiagnostics)
    for check in result.failedChecks { show(check) }
    return max(status, result.passedChecks ? ExitStatus.done : ExitStatus.checkFailed)
  }

  /// Shows a table with its notes, as a result is.
  ///
  /// - Parameters:
  ///   - rowMeaning: what is counted under the table.
  ///   - facts: what is known of what it is about, where the format has a place for that.
  func show(
    _ table: Table, notes: [Diagnostic], rowMeaning: RowMeaning = .row, facts: [Fact] = []
  ) -> Int32 {
    // A file of its own holds the notes where its format has a place for them, and they are shown all the same.
    let isFile = environment.output is OutputFile
    let notesInResult =
      format == .json || (format.isBinary && format.holdsNotes)
      || (format == .table && environment.isOutputTerminal) || (isFile && format.holdsNotes)
    let findings = write(table, notes: notesInResult ? notes : [], rowMeaning: rowMeaning, facts: facts)
    if !notesInResult || isFile { showNotes(notes) }
    return show(findings: findings)
  }

  /// Writes a result that was shown into a file, whole; its notes go where the format has a place for them.
  ///
  /// - Returns: 3 where it could not be written as it is and should.
  func export(_ result: QueryResult, as format: OutputFormat, to file: OutputFile) -> Int32 {
    var within = environment
    within.output = file
    within.isOutputTerminal = false
    var settings = settings
    settings.format = format
    settings.color = .never
    settings.maxRows = 0
    let notes = format.holdsNotes ? result.noteDiagnostics : []
    return show(findings: ResultPresenter(settings, environment: within).write(result.table, notes: notes))
  }

  /// Shows a table, in the format of results.
  package func show(_ table: Table) { _ = show(findings: write(table, notes: [])) }

  /// Says what stands above the columns of a dataset.
  func writeHeading(of description: DatasetDescription) {
    let width = environment.isOutputTerminal ? environment.terminalSize().columns : 100
    environment.output.write(CatalogListing(settings.language).heading(description, width: width) + "\n")
  }

  private func write(
    _ table: Table, notes: [Diagnostic], rowMeaning: RowMeaning = .row, facts: [Fact] = []
  ) -> [Diagnostic] {
    var sink = OutputSink(environment.output)
    var options = options
    options.rowMeaning = rowMeaning
    options.facts = facts
    return render(table, notes: notes, as: format, options: options, into: &sink)
  }

  /// Says what could not be written as it is.
  private func show(findings: [Diagnostic]) -> Int32 {
    let findings = findings.map { finding in
      var finding = finding
      if settings.isStrict { finding.severity = .error }
      return finding
    }
    let errors = findings.filter { $0.severity == .error }
    showNotes(findings.filter { $0.severity != .error })
    show(errors)
    return errors.isEmpty ? ExitStatus.done : ExitStatus.unreadableData
  }

  private var options: RenderOptions {
    let onTerminal = environment.isOutputTerminal
    let maxRows: Int? =
      switch settings.maxRows {
      case 0?: nil
      case let rows?: rows
      case nil: onTerminal ? PresentationSettings.rows(onTerminalOf: environment.terminalSize().rows) : nil
      }
    return RenderOptions(
      width: onTerminal ? environment.terminalSize().columns : nil, color: usesColor(onTerminal: onTerminal),
      maxRows: maxRows, language: settings.language, workers: Workers(settings.workers))
  }

  private func showNotes(_ notes: [Diagnostic]) {
    if notes.isEmpty { return }
    switch settings.errors {
    case .human:
      environment.errorOutput.write(
        renderNotes(
          notes, language: settings.language, color: usesColor(onTerminal: environment.isErrorTerminal),
          width: environment.isErrorTerminal ? environment.terminalSize().columns : nil))
    case .json: environment.errorOutput.write(DiagnosticJSON.render(notes, language: settings.language))
    }
  }

  // MARK: Checks

  /// Says which check failed and shows the rows that made it fail.
  private func show(_ check: FailedCheck) {
    show([Self.diagnostic(of: check)])
    guard settings.errors == .human, check.rows.rowCount > 0 else { return }
    let onTerminal = environment.isErrorTerminal
    var sink = OutputSink(environment.errorOutput)
    render(
      check.rows, notes: [], as: .table,
      options: RenderOptions(
        width: onTerminal ? environment.terminalSize().columns : nil, color: usesColor(onTerminal: onTerminal),
        language: settings.language),
      into: &sink)
    let hidden = check.count - check.rows.rowCount
    if hidden > 0 {
      environment.errorOutput.write(
        Localized("… and \(hidden) more", fr: "… et \(hidden) de plus")[settings.language] + "\n")
    }
  }

  package static func diagnostic(of check: FailedCheck) -> Diagnostic {
    let condition = check.message ?? "`\(check.text)`"
    let message =
      check.rows.rowCount == 0
      ? Localized("check failed: \(condition)", fr: "contrôle en échec\u{A0}: \(condition)")
      : check.count == 1
        ? Localized("check failed on 1 row: \(condition)", fr: "contrôle en échec sur 1 ligne\u{A0}: \(condition)")
        : Localized(
          "check failed on \(check.count) rows: \(condition)",
          fr: "contrôle en échec sur \(check.count) lignes\u{A0}: \(condition)")
    var diagnostic = Diagnostic.error(.checkFailed, message, at: check.span)
    diagnostic.count = check.count
    return diagnostic
  }

  // MARK: Findings

  /// Shows findings on standard error.
  package func show(_ diagnostics: [Diagnostic]) {
    if diagnostics.isEmpty { return }
    let onTerminal = environment.isErrorTerminal
    switch settings.errors {
    case .human:
      let renderer = DiagnosticRenderer(
        language: settings.language, color: usesColor(onTerminal: onTerminal),
        width: onTerminal ? environment.terminalSize().columns : 100, unicode: onTerminal)
      environment.errorOutput.write(renderer.render(diagnostics))
    case .json: environment.errorOutput.write(DiagnosticJSON.render(diagnostics, language: settings.language))
    }
  }

  /// Shows why there is no result, and gives the status it means.
  package func show(_ error: QueryError) -> Int32 {
    show(error.diagnostics)
    return ExitStatus.of(error.kind)
  }

  /// A line for people on standard output, or on standard error where results are for programs.
  package func say(_ text: Localized) { environment.output.write(text[settings.language] + "\n") }
}
