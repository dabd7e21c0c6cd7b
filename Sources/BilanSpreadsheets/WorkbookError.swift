#if Spreadsheets
  import BilanDiagnostics

  /// What is said where a workbook cannot be read.
  enum WorkbookError {
    /// - Parameter complaint: a sentence without its subject, which is the file.
    static func malformed(_ name: String, _ complaint: Localized, help: Localized? = nil) -> QueryError {
      QueryError(
        .error(
          .malformedFile,
          Localized("`\(name)` \(complaint.english)", fr: "`\(name)` \(complaint.french)"), help: help), kind: .data)
    }

    private static let saveAgain = Localized(
      "open it in a spreadsheet program and save it again",
      fr: "ouvrez-le dans un tableur et enregistrez-le de nouveau")

    static func missingPart(_ part: String, in name: String) -> QueryError {
      malformed(
        name, Localized("lacks its part `\(part)`", fr: "n’a pas sa partie `\(part)`"), help: saveAgain)
    }

    static func damagedPart(_ part: String, in name: String) -> QueryError {
      malformed(
        name, Localized("is damaged in its part `\(part)`", fr: "est abîmé dans sa partie `\(part)`"), help: saveAgain)
    }

    static func encrypted(_ name: String) -> QueryError {
      malformed(
        name,
        Localized(
          "is protected by a password, or is a workbook of before 2007 (xls)",
          fr: "est protégé par un mot de passe, ou est un classeur d’avant 2007 (xls)"),
        help: Localized(
          "save it as xlsx without a password", fr: "enregistrez-le en xlsx, sans mot de passe"))
    }

    static func inflatesTooFar(_ name: String) -> QueryError {
      malformed(
        name,
        Localized(
          "holds far more than its size allows: it is made to fill memory",
          fr: "contient bien plus que sa taille ne le permet : il est fait pour remplir la mémoire"))
    }

    static func invalidXML(_ part: String, line: Int, _ reason: Localized, in name: String) -> QueryError {
      malformed(
        name,
        Localized(
          "is damaged: line \(line) of `\(part)`: \(reason.english)",
          fr: "est abîmé : ligne \(line) de `\(part)` : \(reason.french)"), help: saveAgain)
    }

    /// - Parameter cell: as `B7`.
    static func wrongCell(_ cell: String, _ reason: Localized, in name: String) -> QueryError {
      malformed(
        name,
        Localized(
          "is damaged in cell \(cell): \(reason.english)", fr: "est abîmé à la cellule \(cell) : \(reason.french)"),
        help: saveAgain)
    }
  }
#endif
