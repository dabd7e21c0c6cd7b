import BilanDiagnostics

/// Something Bilan says about a query, a file or a result: an error, a warning, or a note on what was left out.
public struct Finding: Sendable {
  public enum Severity: String, Sendable { case error, warning, note }

  /// A place in the text of a query.
  public struct Location: Sendable, Hashable {
    /// What the text is called: a file's path, `<query>`.
    public var sourceName: String
    /// 1-based.
    public var line: Int
    /// 1-based, in characters.
    public var column: Int
    /// Half-open, in UTF-8 bytes.
    public var byteRange: Range<Int>
  }

  public var severity: Severity
  /// Stable: `B0203`.
  public var code: String
  public var message: String
  public var messageInFrench: String
  public var location: Location?
  public var help: [String]
  /// How many values or rows it is about, where it counts some.
  public var count: Int?

  package init(_ diagnostic: Diagnostic) {
    severity = Severity(rawValue: diagnostic.severity.rawValue) ?? .error
    code = diagnostic.code.rawValue
    message = diagnostic.message.english
    messageInFrench = diagnostic.message.french
    location = diagnostic.primary.map { label in
      let position = label.span.source.position(at: label.span.start)
      return Location(
        sourceName: label.span.source.name, line: position.line, column: position.column,
        byteRange: label.span.range)
    }
    help = diagnostic.help.map(\.english)
    count = diagnostic.count
  }
}

/// Why a query gave no result.
public struct BilanError: Error, Sendable, CustomStringConvertible {
  public enum Kind: Sendable {
    /// The query is wrong, or a value given to one of its parameters.
    case query
    /// The data cannot be read.
    case data
    /// A `check` failed.
    case check
    /// Cancelled by the host.
    case cancelled
  }

  package let queryError: QueryError

  package init(_ error: QueryError) { queryError = error }

  public var kind: Kind {
    switch queryError.kind {
    case .query, .argument: .query
    case .data, .stale: .data
    case .check: .check
    case .cancelled: .cancelled
    }
  }

  public var findings: [Finding] { queryError.diagnostics.map(Finding.init) }

  public var description: String {
    findings.map { "\($0.severity)[\($0.code)]: \($0.message)" }.joined(separator: "\n")
  }
}
