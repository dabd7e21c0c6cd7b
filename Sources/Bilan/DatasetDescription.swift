import BilanColumnar
import BilanDiagnostics
import BilanReaders
import BilanRenderers

/// A parameter that a saved query declares.
package struct QueryParameter: Sendable {
  package var name: String
  /// As the declaration writes it: `text`, `list of number`, `one of ["a", "b"]`.
  package var type: String
  package var documentation: String?
  /// As the declaration writes it; nil where a value must be given.
  package var defaultText: String?
  /// The texts of a `one of`, for help and completion.
  package var choices: [String]

  package init(name: String, type: String, documentation: String?, defaultText: String?, choices: [String]) {
    self.name = name
    self.type = type
    self.documentation = documentation
    self.defaultText = defaultText
    self.choices = choices
  }
}

/// What `describe` shows.
package struct DatasetDescription: Sendable {
  package struct Column: Sendable {
    package var field: Field
    package var missingCount: Int
    package var distinctCount: Int?
    /// The most frequent values, or the smallest and the largest of numbers and dates, as they are displayed.
    package var examples: [String]
    /// What was inferred, and why: `decimal comma, 310 of 310 values`.
    package var evidence: [Localized]
    /// How sure it is; nil for what no file was read for.
    package var confidence: Localized?

    package init(
      field: Field, missingCount: Int, distinctCount: Int?, examples: [String], evidence: [Localized],
      confidence: Localized? = nil
    ) {
      self.field = field
      self.missingCount = missingCount
      self.distinctCount = distinctCount
      self.examples = examples
      self.evidence = evidence
      self.confidence = confidence
    }
  }

  package var name: String
  package var title: String?
  package var summary: String?
  /// `synthetic`, `published`.
  package var origin: String?
  package var path: String?
  package var rowCount: Int
  package var columns: [Column]
  /// How the file was cut into cells: encoding, separator, names, each with what it rests on.
  package var decisions: [Fact]
  /// What was skipped, what could not be read.
  package var notes: [Diagnostic]

  package init(
    name: String, title: String?, summary: String?, origin: String?, path: String?, rowCount: Int, columns: [Column],
    decisions: [Fact], notes: [Diagnostic]
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.origin = origin
    self.path = path
    self.rowCount = rowCount
    self.columns = columns
    self.decisions = decisions
    self.notes = notes
  }

  /// How the file was read, in words.
  package var findings: [Localized] { decisions.map(\.text) + notes.map(\.message) }

  /// All that is known besides the columns and the notes.
  package var facts: [Fact] {
    func fact(_ english: String, _ french: String, _ value: String?) -> [Fact] {
      value.map { [Fact(Localized(english, fr: french), Localized(verbatim: $0))] } ?? []
    }
    return fact("dataset", "jeu de données", name == path ? nil : name) + fact("title", "titre", title)
      + fact("summary", "résumé", summary) + fact("origin", "origine", origin) + fact("file", "fichier", path)
      + fact("rows", "lignes", String(rowCount)) + decisions
  }
}

extension ImportReport {
  /// How the file was cut into cells, each decision with what it rests on.
  fileprivate var allDecisions: [Fact] {
    let firstRow = Fact(
      Localized("first row", fr: "première ligne"),
      hasHeader ? Localized("names", fr: "noms") : Localized("values", fr: "valeurs"), headerEvidence)
    guard format == "csv" else {
      // Where the format knows its names, nothing was decided.
      let isKnown = headerEvidence.english.isEmpty || headerEvidence.english == "declared"
      return [Fact(Localized("format", fr: "format"), Localized(verbatim: format))] + decisions
        + (isKnown ? [] : [firstRow])
    }
    return decisions + [
      Fact(
        Localized("encoding", fr: "encodage"), Localized(verbatim: encoding.rawValue), encodingEvidence),
      Fact(Localized("separator", fr: "séparateur"), dialect.delimiterName, dialectEvidence), firstRow,
    ]
  }
}

extension ColumnReport {
  /// What its type rests on, what is missing in it by a code, and what could not be read.
  fileprivate var allEvidence: [Localized] {
    var all = [evidence]
    if !missingCodes.isEmpty {
      let codes = missingCodes.map { "`\($0.code)` \($0.count)×" }.joined(separator: ", ")
      all.append(Localized("missing: \(codes)", fr: "manquants : \(codes)"))
    }
    if let unreadable {
      let examples = unreadable.examples.prefix(3)
      let english = examples.map { "`\($0.text)` (line \($0.line))" }.joined(separator: ", ")
      let french = examples.map { "`\($0.text)` (ligne \($0.line))" }.joined(separator: ", ")
      all.append(
        Localized("\(unreadable.count) unreadable: \(english)", fr: "\(unreadable.count) illisibles : \(french)"))
    }
    return all
  }
}

