/// How much a diagnostic matters.
package enum Severity: String, Sendable {
  /// The query cannot run, or the data cannot be read.
  case error
  /// It runs, and probably does not do what was meant.
  case warning
  /// What a result left out or rests on; an error with `--strict`.
  case note
}

/// A finding about a query, a file or a result: data, not text. `DiagnosticRenderer` shows it.
///
/// Messages are lower case, without a full stop, code in backticks, and stand alone without their labels.
package struct Diagnostic: Sendable {
  /// A place in a source and what to say there.
  package struct Label: Sendable {
    package var span: Span
    package var text: Localized?

    package init(_ span: Span, _ text: Localized? = nil) {
      self.span = span
      self.text = text
    }
  }

  /// A change that would mend the query: each edit replaces a span by a text.
  package struct Fix: Sendable {
    package var description: Localized
    package var edits: [(span: Span, replacement: String)]

    package init(_ description: Localized, edits: [(span: Span, replacement: String)]) {
      self.description = description
      self.edits = edits
    }
  }

  package var severity: Severity
  package var code: DiagnosticCode
  package var message: Localized
  /// Where it is wrong, as small as possible; absent for a finding about a file or a whole result.
  package var primary: Label?
  package var secondary: [Label] = []
  /// Further sentences under the excerpt.
  package var notes: [Localized] = []
  /// What to do about it, at most two exits.
  package var help: [Localized] = []
  package var fix: Fix?
  /// How many values or rows it is about, where it counts some.
  package var count: Int?

  package init(
    _ severity: Severity, _ code: DiagnosticCode, _ message: Localized, at span: Span? = nil,
    label: Localized? = nil, help: Localized? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    primary = span.map { Label($0, label) }
    self.help = help.map { [$0] } ?? []
  }

  package static func error(
    _ code: DiagnosticCode, _ message: Localized, at span: Span? = nil, label: Localized? = nil,
    help: Localized? = nil
  ) -> Diagnostic {
    Diagnostic(.error, code, message, at: span, label: label, help: help)
  }

  package static func note(_ code: DiagnosticCode, _ message: Localized, count: Int? = nil) -> Diagnostic {
    var note = Diagnostic(.note, code, message)
    note.count = count
    return note
  }

  /// Offers one edit that replaces `span` by `replacement`.
  package func fixing(_ description: Localized, replace span: Span, with replacement: String) -> Diagnostic {
    var copy = self
    copy.fix = Fix(description, edits: [(span, replacement)])
    return copy
  }

  package func labelling(_ span: Span, _ text: Localized?) -> Diagnostic {
    var copy = self
    copy.secondary.append(Label(span, text))
    return copy
  }

  package func adding(help text: Localized) -> Diagnostic {
    var copy = self
    copy.help.append(text)
    return copy
  }

  package func adding(note text: Localized) -> Diagnostic {
    var copy = self
    copy.notes.append(text)
    return copy
  }
}

/// What every stage from the resolver on throws: one or more diagnostics, and which exit status they mean.
package struct QueryError: Error, Sendable {
  /// Which kind of failure it is; the command line maps it to an exit status.
  package enum Kind: Sendable {
    /// The query is wrong (2).
    case query
    /// A value that was given to a parameter is wrong (64).
    case argument
    /// The data cannot be read (3).
    case data
    /// A `check` failed (1).
    case check
    /// Interrupted (130).
    case cancelled
    /// A table is not what it seemed when the query was resolved: it is to be resolved again. Never shown.
    case stale
  }

  package var kind: Kind
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic], kind: Kind = .query) {
    self.diagnostics = diagnostics
    self.kind = kind
  }

  package init(_ diagnostic: Diagnostic, kind: Kind = .query) {
    self.init([diagnostic], kind: kind)
  }

  package static var cancelled: QueryError {
    QueryError(
      .error(.cancelled, Localized("cancelled", fr: "interrompu")), kind: .cancelled)
  }

  /// - Parameter name: the table's.
  package static func stale(_ name: String) -> QueryError {
    QueryError(
      .error(
        .unreadableFile,
        Localized(
          "the types of `\(name)` are not those that its beginning has",
          fr: "les types de `\(name)` ne sont pas ceux de son début"),
        help: Localized("run the query again", fr: "relancez la requête")), kind: .stale)
  }
}