extension Session {
  /// What is known of a dataset or a file: fields, types, what was guessed on what evidence, examples of values.
  ///
  /// - Throws: where it cannot be read, or `isStrict` and something was left open; `cancelled` when asked to stop.
  package func describe(
    _ name: String, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BilanError) -> DatasetDescription {
    do throws(QueryError) {
      let (table, dataset) = try self.table(named: name, isCancelled: isCancelled)
      let chunks: [Chunk]
      try (table as? FileTable)?.settle(isCancelled: isCancelled)
      do {
        chunks = try table.read(columns: Array(0..<table.schema.count), isCancelled: isCancelled)
      } catch {
        throw error as? QueryError ?? .cancelled
      }
      let report = (table as? FileTable)?.report
      let notes = report?.notes ?? []
      try demandNothingOpen(notes)
      var columns: [DatasetDescription.Column] = []
      for (index, field) in table.schema.fields.enumerated() {
        let survey = try ColumnSurvey(
          chunks.map { $0.columns[index] }, field: field, mostTexts: 4, isCancelled: isCancelled)
        var evidence: [Localized] = []
        let known = report.flatMap { index < $0.columns.count ? $0.columns[index] : nil }
        if let known { evidence = known.allEvidence }
        columns.append(
          DatasetDescription.Column(
            field: field, missingCount: survey.missingCount, distinctCount: survey.distinctCount,
            examples: field.isSensitive ? [] : survey.examples, evidence: evidence,
            confidence: known?.confidence.name))
      }
      return DatasetDescription(
        name: dataset?.name ?? name, title: dataset?.title, summary: dataset?.summary, origin: dataset?.origin,
        path: dataset?.path ?? name, rowCount: chunks.reduce(0) { $0 + $1.count }, columns: columns,
        decisions: report?.allDecisions ?? [], notes: notes)
    } catch {
      throw BilanError(error)
    }
  }

  /// A dataset, a file, or a file and a table in it, as a command names it.
  func table(
    named name: String, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(QueryError) -> (any TableSource, Catalog.Dataset?) {
    let folded = TextFolding.handle(of: name)
    let match =
      catalog.datasets.first { $0.name == name }
      ?? catalog.datasets.first { TextFolding.handle(of: $0.name) == folded && FileKind(name) != .file }
    if let match,
      let table = try catalog.table(named: match.name, workers: options.workers, isCancelled: isCancelled)
    {
      return (table, match)
    }
    let options = ReadOptions(workers: options.workers, isCancelled: isCancelled)
    if let place = StandardInput.Place(name) {
      return (try catalog.open(environment.standardInput, table: place.table, options: options), nil)
    }
    let near = Suggestions.near(
      name, among: catalog.datasets.map(\.name), fold: TextFolding.handle(of:), limit: 2)
    let help = near.first.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)`\u{A0}?") }
    // What looks like a path is one; a word may be a dataset that is called otherwise.
    guard Catalog.isThere(name) || name.contains(where: { "./*?".contains($0) }) else {
      throw QueryError(
        .error(
          .unknownDataset,
          Localized(
            "no dataset and no file is called `\(name)`",
            fr: "aucun jeu de données ni fichier ne s’appelle `\(name)`"), help: help))
    }
    do {
      return (try catalog.open(path: name, name: name, options: options, resource: nil), nil)
    } catch {
      guard let help, error.diagnostics.first?.code == .fileNotFound else { throw error }
      var error = error
      error.diagnostics[0] = error.diagnostics[0].adding(help: help)
      throw error
    }
  }

  /// The distinct texts of a column, the most frequent first, for completion and `describe`; at most `limit`.
  package func values(ofColumn column: String, inDataset dataset: String, limit: Int) -> [String] {
    guard let (table, _) = try? table(named: dataset),
      let index = table.schema.fields.firstIndex(where: { field in
        field.label == column || field.handle == TextFolding.handle(of: column) || field.aliases.contains(column)
      }), table.schema[index].type == .text, !table.schema[index].isSensitive,
      let chunks = try? table.read(columns: [index], isCancelled: { false }),
      let survey = try? ColumnSurvey(chunks.map { $0.columns[0] }, field: table.schema[index], mostTexts: limit)
    else { return [] }
    return survey.frequentTexts
  }
}
